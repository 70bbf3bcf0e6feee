//! What kind of letter it is: the kind for which the most of what it says speaks.

use super::{measure, said};
use crate::message::Message;
use crate::pack::{Kind, KindId, Pack};
use crate::scan::Sightings;

/// The kind with the greatest weight; of equal ones the first in the pack.
pub fn recognize(pack: &Pack, message: &Message, sightings: &Sightings) -> Option<KindId> {
    let words = measure::words(message);
    let short = pack.kinds.iter().enumerate().filter(|(_, kind)| kind.at_most_words.is_none_or(|most| words <= most));
    let weights = short.filter_map(|(id, kind)| Some((id, weight(kind, sightings)?)));
    weights.reduce(|best, other| if other.1 > best.1 { other } else { best }).map(|(id, _)| id)
}

/// How much speaks for a kind; `None` if it is not enough or the letter does not say what such a letter must say.
fn weight(kind: &Kind, sightings: &Sightings) -> Option<i32> {
    if kind.when.as_ref().is_some_and(|when| !said::holds(when, sightings)) {
        return None;
    }
    if kind.weigh.is_empty() {
        return Some(kind.at_least);
    }
    let said = kind.weigh.iter().filter(|(signal, _)| sightings.says(*signal));
    let weight: i32 = said.map(|(_, weight)| weight).sum();
    (weight >= kind.at_least).then_some(weight)
}
