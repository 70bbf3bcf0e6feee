//! What the server knows, and how it answers.

use super::document::{Found, MOST_TYPED, Open};
use super::place::{Units, touch};
use super::wire::{Heard, Wire};
use crate::cli::Outcome;
use crate::cli::accepted::Lists;
use crate::cli::args::{JudgeArgs, LspArgs};
use crate::cli::check::human_style;
use crate::cli::discover::Discovery;
use crate::cli::files::{Input, Inputs};
use crate::cli::settings::{Preparation, Settings};
use crate::cli::trouble::Trouble;
use demur::source::Source;
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{
    DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument, Exit, Initialized,
    Notification as _, PublishDiagnostics, ShowMessage,
};
use lsp_types::request::{CodeActionRequest, HoverRequest, Initialize, RegisterCapability, Request as _, Shutdown};
use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOptions, CodeActionParams, CodeActionProviderCapability,
    DidChangeTextDocumentParams, DidChangeWatchedFilesRegistrationOptions, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, FileSystemWatcher, GlobPattern, Hover, HoverContents, HoverParams,
    HoverProviderCapability, InitializeParams, InitializeResult, MarkupContent, MarkupKind, MessageType,
    PublishDiagnosticsParams, Range, Registration, RegistrationParams, ServerCapabilities, ServerInfo,
    ShowMessageParams, TextDocumentSyncCapability, TextDocumentSyncKind, Uri,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// The state of a session.
pub struct Server<'w> {
    wire: &'w Wire,
    judge: JudgeArgs,
    units: Units,
    /// Whether the client lets a server watch files.
    may_watch: bool,
    is_initialized: bool,
    is_shut_down: bool,
    /// By URI.
    documents: BTreeMap<String, Open>,
}

impl<'w> Server<'w> {
    pub fn new(args: &LspArgs, wire: &'w Wire) -> Server<'w> {
        Server {
            wire,
            judge: JudgeArgs { packs: args.packs.clone(), config: args.config.clone(), ..JudgeArgs::default() },
            units: Units::Utf16,
            may_watch: false,
            is_initialized: false,
            is_shut_down: false,
            documents: BTreeMap::new(),
        }
    }

    /// Whether the client said goodbye as the protocol asks.
    pub fn outcome(&self) -> Outcome {
        if self.is_shut_down { Outcome::Clean } else { Outcome::Findings }
    }

    /// Takes in a message. Whether it was the last one.
    pub fn is_over(&mut self, heard: Heard) -> Result<bool, Trouble> {
        match heard {
            Heard::Malformed => self.wire.refuse()?,
            Heard::Message(Message::Request(request)) => self.request(request)?,
            Heard::Message(Message::Notification(note)) if note.method == Exit::METHOD => return Ok(true),
            Heard::Message(Message::Notification(note)) => self.notification(note)?,
            Heard::Message(Message::Response(_)) => {}
        }
        Ok(false)
    }

    fn request(&mut self, request: Request) -> io::Result<()> {
        let Request { id, method, params } = request;
        match method.as_str() {
            Initialize::METHOD => {
                let result = read::<InitializeParams>(params).map(|params| self.initialize(&params));
                self.answer(id, result)
            }
            _ if !self.is_initialized => {
                let text = "the session was not initialized; send `initialize` first".to_owned();
                self.refuse(id, ErrorCode::ServerNotInitialized, text)
            }
            Shutdown::METHOD => {
                self.is_shut_down = true;
                self.answer(id, Ok(()))
            }
            CodeActionRequest::METHOD => {
                let result = read::<CodeActionParams>(params).map(|params| self.actions(&params));
                self.answer(id, result)
            }
            HoverRequest::METHOD => {
                let result = read::<HoverParams>(params).map(|params| self.hover(&params));
                self.answer(id, result)
            }
            _ => self.refuse(id, ErrorCode::MethodNotFound, format!("`{method}` is not known; leave it out")),
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

    fn initialize(&mut self, params: &InitializeParams) -> InitializeResult {
        self.is_initialized = true;
        let general = params.capabilities.general.as_ref();
        let offered = general.and_then(|general| general.position_encodings.clone()).unwrap_or_default();
        self.units = Units::agree(&offered);
        let workspace = params.capabilities.workspace.as_ref();
        let watching = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        self.may_watch = watching.and_then(|watching| watching.dynamic_registration).unwrap_or(false);
        let quick_fixes = CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
            ..CodeActionOptions::default()
        };
        InitializeResult {
            capabilities: ServerCapabilities {
                position_encoding: Some(self.units.kind()),
                text_document_sync: Some(TextDocumentSyncCapability::Kind(TextDocumentSyncKind::FULL)),
                code_action_provider: Some(CodeActionProviderCapability::Options(quick_fixes)),
                hover_provider: Some(HoverProviderCapability::Simple(true)),
                ..ServerCapabilities::default()
            },
            server_info: Some(ServerInfo {
                name: "demur".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        }
    }

    fn notification(&mut self, note: Notification) -> io::Result<()> {
        let Notification { method, params } = note;
        match method.as_str() {
            Initialized::METHOD if self.may_watch => self.watch()?,
            DidOpenTextDocument::METHOD => {
                if let Ok(DidOpenTextDocumentParams { text_document: text }) = read(params) {
                    let open = Open {
                        uri: text.uri.clone(),
                        language: text.language_id,
                        version: text.version,
                        text: text.text,
                        is_dirty: true,
                        found: Vec::new(),
                    };
                    self.documents.insert(text.uri.as_str().to_owned(), open);
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
            // A configuration, a pack: whatever it was, each letter is judged anew.
            DidChangeWatchedFiles::METHOD => self.documents.values_mut().for_each(|open| open.is_dirty = true),
            _ => {}
        }
        Ok(())
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

    /// Asks to be told when a configuration or a pack changes.
    fn watch(&self) -> io::Result<()> {
        let watcher = |glob: &str| FileSystemWatcher { glob_pattern: GlobPattern::String(glob.to_owned()), kind: None };
        let options = DidChangeWatchedFilesRegistrationOptions { watchers: vec![watcher("**/*.{yaml,yml}")] };
        let registration = Registration {
            id: "demur-yaml".to_owned(),
            method: DidChangeWatchedFiles::METHOD.to_owned(),
            register_options: serde_json::to_value(options).ok(),
        };
        let params = RegistrationParams { registrations: vec![registration] };
        let id = RequestId::from("demur-watch".to_owned());
        self.wire.send(Request::new(id, RegisterCapability::METHOD.to_owned(), params).into())
    }

    /// Judges what has changed, and tells what was found.
    pub fn publish(&mut self) -> io::Result<()> {
        let dirty: Vec<String> =
            self.documents.iter().filter(|(_, open)| open.is_dirty).map(|(uri, _)| uri.clone()).collect();
        for uri in dirty {
            let Some(open) = self.documents.get(&uri) else { continue };
            let found = match self.found(open) {
                Ok(found) => found,
                Err(trouble) => {
                    self.show(&trouble)?;
                    Vec::new()
                }
            };
            let Some(open) = self.documents.get_mut(&uri) else { continue };
            (open.found, open.is_dirty) = (found, false);
            let diagnostics = open.found.iter().map(|found| found.diagnostic(open, self.units)).collect();
            let (uri, version) = (open.uri.clone(), Some(open.version));
            self.send_diagnostics(uri, diagnostics, version)?;
        }
        Ok(())
    }

    fn found(&self, open: &Open) -> Result<Vec<Found>, Trouble> {
        if open.text.len() > MOST_TYPED {
            return Ok(Vec::new());
        }
        if let Some(mistakes) = open.mistakes() {
            let source = Arc::new(Source::from_text(open.uri.as_str(), open.text.as_str()));
            let of_mistake = |diagnostic| Found { source: Arc::clone(&source), diagnostic, edits: None, step: None };
            return Ok(mistakes.into_iter().map(of_mistake).collect());
        }
        let (settings, lists) = self.settings(&open.path())?;
        Ok(open.judge(&settings, &lists))
    }

    /// What holds for a letter now: the files that say so may have changed since the last time.
    fn settings(&self, path: &Path) -> Result<(Arc<Settings>, Lists), Trouble> {
        let style = human_style(crate::cli::args::Color::Never);
        let mut preparation = Preparation::new(&self.judge, Discovery::new(&self.judge.config)?, style)?;
        let settings = preparation.of_file(path)?;
        preparation.finish()?;
        let inputs = Inputs { files: vec![Input::Named(path.to_owned())], ..Inputs::default() };
        let lists = Lists::find(&mut preparation, &inputs, &[Arc::clone(&settings)], false)?;
        Ok((settings, lists))
    }

    fn show(&self, trouble: &Trouble) -> io::Result<()> {
        let params = ShowMessageParams { typ: MessageType::ERROR, message: format!("demur: {trouble}") };
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
        if open.is_dirty || wanted.is_some_and(|kinds| !kinds.iter().any(is_quick_fix)) {
            return Vec::new();
        }
        self.at(open, params.range).filter_map(|found| found.action(open, self.units)).collect()
    }

    fn hover(&self, params: &HoverParams) -> Option<Hover> {
        let params = &params.text_document_position_params;
        let open = self.documents.get(params.text_document.uri.as_str())?;
        let here = Range::new(params.position, params.position);
        let pages: Vec<String> = self.at(open, here).map(Found::page).collect();
        let range = self.at(open, here).map(|found| found.range(self.units)).next()?;
        let value = pages.join("\n\n---\n\n");
        let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
        Some(Hover { contents, range: Some(range) })
    }

    fn at<'o>(&self, open: &'o Open, range: Range) -> impl Iterator<Item = &'o Found> {
        let units = self.units;
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
