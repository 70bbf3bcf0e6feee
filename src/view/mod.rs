//! What a recipient reads: the lines of a file with the marks of its format gone, each byte tied to its place.
//!
//! A reader of a format is one file here and knows nothing of letters; it fills a [`View`] through a `Builder`.

mod archive;
mod comments;
mod docx;
mod format;
mod front_matter;
mod html;
mod mail;
mod markdown;
mod mbox;
mod odt;
mod paragraphs;
mod template;
mod text;

pub use comments::find as comments;
pub use format::{FileType, Format, NoFormat, Template};
pub use mbox::mails;
pub use paragraphs::Document;

use crate::map::Map;
use crate::span::{Decoded, Shown, Span};
use std::ops::Range;

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
#[derive(Debug, Clone, Default)]
pub struct View {
    text: String,
    lines: Vec<Line>,
    map: Map<Shown, Decoded>,
    settings: Vec<Setting>,
    choices: Vec<Vec<Span<Shown>>>,
}

/// What a file says of itself beside the letter, e.g. `template: true` in its front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Its name in lower case, e.g. `kind`.
    pub name: String,
    /// Its value, without quotes.
    pub value: String,
}

/// A view, and whether it leads back into the file.
#[derive(Debug, Clone)]
pub enum Reading {
    /// Each byte is tied to its place in the decoded text of the file.
    InPlace(View),
    /// The file holds its text in another form (base64, a zip archive); places count in the text of the view itself.
    Extracted(View),
}

/// Why a file in a format could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// It is no zip archive, or a broken one.
    #[error("is no document that can be opened; save it again in the program that it is from")]
    NoArchive,
    /// The archive has no such part.
    #[error("has no `{0}` in it; save it again in the program that it is from")]
    NoPart(&'static str),
    /// A part is larger than a letter can be.
    #[error("holds more than {} MiB of text (limit `document-text`); name a smaller document", .0 >> 20)]
    TooLarge(usize),
    /// A part cannot be unpacked, or is not the XML that it should be.
    #[error("has a damaged `{0}` in it; save it again in the program that it is from")]
    Broken(&'static str),
}

impl View {
    /// Reads the decoded text of a file in a format of text: plain text, Markdown, HTML, or a template over them.
    pub fn read(text: &str, file_type: impl Into<FileType>) -> View {
        let FileType { format, template } = file_type.into();
        match template {
            Some(template) => template::read(text, template, format),
            None => View::read_text(text, format),
        }
    }

    fn read_text(text: &str, format: Format) -> View {
        match format {
            Format::Markdown => markdown::read(text),
            Format::Html => html::read(text),
            // The text of the others is taken out of them first.
            Format::Text | Format::Mail | Format::Mbox | Format::Docx | Format::Odt => text::read(text),
        }
    }

    /// Reads a mail, see RFC 5322. Where the text of the file is UTF-8, `base` is the 0-based offset of the mail in it.
    pub fn read_mail(bytes: &[u8], base: Option<usize>) -> Reading {
        mail::read(bytes, base)
    }

    /// Reads a document of Word.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn read_docx(bytes: &[u8]) -> Result<Document, Damage> {
        docx::read(bytes)
    }

    /// Reads a document of LibreOffice.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn read_odt(bytes: &[u8]) -> Result<Document, Damage> {
        odt::read(bytes)
    }

    /// The view that leads back to its own text instead of a file.
    pub fn detached(self) -> View {
        View { map: Map::identity(self.text.len()), ..self }
    }

    /// The view of a text that was itself made from the text of the file.
    fn through(self, map: &Map<Decoded, Decoded>) -> View {
        View { map: self.map.then(map), ..self }
    }

    /// Some of the lines, as a view of their own. What all of them share is taken off: quotation, and being code.
    pub fn slice(&self, lines: Range<usize>) -> View {
        let lines = self.lines.get(lines).unwrap_or_default();
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return View::default() };
        let span = Span::new(first.span.start(), (last.span.end() + 1).min(self.text.len()));
        let said = || lines.iter().filter(|line| !line.span.is_empty());
        let quote = said().map(|line| line.quote).min().unwrap_or(0);
        let is_code = said().all(|line| line.kind == LineKind::Code);
        let own = |line: &Line| Line {
            span: Span::new(line.span.start() - span.start(), line.span.end() - span.start()),
            kind: if is_code { LineKind::Text } else { line.kind },
            quote: line.quote.saturating_sub(quote),
        };
        View {
            text: self.text[span.range()].to_owned(),
            lines: lines.iter().map(own).collect(),
            map: self.map.slice(span),
            settings: self.settings.clone(),
            choices: self.choices.iter().filter_map(|choice| cut_choice(choice, span)).collect(),
        }
    }

    /// The value of a setting of the file.
    pub fn setting(&self, name: &str) -> Option<&str> {
        self.settings.iter().find(|setting| setting.name == name).map(|setting| setting.value.as_str())
    }

    /// Passages of which a reader sees one, e.g. the branches of a condition in a template: for each such choice two or
    /// more, in order. Choices may lie in one another.
    pub fn choices(&self) -> &[Vec<Span<Shown>>] {
        &self.choices
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

/// What of a choice lies in `slice`, counted from there; `None` where that leaves no choice.
fn cut_choice(choice: &[Span<Shown>], slice: Span<Shown>) -> Option<Vec<Span<Shown>>> {
    let inside = choice.iter().filter(|passage| passage.overlaps(slice));
    let cut = inside.map(|passage| {
        let start = passage.start().max(slice.start());
        Span::new(start - slice.start(), passage.end().min(slice.end()) - slice.start())
    });
    Some(cut.collect()).filter(|cut: &Vec<_>| cut.len() > 1)
}

/// Builds a view piece by piece.
#[derive(Default)]
struct Builder {
    text: String,
    lines: Vec<Line>,
    map: Map<Shown, Decoded>,
    line_start: usize,
    settings: Vec<Setting>,
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

    /// Notes what the file says of itself, if that is something a program asks for; the first word counts.
    fn set(&mut self, name: &str, value: &str) {
        const KNOWN: [&str; 3] = ["kind", "template", "subject"];
        if KNOWN.contains(&name) && !self.settings.iter().any(|setting| setting.name == name) {
            self.settings.push(Setting { name: name.to_owned(), value: value.trim().to_owned() });
        }
    }

    /// Adds the lines of a view, each quoted `quote` deeper. What was added before must end with a line.
    fn append(&mut self, view: View, quote: u32) {
        let start = self.text.len();
        self.text.push_str(&view.text);
        self.map.append(start, view.map);
        self.lines.extend(view.lines.iter().map(|line| Line {
            span: Span::new(start + line.span.start(), start + line.span.end()),
            quote: line.quote.saturating_add(quote),
            ..*line
        }));
        self.line_start = self.text.len();
    }

    fn finish(self) -> View {
        View { text: self.text, lines: self.lines, map: self.map, settings: self.settings, choices: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of a view as the tests write it: `#` a heading, `-` an item, `=` code, each `>` a quote.
    pub fn sketch(view: &View) -> String {
        let mut sketch = String::new();
        for line in view.lines() {
            sketch.extend(std::iter::repeat_n('>', line.quote as usize));
            sketch.push_str(match line.kind {
                LineKind::Text => "",
                LineKind::Heading => "#",
                LineKind::Item => "-",
                LineKind::Code => "=",
            });
            sketch.push_str(view.line_text(line));
            sketch.push('|');
        }
        sketch.pop();
        sketch
    }

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
    fn a_slice_is_a_view_of_its_own() {
        #[track_caller]
        fn check(text: &str, lines: Range<usize>, expected: &str, kinds: &[(LineKind, u32)]) {
            let view = View::read(text, Format::Markdown).slice(lines);
            assert_eq!(view.text(), expected);
            assert_eq!(view.lines().iter().map(|line| (line.kind, line.quote)).collect::<Vec<_>>(), kinds);
            assert_sound(text, &view);
        }
        let text = "# A\n\n> Dear *Ann*,\n>\n> > so\n\n```\nDear\n```\n";
        check(text, 2..5, "Dear Ann,\n\nso\n", &[(LineKind::Text, 0), (LineKind::Text, 0), (LineKind::Text, 1)]);
        check(text, 6..7, "Dear\n", &[(LineKind::Text, 0)]);
        check(text, 0..1, "A\n", &[(LineKind::Heading, 0)]);
        check(text, 9..99, "", &[]);
    }
}
