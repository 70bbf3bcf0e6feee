//! Markdown as CommonMark has it: what a reader of the rendered page sees.

mod html;
mod nesting;

use super::{Builder, LineKind, View, front_matter};
use crate::span::Span;
use html::{Piece, Tag};
use pulldown_cmark::{Event, Options, Parser, TagEnd};
use std::ops::Range;

/// Reads Markdown. Emphasis, link targets, comments and HTML tags are gone; paragraphs are parted by an empty line.
///
/// A file nested so deep that no person wrote it is read as plain text.
pub fn read(text: &str) -> View {
    if nesting::is_too_deep(text) {
        return super::text::read(text);
    }
    let mut builder = Builder::with_capacity(text.len());
    let start = front_matter::read(text, &mut builder);
    let mut reader = Reader::new(text, builder, start);
    for (event, range) in Parser::new_ext(&text[start..], Options::empty()).into_offset_iter() {
        reader.event(event, range.start + start..range.end + start);
    }
    reader.close_line();
    reader.builder.finish()
}

/// The places of the HTML in Markdown; 0-based byte ranges of the text, in order.
pub fn html_parts(text: &str) -> Vec<Range<usize>> {
    if nesting::is_too_deep(text) {
        return Vec::new();
    }
    let start = front_matter::read(text, &mut Builder::default());
    let events = Parser::new_ext(&text[start..], Options::empty()).into_offset_iter();
    let parts = events.filter_map(|(event, range)| match event {
        Event::Start(pulldown_cmark::Tag::HtmlBlock) | Event::InlineHtml(_) => Some(range),
        _ => None,
    });
    parts.map(|range| range.start + start..range.end + start).collect()
}

/// Writes a view out of the events of the parser. All places are 0-based byte offsets into the decoded text.
struct Reader<'t> {
    text: &'t str,
    builder: Builder,
    /// Behind the last thing that was seen on the line, marks included: where the line ends in the file.
    at: usize,
    /// Behind the line end of the last line.
    ended_at: usize,
    /// How many block quotes are open.
    quote: u32,
    /// How many list items are open.
    items: u32,
    /// What the block at hand makes of its lines.
    block: Block,
    /// Whether the next line is the first of a list item.
    is_item: bool,
    /// Whether the line has text.
    is_open: bool,
    /// Whether an empty line is due before the next text. Due, not written: a comment must leave no gap behind.
    gap: bool,
    /// White space seen, to be written as soon as more text follows on the line.
    space: Option<Range<usize>>,
    /// Within an HTML block: what ends the comment or script whose text is left out.
    left_out_until: Option<html::End>,
}

#[derive(Clone, Copy, PartialEq)]
enum Block {
    Prose,
    Heading,
    Code,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, builder: Builder, at: usize) -> Self {
        Reader {
            text,
            at,
            ended_at: at,
            quote: 0,
            items: 0,
            block: Block::Prose,
            is_item: false,
            is_open: false,
            gap: !builder.lines.is_empty(),
            builder,
            space: None,
            left_out_until: None,
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => return self.start(tag),
            Event::End(tag) => return self.end(tag, range),
            Event::Text(text) if self.block == Block::Code => self.code_lines(&text, range.clone()),
            Event::Text(text) => self.add_text(&text, range.clone()),
            Event::Code(text) => self.add_code_span(&text, range.clone()),
            // A line that shows nothing is no line; `<br>` at its end has ended it already.
            Event::SoftBreak if !self.is_open => {}
            Event::SoftBreak | Event::HardBreak => self.end_line(range.end),
            Event::Rule => self.add_rule(range.clone()),
            Event::Html(_) => self.add_html_line(range.clone()),
            Event::InlineHtml(_) => self.add_tag(range.clone()),
            // Only with options that are not set.
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
        self.at = range.end;
    }

    fn start(&mut self, tag: pulldown_cmark::Tag<'_>) {
        use pulldown_cmark::Tag;
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.start_block(Block::Prose),
            Tag::Heading { .. } => self.start_block(Block::Heading),
            Tag::CodeBlock(_) => self.start_block(Block::Code),
            Tag::BlockQuote(_) => {
                self.close_line();
                self.quote += 1;
            }
            // A list within an item follows it at once.
            Tag::List(_) if self.items > 0 => self.close_line(),
            Tag::List(_) => self.start_block(Block::Prose),
            Tag::Item => {
                self.close_line();
                self.items += 1;
                self.is_item = true;
            }
            _ => {} // Marks within a line, or only with options that are not set.
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph | TagEnd::CodeBlock => self.close_block(),
            TagEnd::HtmlBlock => {
                self.close_block();
                self.left_out_until = None;
            }
            TagEnd::Heading(_) => {
                self.at = range.start + self.text[range].trim_end().len();
                self.close_block();
            }
            TagEnd::BlockQuote(_) => {
                self.close_line();
                self.quote -= 1;
            }
            TagEnd::List(_) => self.close_line(),
            TagEnd::Item => {
                self.close_line();
                self.items -= 1;
                self.is_item = false;
            }
            _ => self.at = range.end, // The closing mark of emphasis or a link belongs to the line.
        }
    }

    fn start_block(&mut self, block: Block) {
        self.close_line();
        self.block = block;
        self.gap = true;
    }

    fn close_block(&mut self) {
        self.close_line();
        self.block = Block::Prose;
    }

    /// Adds text of a paragraph, made from the bytes of `range`.
    fn add_text(&mut self, text: &str, range: Range<usize>) {
        if text.trim().is_empty() {
            if self.is_open {
                self.space.get_or_insert(range);
            }
        } else if text == &self.text[range.clone()] {
            self.add_trimmed(range);
        } else {
            self.begin_text();
            // A line end can be written as `&#10;`; on the page it is a space.
            self.builder.replace(&text.replace(['\n', '\r'], " "), Span::new(range.start, range.end));
        }
    }

    /// Adds text that is shown as it stands in the file, but for the white space at the ends of the line.
    fn add_trimmed(&mut self, range: Range<usize>) {
        let text = &self.text[range.clone()];
        let start = if self.is_open { range.start } else { range.end - text.trim_start().len() };
        let end = range.start + text.trim_end().len();
        if start < end {
            self.begin_text();
            self.builder.copy(&self.text[start..end], start);
        }
        if end < range.end && self.is_open {
            self.space.get_or_insert(end..range.end);
        }
    }

    /// Adds the text between back-ticks, which is prose to its reader.
    fn add_code_span(&mut self, text: &str, range: Range<usize>) {
        let span = &self.text[range.clone()];
        let marked = span.trim_start_matches('`');
        let start = range.start + (span.len() - marked.len());
        let inner = marked.trim_end_matches('`');
        let padded = inner.strip_prefix(' ').and_then(|inner| inner.strip_suffix(' '));
        if inner == text {
            self.add_text(text, start..start + text.len());
        } else if padded == Some(text) {
            self.add_text(text, start + 1..start + 1 + text.len());
        } else {
            self.add_text(text, range);
        }
    }

    /// Adds lines of a code block, white space and all.
    fn code_lines(&mut self, text: &str, range: Range<usize>) {
        let is_copy = text == &self.text[range.clone()];
        let mut start = range.start;
        for piece in text.split_inclusive('\n') {
            let line = piece.trim_end_matches(['\n', '\r']);
            let end = if is_copy { start + piece.len() } else { range.end };
            if !line.is_empty() {
                self.begin_text();
                if is_copy {
                    self.builder.copy(line, start);
                    self.at = start + line.len();
                } else {
                    self.builder.replace(line, Span::new(range.start, range.end));
                    self.at = range.end;
                }
            }
            if piece.ends_with('\n') {
                self.end_line(end);
                self.at = end;
            }
            start = end;
        }
    }

    fn add_rule(&mut self, range: Range<usize>) {
        self.start_block(Block::Code);
        self.at = range.start + self.text[range.clone()].trim_end().len();
        self.add_trimmed(range.start..self.at);
        self.close_block();
    }

    /// Adds what a line of an HTML block shows.
    fn add_html_line(&mut self, range: Range<usize>) {
        let text = self.text;
        let line = &text[range.clone()];
        let shown = line.trim_end();
        for (piece, place) in html::pieces(shown, &mut self.left_out_until) {
            let place = place.start + range.start..place.end + range.start;
            match piece {
                Piece::Text | Piece::Tag(Tag::Placeholder) => self.add_trimmed(place.clone()),
                Piece::Tag(Tag::Break) => self.end_line(place.end),
                Piece::Tag(Tag::Block) => self.close_line(),
                Piece::Tag(Tag::Inline) => {}
            }
            self.at = place.end;
        }
        if self.is_open {
            self.end_line(range.end);
        }
    }

    /// Adds what a tag within a paragraph shows.
    fn add_tag(&mut self, range: Range<usize>) {
        match html::classify(&self.text[range.clone()]) {
            Tag::Placeholder => self.add_wrapped(range),
            Tag::Break => self.end_line(range.end),
            Tag::Block | Tag::Inline => {}
        }
    }

    /// Adds text that may be broken into lines.
    fn add_wrapped(&mut self, range: Range<usize>) {
        let mut start = range.start;
        for piece in self.text[range].split_inclusive('\n') {
            let end = start + piece.len();
            self.add_trimmed(start..end);
            self.at = start + piece.trim_end().len();
            if piece.ends_with('\n') {
                self.end_line(end);
            }
            start = end;
        }
    }

    /// Writes what is due before more text: the empty line between blocks, the space between words.
    fn begin_text(&mut self) {
        self.write_gap();
        self.is_open = true;
        if let Some(space) = self.space.take() {
            let text = &self.text[space.clone()];
            if text.trim().is_empty() && !text.contains(['\n', '\r']) {
                self.builder.copy(text, space.start);
            } else {
                self.builder.replace(" ", Span::new(space.start, space.end)); // `&nbsp;`
            }
        }
    }

    fn write_gap(&mut self) {
        if !std::mem::take(&mut self.gap) {
            return;
        }
        if let Some(last) = self.builder.lines.last().filter(|last| !last.span.is_empty()) {
            let quote = last.quote.min(self.quote);
            self.builder.end_line(LineKind::Text, quote, Span::at(self.ended_at));
        }
    }

    /// Ends the line if it has text.
    fn close_line(&mut self) {
        if self.is_open {
            self.end_line(self.at);
        }
        self.space = None;
    }

    /// Ends the line even if it is empty. `to` is behind its line end in the file.
    fn end_line(&mut self, to: usize) {
        self.write_gap();
        let kind = match self.block {
            Block::Code => LineKind::Code,
            Block::Heading => LineKind::Heading,
            Block::Prose if is_attribute_list(self.builder.text.get(self.builder.line_start..).unwrap_or_default()) => {
                LineKind::Code
            }
            Block::Prose if self.is_item => LineKind::Item,
            Block::Prose => LineKind::Text,
        };
        self.builder.end_line(kind, self.quote, Span::new(self.at, to));
        self.ended_at = to;
        self.is_item = false;
        self.is_open = false;
        self.space = None;
    }
}

/// Whether a line is a list of attributes as Jekyll's kramdown has it, `{: .note #tip }`, which no reader sees.
fn is_attribute_list(line: &str) -> bool {
    let inside = line.trim().strip_prefix("{:").and_then(|rest| rest.strip_suffix('}'));
    inside.is_some_and(|inside| inside.starts_with([' ', '.', '#']) && !inside.contains(['{', '}']))
}

#[cfg(test)]
mod tests;
