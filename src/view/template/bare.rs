//! A template without its tags.

use super::choice::Choices;
use super::tag::{Does, Tag};
use crate::map::Map;
use crate::span::{Decoded, Span};
use std::ops::Range;

/// The text of a template with its tags gone and its values as placeholders.
#[derive(Debug)]
pub struct Bare {
    /// The text, which a reader of its format takes for that of a file.
    pub text: String,
    /// The way back to the template.
    pub map: Map<Decoded, Decoded>,
    /// The branches of its conditions in the text.
    pub choices: Vec<Vec<Span<Decoded>>>,
}

impl Bare {
    /// Takes the tags out of `template`.
    pub fn of(template: &str, tags: impl Iterator<Item = Tag>) -> Bare {
        let mut writer = Writer { template, text: String::new(), map: Map::default(), line: Line::default() };
        let mut choices = Choices::default();
        let mut at = 0;
        for Tag { place, does } in tags {
            writer.copy(at..place.start);
            at = place.end;
            match does {
                Does::Value(name) => writer.value(&name, place),
                Does::Show(inside) => {
                    writer.line.has_tag = true;
                    writer.copy(inside);
                    writer.line.has_tag = true;
                }
                Does::Nothing => writer.line.has_tag = true,
                Does::Open(name) => {
                    writer.line.has_tag = true;
                    choices.open(name, writer.text.len());
                }
                Does::OpenElse(name) => {
                    writer.part(place);
                    choices.open_else(name, &writer.text);
                }
                Does::Else => {
                    writer.part(place);
                    choices.branch(writer.text.len());
                }
                Does::Close => {
                    writer.line.has_tag = true;
                    choices.close(writer.text.len());
                }
            }
        }
        writer.copy(at..template.len());
        writer.end_line();
        Bare { text: writer.text, map: writer.map, choices: choices.finish() }
    }
}

/// Writes the text, but for lines that hold nothing but tags: those would part paragraphs that are one.
struct Writer<'t> {
    template: &'t str,
    text: String,
    map: Map<Decoded, Decoded>,
    line: Line,
}

/// What is known of the line at hand.
#[derive(Default)]
struct Line {
    has_text: bool,
    has_tag: bool,
    /// White space that is written if text or the end of a line with text follows.
    space: Vec<Range<usize>>,
}

impl Writer<'_> {
    fn copy(&mut self, range: Range<usize>) {
        let mut start = range.start;
        for piece in self.template.get(range).unwrap_or_default().split_inclusive('\n') {
            let end = start + piece.len();
            let is_blank = piece.trim().is_empty();
            if is_blank {
                self.line.space.push(start..end);
            } else {
                self.write_space();
                self.write(start..end);
                self.line.has_text = true;
            }
            if piece.ends_with('\n') {
                self.end_line();
            }
            start = end;
        }
    }

    fn write(&mut self, range: Range<usize>) {
        self.map.copy(self.text.len(), Span::new(range.start, range.end));
        self.text.push_str(&self.template[range]);
    }

    fn write_space(&mut self) {
        for space in std::mem::take(&mut self.line.space) {
            self.write(space);
        }
    }

    /// Ends the line, whose end is among the white space or written already.
    fn end_line(&mut self) {
        if self.line.has_text || !self.line.has_tag {
            self.write_space();
        }
        self.line = Line::default();
    }

    fn value(&mut self, name: &str, place: Range<usize>) {
        self.write_space();
        self.line.has_text = true;
        let value = format!("{{{{{name}}}}}");
        if self.template.get(place.clone()) == Some(value.as_str()) {
            self.write(place);
        } else {
            self.replace(&value, place);
        }
    }

    fn replace(&mut self, text: &str, place: Range<usize>) {
        let start = self.text.len();
        self.text.push_str(text);
        self.map.replace(Span::new(start, self.text.len()), Span::new(place.start, place.end));
    }

    /// Parts the words of two branches on one line.
    fn part(&mut self, place: Range<usize>) {
        self.line.has_tag = true;
        if self.line.has_text {
            self.write_space();
            self.replace(" ", place);
        }
    }
}
