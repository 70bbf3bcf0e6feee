//! `demur explain RULE FILE`: why a rule speaks of a letter, or does not.

use super::Outcome;
use super::inspect::place;
use super::letters::Named;
use super::settings::Settings;
use super::trouble::Trouble;
use demur::check::Report;
use demur::diagnostic::Diagnostic;
use demur::document::Letter;
use demur::judge::{self, Judgement};
use demur::pack::{Cond, Demand, Measure, Pack, Rule, SignalId, closest};
use demur::report::clean;
use demur::scan::Sighting;
use std::io::{self, Write};

/// Explains a rule for each letter of a file.
pub fn run(rule: &str, named: &Named<'_>, out: &mut impl Write) -> Result<Outcome, Trouble> {
    let letters = named.letters()?;
    let packs = || letters.iter().flat_map(|(_, settings)| &settings.advisors).map(|advisor| &advisor.pack);
    if !letters.is_empty() && packs().all(|pack| pack.find_rule(rule).is_none()) {
        let meant = closest(rule, packs().flat_map(|pack| pack.rules.iter().map(|rule| rule.id.as_str())));
        let meant = meant.map(str::to_owned);
        return Err(Trouble::Unknown { what: "rule", name: rule.to_owned(), meant, known: Vec::new() });
    }
    for (letter, settings) in letters {
        let report = Report::new(letter, &settings.advisors, &settings.circumstances);
        for (judgement, advisor) in report.judgements.iter().zip(&settings.advisors) {
            let Some(number) = advisor.pack.rules.iter().position(|known| known.id == rule) else { continue };
            let trace = Trace { letter: &report.letter, judgement, pack: &advisor.pack };
            trace.rule(out, number, &settings)?;
        }
    }
    Ok(Outcome::Clean)
}

struct Trace<'a> {
    letter: &'a Letter,
    judgement: &'a Judgement,
    pack: &'a Pack,
}

impl Trace<'_> {
    fn rule(&self, out: &mut impl Write, number: usize, settings: &Settings) -> Result<(), Trouble> {
        let rule = &self.pack.rules[number];
        writeln!(out, "{}: {}", clean(&self.letter.name()), clean(&self.kind()))?;
        writeln!(out, "`{}` {}", clean(&rule.id), self.verdict(rule, number, settings))?;
        if let Some(when) = &rule.when {
            writeln!(out, "\nIt is asked when the letter says")?;
            self.condition(out, when, 1)?;
        }
        for demand in &rule.demands {
            self.demand(out, rule, demand)?;
        }
        for finding in self.judgement.findings.iter().filter(|finding| finding.rule == rule.id) {
            let start = self.letter.source.position(finding.span().start());
            writeln!(out, "\nSo it says, at {}:{}: {}", start.line, start.column, clean(&finding.message))?;
            edits(out, finding)?;
        }
        Ok(writeln!(out)?)
    }

    fn kind(&self) -> String {
        match self.judgement.kind.and_then(|kind| self.pack.kinds.get(kind)) {
            Some(kind) => kind.title.clone(),
            None => "no kind of letter that the pack knows".to_owned(),
        }
    }

    fn verdict(&self, rule: &Rule, number: usize, settings: &Settings) -> String {
        if !settings.asks(&rule.id) {
            return "is not asked: the configuration or a flag has switched it off".to_owned();
        }
        match self.judgement.outcomes.get(number) {
            Some(judge::Outcome::Met) => "is asked, and the letter keeps it".to_owned(),
            Some(judge::Outcome::Unmet) => "is asked, and the letter does not keep it".to_owned(),
            Some(judge::Outcome::Accepted) => "is asked, and what it finds is accepted".to_owned(),
            Some(judge::Outcome::NotAsked) | None => format!("is not asked: {}", self.why_not(rule)),
        }
    }

    fn why_not(&self, rule: &Rule) -> String {
        let is_judged = self.judgement.kind.is_some_and(|kind| rule.kinds.is_empty() || rule.kinds.contains(&kind));
        if !is_judged {
            let kinds: Vec<&str> = self.pack.judged_kinds(rule).map(|kind| kind.title.as_str()).collect();
            return format!("it is for {} only", clean(&kinds.join(" and ")));
        }
        if rule.drafts_only {
            return "it is for finished letters, and this is a template".to_owned();
        }
        "the letter does not say what the rule is about".to_owned()
    }

    fn demand(&self, out: &mut impl Write, rule: &Rule, demand: &Demand) -> io::Result<()> {
        match demand {
            Demand::Require(cond) => {
                writeln!(out, "\nThe letter must say")?;
                self.condition(out, cond, 1)
            }
            Demand::Forbid(signals) => {
                writeln!(out, "\nThe letter must not say")?;
                signals.iter().try_for_each(|signal| self.signal(out, *signal, 1))
            }
            Demand::Order(signals) => {
                writeln!(out, "\nThe letter must say first, in this order,")?;
                signals.iter().try_for_each(|signal| self.signal(out, *signal, 1))
            }
            Demand::Limit { measure, at_most } => self.limit(out, rule, *measure, *at_most),
        }
    }

    fn limit(&self, out: &mut impl Write, rule: &Rule, measure: Measure, at_most: i64) -> io::Result<()> {
        let (what, signal) = match measure {
            Measure::Count(signal) => ("sentences that say it", Some(signal)),
            Measure::Words => ("words of the body", None),
            Measure::Recipients => ("recipients", None),
            Measure::Days(signal) => ("days since what it answers", Some(signal)),
        };
        let is_known = self.judgement.findings.iter().any(|finding| finding.rule == rule.id);
        let how = if is_known { "there are more" } else { "there are not more, or the letter does not tell" };
        writeln!(out, "\nAt most {at_most} {what}; {how}")?;
        signal.map_or(Ok(()), |signal| self.signal(out, signal, 1))
    }

    fn condition(&self, out: &mut impl Write, cond: &Cond<SignalId>, depth: usize) -> io::Result<()> {
        let (head, conds) = match cond {
            Cond::Leaf(signal) => return self.signal(out, *signal, depth),
            Cond::Any(conds) => ("one of these:", conds),
            Cond::All(conds) => ("all of these:", conds),
            Cond::None(conds) => ("none of these:", conds),
        };
        writeln!(out, "{:indent$}{head}", "", indent = 2 * depth)?;
        conds.iter().try_for_each(|cond| self.condition(out, cond, depth + 1))
    }

    /// A signal, and each passage that says it.
    fn signal(&self, out: &mut impl Write, id: SignalId, depth: usize) -> io::Result<()> {
        let Some(signal) = self.pack.signals.get(id) else { return Ok(()) };
        let sightings: Vec<&Sighting> = self.judgement.sightings.of(id).iter().collect();
        let mark = if sightings.is_empty() { "not found" } else { "found" };
        writeln!(out, "{:indent$}{} ({}): {mark}", "", clean(&signal.name), clean(&signal.means), indent = 2 * depth)?;
        sightings.into_iter().try_for_each(|sighting| {
            let text = clean(&self.letter.message.text()[sighting.span.range()]).into_owned();
            writeln!(out, "{:indent$}{:>7}  {text}", "", place(self.letter, sighting.span), indent = 2 * depth + 2)
        })
    }
}

fn edits(out: &mut impl Write, finding: &Diagnostic) -> io::Result<()> {
    finding.edits.iter().try_for_each(|edit| match clean(edit.text.trim()).as_ref() {
        "" => writeln!(out, "and suggests to leave it out"),
        text => writeln!(out, "and suggests: {text}"),
    })
}
