//! Front matter: the YAML block at the very top, of which a reader sees the headers of a letter.

use crate::span::{Decoded, Span};
use crate::view::{Builder, LineKind};

/// The fields that are shown, as a mail would name them.
const SHOWN: [&str; 5] = ["From", "To", "Cc", "Subject", "Date"];

/// Adds the headers in the front matter as lines, `Subject: value`, in the order of the file, and notes what it says of
/// the letter beside them. Returns the 0-based offset behind the block, 0 where there is none.
///
/// Read here and not by pulldown-cmark: that takes any `---` for the beginning of such a block, wherever it stands, and
/// would swallow the part of a letter between two rules.
pub fn read(text: &str, builder: &mut Builder) -> usize {
    let Some(end) = find_end(text) else { return 0 };
    let mut lines = lines(&text[..end]).peekable();
    while let Some(line) = lines.next() {
        let Some((name, key_len)) = find_field(line.text) else {
            note_setting(text, &line, builder);
            continue;
        };
        let mut values = vec![trim_value(line.text, key_len + 1, line.start)];
        while let Some(item) = lines.next_if(|next| next.text.trim_start().starts_with("- ")) {
            let mark = item.text.len() - item.text.trim_start().len() + 2;
            values.push(trim_value(item.text, mark, item.start));
        }
        values.retain(|value| !value.is_empty());
        add_field(text, builder, name, Span::new(line.start, line.start + key_len + 1), &values);
    }
    end
}

struct Line<'t> {
    text: &'t str,
    start: usize,
}

fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |whole| {
        let line = Line { text: whole.trim_end(), start };
        start += whole.len();
        line
    })
}

/// The offset behind the line that closes the block. There is none without a field right at its beginning: a letter
/// between two rules is no front matter.
fn find_end(text: &str) -> Option<usize> {
    let mut lines = lines(text).peekable();
    lines.next().filter(|line| line.text == "---")?;
    let first = lines.find(|line| !line.text.starts_with('#'))?;
    let key = first.text.split_once(':').map(|(key, _)| key)?;
    if key.is_empty() || !key.chars().all(|char| char.is_alphanumeric() || "-_".contains(char)) {
        return None;
    }
    lines.find(|line| line.text == "---" || line.text == "...")?;
    Some(lines.peek().map_or(text.len(), |next| next.start))
}

/// The field that a line at the margin sets, with the length of its key in bytes.
fn find_field(line: &str) -> Option<(&'static str, usize)> {
    let (key, _) = line.split_once(':')?;
    SHOWN.iter().find(|name| name.eq_ignore_ascii_case(key)).map(|name| (*name, key.len()))
}

/// Notes a field at the margin that tells something of the letter: `kind: reply`.
fn note_setting(text: &str, line: &Line<'_>, builder: &mut Builder) {
    if let Some((key, _)) = line.text.split_once(':') {
        let value = trim_value(line.text, key.len() + 1, line.start);
        builder.set(&key.to_ascii_lowercase(), &text[value.range()]);
    }
}

/// The place of the value from byte `from` of `line`, without comment, quotes and the brackets of a list.
fn trim_value(line: &str, from: usize, line_start: usize) -> Span<Decoded> {
    let value = line.get(from..).unwrap_or_default();
    let lead = value.len() - value.trim_start().len();
    let quoted = value[lead..].chars().next().filter(|quote| matches!(quote, '"' | '\''));
    let closed = quoted.and_then(|quote| value[lead + 1..].find(quote).map(|len| lead + len + 2));
    let comment = value[closed.unwrap_or(0)..].find(" #").map(|at| at + closed.unwrap_or(0));
    let value = value[..comment.unwrap_or(value.len())].trim_end();
    let inner = value.trim_start();
    let start = line_start + from + (value.len() - inner.len());
    let pairs = [('"', '"'), ('\'', '\''), ('[', ']')];
    let unwrapped = pairs.iter().find_map(|&(open, close)| inner.strip_prefix(open)?.strip_suffix(close));
    match unwrapped {
        Some(unwrapped) => Span::new(start + 1, start + 1 + unwrapped.len()),
        None => Span::new(start, start + inner.len()),
    }
}

/// Adds the line of a field; one without value says nothing and is left out.
fn add_field(text: &str, builder: &mut Builder, name: &str, key: Span<Decoded>, values: &[Span<Decoded>]) {
    let (Some(first), Some(last)) = (values.first(), values.last()) else { return };
    builder.replace(&format!("{name}:"), key);
    builder.replace(" ", Span::new(key.end(), first.start()));
    let mut end = first.start();
    for value in values {
        if value.start() > end {
            builder.replace(", ", Span::new(end, value.start()));
        }
        builder.copy(&text[value.range()], value.start());
        end = value.end();
    }
    let line_end = text[last.end()..].find('\n').map_or(text.len(), |at| last.end() + at + 1);
    builder.end_line(LineKind::Text, 0, Span::new(last.end(), line_end));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str, rest: &str) {
        let mut builder = Builder::default();
        let end = read(text, &mut builder);
        let view = builder.finish();
        assert_eq!((view.text(), &text[end..]), (expected, rest));
        crate::view::tests::assert_sound(text, &view);
    }

    #[test]
    fn headers_are_shown_and_nothing_else() {
        check("---\nto: a@b.c\ntags: x\nsubject: No: thanks\n---\nHi", "To: a@b.c\nSubject: No: thanks\n", "Hi");
        check("---\r\ndate: 2024-03-01 # sent\r\n...\r\nHi", "Date: 2024-03-01\n", "Hi");
        check("---\nsubject: \"No # thanks\"\nFROM: 'me'\n---", "Subject: No # thanks\nFrom: me\n", "");
        check("---\nto:\n  - a@b.c\n  - d@e.f\ncc: [g@h.i, j]\n---\n", "To: a@b.c, d@e.f\nCc: g@h.i, j\n", "");
        check("---\n# a\ntitle: x\nto:\n---\n", "", "");
        check("---\nlayout: x\nauthor:\n  to: y\n---\n", "", "");
    }

    #[test]
    fn what_the_file_says_of_the_letter_is_noted() {
        #[track_caller]
        fn check(text: &str, kind: Option<&str>, template: Option<&str>) {
            let mut builder = Builder::default();
            read(text, &mut builder);
            let view = builder.finish();
            assert_eq!((view.setting("kind"), view.setting("template")), (kind, template), "{text:?}");
        }
        check("---\nkind: \"reply\" \ntemplate: true # has blanks\n---\n", Some("reply"), Some("true"));
        check("---\nsubject: a\nKind: 'reply' # or not\nkind: other\n---\n", Some("reply"), None);
        check("---\nletter:\n  kind: reply\n---\n", None, None);
        check("kind: reply\n", None, None);
    }

    #[test]
    fn a_letter_between_rules_is_no_front_matter() {
        for text in
            ["", "---", "---\n", "---\nDear X,\nNo.\n---\n", "---\nDear X:\n---\n", "---\nto: x\n", "to: x\n---\n"]
        {
            check(text, "", text);
        }
    }

    #[test]
    fn values_lead_back_to_the_file() {
        let text = "---\nsubject:  \"No\"\n---\n";
        let mut builder = Builder::default();
        read(text, &mut builder);
        let view = builder.finish();
        assert_eq!(&text[view.back(Span::new(9, 11)).range()], "No");
        assert_eq!(&text[view.back(Span::new(0, 8)).range()], "subject:");
    }
}
