//! Reads a file of accepted findings, collecting every mistake on the way.

use super::{Entry, KEYS};
use crate::config::{Mistakes, Reader, Written};
use crate::fingerprint;
use crate::pack;
use crate::yaml::{self, Node, Value};

/// Reads the entries. What is mistaken is noted in `mistakes`; with a mistake noted the entries must not be used.
/// Whether there are such rules is for the caller to say, who knows the packs.
pub fn read(yaml: &str, mistakes: &mut Mistakes) -> Vec<Entry> {
    let root = match yaml::parse(yaml) {
        Ok(root) => root,
        Err(unreadable) => {
            mistakes.add(pack::Mistake::NotYaml(unreadable.message), unreadable.span);
            return Vec::new();
        }
    };
    let mut reader = Reader { mistakes };
    match &root.value {
        // A file of comments accepts nothing, and that is no mistake.
        Value::Nothing => Vec::new(),
        Value::List(nodes) => nodes.iter().filter_map(|node| entry(&mut reader, node)).collect(),
        Value::Scalar(_) | Value::Map(_) => {
            reader.wrong_shape("a list of entries, each begun with `- file: `", root.span);
            Vec::new()
        }
    }
}

fn entry(reader: &mut Reader<'_>, node: &Node) -> Option<Entry> {
    let (mut file, mut rule, mut because) = (None, None, None);
    let (mut letter, mut passage, mut until, mut words) = (None, None, None, None);
    let entries = reader.entries(node, node.span, KEYS);
    for entry in entries {
        let value = &entry.node;
        match entry.key.as_str() {
            "file" => file = reader.text(value, FILE).filter(|file| is_path(reader, file)),
            "letter" => letter = number(reader, value),
            "rule" => rule = reader.text(value, "the name of a rule"),
            "passage" => passage = reader.text(value, MARK).filter(|passage| is_mark(reader, passage)),
            "because" => because = reader.text(value, REASON).filter(|reason| is_reason(reader, reason)),
            "until" => until = reader.day(value),
            "words" => words = reader.text(value, "the words of the passage"),
            // Unknown keys are noted where the entries are taken.
            _ => {}
        }
    }
    for key in ["file", "rule", "because"] {
        if matches!(node.value, Value::Map(_)) && entries.iter().all(|entry| entry.key != key) {
            reader.mistakes.add(pack::Mistake::MissingKey { key }, node.span);
        }
    }
    let rule = rule?;
    let mark = passage.map_or_else(|| fingerprint::of(&[&rule.value, ""]), |passage: Written<String>| passage.value);
    let words = words.map(|words: Written<String>| words.value);
    Some(Entry { file: file?, letter: letter.flatten(), mark, because: because?.value, until, words, rule })
}

const FILE: &str = "the path of a file, from the folder of this one, with `/` between folders";
const MARK: &str = "16 hexadecimal digits in lower case, as `demur accept` writes them";
const REASON: &str = "a reason, in a few words";

fn is_path(reader: &mut Reader<'_>, file: &Written<String>) -> bool {
    let text = &file.value;
    let is_path = !text.is_empty() && !text.starts_with('/') && !text.contains('\\');
    if !is_path {
        reader.wrong_shape(FILE, file.span);
    }
    is_path
}

fn is_mark(reader: &mut Reader<'_>, passage: &Written<String>) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f');
    let is_mark = passage.value.len() == 16 && passage.value.bytes().all(is_digit);
    if !is_mark {
        reader.wrong_shape(MARK, passage.span);
    }
    is_mark
}

fn is_reason(reader: &mut Reader<'_>, reason: &Written<String>) -> bool {
    let is_reason = reason.value.contains(char::is_alphanumeric);
    if !is_reason {
        reader.wrong_shape(REASON, reason.span);
    }
    is_reason
}

/// The number of a letter; the inner `None` is a mistake that was noted.
fn number(reader: &mut Reader<'_>, node: &Node) -> Option<Option<u64>> {
    let wanted = "the number of the letter in its file, 1 or more";
    let text = reader.text(node, wanted)?;
    let number = text.value.parse().ok().filter(|number| *number >= 1);
    if number.is_none() {
        reader.wrong_shape(wanted, text.span);
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read, an entry a line, and then each mistake with the text that it is shown at.
    #[track_caller]
    fn check(yaml: &str, expected: &[&str]) {
        let mut mistakes = Mistakes::default();
        let entries = read(yaml, &mut mistakes);
        let mut found: Vec<String> = entries
            .iter()
            .map(|entry| {
                let letter = entry.letter.map_or(String::new(), |letter| format!("#{letter}"));
                format!("{}{letter} {} {}: {}", entry.file.value, entry.rule.value, entry.mark, entry.because)
            })
            .collect();
        let mistakes = mistakes.into_diagnostics().into_iter();
        found.extend(mistakes.map(|mistake| format!("{} at `{}`", mistake.message, &yaml[mistake.span().range()])));
        assert_eq!(found, expected);
    }

    #[test]
    fn entries_are_read() {
        check("", &[]);
        check("# nothing yet\n", &[]);
        check("[]", &[]);
        check(
            "- {file: a/b.md, rule: thank, passage: 0123456789abcdef, because: no need, until: 2027-01-31, words: x}",
            &["a/b.md thank 0123456789abcdef: no need"],
        );
        check(
            "- file: a.md\n  letter: 3\n  rule: thank\n  passage: 1234567890123456\n  because: 12 people asked\n",
            &["a.md#3 thank 1234567890123456: 12 people asked"],
        );
        // Made with `printf 'apologize\0\0' | sha256sum`.
        check("- {file: a, rule: apologize, because: so}", &["a apologize 2cb12447783a23ac: so"]);
    }

    #[test]
    fn every_mistake_is_shown_at_its_place() {
        let list = "expected a list of entries, each begun with `- file: ` at";
        check("file: a", &[&format!("{list} `file`")]);
        check("a", &[&format!("{list} `a`")]);
        check("- a", &["expected keys and values at `a`"]);
        check("- {file: a}", &["`rule` is missing at `file`", "`because` is missing at `file`"]);
        check(
            "- {fil: a, rule: r, because: b}\n- {file: a, rule: r, because: ''}\n- {file: a, rule: r, because: '-'}",
            &[
                "unknown key `fil` at `fil`",
                "`file` is missing at `fil`",
                "expected a reason, in a few words at `''`",
                "expected a reason, in a few words at `'-'`",
            ],
        );
        let wrong = |passage: &str| format!("- {{file: a, rule: r, because: b, passage: {passage}}}");
        for passage in ["0123456789abcde", "0123456789abcdef0", "0123456789abcdeg", "0123456789ABCDEF"] {
            check(&wrong(passage), &["a r aa18adca9669b71d: b", &format!("expected {MARK} at `{passage}`")]);
        }
        let until = "expected a day as year-month-day, e.g. `2026-05-03` at `soon`";
        check("- {file: a, rule: r, because: b, until: soon}", &["a r aa18adca9669b71d: b", until]);
        check("- {file: /a, rule: r, because: b}", &[&format!("expected {FILE} at `/a`")]);
        check("- {file: 'a\\b', rule: r, because: b}", &[&format!("expected {FILE} at `'a\\b'`")]);
        let letter = "expected the number of the letter in its file, 1 or more at `0`";
        check("- {file: a, rule: r, because: b, letter: 0}", &["a r aa18adca9669b71d: b", letter]);
        check("- [", &["unclosed bracket '[' at ``"]);
    }
}
