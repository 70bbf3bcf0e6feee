//! The list of what each letter says, as careful readers found it.

use crate::diagnostic::Diagnostic;
use crate::pack::{Mistake, Mistakes, Pack, closest};
use crate::span::{Decoded, Span};
use crate::yaml::{self, Node, Value};

/// What is known about a set of letters.
#[derive(Debug, Clone, Default)]
pub struct Labels {
    /// One for each letter.
    pub letters: Vec<Labelled>,
}

/// What is known about one letter.
#[derive(Debug, Clone)]
pub struct Labelled {
    /// The letter's file, relative to the folder of the list.
    pub file: String,
    /// Its kind; [`Labels::OTHER`] where it is none that a pack knows, [`Labels::UNCLEAR`] where readers differed.
    pub kind: String,
    /// The signals that it says.
    pub says: Vec<String>,
    /// The signals that are not scored in it.
    pub unsure: Vec<String>,
    /// Where its row is written.
    pub place: Span<Decoded>,
}

impl Labels {
    /// The kind of a letter that is none of those that a pack knows.
    pub const OTHER: &'static str = "other";
    /// The kind of a letter on which readers differed; it is not scored.
    pub const UNCLEAR: &'static str = "unclear";

    /// Reads a list.
    ///
    /// # Errors
    ///
    /// All mistakes in it, signals that no pack has among them.
    pub fn read(yaml: &str, pack: &Pack) -> Result<Labels, Vec<Diagnostic>> {
        let mut mistakes = Mistakes::new(yaml);
        let mut letters = Vec::new();
        match yaml::parse(yaml) {
            Err(unreadable) => mistakes.add(Mistake::NotYaml(unreadable.message), unreadable.span),
            Ok(root) => {
                for row in rows(&root, &mut mistakes) {
                    letters.extend(labelled(row, pack, &mut mistakes));
                }
            }
        }
        let found = mistakes.into_diagnostics();
        if found.is_empty() { Ok(Labels { letters }) } else { Err(found) }
    }
}

fn rows<'n>(root: &'n Node, mistakes: &mut Mistakes<'_>) -> &'n [Node] {
    let letters = match &root.value {
        Value::Map(entries) => entries.iter().find(|entry| entry.key == "letters"),
        _ => None,
    };
    match letters.map(|entry| &entry.node.value) {
        Some(Value::List(rows)) => rows,
        _ => {
            mistakes.add(Mistake::MissingKey { key: "letters" }, root.span);
            &[]
        }
    }
}

fn labelled(row: &Node, pack: &Pack, mistakes: &mut Mistakes<'_>) -> Option<Labelled> {
    let Value::Map(entries) = &row.value else {
        mistakes.add(Mistake::WrongShape { wanted: "a letter: `file`, `kind`, `says` and `unsure`" }, row.span);
        return None;
    };
    let mut labelled =
        Labelled { file: String::new(), kind: String::new(), says: Vec::new(), unsure: Vec::new(), place: row.span };
    for entry in entries {
        match (entry.key.as_str(), &entry.node.value) {
            ("file", Value::Scalar(file)) => labelled.file.clone_from(file),
            ("kind", Value::Scalar(kind)) => labelled.kind.clone_from(kind),
            ("says", Value::List(names)) => labelled.says = signals(names, pack, mistakes),
            ("unsure", Value::List(names)) => labelled.unsure = signals(names, pack, mistakes),
            _ => {
                let known = vec!["file", "kind", "says", "unsure"];
                mistakes.add(Mistake::UnknownKey { key: entry.key.clone(), known }, entry.key_span);
            }
        }
    }
    for (key, value) in [("file", &labelled.file), ("kind", &labelled.kind)] {
        if value.is_empty() {
            mistakes.add(Mistake::MissingKey { key }, row.span);
        }
    }
    Some(labelled)
}

fn signals(names: &[Node], pack: &Pack, mistakes: &mut Mistakes<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for node in names {
        match &node.value {
            Value::Scalar(name) if pack.find_signal(name).is_some() => found.push(name.clone()),
            Value::Scalar(name) => {
                let known = pack.signals.iter().map(|signal| signal.name.as_str());
                let meant = closest(name, known).map(str::to_owned);
                mistakes.add(Mistake::Unknown { what: "signal", name: name.clone(), meant }, node.span);
            }
            _ => mistakes.add(Mistake::WrongShape { wanted: "the name of a signal" }, node.span),
        }
    }
    found
}
