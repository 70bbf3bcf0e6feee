//! The same letter in every format that demur reads says the same, and its findings point at the same words.

mod documents;
mod office;

use demur::check::{Advisor, Report};
use demur::document::{Document, Letter};
use demur::judge::Circumstances;
use demur::source::RawFile;
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

/// A letter of `fixtures/`: its name and its text.
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
        .filter_map(|path| Some((path.file_name()?.to_str()?.to_owned(), fs::read(&path).ok()?)))
        .filter_map(|(name, bytes)| Some(Fixture { name, text: String::from_utf8(bytes).ok()? }))
        .filter(|letter| !letter.text.contains(['\r', '\u{feff}', '\u{c}']))
        .collect();
    letters.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(letters.len() > 40, "only {} letters", letters.len());
    letters
}

/// What is found in a file.
fn said(name: &str, bytes: Vec<u8>) -> Said {
    let file = RawFile { name: name.to_owned(), bytes };
    let letters: Vec<Letter> = Document::open(file, None).expect("a letter").letters().collect();
    let [letter] =
        <[Letter; 1]>::try_from(letters).unwrap_or_else(|letters| panic!("{name} holds {} letters", letters.len()));
    let report = Report::new(letter, &*ADVISORS, &[Circumstances::default()]);
    let source = &report.letter.source;
    let words = |range: std::ops::Range<usize>| plain(source.text().get(range).expect("a span of the text"));
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

/// Asserts that each letter of `fixtures/` is the same when `convert` has put it into another format. What stands in
/// `except` cannot be written in the format.
#[track_caller]
fn check(extension: &str, convert: impl Fn(&str) -> Vec<u8>, except: &[&str]) {
    let mut wrong = Vec::new();
    for letter in fixtures().iter().filter(|letter| !except.contains(&letter.name.as_str())) {
        let expected = said(&letter.name, letter.text.clone().into_bytes());
        let found = said(&format!("letter.{extension}"), convert(&letter.text));
        if found != expected {
            wrong.push(format!("{}:\n  text {expected:?}\n  {extension} {found:?}", letter.name));
        }
    }
    assert!(wrong.is_empty(), "{} letters differ:\n{}", wrong.len(), wrong.join("\n"));
}
