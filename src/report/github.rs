//! Workflow commands, which GitHub shows on the lines of a pull request.
//!
//! The form is that of `@actions/core`, `src/command.ts`: `::error file=...,line=...::message`.

use super::clean::clean;
use crate::check::Report;
use crate::diagnostic::{Diagnostic, Level};
use crate::document::Letter;
use crate::source::{Origin, Source};
use std::io::{self, Write};

/// Shows the findings of a letter.
pub fn letter(out: &mut impl Write, report: &Report) -> io::Result<()> {
    report.findings().into_iter().try_for_each(|finding| command(out, &report.letter, finding))
}

fn command(out: &mut impl Write, letter: &Letter, finding: &Diagnostic) -> io::Result<()> {
    let source = &letter.source;
    let level = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    let within = letter.within.as_ref().map(|within| format!(": {within}")).unwrap_or_default();
    let title = property(&format!("demur ({}){within}", finding.rule));
    let file = property(source.name());
    let place = match source.origin() {
        Origin::File => place(source, finding),
        // The lines of the text are not those of the file; the first one holds what is about the whole of it.
        Origin::Extracted => "line=1,endLine=1".to_owned(),
    };
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

#[cfg(test)]
mod tests {
    use crate::report::OutputFormat;
    use crate::report::testing::*;

    fn github(name: &str, text: &str, found: crate::diagnostic::Diagnostic) -> String {
        run(&[report(name, text, REFUSAL, vec![found])], style(OutputFormat::Github))
    }

    #[test]
    fn a_text_that_was_decoded_has_no_lines_in_the_file() {
        let text = "Dear Ann,\n\nI must decline.\n";
        let mut decoded = report("a.eml", text, REFUSAL, vec![finding(text, "thank", "I must", "")]);
        decoded.letter.source = std::sync::Arc::new(crate::source::Source::extracted("a.eml", text));
        assert_eq!(
            run(&[decoded], style(OutputFormat::Github)),
            "::warning title=demur (thank),file=a.eml,line=1,endLine=1::says more than it should%0Ahelp: say less\n"
        );
    }

    #[test]
    fn columns_are_given_on_one_line_only() {
        let text = "I must\ndecline.\n";
        assert_eq!(
            github("a.txt", text, no_apology(text, "decline.")),
            "::error title=demur (apologize),file=a.txt,line=2,endLine=2,col=9,endColumn=9::turns the offer down without an \
             apology%0Ahelp: apologize once, plainly\n"
        );
        assert_eq!(
            github("a.txt", text, finding(text, "thank", "must\ndecline", "")),
            "::warning title=demur (thank),file=a.txt,line=1,endLine=2::says more than it should%0Ahelp: say less\n"
        );
    }

    #[test]
    fn a_file_name_cannot_add_a_property_or_a_command() {
        let found = finding("Dear", "thank", "Dear", "");
        let shown = github("a,line=9::x\n::set-output name=y::z%0A", "Dear", found);
        let file = "file=a%2Cline=9%3A%3Ax \u{fffd}%3Aset-output name=y%3A%3Az%250A,line=1";
        assert!(shown.contains(file), "{shown}");
        assert_eq!(shown.lines().count(), 1, "{shown}");
    }

    #[test]
    fn a_message_cannot_start_a_command() {
        let mut found = finding("Dear", "thank", "Dear", "");
        found.message = "x\r\n::error::y\n::set-output name=a::b".to_owned();
        found.help = Some("100%\n::stop-commands::z".to_owned());
        let shown = github("a.txt", "Dear", found);
        let message = "::x \u{fffd}:error::y \u{fffd}:set-output name=a::b%0Ahelp: 100%25 \u{fffd}:stop-commands::z\n";
        assert!(shown.ends_with(message), "{shown}");
        assert_eq!(shown.lines().count(), 1, "{shown}");
    }
}
