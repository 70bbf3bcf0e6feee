//! A file of a run, and how each letter in it is judged: as its settings say, less what is accepted.

use super::accepted::Lists;
use super::files::Input;
use super::settings::Settings;
use demur::accepted::{Acceptance, Entry};
use demur::check::Report;
use demur::document::{Document, OpenError};
use demur::source::RawFile;
use demur::view::FileType;
use std::collections::BTreeSet;

/// A file and what its letters are checked with.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    /// Its number among those of the run.
    pub number: usize,
    /// The file.
    pub input: &'a Input,
    /// What holds for it.
    pub settings: &'a Settings,
    /// What is accepted.
    pub lists: &'a Lists,
    /// The type of all files, where it was told.
    pub file_type: Option<FileType>,
}

impl<'a> Job<'a> {
    /// Judges each letter of the file and hands the report to `take`, with whether the file holds several. Returns the
    /// numbers of the entries that were of use.
    pub fn judge(&self, file: RawFile, take: impl FnMut(Report, bool)) -> Result<BTreeSet<usize>, OpenError> {
        self.judge_by(file, |_| true, take)
    }

    /// The same with only those entries that `takes` names.
    pub fn judge_by(
        &self,
        file: RawFile,
        takes: impl Fn(&Entry) -> bool,
        mut take: impl FnMut(Report, bool),
    ) -> Result<BTreeSet<usize>, OpenError> {
        let settings = self.settings;
        let mut letters = Document::open(file, self.file_type.or(settings.format))?.letters().peekable();
        let mut acceptance: Option<Acceptance<'a>> = self.lists.acceptance(self.number, takes);
        let mut several = false;
        while let Some(letter) = letters.next() {
            let is_last = letters.peek().is_none();
            several |= !is_last;
            let mut report = Report::new(letter, &settings.advisors, &settings.circumstances);
            settings.select(&mut report);
            if let Some(acceptance) = &mut acceptance {
                acceptance.apply(&mut report, &settings.advisors, is_last, |rule| settings.asks(rule));
                settings.select_remarks(&mut report);
            }
            take(report, several);
        }
        Ok(acceptance.map(|acceptance| acceptance.used).unwrap_or_default())
    }
}
