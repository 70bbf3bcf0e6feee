//! Shows what was found: to people, to editors, to CI. One file a format; none asks the letter anything new.

mod clean;

pub use clean::clean;

use crate::check::{Advisor, Report};
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
    /// Whether checklists and summaries are left out.
    pub quiet: bool,
    /// Columns of the terminal, where it is one.
    pub width: usize,
}
impl Style {
    pub const WIDTH: usize = 100;
}
pub struct Reporter {
    s: Style,
}
impl Reporter {
    pub fn new(s: Style, _: bool) -> Self {
        Reporter { s }
    }
    pub fn passed_over(&mut self, _: usize) {}
    pub fn begin(&mut self, _: &mut impl Write) -> io::Result<()> {
        Ok(())
    }
    pub fn letter(&mut self, o: &mut impl Write, r: &Report, _: &[Advisor]) -> io::Result<()> {
        writeln!(o, "{:?} {:?}", self.s, r.findings())
    }
    pub fn unreadable(&mut self, _: &mut impl Write, _: &crate::source::ReadError) -> io::Result<()> {
        Ok(())
    }
    pub fn end(&mut self, _: &mut impl Write, _: &[Advisor]) -> io::Result<()> {
        Ok(())
    }
}
pub fn mistakes(
    o: &mut impl Write,
    n: &str,
    y: &str,
    f: &[crate::diagnostic::Diagnostic],
    _: &Style,
) -> io::Result<()> {
    for d in f {
        let l = y[..d.span().start()].matches('\n').count() + 1;
        writeln!(o, "{n}:{l}: {} {}: {:?}", d.rule, d.message, &y[d.span().range()])?;
        for x in &d.labels {
            writeln!(o, "   > {}", &y[x.span.range()])?;
        }
    }
    Ok(())
}
