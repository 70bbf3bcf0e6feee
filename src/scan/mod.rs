//! Finds every signal of a pack in a message, in one pass over its text.
//!
//! A first pass over the words of the letter tells which patterns can match in which sentence at all; only those are tried,
//! and only when a condition asks for them.

mod quick;
mod search;
mod sight;

use crate::message::Message;
use crate::pack::{Pack, SignalId};
use crate::plan::Plan;
use crate::span::{Laid, Span};

/// A place where a message says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sighting {
    /// The number of the sentence in [`Message::sentences`].
    pub sentence: usize,
    /// The words that say it.
    pub span: Span<Laid>,
    /// What it says.
    pub signal: SignalId,
}

/// All that a message says.
#[derive(Debug, Clone, Default)]
pub struct Sightings {
    by_signal: Vec<Vec<Sighting>>,
}

impl Sightings {
    /// Where it says `signal`, in order; at most once a sentence.
    pub fn of(&self, signal: SignalId) -> &[Sighting] {
        self.by_signal.get(signal).map_or(&[], Vec::as_slice)
    }

    /// Whether it says `signal` anywhere.
    pub fn says(&self, signal: SignalId) -> bool {
        !self.of(signal).is_empty()
    }

    /// All sightings, by signal and then in order.
    pub fn iter(&self) -> impl Iterator<Item = &Sighting> {
        self.by_signal.iter().flatten()
    }

    /// The same without the signals for which `keep` is false.
    pub fn filter(mut self, keep: impl Fn(SignalId) -> bool) -> Sightings {
        for (signal, sightings) in self.by_signal.iter_mut().enumerate() {
            if !keep(signal) {
                sightings.clear();
            }
        }
        self
    }
}

/// Finds what `message` says.
pub fn scan(pack: &Pack, plan: &Plan, message: &Message) -> Sightings {
    Sightings { by_signal: sight::sight(pack, plan, message) }
}
