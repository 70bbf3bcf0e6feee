//! The vocabulary of a pack: lists of words and phrases that patterns use by name.

use super::closest;
use super::mistake::{Mistake, Mistakes};
use super::pattern::{self, Fault};
use crate::yaml::{Entry, Node, Value};
use std::collections::HashMap;

/// A list grows by the lists that it uses; beyond this many bytes a pack is refused, before memory runs out.
const MAX_FILLED: usize = 1 << 18;

/// The lists, each as one alternation with all that it uses filled in.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    filled: HashMap<String, String>,
    names: Vec<String>,
}

impl Vocabulary {
    /// The alternation for a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.filled.get(name).map(String::as_str)
    }

    /// The name most like `name`.
    pub fn closest(&self, name: &str) -> Option<String> {
        closest(name, self.names.iter().map(String::as_str)).map(str::to_owned)
    }
}

/// Reads the `words:` of a pack. A list with a mistake is left out and its mistake noted.
pub fn read(entries: &[Entry], mistakes: &mut Mistakes<'_>) -> Vocabulary {
    let mut filler = Filler {
        lists: entries.iter().map(|entry| (entry.key.as_str(), entry)).collect(),
        vocabulary: Vocabulary { filled: HashMap::new(), names: entries.iter().map(|e| e.key.clone()).collect() },
        open: Vec::new(),
        mistakes,
    };
    for entry in entries {
        filler.fill(entry);
    }
    filler.vocabulary
}

struct Filler<'a, 'm, 'y> {
    lists: HashMap<&'a str, &'a Entry>,
    vocabulary: Vocabulary,
    /// The lists that are being filled in, outermost first: one that comes again closes a circle.
    open: Vec<&'a str>,
    mistakes: &'m mut Mistakes<'y>,
}

impl<'a> Filler<'a, '_, '_> {
    fn fill(&mut self, entry: &'a Entry) {
        if self.vocabulary.filled.contains_key(&entry.key) {
            return;
        }
        // Something must stand for it even when it is wrong, or each use would be a mistake of its own.
        let alternation = self.alternation(entry).unwrap_or_else(|| "(?:x{99})".to_owned());
        self.vocabulary.filled.insert(entry.key.clone(), alternation);
    }

    fn alternation(&mut self, entry: &'a Entry) -> Option<String> {
        let items = match &entry.node.value {
            Value::List(items) if !items.is_empty() => items.as_slice(),
            Value::Scalar(_) => std::slice::from_ref(&entry.node),
            _ => {
                self.mistakes.add(Mistake::WrongShape { wanted: "a list of words and phrases" }, entry.key_span);
                return None;
            }
        };
        self.open.push(&entry.key);
        let filled: Vec<String> = items.iter().filter_map(|item| self.fill_item(item)).collect();
        self.open.pop();
        let alternation = format!("(?:{})", filled.join("|"));
        if alternation.len() > MAX_FILLED {
            self.mistakes.add(Mistake::WordsTooLarge { name: entry.key.clone() }, entry.key_span);
            return None;
        }
        (!filled.is_empty()).then_some(alternation)
    }

    fn fill_item(&mut self, item: &'a Node) -> Option<String> {
        let Value::Scalar(text) = &item.value else {
            self.mistakes.add(Mistake::WrongShape { wanted: "a word or a phrase" }, item.span);
            return None;
        };
        for (at, name) in pattern::used_words(text) {
            if let Some(start) = self.open.iter().position(|open| *open == name) {
                let circle = self.open[start..].iter().map(|name| (*name).to_owned()).collect();
                let place = item.place(self.mistakes.yaml(), at);
                self.mistakes.add(Mistake::CircularWords { circle }, place);
                return None;
            }
            if let Some(used) = self.lists.get(name).copied() {
                self.fill(used);
            }
        }
        match pattern::fill_word(text, &self.vocabulary) {
            Ok(filled) => Some(filled),
            Err(Fault { at, kind }) => {
                let place = item.place(self.mistakes.yaml(), at);
                self.mistakes.add(Mistake::BadPattern(kind), place);
                None
            }
        }
    }
}
