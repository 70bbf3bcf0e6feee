//! What a passage can say.

use super::condition::{Cond, Passage, Scope};
use super::mistake::Mistake;
use super::read::{Example, Reader};
use super::shape::{Fields, one_or_many};
use super::weighing::Weighing;
use super::{KindId, Place, closest};
use crate::part::Part;
use crate::yaml::{Entry, Node, Value};
use serde::{Deserialize, Serialize};

pub(super) const SIGNAL_KEYS: &[&str] = &[
    "means",
    "in",
    "for",
    "any",
    "all",
    "none",
    "weigh",
    "weigh-letter",
    "words",
    "at-least",
    "unless",
    "says",
    "says-not",
];
pub(super) const CONDITION_KEYS: &[&str] = &["any", "all", "none", "signal", "in"];

/// Something that a passage says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Signal {
    /// Its name, e.g. `pay-elsewhere`.
    pub name: String,
    /// What it means, in a few words that complete "this says that ...".
    pub means: String,
    /// A cue only helps to tell other signals and kinds of letter; it is not part of what a letter is said to say.
    pub cue: bool,
    /// The parts of a letter in which it can be said.
    pub parts: Vec<Part>,
    /// The kinds of letter in which it can be said, `None` for a letter of no kind; empty for all.
    pub kinds: Vec<Option<KindId>>,
    /// What must hold of a sentence. This and what follows is for the plan to read; a compiled pack has its plan already.
    #[serde(skip, default = "nothing")]
    pub any: Cond<Passage>,
    /// What is weighed instead of `any`, where no condition tells it.
    #[serde(skip)]
    pub weighing: Option<Weighing>,
    /// What must not hold of it.
    #[serde(skip)]
    pub unless: Option<Cond<Passage>>,
    /// Sentences in which it is found.
    #[serde(skip)]
    pub says: Vec<Example>,
    /// Near misses.
    #[serde(skip)]
    pub says_not: Vec<Example>,
    /// Where its name is written.
    #[serde(skip, default = "super::nowhere")]
    pub place: Place,
}

fn nothing() -> Cond<Passage> {
    Cond::Any(Vec::new())
}

impl Reader<'_, '_> {
    /// Reads a signal or a cue.
    pub(super) fn signal(&mut self, entry: &Entry, cue: bool) -> Option<Signal> {
        let fields = self.fields_at(&entry.node, SIGNAL_KEYS, entry.key_span)?;
        let means = if cue { self.text(&fields, "means") } else { self.required_text(&fields, "means") };
        let parts = self.parts(&fields);
        let kinds = self.kinds(&fields, true);
        let weighing = self.weighing(&fields);
        let is_told = ["any", "all", "none"].iter().any(|key| fields.get(key).is_some());
        let any = match &weighing {
            Some(_) if !is_told => nothing(),
            Some(_) => {
                self.mistakes.add(Mistake::OneOf { keys: &["any", "all", "weigh"] }, fields.place);
                nothing()
            }
            None => self.combined(&fields, "signal")?,
        };
        let unless = fields.get("unless").and_then(|entry| self.passages(&entry.node)).map(Cond::Any);
        let says = self.examples(&fields, "says");
        let says_not = self.examples(&fields, "says-not");
        if says.is_empty() {
            let mistake = Mistake::NoExamples { what: "signal", name: entry.key.clone(), key: "says" };
            self.mistakes.add(mistake, entry.key_span);
        }
        Some(Signal {
            name: entry.key.clone(),
            means: means.unwrap_or_default(),
            cue,
            parts,
            kinds,
            any,
            weighing,
            unless,
            says,
            says_not,
            place: entry.key_span,
        })
    }

    fn parts(&mut self, fields: &Fields<'_>) -> Vec<Part> {
        let Some(entry) = fields.get("in") else { return vec![Part::Body, Part::Postscript] };
        let mut parts = Vec::new();
        for node in one_or_many(&entry.node) {
            let Some(name) = self.scalar(node, "the name of a part") else { continue };
            match Part::find(name) {
                Some(part) => parts.push(part),
                None if name == "anywhere" => parts.extend(Part::ALL),
                None => {
                    let names = Part::ALL.iter().map(|part| part.name()).chain(["anywhere"]);
                    self.unknown("part of a letter", name, closest(name, names), node.span);
                }
            }
        }
        parts
    }

    /// `any`, `all` and `none` of one map, which must all hold.
    fn combined(&mut self, fields: &Fields<'_>, what: &'static str) -> Option<Cond<Passage>> {
        let mut parts = Vec::new();
        for (key, wrap) in [
            ("any", Cond::Any as fn(Vec<_>) -> _),
            ("all", Cond::All as fn(Vec<_>) -> _),
            ("none", Cond::None as fn(Vec<_>) -> _),
        ] {
            if let Some(entry) = fields.get(key) {
                parts.push(wrap(self.passages(&entry.node)?));
            }
        }
        if let Some(entry) = fields.get("signal").filter(|_| what != "signal") {
            let name = self.scalar(&entry.node, "the name of a signal")?;
            parts.push(Cond::Leaf(Passage::Signal(self.signal_id(name, entry.node.span)?)));
        }
        match parts.len() {
            0 => {
                self.mistakes.add(
                    Mistake::OneOf { keys: if what == "signal" { &["any", "all", "weigh"] } else { &["any", "all"] } },
                    fields.place,
                );
                None
            }
            1 => parts.pop(),
            _ => Some(Cond::All(parts)),
        }
    }

    fn passages(&mut self, node: &Node) -> Option<Vec<Cond<Passage>>> {
        let read: Vec<Option<Cond<Passage>>> = one_or_many(node).iter().map(|node| self.passage(node)).collect();
        read.into_iter().collect()
    }

    fn passage(&mut self, node: &Node) -> Option<Cond<Passage>> {
        match &node.value {
            Value::Scalar(text) => self.pattern(text, node).map(|id| Cond::Leaf(Passage::Pattern(id))),
            Value::Map(_) => {
                let fields = self.fields(node, CONDITION_KEYS)?;
                let cond = self.combined(&fields, "condition")?;
                let Some(entry) = fields.get("in") else { return Some(cond) };
                let name = self.scalar(&entry.node, "the name of a place")?;
                match Scope::find(name) {
                    Some(scope) => Some(Cond::Leaf(Passage::Elsewhere(scope, Box::new(cond)))),
                    None => {
                        let names = Scope::NAMES.into_iter().chain(Part::ALL.iter().map(|part| part.name()));
                        self.unknown("place", name, closest(name, names), entry.node.span);
                        None
                    }
                }
            }
            Value::Nothing | Value::List(_) => {
                let wanted = "a pattern, or `any`, `all`, `none` or `signal` with `in`";
                self.mistakes.add(Mistake::WrongShape { wanted }, node.span);
                None
            }
        }
    }
}
