//! Salutations: `Dear Ms Grey,`, `hi dana - offer looks great!`, `Bob,`.

mod lists;

use self::lists::{ENDEARMENTS, GREETINGS, NO_NAME, ON_TITLES, TALK, TITLES};
use super::placeholder::{self, Mark};
use super::word::{Phrase, is_capital};
use super::{Part, word};

/// How much of its line a salutation takes up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Salutation {
    /// All of it.
    Line,
    /// This many bytes; the letter goes on behind them.
    RunIn(usize),
}

/// The most words of a salutation that has a line of its own: `Hi all (Wendy, Tom, and whoever I am forgetting),`.
const MOST_WORDS: usize = 18;

/// The salutation that a line begins with, told by a greeting. `goes_on`: whether the paragraph has more lines.
pub(super) fn find(line: &str, goes_on: bool) -> Option<Salutation> {
    let head = word::beginning(line, word::SHORT_LINE);
    let words = Words::of(head);
    let greeted = words.greeting()?;
    // What is added to a set phrase in parentheses is said: `To whom it may concern (evidently no one),`.
    if words.folded(1) == "whom" && words.word(greeted).starts_with('(') {
        return Some(Salutation::RunIn(words.end_of(greeted - 1)));
    }
    if head.len() == line.len() && words.is_whole(greeted, goes_on) {
        return Some(Salutation::Line);
    }
    let end = words.end_of_address(greeted);
    Some(if line[end..].trim().is_empty() { Salutation::Line } else { Salutation::RunIn(end) })
}

/// Whether a line is a name and nothing more: `Bob,`, `Ms. Guidry:`, `Mr van der Merwe`, `{{name}},`.
pub(super) fn is_bare_name(line: &str) -> bool {
    let Some(phrase) = Phrase::read(line, Part::Salutation) else { return false };
    let ends = line.ends_with([',', ':', '!', '\u{2014}', '-']);
    let titled = phrase.folded.first().is_some_and(|word| is_title(word));
    // `chef or whoever reads this,`
    if titled && line.ends_with(',') && phrase.folded.get(1).is_some_and(|word| word == "or") {
        return phrase.words.len() <= 6;
    }
    let is_dear = |at: usize, folded: &str| at > 0 && ENDEARMENTS.contains(&folded);
    (1..=6).contains(&phrase.words.len())
        && (ends || titled)
        && !line.ends_with('.')
        && !phrase.folded.iter().any(|word| NO_NAME.contains(&word.as_str()))
        && (phrase.words.iter().zip(&phrase.folded).enumerate())
            .all(|(at, (word, folded))| is_capital(word) || is_small(folded) || is_dear(at, folded))
        && (ends || phrase.words.len() <= 4)
}

/// Whether a line without a mark at its end may be the name of the reader, as in a note: `Gordon`, `Mary Ann`.
pub(super) fn is_name_only(line: &str) -> bool {
    let Some(phrase) = Phrase::read(line, Part::Salutation) else { return false };
    let is_name = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && word.contains(char::is_lowercase)
            && letters.all(|c| c.is_alphabetic() || matches!(c, '-' | '\''))
    };
    let is_other = |folded: &String| {
        let folded = folded.as_str();
        NO_NAME.contains(&folded) || TALK.contains(&folded) || ON_TITLES.contains(&folded)
    };
    (1..=3).contains(&phrase.words.len())
        && phrase.words.iter().all(|word| is_name(word))
        && !phrase.folded.iter().any(is_other)
        && !super::closing::is_known(line)
}

/// Whether a line greets and nothing else is before its first stop: `Good afternoon.`
pub(super) fn greets_only(line: &str) -> Option<Salutation> {
    let words = Words::of(word::beginning(line, word::SHORT_LINE));
    let greeted = words.greeting()?;
    let last = words.word(greeted.checked_sub(1)?);
    if words.words.len() == greeted {
        return Some(Salutation::Line);
    }
    last.ends_with(['.', '!', ',']).then(|| Salutation::RunIn(words.end_of(greeted - 1)))
}

/// A name or a title with a comma at the start of a paragraph: `Chef Tom, count with me`, `Colleagues, my answers`.
pub(super) fn find_name_before_comma(line: &str) -> Option<Salutation> {
    let head = word::beginning(line, 60);
    let end = head.find([',', '.', ' ']).and_then(|_| head.find(','))? + 1;
    let phrase = Phrase::read(&head[..end - 1], Part::Salutation)?;
    let titled = phrase.folded.first().is_some_and(|word| is_title(word) || is_group(word));
    let fits = titled && phrase.words.len() <= 4 && phrase.words.iter().skip(1).all(|word| is_capital(word));
    (fits && !line[end..].trim().is_empty()).then_some(Salutation::RunIn(end))
}

/// Whether a line greets: its first words are those of a salutation.
pub(super) fn greets(line: &str) -> bool {
    Words::of(word::beginning(line, word::SHORT_LINE)).greeting().is_some()
}

/// The words of a line with their places.
struct Words<'l> {
    line: &'l str,
    words: Vec<(usize, &'l str)>,
    folded: Vec<String>,
}

impl<'l> Words<'l> {
    fn of(line: &'l str) -> Words<'l> {
        let holes: Vec<_> = placeholder::find(line, Part::Salutation).iter().map(Mark::range).collect();
        let mut words = Vec::new();
        let mut start = None;
        for (at, c) in line.char_indices().chain([(line.len(), ' ')]) {
            // `[Mr./Ms. Last Name]` is one word.
            let parts = c.is_whitespace() && !holes.iter().any(|hole| hole.contains(&at));
            match start {
                Some(from) if parts => {
                    words.push((from, &line[from..at]));
                    start = None;
                }
                None if !parts => start = Some(at),
                _ => {}
            }
        }
        let folded = words
            .iter()
            .map(|(_, word)| unstretched(&word::fold(&placeholder::filled(word, Part::Salutation))))
            .collect();
        Words { line, words, folded }
    }

    fn folded(&self, at: usize) -> &str {
        self.folded.get(at).map_or("", String::as_str)
    }

    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |&(_, word)| word)
    }

    fn end_of(&self, at: usize) -> usize {
        self.words.get(at).map_or(self.line.len(), |&(start, word)| start + word.len())
    }

    /// The number of words that greet, names aside.
    fn greeting(&self) -> Option<usize> {
        let (first, second) = (self.folded(0), self.folded(1));
        let third = self.folded(2);
        match (first, second) {
            ("to", "whom") => Some(self.folded.len().min(5)),
            ("sehr", _) if third.is_empty() || second.starts_with("geehrt") => Some(2),
            ("sir", "or" | "and") | ("madam", "or" | "and") => Some(self.folded.len().min(3)),
            ("morning" | "afternoon" | "evening", _) if self.folded.len() > 1 => Some(1),
            ("dear", _) if self.folded.len() == 1 && !self.line.ends_with([',', ':']) => None,
            // `Alright Darren`, not `Alright then`
            ("alright", _) if !is_capital(self.word(1)) || TALK.contains(&second) => None,
            _ if self.phrase().is_some() => self.phrase(),
            // `Mr. Henriksen, good morning,` and `Miss Pat good evening.`
            _ if is_title(first) => (1..4.min(self.folded.len()))
                .find(|&at| self.folded(at) == "good" && is_time_of_day(self.folded(at + 1)))
                .map(|at| at + 2),
            _ => None,
        }
    }

    /// The number of words of the longest greeting in the list that the line begins with.
    fn phrase(&self) -> Option<usize> {
        let lengths = GREETINGS.iter().filter_map(|greeting| {
            let words = greeting.split(' ');
            let len = words.clone().count();
            words.enumerate().all(|(at, word)| self.folded(at) == word).then_some(len)
        });
        lengths.max()
    }

    /// Whether the whole line is the salutation.
    fn is_whole(&self, greeted: usize, goes_on: bool) -> bool {
        let count = self.words.len();
        if count == greeted {
            return true;
        }
        if count > MOST_WORDS || self.has_stop_before_end(greeted) {
            return false;
        }
        let aside_at = (greeted..count).find(|&at| self.word(at).starts_with('(')).unwrap_or(count);
        let comma = (greeted.saturating_sub(1)..aside_at.min(count - 1))
            .find(|&at| self.word(at).ends_with([',', '-', '\u{2013}', '\u{2014}', ':']));
        let rest_is_name = comma.is_none_or(|comma| self.goes_on_with_names(comma + 1));
        let aside = aside_at < count;
        match self.line.chars().next_back() {
            Some(',' | ':' | ';' | '-' | '\u{2014}' | '\u{2013}') => aside || (rest_is_name && !self.talks(greeted)),
            Some('.' | '?') if !word::ends_sentence(self.line) => !self.talks(greeted),
            Some('!' | '.') => count <= greeted + 5 && rest_is_name && !self.talks(greeted),
            _ => {
                rest_is_name
                    && !self.talks(greeted)
                    && (!goes_on || count <= greeted + 4)
                    && (aside || count <= greeted + 7)
            }
        }
    }

    /// Whether a sentence ends within the line.
    fn has_stop_before_end(&self, greeted: usize) -> bool {
        (greeted..self.words.len().saturating_sub(1)).any(|at| {
            let word = self.word(at);
            word.ends_with(['.', '!', '?']) && word::ends_sentence(word) && !self.is_title_at(at) && !self.shortens(at)
        })
    }

    /// Whether a word is the short form of a title: only a name is behind it to the end of the line, `Pharm. Boateng,`.
    fn shortens(&self, at: usize) -> bool {
        let rest = at + 1..self.words.len();
        self.word(at).ends_with('.')
            && self.word(at).len() <= 8
            && (1..=3).contains(&rest.len())
            && self.line.ends_with([',', ':'])
            && rest.into_iter().all(|at| is_capital(self.word(at)) && !self.is_said(at))
    }

    fn is_said(&self, at: usize) -> bool {
        TALK.contains(&self.folded(at)) || NO_NAME.contains(&self.folded(at))
    }

    fn is_title_at(&self, at: usize) -> bool {
        is_title(self.folded(at))
    }

    /// Whether what follows a comma is one more name, title or greeting and not the letter itself.
    fn goes_on_with_names(&self, from: usize) -> bool {
        let first = self.folded(from);
        let rest = self.words.len() - from;
        if matches!(first, "cc" | "and" | "good" | "all") || is_title(first) {
            return true;
        }
        is_capital(self.word(from)) && !NO_NAME.contains(&first) && (rest <= 4 || self.line.ends_with([',', ':']))
    }

    /// Whether words behind the greeting are such as people talk in: `Hi this is the guy from`. Those in parentheses
    /// do not count.
    fn talks(&self, greeted: usize) -> bool {
        let mut outside = (greeted..self.words.len()).take_while(|&at| !self.word(at).starts_with('('));
        // `Dear Mr. Bambang of the crewing`
        outside.any(|at| {
            TALK.contains(&self.folded(at))
                && !(self.folded(at) == "the" && at > greeted && is_linking(self.folded(at - 1)))
        })
    }

    /// Where the greeting and the name behind it end, in bytes, in a line that goes on.
    fn end_of_address(&self, greeted: usize) -> usize {
        let mut last = greeted.saturating_sub(1);
        if self.word(last).ends_with([',', '!', '.', ':']) && !self.is_title_at(last) {
            return self.end_of(last);
        }
        // Up to the first comma, dash or stop, if only a name stands before it.
        for at in greeted..self.words.len().min(greeted + 6) {
            let word = self.word(at);
            if matches!(word, "-" | "\u{2013}" | "\u{2014}" | "--") {
                return self.end_of(at);
            }
            if TALK.contains(&self.folded(at)) {
                break;
            }
            if word.ends_with([',', ':', '!', '-', '\u{2014}', ';'])
                || (word.ends_with('.') && word::ends_sentence(word))
            {
                return self.end_of(at);
            }
        }
        // Else titles and capitals, or one word.
        let mut named = false;
        for at in greeted..self.words.len() {
            let folded = self.folded(at);
            let is_name = is_title(folded)
                || (is_capital(self.word(at)) && folded != "i")
                || (!named && !matches!(folded, "and" | "or"));
            if TALK.contains(&folded) || !is_name {
                break;
            }
            named |= !is_title(folded);
            last = at;
        }
        self.end_of(last)
    }
}

/// A word without its stretched letters: `heyyy` is `hey`, `hellooo` is `hello`.
fn unstretched(word: &str) -> String {
    let mut short = String::with_capacity(word.len());
    let mut runs = word.chars().peekable();
    while let Some(c) = runs.next() {
        let mut len = 1;
        while runs.next_if_eq(&c).is_some() {
            len += 1;
        }
        // Two are spelling, as in `hello`; three or more are stretched, but for the `l` of `hellllo`.
        let kept = if len == 2 || (len > 2 && c == 'l') { 2 } else { 1 };
        short.extend(std::iter::repeat_n(c, kept));
    }
    short
}

fn is_linking(word: &str) -> bool {
    matches!(word, "of" | "at" | "from" | "in" | "and")
}

fn is_time_of_day(word: &str) -> bool {
    matches!(word, "morning" | "afternoon" | "evening" | "day")
}

/// Whether a word is put before a name, or is used in the place of one.
pub(super) fn is_title(folded: &str) -> bool {
    // `Mr./Ms.`
    !folded.is_empty() && folded.split('/').all(|title| TITLES.contains(&title.trim_matches('.')))
}

fn is_group(folded: &str) -> bool {
    matches!(
        folded,
        "colleagues" | "team" | "all" | "everyone" | "folks" | "guys" | "friends" | "gentlemen" | "ladies" | "boss"
    )
}

fn is_small(folded: &str) -> bool {
    matches!(
        folded,
        "van"
            | "der"
            | "de"
            | "von"
            | "da"
            | "di"
            | "bin"
            | "binti"
            | "al"
            | "la"
            | "le"
            | "and"
            | "or"
            | ""
            | "del"
            | "den"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected` is the salutation, then `|` if the line goes on, or empty.
    #[track_caller]
    fn check(line: &str, expected: &str) {
        let found = match find(line, false) {
            Some(Salutation::Line) => line.to_owned(),
            Some(Salutation::RunIn(end)) => format!("{}|", &line[..end]),
            None => String::new(),
        };
        assert_eq!(found, expected, "{line:?}");
    }

    #[track_caller]
    fn check_whole(line: &str) {
        check(line, line);
    }

    #[test]
    fn a_salutation_may_have_a_line_of_its_own() {
        check_whole("Dear Ms. Kulkarni,");
        check_whole("Dear Pharm. Boateng,");
        check_whole("Dear Mr./Ms. [Last Name],");
        check_whole("Gidday Trev");
        check_whole("Good night Mrs. Rosenthal,");
        check_whole("Assalam o Alaikum Umar bhai,");
        check_whole("Salaam Bilal,");
        check_whole("Kia ora Whaea Hinewai,");
        check_whole("Alright Darren,");
        check_whole("Dia duit a Mh\u{e1}ire,");
        check_whole("Sehr geehrte Frau Wolf,");
        check_whole("Ch\u{e8}re Madame,");
        check_whole("Mabuhay!");
        check_whole("Dear Sir or Madam:");
        check_whole("Dear [Mr./Ms. Last Name]:");
        check_whole("Hi Lerato");
        check_whole("Hi there!");
        check_whole("Hello,");
        check_whole("Hello");
        check_whole("Heyyy Carmen,");
        check_whole("Gday Sandra");
        check_whole("Good afternoon, Helen.");
        check_whole("Good day po, Ma'am Liezel,");
        check_whole("Mr. Henriksen, good morning,");
        check_whole("To whom it may concern,");
        check_whole("Sir or Madam,");
        check_whole("Respected Madam,");
        check_whole("Dear Mr. Tuan, cc Ms. Patricia (HR)");
        check_whole("Hi Mr. Reyes (Coach Patterson says I can call you Manny but it feels weird),");
        check_whole("Hi all (Wendy, Tom, DeShawn, Xiu, and whoever I\u{2019}m forgetting),");
        check_whole("Hi everyone on Ward 6B (and Matron, who I know reads over shoulders)");
        check_whole("Dear Jack, Steven, Emily and all,");
        check_whole("Dear Head, Human Capital,");
        check_whole("Dear Capt. Verhoeven and Mr. Bambang of the crewing,");
        check_whole("Estimada Ms. Forsythe,");
        check_whole("Hi ____,");
        check_whole("My dear Team at Cornerstone Montessori,");
    }

    #[test]
    fn the_letter_may_go_on_behind_the_name() {
        check("hi dana - offer looks great!", "hi dana -|");
        check("Hi Gosia, just so you're not holding the room", "Hi Gosia,|");
        check("hey mark got the offer thx. gonna pass", "hey mark|");
        check("Hi Angela I tried the drive this morning", "Hi Angela|");
        check("Hi this is the guy from the interview. cant do it", "Hi|");
        check("hiya its Chantelle from the interview weds.", "hiya|");
        check("Hi there. I'm pulling out of the process please", "Hi there.|");
        check("Salut Jessica, no. I don't look for job", "Salut Jessica,|");
        check("Dear Dr. Margaret, good evening from Alexandria. I hope", "Dear Dr. Margaret,|");
        check("Dear Human Resources I am the man for the job", "Dear Human Resources|");
        check("Dear <Contact>, <Company>'s proposal was put alongside two.", "Dear <Contact>,|");
        check("Morning boss. Niko na another company now", "Morning boss.|");
        check("Good evening Madam. Please I have seen the offer", "Good evening Madam.|");
        check("Miss Pat good evening. Mi really appreciate it", "Miss Pat good evening.|");
        check("Hi Sam, thanks for the offer!", "Hi Sam,|");
        check("To whom it may concern (evidently no one),", "To whom it may concern|");
        check("hei! Just to let you know I am out", "hei!|");
        check("Hi Tom. Sorry, I can't make it,", "Hi Tom.|");
    }

    #[test]
    fn other_lines_greet_nobody() {
        check("No.", "");
        check("Good luck with it,", "");
        check("Too late, I'm afraid.", "");
        check("", "");
        check("Thanks for the offer", "");
        check("Alright then, I will do it.", "");
    }

    #[test]
    fn a_name_may_have_no_mark() {
        for line in ["Gordon", "Mary Ann", "O'Brien", "J\u{fc}rgen"] {
            assert!(is_name_only(line), "{line:?}");
        }
        for line in
            ["Offer letter", "Offer Letter", "MEMORANDUM", "Tuesday", "Thanks", "No", "Regards", "gordon", "A1", ""]
        {
            assert!(!is_name_only(line), "{line:?}");
        }
    }

    #[test]
    fn a_name_alone_is_a_salutation_too() {
        for line in [
            "Bob,",
            "Brad babe,",
            "chef or whoever reads this,",
            "Ms. Guidry,",
            "Jordan,",
            "Professor Vogelsang,",
            "{{name}},",
            "Mr van der Merwe",
            "Madame,",
        ] {
            assert!(is_bare_name(line), "{line:?}");
        }
        for line in ["No.", "Yes,", "Thanks,", "Bob", "The Registrar", "I decline,", ""] {
            assert!(!is_bare_name(line), "{line:?}");
        }
    }
}
