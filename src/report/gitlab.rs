//! Code Quality reports of GitLab, see <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>.

use super::clean::clean;
use super::words::message;
use super::{address, json};
use crate::check::Report;
use crate::diagnostic::{Diagnostic, Level};
use crate::fingerprint;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: String,
    /// One for each finding of a project, and the same when lines move.
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    positions: Positions,
}

#[derive(Serialize)]
struct Positions {
    begin: Place,
    end: Place,
}

/// 1-based; columns in characters.
#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
}

/// The findings of a letter, parted by commas.
pub fn letter(out: &mut impl Write, report: &Report) -> io::Result<()> {
    let mut seen = BTreeMap::new();
    for (number, finding) in report.findings().into_iter().enumerate() {
        if number > 0 {
            out.write_all(b",\n")?;
        }
        json::write(out, &issue(report, finding, &mut seen))?;
    }
    Ok(())
}

fn issue(report: &Report, finding: &Diagnostic, seen: &mut BTreeMap<String, usize>) -> Issue {
    let letter = &report.letter;
    let path = clean(&address::relative(letter.source.name())).into_owned();
    let number = letter.within.as_ref().map_or(0, |within| within.number).to_string();
    let passage = fingerprint::passage(letter, finding.span());
    let count = seen.entry(format!("{} {passage}", finding.rule)).or_default();
    *count += 1;
    let place = |offset| {
        let position = letter.source.position(offset);
        Place { line: position.line, column: position.column }
    };
    Issue {
        description: message(letter, finding),
        check_name: clean(&finding.rule).into_owned(),
        fingerprint: fingerprint::of(&[&path, &number, &finding.rule, &passage, &count.to_string()]),
        severity: match finding.level {
            Level::Error => "major",
            Level::Warning => "minor",
            Level::Note => "info",
        },
        location: Location {
            positions: Positions { begin: place(finding.span().start()), end: place(finding.span().end()) },
            path,
        },
    }
}
