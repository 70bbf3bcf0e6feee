//! What the words of a sentence weigh for each signal, found in one pass over them.

use super::pairs;
use super::row::{Row, Rows, to_u32};
use super::table::Table;
use crate::pack::{LONGEST_PHRASE, NO_WORDS, Pack, Phrase, SignalId, join, words};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The weighings of a pack.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "Row: Deserialize<'de>, Rows: Deserialize<'de>, Table: Deserialize<'de>"))]
pub struct Weights {
    /// The phrases.
    table: Table,
    /// For each phrase whom it weighs for: scale, weight, scale, weight, ...
    phrases: Rows,
    /// For each signal one more than the number of its scale; 0 for a signal that is not weighed.
    scales: Row,
    /// For each scale the least weight, and then signals and their weights.
    signals: Rows,
    /// For each scale the signals that weigh on it wherever they are in the letter, and their weights.
    in_letter: Rows,
    /// How many scales there are.
    count: u32,
}

/// What the words of one sentence weigh.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// On each scale.
    weights: Vec<i64>,
}

impl Weights {
    /// Writes the weighings of a pack down.
    pub(super) fn new(pack: &Pack) -> Weights {
        let mut phrases: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        let (mut scales, mut signals, mut in_letter) = (Vec::new(), Vec::new(), Vec::new());
        for signal in &pack.signals {
            let Some(weighing) = &signal.weighing else {
                scales.push(0);
                continue;
            };
            let scale = to_u32(signals.len());
            scales.push(scale + 1);
            signals
                .push([to_bits(weighing.at_least)].into_iter().chain(numbers(&weighing.signals)).collect::<Vec<u32>>());
            in_letter.push(numbers(&weighing.in_letter).collect::<Vec<u32>>());
            for (Phrase { key }, weight) in &weighing.phrases {
                phrases.entry(*key).or_default().extend([scale, to_bits(*weight)]);
            }
        }
        Weights {
            table: Table::new(phrases.keys().copied()),
            phrases: phrases.into_values().collect(),
            scales: scales.into_iter().collect(),
            count: to_u32(signals.len()),
            signals: signals.into_iter().collect(),
            in_letter: in_letter.into_iter().collect(),
        }
    }

    /// Whether nothing is weighed at all.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// What the words of a sentence in lower case weigh. Each phrase counts once, however often it is there.
    pub fn tally(&self, sentence: &[u8]) -> Tally {
        let (mut found, mut keys) = (Vec::new(), Vec::new());
        let mut find = |key| found.extend(self.table.find(key));
        words(sentence, |word| {
            keys.push(word.key());
            word.beginnings(&mut find);
        });
        for phrase in (1..=LONGEST_PHRASE).flat_map(|len| keys.windows(len)) {
            find(phrase.iter().copied().fold(NO_WORDS, join));
        }
        found.sort_unstable();
        found.dedup();
        let mut weights = vec![0; self.count as usize];
        for (scale, weight) in found.into_iter().flat_map(|phrase| pairs(self.phrases.row(phrase))) {
            if let Some(sum) = weights.get_mut(scale as usize) {
                *sum += i64::from(from_bits(weight));
            }
        }
        // In hundredths, for whole numbers are the same on every machine.
        let root = (10_000 * (keys.len() as u64 + 1)).isqrt().cast_signed();
        weights.iter_mut().for_each(|sum| *sum = *sum * 100 / root.max(1));
        Tally { weights }
    }

    /// The scale of a signal; `None` for one that is not weighed.
    pub fn scale(&self, signal: SignalId) -> Option<usize> {
        (self.scales.get(signal) as usize).checked_sub(1)
    }

    /// The least weight with which a sentence says what the scale is for.
    pub fn at_least(&self, scale: usize) -> i64 {
        self.signals.row(scale).next().map_or(0, |least| i64::from(from_bits(least)))
    }

    /// The signals of a sentence that weigh on a scale, and how much.
    pub fn signals(&self, scale: usize) -> impl Iterator<Item = (SignalId, i64)> + '_ {
        weights(self.signals.row(scale).skip(1))
    }

    /// The signals that weigh on a scale wherever they are in the letter, and how much.
    pub fn in_letter(&self, scale: usize) -> impl Iterator<Item = (SignalId, i64)> + '_ {
        weights(self.in_letter.row(scale))
    }
}

impl Tally {
    /// What they weigh on a scale.
    pub fn weight(&self, scale: usize) -> i64 {
        self.weights.get(scale).copied().unwrap_or(0)
    }
}

/// Signals and weights in a row.
fn numbers(weights: &[(SignalId, i32)]) -> impl Iterator<Item = u32> + '_ {
    weights.iter().flat_map(|(id, weight)| [to_u32(*id), to_bits(*weight)])
}

/// Signals and weights out of a row.
fn weights(row: impl Iterator<Item = u32>) -> impl Iterator<Item = (SignalId, i64)> {
    pairs(row).map(|(signal, weight)| (signal as usize, i64::from(from_bits(weight))))
}

fn to_bits(weight: i32) -> u32 {
    weight.cast_unsigned()
}

fn from_bits(bits: u32) -> i32 {
    bits.cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks what the words of a sentence weigh, before they are divided by the root of their number.
    #[track_caller]
    fn check(sentence: &str, expected: i64) {
        let yaml = "{pack: p, title: t, signals: {s: {means: m, at-least: 5, says: [x], \
            words: {100: [red flag, '{name}'], 30: ['micro*', flag], -20: [is not a]}}}}";
        let pack = Pack::read(yaml).expect("the pack is sound");
        let mut count = 0_u64;
        words(sentence.as_bytes(), |_| count += 1);
        let root = (10_000 * (count + 1)).isqrt().cast_signed();
        let weights = Weights::new(&pack);
        assert_eq!((weights.scale(0), weights.at_least(0)), (Some(0), 5));
        assert_eq!(weights.tally(sentence.as_bytes()).weight(0), expected * 100 / root);
    }

    #[test]
    fn words_are_weighed() {
        check("", 0);
        check("nothing here", 0);
        check("a flag", 30);
        check("a red flag", 130);
        check("a flag, a flag and another flag", 30);
        check("that is not a red flag", 110);
        check("they micromanage {name}", 130);
        check("red\u{e9}flag", 130);
    }
}
