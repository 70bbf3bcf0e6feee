//! `demur config`.

use super::Outcome;
use super::args::{EvalFormat, FormatArg, SettingsArgs};
use super::check::human_style;
use super::discover::Discovery;
use super::packs::DEFAULT_PACK;
use super::settings::{Preparation, Settings};
use super::trouble::Trouble;
use clap::ValueEnum;
use demur::config::{self, ConfigFile, FailOn, RuleLevel, Settled, Sourced};
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
    value: String,
    from: String,
}

fn human(out: &mut impl Write, shown: &Shown) -> Result<(), Trouble> {
    let files = match shown.files.as_slice() {
        [] => "no configuration".to_owned(),
        [file] => file.clone(),
        [file, bases @ ..] => format!("{file}, which extends {}", bases.join(", ")),
    };
    writeln!(out, "{}: {}", clean(&shown.path), clean(&files))?;
    let width = |of: fn(&Row) -> &str| shown.values.iter().map(|row| clean(of(row)).chars().count()).max().unwrap_or(0);
    let (keys, values) = (width(|row| &row.key), width(|row| &row.value));
    for row in &shown.values {
        writeln!(out, "  {:<keys$}  {:<values$}  {}", clean(&row.key), clean(&row.value), clean(&row.from))?;
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
        let mut rows = Vec::new();
        self.packs(&mut rows);
        let kind = judge.kind.clone();
        rows.push(self.row("kind", kind, "--kind", &settled.kind, "recognized"));
        let template = judge.template.map(|template| template.to_string());
        rows.push(self.row("template", template, "--template", &settled.template, "false"));
        let day = judge.received_on.clone();
        let received_on = settled.received_on.as_ref().map(|day| Sourced {
            value: day_text(&day.value),
            file: day.file,
            span: day.span,
        });
        rows.push(self.row("received-on", day, "--received-on", &received_on, "not told"));
        rows.push(self.row("format", None, "", &settled.format, "told by the name"));
        let fail_on = judge.fail_on.map(|level| FailOn::from(level).to_string());
        rows.push(self.row("fail-on", fail_on, "--fail-on", &settled.fail_on, FailOn::Warning.name()));
        let human = FormatArg::Human.to_possible_value();
        let human = human.as_ref().map_or("", |format| format.get_name());
        rows.push(self.row("output-format", None, "", &settled.output_format, human));
        self.globs("include", &settled.include, "by the name", &mut rows);
        self.globs("exclude", &settled.exclude, "nothing", &mut rows);
        self.rules(&mut rows);
        rows
    }

    fn row<T: ToString>(
        &self,
        key: &str,
        flag: Option<String>,
        name: &str,
        written: &Option<Sourced<T>>,
        default: &str,
    ) -> Row {
        let (value, from) = match (flag, written) {
            (Some(value), _) => (value, name.to_owned()),
            (None, Some(written)) => (written.value.to_string(), self.place(written)),
            (None, None) => (default.to_owned(), DEFAULT.to_owned()),
        };
        Row { key: key.to_owned(), value, from }
    }

    fn packs(&self, rows: &mut Vec<Row>) {
        let flagged = !self.args.judge.packs.packs.is_empty();
        for (number, name) in self.names.iter().enumerate() {
            let written = self.settled.packs.as_ref().and_then(|packs| packs.get(number));
            let from = match written {
                _ if flagged => "--pack".to_owned(),
                Some(written) => self.place(written),
                None => DEFAULT.to_owned(),
            };
            rows.push(Row { key: "packs".to_owned(), value: name.clone(), from });
        }
        debug_assert!(!rows.is_empty(), "there is always {DEFAULT_PACK}");
    }

    fn globs(&self, key: &str, globs: &Option<Vec<Sourced<String>>>, default: &str, rows: &mut Vec<Row>) {
        match globs {
            None => rows.push(Row { key: key.to_owned(), value: default.to_owned(), from: DEFAULT.to_owned() }),
            Some(globs) => rows.extend(globs.iter().map(|glob| Row {
                key: key.to_owned(),
                value: glob.value.clone(),
                from: self.place(glob),
            })),
        }
    }

    /// Each rule and its level, and each limit that is not the pack's.
    fn rules(&self, rows: &mut Vec<Row>) {
        let judge = &self.args.judge;
        for advisor in &self.settings.advisors {
            for rule in &advisor.pack.rules {
                let written = self.settled.rules.get(&rule.id);
                let asked = self.settings.asks(&rule.id);
                let level = if asked { RuleLevel::At(rule.level) } else { RuleLevel::Off };
                let from = match written {
                    _ if judge.ignore.contains(&rule.id) => "--ignore".to_owned(),
                    _ if !judge.only.is_empty() && !asked => "--only".to_owned(),
                    Some(written) if written.value == level => self.place(written),
                    _ if !judge.only.is_empty() => "--only".to_owned(),
                    _ => format!("pack {}", advisor.pack.name),
                };
                rows.push(Row { key: format!("rules.{}", rule.id), value: level.to_string(), from });
            }
            let limits = self.settled.limits.iter().filter(|(rule, _)| advisor.pack.find_rule(rule).is_some());
            rows.extend(limits.map(|(rule, limit)| Row {
                key: format!("limits.{rule}"),
                value: limit.value.to_string(),
                from: self.place(limit),
            }));
        }
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
