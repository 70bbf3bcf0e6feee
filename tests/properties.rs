//! What holds of any letter in any format: findings in order, the same every time, at places inside the file.

use demur::check::{Advisor, Report};
use demur::document::Document;
use demur::judge::Circumstances;
use demur::report::{OutputFormat, Reporter, Style};
use demur::source::{Origin, RawFile};
use proptest::prelude::*;
use std::fs;
use std::process::Command;
use std::sync::LazyLock;

static ADVISORS: LazyLock<[Advisor; 1]> = LazyLock::new(|| {
    [Advisor::read(include_str!("command_line/dinner.yaml")).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"))]
});

const NAMES: [&str; 9] =
    ["a.txt", "a.md", "a.html", "a.eml", "a.mbox", "a.txt.j2", "a.html.hbs", "a.md.liquid", "a.blade.php"];

/// What letters and their formats are made of, and what is hard about characters.
const PIECES: [&str; 40] = [
    "Dear Ann,",
    "\n",
    "\n\n",
    "\r\n",
    "I cannot come",
    " because ",
    "Thank you.",
    "Bo",
    "Best regards,\n",
    "> ",
    "- ",
    "# No",
    "**",
    "<p>",
    "</p>",
    "<b>",
    "<!--",
    "&amp;",
    "&",
    "{{name}}",
    "{% if a %}",
    "{% else %}",
    "{% endif %}",
    "{{",
    "[date]",
    "Subject: No\n",
    "MIME-Version: 1.0\n",
    "From a@a.example Mon May  4\n",
    "=20",
    "=\n",
    "--b\n",
    "Content-Type: multipart/mixed; boundary=b\n\n",
    "\u{e9}",
    "\u{301}",
    "\u{202e}",
    "\u{1f600}",
    "\u{2028}",
    "\t",
    "`",
    "|",
];

fn letters() -> impl Strategy<Value = (&'static str, Vec<u8>)> {
    let piece = prop_oneof![
        8 => prop::sample::select(&PIECES[..]).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 1..4),
    ];
    (prop::sample::select(&NAMES[..]), prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat()))
}

fn reports(name: &str, bytes: &[u8]) -> Vec<Report> {
    let file = RawFile { name: name.to_owned(), bytes: bytes.to_vec() };
    let Ok(document) = Document::open(file, None) else { return Vec::new() };
    document.letters().map(|letter| Report::new(letter, &*ADVISORS, &[Circumstances::default()])).collect()
}

fn shown(reports: &[Report]) -> Vec<u8> {
    let style = Style { format: OutputFormat::Json, color: false, quiet: false, redact: false, width: Style::WIDTH };
    let (mut reporter, mut out) = (Reporter::new(style, true), Vec::new());
    reporter.begin(&mut out, &*ADVISORS).expect("memory takes all");
    for report in reports {
        reporter.letter(&mut out, report, &*ADVISORS).expect("memory takes all");
    }
    reporter.end(&mut out, &*ADVISORS).expect("memory takes all");
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn findings_are_in_order_and_inside_the_file((name, bytes) in letters()) {
        for report in reports(name, &bytes) {
            let source = &report.letter.source;
            let findings = report.findings();
            prop_assert!(findings.is_sorted_by_key(|finding| (finding.span(), &finding.rule)));
            for span in findings.iter().flat_map(|finding| finding.labels.iter().map(|label| label.span)) {
                prop_assert!(source.text().get(span.range()).is_some(), "{:?}", span);
                let in_file = source.to_file(span);
                prop_assert!(source.origin() == Origin::Extracted || bytes.get(in_file.range()).is_some(), "{:?}", in_file);
            }
        }
    }

    #[test]
    fn the_view_leads_back_to_the_text((name, bytes) in letters()) {
        for report in reports(name, &bytes) {
            let (source, view, message) = (&report.letter.source, &report.letter.view, &report.letter.message);
            for line in view.lines() {
                prop_assert!(view.text().get(line.span.range()).is_some());
                prop_assert!(source.text().get(view.back(line.span).range()).is_some());
            }
            for sentence in message.sentences() {
                prop_assert!(source.text().get(message.back(view, sentence.span).range()).is_some());
            }
        }
    }

    #[test]
    fn the_same_letter_gives_the_same_bytes((name, bytes) in letters()) {
        prop_assert_eq!(shown(&reports(name, &bytes)), shown(&reports(name, &bytes)));
    }
}

#[test]
fn one_thread_and_many_give_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("dinner.yaml"), include_str!("command_line/dinner.yaml")).unwrap();
    for number in 0..300 {
        let letter = format!("Dear Ann,\n\nI cannot come {}because it rains.\n\nBo\n", "again ".repeat(number % 7));
        fs::write(folder.path().join(format!("{number}.{}", ["txt", "md", "html"][number % 3])), letter).unwrap();
    }
    for format in OutputFormat::ALL {
        let run = |threads: &str| {
            let args = ["check", "--pack", "dinner.yaml", "--no-cache", "--output-format", format.name(), "."];
            let mut command = Command::new(env!("CARGO_BIN_EXE_demur"));
            command
                .args(args)
                .current_dir(folder.path())
                .env("RAYON_NUM_THREADS", threads)
                .env("SOURCE_DATE_EPOCH", "0");
            let output = command.output().unwrap();
            assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
            output.stdout
        };
        let one = run("1");
        assert!(one.len() > 300);
        assert!(one == run("8"), "{}", format.name());
    }
}
