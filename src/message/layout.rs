//! Lays a letter out: one sentence a line, an empty line between paragraphs.

use super::part::{self, Division, Passage};
use super::placeholder::{self, Mark};
use super::plain::Writer;
use super::{Envelope, Message, Part, Placeholder, Sentence, quoted, sentence};
use crate::span::Span;
use crate::view::View;

/// Finds the letter in a view and lays it out.
pub(super) fn lay_out(view: &View) -> Message {
    let owners = quoted::find(view);
    let division = part::divide(view, &owners.of_line);
    let quoted = view
        .lines()
        .iter()
        .zip(&owners.of_line)
        .filter(|(_, owner)| **owner == quoted::Owner::Other)
        .map(|(line, _)| line.span)
        .collect();
    let mut page = Page::default();
    for passage in &division.passages {
        page.passage(view, passage);
    }
    let Division { recipients, date, .. } = division;
    let Page { writer, sentences, placeholders, .. } = page;
    Message {
        folded: writer.text.to_ascii_lowercase(),
        text: writer.text,
        sentences,
        placeholders,
        envelope: Envelope { recipients, date, quoted_date: owners.quoted_date },
        quoted,
        map: writer.map,
    }
}

#[derive(Default)]
struct Page {
    writer: Writer,
    sentences: Vec<Sentence>,
    placeholders: Vec<Placeholder>,
    /// The number of the paragraph that is written, once there is one.
    paragraph: Option<usize>,
}

impl Page {
    /// Writes one passage as its sentences.
    fn passage(&mut self, view: &View, passage: &Passage) {
        let text = &view.text()[passage.span.range()];
        let marks = placeholder::find(text, passage.part);
        let before = self.writer.text.len();
        if before > 0 {
            self.writer.end_line();
            if passage.opens {
                self.writer.end_line();
            }
        }
        let start = self.writer.text.len();
        let holes = self.writer.passage(text, passage.span.start(), &marks);
        if self.writer.text.len() == start {
            self.writer.text.truncate(before);
            return;
        }
        self.number(passage.opens);
        self.note_placeholders(passage, &marks, holes);
        self.part_sentences(start, passage.part);
    }

    fn number(&mut self, opens: bool) {
        let next = self.paragraph.map_or(0, |number| number + usize::from(opens));
        self.paragraph = Some(next);
    }

    fn note_placeholders(&mut self, passage: &Passage, marks: &[Mark], holes: Vec<Span<crate::span::Laid>>) {
        let base = passage.span.start();
        let found = marks.iter().filter_map(|mark| match mark {
            Mark::Hole { range, meaning } => Some((Span::new(base + range.start, base + range.end), *meaning)),
            Mark::Dropped(_) => None,
        });
        self.placeholders.extend(found.zip(holes).map(|((span, meaning), laid)| Placeholder {
            span,
            laid,
            meaning,
            part: passage.part,
        }));
    }

    /// Parts what was written from `start` on into sentences. The space between two becomes the line end.
    fn part_sentences(&mut self, start: usize, part: Part) {
        let paragraph = self.paragraph.unwrap_or(0);
        let mut from = start;
        if matches!(part, Part::Body | Part::Postscript) {
            for at in sentence::breaks(&self.writer.text[start..]) {
                let at = start + at;
                self.writer.text.replace_range(at..=at, "\n");
                self.sentences.push(Sentence { span: Span::new(from, at), part, paragraph });
                from = at + 1;
            }
        }
        self.sentences.push(Sentence { span: Span::new(from, self.writer.text.len()), part, paragraph });
    }
}
