//! `demur accept`, and `demur check --write-baseline`.

use super::Outcome;
use super::accepted::{List, Lists};
use super::args::{AcceptArgs, CheckArgs, JudgeArgs};
use super::check::human_style;
use super::discover::Discovery;
use super::files::{self, Input, Inputs, Sieve};
use super::job::Job;
use super::replace::{create, replace};
use super::settings::{Preparation, Settings, today};
use super::trouble::Trouble;
use demur::accepted::{Entry, NotWritten, Pen};
use demur::check::Report;
use demur::config::{self, Written};
use demur::diagnostic::Diagnostic;
use demur::message::Date;
use demur::pack::closest;
use demur::report::clean;
use demur::span::Span;
use demur::view::FileType;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub fn run(args: &AcceptArgs, out: &mut impl Write) -> Result<Outcome, Trouble> {
    if !args.because.contains(char::is_alphanumeric) {
        return Err(Trouble::NoReason);
    }
    let until = args.until.as_deref().map(last_day).transpose()?;
    let (path, line) = place(&args.place);
    let prepared = Prepared::new(&args.judge, std::slice::from_ref(&path), None, args.format, false)?;
    let (Some(job), Some((list, file))) = (prepared.jobs().next(), prepared.list(0)) else {
        return Err(Trouble::NoFile(path));
    };
    check_rule(&args.rule, job.settings)?;
    let asked = Asked { rule: &args.rule, path: &path, line };
    let found = asked.find(&job, |report, finding| {
        let entry = Entry::of(report, finding, file.clone(), args.because.clone());
        let until = until.map(|day| Written { value: day, span: Span::at(0) });
        Entry { until, ..entry }
    })?;
    // Of a passage that occurs twice one entry accepts both.
    let mut seen = BTreeSet::new();
    let new = found.iter().map(|(_, entry)| entry).filter(|entry| seen.insert((entry.letter, entry.mark.as_str())));
    let entries: Vec<Entry> = new.cloned().collect();
    write(list, |pen| pen.add(&entries))?;
    for (place, _) in &found {
        writeln!(out, "{}: accepted {}", clean(place), clean(&args.rule))?;
    }
    writeln!(out, "wrote {}", clean(&list.name))?;
    Ok(Outcome::Clean)
}

/// Writes an entry for all that is found and not yet accepted by somebody.
pub fn baseline(args: &CheckArgs, out: &mut impl Write) -> Result<Outcome, Trouble> {
    let stdin_name = args.stdin_filename.as_deref();
    let prepared = Prepared::new(&args.judge, &args.paths, stdin_name, args.format, args.force_exclude)?;
    let because = Entry::baseline(&day_text(today()));
    let jobs: Vec<Job<'_>> = prepared.jobs().collect();
    let found: Vec<Result<Vec<Entry>, Trouble>> = jobs.par_iter().map(|job| prepared.all(job, &because)).collect();
    let mut troubles = !prepared.inputs.troubles.is_empty();
    prepared.inputs.troubles.iter().for_each(|trouble| trouble.print(&mut io::stderr().lock()));
    let mut by_list: Vec<(Vec<Entry>, BTreeSet<PathBuf>)> = vec![Default::default(); prepared.lists.lists.len()];
    for (place, found) in prepared.lists.places.iter().zip(found) {
        match (found, place.as_ref().and_then(|place| Some((by_list.get_mut(place.list)?, place)))) {
            (Ok(entries), Some(((all, read), place))) => {
                let words = |entry: &Entry| entry.words.clone().filter(|_| !args.redact);
                all.extend(entries.into_iter().map(|entry| Entry { words: words(&entry), ..entry }));
                read.insert(place.path.clone());
            }
            (Ok(_), None) => {}
            (Err(trouble), _) => {
                troubles = true;
                trouble.print(&mut io::stderr().lock());
            }
        }
    }
    for (number, (list, (found, read))) in prepared.lists.lists.iter().zip(&by_list).enumerate() {
        let keys: BTreeSet<String> = found.iter().map(|entry| format!("{entry:?}")).collect();
        write(list, |pen| pen.renew(found, |entry| prepared.lists.is_seen(number, entry, read)))?;
        let entries = if keys.len() == 1 { "1 entry".to_owned() } else { format!("{} entries", keys.len()) };
        writeln!(out, "wrote {}: {entries} for what is found now", clean(&list.name))?;
    }
    Ok(if troubles { Outcome::Trouble } else { Outcome::Clean })
}

/// What stands before the number of a line, and that number.
fn place(text: &str) -> (PathBuf, Option<usize>) {
    let whole = Path::new(text);
    let cut = || {
        let (path, line) = text.rsplit_once(':')?;
        Some((PathBuf::from(path), Some(line.parse().ok()?)))
    };
    if whole.symlink_metadata().is_ok() { (whole.to_owned(), None) } else { cut().unwrap_or((whole.to_owned(), None)) }
}

fn last_day(text: &str) -> Result<Date, Trouble> {
    let day = config::day(text).ok_or_else(|| Trouble::NoDate(text.to_owned()))?;
    match day.days_until(today()) {
        Some(days) if days > 0 => Err(Trouble::PastDay(text.to_owned())),
        _ => Ok(day),
    }
}

fn day_text(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year.unwrap_or_default(), day.month, day.day)
}

fn check_rule(rule: &str, settings: &Settings) -> Result<(), Trouble> {
    let rules = || settings.advisors.iter().flat_map(|advisor| &advisor.pack.rules).map(|rule| rule.id.as_str());
    if rules().any(|known| known == rule) {
        return Ok(());
    }
    let meant = closest(rule, rules()).map(str::to_owned);
    Err(Trouble::Unknown { what: "rule", name: rule.to_owned(), meant, known: Vec::new() })
}

/// Changes the text of a list.
fn write(list: &List, change: impl Fn(&Pen<'_>) -> Result<String, NotWritten>) -> Result<(), Trouble> {
    let failed = |error| Trouble::NotAdded { name: list.name.clone(), error };
    let new = Pen::new(&list.yaml).and_then(|pen| change(&pen)).map_err(failed)?;
    let Some(old) = &list.bytes else { return Ok(create(&list.path, new.as_bytes())?) };
    // A byte order mark stays; any other encoding is none in which YAML should be written.
    let mark = old.strip_suffix(list.yaml.as_bytes()).filter(|mark| matches!(mark, [] | [0xef, 0xbb, 0xbf]));
    let Some(mark) = mark else { return Err(Trouble::NotUtf8(list.name.clone())) };
    if new != list.yaml {
        replace(&list.path, old, &[mark, new.as_bytes()].concat())?;
    }
    Ok(())
}

/// All that is known before the first letter is read.
struct Prepared {
    inputs: Inputs,
    settings: Vec<Arc<Settings>>,
    lists: Lists,
    file_type: Option<FileType>,
}

impl Prepared {
    fn new(
        judge: &JudgeArgs,
        paths: &[PathBuf],
        stdin_name: Option<&str>,
        file_type: Option<FileType>,
        force_exclude: bool,
    ) -> Result<Prepared, Trouble> {
        let sieve = Sieve::new(Discovery::new(&judge.config)?, force_exclude);
        let mut inputs = files::find(paths, stdin_name, &sieve)?;
        if inputs.files.is_empty()
            && let Some(trouble) = inputs.troubles.pop()
        {
            return Err(trouble);
        }
        if stdin_name.is_none() && inputs.files.iter().any(|input| matches!(input, Input::Stdin(_))) {
            return Err(Trouble::NoName);
        }
        let style = human_style(super::args::Color::Auto);
        let mut preparation = Preparation::new(judge, sieve.into_discovery(), style)?;
        preparation.may_be_new = true;
        let settings = preparation.of_inputs(&inputs)?;
        let lists = Lists::find(&mut preparation, &inputs, &settings, true)?;
        Ok(Prepared { inputs, settings, lists, file_type })
    }

    fn jobs(&self) -> impl Iterator<Item = Job<'_>> {
        let (lists, file_type) = (&self.lists, self.file_type);
        let files = self.inputs.files.iter().zip(&self.settings).enumerate();
        files.map(move |(number, (input, settings))| Job { number, input, settings, lists, file_type })
    }

    /// The list for an input, and the name of the input in it.
    fn list(&self, input: usize) -> Option<(&List, String)> {
        let place = self.lists.places.get(input)?.as_ref()?;
        let list = self.lists.lists.get(place.list)?;
        Some((list, list.name_of(&place.path)))
    }

    /// An entry for each finding in a file that nobody has accepted by hand.
    fn all(&self, job: &Job<'_>, because: &str) -> Result<Vec<Entry>, Trouble> {
        let Some((_, file)) = self.list(job.number) else { return Ok(Vec::new()) };
        let mut entries = Vec::new();
        let raw = job.input.read()?;
        job.judge_by(
            raw,
            |entry| !entry.is_baseline(),
            |report, _| {
                let judged = report.judgements.iter().flat_map(|judgement| &judgement.findings);
                entries.extend(judged.map(|finding| Entry::of(&report, finding, file.clone(), because.to_owned())));
            },
        )?;
        Ok(entries)
    }
}

/// What is to be accepted.
struct Asked<'a> {
    rule: &'a str,
    path: &'a Path,
    line: Option<usize>,
}

impl Asked<'_> {
    /// Each finding that is meant, with its place, as `entry` makes it.
    fn find(
        &self,
        job: &Job<'_>,
        entry: impl Fn(&Report, &Diagnostic) -> Entry,
    ) -> Result<Vec<(String, Entry)>, Trouble> {
        let mut found = Vec::new();
        let mut elsewhere = BTreeSet::new();
        let mut is_accepted = false;
        let raw = job.input.read()?;
        job.judge(raw, |report, _| {
            let source = &report.letter.source;
            is_accepted |= report.accepted.iter().any(|accepted| {
                let (first, last) = lines(&report, &accepted.finding);
                accepted.finding.rule == self.rule && self.line.is_none_or(|line| (first..=last).contains(&line))
            });
            let judged = report.judgements.iter().flat_map(|judgement| &judgement.findings);
            for finding in judged.filter(|finding| finding.rule == self.rule) {
                let (first, last) = lines(&report, finding);
                if self.line.is_none_or(|line| (first..=last).contains(&line)) {
                    let column = source.position(finding.span().start()).column;
                    found.push((format!("{}:{first}:{column}", source.name()), entry(&report, finding)));
                } else {
                    elsewhere.insert(first);
                }
            }
        })?;
        if !found.is_empty() {
            return Ok(found);
        }
        Err(Trouble::NothingThere {
            rule: self.rule.to_owned(),
            path: self.path.to_owned(),
            line: self.line,
            is_accepted,
            elsewhere: elsewhere.into_iter().collect(),
        })
    }
}

/// The first and the last line of the passage of a finding, 1-based.
fn lines(report: &Report, finding: &Diagnostic) -> (usize, usize) {
    let (source, span) = (&report.letter.source, finding.span());
    (source.position(span.start()).line, source.position(span.end()).line)
}
