//! Lays a letter out: one sentence a line, an empty line between paragraphs.

use super::part::{self, Division, Passage};
use super::placeholder::{self, Mark};
use super::plain::Writer;
use super::{Envelope, Message, Part, Placeholder, Sentence, choice, quoted, sentence};
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
    let alternatives = choice::find(view, &division.passages);
    let Division { recipients, date, .. } = division;
    let Page { writer, sentences, placeholders, .. } = page;
    Message {
        folded: writer.text.to_ascii_lowercase(),
        text: writer.text,
        sentences,
        placeholders,
        envelope: Envelope { recipients, date, quoted_date: owners.quoted_date },
        quoted,
        alternatives,
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

#[cfg(test)]
mod tests {
    use super::super::Message;
    use super::*;
    use crate::view::Format;
    use proptest::prelude::*;

    fn read(text: &str) -> (View, Message) {
        let view = View::read(text, Format::Text);
        let message = Message::read(&view);
        (view, message)
    }

    #[test]
    fn sentences_stand_on_lines_and_paragraphs_apart() {
        let (_, message) = read("Dear  Ann,\n\nI\u{2019}m *sorry*. I must\ndecline.\n\nBest,\nBo");
        assert_eq!(message.text(), "Dear Ann,\n\nI'm sorry.\nI must decline.\n\nBest,\n\nBo");
        assert_eq!(message.folded(), message.text().to_ascii_lowercase());
    }

    #[test]
    fn each_word_leads_back_to_its_place() {
        #[track_caller]
        fn check(text: &str, laid: &str, expected: &str) {
            let (view, message) = read(text);
            let start = message.text().find(laid).expect("the words are laid out");
            let shown = message.shown(Span::new(start, start + laid.len()));
            assert_eq!(&view.text()[shown.range()], expected);
        }
        check("Dear Ann,\n\nI must\ndecline.", "must decline", "must\ndecline");
        check("Dear Ann,\n\nI **must** decline.", "must decline", "must** decline");
        check("Dear [First Name],\n\nNo.", "{name}", "[First Name]");
        check("Dear Ann,\n\nso\u{2014}no.", "so - no", "so\u{2014}no");
        check("- \u{201c}Yes\u{201d} it is, dear friend.", "\"Yes\"", "\u{201c}Yes\u{201d}");
    }

    #[test]
    fn the_envelope_is_read() {
        let text = "To: Ann; Ben\nCc: \"Moss, Cleo\" <c@c.example>\nDate: 3 May 2026\n\nHi,\n\n\
                    No.\n\nOn 1 May 2026, Ann wrote:\n> Come!";
        let (view, message) = read(text);
        let envelope = message.envelope();
        let recipients: Vec<&str> = envelope.recipients.iter().map(|span| &view.text()[span.range()]).collect();
        assert_eq!(recipients, ["Ann", "Ben", "\"Moss, Cleo\" <c@c.example>"]);
        let days = envelope.quoted_date.zip(envelope.date).and_then(|(asked, answered)| asked.days_until(answered));
        assert_eq!(days, Some(2));
        assert_eq!(message.quoted().len(), 2);
    }

    /// Pieces that letters, and attacks on readers of letters, are made of.
    fn piece() -> impl Strategy<Value = String> {
        prop_oneof![
            any::<String>(),
            "[a-zA-Z]{1,8}".prop_map(|word| format!("{word} ")),
            prop::sample::select(vec![
                "\n",
                "\n\n",
                "> ",
                "Dear Ann,",
                "Best,\n",
                "P.S. ",
                "From: a\n",
                "To: a, b;c\n",
                "[Name]",
                "{{x}}",
                "[or: ",
                "]",
                "____",
                "-- \n",
                "On 3 May a@b wrote:\n",
                "\u{2014}",
                "\u{201c}",
                "e\u{301}",
                "\u{200b}",
                "«",
                "»",
                "- ",
                "1. ",
                "Mr. ",
                "! ",
                "?) ",
                "*",
                "_",
                "$",
                "%a%",
                "<a ",
                "(",
                ")",
                "XXX",
                "ß",
                "\u{a0}",
                "-----Original Message-----\n",
                "3/5/2026",
                "Sincerely",
                ", ",
                ". ",
                "İ",
                "ﬁ",
            ])
            .prop_map(str::to_owned),
        ]
    }

    proptest! {
        #[test]
        fn any_text_is_laid_out_and_leads_back(pieces in prop::collection::vec(piece(), 0..40)) {
            let (view, message) = read(&pieces.concat());
            let text = message.text();
            let mut last = 0;
            for sentence in message.sentences() {
                prop_assert!(sentence.span.start() >= last && !sentence.span.is_empty());
                last = sentence.span.end();
                prop_assert!(!message.sentence_text(sentence).contains('\n'));
                let shown = message.shown(sentence.span);
                prop_assert!(view.text().get(shown.range()).is_some());
            }
            prop_assert!(last == text.len());
            for (at, _) in text.char_indices() {
                prop_assert!(view.text().get(message.shown(Span::at(at)).range()).is_some());
                prop_assert!(view.text().get(message.shown(Span::new(0, at)).range()).is_some());
                message.back(&view, Span::new(at, text.len()));
            }
            for placeholder in message.placeholders() {
                prop_assert_eq!(&text[placeholder.laid.range()], format!("{{{}}}", placeholder.meaning.name()));
                prop_assert!(view.text().get(placeholder.span.range()).is_some());
                prop_assert_eq!(message.shown(placeholder.laid), placeholder.span);
            }
            for span in message.quoted().iter().chain(&message.envelope().recipients) {
                prop_assert!(view.text().get(span.range()).is_some());
            }
            super::super::Date::find(&pieces.concat());
        }
    }
}
