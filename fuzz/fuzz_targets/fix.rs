//! Fixes; the first byte tells the format.

#![no_main]

use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 4] = ["a.txt", "a.md", "a.html", "a.txt.j2"];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    demur_fuzz::check_fix(NAMES[usize::from(*first) % NAMES.len()], rest);
});
