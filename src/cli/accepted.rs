//! Finds the file of accepted findings that holds for each letter: the one that is named, or else the nearest one upward.

use super::discover::{ChainId, Discovery, is_there, normal, short};
use super::files::Inputs;
use super::settings::{Preparation, Settings, today};
use super::trouble::Trouble;
use demur::accepted::{self, Acceptance, Entry, FILE_NAMES};
use demur::check::Report;
use demur::config::{self, Mistake, Mistakes};
use demur::document::Letter;
use demur::message::Date;
use demur::report;
use demur::source::{RawFile, Source};
use demur::view::Format;
use std::collections::{BTreeSet, HashMap};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file of accepted findings.
pub struct List {
    /// What reports call it.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// As it was read; `None` for one that is not there yet.
    pub bytes: Option<Vec<u8>>,
    /// Its text.
    pub yaml: String,
    /// What it says.
    pub entries: Vec<Entry>,
    folder: PathBuf,
    /// The numbers of the entries that name a file, by its path.
    by_file: HashMap<PathBuf, Vec<usize>>,
    /// Those of the first letter that it holds for.
    settings: Arc<Settings>,
}

impl List {
    /// A file as the entries name it.
    pub fn name_of(&self, path: &Path) -> String {
        let shared = self.folder.components().zip(path.components()).take_while(|(a, b)| a == b).count();
        let up = self.folder.components().skip(shared).map(|_| "..".to_owned());
        let down = path.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
        up.chain(down).collect::<Vec<_>>().join("/")
    }

    fn path_of(&self, entry: &Entry) -> PathBuf {
        normal(&self.folder.join(&entry.file.value))
    }
}

/// The list that holds for a file, and the path by which its entries know the file.
#[derive(Clone)]
pub struct Place {
    /// The number of the list among all of the run.
    pub list: usize,
    /// Without links.
    pub path: PathBuf,
}

/// The lists of a run.
pub struct Lists {
    /// All of them.
    pub lists: Vec<List>,
    /// That of each input, in their order.
    pub places: Vec<Option<Place>>,
    /// The folders that were walked, without links.
    walked: Vec<PathBuf>,
    heeds: bool,
    /// The day that counts as today.
    pub today: Date,
}

impl Lists {
    /// Finds the list of each input. With `may_be_new` there is one for each, which need not be there yet. Shows all
    /// mistakes of all of them, and ends the run where there are any.
    pub fn find(
        preparation: &mut Preparation<'_>,
        inputs: &Inputs,
        settings: &[Arc<Settings>],
        may_be_new: bool,
    ) -> Result<Lists, Trouble> {
        let heeds = !preparation.args().accepted.no_accepted;
        let walked = inputs.folders.iter().map(|folder| preparation.discovery.real_folder(folder)).collect();
        let mut lists = Lists { lists: Vec::new(), places: Vec::new(), walked, heeds, today: today() };
        let mut search = Search { may_be_new, nearest: HashMap::new(), named: HashMap::new() };
        let mut numbers: HashMap<PathBuf, usize> = HashMap::new();
        let mut broken = Vec::new();
        for (input, settings) in inputs.files.iter().zip(settings) {
            let (chain, path) = preparation.discovery.of_file(input.path());
            let found = if heeds { search.list(preparation, chain, &path)? } else { None };
            let place = match found {
                None => None,
                Some(found) => {
                    let list = match numbers.get(&found) {
                        Some(number) => *number,
                        None => {
                            let (list, trouble) = lists.read(preparation, &found, settings, may_be_new)?;
                            broken.extend(trouble);
                            numbers.insert(found, list);
                            list
                        }
                    };
                    Some(Place { list, path })
                }
            };
            lists.places.push(place);
        }
        let last = broken.pop();
        broken.iter().for_each(|trouble| trouble.print(&mut std::io::stderr().lock()));
        last.map_or(Ok(lists), Err)
    }

    /// What is accepted in an input; `None` where the flags say that nothing is.
    pub fn acceptance(&self, input: usize, takes: impl Fn(&Entry) -> bool) -> Option<Acceptance<'_>> {
        let place = self.places.get(input).and_then(Option::as_ref);
        let found = place.and_then(|place| {
            let list = self.lists.get(place.list)?;
            Some((list.entries.as_slice(), list.by_file.get(&place.path)?.as_slice()))
        });
        let (entries, own) = found.unwrap_or_default();
        let own: Vec<usize> = own.iter().copied().filter(|own| entries.get(*own).is_some_and(&takes)).collect();
        self.heeds.then(|| Acceptance::new(entries, &own, self.today))
    }

    /// What is wrong with the entries for the files that were looked at: those that are expired, and those that were of no
    /// use. `used` holds the numbers of the entries of use for each input that was read.
    pub fn remarks(&self, used: &[Option<BTreeSet<usize>>], settings: &[Arc<Settings>]) -> Vec<(Report, &Settings)> {
        let mut checked: HashMap<(usize, &Path), (&Settings, BTreeSet<usize>)> = HashMap::new();
        for ((place, used), settings) in self.places.iter().zip(used).zip(settings) {
            if let (Some(place), Some(used)) = (place, used) {
                let known = checked.entry((place.list, &place.path)).or_insert((settings, BTreeSet::new()));
                known.1.extend(used);
            }
        }
        let reports = self.lists.iter().enumerate().filter_map(|(number, list)| {
            let mut remarks = Vec::new();
            for (at, entry) in list.entries.iter().enumerate() {
                let path = list.path_of(entry);
                let looked_at = checked.get(&(number, path.as_path()));
                let is_gone = looked_at.is_none() && self.is_gone(&path);
                let is_unused =
                    looked_at.is_some_and(|(settings, used)| settings.asks(&entry.rule.value) && !used.contains(&at));
                if (looked_at.is_some() || is_gone) && entry.is_expired(self.today) {
                    remarks.push(accepted::expired(entry));
                } else if is_unused || is_gone {
                    remarks.push(accepted::unused(entry, is_gone));
                }
            }
            if remarks.is_empty() {
                return None;
            }
            let source = Source::from_text(list.name.as_str(), list.yaml.as_str());
            let mut report = Report::of(Letter::read(source, Format::Text), Vec::new());
            report.remarks = remarks;
            list.settings.select_remarks(&mut report);
            (!report.remarks.is_empty()).then_some((report, &*list.settings))
        });
        reports.collect()
    }

    /// Whether a file is not there any more that a walk would have met.
    pub fn is_gone(&self, path: &Path) -> bool {
        self.walked.iter().any(|folder| path.starts_with(folder)) && !is_there(path)
    }

    /// Whether an entry of a list names a file that was looked at or is gone, so that the run knows what it is good for.
    pub fn is_seen(&self, list: usize, entry: &Entry, read: &BTreeSet<PathBuf>) -> bool {
        let path = self.lists.get(list).map(|list| list.path_of(entry));
        path.is_some_and(|path| read.contains(&path) || self.is_gone(&path))
    }

    fn read(
        &mut self,
        preparation: &mut Preparation<'_>,
        path: &Path,
        settings: &Arc<Settings>,
        may_be_new: bool,
    ) -> Result<(usize, Option<Trouble>), Trouble> {
        let (bytes, yaml) = match may_be_new && path.symlink_metadata().is_err() {
            true => (None, String::new()),
            false => {
                let file = RawFile::open_found(path).map_err(|error| {
                    let shown = preparation.discovery.shown(path);
                    Trouble::NoAccepted(short(&error).replace(&path.display().to_string(), &shown))
                })?;
                (Some(file.bytes.clone()), Source::decode(file)?.text().to_owned())
            }
        };
        let mut mistakes = Mistakes::default();
        let entries = accepted::read(&yaml, &mut mistakes);
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let name = preparation.discovery.shown(path);
        let settings = Arc::clone(settings);
        let mut list =
            List { name, path: path.to_owned(), bytes, yaml, entries, folder, by_file: HashMap::new(), settings };
        for (number, entry) in list.entries.iter().enumerate() {
            let file = list.path_of(entry);
            if let Err(meant) = preparation.knows_rule(&entry.rule.value, &file) {
                let (name, known) = (entry.rule.value.clone(), Vec::new());
                mistakes.add(Mistake::Unknown { what: "rule", name, meant, known }, entry.rule.span);
            }
            list.by_file.entry(file).or_default().push(number);
        }
        let found = mistakes.into_diagnostics();
        let trouble = match found.len() {
            0 => None,
            count => {
                let mut err = std::io::stderr().lock();
                report::mistakes(&mut err, &list.name, &list.yaml, &found, preparation.style())?;
                err.flush()?;
                Some(Trouble::Broken { name: list.name.clone(), count })
            }
        };
        self.lists.push(list);
        Ok((self.lists.len() - 1, trouble))
    }
}

/// The search for lists.
struct Search {
    may_be_new: bool,
    nearest: HashMap<PathBuf, Option<PathBuf>>,
    /// What configurations name.
    named: HashMap<Option<ChainId>, Option<PathBuf>>,
}

impl Search {
    /// The path of the list for the letter at `path`, which is without links.
    fn list(
        &mut self,
        preparation: &mut Preparation<'_>,
        chain: Option<ChainId>,
        path: &Path,
    ) -> Result<Option<PathBuf>, Trouble> {
        if let Some(given) = &preparation.args().accepted.accepted {
            let given = given.clone();
            let folder = preparation.discovery.real_folder(given.parent().unwrap_or(Path::new("")));
            let real = folder.join(given.file_name().unwrap_or_default());
            return Ok(Some(real));
        }
        let files = preparation.files(chain);
        let named = self.named.entry(chain).or_insert_with(|| {
            let named = config::settle(files, &[]).accepted?;
            Some(normal(&files.get(named.file)?.folder.join(named.value)))
        });
        if let Some(named) = named {
            return Ok(Some(named.clone()));
        }
        let root = files.last().filter(|file| file.config.root.as_ref().is_some_and(|root| root.value));
        let (root, beside) = (root.map(|file| file.folder.clone()), files.last().map(|file| file.folder.clone()));
        let folder = path.parent().unwrap_or(Path::new(""));
        let nearest = self.nearest(&preparation.discovery, folder, root.as_deref())?;
        let new = || beside.unwrap_or_else(|| preparation.discovery.here().to_owned()).join(FILE_NAMES[0]);
        Ok(nearest.or_else(|| self.may_be_new.then(new)))
    }

    /// The nearest list upward from a folder. The search ends where that for a configuration does: at `root`, and at the
    /// top of a repository.
    fn nearest(
        &mut self,
        discovery: &Discovery,
        folder: &Path,
        root: Option<&Path>,
    ) -> Result<Option<PathBuf>, Trouble> {
        let mut passed = Vec::new();
        let mut found = None;
        for folder in folder.ancestors() {
            if let Some(known) = self.nearest.get(folder) {
                found = known.clone();
                break;
            }
            passed.push(folder.to_owned());
            let here: Vec<PathBuf> = FILE_NAMES.iter().map(|name| folder.join(name)).filter(|p| is_there(p)).collect();
            match here.as_slice() {
                [] if folder.join(".git").symlink_metadata().is_ok() || root == Some(folder) => break,
                [] => continue,
                [path] => found = Some(path.clone()),
                [first, second, ..] => {
                    let (first, second) = (discovery.shown(first), discovery.shown(second));
                    return Err(Trouble::TwoConfigs { first, second });
                }
            }
            break;
        }
        self.nearest.extend(passed.into_iter().map(|folder| (folder, found.clone())));
        Ok(found)
    }
}
