//! `demur explain`.

use super::Outcome;
use super::args::ExplainArgs;
use super::check::human_style;
use super::letters::Named;
use super::packs;
use super::settings;
use super::trace;
use super::trouble::Trouble;
use demur::check::Advisor;
use demur::pack::{Mend, Pack, Rule, Signal, closest};
use demur::report::clean;
use std::io::Write;

pub fn run(args: &ExplainArgs, out: &mut impl Write) -> Result<Outcome, Trouble> {
    if let Some(path) = &args.path {
        let named = Named { path, format: args.format, packs: &args.packs, config: &args.config };
        return trace::run(&args.name, &named, out);
    }
    let style = human_style(args.color.color);
    let advisors = packs::load_with_examples(&settings::pack_names(&args.packs, &args.config, &style)?, &style)?;
    for Advisor { pack, .. } in &advisors {
        if let Some(rule) = pack.find_rule(&args.name) {
            explain_rule(out, pack, rule)?;
            return Ok(Outcome::Clean);
        }
        if let Some(id) = pack.find_signal(&args.name) {
            explain_signal(out, pack, id)?;
            return Ok(Outcome::Clean);
        }
    }
    let packs = advisors.iter().map(|advisor| &advisor.pack);
    let names = packs.flat_map(|pack| {
        pack.rules.iter().map(|rule| rule.id.as_str()).chain(pack.signals.iter().map(|signal| signal.name.as_str()))
    });
    let meant = closest(&args.name, names).map(str::to_owned);
    Err(Trouble::Unknown { what: "rule or signal", name: args.name.clone(), meant, known: Vec::new() })
}

fn explain_rule(out: &mut impl Write, pack: &Pack, rule: &Rule) -> Result<(), Trouble> {
    let step = &pack.steps[rule.step];
    writeln!(out, "{} ({})\n", clean(&rule.id), rule.level)?;
    paragraph(out, "What it says", &rule.message)?;
    paragraph(out, "What to do", &rule.help)?;
    paragraph(out, "Why", &step.text)?;
    let from = if step.number == 0 { step.title.clone() } else { format!("step {}, {}", step.number, step.title) };
    paragraph(out, "From", &format!("{from}, of {}", pack.name))?;
    paragraph(out, "Asked of", &asked_of(pack, rule))?;
    if let Some(Mend::Insert { text, .. } | Mend::Replace { text }) = &rule.mend
        && !text.is_empty()
    {
        paragraph(out, "Suggests", text)?;
    }
    letters(out, "A letter that keeps it", &rule.good)?;
    letters(out, "A letter that breaks it", &rule.bad)
}

fn explain_signal(out: &mut impl Write, pack: &Pack, id: usize) -> Result<(), Trouble> {
    let signal = &pack.signals[id];
    writeln!(out, "{} ({})\n", clean(&signal.name), if signal.cue { "cue" } else { "signal" })?;
    paragraph(out, "Means", &signal.means)?;
    let rules: Vec<&str> = pack.rules.iter().filter(|rule| rule.uses(id)).map(|rule| rule.id.as_str()).collect();
    if !rules.is_empty() {
        paragraph(out, "Used by", &rules.join(", "))?;
    }
    sentences(out, "Found in", signal, true)?;
    sentences(out, "Not found in", signal, false)
}

fn asked_of(pack: &Pack, rule: &Rule) -> String {
    let kinds = pack.judged_kinds(rule).map(|kind| kind.title.as_str()).collect::<Vec<_>>().join(", ");
    if rule.drafts_only { format!("{kinds} (drafts only, not templates)") } else { kinds }
}

fn paragraph(out: &mut impl Write, head: &str, text: &str) -> Result<(), Trouble> {
    writeln!(out, "{head}:")?;
    for line in textwrap::wrap(&clean(text.trim()), 76) {
        writeln!(out, "  {line}")?;
    }
    Ok(writeln!(out)?)
}

fn letters(out: &mut impl Write, head: &str, examples: &[demur::pack::Example]) -> Result<(), Trouble> {
    let Some(example) = examples.first() else { return Ok(()) };
    writeln!(out, "{head}:")?;
    for line in example.text.trim_end().lines() {
        writeln!(out, "  | {}", clean(line))?;
    }
    Ok(writeln!(out)?)
}

fn sentences(out: &mut impl Write, head: &str, signal: &Signal, says: bool) -> Result<(), Trouble> {
    let examples = if says { &signal.says } else { &signal.says_not };
    if examples.is_empty() {
        return Ok(());
    }
    writeln!(out, "{head}:")?;
    for example in examples {
        let text = example.text.split_whitespace().collect::<Vec<_>>().join(" ");
        for line in
            textwrap::wrap(&clean(&text), textwrap::Options::new(76).initial_indent("- ").subsequent_indent("  "))
        {
            writeln!(out, "  {line}")?;
        }
    }
    Ok(writeln!(out)?)
}

/// The same for a page of documentation.
pub fn rule_markdown(out: &mut impl Write, pack: &Pack, rule: &Rule) -> Result<(), Trouble> {
    writeln!(out, "**{}**: {}. {}.\n", rule.level, capitalized(&rule.message), capitalized(&rule.help))?;
    writeln!(out, "Asked of: {}.", asked_of(pack, rule))?;
    if let Some(Mend::Insert { text, .. } | Mend::Replace { text }) = &rule.mend
        && !text.is_empty()
    {
        writeln!(out, "Suggests: \"{text}\"")?;
    }
    for (head, examples) in [("Keeps it", &rule.good), ("Breaks it", &rule.bad)] {
        if let Some(example) = examples.first() {
            writeln!(out, "\n{head}:\n\n```text\n{}\n```", example.text.trim_end())?;
        }
    }
    Ok(())
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
