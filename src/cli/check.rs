//! `demur check`.

use super::Outcome;
use super::args::{CheckArgs, Color, FailOn};
use super::files::{self, Input, Inputs};
use super::outputs::Outputs;
use super::packs;
use super::trouble::Trouble;
use demur::check::{Advisor, Report};
use demur::diagnostic::Level;
use demur::document::{Document, Letter, OpenError};
use demur::judge::Circumstances;
use demur::message::Date;
use demur::pack::closest;
use demur::report::{self, OutputFormat, Rendered, Style};
use demur::view::FileType;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

/// How many files are checked at once before their reports are printed: enough for all cores, and few enough that memory
/// stays small however large the folder is.
const BATCH: usize = 256;

/// From this many files on, a person at a terminal is shown how far the run is.
const LONG_RUN: usize = 500;

pub fn run(args: &CheckArgs, out: &mut impl Write) -> Result<Outcome, Trouble> {
    let style = human_style(args.color.color);
    let advisors = packs::load(&args.packs.packs, &style)?;
    let selection = Selection::new(args, &advisors)?;
    let circumstances = circumstances(args, &advisors)?;
    let inputs = files::find(&args.paths, args.stdin_filename.as_deref())?;
    let several = inputs.walked || inputs.files.len() > 1;
    let outputs = Outputs::new(args, style, several)?;
    let checker =
        Checker { advisors, selection, circumstances, styles: outputs.styles(), several, file_type: args.format };
    checker.run(inputs, outputs, args, out)
}

/// What each letter is checked with.
struct Checker {
    advisors: Vec<Advisor>,
    selection: Selection,
    circumstances: Vec<Circumstances>,
    /// How each report of the run is shown.
    styles: Vec<Style>,
    several: bool,
    /// The type of all files, where it was told.
    file_type: Option<FileType>,
}

impl Checker {
    fn run(
        &self,
        inputs: Inputs,
        mut outputs: Outputs,
        args: &CheckArgs,
        out: &mut impl Write,
    ) -> Result<Outcome, Trouble> {
        let mut trouble = !inputs.troubles.is_empty();
        inputs.troubles.iter().for_each(|trouble| trouble.print(&mut io::stderr().lock()));
        if args.verbose {
            inputs.passed_over.iter().for_each(|path| say_passed_over(path));
        }
        outputs.begin(out, inputs.passed_over.len(), &self.advisors)?;
        let progress = progress(inputs.files.len(), args.quiet);
        for batch in inputs.files.chunks(BATCH) {
            for checked in self.batch(batch) {
                match checked {
                    Ok(letters) => progress.suspend(|| {
                        letters.into_iter().try_for_each(|letter| {
                            say_encoding(&letter);
                            outputs.letter(out, letter.rendered)
                        })
                    })?,
                    Err(error) => {
                        trouble = true;
                        outputs.unreadable(&error);
                        progress.suspend(|| Trouble::Open(error).print(&mut io::stderr().lock()));
                    }
                }
                progress.inc(1);
            }
        }
        progress.finish_and_clear();
        let tally = outputs.end(out, &self.advisors)?;
        Ok(match (trouble, tally.gravest()) {
            (true, _) => Outcome::Trouble,
            (false, Some(level)) if fails(level, args.fail_on) => Outcome::Findings,
            (false, _) => Outcome::Clean,
        })
    }

    /// Checks a few files on all cores; the outcome is in the order of the inputs.
    fn batch(&self, inputs: &[Input]) -> Vec<Result<Vec<Checked>, OpenError>> {
        match inputs {
            // Starting threads takes longer than one letter does.
            [input] => vec![self.file(input)],
            inputs => inputs.par_iter().map(|input| self.file(input)).collect(),
        }
    }

    /// Checks each letter of a file.
    fn file(&self, input: &Input) -> Result<Vec<Checked>, OpenError> {
        let mut letters = Document::open(input.read()?, self.file_type)?.letters();
        let first_two: Vec<Letter> = letters.by_ref().take(2).collect();
        let several = self.several || first_two.len() > 1;
        Ok(first_two.into_iter().chain(letters).map(|letter| self.letter(letter, several)).collect())
    }

    fn letter(&self, letter: Letter, several: bool) -> Checked {
        let mut report = Report::new(letter, &self.advisors, &self.circumstances);
        self.selection.apply(&mut report, &self.advisors);
        let render = |style| report::render(&report, &self.advisors, style, several);
        let rendered = self.styles.iter().map(render).collect();
        let source = &report.letter.source;
        let assumed = source.encoding().is_assumed().then(|| source.name().to_owned());
        Checked { rendered, assumed }
    }
}

/// What is kept of a letter until it is its turn to be shown.
struct Checked {
    /// Once for each report of the run.
    rendered: Vec<Rendered>,
    /// The name of a file whose encoding was guessed.
    assumed: Option<String>,
}

/// Which rules are asked.
struct Selection {
    only: Vec<String>,
    ignore: Vec<String>,
}

impl Selection {
    fn new(args: &CheckArgs, advisors: &[Advisor]) -> Result<Selection, Trouble> {
        let known = || advisors.iter().flat_map(|advisor| &advisor.pack.rules).map(|rule| rule.id.as_str());
        for name in args.only.iter().chain(&args.ignore) {
            if !known().any(|id| id == name) {
                let meant = closest(name, known()).map(str::to_owned);
                return Err(Trouble::Unknown { what: "rule", name: name.clone(), meant, known: Vec::new() });
            }
        }
        Ok(Selection { only: args.only.clone(), ignore: args.ignore.clone() })
    }

    fn asks(&self, rule: &str) -> bool {
        let named = |names: &[String]| names.iter().any(|name| name == rule);
        (self.only.is_empty() || named(&self.only)) && !named(&self.ignore)
    }

    fn apply(&self, report: &mut Report, advisors: &[Advisor]) {
        for (judgement, advisor) in report.judgements.iter_mut().zip(advisors) {
            judgement.findings.retain(|finding| self.asks(&finding.rule));
            for (outcome, rule) in judgement.outcomes.iter_mut().zip(&advisor.pack.rules) {
                if !self.asks(&rule.id) {
                    *outcome = demur::judge::Outcome::NotAsked;
                }
            }
        }
    }
}

fn fails(level: Level, fail_on: FailOn) -> bool {
    match fail_on {
        FailOn::Error => level >= Level::Error,
        FailOn::Warning => level >= Level::Warning,
        FailOn::Note => true,
        FailOn::Never => false,
    }
}

fn circumstances(args: &CheckArgs, advisors: &[Advisor]) -> Result<Vec<Circumstances>, Trouble> {
    let received_on = args.received_on.as_deref().map(parse_date).transpose()?;
    let today = received_on.map(|_| today());
    if let Some(kind) = &args.kind {
        let known: Vec<String> =
            advisors.iter().flat_map(|advisor| &advisor.pack.kinds).map(|kind| kind.name.clone()).collect();
        if !known.contains(kind) {
            let meant = closest(kind, known.iter().map(String::as_str)).map(str::to_owned);
            return Err(Trouble::Unknown { what: "kind of letter", name: kind.clone(), meant, known });
        }
    }
    let of = |advisor: &Advisor| Circumstances {
        kind: args.kind.as_ref().and_then(|kind| advisor.pack.find_kind(kind)),
        received_on,
        today,
        template: args.template,
    };
    Ok(advisors.iter().map(of).collect())
}

fn parse_date(text: &str) -> Result<Date, Trouble> {
    match Date::find(text) {
        Some((range, date)) if range == (0..text.len()) && date.year.is_some() => Ok(date),
        _ => Err(Trouble::NoDate(text.to_owned())),
    }
}

/// The day that counts as today: the one of `SOURCE_DATE_EPOCH` where it is set, so that runs can be repeated.
/// See <https://reproducible-builds.org/specs/source-date-epoch/>.
fn today() -> Date {
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    let fixed = epoch.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    let day = match fixed {
        Some(timestamp) => jiff::tz::TimeZone::UTC.to_datetime(timestamp).date(),
        None => jiff::ZonedDateTime::now().date(),
    };
    Date { year: Some(day.year()), month: day.month(), day: day.day() }
}

/// A letter that was not in UTF-8 may show wrong characters, so its reader must know.
fn say_encoding(checked: &Checked) {
    if let Some(name) = &checked.assumed {
        let name = report::clean(name);
        let _ = writeln!(io::stderr().lock(), "note: `{name}` is not UTF-8; it was read as Windows-1252");
    }
}

fn say_passed_over(path: &Path) {
    let name = report::clean(&path.display().to_string()).into_owned();
    let _ = writeln!(io::stderr().lock(), "note: `{name}` was passed over: its name tells no format that demur reads");
}

/// The style of a report for people on standard output.
pub fn human_style(color: Color) -> Style {
    let width = match io::stdout().is_terminal() {
        true => terminal_width(),
        false => Style::WIDTH,
    };
    Style { format: OutputFormat::Human, color: is_colored(color), quiet: false, redact: false, width }
}

fn terminal_width() -> usize {
    let (_, columns) = console::Term::stdout().size();
    usize::from(columns).clamp(60, 140)
}

/// A flag says it, else `NO_COLOR`, `CLICOLOR_FORCE` and `CLICOLOR`, else whether a person looks at a terminal.
/// See <https://no-color.org> and <https://bixense.com/clicolors>.
fn is_colored(color: Color) -> bool {
    let is = |name: &str, value: &str| std::env::var_os(name).is_some_and(|set| set == value);
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|set| !set.is_empty());
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if is_set("NO_COLOR") => false,
        Color::Auto if is_set("CLICOLOR_FORCE") && !is("CLICOLOR_FORCE", "0") => true,
        Color::Auto => io::stdout().is_terminal() && !is("TERM", "dumb") && !is("CLICOLOR", "0"),
    }
}

fn progress(letters: usize, quiet: bool) -> ProgressBar {
    if letters < LONG_RUN || quiet || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let look =
        ProgressStyle::with_template("{bar:40} {pos}/{len} letters").unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(u64::try_from(letters).unwrap_or(u64::MAX)).with_style(look)
}
