//! What was agreed on with a client when the session began.

use super::place::Units;
use lsp_server::{Request, RequestId};
use lsp_types::notification::{DidChangeWatchedFiles, Notification as _};
use lsp_types::request::{RegisterCapability, Request as _};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, DidChangeWatchedFilesRegistrationOptions,
    FileSystemWatcher, GlobPattern, HoverProviderCapability, InitializeParams, InitializeResult, Registration,
    RegistrationParams, SaveOptions, ServerCapabilities, ServerInfo, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextDocumentSyncOptions, TextDocumentSyncSaveOptions,
};

/// What the client can do.
#[derive(Debug, Clone, Copy)]
pub struct Client {
    /// What columns count.
    pub units: Units,
    /// Whether it lets a server watch files.
    pub may_watch: bool,
    /// Whether it takes changes that say which version of a text they are for.
    pub takes_versions: bool,
}

impl Default for Client {
    fn default() -> Client {
        Client { units: Units::Utf16, may_watch: false, takes_versions: false }
    }
}

impl Client {
    /// What a client says of itself.
    pub fn new(params: &InitializeParams) -> Client {
        let general = params.capabilities.general.as_ref();
        let offered = general.and_then(|general| general.position_encodings.as_deref()).unwrap_or_default();
        let workspace = params.capabilities.workspace.as_ref();
        let watching = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        let editing = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        Client {
            units: Units::agree(offered),
            may_watch: watching.and_then(|watching| watching.dynamic_registration).unwrap_or(false),
            takes_versions: editing.and_then(|editing| editing.document_changes).unwrap_or(false),
        }
    }

    /// What it is told of the server.
    pub fn welcome(self) -> InitializeResult {
        let quick_fixes = CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
            ..CodeActionOptions::default()
        };
        let sync = TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::FULL),
            save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions { include_text: Some(false) })),
            ..TextDocumentSyncOptions::default()
        };
        InitializeResult {
            capabilities: ServerCapabilities {
                position_encoding: Some(self.units.kind()),
                text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
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
}

/// Asks to be told when a configuration or a pack changes.
pub fn watch() -> Request {
    let watcher = FileSystemWatcher { glob_pattern: GlobPattern::String("**/*.{yaml,yml}".to_owned()), kind: None };
    let options = DidChangeWatchedFilesRegistrationOptions { watchers: vec![watcher] };
    let registration = Registration {
        id: "demur-yaml".to_owned(),
        method: DidChangeWatchedFiles::METHOD.to_owned(),
        register_options: serde_json::to_value(options).ok(),
    };
    let params = RegistrationParams { registrations: vec![registration] };
    Request::new(RequestId::from("demur-watch".to_owned()), RegisterCapability::METHOD.to_owned(), params)
}
