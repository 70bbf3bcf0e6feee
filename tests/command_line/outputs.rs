use super::run::{POLITE, RUDE, Run};
use serde_json::{Value, json};
use std::fs;
use std::process::Command;

/// A folder with two letters that break a rule and one that breaks none, checked in one format.
fn run(format: &str) -> (String, i32) {
    let args = ["check", "--pack", "dinner.yaml", "--output-format", format, "letters"];
    let (stdout, stderr, code) = letters(Run::new(&args)).output();
    assert_eq!(stderr, "");
    (stdout, code)
}

/// Names and text that would break out of a carelessly written report.
fn letters(run: Run) -> Run {
    run.file("letters/a&\"<b>|`*.txt", RUDE.as_bytes())
        .file("letters/polite.txt", POLITE.as_bytes())
        .file("letters/\u{1f600}.md", "Dear \u{1f600},\n\n\u{1f600} I cannot come on Friday.\n\nBo\n".as_bytes())
}

#[test]
fn sarif_keeps_to_its_schema() {
    let (stdout, code) = run("sarif");
    assert_eq!(code, 1);
    let log: Value = serde_json::from_str(&stdout).expect("JSON");
    let schema = fs::read_to_string(schema_of_sarif()).unwrap();
    // A pattern of the published schema is no regular expression.
    let schema = schema.replace("^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$", "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::draft7::new(&schema).expect("a schema");
    let wrong: Vec<String> = validator.iter_errors(&log).map(|error| error.to_string()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["rules"].as_array().map(Vec::len), Some(2));
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 2);
    assert_eq!(
        results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        "letters/a%26%22%3Cb%3E%7C%60%2A.txt"
    );
    let place = &results[1]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "letters/%F0%9F%98%80.md");
    // The smile takes two units of UTF-16 and four bytes.
    assert_eq!(
        place["region"],
        json!({"startLine": 3, "startColumn": 4, "endLine": 3, "endColumn": 4, "byteOffset": 17, "byteLength": 0})
    );
    let edit = &results[0]["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(edit["insertedContent"]["text"], "Thank you for asking. ");
    assert_ne!(results[0]["partialFingerprints"], json!({}));
}

/// The schema lies in the crate that demur writes SARIF with.
fn schema_of_sarif() -> String {
    let output = |program: &str, args: &[&str]| {
        let output = Command::new(program).args(args).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let host = output("rustc", &["--print", "host-tuple"]);
    let args = ["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", host.trim()];
    let metadata: Value = serde_json::from_str(&output(env!("CARGO"), &args)).expect("cargo describes the packages");
    let packages = metadata["packages"].as_array().unwrap();
    let manifest =
        packages.iter().find(|package| package["name"] == "serde-sarif").unwrap()["manifest_path"].as_str().unwrap();
    manifest.replace("Cargo.toml", "src/schema.json")
}

#[test]
fn sarif_tells_what_could_not_be_read() {
    let (stdout, stderr, code) = Run::new(&["check", "--output-format", "sarif", "gone.txt"]).output();
    let log: Value = serde_json::from_str(&stdout).expect("JSON");
    assert_eq!(
        (stderr.as_str(), code),
        ("error: `gone.txt` does not exist; check the spelling, or give `-` for standard input\n", 2)
    );
    assert_eq!(log["runs"][0]["results"], json!([]));
}

#[test]
fn gitlab_gets_an_array_of_issues() {
    let (stdout, code) = run("gitlab");
    assert_eq!(code, 1);
    let issues: Value = serde_json::from_str(&stdout).expect("JSON");
    let issues = issues.as_array().unwrap();
    assert_eq!(issues.len(), 2);
    assert_ne!(issues[0]["fingerprint"], issues[1]["fingerprint"]);
    assert_eq!(issues[0]["fingerprint"].as_str().map(str::len), Some(16));
    assert_eq!(
        issues[0],
        json!({
            "description": "does not thank anybody",
            "check_name": "thank",
            "fingerprint": issues[0]["fingerprint"],
            "severity": "minor",
            "location": {
                "path": "letters/a&\"<b>|`*.txt",
                "positions": {"begin": {"line": 3, "column": 1}, "end": {"line": 3, "column": 1}},
            },
        })
    );
    assert_eq!(Run::new(&["check", "--output-format", "gitlab", "-"]).stdin("Hi").output().0, "[\n]\n");
}

#[test]
fn junit_has_a_suite_a_letter_and_a_case_a_rule() {
    let (stdout, code) = run("junit");
    assert_eq!(code, 1);
    let report = quick_junit::Report::deserialize_from_str(&stdout).expect("JUnit's form");
    assert_eq!((report.tests, report.failures, report.errors), (6, 2, 0));
    let names: Vec<&str> = report.test_suites.iter().map(|suite| suite.name.as_str()).collect();
    assert_eq!(names, ["letters/a&\"<b>|`*.txt", "letters/polite.txt", "letters/\u{1f600}.md"]);
    let cases: Vec<&str> = report.test_suites[0].test_cases.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(cases, ["thank", "no-excuse"]);
}

#[test]
fn checkstyle_is_xml_with_every_file() {
    let (stdout, code) = run("checkstyle");
    assert_eq!(code, 1);
    assert_eq!(
        stdout,
        r#"<?xml version="1.0" encoding="UTF-8"?>
<checkstyle version="4.3">
<file name="letters/a&amp;&quot;&lt;b&gt;|`*.txt">
  <error line="3" column="1" severity="warning" message="does not thank anybody" source="demur.thank"/>
</file>
<file name="letters/polite.txt"></file>
<file name="letters/😀.md">
  <error line="3" column="3" severity="warning" message="does not thank anybody" source="demur.thank"/>
</file>
</checkstyle>
"#
    );
}

#[test]
fn markdown_is_a_table_that_shows_names_as_they_are() {
    let (stdout, code) = run("markdown");
    assert_eq!(code, 1);
    assert_eq!(
        stdout,
        r"| where | level | what | what to do |
|---|---|---|---|
| letters/a\&\<b\>\|\`\*.txt:3:1 | warning | **thank**: does not thank anybody | say thank you before you say no |
| letters/😀.md:3:3 | warning | **thank**: does not thank anybody | say thank you before you say no |

demur found 2 warnings in 2 of 3 letters.
"
        .replace(r"a\&\<", "a\\&\\\"\\<")
    );
    let html = {
        let parser = pulldown_cmark::Parser::new_ext(&stdout, pulldown_cmark::Options::ENABLE_TABLES);
        let mut texts = String::new();
        for event in parser {
            if let pulldown_cmark::Event::Text(text) = event {
                texts.push_str(&text);
            }
        }
        texts
    };
    assert!(html.contains("letters/a&\"<b>|`*.txt:3:1"), "{html}");
}

#[test]
fn json_lines_has_a_line_a_finding() {
    let (stdout, code) = run("json-lines");
    assert_eq!(code, 1);
    let lines: Vec<Value> = stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[1]["path"], "letters/\u{1f600}.md");
    assert_eq!(
        (&lines[1]["rule"], &lines[1]["line"], &lines[1]["pack"]),
        (&json!("thank"), &json!(3), &json!("dinner"))
    );
}

#[test]
fn one_run_writes_several_reports() {
    let args = [
        "check",
        "--pack",
        "dinner.yaml",
        "--output-format",
        "sarif=out.sarif",
        "--output-format",
        "junit=out.xml",
        "--output-format",
        "concise",
        "letter.txt",
    ];
    let run = Run::new(&args).file("letter.txt", RUDE.as_bytes());
    let (stdout, stderr, code) = run.output();
    assert_eq!(
        (stdout.as_str(), stderr.as_str(), code),
        ("letter.txt:3:1: warning[thank] does not thank anybody\n", "", 1)
    );
    let written = |name: &str| fs::read_to_string(run.path().join(name)).unwrap();
    assert!(written("out.sarif").starts_with("{\"$schema\""));
    assert!(written("out.xml").starts_with("<?xml"));
    let run = Run::new(&["check", "--pack", "dinner.yaml", "-o", "report.txt", "--color", "always", "letter.txt"])
        .file("letter.txt", POLITE.as_bytes());
    let (stdout, _, code) = run.output();
    assert_eq!((stdout.as_str(), code), ("", 0));
    assert!(fs::read_to_string(run.path().join("report.txt")).unwrap().starts_with("letter.txt: a refusal"));
}

#[test]
fn what_cannot_be_written_is_said() {
    let check = |args: &[&str], stderr: &str| {
        Run::new(&[&["check", "--pack", "dinner.yaml"], args].concat())
            .file("letter.txt", RUDE.as_bytes())
            .stderr(stderr)
            .code(2)
            .check();
    };
    check(
        &["--output-format", "sarif", "--output-format", "json", "letter.txt"],
        "error: two forms of report cannot share standard output; send one to a file, e.g. `--output-format sarif=demur.sarif`\n",
    );
    let (_, stderr, code) =
        Run::new(&["check", "-o", "no/such/folder", "letter.txt"]).file("letter.txt", b"Hi").output();
    assert!(stderr.starts_with("error: `no/such/folder` could not be written ("), "{stderr}");
    assert_eq!(code, 2);
    let (_, stderr, code) = Run::new(&["check", "--output-format", "sarfi", "letter.txt"]).output();
    assert!(stderr.contains("there is no form of report `sarfi`; did you mean `sarif`?"), "{stderr}");
    assert_eq!(code, 2);
}

#[test]
fn a_redacted_report_has_no_word_of_the_letter() {
    let words = ["Ann", "Friday", "cannot"];
    // The subject of a mail in an archive, and the heading over a letter on a page, are words of letters too.
    let mail = "From a@a.example Mon May  4 10:00:00 2026\nMessage-ID: <x>\nSubject: Friday\n\n";
    let mails = format!("{mail}{RUDE}\n{mail}{RUDE}");
    for format in ["json", "json-lines", "sarif", "github", "gitlab", "junit", "checkstyle", "markdown", "concise"] {
        let args = ["check", "--pack", "dinner.yaml", "--redact", "--output-format", format, "letter.txt", "all.mbox"];
        let run = Run::new(&args).file("letter.txt", RUDE.as_bytes()).file("all.mbox", mails.as_bytes());
        let (stdout, _, code) = run.output();
        assert_eq!(code, 1, "{format}");
        for word in words {
            assert!(!stdout.contains(word), "{format} has `{word}`: {stdout}");
        }
    }
}
