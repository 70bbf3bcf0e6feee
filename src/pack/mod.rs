//! A rule pack: the words, signals, kinds of letter and rules that encode the advice on one kind of letter.
//!
//! [`Pack::read`] turns YAML into a [`Pack`] or into all of its mistakes. Whether the examples in it behave is for
//! [`crate::proof`] to say.

mod advice;
mod builtin;
mod condition;
mod inflect;
mod keys;
mod kind;
mod mistake;
mod order;
mod pattern;
mod phrase;
mod read;
mod shape;
mod signal;
mod syntax;
mod tree;
mod weighing;
mod words;

pub use advice::{Anchor, Demand, Measure, Mend, Rule, Step};
pub use builtin::{BUILTINS, Builtin};
pub use condition::{Cond, Passage, Scope};
pub use keys::KEYS;
pub use kind::Kind;
pub use mistake::{MOST_MISTAKES, Mistake, Mistakes};
pub use pattern::{LONG_GAP, SHORT_GAP};
pub use phrase::{LONGEST_PHRASE, NONE as NO_WORDS, Phrase, hash, join, words};
pub use read::Example;
pub use signal::Signal;
pub use tree::{Bytes, Edge, List, ListId, Tree, is_word};
pub use weighing::Weighing;

use crate::diagnostic::Diagnostic;
use crate::span::{Decoded, Span};
use serde::{Deserialize, Serialize};

/// The number of a signal in [`Pack::signals`].
pub type SignalId = usize;
/// The number of a kind of letter in [`Pack::kinds`].
pub type KindId = usize;
/// The number of a pattern in [`Pack::patterns`].
pub type PatternId = usize;
/// The number of a piece in [`Pack::pieces`].
pub type PieceId = usize;

/// Advice on one kind of letter.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Pack {
    /// Its name, e.g. `decline-offer`.
    pub name: String,
    /// What it is about, in a few words.
    pub title: String,
    /// All signals and cues, sorted so that each stands behind those that it needs.
    pub signals: Vec<Signal>,
    /// The kinds of letter that it can tell apart, in the order of the pack.
    pub kinds: Vec<Kind>,
    /// The advice, step by step.
    pub steps: Vec<Step>,
    /// The rules, in the order of the pack.
    pub rules: Vec<Rule>,
    /// The patterns of all signals. These and what follows is for the plan to read; a compiled pack has its plan already.
    #[serde(skip)]
    pub patterns: Vec<Pattern>,
    /// Where each pattern is first written.
    #[serde(skip)]
    pub pattern_places: Vec<Place>,
    /// The pieces of all patterns, each once.
    #[serde(skip)]
    pub pieces: Vec<Piece>,
    /// The vocabulary, and the forms of verbs. Each list stands behind those that it uses.
    #[serde(skip)]
    pub lists: Vec<List>,
}

/// A pattern: pieces with gaps between them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pattern {
    /// At least one.
    pub pieces: Vec<PieceId>,
    /// The most words that may stand between a piece and the next; one less than pieces.
    pub gaps: Vec<usize>,
}

/// A piece of a pattern. It matches whole words.
#[derive(Debug, Clone)]
pub struct Piece {
    /// What it matches; never an empty text.
    pub tree: Tree,
}

impl Pack {
    /// Reads a pack.
    ///
    /// # Errors
    ///
    /// All mistakes in it, in the order of the file. Mistakes that are only notes are left out when there is nothing
    /// graver; [`crate::proof`] shows them.
    pub fn read(yaml: &str) -> Result<Pack, Vec<Diagnostic>> {
        read::read(yaml)
    }

    /// The signal with this name.
    pub fn find_signal(&self, name: &str) -> Option<SignalId> {
        self.signals.iter().position(|signal| signal.name == name)
    }

    /// The kind of letter with this name.
    pub fn find_kind(&self, name: &str) -> Option<KindId> {
        self.kinds.iter().position(|kind| kind.name == name)
    }

    /// The kinds of letter that a rule judges.
    pub fn judged_kinds(&self, rule: &Rule) -> impl Iterator<Item = &Kind> {
        let all = rule.kinds.is_empty();
        let wanted = rule.kinds.clone();
        self.kinds.iter().enumerate().filter(move |(id, _)| all || wanted.contains(id)).map(|(_, kind)| kind)
    }

    /// The rule with this name.
    pub fn find_rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }
}

/// Names of more bytes are not compared: comparing takes the square of their length.
const LONGEST_COMPARED: usize = 64;
/// Among more names none is looked for that was meant.
const MOST_COMPARED: usize = 4_000;

/// The candidate most like `name`, if one is near enough to have been meant.
pub fn closest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let far = |candidate: &str| candidate.len().max(name.len()).div_ceil(3);
    let length = name.chars().count();
    candidates
        .take(MOST_COMPARED)
        .filter(|candidate| candidate.len().max(name.len()) <= LONGEST_COMPARED)
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= far(candidate))
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= far(candidate))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Where something of a pack is written.
pub type Place = Span<Decoded>;

/// The place of what was not read from YAML.
fn nowhere() -> Place {
    Span::at(0)
}
