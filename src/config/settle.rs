//! What holds for one letter, and where each value is written.

use super::{Config, FailOn, Globs, Layer, RuleLevel, Written};
use crate::message::Date;
use crate::span::{Decoded, Span};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A configuration and the file that it was read from.
#[derive(Debug, Clone)]
pub struct ConfigFile {
    /// What reports call it.
    pub name: String,
    /// The folder that its paths and globs start from.
    pub folder: PathBuf,
    /// The whole text.
    pub yaml: String,
    /// What it says.
    pub config: Config,
}

impl ConfigFile {
    /// A path as its globs see it: relative to its folder, or from the root down for a path outside of it.
    pub fn relative<'p>(&self, path: &'p Path) -> &'p Path {
        let inside = path.strip_prefix(&self.folder).ok();
        inside.unwrap_or_else(|| {
            let mut parts = path.components();
            while parts.as_path().has_root() && parts.next().is_some() {}
            parts.as_path()
        })
    }
}

/// A value and where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// The number of the file in the chain.
    pub file: usize,
    /// The bytes of the value in it.
    pub span: Span<Decoded>,
}

/// What a configuration says of one letter; `None` where it says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settled {
    /// The packs, each relative to the folder of the file that names it.
    pub packs: Option<Vec<Sourced<String>>>,
    /// What is made of each rule.
    pub rules: BTreeMap<String, Sourced<RuleLevel>>,
    /// The number in the place of that of a rule's limit.
    pub limits: BTreeMap<String, Sourced<i64>>,
    /// The least level that makes a run fail.
    pub fail_on: Option<Sourced<FailOn>>,
    /// Whether it is a template.
    pub template: Option<Sourced<bool>>,
    /// The name of the kind of letter that it is.
    pub kind: Option<Sourced<String>>,
    /// The day on which the message came that it answers.
    pub received_on: Option<Sourced<Date>>,
    /// The type of file that it stands in, as `--format` takes it.
    pub format: Option<Sourced<String>>,
    /// The name of an output format.
    pub output_format: Option<Sourced<String>>,
    /// The file of accepted findings, relative to the folder of the file that names it.
    pub accepted: Option<Sourced<String>>,
    /// The globs of the files of folders that are letters.
    pub include: Option<Vec<Sourced<String>>>,
    /// The globs of what is left alone.
    pub exclude: Option<Vec<Sourced<String>>>,
}

/// The overrides that apply to the letter at `path`: the number of the file in the chain and that of the override in it.
pub fn applying(chain: &[ConfigFile], path: &Path) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (number, file) in chain.iter().enumerate() {
        let relative = file.relative(path);
        let overrides = file.config.overrides.iter().enumerate();
        found.extend(overrides.filter(|(_, o)| o.files.matches(relative, false)).map(|(own, _)| (number, own)));
    }
    found
}

/// What a chain of files, each extended by the next, says of letters to which these of its overrides apply. A file beats
/// what it extends, key by key and rule by rule, and an override beats the rest of its file.
pub fn settle(chain: &[ConfigFile], applying: &[(usize, usize)]) -> Settled {
    let mut settled = Settled::default();
    for (number, file) in chain.iter().enumerate() {
        settled.take_file(number, &file.config);
        settled.take_layer(number, &file.config.layer);
        let own = applying.iter().filter(|(file, _)| *file == number);
        for other in own.filter_map(|(_, own)| file.config.overrides.get(*own)) {
            settled.take_layer(number, &other.layer);
        }
    }
    settled
}

impl Settled {
    fn take_file(&mut self, number: usize, config: &Config) {
        let texts = |texts: &[Written<String>]| texts.iter().map(|text| sourced(number, text)).collect();
        let globs = |globs: &Globs| texts(&globs.written);
        replace(&mut self.packs, config.packs.as_deref().map(texts));
        replace(&mut self.include, config.include.as_ref().map(globs));
        replace(&mut self.exclude, config.exclude.as_ref().map(globs));
        replace(&mut self.accepted, config.accepted.as_ref().map(|path| sourced(number, path)));
        replace(&mut self.output_format, config.output_format.as_ref().map(|format| sourced(number, format)));
    }

    fn take_layer(&mut self, number: usize, layer: &Layer) {
        self.rules.extend(layer.rules.iter().filter_map(|rule| by_rule(number, rule)));
        self.limits.extend(layer.limits.iter().filter_map(|rule| by_rule(number, rule)));
        replace(&mut self.fail_on, layer.fail_on.as_ref().map(|level| sourced(number, level)));
        replace(&mut self.template, layer.template.as_ref().map(|template| sourced(number, template)));
        replace(&mut self.kind, layer.kind.as_ref().map(|kind| sourced(number, kind)));
        replace(&mut self.format, layer.format.as_ref().map(|format| sourced(number, format)));
        replace(&mut self.received_on, layer.received_on.as_ref().map(|day| sourced(number, day)));
    }
}

fn sourced<T: Clone>(file: usize, written: &Written<T>) -> Sourced<T> {
    Sourced { value: written.value.clone(), file, span: written.span }
}

fn by_rule<T: Clone>(
    file: usize,
    (rule, value): &(Written<String>, Option<Written<T>>),
) -> Option<(String, Sourced<T>)> {
    Some((rule.value.clone(), sourced(file, value.as_ref()?)))
}

fn replace<T>(old: &mut Option<T>, new: Option<T>) {
    if new.is_some() {
        *old = new;
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Mistakes, read};
    use super::*;

    /// Each text is a file of `/letters/N` that extends the one before.
    fn settled(files: &[&str], path: Option<&str>) -> String {
        let file = |(number, yaml): (usize, &&str)| {
            let mut mistakes = Mistakes::default();
            let config = read(yaml, &mut mistakes);
            assert_eq!(mistakes.into_diagnostics(), Vec::new());
            let folder = PathBuf::from(if number == 0 { "/letters" } else { "/letters/in" });
            ConfigFile { name: number.to_string(), folder, yaml: (*yaml).to_owned(), config }
        };
        let chain: Vec<ConfigFile> = files.iter().enumerate().map(file).collect();
        let applying = path.map(|path| applying(&chain, Path::new(path))).unwrap_or_default();
        let settled = settle(&chain, &applying);
        let mut said: Vec<String> = Vec::new();
        for pack in settled.packs.iter().flatten() {
            said.push(format!("pack {} ({}:{})", pack.value, pack.file, pack.span.start()));
        }
        let rules = settled.rules.iter().map(|(rule, level)| format!("{rule} {} ({})", level.value, level.file));
        let limits = settled.limits.iter().map(|(rule, limit)| format!("{rule} <= {} ({})", limit.value, limit.file));
        said.extend(rules.chain(limits));
        said.extend(settled.template.map(|template| format!("template {} ({})", template.value, template.file)));
        said.extend(settled.kind.map(|kind| format!("kind {} ({})", kind.value, kind.file)));
        said.join(", ")
    }

    #[test]
    fn the_nearest_word_counts() {
        #[track_caller]
        fn check(files: &[&str], path: Option<&str>, expected: &str) {
            assert_eq!(settled(files, path), expected);
        }
        check(&[], None, "");
        check(&["packs: [a, b]"], None, "pack a (0:8), pack b (0:11)");
        check(&["packs: [a, b]", "packs: c"], None, "pack c (1:7)");
        check(
            &["rules: {a: off, b: note}\nlimits: {c: 1, d: 2}", "rules: {b: error}\nlimits: {d: 0}"],
            None,
            "a off (0), b error (1), c <= 1 (0), d <= 0 (1)",
        );
        let templates = "kind: x\noverrides:\n- {files: t/, template: true}\n- {files: [t/y.txt], kind: y}";
        check(&[templates], None, "kind x (0)");
        check(&[templates], Some("/letters/a.txt"), "kind x (0)");
        check(&[templates], Some("/letters/t/a.txt"), "template true (0), kind x (0)");
        check(&[templates], Some("/letters/t/y.txt"), "template true (0), kind y (0)");
        check(&[templates, "kind: z"], Some("/letters/t/y.txt"), "template true (0), kind z (1)");
        // The globs of a file start from its own folder.
        check(&["{}", "overrides: [{files: /a.txt, kind: y}]"], Some("/letters/a.txt"), "");
        check(&["{}", "overrides: [{files: /a.txt, kind: y}]"], Some("/letters/in/a.txt"), "kind y (1)");
        // A letter outside of the folder is matched by names that may stand anywhere.
        check(&["overrides: [{files: a.txt, kind: y}]"], Some("/elsewhere/a.txt"), "kind y (0)");
        check(&["overrides: [{files: /a.txt, kind: y}]"], Some("/elsewhere/a.txt"), "");
    }
}
