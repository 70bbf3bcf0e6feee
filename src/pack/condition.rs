//! Conditions: what must hold of a passage for a signal, and of a letter for a kind or a rule.

use super::{PatternId, SignalId};
use crate::part::Part;
use serde::{Deserialize, Serialize};

/// A condition over leaves `L`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cond<L> {
    /// One leaf.
    Leaf(L),
    /// At least one holds.
    Any(Vec<Cond<L>>),
    /// Each holds.
    All(Vec<Cond<L>>),
    /// None holds.
    None(Vec<Cond<L>>),
}

impl<L> Cond<L> {
    /// Every leaf, whatever stands above it.
    pub fn leaves(&self) -> Vec<&L> {
        match self {
            Cond::Leaf(leaf) => vec![leaf],
            Cond::Any(conds) | Cond::All(conds) | Cond::None(conds) => conds.iter().flat_map(Cond::leaves).collect(),
        }
    }
}

/// What can be asked of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passage {
    /// The pattern matches in it.
    Pattern(PatternId),
    /// The signal is sighted in it.
    Signal(SignalId),
    /// The condition holds in a sentence somewhere else.
    Elsewhere(Scope, Box<Cond<Passage>>),
}

/// Where else to look, seen from a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The sentence before, of the same body.
    Before,
    /// The sentence after.
    After,
    /// The sentence itself and its two neighbours.
    Nearby,
    /// The sentences of its paragraph.
    Paragraph,
    /// All sentences of the subject, body and postscript.
    Letter,
    /// All sentences of a part.
    Part(Part),
}

impl Scope {
    /// The names of the scopes that are not parts.
    pub const NAMES: [&'static str; 5] = ["before", "after", "nearby", "paragraph", "letter"];

    /// The scope with this name.
    pub fn find(name: &str) -> Option<Scope> {
        match name {
            "before" => Some(Scope::Before),
            "after" => Some(Scope::After),
            "nearby" => Some(Scope::Nearby),
            "paragraph" => Some(Scope::Paragraph),
            "letter" => Some(Scope::Letter),
            _ => Part::find(name).map(Scope::Part),
        }
    }

    /// A number for it.
    pub fn number(self) -> u32 {
        match self {
            Scope::Before => 0,
            Scope::After => 1,
            Scope::Nearby => 2,
            Scope::Paragraph => 3,
            Scope::Letter => 4,
            Scope::Part(part) => (5..).zip(Part::ALL).find(|(_, other)| *other == part).map_or(4, |(number, _)| number),
        }
    }

    /// The scope with this number; that of the letter for a number that is none.
    pub fn of_number(number: u32) -> Scope {
        match number {
            0 => Scope::Before,
            1 => Scope::After,
            2 => Scope::Nearby,
            3 => Scope::Paragraph,
            _ => (5..)
                .zip(Part::ALL)
                .find(|(other, _)| *other == number)
                .map_or(Scope::Letter, |(_, part)| Scope::Part(part)),
        }
    }
}

/// Every signal that a condition over passages uses.
pub fn signals_of(cond: &Cond<Passage>) -> Vec<SignalId> {
    let mut found = Vec::new();
    for leaf in cond.leaves() {
        match leaf {
            Passage::Pattern(_) => {}
            Passage::Signal(signal) => found.push(*signal),
            Passage::Elsewhere(_, inner) => found.extend(signals_of(inner)),
        }
    }
    found
}
