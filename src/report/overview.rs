//! How far a letter follows the advice, and how far all letters of a run do.

use super::clean::clean;
use super::words::{count, neither};
use super::{Style, Tally};
use crate::check::Advisor;
use crate::diagnostic::Level;
use crate::document::Letter;
use crate::judge::{Judgement, Outcome};
use crate::pack::{Pack, Rule};
use annotate_snippets::renderer::{AnsiColor, DEFAULT_ERROR_STYLE, DEFAULT_WARNING_STYLE, Effects};
use std::io::{self, Write};

/// Colours and the like, as escape sequences.
pub type Ink = annotate_snippets::renderer::Style;
/// Of notes. The renderer's own is the green of what is met.
pub const NOTE: Ink = AnsiColor::BrightCyan.on_default().effects(Effects::BOLD);
const MET: Ink = AnsiColor::Green.on_default();
const BOLD: Ink = Ink::new().effects(Effects::BOLD);

/// The advice step by step, and how far the letter follows it.
pub fn checklist(
    out: &mut impl Write,
    name: &str,
    judgement: &Judgement,
    advisor: &Advisor,
    names_pack: bool,
    style: &Style,
) -> io::Result<()> {
    let pack = &advisor.pack;
    let asked: Vec<(&Rule, Outcome)> = pack
        .rules
        .iter()
        .zip(judgement.outcomes.iter().copied())
        .filter(|(_, how)| *how != Outcome::NotAsked)
        .collect();
    let ink = Inks { color: style.color };
    writeln!(out, "{}: {}", ink.paint(BOLD, &clean(name)), verdict(pack, judgement, &asked, names_pack))?;
    let column = pack.steps.iter().map(|step| clean(&step.title).chars().count()).max().unwrap_or(0);
    let indent = column + "  1.   ".len();
    for (number, step) in pack.steps.iter().enumerate() {
        let rules = asked.iter().filter(|(rule, _)| rule.step == number);
        let marks = rows(rules, style.width.saturating_sub(indent), &ink);
        if !marks.is_empty() {
            let shown = if step.number == 0 { String::new() } else { format!("{}.", step.number) };
            let marks = marks.join(&format!("\n{:indent$}", ""));
            writeln!(out, "{shown:>4} {:<column$}  {marks}", clean(&step.title))?;
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
    let accepted = asked.iter().filter(|(_, how)| *how == Outcome::Accepted).count();
    match (asked.len(), unmet) {
        (all, 0) if accepted > 0 => {
            format!("{title}, {}{by} followed, {accepted} accepted", count(all - accepted, "rule"))
        }
        (all, unmet) if accepted > 0 => {
            format!("{title}, {unmet} of {}{by} not yet followed, {accepted} accepted", count(all, "rule"))
        }
        (0, _) => format!("{title}, of which `{name}` asks nothing"),
        (1, 0) => format!("{title}, the 1 rule{by} followed"),
        (all, 0) => format!("{title}, all {all} rules{by} followed"),
        (all, unmet) => format!("{title}, {unmet} of {}{by} not yet followed", count(all, "rule")),
    }
}

/// Rules with a mark each, in rows of at most `width` columns.
fn rows<'a>(rules: impl Iterator<Item = &'a (&'a Rule, Outcome)>, width: usize, ink: &Inks) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    let mut used = 0;
    for (rule, how) in rules {
        let (sign, color) = match how {
            Outcome::Met => ('✓', MET),
            Outcome::Accepted => ('~', MET),
            Outcome::Unmet | Outcome::NotAsked => ('✗', of_level(rule.level)),
        };
        let shown = format!("{sign} {}", clean(&rule.id));
        let len = shown.chars().count();
        let mark = ink.paint(color, &shown);
        match rows.last_mut().filter(|_| used + 2 + len <= width) {
            Some(row) => {
                row.push_str("  ");
                row.push_str(&mark);
                used += 2 + len;
            }
            None => {
                rows.push(mark);
                used = len;
            }
        }
    }
    rows
}

fn of_level(level: Level) -> Ink {
    match level {
        Level::Error => DEFAULT_ERROR_STYLE,
        Level::Warning => DEFAULT_WARNING_STYLE,
        Level::Note => NOTE,
    }
}

/// Names a letter above its findings, where its file holds more than it.
pub fn heading(out: &mut impl Write, letter: &Letter, style: &Style) -> io::Result<()> {
    let ink = Inks { color: style.color };
    writeln!(out, "{}\n", ink.paint(BOLD, &clean(&letter.name())))
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

/// Closes a run over several letters.
pub fn summary(out: &mut impl Write, tally: &Tally, advisors: &[Advisor], style: &Style) -> io::Result<()> {
    let ink = Inks { color: style.color };
    let letters = count(tally.letters, "letter");
    let checked =
        if tally.files == tally.letters { letters } else { format!("{letters} in {}", count(tally.files, "file")) };
    let mut passed = Vec::new();
    if tally.unreadable > 0 {
        passed.push(format!("{} could not be read", count(tally.unreadable, "file")));
    }
    if tally.passed_over > 0 {
        passed.push(format!("{} passed over", count(tally.passed_over, "other file")));
    }
    let passed = if passed.is_empty() { String::new() } else { format!(" ({})", passed.join(", ")) };
    writeln!(out, "{}{passed}", ink.paint(BOLD, &format!("checked {checked}")))?;
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
    let accepted = if tally.accepted == 0 { String::new() } else { format!(", {} accepted", tally.accepted) };
    if tally.findings() == 0 {
        let found = if tally.accepted == 0 { "nothing found" } else { "nothing else found" };
        return writeln!(out, "{}{accepted}", ink.paint(MET, found));
    }
    let levels = Level::ALL.iter().filter(|level| tally.at(**level) > 0);
    let levels: Vec<String> =
        levels.map(|level| ink.paint(of_level(*level), &count(tally.at(*level), level.name()))).collect();
    let letters = count(tally.letters_with_findings, "letter");
    let found = count(tally.findings(), "finding");
    // What is said of a file of accepted findings is in no letter.
    let found = if tally.letters_with_findings == 0 { found } else { format!("{found} in {letters}") };
    let title = ink.paint(BOLD, &found);
    writeln!(out, "{title}: {}{accepted}", levels.join(", "))?;
    let broken = tally.broken();
    let column = broken.iter().map(|(rule, ..)| clean(rule).chars().count()).max().unwrap_or(0);
    for (rule, level, times) in broken {
        writeln!(out, "{times:>6}  {:<column$}  {}", clean(rule), ink.paint(of_level(level), level.name()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Report;
    use crate::diagnostic::Diagnostic;
    use crate::report::OutputFormat;
    use crate::report::testing::*;

    const SHORT: &str = "Dear Ms Grey,\n\nI must decline the position.\n\nKind regards,\nA. Writer\n";

    fn human() -> Style {
        style(OutputFormat::Human)
    }

    #[track_caller]
    fn check(reports: &[Report], expected: &str) {
        let found = run(reports, human());
        assert_eq!(found, expected, "\n{found}");
    }

    #[test]
    fn a_letter_that_follows_the_advice_has_a_full_checklist() {
        check(
            &[report("offer.txt", SHORT, REFUSAL, Vec::new())],
            "offer.txt: a refusal, all 4 rules followed\n  1. Answer soon  ✓ offer-a-call\n  2. Apologize    ✓ apologize  \
             ✓ thank\n     Always       ✓ sign-it\n",
        );
    }

    #[test]
    fn of_another_letter_nothing_is_asked() {
        check(
            &[report("memo.txt", "Hello.", None, Vec::new())],
            "memo.txt: not a letter that `decline-offer` judges (neither a counter-offer nor a refusal), so nothing is \
             asked of it\n",
        );
    }

    #[test]
    fn several_letters_end_with_a_summary() {
        let bare = |finding: Diagnostic| report("a.txt", SHORT, REFUSAL, vec![finding]);
        let mut reporter = crate::report::Reporter::new(Style { quiet: false, ..human() }, true);
        let mut out = Vec::new();
        for _ in 0..2 {
            reporter.letter(&mut out, &bare(no_apology(SHORT, "position.")), &[advisor()]).unwrap();
        }
        reporter.letter(&mut out, &bare(finding(SHORT, "thank", "Dear", "")), &[advisor()]).unwrap();
        reporter.letter(&mut out, &report("b.txt", "Hello.", None, Vec::new()), &[advisor()]).unwrap();
        let error = crate::source::ReadError::Folder { name: "c".to_owned() }.into();
        reporter.unreadable(&error);
        reporter.passed_over(2);
        out.clear();
        reporter.end(&mut out, &[advisor()]).unwrap();
        let expected = "\
checked 4 letters (1 file could not be read, 2 other files passed over)
     3  a refusal
     1  not judged by `decline-offer`: neither a counter-offer nor a refusal
3 findings in 3 letters: 2 errors, 1 warning
     2  apologize  error
     1  thank      warning
";
        let found = String::from_utf8(out).unwrap();
        assert_eq!(found, expected, "\n{found}");
    }

    #[test]
    fn quiet_leaves_checklists_and_summaries_out() {
        let quiet = Style { quiet: true, ..human() };
        let clean = || report("a.txt", SHORT, REFUSAL, Vec::new());
        assert_eq!(run(&[clean()], quiet), "");
        assert_eq!(run(&[clean(), clean()], quiet), "");
        assert_eq!(run(&[clean(), clean()], human()), "checked 2 letters\n     2  a refusal\nnothing found\n");
    }

    #[test]
    fn a_long_checklist_is_broken_into_rows() {
        let advisor = advisor();
        let asked: Vec<(&Rule, Outcome)> = advisor.pack.rules.iter().map(|rule| (rule, Outcome::Met)).collect();
        let found = rows(asked.iter(), 30, &Inks { color: false });
        assert_eq!(found, ["✓ offer-a-call  ✓ apologize", "✓ thank  ✓ sign-it"]);
    }

    #[test]
    fn colours_tell_levels() {
        let painted = run(
            &[report("a.txt", SHORT, REFUSAL, vec![no_apology(SHORT, "position.")])],
            Style { color: true, ..human() },
        );
        assert!(painted.contains("\u{1b}[32m✓ thank\u{1b}[0m"), "{painted}");
        assert!(painted.contains("\u{1b}[1m\u{1b}[91m✗ apologize\u{1b}[0m"), "{painted}");
        assert!(!painted.contains(":::"), "{painted}");
    }
}
