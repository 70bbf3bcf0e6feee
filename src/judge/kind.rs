//! What kind of letter it is: the kind for which the most of what it says speaks.

use super::{measure, said};
use crate::message::Message;
use crate::pack::{Kind, KindId, Pack};
use crate::scan::Sightings;

/// A text of so many times the words that any kind of letter has is a book, of which only the length is looked at.
const BOOK: usize = 10;

/// Whether a message is far too long for every kind of letter, so that nothing in it can matter.
pub fn is_book(pack: &Pack, message: &Message) -> bool {
    let longest =
        pack.kinds.iter().map(|kind| kind.at_most_words).try_fold(0, |longest, most| Some(longest.max(most?)));
    !pack.kinds.is_empty() && longest.is_some_and(|most| measure::words(message) > most.saturating_mul(BOOK))
}

/// The kind with the greatest weight; of equal ones the first in the pack.
pub fn recognize(pack: &Pack, message: &Message, sightings: &Sightings) -> Option<KindId> {
    let words = measure::words(message);
    let short = pack.kinds.iter().enumerate().filter(|(_, kind)| kind.at_most_words.is_none_or(|most| words <= most));
    let weights = short.filter_map(|(id, kind)| Some((id, weight(kind, sightings)?)));
    weights.reduce(|best, other| if other.1 > best.1 { other } else { best }).map(|(id, _)| id)
}

/// Twice how much speaks for a kind; `None` if it is not enough or the letter does not say what such a letter must say.
fn weight(kind: &Kind, sightings: &Sightings) -> Option<i32> {
    if kind.when.as_ref().is_some_and(|when| !said::holds(when, sightings)) {
        return None;
    }
    let least = kind.at_least.saturating_mul(2);
    if kind.weigh.is_empty() {
        return Some(least);
    }
    let weights =
        kind.weigh.iter().map(|(signal, weight)| weight.saturating_mul(emphasis(sightings.of(*signal).len())));
    let weight = weights.fold(0_i32, i32::saturating_add);
    (weight >= least).then_some(weight)
}

/// Twice what a weight counts when so many sentences say it: once, half as much again for two, double for three and more.
fn emphasis(sentences: usize) -> i32 {
    match sentences {
        0 => 0,
        1 => 2,
        2 => 3,
        _ => 4,
    }
}
