//! The letters in one file that was named, and what they are judged by.

use super::args::{ConfigArgs, JudgeArgs, PackArgs};
use super::check::human_style;
use super::discover::Discovery;
use super::files::{self, Sieve};
use super::settings::{Preparation, Settings};
use super::trouble::Trouble;
use demur::document::{Document, Letter};
use demur::view::FileType;
use std::path::PathBuf;
use std::sync::Arc;

/// What is asked about a file.
pub struct Named<'a> {
    /// The file; `-` is standard input.
    pub path: &'a PathBuf,
    /// What it is, where that was told.
    pub format: Option<FileType>,
    /// The packs that were named.
    pub packs: &'a PackArgs,
    /// The configuration that was named.
    pub config: &'a ConfigArgs,
}

impl Named<'_> {
    /// Its letters.
    pub fn letters(&self) -> Result<Vec<(Letter, Arc<Settings>)>, Trouble> {
        let judge = JudgeArgs { packs: self.packs.clone(), config: self.config.clone(), ..JudgeArgs::default() };
        let sieve = Sieve::new(Discovery::new(self.config)?, false);
        let mut inputs = files::find(std::slice::from_ref(self.path), None, &sieve)?;
        if let Some(trouble) = inputs.troubles.pop() {
            return Err(trouble);
        }
        let mut preparation = Preparation::new(&judge, sieve.into_discovery(), human_style(super::args::Color::Auto))?;
        let settings = preparation.of_inputs(&inputs)?;
        let mut letters = Vec::new();
        for (input, settings) in inputs.files.iter().zip(settings) {
            let document = Document::open(input.read()?, self.format.or(settings.format))?;
            letters.extend(document.letters().map(|letter| (letter, Arc::clone(&settings))));
        }
        Ok(letters)
    }
}
