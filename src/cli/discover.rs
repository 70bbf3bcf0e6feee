//! Finds the configuration that holds for a file: the nearest one upward from its folder.

use super::args::ConfigArgs;
use super::trouble::Trouble;
use demur::config::{self, ConfigFile, FILE_NAMES, Mistake, Mistakes};
use demur::source::{RawFile, ReadError, Source};
use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

/// The environment variable that names a configuration, as `--config` does.
const VARIABLE: &str = "DEMUR_CONFIG";

/// A configuration with those that it builds on.
pub struct Chain {
    /// Each file is extended by the next; the last one is the one that was found.
    pub files: Vec<ConfigFile>,
    /// What is wrong with each of them.
    pub mistakes: Vec<Mistakes>,
}

/// The number of a chain in [`Discovery::chains`].
pub type ChainId = usize;

/// Finds configurations and remembers those that it has read.
#[derive(Default)]
pub struct Discovery {
    choice: Choice,
    here: PathBuf,
    /// All that were found.
    pub chains: Vec<Chain>,
    /// What makes it impossible to say which configuration holds.
    pub troubles: Vec<Trouble>,
    nearest: HashMap<PathBuf, Option<ChainId>>,
    real: HashMap<PathBuf, PathBuf>,
}

#[derive(Default)]
enum Choice {
    /// The nearest one of each file.
    #[default]
    Nearest,
    /// This one, or none.
    Given(Option<ChainId>),
}

impl Discovery {
    /// For a run with these flags. A file that they or the environment name is read at once.
    pub fn new(args: &ConfigArgs) -> Result<Discovery, Trouble> {
        let here = std::env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_default();
        let mut discovery = Discovery { here, ..Discovery::default() };
        let variable = std::env::var_os(VARIABLE).filter(|value| !value.is_empty()).map(PathBuf::from);
        discovery.choice = match (args.no_config, args.config.clone().or(variable)) {
            (true, _) => Choice::Given(None),
            (false, Some(path)) => Choice::Given(Some(discovery.read_named(&path)?)),
            (false, None) => Choice::Nearest,
        };
        Ok(discovery)
    }

    /// The configuration that holds in a folder.
    pub fn of_folder(&mut self, folder: &Path) -> Option<ChainId> {
        match self.choice {
            Choice::Given(chain) => chain,
            Choice::Nearest => {
                let folder = self.real_folder(folder);
                self.nearest_to(&folder)
            }
        }
    }

    /// The configuration that holds for a file, and the path of the file as its globs see it.
    pub fn of_file(&mut self, path: &Path) -> (Option<ChainId>, PathBuf) {
        let folder = self.real_folder(path.parent().unwrap_or(Path::new("")));
        let chain = match self.choice {
            Choice::Given(chain) => chain,
            Choice::Nearest => self.nearest_to(&folder),
        };
        (chain, folder.join(path.file_name().unwrap_or_default()))
    }

    /// Whether the configuration that holds for a path leaves it alone. A file that the user names is left alone with the
    /// folder that it is in, while a walk does not come into that.
    pub fn excludes(&mut self, path: &Path, is_folder: bool, is_named: bool) -> bool {
        let (chain, path) = self.of_file(path);
        let files = chain.and_then(|chain| self.chains.get(chain)).map_or(&[][..], |chain| &chain.files);
        let last = files.iter().rev().find_map(|file| Some((file, file.config.exclude.as_ref()?)));
        last.is_some_and(|(file, globs)| match is_named {
            true => globs.matches(file.relative(&path), is_folder),
            false => globs.matches_itself(file.relative(&path), is_folder),
        })
    }

    /// Whether a file of a folder is a letter by the configuration that holds for it; `None` where it does not say.
    pub fn includes(&mut self, path: &Path) -> Option<bool> {
        let (chain, path) = self.of_file(path);
        let files = &self.chains.get(chain?)?.files;
        let (file, globs) = files.iter().rev().find_map(|file| Some((file, file.config.include.as_ref()?)))?;
        Some(globs.matches(file.relative(&path), false))
    }

    fn nearest_to(&mut self, folder: &Path) -> Option<ChainId> {
        let mut passed: Vec<PathBuf> = Vec::new();
        let mut found = None;
        for folder in folder.ancestors() {
            if let Some(known) = self.nearest.get(folder) {
                found = *known;
                break;
            }
            passed.push(folder.to_owned());
            let here: Vec<PathBuf> = FILE_NAMES.iter().map(|name| folder.join(name)).filter(|p| is_there(p)).collect();
            match here.as_slice() {
                [] if folder.join(".git").symlink_metadata().is_ok() => break,
                [] => continue,
                [path] => match read_found(path) {
                    Ok(yaml) => found = Some(self.add(path, yaml)),
                    Err(error) => self.troubles.push(Trouble::Read(error)),
                },
                [first, second, ..] => {
                    let (first, second) = (self.shown(first), self.shown(second));
                    self.troubles.push(Trouble::TwoConfigs { first, second });
                }
            }
            break;
        }
        self.nearest.extend(passed.into_iter().map(|folder| (folder, found)));
        found
    }

    fn read_named(&mut self, path: &Path) -> Result<ChainId, Trouble> {
        let source = Source::open(path).map_err(|error| Trouble::NoConfig(short(&error)))?;
        let real = self.here.join(path);
        let folder = self.real_folder(real.parent().unwrap_or(Path::new("")));
        Ok(self.add(&folder.join(path.file_name().unwrap_or_default()), source.text().to_owned()))
    }

    /// Reads what a file builds on, until nothing is extended any more.
    pub fn add(&mut self, path: &Path, yaml: String) -> ChainId {
        let (mut files, mut all, mut seen) = (Vec::new(), Vec::new(), Vec::new());
        let mut next = Some((path.to_owned(), yaml));
        while let Some((path, yaml)) = next.take() {
            seen.push(path.canonicalize().unwrap_or_else(|_| path.clone()));
            let mut mistakes = Mistakes::default();
            let config = config::read(&yaml, &mut mistakes);
            let folder = path.parent().unwrap_or(Path::new("")).to_owned();
            let file = ConfigFile { name: self.shown(&path), folder, yaml, config };
            if let Some(extends) = &file.config.extends {
                let base = normal(&file.folder.join(&extends.value));
                match self.read_base(&base, &seen) {
                    Ok(yaml) => next = Some((base, yaml)),
                    Err(mistake) => mistakes.add(mistake, extends.span),
                }
            }
            files.push(file);
            all.push(mistakes);
        }
        files.reverse();
        all.reverse();
        self.chains.push(Chain { files, mistakes: all });
        self.chains.len() - 1
    }

    fn read_base(&self, path: &Path, seen: &[PathBuf]) -> Result<String, Mistake> {
        let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if let Some(first) = seen.iter().position(|other| *other == real) {
            let circle = seen.iter().skip(first).chain([&real]).map(|path| self.shown(path)).collect();
            return Err(Mistake::Circle { circle });
        }
        match RawFile::open_found(path).and_then(Source::decode) {
            Ok(source) => Ok(source.text().to_owned()),
            Err(error) => {
                let reason = short(&error).replace(&path.display().to_string(), &self.shown(path));
                Err(Mistake::Unreadable(reason))
            }
        }
    }

    /// A folder without links and dots; one that does not exist, as it is written.
    pub fn real_folder(&mut self, folder: &Path) -> PathBuf {
        if let Some(real) = self.real.get(folder) {
            return real.clone();
        }
        let full = self.here.join(folder);
        let real = full.canonicalize().unwrap_or_else(|_| normal(&full));
        self.real.insert(folder.to_owned(), real.clone());
        real
    }

    /// The current folder, without links.
    pub fn here(&self) -> &Path {
        &self.here
    }

    /// A path as a person in the current folder writes it.
    pub fn shown(&self, path: &Path) -> String {
        if let Ok(inside) = path.strip_prefix(&self.here) {
            return inside.display().to_string();
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        match self.here.strip_prefix(folder) {
            // From the root down everything is above; that says less than the whole path.
            Ok(below) if folder.parent().is_some() => {
                let up: PathBuf = below.components().map(|_| "..").collect();
                up.join(path.file_name().unwrap_or_default()).display().to_string()
            }
            _ => path.display().to_string(),
        }
    }
}

/// A folder of that name is no configuration; a link to nowhere is a broken one.
pub fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|about| !about.is_dir())
}

fn read_found(path: &Path) -> Result<String, ReadError> {
    RawFile::open_found(path).and_then(Source::decode).map(|source| source.text().to_owned())
}

/// What is wrong, without what somebody who reads letters can do about it.
pub fn short(error: &ReadError) -> String {
    let text = error.to_string();
    text.split("; ").next().unwrap_or_default().to_owned()
}

/// A path without `.` and `..`, as it is written.
pub fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if normal.components().next_back().is_some_and(|last| is_name(last.as_os_str())) => {
                normal.pop();
            }
            part => normal.push(part),
        }
    }
    normal
}

fn is_name(part: &OsStr) -> bool {
    matches!(Path::new(part).components().next(), Some(Component::Normal(_)))
}
