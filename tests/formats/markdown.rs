//! Letters in Markdown: every character escaped that CommonMark may take for a mark, words emphasised, lines kept.

use super::{Way, check};

/// The text as Markdown, with the lines where they are.
pub fn markdown(text: &str) -> String {
    let mut written = String::new();
    let mut depth = 0;
    for line in text.lines() {
        let (quotes, words) = quoted(line);
        if quotes < depth {
            // Without an empty line the quote would go on.
            written.push('\n');
        }
        depth = quotes;
        written.push_str(&">".repeat(quotes));
        if quotes > 0 {
            written.push(' ');
        }
        written.push_str(&escaped(words.trim()));
        written.push('\n');
    }
    written
}

/// How deep a line is quoted, and what stands behind the marks.
pub fn quoted(line: &str) -> (usize, &str) {
    let words = line.trim_start_matches(['>', ' ']);
    let marks = line.get(..line.len() - words.len()).unwrap_or_default();
    match marks.matches('>').count() {
        0 => (0, line),
        depth => (depth, words),
    }
}

fn escaped(line: &str) -> String {
    let mut written = String::new();
    let begins_item = line.starts_with(['-', '+', '#', '=']);
    for (at, word) in line.split(' ').enumerate() {
        if at > 0 {
            written.push(' ');
        }
        let is_plain = word.chars().all(char::is_alphabetic) && !word.is_empty();
        let emphasis = match (is_plain, at % 7) {
            (true, 3) => "*",
            (true, 5) => "**",
            _ => "",
        };
        written.push_str(emphasis);
        if at == 0 && begins_item {
            written.push('\\');
        }
        for char in word.chars() {
            if "\\`*_{}[]<>~|&!".contains(char) {
                written.push('\\');
            }
            written.push(char);
        }
        written.push_str(emphasis);
    }
    written
}

#[test]
fn markdown_is_the_same_letter() {
    check(&Way {
        name: "letter.md",
        convert: |letter| markdown(&letter.text).into_bytes(),
        decode: str::to_owned,
        except: &[],
    });
}
