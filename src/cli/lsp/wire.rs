//! Messages to and from an editor. One that cannot be read is answered, and the next one is read.

use super::frame::{self, Frame};
use lsp_server::{ErrorCode, Message};
use serde_json::{Value, json};
use std::io::{self, BufReader, Write};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// A message, or the answer to what is none.
pub enum Heard {
    /// One that could be read.
    Message(Message),
    /// One that is no message of the protocol.
    Malformed(Refusal),
}

/// What is answered to a message that could not be read.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The number of the request; null where it is not known, as JSON-RPC 2.0 asks.
    id: Value,
    code: i32,
    text: &'static str,
}

/// The stream of messages.
pub struct Wire {
    heard: Receiver<Heard>,
}

impl Wire {
    /// Reads standard input, on a thread of its own, until it ends.
    pub fn stdio() -> Wire {
        let (sender, heard) = channel();
        thread::spawn(move || read(&sender));
        Wire { heard }
    }

    /// The next message, waiting for it; `None` when there will be none.
    pub fn next(&self) -> Option<Heard> {
        self.heard.recv().ok()
    }

    /// The next message if it is there already.
    pub fn next_if_there(&self) -> Option<Heard> {
        self.heard.try_recv().ok()
    }

    /// Sends a message.
    pub fn send(&self, message: Message) -> io::Result<()> {
        message.write(&mut io::stdout().lock())
    }

    /// Answers a message that could not be read.
    pub fn refuse(&self, refusal: &Refusal) -> io::Result<()> {
        let error = json!({"code": refusal.code, "message": refusal.text});
        let answer = json!({"jsonrpc": "2.0", "id": refusal.id, "error": error}).to_string();
        let mut out = io::stdout().lock();
        write!(out, "Content-Length: {}\r\n\r\n{answer}", answer.len())?;
        out.flush()
    }
}

fn read(sender: &Sender<Heard>) {
    let mut input = BufReader::new(io::stdin());
    while let Ok(Some(frame)) = frame::next(&mut input) {
        let heard = match frame {
            Frame::Message(bytes) => understand(&bytes),
            Frame::NoLength => Some(Heard::Malformed(Refusal {
                id: Value::Null,
                code: ErrorCode::ParseError as i32,
                text: "the header tells no length; send `Content-Length: ` and the number of bytes",
            })),
        };
        if heard.is_some_and(|heard| sender.send(heard).is_err()) {
            return;
        }
    }
}

/// Reads a message. `None` for an answer that cannot be read: an answer to it could go to and fro forever.
fn understand(bytes: &[u8]) -> Option<Heard> {
    if let Ok(message) = serde_json::from_slice(bytes) {
        return Some(Heard::Message(message));
    }
    let (id, code, text) = match serde_json::from_slice::<Value>(bytes) {
        Err(_) => (Value::Null, ErrorCode::ParseError, "the message is no JSON; it was passed over"),
        Ok(value) if value.get("method").is_none() && (value.get("result").or(value.get("error"))).is_some() => {
            return None;
        }
        Ok(value) => {
            let id = value.get("id").filter(|id| id.is_string() || id.is_number()).cloned().unwrap_or_default();
            (id, ErrorCode::InvalidRequest, "the message is no JSON-RPC 2.0; it was passed over")
        }
    };
    Some(Heard::Malformed(Refusal { id, code: code as i32, text }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_message_is_refused_by_its_number() {
        #[track_caller]
        fn check(text: &str, expected: Option<(Value, i32)>) {
            let found = match understand(text.as_bytes()) {
                Some(Heard::Malformed(refusal)) => Some((refusal.id, refusal.code)),
                Some(Heard::Message(_)) | None => None,
            };
            assert_eq!(found, expected);
        }
        check(r#"{"jsonrpc":"2.0","id":1,"method":"shutdown"}"#, None);
        check(r#"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"?"}}"#, None);
        check(r#"{"jsonrpc":"2.0","id":7}"#, Some((json!(7), -32600)));
        check(r#"{"jsonrpc":"2.0","id":"a","method":5}"#, Some((json!("a"), -32600)));
        check(r#"{"jsonrpc":"2.0","id":[1]}"#, Some((Value::Null, -32600)));
        check("[]", Some((Value::Null, -32600)));
        check("{", Some((Value::Null, -32700)));
        check("", Some((Value::Null, -32700)));
        check(&"[".repeat(100_000), Some((Value::Null, -32700)));
    }
}
