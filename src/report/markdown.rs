//! A table in Markdown, for the summary page of a CI run, e.g. `$GITHUB_STEP_SUMMARY`.

use super::Tally;
use super::clean::clean;
use super::words::count;
use crate::check::Report;
use crate::diagnostic::Level;
use std::io::{self, Write};

/// Stands before the first finding.
pub const HEAD: &str = "| where | level | what | what to do |\n|---|---|---|---|\n";

/// A row for each finding.
pub fn letter(out: &mut impl Write, report: &Report) -> io::Result<()> {
    let source = &report.letter.source;
    for finding in report.findings() {
        let place = source.position(finding.span().start());
        let within = report.letter.within.as_ref().map(|within| format!(" ({within})")).unwrap_or_default();
        let place = format!("{}:{}:{}{}", escaped(source.name()), place.line, place.column, escaped(&within));
        let help = finding.help.as_deref().map(escaped).unwrap_or_default();
        let (rule, message) = (escaped(&finding.rule), escaped(&finding.message));
        writeln!(out, "| {place} | {} | **{rule}**: {message} | {help} |", finding.level)?;
    }
    Ok(())
}

/// The count of all that was found, and what could not be read.
pub fn end(out: &mut impl Write, tally: &Tally) -> io::Result<()> {
    let letters = count(tally.letters, "letter");
    if tally.findings() == 0 {
        writeln!(out, "demur found nothing in {letters}.")?;
    } else {
        let levels: Vec<String> = Level::ALL
            .into_iter()
            .filter(|level| tally.at(*level) > 0)
            .map(|level| count(tally.at(level), level.name()))
            .collect();
        writeln!(out, "\ndemur found {} in {} of {letters}.", levels.join(", "), tally.letters_with_findings)?;
    }
    if tally.unreadable > 0 {
        writeln!(out, "\n{} could not be read; the log says which.", count(tally.unreadable, "file"))?;
    }
    Ok(())
}

/// Text that Markdown shows as it is: every mark of ASCII may be escaped, see CommonMark, section 2.4.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for char in clean(text).chars() {
        if char.is_ascii_punctuation() && !matches!(char, ',' | '.' | ';' | ':' | '/' | '-' | '\'' | '?' | '(' | ')') {
            escaped.push('\\');
        }
        escaped.push(char);
    }
    escaped
}
