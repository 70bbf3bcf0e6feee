//! What somebody has accepted, with the reason: findings that a letter keeps although the advice is against it.
//!
//! It is told beside the letters, in a file of its own, since whatever stands in a letter is sent with it; in Markdown and
//! HTML also in a comment, which nobody is shown. Text comes in, entries and comments or their mistakes come out; [`Pen`]
//! writes entries into the text of such a file. Which file holds for which letter is for the caller to say.
//!
//! An entry knows its passage by its fingerprint: it holds when the passage moves, and ends when its words change.

mod apply;
mod comment;
mod place;
mod read;
mod write;

pub use apply::Acceptance;
pub use comment::Comments;
pub use place::comment_above;
pub use read::read;
pub use write::{NotWritten, Pen};

use crate::check::Report;
use crate::config::Written;
use crate::diagnostic::{Diagnostic, Label, Level};
use crate::fingerprint;
use crate::message::Date;
use crate::span::{Decoded, Span};

/// The names that a file of accepted findings goes by, of which a folder may have one.
pub const FILE_NAMES: [&str; 2] = ["demur-accepted.yaml", ".demur-accepted.yaml"];

/// The keys of an entry.
pub const KEYS: &[&str] = &["file", "letter", "rule", "passage", "because", "until", "words"];

/// The entries with a reason that begins so were written by `--write-baseline`, which may take them out again.
const BASELINE: &str = "baseline of ";

/// What one entry accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The file of the letter, relative to the folder of the list, with slashes.
    pub file: Written<String>,
    /// The number of the letter in its file, from 1; `None` where any is meant.
    pub letter: Option<u64>,
    /// The rule.
    pub rule: Written<String>,
    /// The fingerprint of rule and passage, see [`mark`].
    pub mark: String,
    /// Why it is accepted; not empty.
    pub because: String,
    /// The last day on which it is.
    pub until: Option<Written<Date>>,
    /// The words of the passage, for people.
    pub words: Option<String>,
}

impl Entry {
    /// Whether its last day is over.
    pub fn is_expired(&self, today: Date) -> bool {
        self.until.as_ref().and_then(|until| until.value.days_until(today)).is_some_and(|days| days > 0)
    }

    /// Whether it was written for all that a run found.
    pub fn is_baseline(&self) -> bool {
        self.because.starts_with(BASELINE)
    }

    /// The reason of the entries that are written on a day for all that a run found.
    pub fn baseline(today: &str) -> String {
        format!("{BASELINE}{today}")
    }

    /// An entry that accepts a finding of a letter; the letter's number is told only where nothing else tells its finding
    /// from that of another letter.
    pub fn of(report: &Report, finding: &Diagnostic, file: String, because: String) -> Entry {
        let letter = &report.letter;
        let passage = fingerprint::passage(letter, finding.span());
        let number = letter.within.as_ref().filter(|_| passage.is_empty()).map(|within| within.number);
        let words = letter.source.text().get(finding.span().range()).unwrap_or_default();
        let words = shortened(words);
        Entry {
            file: Written { value: file, span: Span::at(0) },
            letter: number.and_then(|number| u64::try_from(number).ok()),
            rule: Written { value: finding.rule.clone(), span: Span::at(0) },
            mark: fingerprint::of(&[&finding.rule, &passage]),
            because,
            until: None,
            words: (!words.is_empty()).then_some(words),
        }
    }

    /// What makes two entries accept the same.
    fn key(&self) -> (&str, Option<u64>, &str, &str) {
        (&self.file.value, self.letter, &self.rule.value, &self.mark)
    }
}

/// What an entry calls a finding: the fingerprint of its rule and its passage.
pub fn mark(report: &Report, finding: &Diagnostic) -> String {
    fingerprint::of(&[&finding.rule, &fingerprint::passage(&report.letter, finding.span())])
}

/// The warning that an entry has no effect any more since its last day is over.
pub fn expired(entry: &Entry) -> Diagnostic {
    let place = entry.until.as_ref().map_or(entry.rule.span, |until| until.span);
    let message = format!("what `{}` finds is no longer accepted: the last day is over", entry.rule.value);
    warning("accepted-expired", message, place, "mend the letter and take the entry out, or give another day")
}

/// The warning that an entry accepts nothing that is found; `is_gone` where its file is not there any more.
pub fn unused(entry: &Entry, is_gone: bool) -> Diagnostic {
    let (rule, file) = (&entry.rule.value, &entry.file.value);
    let (message, place) = match is_gone {
        true => (format!("`{file}` is gone, so nothing in it is accepted"), entry.file.span),
        false => (format!("`{rule}` finds no such passage in `{file}`"), entry.rule.span),
    };
    warning("accepted-unused", message, place, "take the entry out")
}

fn warning(rule: &str, message: String, span: Span<Decoded>, help: &str) -> Diagnostic {
    Diagnostic {
        rule: rule.to_owned(),
        level: Level::Warning,
        message,
        labels: vec![Label { span, text: String::new() }],
        notes: Vec::new(),
        help: Some(help.to_owned()),
        edits: Vec::new(),
        is_safe: false,
    }
}

/// As many words as a reader needs to know the passage again, on one line.
fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    let mut short = String::new();
    for word in text.split_whitespace() {
        if short.chars().count() + word.chars().count() > MOST {
            short.push_str(if short.is_empty() { "..." } else { " ..." });
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    short
}
