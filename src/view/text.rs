//! Plain text, as in a mail client: lines, and the marks before quoted ones.

use super::{Builder, LineKind, View};
use crate::span::Span;

/// Reads plain text. Lines end at LF, CRLF, CR, form feed and the separators U+2028 and U+2029.
pub fn read(text: &str) -> View {
    let mut builder = Builder::with_capacity(text.len());
    let mut lines = raw_lines(text).peekable();
    let mut in_bars = false;
    while let Some(line) = lines.next() {
        // A lone line that begins with a bar is the writer's; mailers set one before each line of a quotation.
        in_bars =
            begins_with_bar(line.text) && (in_bars || lines.peek().is_some_and(|next| begins_with_bar(next.text)));
        let shown = line.text.trim_end();
        let (quote, mark_len) = quote_marks(shown, if in_bars { '|' } else { '>' });
        builder.copy(&shown[mark_len..], line.start + mark_len);
        builder.end_line(LineKind::Text, quote, Span::new(line.start + shown.len(), line.end));
    }
    builder.finish()
}

/// A line of the decoded text.
struct RawLine<'t> {
    /// Without its line end.
    text: &'t str,
    /// 0-based offset of its first byte.
    start: usize,
    /// Offset of the byte after its line end.
    end: usize,
}

fn raw_lines(text: &str) -> impl Iterator<Item = RawLine<'_>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let len = rest.find(['\n', '\r', '\u{c}', '\u{2028}', '\u{2029}']).unwrap_or(rest.len());
        let end_len = match rest[len..].chars().next() {
            Some('\r') if rest[len..].starts_with("\r\n") => 2,
            Some(end) => end.len_utf8(),
            None => 0,
        };
        let line = RawLine { text: &rest[..len], start, end: start + len + end_len };
        start = line.end;
        Some(line)
    })
}

/// Whether some mailer's `| ` stands before the line; an empty quoted line has often lost its space.
fn begins_with_bar(line: &str) -> bool {
    line.starts_with("| ") || line.trim_end() == "|"
}

/// How deep `line` is quoted by `mark`, and the bytes that the marks take. The one space that mailers set after the
/// last mark is part of it; more than that is the writer's indent.
pub fn quote_marks(line: &str, mark: char) -> (u32, usize) {
    let (mut depth, mut len) = (0, 0);
    let mut rest = line;
    while let Some(after) = rest.strip_prefix(mark) {
        depth += 1;
        len = line.len() - after.len();
        rest = after.trim_start_matches([' ', '\t']);
    }
    let has_space = depth > 0 && line[len..].starts_with(' ');
    (depth, len + usize::from(has_space))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_come_with_their_quote_depth() {
        #[track_caller]
        fn check(text: &str, expected: &[(u32, &str)]) {
            let view = read(text);
            let lines: Vec<_> = view.lines().iter().map(|line| (line.quote, view.line_text(line))).collect();
            assert_eq!(lines, expected);
            assert!(view.lines().iter().all(|line| line.kind == LineKind::Text));
        }
        check("", &[]);
        check("\n", &[(0, "")]);
        check("Dear X,\n\nNo.", &[(0, "Dear X,"), (0, ""), (0, "No.")]);
        check("a\r\nb\rc\u{c}d\u{2028}e\u{2029}f\n", &["a", "b", "c", "d", "e", "f"].map(|line| (0, line)));
        check("a\r\rb", &[(0, "a"), (0, ""), (0, "b")]);
        check("  a \t\u{a0}\n", &[(0, "  a")]);
        check("> a\n>b\n>  c\n", &[(1, "a"), (1, "b"), (1, " c")]);
        check("> > a\n>> b\n> >\t> c\n>\n", &[(2, "a"), (2, "b"), (3, "c"), (1, "")]);
        check("a > b\n -> c\n", &[(0, "a > b"), (0, " -> c")]);
        check("| a\n|\n| | b\nc", &[(1, "a"), (1, ""), (2, "b"), (0, "c")]);
        check("a\n| b\nc\n| d", &[(0, "a"), (0, "| b"), (0, "c"), (0, "| d")]);
        check("|a\n|b", &[(0, "|a"), (0, "|b")]);
        check("> | a\n> | b", &[(1, "| a"), (1, "| b")]);
    }

    #[test]
    fn passages_lead_back_to_the_file() {
        let text = "> Dear X, \r\n> no.";
        let view = read(text);
        #[track_caller]
        fn check(view: &View, shown: std::ops::Range<usize>, expected: std::ops::Range<usize>) {
            assert_eq!(view.back(Span::new(shown.start, shown.end)).range(), expected);
        }
        assert_eq!(view.text(), "Dear X,\nno.\n");
        check(&view, 0..7, 2..9);
        check(&view, 7..7, 9..9); // the end of a line is there, not at the next line
        check(&view, 7..8, 9..12); // a line end with the space before it
        check(&view, 5..10, 7..16);
        check(&view, 11..11, 17..17);
    }

    #[test]
    fn deep_quotes_are_quick() {
        let view = read(&"> ".repeat(500_000));
        assert_eq!(view.lines().len(), 1);
        assert_eq!(view.lines()[0].quote, 500_000);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "([>| \\n\\ra-c\u{2028}\u{e9}]|\\PC){0,60}") {
            let view = read(&text);
            crate::view::tests::assert_sound(&text, &view);
            for (at, char) in view.text().char_indices().filter(|&(_, char)| char != '\n') {
                let place = view.back(Span::new(at, at + char.len_utf8()));
                prop_assert_eq!(&text[place.range()], char.to_string());
            }
        }
    }
}
