//! Signatures: names at the end of a letter, and the titles and telephone numbers below them.

use super::word::{Phrase, is_capital};
use super::{Part, closing, word};

/// The most words in a name, titles and initials included.
const MOST_WORDS: usize = 7;

/// Whether a line is a name as people sign with: `Renata Solis`, `mel`, `- tj`, `[Your Name]`, `Deb xx`.
pub(super) fn is_name(line: &str) -> bool {
    let Some(phrase) = Phrase::read(line, Part::Signature) else { return false };
    let dashed = phrase.text.starts_with(['-', '~']);
    let words: Vec<(&str, &str)> = phrase
        .words
        .iter()
        .zip(&phrase.folded)
        .filter(|(_, folded)| !folded.is_empty())
        .map(|(word, folded)| (word.as_str(), folded.as_str()))
        .collect();
    let Some(&(first, first_folded)) = words.first() else { return false };
    if words.len() > MOST_WORDS || line.ends_with([',', ':', ';', '?']) || says(&phrase) {
        return false;
    }
    if words.len() == 1 && !is_capital(first) {
        return is_nickname(first_folded) && (dashed || !closing::is_known(line));
    }
    let your = usize::from(matches!(first_folded, "your" | "yr") && words.len() > 1);
    let starts = is_capital(first) || dashed || first.starts_with(|c: char| c == '(' || c.is_ascii_digit());
    let lettered = words.iter().any(|(word, _)| word.contains(char::is_alphabetic));
    // What stands in parentheses behind the name is free: `Imogen (with a J)`.
    let named = words[your..].iter().enumerate().take_while(|&(at, (word, _))| at == 0 || !word.starts_with('('));
    lettered && (starts || your > 0) && named.into_iter().all(|(_, (word, folded))| is_part_of_name(word, folded))
}

fn is_part_of_name(word: &str, folded: &str) -> bool {
    is_capital(word)
        || PARTICLES.contains(&folded)
        || word.starts_with(['(', '"', '/'])
        || is_kiss(folded)
        || folded.contains(|c: char| c.is_ascii_digit())
}

/// Whether a line may stand below a name or a closing: a name, a post, a city, a telephone number.
pub(super) fn is_detail(line: &str) -> bool {
    let Some(phrase) = Phrase::read(line, Part::Signature) else { return false };
    let in_parentheses = line.starts_with('(') && line.ends_with(')');
    if in_parentheses {
        return phrase.words.len() <= 25;
    }
    let is_number = |word: &String| {
        word.len() > 3 && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | '(' | ')' | '.'))
    };
    let reaches = line.contains('@') || line.contains("www.") || phrase.words.iter().any(is_number);
    phrase.words.len() <= 12 && (reaches || !says(&phrase)) && !line.ends_with(['?', ':'])
}

/// Whether a line is something said, and so no name and no title.
fn says(phrase: &Phrase) -> bool {
    // `CP (Geol.)` ends in an abbreviation.
    let outside = phrase.text.split(" (").next().filter(|_| phrase.text.ends_with(')')).unwrap_or(&phrase.text);
    // `IT Purchasing`
    let is_acronym = |word: &str| word.len() > 1 && !word.contains(char::is_lowercase);
    // `Patrick Were` and `Will Hope` are called so.
    let all_capital = phrase.words.len() <= 4 && phrase.words.iter().all(|word| is_capital(word));
    let is_named = |folded: &str| all_capital && NAMES_TOO.contains(&folded);
    let mut words = phrase.words.iter().zip(&phrase.folded);
    word::ends_sentence(outside)
        || words.any(|(word, folded)| SPOKEN.contains(&folded.as_str()) && !is_acronym(word) && !is_named(folded))
}

/// Spoken words that are names as well.
const NAMES_TOO: [&str; 7] = ["will", "were", "hope", "see", "so", "can", "my"];

/// Whether a line is a given and a family name, and nothing else: `Gloria Santangelo`.
pub(super) fn is_full_name(line: &str) -> bool {
    let words = line.split_whitespace().count();
    (2..=4).contains(&words) && line.split_whitespace().all(is_capital) && is_name(line) && !closing::is_known(line)
}

/// Whether a line is one name, or two, in letters: `Rooster`, `Big Al`.
pub(super) fn is_short_name(line: &str) -> bool {
    let is_part = |word: &str| is_capital(word) && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\''));
    (1..=2).contains(&line.split_whitespace().count())
        && line.split_whitespace().all(is_part)
        && is_name(line)
        && !closing::is_known(line)
}

/// Where the closing and the name begin in a paragraph that ends in one, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ending {
    /// The first byte of the closing, if one stands before the name.
    pub closing: Option<usize>,
    /// The first byte of the name.
    pub name: usize,
}

/// The name at the end of a note: `... to the theatre girls. Deb xx`, `... sorry! Abrazo, Ignacio`.
pub(super) fn find_ending(paragraph: &str) -> Option<Ending> {
    let window = word::ending(paragraph, 120);
    let base = paragraph.len() - window.len();
    let stop = window.char_indices().rev().filter(|&(at, c)| {
        c.is_whitespace()
            && window[..at].trim_end_matches([')', '"', '\u{201d}']).ends_with(['.', '!', '?', '\u{2026}'])
    });
    for (at, _) in stop.take(3) {
        let tail = &window[at..];
        let start = at + tail.len() - tail.trim_start().len();
        let before = window[..at].trim_end();
        if before.ends_with('.') && super::sentence::is_abbreviated(before) {
            continue;
        }
        return ending_at(paragraph, base + start);
    }
    // `..., Wanda Pruitt`
    let comma = window.rfind(", ")?;
    let start = base + comma + 2;
    let name = &paragraph[start..];
    let full = (2..=4).contains(&name.split_whitespace().count()) && name.split_whitespace().all(is_capital);
    (full && is_name(name)).then_some(Ending { closing: None, name: start })
}

fn ending_at(paragraph: &str, start: usize) -> Option<Ending> {
    let tail = &paragraph[start..];
    if start == 0 || tail.is_empty() {
        return None;
    }
    if let Some(name) = closing::before_name(tail) {
        return Some(Ending { closing: Some(start), name: start + name });
    }
    // `Your brother, Dr. Hany`
    if let Some((said, name)) = tail.split_once(", ")
        && said.split_whitespace().count() <= 3
        && is_capital(said)
        && name.split_whitespace().count() > 1
        && name.split_whitespace().all(is_capital)
        && is_name(name)
    {
        return Some(Ending { closing: Some(start), name: paragraph.len() - name.len() });
    }
    let words = tail.split_whitespace().count();
    let signs = words <= 4 && is_name(tail) && (is_capital(tail) || tail.starts_with(['-', '\u{2014}', '\u{2013}']));
    (signs && !closing::is_known(tail)).then_some(Ending { closing: None, name: start })
}

fn is_nickname(folded: &str) -> bool {
    (1..=14).contains(&folded.len()) && folded.chars().all(char::is_alphabetic) && !NO_NICKNAMES.contains(&folded)
}

fn is_kiss(folded: &str) -> bool {
    !folded.is_empty() && folded.bytes().all(|byte| matches!(byte, b'x' | b'o'))
}

#[rustfmt::skip]
const PARTICLES: [&str; 41] = [
    "van", "der", "den", "de", "von", "da", "di", "do", "dos", "du", "del", "della", "bin", "binti", "bint", "al",
    "la", "le", "and", "or", "of", "for", "ni", "ui", "o", "y", "e", "ter", "ten", "zu", "zur", "the", "at", "ibn",
    "bt", "bte", "a/l", "a/p", "s/o", "d/o", "w/o",
];

/// Words that make a line a sentence, and so no name and no title.
#[rustfmt::skip]
const SPOKEN: [&str; 40] = [
    "i", "i'm", "i'll", "i've", "you", "we", "is", "are", "was", "were", "have", "has", "it", "it's", "please",
    "can", "will", "would", "could", "don't", "am", "be", "been", "hope", "thank", "thanks", "sorry", "my", "me",
    "this", "that", "not", "so", "regards", "queries", "questions", "wish", "see", "excuse", "let",
];

/// Short words that end a note and are nobody's name.
#[rustfmt::skip]
const NO_NICKNAMES: [&str; 22] = [
    "ok", "okay", "bye", "yes", "no", "please", "sorry", "thx", "thanks", "soon", "later", "lol", "haha", "tho",
    "ta", "pls", "cheers", "welcome", "anyway", "today", "tomorrow", "nothing",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_by_their_form() {
        for line in [
            "Renata Solis",
            "Patrick Odhiambo Were",
            "Will",
            "Norhayati bt. Kassim",
            "Hope Mwale",
            "Joey",
            "mel",
            "-tj",
            "\u{2014} Ann",
            "Dale R. Hutchins",
            "Rick D.",
            "[Your Name]",
            "______________",
            "Deb xx",
            "S. Balamurugan",
            "Wouter van der Heijden",
            "(Prashant N. Jadhav)",
            "Helen Ostrander (Dr)",
            "2/O Rommel Dimaculangan",
            "Steve Malloy, CPA",
            "Wei-Han (Wayne) Tsai",
            "Imogen Farr-Jones (with a J)",
            "Your Zurab",
            "Bríd Ní Mhaoláin",
            "{{my_name}}",
            "Col. (Retd.) Anil Bakshi",
            "Desmond Facey (Sgt., ret'd)",
            "Zhou Peng (Leo)",
            "王小明",
        ] {
            assert!(is_name(line), "{line:?}");
        }
        for line in [
            "",
            "An otter, by the way.",
            "Regards,",
            "thanks",
            "So no.",
            "I regret it",
            "Questions to totalrewards.",
            "Toodle-pip,",
            "Let me know",
            "is that ok",
            "4",
            "...",
        ] {
            assert!(!is_name(line), "{line:?}");
        }
    }

    #[test]
    fn a_note_may_end_in_a_name() {
        #[track_caller]
        fn check(paragraph: &str, expected: &str) {
            let found = find_ending(paragraph).map_or(String::new(), |ending| {
                let closing = ending.closing.map_or("", |start| &paragraph[start..ending.name]);
                format!("{closing}|{}", &paragraph[ending.name..])
            });
            assert_eq!(found, expected, "{paragraph:?}");
        }
        check("Give it to the theatre girls. Deb xx", "|Deb xx");
        check("Thank you Madam. Yaw Boadi", "|Yaw Boadi");
        check("so sorry! Abrazo, Ignacio", "Abrazo, |Ignacio");
        check("I am over on that side, Wanda Pruitt", "|Wanda Pruitt");
        check("I say no. Regards Fourie, JJ", "Regards |Fourie, JJ");
        check("I met Mr. Smith", "");
        check("gonna pass tho. thx", "");
        check("I will not come. See you in Leeds.", "");
        check("No. \u{2014} Ann", "|\u{2014} Ann");
        check("Deb", "");
        check("", "");
    }
}
