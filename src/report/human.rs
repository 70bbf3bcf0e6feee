//! Snippets as compilers show them, and after a letter the advice as a checklist.

use super::clean::{clean, clean_in_place};
use super::excerpt::Excerpt;
use super::words::{count, neither, wrap};
use super::{Style, Tally};
use crate::check::{Advisor, Report};
use crate::diagnostic::{Diagnostic, Edit, Level};
use crate::judge::{Judgement, Outcome};
use crate::pack::{Pack, Rule, Step};
use crate::source::Source;
use crate::span::{Decoded, Span};
use annotate_snippets::renderer::{AnsiColor, DEFAULT_ERROR_STYLE, DEFAULT_WARNING_STYLE, Effects};
use annotate_snippets::{Annotation, AnnotationKind, Group, Origin, Patch, Renderer, Snippet};
use std::collections::HashSet;
use std::io::{self, Write};

/// Columns that line numbers and the bar beside them take.
const GUTTER: usize = 6;
/// Lines of a change that is drawn into the text; a longer one is only told.
const MAX_PATCH_LINES: usize = 8;

type Ink = annotate_snippets::renderer::Style;
const MET: Ink = AnsiColor::Green.on_default();
const NOTE: Ink = AnsiColor::BrightCyan.on_default().effects(Effects::BOLD);
const HELP: Ink = AnsiColor::BrightGreen.on_default().effects(Effects::BOLD);
const BOLD: Ink = Ink::new().effects(Effects::BOLD);

/// Shows the findings of a letter, and unless it is one of `several` its checklist.
pub fn letter(out: &mut impl Write, report: &Report, advisors: &[Advisor], style: &Style, several: bool) -> io::Result<()> {
    let mut told = HashSet::new();
    let mut page = Page { source: &report.letter.source, style };
    for finding in report.findings() {
        let behind = advisors.iter().enumerate().find_map(|(pack, advisor)| {
            let judged = report.judgements.get(pack)?;
            // The finding itself tells its pack: rules of two packs may share a name.
            judged.findings.iter().any(|of_pack| std::ptr::eq(of_pack, finding)).then_some(())?;
            let rule = advisor.pack.find_rule(&finding.rule)?;
            Some((pack, rule.step, advisor.pack.steps.get(rule.step)?))
        });
        let note = behind.map(|(pack, number, step)| step_note(step, finding, told.insert((pack, number))));
        let notes = note.map_or_else(|| finding.notes.clone(), |note| vec![note]);
        page.finding(out, finding, &notes)?;
    }
    if several || style.quiet {
        return Ok(());
    }
    for (judgement, advisor) in report.judgements.iter().zip(advisors) {
        checklist(out, report.letter.source.name(), judgement, advisor, advisors.len() > 1, style)?;
    }
    Ok(())
}

/// Shows mistakes in a file of YAML, e.g. a pack: `name` is what it is called, `yaml` its whole text.
pub fn mistakes(
    out: &mut impl Write,
    name: &str,
    yaml: &str,
    found: &[Diagnostic],
    style: &Style,
) -> io::Result<()> {
    let source = Source::from_text(name, yaml);
    let mut page = Page { source: &source, style };
    found.iter().try_for_each(|mistake| page.finding(out, mistake, &mistake.notes))
}

/// Closes a run over several letters.
pub fn summary(out: &mut impl Write, tally: &Tally, advisors: &[Advisor], style: &Style) -> io::Result<()> {
    let ink = Inks { color: style.color };
    let files = count(tally.letters, "letter");
    let mut passed = Vec::new();
    if tally.unreadable > 0 {
        passed.push(format!("{} could not be read", count(tally.unreadable, "file")));
    }
    if tally.passed_over > 0 {
        passed.push(format!("{} passed over", count(tally.passed_over, "other file")));
    }
    let passed = if passed.is_empty() { String::new() } else { format!(" ({})", passed.join(", ")) };
    writeln!(out, "{}{passed}", ink.paint(BOLD, &format!("checked {files}")))?;
    for (number, advisor) in advisors.iter().enumerate() {
        kinds(out, tally, number, &advisor.pack)?;
    }
    findings(out, tally, &ink)
}

/// How many letters are of each kind.
fn kinds(out: &mut impl Write, tally: &Tally, number: usize, pack: &Pack) -> io::Result<()> {
    for (id, kind) in pack.kinds.iter().enumerate() {
        let letters = tally.of_kind(number, Some(id));
        if letters > 0 {
            writeln!(out, "{letters:>6}  {}", clean(&kind.title))?;
        }
    }
    let others = tally.of_kind(number, None);
    if others > 0 {
        let why = neither(pack);
        let why = if why.is_empty() { String::new() } else { format!(": {why}") };
        writeln!(out, "{others:>6}  not judged by `{}`{why}", clean(&pack.name))?;
    }
    Ok(())
}

/// How many findings there are of each level and of each rule.
fn findings(out: &mut impl Write, tally: &Tally, ink: &Inks) -> io::Result<()> {
    if tally.findings() == 0 {
        return writeln!(out, "{}", ink.paint(MET, "nothing found"));
    }
    let levels = Level::ALL.iter().filter(|level| tally.at(**level) > 0);
    let levels: Vec<String> = levels.map(|level| ink.paint(of_level(*level), &count(tally.at(*level), level.name()))).collect();
    let letters = count(tally.letters_with_findings, "letter");
    let title = ink.paint(BOLD, &format!("{} in {letters}", count(tally.findings(), "finding")));
    writeln!(out, "{title}: {}", levels.join(", "))?;
    for (rule, level, times) in tally.broken() {
        writeln!(out, "{times:>6}  {}", ink.paint(of_level(level), &clean(rule)))?;
    }
    Ok(())
}

/// The advice behind a finding. It is told in full once a letter: the step is the same for many findings.
fn step_note(step: &Step, finding: &Diagnostic, is_first: bool) -> String {
    let title = match step.number {
        0 => step.title.clone(),
        number => format!("step {number}, {}", step.title),
    };
    if is_first { format!("{title}: {}", finding.notes.join(" ")) } else { title }
}

/// What findings are shown on.
struct Page<'a> {
    source: &'a Source,
    style: &'a Style,
}

impl Page<'_> {
    fn finding(&mut self, out: &mut impl Write, finding: &Diagnostic, notes: &[String]) -> io::Result<()> {
        let place = self.source.position(finding.span().start());
        let excerpt = Excerpt::new(self.source, &finding.labels, self.room());
        let origin = Origin::path(clean(self.source.name())).line(place.line).char_column(place.column);
        let mut groups = vec![
            self.title(finding).element(origin).element(self.snippet(&excerpt, finding)).elements(
                notes.iter().map(|note| annotate_snippets::Level::NOTE.message(wrap(&clean(note), self.room() - 4))),
            ),
        ];
        self.add_help(finding, &mut groups);
        writeln!(out, "{}\n", self.renderer().render(&groups))
    }

    fn title(&self, finding: &Diagnostic) -> Group<'static> {
        let level = match finding.level {
            Level::Error => annotate_snippets::Level::ERROR,
            Level::Warning => annotate_snippets::Level::WARNING,
            Level::Note => annotate_snippets::Level::NOTE,
        };
        let title = level.primary_title(clean(&finding.message).into_owned());
        Group::with_title(title.id(clean(&finding.rule).into_owned()))
    }

    fn snippet(&self, excerpt: &Excerpt, finding: &Diagnostic) -> Snippet<'static, Annotation<'static>> {
        let annotations = finding.labels.iter().enumerate().flat_map(|(number, label)| {
            let kind = || if number == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            let pieces = excerpt.find(self.source, label.span);
            let last = pieces.len().saturating_sub(1);
            let text = clean(&label.text).into_owned();
            // A passage of several rows says only once what it says.
            pieces.into_iter().enumerate().map(move |(at, piece)| {
                kind().span(piece).label((at == last && !text.is_empty()).then(|| text.clone()))
            })
        });
        let snippet = Snippet::source(excerpt.text.clone()).annotations(annotations);
        match excerpt.first_line {
            Some(line) => snippet.line_start(line),
            None => snippet.line_numbering(false),
        }
    }

    fn add_help(&self, finding: &Diagnostic, groups: &mut Vec<Group<'_>>) {
        let help = finding.help.as_deref().map(|help| clean(help).into_owned());
        if let Some(patch) = self.patch(&finding.edits) {
            let title = annotate_snippets::Level::HELP.secondary_title(help.unwrap_or_else(|| "change it".to_owned()));
            groups.push(Group::with_title(title).element(patch));
            return;
        }
        let told = help.into_iter().chain(finding.edits.iter().map(tell)).collect::<Vec<_>>().join(": ");
        if let (false, Some(group)) = (told.is_empty(), groups.pop()) {
            groups.push(group.element(annotate_snippets::Level::HELP.message(wrap(&told, self.room() - 4))));
        }
    }

    /// The edits drawn into the lines that they change; `None` where these are too long to be shown once more.
    fn patch(&self, edits: &[Edit]) -> Option<Snippet<'static, Patch<'static>>> {
        let hull = edits.iter().map(|edit| edit.span).reduce(Span::hull)?;
        let first = self.source.position(hull.start()).line;
        let last = self.source.position(hull.end()).line;
        let lines = self.source.line_span(first)?.hull(self.source.line_span(last)?);
        let text = &self.source.text()[lines.range()];
        let added: usize = edits.iter().map(|edit| longest_line(&edit.text)).sum();
        if last - first >= MAX_PATCH_LINES || longest_line(text) + added > self.room() {
            return None;
        }
        let patches = edits.iter().map(|edit| patch(edit, lines.start()));
        Some(Snippet::source(clean_lines(text)).line_start(first).patches(patches))
    }

    fn room(&self) -> usize {
        self.style.width.max(40) - GUTTER
    }

    fn renderer(&self) -> Renderer {
        let renderer = if self.style.color { Renderer::styled().note(NOTE).help(HELP) } else { Renderer::plain() };
        // Rows are broken already; cutting them would hide the passage.
        renderer.term_width(usize::from(u16::MAX))
    }
}

fn longest_line(text: &str) -> usize {
    text.split(['\n', '\r']).map(|line| line.chars().count()).max().unwrap_or(0)
}

fn patch(edit: &Edit, from: usize) -> Patch<'static> {
    let span: Span<Decoded> = edit.span;
    Patch::new(span.start() - from..span.end() - from, clean_lines(&edit.text))
}

/// Cleans all but the line ends, and keeps lengths.
fn clean_lines(text: &str) -> String {
    let text = text.replace("\r\n", " \n").replace('\r', "\n");
    text.split('\n').map(clean_in_place).collect::<Vec<_>>().join("\n")
}

/// An edit in words.
fn tell(edit: &Edit) -> String {
    match clean(&edit.text).trim() {
        "" => "leave it out".to_owned(),
        text => format!("`{text}`"),
    }
}

/// The advice step by step, and how far the letter follows it.
fn checklist(
    out: &mut impl Write,
    name: &str,
    judgement: &Judgement,
    advisor: &Advisor,
    names_pack: bool,
    style: &Style,
) -> io::Result<()> {
    let pack = &advisor.pack;
    let asked: Vec<(&Rule, Outcome)> =
        pack.rules.iter().zip(judgement.outcomes.iter().copied()).filter(|(_, how)| *how != Outcome::NotAsked).collect();
    let ink = Inks { color: style.color };
    writeln!(out, "{}: {}", ink.paint(BOLD, &clean(name)), verdict(pack, judgement, &asked, names_pack))?;
    let column = pack.steps.iter().map(|step| clean(&step.title).chars().count()).max().unwrap_or(0);
    for (number, step) in pack.steps.iter().enumerate() {
        let rules: Vec<String> =
            asked.iter().filter(|(rule, _)| rule.step == number).map(|(rule, how)| mark(rule, *how, &ink)).collect();
        if !rules.is_empty() {
            let shown = if step.number == 0 { " ".to_owned() } else { step.number.to_string() };
            let dot = if step.number == 0 { ' ' } else { '.' };
            writeln!(out, "{shown:>3}{dot} {:<column$}  {}", clean(&step.title), rules.join("  "))?;
        }
    }
    Ok(())
}

/// What kind of letter it is and how many rules it does not keep.
fn verdict(pack: &Pack, judgement: &Judgement, asked: &[(&Rule, Outcome)], names_pack: bool) -> String {
    let name = clean(&pack.name);
    let Some(kind) = judgement.kind.and_then(|kind| pack.kinds.get(kind)) else {
        let why = neither(pack);
        let why = if why.is_empty() { String::new() } else { format!(" ({why})") };
        return format!("not a letter that `{name}` judges{why}, so nothing is asked of it");
    };
    let by = if names_pack { format!(" by `{name}`") } else { String::new() };
    let title = clean(&kind.title);
    let unmet = asked.iter().filter(|(_, how)| *how == Outcome::Unmet).count();
    match (asked.len(), unmet) {
        (0, _) => format!("{title}, of which `{name}` asks nothing"),
        (1, 0) => format!("{title}, the 1 rule{by} followed"),
        (all, 0) => format!("{title}, all {all} rules{by} followed"),
        (all, unmet) => format!("{title}, {unmet} of {}{by} not yet followed", count(all, "rule")),
    }
}

fn mark(rule: &Rule, how: Outcome, ink: &Inks) -> String {
    match how {
        Outcome::Met => ink.paint(MET, &format!("✓ {}", clean(&rule.id))),
        Outcome::Unmet => ink.paint(of_level(rule.level), &format!("✗ {}", clean(&rule.id))),
        Outcome::NotAsked => String::new(),
    }
}

fn of_level(level: Level) -> Ink {
    match level {
        Level::Error => DEFAULT_ERROR_STYLE,
        Level::Warning => DEFAULT_WARNING_STYLE,
        Level::Note => NOTE,
    }
}

/// Paints, or does not.
struct Inks {
    color: bool,
}

impl Inks {
    fn paint(&self, ink: Ink, text: &str) -> String {
        if self.color { format!("{ink}{text}{ink:#}") } else { text.to_owned() }
    }
}
