//! What each letter is checked with: the flags, then the configuration that holds for it, then what goes without saying.

use super::args::{ConfigArgs, JudgeArgs, PackArgs};
use super::discover::{Chain, ChainId, Discovery, normal, short};
use super::files::Inputs;
use super::packs::{DEFAULT_PACK, Missing, Shelf};
use super::trouble::Trouble;
use demur::check::{Advisor, Report};
use demur::config::{self, ConfigFile, FailOn, Known, Mistake, Mistakes, OWN_RULES, RuleLevel, Settled, Sourced};
use demur::diagnostic::{Diagnostic, Level};
use demur::judge::{self, Circumstances};
use demur::message::Date;
use demur::pack::{Pack, closest};
use demur::report::{self, OutputFormat, Style};
use demur::source::RawFile;
use demur::view::FileType;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a letter is checked with.
pub struct Settings {
    /// Its packs, with the levels and limits that its configuration wants.
    pub advisors: Vec<Advisor>,
    /// The numbers of the packs among those of the run.
    pub packs: Vec<usize>,
    /// What is known of it, for each pack.
    pub circumstances: Vec<Circumstances>,
    /// The least level that makes the run fail.
    pub fail_on: FailOn,
    /// What type of file it stands in, where that is told.
    pub format: Option<FileType>,
    selection: Selection,
    /// The levels of the rules that no pack has, where the configuration gives one.
    own_levels: BTreeMap<String, Level>,
}

impl Settings {
    /// Whether a rule is asked.
    pub fn asks(&self, rule: &str) -> bool {
        self.selection.asks(rule)
    }

    /// Takes out the remarks that are not asked for, and gives the others the levels that are wanted.
    pub fn select_remarks(&self, report: &mut Report) {
        report.remarks.retain(|remark| self.asks(&remark.rule));
        for remark in &mut report.remarks {
            remark.level = self.own_levels.get(&remark.rule).copied().unwrap_or(remark.level);
        }
    }

    /// Takes out what is not asked.
    pub fn select(&self, report: &mut Report) {
        for (judgement, advisor) in report.judgements.iter_mut().zip(&self.advisors) {
            judgement.findings.retain(|finding| self.selection.asks(&finding.rule));
            for (outcome, rule) in judgement.outcomes.iter_mut().zip(&advisor.pack.rules) {
                if !self.selection.asks(&rule.id) {
                    *outcome = judge::Outcome::NotAsked;
                }
            }
        }
    }
}

/// Which rules are asked.
struct Selection {
    only: Vec<String>,
    ignore: Vec<String>,
    off: BTreeSet<String>,
}

impl Selection {
    fn asks(&self, rule: &str) -> bool {
        let named = |names: &[String]| names.iter().any(|name| name == rule);
        let wanted = if self.only.is_empty() { !self.off.contains(rule) } else { named(&self.only) };
        wanted && !named(&self.ignore)
    }
}

/// Makes the settings of the letters of a run.
pub struct Preparation<'a> {
    args: &'a JudgeArgs,
    /// Which configuration holds where.
    pub discovery: Discovery,
    shelf: Shelf,
    style: Style,
    received_on: Option<Date>,
    made: HashMap<Key, Arc<Settings>>,
    /// Whether a file of accepted findings that a configuration names may be one that is not there yet.
    pub may_be_new: bool,
}

/// Letters with the same key are checked alike.
pub type Key = (Option<ChainId>, Vec<(usize, usize)>);

impl<'a> Preparation<'a> {
    /// For a run with these flags.
    pub fn new(args: &'a JudgeArgs, discovery: Discovery, style: Style) -> Result<Preparation<'a>, Trouble> {
        let received_on = args.received_on.as_deref().map(parse_date).transpose()?;
        let shelf = Shelf::new(args.packs.cache.clone());
        let made = HashMap::new();
        Ok(Preparation { args, discovery, shelf, style, received_on, made, may_be_new: false })
    }

    /// The settings of the letter at `path`.
    pub fn of_file(&mut self, path: &Path) -> Result<Arc<Settings>, Trouble> {
        let (chain, path) = self.discovery.of_file(path);
        let applying = config::applying(self.files(chain), &path);
        self.make((chain, applying))
    }

    /// The settings of letters in `folder` of which nothing special is said.
    pub fn of_folder(&mut self, folder: &Path) -> Result<Arc<Settings>, Trouble> {
        let chain = self.discovery.of_folder(folder);
        self.make((chain, Vec::new()))
    }

    /// The settings of each file of a run, once every configuration was looked at.
    pub fn of_inputs(&mut self, inputs: &Inputs) -> Result<Vec<Arc<Settings>>, Trouble> {
        let settings = inputs.files.iter().map(|input| self.of_file(input.path())).collect::<Result<_, _>>()?;
        if inputs.files.is_empty() {
            // The flags are held against the packs of the current folder where there is no letter.
            self.of_folder(Path::new(""))?;
        }
        self.finish()?;
        Ok(settings)
    }

    /// The flags.
    pub fn args(&self) -> &'a JudgeArgs {
        self.args
    }

    /// How mistakes are shown.
    pub fn style(&self) -> &Style {
        &self.style
    }

    /// Whether a rule is one of a pack that letters at `path` can be held against; if not, the rule that was probably
    /// meant. The packs of other letters of the run count too, since they were asked for.
    pub fn knows_rule(&mut self, rule: &str, path: &Path) -> Result<(), Option<String>> {
        if self.find_rule(rule) {
            return Ok(());
        }
        let chain = self.discovery.of_file(path).0;
        let settled = config::settle(self.files(chain), &[]);
        let names = match &settled.packs {
            Some(packs) => packs.iter().map(|pack| located(&self.discovery, self.files(chain), pack)).collect(),
            None => vec![DEFAULT_PACK.to_owned()],
        };
        for name in &names {
            // A pack that cannot be read is shown where it is used.
            let _ = self.shelf.take(name, &self.style);
        }
        if self.find_rule(rule) {
            return Ok(());
        }
        let packs = self.shelf.advisors().iter().map(|advisor| &advisor.pack);
        Err(closest(rule, packs.flat_map(|pack| pack.rules.iter().map(|rule| rule.id.as_str()))).map(str::to_owned))
    }

    fn find_rule(&self, rule: &str) -> bool {
        self.shelf.advisors().iter().any(|advisor| advisor.pack.find_rule(rule).is_some())
    }

    /// The files of a chain, the one that was found last.
    pub fn files(&self, chain: Option<ChainId>) -> &[ConfigFile] {
        chain.and_then(|chain| self.discovery.chains.get(chain)).map_or(&[], |chain| &chain.files)
    }

    /// The packs that letters are checked with, by number.
    pub fn into_packs(self) -> Vec<Advisor> {
        // Packs that were loaded only to hold the names in a configuration against them came later.
        let used = self.made.values().flat_map(|settings| &settings.packs).max().map_or(0, |last| last + 1);
        let mut packs = self.shelf.into_advisors();
        packs.truncate(used);
        packs
    }

    /// The output format that the configuration wants which holds for the first thing that was named: a run has one.
    pub fn output_format(&mut self, paths: &[PathBuf], stdin_name: Option<&str>) -> Option<OutputFormat> {
        let stdin = Path::new(stdin_name.unwrap_or("<stdin>"));
        let chain = match paths.first() {
            Some(path) if path.is_dir() => self.discovery.of_folder(path),
            Some(path) if path != Path::new("-") => self.discovery.of_file(path).0,
            Some(_) | None => self.discovery.of_file(stdin).0,
        };
        let format = config::settle(self.files(chain), &[]).output_format?;
        OutputFormat::find(&format.value)
    }

    /// The settings of the letters with this key.
    pub fn make(&mut self, key: Key) -> Result<Arc<Settings>, Trouble> {
        if let Some(settings) = self.made.get(&key) {
            return Ok(Arc::clone(settings));
        }
        let settled = config::settle(self.files(key.0), &key.1);
        let names = self.pack_names(key.0, &settled);
        let mut packs = Vec::new();
        for name in &names {
            match self.shelf.take(name, &self.style) {
                Ok(pack) => packs.push(pack),
                // With a mistake in a configuration nothing is checked; it is shown at its place by `finish`.
                Err(_) if self.args.packs.packs.is_empty() && settled.packs.is_some() => {}
                Err(missing) => return Err(missing.into_trouble()),
            }
        }
        let advisors: Vec<Advisor> = packs
            .iter()
            .filter_map(|pack| self.shelf.advisors().get(*pack))
            .map(|advisor| match config::adjusted(&advisor.pack, &settled) {
                Some(pack) => Advisor { pack: Arc::new(pack), plan: Arc::clone(&advisor.plan) },
                None => advisor.clone(),
            })
            .collect();
        let settings = Arc::new(self.settings(advisors, packs, &settled));
        self.made.insert(key, Arc::clone(&settings));
        Ok(settings)
    }

    fn settings(&self, advisors: Vec<Advisor>, packs: Vec<usize>, settled: &Settled) -> Settings {
        let args = self.args;
        let received_on = self.received_on.or(settled.received_on.as_ref().map(|day| day.value));
        let template = args.template.or(settled.template.as_ref().map(|template| template.value));
        let of = |advisor: &Advisor| Circumstances {
            kind: args.kind.as_ref().and_then(|kind| advisor.pack.find_kind(kind)),
            usual_kind: settled.kind.as_ref().and_then(|kind| advisor.pack.find_kind(&kind.value)),
            received_on,
            today: received_on.map(|_| today()),
            template,
        };
        let circumstances = advisors.iter().map(of).collect();
        let own = OWN_RULES.iter().filter_map(|rule| match settled.rules.get(*rule)?.value {
            RuleLevel::At(level) => Some(((*rule).to_owned(), level)),
            RuleLevel::Off => None,
        });
        let own_levels = own.collect();
        let off = settled.rules.iter().filter(|(_, level)| level.value == RuleLevel::Off);
        let off = off.map(|(rule, _)| rule.clone()).collect();
        let selection = Selection { only: args.only.clone(), ignore: args.ignore.clone(), off };
        let fail_on = args.fail_on.map(FailOn::from).or(settled.fail_on.as_ref().map(|level| level.value));
        let format = settled.format.as_ref().and_then(|format| format.value.parse().ok());
        Settings {
            advisors,
            packs,
            circumstances,
            fail_on: fail_on.unwrap_or(FailOn::Warning),
            format,
            selection,
            own_levels,
        }
    }

    /// The packs by name or path, as the flags say, or else the configuration.
    pub fn pack_names(&self, chain: Option<ChainId>, settled: &Settled) -> Vec<String> {
        let flags = &self.args.packs.packs;
        match &settled.packs {
            _ if !flags.is_empty() => flags.clone(),
            Some(packs) => packs.iter().map(|pack| located(&self.discovery, self.files(chain), pack)).collect(),
            None => vec![DEFAULT_PACK.to_owned()],
        }
    }

    /// Shows all mistakes of all configurations that were met, and ends the run where there are any; then looks at the
    /// names that the flags give.
    pub fn finish(&mut self) -> Result<(), Trouble> {
        let mut troubles = std::mem::take(&mut self.discovery.troubles);
        let mut shown = BTreeSet::new();
        for mut chain in std::mem::take(&mut self.discovery.chains) {
            self.check_chain(&mut chain);
            for (file, mistakes) in chain.files.iter().zip(std::mem::take(&mut chain.mistakes)) {
                let found = mistakes.into_diagnostics();
                if found.is_empty() || !shown.insert(file.name.clone()) {
                    continue;
                }
                let mut err = std::io::stderr().lock();
                report::mistakes(&mut err, &file.name, &file.yaml, &found, &self.style)?;
                err.flush()?;
                troubles.push(Trouble::Broken { name: file.name.clone(), count: found.len() });
            }
            self.discovery.chains.push(chain);
        }
        let last = troubles.pop();
        troubles.iter().for_each(|trouble| trouble.print(&mut std::io::stderr().lock()));
        match last {
            Some(trouble) => Err(trouble),
            None => self.check_flags(),
        }
    }

    /// Holds the names in each file against the packs that hold where it ends the chain.
    fn check_chain(&mut self, chain: &mut Chain) {
        let formats = OutputFormat::ALL.map(OutputFormat::name);
        let mut packs = None;
        for (number, mistakes) in chain.mistakes.iter_mut().enumerate() {
            let Some(file) = chain.files.get(number) else { continue };
            if let Some(named) = &file.config.packs {
                let mut taken = Some(Vec::new());
                for pack in named {
                    let sourced = Sourced { value: pack.value.clone(), file: number, span: pack.span };
                    let name = located(&self.discovery, &chain.files, &sourced);
                    match self.shelf.take(&name, &self.style) {
                        Ok(pack) => taken.iter_mut().for_each(|taken| taken.push(pack)),
                        Err(missing) => {
                            mistakes.add(mistake(missing), pack.span);
                            taken = None;
                        }
                    }
                }
                packs = Some(taken);
            }
            let flags = &self.args.accepted;
            let is_told = self.may_be_new || flags.no_accepted || flags.accepted.is_some();
            if let Some(path) = file.config.accepted.as_ref().filter(|_| !is_told) {
                let list = normal(&file.folder.join(&path.value));
                if let Err(error) = RawFile::open_found(&list) {
                    let shown = self.discovery.shown(&list);
                    let reason = short(&error).replace(&list.display().to_string(), &shown);
                    mistakes.add(Mistake::Unreadable(reason), path.span);
                }
            }
            let usual = || self.shelf.take(DEFAULT_PACK, &self.style).ok().map(|pack| vec![pack]);
            let held = packs.get_or_insert_with(usual).clone();
            let advisors = self.shelf.advisors();
            let held: Option<Vec<&Pack>> = held
                .map(|held| held.iter().filter_map(|pack| advisors.get(*pack)).map(|advisor| &*advisor.pack).collect());
            config::check_names(&file.config, &Known { packs: held, formats: &formats }, mistakes);
        }
    }

    /// What is wrong with a configuration of this text, were it written.
    pub fn mistakes_in(&mut self, path: &Path, yaml: &str) -> Vec<Diagnostic> {
        self.discovery.add(path, yaml.to_owned());
        let Some(mut chain) = self.discovery.chains.pop() else { return Vec::new() };
        self.check_chain(&mut chain);
        chain.mistakes.pop().map(Mistakes::into_diagnostics).unwrap_or_default()
    }

    fn check_flags(&self) -> Result<(), Trouble> {
        let used: BTreeSet<usize> = self.made.values().flat_map(|settings| settings.packs.iter().copied()).collect();
        let packs = || used.iter().filter_map(|pack| self.shelf.advisors().get(*pack)).map(|advisor| &advisor.pack);
        let rules = || packs().flat_map(|pack| &pack.rules).map(|rule| rule.id.as_str()).chain(OWN_RULES);
        for name in self.args.only.iter().chain(&self.args.ignore) {
            if !rules().any(|id| id == name) {
                let meant = closest(name, rules()).map(str::to_owned);
                return Err(Trouble::Unknown { what: "rule", name: name.clone(), meant, known: Vec::new() });
            }
        }
        let Some(kind) = &self.args.kind else { return Ok(()) };
        let known: Vec<String> = packs().flat_map(|pack| &pack.kinds).map(|kind| kind.name.clone()).collect();
        if known.contains(kind) {
            return Ok(());
        }
        let meant = closest(kind, known.iter().map(String::as_str)).map(str::to_owned);
        Err(Trouble::Unknown { what: "kind of letter", name: kind.clone(), meant, known })
    }
}

/// A pack of a configuration as it is found from the current folder.
fn located(discovery: &Discovery, files: &[ConfigFile], pack: &Sourced<String>) -> String {
    let folder = files.get(pack.file).map_or(Path::new(""), |file| &file.folder);
    let path = folder.join(&pack.value);
    if super::packs::is_built_in(&pack.value) || !super::packs::is_path(&pack.value, &path) {
        return pack.value.clone();
    }
    let path = normal(&path);
    let shown = discovery.shown(&path);
    // A name alone could be taken for one that comes with demur.
    if shown.contains(['/', '\\', '.']) { shown } else { format!("./{shown}") }
}

/// The packs that `--pack` names, or else those of the configuration that holds in the current folder.
pub fn pack_names(packs: &PackArgs, config: &ConfigArgs, style: &Style) -> Result<Vec<String>, Trouble> {
    if !packs.packs.is_empty() {
        return Ok(packs.packs.clone());
    }
    let judge = JudgeArgs::default();
    let mut preparation = Preparation::new(&judge, Discovery::new(config)?, *style)?;
    let chain = preparation.discovery.of_folder(Path::new(""));
    preparation.finish()?;
    Ok(preparation.pack_names(chain, &config::settle(preparation.files(chain), &[])))
}

fn mistake(missing: Missing) -> Mistake {
    match missing {
        Missing::Unknown { name, meant, known } => Mistake::Unknown { what: "pack", name, meant, known },
        Missing::Unreadable(text) => Mistake::Unreadable(text),
        Missing::Broken { name, count } => Mistake::Broken { name, count },
    }
}

fn parse_date(text: &str) -> Result<Date, Trouble> {
    config::day(text).ok_or_else(|| Trouble::NoDate(text.to_owned()))
}

/// The day that counts as today: the one of `SOURCE_DATE_EPOCH` where it is set, so that runs can be repeated.
/// See <https://reproducible-builds.org/specs/source-date-epoch/>.
pub fn today() -> Date {
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    let fixed = epoch.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    let day = match fixed {
        Some(timestamp) => jiff::tz::TimeZone::UTC.to_datetime(timestamp).date(),
        None => jiff::ZonedDateTime::now().date(),
    };
    Date { year: Some(day.year()), month: day.month(), day: day.day() }
}
