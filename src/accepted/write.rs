//! Writes entries into the text of a file of accepted findings; all that a person wrote there stays as it is.

use super::{Entry, read};
use crate::config::Mistakes;
use crate::fingerprint;
use crate::yaml::{self, Value};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::ops::Range;

/// What a new file begins with.
const HEAD: &str = "# What demur finds in the letters here and somebody has accepted, with the reason.\n";

/// Why no entry was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotWritten {
    /// It has mistakes, or a form in which entries cannot be told apart by their lines.
    #[error("has another form than a list with a `- ` before each entry; write it so, and entries can be added")]
    Form,
}

/// The text of a file of accepted findings, and its entries.
#[derive(Debug)]
pub struct Pen<'y> {
    yaml: &'y str,
    entries: Vec<Entry>,
    /// The lines of each entry: 0-based byte ranges of the text, with the line ends.
    lines: Vec<Range<usize>>,
}

impl<'y> Pen<'y> {
    /// For a text; that of a new file is empty.
    ///
    /// # Errors
    ///
    /// If its entries are not written below one another.
    pub fn new(yaml: &'y str) -> Result<Pen<'y>, NotWritten> {
        let entries = sound(yaml)?;
        let starts = match yaml::parse(yaml).map_err(|_| NotWritten::Form)?.value {
            Value::List(nodes) => nodes.iter().map(|node| entry_line(yaml, node.span.start())).collect(),
            Value::Nothing => Some(Vec::new()),
            Value::Scalar(_) | Value::Map(_) => None,
        };
        let starts: Vec<usize> = starts.ok_or(NotWritten::Form)?;
        let ends = starts.iter().skip(1).copied().chain([yaml.len()]);
        let lines = starts.iter().zip(ends).map(|(start, end)| *start..own_end(yaml, *start, end)).collect();
        Ok(Pen { yaml, entries, lines })
    }

    /// The text with more entries at its end.
    ///
    /// # Errors
    ///
    /// If it would then not say what it should.
    pub fn add(&self, new: &[Entry]) -> Result<String, NotWritten> {
        let mut text = if self.yaml.is_empty() { HEAD.to_owned() } else { self.yaml.to_owned() };
        self.end_line(&mut text);
        new.iter().for_each(|entry| self.write(&mut text, entry));
        let expected: Vec<&Entry> = self.entries.iter().chain(new).collect();
        checked(text, &expected)
    }

    /// The text with an entry for each of `found`, in the place of those that an earlier baseline left there. Of these the
    /// ones stay that are found again, and those that `is_seen` says nothing is known about; those of others are not
    /// touched.
    ///
    /// # Errors
    ///
    /// If it would then not say what it should.
    pub fn renew(&self, found: &[Entry], is_seen: impl Fn(&Entry) -> bool) -> Result<String, NotWritten> {
        let keys: BTreeSet<_> = found.iter().map(Entry::key).collect();
        let old = self.entries.iter().filter(|entry| entry.is_baseline());
        let mut entries: Vec<&Entry> = old.filter(|entry| !is_seen(entry) || keys.contains(&entry.key())).collect();
        let mut known: BTreeSet<_> = entries.iter().map(|entry| entry.key()).collect();
        entries.extend(found.iter().filter(|entry| known.insert(entry.key())));
        entries.sort_by_key(|entry| entry.key());
        let mut text = if self.yaml.is_empty() { HEAD.to_owned() } else { String::new() };
        let mut at = 0;
        let mut place = None;
        for (_, lines) in self.entries.iter().zip(&self.lines).filter(|(entry, _)| entry.is_baseline()) {
            text.push_str(self.yaml.get(at..lines.start).unwrap_or_default());
            place.get_or_insert(text.len());
            at = lines.end;
        }
        text.push_str(self.yaml.get(at..).unwrap_or_default());
        let mut new = String::new();
        entries.iter().for_each(|entry| self.write(&mut new, entry));
        let place = place.unwrap_or_else(|| {
            self.end_line(&mut text);
            text.len()
        });
        text.insert_str(place, &new);
        let kept = self.entries.iter().filter(|entry| !entry.is_baseline());
        checked(text, &kept.chain(entries).collect::<Vec<_>>())
    }

    fn line_end(&self) -> &'static str {
        if self.yaml.contains("\r\n") { "\r\n" } else { "\n" }
    }

    fn end_line(&self, text: &mut String) {
        if !text.is_empty() && !text.ends_with(['\n', '\r']) {
            text.push_str(self.line_end());
        }
    }

    /// Writes an entry as a line, as far to the right as the others.
    fn write(&self, text: &mut String, entry: &Entry) {
        let first = self.lines.first().and_then(|lines| self.yaml.get(lines.clone())).unwrap_or_default();
        text.push_str(&first[..first.len() - first.trim_start_matches(' ').len()]);
        let _ = write!(text, "- {{file: {}", scalar(&entry.file.value));
        if let Some(letter) = entry.letter {
            let _ = write!(text, ", letter: {letter}");
        }
        let _ = write!(text, ", rule: {}", scalar(&entry.rule.value));
        if entry.mark != fingerprint::of(&[&entry.rule.value, ""]) {
            let _ = write!(text, ", passage: {}", scalar(&entry.mark));
        }
        let _ = write!(text, ", because: {}", quoted(&entry.because));
        if let Some(until) = &entry.until {
            let day = until.value;
            let _ = write!(text, ", until: {:04}-{:02}-{:02}", day.year.unwrap_or_default(), day.month, day.day);
        }
        if let Some(words) = &entry.words {
            let _ = write!(text, ", words: {}", quoted(words));
        }
        text.push('}');
        text.push_str(self.line_end());
    }
}

/// The entries of a text without mistakes.
fn sound(yaml: &str) -> Result<Vec<Entry>, NotWritten> {
    let mut mistakes = Mistakes::default();
    let entries = read(yaml, &mut mistakes);
    if mistakes.into_diagnostics().is_empty() { Ok(entries) } else { Err(NotWritten::Form) }
}

/// The text, if it says what it should: comments and folded lines can make it otherwise than the lines let expect.
fn checked(text: String, expected: &[&Entry]) -> Result<String, NotWritten> {
    let entries = sound(&text)?;
    let said = |entry: &Entry| {
        format!("{:?}", (entry.key(), &entry.because, entry.until.as_ref().map(|u| u.value), &entry.words))
    };
    let mut found: Vec<String> = entries.iter().map(said).collect();
    let mut expected: Vec<String> = expected.iter().map(|entry| said(entry)).collect();
    found.sort();
    expected.sort();
    if found == expected { Ok(text) } else { Err(NotWritten::Form) }
}

/// Where the line begins of an entry whose first key is at `key`; `None` where the entry does not begin with its line.
fn entry_line(yaml: &str, key: usize) -> Option<usize> {
    let before = yaml.get(..key)?;
    let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    before.get(start..)?.trim_start_matches(' ').starts_with('-').then_some(start)
}

/// Where the lines of an entry end that begins at `start`: comments and empty lines before the next one are not its own.
fn own_end(yaml: &str, start: usize, end: usize) -> usize {
    let mut own = 0;
    let mut at = 0;
    for line in yaml.get(start..end).unwrap_or_default().split_inclusive('\n') {
        at += line.len();
        let trimmed = line.trim();
        if !trimmed.is_empty() && !trimmed.starts_with('#') {
            own = at;
        }
    }
    start + own
}

/// A text as YAML takes it for itself, quoted where it must be.
fn scalar(text: &str) -> String {
    let is_plain = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '_' | '-' | '/');
    let is_word = text.starts_with(|char: char| char.is_ascii_alphabetic()) && text.chars().all(is_plain);
    let is_hash = text.len() == 16 && text.contains(|char: char| matches!(char, 'a'..='d' | 'f'));
    let is_other = matches!(text, "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n");
    if (is_word || is_hash && text.chars().all(is_plain)) && !is_other { text.to_owned() } else { quoted(text) }
}

/// A text between double quotes, with escapes for what YAML does not take as it is.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for char in text.chars() {
        match char {
            '"' | '\\' => quoted.extend(['\\', char]),
            '\n' => quoted.push_str("\\n"),
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(char));
            }
            // People look at the file in a terminal, too.
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(char));
            }
            char if char.is_control() => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(char));
            }
            char => quoted.push(char),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Written;
    use crate::span::Span;

    fn entry(file: &str, rule: &str, because: &str) -> Entry {
        let written = |text: &str| Written { value: text.to_owned(), span: Span::at(0) };
        let mark = fingerprint::of(&[rule, "so it is"]);
        let (file, rule, because) = (written(file), written(rule), because.to_owned());
        Entry { file, letter: None, rule, mark, because, until: None, words: None }
    }

    #[track_caller]
    fn check_add(yaml: &str, new: &[Entry], expected: Result<&str, NotWritten>) {
        let found = Pen::new(yaml).and_then(|pen| pen.add(new));
        assert_eq!(found.as_deref().map_err(|error| *error), expected);
    }

    #[test]
    fn entries_are_added_at_the_end() {
        let new = [entry("b.md", "thank", "it \"is\" so\n\u{85}")];
        let line = "- {file: b.md, rule: thank, passage: 817b92f7d07d2725, because: \"it \\\"is\\\" so\\n\\u0085\"}\n";
        check_add("", &new, Ok(&format!("{HEAD}{line}")));
        let old = "# why\n- {file: a, rule: r, because: b} # so";
        check_add(old, &new, Ok(&format!("{old}\n{line}")));
        check_add(
            "  - file: a\n    rule: r\n    because: b\n# end\n",
            &new,
            Ok(&format!("  - file: a\n    rule: r\n    because: b\n# end\n  {line}")),
        );
        let crlf = line.replace('\n', "\r\n");
        check_add("# a\r\n", &new, Ok(&format!("# a\r\n{crlf}")));
        check_add("[]", &new, Err(NotWritten::Form));
        check_add("[{file: a, rule: r, because: b}]", &new, Err(NotWritten::Form));
        check_add("- {file: a}", &new, Err(NotWritten::Form));
    }

    #[test]
    fn odd_names_are_quoted() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            assert_eq!(scalar(text), expected);
        }
        check("templates/a-b_c.md", "templates/a-b_c.md");
        check("../a.md", "\"../a.md\"");
        check("no", "\"no\"");
        check("a b", "\"a b\"");
        check("12", "\"12\"");
        check("2cb12447783a23ac", "2cb12447783a23ac");
        check("1234567890123456", "\"1234567890123456\"");
        check("12345678901234e5", "\"12345678901234e5\"");
    }

    #[track_caller]
    fn check_renew(yaml: &str, found: &[Entry], seen: &[&str], expected: &str) {
        let renewed =
            Pen::new(yaml).and_then(|pen| pen.renew(found, |entry| seen.contains(&entry.file.value.as_str())));
        assert_eq!(renewed.as_deref(), Ok(expected));
    }

    #[test]
    fn a_baseline_takes_the_place_of_the_one_before() {
        let day = |day: &str| Entry::baseline(day);
        let line = |file: &str, rule: &str, day: &str| {
            let mark = fingerprint::of(&[rule, "so it is"]);
            format!("- {{file: {file}, rule: {rule}, passage: {}, because: \"baseline of {day}\"}}\n", scalar(&mark))
        };
        let now = "2026-05-03";
        let found = [entry("b", "r", &day(now)), entry("a", "s", &day(now)), entry("a", "r", &day(now))];
        let lines = |first: &str| format!("{}{}{}", line("a", "r", first), line("a", "s", now), line("b", "r", now));
        check_renew("", &found, &[], &format!("{HEAD}{}", lines(now)));
        let own = "# mine\n- {file: a, rule: r, because: so}\n";
        check_renew(own, &found, &["a", "b"], &format!("{own}{}", lines(now)));
        // What is found again keeps its day, what is gone goes, what was not looked at stays.
        let before = format!("{}# gone\n{}{own}# end\n", line("a", "r", "2025-01-01"), line("a", "gone", "2025-01-01"));
        check_renew(&before, &found, &["a", "b"], &format!("{}# gone\n{own}# end\n", lines("2025-01-01")));
        let other = line("c", "r", "2025-01-01");
        check_renew(&other, &found, &["a", "b"], &format!("{}{other}", lines(now)));
        check_renew(&other, &[], &["c"], "");
        // Another run changes nothing.
        check_renew(&lines(now), &found, &["a", "b"], &lines(now));
    }
}
