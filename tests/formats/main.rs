//! The same letter in every format that demur reads says the same, and its findings point at the same words.

mod documents;
mod mail;
mod markdown;
mod office;
mod template;
mod web;

use demur::check::{Advisor, Report};
use demur::document::{Document, Letter};
use demur::judge::Circumstances;
use demur::source::RawFile;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

static ADVISORS: LazyLock<[Advisor; 1]> = LazyLock::new(|| {
    [Advisor::read(include_str!("../../rules/decline-offer.yaml")).expect("the shipped pack is sound")]
});

/// What a letter is found to say, wherever it lies: the kind, the signals and the findings, each with its words.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    kind: Option<usize>,
    signals: Vec<(String, String)>,
    findings: Vec<(String, String, Vec<String>)>,
}

/// A letter of `fixtures/`: its name there, e.g. `other/grocery-list.txt`, and its text.
struct Fixture {
    name: String,
    text: String,
}

/// The letters in plain text, in UTF-8 and with lines ended by LF.
fn fixtures() -> Vec<Fixture> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let folders = ["decline", "negotiate", "other"].into_iter().map(|folder| root.join(folder));
    let files = folders
        .flat_map(|folder| fs::read_dir(folder).expect("the folder of fixtures"))
        .map(|entry| entry.expect("an entry").path());
    let mut letters: Vec<Fixture> = files
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .filter_map(|path| Some((path.strip_prefix(&root).ok()?.to_str()?.to_owned(), fs::read(&path).ok()?)))
        .filter_map(|(name, bytes)| Some(Fixture { name, text: String::from_utf8(bytes).ok()? }))
        .filter(|letter| !letter.text.contains(['\r', '\u{feff}', '\u{c}']))
        .collect();
    letters.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(letters.len() > 40, "only {} letters", letters.len());
    letters
}

/// What each letter is found to say as plain text, by its name.
static AS_TEXT: LazyLock<BTreeMap<String, Said>> = LazyLock::new(|| {
    fixtures().into_iter().map(|letter| (letter.name, said("letter.txt", letter.text.into()))).collect()
});

/// What each letter is found to say as a template in plain text.
static AS_TEMPLATES: LazyLock<BTreeMap<String, Said>> = LazyLock::new(|| {
    fixtures().into_iter().map(|letter| (letter.name, said("template.txt", letter.text.into()))).collect()
});

/// What is found in a file that is one letter.
fn said(name: &str, bytes: Vec<u8>) -> Said {
    said_as(name, bytes, str::to_owned)
}

/// What is found in a file that is one letter, whose words are read out of the file's by `decode`.
fn said_as(name: &str, bytes: Vec<u8>, decode: fn(&str) -> String) -> Said {
    let mut found = said_by_each(name, bytes, decode);
    assert_eq!(found.len(), 1, "{name} is one letter");
    found.remove(0)
}

/// What is found in each letter of a file.
fn said_by_each(name: &str, bytes: Vec<u8>, decode: fn(&str) -> String) -> Vec<Said> {
    let file = RawFile { name: name.to_owned(), bytes };
    Document::open(file, None).expect("a letter").letters().map(|letter| said_by(letter, decode)).collect()
}

fn said_by(letter: Letter, decode: fn(&str) -> String) -> Said {
    let report = Report::new(letter, &*ADVISORS, &[Circumstances::default()]);
    let source = &report.letter.source;
    let words = |range: std::ops::Range<usize>| plain(&decode(source.text().get(range).expect("a span of the text")));
    let judgement = &report.judgements[0];
    let mut signals: Vec<(String, String)> = judgement
        .sightings
        .iter()
        .map(|sighting| {
            let name = ADVISORS[0].pack.signals[sighting.signal].name.clone();
            (name, words(report.letter.message.back(&report.letter.view, sighting.span).range()))
        })
        .collect();
    signals.sort();
    let findings = report.findings().into_iter().map(|finding| {
        let places = finding.labels.iter().map(|label| words(label.span.range())).collect();
        (finding.rule.clone(), finding.message.clone(), places)
    });
    Said { kind: judgement.kind, signals, findings: findings.collect() }
}

/// Words as they are the same in every format: marks and white space gone.
fn plain(text: &str) -> String {
    text.chars().filter(|char| char.is_alphanumeric()).collect()
}

/// A format into which letters are put.
struct Way {
    /// The name of the file, which tells its format.
    name: &'static str,
    convert: fn(&Fixture) -> Vec<u8>,
    /// Reads words out of the file's.
    decode: fn(&str) -> String,
    /// What cannot be written in the format.
    except: &'static [&'static str],
}

/// Asserts that each letter of `fixtures/` is the same in another format.
#[track_caller]
fn check(way: &Way) {
    let letters: Vec<Fixture> =
        fixtures().into_iter().filter(|letter| !way.except.contains(&letter.name.as_str())).collect();
    // What is a template in one format is one in the other.
    let expected: &BTreeMap<String, Said> = if way.name.starts_with("template") { &AS_TEMPLATES } else { &AS_TEXT };
    assert_same(letters.iter().map(|letter| {
        let found = said_as(way.name, (way.convert)(letter), way.decode);
        (letter.name.as_str(), &expected[&letter.name], found)
    }));
}

/// Asserts that for each letter both are the same.
#[track_caller]
fn assert_same<'a>(pairs: impl Iterator<Item = (&'a str, &'a Said, Said)>) {
    let wrong: Vec<String> = pairs
        .filter(|(_, expected, found)| *expected != found)
        .map(|(name, expected, found)| format!("{name}:\n  text  {expected:?}\n  found {found:?}"))
        .collect();
    assert!(wrong.is_empty(), "{} letters differ:\n{}", wrong.len(), wrong.join("\n"));
}
