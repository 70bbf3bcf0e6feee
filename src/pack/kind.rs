//! What kind of letter it all makes.

use super::condition::Cond;
use super::mistake::Mistake;
use super::read::Reader;
use super::shape::{Fields, one_or_many};
use super::{Place, SignalId};
use crate::yaml::{Node, Value};
use serde::{Deserialize, Serialize};

pub(super) const LETTER_KEYS: &[&str] = &["kind", "title", "when", "weigh", "at-least", "at-most-words"];
pub(super) const SAID_KEYS: &[&str] = &["any", "all", "none"];

/// A kind of letter.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Kind {
    /// Its name, e.g. `decline`.
    pub name: String,
    /// What such a letter is called in a report, e.g. `a refusal`.
    pub title: String,
    /// What the letter must say to be of this kind.
    pub when: Option<Cond<SignalId>>,
    /// What each signal adds to the weight of the kind when one sentence says it; two count half as much again, three twice.
    pub weigh: Vec<(SignalId, i32)>,
    /// The least weight.
    pub at_least: i32,
    /// The most words that the body of such a letter has; a book that says all of it is no letter.
    pub at_most_words: Option<usize>,
    /// Where its name is written.
    #[serde(skip, default = "super::nowhere")]
    pub place: Place,
}

impl Reader<'_, '_> {
    pub(super) fn kind(&mut self, node: &Node) -> Option<Kind> {
        let fields = self.fields(node, LETTER_KEYS)?;
        let name = self.required_text(&fields, "kind")?;
        let title = self.required_text(&fields, "title").unwrap_or_default();
        let when = fields.get("when").and_then(|entry| self.said(&entry.node));
        let weigh = self.weights(&fields, "weigh");
        let at_least = self.number(&fields, "at-least").and_then(|n| i32::try_from(n).ok()).unwrap_or(1);
        let at_most_words = self.number(&fields, "at-most-words").and_then(|n| usize::try_from(n).ok());
        if fields.get("when").is_none() && fields.get("weigh").is_none() {
            self.mistakes.add(Mistake::OneOf { keys: &["when", "weigh"] }, fields.place);
        }
        let place = fields.get("kind").map_or(node.span, |entry| entry.node.span);
        Some(Kind { name, title, when, weigh, at_least, at_most_words, place })
    }

    /// Signals and what each weighs.
    pub(super) fn weights(&mut self, fields: &Fields<'_>, key: &str) -> Vec<(SignalId, i32)> {
        let mut weights = Vec::new();
        for entry in self.entries(fields, key) {
            let signal = self.signal_id(&entry.key, entry.key_span);
            let weight = self.scalar(&entry.node, "a whole number").and_then(|text| text.parse().ok());
            match (signal, weight) {
                (Some(signal), Some(weight)) => weights.push((signal, weight)),
                (_, None) => self.mistakes.add(Mistake::WrongShape { wanted: "a whole number" }, entry.node.span),
                (None, _) => {}
            }
        }
        weights
    }

    /// A condition over what a letter says.
    pub(super) fn said(&mut self, node: &Node) -> Option<Cond<SignalId>> {
        match &node.value {
            Value::Scalar(name) => self.signal_id(name, node.span).map(Cond::Leaf),
            Value::List(nodes) => self.said_each(nodes).map(Cond::Any),
            Value::Map(_) => {
                let fields = self.fields(node, SAID_KEYS)?;
                let mut parts = Vec::new();
                for entry in fields.entries {
                    let conds = self.said_each(one_or_many(&entry.node))?;
                    parts.push(match entry.key.as_str() {
                        "any" => Cond::Any(conds),
                        "all" => Cond::All(conds),
                        _ => Cond::None(conds),
                    });
                }
                Some(if parts.len() == 1 { parts.remove(0) } else { Cond::All(parts) })
            }
            Value::Nothing => {
                self.mistakes
                    .add(Mistake::WrongShape { wanted: "the name of a signal, or `any`, `all`, `none`" }, node.span);
                None
            }
        }
    }

    fn said_each(&mut self, nodes: &[Node]) -> Option<Vec<Cond<SignalId>>> {
        let read: Vec<Option<Cond<SignalId>>> = nodes.iter().map(|node| self.said(node)).collect();
        read.into_iter().collect()
    }
}
