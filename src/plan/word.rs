//! Words as the first pass sees them: by a number made of their letters.

use crate::pack::{hash, is_word};

/// The number of a word, or of the beginning of words. Two words of the same number only make the first pass less sharp.
pub type Key = u32;

/// A beginning of this many letters is known by itself, so that `accept(?:ed|ance)?` needs a word with `acce`.
const BEGINNING: usize = 4;

/// Words so frequent that a sentence without them is the exception.
const FREQUENT: &[&str] = &[
    "a", "about", "all", "am", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can", "do", "for",
    "from", "had", "has", "have", "i", "if", "in", "is", "it", "like", "m", "me", "more", "my", "no", "not", "of",
    "on", "one", "or", "our", "s", "so", "t", "team", "thank", "that", "the", "this", "time", "to", "up", "ve", "very",
    "was", "we", "were", "will", "with", "would", "you", "your",
];

/// The key of a word that a pattern names, and how often words of that key stand in letters, about. Where the word may go
/// on it is the key of its beginning, if that is long enough.
pub fn key(word: &[u8], is_whole: bool) -> Option<(Key, u32)> {
    if is_whole {
        return (!word.is_empty()).then(|| (whole(word), weight(word)));
    }
    (word.len() >= BEGINNING).then(|| (beginning(word), 2 * weight(word)))
}

/// How often a word stands in letters, about: what is short is frequent.
fn weight(word: &[u8]) -> u32 {
    if FREQUENT.iter().any(|frequent| frequent.as_bytes() == word) {
        return 200;
    }
    match word.len() {
        0..=2 => 40,
        3 => 16,
        4 => 8,
        5 => 4,
        _ => 2,
    }
}

/// Calls `found` with the keys of all words of a text in lower case.
#[inline]
pub fn keys(text: &[u8], mut found: impl FnMut(Key)) {
    let mut rest = text;
    while let Some(start) = rest.iter().position(|byte| is_word(*byte)) {
        let word = &rest[start..];
        let len = word.iter().position(|byte| !is_word(*byte)).unwrap_or(word.len());
        let word = &word[..len];
        found(whole(word));
        if len >= BEGINNING {
            found(beginning(word));
        }
        rest = &rest[start + len..];
    }
}

/// Each kind of key has a start of its own.
fn whole(word: &[u8]) -> Key {
    hash(0x811c_9dc5, word)
}

fn beginning(word: &[u8]) -> Key {
    hash(0x050c_5d1f, &word[..BEGINNING])
}
