//! The configuration of a folder: which packs its letters are held against, which rules at which level, and for which of
//! its letters it is otherwise.
//!
//! Text comes in, a [`Config`] or its mistakes come out. Which file holds for which letter, and what is read, is for the
//! caller to say; [`settle()`] takes a file with those that it extends and says what holds for one letter and where each
//! value is written.

mod adjust;
mod glob;
mod keys;
mod level;
mod mistake;
mod names;
mod read;
mod settle;

pub use adjust::adjusted;
pub use glob::Globs;
pub use keys::{CONFIG_KEYS, OVERRIDE_KEYS};
pub use level::{FailOn, RuleLevel};
pub use mistake::{DeadGlob, Mistake, Mistakes};
pub use names::{Known, OWN_RULES, check_names};
pub(crate) use read::Reader;
pub use read::{day, read};
pub use settle::{ConfigFile, Settled, Sourced, applying, settle};

use crate::message::Date;
use crate::span::{Decoded, Span};

/// The names that a configuration goes by, of which a folder may have one.
pub const FILE_NAMES: [&str; 2] = ["demur.yaml", ".demur.yaml"];

/// Something in a configuration and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written<T> {
    /// What it says.
    pub value: T,
    /// Its bytes in the YAML.
    pub span: Span<Decoded>,
}

/// What one file says.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The packs: names of built-in ones, or paths relative to the file.
    pub packs: Option<Vec<Written<String>>>,
    /// What it says of all letters.
    pub layer: Layer,
    /// The files of folders that are letters.
    pub include: Option<Globs>,
    /// The files and folders that are left alone.
    pub exclude: Option<Globs>,
    /// The name of an output format.
    pub output_format: Option<Written<String>>,
    /// The file that this one builds on, relative to this one.
    pub extends: Option<Written<String>>,
    /// The file of accepted findings, relative to this one.
    pub accepted: Option<Written<String>>,
    /// Whether the search for a file ends here.
    pub root: Option<Written<bool>>,
    /// What it says of some letters only; later ones win.
    pub overrides: Vec<Override>,
}

/// What is said of the letters under some paths.
#[derive(Debug, Clone)]
pub struct Override {
    /// The paths.
    pub files: Globs,
    /// What is said.
    pub layer: Layer,
}

/// What can be said of all letters or of some.
#[derive(Debug, Clone, Default)]
pub struct Layer {
    /// Rules and what is made of them; `None` where that is mistaken, so that the name can be looked at all the same.
    pub rules: Vec<(Written<String>, Option<Written<RuleLevel>>)>,
    /// Rules and the numbers that take the place of those in their limits; likewise.
    pub limits: Vec<(Written<String>, Option<Written<i64>>)>,
    /// The least level that makes a run fail.
    pub fail_on: Option<Written<FailOn>>,
    /// Whether they are templates.
    pub template: Option<Written<bool>>,
    /// The type of file that they stand in, as `--format` takes it.
    pub format: Option<Written<String>>,
    /// The name of the kind of letter that they are.
    pub kind: Option<Written<String>>,
    /// The day on which the message came that they answer.
    pub received_on: Option<Written<Date>>,
}

impl Config {
    /// What it says of all letters, and then each thing that it says of some.
    pub fn layers(&self) -> impl Iterator<Item = &Layer> {
        std::iter::once(&self.layer).chain(self.overrides.iter().map(|other| &other.layer))
    }
}
