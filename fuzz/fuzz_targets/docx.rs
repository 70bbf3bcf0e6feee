//! Documents of Word: the part that holds the text, or a whole archive.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| demur_fuzz::check_archive("a.docx", "word/document.xml", bytes));
