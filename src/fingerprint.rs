//! What makes a finding the same one in the next run, when lines have moved and messages were reworded.

use crate::document::Letter;
use crate::span::{Decoded, Span};
use sha2::{Digest, Sha256};

/// The passage of a finding as its fingerprint knows it: its words in lower case, parted by single spaces; marks, line
/// ends and quotes count for nothing. Empty for something that is missing.
pub fn passage(letter: &Letter, span: Span<Decoded>) -> String {
    let text = letter.source.text().get(span.range()).unwrap_or_default();
    let words = text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// The first 16 hexadecimal digits of the SHA-256 of `parts`, each ended by a zero byte (FIPS 180-4). The parts of a
/// finding are the name of its rule and its passage.
pub fn of(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;
    use crate::view::Format;

    #[test]
    fn a_passage_is_its_words() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            let letter = Letter::read(Source::from_text("a", text), Format::Text);
            assert_eq!(passage(&letter, Span::new(0, text.len())), expected);
        }
        check("The *pay* is\n> better!", "the pay is better");
        check("I\u{2019}m   \u{c9}mile", "i m \u{e9}mile");
        check("", "");
        check("--", "");
    }

    #[test]
    fn the_hash_is_the_one_of_the_standard() {
        // Made with `printf 'apologize\0\0' | sha256sum`.
        assert_eq!(of(&["apologize", ""]), "2cb12447783a23ac");
        assert_ne!(of(&["a", "b"]), of(&["ab", ""]));
    }
}
