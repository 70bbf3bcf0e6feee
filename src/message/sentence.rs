//! Where sentences end in a paragraph that is laid out.
//!
//! `sentencex` knows the abbreviations of many languages and is asked about full stops. It does not know how people
//! write letters: that `?)` and `!!` end a sentence, that `Ref.` and `Rs.` do not, that a chat has no capitals. Those
//! are decided here.

/// `sentencex` looks for the partner of an opening quotation mark to the end of what it is given, again for each: so it
/// is given no more than this many bytes at once.
const CHUNK: usize = 8 * 1024;

/// The places of the spaces in `paragraph` that part two sentences. Spaces are single, as in a message's text.
pub(super) fn breaks(paragraph: &str) -> Vec<usize> {
    let mut stops = FullStops::of(paragraph);
    let mut breaks = Vec::new();
    let mut start = 0;
    for (at, _) in paragraph.match_indices(' ') {
        let (before, after) = (&paragraph[start..at], &paragraph[at + 1..]);
        let ends = match judge(before, after) {
            Ending::Yes => true,
            Ending::No => false,
            Ending::Perhaps => stops.contains(at),
        };
        if ends {
            breaks.push(at);
            start = at + 1;
        }
    }
    breaks
}

/// Whether the full stop at the end of a text is part of an abbreviation or an initial.
pub(super) fn is_abbreviated(text: &str) -> bool {
    let word = last_word(text);
    let bare = word.trim_end_matches('.').trim_start_matches(['(', '"', '\'']);
    is_initial(bare) || NEVER.contains(&bare.to_lowercase().as_str()) || SOMETIMES.contains(&lower(bare).as_str())
}

enum Ending {
    Yes,
    No,
    Perhaps,
}

/// Marks that close what was opened, and stand behind the stop.
const CLOSERS: [char; 6] = [')', '"', '\'', ']', '}', '*'];

fn judge(before: &str, after: &str) -> Ending {
    let Some(next) = after.chars().find(|c| !matches!(c, '(' | '"' | '\'' | '[' | '*')) else { return Ending::No };
    let next_is_small = next.is_lowercase();
    if ends_in_smiley(before) {
        return if next.is_uppercase() { Ending::Yes } else { Ending::No };
    }
    let bare = before.trim_end_matches(CLOSERS);
    let closed = bare.len() < before.len() && !before.ends_with('}');
    if matches!(bare.trim_end_matches(['!', '?', '.']).chars().next_back(), Some('(' | '[')) {
        // `the cliff (?? everyone else has 12)`
        return Ending::No;
    }
    match bare.chars().next_back() {
        // `"No?" he said`, `(really?) but`
        Some('!' | '?') => {
            if closed && next_is_small {
                Ending::No
            } else {
                Ending::Yes
            }
        }
        Some('\u{3002}' | '\u{964}' | '\u{61f}' | '\u{ff1f}' | '\u{ff01}') => Ending::Yes,
        Some('.') if bare.ends_with("..") => {
            if next_is_small {
                Ending::No
            } else {
                Ending::Yes
            }
        }
        Some('.') if closed => {
            if next_is_small || is_abbreviated(bare) {
                Ending::No
            } else {
                Ending::Yes
            }
        }
        Some('.') => full_stop(bare, next),
        _ => Ending::No,
    }
}

/// Judges a single full stop that is followed by a space and `next`.
fn full_stop(before: &str, next: char) -> Ending {
    let word = last_word(before);
    let bare = word.trim_end_matches('.').trim_start_matches(['(', '"', '\'', '[']);
    let lowered = lower(bare);
    let next_is_small = next.is_lowercase();
    let next_is_number = next.is_ascii_digit() || matches!(next, '{' | '#');
    if matches!(lowered.as_str(), "no" | "nos") {
        return if next_is_number { Ending::No } else { Ending::Yes };
    }
    if WORDS.contains(&lowered.as_str()) {
        return Ending::Yes;
    }
    if NEVER.contains(&lowered.as_str()) {
        return Ending::No;
    }
    if SOMETIMES.contains(&lowered.as_str()) {
        return if next.is_uppercase() { Ending::Yes } else { Ending::No };
    }
    if is_initial(bare) {
        // `So do I. Thanks`
        return if bare == "I" && before.len() > word.len() { Ending::Yes } else { Ending::No };
    }
    let is_number = bare.ends_with(|c: char| c.is_ascii_digit());
    // `done at 5. gutted`
    if is_number && next_is_small && before.len() > word.len() {
        let spoken = last_word(before[..before.len() - word.len()].trim_end());
        if BEFORE_NUMBERS.contains(&lower(spoken).as_str()) {
            return Ending::Yes;
        }
    }
    // `3. Housing` is the third point; `on the 19. of May` is German; `from 12. Then` ends.
    if is_number && (next_is_small || before.len() == word.len()) {
        return Ending::No;
    }
    if is_number || matches!(lowered.as_str(), "so" | "it" | "tho" | "thx" | "ok") {
        return Ending::Yes;
    }
    // `sentencex` takes `me.` for Maine and `la.` for Louisiana; what is written small is a word.
    let is_small_word = bare.len() > 1 && bare.chars().all(|c| c.is_lowercase() || matches!(c, '\'' | '-'));
    if is_small_word && next.is_uppercase() { Ending::Yes } else { Ending::Perhaps }
}

/// Words before a number that ends a sentence, even if the next one begins small.
const BEFORE_NUMBERS: [&str; 14] =
    ["at", "till", "til", "by", "until", "to", "about", "around", "only", "just", "even", "than", "is", "was"];

/// The last word of a text. A word of a letter is short; of a longer one only the end is looked at.
fn last_word(text: &str) -> &str {
    let end = super::word::ending(text, 40);
    end.rsplit(' ').next().unwrap_or(end)
}

fn lower(word: &str) -> String {
    word.to_lowercase()
}

/// Whether a word is an initial, or several as in `J.D`.
fn is_initial(bare: &str) -> bool {
    !bare.is_empty()
        && bare.split('.').all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
        })
}

fn ends_in_smiley(text: &str) -> bool {
    let is_picture = |c: char| ('\u{1f300}'..='\u{1faff}').contains(&c) || ('\u{2600}'..='\u{27bf}').contains(&c);
    [":)", ":-)", ";)", ";-)", ":(", ":-(", ":D", ":P", "=)", "<3"].iter().any(|smiley| text.ends_with(smiley))
        || text.chars().next_back().is_some_and(is_picture)
}

/// The full stops after which `sentencex` begins a new sentence. It is asked once, and only if need be: its tables cost
/// about a millisecond.
struct FullStops<'p> {
    paragraph: &'p str,
    starts: Option<Vec<usize>>,
}

impl<'p> FullStops<'p> {
    fn of(paragraph: &'p str) -> Self {
        FullStops { paragraph, starts: None }
    }

    /// Whether a sentence begins behind the space at `at`.
    fn contains(&mut self, at: usize) -> bool {
        let paragraph = self.paragraph;
        self.starts.get_or_insert_with(|| sentence_starts(paragraph)).binary_search(&(at + 1)).is_ok()
    }
}

fn sentence_starts(paragraph: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut from = 0;
    while from < paragraph.len() {
        let chunk = super::word::beginning(&paragraph[from..], CHUNK);
        let is_last = from + chunk.len() == paragraph.len();
        let len = if is_last { chunk.len() } else { chunk.rfind(' ').map_or(chunk.len(), |space| space + 1) };
        let chunk = &chunk[..len];
        starts.extend(sentencex::get_sentence_boundaries("en", chunk).iter().map(|found| from + found.start_byte));
        from += len.max(1);
    }
    starts
}

/// Abbreviations that a sentence does not end with, for something must follow.
#[rustfmt::skip]
const NEVER: [&str; 87] = [
    "mr", "mrs", "ms", "dr", "prof", "st", "sr", "rev", "hon", "capt", "col", "gen", "lt", "sgt", "messrs", "mt",
    "fr", "ref", "fig", "vol", "art", "sec", "approx", "ext", "dept", "e.g", "eg", "i.e", "vs", "viz", "cf", "rs",
    "req", "incl", "resp", "attn", "dipl", "dipl.-ing", "ing", "engr", "mohd", "ma", "ph", "cmte", "eng", "arq",
    "tel", "mob", "adj", "asst", "gov", "pres", "supt", "sra", "bro", "p.o", "emp", "min", "max", "avg", "est",
    "pharm", "barr", "alh", "hb", "maj", "cmdr", "cdr", "cpl", "pte", "insp", "sl", "dt", "esp", "ca", "pp", "para",
    "misc", "govt", "jt", "addl", "vide", "pvt", "regd",
    "lic", "bt", "b.ed",
];

/// Abbreviations that a sentence may end with.
#[rustfmt::skip]
const SOMETIMES: [&str; 22] = [
    "a.m", "p.m", "am", "pm", "etc", "inc", "ltd", "co", "corp", "jr", "u.s", "u.k", "u.s.a", "ph.d", "m.a", "b.s",
    "b.a", "hrs", "bhd", "sdn", "d.c", "esq",
];

/// Words that `sentencex` takes for the abbreviation of a state or a month, and with which sentences in letters end.
const WORDS: [&str; 6] = ["may", "me", "ill", "wash", "mass", "ore"];

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected` is the paragraph with `|` in the place of the spaces at which it breaks.
    #[track_caller]
    fn check(expected: &str) {
        let paragraph = expected.replace('|', " ");
        let mut found = paragraph.clone();
        for at in breaks(&paragraph).into_iter().rev() {
            found.replace_range(at..=at, "|");
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn sentences_end_where_a_reader_pauses() {
        check("I regret this.|I must decline.");
        check("We are moving in May.|I apologise.");
        check("Please call me.|I am free in may.|thanks");
        check("Wow!!|An offer!|After six rounds?|Yes.");
        check("gonna pass tho.|thx");
        check("cant do it.|sorry!|bye");
        check("Could you (please?)|Then I sign.");
        check("Well...|I decline.");
        check("well... maybe not");
        check("Thanks :)|See you.");
        check("it was fun :) and long");
        check("I said no.|\"Really?\" he asked.|Yes.");
        check("He said \"no.\"|Then he left.");
        check("(I tried.)|It failed.");
        check("So do I.|Thanks.");
        check("The answer is no.|I am staying.");
        check("Do not wait for me.|I am gone.");
        check("it ends at 5.|gutted cos you were nice");
        check("no need la.|Sorry for that");
        check("I ask for 24.|That is all.");
        check("Great \u{1f600}|Thanks");
        check("At {company}.|I {other}.");
    }

    #[test]
    fn abbreviations_and_numbers_end_nothing() {
        check("Mr. Okonkwo and Ms. Grey met Dr. Addo at St. Mary.");
        check("I am J. D. Ruddock of Leeds.");
        check("Come at 7:30 a.m. on Monday.");
        check("Come at 7:30 a.m.|We open then.");
        check("Ref. No. 418 of the file, Req. No. {money}");
        check("Rs. 500 approx. is fine");
        check("e.g. a bonus, i.e. money");
        check("It is 2.5 more, see www.a.example or a.b@c.example now");
        check("1. Base pay moves.");
        check("am 19. komme ich");
        check("Dipl.-Ing. Wendlandt of Acme Inc. is free");
        check("Ma. Cristina and Mohd. Imran");
        check("see Pharm. Abena at Sl. No. 88 of the list dt. 9 May");
        check("approx. Rs. 500 and incl. VAT");
        check("the cliff (?? everyone else has 12) is long");
    }

    #[test]
    fn any_paragraph_is_parted() {
        check("");
        check(" ");
        check(". . .");
        check("!|!|!");
        let quotes = "« ".repeat(50_000);
        assert!(breaks(&quotes).is_empty());
    }
}
