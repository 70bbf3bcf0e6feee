//! The advice: its steps and the rules that serve them.

use super::condition::Cond;
use super::mistake::Mistake;
use super::read::{Example, Reader};
use super::shape::Fields;
use super::{KindId, Place, SignalId, closest};
use crate::diagnostic::Level;
use crate::part::Part;
use crate::yaml::{Entry, Node, Value};
use serde::{Deserialize, Serialize};

pub(super) const STEP_KEYS: &[&str] = &["step", "title", "text", "rules"];
pub(super) const RULE_KEYS: &[&str] = &[
    "id",
    "for",
    "when",
    "require",
    "forbid",
    "limit",
    "order",
    "level",
    "message",
    "help",
    "label",
    "insert",
    "replace",
    "drafts-only",
    "fix",
    "good",
    "bad",
];
const GRADES: [&str; 2] = ["safe", "unsafe"];
const DEMAND_KEYS: &[&str] = &["require", "forbid", "limit", "order"];
pub(super) const LIMIT_KEYS: &[&str] = &["signal", "measure", "since", "at-most"];
pub(super) const INSERT_KEYS: &[&str] = &["after", "before", "start-of", "end-of", "text"];
const ANCHOR_KEYS: &[&str] = &["after", "before", "start-of", "end-of"];

/// A step of the advice.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Step {
    /// Its number, as reports show it; 0 stands for what always holds.
    pub number: u32,
    /// A few words.
    pub title: String,
    /// The advice itself.
    pub text: String,
}

/// A rule: advice about signals, with no pattern of its own.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Rule {
    /// Its name, e.g. `apologize`.
    pub id: String,
    /// The number of its step in [`super::Pack::steps`].
    pub step: usize,
    /// The kinds of letter that it judges; empty for every kind that the pack knows.
    pub kinds: Vec<KindId>,
    /// What a letter must say for the rule to be asked at all.
    pub when: Option<Cond<SignalId>>,
    /// What the rule asks, one or more; each breach is a finding.
    pub demands: Vec<Demand>,
    /// How much a breach matters.
    pub level: Level,
    /// What is wrong; `{count}` and `{limit}` are filled in for limits.
    pub message: String,
    /// What to do.
    pub help: String,
    /// What stands under the passage; empty for what the signal means.
    pub label: Option<String>,
    /// What would mend it.
    pub mend: Option<Mend>,
    /// Whether what would mend it may be done unasked: it leaves all that the writer says as it is.
    pub is_safe: bool,
    /// Whether templates are excused.
    pub drafts_only: bool,
    /// Letters that keep the rule.
    #[serde(skip)]
    pub good: Vec<Example>,
    /// Letters that break it.
    #[serde(skip)]
    pub bad: Vec<Example>,
    /// Where its name is written.
    #[serde(skip, default = "super::nowhere")]
    pub place: Place,
}

impl Rule {
    /// Whether what a letter says about `signal` decides whether it keeps the rule.
    pub fn uses(&self, signal: SignalId) -> bool {
        let in_when = self.when.iter().flat_map(Cond::leaves).any(|leaf| *leaf == signal);
        in_when || self.demands.iter().any(|demand| demand.signals().contains(&signal))
    }
}

/// What a rule asks of a letter.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Demand {
    /// It must say this.
    Require(Cond<SignalId>),
    /// It must not say any of these.
    Forbid(Vec<SignalId>),
    /// A number must not be larger than a limit.
    Limit {
        /// Which number.
        measure: Measure,
        /// The limit.
        at_most: i64,
    },
    /// These must be said first in this order, as far as they are said.
    Order(Vec<SignalId>),
}

/// A number that a letter has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Measure {
    /// How many sentences say it.
    Count(SignalId),
    /// The words of its body.
    Words,
    /// The people it is addressed to or copied to.
    Recipients,
    /// The days from what it answers to the letter: from the date in a sighting of the signal, from the message's
    /// date given by the caller, or from the date of the quoted mail.
    Days(SignalId),
}

/// How a breach is mended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mend {
    /// A sentence comes in.
    Insert {
        /// Where.
        anchor: Anchor,
        /// What.
        text: String,
    },
    /// The sentence becomes another one; an empty text takes it out.
    Replace {
        /// What stands there afterwards.
        text: String,
    },
}

/// A place in a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Anchor {
    /// Behind the first sentence that says it; at the end of the body where none does.
    AfterSignal(SignalId),
    /// Before the first sentence that says it; at the start of the body where none does.
    BeforeSignal(SignalId),
    /// As the first sentence of the part.
    StartOf(Part),
    /// As the last sentence of the part.
    EndOf(Part),
}

impl Demand {
    /// The signals that it is about.
    pub fn signals(&self) -> Vec<SignalId> {
        match self {
            Demand::Require(cond) => cond.leaves().into_iter().copied().collect(),
            Demand::Forbid(signals) | Demand::Order(signals) => signals.clone(),
            Demand::Limit { measure: Measure::Count(signal) | Measure::Days(signal), .. } => vec![*signal],
            Demand::Limit { measure: Measure::Words | Measure::Recipients, .. } => Vec::new(),
        }
    }
}

impl Reader<'_, '_> {
    /// Reads a step and puts its rules behind `rules`.
    pub(super) fn step(&mut self, step: usize, node: &Node, rules: &mut Vec<Rule>) -> Option<Step> {
        let fields = self.fields(node, STEP_KEYS)?;
        let number = self.number(&fields, "step").and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
        let title = self.required_text(&fields, "title").unwrap_or_default();
        let text = self.required_text(&fields, "text").unwrap_or_default();
        for node in self.list(&fields, "rules") {
            if let Some(rule) = self.rule(node, step) {
                if !self.rule_ids.insert(rule.id.clone()) {
                    self.mistakes.add(Mistake::Duplicate { what: "rule", name: rule.id.clone() }, rule.place);
                }
                rules.push(rule);
            }
        }
        Some(Step { number, title, text })
    }

    fn rule(&mut self, node: &Node, step: usize) -> Option<Rule> {
        let fields = self.fields(node, RULE_KEYS)?;
        let id = self.required_text(&fields, "id")?;
        let place = fields.get("id").map_or(node.span, |entry| entry.node.span);
        let kinds = self.kinds(&fields, false).into_iter().flatten().collect();
        let when = fields.get("when").and_then(|entry| self.said(&entry.node));
        let demands = self.demands(&fields);
        let level = self.level(&fields);
        let message = self.required_text(&fields, "message");
        let help = self.required_text(&fields, "help");
        let label = self.text(&fields, "label");
        let mend = self.mend(&fields);
        let is_safe = self.is_safe(&fields);
        let drafts_only = self.text(&fields, "drafts-only").is_some_and(|text| text == "true");
        let good = self.examples(&fields, "good");
        let bad = self.examples(&fields, "bad");
        for (key, examples) in [("good", &good), ("bad", &bad)] {
            if examples.is_empty() {
                self.mistakes.add(Mistake::NoExamples { what: "rule", name: id.clone(), key }, place);
            }
        }
        let (demands, level, message, help) = (demands?, level?, message?, help?);
        Some(Rule {
            id,
            step,
            kinds,
            when,
            demands,
            level,
            message,
            help,
            label,
            mend,
            is_safe,
            drafts_only,
            good,
            bad,
            place,
        })
    }

    fn demands(&mut self, fields: &Fields<'_>) -> Option<Vec<Demand>> {
        let given = fields.entries.iter().filter(|entry| DEMAND_KEYS.contains(&entry.key.as_str()));
        let read: Vec<Option<Demand>> = given.map(|entry| self.demand(entry)).collect();
        if read.is_empty() {
            self.mistakes.add(Mistake::OneOf { keys: DEMAND_KEYS }, fields.place);
            return None;
        }
        read.into_iter().collect()
    }

    fn demand(&mut self, entry: &Entry) -> Option<Demand> {
        match entry.key.as_str() {
            "require" => self.said(&entry.node).map(Demand::Require),
            "forbid" => self.signal_ids(&entry.node).map(Demand::Forbid),
            "order" => self.signal_ids(&entry.node).map(Demand::Order),
            _ => self.limit(&entry.node),
        }
    }

    fn limit(&mut self, node: &Node) -> Option<Demand> {
        let fields = self.fields(node, LIMIT_KEYS)?;
        let at_most = self.number(&fields, "at-most");
        if at_most.is_none() && fields.get("at-most").is_none() {
            self.mistakes.add(Mistake::MissingKey { key: "at-most" }, fields.place);
        }
        let signal_of = |reader: &mut Self, key: &str| {
            let entry = fields.get(key)?;
            let name = reader.scalar(&entry.node, "the name of a signal")?;
            reader.signal_id(name, entry.node.span)
        };
        let measure = match fields.get("measure") {
            None => {
                if fields.get("signal").is_none() {
                    self.mistakes.add(Mistake::OneOf { keys: &["signal", "measure"] }, fields.place);
                }
                Measure::Count(signal_of(self, "signal")?)
            }
            Some(entry) => match self.scalar(&entry.node, "the name of a measure")? {
                "words" => Measure::Words,
                "recipients" => Measure::Recipients,
                "days" => {
                    if fields.get("since").is_none() {
                        self.mistakes.add(Mistake::MissingKey { key: "since" }, fields.place);
                    }
                    Measure::Days(signal_of(self, "since")?)
                }
                name => {
                    let meant = closest(name, ["words", "recipients", "days"].into_iter());
                    self.unknown("measure", name, meant, entry.node.span);
                    return None;
                }
            },
        };
        Some(Demand::Limit { measure, at_most: at_most? })
    }

    fn level(&mut self, fields: &Fields<'_>) -> Option<Level> {
        let name = self.required_text(fields, "level")?;
        let level = Level::find(&name);
        if level.is_none() {
            let place = fields.get("level").map_or(fields.place, |entry| entry.node.span);
            self.unknown("level", &name, closest(&name, Level::ALL.iter().map(|level| level.name())), place);
        }
        level
    }

    fn is_safe(&mut self, fields: &Fields<'_>) -> bool {
        let Some(grade) = self.text(fields, "fix") else { return false };
        if !GRADES.contains(&grade.as_str()) {
            let place = fields.get("fix").map_or(fields.place, |entry| entry.node.span);
            self.unknown("grade of a fix", &grade, closest(&grade, GRADES.into_iter()), place);
        }
        grade == "safe"
    }

    fn mend(&mut self, fields: &Fields<'_>) -> Option<Mend> {
        if let Some(entry) = fields.get("replace") {
            let text = match &entry.node.value {
                Value::Nothing => String::new(),
                _ => self.scalar(&entry.node, "the sentence to write instead")?.to_owned(),
            };
            return Some(Mend::Replace { text });
        }
        let entry = fields.get("insert")?;
        let fields = self.fields_at(&entry.node, INSERT_KEYS, entry.key_span)?;
        let text = self.required_text(&fields, "text")?;
        let given: Vec<&Entry> = fields.entries.iter().filter(|e| ANCHOR_KEYS.contains(&e.key.as_str())).collect();
        let [at] = given.as_slice() else {
            self.mistakes.add(Mistake::OneOf { keys: ANCHOR_KEYS }, fields.place);
            return None;
        };
        let name = self.scalar(&at.node, "the name of a signal or a part")?;
        let anchor = match at.key.as_str() {
            "after" => Anchor::AfterSignal(self.signal_id(name, at.node.span)?),
            "before" => Anchor::BeforeSignal(self.signal_id(name, at.node.span)?),
            key => {
                let Some(part) = Part::find(name) else {
                    let meant = closest(name, Part::ALL.iter().map(|part| part.name()));
                    self.unknown("part of a letter", name, meant, at.node.span);
                    return None;
                };
                if key == "start-of" { Anchor::StartOf(part) } else { Anchor::EndOf(part) }
            }
        };
        Some(Mend::Insert { anchor, text })
    }
}
