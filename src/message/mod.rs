//! The letter in a view: its parts, its sentences, and its text laid out so that patterns see words and nothing else.

mod choice;
mod closing;
mod date;
mod header;
mod layout;
mod part;
mod placeholder;
mod plain;
mod quoted;
mod salutation;
mod sentence;
pub mod shape;
mod signature;
mod title;
mod word;

pub use crate::part::Part;
pub use choice::Alternative;
pub use date::Date;
pub use placeholder::{Meaning, Placeholder};

use crate::map::Map;
use crate::span::{Decoded, Laid, Shown, Span};
use crate::view::View;

/// A sentence of the body, or a line of another part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Its bytes in [`Message::text`], without the line end.
    pub span: Span<Laid>,
    /// The part that it stands in.
    pub part: Part,
    /// The number of its paragraph, from 0 through the whole message; a list item is a paragraph.
    pub paragraph: usize,
}

/// The words `To:` and the like, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Envelope {
    /// Those that the letter is addressed to: the entries of `To:`, `Cc:` and `Bcc:`, as written.
    pub recipients: Vec<Span<Shown>>,
    /// The date of the letter: a `Date:` header or a date line. The year may be missing.
    pub date: Option<Date>,
    /// The date of the mail that is quoted below, i.e. of what the letter answers.
    pub quoted_date: Option<Date>,
}

/// A letter.
#[derive(Debug, Clone)]
pub struct Message {
    text: String,
    folded: String,
    sentences: Vec<Sentence>,
    placeholders: Vec<Placeholder>,
    envelope: Envelope,
    quoted: Vec<Span<Shown>>,
    alternatives: Vec<Alternative>,
    map: Map<Laid, Shown>,
}

impl Message {
    /// Finds the letter in a view.
    pub fn read(view: &View) -> Message {
        layout::lay_out(view)
    }

    /// The text laid out: one sentence a line, an empty line between paragraphs, straight quotes, accents taken off
    /// Latin letters, `$` for every sign of a currency, single spaces, a placeholder as its meaning in braces, e.g.
    /// `{company}`. Quoted mail, code and footers (disclaimers, `Sent from my phone`) are not in it. Sentences stand in
    /// the order of the file.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The same in lower case (ASCII); offsets are the same.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// The sentences, in order.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// The text of a sentence.
    pub fn sentence_text(&self, sentence: &Sentence) -> &str {
        &self.text[sentence.span.range()]
    }

    /// The placeholders of the writer's own parts, in order.
    pub fn placeholders(&self) -> &[Placeholder] {
        &self.placeholders
    }

    /// Recipients and dates.
    pub fn envelope(&self) -> &Envelope {
        &self.envelope
    }

    /// The lines that are somebody else's words: quoted mail and the line that introduces it.
    pub fn quoted(&self) -> &[Span<Shown>] {
        &self.quoted
    }

    /// What a template leaves to be chosen, in order and apart from each other; empty for a letter that is finished.
    pub fn alternatives(&self) -> &[Alternative] {
        &self.alternatives
    }

    /// The alternative that a passage begins in.
    pub fn alternative(&self, span: Span<Laid>) -> Option<&Alternative> {
        if self.alternatives.is_empty() {
            return None;
        }
        let at = self.shown(span).start();
        let before = self.alternatives.partition_point(|one| one.span.start() <= at);
        let one = self.alternatives.get(before.checked_sub(1)?)?;
        (at < one.span.end()).then_some(one)
    }

    /// The bytes of the view that a passage was laid out from.
    pub fn shown(&self, span: Span<Laid>) -> Span<Shown> {
        self.map.back(span)
    }

    /// The bytes of the decoded file that a passage was laid out from.
    pub fn back(&self, view: &View, span: Span<Laid>) -> Span<Decoded> {
        view.back(self.map.back(span))
    }
}
