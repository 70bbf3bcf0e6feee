//! Messages to and from an editor. One that cannot be read is answered, and the next one is read.

use lsp_server::{ErrorCode, Message, RequestId, Response};
use std::io::{self, BufReader};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// A message, or why there is none.
pub enum Heard {
    /// One that could be read.
    Message(Message),
    /// One that is no message of the protocol.
    Malformed,
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

    /// Answers a message that could not be read. Its number is not known.
    pub fn refuse(&self) -> io::Result<()> {
        let text = "the message is no JSON-RPC; it was passed over".to_owned();
        self.send(Response::new_err(RequestId::from(0), ErrorCode::ParseError as i32, text).into())
    }
}

fn read(sender: &Sender<Heard>) {
    let mut input = BufReader::new(io::stdin());
    loop {
        let heard = match Message::read(&mut input) {
            Ok(Some(message)) => Heard::Message(message),
            Ok(None) => return,
            // The length was said and the text was taken in, so what follows is the next message.
            Err(error) if error.kind() == io::ErrorKind::InvalidData => Heard::Malformed,
            Err(_) => return,
        };
        if sender.send(heard).is_err() {
            return;
        }
    }
}
