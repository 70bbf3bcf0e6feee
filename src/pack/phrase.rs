//! Phrases of a few words, and the words of a sentence as phrases see them.
//!
//! A word is a run of letters, without the apostrophes in it; a number is `#`, whichever it is; `$`, `%`, `?` and `!` are
//! words too, and so is a blank like `{name}`. All else parts words.

/// So many words has a phrase at most.
pub const LONGEST_PHRASE: usize = 3;

/// A word may be named by its first letters, from so many on to so many.
pub const SHORTEST_BEGINNING: usize = 4;
/// See [`SHORTEST_BEGINNING`].
pub const LONGEST_BEGINNING: usize = 8;

/// The number of a word or of a phrase, made of its letters. That two have the same number in one letter is so rare that
/// nothing hangs on it: one phrase would be weighed for another.
pub type Key = u32;

/// A phrase that is looked for in sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phrase {
    /// Its number.
    pub key: Key,
}

impl Phrase {
    /// Reads a phrase of one to three words, or the beginning of a word and a star; `None` for anything else.
    pub fn read(text: &str) -> Option<Phrase> {
        let text = text.to_ascii_lowercase();
        if let Some(beginning) = text.strip_suffix('*') {
            let fits = (SHORTEST_BEGINNING..=LONGEST_BEGINNING).contains(&beginning.len());
            let is_beginning = fits && beginning.bytes().all(|byte| byte.is_ascii_lowercase());
            return is_beginning.then(|| Phrase { key: beginning_key(beginning.as_bytes()) });
        }
        // Any number stands for all of them.
        let text = text.replace('#', "0");
        let mut keys = Vec::new();
        words(text.as_bytes(), |word| keys.push(word.key()));
        (1..=LONGEST_PHRASE).contains(&keys.len()).then(|| Phrase { key: keys.into_iter().fold(NONE, join) })
    }
}

/// A word of a sentence.
#[derive(Debug, Clone, Copy)]
pub struct Word<'a> {
    /// Its bytes, in lower case, with the apostrophes in it.
    bytes: &'a [u8],
}

impl Word<'_> {
    /// The number of the word by itself.
    pub fn key(self) -> Key {
        match self.bytes.first() {
            Some(first) if first.is_ascii_digit() => hash(WORD, b"#"),
            _ => self.letters().fold(WORD, add),
        }
    }

    /// Calls `found` with the number of each beginning of the word that a phrase can name, of those that leave letters over.
    pub fn beginnings(self, mut found: impl FnMut(Key)) {
        if !self.bytes.first().is_some_and(u8::is_ascii_lowercase) {
            return;
        }
        let letters = self.letters().count();
        let mut key = BEGINNING;
        for (count, byte) in (1..=LONGEST_BEGINNING).zip(self.letters()) {
            key = add(key, byte);
            if count >= SHORTEST_BEGINNING && count < letters {
                found(key);
            }
        }
    }

    fn letters(self) -> impl Iterator<Item = u8> {
        self.bytes.iter().copied().filter(|byte| *byte != b'\'')
    }
}

/// The number of no words at all, to which words are joined.
pub const NONE: Key = 0x1234_5677;

/// The number of a phrase and one more word.
pub fn join(phrase: Key, word: Key) -> Key {
    (phrase.rotate_left(9) ^ word).wrapping_mul(0x9e37_79b1)
}

/// Calls `found` with each word of a text in lower case.
pub fn words<'a>(text: &'a [u8], mut found: impl FnMut(Word<'a>)) {
    let mut at = 0;
    while at < text.len() {
        let len = word_len(&text[at..]);
        if len == 0 {
            at += 1;
            continue;
        }
        let bytes = &text[at..at + len];
        if bytes.iter().any(|byte| *byte != b'\'') {
            found(Word { bytes });
        }
        at += len;
    }
}

/// How many bytes of a text are its first word; 0 where it begins with none.
fn word_len(text: &[u8]) -> usize {
    let run = |is: fn(u8) -> bool| text.iter().take_while(|byte| is(**byte)).count();
    match text.first() {
        Some(b'a'..=b'z' | b'\'') => run(|byte| byte.is_ascii_lowercase() || byte == b'\''),
        Some(b'0'..=b'9') => {
            let digits = run(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'\''));
            digits + usize::from(text.get(digits) == Some(&b'k'))
        }
        Some(b'$' | b'%' | b'?' | b'!') => 1,
        Some(b'{') => {
            let name = text[1..].iter().take_while(|byte| byte.is_ascii_lowercase()).count();
            if name > 0 && text.get(name + 1) == Some(&b'}') { name + 2 } else { 0 }
        }
        _ => 0,
    }
}

/// Where the numbers of words begin, and of their beginnings.
const WORD: u32 = 0x811c_9dc5;
const BEGINNING: u32 = 0x050c_5d1f;

fn beginning_key(letters: &[u8]) -> Key {
    hash(BEGINNING, letters)
}

/// FNV-1a, from a start of one's own.
pub fn hash(start: u32, bytes: &[u8]) -> u32 {
    bytes.iter().copied().fold(start, add)
}

fn add(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks of a sentence which words it has.
    #[track_caller]
    fn check_words(sentence: &str, expected: &[&str]) {
        let mut found = Vec::new();
        words(sentence.as_bytes(), |word| found.push(String::from_utf8_lossy(word.bytes).into_owned()));
        assert_eq!(found, expected);
    }

    #[test]
    fn words_of_sentences() {
        check_words("i can't, {name}!", &["i", "can't", "{name}", "!"]);
        check_words("$90,000.50 or 90k? 5pm 3rd", &["$", "90,000.50", "or", "90k", "?", "5", "pm", "3", "rd"]);
        check_words("a-b \u{e9}t\u{e9} {x} {} {a b} ' ''", &["a", "b", "t", "{x}", "a", "b"]);
        check_words("", &[]);
    }

    /// Checks whether a phrase is in a sentence.
    #[track_caller]
    fn check(phrase: &str, sentence: &str, expected: bool) {
        let phrase = Phrase::read(phrase).expect("it is a phrase");
        let mut all = Vec::new();
        let mut is_there = false;
        words(sentence.as_bytes(), |word| {
            all.push(word.key());
            word.beginnings(|key| is_there |= key == phrase.key);
        });
        for len in 1..=LONGEST_PHRASE {
            is_there |= all.windows(len).any(|keys| keys.iter().copied().fold(NONE, join) == phrase.key);
        }
        assert_eq!(is_there, expected);
    }

    #[test]
    fn phrases_in_sentences() {
        check("red flag", "it is a red flag for me", true);
        check("red flag", "red is the flag", false);
        check("Red Flag", "a red-flag", true);
        check("cant", "i can't", true);
        check("can't", "i cant", true);
        check("#", "i have 3 of 17", true);
        check("$ #", "it is $90k", true);
        check("micro*", "they micromanage", true);
        check("micro*", "a micro", false);
        check("micro*", "submicrosecond", false);
        check("{name} said", "{name} said", true);
        check("why ?", "why?", true);
    }

    #[test]
    fn what_is_no_phrase() {
        for text in ["", "...", "a b c d", "abc*", "abcdefghi*", "two words*", "*", "4000*"] {
            assert_eq!(Phrase::read(text), None, "{text}");
        }
    }
}
