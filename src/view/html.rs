//! HTML: what a browser or a mail program shows.

mod element;
mod look;
mod open;
mod piece;
mod row;
mod subject;
mod token;

use super::{Builder, LineKind, View, front_matter};
use crate::span::Span;
use element::Element;
use look::{Look, has_class};
use open::{Context, Open, Stack};
use piece::{Pieces, Sort};
use std::ops::Range;
use token::{Tag, Token, tokens};

/// Reads HTML. Tags, comments, scripts and what is hidden are gone; white space is collapsed; paragraphs are parted by an
/// empty line. Tags need not be closed, and how deep they lie in one another does not matter.
pub fn read(text: &str) -> View {
    let mut builder = Builder::with_capacity(text.len() / 2);
    let start = front_matter::read(text, &mut builder);
    let mut reader = Reader::new(text, builder, start);
    for token in tokens(text, start) {
        reader.token(token);
    }
    reader.close_line();
    reader.builder.finish()
}

/// Writes a view out of tokens. All places are 0-based byte offsets into the decoded text.
struct Reader<'t> {
    text: &'t str,
    builder: Builder,
    stack: Stack,
    /// Behind the last thing that was seen on the line, closing tags of emphasis included.
    at: usize,
    /// Behind the line end of the last line.
    ended_at: usize,
    /// Whether the line has text.
    is_open: bool,
    /// The kind and the quote depth of the line, once it has text.
    line: (LineKind, u32),
    /// Whether the next line is the first of a list item.
    is_item: bool,
    /// Whether the line has a space that is kept, which makes it an empty line where nothing else is on it.
    is_blank: bool,
    /// Whether an empty line is due before the next text.
    gap: bool,
    /// White space seen, to be written as soon as more text follows on the line.
    space: Option<Span<crate::span::Decoded>>,
    /// Whether a subject may still be shown: there is none yet, and no text.
    awaits_subject: bool,
    /// The tag of the title of the page, until its first word is shown.
    title: Option<Range<usize>>,
    /// Whether a paragraph of Word is a line; paragraphs are then parted by an empty one.
    word_writes_lines: bool,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, builder: Builder, at: usize) -> Self {
        Reader {
            text,
            at,
            ended_at: at,
            stack: Stack::default(),
            is_open: false,
            line: (LineKind::Text, 0),
            is_item: false,
            is_blank: false,
            gap: !builder.lines.is_empty(),
            space: None,
            awaits_subject: !subject::is_given(&builder),
            title: None,
            word_writes_lines: ["&nbsp;</o:p>", "\u{a0}</o:p>"].iter().any(|empty| text.contains(empty)),
            builder,
        }
    }

    fn token(&mut self, token: Token) {
        match token {
            Token::Text(place) if self.context().keeps_lines => self.add_lines(place),
            Token::Text(place) => self.add_text(place),
            Token::Written(text, place) => self.add_written(&text, place),
            Token::Start(tag) => self.start(tag),
            Token::End(name, place) => self.end(&name, place),
            Token::Comment(place) => self.comment(place),
        }
    }

    fn context(&self) -> Context {
        self.stack.context()
    }

    fn start(&mut self, tag: Tag) {
        let element = Element::of(&tag.name);
        let ended = self.stack.end_before(element);
        self.close(ended);
        match element {
            Element::Break => return self.break_line(tag.place),
            Element::Rule => return self.add_rule(tag.place),
            Element::Meta => return self.note_setting(&tag),
            Element::Void | Element::Page => return,
            Element::Title => return self.start_title(tag),
            _ => {}
        }
        let look = Look::of(&tag);
        let is_quote = element == Element::Quote && !is_indent(&tag, &look);
        let context = self.context().within(element, &look, is_quote);
        let is_block = element.is_block() || look.is_block;
        let (before, after) = self.margins(element, &tag, &look);
        if is_block && !context.is_hidden {
            self.close_line();
            self.gap |= before;
            self.is_item |= element == Element::Item || has_class(&tag, is_item_of_word);
        }
        self.stack.push(Open::new(tag.name, element, is_block, after, context));
    }

    /// Whether empty lines stand before and after an element.
    fn margins(&self, element: Element, tag: &Tag, look: &Look) -> (bool, bool) {
        let default = match element {
            Element::Paragraph if self.word_writes_lines => !has_class(tag, |class| class.starts_with("Mso")),
            Element::Paragraph => {
                !has_class(tag, |class| class == "MsoNoSpacing" || class.starts_with("MsoListParagraph"))
            }
            Element::List => self.context().items == 0,
            Element::Row => row::holds_prose(self.text.get(tag.place.end..).unwrap_or_default()),
            _ => element.has_margin(),
        };
        (look.margins.0.unwrap_or(default), look.margins.1.unwrap_or(default))
    }

    fn start_title(&mut self, tag: Tag) {
        self.close_line();
        let is_subject = self.awaits_subject && self.context().is_shown();
        let context = Context::of_title(is_subject);
        self.title = is_subject.then_some(tag.place);
        self.stack.push(Open::new(tag.name, Element::Title, true, true, context));
    }

    fn end(&mut self, name: &str, place: Range<usize>) {
        let element = Element::of(name);
        let is_mark = !element.is_block() && self.is_open && self.at == place.start;
        match element {
            Element::Break => return self.break_line(place),
            // What stands behind `</body>` is shown all the same.
            Element::Page => return,
            _ if is_mark => self.at = place.end,
            _ => {}
        }
        let closed = self.stack.end(name, element);
        if closed.is_empty() && element.is_block() && !self.context().is_hidden {
            self.close_line();
        }
        self.close(closed);
    }

    fn close(&mut self, closed: Vec<Open>) {
        for open in closed {
            if open.is_block && !open.context.is_hidden {
                self.close_line();
                self.gap |= open.has_margin;
                self.is_item = false;
            }
            if open.element == Element::Title {
                self.title = None;
            }
        }
    }

    fn break_line(&mut self, place: Range<usize>) {
        if !self.context().is_shown() {
            return;
        }
        if self.is_open {
            self.end_line(place.end);
        } else {
            self.gap = true;
            self.is_blank = false;
        }
    }

    fn add_rule(&mut self, place: Range<usize>) {
        if !self.context().is_shown() {
            return;
        }
        self.close_line();
        self.gap = true;
        self.begin_text();
        self.line.0 = LineKind::Code;
        self.builder.replace("---", Span::new(place.start, place.end));
        self.at = place.end;
        self.close_line();
        self.gap = true;
    }

    /// Notes what the file says of itself: `<meta name="kind" content="...">`.
    fn note_setting(&mut self, tag: &Tag) {
        let name = tag.attribute("name").unwrap_or_default().trim().to_ascii_lowercase();
        if let Some(value) = tag.attribute("content") {
            self.builder.set(&name, value);
        }
    }

    fn comment(&mut self, place: Range<usize>) {
        let comment = self.text.get(place.clone()).unwrap_or_default();
        let Some(value) = subject::in_comment(comment).filter(|_| self.awaits_subject) else { return };
        let value = place.start + value.start..place.start + value.end;
        self.close_line();
        self.title = Some(place.start..value.start);
        self.begin_text();
        self.builder.copy(&self.text[value.clone()], value.start);
        self.at = value.end;
        self.end_line(place.end);
        self.gap = true;
    }

    /// Adds text whose white space is collapsed.
    fn add_text(&mut self, place: Range<usize>) {
        let text = self.text.get(place.clone()).unwrap_or_default();
        for piece in Pieces::of(text) {
            let range = place.start + piece.range.start..place.start + piece.range.end;
            match piece.sort {
                Sort::Space => self.note_space(&text[piece.range], range),
                Sort::Nothing => {}
                Sort::Words if self.context().is_shown() => {
                    self.begin_text();
                    self.builder.copy(&text[piece.range], range.start);
                    self.at = range.end;
                }
                Sort::Words => {}
            }
        }
    }

    /// Adds text that the file writes in another way.
    fn add_written(&mut self, text: &str, place: Range<usize>) {
        for piece in Pieces::of(text) {
            match piece.sort {
                Sort::Space => self.note_space(&text[piece.range], place.clone()),
                Sort::Words if self.context().is_shown() => {
                    self.begin_text();
                    self.builder.replace(&text[piece.range], Span::new(place.start, place.end));
                    self.at = place.end;
                }
                Sort::Words | Sort::Nothing => {}
            }
        }
        if self.context().keeps_lines && text.contains('\n') {
            self.break_line(place);
        }
    }

    fn note_space(&mut self, space: &str, place: Range<usize>) {
        if !self.context().is_shown() {
            return;
        }
        if self.is_open {
            self.space.get_or_insert(Span::new(place.start, place.end));
        } else {
            self.is_blank |= space.contains('\u{a0}');
        }
    }

    /// Adds text whose lines are kept.
    fn add_lines(&mut self, place: Range<usize>) {
        if !self.context().is_shown() {
            return;
        }
        let text = self.text.get(place.clone()).unwrap_or_default();
        let mut start = place.start;
        for piece in text.split_inclusive('\n') {
            let shown = piece.trim_end();
            if !shown.is_empty() {
                self.begin_text();
                self.builder.copy(shown, start);
                self.at = start + shown.len();
            }
            let end = start + piece.len();
            if piece.ends_with('\n') {
                self.break_line(start + shown.len()..end);
            } else if shown.len() < piece.len() && self.is_open {
                self.space.get_or_insert(Span::new(start + shown.len(), end));
            }
            start = end;
        }
    }

    /// Writes what is due before more text: the empty line between paragraphs, the space between words.
    fn begin_text(&mut self) {
        if !self.is_open {
            self.begin_line();
        }
        if let Some(space) = self.space.take() {
            match self.text.get(space.range()) {
                Some(text @ " ") => self.builder.copy(text, space.start()),
                _ => self.builder.replace(" ", space),
            }
        }
    }

    fn begin_line(&mut self) {
        let context = self.context();
        if std::mem::take(&mut self.gap)
            && let Some(last) = self.builder.lines.last().filter(|last| !last.span.is_empty())
        {
            let quote = last.quote.min(context.quote);
            self.builder.end_line(LineKind::Text, quote, Span::at(self.ended_at));
        }
        let kind = match context {
            Context { is_code: true, .. } => LineKind::Code,
            Context { is_heading: true, .. } => LineKind::Heading,
            _ if self.is_item => LineKind::Item,
            _ => LineKind::Text,
        };
        self.line = (kind, context.quote);
        self.is_open = true;
        self.is_item = false;
        self.is_blank = false;
        self.awaits_subject = false;
        if let Some(tag) = self.title.take() {
            self.builder.replace("Subject: ", Span::new(tag.start, tag.end));
        }
    }

    /// Ends the line if there is one.
    fn close_line(&mut self) {
        if self.is_open {
            self.end_line(self.at);
        } else {
            self.gap |= std::mem::take(&mut self.is_blank);
        }
        self.space = None;
    }

    /// Ends a line that has text. `to` is behind its line end in the file.
    fn end_line(&mut self, to: usize) {
        let (kind, quote) = self.line;
        self.builder.end_line(kind, quote, Span::new(self.at, to));
        self.ended_at = to.max(self.at);
        self.is_open = false;
        self.space = None;
    }
}

/// Whether a quotation is none: programs indent with it, and take its border away.
fn is_indent(tag: &Tag, look: &Look) -> bool {
    let is_cited = tag.attribute("type").is_some_and(|kind| kind.eq_ignore_ascii_case("cite"))
        || has_class(tag, |class| class.contains("quote"));
    look.has_no_border && !is_cited
}

fn is_item_of_word(class: &str) -> bool {
    matches!(
        class,
        "MsoListParagraph" | "MsoListParagraphCxSpFirst" | "MsoListParagraphCxSpMiddle" | "MsoListParagraphCxSpLast"
    )
}

#[cfg(test)]
mod tests;
