//! Finds the letters that were named: files, folders, standard input.

use super::discover::Discovery;
use super::trouble::Trouble;
use demur::source::{self, RawFile, ReadError};
use demur::view::FileType;
use ignore::WalkBuilder;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Standard input, and the name that it goes by.
    Stdin(String),
    /// A file that the user named.
    Named(PathBuf),
    /// A file that was met in a folder.
    Found(PathBuf),
}

impl Input {
    /// The path by which its configuration is found.
    pub fn path(&self) -> &Path {
        match self {
            Input::Stdin(name) => Path::new(name),
            Input::Named(path) | Input::Found(path) => path,
        }
    }

    /// Gets its bytes.
    pub fn read(&self) -> Result<RawFile, ReadError> {
        match self {
            Input::Stdin(name) => RawFile::from_reader(name.as_str(), io::stdin().lock()),
            Input::Named(path) => RawFile::open(path),
            Input::Found(path) => RawFile::open_found(path),
        }
    }
}

/// The files that were found.
#[derive(Debug, Default)]
pub struct Inputs {
    /// Each once; those of a folder in sorted order.
    pub files: Vec<Input>,
    /// What could not be looked at.
    pub troubles: Vec<Trouble>,
    /// The files that were passed over, and why.
    pub passed_over: Vec<(PathBuf, PassedOver)>,
    /// Whether a folder was walked.
    pub walked: bool,
    /// The folders that were walked.
    pub folders: Vec<PathBuf>,
}

/// Why a file is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassedOver {
    /// Its name tells no format that is read.
    NoFormat,
    /// Its configuration says which files are letters, and it is none of them.
    NotIncluded,
    /// Its configuration excludes it, although it was named.
    Excluded,
}

/// What the configurations say of files.
pub struct Sieve {
    /// Shared with the walk through folders.
    discovery: Arc<Mutex<Discovery>>,
    force_exclude: bool,
}

impl Sieve {
    /// With `force_exclude` what is excluded is left alone even where it is named.
    pub fn new(discovery: Discovery, force_exclude: bool) -> Sieve {
        Sieve { discovery: Arc::new(Mutex::new(discovery)), force_exclude }
    }

    /// Gives back all that was learned.
    pub fn into_discovery(self) -> Discovery {
        self.ask(std::mem::take)
    }

    fn ask<T>(&self, question: impl FnOnce(&mut Discovery) -> T) -> T {
        question(&mut self.discovery.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn excludes_named(&self, path: &Path) -> bool {
        self.force_exclude && self.ask(|discovery| discovery.excludes(path, path.is_dir(), true))
    }
}

/// Finds the letters under `paths`; with none, standard input if something is piped in.
pub fn find(paths: &[PathBuf], stdin_name: Option<&str>, sieve: &Sieve) -> Result<Inputs, Trouble> {
    let stdin = || Input::Stdin(stdin_name.unwrap_or("<stdin>").to_owned());
    let mut inputs = Inputs::default();
    if paths.is_empty() {
        if !source::is_piped_in() {
            return Err(Trouble::NoLetter);
        }
        inputs.files.push(stdin());
        return Ok(inputs);
    }
    for path in paths {
        match path {
            path if path == Path::new("-") => inputs.files.push(stdin()),
            path if sieve.excludes_named(path) => inputs.passed_over.push((path.clone(), PassedOver::Excluded)),
            path if path.is_dir() => inputs.walk(path, sieve),
            path if path.symlink_metadata().is_ok() => inputs.files.push(Input::Named(path.clone())),
            path => inputs.troubles.push(Trouble::NoFile(path.clone())),
        }
    }
    let mut seen = std::collections::HashSet::new();
    inputs.files.retain(|input| match input {
        Input::Stdin(_) => seen.insert(PathBuf::from("-")),
        Input::Named(path) | Input::Found(path) => seen.insert(path.clone()),
    });
    Ok(inputs)
}

impl Inputs {
    fn walk(&mut self, folder: &Path, sieve: &Sieve) {
        self.walked = true;
        self.folders.push(folder.to_owned());
        let shared = Arc::clone(&sieve.discovery);
        let mut walk = WalkBuilder::new(folder);
        walk.require_git(false).sort_by_file_name(|a, b| a.cmp(b)).filter_entry(move |entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            let mut discovery = shared.lock().unwrap_or_else(PoisonError::into_inner);
            // What was named itself is not asked.
            entry.depth() == 0 || !discovery.excludes(entry.path(), is_folder, false)
        });
        for entry in walk.build() {
            match entry {
                Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                    self.take(entry.into_path(), sieve)
                }
                Ok(_) => {}
                Err(error) => self.troubles.push(Trouble::Walk(error)),
            }
        }
    }

    fn take(&mut self, path: PathBuf, sieve: &Sieve) {
        match sieve.ask(|discovery| discovery.includes(&path)) {
            Some(true) => self.files.push(Input::Found(path)),
            Some(false) => self.passed_over.push((path, PassedOver::NotIncluded)),
            // A name that is not UTF-8 has an ending all the same.
            None if FileType::of_name(&path.to_string_lossy()).is_some() => self.files.push(Input::Found(path)),
            None => self.passed_over.push((path, PassedOver::NoFormat)),
        }
    }
}
