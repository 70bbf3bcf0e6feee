//! One JSON object for a run, described in `docs/json.md`. Letters are written as they come, one a line.
//!
//! Strings are what they are in the letter, nothing cleaned away; what a terminal or a log would obey is written as
//! `\u` escapes.

use super::clean::{is_command, is_unsafe};
use super::{Style, Tally};
use crate::check::{Advisor, Report};
use crate::diagnostic::{Diagnostic, Edit, Label, Level};
use crate::document::{self, OpenError, Within};
use crate::judge::{Judgement, Outcome};
use crate::pack::Pack;
use crate::scan::Sighting;
use crate::source::{Origin, Source};
use crate::span::{Decoded, Span};
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use std::io::{self, Write};

/// The version of the form. It grows when a field goes or changes its meaning, not when one is added.
const VERSION: u32 = 1;

/// Opens the object.
pub fn begin(out: &mut impl Write) -> io::Result<()> {
    write!(out, "{{\"version\":{VERSION},\"tool\":")?;
    write(out, &Tool { name: "demur", version: env!("CARGO_PKG_VERSION") })?;
    write!(out, ",\"letters\":[")
}

/// One letter. What parts it from the one before is written by the caller, who knows the order.
pub fn letter(out: &mut impl Write, report: &Report, advisors: &[Advisor], style: &Style) -> io::Result<()> {
    let source = &report.letter.source;
    let judged = report.judgements.iter().zip(advisors);
    let packs = judged.map(|(judgement, advisor)| pack(report, judgement, &advisor.pack, style)).collect();
    let encoding = source.encoding();
    let letter = Letter {
        path: source.name(),
        letter: report.letter.within.as_ref().map(|within| place_within(&report.letter, within)),
        encoding: encoding.to_string(),
        encoding_assumed: encoding.is_assumed(),
        extracted: source.origin() == Origin::Extracted,
        packs,
        remarks: report.remarks.iter().map(|remark| finding(source, remark, None)).collect(),
    };
    write(out, &letter)
}

/// One object for each finding of a letter, a line each.
pub fn lines(out: &mut impl Write, report: &Report, advisors: &[Advisor]) -> io::Result<()> {
    let source = &report.letter.source;
    for (judgement, advisor) in report.judgements.iter().zip(advisors) {
        for found in &judgement.findings {
            let pack = &advisor.pack;
            let finding = finding(source, found, Some(pack));
            write(out, &Line { path: source.name(), pack: Some(&pack.name), finding })?;
            out.write_all(b"\n")?;
        }
    }
    for remark in &report.remarks {
        write(out, &Line { path: source.name(), pack: None, finding: finding(source, remark, None) })?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Closes the object.
pub fn end(out: &mut impl Write, unreadable: &[Unreadable], tally: &Tally, advisors: &[Advisor]) -> io::Result<()> {
    write!(out, "\n],\"unreadable\":")?;
    write(out, &unreadable)?;
    write!(out, ",\"summary\":")?;
    write(out, &summary(tally, advisors))?;
    writeln!(out, "}}")
}

/// A file that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unreadable {
    /// What it is called.
    pub path: String,
    /// Why.
    pub message: String,
}

impl Unreadable {
    /// The file and the reason in an error.
    pub fn new(error: &OpenError) -> Unreadable {
        Unreadable { path: error.name().to_owned(), message: error.to_string() }
    }
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    pack: Option<&'a str>,
    #[serde(flatten)]
    finding: Finding<'a>,
}

#[derive(Serialize)]
struct Letter<'a> {
    path: &'a str,
    letter: Option<Numbered<'a>>,
    encoding: String,
    encoding_assumed: bool,
    extracted: bool,
    packs: Vec<Judged<'a>>,
    /// What no pack has found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    remarks: Vec<Finding<'a>>,
}

/// Which letter of its file it is.
#[derive(Serialize)]
struct Numbered<'a> {
    number: usize,
    title: Option<&'a str>,
    line: usize,
}

#[derive(Serialize)]
struct Judged<'a> {
    pack: &'a str,
    kind: Option<&'a str>,
    signals: Vec<Signal<'a>>,
    findings: Vec<Finding<'a>>,
    checklist: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Signal<'a> {
    name: &'a str,
    #[serde(flatten)]
    place: Place,
    /// Left out of a report that must not repeat the letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    step: Option<u32>,
    level: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    #[serde(flatten)]
    place: Place,
    labels: Vec<Passage<'a>>,
    edits: Vec<Change<'a>>,
    /// Whether the edits leave all that the writer says as it is.
    safe: bool,
}

#[derive(Serialize)]
struct Passage<'a> {
    #[serde(flatten)]
    place: Place,
    text: &'a str,
}

#[derive(Serialize)]
struct Change<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct Item<'a> {
    rule: &'a str,
    outcome: &'static str,
}

/// `start` and `end` are 0-based bytes of the file; lines and columns are 1-based, columns in characters, the end behind
/// the last one.
#[derive(Serialize)]
struct Place {
    start: usize,
    end: usize,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct Summary<'a> {
    letters: usize,
    files: usize,
    letters_with_findings: usize,
    unreadable: usize,
    passed_over: usize,
    findings: Levels,
    accepted: usize,
    kinds: Vec<KindCount<'a>>,
    rules: Vec<RuleCount<'a>>,
}

#[derive(Serialize)]
struct Levels {
    error: usize,
    warning: usize,
    note: usize,
}

#[derive(Serialize)]
struct KindCount<'a> {
    pack: &'a str,
    kind: Option<&'a str>,
    letters: usize,
}

#[derive(Serialize)]
struct RuleCount<'a> {
    rule: &'a str,
    level: &'static str,
    findings: usize,
}

fn place_within<'a>(letter: &'a document::Letter, within: &'a Within) -> Numbered<'a> {
    let line = letter.lines().map_or(1, |(first, _)| first);
    Numbered { number: within.number, title: within.title.as_deref(), line }
}

fn pack<'a>(report: &'a Report, judgement: &'a Judgement, pack: &'a Pack, style: &Style) -> Judged<'a> {
    let mut sightings: Vec<&Sighting> = judgement.sightings.iter().collect();
    sightings.sort_by_key(|sighting| (sighting.span, sighting.signal));
    let outcomes = pack.rules.iter().zip(&judgement.outcomes);
    Judged {
        pack: &pack.name,
        kind: judgement.kind.and_then(|kind| pack.kinds.get(kind)).map(|kind| kind.name.as_str()),
        signals: sightings.into_iter().filter_map(|sighting| signal(report, sighting, pack, style)).collect(),
        findings: judgement.findings.iter().map(|found| finding(&report.letter.source, found, Some(pack))).collect(),
        checklist: outcomes.map(|(rule, how)| Item { rule: &rule.id, outcome: outcome(*how) }).collect(),
    }
}

/// A sighting as a reader of the file knows it; `None` for a cue, which is of no interest outside the pack.
fn signal<'a>(report: &'a Report, sighting: &Sighting, pack: &'a Pack, style: &Style) -> Option<Signal<'a>> {
    let signal = pack.signals.get(sighting.signal).filter(|signal| !signal.cue)?;
    let letter = &report.letter;
    let span = letter.message.back(&letter.view, sighting.span);
    let text = style.shows_words().then(|| letter.source.text().get(span.range()).unwrap_or_default());
    Some(Signal { name: &signal.name, place: place(&letter.source, span), text })
}

fn finding<'a>(source: &Source, found: &'a Diagnostic, pack: Option<&Pack>) -> Finding<'a> {
    let step = pack.and_then(|pack| pack.steps.get(pack.find_rule(&found.rule)?.step));
    let passage = |label: &'a Label| Passage { place: place(source, label.span), text: &label.text };
    let change = |edit: &'a Edit| {
        let span = source.to_file(edit.span);
        Change { start: span.start(), end: span.end(), text: &edit.text }
    };
    // Elsewhere their places are not those of the file.
    let can_be_edited = source.origin() == Origin::File;
    Finding {
        rule: &found.rule,
        step: step.map(|step| step.number),
        level: found.level.name(),
        message: &found.message,
        help: found.help.as_deref(),
        place: place(source, found.span()),
        labels: found.labels.iter().map(passage).collect(),
        edits: if can_be_edited { found.edits.iter().map(change).collect() } else { Vec::new() },
        safe: can_be_edited && found.is_safe && !found.edits.is_empty(),
    }
}

fn place(source: &Source, span: Span<Decoded>) -> Place {
    let file = source.to_file(span);
    let (first, last) = (source.position(span.start()), source.position(span.end()));
    Place {
        start: file.start(),
        end: file.end(),
        line: first.line,
        column: first.column,
        end_line: last.line,
        end_column: last.column,
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Met => "met",
        Outcome::Unmet => "unmet",
        Outcome::Accepted => "accepted",
        Outcome::NotAsked => "not-asked",
    }
}

fn summary<'a>(tally: &'a Tally, advisors: &'a [Advisor]) -> Summary<'a> {
    let kinds = tally.kinds.iter().filter_map(|((pack, kind), letters)| {
        let pack = &advisors.get(*pack)?.pack;
        let kind = kind.and_then(|kind| pack.kinds.get(kind)).map(|kind| kind.name.as_str());
        Some(KindCount { pack: &pack.name, kind, letters: *letters })
    });
    let rules = tally.broken().into_iter();
    Summary {
        letters: tally.letters,
        files: tally.files,
        letters_with_findings: tally.letters_with_findings,
        unreadable: tally.unreadable,
        passed_over: tally.passed_over,
        findings: Levels {
            error: tally.at(Level::Error),
            warning: tally.at(Level::Warning),
            note: tally.at(Level::Note),
        },
        accepted: tally.accepted,
        kinds: kinds.collect(),
        rules: rules.map(|(rule, level, findings)| RuleCount { rule, level: level.name(), findings }).collect(),
    }
}

/// Writes a value as compact JSON in which nothing stands that a terminal would obey.
pub fn write(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Escaping)).map_err(io::Error::from)
}

/// Compact JSON in which nothing stands that a terminal would obey: people look at JSON with `cat` too.
struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, char)) =
            rest.char_indices().find(|(at, char)| is_unsafe(*char) || is_command(&rest[*at..], false))
        {
            out.write_all(&rest.as_bytes()[..at])?;
            for unit in char.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = &rest[at + char.len_utf8()..];
        }
        out.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Letter;
    use crate::judge::Circumstances;
    use crate::report::OutputFormat;
    use crate::report::testing::*;
    use crate::source::{RawFile, ReadError};
    use crate::view::Format;
    use serde_json::{Value, json};

    fn parsed(reports: &[Report]) -> Value {
        serde_json::from_str(&run(reports, style(OutputFormat::Json))).expect("it is JSON")
    }

    #[test]
    fn a_finding_has_its_place_in_the_file() {
        let text = "\u{feff}Zoë,\r\nI must decline.\r\n";
        let source =
            Source::decode(RawFile { name: "a.txt".to_owned(), bytes: text.as_bytes().to_vec() }).expect("no NUL");
        let decoded = source.text().to_owned();
        let letter = Letter::read(source, Format::Text);
        let judgements = report("", &decoded, REFUSAL, vec![no_apology(&decoded, "decline.")]).judgements;
        let found = parsed(&[Report::of(letter, judgements)]);
        let place = json!({"start": 25, "end": 25, "line": 2, "column": 16, "end_line": 2, "end_column": 16});
        let mut label = place.clone();
        label["text"] = json!("an apology belongs here");
        let mut finding = place;
        finding["rule"] = json!("apologize");
        finding["step"] = json!(2);
        finding["level"] = json!("error");
        finding["message"] = json!("turns the offer down without an apology");
        finding["help"] = json!("apologize once, plainly");
        finding["labels"] = json!([label]);
        finding["safe"] = json!(false);
        finding["edits"] =
            json!([{"start": 25, "end": 25, "text": " I apologize for any inconvenience this causes you."}]);
        assert_eq!(found["letters"][0]["packs"][0]["findings"], json!([finding]));
        assert_eq!(found["letters"][0]["encoding"], "UTF-8");
        assert_eq!(
            found["letters"][0]["packs"][0]["checklist"],
            json!([
                {"rule": "offer-a-call", "outcome": "met"},
                {"rule": "apologize", "outcome": "unmet"},
                {"rule": "thank", "outcome": "met"},
                {"rule": "sign-it", "outcome": "met"},
            ])
        );
    }

    #[test]
    fn a_text_that_was_decoded_has_no_edits() {
        let text = "I must decline.";
        let mut decoded = report("a.eml", text, REFUSAL, vec![no_apology(text, "decline.")]);
        decoded.letter.source = std::sync::Arc::new(Source::extracted("a.eml", text));
        let found = parsed(&[decoded, report("a.txt", text, REFUSAL, vec![no_apology(text, "decline.")])]);
        let letter = |at: usize| &found["letters"][at];
        let edits = |at: usize| letter(at)["packs"][0]["findings"][0]["edits"].as_array().map(Vec::len);
        assert_eq!((&letter(0)["extracted"], edits(0)), (&json!(true), Some(0)));
        assert_eq!((&letter(1)["extracted"], edits(1)), (&json!(false), Some(1)));
    }

    #[test]
    fn signals_are_told_and_cues_are_not() {
        let letter = Letter::read(Source::from_text("a.txt", "Dear Ms Grey,\n\nI must decline.\n"), Format::Text);
        let found = parsed(&[Report::new(letter, &[advisor()], &[Circumstances::default()])]);
        let signal = json!({
            "name": "refusal", "start": 17, "end": 29, "line": 3, "column": 3, "end_line": 3, "end_column": 15,
            "text": "must decline",
        });
        assert_eq!(found["letters"][0]["packs"][0]["signals"], json!([signal]));
        assert_eq!(found["letters"][0]["packs"][0]["kind"], "decline");
    }

    #[test]
    fn the_whole_object() {
        let text = "Hello.";
        let letters = [report("a.txt", text, None, Vec::new()), report("b.txt", text, REFUSAL, Vec::new())];
        let checklist = |outcome: &str| {
            let rules = ["offer-a-call", "apologize", "thank", "sign-it"];
            rules.map(|rule| format!("{{\"rule\":\"{rule}\",\"outcome\":\"{outcome}\"}}")).join(",")
        };
        let letter = |name: &str, kind: &str, outcome: &str| {
            format!(
                "{{\"path\":\"{name}\",\"letter\":null,\"encoding\":\"UTF-8\",\"encoding_assumed\":false,\"extracted\":false,\"packs\":[{{\"pack\":\"decline-offer\",\
                 \"kind\":{kind},\"signals\":[],\"findings\":[],\"checklist\":[{}]}}]}}",
                checklist(outcome)
            )
        };
        let expected = format!(
            "{{\"version\":1,\"tool\":{{\"name\":\"demur\",\"version\":\"{}\"}},\"letters\":[\n{},\n{}\n],\"unreadable\":[],\
             \"summary\":{{\"letters\":2,\"files\":2,\"letters_with_findings\":0,\"unreadable\":0,\"passed_over\":0,\
             \"findings\":{{\"error\":0,\"warning\":0,\"note\":0}},\"accepted\":0,\"kinds\":[\
             {{\"pack\":\"decline-offer\",\"kind\":null,\"letters\":1}},\
             {{\"pack\":\"decline-offer\",\"kind\":\"decline\",\"letters\":1}}],\"rules\":[]}}}}\n",
            env!("CARGO_PKG_VERSION"),
            letter("a.txt", "null", "not-asked"),
            letter("b.txt", "\"decline\"", "met"),
        );
        assert_eq!(run(&letters, style(OutputFormat::Json)), expected);
    }

    #[test]
    fn no_letter_is_an_object_too() {
        let found = parsed(&[]);
        assert_eq!(found["letters"], json!([]));
    }

    #[test]
    fn files_that_could_not_be_read_are_told() {
        let error = OpenError::Read(ReadError::NotFound { name: "x.txt".to_owned() });
        let told = Unreadable::new(&error);
        assert_eq!(told, Unreadable { path: "x.txt".to_owned(), message: error.to_string() });
    }

    #[test]
    fn escapes_keep_the_text() {
        let text = "a\u{9b}b\u{202e}c\u{e0041}d\u{1b}\"\\\u{7f}é\n";
        let mut out = Vec::new();
        write(&mut out, &text).expect("memory takes all");
        let written = String::from_utf8(out).expect("JSON is UTF-8");
        assert_eq!(written, "\"a\\u009bb\\u202ec\\udb40\\udc41d\\u001b\\\"\\\\\\u007fé\\n\"");
        assert_eq!(serde_json::from_str::<String>(&written).expect("it is JSON"), text);
    }
}
