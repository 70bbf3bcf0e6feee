//! Packs, and what scanning with one makes of a letter.

#![no_main]

use demur::check::{self, Advisor};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|yaml: &str| match Advisor::read(yaml) {
    Ok(advisor) => {
        let letter = "Dear Ann,\n\nThank you. I cannot come on Friday because it rains, and isn't it?\n\nBo\n";
        let report = check::check(letter, &advisor);
        assert!(report.findings().iter().all(|finding| letter.get(finding.span().range()).is_some()));
    }
    Err(mistakes) => {
        assert!(!mistakes.is_empty());
        assert!(mistakes.iter().all(|mistake| yaml.get(mistake.span().range()).is_some()), "{mistakes:#?}");
    }
});
