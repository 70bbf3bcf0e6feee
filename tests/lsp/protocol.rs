//! What LSP 3.17 says of order, mistakes and the end.

use crate::session::Session;
use serde_json::{Value, json};

const RUDE: &str = "Dear Ann,\n\nI cannot come on Friday.\n\nBo\n";
const FOUND: &str = "2:0-2:1 2 thank does not thank anybody; say thank you before you say no";

#[test]
fn a_client_is_told_what_the_server_can_do() {
    #[track_caller]
    fn check(capabilities: &Value, encoding: &str) {
        let mut session = Session::silent();
        let result = session.request("initialize", &json!({"capabilities": capabilities}));
        let expected = json!({
            "capabilities": {
                "positionEncoding": encoding,
                "textDocumentSync": {"openClose": true, "change": 1, "save": {"includeText": false}},
                "hoverProvider": true,
                "codeActionProvider": {"codeActionKinds": ["quickfix"]},
            },
            "serverInfo": {"name": "demur", "version": env!("CARGO_PKG_VERSION")},
        });
        assert_eq!(result, expected);
        session.end();
    }
    check(&json!({}), "utf-16");
    check(&json!({"general": {"positionEncodings": ["utf-32", "utf-16"]}}), "utf-16");
    check(&json!({"general": {"positionEncodings": ["utf-16", "utf-8"]}}), "utf-8");
}

#[test]
fn requests_out_of_order_are_refused() {
    let mut session = Session::silent();
    let text = "the session was not initialized; send `initialize` first";
    let refusal = json!({"code": -32002, "message": text});
    assert_eq!(session.request("shutdown", &Value::Null), refusal);
    assert_eq!(session.request("textDocument/hover", &json!({})), refusal);
    let item = json!({"uri": session.uri("a.txt"), "languageId": "plaintext", "version": 1, "text": RUDE});
    session.notify("textDocument/didOpen", &json!({"textDocument": item}));
    let bad = session.request("initialize", &json!({"capabilities": 1}));
    assert_eq!(bad["code"], -32602);
    session.request("initialize", &json!({"capabilities": {}}));
    let text = "the session was initialized already; go on with it";
    assert_eq!(session.request("initialize", &json!({})), json!({"code": -32600, "message": text}));
    let text = "`textDocument/rename` is not known; leave it out";
    assert_eq!(session.request("textDocument/rename", &json!({})), json!({"code": -32601, "message": text}));
    assert_eq!(session.request("textDocument/hover", &json!([1]))["code"], -32602);
    session.notify("$/setTrace", &json!({"value": "off"}));
    session.notify("textDocument/didOpen", &json!({"textDocument": 1}));
    session.notify("nobody/knows", &Value::Null);
    assert_eq!(session.open("a.txt", "plaintext", RUDE), [FOUND]);
    assert_eq!(session.request("shutdown", &Value::Null), Value::Null);
    let text = "the session was shut down; send `exit`";
    assert_eq!(session.request("shutdown", &Value::Null), json!({"code": -32600, "message": text}));
    session.notify("exit", &Value::Null);
    assert_eq!(session.code(), Some(0));
}

#[test]
fn what_is_no_message_is_answered_and_passed_over() {
    #[track_caller]
    fn check(sent: &str, code: i32, text: &str) {
        let mut session = Session::new();
        session.raw(sent);
        let error = json!({"code": code, "message": text});
        // A request after it, since only the next header shows where a message without a length ended.
        session.text(&json!({"jsonrpc": "2.0", "id": "next", "method": "textDocument/x"}).to_string());
        assert_eq!(session.next(), json!({"jsonrpc": "2.0", "id": null, "error": error}));
        assert_eq!(session.next()["id"], "next");
        assert_eq!(session.open("a.txt", "plaintext", RUDE), [FOUND]);
        session.end();
    }
    let no_json = "the message is no JSON; it was passed over";
    let no_length = "the header tells no length; send `Content-Length: ` and the number of bytes";
    check("Content-Length: 5\r\n\r\n{\"a\":", -32700, no_json);
    check("Content-Length: 0\r\n\r\n", -32700, no_json);
    check("Content-Length: 1\r\n\r\n{}", -32700, no_json);
    check("Content-Length: 2\r\n\r\n{}", -32600, "the message is no JSON-RPC 2.0; it was passed over");
    check("Content-Length: five\r\n\r\n{\"a\":1}", -32700, no_length);
    check("Content-Length: 999999999999999\r\n\r\n{\"a\":1}", -32700, no_length);
    check("\r\n", -32700, no_length);
}

#[test]
fn the_exit_code_says_whether_the_client_said_goodbye() {
    let mut session = Session::new();
    session.notify("exit", &Value::Null);
    assert_eq!(session.code(), Some(1));

    let mut session = Session::silent();
    session.notify("exit", &Value::Null);
    assert_eq!(session.code(), Some(1));

    // The stream ends without a word, and in the middle of one.
    assert_eq!(Session::new().code(), Some(1));
    let mut session = Session::new();
    session.raw("Content-Length: 99\r\n\r\n{");
    assert_eq!(session.code(), Some(1));

    let mut session = Session::new();
    session.request("shutdown", &Value::Null);
    assert_eq!(session.code(), Some(0));
    Session::new().end();
}
