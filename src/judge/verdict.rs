//! Asks one rule of one letter.

use super::place::Gap;
use super::{Circumstances, Outcome, said};
use crate::diagnostic::{Diagnostic, Edit, Label};
use crate::message::{Message, Part};
use crate::pack::{Anchor, Demand, KindId, Measure, Mend, Pack, Rule, SignalId};
use crate::scan::{Sighting, Sightings};
use crate::span::{Decoded, Laid, Span};
use crate::view::View;

/// A letter and all that is known about it.
pub(super) struct Letter<'a> {
    pub pack: &'a Pack,
    pub view: &'a View,
    pub message: &'a Message,
    pub sightings: &'a Sightings,
    pub circumstances: &'a Circumstances,
}

impl Letter<'_> {
    /// Asks a rule and notes each breach.
    pub fn outcome(&self, rule: &Rule, kind: Option<KindId>, findings: &mut Vec<Diagnostic>) -> Outcome {
        if !self.is_asked(rule, kind) {
            return Outcome::NotAsked;
        }
        let breaches: Vec<Diagnostic> = rule.demands.iter().flat_map(|demand| self.breaches(rule, demand)).collect();
        let outcome = if breaches.is_empty() { Outcome::Met } else { Outcome::Unmet };
        findings.extend(breaches);
        outcome
    }

    fn breaches(&self, rule: &Rule, demand: &Demand) -> Vec<Diagnostic> {
        match demand {
            Demand::Require(cond) if said::holds(cond, self.sightings) => Vec::new(),
            Demand::Require(_) => vec![self.missing(rule)],
            Demand::Forbid(signals) => {
                let sightings = signals.iter().flat_map(|signal| self.sightings.of(*signal));
                sightings.map(|sighting| self.said(rule, sighting)).collect()
            }
            Demand::Limit { measure, at_most } => self.beyond(rule, *measure, *at_most).into_iter().collect(),
            Demand::Order(signals) => self.out_of_order(rule, signals).into_iter().collect(),
        }
    }

    fn is_asked(&self, rule: &Rule, kind: Option<KindId>) -> bool {
        let Some(kind) = kind else { return false };
        let is_for = rule.kinds.is_empty() || rule.kinds.contains(&kind);
        let is_excused = rule.drafts_only && self.circumstances.template == Some(true);
        is_for && !is_excused && rule.when.as_ref().is_none_or(|when| said::holds(when, self.sightings))
    }

    fn missing(&self, rule: &Rule) -> Diagnostic {
        let anchor = match &rule.mend {
            Some(Mend::Insert { anchor, .. }) => *anchor,
            Some(Mend::Replace { .. }) | None => Anchor::EndOf(Part::Body),
        };
        let gap = self.find_gap(anchor);
        let edits = gap.as_ref().and_then(|gap| self.insert(rule, gap)).into_iter().collect();
        let span = gap.map_or(Span::at(0), |gap| self.gap_in_file(&gap));
        self.diagnostic(rule, vec![Label { span, text: rule.label.clone().unwrap_or_default() }], None, edits)
    }

    fn insert(&self, rule: &Rule, gap: &Gap) -> Option<Edit> {
        let Some(Mend::Insert { anchor, text }) = &rule.mend else { return None };
        let own_line = match anchor {
            Anchor::AfterSignal(_) | Anchor::BeforeSignal(_) => false,
            Anchor::StartOf(part) | Anchor::EndOf(part) => *part != Part::Body && *part != Part::Postscript,
        };
        Some(self.insertion(gap, text, own_line))
    }

    fn said(&self, rule: &Rule, sighting: &Sighting) -> Diagnostic {
        let label = self.label(rule, sighting);
        let sentence = self.message.sentences()[sighting.sentence].span;
        self.diagnostic(rule, vec![label], None, self.replacement(rule, sentence))
    }

    fn beyond(&self, rule: &Rule, measure: Measure, at_most: i64) -> Option<Diagnostic> {
        let number = self.measure(measure).filter(|number| *number > at_most)?;
        let labels = match measure {
            Measure::Count(signal) => {
                let extra = usize::try_from(at_most).unwrap_or(0);
                // The first one beyond the limit is the place; those before it are shown with it.
                let sightings = self.counted(signal);
                let (within, beyond) = sightings.split_at(extra.min(sightings.len()));
                beyond.iter().chain(within).map(|sighting| self.label(rule, sighting)).collect()
            }
            Measure::Days(signal) => match self.sightings.of(signal).first() {
                Some(sighting) => vec![self.label(rule, sighting)],
                None => vec![self.opening(rule)],
            },
            Measure::Recipients => {
                let recipients = &self.message.envelope().recipients;
                let text = rule.label.clone().unwrap_or_default();
                recipients
                    .iter()
                    .skip(1)
                    .chain(recipients.first())
                    .map(|r| Label { span: self.view.back(*r), text: text.clone() })
                    .collect()
            }
            Measure::Words => vec![self.opening(rule)],
        };
        Some(self.diagnostic(rule, labels, Some((number, at_most)), Vec::new()))
    }

    /// The first line of what the letter says, for a finding about the whole of it.
    fn opening(&self, rule: &Rule) -> Label {
        let body = self.message.sentences().iter().find(|sentence| sentence.part == Part::Body);
        let span = body.map_or(Span::at(0), |sentence| self.message.back(self.view, sentence.span));
        Label { span, text: rule.label.clone().unwrap_or_default() }
    }

    fn out_of_order(&self, rule: &Rule, signals: &[SignalId]) -> Option<Diagnostic> {
        let firsts: Vec<&Sighting> = signals.iter().filter_map(|id| self.sightings.of(*id).first()).collect();
        let pair = firsts.windows(2).find(|pair| pair[1].span < pair[0].span)?;
        let labels = vec![self.label(rule, pair[1]), self.label(rule, pair[0])];
        Some(self.diagnostic(rule, labels, None, Vec::new()))
    }

    fn label(&self, rule: &Rule, sighting: &Sighting) -> Label {
        let means = &self.pack.signals[sighting.signal].means;
        let text = rule.label.clone().unwrap_or_else(|| means.clone());
        Label { span: self.in_file(sighting.span), text }
    }

    fn replacement(&self, rule: &Rule, sentence: Span<Laid>) -> Vec<Edit> {
        match &rule.mend {
            Some(Mend::Replace { text }) => vec![Edit { span: self.in_file(sentence), text: text.clone() }],
            Some(Mend::Insert { .. }) | None => Vec::new(),
        }
    }

    fn in_file(&self, span: Span<Laid>) -> Span<Decoded> {
        self.message.back(self.view, span)
    }

    fn diagnostic(&self, rule: &Rule, labels: Vec<Label>, numbers: Option<(i64, i64)>, edits: Vec<Edit>) -> Diagnostic {
        let step = &self.pack.steps[rule.step];
        let fill = |text: &str| match numbers {
            Some((count, limit)) => text.replace("{count}", &count.to_string()).replace("{limit}", &limit.to_string()),
            None => text.to_owned(),
        };
        Diagnostic {
            rule: rule.id.clone(),
            level: rule.level,
            message: fill(&rule.message),
            labels,
            notes: vec![step.text.clone()],
            help: Some(fill(&rule.help)),
            edits,
            is_safe: rule.is_safe,
        }
    }
}
