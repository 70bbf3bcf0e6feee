//! `demur config`.

use super::Outcome;
use super::args::{EvalFormat, SettingsArgs};
use super::check::human_style;
use super::discover::Discovery;
use super::settings::{Preparation, Settings};
use super::trouble::Trouble;
use demur::config::{self, ConfigFile, FailOn, RuleLevel, Settled, Sourced};
use demur::pack::Rule;
use demur::report::clean;
use demur::source::Source;
use serde::Serialize;
use std::io::Write;
use std::path::Path;

pub fn run(args: &SettingsArgs, out: &mut impl Write) -> Result<Outcome, Trouble> {
    let style = human_style(args.color.color);
    let mut preparation = Preparation::new(&args.judge, Discovery::new(&args.judge.config)?, style)?;
    let path = args.path.as_deref().unwrap_or(Path::new("."));
    let (chain, applying) = match path.is_dir() {
        true => (preparation.discovery.of_folder(path), Vec::new()),
        false => {
            let (chain, real) = preparation.discovery.of_file(path);
            (chain, config::applying(preparation.files(chain), &real))
        }
    };
    let settings = preparation.make((chain, applying.clone()))?;
    preparation.finish()?;
    let files = preparation.files(chain);
    let settled = config::settle(files, &applying);
    let names = preparation.pack_names(chain, &settled);
    let page = Page { args, files, settled: &settled, settings: &settings, names: &names };
    let shown = Shown {
        path: path.display().to_string(),
        files: files.iter().rev().map(|file| file.name.clone()).collect(),
        values: page.values(),
    };
    match args.output_format {
        EvalFormat::Human => human(out, &shown)?,
        EvalFormat::Json => {
            let json = serde_json::to_string_pretty(&shown).map_err(std::io::Error::from)?;
            writeln!(out, "{json}")?;
        }
    }
    Ok(Outcome::Clean)
}

/// What is shown.
#[derive(Serialize)]
struct Shown {
    path: String,
    /// The configuration, and those that it builds on.
    files: Vec<String>,
    values: Vec<Row>,
}

/// A value and where it comes from.
#[derive(Serialize)]
struct Row {
    key: String,
    /// `None` where nothing is said.
    value: Option<String>,
    from: String,
    /// What that means, for people.
    #[serde(skip)]
    unsaid: &'static str,
}

impl Row {
    fn new(key: impl Into<String>, value: impl ToString, from: impl Into<String>) -> Row {
        Row { key: key.into(), value: Some(value.to_string()), from: from.into(), unsaid: "" }
    }

    fn unsaid(key: &str, unsaid: &'static str) -> Row {
        Row { key: key.to_owned(), value: None, from: DEFAULT.to_owned(), unsaid }
    }

    fn shown(&self) -> &str {
        self.value.as_deref().unwrap_or(self.unsaid)
    }
}

fn human(out: &mut impl Write, shown: &Shown) -> Result<(), Trouble> {
    let files = match shown.files.as_slice() {
        [] => "no configuration".to_owned(),
        [file] => file.clone(),
        [file, bases @ ..] => format!("{file}, which extends {}", bases.join(", ")),
    };
    writeln!(out, "{}: {}", clean(&shown.path), clean(&files))?;
    let width = |of: fn(&Row) -> &str| shown.values.iter().map(|row| clean(of(row)).chars().count()).max().unwrap_or(0);
    let (keys, values) = (width(|row| &row.key), width(Row::shown));
    for row in &shown.values {
        writeln!(out, "  {:<keys$}  {:<values$}  {}", clean(&row.key), clean(row.shown()), clean(&row.from))?;
    }
    Ok(())
}

struct Page<'a> {
    args: &'a SettingsArgs,
    files: &'a [ConfigFile],
    settled: &'a Settled,
    settings: &'a Settings,
    names: &'a [String],
}

const DEFAULT: &str = "default";

impl Page<'_> {
    fn values(&self) -> Vec<Row> {
        let judge = &self.args.judge;
        let settled = self.settled;
        let mut rows = self.packs();
        let kind = self.row("kind", judge.kind.clone(), "--kind", &settled.kind);
        rows.push(kind.unwrap_or_else(|| Row::unsaid("kind", "recognized")));
        let template = judge.template.map(|template| template.to_string());
        let template = self.row("template", template, "--template", &settled.template);
        rows.push(template.unwrap_or_else(|| Row::unsaid("template", "told by the name")));
        let day = settled.received_on.as_ref();
        let day = day.map(|day| Sourced { value: day_text(&day.value), file: day.file, span: day.span });
        let day = self.row("received-on", judge.received_on.clone(), "--received-on", &day);
        rows.push(day.unwrap_or_else(|| Row::unsaid("received-on", "not told")));
        let format = self.row("format", None, "", &settled.format);
        rows.push(format.unwrap_or_else(|| Row::unsaid("format", "told by the name")));
        let fail_on = judge.fail_on.map(|level| FailOn::from(level).to_string());
        let fail_on = self.row("fail-on", fail_on, "--fail-on", &settled.fail_on);
        rows.push(fail_on.unwrap_or_else(|| Row::new("fail-on", FailOn::Warning, DEFAULT)));
        let output_format = self.row("output-format", None, "", &settled.output_format);
        rows.push(output_format.unwrap_or_else(|| Row::new("output-format", "human", DEFAULT)));
        let accepted = judge.accepted.accepted.as_ref().map(|path| path.display().to_string());
        rows.push(match judge.accepted.no_accepted {
            true => Row { from: "--no-accepted".to_owned(), ..Row::unsaid("accepted", "nothing") },
            false => {
                let row = self.row("accepted", accepted, "--accepted", &settled.accepted);
                row.unwrap_or_else(|| Row::unsaid("accepted", "the nearest file"))
            }
        });
        rows.extend(self.globs("include", &settled.include, "told by the name"));
        rows.extend(self.globs("exclude", &settled.exclude, "nothing"));
        rows.extend(self.rules());
        rows
    }

    /// A value that a flag or a file gives.
    fn row<T: ToString>(
        &self,
        key: &str,
        flag: Option<String>,
        name: &str,
        written: &Option<Sourced<T>>,
    ) -> Option<Row> {
        match (flag, written) {
            (Some(value), _) => Some(Row::new(key, value, name)),
            (None, Some(written)) => Some(Row::new(key, written.value.to_string(), self.place(written))),
            (None, None) => None,
        }
    }

    fn packs(&self) -> Vec<Row> {
        let flagged = !self.args.judge.packs.packs.is_empty();
        let written = |number| self.settled.packs.as_ref().and_then(|packs| packs.get(number));
        let row = |(number, name): (usize, &String)| {
            let from = match written(number) {
                _ if flagged => "--pack".to_owned(),
                Some(written) => self.place(written),
                None => DEFAULT.to_owned(),
            };
            Row::new("packs", name, from)
        };
        self.names.iter().enumerate().map(row).collect()
    }

    fn globs(&self, key: &str, globs: &Option<Vec<Sourced<String>>>, unsaid: &'static str) -> Vec<Row> {
        match globs {
            None => vec![Row::unsaid(key, unsaid)],
            Some(globs) => globs.iter().map(|glob| Row::new(key, &glob.value, self.place(glob))).collect(),
        }
    }

    /// Each rule and its level, and each limit that is not the pack's.
    fn rules(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for advisor in &self.settings.advisors {
            let pack = &advisor.pack;
            rows.extend(pack.rules.iter().map(|rule| self.rule(rule, &pack.name)));
            let limits = self.settled.limits.iter().filter(|(rule, _)| pack.find_rule(rule).is_some());
            rows.extend(limits.map(|(rule, limit)| Row::new(format!("limits.{rule}"), limit.value, self.place(limit))));
        }
        rows
    }

    fn rule(&self, rule: &Rule, pack: &str) -> Row {
        let judge = &self.args.judge;
        let written = self.settled.rules.get(&rule.id);
        let asked = self.settings.asks(&rule.id);
        let level = if asked { RuleLevel::At(rule.level) } else { RuleLevel::Off };
        let from = match written {
            _ if judge.ignore.contains(&rule.id) => "--ignore".to_owned(),
            _ if !judge.only.is_empty() && !asked => "--only".to_owned(),
            Some(written) if written.value == level => self.place(written),
            _ if !judge.only.is_empty() => "--only".to_owned(),
            _ => format!("pack {pack}"),
        };
        Row::new(format!("rules.{}", rule.id), level, from)
    }

    /// `file:line:column`, as compilers write it.
    fn place<T>(&self, written: &Sourced<T>) -> String {
        let Some(file) = self.files.get(written.file) else { return String::new() };
        let position = Source::from_text(file.name.as_str(), file.yaml.as_str()).position(written.span.start());
        format!("{}:{}:{}", file.name, position.line, position.column)
    }
}

fn day_text(day: &demur::message::Date) -> String {
    let year = day.year.map_or(String::new(), |year| format!("{year:04}-"));
    format!("{year}{:02}-{:02}", day.month, day.day)
}
