//! Workflow commands, which GitHub shows on the lines of a pull request.
//!
//! The form is that of `@actions/core`, `src/command.ts`: `::error file=...,line=...::message`.

use super::clean::clean;
use crate::check::Report;
use crate::diagnostic::{Diagnostic, Level};
use crate::source::Source;
use std::io::{self, Write};

/// Shows the findings of a letter.
pub fn letter(out: &mut impl Write, report: &Report) -> io::Result<()> {
    report.findings().into_iter().try_for_each(|finding| command(out, &report.letter.source, finding))
}

fn command(out: &mut impl Write, source: &Source, finding: &Diagnostic) -> io::Result<()> {
    let level = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    let title = property(&format!("demur ({})", finding.rule));
    let (file, place) = (property(source.name()), place(source, finding));
    writeln!(out, "::{level} title={title},file={file},{place}::{}", data(&message(finding)))
}

/// The lines, 1-based; and the columns, 1-based and in characters, the end behind the last one.
fn place(source: &Source, finding: &Diagnostic) -> String {
    let span = finding.span();
    let (start, end) = (source.position(span.start()), source.position(span.end()));
    // `col` and `endColumn` must not be given when `line` and `endLine` differ, or GitHub drops the place.
    // See <https://github.com/astral-sh/ruff/issues/22074>.
    if start.line != end.line {
        return format!("line={},endLine={}", start.line, end.line);
    }
    format!("line={},endLine={},col={},endColumn={}", start.line, end.line, start.column, end.column)
}

/// The message, and below it what to do.
fn message(finding: &Diagnostic) -> String {
    let message = clean(&finding.message);
    match &finding.help {
        Some(help) => format!("{message}\nhelp: {}", clean(help)),
        None => message.into_owned(),
    }
}

/// What follows the second `::`. The percent sign goes first, since the others bring new ones.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(&clean(text)).replace(':', "%3A").replace(',', "%2C")
}
