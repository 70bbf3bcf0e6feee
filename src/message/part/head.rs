//! What stands above the body: headers, an address, a date, the salutation, a subject below it.

use super::super::salutation::{self, Salutation};
use super::super::{Date, Meaning, Part, header, placeholder, signature, title, word};
use super::Letter;
use super::row::{Row, is_invisible};
use crate::span::Span;
use std::ops::Range;

/// How many lines of headers, names and streets a salutation is looked for behind.
const LONGEST_HEAD: usize = 30;

impl Letter<'_> {
    /// Divides what stands above the body, and returns the first row of the body.
    pub fn head(&mut self) -> usize {
        let Some((at, found)) = self.find_salutation() else { return self.head_without_salutation() };
        for row in 0..at {
            self.preface(row, Part::Address);
        }
        let mut next = self.salutation(at, found);
        // `To whom it may concern,` / `Dear Sir,`
        while next > at && next <= at + 2 && self.is_alone(next) && salutation::greets(self.text(next)) {
            match salutation::find(self.text(next), false) {
                Some(Salutation::Line) => self.add_row(Part::Salutation, next),
                _ => break,
            }
            next += 1;
        }
        // `Mr. Ramkissoon,` / `Good afternoon. I got the package`
        if next == at + 1
            && self.gap_before(next)
            && !salutation::greets(self.text(at))
            && let Some(found) = salutation::greets_only(self.text(next))
        {
            next = self.salutation(next, found);
        }
        if self.is_subject_below(next) {
            self.subject_below(next);
            next += 1;
        }
        next
    }

    /// Adds a salutation; returns the row at which the letter goes on.
    fn salutation(&mut self, at: usize, found: Salutation) -> usize {
        match found {
            Salutation::Line => {
                self.add_row(Part::Salutation, at);
                at + 1
            }
            Salutation::RunIn(end) => {
                let text = self.text(at);
                let span = self.rows[at].span;
                self.add(Part::Salutation, Span::new(span.start(), span.start() + text[..end].trim_end().len()), true);
                let rest =
                    text[end..].trim_start_matches(is_invisible).trim_start_matches(['-', '\u{2013}', '\u{2014}']);
                let rest = rest.trim_start_matches(is_invisible);
                let row = &mut self.rows[at];
                row.span = Span::new(span.end() - rest.len(), span.end());
                row.after_gap = true;
                row.is_item = false;
                at
            }
        }
    }

    fn find_salutation(&self) -> Option<(usize, Salutation)> {
        let limit = self.rows.len().min(LONGEST_HEAD);
        let mut bare = None;
        for at in 0..limit {
            let text = self.text(at);
            if let Some((key, _)) = header::find(text)
                && (key != header::Key::Other || !salutation::greets(text))
            {
                continue;
            }
            let goes_on = !self.gap_before(at + 1);
            if !self.rows[at].is_item
                && let Some(found) = salutation::find(text, goes_on)
            {
                // `Mr. Ramkissoon,` stands above `Good afternoon.`
                let is_second = at > 0 && salutation::greets_only(text).is_some();
                return bare.filter(|&(row, _)| is_second && row + 1 == at).or(Some((at, found)));
            }
            let alone = self.gap_before(at) || header::find(self.text(at - 1)).is_some();
            let followed = at + 1 < self.rows.len() && (!goes_on || self.text(at + 1).len() > 40);
            let is_name = (followed && salutation::is_bare_name(text)) || self.is_name_only(at);
            if bare.is_none() && alone && is_name && !self.is_date(at) {
                bare = Some((at, Salutation::Line));
            }
            if !is_preface(text) {
                break;
            }
        }
        bare
    }

    /// Whether a row is a name without a mark, only headers stand above it, and below it somebody talks: `Gordon`.
    fn is_name_only(&self, at: usize) -> bool {
        let is_above = |row: usize| header::find(self.text(row)).is_some() || self.is_date(row);
        let next = self.text(at + 1);
        let talks = next.split_whitespace().nth(3).is_some() || word::ends_sentence(next);
        salutation::is_name_only(self.text(at)) && talks && (0..at).all(is_above) && header::find(next).is_none()
    }

    /// Headers, titles and a date at the top of a letter that greets nobody.
    fn head_without_salutation(&mut self) -> usize {
        let mut at = 0;
        while at < self.rows.len().min(LONGEST_HEAD) {
            let text = self.text(at);
            let is_title = self.is_title(at);
            if header::find(text).is_none() && !self.is_date(at) && !is_title {
                break;
            }
            self.preface(at, Part::Address);
            at += 1;
        }
        if at < self.rows.len()
            && let Some(found) = salutation::find_name_before_comma(self.text(at))
        {
            return self.salutation(at, found);
        }
        at
    }

    /// Whether a row is a title over the letter: `MEMORANDUM`, a heading, `To the Admissions Office`.
    fn is_title(&self, at: usize) -> bool {
        let text = self.text(at);
        if title::is_title(text) && self.is_alone(at) {
            return true;
        }
        if at + 1 >= self.rows.len() || word::ends_sentence(text) || placeholder::is_alone(text) || text.len() > 80 {
            return false;
        }
        let shouts = text.contains(char::is_alphabetic) && !text.contains(char::is_lowercase);
        let is_apart = self.gap_before(at + 1) || header::find(self.text(at + 1)).is_some();
        let addressed = word::beginning(text, 3).eq_ignore_ascii_case("to ") && self.is_alone(at);
        let heads = self.rows[at].is_heading || matches!(word::fold(text).as_str(), "memo" | "memorandum");
        heads || addressed || (shouts && is_apart)
    }

    /// Adds a row that stands above the salutation.
    fn preface(&mut self, row: usize, otherwise: Part) {
        let text = self.text(row);
        let span = self.rows[row].span;
        let Some((key, value)) = header::find(text) else {
            let continues = row > 0 && self.rows[row].is_indented && !self.rows[row].after_gap;
            let last = self.division.passages.last_mut();
            if let Some(last) = last.filter(|last| continues && matches!(last.part, Part::Subject | Part::Header)) {
                last.span = last.span.hull(span);
                return;
            }
            let part = if self.is_date(row) { Part::DateLine } else { otherwise };
            if part == Part::DateLine && self.division.date.is_none() {
                self.division.date = Date::find(text).map(|(_, date)| date);
            }
            self.add_row(part, row);
            return;
        };
        self.header(row, key, value);
    }

    pub fn header(&mut self, row: usize, key: header::Key, value: Range<usize>) {
        let text = self.text(row);
        let Row { span, after_gap, .. } = self.rows[row];
        let place = |range: Range<usize>| Span::new(span.start() + range.start, span.start() + range.end);
        match key {
            header::Key::Subject => self.add(Part::Subject, place(value), after_gap),
            header::Key::Date => {
                self.division.date = Date::find(&text[value.clone()]).map(|(_, date)| date).or(self.division.date);
                self.add(Part::DateLine, place(value), after_gap);
            }
            header::Key::Recipients => {
                let entries = header::recipients(&text[value.clone()]);
                let base = value.start;
                self.division
                    .recipients
                    .extend(entries.into_iter().map(|entry| place(base + entry.start..base + entry.end)));
                self.add(Part::Header, span, after_gap);
            }
            header::Key::Other => self.add(Part::Header, span, after_gap),
        }
    }

    /// Whether a row holds a date and little else: `3 March`, `Astana, 17 July`, `[Date]`, `12/06`.
    fn is_date(&self, row: usize) -> bool {
        let text = self.text(row);
        if text.len() > 60 {
            return false;
        }
        if let Some((range, _)) = Date::find(text) {
            let others = text[..range.start].split_whitespace().count() + text[range.end..].split_whitespace().count();
            return others <= 3 && !word::ends_sentence(text.trim_end_matches('.'));
        }
        let marks = placeholder::find(text, Part::DateLine);
        let dated = marks.iter().any(|mark| matches!(mark, placeholder::Mark::Hole { meaning: Meaning::Date, .. }));
        let numbers = text.len() >= 4
            && text.contains(['/', '.', '-'])
            && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'/' | b'.' | b'-'));
        (dated && placeholder::is_alone(text)) || (numbers && text.len() <= 10)
    }

    /// Whether the row below the salutation is a subject: `RE: ...`, `Ref ENV/0442`, `ACCEPTANCE OF OFFER`.
    fn is_subject_below(&self, row: usize) -> bool {
        let text = self.text(row);
        if row + 1 >= self.rows.len() || !self.is_alone(row) || text.len() > 120 || word::ends_sentence(text) {
            return false;
        }
        let keyed = header::find(text).is_some_and(|(key, _)| matches!(key, header::Key::Subject | header::Key::Other));
        let first = text.split(' ').next().map(word::fold).unwrap_or_default();
        let referred = matches!(first.as_str(), "re" | "ref" | "sub") && text.contains(' ');
        if self.is_matter(text) {
            return true;
        }
        let shouted = text.contains(' ')
            && text.contains(char::is_uppercase)
            && !text.contains(char::is_lowercase)
            && !placeholder::is_alone(text);
        keyed || referred || (shouted && !text.ends_with([',', '!']))
    }

    /// Whether a line names a post or a file, in words that all begin with a capital: `Chair, Harbour Board`.
    fn is_matter(&self, text: &str) -> bool {
        let Some(phrase) = word::Phrase::read(text, Part::Subject) else { return false };
        let is_matter = |(word, folded): (&String, &String)| {
            word::is_capital(word)
                || folded.is_empty()
                || folded.contains(|c: char| c.is_ascii_digit())
                || SMALL.contains(&folded.as_str())
        };
        let joined = text.contains([',', '/', '(', ':']) || text.contains(" - ") || text.contains(" \u{2013} ");
        (2..=14).contains(&phrase.words.len())
            && phrase.words.iter().take(1).all(|word| word::is_capital(word))
            && joined
            && !text.ends_with([',', ':', ';', '-', '!'])
            && phrase.words.iter().zip(&phrase.folded).all(is_matter)
            && signature::is_detail(text)
    }

    fn subject_below(&mut self, row: usize) {
        let text = self.text(row);
        let span = self.rows[row].span;
        let value = header::find(text).map_or(0..text.len(), |(_, value)| value);
        self.add(Part::Subject, Span::new(span.start() + value.start, span.start() + value.end), true);
    }
}

/// Words that are written small in the name of a post.
const SMALL: [&str; 16] =
    ["of", "the", "in", "and", "for", "to", "at", "a", "an", "on", "no", "offer", "ref", "terms", "your", "post"];

/// Whether a line may stand above a salutation: a name, a street, a title.
fn is_preface(text: &str) -> bool {
    let words = text.split_whitespace().take(15).count();
    text.len() <= word::SHORT_LINE && words <= 14 && !(words >= 6 && word::ends_sentence(text)) || title::is_title(text)
}
