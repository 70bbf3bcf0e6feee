//! Holds what a letter says against the rules: what kind of letter is this, what is wrong, what is missing, and where
//! it should stand.

mod kind;
mod measure;
mod place;
mod said;
mod verdict;

pub use kind::{is_book, recognize};

use crate::diagnostic::Diagnostic;
use crate::message::{Date, Message};
use crate::pack::{KindId, Pack};
use crate::scan::Sightings;
use crate::view::View;

/// What the caller knows about a letter that the letter itself need not tell.
#[derive(Debug, Clone, Copy, Default)]
pub struct Circumstances {
    /// The kind of letter, where the caller has settled it.
    pub kind: Option<KindId>,
    /// The kind of letter, where neither the caller nor the letter's file says otherwise.
    pub usual_kind: Option<KindId>,
    /// The day on which the message came that the letter answers.
    pub received_on: Option<Date>,
    /// The day that counts as the letter's where it bears no date.
    pub today: Option<Date>,
    /// Whether it is a template, in which placeholders are right; `None` where the caller does not say.
    pub template: Option<bool>,
}

/// How a rule came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The letter keeps the rule.
    Met,
    /// It breaks the rule.
    Unmet,
    /// It breaks the rule, and all that the rule finds is accepted.
    Accepted,
    /// The rule does not ask anything of this letter.
    NotAsked,
}

/// A letter judged by one pack.
#[derive(Debug, Clone)]
pub struct Judgement {
    /// What kind of letter it is; `None` for one that the pack does not know, which is not judged.
    pub kind: Option<KindId>,
    /// What it says, as far as a letter of its kind can say it.
    pub sightings: Sightings,
    /// What is wrong, in the order of the letter.
    pub findings: Vec<Diagnostic>,
    /// How each rule of the pack came out, in the order of the pack.
    pub outcomes: Vec<Outcome>,
}

/// Judges a letter.
pub fn judge(
    pack: &Pack,
    view: &View,
    message: &Message,
    sightings: Sightings,
    circumstances: &Circumstances,
) -> Judgement {
    let kind = circumstances.kind.or_else(|| recognize(pack, message, &sightings));
    let sightings = sightings.filter(|signal| {
        let kinds = &pack.signals[signal].kinds;
        kinds.is_empty() || kinds.contains(&kind)
    });
    let letter = verdict::Letter { pack, view, message, sightings: &sightings, circumstances };
    let mut findings = Vec::new();
    let outcomes = pack.rules.iter().map(|rule| letter.outcome(rule, kind, &mut findings)).collect();
    findings.sort_by(|a, b| (a.span(), &a.rule).cmp(&(b.span(), &b.rule)));
    Judgement { kind, sightings, findings, outcomes }
}
