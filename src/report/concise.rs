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

#[cfg(test)]
mod tests {
    use crate::report::OutputFormat;
    use crate::report::testing::*;

    #[test]
    fn a_finding_a_line_in_the_order_of_the_letter() {
        let text = "Dear Zoë,\nÉmile must decline.\n";
        let found = vec![no_apology(text, "decline."), finding(text, "thank", "Dear", "")];
        let letters = [report("a b.txt", text, REFUSAL, found), report("c.txt", text, REFUSAL, Vec::new())];
        assert_eq!(
            run(&letters, style(OutputFormat::Concise)),
            "a b.txt:1:1: warning[thank] says more than it should\n\
             a b.txt:2:20: error[apologize] turns the offer down without an apology\n"
        );
    }

    #[test]
    fn a_file_name_cannot_forge_a_line() {
        let found = vec![finding("Dear", "thank", "Dear", "")];
        let shown = run(&[report("a\nb.txt:1:1: error[x] y\r", "Dear", REFUSAL, found)], style(OutputFormat::Concise));
        assert_eq!(shown, "a b.txt:1:1: error[x] y :1:1: warning[thank] says more than it should\n");
    }
}
