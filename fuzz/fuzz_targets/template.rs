//! Templates; the first byte tells the language, and what it stands in.

#![no_main]

use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 10] = [
    "a.txt.j2",
    "a.md.j2",
    "a.html.j2",
    "a.txt.liquid",
    "a.html.hbs",
    "a.txt.mustache",
    "a.txt.erb",
    "a.html.erb",
    "a.txt.tmpl",
    "a.blade.php",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    demur_fuzz::check(NAMES[usize::from(*first) % NAMES.len()], rest);
});
