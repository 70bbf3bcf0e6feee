//! Closings: `Kind regards,`, `thx`, `I remain, Sir,`.

use super::Part;
use super::word::{Phrase, is_capital};

/// The most words in a closing.
const MOST_WORDS: usize = 9;

/// Whether a line is a known closing phrase, wherever it stands.
pub(super) fn is_known(line: &str) -> bool {
    let Some(phrase) = Phrase::read(line, Part::Closing) else { return false };
    let words: Vec<&str> = phrase.folded.iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
    let Some((&last, rest)) = words.split_last() else { return false };
    if words.len() > MOST_WORDS || phrase.text.ends_with('?') {
        return false;
    }
    // `Thank you so much` thanks; it closes only in passing.
    if words.len() > 3 && words.starts_with(&["thank", "you"]) && !ENDING.contains(&last) {
        return false;
    }
    let holds = |list: &[&str]| words.iter().any(|word| list.contains(word));
    // Only words that closings are made of, one of which says it.
    if holds(&SAYING) && words.iter().all(|word| SAYING.contains(word) || AROUND.contains(word)) {
        return true;
    }
    if phrase.text.ends_with(['.', ':']) && !matches!(last, "yours" | "regards" | "sincerely") {
        return false;
    }
    let phrase_is = |known: &[&str]| words == known;
    ENDING.contains(&last)
        && !rest.iter().any(|word| matches!(*word, "give" | "send" | "pass" | "sends" | "is" | "was" | "it"))
        || (words.first() == Some(&"with") && holds(&FEELING))
        || (words.first() == Some(&"i") && words.get(1) == Some(&"remain") && words.len() <= 5)
        || words.starts_with(&["i", "have", "the", "honour", "to", "be"])
        || words.starts_with(&["i", "have", "the", "honor", "to", "be"])
        || phrase_is(&["your", "obedient", "servant"])
        || FOREIGN.iter().any(|foreign| words.join(" ") == *foreign)
}

/// Whether a line thanks in a sentence of its own: `Thank you.` and `Thanks again!`, not `Thanks,`.
pub(super) fn is_thanks_said(line: &str) -> bool {
    let Some(phrase) = Phrase::read(line, Part::Closing) else { return false };
    let thanks = |word: &String| matches!(word.as_str(), "thank" | "thanks");
    phrase.text.ends_with(['.', '!']) && phrase.folded.iter().take(2).any(thanks)
}

/// How many bytes of a line are a closing with a name behind it: `Regards Fourie, JJ`, `Abrazo, Ignacio`.
pub(super) fn before_name(line: &str) -> Option<usize> {
    let phrase = Phrase::read(line, Part::Closing)?;
    if phrase.words.len() > 6 {
        return None;
    }
    let mut best = None;
    for (at, c) in line.char_indices() {
        if !matches!(c, ' ' | ',') {
            continue;
        }
        let head = line[..at].trim_end_matches([',', ' ']);
        let rest = line[at..].trim_start_matches([',', ' ', '-', '\u{2014}']);
        let named = is_capital(rest) && super::signature::is_name(rest) && !is_known(rest);
        // `Best Buy` and `Love Island` are names; after one word that closes a comma must stand, or `regards`.
        let clear = line[at..].starts_with(',')
            || head.contains(' ')
            || !matches!(head.to_lowercase().as_str(), "best" | "love" | "kind" | "warm");
        if !head.is_empty() && named && clear && is_known(head) {
            best = Some(line.len() - rest.len());
        }
    }
    best
}

/// Words that by themselves close a letter.
#[rustfmt::skip]
const SAYING: [&str; 64] = [
    "regards", "rgds", "rgd", "b.rgds", "brgds", "br", "kr", "bw", "wishes", "sincerely", "faithfully", "truly",
    "cordially", "respectfully", "gratefully", "warmly", "fondly", "affectionately", "appreciatively", "cheers",
    "best", "thanks", "thanking", "thx", "ta", "tks", "love", "yours", "hugs", "hug", "xo", "xoxo", "xx", "xxx",
    "blessings", "greetings", "respect", "respects", "ciao", "salam", "thankfully", "obediently", "sincere", "tc",
    "rgrds", "many thanks", "thank", "luv", "ever", "bless", "apologetically", "earnestly", "hopefully", "humbly",
    "regretfully", "care", "kindest", "compliments", "esteem", "gratitude", "appreciation", "affection", "peace",
    "cordialement",
];

/// Words that stand beside those.
#[rustfmt::skip]
const AROUND: [&str; 55] = [
    "with", "many", "kind", "warm", "warmest", "my", "our", "the", "and", "very", "most", "you", "you,", "again",
    "in", "advance", "all", "much", "lots", "of", "a", "big", "fraternal", "friendly", "cordial", "renewed", "deep",
    "deepest", "highest", "high", "every", "good", "as", "always", "still", "smiling", "god", "take", "so", "to",
    "please", "keep", "more", "once", "great", "until", "then", "utmost", "due", "personal", "receive", "heartfelt",
    "sir", "madam", "accept",
];

/// Words that a closing of other make may end in: `With friendly greetings`, `Believe me, most truly yours`.
#[rustfmt::skip]
const ENDING: [&str; 14] = [
    "regards", "yours", "sincerely", "faithfully", "truly", "greetings", "greeting", "wishes", "cordially",
    "respectfully", "rgds", "affectionately", "esteem", "best",
];

/// What a closing that begins with `with` brings.
#[rustfmt::skip]
const FEELING: [&str; 16] = [
    "regards", "wishes", "wish", "greetings", "respect", "respects", "affection", "appreciation", "compliments",
    "love", "gratitude", "esteem", "sympathy", "admiration", "friendship", "warmth",
];

#[rustfmt::skip]
const FOREIGN: [&str; 77] = [
    "mit freundlichen grussen", "freundliche grusse", "viele grusse", "liebe grusse", "beste grusse", "mfg", "lg",
    "vg", "gruss", "hochachtungsvoll", "bien a vous", "bien cordialement", "salutations", "amities",
    "sinceres salutations", "abraco", "abracos", "um abraco", "abrazo", "un abrazo", "abrazos", "saludos",
    "un saludo", "saludos cordiales", "atentamente", "atenciosamente", "beijos", "bacioni", "cordiali saluti",
    "distinti saluti", "groetjes", "met vriendelijke groet", "salam hormat", "pura vida",
    "groete", "groeten", "hartelijke groeten", "vriendelijke groet", "met vriendelijke groeten", "vriendelike groete",
    "terveisin", "ystavallisin terveisin", "hilsen", "vennlig hilsen", "med vennlig hilsen", "venlig hilsen",
    "med venlig hilsen", "mvh", "halsningar", "vanliga halsningar", "med vanliga halsningar", "pozdrawiam",
    "z powazaniem", "saluti", "un saluto", "un caro saluto", "au plaisir", "bises", "amicalement",
    "bien amicalement", "respectueusement", "tschuss", "slan", "le meas", "is mise le meas", "naku noa",
    "nga mihi", "nga mihi nui", "aroha nui", "mahalo", "aloha", "ingat", "wassalam", "allah hafiz", "khuda hafiz",
    "terima kasih", "saygilarimla",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_phrases_close_a_letter() {
        for line in [
            "Sincerely,",
            "Kind regards",
            "Best,",
            "Thanks!",
            "Thanking you,",
            "Many thanks,",
            "Cheers",
            "Yours faithfully,",
            "Warmly,",
            "Love,",
            "With regards,",
            "Thanks & Regards,",
            "xo,",
            "Much love,",
            "God bless,",
            "I remain, Sir,",
            "Cordialement",
            "Mit freundlichen Grüßen",
            "Abraço,",
            "Groetjes,",
            "thx",
            "B.rgds",
            "Best rgds,",
            "Very truly yours,",
            "Yours, still smiling,",
            "With friendly greetings",
            "With my excuses and many cordial greetings,",
            "Believe me, most truly yours,",
            "Thank you and best regards,",
            "I have the honour to be, Sir or Madam,",
            "Your obedient servant,",
            "Yours,",
            "Receive a cordial greeting,",
            "Un abrazo,",
            "*Regards,*",
            "Regards.",
            "Groete",
            "Terveisin",
            "N\u{101}ku noa,",
        ] {
            assert!(is_known(line), "{line:?}");
        }
    }

    #[test]
    fn what_is_said_closes_nothing() {
        for line in [
            "Good luck with year end,",
            "See you in September,",
            "No.",
            "Thank you for your time and patience,",
            "",
            "Hope you understand",
            "All the best with the tender,",
            "Please accept my apologies.",
            "Whatever you order, I remain your grateful",
            "I would love to.",
            "Is that the best?",
        ] {
            assert!(!is_known(line), "{line:?}");
        }
    }

    #[test]
    fn thanks_may_be_said_in_a_sentence() {
        for line in ["Thank you.", "Thanks again!", "Many thanks for everything."] {
            assert!(is_thanks_said(line), "{line:?}");
        }
        for line in ["Thanks,", "Thank you", "Best regards.", ""] {
            assert!(!is_thanks_said(line), "{line:?}");
        }
    }

    #[test]
    fn a_name_may_stand_behind_the_closing() {
        #[track_caller]
        fn check(line: &str, expected: &str) {
            assert_eq!(before_name(line).map_or("", |end| &line[end..]), expected, "{line:?}");
        }
        check("Regards Fourie, JJ", "Fourie, JJ");
        check("Abrazo, Ignacio", "Ignacio");
        check("Kind regards, Ann Grey", "Ann Grey");
        check("Best Buy", "");
        check("Thanks for the offer", "");
    }
}
