//! Reads a configuration out of YAML, collecting every mistake on the way.

use super::mistake::{Mistake, Mistakes};
use super::{CONFIG_KEYS, Config, FailOn, Globs, Layer, OVERRIDE_KEYS, Override, RuleLevel, Written};
use crate::message::Date;
use crate::pack::{self, closest};
use crate::span::{Decoded, Span};
use crate::view::{FileType, Format, Template};
use crate::yaml::{self, Entry, Node, Value};

/// Reads a configuration. What is mistaken in it is noted in `mistakes` and left out, so that the rest can be looked at;
/// with a mistake noted it must not be used.
pub fn read(yaml: &str, mistakes: &mut Mistakes) -> Config {
    match yaml::parse(yaml) {
        // A file of comments says nothing, and that is no mistake.
        Ok(Node { value: Value::Nothing, .. }) => Config::default(),
        Ok(root) => Reader { mistakes }.config(&root),
        Err(unreadable) => {
            mistakes.add(pack::Mistake::NotYaml(unreadable.message), unreadable.span);
            Config::default()
        }
    }
}

/// The day that a text is, with its year.
pub fn day(text: &str) -> Option<Date> {
    let (range, date) = Date::find(text)?;
    (range == (0..text.len()) && date.year.is_some()).then_some(date)
}

/// Reads values out of YAML, for configurations and the files that go with them.
pub(crate) struct Reader<'m> {
    pub(crate) mistakes: &'m mut Mistakes,
}

impl Reader<'_> {
    fn config(&mut self, root: &Node) -> Config {
        let mut config = Config::default();
        for entry in self.entries(root, root.span, CONFIG_KEYS) {
            match entry.key.as_str() {
                "packs" => config.packs = Some(self.packs(entry)),
                "include" => config.include = Some(self.globs(entry)),
                "exclude" => config.exclude = Some(self.globs(entry)),
                "output-format" => config.output_format = self.text(&entry.node, "the name of an output format"),
                "extends" => config.extends = self.text(&entry.node, "the path of a configuration"),
                "accepted" => config.accepted = self.text(&entry.node, "the path of a file of accepted findings"),
                "root" => config.root = self.truth(&entry.node),
                "overrides" => config.overrides = self.overrides(entry),
                _ => self.layer_entry(entry, &mut config.layer),
            }
        }
        config
    }

    fn overrides(&mut self, entry: &Entry) -> Vec<Override> {
        let Value::List(nodes) = &entry.node.value else {
            self.wrong_shape("a list", entry.key_span);
            return Vec::new();
        };
        nodes.iter().filter_map(|node| self.override_of(node)).collect()
    }

    fn override_of(&mut self, node: &Node) -> Option<Override> {
        let mut layer = Layer::default();
        let mut files = None;
        for entry in self.entries(node, node.span, OVERRIDE_KEYS) {
            match entry.key.as_str() {
                "files" => files = Some(self.globs(entry)),
                _ => self.layer_entry(entry, &mut layer),
            }
        }
        if files.is_none() && matches!(node.value, Value::Map(_)) {
            self.mistakes.add(pack::Mistake::MissingKey { key: "files" }, node.span);
        }
        Some(Override { files: files?, layer })
    }

    fn layer_entry(&mut self, entry: &Entry, layer: &mut Layer) {
        match entry.key.as_str() {
            "rules" => layer.rules = self.by_rule(entry, Self::rule_level),
            "limits" => layer.limits = self.by_rule(entry, Self::number),
            "fail-on" => layer.fail_on = self.fail_on(&entry.node),
            "template" => layer.template = self.truth(&entry.node),
            "format" => layer.format = self.format(&entry.node),
            "kind" => layer.kind = self.text(&entry.node, "the name of a kind of letter"),
            "received-on" => layer.received_on = self.day(&entry.node),
            // Unknown keys are noted where the entries are taken.
            _ => {}
        }
    }

    fn by_rule<T>(
        &mut self,
        entry: &Entry,
        read: impl Fn(&mut Self, &Node) -> Option<Written<T>>,
    ) -> Vec<(Written<String>, Option<Written<T>>)> {
        let Value::Map(entries) = &entry.node.value else {
            self.wrong_shape("keys and values", entry.key_span);
            return Vec::new();
        };
        let rule = |entry: &Entry| Written { value: entry.key.clone(), span: entry.key_span };
        entries.iter().map(|entry| (rule(entry), read(self, &entry.node))).collect()
    }

    fn rule_level(&mut self, node: &Node) -> Option<Written<RuleLevel>> {
        let name = self.text(node, "`error`, `warning`, `note` or `off`")?;
        self.one_of("level", name, RuleLevel::find, &RuleLevel::ALL.map(RuleLevel::name))
    }

    fn fail_on(&mut self, node: &Node) -> Option<Written<FailOn>> {
        let name = self.text(node, "`note`, `warning`, `error` or `never`")?;
        self.one_of("level", name, FailOn::find, &FailOn::ALL.map(FailOn::name))
    }

    fn one_of<T>(
        &mut self,
        what: &'static str,
        name: Written<String>,
        find: impl Fn(&str) -> Option<T>,
        known: &[&str],
    ) -> Option<Written<T>> {
        let found = find(&name.value);
        if found.is_none() {
            let meant = closest(&name.value, known.iter().copied()).map(str::to_owned);
            let known = known.iter().map(|name| (*name).to_owned()).collect();
            self.mistakes.add(Mistake::Unknown { what, name: name.value, meant, known }, name.span);
        }
        Some(Written { value: found?, span: name.span })
    }

    fn format(&mut self, node: &Node) -> Option<Written<String>> {
        let name = self.text(node, "the name of a format")?;
        let templates = Template::ALL.map(|template| format!("text+{}", template.name()));
        let known: Vec<&str> =
            Format::ALL.iter().map(|format| format.name()).chain(templates.iter().map(String::as_str)).collect();
        let find = |name: &str| name.parse::<FileType>().ok().map(|_| name.to_owned());
        self.one_of("format", name, find, &known)
    }

    fn number(&mut self, node: &Node) -> Option<Written<i64>> {
        let wanted = "a whole number, 0 or more";
        let text = self.text(node, wanted)?;
        let number = text.value.parse().ok().filter(|number| *number >= 0);
        if number.is_none() {
            self.wrong_shape(wanted, text.span);
        }
        Some(Written { value: number?, span: text.span })
    }

    fn truth(&mut self, node: &Node) -> Option<Written<bool>> {
        let wanted = "`true` or `false`";
        let text = self.text(node, wanted)?;
        let truth = text.value.parse().ok();
        if truth.is_none() {
            self.wrong_shape(wanted, text.span);
        }
        Some(Written { value: truth?, span: text.span })
    }

    pub(crate) fn day(&mut self, node: &Node) -> Option<Written<Date>> {
        let wanted = "a day as year-month-day, e.g. `2026-05-03`";
        let text = self.text(node, wanted)?;
        let day = day(&text.value);
        if day.is_none() {
            self.wrong_shape(wanted, text.span);
        }
        Some(Written { value: day?, span: text.span })
    }

    fn packs(&mut self, entry: &Entry) -> Vec<Written<String>> {
        let packs = self.texts(entry, "the name or the path of a pack");
        for (number, pack) in packs.iter().enumerate() {
            if packs.iter().take(number).any(|other| other.value == pack.value) {
                self.mistakes.add(pack::Mistake::Duplicate { what: "pack", name: pack.value.clone() }, pack.span);
            }
        }
        packs
    }

    fn globs(&mut self, entry: &Entry) -> Globs {
        let written = self.texts(entry, "a glob");
        Globs::read(written, entry.key_span, self.mistakes)
    }

    /// The texts of a list; a text alone is a list of one. An empty list says nothing that could be meant.
    fn texts(&mut self, entry: &Entry, wanted: &'static str) -> Vec<Written<String>> {
        let nodes = match &entry.node.value {
            Value::List(nodes) => nodes.as_slice(),
            _ => std::slice::from_ref(&entry.node),
        };
        if nodes.is_empty() {
            self.wrong_shape(wanted, entry.key_span);
        }
        nodes.iter().filter_map(|node| self.text(node, wanted)).collect()
    }

    pub(crate) fn text(&mut self, node: &Node, wanted: &'static str) -> Option<Written<String>> {
        match &node.value {
            Value::Scalar(text) => Some(Written { value: text.clone(), span: node.span }),
            Value::Nothing | Value::List(_) | Value::Map(_) => {
                self.wrong_shape(wanted, node.span);
                None
            }
        }
    }

    pub(crate) fn entries<'n>(
        &mut self,
        node: &'n Node,
        place: Span<Decoded>,
        known: &'static [&'static str],
    ) -> &'n [Entry] {
        let Value::Map(entries) = &node.value else {
            self.wrong_shape("keys and values", place);
            return &[];
        };
        for entry in entries.iter().filter(|entry| !known.contains(&entry.key.as_str())) {
            let mistake = pack::Mistake::UnknownKey { key: entry.key.clone(), known: known.to_vec() };
            self.mistakes.add(mistake, entry.key_span);
        }
        entries
    }

    pub(crate) fn wrong_shape(&mut self, wanted: &'static str, place: Span<Decoded>) {
        self.mistakes.add(pack::Mistake::WrongShape { wanted }, place);
    }
}
