//! What an editor sees of a letter.

use crate::session::{Session, applied};
use serde_json::{Value, json};

const RUDE: &str = "Dear Ann,\n\nI cannot come on Friday.\n\nBo\n";
const POLITE: &str = "Dear Ann,\n\nThank you for asking, but I cannot come on Friday.\n\nBo\n";
const NO_THANKS: &str = "thank does not thank anybody; say thank you before you say no";

#[test]
fn a_finding_stands_at_its_place() {
    #[track_caller]
    fn check(capabilities: &Value, name: &str, language: &str, text: &str, expected: &[&str]) {
        let mut session = Session::with(capabilities);
        assert_eq!(session.open(name, language, text), expected);
        session.end();
    }
    let utf8 = json!({"general": {"positionEncodings": ["utf-16", "utf-8"]}});
    let utf16 = json!({"general": {"positionEncodings": ["utf-16", "utf-32"]}});
    check(&utf8, "a.txt", "plaintext", POLITE, &[]);
    check(&utf8, "a.txt", "plaintext", "", &[]);
    let missing = format!("2:0-2:1 2 {NO_THANKS}");
    check(&utf8, "a.txt", "plaintext", RUDE, &[&missing]);
    check(&json!({}), "a.txt", "plaintext", RUDE, &[&missing]);
    check(&utf8, "a.txt", "plaintext", &RUDE.replace('\n', "\r\n"), &[&missing]);
    check(&utf8, "a", "plaintext", RUDE, &[&missing]);
    check(&utf8, "a.md", "markdown", RUDE, &[&missing]);
    check(&utf8, "a", "mail", RUDE, &[&missing]);

    // An emoji has four bytes, and two units in UTF-16.
    let emoji = "Dear Ann,\n\nThank you \u{1f600}, at the caf\u{e9} we cannot come because it is far.\n\nBo\n";
    check(&utf8, "a.txt", "plaintext", emoji, &["2:32-2:51 3 no-excuse says why; leave it out"]);
    check(&utf16, "a.txt", "plaintext", emoji, &["2:29-2:48 3 no-excuse says why; leave it out"]);
    check(&json!({}), "a.txt", "plaintext", emoji, &["2:29-2:48 3 no-excuse says why; leave it out"]);

    let html = "<p>Dear Ann,</p>\n<p>Thank you &#128512;, we <b>cannot</b> come because it is far.</p>\n<p>Bo</p>\n";
    check(&utf8, "a.html", "html", html, &["1:30-1:53 3 no-excuse says why; leave it out"]);
    check(&utf8, "a", "html", html, &["1:30-1:53 3 no-excuse says why; leave it out"]);
    let markdown = "Dear Ann,\n\nThank you, we **cannot** come because it is far.\n\nBo\n";
    check(&utf8, "a.md", "markdown", markdown, &["2:16-2:37 3 no-excuse says why; leave it out"]);

    // A byte order mark that the client did not take away.
    check(&utf8, "a.txt", "plaintext", "\u{feff}I cannot come, Ann.\n\nBo\n", &[&format!("0:3-0:4 2 {NO_THANKS}")]);
    check(&utf16, "a.txt", "plaintext", "\u{feff}I cannot come, Ann.\n\nBo\n", &[&format!("0:1-0:2 2 {NO_THANKS}")]);
    // What is no text is no letter.
    check(&utf8, "a.txt", "plaintext", "I\0 \0c\0a\0n\0n\0o\0t\0 \0c\0o\0m\0e\0.\0", &[]);
    check(&utf8, "a.docx", "plaintext", RUDE, &[]);
}

#[test]
fn a_diagnostic_says_all_that_is_known() {
    let mut session = Session::new();
    let uri = session.uri("a.txt");
    let item = json!({"uri": uri, "languageId": "plaintext", "version": 7, "text": RUDE});
    session.notify("textDocument/didOpen", &json!({"textDocument": item}));
    let range = json!({"start": {"line": 2, "character": 0}, "end": {"line": 2, "character": 1}});
    let diagnostic = json!({
        "range": range,
        "severity": 2,
        "code": "thank",
        "source": "demur",
        "message": "does not thank anybody; say thank you before you say no",
    });
    let params = json!({"uri": uri, "version": 7, "diagnostics": [diagnostic]});
    let expected = json!({"jsonrpc": "2.0", "method": "textDocument/publishDiagnostics", "params": params});
    assert_eq!(session.next(), expected);
    session.end();
}

#[test]
fn a_quick_fix_mends_the_letter() {
    #[track_caller]
    fn check(capabilities: &Value, name: &str, text: &str, at: (u32, u32), title: &str, expected: &str) {
        let mut session = Session::with(capabilities);
        let before = session.open(name, "plaintext", text);
        let actions = session.actions(name, at.0, at.1);
        let titles: Vec<&str> = actions.as_array().unwrap().iter().map(|it| it["title"].as_str().unwrap()).collect();
        // In plain text nothing can be accepted, since a comment would be sent.
        assert_eq!((titles[0], titles.len()), (title, if name == "a.txt" { 1 } else { 2 }));
        assert_eq!(actions[0]["kind"], "quickfix");
        assert_eq!(actions[0]["diagnostics"].as_array().unwrap().len(), 1);
        let edit = &actions[0]["edit"];
        let uri = session.uri(name);
        let edits = if capabilities["workspace"].is_null() {
            &edit["changes"][&uri]
        } else {
            assert_eq!(edit["documentChanges"][0]["textDocument"], json!({"uri": uri, "version": 1}));
            &edit["documentChanges"][0]["edits"]
        };
        let mended = applied(text, edits, !capabilities["general"].is_null());
        assert_eq!(mended, expected);
        let after = session.change(name, 2, &mended);
        assert_eq!((before.len(), after.len()), (1, 0));
        assert_eq!(session.actions(name, at.0, at.1), json!([]));
        session.end();
    }
    let plain = json!({});
    let versions = json!({"workspace": {"workspaceEdit": {"documentChanges": true}}});
    let utf8 = json!({"general": {"positionEncodings": ["utf-8"]}});
    let thanks = "Write \u{201c}Thank you for asking.\u{201d}";
    let mended = "Dear Ann,\n\nThank you for asking. I cannot come on Friday.\n\nBo\n";
    check(&plain, "a.txt", RUDE, (2, 0), thanks, mended);
    check(&versions, "a.txt", RUDE, (2, 1), thanks, mended);
    check(&plain, "a.txt", &RUDE.replace('\n', "\r\n"), (2, 0), thanks, &mended.replace('\n', "\r\n"));
    check(&utf8, "a.md", RUDE, (2, 0), thanks, mended);
    let html = "<p>Dear \u{1f600},</p><p>I cannot come on Friday.</p><p>Bo</p>";
    let mended = "<p>Dear \u{1f600},</p><p>Thank you for asking. I cannot come on Friday.</p><p>Bo</p>";
    check(&plain, "a.html", html, (0, 18), thanks, mended);
    check(&utf8, "a.html", html, (0, 20), thanks, mended);
    let excuse = "Dear Ann,\n\nThank you. \u{1f600} I cannot come because it is far.\n\nBo\n";
    let mended = "Dear Ann,\n\nThank you. \u{1f600} Perhaps another time.\n\nBo\n";
    let other = "Write \u{201c}Perhaps another time.\u{201d}";
    check(&plain, "a.txt", excuse, (2, 20), other, mended);
    check(&utf8, "a.txt", excuse, (2, 20), other, mended);
}

#[test]
fn a_finding_is_accepted_once_there_is_a_reason() {
    #[track_caller]
    fn check(name: &str, text: &str, at: (u32, u32), expected: &str, findings: &[&str]) {
        let mut session = Session::new();
        session.open(name, "plaintext", text);
        let actions = session.actions(name, at.0, at.1);
        assert_eq!(actions[1]["title"], "Accept thank here; the reason is yours to write");
        let mended = applied(text, &actions[1]["edit"]["changes"][session.uri(name)], true);
        assert_eq!(mended, expected);
        assert_eq!(session.change(name, 2, &mended), findings);
        let reasoned = mended.replace("because -->", "because she knows -->");
        assert_eq!(session.change(name, 3, &reasoned), [""; 0]);
        session.end();
    }
    let help = "write `demur: allow RULE because REASON`, or `allow-in-letter` for the whole letter";
    let reasonless = format!("accepted-comment accepts `thank` without a reason; {help}");
    let expected = "Dear Ann,\n\n<!-- demur: allow thank because -->\nI cannot come on Friday.\n\nBo\n";
    let still = [format!("3:0-3:1 2 {NO_THANKS}"), format!("2:18-2:23 2 {reasonless}")];
    check("a.md", RUDE, (2, 0), expected, &still.each_ref().map(String::as_str));
    let html = "<p>Dear \u{1f600},</p><p>I cannot come.</p><p>Bo</p>";
    let expected = "<p>Dear \u{1f600},</p><p><!-- demur: allow thank because -->I cannot come.</p><p>Bo</p>";
    let still = [format!("0:55-0:56 2 {NO_THANKS}"), format!("0:38-0:43 2 {reasonless}")];
    check("a.html", html, (0, 20), expected, &still.each_ref().map(String::as_str));
}

#[test]
fn a_fix_is_offered_where_it_is_wanted() {
    let mut session = Session::new();
    session.open("a.txt", "plaintext", RUDE);
    assert_eq!(session.actions("a.txt", 4, 0), json!([]));
    assert_eq!(session.actions("b.txt", 2, 0), json!([]));
    let document = json!({"uri": session.uri("a.txt")});
    let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}});
    for (only, count) in [("", 1), ("quickfix", 1), ("quickfix.other", 0), ("refactor", 0), ("source.fixAll", 0)] {
        let context = json!({"diagnostics": [], "only": [only]});
        let params = json!({"textDocument": document, "range": range, "context": context});
        let actions = session.request("textDocument/codeAction", &params);
        assert_eq!(actions.as_array().unwrap().len(), count, "{only}");
    }
    session.end();
}

#[test]
fn what_is_asked_after_a_change_is_asked_of_the_changed_text() {
    let mut session = Session::new();
    session.open("a.txt", "plaintext", POLITE);
    let document = json!({"uri": session.uri("a.txt"), "version": 2});
    let position = json!({"line": 2, "character": 0});
    let change = json!({"textDocument": document, "contentChanges": [{"text": POLITE}, {"text": RUDE}]});
    let hover = json!({"textDocument": document, "position": position});
    let texts = [
        json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": change}).to_string(),
        json!({"jsonrpc": "2.0", "id": "h", "method": "textDocument/hover", "params": hover}).to_string(),
    ];
    session.raw(texts.map(|text| format!("Content-Length: {}\r\n\r\n{text}", text.len())).concat());
    assert_eq!(session.findings("a.txt"), [format!("2:0-2:1 2 {NO_THANKS}")]);
    let range = json!({"start": {"line": 2, "character": 0}, "end": {"line": 2, "character": 1}});
    let page = "**thank** (warning): does not thank anybody\n\nsay thank you before you say no\n\n\
                > Step 1, Say thank you: Whoever is thanked asks again.";
    let result = json!({"contents": {"kind": "markdown", "value": page}, "range": range});
    assert_eq!(session.next(), json!({"jsonrpc": "2.0", "id": "h", "result": result}));
    assert_eq!(session.hover("a.txt", 4, 0), Value::Null);
    assert_eq!(session.hover("b.txt", 2, 0), Value::Null);
    session.end();
}

#[test]
fn a_letter_that_is_closed_has_no_findings() {
    let mut session = Session::new();
    session.open("a.txt", "plaintext", RUDE);
    let document = json!({"uri": session.uri("a.txt")});
    session.notify("textDocument/didClose", &json!({"textDocument": document}));
    assert_eq!(session.findings("a.txt"), [""; 0]);
    assert_eq!(session.hover("a.txt", 2, 0), Value::Null);
    session.end();
}

#[test]
fn each_letter_of_a_page_is_judged() {
    let page = format!("# Letters\n\n## One\n\n{RUDE}\n## Two\n\n{POLITE}\n## Three\n\n{RUDE}");
    let mut session = Session::new();
    let places = [6, 22].map(|line| format!("{line}:0-{line}:1 2 {NO_THANKS}"));
    assert_eq!(session.open("letters.md", "markdown", &page), places);
    session.end();
}

#[test]
fn a_file_of_five_megabytes_is_passed_over_with_a_word() {
    let mut session = Session::new();
    let text = format!("{RUDE}{}", "All is well. ".repeat(400_000));
    let note = "longer than 256 KiB, so it is not judged while it is written; run `demur check` on it";
    assert_eq!(session.open("a.txt", "plaintext", &text), [format!("0:0-0:9 3 - {note}")]);
    assert_eq!(session.change("a.txt", 2, POLITE), [""; 0]);
    session.end();
}
