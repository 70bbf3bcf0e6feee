//! Runs the examples in a pack, and finds what reading it alone cannot show: rules that can never speak, suggestions that
//! break other rules, patterns that are slow.

mod example;
mod sound;

use crate::check::Advisor;
use crate::diagnostic::Diagnostic;
use crate::pack::Mistakes;

/// How a pack did.
#[derive(Debug)]
pub struct Proof {
    /// How many examples were run.
    pub examples: usize,
    /// What is wrong, in the order of the YAML.
    pub mistakes: Vec<Diagnostic>,
}

/// Runs everything that a pack promises. `yaml` is what the pack was read from.
pub fn prove(advisor: &Advisor, yaml: &str) -> Proof {
    let mut mistakes = Mistakes::new(yaml);
    let examples = example::run(advisor, &mut mistakes);
    sound::check(advisor, &mut mistakes);
    Proof { examples, mistakes: mistakes.into_diagnostics() }
}
