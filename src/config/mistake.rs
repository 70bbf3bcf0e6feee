//! What can be wrong with a configuration, and how it is shown: as a mistake in a pack is, at its place in the YAML.

use crate::diagnostic::Diagnostic;
use crate::pack;
use crate::span::{Decoded, Span};

/// A mistake in a configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    /// One that any file of YAML can have.
    #[error(transparent)]
    Yaml(#[from] pack::Mistake),
    /// A name that nothing has.
    #[error("unknown {what} `{name}`")]
    Unknown {
        /// What it should name: a rule, a level, ...
        what: &'static str,
        /// The name.
        name: String,
        /// The one that was probably meant.
        meant: Option<String>,
        /// All there are, where they are few.
        known: Vec<String>,
    },
    /// A rule without the number that a limit would take the place of.
    #[error("rule `{rule}` has no limit of its own to change")]
    NoLimit {
        /// The rule.
        rule: String,
        /// The rules that have one.
        known: Vec<String>,
    },
    /// A glob that cannot be read.
    #[error("glob `{glob}` cannot be read: {why}")]
    BadGlob {
        /// The glob.
        glob: String,
        /// What the library says.
        why: String,
    },
    /// A glob that no path can match.
    #[error("glob `{glob}` can never match: {why}")]
    DeadGlob {
        /// The glob.
        glob: String,
        /// Why.
        why: DeadGlob,
    },
    /// A file that is not there or cannot be read.
    #[error("{0}")]
    Unreadable(String),
    /// Configurations that extend each other.
    #[error("these files extend each other in a circle: {}", .circle.join(" -> "))]
    Circle {
        /// The files; the last is the first again.
        circle: Vec<String>,
    },
    /// A file that this one builds on has mistakes of its own.
    #[error("`{name}` has {count} {}", if *.count == 1 { "mistake" } else { "mistakes" })]
    Broken {
        /// Its name.
        name: String,
        /// How many.
        count: usize,
    },
}

/// Why a glob can never match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DeadGlob {
    /// Nothing is in it.
    #[error("it is empty")]
    Empty,
    /// It begins like a comment of a `.gitignore`.
    #[error("`#` begins a comment")]
    Comment,
    /// It leaves the folder.
    #[error("globs are matched inside the folder of this file, and `..` leaves it")]
    LeavesFolder,
    /// It has `//` or `/./` in it.
    #[error("no path has an empty part or a `.` in it")]
    EmptyPart,
    /// It takes back what nothing gave.
    #[error("it takes back what no glob before it matches")]
    TakesBackNothing,
}

impl Mistake {
    /// The name of the kind of mistake, as reports show it.
    pub fn rule(&self) -> &'static str {
        match self {
            Mistake::Yaml(mistake) => mistake.rule(),
            Mistake::Unknown { .. } => "unknown-name",
            Mistake::NoLimit { .. } => "no-limit",
            Mistake::BadGlob { .. } => "bad-glob",
            Mistake::DeadGlob { .. } => "dead-glob",
            Mistake::Unreadable(_) => "unreadable",
            Mistake::Circle { .. } => "circle",
            Mistake::Broken { .. } => "broken",
        }
    }

    /// The diagnostic that shows it.
    pub fn to_diagnostic(&self, span: Span<Decoded>) -> Diagnostic {
        if let Mistake::Yaml(mistake) = self {
            return mistake.to_diagnostic(span);
        }
        // All mistakes look alike, and those of packs say how.
        let shown = pack::Mistake::NotYaml(self.to_string()).to_diagnostic(span);
        Diagnostic { rule: self.rule().to_owned(), help: self.help(), ..shown }
    }

    fn help(&self) -> Option<String> {
        match self {
            Mistake::Unknown { meant: Some(name), .. } => Some(format!("did you mean `{name}`?")),
            Mistake::Unknown { known, .. } if !known.is_empty() => Some(format!("there are {}", ticked(known))),
            Mistake::NoLimit { known, .. } if known.is_empty() => Some("no rule of these packs has one".to_owned()),
            Mistake::NoLimit { known, .. } => Some(format!("these have one: {}", ticked(known))),
            Mistake::DeadGlob { why, .. } => Some(why.help().to_owned()),
            Mistake::Circle { .. } => Some("take one `extends` out".to_owned()),
            Mistake::BadGlob { .. } => Some("write a glob as in `.gitignore`, e.g. `drafts/*.md`".to_owned()),
            Mistake::Broken { .. } => Some("mend that file first".to_owned()),
            Mistake::Unknown { .. } | Mistake::Yaml(_) | Mistake::Unreadable(_) => None,
        }
    }
}

impl DeadGlob {
    fn help(self) -> &'static str {
        match self {
            DeadGlob::Empty => "write a glob as in `.gitignore`, e.g. `drafts/*.md`, or take it out",
            DeadGlob::Comment => "write `\\#` for a name that begins with `#`",
            DeadGlob::LeavesFolder => "put a configuration into the folder that is meant",
            DeadGlob::EmptyPart => "write one `/` between folders",
            DeadGlob::TakesBackNothing => "put it behind the glob that it makes an exception to",
        }
    }
}

fn ticked(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// The mistakes found so far in one file.
#[derive(Debug, Default)]
pub struct Mistakes {
    found: Vec<Diagnostic>,
    /// The place of the first one that is not shown.
    beyond: Option<Span<Decoded>>,
}

impl Mistakes {
    /// Notes one more.
    pub fn add(&mut self, mistake: impl Into<Mistake>, span: Span<Decoded>) {
        if self.is_full() {
            self.beyond.get_or_insert(span);
        } else {
            self.found.push(mistake.into().to_diagnostic(span));
        }
    }

    /// Whether no further one will be shown.
    pub fn is_full(&self) -> bool {
        self.found.len() >= pack::MOST_MISTAKES
    }

    /// All of them, in the order of the file.
    pub fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(Diagnostic::span);
        self.found.extend(self.beyond.map(|span| pack::Mistake::TooMany.to_diagnostic(span)));
        self.found
    }
}
