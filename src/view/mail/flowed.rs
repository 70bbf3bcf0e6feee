//! Text whose paragraphs flow over lines: `format=flowed` (RFC 3676).

use crate::span::Span;
use crate::view::{Builder, LineKind, View};

/// Reads flowed text: a line that ends with a space goes on in the next one of the same depth of quotation. With `delsp`
/// that space is no part of the text.
pub fn read(text: &str, delsp: bool) -> View {
    let mut builder = Builder::with_capacity(text.len());
    let mut lines = lines(text).peekable();
    while let Some(line) = lines.next() {
        let goes_on = line.is_soft() && lines.peek().is_some_and(|next| next.continues(&line));
        if goes_on {
            let said = if delsp { line.text.strip_suffix(' ').unwrap_or(line.text) } else { line.text };
            builder.copy(said, line.start);
            continue;
        }
        let said = line.text.trim_end();
        builder.copy(said, line.start);
        builder.end_line(LineKind::Text, line.quote, Span::new(line.start + said.len(), line.end));
    }
    builder.finish()
}

/// A line without its marks and its line end.
struct Line<'t> {
    text: &'t str,
    /// 0-based offset of the first byte of `text`.
    start: usize,
    /// Offset of the byte behind the line end.
    end: usize,
    quote: u32,
}

impl Line<'_> {
    fn is_signature(&self) -> bool {
        self.text == "-- "
    }

    /// Whether it goes on with the paragraph of the line before. Some programs leave a space at the end of a paragraph; the
    /// empty line below still ends it.
    fn continues(&self, before: &Line) -> bool {
        self.quote == before.quote && !self.is_signature() && !self.text.is_empty()
    }

    fn is_soft(&self) -> bool {
        self.text.ends_with(' ') && !self.is_signature()
    }
}

fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let end = start + line.len();
        let said = line.strip_suffix('\n').unwrap_or(line);
        let said = said.strip_suffix('\r').unwrap_or(said);
        let unquoted = said.trim_start_matches('>');
        let quote = u32::try_from(said.len() - unquoted.len()).unwrap_or(u32::MAX);
        let unstuffed = unquoted.strip_prefix(' ').unwrap_or(unquoted);
        let found = Line { text: unstuffed, start: start + (said.len() - unstuffed.len()), end, quote };
        start = end;
        found
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn paragraphs_are_lines() {
        #[track_caller]
        fn check(text: &str, delsp: bool, expected: &[(u32, &str)]) {
            let view = read(text, delsp);
            let lines: Vec<_> = view.lines().iter().map(|line| (line.quote, view.line_text(line))).collect();
            assert_eq!(lines, expected, "{text:?}");
            crate::view::tests::assert_sound(text, &view);
        }
        check("", false, &[]);
        check("I must \ndecline.\n", false, &[(0, "I must decline.")]);
        check("I must \r\ndecline.\r\n", false, &[(0, "I must decline.")]);
        check("in con \nvenient\n", true, &[(0, "in convenient")]);
        check("incon \nvenient\n", true, &[(0, "inconvenient")]);
        check("hard\nbreak\n", false, &[(0, "hard"), (0, "break")]);
        check(" From now\n  so\n", false, &[(0, "From now"), (0, " so")]);
        check("> a \n> b\n>> c \n> d\n", false, &[(1, "a b"), (2, "c"), (1, "d")]);
        check("a \n> b\n", false, &[(0, "a"), (1, "b")]);
        check("Bo \n-- \nBo Bell\n", false, &[(0, "Bo"), (0, "--"), (0, "Bo Bell")]);
        check("last ", false, &[(0, "last")]);
        check("a \n\nb\n", false, &[(0, "a"), (0, ""), (0, "b")]);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "([> \\n\\ra-c\u{e9}-]|\\PC){0,60}", delsp in any::<bool>()) {
            crate::view::tests::assert_sound(&text, &read(&text, delsp));
        }
    }
}
