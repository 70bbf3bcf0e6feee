//! YAML as a tree in which every key and value knows its place, so that any mistake in it can be shown where it is.
//!
//! Typed deserialization stops at the first mistake; a tree lets the reader of a pack collect them all.

use crate::span::{Decoded, Span};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::budget::BudgetBreach;
use serde_saphyr::{Error, Location, Options, Spanned};
use std::fmt;

/// A value and its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Its bytes in the YAML; for a list or a map its first entry.
    pub span: Span<Decoded>,
}

/// What a node is.
#[derive(Debug, Clone)]
pub enum Value {
    /// Nothing stands after the key.
    Nothing,
    /// A text, a number or a truth value, as written.
    Scalar(String),
    /// `- a` or `[a, b]`.
    List(Vec<Node>),
    /// `key: value`, in the order of the file.
    Map(Vec<Entry>),
}

/// A key, its place and its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key as written.
    pub key: String,
    /// The bytes of the key.
    pub key_span: Span<Decoded>,
    /// What stands after it.
    pub node: Node,
}

/// YAML that could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// What the parser says, in one line.
    pub message: String,
    /// Where.
    pub span: Span<Decoded>,
}

/// A file may have this many keys and values, those that aliases repeat among them.
pub const MAX_VALUES: usize = 2_000_000;
/// What aliases repeat may be made of this many keys, values and ends of lists.
pub const MAX_REPEATED: usize = 100_000;
/// Lists and maps may lie in one another so deep: the parser takes some ten thousand bytes of stack for each.
pub const MAX_DEPTH: usize = 32;

/// Reads YAML.
///
/// # Errors
///
/// The first place at which it is not YAML, has a key twice, or goes beyond the parser's limits on nesting and aliases.
pub fn parse(text: &str) -> Result<Node, Unreadable> {
    parse_within(text, MAX_VALUES)
}

fn parse_within(text: &str, max_values: usize) -> Result<Node, Unreadable> {
    let raw: Raw = serde_saphyr::from_str_with_options(text, options(max_values)).map_err(|error| {
        let plain = error.without_snippet();
        let span = plain.location().map_or(Span::at(0), |location| span_of(text, location));
        Unreadable { message: message(plain), span }
    })?;
    Ok(raw.into_node(text))
}

fn options(max_values: usize) -> Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_events: 2 * max_values,
            max_nodes: max_values,
            max_depth: MAX_DEPTH,
            max_recorded_anchor_events: MAX_REPEATED,
        },
    }
}

/// What the parser says, in words for somebody who does not know it.
fn message(error: &Error) -> String {
    let words = match error {
        Error::Budget { breach: BudgetBreach::Depth { .. }, .. } => too_deep(),
        Error::Budget { breach: BudgetBreach::Nodes { .. } | BudgetBreach::Events { .. }, .. } => {
            format!("there are more than {MAX_VALUES} keys and values (limit `yaml-values`)")
        }
        Error::Budget { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => too_many_aliases(),
        Error::MultipleDocuments { .. } => "a second document begins here, and one file is one document".to_owned(),
        _ => error.to_string(),
    };
    let first = words.lines().next().unwrap_or_default();
    // The place is shown, so the words for it would be noise; advice on the parser's options is not for a user.
    let message = first.split(" at line ").next().and_then(|text| text.split(", set ").next()).unwrap_or_default();
    match message {
        "recursion limit exceeded" => too_deep(),
        // Where an alias goes beyond a limit, the parser tells of the limit in its text only.
        breached if breached.starts_with("budget breached") => too_many_aliases(),
        message => message.trim_end_matches('.').to_owned(),
    }
}

fn too_many_aliases() -> String {
    "anchors and aliases repeat too much (limit `yaml-aliases`)".to_owned()
}

fn too_deep() -> String {
    format!("lists and maps lie in one another more than {MAX_DEPTH} deep (limit `yaml-depth`)")
}

impl Node {
    /// The bytes of a part of a scalar; the whole scalar where escapes or folded lines make the part uncertain.
    pub fn place(&self, yaml: &str, part: std::ops::Range<usize>) -> Span<Decoded> {
        let Value::Scalar(value) = &self.value else { return self.span };
        let Some(raw) = yaml.get(self.span.range()) else { return self.span };
        let quote = raw.chars().next().filter(|first| matches!(first, '"' | '\'')).map_or(0, char::len_utf8);
        let Some(inner) = raw.get(quote..quote + value.len()) else { return self.span };
        if inner != value || part.end > value.len() {
            return self.span;
        }
        let start = self.span.start() + quote;
        // A parser may stop inside a character.
        Span::new(start + value.floor_char_boundary(part.start), start + value.ceil_char_boundary(part.end))
    }
}

struct Raw(Spanned<RawValue>);

enum RawValue {
    Nothing,
    Text(String),
    // Numbers and truth values are taken from the YAML as written: `1.10` must not become `1.1`.
    Other,
    List(Vec<Raw>),
    Map(Vec<(Spanned<String>, Raw)>),
}

impl Raw {
    fn into_node(self, yaml: &str) -> Node {
        let span = span_of(yaml, self.0.referenced);
        let value = match self.0.value {
            RawValue::Nothing => Value::Nothing,
            RawValue::Text(text) => Value::Scalar(text),
            RawValue::Other => Value::Scalar(yaml.get(span.range()).unwrap_or_default().trim().to_owned()),
            RawValue::List(items) => Value::List(items.into_iter().map(|item| item.into_node(yaml)).collect()),
            RawValue::Map(entries) => Value::Map(
                entries
                    .into_iter()
                    .map(|(key, raw)| Entry {
                        key_span: span_of(yaml, key.referenced),
                        key: key.value,
                        node: raw.into_node(yaml),
                    })
                    .collect(),
            ),
        };
        // A map has no bytes of its own that would help a reader; its first key has.
        let first_key = match &value {
            Value::Map(entries) => entries.first().map(|entry| entry.key_span),
            Value::Nothing | Value::Scalar(_) | Value::List(_) => None,
        };
        Node { value, span: first_key.unwrap_or(span) }
    }
}

/// Parse errors carry a line and a column only, and values carry bytes as well.
fn span_of(yaml: &str, location: Location) -> Span<Decoded> {
    let to_usize = |offset: Option<u64>| offset.and_then(|offset| usize::try_from(offset).ok());
    let start = to_usize(location.span().byte_offset()).unwrap_or_else(|| offset_of(yaml, location)).min(yaml.len());
    let end = start.saturating_add(to_usize(location.span().byte_len()).unwrap_or(0)).min(yaml.len());
    let text = yaml.get(start..end).unwrap_or_default();
    Span::new(start, start + text.trim_end().len())
}

fn offset_of(yaml: &str, location: Location) -> usize {
    let nth = |number: u64| usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX);
    let mut lines = yaml.split_inclusive('\n');
    let before: usize = lines.by_ref().take(nth(location.line())).map(str::len).sum();
    let line = lines.next().unwrap_or_default();
    before + line.chars().take(nth(location.column())).map(char::len_utf8).sum::<usize>()
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Spanned::deserialize(deserializer).map(Raw)
    }
}

impl<'de> Deserialize<'de> for RawValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = RawValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<RawValue, E> {
        Ok(RawValue::Nothing)
    }

    fn visit_none<E>(self) -> Result<RawValue, E> {
        Ok(RawValue::Nothing)
    }

    fn visit_bool<E>(self, _: bool) -> Result<RawValue, E> {
        Ok(RawValue::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<RawValue, E> {
        Ok(RawValue::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<RawValue, E> {
        Ok(RawValue::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<RawValue, E> {
        Ok(RawValue::Other)
    }

    fn visit_str<E>(self, text: &str) -> Result<RawValue, E> {
        Ok(RawValue::Text(text.to_owned()))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<RawValue, D::Error> {
        RawValue::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<RawValue, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(RawValue::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<RawValue, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(RawValue::Map(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_and_value_knows_its_bytes() {
        let yaml = "é: 1\npack: decline-offer   # name\nwords:\n  pay: [salary, 'a \"b\"', 1.10]\n  no:\n";
        let Value::Map(entries) = parse(yaml).unwrap().value else { panic!("a map") };
        assert_eq!(&yaml[entries[1].key_span.range()], "pack");
        assert_eq!(&yaml[entries[1].node.span.range()], "decline-offer");
        let Value::Map(words) = &entries[2].node.value else { panic!("a map") };
        let Value::List(items) = &words[0].node.value else { panic!("a list") };
        assert_eq!(&yaml[items[0].span.range()], "salary");
        assert_eq!(&yaml[items[1].place(yaml, 2..5).range()], "\"b\"");
        assert!(matches!(&items[2].value, Value::Scalar(text) if text == "1.10"));
        assert!(matches!(words[1].node.value, Value::Nothing));
    }

    #[test]
    fn what_is_not_yaml_is_shown_at_its_place() {
        let yaml = "pack: a\nwords: [a, b\nletters:\n";
        let unreadable = parse(yaml).unwrap_err();
        assert!(unreadable.span.start() >= 8, "{unreadable:?}");
    }

    #[test]
    fn a_part_of_a_scalar_is_whole_characters() {
        let yaml = "a: x\u{342}y";
        let Value::Map(entries) = parse(yaml).unwrap().value else { panic!("a map") };
        assert_eq!(&yaml[entries[0].node.place(yaml, 1..2).range()], "\u{342}");
        assert_eq!(&yaml[entries[0].node.place(yaml, 2..4).range()], "\u{342}y");
    }

    #[test]
    fn what_goes_beyond_a_limit_is_refused_by_its_name() {
        #[track_caller]
        fn check(yaml: &str, expected: &str) {
            assert_eq!(parse_within(yaml, 5_000).map(|_| ()).unwrap_err().message, expected);
        }
        let deep = "lists and maps lie in one another more than 32 deep (limit `yaml-depth`)";
        check(&"- ".repeat(33), deep);
        check(&"[".repeat(1000), deep);
        check(
            &format!("a: [{}]", "1,".repeat(5_000)),
            "there are more than 2000000 keys and values (limit `yaml-values`)",
        );
        let repeated = format!("- &a [{}]\n{}", "x,".repeat(100), "- &b [*a]\n".repeat(1000));
        check(&repeated, "anchors and aliases repeat too much (limit `yaml-aliases`)");
        assert!(parse(&"- ".repeat(32)).is_ok());
    }
}
