//! The JSON Schemas say what the readers of packs and configurations say: the same keys, the same mistakes.

use demur::accepted;
use demur::config::{self, CONFIG_KEYS, Mistakes, OVERRIDE_KEYS};
use demur::diagnostic::Diagnostic;
use demur::pack::{KEYS, Pack};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A configuration with every key.
const CONFIG: &str = "\
packs: [decline-offer, ./house.yaml]
rules: {apologize: warning, thank: 'off'}
limits: {one-reason: 2}
fail-on: never
template: true
kind: decline
format: markdown+jinja
received-on: 2026-05-03
include: ['*.letter']
exclude: archive/
output-format: concise
accepted: checked.yaml
extends: ../base.yaml
root: true
overrides:
  - files: [drafts/]
    rules: {apologize: note}
    limits: {one-reason: 3}
    fail-on: error
    template: false
    kind: negotiate
    format: text
    received-on: 2026-05-04
";

/// A file of accepted findings with every key.
const ACCEPTED: &str = "\
- {file: a/b.md, letter: 3, rule: thank, passage: 0123456789abcdef, because: so, until: 2027-01-31, words: he said}
";

/// A pack with every key.
const PACK: &str = r#"
pack: lunch
title: Turning down lunch
language: en
words: {meal: [lunch, dinner], no: cannot}
cues:
  rain: {means: it rains, in: anywhere, for: [decline, other], any: [rain], all: [rain], none: [sun], unless: [x], says: [Rain.], says-not: [Sun.]}
signals:
  refusal: {means: no, in: [body, subject], for: decline, any: [<no> come], all: [cannot, {any: [come], all: [come], none: [go], signal: rain, in: nearby}], none: [x], unless: [y], says: [I cannot come.], says-not: [I can.]}
  busy: {means: no time, weigh: {rain: 3}, weigh-letter: {refusal: -1}, words: {50: [so much, 'busi*'], -5: free}, at-least: 2, says: [There is so much to do.]}
letters:
  - {kind: decline, title: a refusal, when: {any: [refusal], all: [refusal], none: [rain]}, weigh: {refusal: 1}, at-least: 1, at-most-words: 90}
advice:
  - step: 1
    title: Be kind
    text: It helps.
    rules:
      - {id: a, for: decline, when: refusal, require: [refusal, rain], forbid: rain, limit: {signal: rain, at-most: 1}, order: [rain, refusal], level: note, message: m, help: h, label: l, insert: {after: refusal, text: t}, drafts-only: true, good: g, bad: b}
      - {id: b, limit: {measure: days, since: rain, at-most: 1}, level: error, message: m, help: h, insert: {start-of: body, text: t}, good: [g], bad: [b]}
      - {id: c, require: refusal, level: error, message: m, help: h, insert: {before: refusal, text: t}, good: [g], bad: [b]}
      - {id: d, require: refusal, level: error, message: m, help: h, insert: {end-of: body, text: t}, good: [g], bad: [b]}
      - {id: e, forbid: rain, level: error, message: m, help: h, replace: t, good: [g], bad: [b]}
"#;

fn schema(of: &str) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_demur")).args(["schema", of]).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

fn json(yaml: &str) -> Value {
    serde_saphyr::from_str(yaml).unwrap()
}

fn config_mistakes(yaml: &str) -> Vec<Diagnostic> {
    let mut mistakes = Mistakes::default();
    config::read(yaml, &mut mistakes);
    mistakes.into_diagnostics()
}

fn accepted_mistakes(yaml: &str) -> Vec<Diagnostic> {
    let mut mistakes = Mistakes::default();
    accepted::read(yaml, &mut mistakes);
    mistakes.into_diagnostics()
}

fn pack_mistakes(yaml: &str) -> Vec<Diagnostic> {
    Pack::read(yaml).err().unwrap_or_default()
}

#[track_caller]
fn check_valid(of: &str, yaml: &str) {
    let schema = schema(of);
    let validator = jsonschema::validator_for(&schema).unwrap();
    let wrong: Vec<String> = validator.iter_errors(&json(yaml)).map(|error| error.to_string()).collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn what_is_sound_is_valid() {
    assert_eq!(config_mistakes(CONFIG), []);
    check_valid("config", CONFIG);
    check_valid("config", "{}");
    assert_eq!(accepted_mistakes(ACCEPTED), []);
    check_valid("accepted", ACCEPTED);
    check_valid("accepted", "[]");
    assert_eq!(pack_mistakes(PACK), []);
    check_valid("pack", PACK);
    check_valid("pack", "{pack: a, title: b}");
    let mut packs = 0;
    for entry in std::fs::read_dir(format!("{ROOT}/rules")).unwrap() {
        check_valid("pack", &std::fs::read_to_string(entry.unwrap().path()).unwrap());
        packs += 1;
    }
    assert!(packs > 0);
}

/// The keys of everything that has keys, by its name in the schema.
fn keys(of: &str, root: &str) -> Vec<(String, BTreeSet<String>)> {
    let schema = schema(of);
    let own = |schema: &Value| schema["properties"].as_object().map(|keys| keys.keys().cloned().collect());
    let mut all: Vec<_> = own(&schema).map(|keys| (root.to_owned(), keys)).into_iter().collect();
    let defs = schema["$defs"].as_object().unwrap();
    all.extend(defs.iter().filter_map(|(name, schema)| Some((name.to_lowercase(), own(schema)?))));
    all.sort();
    all
}

#[test]
fn the_keys_are_those_that_are_read() {
    #[track_caller]
    fn check(of: &str, read: &[(&str, &[&str])]) {
        let set = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
        let mut read: Vec<_> = read.iter().map(|(name, keys)| ((*name).to_owned(), set(keys))).collect();
        read.sort();
        assert_eq!(keys(of, of), read);
    }
    check("config", &[("config", CONFIG_KEYS), ("override", OVERRIDE_KEYS)]);
    check("accepted", &[("entry", accepted::KEYS)]);
    check("pack", KEYS);
}

/// Every document that comes of giving one key of `value` another name.
fn mistyped(value: &Value) -> Vec<(String, Value)> {
    let nested = |found: Vec<(String, Value)>, put: &dyn Fn(Value) -> Value| -> Vec<(String, Value)> {
        found.into_iter().map(|(key, inner)| (key, put(inner))).collect()
    };
    match value {
        Value::Object(map) => map
            .iter()
            .flat_map(|(key, inner)| {
                let mut renamed = Map::new();
                renamed.extend(map.iter().filter(|(other, _)| *other != key).map(|(k, v)| (k.clone(), v.clone())));
                renamed.insert(format!("{key}x"), inner.clone());
                let put = |inner| {
                    let mut map = map.clone();
                    map.insert(key.clone(), inner);
                    Value::Object(map)
                };
                let mut all = vec![(key.clone(), Value::Object(renamed))];
                all.extend(nested(mistyped(inner), &put));
                all
            })
            .collect(),
        Value::Array(items) => (0..items.len())
            .flat_map(|at| {
                let put = |inner| {
                    let mut items = items.clone();
                    items[at] = inner;
                    Value::Array(items)
                };
                nested(mistyped(&items[at]), &put)
            })
            .collect(),
        _ => Vec::new(),
    }
}

#[test]
fn a_mistyped_key_fails_both() {
    #[track_caller]
    fn check(of: &str, yaml: &str, names: &[&str], mistakes: impl Fn(&str) -> Vec<Diagnostic>) {
        let schema = schema(of);
        let validator = jsonschema::validator_for(&schema).unwrap();
        let mut tried = BTreeSet::new();
        for (key, document) in mistyped(&json(yaml)) {
            // JSON is YAML too.
            let found = mistakes(&document.to_string());
            let unknown = found.iter().any(|mistake| mistake.rule == "unknown-key");
            let is_valid = validator.is_valid(&document);
            assert_eq!(unknown, !is_valid, "`{key}`: {found:#?}\n{document:#}");
            // A name that the writer gives, a rule's or a word's, may be any.
            assert!(unknown || names.contains(&key.as_str()), "`{key}` is no name");
            tried.insert(key);
        }
        assert!(tried.len() >= 7, "{tried:?}");
    }
    check("config", CONFIG, &["apologize", "thank", "one-reason"], config_mistakes);
    check("accepted", ACCEPTED, &[], accepted_mistakes);
    check("pack", PACK, &["meal", "no", "rain", "refusal", "busy", "50", "-5"], pack_mistakes);
}

#[test]
fn values_of_another_shape_fail_both() {
    #[track_caller]
    fn check_of(of: &str, yaml: &str, mistakes: &[Diagnostic]) {
        let schema = schema(of);
        let validator = jsonschema::validator_for(&schema).unwrap();
        assert!(!validator.is_valid(&json(yaml)), "the schema takes {yaml}");
        assert_ne!(mistakes, [], "{yaml}");
    }
    #[track_caller]
    fn check_accepted(yaml: &str) {
        check_of("accepted", yaml, &accepted_mistakes(yaml));
    }
    #[track_caller]
    fn check(yaml: &str) {
        check_of("config", yaml, &config_mistakes(yaml));
    }
    check_accepted("file: a");
    check_accepted("- a");
    check_accepted("- {file: a, rule: b}");
    check_accepted("- {file: a, because: b}");
    check_accepted("- {rule: a, because: b}");
    check_accepted("- {file: [a], rule: b, because: c}");
    check_accepted("- {file: a, rule: b, because: c, letter: 0}");
    check_accepted("- {file: a, rule: b, because: c, until: [2027]}");
    check("rules: {apologize: fatal}");
    check("rules: [apologize]");
    check("limits: {one-reason: -1}");
    check("limits: {one-reason: many}");
    check("fail-on: off");
    check("fail-on:");
    check("template: maybe");
    check("root: 1");
    check("packs: {}");
    check("kind: [decline]");
    check("exclude: [[a]]");
    check("overrides: {}");
    check("overrides: [{template: true}]");
    check("- a");
}
