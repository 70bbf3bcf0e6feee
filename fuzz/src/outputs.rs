//! Each form of report, read by a parser that is not demur's.

use demur::check::{Advisor, Report};
use demur::report::{OutputFormat, Reporter, Style};
use quick_xml::events::Event;
use serde_json::Value;

/// Shows letters in every form.
pub fn check(reports: &[Report], advisors: &[Advisor]) {
    for format in OutputFormat::ALL {
        let style = Style { format, color: false, quiet: false, redact: false, width: Style::WIDTH };
        let mut out = Vec::new();
        let mut reporter = Reporter::new(style, reports.len() > 1);
        reporter.begin(&mut out, advisors).expect("memory takes all");
        for report in reports {
            reporter.letter(&mut out, report, advisors).expect("memory takes all");
        }
        reporter.end(&mut out, advisors).expect("memory takes all");
        let shown = String::from_utf8(out).expect("reports are UTF-8");
        let obeyed = shown.chars().find(|char| *char != '\n' && (char.is_control() || is_invisible(*char)));
        assert_eq!(obeyed, None, "{}", format.name());
        assert!(!shown.contains("##[") && !shown.contains("##vso["), "{}", format.name());
        parse(format, &shown);
    }
}

fn is_invisible(char: char) -> bool {
    matches!(char, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e0001}'..='\u{e007f}')
}

fn parse(format: OutputFormat, shown: &str) {
    match format {
        OutputFormat::Human | OutputFormat::Concise => {
            assert!(!shown.lines().any(|line| line.trim_start().starts_with("::")), "{shown}");
        }
        OutputFormat::Markdown => {}
        OutputFormat::Github => {
            let is_own = |line: &str| ["::error ", "::warning ", "::notice "].iter().any(|own| line.starts_with(own));
            assert!(shown.lines().all(is_own), "{shown}");
        }
        OutputFormat::Json | OutputFormat::Sarif | OutputFormat::Gitlab => {
            let _: Value = serde_json::from_str(shown).expect("JSON");
        }
        OutputFormat::JsonLines => {
            shown.lines().for_each(|line| drop(serde_json::from_str::<Value>(line).expect("JSON on each line")));
        }
        OutputFormat::Junit | OutputFormat::Checkstyle => {
            let mut reader = quick_xml::Reader::from_str(shown);
            while reader.read_event().expect("XML") != Event::Eof {}
        }
    }
}
