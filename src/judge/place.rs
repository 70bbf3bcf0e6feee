//! Where in a letter something belongs that is missing, and the edits that put it there.

use super::verdict::Letter;
use crate::diagnostic::Edit;
use crate::message::{Part, Sentence};
use crate::pack::{Anchor, SignalId};
use crate::span::{Decoded, Laid, Span};

/// A place between two sentences.
pub(super) struct Gap {
    /// The sentence that it is next to.
    pub neighbour: Span<Laid>,
    /// Whether it is before that sentence.
    pub before: bool,
}

impl Letter<'_> {
    /// The place that an anchor means in this letter; `None` for a letter without a single sentence.
    pub(super) fn find_gap(&self, anchor: Anchor) -> Option<Gap> {
        match anchor {
            Anchor::AfterSignal(signal) => match self.first(signal) {
                Some(sentence) => Some(Gap { neighbour: sentence.span, before: false }),
                None => self.find_gap(Anchor::EndOf(Part::Body)),
            },
            Anchor::BeforeSignal(signal) => match self.first(signal) {
                Some(sentence) => Some(Gap { neighbour: sentence.span, before: true }),
                None => self.find_gap(Anchor::StartOf(Part::Body)),
            },
            Anchor::StartOf(part) => self.edge(part, true),
            Anchor::EndOf(part) => self.edge(part, false),
        }
    }

    fn first(&self, signal: SignalId) -> Option<Sentence> {
        let sighting = self.sightings.of(signal).first()?;
        self.message.sentences().get(sighting.sentence).copied()
    }

    /// The start or the end of a part; where the letter lacks the part, the place where it would stand.
    fn edge(&self, part: Part, start: bool) -> Option<Gap> {
        let sentences = self.message.sentences();
        let mut inside = sentences.iter().filter(|sentence| sentence.part == part);
        let found = if start { inside.next() } else { inside.next_back() };
        if let Some(sentence) = found {
            return Some(Gap { neighbour: sentence.span, before: start });
        }
        let before = sentences.iter().rev().find(|sentence| sentence.part < part);
        match before {
            Some(sentence) => Some(Gap { neighbour: sentence.span, before: false }),
            None => sentences.first().map(|sentence| Gap { neighbour: sentence.span, before: true }),
        }
    }

    /// The place in the file.
    pub(super) fn gap_in_file(&self, gap: &Gap) -> Span<Decoded> {
        let neighbour = self.message.back(self.view, gap.neighbour);
        Span::at(if gap.before { neighbour.start() } else { neighbour.end() })
    }

    /// The edit that puts `text` into a gap: as a sentence of the same paragraph, or as lines of their own where the
    /// neighbour is no prose.
    pub(super) fn insertion(&self, gap: &Gap, text: &str, own_line: bool) -> Edit {
        let text = match (own_line, gap.before) {
            (true, true) => format!("{text}\n\n"),
            (true, false) => format!("\n\n{text}"),
            (false, true) => format!("{text} "),
            (false, false) => format!(" {text}"),
        };
        Edit { span: self.gap_in_file(gap), text }
    }
}
