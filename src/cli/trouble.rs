//! Why a run could not do its job, and what to do about it.

use super::replace::ReplaceError;
use demur::accepted::NotWritten;
use demur::document::OpenError;
use demur::report;
use demur::source::ReadError;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

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
    /// A file of accepted findings that was named and cannot be read.
    #[error("{0}; name a file of accepted findings, or give `--no-accepted` to do without one")]
    NoAccepted(String),
    /// An entry that nobody could match again.
    #[error("what comes from standard input has no name to accept it by; name its file")]
    NoName,
    /// An accepted finding without a reason.
    #[error("nothing is accepted without a reason; give one, e.g. `--because \"the employer asked for it\"`")]
    NoReason,
    /// A last day that is over.
    #[error("`{0}` is over; give a day to come, or leave `--until` out")]
    PastDay(String),
    /// Nothing to accept.
    #[error("{}", nothing_there(.rule, .path, *.line, *.is_accepted, .elsewhere))]
    NothingThere {
        /// The rule.
        rule: String,
        /// The file.
        path: PathBuf,
        /// The line, where one was named.
        line: Option<usize>,
        /// Whether what it finds there is accepted already.
        is_accepted: bool,
        /// The lines where it finds something, in order.
        elsewhere: Vec<usize>,
    },
    /// A file of accepted findings to which none can be added.
    #[error("`{name}` {error}")]
    NotAdded {
        /// Its name.
        name: String,
        /// Why.
        error: NotWritten,
    },
    /// A file that is not rewritten.
    #[error("`{0}` is not UTF-8; save it as UTF-8 and try again")]
    NotUtf8(String),
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

fn nothing_there(rule: &str, path: &Path, line: Option<usize>, is_accepted: bool, elsewhere: &[usize]) -> String {
    let path = path.display();
    let place = match line {
        Some(line) => format!("on line {line} of `{path}`"),
        None => format!("in `{path}`"),
    };
    if is_accepted {
        return format!("what `{rule}` finds {place} is accepted already; `--no-accepted` shows it");
    }
    let lines: Vec<String> = elsewhere.iter().map(usize::to_string).collect();
    match lines.split_last() {
        None => format!("`{rule}` finds nothing {place}; `demur check` shows what is found"),
        Some((line, [])) => format!("`{rule}` finds nothing {place}; it does on line {line}"),
        Some((last, rest)) => {
            format!("`{rule}` finds nothing {place}; it does on lines {} and {last}", rest.join(", "))
        }
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
