//! `demur rules`.

use super::Outcome;
use super::args::RulesArgs;
use super::check::human_style;
use super::explain;
use super::packs;
use super::settings;
use super::trouble::Trouble;
use demur::pack::{Pack, Rule, Step};
use demur::report::clean;
use std::io::Write;

pub fn run(args: &RulesArgs, out: &mut impl Write) -> Result<Outcome, Trouble> {
    let style = human_style(args.color.color);
    let advisors = packs::load_with_examples(&settings::pack_names(&args.packs, &args.config, &style)?, &style)?;
    for advisor in &advisors {
        if args.markdown {
            markdown(out, &advisor.pack)?;
        } else {
            plain(out, &advisor.pack)?;
        }
    }
    Ok(Outcome::Clean)
}

fn plain(out: &mut impl Write, pack: &Pack) -> Result<(), Trouble> {
    writeln!(out, "{}: {}", clean(&pack.name), clean(&pack.title))?;
    for (step, rules) in steps(pack) {
        writeln!(out, "\n{}", clean(&heading(step)))?;
        for line in textwrap::wrap(&clean(&step.text), 76) {
            writeln!(out, "  {line}")?;
        }
        for rule in rules {
            writeln!(out, "    {:<8} {:<22} {}", rule.level, clean(&rule.id), clean(&rule.message))?;
        }
    }
    Ok(())
}

/// A page with all that is known of each rule, for `docs/`.
fn markdown(out: &mut impl Write, pack: &Pack) -> Result<(), Trouble> {
    writeln!(out, "# {}: {}\n", pack.name, pack.title)?;
    writeln!(out, "<!-- Written by `demur rules --markdown`. Edit the pack, not this page. -->")?;
    for (step, rules) in steps(pack) {
        writeln!(out, "\n## {}\n\n{}", heading(step), step.text.trim())?;
        for rule in rules {
            writeln!(out, "\n### {}\n", rule.id)?;
            explain::rule_markdown(out, pack, rule)?;
        }
    }
    writeln!(out, "\n## Signals\n")?;
    writeln!(out, "What a passage can say. Rules are advice about these.\n")?;
    for signal in pack.signals.iter().filter(|signal| !signal.cue) {
        writeln!(out, "- `{}`: {}", signal.name, signal.means)?;
    }
    Ok(())
}

fn heading(step: &Step) -> String {
    if step.number == 0 { step.title.clone() } else { format!("{}. {}", step.number, step.title) }
}

fn steps(pack: &Pack) -> impl Iterator<Item = (&Step, impl Iterator<Item = &Rule>)> {
    pack.steps
        .iter()
        .enumerate()
        .map(|(number, step)| (step, pack.rules.iter().filter(move |rule| rule.step == number)))
}
