//! A pack made ready for scanning.

mod assemble;
mod first_pass;
mod guard;
mod need;
mod program;
mod question;
mod row;
mod table;
mod weights;
mod word;

pub use first_pass::{FirstPass, Met};
pub use program::{Ahead, Borders, Program, Step};
pub use question::{Question, QuestionId, Questions};
pub use row::{Row, Rows, to_u32};
pub use weights::{Tally, Weights};

use crate::pack::{Cond, Pack, Passage, PatternId, SignalId};
use question::branches;
use serde::{Deserialize, Serialize};

/// What scanning with a pack needs besides the pack.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(bound(
    deserialize = "Program: Deserialize<'de>, Rows: Deserialize<'de>, FirstPass: Deserialize<'de>, Questions: Deserialize<'de>, Weights: Deserialize<'de>"
))]
pub struct Plan {
    /// The instructions of pieces and lists.
    pub program: Program,
    /// What signals ask of sentences.
    pub questions: Questions,
    /// Which patterns are worth trying where.
    pub first_pass: FirstPass,
    /// What words weigh.
    pub weights: Weights,
    /// For each pattern its pieces, with the gaps between them: piece, gap, piece, gap, ... piece.
    patterns: Rows,
    /// Which branch of which signal may hold where a pattern is worth trying: signal, branch, signal, branch, ...
    roused_by_pattern: Rows,
    /// Which branches of a signal may hold where which other signal is sighted: branch, other, branch, other, ...
    roused_by_signal: Rows,
    /// Which branches of a signal may hold anywhere.
    unroused: Rows,
}

/// Something that is quickly known of a sentence and without which a condition cannot hold of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Anchor {
    /// The first pass found the pattern worth trying.
    Pattern(PatternId),
    /// The signal is sighted.
    Signal(SignalId),
}

impl Plan {
    /// Prepares a pack.
    pub fn new(pack: &Pack) -> Plan {
        let first_pass = FirstPass::new(pack);
        let mut roused_by_pattern = vec![Vec::new(); pack.patterns.len()];
        let mut roused_by_signal = vec![Vec::new(); pack.signals.len()];
        let mut unroused = vec![Vec::new(); pack.signals.len()];
        let has_anchor = |pattern: PatternId| !first_pass.is_always_tried(pattern);
        for (id, signal) in pack.signals.iter().enumerate() {
            for (branch, cond) in branches(signal).iter().enumerate() {
                let Some(anchors) = anchors(cond, &has_anchor) else {
                    unroused[id].push(to_u32(branch));
                    continue;
                };
                for anchor in anchors {
                    match anchor {
                        Anchor::Pattern(pattern) => roused_by_pattern[pattern].extend([to_u32(id), to_u32(branch)]),
                        Anchor::Signal(other) => roused_by_signal[id].extend([to_u32(branch), to_u32(other)]),
                    }
                }
            }
        }
        let patterns = pack.patterns.iter().map(|pattern| {
            let gaps = pattern.gaps.iter().map(Some).chain([None]);
            let steps = pattern.pieces.iter().zip(gaps).flat_map(|(piece, gap)| [Some(piece), gap]);
            steps.flatten().map(|number| to_u32(*number)).collect::<Vec<u32>>()
        });
        Plan {
            program: assemble::assemble(pack),
            questions: Questions::new(pack),
            weights: Weights::new(pack),
            patterns: patterns.collect(),
            roused_by_pattern: roused_by_pattern.into_iter().collect(),
            roused_by_signal: roused_by_signal.into_iter().collect(),
            unroused: unroused.into_iter().collect(),
            first_pass,
        }
    }

    /// The patterns that must be tried on every sentence.
    pub fn always(&self) -> Vec<PatternId> {
        self.first_pass.always().collect()
    }

    /// The first piece of a pattern, and of each further one the gap before it and the piece.
    pub fn pattern(&self, pattern: PatternId) -> (usize, impl Iterator<Item = (usize, usize)> + '_) {
        let mut numbers = self.patterns.row(pattern).map(|number| number as usize);
        let first = numbers.next().unwrap_or_default();
        (first, std::iter::from_fn(move || Some((numbers.next()?, numbers.next()?))))
    }

    /// The branches that may hold where a pattern is worth trying: the signal and the branch.
    pub fn roused_by_pattern(&self, pattern: u32) -> impl Iterator<Item = (u32, u32)> + '_ {
        pairs(self.roused_by_pattern.row(pattern as usize))
    }

    /// The branches of a signal that may hold where another is sighted: the branch and the other signal.
    pub fn roused_by_signal(&self, signal: SignalId) -> impl Iterator<Item = (u32, u32)> + '_ {
        pairs(self.roused_by_signal.row(signal))
    }

    /// The branches of a signal that may hold anywhere.
    pub fn unroused(&self, signal: SignalId) -> impl ExactSizeIterator<Item = u32> + '_ {
        self.unroused.row(signal)
    }
}

fn pairs(mut numbers: impl Iterator<Item = u32>) -> impl Iterator<Item = (u32, u32)> {
    std::iter::from_fn(move || Some((numbers.next()?, numbers.next()?)))
}

/// The anchors of which a sentence has at least one where a condition holds of it: of alternatives those of each, of what
/// must all hold those of the part with the fewest. `None` where none can be named.
fn anchors(cond: &Cond<Passage>, has_anchor: &impl Fn(PatternId) -> bool) -> Option<Vec<Anchor>> {
    match cond {
        Cond::Leaf(Passage::Pattern(pattern)) => has_anchor(*pattern).then(|| vec![Anchor::Pattern(*pattern)]),
        Cond::Leaf(Passage::Signal(signal)) => Some(vec![Anchor::Signal(*signal)]),
        Cond::Leaf(Passage::Elsewhere(..)) | Cond::None(_) => None,
        Cond::Any(conds) => {
            let each: Option<Vec<_>> = conds.iter().map(|cond| anchors(cond, has_anchor)).collect();
            each.map(|each| each.into_iter().flatten().collect())
        }
        Cond::All(conds) => conds.iter().filter_map(|cond| anchors(cond, has_anchor)).min_by_key(Vec::len),
    }
}
