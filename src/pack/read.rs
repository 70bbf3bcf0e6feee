//! Reads a pack out of YAML, collecting every mistake on the way.

use super::advice::Step;
use super::kind::Kind;
use super::mistake::{Mistake, Mistakes};
use super::order;
use super::pattern::{self, Fault};
use super::shape::{Fields, one_or_many};
use super::signal::Signal;
use super::words::{self, Vocabulary};
use super::{KindId, Pack, Pattern, PatternId, Place, SignalId, closest};
use crate::diagnostic::{Diagnostic, Level};
use crate::yaml::{self, Node, Value};
use std::collections::{HashMap, HashSet};

/// An example in a pack and where it is written.
#[derive(Debug, Clone)]
pub struct Example {
    /// The sentence or the letter.
    pub text: String,
    /// Its place in the YAML.
    pub place: Place,
}

pub(super) fn read(yaml: &str) -> Result<Pack, Vec<Diagnostic>> {
    let mut mistakes = Mistakes::new(yaml);
    let pack = match yaml::parse(yaml) {
        Ok(root) => Reader::new(&mut mistakes).pack(&root),
        Err(unreadable) => {
            mistakes.add(Mistake::NotYaml(unreadable.message), unreadable.span);
            None
        }
    };
    let found = mistakes.into_diagnostics();
    let is_sound = found.iter().all(|mistake| mistake.level < Level::Error);
    match pack {
        Some(pack) if is_sound => Ok(pack),
        _ => Err(found),
    }
}

pub(super) const PACK_KEYS: &[&str] = &["pack", "title", "language", "words", "cues", "signals", "letters", "advice"];

/// A pack as far as it has been read.
pub(super) struct Reader<'m, 'y> {
    pub(super) mistakes: &'m mut Mistakes<'y>,
    words: Vocabulary,
    patterns: Vec<Pattern>,
    pattern_places: Vec<Place>,
    pattern_ids: HashMap<Pattern, PatternId>,
    signals: Names,
    kinds: Names,
    pub(super) rule_ids: HashSet<String>,
}

/// Names in the order of the pack, and the first number of each.
#[derive(Default)]
struct Names {
    all: Vec<String>,
    ids: HashMap<String, usize>,
}

impl<'m, 'y> Reader<'m, 'y> {
    fn new(mistakes: &'m mut Mistakes<'y>) -> Self {
        Reader {
            mistakes,
            words: Vocabulary::new(Vec::new()),
            patterns: Vec::new(),
            pattern_places: Vec::new(),
            pattern_ids: HashMap::new(),
            signals: Names::default(),
            kinds: Names::default(),
            rule_ids: HashSet::new(),
        }
    }

    fn pack(mut self, root: &Node) -> Option<Pack> {
        let fields = self.fields(root, PACK_KEYS)?;
        let name = self.required_text(&fields, "pack").unwrap_or_default();
        let title = self.required_text(&fields, "title").unwrap_or_default();
        let words = self.entries(&fields, "words");
        self.words = words::read(words, self.mistakes);
        let (cues, signals) = (self.entries(&fields, "cues"), self.entries(&fields, "signals"));
        let letters = self.list(&fields, "letters");
        let steps = self.list(&fields, "advice");
        self.signals = self.names("signal", cues.iter().chain(signals).map(|e| (e.key.as_str(), e.key_span)));
        self.kinds = self.kind_names(letters);

        let all = cues.iter().map(|entry| (entry, true)).chain(signals.iter().map(|entry| (entry, false)));
        let mut signals: Vec<Signal> = all.filter_map(|(entry, cue)| self.signal(entry, cue)).collect();
        let mut kinds: Vec<Kind> = letters.iter().filter_map(|node| self.kind(node)).collect();
        let mut rules = Vec::new();
        let steps: Vec<Step> =
            steps.iter().enumerate().filter_map(|(step, node)| self.step(step, node, &mut rules)).collect();
        // Numbers of signals are places in `self.signals`; they hold only if no signal was dropped.
        if signals.len() != self.signals.all.len() || kinds.len() != self.kinds.all.len() {
            return None;
        }
        order::sort(&mut signals, &mut kinds, &mut rules, self.mistakes)?;
        let (patterns, pattern_places) = (self.patterns, self.pattern_places);
        let Vocabulary { lists, pieces, .. } = self.words;
        Some(Pack { name, title, signals, kinds, steps, rules, patterns, pattern_places, pieces, lists })
    }

    fn kind_names(&mut self, letters: &[Node]) -> Names {
        let named = letters.iter().filter_map(|node| match &node.value {
            Value::Map(entries) => entries.iter().find(|entry| entry.key == "kind"),
            _ => None,
        });
        let named: Vec<(&str, Place)> = named
            .filter_map(|entry| match &entry.node.value {
                Value::Scalar(name) => Some((name.as_str(), entry.node.span)),
                _ => None,
            })
            .collect();
        self.names("kind of letter", named.into_iter())
    }

    fn names<'n>(&mut self, what: &'static str, named: impl Iterator<Item = (&'n str, Place)>) -> Names {
        let mut names = Names::default();
        for (name, place) in named {
            if names.ids.contains_key(name) {
                self.mistakes.add(Mistake::Duplicate { what, name: name.to_owned() }, place);
            } else {
                names.ids.insert(name.to_owned(), names.all.len());
            }
            names.all.push(name.to_owned());
        }
        names
    }

    pub(super) fn pattern(&mut self, text: &str, node: &Node) -> Option<PatternId> {
        match pattern::read(text, &mut self.words) {
            Ok(pattern) => {
                let (patterns, places) = (&mut self.patterns, &mut self.pattern_places);
                Some(*self.pattern_ids.entry(pattern).or_insert_with_key(|pattern| {
                    patterns.push(pattern.clone());
                    places.push(node.span);
                    patterns.len() - 1
                }))
            }
            Err(Fault { at, kind }) => {
                let place = node.place(self.mistakes.yaml(), at);
                self.mistakes.add(Mistake::BadPattern(kind), place);
                None
            }
        }
    }

    /// The kinds of letter that `for:` names; `other`, where it is allowed, is a letter of no kind.
    pub(super) fn kinds(&mut self, fields: &Fields<'_>, allow_other: bool) -> Vec<Option<KindId>> {
        let Some(entry) = fields.get("for") else { return Vec::new() };
        let mut kinds = Vec::new();
        for node in one_or_many(&entry.node) {
            let Some(name) = self.scalar(node, "the name of a kind of letter") else { continue };
            match self.kinds.ids.get(name) {
                Some(kind) => kinds.push(Some(*kind)),
                None if allow_other && name == "other" => kinds.push(None),
                None => {
                    let meant = self.meant(name, &self.kinds);
                    self.unknown("kind of letter", name, meant.as_deref(), node.span);
                }
            }
        }
        kinds
    }

    pub(super) fn signal_ids(&mut self, node: &Node) -> Option<Vec<SignalId>> {
        let read: Vec<Option<SignalId>> = one_or_many(node)
            .iter()
            .map(|node| {
                let name = self.scalar(node, "the name of a signal")?;
                self.signal_id(name, node.span)
            })
            .collect();
        read.into_iter().collect()
    }

    pub(super) fn signal_id(&mut self, name: &str, place: Place) -> Option<SignalId> {
        let id = self.signals.ids.get(name).copied();
        if id.is_none() {
            let meant = self.meant(name, &self.signals);
            self.unknown("signal", name, meant.as_deref(), place);
        }
        id
    }

    /// The name most like `name`. Where no more mistakes are shown none is looked for, which takes time.
    fn meant(&self, name: &str, names: &Names) -> Option<String> {
        let shown = !self.mistakes.is_full();
        shown.then(|| closest(name, names.all.iter().map(String::as_str))).flatten().map(str::to_owned)
    }

    pub(super) fn unknown(&mut self, what: &'static str, name: &str, meant: Option<&str>, place: Place) {
        let (name, meant) = (name.to_owned(), meant.map(str::to_owned));
        self.mistakes.add(Mistake::Unknown { what, name, meant }, place);
    }
}
