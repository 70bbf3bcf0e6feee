//! What strangers would like a terminal, a CI or a page to do, in letters, names and packs. Each test is named after its
//! attack.

use super::run::Run;
use serde_json::{Value, json};

/// Obeyed by a terminal: colours, a bell, writing direction, what is not seen.
const TERMINAL: &str = "\u{1b}[31m\u{7}\u{9b}2J\u{202e}\u{200b}\r";
/// Obeyed by GitHub, when a line begins with it.
const GITHUB: &str = "\n::error::pwned\n::set-output name=a::b\n::add-mask::x%0A::stop-commands::t\n";
/// Ends what it stands in, in XML, HTML, JSON, Markdown.
const MARKUP: &str = "##[group]x ##vso[task.setvariable variable=a]b ]]></failure><script>alert(1)</script><!-- \" ' \\ ` | * _ [x](http://a.example) & --> </details>";

const FORMATS: [&str; 9] = ["human", "concise", "json", "github", "gitlab", "sarif", "junit", "checkstyle", "markdown"];

/// A letter, the name of its file and a pack, with all that in them wherever text may stand.
fn run(format: &str) -> Run {
    let evil = |text: &str| format!("{text} {TERMINAL}{GITHUB}{MARKUP}");
    let rule = |id: &str, demand: Value| {
        let mut rule = json!({
            "id": evil(id), "for": evil("no"), "level": "error", "message": evil("message"), "help": evil("help"),
            "label": evil("label"), "good": ["a"], "bad": ["b"],
        });
        rule.as_object_mut().unwrap().extend(demand.as_object().unwrap().clone());
        rule
    };
    let signal = |any: &str| json!({"means": evil("means"), "any": [any], "says": ["x"], "says-not": ["y"]});
    let pack = json!({
        "pack": evil("evil"), "title": evil("title"), "language": "en",
        "signals": {"no": signal("cannot come"), "thanks": signal("thank you"), evil("day"): signal("friday")},
        "letters": [{"kind": evil("no"), "title": evil("a no"), "when": "no"}],
        "advice": [{"step": 1, "title": evil("step"), "text": evil("text"), "rules": [
            rule("thank", json!({"require": "thanks", "insert": {"before": "no", "text": evil("Thank you.")}})),
            rule("day", json!({"forbid": evil("day")})),
        ]}],
    });
    let letter = format!("Dear Ann,\n\nI cannot come on Friday {TERMINAL}{MARKUP}.{GITHUB}\nBo\n");
    let name = "letters/a\u{1b}[31m\u{202e}\n::error::b,c:%0A <b>\"'|`&].txt";
    Run::new(&["check", "--pack", "evil.yaml", "--output-format", format, "letters"])
        .file("evil.yaml", pack.to_string().replace('\u{9b}', "\\u009b").as_bytes())
        .file(name, letter.as_bytes())
}

fn stdout(format: &str) -> String {
    let (stdout, stderr, code) = run(format).output();
    assert_eq!((stderr.as_str(), code), ("", 1), "{format}");
    stdout
}

#[test]
fn escape_sequences_from_everywhere() {
    for format in FORMATS {
        let shown = stdout(format);
        let obeyed = |char: &char| char.is_control() && *char != '\n' || ('\u{200b}'..='\u{202e}').contains(char);
        let found: Vec<char> = shown.chars().filter(obeyed).collect();
        assert_eq!(found, [], "{format}: {shown:?}");
    }
}

#[test]
fn escape_sequences_in_what_is_said_of_a_broken_pack() {
    let yaml = "pack: p\n\"evil\\e[31m\\u202e\\n::error::x\": 1\n";
    let run = Run::new(&["check", "--pack", "evil.yaml", "a.txt"]).file("evil.yaml", yaml.as_bytes());
    let (stdout, stderr, code) = run.output();
    assert_eq!((stdout.as_str(), code), ("", 2));
    assert!(stderr.starts_with("error[missing-key]: `title` is missing\n"), "{stderr}");
    assert!(stderr.contains("unknown key `evil\u{fffd}[31m\u{fffd} \u{fffd}:error::x`"), "{stderr}");
    assert!(!stderr.contains(['\u{1b}', '\u{202e}']), "{stderr:?}");
}

#[test]
fn commands_to_github() {
    for format in FORMATS {
        let shown = stdout(format);
        let commands: Vec<&str> = shown.lines().filter(|line| line.trim_start().starts_with("::")).collect();
        let own = |line: &&str| line.starts_with("::error title=demur (");
        let expected = if format == "github" { 2 } else { 0 };
        assert_eq!(commands.len(), expected, "{format}: {commands:#?}");
        assert!(commands.iter().all(own), "{commands:#?}");
    }
    for format in FORMATS {
        let shown = stdout(format);
        assert!(!shown.contains("##[") && !shown.contains("##vso["), "{format}: {shown}");
    }
    // What parts the properties of a command, and its text, is written as a percent sign and a number.
    let shown = stdout("github");
    let file =
        shown.lines().next().and_then(|line| line.split(",file=").nth(1)).and_then(|rest| rest.split(',').next());
    assert_eq!(file, Some("letters/a\u{fffd}[31m\u{fffd} \u{fffd}%3Aerror%3A%3Ab%2Cc%3A%250A <b>\"'|`&].txt"));
}

#[test]
fn commands_to_github_in_an_error() {
    let run = Run::new(&["check", "gone\n::error::x.txt", "a.txt"]).file("a.txt", b"Dear Ann,\n");
    let (_, stderr, code) = run.output();
    let expected =
        "error: `gone \u{fffd}:error::x.txt` does not exist; check the spelling, or give `-` for standard input\n";
    assert_eq!((stderr.as_str(), code), (expected, 2));
}

#[test]
fn breaking_out_of_json() {
    let found = |format: &str| -> Value { serde_json::from_str(&stdout(format)).expect("JSON") };
    assert_eq!(found("gitlab").as_array().map(Vec::len), Some(2));
    assert_eq!(found("sarif")["runs"][0]["results"].as_array().map(Vec::len), Some(2));
    assert!(found("json").is_object());
}

#[test]
fn breaking_out_of_xml() {
    for (format, element) in [("junit", "failure"), ("checkstyle", "error")] {
        let xml = stdout(format);
        let mut reader = quick_xml::Reader::from_str(&xml);
        let mut elements = Vec::new();
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{format}: {error}\n{xml}")) {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(start) | quick_xml::events::Event::Empty(start) => {
                    start.attributes().for_each(|attribute| drop(attribute.expect("an attribute")));
                    elements.push(start.name().0.to_owned());
                }
                _ => {}
            }
        }
        assert!(!elements.iter().any(|name| name == "script"), "{format}: {elements:?}");
        assert_eq!(elements.iter().filter(|name| *name == element).count(), 2, "{format}: {elements:?}");
    }
}

#[test]
fn breaking_out_of_markdown() {
    let shown = stdout("markdown");
    // A table with a head, a rule and two rows: no cell ends it, and none holds an element or a link.
    let rows: Vec<&str> = shown.lines().filter(|line| line.starts_with('|')).collect();
    assert_eq!(rows.len(), 4, "{shown}");
    let bare = |row: &str, sign: char| row.match_indices(sign).filter(|(at, _)| !row[..*at].ends_with('\\')).count();
    for row in &rows[2..] {
        assert_eq!(bare(row, '|'), 5, "{row}");
        assert_eq!((bare(row, '<'), bare(row, '['), bare(row, '`')), (0, 0, 0), "{row}");
    }
}

#[test]
fn commands_to_github_in_a_patch() {
    let letter = "Dear Ann,\n\n::error::pwned\nI cannot come.\n::error::pwned ##[group]x\n\nBo\n";
    let run = Run::new(&["check", "--pack", "dinner.yaml", "--diff", "--unsafe-fixes", "a.txt"]);
    run.file("a.txt", letter.as_bytes())
        .stdout(
            "\
--- a.txt
+++ a.txt
@@ -2,5 +2,5 @@
 
 \u{fffd}:error::pwned
-I cannot come.
+Thank you for asking. I cannot come.
 \u{fffd}:error::pwned \u{fffd}#[group]x
 
",
        )
        .code(1)
        .check();
}
