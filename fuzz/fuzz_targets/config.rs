//! Configurations.

#![no_main]

use demur::config::{self, Mistakes};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|yaml: &str| {
    let mut mistakes = Mistakes::default();
    config::read(yaml, &mut mistakes);
    let found = mistakes.into_diagnostics();
    assert!(found.iter().all(|mistake| yaml.get(mistake.span().range()).is_some()), "{found:#?}");
});
