//! Finds the packs that were named.

use super::args::CacheArgs;
use super::cache::Cache;
use super::trouble::Trouble;
use demur::check::Advisor;
use demur::diagnostic::Diagnostic;
use demur::pack::closest;
use demur::report::{self, Style};
use demur::source::Source;
use std::collections::HashMap;
use std::io::Write;
use std::path::Path;

/// A pack that comes with the program.
struct BuiltIn {
    name: &'static str,
    yaml: &'static str,
    /// The same as bytes, compiled when the program was built; without examples.
    compiled: &'static [u8],
}

const BUILT_IN: &[BuiltIn] = &[BuiltIn {
    name: "decline-offer",
    yaml: include_str!("../../rules/decline-offer.yaml"),
    compiled: include_bytes!(concat!(env!("OUT_DIR"), "/decline-offer.pack")),
}];

fn find_built_in(name: &str) -> Option<&'static BuiltIn> {
    BUILT_IN.iter().find(|built_in| built_in.name == name)
}

/// The pack that is taken where none is named.
pub const DEFAULT_PACK: &str = "decline-offer";

/// Whether a pack of this name comes with the program.
pub fn is_built_in(name: &str) -> bool {
    find_built_in(name).is_some()
}

/// Whether a word that `path` was made from is a path and no name.
pub fn is_path(name: &str, path: &Path) -> bool {
    path.exists() || path.extension().is_some() || name.contains(['/', '\\'])
}

/// A pack's YAML and what it is called in reports.
pub struct PackSource {
    /// The name of a built-in pack as its file, or the path as given.
    pub name: String,
    /// The YAML.
    pub yaml: String,
}

/// Finds a pack by name or path.
pub fn find(name: &str) -> Result<PackSource, Trouble> {
    if let Some(built_in) = find_built_in(name) {
        return Ok(PackSource { name: format!("rules/{name}.yaml"), yaml: built_in.yaml.to_owned() });
    }
    let path = Path::new(name);
    if !is_path(name, path) {
        let known: Vec<String> = BUILT_IN.iter().map(|built_in| built_in.name.to_owned()).collect();
        let meant = closest(name, known.iter().map(String::as_str)).map(str::to_owned);
        return Err(Trouble::Unknown { what: "pack", name: name.to_owned(), meant, known });
    }
    if !path.exists() {
        return Err(Trouble::NoPack(format!("`{name}` does not exist")));
    }
    let source = Source::open(path)?;
    Ok(PackSource { name: name.to_owned(), yaml: source.text().to_owned() })
}

/// Loads packs for use on letters; there may be no examples in them then. Shows every mistake of every broken one on
/// standard error.
pub fn load(names: &[String], cache: &CacheArgs, style: &Style) -> Result<Vec<Advisor>, Trouble> {
    let cache = if cache.no_cache { Cache::off() } else { Cache::of_user() };
    load_each(names, style, |name| {
        if let Some(advisor) = find_built_in(name).and_then(|built_in| Advisor::compiled(built_in.compiled)) {
            return Ok(Ok(advisor));
        }
        let pack = find(name)?;
        if let Some(advisor) = cache.find(&pack.yaml) {
            return Ok(Ok(advisor));
        }
        let read = read(pack);
        if let Ok((advisor, yaml)) = &read {
            cache.keep(yaml, advisor);
        }
        Ok(read.map(|(advisor, _)| advisor))
    })
}

/// Loads packs with all that is in them.
pub fn load_with_examples(names: &[String], style: &Style) -> Result<Vec<Advisor>, Trouble> {
    load_each(names, style, |name| Ok(read(find(name)?).map(|(advisor, _)| advisor)))
}

/// A pack with mistakes, and these.
type Broken = (PackSource, Vec<Diagnostic>);

fn read(pack: PackSource) -> Result<(Advisor, String), Broken> {
    match Advisor::read(&pack.yaml) {
        Ok(advisor) => Ok((advisor, pack.yaml)),
        Err(found) => Err((pack, found)),
    }
}

fn load_each(
    names: &[String],
    style: &Style,
    mut load: impl FnMut(&str) -> Result<Result<Advisor, Broken>, Trouble>,
) -> Result<Vec<Advisor>, Trouble> {
    let mut advisors = Vec::new();
    let mut broken = None;
    for name in names {
        match load(name)? {
            Ok(advisor) => advisors.push(advisor),
            Err((pack, found)) => {
                show_mistakes(&pack, &found, style)?;
                broken = broken.or(Some(Trouble::Broken { name: pack.name, count: found.len() }));
            }
        }
    }
    broken.map_or(Ok(advisors), Err)
}

/// Why there is no pack.
#[derive(Debug, Clone)]
pub enum Missing {
    /// No pack of that name comes with the program.
    Unknown {
        /// The name.
        name: String,
        /// The one that was probably meant.
        meant: Option<String>,
        /// All there are.
        known: Vec<String>,
    },
    /// The file cannot be read, for this reason.
    Unreadable(String),
    /// It has mistakes, which were shown.
    Broken {
        /// Its name.
        name: String,
        /// How many.
        count: usize,
    },
}

impl Missing {
    fn new(trouble: Trouble) -> Missing {
        match trouble {
            Trouble::Unknown { name, meant, known, .. } => Missing::Unknown { name, meant, known },
            Trouble::Broken { name, count } => Missing::Broken { name, count },
            Trouble::NoPack(text) => Missing::Unreadable(text),
            Trouble::Read(error) => Missing::Unreadable(super::discover::short(&error)),
            other => Missing::Unreadable(other.to_string()),
        }
    }

    /// The same for a pack that a flag names.
    pub fn into_trouble(self) -> Trouble {
        match self {
            Missing::Unknown { name, meant, known } => Trouble::Unknown { what: "pack", name, meant, known },
            Missing::Unreadable(text) => Trouble::NoPack(text),
            Missing::Broken { name, count } => Trouble::Broken { name, count },
        }
    }
}

/// The packs of a run, each loaded once.
#[derive(Debug)]
pub struct Shelf {
    cache: CacheArgs,
    advisors: Vec<Advisor>,
    by_name: HashMap<String, Result<usize, Missing>>,
}

impl Shelf {
    /// An empty one.
    pub fn new(cache: CacheArgs) -> Shelf {
        Shelf { cache, advisors: Vec::new(), by_name: HashMap::new() }
    }

    /// The number of a pack, which is loaded where it is not yet there. Its mistakes are shown once.
    pub fn take(&mut self, name: &str, style: &Style) -> Result<usize, Missing> {
        if let Some(known) = self.by_name.get(name) {
            return known.clone();
        }
        let taken = load(&[name.to_owned()], &self.cache, style).map_err(Missing::new).map(|advisors| {
            self.advisors.extend(advisors);
            self.advisors.len() - 1
        });
        self.by_name.insert(name.to_owned(), taken.clone());
        taken
    }

    /// The same, without the shelf.
    pub fn into_advisors(self) -> Vec<Advisor> {
        self.advisors
    }

    /// All of them, by number.
    pub fn advisors(&self) -> &[Advisor] {
        &self.advisors
    }
}

fn show_mistakes(pack: &PackSource, found: &[Diagnostic], style: &Style) -> Result<(), Trouble> {
    let mut err = std::io::stderr().lock();
    report::mistakes(&mut err, &pack.name, &pack.yaml, found, style)?;
    Ok(err.flush()?)
}
