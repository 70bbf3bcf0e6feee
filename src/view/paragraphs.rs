//! The paragraphs of a document, as a text with one of them a line and as a view of it.

use super::text::quote_marks;
use super::{Builder, LineKind, View};
use crate::span::Span;

/// The end of a line within a paragraph. In the text of a document it is no line end, so that lines are paragraphs.
const LINE_SEPARATOR: char = '\u{2028}';

/// A document as its own text.
#[derive(Debug, Clone)]
pub struct Document {
    /// A line for each paragraph; U+2028 where a paragraph goes on in a new line.
    pub text: String,
    /// What a reader sees of it. Each byte is tied to its place in `text`.
    pub view: View,
}

/// A paragraph.
struct Paragraph {
    kind: LineKind,
    text: String,
}

/// Collects the paragraphs of a document.
#[derive(Default)]
pub struct Paragraphs {
    done: Vec<Paragraph>,
    /// The paragraph that is open.
    text: String,
}

impl Paragraphs {
    /// Adds text to the paragraph at hand; a line end is a space as any other, and control characters are nothing.
    pub fn add(&mut self, text: &str) {
        let shown = text.chars().map(|char| if char.is_whitespace() { ' ' } else { char });
        self.text.extend(shown.filter(|char| !char.is_control()));
    }

    /// Adds text as HTML shows it: white space runs together.
    pub fn add_collapsed(&mut self, text: &str) {
        for char in text.chars() {
            if !matches!(char, ' ' | '\t' | '\r' | '\n') {
                self.text.extend(Some(char).filter(|char| !char.is_control()));
            } else if !self.text.is_empty() && !self.text.ends_with([' ', LINE_SEPARATOR]) {
                self.text.push(' ');
            }
        }
    }

    /// Goes on in a new line of the same paragraph.
    pub fn break_line(&mut self) {
        self.text.push(LINE_SEPARATOR);
    }

    /// Ends the paragraph at hand.
    pub fn end(&mut self, kind: LineKind) {
        self.done.push(Paragraph { kind, text: std::mem::take(&mut self.text) });
    }

    /// The whole document.
    pub fn finish(self) -> Document {
        let mut text = String::new();
        let mut builder = Builder::default();
        let mut before: Option<&Paragraph> = None;
        for paragraph in &self.done {
            if before.is_some_and(|before| is_apart(before, paragraph)) {
                builder.end_line(LineKind::Text, 0, Span::at(text.len()));
            }
            let mut start = text.len();
            text.push_str(&paragraph.text);
            text.push('\n');
            let mut kind = paragraph.kind;
            for line in paragraph.text.split(LINE_SEPARATOR) {
                let shown = line.trim_end();
                // Mail that was pasted in comes with its marks.
                let (quote, mark_len) = quote_marks(shown, '>');
                builder.copy(&shown[mark_len..], start + mark_len);
                let end = start + line.len();
                let line_end = text[end..].chars().next().map_or(end, |char| end + char.len_utf8());
                builder.end_line(kind, quote, Span::new(start + shown.len(), line_end));
                (start, kind) = (line_end, LineKind::Text);
            }
            before = Some(paragraph);
        }
        Document { text, view: builder.finish() }
    }
}

/// Whether a reader sees an empty line between two paragraphs. Paragraphs of prose are set apart by their style, with no
/// empty one between; the lines of an address and of a signature are paragraphs too, and stand close together.
fn is_apart(before: &Paragraph, after: &Paragraph) -> bool {
    if before.text.trim().is_empty() || after.text.trim().is_empty() {
        return false;
    }
    let goes_on = after.text.trim_start().starts_with(char::is_lowercase);
    (is_prose(&before.text) || is_prose(&after.text)) && !goes_on && after.kind == LineKind::Text
}

/// Whether a paragraph ends as a sentence does.
fn is_prose(text: &str) -> bool {
    text.trim_end()
        .trim_end_matches(['"', '\'', ')', '\u{201d}', '\u{2019}'])
        .ends_with(['.', '!', '?', ':', '\u{2026}'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::tests::assert_sound;

    /// `paragraphs` with `/` for a new line within one.
    #[track_caller]
    fn check(paragraphs: &[&str], text: &str, shown: &str) {
        let mut page = Paragraphs::default();
        for paragraph in paragraphs {
            for (number, line) in paragraph.split('/').enumerate() {
                if number > 0 {
                    page.break_line();
                }
                page.add(line);
            }
            page.end(LineKind::Text);
        }
        let document = page.finish();
        assert_eq!(document.text, text);
        assert_eq!(document.view.text(), shown);
        assert_sound(&document.text, &document.view);
    }

    #[test]
    fn a_line_of_the_text_is_a_paragraph() {
        check(&[], "", "");
        check(&["Dear Ann,", "", "No."], "Dear Ann,\n\nNo.\n", "Dear Ann,\n\nNo.\n");
        check(&["> > Come!", "No."], "> > Come!\nNo.\n", "Come!\n\nNo.\n");
        check(&["Bo Li /Clerk"], "Bo Li \u{2028}Clerk\n", "Bo Li\nClerk\n");
    }

    #[test]
    fn prose_stands_apart_and_addresses_do_not() {
        check(
            &["Ms Grey", "12 Elm Street", "Dear Ms Grey,", "I say no.", "Sorry!", "Yours,", "Bo"],
            "Ms Grey\n12 Elm Street\nDear Ms Grey,\nI say no.\nSorry!\nYours,\nBo\n",
            "Ms Grey\n12 Elm Street\nDear Ms Grey,\n\nI say no.\n\nSorry!\n\nYours,\nBo\n",
        );
        check(&["I must", "decline."], "I must\ndecline.\n", "I must\ndecline.\n");
    }

    #[test]
    fn control_characters_are_nothing() {
        check(&["a\u{7}b\tc\nd"], "ab c d\n", "ab c d\n");
    }
}
