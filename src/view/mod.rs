//! What a recipient reads: the lines of a file with the marks of its format gone, each byte tied to its place.
//!
//! A reader of a format is one file here and knows nothing of letters; it fills a [`View`] through a `Builder`.

mod markdown;
mod text;

use crate::map::Map;
use crate::span::{Decoded, Shown, Span};

/// A format that demur reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text, as in a mail client or a notes file.
    Text,
    /// Markdown, read as CommonMark.
    Markdown,
}

impl Format {
    /// The format that a file's name tells by its extension; plain text where it tells none.
    pub fn of_name(name: &str) -> Format {
        let extension = name.rsplit(['/', '\\']).next().and_then(|base| base.rsplit_once('.')).map(|(_, ext)| ext);
        match extension.map(str::to_ascii_lowercase).as_deref() {
            Some("md" | "markdown" | "mdown" | "mkd") => Format::Markdown,
            _ => Format::Text,
        }
    }
}

/// What a line is, as far as the format tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// Ordinary text; an empty one separates paragraphs.
    Text,
    /// A heading.
    Heading,
    /// The first line of a list item, its bullet or number gone.
    Item,
    /// Code, a comment, a rule across the page: nothing that a writer says.
    Code,
}

/// One line as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Its bytes in [`View::text`], without the line end.
    pub span: Span<Shown>,
    /// What it is.
    pub kind: LineKind,
    /// How deep it is quoted: the number of `>` before it. 0 for the writer's own words.
    pub quote: u32,
}

/// A file as a recipient reads it.
#[derive(Debug, Clone)]
pub struct View {
    text: String,
    lines: Vec<Line>,
    map: Map<Shown, Decoded>,
}

impl View {
    /// Reads decoded text as `format`.
    pub fn read(text: &str, format: Format) -> View {
        match format {
            Format::Text => text::read(text),
            Format::Markdown => markdown::read(text),
        }
    }

    /// The whole text, lines ended by `\n`.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The lines, in order.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The text of a line.
    pub fn line_text(&self, line: &Line) -> &str {
        &self.text[line.span.range()]
    }

    /// The bytes of the decoded file that a passage was made from.
    pub fn back(&self, span: Span<Shown>) -> Span<Decoded> {
        self.map.back(span)
    }
}

/// Builds a view piece by piece.
#[derive(Default)]
struct Builder {
    text: String,
    lines: Vec<Line>,
    map: Map<Shown, Decoded>,
    line_start: usize,
}

impl Builder {
    /// A builder for a text of about `len` bytes.
    fn with_capacity(len: usize) -> Builder {
        Builder { text: String::with_capacity(len + 1), ..Builder::default() }
    }

    /// Adds `text` as it stands in the file at `from`.
    fn copy(&mut self, text: &str, from: usize) {
        self.map.copy(self.text.len(), Span::new(from, from + text.len()));
        self.text.push_str(text);
    }

    /// Adds `text` in the place of `from`.
    fn replace(&mut self, text: &str, from: Span<Decoded>) {
        let start = self.text.len();
        self.text.push_str(text);
        self.map.replace(Span::new(start, self.text.len()), from);
    }

    /// Ends the line; what was added since the last end is its text. `from` is what the file has in the place of the
    /// line end, from behind the last character shown: so the end of a line leads back to there, not to the next line.
    fn end_line(&mut self, kind: LineKind, quote: u32, from: Span<Decoded>) {
        self.lines.push(Line { span: Span::new(self.line_start, self.text.len()), kind, quote });
        if from.len() == 1 {
            // As good as a copy, and what is copied in one run takes one entry of the map.
            self.map.copy(self.text.len(), from);
            self.text.push('\n');
        } else {
            self.replace("\n", from);
        }
        self.line_start = self.text.len();
    }

    fn finish(self) -> View {
        View { text: self.text, lines: self.lines, map: self.map }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asserts what holds for each view of each `text`: lines side by side; places in the file that can be sliced, in
    /// order; the same character there, if it was copied.
    #[track_caller]
    pub fn assert_sound(text: &str, view: &View) {
        let mut start = 0;
        for line in view.lines() {
            assert_eq!(line.span.start(), start);
            assert!(!view.line_text(line).contains('\n'));
            start = line.span.end() + 1;
        }
        assert_eq!(view.text().len(), start);
        let mut last = 0;
        for (at, char) in view.text().char_indices() {
            let place = view.back(Span::new(at, at + char.len_utf8()));
            let Some(from) = text.get(place.range()) else { panic!("{place:?} cuts a character of {text:?}") };
            assert!(last <= place.start(), "{place:?} of {text:?} is out of order");
            last = place.start();
            if from.len() == char.len_utf8() && !char.is_whitespace() {
                assert_eq!(from, char.to_string(), "at {place:?} of {text:?}");
            }
            assert!(text.get(view.back(Span::at(at)).range()).is_some());
        }
    }

    #[test]
    fn a_name_tells_its_format() {
        #[track_caller]
        fn check(name: &str, expected: Format) {
            assert_eq!(Format::of_name(name), expected);
        }
        check("letter.md", Format::Markdown);
        check("a.b/LETTER.Markdown", Format::Markdown);
        check("letter.txt", Format::Text);
        check("a.md/letter", Format::Text);
        check("<stdin>", Format::Text);
    }
}
