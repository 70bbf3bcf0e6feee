//! JUnit's XML, for the test page of a CI service: a letter is a suite, each rule that is asked of it a case.

use super::clean::clean;
use crate::check::{Advisor, Report};
use crate::diagnostic::Diagnostic;
use crate::judge::{Judgement, Outcome};
use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};
use std::io::{self, Write};

/// A letter and how the rules came out.
pub fn letter(report: &Report, advisors: &[Advisor]) -> TestSuite {
    let mut suite = TestSuite::new(clean(&report.letter.name()).into_owned());
    for (judgement, advisor) in report.judgements.iter().zip(advisors) {
        let rules = advisor.pack.rules.iter().zip(&judgement.outcomes);
        for (rule, outcome) in rules.filter(|(_, outcome)| **outcome != Outcome::NotAsked) {
            let mut case = TestCase::new(clean(&rule.id).into_owned(), status(report, judgement, &rule.id, *outcome));
            case.set_classname(clean(&advisor.pack.name).into_owned());
            suite.add_test_case(case);
        }
    }
    for remark in &report.remarks {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_message(clean(&remark.message).into_owned()).set_type(remark.level.name());
        status.set_description(line(report, remark));
        let mut case = TestCase::new(clean(&remark.rule).into_owned(), status);
        case.set_classname("demur");
        suite.add_test_case(case);
    }
    if suite.test_cases.is_empty() {
        // A suite without cases is an error to some readers.
        let mut status = TestCaseStatus::skipped();
        status.set_message("not a letter that the pack judges");
        suite.add_test_case(TestCase::new("letter", status));
    }
    suite
}

/// Writes the suites as one report.
pub fn end(out: &mut impl Write, suites: &[TestSuite]) -> io::Result<()> {
    let mut report = quick_junit::Report::new("demur");
    report.add_test_suites(suites.iter().cloned());
    report.serialize(out).map_err(io::Error::other)
}

fn status(report: &Report, judgement: &Judgement, rule: &str, outcome: Outcome) -> TestCaseStatus {
    let broken: Vec<&Diagnostic> = judgement.findings.iter().filter(|finding| finding.rule == rule).collect();
    let Some(first) = broken.first().filter(|_| outcome == Outcome::Unmet) else { return TestCaseStatus::success() };
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_message(clean(&first.message).into_owned()).set_type(first.level.name());
    status.set_description(broken.iter().map(|finding| line(report, finding)).collect::<Vec<_>>().join("\n"));
    status
}

/// A finding as `path:line:column: message; help`.
fn line(report: &Report, finding: &Diagnostic) -> String {
    let source = &report.letter.source;
    let place = source.position(finding.span().start());
    let help = finding.help.as_deref().map_or(String::new(), |help| format!("; {}", clean(help)));
    format!("{}:{}:{}: {}{help}", clean(source.name()), place.line, place.column, clean(&finding.message))
}
