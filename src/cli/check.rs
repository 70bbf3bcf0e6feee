//! `demur check`.

use super::Outcome;
use super::accepted::Lists;
use super::args::{CheckArgs, Color};
use super::discover::Discovery;
use super::files::{self, Input, Inputs, PassedOver, Sieve};
use super::fix::{Mending, Mode};
use super::job::Job;
use super::outputs::Outputs;
use super::settings::{Preparation, Settings};
use super::trouble::Trouble;
use demur::check::{Advisor, Report};
use demur::document::OpenError;
use demur::fix;
use demur::report::{self, OutputFormat, Rendered, Style};
use demur::source::RawFile;
use demur::view::FileType;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;

/// How many files are checked at once before their reports are printed: enough for all cores, and few enough that memory
/// stays small however large the folder is.
const BATCH: usize = 256;

/// From this many files on, a person at a terminal is shown how far the run is.
const LONG_RUN: usize = 500;

pub fn run(args: &CheckArgs, out: &mut impl Write) -> Result<Outcome, Trouble> {
    let style = human_style(args.color.color);
    let sieve = Sieve::new(Discovery::new(&args.judge.config)?, args.force_exclude);
    let inputs = files::find(&args.paths, args.stdin_filename.as_deref(), &sieve)?;
    let mut preparation = Preparation::new(&args.judge, sieve.into_discovery(), style)?;
    let output_format = preparation.output_format(&args.paths, args.stdin_filename.as_deref());
    let settings = preparation.of_inputs(&inputs)?;
    let lists = Lists::find(&mut preparation, &inputs, &settings, false)?;
    let several = inputs.walked || inputs.files.len() > 1;
    let outputs = Outputs::new(args, output_format, style, several)?;
    let (packs, styles) = (preparation.into_packs(), outputs.styles());
    let mending = Mending::new(args);
    let from_stdin = matches!(inputs.files.as_slice(), [Input::Stdin(_)]);
    let checker = Checker { packs, styles, several, file_type: args.format, mending, lists };
    let mut streams = match mending.map(|mending| mending.mode) {
        Some(Mode::Diff) => Streams { texts: out, reports: &mut io::sink() },
        // The mended text takes standard output, so the report goes beside it.
        Some(Mode::Write) if from_stdin => Streams { texts: out, reports: &mut io::stderr() },
        Some(Mode::Write) | None => Streams { texts: &mut io::sink(), reports: out },
    };
    let outcome = checker.run(inputs, &settings, outputs, args, &mut streams);
    // The program ends here, and putting a pack away piece by piece takes longer than reading a letter.
    std::mem::forget(checker);
    outcome
}

/// What a run writes to.
struct Streams<'s> {
    /// Mended texts, and patches.
    texts: &'s mut dyn Write,
    /// Reports.
    reports: &'s mut dyn Write,
}

/// What is the same for all letters.
struct Checker {
    packs: Vec<Advisor>,
    /// How each report of the run is shown.
    styles: Vec<Style>,
    several: bool,
    /// The type of all files, where it was told.
    file_type: Option<FileType>,
    /// Which fixes are made before a file is reported on.
    mending: Option<Mending>,
    /// What is accepted.
    lists: Lists,
}

impl Checker {
    fn run(
        &self,
        inputs: Inputs,
        settings: &[Arc<Settings>],
        mut outputs: Outputs,
        args: &CheckArgs,
        streams: &mut Streams<'_>,
    ) -> Result<Outcome, Trouble> {
        let mut fixed = 0;
        let mut fails = false;
        let mut trouble = !inputs.troubles.is_empty();
        inputs.troubles.iter().for_each(|trouble| trouble.print(&mut io::stderr().lock()));
        if args.verbose {
            inputs.passed_over.iter().for_each(|(path, why)| say_passed_over(path, *why));
        }
        outputs.begin(&mut streams.reports, inputs.passed_over.len(), &self.packs)?;
        let progress = progress(inputs.files.len(), args.quiet);
        let jobs: Vec<Job<'_>> = self.jobs(&inputs, settings).collect();
        let mut used = Vec::with_capacity(jobs.len());
        for batch in jobs.chunks(BATCH) {
            for checked in self.batch(batch) {
                used.push(checked.as_ref().ok().map(|file| file.used.clone()));
                match checked {
                    Ok(file) => progress.suspend(|| {
                        fixed += file.fixed;
                        fails |= file.fails(self.mending);
                        streams.texts.write_all(&file.text)?;
                        file.letters.into_iter().try_for_each(|letter| {
                            say_encoding(&letter);
                            outputs.letter(&mut streams.reports, letter.rendered)
                        })
                    })?,
                    Err(error) => {
                        trouble = true;
                        if let Trouble::Open(error) = &error {
                            outputs.unreadable(error);
                        }
                        progress.suspend(|| error.print(&mut io::stderr().lock()));
                    }
                }
                progress.inc(1);
            }
        }
        progress.finish_and_clear();
        if self.mending.is_none_or(|mending| mending.mode == Mode::Write) {
            for (report, settings) in self.lists.remarks(&used, settings) {
                let checked = self.checked(report, settings, true);
                fails |= checked.fails;
                outputs.letter(&mut streams.reports, checked.rendered)?;
            }
        }
        outputs.end(&mut streams.reports, &self.packs)?;
        if let Some(Mending { mode: Mode::Write, .. }) = self.mending
            && !args.quiet
        {
            say_fixed(fixed);
        }
        Ok(match (trouble, fails) {
            (true, _) => Outcome::Trouble,
            (false, true) => Outcome::Findings,
            (false, false) => Outcome::Clean,
        })
    }

    fn jobs<'a>(&'a self, inputs: &'a Inputs, settings: &'a [Arc<Settings>]) -> impl Iterator<Item = Job<'a>> {
        let (lists, file_type) = (&self.lists, self.file_type);
        let files = inputs.files.iter().zip(settings).enumerate();
        files.map(move |(number, (input, settings))| Job { number, input, settings, lists, file_type })
    }

    /// Checks a few files on all cores; the outcome is in the order of the inputs.
    fn batch(&self, jobs: &[Job<'_>]) -> Vec<Result<CheckedFile, Trouble>> {
        match jobs {
            // Starting threads takes longer than one letter does.
            [job] => vec![self.file(job)],
            jobs => jobs.par_iter().map(|job| self.file(job)).collect(),
        }
    }

    /// Mends a file if that is asked, and checks each letter of it.
    fn file(&self, job: &Job<'_>) -> Result<CheckedFile, Trouble> {
        let file = job.input.read().map_err(OpenError::from)?;
        let Some(mending) = self.mending else { return Ok(self.letters(file, job)?) };
        let mended = fix::mend(file.clone(), mending.grade, |file| {
            let mut reports = Vec::new();
            job.judge(file, |report, _| reports.push(report))?;
            Ok(reports)
        })?;
        let fixed = mended.rules.len();
        if mending.mode == Mode::Diff {
            let text = super::fix::diff(file, mended).into_bytes();
            return Ok(CheckedFile { fixed, text, ..CheckedFile::default() });
        }
        super::fix::write(job.input, &file, &mended)?;
        let text = if matches!(job.input, Input::Stdin(_)) { mended.bytes.clone() } else { Vec::new() };
        let checked = self.letters(RawFile { bytes: mended.bytes, ..file }, job)?;
        Ok(CheckedFile { fixed, text, ..checked })
    }

    fn letters(&self, file: RawFile, job: &Job<'_>) -> Result<CheckedFile, OpenError> {
        let mut letters = Vec::new();
        let used = job.judge(file, |report, several| {
            letters.push(self.checked(report, job.settings, self.several || several));
        })?;
        Ok(CheckedFile { letters, used, ..CheckedFile::default() })
    }

    fn checked(&self, mut report: Report, settings: &Settings, several: bool) -> Checked {
        let fails = report.findings().iter().any(|finding| settings.fail_on.fails(finding.level));
        let (own, run) = (&settings.advisors, &self.packs);
        // The title of a letter, a mail's subject for example, is as private as the rest of it.
        let title = report.letter.within.as_mut().and_then(|within| within.title.take());
        let render = |style: &Style| {
            if let Some(within) = &mut report.letter.within {
                within.title = title.clone().filter(|_| style.shows_words());
            }
            report::render(&report, own, run, style, several).renumbered(&settings.packs)
        };
        let rendered = self.styles.iter().map(render).collect();
        let source = &report.letter.source;
        let assumed = source.encoding().is_assumed().then(|| source.name().to_owned());
        Checked { rendered, fails, assumed }
    }
}

/// What is kept of a file until it is its turn to be shown.
#[derive(Default)]
struct CheckedFile {
    letters: Vec<Checked>,
    /// How many findings were mended, or would be.
    fixed: usize,
    /// The mended text of standard input, or a patch.
    text: Vec<u8>,
    /// The numbers of the entries that accept something in it.
    used: BTreeSet<usize>,
}

impl CheckedFile {
    /// Whether something was found that makes the run fail; of a patch, that there is one.
    fn fails(&self, mending: Option<Mending>) -> bool {
        let is_patch = mending.is_some_and(|mending| mending.mode == Mode::Diff) && !self.text.is_empty();
        is_patch || self.letters.iter().any(|letter| letter.fails)
    }
}

/// What is kept of a letter until it is its turn to be shown.
struct Checked {
    /// Once for each report of the run.
    rendered: Vec<Rendered>,
    /// Whether something was found that makes the run fail.
    fails: bool,
    /// The name of a file whose encoding was guessed.
    assumed: Option<String>,
}

/// A letter that was not in UTF-8 may show wrong characters, so its reader must know.
fn say_encoding(checked: &Checked) {
    if let Some(name) = &checked.assumed {
        let name = report::clean(name);
        let _ = writeln!(io::stderr().lock(), "note: `{name}` is not UTF-8; it was read as Windows-1252");
    }
}

fn say_fixed(fixed: usize) {
    let what = if fixed == 1 { "finding was" } else { "findings were" };
    let _ = writeln!(io::stderr().lock(), "note: {fixed} {what} mended");
}

fn say_passed_over(path: &Path, why: PassedOver) {
    let name = report::clean(&path.display().to_string()).into_owned();
    let why = match why {
        PassedOver::NoFormat => "its name tells no format that demur reads",
        PassedOver::NotIncluded => "its configuration does not include it",
        PassedOver::Excluded => "its configuration excludes it",
    };
    let _ = writeln!(io::stderr().lock(), "note: `{name}` was passed over: {why}");
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
