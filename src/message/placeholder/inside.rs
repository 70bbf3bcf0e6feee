//! What may stand inside of the brackets of a placeholder, and what may not.

use super::{Meaning, word};

/// The longest placeholder, in bytes; a bracket that closes later belongs to a sentence.
pub(super) const LONGEST: usize = 120;

/// The most words in a placeholder.
pub(super) const MOST_WORDS: usize = 8;

/// Whether a bracket holds an alternative to what stands before it: `or: ...`.
pub fn is_alternative(inside: &str) -> bool {
    let is_or = inside.trim_start().get(..2).is_some_and(|lead| lead.eq_ignore_ascii_case("or"));
    is_or && optional_lead(inside).is_some()
}

/// The length of `OPTIONAL: ` or `or: ` at the start of a bracket.
pub(super) fn optional_lead(inside: &str) -> Option<usize> {
    let lower = word::beginning(inside, 24).to_ascii_lowercase();
    let rest = lower.trim_start();
    let lead = lower.len() - rest.len();
    let after = ["optionally", "optional", "or"].iter().find_map(|word| Some((word.len(), rest.strip_prefix(word)?)));
    let (word, after) = after?;
    let mark = after.len() - after.trim_start_matches([':', ',', ' ', '-', '\u{2014}', '\u{2013}']).len();
    let is_lead = after.starts_with(':') || (rest.starts_with("optional") && mark > 0);
    (is_lead && inside.len() > lead + word + mark).then_some(lead + word + mark)
}

pub(super) fn is_long(inside: &str) -> bool {
    inside.len() > LONGEST || inside.split_whitespace().nth(MOST_WORDS).is_some()
}

pub(super) fn holds_sentence(inside: &str) -> bool {
    let has_words = inside.split_whitespace().nth(2).is_some();
    has_words && (word::ends_sentence(inside) || inside.contains(". ") && !inside.contains('/') && is_prose(inside))
}

/// Whether a stop inside is followed by a new sentence and not by the rest of `Mr. Last Name`.
fn is_prose(inside: &str) -> bool {
    inside.split(". ").next().is_some_and(|first| first.split(' ').count() > 2)
}

pub(super) fn is_upper(name: &str) -> bool {
    name.contains(char::is_uppercase) && !name.contains(char::is_lowercase)
}

/// Whether all words are such as stand on a form, and so no aside in a sentence.
pub(super) fn is_label(words: &[String]) -> bool {
    words.iter().all(|word| Meaning::of(word) != Meaning::Other || matches!(word.as_str(), "full" | "current" | "new"))
}

pub(super) fn is_address(text: &str) -> bool {
    let inside = text.split(')').next().unwrap_or(text);
    inside.contains(['/', '#', ':']) || (inside.contains('.') && !inside.contains(' '))
}

/// Whether this is what stands in a tag of HTML.
pub(super) fn is_tag(name: &str) -> bool {
    let first = name.split([' ', '/']).next().unwrap_or(name).to_ascii_lowercase();
    matches!(
        first.as_str(),
        "a" | "b"
            | "i"
            | "u"
            | "p"
            | "br"
            | "hr"
            | "em"
            | "strong"
            | "div"
            | "span"
            | "ul"
            | "ol"
            | "li"
            | "td"
            | "tr"
            | "table"
            | "html"
            | "body"
            | "head"
            | "img"
            | "code"
            | "pre"
            | "sub"
            | "sup"
            | "font"
            | "center"
            | "small"
            | "blockquote"
            | "h1"
            | "h2"
            | "h3"
            | "style"
            | "script"
            | "mailto"
    ) && !name.contains(char::is_uppercase)
}
