//! A file that is open in an editor, and what was found in it.

use crate::cli::accepted::Lists;
use crate::cli::files::Input;
use crate::cli::job::Job;
use crate::cli::settings::Settings;
use demur::accepted;
use demur::config::{self, FILE_NAMES, Mistakes};
use demur::diagnostic::{Diagnostic, Edit};
use demur::fix;
use demur::pack::{Pack, Step};
use demur::source::{RawFile, Source};
use demur::view::{FileType, Format};
use lsp_types::Uri;
use std::path::PathBuf;
use std::sync::Arc;

/// The largest text that is judged as it is typed, in bytes: beyond it the editor would wait.
pub const MOST_TYPED: usize = 1024 * 1024;

/// An open file.
pub struct Open {
    pub uri: Uri,
    /// What the client calls the language, e.g. `markdown`.
    pub language: String,
    pub version: i32,
    pub text: String,
    /// Whether it changed since it was judged.
    pub is_dirty: bool,
    pub found: Vec<Found>,
}

/// A finding, with all that the editor may ask about it.
pub struct Found {
    pub source: Arc<Source>,
    pub diagnostic: Diagnostic,
    /// The edits that mend it, as they are written.
    pub edits: Option<Vec<Edit>>,
    /// The advice behind it; none for a mistake in a pack or a configuration.
    pub step: Option<Step>,
}

impl Open {
    /// The path of the file; for a text without one, its URI as a name.
    pub fn path(&self) -> PathBuf {
        let uri = self.uri.as_str();
        let Some(path) = uri.strip_prefix("file://") else { return PathBuf::from(uri.replace([':', '/'], "_")) };
        let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned();
        // `file:///c:/letters` on Windows
        let is_drive = decoded.as_bytes().get(2) == Some(&b':');
        PathBuf::from(if is_drive { decoded[1..].to_owned() } else { decoded })
    }

    /// What is wrong with a pack, a configuration or a file of accepted findings; `None` for any other file.
    pub fn mistakes(&self) -> Option<Vec<Diagnostic>> {
        let path = self.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if FILE_NAMES.contains(&name) {
            let mut mistakes = Mistakes::default();
            config::read(&self.text, &mut mistakes);
            return Some(mistakes.into_diagnostics());
        }
        if accepted::FILE_NAMES.contains(&name) {
            let mut mistakes = Mistakes::default();
            accepted::read(&self.text, &mut mistakes);
            return Some(mistakes.into_diagnostics());
        }
        if self.language != "yaml" && !name.ends_with(".yaml") && !name.ends_with(".yml") {
            return None;
        }
        let is_pack = self.text.lines().any(|line| line.starts_with("pack:"));
        Some(if is_pack { Pack::read(&self.text).err().unwrap_or_default() } else { Vec::new() })
    }

    /// What a letter breaks.
    pub fn judge(&self, settings: &Settings, lists: &Lists) -> Vec<Found> {
        let input = Input::Named(self.path());
        let name = input.path().display().to_string();
        let file_type = FileType::of_name(&name).or(settings.format).unwrap_or_else(|| self.file_type());
        // Of mails and documents an editor does not show the text that would be pointed into.
        if !matches!(file_type.format, Format::Text | Format::Markdown | Format::Html) {
            return Vec::new();
        }
        let file = RawFile { name, bytes: self.text.clone().into_bytes() };
        let mut found = Vec::new();
        let job = Job { number: 0, input: &input, settings, lists, file_type: Some(file_type) };
        let judged = job.judge(file, |report, _| {
            let of_finding = |diagnostic: &Diagnostic, pack: Option<&Pack>| Found {
                source: Arc::clone(&report.letter.source),
                edits: Some(&diagnostic.edits)
                    .filter(|edits| !edits.is_empty())
                    .and_then(|edits| fix::written_edits(&report.letter.source, file_type, edits)),
                step: pack.and_then(|pack| step(pack, diagnostic)),
                diagnostic: diagnostic.clone(),
            };
            for (judgement, advisor) in report.judgements.iter().zip(&settings.advisors) {
                found.extend(judgement.findings.iter().map(|finding| of_finding(finding, Some(&advisor.pack))));
            }
            found.extend(report.remarks.iter().map(|remark| of_finding(remark, None)));
        });
        // A text that cannot be read has no letter, and whoever types it sees that.
        if judged.is_ok() { found } else { Vec::new() }
    }

    fn file_type(&self) -> FileType {
        match self.language.as_str() {
            "markdown" | "quarto" | "rmd" => Format::Markdown.into(),
            "html" | "xhtml" => Format::Html.into(),
            word => word.parse().unwrap_or(Format::Text.into()),
        }
    }
}

fn step(pack: &Pack, diagnostic: &Diagnostic) -> Option<Step> {
    pack.find_rule(&diagnostic.rule).and_then(|rule| pack.steps.get(rule.step)).cloned()
}
