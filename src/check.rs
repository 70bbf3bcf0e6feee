//! What packs make of a letter.

use crate::compiled;
use crate::diagnostic::Diagnostic;
use crate::document::Letter;
use crate::judge::{self, Circumstances, Judgement};
use crate::message::Message;
use crate::pack::Pack;
use crate::plan::Plan;
use crate::scan::{self, Sightings};
use crate::source::Source;
use crate::view::{Format, View};
use std::slice;
use std::sync::Arc;

/// A pack made ready for use on many letters. A clone shares both.
#[derive(Debug, Clone)]
pub struct Advisor {
    /// The pack.
    pub pack: Arc<Pack>,
    /// What scanning with it needs.
    pub plan: Arc<Plan>,
}

impl Advisor {
    /// Makes a pack ready.
    pub fn new(pack: Pack) -> Advisor {
        let plan = Plan::new(&pack);
        Advisor { pack: Arc::new(pack), plan: Arc::new(plan) }
    }

    /// Reads a pack from YAML and makes it ready.
    ///
    /// # Errors
    ///
    /// All mistakes in the pack.
    pub fn read(yaml: &str) -> Result<Advisor, Vec<Diagnostic>> {
        Pack::read(yaml).map(Advisor::new)
    }

    /// The pack that was compiled into these bytes; `None` when it was by another version of the program.
    pub fn compiled(bytes: &'static [u8]) -> Option<Advisor> {
        compiled::read(bytes).ok().map(|(pack, plan)| Advisor { pack: Arc::new(pack), plan: Arc::new(plan) })
    }

    /// Judges a letter that was read already.
    pub fn judge(&self, view: &View, message: &Message, circumstances: &Circumstances) -> Judgement {
        let is_book = circumstances.kind.is_none() && judge::is_book(&self.pack, message);
        let sightings = if is_book { Sightings::default() } else { scan::scan(&self.pack, &self.plan, message) };
        judge::judge(&self.pack, view, message, sightings, circumstances)
    }
}

/// A letter and what each pack made of it.
#[derive(Debug)]
pub struct Report {
    /// The letter; or a file that goes with letters, of which only `remarks` has something to say.
    pub letter: Letter,
    /// One judgement for each pack, in the order of the packs; none for a file that is no letter.
    pub judgements: Vec<Judgement>,
    /// What was found and is accepted, in the order of the letter. It is not among the findings of the judgements.
    pub accepted: Vec<Accepted>,
    /// What is wrong with the ways in which findings are accepted; no pack has a part in that.
    pub remarks: Vec<Diagnostic>,
}

/// A finding that somebody has accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The finding.
    pub finding: Diagnostic,
    /// The reason that was given.
    pub because: String,
    /// Where it was given.
    pub told: Told,
}

/// Where it is told that a finding is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// In a file of accepted findings.
    Beside,
    /// In a comment of the letter's own file.
    Inside,
}

impl Report {
    /// Judges a letter by each of `advisors`, each under the circumstances beside it.
    pub fn new(letter: Letter, advisors: &[Advisor], circumstances: &[Circumstances]) -> Report {
        let judged = advisors.iter().zip(circumstances);
        let judgements = judged.map(|(advisor, given)| {
            let given = told(&letter, advisor, given);
            advisor.judge(&letter.view, &letter.message, &given)
        });
        let judgements = judgements.collect();
        Report::of(letter, judgements)
    }

    /// A letter that was judged; nothing is accepted.
    pub fn of(letter: Letter, judgements: Vec<Judgement>) -> Report {
        Report { letter, judgements, accepted: Vec::new(), remarks: Vec::new() }
    }

    /// All findings that are not accepted, in the order of the letter.
    pub fn findings(&self) -> Vec<&Diagnostic> {
        let judged = self.judgements.iter().flat_map(|judgement| &judgement.findings);
        let mut findings: Vec<&Diagnostic> = judged.chain(&self.remarks).collect();
        findings.sort_by(|a, b| (a.span(), &a.rule).cmp(&(b.span(), &b.rule)));
        findings
    }
}

/// Checks a text that is one letter, in plain text. For other formats, files of several letters, and what is known of a
/// letter beside its words there are [`Document::open`](crate::document::Document::open) and [`Report::new`].
pub fn check(text: &str, advisor: &Advisor) -> Report {
    let letter = Letter::read(Source::from_text("letter", text), Format::Text);
    Report::new(letter, slice::from_ref(advisor), &[Circumstances::default()])
}

/// The circumstances with what the file says of itself: the kind of its letter, and whether it is a template. For that the
/// file's own words go first, then what the caller says, then the name and the language of the file. A kind that the pack
/// does not know is a word of somebody else's, a site generator's for example.
fn told(letter: &Letter, advisor: &Advisor, given: &Circumstances) -> Circumstances {
    let kind = letter.view.setting("kind").and_then(|kind| advisor.pack.find_kind(kind));
    let template = match letter.view.setting("template") {
        Some("true" | "yes") => Some(true),
        Some("false" | "no") => Some(false),
        _ => given.template.or(Some(letter.is_template())),
    };
    Circumstances { kind: given.kind.or(kind).or(given.usual_kind), template, ..*given }
}
