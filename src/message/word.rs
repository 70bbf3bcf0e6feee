//! Words as they are compared: in lower case, Latin letters without accents, no marks around them.

use super::{Part, placeholder, plain};

/// The most bytes of a line that its form is judged by; what is longer is no greeting, closing or name.
pub(super) const SHORT_LINE: usize = 240;

/// A word in the form in which it is looked up.
pub(super) fn fold(word: &str) -> String {
    // Nearly all words.
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return word.to_ascii_lowercase();
    }
    let plain = plain::plain(word);
    plain.trim_matches(|c: char| !c.is_alphanumeric() && c != '{' && c != '}').to_lowercase()
}

/// The beginning of `text`, at most `len` bytes of it.
pub(super) fn beginning(text: &str, len: usize) -> &str {
    &text[..text.floor_char_boundary(len)]
}

/// The end of `text`, at most `len` bytes of it.
pub(super) fn ending(text: &str, len: usize) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(len))..]
}

/// A short line with its words at hand, placeholders as `{name}` and the like.
pub(super) struct Phrase {
    /// The line laid out.
    pub text: String,
    /// Its words in order, with their marks and capitals.
    pub words: Vec<String>,
    /// The same words folded, one for one; a word of marks only is empty.
    pub folded: Vec<String>,
}

impl Phrase {
    /// Reads a line, or `None` if it is longer than a greeting, a closing or a name can be.
    pub fn read(line: &str, part: Part) -> Option<Phrase> {
        if line.len() > SHORT_LINE {
            return None;
        }
        let text = placeholder::filled(line, part);
        let words: Vec<String> = text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let folded = words.iter().map(|word| fold(word)).collect();
        Some(Phrase { text, words, folded })
    }
}

/// Whether a line ends in a full stop, question mark or the like, closing marks aside. The dot of an abbreviation or
/// an initial is none.
pub(super) fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end_matches([' ', ')', '"', '\'', ']', '*', '\u{201d}', '\u{2019}']);
    let Some(stop) = line.chars().next_back().filter(|c| matches!(c, '.' | '!' | '?' | '\u{2026}' | '\u{3002}')) else {
        return false;
    };
    stop != '.' || !super::sentence::is_abbreviated(line)
}

/// Whether a word begins as a name does: with a capital, or a placeholder stands for it.
pub(super) fn is_capital(word: &str) -> bool {
    let first = word.chars().find(|&c| c.is_alphanumeric() || c == '{');
    first.is_some_and(|c| c == '{' || c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()))
}
