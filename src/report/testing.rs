//! A small pack and letters for the tests of all formats.

use super::{OutputFormat, Reporter, Style};
use crate::check::{Advisor, Report};
use crate::diagnostic::{Diagnostic, Edit, Label, Level};
use crate::document::Letter;
use crate::judge::{Judgement, Outcome};
use crate::pack::Rule;
use crate::scan::Sightings;
use crate::source::Source;
use crate::span::Span;
use crate::view::Format;

/// A pack with two kinds of letter, four rules and a cue.
const PACK: &str = r#"
pack: decline-offer
title: Declining a job offer
language: en
cues:
  hello:
    any: [dear]
    says: [Dear Ms Grey]
signals:
  refusal:
    means: the writer does not take the offer
    any: [must decline]
    says: [I must decline.]
    says-not: [I accept.]
  ask:
    means: asks for a better term
    any: [could you raise]
    says: [Could you raise the pay?]
    says-not: [I accept.]
  apology:
    means: apologizes
    any: [apologize]
    says: [I apologize.]
    says-not: [I accept.]
letters:
  - {kind: negotiate, title: a counter-offer, when: ask}
  - {kind: decline, title: a refusal, when: refusal}
advice:
  - step: 1
    title: Answer soon
    text: Tell the employer as soon as you know.
    rules:
      - {id: offer-a-call, for: decline, forbid: ask, level: note, message: m, help: h, good: [a], bad: [b]}
  - step: 2
    title: Apologize
    text: People spent their time on you; nothing is valued more.
    rules:
      - {id: apologize, for: decline, require: apology, level: error, message: m, help: h, good: [a], bad: [b]}
      - {id: thank, for: [negotiate, decline], forbid: ask, level: warning, message: m, help: h, good: [a], bad: [b]}
  - step: 0
    title: Always
    text: A letter goes out finished.
    rules:
      - {id: sign-it, for: [negotiate, decline], forbid: ask, level: warning, message: m, help: h, good: [a], bad: [b]}
"#;

/// The number of the kind of letter that is a refusal.
pub const REFUSAL: Option<usize> = Some(1);

/// The pack, ready for use.
pub fn advisor() -> Advisor {
    Advisor::read(PACK).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"))
}

/// A finding at the first place of `passage` in `text`, or behind it if the label is for something missing.
pub fn finding(text: &str, rule: &str, passage: &str, label: &str) -> Diagnostic {
    let at = text.find(passage).expect("the passage is in the letter");
    Diagnostic {
        rule: rule.to_owned(),
        level: Level::Warning,
        message: "says more than it should".to_owned(),
        labels: vec![Label { span: Span::new(at, at + passage.len()), text: label.to_owned() }],
        notes: vec!["A sentence of advice.".to_owned()],
        help: Some("say less".to_owned()),
        edits: Vec::new(),
        is_safe: false,
    }
}

/// The error that the apology is missing behind `passage`, with the edit that adds it.
pub fn no_apology(text: &str, passage: &str) -> Diagnostic {
    let at = Span::at(text.find(passage).expect("the passage is in the letter") + passage.len());
    Diagnostic {
        level: Level::Error,
        message: "turns the offer down without an apology".to_owned(),
        labels: vec![Label { span: at, text: "an apology belongs here".to_owned() }],
        notes: vec!["People spent their time on you; nothing is valued more.".to_owned()],
        help: Some("apologize once, plainly".to_owned()),
        edits: vec![Edit { span: at, text: " I apologize for any inconvenience this causes you.".to_owned() }],
        ..finding(text, "apologize", passage, "")
    }
}

/// A letter that was judged already; rules with findings are unmet, the others met.
pub fn report(name: &str, text: &str, kind: Option<usize>, findings: Vec<Diagnostic>) -> Report {
    let outcome = |rule: &Rule| match kind {
        Some(kind) if rule.kinds.contains(&kind) => {
            if findings.iter().any(|finding| finding.rule == rule.id) {
                Outcome::Unmet
            } else {
                Outcome::Met
            }
        }
        _ => Outcome::NotAsked,
    };
    let outcomes = advisor().pack.rules.iter().map(outcome).collect();
    let letter = Letter::read(Source::from_text(name, text), Format::Text);
    Report::of(letter, vec![Judgement { kind, sightings: Sightings::default(), findings, outcomes }])
}

/// A page of 100 columns without colours.
pub fn style(format: OutputFormat) -> Style {
    Style { format, color: false, quiet: false, redact: false, width: Style::WIDTH }
}

/// The whole output for some letters.
pub fn run(reports: &[Report], style: Style) -> String {
    let advisors = [advisor()];
    let mut out = Vec::new();
    let mut reporter = Reporter::new(style, reports.len() > 1);
    reporter.begin(&mut out, &advisors).expect("memory takes all");
    for report in reports {
        reporter.letter(&mut out, report, &advisors).expect("memory takes all");
    }
    reporter.end(&mut out, &advisors).expect("memory takes all");
    String::from_utf8(out).expect("reports are UTF-8")
}
