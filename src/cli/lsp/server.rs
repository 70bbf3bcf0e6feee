//! What the server knows, and how it answers.

use super::client::{self, Client};
use super::document::{Found, MOST_TYPED, Measures, Nature, Open};
use super::place::touch;
use super::wire::{Heard, Wire};
use crate::cli::Outcome;
use crate::cli::accepted::Lists;
use crate::cli::args::{Color, JudgeArgs, LspArgs};
use crate::cli::check::human_style;
use crate::cli::discover::Discovery;
use crate::cli::files::{Input, Inputs};
use crate::cli::settings::Preparation;
use crate::cli::trouble::Trouble;
use demur::accepted;
use demur::config::Mistakes;
use demur::diagnostic::Level;
use demur::pack::Pack;
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{
    DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument, DidSaveTextDocument, Exit,
    Initialized, Notification as _, PublishDiagnostics, ShowMessage,
};
use lsp_types::request::{CodeActionRequest, HoverRequest, Initialize, Request as _, Shutdown};
use lsp_types::{
    CodeAction, CodeActionKind, CodeActionParams, DidChangeTextDocumentParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, Hover, HoverContents, HoverParams, InitializeParams, MarkupContent, MarkupKind,
    MessageType, PublishDiagnosticsParams, Range, ShowMessageParams, Uri,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// The state of a session.
pub struct Server<'w> {
    wire: &'w Wire,
    judge: JudgeArgs,
    phase: Phase,
    client: Client,
    /// By URI.
    documents: BTreeMap<String, Open>,
}

/// How far a session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nothing was agreed on.
    New,
    Running,
    /// The client said that it will only leave.
    ShutDown,
}

impl<'w> Server<'w> {
    pub fn new(args: &LspArgs, wire: &'w Wire) -> Server<'w> {
        let (packs, config, accepted) = (args.packs.clone(), args.config.clone(), args.accepted.clone());
        Server {
            wire,
            judge: JudgeArgs { packs, config, accepted, ..JudgeArgs::default() },
            phase: Phase::New,
            client: Client::default(),
            documents: BTreeMap::new(),
        }
    }

    /// Whether the client said goodbye as the protocol asks.
    pub fn outcome(&self) -> Outcome {
        if self.phase == Phase::ShutDown { Outcome::Clean } else { Outcome::Findings }
    }

    /// Takes in a message. Whether it was the last one.
    pub fn is_over(&mut self, heard: Heard) -> io::Result<bool> {
        match heard {
            Heard::Malformed(refusal) => self.wire.refuse(&refusal)?,
            Heard::Message(Message::Request(request)) => self.request(request)?,
            Heard::Message(Message::Notification(note)) if note.method == Exit::METHOD => return Ok(true),
            // The protocol drops those that come before `initialize`.
            Heard::Message(Message::Notification(note)) if self.phase == Phase::Running => self.notification(note)?,
            Heard::Message(Message::Notification(_) | Message::Response(_)) => {}
        }
        Ok(false)
    }

    fn request(&mut self, request: Request) -> io::Result<()> {
        let Request { id, method, params } = request;
        match (self.phase, method.as_str()) {
            (Phase::New, Initialize::METHOD) => {
                let result = read::<InitializeParams>(params).map(|params| {
                    (self.client, self.phase) = (Client::new(&params), Phase::Running);
                    self.client.welcome()
                });
                self.answer(id, result)
            }
            (Phase::New, _) => {
                let text = "the session was not initialized; send `initialize` first".to_owned();
                self.refuse(id, ErrorCode::ServerNotInitialized, text)
            }
            (Phase::ShutDown, _) => {
                let text = "the session was shut down; send `exit`".to_owned();
                self.refuse(id, ErrorCode::InvalidRequest, text)
            }
            (Phase::Running, Initialize::METHOD) => {
                let text = "the session was initialized already; go on with it".to_owned();
                self.refuse(id, ErrorCode::InvalidRequest, text)
            }
            (Phase::Running, Shutdown::METHOD) => {
                self.phase = Phase::ShutDown;
                self.answer(id, Ok(()))
            }
            (Phase::Running, CodeActionRequest::METHOD) => {
                // What is asked is about the text that was sent last.
                self.publish()?;
                self.answer(id, read::<CodeActionParams>(params).map(|params| self.actions(&params)))
            }
            (Phase::Running, HoverRequest::METHOD) => {
                self.publish()?;
                self.answer(id, read::<HoverParams>(params).map(|params| self.hover(&params)))
            }
            (Phase::Running, _) => {
                self.refuse(id, ErrorCode::MethodNotFound, format!("`{method}` is not known; leave it out"))
            }
        }
    }

    fn answer(&self, id: RequestId, result: Result<impl Serialize, String>) -> io::Result<()> {
        match result {
            Ok(result) => self.wire.send(Response::new_ok(id, result).into()),
            Err(text) => self.refuse(id, ErrorCode::InvalidParams, text),
        }
    }

    fn refuse(&self, id: RequestId, code: ErrorCode, text: String) -> io::Result<()> {
        self.wire.send(Response::new_err(id, code as i32, text).into())
    }

    fn notification(&mut self, note: Notification) -> io::Result<()> {
        let Notification { method, params } = note;
        match method.as_str() {
            Initialized::METHOD if self.client.may_watch => self.wire.send(client::watch().into())?,
            DidOpenTextDocument::METHOD => {
                if let Ok(DidOpenTextDocumentParams { text_document }) = read(params) {
                    self.documents.insert(text_document.uri.as_str().to_owned(), Open::new(text_document));
                }
            }
            DidChangeTextDocument::METHOD => {
                if let Ok(params) = read::<DidChangeTextDocumentParams>(params) {
                    self.change(params);
                }
            }
            DidCloseTextDocument::METHOD => {
                if let Ok(DidCloseTextDocumentParams { text_document }) = read(params) {
                    self.documents.remove(text_document.uri.as_str());
                    self.send_diagnostics(text_document.uri, Vec::new(), None)?;
                }
            }
            DidChangeWatchedFiles::METHOD | DidSaveTextDocument::METHOD => self.forget_measures(),
            _ => {}
        }
        Ok(())
    }

    /// A configuration, a pack, accepted findings: whatever was written, each letter is judged anew. Not every client
    /// watches files, but each says what it saves itself.
    fn forget_measures(&mut self) {
        for open in self.documents.values_mut() {
            (open.measures, open.is_dirty) = (None, true);
        }
    }

    fn change(&mut self, params: DidChangeTextDocumentParams) {
        let Some(open) = self.documents.get_mut(params.text_document.uri.as_str()) else { return };
        // Each change is the whole text, as was agreed on.
        if let Some(change) = params.content_changes.into_iter().next_back() {
            open.text = change.text;
            open.version = params.text_document.version;
            open.is_dirty = true;
        }
    }

    /// Judges what has changed, and tells what was found.
    pub fn publish(&mut self) -> io::Result<()> {
        let dirty = self.documents.iter().filter(|(_, open)| open.is_dirty).map(|(uri, _)| uri.clone());
        for uri in dirty.collect::<Vec<_>>() {
            let Some(mut open) = self.documents.remove(&uri) else { continue };
            let sent = self.publish_one(&mut open);
            self.documents.insert(uri, open);
            sent?;
        }
        Ok(())
    }

    fn publish_one(&self, open: &mut Open) -> io::Result<()> {
        let (found, trouble) = match self.found(open) {
            Ok(found) => (found, None),
            Err(trouble) => {
                let text = trouble.to_string();
                (open.unread(Level::Error, text.clone()), Some(text))
            }
        };
        if let Some(text) = &trouble {
            // Once is enough, however much is typed and however many letters it concerns.
            let is_known = |other: &Open| other.trouble.as_ref() == Some(text);
            if !is_known(open) && !self.documents.values().any(is_known) {
                self.show(text)?;
            }
        }
        (open.found, open.trouble, open.is_dirty) = (found, trouble, false);
        let diagnostics = open.found.iter().map(|found| found.diagnostic(open, self.client)).collect();
        self.send_diagnostics(open.uri.clone(), diagnostics, Some(open.version))
    }

    fn found(&self, open: &mut Open) -> Result<Vec<Found>, Trouble> {
        if open.text.len() > MOST_TYPED {
            let text = format!(
                "longer than {} KiB, so it is not judged while it is written; run `demur check` on it",
                MOST_TYPED >> 10
            );
            return Ok(open.unread(Level::Note, text));
        }
        match open.nature() {
            Nature::Foreign => Ok(Vec::new()),
            Nature::Pack => Ok(open.mistakes(Pack::read(&open.text).err().unwrap_or_default())),
            Nature::Configuration => {
                let mistakes = self.preparation()?.mistakes_in(&open.path(), &open.text);
                Ok(open.mistakes(mistakes))
            }
            Nature::Accepted => {
                let mut mistakes = Mistakes::default();
                accepted::read(&open.text, &mut mistakes);
                Ok(open.mistakes(mistakes.into_diagnostics()))
            }
            Nature::Letter => {
                let measures = match open.measures.take() {
                    Some(measures) => measures,
                    None => self.measures(open.path())?,
                };
                let found = open.judge(&measures);
                open.measures = Some(measures);
                Ok(found)
            }
        }
    }

    fn preparation(&self) -> Result<Preparation<'_>, Trouble> {
        Preparation::new(&self.judge, Discovery::new(&self.judge.config)?, human_style(Color::Never))
    }

    /// What holds for a letter, as it is written now.
    fn measures(&self, path: PathBuf) -> Result<Measures, Trouble> {
        let mut preparation = self.preparation()?;
        let settings = preparation.of_file(&path)?;
        preparation.finish()?;
        let inputs = Inputs { files: vec![Input::Named(path)], ..Inputs::default() };
        let lists = Lists::find(&mut preparation, &inputs, &[Arc::clone(&settings)], false)?;
        Ok(Measures { settings, accepted: Arc::new(lists) })
    }

    fn show(&self, text: &str) -> io::Result<()> {
        let params = ShowMessageParams { typ: MessageType::ERROR, message: format!("demur: {text}") };
        self.wire.send(Notification::new(ShowMessage::METHOD.to_owned(), params).into())
    }

    fn send_diagnostics(
        &self,
        uri: Uri,
        diagnostics: Vec<lsp_types::Diagnostic>,
        version: Option<i32>,
    ) -> io::Result<()> {
        let params = PublishDiagnosticsParams { uri, diagnostics, version };
        self.wire.send(Notification::new(PublishDiagnostics::METHOD.to_owned(), params).into())
    }

    fn actions(&self, params: &CodeActionParams) -> Vec<CodeAction> {
        let Some(open) = self.documents.get(params.text_document.uri.as_str()) else { return Vec::new() };
        let wanted = params.context.only.as_ref();
        if wanted.is_some_and(|kinds| !kinds.iter().any(is_quick_fix)) {
            return Vec::new();
        }
        self.at(open, params.range).flat_map(|found| found.actions(open, self.client)).collect()
    }

    fn hover(&self, params: &HoverParams) -> Option<Hover> {
        let params = &params.text_document_position_params;
        let open = self.documents.get(params.text_document.uri.as_str())?;
        let here = Range::new(params.position, params.position);
        let pages: Vec<String> = self.at(open, here).map(Found::page).collect();
        let range = self.at(open, here).map(|found| found.range(self.client.units)).next()?;
        let value = pages.join("\n\n---\n\n");
        let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
        Some(Hover { contents, range: Some(range) })
    }

    fn at<'o>(&self, open: &'o Open, range: Range) -> impl Iterator<Item = &'o Found> {
        let units = self.client.units;
        open.found.iter().filter(move |found| touch(found.range(units), range))
    }
}

/// Kinds are words parted by dots; who asks for a kind asks for all below it.
fn is_quick_fix(kind: &CodeActionKind) -> bool {
    kind == &CodeActionKind::EMPTY || kind == &CodeActionKind::QUICKFIX
}

fn read<T: DeserializeOwned>(params: serde_json::Value) -> Result<T, String> {
    serde_json::from_value(params).map_err(|error| format!("the parameters cannot be read ({error}); see LSP 3.17"))
}
