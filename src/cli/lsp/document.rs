//! A file that is open in an editor, and what was found in it.

use crate::cli::accepted::Lists;
use crate::cli::files::Input;
use crate::cli::job::Job;
use crate::cli::settings::Settings;
use demur::accepted;
use demur::check::Report;
use demur::config::FILE_NAMES;
use demur::diagnostic::{Diagnostic, Edit, Label, Level};
use demur::fix;
use demur::pack::{Pack, Step};
use demur::source::{Origin, RawFile, Source};
use demur::span::Span;
use demur::view::{FileType, Format};
use lsp_types::{TextDocumentItem, Uri};
use std::path::PathBuf;
use std::sync::Arc;

/// The largest text that is judged as it is typed, in bytes: a second's work for a letter full of findings, and all that is
/// asked meanwhile waits.
pub const MOST_TYPED: usize = 256 * 1024;

/// An open file.
pub struct Open {
    pub uri: Uri,
    /// What the client calls the language, e.g. `markdown`.
    pub language: String,
    pub version: i32,
    pub text: String,
    /// Whether it, or what it is judged by, changed since it was judged.
    pub is_dirty: bool,
    /// What it is judged by, kept while no file that says so can have changed.
    pub measures: Option<Measures>,
    /// Why it could not be judged.
    pub trouble: Option<String>,
    pub found: Vec<Found>,
}

/// What a letter is judged by.
#[derive(Clone)]
pub struct Measures {
    pub settings: Arc<Settings>,
    /// What is accepted.
    pub accepted: Arc<Lists>,
}

/// What a file is to demur.
pub enum Nature {
    /// It says what letters are judged by.
    Configuration,
    /// It says which findings are accepted.
    Accepted,
    /// It holds advice.
    Pack,
    /// YAML of somebody else's.
    Foreign,
    Letter,
}

/// A finding, with all that the editor may ask about it.
pub struct Found {
    pub source: Arc<Source>,
    pub diagnostic: Diagnostic,
    /// The edits that mend it, as they are written.
    pub edits: Option<Vec<Edit>>,
    /// The edit that accepts it, but for the reason.
    pub comment: Option<Edit>,
    /// The advice behind it; none for a mistake in a pack or a configuration.
    pub step: Option<Step>,
}

impl Open {
    pub fn new(item: TextDocumentItem) -> Open {
        let TextDocumentItem { uri, language_id: language, version, text } = item;
        Open { uri, language, version, text, is_dirty: true, measures: None, trouble: None, found: Vec::new() }
    }

    /// The path of the file; for a text without one, its URI as a name.
    pub fn path(&self) -> PathBuf {
        let uri = self.uri.as_str();
        let Some(path) = uri.strip_prefix("file://") else { return PathBuf::from(uri.replace([':', '/'], "_")) };
        let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned();
        // `file:///c:/letters` on Windows
        let is_drive = decoded.as_bytes().get(2) == Some(&b':');
        PathBuf::from(if is_drive { decoded[1..].to_owned() } else { decoded })
    }

    /// What the file is: by its name, its language, and how YAML begins.
    pub fn nature(&self) -> Nature {
        let path = self.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if FILE_NAMES.contains(&name) {
            Nature::Configuration
        } else if accepted::FILE_NAMES.contains(&name) {
            Nature::Accepted
        } else if self.language != "yaml" && !name.ends_with(".yaml") && !name.ends_with(".yml") {
            Nature::Letter
        } else if self.text.lines().any(|line| line.starts_with("pack:")) {
            Nature::Pack
        } else {
            Nature::Foreign
        }
    }

    /// Mistakes in the text, each at its place.
    pub fn mistakes(&self, mistakes: Vec<Diagnostic>) -> Vec<Found> {
        let source = Arc::new(Source::from_text(self.uri.as_str(), self.text.as_str()));
        let of_mistake =
            |diagnostic| Found { source: Arc::clone(&source), diagnostic, edits: None, comment: None, step: None };
        mistakes.into_iter().map(of_mistake).collect()
    }

    /// Why the file was not judged, at its first line.
    pub fn unread(&self, level: Level, message: String) -> Vec<Found> {
        let first = self.text.find(['\n', '\r']).unwrap_or(self.text.len());
        let labels = vec![Label { span: Span::new(0, first), text: String::new() }];
        let (notes, edits) = (Vec::new(), Vec::new());
        let unread =
            Diagnostic { rule: String::new(), level, message, labels, notes, help: None, edits, is_safe: false };
        self.mistakes(vec![unread])
    }

    /// What a letter breaks, and what is wrong with the comments in it.
    pub fn judge(&self, measures: &Measures) -> Vec<Found> {
        let input = Input::Named(self.path());
        let name = input.path().display().to_string();
        let settings = &*measures.settings;
        let file_type = settings.format.or_else(|| FileType::of_name(&name)).unwrap_or_else(|| self.file_type());
        // What holds a NUL could be taken for another encoding, and then its places would be others.
        if self.text.contains('\0') {
            return Vec::new();
        }
        let file = RawFile { name, bytes: self.text.clone().into_bytes() };
        let job = Job { number: 0, input: &input, settings, lists: &measures.accepted, file_type: Some(file_type) };
        let mut found = Vec::new();
        let judged = job.judge(file, |report, _| {
            // An editor does not show a text that was taken out of a mail or a document.
            if report.letter.source.origin() == Origin::File {
                found.extend(found_in(&report, settings));
            }
        });
        // A text that cannot be read has no letter, and whoever types it sees that.
        if judged.is_ok() { found } else { Vec::new() }
    }

    fn file_type(&self) -> FileType {
        match self.language.as_str() {
            "markdown" | "quarto" | "rmd" => Format::Markdown.into(),
            "html" | "xhtml" => Format::Html.into(),
            // A draft that a mail program gives to an editor, which may have no header at all.
            "mail" => Format::Text.into(),
            word => word.parse().unwrap_or(Format::Text.into()),
        }
    }
}

fn found_in(report: &Report, settings: &Settings) -> Vec<Found> {
    let letter = &report.letter;
    let of_remark = |diagnostic: &Diagnostic| {
        let (source, diagnostic) = (Arc::clone(&letter.source), diagnostic.clone());
        Found { source, diagnostic, edits: None, comment: None, step: None }
    };
    let of_finding = |diagnostic: &Diagnostic, pack: &Pack| Found {
        edits: Some(&diagnostic.edits)
            .filter(|edits| !edits.is_empty())
            .and_then(|edits| fix::written_edits(&letter.source, letter.file_type, edits)),
        comment: accepted::comment_above(letter, diagnostic),
        step: step(pack, diagnostic),
        ..of_remark(diagnostic)
    };
    let judged = report.judgements.iter().zip(&settings.advisors);
    let findings =
        judged.flat_map(|(judgement, advisor)| judgement.findings.iter().map(|it| of_finding(it, &advisor.pack)));
    findings.chain(report.remarks.iter().map(of_remark)).collect()
}

fn step(pack: &Pack, diagnostic: &Diagnostic) -> Option<Step> {
    pack.find_rule(&diagnostic.rule).and_then(|rule| pack.steps.get(rule.step)).cloned()
}
