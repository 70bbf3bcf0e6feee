//! Markdown.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| demur_fuzz::check("a.md", bytes));
