//! Counts what a pack found, missed and made up.

use super::labels::{Labelled, Labels};
use crate::judge::Judgement;
use crate::message::Part;
use crate::pack::{Pack, Signal, SignalId};
use std::collections::BTreeMap;

/// How a signal came out in one letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// Found, and it is there.
    Hit,
    /// Found, but it is not there.
    FalseAlarm,
    /// Not found, though it is there.
    Missed,
    /// Not found and not there.
    Quiet,
    /// The readers are not sure, so it does not count.
    Unscored,
}

/// How often a signal came out how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Found, and there.
    pub tp: usize,
    /// Found, but not there.
    pub fp: usize,
    /// There, but not found.
    pub fn_: usize,
}

impl Counts {
    /// Adds one letter.
    pub fn add(&mut self, cell: Cell) {
        match cell {
            Cell::Hit => self.tp += 1,
            Cell::FalseAlarm => self.fp += 1,
            Cell::Missed => self.fn_ += 1,
            Cell::Quiet | Cell::Unscored => {}
        }
    }

    /// The sum of two.
    pub fn plus(self, other: Counts) -> Counts {
        Counts { tp: self.tp + other.tp, fp: self.fp + other.fp, fn_: self.fn_ + other.fn_ }
    }

    /// Of what was found, the part that is there; 1 where nothing was found.
    pub fn precision(self) -> f64 {
        ratio(self.tp, self.tp + self.fp)
    }

    /// Of what is there, the part that was found; 1 where nothing is there.
    pub fn recall(self) -> f64 {
        ratio(self.tp, self.tp + self.fn_)
    }

    /// The harmonic mean of the two.
    pub fn f1(self) -> f64 {
        ratio(2 * self.tp, 2 * self.tp + self.fp + self.fn_)
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// How often a letter of one kind (first) was taken for another (second).
pub type Confusion = BTreeMap<(String, String), usize>;

/// A signal that came out wrong in a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Miss {
    /// The number of the letter in [`Labels::letters`].
    pub letter: usize,
    /// The signal.
    pub signal: SignalId,
    /// [`Cell::FalseAlarm`] or [`Cell::Missed`].
    pub cell: Cell,
}

/// How a pack did on a set of letters.
#[derive(Debug, Clone)]
pub struct Score {
    /// By signal, for those that are no cues.
    pub signals: Vec<(SignalId, Counts)>,
    /// Kinds, for the letters whose kind is clear.
    pub confusion: Confusion,
    /// All that came out wrong, by letter.
    pub misses: Vec<Miss>,
}

impl Score {
    /// Nothing counted yet.
    pub fn new(pack: &Pack) -> Score {
        let counted = pack.signals.iter().enumerate().filter(|(_, signal)| !signal.cue);
        let signals = counted.map(|(id, _)| (id, Counts::default())).collect();
        Score { signals, confusion: Confusion::new(), misses: Vec::new() }
    }

    /// Counts one letter.
    pub fn add(&mut self, pack: &Pack, number: usize, labelled: &Labelled, judgement: &Judgement) {
        for (id, counts) in &mut self.signals {
            let cell = cell(&pack.signals[*id].name, labelled, judgement.sightings.says(*id));
            counts.add(cell);
            if matches!(cell, Cell::FalseAlarm | Cell::Missed) {
                self.misses.push(Miss { letter: number, signal: *id, cell });
            }
        }
        if labelled.kind != Labels::UNCLEAR {
            let found = judgement.kind.map_or(Labels::OTHER, |kind| pack.kinds[kind].name.as_str());
            *self.confusion.entry((labelled.kind.clone(), found.to_owned())).or_default() += 1;
        }
    }

    /// All signals together.
    pub fn micro(&self) -> Counts {
        self.signals.iter().fold(Counts::default(), |sum, (_, counts)| sum.plus(*counts))
    }

    /// All signals that say something, without those that only the layout shows.
    pub fn content_micro(&self, pack: &Pack) -> Counts {
        let content = self.signals.iter().filter(|(id, _)| is_content(&pack.signals[*id]));
        content.fold(Counts::default(), |sum, (_, counts)| sum.plus(*counts))
    }

    /// The mean of the signals' F1, of those that occur or were found at all.
    pub fn macro_f1(&self) -> f64 {
        let seen: Vec<f64> =
            self.signals.iter().filter(|(_, c)| *c != Counts::default()).map(|(_, c)| c.f1()).collect();
        if seen.is_empty() { 1.0 } else { seen.iter().sum::<f64>() / seen.len() as f64 }
    }

    /// The part of letters whose kind was recognized.
    pub fn kind_accuracy(&self) -> f64 {
        let right = self.confusion.iter().filter(|((labelled, found), _)| labelled == found).map(|(_, count)| count);
        ratio(right.sum(), self.confusion.values().sum())
    }
}

/// Whether a signal is something that the body says, and not something that the layout shows.
pub fn is_content(signal: &Signal) -> bool {
    signal.parts.iter().any(|part| matches!(part, Part::Body)) && signal.parts.len() < Part::ALL.len()
}

fn cell(name: &str, labelled: &Labelled, found: bool) -> Cell {
    if labelled.unsure.iter().any(|unsure| unsure == name) {
        return Cell::Unscored;
    }
    match (found, labelled.says.iter().any(|says| says == name)) {
        (true, true) => Cell::Hit,
        (true, false) => Cell::FalseAlarm,
        (false, true) => Cell::Missed,
        (false, false) => Cell::Quiet,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_found_is_precise_and_nothing_there_is_complete() {
        #[track_caller]
        fn check((tp, fp, fn_): (usize, usize, usize), expected: [f64; 3]) {
            let counts = Counts { tp, fp, fn_ };
            assert_eq!([counts.precision(), counts.recall(), counts.f1()], expected);
        }
        check((0, 0, 0), [1.0, 1.0, 1.0]);
        check((0, 0, 2), [1.0, 0.0, 0.0]);
        check((3, 1, 1), [0.75, 0.75, 0.75]);
    }

    #[test]
    fn what_readers_are_unsure_of_is_not_scored() {
        let labelled = Labelled {
            file: "a.txt".to_owned(),
            kind: "decline".to_owned(),
            says: vec!["thanks".to_owned()],
            unsure: vec!["late".to_owned()],
            place: crate::span::Span::at(0),
        };
        assert_eq!(cell("thanks", &labelled, true), Cell::Hit);
        assert_eq!(cell("thanks", &labelled, false), Cell::Missed);
        assert_eq!(cell("late", &labelled, true), Cell::Unscored);
        assert_eq!(cell("regret", &labelled, true), Cell::FalseAlarm);
        assert_eq!(cell("regret", &labelled, false), Cell::Quiet);
    }
}
