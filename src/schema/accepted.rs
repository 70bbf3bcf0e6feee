//! The shape of a file of accepted findings.

use super::word::Text;
use schemars::JsonSchema;

/// What demur finds in letters and somebody has accepted.
#[derive(JsonSchema)]
#[schemars(title = "Accepted findings of demur")]
pub struct Accepted(Vec<Entry>);

/// What one entry accepts.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Entry {
    /// The file of the letter, relative to this file, with `/` between folders.
    file: Text,
    /// The number of the letter in its file, from 1; any where none is given.
    #[schemars(range(min = 1))]
    letter: Option<u64>,
    /// The rule.
    rule: Text,
    /// The fingerprint of the passage, as `demur accept` writes it; none for something that is missing.
    passage: Option<Text>,
    /// Why it is accepted.
    because: Text,
    /// The last day on which it is, e.g. `2027-01-31`.
    until: Option<Text>,
    /// The words of the passage, for people.
    words: Option<Text>,
}
