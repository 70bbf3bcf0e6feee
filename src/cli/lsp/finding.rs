//! A finding as an editor shows it: a diagnostic, a quick fix, a page to read.

use super::client::Client;
use super::document::{Found, Open};
use super::place::Units;
use demur::diagnostic::{Edit, Level};
use demur::report::clean;
use demur::span::{Decoded, Span};
use lsp_types::{
    CodeAction, CodeActionKind, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DocumentChanges,
    Location, NumberOrString, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit,
    WorkspaceEdit,
};
use std::collections::HashMap;

impl Found {
    /// The passage; for something that is missing the character beside its place, since an editor marks none of no width
    /// and shows none behind the last line.
    fn passage(&self) -> Span<Decoded> {
        let span = self.diagnostic.span();
        let Some((before, after)) = self.source.text().split_at_checked(span.start()) else { return span };
        let width = |char: Option<char>| char.filter(|char| !char.is_whitespace()).map_or(0, char::len_utf8);
        let last = |text: &str| Span::new(text.len() - width(text.chars().next_back()), text.len());
        let next = Span::new(span.start(), span.start() + width(after.chars().next()));
        match (last(before), next) {
            _ if !span.is_empty() => span,
            // Before a word, whatever markup stands before that.
            _ if after.starts_with(char::is_alphanumeric) => next,
            (last, _) if !last.is_empty() => last,
            (_, next) if !next.is_empty() => next,
            _ => last(before.trim_end()),
        }
    }

    /// The range that is marked.
    pub fn range(&self, units: Units) -> lsp_types::Range {
        units.range(&self.source, self.passage())
    }

    /// As a diagnostic.
    pub fn diagnostic(&self, document: &Open, Client { units, .. }: Client) -> Diagnostic {
        let found = &self.diagnostic;
        let severity = match found.level {
            Level::Error => DiagnosticSeverity::ERROR,
            Level::Warning => DiagnosticSeverity::WARNING,
            Level::Note => DiagnosticSeverity::INFORMATION,
        };
        let message = match &found.help {
            Some(help) => format!("{}; {}", clean(&found.message), clean(help)),
            None => clean(&found.message).into_owned(),
        };
        let related = found.labels.iter().skip(1).map(|label| DiagnosticRelatedInformation {
            location: Location::new(document.uri.clone(), units.range(&self.source, label.span)),
            message: clean(&label.text).into_owned(),
        });
        Diagnostic {
            range: self.range(units),
            severity: Some(severity),
            code: Some(clean(&found.rule).into_owned()).filter(|rule| !rule.is_empty()).map(NumberOrString::String),
            source: Some("demur".to_owned()),
            message,
            related_information: Some(related.collect::<Vec<_>>()).filter(|related| !related.is_empty()),
            ..Diagnostic::default()
        }
    }

    /// The change that mends it; the one that an editor may make unasked is the one that `demur check --fix` makes.
    pub fn action(&self, document: &Open, client: Client) -> Option<CodeAction> {
        let edits = self.edits.as_ref()?;
        let written =
            edits.iter().map(|edit| TextEdit::new(client.units.range(&self.source, edit.span), edit.text.clone()));
        Some(CodeAction {
            title: self.title(edits),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![self.diagnostic(document, client)]),
            is_preferred: self.diagnostic.is_safe.then_some(true),
            edit: Some(change(document, client, written.collect())),
            ..CodeAction::default()
        })
    }

    fn title(&self, edits: &[Edit]) -> String {
        let text: String = edits.iter().map(|edit| edit.text.trim()).collect();
        match (text.is_empty(), &self.diagnostic.help) {
            (true, Some(help)) => clean(help).into_owned(),
            (true, None) => "Leave it out".to_owned(),
            (false, _) => format!("Write \u{201c}{}\u{201d}", clean(&text)),
        }
    }

    /// What it is about, in Markdown.
    pub fn page(&self) -> String {
        let found = &self.diagnostic;
        let mut page = format!("**{}** ({}): {}", clean(&found.rule), found.level, clean(&found.message));
        if let Some(help) = &found.help {
            page.push_str(&format!("\n\n{}", clean(help)));
        }
        if let Some(step) = &self.step {
            let number = if step.number == 0 { String::new() } else { format!("Step {}, ", step.number) };
            page.push_str(&format!("\n\n> {number}{}: {}", clean(&step.title), clean(&step.text)));
        }
        page
    }
}

/// A change of the version that was judged, or of whatever is there for a client that counts no versions.
fn change(document: &Open, client: Client, edits: Vec<TextEdit>) -> WorkspaceEdit {
    let uri = document.uri.clone();
    if !client.takes_versions {
        return WorkspaceEdit { changes: Some(HashMap::from([(uri, edits)])), ..WorkspaceEdit::default() };
    }
    let text_document = OptionalVersionedTextDocumentIdentifier { uri, version: Some(document.version) };
    let change = TextDocumentEdit { text_document, edits: edits.into_iter().map(OneOf::Left).collect() };
    WorkspaceEdit { document_changes: Some(DocumentChanges::Edits(vec![change])), ..WorkspaceEdit::default() }
}
