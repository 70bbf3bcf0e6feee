//! What the pages of `docs/` say is run.

mod help;
#[cfg(unix)]
mod session;

use demur::check::Advisor;
use demur::proof;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn page(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The pack at the end of the guide is sound.
#[test]
fn the_pack_of_the_guide() {
    let guide = page("docs/packs.md");
    let after = guide.split("<!-- tested -->\n```yaml\n").nth(1).unwrap();
    let yaml = after.split("```").next().unwrap();
    let advisor = Advisor::read(yaml).unwrap_or_else(|found| panic!("{found:#?}"));
    let proof = proof::prove(&advisor, yaml);
    assert!(proof.mistakes.is_empty(), "{:#?}", proof.mistakes);
    assert!(proof.examples >= 12);
}

/// The page of rules is what the pack says; `cargo run -- rules --markdown > docs/rules.md` renews it.
#[test]
fn the_page_of_rules() {
    let output = Command::new(env!("CARGO_BIN_EXE_demur")).args(["rules", "--markdown"]).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), page("docs/rules.md"));
}

/// The commands of the README and of the pages about using demur print what stands below them.
#[cfg(unix)]
#[test]
fn the_commands_of_the_pages() {
    session::check("README.md", &["fixtures/decline/better-pay-elsewhere.txt"]);
    for page in ["docs/checking.md", "docs/reports.md", "docs/fixing.md", "docs/ci.md"] {
        session::check(page, &[]);
    }
}

/// The report in the description of JSON is the one on the letter above it, without the rules that are not asked.
#[test]
fn the_report_in_json() {
    let page = page("docs/json.md");
    let block = |before: &str| page.split(before).nth(1).unwrap().split("```").next().unwrap().to_owned();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("offer.txt"), block("`offer.txt` is\n\n```text\n")).unwrap();
    let args = ["check", "--only", "apologize", "--output-format", "json", "offer.txt"];
    let output = Command::new(env!("CARGO_BIN_EXE_demur")).args(args).current_dir(folder.path()).output().unwrap();
    let mut report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let checklist = report["letters"][0]["packs"][0]["checklist"].as_array_mut().unwrap();
    checklist.retain(|rule| rule["outcome"] != "not-asked");
    let shown: serde_json::Value = serde_json::from_str(&block("<!-- tested -->\n```json\n")).unwrap();
    assert_eq!(shown, report);
}

/// Runs demur in a folder with a configuration, a pack of its own and another configuration to build on.
fn with_config(config: &str, args: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    put("demur.yaml", config);
    put("house.yaml", include_str!("../command_line/dinner.yaml"));
    put("base.yaml", "fail-on: note\n");
    Command::new(env!("CARGO_BIN_EXE_demur")).args(args).current_dir(folder.path()).output().unwrap()
}

#[test]
fn the_examples_of_configurations() {
    let page = page("docs/configuration.md");
    let examples: Vec<&str> = page.split("```yaml\n").skip(1).filter_map(|after| after.split("```").next()).collect();
    assert_eq!(examples.len(), 8);
    for example in examples {
        let output = with_config(example, &["config", "letter.txt"]);
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{example}");
        assert_eq!(output.status.code(), Some(0), "{example}");
    }
}

#[test]
fn what_holds_for_a_letter() {
    let config = "packs: [house.yaml]\nrules: {thank: error}\noverrides:\n  - files: templates/\n    template: true\n";
    let output = with_config(config, &["config", "templates/new.txt"]);
    let shown = String::from_utf8(output.stdout).unwrap();
    let page = page("docs/configuration.md");
    assert!(page.contains(&format!("$ demur config templates/new.txt\n{shown}```")), "{shown}");
}

/// Each key has a row of the table, and each row is a key.
#[test]
fn the_keys_of_configurations() {
    let page = page("docs/configuration.md");
    let table = page.split("| key |").nth(1).unwrap().split("\n\n").next().unwrap();
    let rows = table.lines().skip(2).filter_map(|row| row.split('`').nth(1));
    assert_eq!(rows.collect::<Vec<_>>(), demur::config::CONFIG_KEYS);
    let own = page.split("An override can say ").nth(1).unwrap().split(". All").next().unwrap();
    let own: Vec<&str> = own.split('`').skip(1).step_by(2).collect();
    assert_eq!(own, demur::config::OVERRIDE_KEYS.iter().filter(|key| **key != "files").copied().collect::<Vec<_>>());
}

/// Letters beside a pack and a configuration, for the page on accepting findings.
fn with_letters(list: &str, template: &str, args: &[&str]) -> (String, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    fs::create_dir(folder.path().join("letters")).unwrap();
    put("demur.yaml", "packs: [house.yaml]\nrules: {no-excuse: warning}\n");
    put("house.yaml", include_str!("../command_line/dinner.yaml"));
    put("letters/ann.txt", "Dear Ann,\n\nI cannot come because it rains. Thank you for asking.\n\nBo\n");
    put("letters/bob.txt", "Dear Bob,\n\nThank you for asking, but I cannot come.\n\nBo\n");
    put("template.md", template);
    if !list.is_empty() {
        put("demur-accepted.yaml", list);
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_demur"));
    let output = command.args(args).current_dir(folder.path()).env("SOURCE_DATE_EPOCH", "1777800000").output().unwrap();
    let list = fs::read_to_string(folder.path().join("demur-accepted.yaml")).unwrap_or_default();
    (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap(), list)
}

#[test]
fn the_examples_of_accepted_findings() {
    let page = page("docs/suppression.md");
    let list = page.split("<!-- accepted -->\n```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    let unused = format!("{list}- {{file: letters/bob.txt, rule: thank, because: he knows}}\n");
    #[track_caller]
    fn check(page: &str, command: &str, args: &[&str], list: &str) -> String {
        let (stdout, stderr, list) = with_letters(list, "", args);
        assert_eq!(stderr, "");
        assert!(page.contains(&format!("<!-- tested -->\n```console\n$ {command}\n{stdout}```")), "{stdout}");
        list
    }
    let accept = ["accept", "letters/ann.txt:3", "no-excuse", "--because", "Ann asked why"];
    let command = "demur accept letters/ann.txt:3 no-excuse --because \"Ann asked why\"";
    assert_eq!(check(&page, command, &accept, ""), list);
    let checks = ["check", "letters/ann.txt"];
    check(&page, "demur check letters/ann.txt", &checks, list);
    let concise = ["check", "--output-format", "concise", "letters/bob.txt"];
    check(&page, "demur check --output-format concise letters/bob.txt", &concise, &unused);
    let baseline = ["check", "--write-baseline", "letters"];
    check(&page, "demur check --write-baseline letters", &baseline, "");
    assert_eq!(page.matches("<!-- tested -->").count(), 4);
}

#[test]
fn the_comments_in_templates() {
    let page = page("docs/suppression.md");
    let examples: Vec<&str> = page.split("<!-- comment -->\n```markdown\n").skip(1).collect();
    assert_eq!(examples.len(), 2);
    for example in examples {
        let template = example.split("```").next().unwrap();
        let check = |text: &str| with_letters("", text, &["check", "--output-format", "concise", "template.md"]).0;
        assert_eq!(check(template), "");
        let bare: Vec<&str> = template.lines().filter(|line| !line.starts_with("<!--")).collect();
        assert!(check(&bare.join("\n")).contains("warning[no-excuse] says why"), "{template}");
    }
}

/// Each key of an entry and each rule about them has a row.
#[test]
fn the_keys_of_accepted_findings() {
    let page = page("docs/suppression.md");
    let rows = |head: &str| {
        let table = page.split(head).nth(1).unwrap().split("\n\n").next().unwrap();
        table.lines().skip(2).filter_map(|row| row.split('`').nth(1)).collect::<Vec<_>>()
    };
    assert_eq!(rows("| key |"), demur::accepted::KEYS);
    let mut rules = rows("| rule | level |");
    rules.sort();
    assert_eq!(rules, demur::config::OWN_RULES);
}
