//! The shape of a configuration.

use super::word::{FailOnName, OneOrMany, RuleLevelName, Text};
use schemars::JsonSchema;
use std::collections::BTreeMap;

/// How demur checks the letters of a folder and of those below it.
#[derive(JsonSchema)]
#[schemars(title = "A configuration of demur", rename_all = "kebab-case", deny_unknown_fields)]
pub struct Config {
    /// The advice: names of packs that come with demur, or paths relative to this file.
    packs: Option<OneOrMany<Text>>,
    /// Rules by name, and what is made of each.
    rules: Option<BTreeMap<String, RuleLevelName>>,
    /// Rules by name, and the number that takes the place of the one in the rule's limit.
    limits: Option<BTreeMap<String, u64>>,
    /// The least level that makes the exit code 1.
    fail_on: Option<FailOnName>,
    /// Whether the letters are templates, in which placeholders are right.
    template: Option<bool>,
    /// What the letters are, instead of recognizing it.
    kind: Option<Text>,
    /// What the files are, instead of telling it by their names, e.g. `markdown+jinja`.
    format: Option<Text>,
    /// The day on which the message came that the letters answer, e.g. `2026-05-03`.
    received_on: Option<Text>,
    /// Globs of the files of folders that are letters, instead of telling it by their endings.
    include: Option<OneOrMany<Text>>,
    /// Globs of the files and folders that are left alone, as in `.gitignore`.
    exclude: Option<OneOrMany<Text>>,
    /// How findings are shown.
    output_format: Option<Text>,
    /// The file of accepted findings, relative to this file.
    accepted: Option<Text>,
    /// The configuration that this one builds on, relative to this file.
    extends: Option<Text>,
    /// Whether the search for a configuration ends here.
    root: Option<bool>,
    /// What is different for some letters; later ones win.
    overrides: Option<Vec<Override>>,
}

/// What is different for some letters.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Override {
    /// Globs of the letters, as in `.gitignore`, relative to this file.
    files: OneOrMany<Text>,
    /// Rules by name, and what is made of each.
    rules: Option<BTreeMap<String, RuleLevelName>>,
    /// Rules by name, and the number that takes the place of the one in the rule's limit.
    limits: Option<BTreeMap<String, u64>>,
    /// The least level that makes the exit code 1.
    fail_on: Option<FailOnName>,
    /// Whether the letters are templates, in which placeholders are right.
    template: Option<bool>,
    /// What the letters are, instead of recognizing it.
    kind: Option<Text>,
    /// What the files are, instead of telling it by their names, e.g. `markdown+jinja`.
    format: Option<Text>,
    /// The day on which the message came that the letters answer, e.g. `2026-05-03`.
    received_on: Option<Text>,
}
