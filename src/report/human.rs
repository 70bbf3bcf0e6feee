//! Snippets as compilers show them, and after a letter the advice as a checklist.

use super::Style;
use super::clean::{clean, clean_in_place};
use super::excerpt::{Excerpt, inside};
use super::overview::{Ink, NOTE, checklist, heading};
use super::words::wrap;
use crate::check::{Advisor, Report};
use crate::diagnostic::{Diagnostic, Edit, Level};
use crate::pack::Step;
use crate::source::{self, Source};
use crate::span::{Decoded, Span};
use annotate_snippets::renderer::{AnsiColor, Effects};
use annotate_snippets::{Annotation, AnnotationKind, Group, Origin, Patch, Renderer, Snippet};
use std::collections::HashSet;
use std::io::{self, Write};

/// Columns that line numbers and the bar beside them take.
const GUTTER: usize = 6;
/// Lines of a change that is drawn into the text; a longer one is only told.
const MAX_PATCH_LINES: usize = 8;

/// What a person must know who looks for a line of the report in an editor.
const EXTRACTED: &str = "lines count in the decoded text of the file, which cannot be edited in place";

const HELP: Ink = AnsiColor::BrightGreen.on_default().effects(Effects::BOLD);

/// Shows the findings of a letter, and unless it is one of `several` its checklist.
pub fn letter(
    out: &mut impl Write,
    report: &Report,
    advisors: &[Advisor],
    style: &Style,
    several: bool,
) -> io::Result<()> {
    let mut told = HashSet::new();
    let page = Page { source: &report.letter.source, style };
    let findings = report.findings();
    if report.letter.within.is_some() && !findings.is_empty() {
        heading(out, &report.letter, style)?;
    }
    for (at, finding) in findings.into_iter().enumerate() {
        let behind = advisors.iter().enumerate().find_map(|(pack, advisor)| {
            let judged = report.judgements.get(pack)?;
            // The finding itself tells its pack: rules of two packs may share a name.
            judged.findings.as_ptr_range().contains(&std::ptr::from_ref(finding)).then_some(())?;
            let rule = advisor.pack.find_rule(&finding.rule)?;
            Some((pack, rule.step, advisor.pack.steps.get(rule.step)?))
        });
        let note = behind.map(|(pack, number, step)| step_note(step, finding, told.insert((pack, number))));
        let mut notes = note.map_or_else(|| finding.notes.clone(), |note| vec![note]);
        if at == 0 && page.source.origin() == source::Origin::Extracted {
            notes.push(EXTRACTED.to_owned());
        }
        page.finding(out, finding, &notes)?;
    }
    if several || style.quiet {
        return Ok(());
    }
    let name = report.letter.name();
    for (judgement, advisor) in report.judgements.iter().zip(advisors) {
        checklist(out, &name, judgement, advisor, advisors.len() > 1, style)?;
    }
    Ok(())
}

/// Shows mistakes in a file of YAML, e.g. a pack: `name` is what it is called, `yaml` its whole text.
pub fn mistakes(out: &mut impl Write, name: &str, yaml: &str, found: &[Diagnostic], style: &Style) -> io::Result<()> {
    let source = Source::from_text(name, yaml);
    let page = Page { source: &source, style };
    found.iter().try_for_each(|mistake| page.finding(out, mistake, &mistake.notes))
}

/// The advice behind a finding. It is told in full once a letter: the step is the same for many findings.
fn step_note(step: &Step, finding: &Diagnostic, is_first: bool) -> String {
    let title = match step.number {
        0 => step.title.clone(),
        number => format!("step {number}, {}", step.title),
    };
    if is_first && !finding.notes.is_empty() { format!("{title}: {}", finding.notes.join(" ")) } else { title }
}

/// What findings are shown on.
struct Page<'a> {
    source: &'a Source,
    style: &'a Style,
}

impl Page<'_> {
    fn finding(&self, out: &mut impl Write, finding: &Diagnostic, notes: &[String]) -> io::Result<()> {
        let place = self.source.position(finding.span().start());
        let excerpt = Excerpt::new(self.source, &finding.labels, self.room());
        let origin = Origin::path(clean(self.source.name())).line(place.line).char_column(place.column);
        let mut groups = vec![self.title(finding).element(origin).element(self.snippet(&excerpt, finding)).elements(
            notes.iter().map(|note| annotate_snippets::Level::NOTE.message(wrap(&clean(note), self.room() - 4))),
        )];
        self.add_help(finding, &mut groups);
        writeln!(out, "{}\n", without_second_place(&self.renderer().render(&groups)))
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
            let kind = if number == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            let pieces = excerpt.find(self.source, label.span);
            let last = pieces.len().saturating_sub(1);
            let text = clean(&label.text).into_owned();
            // A passage of several rows says only once what it says.
            pieces
                .into_iter()
                .enumerate()
                .map(move |(at, piece)| kind.span(piece).label((at == last && !text.is_empty()).then(|| text.clone())))
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
        if told.is_empty() {
            return;
        }
        if let Some(group) = groups.pop() {
            groups.push(group.element(annotate_snippets::Level::HELP.message(wrap(&told, self.room() - 4))));
        }
    }

    /// The edits drawn into the lines that they change; `None` where these are too long to be shown once more.
    fn patch(&self, edits: &[Edit]) -> Option<Snippet<'static, Patch<'static>>> {
        let hull = edits.iter().map(|edit| edit.span).reduce(Span::hull)?;
        let first = self.source.position(hull.start()).line;
        let last = self.source.position(hull.end()).line;
        let lines = self.source.line_span(first)?.hull(self.source.line_span(last)?);
        // A character takes at most four bytes; the length is known at once, however long the line is.
        if lines.len() > 4 * self.room() * MAX_PATCH_LINES {
            return None;
        }
        let text = &self.source.text()[lines.range()];
        let added: usize = edits.iter().map(|edit| longest_line(&edit.text)).sum();
        if last - first >= MAX_PATCH_LINES || longest_line(text) + added > self.room() {
            return None;
        }
        let patches = edits.iter().map(|edit| self.replaced(edit, lines));
        Some(Snippet::source(clean_lines(text)).line_start(first).patches(patches))
    }

    /// An edit of `lines`.
    fn replaced(&self, edit: &Edit, lines: Span<Decoded>) -> Patch<'static> {
        let span = inside(self.source, edit.span);
        let within = |offset: usize| offset.clamp(lines.start(), lines.end()) - lines.start();
        Patch::new(within(span.start())..within(span.end()), clean_lines(&edit.text))
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

/// The place is given apart from the rows, which are not always lines of the file. The renderer then takes the rows for those
/// of a second file and begins them with `:::` in the fourth line, where no text of a letter can stand.
fn without_second_place(rendered: &str) -> String {
    let lines = rendered.lines().enumerate().filter(|(number, line)| *number != 3 || !line.contains("::: "));
    lines.map(|(_, line)| line).collect::<Vec<_>>().join("\n")
}

fn longest_line(text: &str) -> usize {
    text.split(['\n', '\r']).map(|line| line.chars().count()).max().unwrap_or(0)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Label;
    use crate::report::OutputFormat;
    use crate::report::testing::*;
    use proptest::prelude::*;

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
    fn what_is_missing_is_shown_where_it_belongs() {
        check(
            &[report("offer.txt", SHORT, REFUSAL, vec![no_apology(SHORT, "position.")])],
            "\
error[apologize]: turns the offer down without an apology
 --> offer.txt:3:29
  |
3 | I must decline the position.
  |                             ^ an apology belongs here
  |
  = note: step 2, Apologize: People spent their time on you; nothing is valued more.
help: apologize once, plainly
  |
3 | I must decline the position. I apologize for any inconvenience this causes you.
  |                              ++++++++++++++++++++++++++++++++++++++++++++++++++

offer.txt: a refusal, 1 of 4 rules not yet followed
  1. Answer soon  ✓ offer-a-call
  2. Apologize    ✗ apologize  ✓ thank
     Always       ✓ sign-it
",
        );
    }

    #[test]
    fn a_text_that_was_decoded_says_so_once() {
        let mut decoded = report(
            "a.eml",
            SHORT,
            REFUSAL,
            vec![no_apology(SHORT, "position."), finding(SHORT, "sign-it", "A. Writer", "")],
        );
        decoded.letter.source = std::sync::Arc::new(Source::extracted("a.eml", SHORT));
        let found = run(&[decoded], human());
        assert_eq!(found.matches(EXTRACTED).count(), 1, "{found}");
        let at = found.find(EXTRACTED);
        assert!(at > found.find("nothing is valued more.") && at < found.find("help: apologize once"), "{found}");
        assert!(
            !run(&[report("a.txt", SHORT, REFUSAL, vec![no_apology(SHORT, "position.")])], human()).contains(EXTRACTED)
        );
    }

    #[test]
    fn a_long_line_is_broken_and_not_shown_twice() {
        let text = "Thank you for the offer, which I have thought about for the whole of the week. I must decline it, \
                    since another company has offered me a higher salary, more days off and a better view.\n";
        let said = "another company has offered me a higher salary";
        let pay = finding(text, "thank", said, "says that pay is better elsewhere");
        check(
            &[report("offer.txt", text, REFUSAL, vec![no_apology(text, "I must decline it"), pay])],
            "\
error[apologize]: turns the offer down without an apology
--> offer.txt:1:97
 |
 | the week. I must decline it, since another company has offered me a
 |                            ^ an apology belongs here
 |
 = note: step 2, Apologize: People spent their time on you; nothing is valued more.
 = help: apologize once, plainly: `I apologize for any inconvenience this causes you.`

warning[thank]: says more than it should
--> offer.txt:1:105
 |
 | the week. I must decline it, since another company has offered me a
 |                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
 | higher salary, more days off and a better view.
 | ^^^^^^^^^^^^^ says that pay is better elsewhere
 |
 = note: step 2, Apologize
 = help: say less

offer.txt: a refusal, 2 of 4 rules not yet followed
  1. Answer soon  ✓ offer-a-call
  2. Apologize    ✗ apologize  ✗ thank
     Always       ✓ sign-it
",
        );
    }

    #[test]
    fn further_passages_are_context_and_the_rest_is_left_out() {
        let mut order = finding(SHORT, "sign-it", "A. Writer", "this comes late");
        order.labels.push(Label { span: Span::new(0, 4), text: "this comes first".to_owned() });
        let found = run(&[report("offer.txt", SHORT, REFUSAL, vec![order])], Style { quiet: true, ..human() });
        let expected = "\
warning[sign-it]: says more than it should
 --> offer.txt:6:1
  |
1 | Dear Ms Grey,
  | ---- this comes first
...
6 | A. Writer
  | ^^^^^^^^^ this comes late
  |
  = note: Always: A sentence of advice.
  = help: say less

";
        assert_eq!(found, expected, "\n{found}");
    }

    #[test]
    fn a_mistake_in_a_pack_is_shown_in_its_yaml() {
        let yaml = "pack: x\nsignals:\n  refusl: {}\n";
        let mut mistake = finding(yaml, "unknown-signal", "refusl", "no rule asks for it");
        mistake.notes = Vec::new();
        mistake.edits = vec![Edit { span: mistake.labels[0].span, text: "refusal".to_owned() }];
        let mut out = Vec::new();
        mistakes(&mut out, "rules/x.yaml", yaml, &[mistake], &human()).unwrap();
        let expected = "\
warning[unknown-signal]: says more than it should
 --> rules/x.yaml:3:3
  |
3 |   refusl: {}
  |   ^^^^^^ no rule asks for it
  |
help: say less
  |
3 |   refusal: {}
  |        +

";
        let found = String::from_utf8(out).unwrap();
        assert_eq!(found, expected, "\n{found}");
    }

    #[test]
    fn a_finding_needs_neither_help_nor_notes_nor_a_label() {
        let mut bare = finding("pack: x\n", "not-yaml", "x", "");
        (bare.help, bare.notes) = (None, Vec::new());
        let mut out = Vec::new();
        mistakes(&mut out, "x.yaml", "pack: x\n", &[bare], &human()).unwrap();
        let expected = "\
warning[not-yaml]: says more than it should
 --> x.yaml:1:7
  |
1 | pack: x
  |       ^

";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    /// A string that a terminal, a reader or a parser must not take for what it says.
    const ATTACK: &str = "\u{1b}]52;c;cm0=\u{7}\u{9b}2J\u{202e}\u{200b}\u{e0041}\r::error::x";

    #[test]
    fn nothing_dangerous_comes_from_letters_names_or_packs() {
        let text = format!("Dear {ATTACK} you\n{ATTACK}\n");
        let mut found = finding(&text, ATTACK, "you", ATTACK);
        found.message = ATTACK.to_owned();
        found.notes = vec![ATTACK.to_owned()];
        found.help = Some(ATTACK.to_owned());
        found.edits = vec![Edit { span: found.labels[0].span, text: ATTACK.to_owned() }];
        for format in [OutputFormat::Human, OutputFormat::Concise, OutputFormat::Github, OutputFormat::Json] {
            let shown = run(&[report(ATTACK, &text, REFUSAL, vec![found.clone()])], style(format));
            let bad = shown.chars().find(|char| *char != '\n' && super::super::clean::is_unsafe(*char));
            assert_eq!(bad, None, "{format:?}: {shown}");
        }
    }

    #[test]
    fn a_letter_of_one_huge_line_shows_a_few_rows() {
        let text = format!("{}I must decline. {}", "lorem ipsum ".repeat(100_000), "dolor sit ".repeat(100_000));
        let found = run(&[report("a.txt", &text, REFUSAL, vec![no_apology(&text, "decline.")])], human());
        assert!(found.len() < 1_500, "{found}");
        assert!(found.contains("I must decline."), "{found}");
    }

    proptest! {
        #[test]
        fn any_place_in_any_text_can_be_shown(
            text in "([a-z\u{e9}\u{4e2d}]{1,9}|[ \n\r\t\u{1b}\u{200b}\u{e0041}]){0,60}",
            places in proptest::collection::vec((0..150usize, 0..150usize), 1..4),
            width in 0..120usize,
        ) {
            let spans = places.iter().map(|(start, end)| Span::new(*start, *end));
            let labels: Vec<Label> = spans.clone().map(|span| Label { span, text: "here".to_owned() }).collect();
            let edits = spans.take(1).map(|span| Edit { span, text: "new\ntext".to_owned() }).collect();
            let found = Diagnostic { labels, edits, ..no_apology("a", "a") };
            let shown = run(&[report("a.txt", &text, REFUSAL, vec![found])], Style { width, ..human() });
            let marks = shown.matches("here").count();
            prop_assert!(marks >= 1, "{}", shown);
        }
    }
}
