//! Shows what was found: to people, to editors, to CI. One file a format; none asks the letter anything new.
//!
//! Nothing here prints by itself: a [`Reporter`] writes to what it is given. What comes from a letter, a pack or a file name
//! passes [`clean()`] on its way.

mod address;
mod checkstyle;
mod clean;
mod concise;
mod excerpt;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod markdown;
mod overview;
mod sarif;
mod tally;
#[cfg(test)]
mod testing;
mod words;

pub use clean::{clean, is_command, is_unsafe};
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
    /// One JSON object for each finding, a line each.
    JsonLines,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands that GitHub shows on the lines of a pull request.
    Github,
    /// A Code Quality report of GitLab.
    Gitlab,
    /// JUnit's XML: a letter is a suite, a rule a case.
    Junit,
    /// The XML of Checkstyle.
    Checkstyle,
    /// A table for the summary page of a CI run.
    Markdown,
}

impl OutputFormat {
    /// All formats.
    pub const ALL: [OutputFormat; 10] = [
        OutputFormat::Human,
        OutputFormat::Concise,
        OutputFormat::Json,
        OutputFormat::JsonLines,
        OutputFormat::Sarif,
        OutputFormat::Github,
        OutputFormat::Gitlab,
        OutputFormat::Junit,
        OutputFormat::Checkstyle,
        OutputFormat::Markdown,
    ];

    /// The word for it in flags and configuration.
    pub fn name(self) -> &'static str {
        match self {
            OutputFormat::Human => "human",
            OutputFormat::Concise => "concise",
            OutputFormat::Json => "json",
            OutputFormat::JsonLines => "json-lines",
            OutputFormat::Sarif => "sarif",
            OutputFormat::Github => "github",
            OutputFormat::Gitlab => "gitlab",
            OutputFormat::Junit => "junit",
            OutputFormat::Checkstyle => "checkstyle",
            OutputFormat::Markdown => "markdown",
        }
    }

    /// The format with this name.
    pub fn find(name: &str) -> Option<OutputFormat> {
        OutputFormat::ALL.into_iter().find(|format| format.name() == name)
    }
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
    /// Whether the words of letters are kept out of the formats for machines.
    pub redact: bool,
    /// Columns of the terminal, or [`Style::WIDTH`] where there is none.
    pub width: usize,
}

impl Style {
    /// Whether the words of letters may be repeated; reports for people show them all the same.
    pub fn shows_words(&self) -> bool {
        !self.redact || self.format == OutputFormat::Human
    }

    /// Columns of a page where no terminal says how many it has.
    pub const WIDTH: usize = 100;
}

/// The report on one letter, ready to be written.
#[derive(Debug, Clone)]
pub struct Rendered {
    bytes: Vec<u8>,
    tally: Tally,
    /// JUnit's form begins with numbers over all letters, so it is written at the end.
    suite: Option<quick_junit::TestSuite>,
}

impl Rendered {
    /// The same in a run whose packs are more than those of this letter: `packs` are the numbers of its packs in the run.
    pub fn renumbered(self, packs: &[usize]) -> Rendered {
        Rendered { tally: self.tally.renumbered(packs), ..self }
    }
}

/// Renders the report on one letter, on any thread; [`Reporter::rendered`] writes it when it is its turn. `several` says
/// that the run has more letters, so that each has no checklist of its own. `run` are the packs of all letters, among which
/// SARIF numbers the rules; `advisors` are those of this one.
pub fn render(report: &Report, advisors: &[Advisor], run: &[Advisor], style: &Style, several: bool) -> Rendered {
    let mut bytes = Vec::new();
    let mut suite = None;
    let written = match style.format {
        OutputFormat::Human => human::letter(&mut bytes, report, advisors, style, several),
        OutputFormat::Concise => concise::letter(&mut bytes, report),
        OutputFormat::Json => json::letter(&mut bytes, report, advisors, style),
        OutputFormat::JsonLines => json::lines(&mut bytes, report, advisors),
        OutputFormat::Sarif => sarif::letter(&mut bytes, report, run),
        OutputFormat::Github => github::letter(&mut bytes, report),
        OutputFormat::Gitlab => gitlab::letter(&mut bytes, report),
        OutputFormat::Junit => {
            suite = Some(junit::letter(report, advisors));
            Ok(())
        }
        OutputFormat::Checkstyle => checkstyle::letter(&mut bytes, report),
        OutputFormat::Markdown => markdown::letter(&mut bytes, report),
    };
    // Memory takes all that is written to it.
    debug_assert!(written.is_ok());
    Rendered { bytes, tally: Tally::of(report), suite }
}

/// Writes the report on a run: `begin`, then letters and unreadable files in any order, then `end`.
#[derive(Debug)]
pub struct Reporter {
    style: Style,
    several: bool,
    tally: Tally,
    /// Whether something of a letter was written.
    has_begun: bool,
    /// For the formats that tell them; else they are told when they are met.
    unreadable: Vec<json::Unreadable>,
    /// The letters, for JUnit's form.
    suites: Vec<quick_junit::TestSuite>,
}

impl Reporter {
    /// For a run over one letter, or over `several`.
    pub fn new(style: Style, several: bool) -> Reporter {
        let (tally, unreadable, suites) = (Tally::default(), Vec::new(), Vec::new());
        Reporter { style, several, tally, has_begun: false, unreadable, suites }
    }

    /// Notes how many files of folders were not read since their names say that they hold no letter.
    pub fn passed_over(&mut self, files: usize) {
        self.tally.passed_over += files;
    }

    /// What stands before the first letter.
    pub fn begin(&self, out: &mut impl Write, advisors: &[Advisor]) -> io::Result<()> {
        match self.style.format {
            OutputFormat::Json => json::begin(out),
            OutputFormat::Sarif => sarif::begin(out, advisors),
            OutputFormat::Gitlab => out.write_all(b"["),
            OutputFormat::Checkstyle => checkstyle::begin(out),
            OutputFormat::Human
            | OutputFormat::Concise
            | OutputFormat::JsonLines
            | OutputFormat::Github
            | OutputFormat::Junit
            | OutputFormat::Markdown => Ok(()),
        }
    }

    /// Renders and writes the report on a letter.
    pub fn letter(&mut self, out: &mut impl Write, report: &Report, advisors: &[Advisor]) -> io::Result<()> {
        self.rendered(out, render(report, advisors, advisors, &self.style, self.several))
    }

    /// Writes the report on a letter that was rendered in the same style.
    pub fn rendered(&mut self, out: &mut impl Write, rendered: Rendered) -> io::Result<()> {
        if !rendered.bytes.is_empty() {
            out.write_all(self.lead().as_bytes())?;
            self.has_begun = true;
        }
        self.tally.add(rendered.tally);
        self.suites.extend(rendered.suite);
        out.write_all(&rendered.bytes)
    }

    /// What parts a letter from the one before, or opens the list of them.
    fn lead(&self) -> &'static str {
        match (self.style.format, self.has_begun) {
            (OutputFormat::Json | OutputFormat::Sarif | OutputFormat::Gitlab, false) => "\n",
            (OutputFormat::Json | OutputFormat::Sarif | OutputFormat::Gitlab, true) => ",\n",
            (OutputFormat::Markdown, false) => markdown::HEAD,
            _ => "",
        }
    }

    /// Notes a file that could not be read. The message for people goes to standard error, elsewhere.
    pub fn unreadable(&mut self, error: &OpenError) {
        self.tally.unreadable += 1;
        if matches!(self.style.format, OutputFormat::Json | OutputFormat::Sarif) {
            self.unreadable.push(json::Unreadable::new(error));
        }
    }

    /// What stands behind the last letter.
    pub fn end(&self, out: &mut impl Write, advisors: &[Advisor]) -> io::Result<()> {
        match self.style.format {
            OutputFormat::Json => json::end(out, &self.unreadable, &self.tally, advisors),
            OutputFormat::Sarif => sarif::end(out, &self.unreadable),
            OutputFormat::Gitlab => out.write_all(b"\n]\n"),
            OutputFormat::Junit => junit::end(out, &self.suites),
            OutputFormat::Checkstyle => checkstyle::end(out),
            OutputFormat::Markdown => markdown::end(out, &self.tally),
            OutputFormat::Human if (self.several || self.tally.letters > 1) && !self.style.quiet => {
                overview::summary(out, &self.tally, advisors, &self.style)
            }
            OutputFormat::Human | OutputFormat::Concise | OutputFormat::JsonLines | OutputFormat::Github => Ok(()),
        }
    }

    /// The numbers so far.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }
}
