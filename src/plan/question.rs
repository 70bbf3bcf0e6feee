//! The conditions of signals as rows of numbers, which need not be unpacked before a letter is held against them.

use super::row::{Row, Rows, to_u32};
use crate::pack::{Cond, Pack, Passage, PatternId, Scope, Signal, SignalId};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Where a condition begins among the numbers.
pub type QuestionId = usize;

/// What is asked of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Whether the pattern matches in it.
    Pattern(PatternId),
    /// Whether the signal is sighted in it.
    Signal(SignalId),
    /// Whether the condition holds in a sentence somewhere else.
    Elsewhere(Scope, QuestionId),
    /// Whether at least one of these holds; where they stand, for [`Questions::each`].
    Any(Range<usize>),
    /// Whether each of these holds.
    All(Range<usize>),
    /// Whether none of these holds.
    None(Range<usize>),
}

/// A condition is a number: in its lowest bits which one it is, above them what it is about. Behind it stand the places of
/// the conditions that it is made of.
const KIND_BITS: u32 = 3;
/// Above the kind of a condition about another place: which place, and above that where the condition begins.
const SCOPE_BITS: u32 = 5;

/// The conditions of all signals.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "Row: Deserialize<'de>, Rows: Deserialize<'de>"))]
pub struct Questions {
    numbers: Row,
    /// For each signal its alternatives.
    branches: Rows,
    /// For each signal one more than where the condition begins that must not hold; 0 for none.
    unless: Row,
}

impl Questions {
    /// Writes the conditions of a pack down.
    pub(super) fn new(pack: &Pack) -> Questions {
        let mut numbers = Vec::new();
        let mut put_all = |conds: &[Cond<Passage>]| conds.iter().map(|cond| put(cond, &mut numbers)).collect();
        let branches: Vec<Vec<u32>> = pack.signals.iter().map(|signal| put_all(branches(signal))).collect();
        let unless =
            pack.signals.iter().map(|signal| signal.unless.as_ref().map_or(0, |cond| put(cond, &mut numbers) + 1));
        let unless: Row = unless.collect();
        Questions { numbers: numbers.into_iter().collect(), branches: branches.into_iter().collect(), unless }
    }

    /// What the condition that begins there asks.
    #[inline]
    pub fn question(&self, at: QuestionId) -> Question {
        let number = self.numbers.get(at);
        let about = number >> KIND_BITS;
        let parts = || at + 1..at + 1 + about as usize;
        match number & ((1 << KIND_BITS) - 1) {
            0 => Question::Pattern(about as usize),
            1 => Question::Signal(about as usize),
            2 => {
                let scope = Scope::of_number(about & ((1 << SCOPE_BITS) - 1));
                Question::Elsewhere(scope, (about >> SCOPE_BITS) as usize)
            }
            3 => Question::Any(parts()),
            4 => Question::All(parts()),
            _ => Question::None(parts()),
        }
    }

    /// The conditions that another one is made of.
    #[inline]
    pub fn each(&self, parts: Range<usize>) -> impl Iterator<Item = QuestionId> + '_ {
        self.numbers.slice(parts).map(|at| at as usize)
    }

    /// Where an alternative of a signal begins.
    pub fn branch(&self, signal: SignalId, branch: usize) -> QuestionId {
        self.branches.row(signal).nth(branch).unwrap_or_default() as usize
    }

    /// What must not hold of a sentence in which a signal is sighted.
    pub fn unless(&self, signal: SignalId) -> Option<QuestionId> {
        (self.unless.get(signal) as usize).checked_sub(1)
    }
}

/// The alternatives of what a signal is told by.
pub(super) fn branches(signal: &Signal) -> &[Cond<Passage>] {
    match &signal.any {
        Cond::Any(branches) => branches,
        whole @ (Cond::Leaf(_) | Cond::All(_) | Cond::None(_)) => std::slice::from_ref(whole),
    }
}

/// Writes a condition behind those that it is made of; where it begins.
fn put(cond: &Cond<Passage>, numbers: &mut Vec<u32>) -> u32 {
    let (kind, parts) = match cond {
        Cond::Leaf(leaf) => {
            let (kind, about) = match leaf {
                Passage::Pattern(pattern) => (0, to_u32(*pattern)),
                Passage::Signal(signal) => (1, to_u32(*signal)),
                Passage::Elsewhere(scope, inner) => (2, put(inner, numbers) << SCOPE_BITS | scope.number()),
            };
            numbers.push(about << KIND_BITS | kind);
            return to_u32(numbers.len() - 1);
        }
        Cond::Any(parts) => (3, parts),
        Cond::All(parts) => (4, parts),
        Cond::None(parts) => (5, parts),
    };
    let places: Vec<u32> = parts.iter().map(|part| put(part, numbers)).collect();
    let at = to_u32(numbers.len());
    numbers.push(to_u32(places.len()) << KIND_BITS | kind);
    numbers.extend(places);
    at
}
