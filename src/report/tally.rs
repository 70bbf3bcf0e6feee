//! Counts over all letters of a run.

use crate::check::Report;
use crate::diagnostic::Level;
use crate::pack::KindId;
use std::collections::BTreeMap;

/// What was found in some letters, in numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Letters that were read.
    pub letters: usize,
    /// Files that hold these letters.
    pub files: usize,
    /// Letters with at least one finding.
    pub letters_with_findings: usize,
    /// Files that could not be read.
    pub unreadable: usize,
    /// Files of a folder that hold no letter by their names, and were not read.
    pub passed_over: usize,
    /// How many letters are of each kind, by the number of the pack in the run, from 0; `None` for what that pack does not
    /// know.
    pub kinds: BTreeMap<(usize, Option<KindId>), usize>,
    /// Findings that are accepted; they are not among the others.
    pub accepted: usize,
    /// How many findings there are of each level.
    pub levels: BTreeMap<Level, usize>,
    /// How many findings there are of each rule at each level.
    pub rules: BTreeMap<(Level, String), usize>,
}

impl Tally {
    /// The numbers of one letter.
    pub fn of(report: &Report) -> Tally {
        // A file that goes with letters has no judgement, and is none.
        let letters = usize::from(!report.judgements.is_empty());
        let is_first = report.letter.within.as_ref().is_none_or(|within| within.number == 1);
        let files = if is_first { letters } else { 0 };
        let mut tally = Tally { letters, files, accepted: report.accepted.len(), ..Tally::default() };
        for (pack, judgement) in report.judgements.iter().enumerate() {
            *tally.kinds.entry((pack, judgement.kind)).or_default() += 1;
        }
        for finding in report.findings() {
            *tally.levels.entry(finding.level).or_default() += 1;
            *tally.rules.entry((finding.level, finding.rule.clone())).or_default() += 1;
        }
        tally.letters_with_findings = if tally.levels.is_empty() { 0 } else { letters };
        tally
    }

    /// The same with other numbers for the packs: `packs` holds the new one of each.
    pub fn renumbered(mut self, packs: &[usize]) -> Tally {
        let kinds = std::mem::take(&mut self.kinds).into_iter();
        let renumber = |((pack, kind), letters)| Some(((*packs.get::<usize>(pack)?, kind), letters));
        self.kinds = kinds.filter_map(renumber).collect();
        self
    }

    /// Adds the numbers of other letters.
    pub fn add(&mut self, other: Tally) {
        self.letters += other.letters;
        self.files += other.files;
        self.letters_with_findings += other.letters_with_findings;
        self.unreadable += other.unreadable;
        self.passed_over += other.passed_over;
        self.accepted += other.accepted;
        add_counts(&mut self.kinds, other.kinds);
        add_counts(&mut self.levels, other.levels);
        add_counts(&mut self.rules, other.rules);
    }

    /// The number of findings at `level`.
    pub fn at(&self, level: Level) -> usize {
        self.levels.get(&level).copied().unwrap_or(0)
    }

    /// The number of all findings.
    pub fn findings(&self) -> usize {
        self.levels.values().sum()
    }

    /// The gravest level that was found.
    pub fn gravest(&self) -> Option<Level> {
        self.levels.last_key_value().map(|(level, _)| *level)
    }

    /// How many letters are of a kind; `None` for those that the pack does not know.
    pub fn of_kind(&self, pack: usize, kind: Option<KindId>) -> usize {
        self.kinds.get(&(pack, kind)).copied().unwrap_or(0)
    }

    /// The rules that were broken, how often and at which level, the most often broken first.
    pub fn broken(&self) -> Vec<(&str, Level, usize)> {
        let mut rules: Vec<_> =
            self.rules.iter().map(|((level, rule), count)| (rule.as_str(), *level, *count)).collect();
        rules.sort_by(|a, b| b.2.cmp(&a.2).then(b.1.cmp(&a.1)).then(a.0.cmp(b.0)));
        rules
    }
}

fn add_counts<K: Ord>(into: &mut BTreeMap<K, usize>, from: BTreeMap<K, usize>) {
    for (key, count) in from {
        *into.entry(key).or_default() += count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::*;

    #[test]
    fn sums_are_those_of_the_letters() {
        let text = "Dear Ms Grey";
        let found =
            vec![no_apology(text, "Grey"), finding(text, "thank", "Ms", ""), finding(text, "thank", "Dear", "")];
        let mut tally = Tally::of(&report("a", text, REFUSAL, found));
        tally.add(Tally::of(&report("b", text, None, Vec::new())));
        assert_eq!((tally.letters, tally.letters_with_findings, tally.findings()), (2, 1, 3));
        assert_eq!((tally.of_kind(0, REFUSAL), tally.of_kind(0, None), tally.of_kind(1, None)), (1, 1, 0));
        assert_eq!(tally.broken(), [("thank", Level::Warning, 2), ("apologize", Level::Error, 1)]);
        assert_eq!(tally.gravest(), Some(Level::Error));
    }
}
