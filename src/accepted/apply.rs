//! Takes what is accepted out of the report on a letter.

use super::comment::Comments;
use super::{Entry, mark};
use crate::check::{Accepted, Advisor, Report, Told};
use crate::diagnostic::Diagnostic;
use crate::judge::Outcome;
use crate::message::Date;
use std::collections::{BTreeSet, HashMap};

/// What is accepted in one file, and which of it was of use so far.
#[derive(Debug)]
pub struct Acceptance<'a> {
    /// All entries of a list.
    entries: &'a [Entry],
    /// The numbers of those that name the file and still count, by rule, mark and letter.
    own: HashMap<(&'a str, &'a str, Option<u64>), Vec<usize>>,
    comments: Option<Comments>,
    /// The numbers of the entries that were of use.
    pub used: BTreeSet<usize>,
}

impl<'a> Acceptance<'a> {
    /// For the file that the entries with the numbers `own` name. Those whose last day is over by `today` are ignored.
    pub fn new(entries: &'a [Entry], own: &[usize], today: Date) -> Acceptance<'a> {
        let mut by_mark: HashMap<_, Vec<usize>> = HashMap::new();
        for (number, entry) in own.iter().filter_map(|number| Some((*number, entries.get(*number)?))) {
            if !entry.is_expired(today) {
                let key = (entry.rule.value.as_str(), entry.mark.as_str(), entry.letter);
                by_mark.entry(key).or_default().push(number);
            }
        }
        Acceptance { entries, own: by_mark, comments: None, used: BTreeSet::new() }
    }

    /// Moves what is accepted in a letter out of the findings. The letters of the file come in their order; `is_last` says
    /// that no other follows, and `asks` which rules were asked.
    pub fn apply(&mut self, report: &mut Report, advisors: &[Advisor], is_last: bool, asks: impl Fn(&str) -> bool) {
        let mut comments = self.comments.take().unwrap_or_else(|| Comments::of(&report.letter));
        comments.enter(&report.letter, is_last);
        let mut judgements = std::mem::take(&mut report.judgements);
        for (judgement, advisor) in judgements.iter_mut().zip(advisors) {
            let mut gone = BTreeSet::new();
            let findings = std::mem::take(&mut judgement.findings);
            for finding in findings {
                match self.accepted(report, &finding).or_else(|| comments.accepted(&finding)) {
                    None => judgement.findings.push(finding),
                    Some((because, told)) => {
                        gone.insert(finding.rule.clone());
                        report.accepted.push(Accepted { finding, because, told });
                    }
                }
            }
            let is_left = |rule: &str| judgement.findings.iter().any(|finding| finding.rule == rule);
            for (outcome, rule) in judgement.outcomes.iter_mut().zip(&advisor.pack.rules) {
                if gone.contains(&rule.id) && !is_left(&rule.id) {
                    *outcome = Outcome::Accepted;
                }
            }
        }
        report.judgements = judgements;
        report.accepted.sort_by(|a, b| (a.finding.span(), &a.finding.rule).cmp(&(b.finding.span(), &b.finding.rule)));
        report.remarks.extend(comments.leave(advisors, asks));
        self.comments = Some(comments);
    }

    /// The reason of an entry that accepts a finding. Entries that say the same are all of use.
    fn accepted(&mut self, report: &Report, finding: &Diagnostic) -> Option<(String, Told)> {
        if self.own.is_empty() {
            return None;
        }
        let number = report.letter.within.as_ref().map_or(Some(1), |within| u64::try_from(within.number).ok());
        let mark = mark(report, finding);
        let mut because = None;
        for letter in [number, None] {
            let Some(same) = self.own.get(&(finding.rule.as_str(), mark.as_str(), letter)) else { continue };
            let first = same.first().and_then(|first| self.entries.get(*first));
            because = because.or(first.map(|entry| (entry.because.clone(), Told::Beside)));
            // A passage may occur as often as there are entries for it: they are gone through once.
            if same.first().is_some_and(|first| !self.used.contains(first)) {
                self.used.extend(same);
            }
        }
        because
    }
}
