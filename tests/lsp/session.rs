//! An editor that says exactly what a test wants, and hears every message.

use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;
use tempfile::TempDir;

pub const DINNER: &str = include_str!("../command_line/dinner.yaml");

/// A running server in a folder of its own, in which `demur.yaml` names the pack `dinner.yaml`.
pub struct Session {
    folder: TempDir,
    child: Child,
    stdin: Option<ChildStdin>,
    heard: Receiver<Value>,
    requests: i32,
}

impl Session {
    /// Starts a server that has not been spoken to.
    pub fn silent() -> Session {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("dinner.yaml"), DINNER).unwrap();
        fs::write(folder.path().join("demur.yaml"), "root: true\npacks: [dinner.yaml]\n").unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_demur"));
        command.args(["lsp", "--stdio"]).current_dir(folder.path()).env_remove("DEMUR_CONFIG");
        command.env("XDG_CACHE_HOME", folder.path().join("cache"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let stdin = child.stdin.take();
        let heard = listen(child.stdout.take().unwrap());
        Session { folder, child, stdin, heard, requests: 0 }
    }

    /// Starts a session with a client that counts in bytes.
    pub fn new() -> Session {
        Session::with(&json!({"general": {"positionEncodings": ["utf-16", "utf-8"]}}))
    }

    /// Starts a session with a client that can do this.
    pub fn with(capabilities: &Value) -> Session {
        let mut session = Session::silent();
        session.request("initialize", &json!({"processId": null, "rootUri": null, "capabilities": capabilities}));
        session.notify("initialized", &json!({}));
        session
    }

    /// Sends bytes as they are.
    pub fn raw(&mut self, bytes: impl AsRef<[u8]>) {
        let stdin = self.stdin.as_mut().unwrap();
        stdin.write_all(bytes.as_ref()).unwrap();
        stdin.flush().unwrap();
    }

    /// Sends a text with the header that it should have.
    pub fn text(&mut self, text: &str) {
        self.raw(format!("Content-Length: {}\r\n\r\n{text}", text.len()));
    }

    pub fn notify(&mut self, method: &str, params: &Value) {
        self.text(&json!({"jsonrpc": "2.0", "method": method, "params": params}).to_string());
    }

    /// Sends a request, and hears its result or its error as the very next message.
    pub fn request(&mut self, method: &str, params: &Value) -> Value {
        self.requests += 1;
        let id = self.requests;
        self.text(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}).to_string());
        let mut answer = self.next();
        assert_eq!(answer["id"], id, "{answer}");
        let key = if answer.get("error").is_some() { "error" } else { "result" };
        answer[key].take()
    }

    /// The next message.
    pub fn next(&mut self) -> Value {
        self.heard.recv_timeout(Duration::from_secs(60)).expect("a message within a minute")
    }

    /// Writes a file of the folder.
    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join(name), text).unwrap();
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join(name)
    }

    pub fn uri(&self, name: &str) -> String {
        format!("file://{}", self.path(name).display())
    }

    pub fn open(&mut self, name: &str, language: &str, text: &str) -> Vec<String> {
        let item = json!({"uri": self.uri(name), "languageId": language, "version": 1, "text": text});
        self.notify("textDocument/didOpen", &json!({"textDocument": item}));
        self.findings(name)
    }

    pub fn change(&mut self, name: &str, version: i32, text: &str) -> Vec<String> {
        let document = json!({"uri": self.uri(name), "version": version});
        let params = json!({"textDocument": document, "contentChanges": [{"text": text}]});
        self.notify("textDocument/didChange", &params);
        self.findings(name)
    }

    /// Tells that a file was written by somebody else.
    pub fn changed_outside(&mut self, name: &str) {
        let changes = json!([{"uri": self.uri(name), "type": 2}]);
        self.notify("workspace/didChangeWatchedFiles", &json!({"changes": changes}));
    }

    /// The diagnostics of a file, which must be the next message, in short: lines and columns, 1 to 4 for how grave it is,
    /// the rule, the message.
    pub fn findings(&mut self, name: &str) -> Vec<String> {
        let diagnostics = self.diagnostics(name);
        diagnostics.as_array().unwrap().iter().map(short).collect()
    }

    /// The same as it was sent.
    pub fn diagnostics(&mut self, name: &str) -> Value {
        let mut message = self.next();
        assert_eq!(message["method"], "textDocument/publishDiagnostics", "{message}");
        assert_eq!(message["params"]["uri"], self.uri(name));
        message["params"]["diagnostics"].take()
    }

    /// What can be done at a place.
    pub fn actions(&mut self, name: &str, line: u32, column: u32) -> Value {
        let here = json!({"line": line, "character": column});
        let range = json!({"start": here, "end": here});
        let context = json!({"diagnostics": []});
        let document = json!({"uri": self.uri(name)});
        self.request("textDocument/codeAction", &json!({"textDocument": document, "range": range, "context": context}))
    }

    pub fn hover(&mut self, name: &str, line: u32, column: u32) -> Value {
        let position = json!({"line": line, "character": column});
        let document = json!({"uri": self.uri(name)});
        self.request("textDocument/hover", &json!({"textDocument": document, "position": position}))
    }

    /// Closes the stream, and hears the exit code; nothing else may have been said.
    pub fn code(mut self) -> Option<i32> {
        self.stdin = None;
        let code = self.child.wait().unwrap().code();
        assert_eq!(self.heard.iter().collect::<Vec<_>>(), Vec::<Value>::new());
        code
    }

    /// Ends the session as the protocol asks.
    pub fn end(mut self) {
        assert_eq!(self.request("shutdown", &Value::Null), Value::Null);
        self.notify("exit", &Value::Null);
        assert_eq!(self.code(), Some(0));
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // After a test that failed; one that is over has no process any more.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn short(diagnostic: &Value) -> String {
    let place = |place: &Value| format!("{}:{}", place["line"], place["character"]);
    let (start, end) = (place(&diagnostic["range"]["start"]), place(&diagnostic["range"]["end"]));
    let (code, message) = (diagnostic["code"].as_str().unwrap_or("-"), diagnostic["message"].as_str().unwrap());
    format!("{start}-{end} {} {code} {message}", diagnostic["severity"])
}

fn listen(stdout: ChildStdout) -> Receiver<Value> {
    let (sender, heard) = channel();
    thread::spawn(move || {
        let mut input = BufReader::new(stdout);
        loop {
            let mut header = String::new();
            if input.read_line(&mut header).unwrap() == 0 {
                return;
            }
            let length = header.strip_prefix("Content-Length: ").and_then(|rest| rest.strip_suffix("\r\n")).unwrap();
            let mut bytes = vec![0; length.parse::<usize>().unwrap() + 2];
            input.read_exact(&mut bytes).unwrap();
            assert_eq!(&bytes[..2], b"\r\n");
            if sender.send(serde_json::from_slice(&bytes[2..]).unwrap()).is_err() {
                return;
            }
        }
    });
    heard
}

/// The text after the edits of an action, as a client with this unit makes them.
#[track_caller]
pub fn applied(text: &str, edits: &Value, is_utf8: bool) -> String {
    let offset = |place: &Value| {
        let (line, column) = (place["line"].as_u64().unwrap() as usize, place["character"].as_u64().unwrap() as usize);
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let mut counted = 0;
        let mut width = 0;
        for char in text[start..].chars() {
            if counted >= column {
                break;
            }
            counted += if is_utf8 { char.len_utf8() } else { char.len_utf16() };
            width += char.len_utf8();
        }
        assert_eq!(counted, column, "between two characters");
        start + width
    };
    let mut places: Vec<(usize, usize, &str)> = edits
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| {
            let range = &edit["range"];
            (offset(&range["start"]), offset(&range["end"]), edit["newText"].as_str().unwrap())
        })
        .collect();
    places.sort();
    let mut text = text.to_owned();
    for (start, end, new) in places.into_iter().rev() {
        text.replace_range(start..end, new);
    }
    text
}
