//! Mends a file by the edits of its findings, one after the other, and keeps only what makes it better.
//!
//! An edit is proposed by a rule, which knows its own matter only. So each is tried: the file is read and judged anew, and
//! the edit stays if its finding is gone and nothing was found that was not there before. That is why a fix never brings a
//! new finding. What was refused is tried again in the text that later edits have made, until all is refused in the same
//! text: that is why a file that was mended is not changed by mending it again.

mod edit;

pub use edit::written_edits;

use crate::check::Report;
use crate::diagnostic::Diagnostic;
use crate::document::{Letter, OpenError};
use crate::fingerprint;
use crate::source::RawFile;
use std::collections::BTreeMap;

/// Which fixes are applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// Those that change nothing that the writer says.
    Safe,
    /// Those that take out or add a sentence, too.
    Unsafe,
}

/// A file after mending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The names of the rules whose findings were mended, in the order in which it was done.
    pub rules: Vec<String>,
    /// Whether all was tried that could be; else another run may do more.
    pub is_complete: bool,
}

/// The most edits that are tried in one file. Each is judged by itself; a file with more is mended by another run.
const MOST_TRIES: usize = 200;

/// The findings whose edits were tried in vain, each with the number of edits that the text had by then.
type Refused = BTreeMap<(usize, String, String), usize>;

/// Mends a file. `judge` reads and judges the letters in it as the run does; it is asked once for each edit that is tried.
///
/// # Errors
///
/// If the file cannot be read at all.
pub fn mend(
    file: RawFile,
    grade: Grade,
    judge: impl Fn(RawFile) -> Result<Vec<Report>, OpenError>,
) -> Result<Mended, OpenError> {
    let mut mended = Mended { bytes: file.bytes.clone(), rules: Vec::new(), is_complete: false };
    let mut reports = judge(file.clone())?;
    let mut refused = Refused::new();
    for _ in 0..MOST_TRIES {
        let Some(next) = next(&reports, grade, &refused, mended.rules.len()) else {
            mended.is_complete = true;
            break;
        };
        let bytes = edit::apply(&next.letter.source, next.letter.file_type, &mended.bytes, &next.finding.edits);
        let tried = bytes.and_then(|bytes| {
            let reports = judge(RawFile { name: file.name.clone(), bytes: bytes.clone() }).ok()?;
            Some((bytes, reports))
        });
        match tried {
            Some((bytes, after)) if is_better(&reports, &after, next.number, &next.finding.rule) => {
                mended.rules.push(next.finding.rule.clone());
                mended.bytes = bytes;
                reports = after;
            }
            _ => {
                refused.insert(next.name(), mended.rules.len());
            }
        }
    }
    Ok(mended)
}

/// A finding that may be mended.
struct Next<'r> {
    /// The number of its letter in the file, from 0.
    number: usize,
    letter: &'r Letter,
    finding: &'r Diagnostic,
}

impl Next<'_> {
    /// What the finding is called from one round to the next.
    fn name(&self) -> (usize, String, String) {
        (self.number, self.finding.rule.clone(), fingerprint::passage(self.letter, self.finding.span()))
    }
}

/// The first finding that was never tried, else the first that was refused before the text had its `edits`.
fn next<'r>(reports: &'r [Report], grade: Grade, refused: &Refused, edits: usize) -> Option<Next<'r>> {
    let is_allowed = |finding: &Diagnostic| !finding.edits.is_empty() && (finding.is_safe || grade == Grade::Unsafe);
    let mut again = None;
    for (number, report) in reports.iter().enumerate() {
        for finding in report.findings().into_iter().filter(|finding| is_allowed(finding)) {
            let next = Next { number, letter: &report.letter, finding };
            match refused.get(&next.name()) {
                None => return Some(next),
                Some(then) if *then < edits => again = again.or(Some(next)),
                Some(_) => {}
            }
        }
    }
    again
}

/// Whether a finding of `rule` in the letter `number` is gone and no rule is broken more often than before.
fn is_better(before: &[Report], after: &[Report], number: usize, rule: &str) -> bool {
    let (before_counts, after_counts) = (counts(before), counts(after));
    let of = |counts: &BTreeMap<(usize, String), usize>, key: &(usize, String)| counts.get(key).copied().unwrap_or(0);
    let mended = (number, rule.to_owned());
    before.len() == after.len()
        && before.iter().zip(after).all(|(before, after)| kinds(before) == kinds(after))
        && of(&after_counts, &mended) < of(&before_counts, &mended)
        && after_counts.iter().all(|(key, count)| *count <= of(&before_counts, key))
}

fn counts(reports: &[Report]) -> BTreeMap<(usize, String), usize> {
    let mut counts = BTreeMap::new();
    for (number, report) in reports.iter().enumerate() {
        for finding in report.findings() {
            *counts.entry((number, finding.rule.clone())).or_default() += 1;
        }
    }
    counts
}

/// What each pack takes a letter for: an edit that makes it another kind of letter makes it no better.
fn kinds(report: &Report) -> Vec<Option<usize>> {
    report.judgements.iter().map(|judgement| judgement.kind).collect()
}

#[cfg(test)]
mod tests;
