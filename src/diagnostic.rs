//! What demur has to say about a place: in a letter, and in a pack or a list of labels just the same.

use crate::span::{Decoded, Span};
use serde::{Deserialize, Serialize};
use std::fmt;

/// How much a finding matters. Ordered, so that a threshold is one comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// The advice calls the other way better.
    Note,
    /// The advice says that it should be otherwise.
    Warning,
    /// The advice says that it must be otherwise.
    Error,
}

impl Level {
    /// All levels, the gravest first.
    pub const ALL: [Level; 3] = [Level::Error, Level::Warning, Level::Note];

    /// The word for it in packs, flags and reports.
    pub fn name(self) -> &'static str {
        match self {
            Level::Note => "note",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }

    /// The level with this name.
    pub fn find(name: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.name() == name)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A passage and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The passage, in the decoded text of the file. Empty for something missing: the place where it belongs.
    pub span: Span<Decoded>,
    /// What stands under the passage in a report; may be empty.
    pub text: String,
}

/// One change of the text: `text` in the place of `span`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What goes, in the decoded text of the file; empty where something is only added.
    pub span: Span<Decoded>,
    /// What comes; empty where something is only taken out.
    pub text: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's name, e.g. `apologize`.
    pub rule: String,
    /// How much it matters.
    pub level: Level,
    /// One lower-case sentence without a final dot: what is wrong.
    pub message: String,
    /// Where; the first is the place that a one-line report names. Never empty.
    pub labels: Vec<Label>,
    /// The advice behind the rule, a sentence each.
    pub notes: Vec<String>,
    /// What to do, one sentence.
    pub help: Option<String>,
    /// The change that would mend it.
    pub edits: Vec<Edit>,
    /// Whether the change leaves all that the writer says as it is, so that it may be made unasked.
    pub is_safe: bool,
}

impl Diagnostic {
    /// The place that a one-line report names.
    pub fn span(&self) -> Span<Decoded> {
        self.labels.first().map_or(Span::at(0), |label| label.span)
    }
}
