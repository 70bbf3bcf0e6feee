//! A finding as an editor shows it: a diagnostic, a quick fix, a page to read.

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

impl Found {
    /// The passage; for something that is missing the character before its place, since an editor marks none of no width.
    fn passage(&self) -> Span<Decoded> {
        let span = self.diagnostic.span();
        if !span.is_empty() {
            return span;
        }
        let before = self.source.text().get(..span.start()).unwrap_or_default();
        let last = before.chars().next_back().filter(|char| !matches!(char, '\n' | '\r'));
        Span::new(span.start() - last.map_or(0, char::len_utf8), span.start())
    }

    /// The range that is marked.
    pub fn range(&self, units: Units) -> lsp_types::Range {
        units.range(&self.source, self.passage())
    }

    /// As a diagnostic.
    pub fn diagnostic(&self, document: &Open, units: Units) -> Diagnostic {
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
            code: Some(NumberOrString::String(clean(&found.rule).into_owned())),
            source: Some("demur".to_owned()),
            message,
            related_information: Some(related.collect::<Vec<_>>()).filter(|related| !related.is_empty()),
            ..Diagnostic::default()
        }
    }

    /// The change that mends it, offered first among those of its place; of the version that was judged.
    pub fn action(&self, document: &Open, units: Units) -> Option<CodeAction> {
        let edits = self.edits.as_ref()?;
        let edit = |edit: &Edit| OneOf::Left(TextEdit::new(units.range(&self.source, edit.span), edit.text.clone()));
        let change = TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                uri: document.uri.clone(),
                version: Some(document.version),
            },
            edits: edits.iter().map(edit).collect(),
        };
        Some(CodeAction {
            title: self.title(edits),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![self.diagnostic(document, units)]),
            is_preferred: Some(true),
            edit: Some(WorkspaceEdit {
                document_changes: Some(DocumentChanges::Edits(vec![change])),
                ..WorkspaceEdit::default()
            }),
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
