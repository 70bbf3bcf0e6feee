//! The whole way of one letter, from its source to the judgement.

use crate::compiled;
use crate::diagnostic::Diagnostic;
use crate::judge::{self, Circumstances, Judgement};
use crate::message::Message;
use crate::pack::Pack;
use crate::plan::Plan;
use crate::scan;
use crate::source::Source;
use crate::view::{Format, View};

/// A pack made ready for use on many letters.
#[derive(Debug)]
pub struct Advisor {
    /// The pack.
    pub pack: Pack,
    /// What scanning with it needs.
    pub plan: Plan,
}

impl Advisor {
    /// Makes a pack ready.
    pub fn new(pack: Pack) -> Advisor {
        let plan = Plan::new(&pack);
        Advisor { pack, plan }
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
        compiled::read(bytes).ok().map(|(pack, plan)| Advisor { pack, plan })
    }

    /// Judges a letter that was read already.
    pub fn judge(&self, view: &View, message: &Message, circumstances: &Circumstances) -> Judgement {
        let sightings = scan::scan(&self.pack, &self.plan, message);
        judge::judge(&self.pack, view, message, sightings, circumstances)
    }
}

/// A letter, read once for all packs.
#[derive(Debug)]
pub struct Letter {
    /// Where it comes from.
    pub source: Source,
    /// What a recipient reads.
    pub view: View,
    /// The letter in it.
    pub message: Message,
}

impl Letter {
    /// Reads a letter.
    pub fn read(source: Source, format: Format) -> Letter {
        let view = View::read(source.text(), format);
        let message = Message::read(&view);
        Letter { source, view, message }
    }
}

/// A letter and what each pack made of it.
#[derive(Debug)]
pub struct Report {
    /// The letter.
    pub letter: Letter,
    /// One judgement for each pack, in the order of the packs.
    pub judgements: Vec<Judgement>,
}

impl Report {
    /// Judges a letter by each of `advisors`, each under the circumstances beside it.
    pub fn new(letter: Letter, advisors: &[Advisor], circumstances: &[Circumstances]) -> Report {
        let judged = advisors.iter().zip(circumstances);
        let judgements = judged.map(|(advisor, given)| advisor.judge(&letter.view, &letter.message, given)).collect();
        Report { letter, judgements }
    }

    /// All findings, in the order of the letter.
    pub fn findings(&self) -> Vec<&Diagnostic> {
        let mut findings: Vec<&Diagnostic> = self.judgements.iter().flat_map(|judgement| &judgement.findings).collect();
        findings.sort_by(|a, b| (a.span(), &a.rule).cmp(&(b.span(), &b.rule)));
        findings
    }
}
