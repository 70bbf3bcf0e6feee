//! Shows what was found: to people, to editors, to CI. One file a format; none asks the letter anything new.
//!
//! Nothing here prints by itself: a [`Reporter`] writes to what it is given. What comes from a letter, a pack or a file name
//! passes [`clean()`] on its way.

mod clean;
mod concise;
mod excerpt;
mod github;
mod human;
mod json;
mod overview;
mod tally;
#[cfg(test)]
mod testing;
mod words;

pub use clean::clean;
pub use human::mistakes;
pub use tally::Tally;

use crate::check::{Advisor, Report};
use crate::document::OpenError;
use std::io::{self, Write};

/// A form in which findings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputFormat {
    /// Snippets with the passage, the advice and the sentence to write.
    Human,
    /// `path:line:column: level[rule] message`, a finding a line.
    Concise,
    /// One JSON object, see `docs/json.md`.
    Json,
    /// Workflow commands that GitHub shows on the lines of a pull request.
    Github,
}

/// How findings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// The form.
    pub format: OutputFormat,
    /// Whether escape sequences for colours may be written.
    pub color: bool,
    /// Whether checklists and summaries are left out. JSON is the same with and without.
    pub quiet: bool,
    /// Columns of the terminal, or [`Style::WIDTH`] where there is none.
    pub width: usize,
}

impl Style {
    /// Columns of a page where no terminal says how many it has.
    pub const WIDTH: usize = 100;
}

/// The report on one letter, ready to be written.
#[derive(Debug, Clone)]
pub struct Rendered {
    bytes: Vec<u8>,
    tally: Tally,
}

/// Renders the report on one letter, on any thread; [`Reporter::rendered`] writes it when it is its turn. `several` says
/// that the run has more letters, so that each has no checklist of its own.
pub fn render(report: &Report, advisors: &[Advisor], style: &Style, several: bool) -> Rendered {
    let mut bytes = Vec::new();
    let written = match style.format {
        OutputFormat::Human => human::letter(&mut bytes, report, advisors, style, several),
        OutputFormat::Concise => concise::letter(&mut bytes, report),
        OutputFormat::Json => json::letter(&mut bytes, report, advisors),
        OutputFormat::Github => github::letter(&mut bytes, report),
    };
    // Memory takes all that is written to it.
    debug_assert!(written.is_ok());
    Rendered { bytes, tally: Tally::of(report) }
}

/// Writes the report on a run: `begin`, then letters and unreadable files in any order, then `end`.
#[derive(Debug)]
pub struct Reporter {
    style: Style,
    several: bool,
    tally: Tally,
    /// Only JSON tells them; else they are told when they are met.
    unreadable: Vec<json::Unreadable>,
}

impl Reporter {
    /// For a run over one letter, or over `several`.
    pub fn new(style: Style, several: bool) -> Reporter {
        Reporter { style, several, tally: Tally::default(), unreadable: Vec::new() }
    }

    /// Notes how many files of folders were not read since their names say that they hold no letter.
    pub fn passed_over(&mut self, files: usize) {
        self.tally.passed_over += files;
    }

    /// What stands before the first letter.
    pub fn begin(&self, out: &mut impl Write) -> io::Result<()> {
        match self.style.format {
            OutputFormat::Json => json::begin(out),
            OutputFormat::Human | OutputFormat::Concise | OutputFormat::Github => Ok(()),
        }
    }

    /// Renders and writes the report on a letter.
    pub fn letter(&mut self, out: &mut impl Write, report: &Report, advisors: &[Advisor]) -> io::Result<()> {
        self.rendered(out, render(report, advisors, &self.style, self.several))
    }

    /// Writes the report on a letter that was rendered in the same style.
    pub fn rendered(&mut self, out: &mut impl Write, rendered: Rendered) -> io::Result<()> {
        if self.style.format == OutputFormat::Json {
            out.write_all(if self.tally.letters == 0 { b"\n" } else { b",\n" })?;
        }
        self.tally.add(rendered.tally);
        out.write_all(&rendered.bytes)
    }

    /// Notes a file that could not be read. The message for people goes to standard error, elsewhere.
    pub fn unreadable(&mut self, error: &OpenError) {
        self.tally.unreadable += 1;
        if self.style.format == OutputFormat::Json {
            self.unreadable.push(json::Unreadable::new(error));
        }
    }

    /// What stands behind the last letter.
    pub fn end(&self, out: &mut impl Write, advisors: &[Advisor]) -> io::Result<()> {
        match self.style.format {
            OutputFormat::Json => json::end(out, &self.unreadable, &self.tally, advisors),
            OutputFormat::Human if (self.several || self.tally.letters > 1) && !self.style.quiet => {
                overview::summary(out, &self.tally, advisors, &self.style)
            }
            OutputFormat::Human | OutputFormat::Concise | OutputFormat::Github => Ok(()),
        }
    }

    /// The numbers so far.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }
}
