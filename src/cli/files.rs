//! Finds the letters that were named: files, folders, standard input.

use super::trouble::Trouble;
use demur::source::{self, RawFile, ReadError};
use demur::view::FileType;
use ignore::WalkBuilder;
use std::io;
use std::path::{Path, PathBuf};

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
    /// The files of folders that were passed over, since their names tell no format that is read.
    pub passed_over: Vec<PathBuf>,
    /// Whether a folder was walked.
    pub walked: bool,
}

/// Finds the letters under `paths`; with none, standard input if something is piped in.
pub fn find(paths: &[PathBuf], stdin_name: Option<&str>) -> Result<Inputs, Trouble> {
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
            path if path.is_dir() => inputs.walk(path),
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
    fn walk(&mut self, folder: &Path) {
        self.walked = true;
        let walk = WalkBuilder::new(folder).require_git(false).sort_by_file_name(|a, b| a.cmp(b)).build();
        for entry in walk {
            match entry {
                Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => self.take(entry.into_path()),
                Ok(_) => {}
                Err(error) => self.troubles.push(Trouble::Walk(error)),
            }
        }
    }

    fn take(&mut self, path: PathBuf) {
        if path.to_str().and_then(FileType::of_name).is_some() {
            self.files.push(Input::Found(path));
        } else {
            self.passed_over.push(path);
        }
    }
}
