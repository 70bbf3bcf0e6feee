//! What a recipient reads: the lines of a file with the marks of its format gone, each byte tied to its place.
//!
//! A reader of a format is one file here and knows nothing of letters; it fills a [`View`] through [`Builder`].

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

    /// Ends the line; what was added since the last end is its text.
    fn end_line(&mut self, kind: LineKind, quote: u32) {
        self.lines.push(Line { span: Span::new(self.line_start, self.text.len()), kind, quote });
        self.text.push('\n');
        self.line_start = self.text.len();
    }

    fn finish(self) -> View {
        View { text: self.text, lines: self.lines, map: self.map }
    }
}
