//! Packs and configurations: those that letters are judged by, and those that are open.

use crate::session::{DINNER, Session};
use serde_json::{Value, json};

const RUDE: &str = "Dear Ann,\n\nI cannot come on Friday.\n\nBo\n";
const FOUND: &str = "2:0-2:1 2 thank does not thank anybody; say thank you before you say no";
const OFF: &str = "root: true\npacks: [dinner.yaml]\nrules: {thank: off}\n";
const NONE: [&str; 0] = [];

#[test]
fn a_configuration_that_is_written_holds_at_once() {
    let mut session = Session::new();
    assert_eq!(session.open("a.txt", "plaintext", RUDE), [FOUND]);
    session.write("demur.yaml", OFF);
    session.changed_outside("demur.yaml");
    assert_eq!(session.findings("a.txt"), NONE);
    session.write("demur.yaml", "root: true\npacks: [dinner.yaml]\nrules: {thank: error}\n");
    // A client that watches no files tells what it saves.
    let document = json!({"uri": session.uri("demur.yaml")});
    session.notify("textDocument/didSave", &json!({"textDocument": document}));
    assert_eq!(session.findings("a.txt"), [FOUND.replace(" 2 ", " 1 ")]);
    session.end();
}

#[test]
fn a_pack_that_is_written_holds_at_once() {
    let mut session = Session::new();
    assert_eq!(session.open("a.txt", "plaintext", RUDE), [FOUND]);
    session.write("dinner.yaml", &DINNER.replace("does not thank anybody", "is not grateful"));
    assert_eq!(session.change("a.txt", 2, RUDE), [FOUND]);
    session.changed_outside("dinner.yaml");
    assert_eq!(session.findings("a.txt"), [FOUND.replace("does not thank anybody", "is not grateful")]);
    session.end();
}

#[test]
fn what_is_accepted_is_not_shown() {
    let mut session = Session::new();
    assert_eq!(session.open("a.txt", "plaintext", RUDE), [FOUND]);
    session.write("demur-accepted.yaml", "- {file: a.txt, rule: thank, because: she knows}\n");
    session.changed_outside("demur-accepted.yaml");
    assert_eq!(session.findings("a.txt"), NONE);
    assert_eq!(session.open("b.txt", "plaintext", RUDE), [FOUND]);
    session.end();
}

#[test]
fn a_format_that_is_configured_goes_before_the_name() {
    let mut session = Session::new();
    let html = "<p>Dear Ann,</p><p>I cannot come.</p><p>Bo</p>";
    session.write("demur.yaml", "root: true\npacks: [dinner.yaml]\nformat: html\n");
    assert_eq!(session.open("a.txt", "plaintext", html), [FOUND.replace("2:0-2:1", "0:19-0:20")]);
    session.end();
}

/// A broken configuration is said once, and at the head of each letter for as long as it is broken.
#[test]
fn a_broken_configuration_is_said_once() {
    let mut session = Session::new();
    assert_eq!(session.open("a.txt", "plaintext", RUDE), [FOUND]);
    session.write("demur.yaml", "root: true\npacks: [dinner.yaml]\nrule: {thank: off}\nfail-on: sometimes\n");
    session.changed_outside("demur.yaml");
    let trouble = "`demur.yaml` has 2 mistakes; mend them and try again";
    let at_head = format!("0:0-0:9 1 - {trouble}");
    let params = json!({"type": 1, "message": format!("demur: {trouble}")});
    assert_eq!(session.next(), json!({"jsonrpc": "2.0", "method": "window/showMessage", "params": params}));
    assert_eq!(session.findings("a.txt"), [&*at_head]);
    assert_eq!(session.change("a.txt", 2, RUDE), [&*at_head]);
    assert_eq!(session.open("b.txt", "plaintext", RUDE), [&*at_head]);
    session.write("demur.yaml", OFF);
    session.changed_outside("demur.yaml");
    assert_eq!(session.findings("a.txt"), NONE);
    assert_eq!(session.findings("b.txt"), NONE);
    session.end();
}

#[test]
fn a_mistake_in_yaml_is_shown_there() {
    #[track_caller]
    fn check(name: &str, language: &str, text: &str, expected: &[&str]) {
        let mut session = Session::new();
        assert_eq!(session.open(name, language, text), expected);
        session.end();
    }
    check("dinner.yaml", "yaml", DINNER, &[]);
    check("dinner.yaml", "yaml", "", &[]);
    check("other.yml", "yaml", "a: [", &[]);
    let mistaken = DINNER.replace("require: thanks", "require: thank");
    let unknown = "40:17-40:22 1 unknown-name unknown signal `thank`; did you mean `thanks`?";
    check("dinner.yaml", "yaml", &mistaken, &[unknown]);
    check("a.txt", "yaml", &mistaken, &[unknown]);
    check("dinner.yaml", "yaml", "pack: [", &["0:6-0:7 1 yaml unclosed bracket '['"]);
    check("demur-accepted.yaml", "yaml", "- {file: a.txt, rule: thank, because: so}\n", &[]);
    let digits = "0:38-0:39 1 wrong-shape expected 16 hexadecimal digits in lower case, as `demur accept` writes them";
    check("demur-accepted.yaml", "yaml", "- {file: a.txt, rule: thank, passage: x, because: so}\n", &[digits]);
    check("demur.yaml", "yaml", OFF, &[]);
    let unknown = "0:9-0:18 1 unknown-name unknown level `sometimes`; there are `note`, `warning`, `error`, `never`";
    check(".demur.yaml", "yaml", "fail-on: sometimes\n", &[unknown]);
    // Names are held against the packs that the text names, also before it is saved.
    check(
        "demur.yaml",
        "yaml",
        "packs: [dinner.yaml]\nrules: {thanks: off}\n",
        &["1:8-1:14 1 unknown-name unknown rule `thanks`; did you mean `thank`?"],
    );
    check(
        "demur.yaml",
        "yaml",
        "packs: [lunch.yaml]\nextends: base.yaml\n",
        &["0:8-0:18 1 unreadable `lunch.yaml` does not exist", "1:9-1:18 1 unreadable `base.yaml` does not exist"],
    );
    check(
        "demur.yaml",
        "yaml",
        "rules: {\u{1f600}: of}\n",
        &[
            "0:8-0:12 1 unknown-name unknown rule `\u{1f600}`",
            "0:14-0:16 1 unknown-name unknown level `of`; did you mean `off`?",
        ],
    );
}

#[test]
fn a_client_that_watches_files_is_asked_to() {
    let mut session = Session::with(&json!({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}}));
    let options = json!({"watchers": [{"globPattern": "**/*.{yaml,yml}"}]});
    let registration =
        json!({"id": "demur-yaml", "method": "workspace/didChangeWatchedFiles", "registerOptions": options});
    let params = json!({"registrations": [registration]});
    let expected =
        json!({"jsonrpc": "2.0", "id": "demur-watch", "method": "client/registerCapability", "params": params});
    assert_eq!(session.next(), expected);
    session.text(&json!({"jsonrpc": "2.0", "id": "demur-watch", "result": Value::Null}).to_string());
    session.end();
}
