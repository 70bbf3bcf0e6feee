//! Dates as letter-writers put them: `3rd of May`, `May 3, 2026`, `2026-05-03`.

use super::word;
use std::ops::Range;

/// A day of the calendar; letters often leave the year out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// The year of the common era, where it is written.
    pub year: Option<i16>,
    /// The month, 1 to 12.
    pub month: i8,
    /// The day of the month, from 1.
    pub day: i8,
}

/// A leap year: a day that exists in it may exist in the year that was left out.
const ANY_YEAR: i16 = 2024;

impl Date {
    /// The first date in a text and the bytes that it takes up there.
    ///
    /// Reads the forms of RFC 5322 (`Wed, 11 Feb 2026 10:12:00 +0100`) and RFC 3339 (`2026-02-11`), and what people
    /// write. `3/5/2026` is the third of May to some and the fifth of March to others: it counts only where one
    /// reading is possible.
    pub fn find(text: &str) -> Option<(Range<usize>, Date)> {
        let mut window: Vec<Token> = Vec::with_capacity(LONGEST_DATE);
        let mut tokens = Tokens { text, at: 0 };
        loop {
            while window.len() < LONGEST_DATE
                && let Some(token) = tokens.next()
            {
                window.push(token);
            }
            let first = window.first()?;
            if let Some((used, date)) = date_at(text, &window)
                && let Some(last) = window.get(used - 1)
            {
                return Some((first.range.start..last.range.end, date));
            }
            window.remove(0);
        }
    }

    /// The number of days from this date to a later one, negative if that one is earlier.
    ///
    /// A missing year is taken from the other date. Where both lack it they are in the same year, unless that would put
    /// `later` more than half a year back: then it is in the next one (a letter of January answers one of December).
    pub fn days_until(self, later: Date) -> Option<i64> {
        let year = self.year.or(later.year);
        let later_year = later.year.or(self.year);
        let days = |from: i16, to: i16| {
            let (from, to) = (self.in_year(from)?, later.in_year(to)?);
            Some(i64::from(from.until(to).ok()?.get_days()))
        };
        match (year, later_year) {
            (Some(year), Some(later_year)) => days(year, later_year),
            _ => days(ANY_YEAR, ANY_YEAR)
                .and_then(|count| if count < -180 { days(ANY_YEAR, ANY_YEAR + 1) } else { Some(count) }),
        }
    }

    fn in_year(self, year: i16) -> Option<jiff::civil::Date> {
        jiff::civil::Date::new(year, self.month, self.day).ok()
    }

    fn checked(year: Option<i16>, month: u32, day: u32) -> Option<Date> {
        let date = Date { year, month: i8::try_from(month).ok()?, day: i8::try_from(day).ok()? };
        date.in_year(year.unwrap_or(ANY_YEAR)).map(|_| date)
    }
}

/// The most words and numbers that one date is made of: `Wed 3rd of May, 2026` less the weekday.
const LONGEST_DATE: usize = 5;

/// A number or a word of the text.
struct Token {
    range: Range<usize>,
    /// The value, if it is a number of at most four digits.
    number: Option<u32>,
}

impl Token {
    fn digits(&self) -> usize {
        if self.number.is_some() { self.range.len() } else { 0 }
    }
}

struct Tokens<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let rest = &self.text[self.at..];
        let start = self.at + rest.find(|c: char| c.is_alphanumeric())?;
        let rest = &self.text[start..];
        let numeric = rest.starts_with(|c: char| c.is_ascii_digit());
        let len = rest
            .find(|c: char| if numeric { !c.is_ascii_digit() } else { !c.is_alphabetic() && !is_mark(c) })
            .unwrap_or(rest.len());
        // A digit of another script is neither; it is a token of its own that means nothing.
        let len = if len == 0 { rest.chars().next().map_or(1, char::len_utf8) } else { len };
        self.at = start + len;
        let number = if numeric && len <= 4 { rest[..len].parse().ok() } else { None };
        Some(Token { range: start..self.at, number })
    }
}

/// A combining accent, which belongs to the letter before it.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// The date that begins with the first token, and how many tokens it takes.
fn date_at(text: &str, tokens: &[Token]) -> Option<(usize, Date)> {
    numeric_date(text, tokens).or_else(|| day_then_month(text, tokens)).or_else(|| month_then_day(text, tokens))
}

/// `2026-05-03` (RFC 3339), `03.05.2026` (day first), `28/02`, `3/5/2026` where only one reading is possible.
fn numeric_date(text: &str, tokens: &[Token]) -> Option<(usize, Date)> {
    let [a, b, rest @ ..] = tokens else { return None };
    let (first, second) = (a.number?, b.number?);
    let mark = &text[a.range.end..b.range.start];
    let third = rest.first().filter(|c| c.number.is_some() && text[b.range.end..c.range.start] == *mark);
    // The third part of a longer row of numbers, such as a phone number or a version, makes no date.
    let before = text[..a.range.start].chars().next_back();
    if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '/' | '-' | '$')) {
        return None;
    }
    match (mark, third) {
        ("-" | "/" | ".", Some(c)) if a.digits() == 4 => Some((3, Date::checked(year_of(a), second, c.number?)?)),
        ("." | ". ", Some(c)) => Some((3, Date::checked(Some(year_of(c)?), second, first)?)),
        ("/" | "-", Some(c)) => {
            let (month, day) = month_and_day(first, second)?;
            Some((3, Date::checked(Some(year_of(c)?), month, day)?))
        }
        ("/", None) if a.digits() == 2 && b.digits() == 2 => {
            let (month, day) = month_and_day(first, second)?;
            Some((2, Date::checked(None, month, day)?))
        }
        _ => None,
    }
}

/// Which of two numbers is the month, where only one can be.
fn month_and_day(first: u32, second: u32) -> Option<(u32, u32)> {
    match (first > 12, second > 12) {
        (true, false) => Some((second, first)),
        (false, true) => Some((first, second)),
        _ if first == second => Some((first, second)),
        _ => None,
    }
}

/// `3 May 2026`, `3rd of May`, `Ninth November`, `3. Mai`.
fn day_then_month(text: &str, tokens: &[Token]) -> Option<(usize, Date)> {
    let (day, mut used) = day_of(text, tokens)?;
    if let Some(of) = tokens.get(used)
        && matches!(word::fold(&text[of.range.clone()]).as_str(), "of" | "de" | "the")
    {
        used += 1;
    }
    let month = tokens.get(used)?;
    let gap = &text[tokens.get(used.checked_sub(1)?)?.range.end..month.range.start];
    if !gap.chars().all(|c| c.is_whitespace() || matches!(c, '.' | '-' | ',')) || gap.len() > 3 {
        return None;
    }
    let number = month_named(&text[month.range.clone()])?;
    used += 1;
    let year = year_after(text, month, tokens.get(used));
    Some((used + usize::from(year.is_some()), Date::checked(year, number, day)?))
}

/// `May 3, 2026`, `Sept. 9th`.
fn month_then_day(text: &str, tokens: &[Token]) -> Option<(usize, Date)> {
    let (month, rest) = tokens.split_first()?;
    let number = month_named(&text[month.range.clone()])?;
    let gap = &text[month.range.end..rest.first()?.range.start];
    if !matches!(gap.trim_matches(char::is_whitespace), "" | "." | "the") {
        return None;
    }
    let (day, used) = day_of(text, rest)?;
    let year = year_after(text, rest.get(used - 1)?, rest.get(used));
    Some((1 + used + usize::from(year.is_some()), Date::checked(year, number, day)?))
}

/// A day as `3`, `3rd` or `third`, and how many tokens it takes.
fn day_of(text: &str, tokens: &[Token]) -> Option<(u32, usize)> {
    let first = tokens.first()?;
    let Some(day) = first.number else {
        let ordinal = word::fold(&text[first.range.clone()]);
        let day = ORDINALS.iter().position(|&name| name == ordinal)?;
        return Some((u32::try_from(day).ok()? + 1, 1));
    };
    if first.digits() > 2 {
        return None;
    }
    match tokens.get(1) {
        Some(next) if next.range.start == first.range.end && next.number.is_none() => {
            let ending = text[next.range.clone()].to_ascii_lowercase();
            matches!(ending.as_str(), "st" | "nd" | "rd" | "th").then_some((day, 2))
        }
        _ => Some((day, 1)),
    }
}

fn year_after(text: &str, last: &Token, next: Option<&Token>) -> Option<i16> {
    let next = next.filter(|next| next.digits() == 4)?;
    let gap = text[last.range.end..next.range.start].trim_matches(|c: char| c.is_whitespace() || c == '.');
    if matches!(gap, "" | "," | "-") { year_of(next) } else { None }
}

/// A year of four digits that a letter may be of, or of two digits in this century.
fn year_of(token: &Token) -> Option<i16> {
    let year = i16::try_from(token.number?).ok()?;
    match token.digits() {
        4 if (1800..2200).contains(&year) => Some(year),
        2 => Some(2000 + year),
        _ => None,
    }
}

/// The number of a month by its name or abbreviation, in the languages of the mail programs around.
fn month_named(name: &str) -> Option<u32> {
    let folded = word::fold(name);
    let month = MONTHS.iter().position(|names| names.contains(&folded.as_str()))?;
    // `may`, `march` and `mars` in lower case are other words.
    let ambiguous = matches!(folded.as_str(), "may" | "march" | "mar" | "dec");
    if ambiguous && !name.starts_with(char::is_uppercase) {
        return None;
    }
    Some(u32::try_from(month).ok()? + 1)
}

#[rustfmt::skip]
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "januar", "janvier", "enero", "janeiro", "gennaio", "januari"],
    &["february", "feb", "februar", "fevrier", "febrero", "fevereiro", "febbraio", "februari"],
    &["march", "mar", "marz", "maerz", "mars", "marzo", "marco", "maart"],
    &["april", "apr", "avril", "abril", "aprile"],
    &["may", "mai", "mayo", "maio", "maggio", "mei"],
    &["june", "jun", "juni", "juin", "junio", "junho", "giugno"],
    &["july", "jul", "juli", "juillet", "julio", "julho", "luglio"],
    &["august", "aug", "aout", "agosto", "augustus"],
    &["september", "sept", "sep", "septembre", "septiembre", "setembro", "settembre"],
    &["october", "oct", "oktober", "okt", "octobre", "octubre", "outubro", "ottobre"],
    &["november", "nov", "novembre", "noviembre", "novembro"],
    &["december", "dec", "dezember", "dez", "decembre", "diciembre", "dezembro", "dicembre"],
];

#[rustfmt::skip]
const ORDINALS: [&str; 20] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth",
];

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected` is `found text = year-month-day`, with `?` for a year left out; empty for none.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = Date::find(text).map_or(String::new(), |(range, date)| {
            let year = date.year.map_or("?".into(), |year| year.to_string());
            format!("{} = {year}-{}-{}", &text[range], date.month, date.day)
        });
        assert_eq!(found, expected, "in {text:?}");
    }

    #[test]
    fn dates_are_found_in_every_usual_form() {
        check("3 May 2026", "3 May 2026 = 2026-5-3");
        check("on the 3rd of May, at noon", "3rd of May = ?-5-3");
        check("May 3, 2026", "May 3, 2026 = 2026-5-3");
        check("May 6", "May 6 = ?-5-6");
        check("Wed, 11 Feb 2026 10:12:00 +0100", "11 Feb 2026 = 2026-2-11");
        check("due 2026-05-03.", "2026-05-03 = 2026-5-3");
        check("Berlin, 03.05.2026", "03.05.2026 = 2026-5-3");
        check("23/5/2026", "23/5/2026 = 2026-5-23");
        check("5/23/2026", "5/23/2026 = 2026-5-23");
        check("5/5/26", "5/5/26 = 2026-5-5");
        check("28/02", "28/02 = ?-2-28");
        check("Ninth November", "Ninth November = ?-11-9");
        check("Am 3. Mai schrieb X:", "3. Mai = ?-5-3");
        check("Le 12 août 2024 à 10:00, X a écrit :", "12 août 2024 = 2024-8-12");
        check("On Mon, Sep 9, 2024 at 10:12 AM Ilan D. wrote:", "Sep 9, 2024 = 2024-9-9");
        check("On Tue, 14 Jan, Scott P. wrote:", "14 Jan = ?-1-14");
        check("Sent: 08 February 09:12", "08 February = ?-2-8");
        check("29 Feb", "29 Feb = ?-2-29");
        check("Sept. 9th", "Sept. 9th = ?-9-9");
    }

    #[test]
    fn what_is_no_date_or_could_be_two_is_none() {
        check("", "");
        check("3/5/2026", "");
        check("12/06", "");
        check("31 June", "");
        check("29 Feb 2026", "");
        check("your letter of the 12th inst.", "");
        check("I may 3 times a day", "");
        check("24/7", "");
        check("May 2026", "");
        check("call 07700 900118", "");
        check("version 1.2.3.4", "");
        check("$12.10", "");
        check("٣ May", "");
    }

    #[test]
    fn days_are_counted_over_missing_years() {
        #[track_caller]
        fn check(from: &str, to: &str, expected: Option<i64>) {
            let date = |text| Date::find(text).expect("a date").1;
            assert_eq!(date(from).days_until(date(to)), expected, "{from} to {to}");
        }
        check("3 May 2026", "5 May 2026", Some(2));
        check("3 May", "1 May", Some(-2));
        check("20 December", "3 January", Some(14));
        check("3 May 2026", "4 May", Some(1));
        check("3 May", "4 May 2025", Some(1));
        check("29 Feb", "1 March 2026", None);
    }
}
