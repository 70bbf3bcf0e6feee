//! One line a finding, in the form that editors and `grep` users know: `path:line:column: level[rule] message`.

use super::clean::clean;
use crate::check::Report;
use std::io::{self, Write};

/// Shows the findings of a letter. Lines and columns are 1-based, columns in characters.
pub fn letter(out: &mut impl Write, report: &Report) -> io::Result<()> {
    let source = &report.letter.source;
    let path = clean(source.name());
    for finding in report.findings() {
        let place = source.position(finding.span().start());
        let (rule, message) = (clean(&finding.rule), clean(&finding.message));
        writeln!(out, "{path}:{}:{}: {}[{rule}] {message}", place.line, place.column, finding.level)?;
    }
    Ok(())
}
