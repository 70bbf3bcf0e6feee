//! What the words of a sentence weigh: a signal that no single pattern tells is told by all that speaks for and against it.

use super::SignalId;
use super::mistake::Mistake;
use super::phrase::Phrase;
use super::read::Reader;
use super::shape::{Fields, one_or_many};

/// The keys of a signal that say what weighs how much, and from which weight on it is said.
pub(super) const WEIGH_KEYS: &[&str] = &["weigh", "weigh-letter", "words", "at-least"];

/// What speaks in a sentence for a signal, and what against it.
#[derive(Debug, Clone, Default)]
pub struct Weighing {
    /// What each other signal in the sentence adds.
    pub signals: Vec<(SignalId, i32)>,
    /// What each other signal adds that is anywhere in the letter.
    pub in_letter: Vec<(SignalId, i32)>,
    /// What each phrase adds that is in the sentence, divided by the root of the number of its words.
    pub phrases: Vec<(Phrase, i32)>,
    /// The least weight with which the sentence says it.
    pub at_least: i32,
}

impl Weighing {
    /// Every signal that is weighed, wherever it stands.
    pub fn each_signal(&self) -> impl Iterator<Item = &(SignalId, i32)> {
        self.signals.iter().chain(&self.in_letter)
    }
}

impl Reader<'_, '_> {
    /// Reads what a signal is weighed by; `None` where it has no such key.
    pub(super) fn weighing(&mut self, fields: &Fields<'_>) -> Option<Weighing> {
        if !fields.entries.iter().any(|entry| WEIGH_KEYS.contains(&entry.key.as_str())) {
            return None;
        }
        let signals = self.weights(fields, "weigh");
        let in_letter = self.weights(fields, "weigh-letter");
        let phrases = self.phrases(fields);
        let at_least = self.number(fields, "at-least").and_then(|n| i32::try_from(n).ok()).unwrap_or(1);
        if signals.is_empty() && phrases.is_empty() {
            self.mistakes.add(Mistake::MissingKey { key: "words" }, fields.place);
        }
        Some(Weighing { signals, in_letter, phrases, at_least })
    }

    /// Phrases in lists, each list under what its phrases weigh.
    fn phrases(&mut self, fields: &Fields<'_>) -> Vec<(Phrase, i32)> {
        let mut phrases = Vec::new();
        for entry in self.entries(fields, "words") {
            let weight = entry.key.parse().ok();
            if weight.is_none() {
                self.mistakes.add(Mistake::WrongShape { wanted: "a whole number" }, entry.key_span);
            }
            for node in one_or_many(&entry.node) {
                let Some(text) = self.scalar(node, "a phrase") else { continue };
                match (Phrase::read(text), weight) {
                    (Some(phrase), Some(weight)) => phrases.push((phrase, weight)),
                    (None, _) => self.mistakes.add(Mistake::NoPhrase { phrase: text.to_owned() }, node.span),
                    (Some(_), None) => {}
                }
            }
        }
        phrases
    }
}
