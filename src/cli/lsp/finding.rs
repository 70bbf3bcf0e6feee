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

    /// The change that mends it, and the one that accepts it.
    pub fn actions(&self, document: &Open, client: Client) -> Vec<CodeAction> {
        let action = |title: String, edits: &[Edit]| {
            let written =
                edits.iter().map(|edit| TextEdit::new(client.units.range(&self.source, edit.span), edit.text.clone()));
            CodeAction {
                title,
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![self.diagnostic(document, client)]),
                edit: Some(change(document, client, written.collect())),
                ..CodeAction::default()
            }
        };
        let mending = self.edits.as_ref().map(|edits| CodeAction {
            // An editor may make it unasked, as `demur check --fix` does.
            is_preferred: self.diagnostic.is_safe.then_some(true),
            ..action(self.title(edits), edits)
        });
        let title = || format!("Accept {} here; the reason is yours to write", clean(&self.diagnostic.rule));
        let accepting = self.comment.as_ref().map(|comment| action(title(), std::slice::from_ref(comment)));
        mending.into_iter().chain(accepting).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use demur::diagnostic::Label;
    use demur::source::Source;
    use std::ops::Range;
    use std::sync::Arc;

    #[test]
    fn what_is_missing_is_marked_beside_its_place() {
        #[track_caller]
        fn check(text: &str, place: Range<usize>, expected: Range<usize>) {
            let labels = vec![Label { span: Span::new(place.start, place.end), text: String::new() }];
            let (rule, message, level) = (String::new(), String::new(), Level::Note);
            let (notes, edits) = (Vec::new(), Vec::new());
            let diagnostic = demur::diagnostic::Diagnostic {
                rule,
                level,
                message,
                labels,
                notes,
                help: None,
                edits,
                is_safe: false,
            };
            let source = Arc::new(Source::from_text("a", text));
            let found = Found { source, diagnostic, edits: None, comment: None, step: None };
            assert_eq!(found.passage().range(), expected);
        }
        check("Dear Ann,", 5..8, 5..8);
        check("No.\n\nBo", 3..3, 2..3);
        check("No. Bo", 4..4, 4..5);
        check("No. Bo", 3..3, 2..3);
        check("\u{c9}t\u{e9}", 0..0, 0..2);
        check("\u{c9}t\u{e9}", 5..5, 3..5);
        check("<p>No</p>", 3..3, 3..4);
        check("<p>No.</p>", 6..6, 5..6);
        check("a\n**No**", 2..2, 2..3);
        check("No.\r\n\r\n", 7..7, 2..3);
        check("No. \n", 5..5, 2..3);
        check("\n\n", 2..2, 0..0);
        check("", 0..0, 0..0);
    }
}
