//! `demur test`.

use super::Outcome;
use super::args::TestArgs;
use super::check::human_style;
use super::packs;
use super::trouble::Trouble;
use demur::check::Advisor;
use demur::diagnostic::Level;
use demur::{proof, report};
use std::io::Write;

pub fn run(args: &TestArgs, out: &mut impl Write) -> Result<Outcome, Trouble> {
    let style = human_style(args.color.color);
    let mut outcome = Outcome::Clean;
    for name in &args.packs {
        let pack = packs::find(name)?;
        let (examples, found) = match Advisor::read(&pack.yaml) {
            Ok(advisor) => {
                let proof = proof::prove(&advisor, &pack.yaml);
                (proof.examples, proof.mistakes)
            }
            Err(mistakes) => (0, mistakes),
        };
        report::mistakes(out, &pack.name, &pack.yaml, &found, &style)?;
        let wrong = found.iter().filter(|mistake| mistake.level > Level::Note).count();
        let examples = count(examples, "example", "examples");
        if wrong == 0 {
            writeln!(out, "{}: sound, {examples} hold", report::clean(&pack.name))?;
        } else {
            let mistakes = count(wrong, "mistake", "mistakes");
            writeln!(out, "{}: {mistakes}, {examples} run", report::clean(&pack.name))?;
            outcome = Outcome::Findings;
        }
    }
    Ok(outcome)
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
