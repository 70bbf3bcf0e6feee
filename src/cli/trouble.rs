//! Why a run could not do its job, and what to do about it.

use super::replace::ReplaceError;
use demur::document::OpenError;
use demur::report;
use demur::source::ReadError;
use std::io::{self, Write};
use std::path::PathBuf;

/// Something that ends a run with exit code 2.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// Nothing to read.
    #[error("no letter given; name a file or a folder, or pipe a letter in, e.g. `demur check letter.txt`")]
    NoLetter,
    /// A path that does not exist.
    #[error("`{}` does not exist; check the spelling, or give `-` for standard input", .0.display())]
    NoFile(PathBuf),
    /// A file that could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A letter that could not be read.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A name that nothing has.
    #[error("unknown {what} `{name}`{}", suggestion(.meant, .known))]
    Unknown {
        /// What it should name.
        what: &'static str,
        /// The name.
        name: String,
        /// The one that was probably meant.
        meant: Option<String>,
        /// All there are, where they are few.
        known: Vec<String>,
    },
    /// A configuration that would be overwritten.
    #[error("`{}` is there already; give `--force` to begin it anew", .0.display())]
    AlreadyThere(PathBuf),
    /// A file that could not be written.
    #[error("`{}` could not be written: {error}", .path.display())]
    NotWritten {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A folder with two configurations.
    #[error("`{first}` and `{second}` are both there; keep one of them")]
    TwoConfigs {
        /// One.
        first: String,
        /// The other.
        second: String,
    },
    /// A configuration that was named and cannot be read.
    #[error("{0}; name a configuration, or give `--no-config` to do without one")]
    NoConfig(String),
    /// A pack that was named and cannot be read.
    #[error("{0}; check the spelling, or name a pack that comes with demur, e.g. `decline-offer`")]
    NoPack(String),
    /// A date that is none.
    #[error("`{0}` is not a date; write it as year-month-day, e.g. `2026-05-03`")]
    NoDate(String),
    /// A pack or a list that was shown to be broken.
    #[error("`{name}` has {}; mend {} and try again", mistakes(*.count), if *.count == 1 { "it" } else { "them" })]
    Broken {
        /// Its name.
        name: String,
        /// How many mistakes it has.
        count: usize,
    },
    /// A folder that could not be walked.
    #[error("{0}")]
    Walk(#[from] ignore::Error),
    /// A mended text could not take the place of its file.
    #[error(transparent)]
    Replace(#[from] ReplaceError),
    /// Two reports on one stream.
    #[error(
        "two forms of report cannot share standard output; send one to a file, e.g. `--output-format sarif=demur.sarif`"
    )]
    TwoReports,
    /// A report could not be put into its file.
    #[error("`{}` could not be written ({error}); check that the folder exists and may be written to", .path.display())]
    Output {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The report could not be written.
    #[error("the report could not be written: {0}")]
    Write(#[from] io::Error),
}

impl Trouble {
    /// Prints it as a line on `err`; an error of that is nobody's to hear.
    pub fn print(&self, err: &mut impl Write) {
        let _ = writeln!(err, "error: {}", report::clean(&self.to_string()));
    }
}

fn suggestion(meant: &Option<String>, known: &[String]) -> String {
    let ticked: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    match (meant, ticked.as_slice()) {
        (Some(name), _) => format!("; did you mean `{name}`?"),
        (None, []) => String::new(),
        (None, _) => format!("; there are {}", ticked.join(", ")),
    }
}

fn mistakes(count: usize) -> String {
    if count == 1 { "1 mistake".to_owned() } else { format!("{count} mistakes") }
}
