//! What must hold of any input, asked by the targets in `fuzz_targets/`.

mod letter;
mod mending;
mod outputs;

pub use letter::{check, check_archive};
pub use mending::check_fix;

use demur::check::Advisor;

/// A pack made ready; its rules ask for thanks and forbid excuses.
fn advisor(rules: &str) -> Advisor {
    let yaml = format!("{}{rules}", include_str!("pack.yaml"));
    Advisor::read(&yaml).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"))
}

/// The pack with a rule that adds a sentence and one that takes one out.
const BOTH: &str = concat!(include_str!("adds.yaml"), include_str!("takes.yaml"));
