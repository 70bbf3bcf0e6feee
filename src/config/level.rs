//! The words that say how much a rule matters.

use crate::diagnostic::Level;
use std::fmt;

/// What a configuration makes of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleLevel {
    /// It is not asked.
    Off,
    /// It is asked, and a breach matters so much.
    At(Level),
}

impl RuleLevel {
    /// All of them, the gravest first.
    pub const ALL: [RuleLevel; 4] =
        [RuleLevel::At(Level::Error), RuleLevel::At(Level::Warning), RuleLevel::At(Level::Note), RuleLevel::Off];

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            RuleLevel::Off => "off",
            RuleLevel::At(level) => level.name(),
        }
    }

    /// The one with this name.
    pub fn find(name: &str) -> Option<RuleLevel> {
        RuleLevel::ALL.into_iter().find(|level| level.name() == name)
    }
}

impl fmt::Display for RuleLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The least level of a finding that makes a run fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailOn {
    /// Errors fail, nothing else does.
    Error,
    /// Warnings and errors.
    Warning,
    /// Anything at all.
    Note,
    /// Nothing.
    Never,
}

impl FailOn {
    /// All of them, the most lenient last.
    pub const ALL: [FailOn; 4] = [FailOn::Note, FailOn::Warning, FailOn::Error, FailOn::Never];

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            FailOn::Error => "error",
            FailOn::Warning => "warning",
            FailOn::Note => "note",
            FailOn::Never => "never",
        }
    }

    /// The one with this name.
    pub fn find(name: &str) -> Option<FailOn> {
        FailOn::ALL.into_iter().find(|level| level.name() == name)
    }

    /// Whether a finding of this level makes a run fail.
    pub fn fails(self, level: Level) -> bool {
        match self {
            FailOn::Error => level >= Level::Error,
            FailOn::Warning => level >= Level::Warning,
            FailOn::Note => true,
            FailOn::Never => false,
        }
    }
}

impl fmt::Display for FailOn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
