//! The shapes of YAML: keys and values, lists, texts, numbers. Whatever has another shape is a mistake.

use super::Place;
use super::mistake::Mistake;
use super::read::{Example, Reader};
use crate::yaml::{Entry, Node, Value};

/// The entries of a map that is known to have none but known keys.
pub(super) struct Fields<'n> {
    pub entries: &'n [Entry],
    pub place: Place,
}

impl<'n> Fields<'n> {
    pub fn get(&self, key: &str) -> Option<&'n Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}

impl Reader<'_, '_> {
    pub(super) fn fields<'n>(&mut self, node: &'n Node, known: &'static [&'static str]) -> Option<Fields<'n>> {
        self.fields_at(node, known, node.span)
    }

    pub(super) fn fields_at<'n>(
        &mut self,
        node: &'n Node,
        known: &'static [&'static str],
        place: Place,
    ) -> Option<Fields<'n>> {
        let Value::Map(entries) = &node.value else {
            self.mistakes.add(Mistake::WrongShape { wanted: "keys and values" }, place);
            return None;
        };
        for entry in entries.iter().filter(|entry| !known.contains(&entry.key.as_str())) {
            let mistake = Mistake::UnknownKey { key: entry.key.clone(), known: known.to_vec() };
            self.mistakes.add(mistake, entry.key_span);
        }
        Some(Fields { entries, place })
    }

    pub(super) fn entries<'n>(&mut self, fields: &Fields<'n>, key: &str) -> &'n [Entry] {
        match fields.get(key).map(|entry| (&entry.node.value, entry.key_span)) {
            Some((Value::Map(entries), _)) => entries,
            Some((_, place)) => {
                self.mistakes.add(Mistake::WrongShape { wanted: "keys and values" }, place);
                &[]
            }
            None => &[],
        }
    }

    pub(super) fn list<'n>(&mut self, fields: &Fields<'n>, key: &str) -> &'n [Node] {
        match fields.get(key).map(|entry| (&entry.node.value, entry.key_span)) {
            Some((Value::List(nodes), _)) => nodes,
            Some((_, place)) => {
                self.mistakes.add(Mistake::WrongShape { wanted: "a list" }, place);
                &[]
            }
            None => &[],
        }
    }

    pub(super) fn examples(&mut self, fields: &Fields<'_>, key: &str) -> Vec<Example> {
        let nodes = fields.get(key).map_or(&[][..], |entry| one_or_many(&entry.node));
        nodes
            .iter()
            .filter_map(|node| {
                let text = self.scalar(node, "a text")?.to_owned();
                Some(Example { text, place: node.span })
            })
            .collect()
    }

    pub(super) fn required_text(&mut self, fields: &Fields<'_>, key: &'static str) -> Option<String> {
        if fields.get(key).is_none() {
            self.mistakes.add(Mistake::MissingKey { key }, fields.place);
        }
        self.text(fields, key)
    }

    pub(super) fn text(&mut self, fields: &Fields<'_>, key: &str) -> Option<String> {
        let entry = fields.get(key)?;
        self.scalar(&entry.node, "a text").map(str::to_owned)
    }

    pub(super) fn number(&mut self, fields: &Fields<'_>, key: &str) -> Option<i64> {
        let entry = fields.get(key)?;
        let number = self.scalar(&entry.node, "a whole number")?.parse().ok();
        if number.is_none() {
            self.mistakes.add(Mistake::WrongShape { wanted: "a whole number" }, entry.node.span);
        }
        number
    }

    pub(super) fn scalar<'n>(&mut self, node: &'n Node, wanted: &'static str) -> Option<&'n str> {
        match &node.value {
            Value::Scalar(text) => Some(text),
            Value::Nothing | Value::List(_) | Value::Map(_) => {
                self.mistakes.add(Mistake::WrongShape { wanted }, node.span);
                None
            }
        }
    }
}

/// The items of a list; anything else is a list of one.
pub(super) fn one_or_many(node: &Node) -> &[Node] {
    match &node.value {
        Value::List(nodes) => nodes,
        _ => std::slice::from_ref(node),
    }
}
