//! What stands below the body: the closing, the signature, a postscript.

use super::super::{Part, closing, header, signature, word};
use super::Letter;
use crate::span::Span;
use std::ops::Range;

/// How many lines a signature may have.
const LONGEST_SIGNATURE: usize = 12;

/// How many lines a name and what stands below it have, if these may be anything.
const LONGEST_BLOCK: usize = 4;

/// How many lines below a known closing and a name may be anything short: a degree, a motto, an office.
const MOST_FREE: usize = 2;

impl Letter<'_> {
    /// The row at which a postscript begins.
    pub fn postscript(&self, body: usize) -> Option<usize> {
        (body + 1..self.rows.len()).find(|&row| is_postscript(self.text(row)))
    }

    /// Adds the rows of the body up to the closing and the closing itself; returns the first row of the signature.
    pub fn tail(&mut self, body: usize, end: usize) -> usize {
        if let Some((closing, name)) = self.find_closing(body, end) {
            self.paragraphs(body..closing.start, Part::Body);
            for row in closing.clone() {
                self.add_row(Part::Closing, row);
            }
            if let Some(at) = name {
                self.split_row(closing.end, at);
                return closing.end;
            }
            return closing.end;
        }
        let named = self.find_name(body, end).or_else(|| self.find_block(body, end));
        if let Some(first) = named.or_else(|| self.find_name_below_text(body, end)) {
            let is_closing = first > body && self.closes_by_shape(first - 1);
            let said = if is_closing { first - 1 } else { first };
            self.paragraphs(body..said, Part::Body);
            if is_closing {
                self.add_row(Part::Closing, said);
            }
            return first;
        }
        self.note(body, end);
        end
    }

    /// The rows of a known closing that only a signature follows, and the place of a name on the row behind them.
    fn find_closing(&self, body: usize, end: usize) -> Option<(Range<usize>, Option<usize>)> {
        let mut free = 0;
        for row in (body.max(end.saturating_sub(LONGEST_SIGNATURE))..end).rev() {
            let text = self.text(row);
            if self.rows[row].is_item {
                return None;
            }
            let starts = self.gap_before(row) || row == body || word::is_capital(text) || row + 1 < end;
            let names = free == 0 || (row + 1 < end && signature::is_detail(self.text(row + 1)));
            if starts && names && closing::is_known(text) {
                // `Thank you.` above `Sincerely,` is said; nothing is left of a closing that stands above what is said.
                let closes = |at: &usize| closing::is_known(self.text(*at)) && !closing::is_thanks_said(self.text(*at));
                let first = (body..row).rev().take_while(closes).last().unwrap_or(row);
                return Some((first..row + 1, None));
            }
            let after_stop = self.gap_before(row) || row == body || word::ends_sentence(self.text(row - 1));
            if let Some(name) = closing::before_name(text).filter(|_| after_stop) {
                return Some((row..row, Some(name)));
            }
            if !signature::is_detail(text) {
                free += 1;
                if free > MOST_FREE || text.len() > 60 || text.ends_with(['?', '!', ',', ':']) {
                    return None;
                }
            }
        }
        None
    }

    /// Adds the closing at the start of a row; the row keeps the name.
    fn split_row(&mut self, row: usize, at: usize) {
        let text = self.text(row);
        let span = self.rows[row].span;
        self.add(Part::Closing, Span::new(span.start(), span.start() + text[..at].trim_end().len()), true);
        self.rows[row].span = Span::new(span.start() + at, span.end());
    }

    /// The first row of a signature that no known closing stands above: names at the end of the letter.
    fn find_name(&self, body: usize, end: usize) -> Option<usize> {
        let from = body.max(end.saturating_sub(LONGEST_SIGNATURE));
        let details = (from..end)
            .rev()
            .take_while(|&row| !self.rows[row].is_item && signature::is_detail(self.text(row)))
            .last()?;
        (details..end).find(|&row| {
            let stands = self.gap_before(row) || row > body && self.may_stand_above_name(row - 1);
            let alone = row == body
                && row + 1 == end
                && self.division.passages.iter().all(|passage| passage.part != Part::Salutation);
            stands && !alone && (row > body || self.rows.len() > 1) && signature::is_name(self.text(row))
        })
    }

    /// The full name that begins the last paragraph, if lines without a stop follow that may be anything: a rank, a
    /// union, a motto.
    fn find_block(&self, body: usize, end: usize) -> Option<usize> {
        let first = (body + 1..end).rev().take(LONGEST_BLOCK).find(|&row| self.gap_before(row))?;
        let is_free = |row: usize| {
            let text = self.text(row);
            text.len() <= 60
                && !word::ends_sentence(text)
                && !text.ends_with([',', ':', '?'])
                && !self.rows[row].is_item
        };
        (signature::is_full_name(self.text(first)) && (first + 1..end).all(is_free)).then_some(first)
    }

    /// The last row if it is a name and the line above ends before it on purpose, though without a stop.
    fn find_name_below_text(&self, body: usize, end: usize) -> Option<usize> {
        let last = end.checked_sub(1).filter(|&last| last > body && !self.rows[last].is_item)?;
        let above = self.text(last - 1);
        let is_name = signature::is_short_name(self.text(last));
        let start = (body..last).rev().find(|&row| self.opens_paragraph_or_body(row, body)).unwrap_or(body);
        let longest = (start..last).map(|row| self.rows[row].span.len()).max().unwrap_or(0);
        (is_name && !wants_more(above) && self.ends_on_purpose(last - 1, longest.max(super::NARROWEST))).then_some(last)
    }

    fn opens_paragraph_or_body(&self, row: usize, body: usize) -> bool {
        row == body || self.opens_paragraph(row)
    }

    /// Whether a row ends before the name below it without a blank line between.
    fn may_stand_above_name(&self, row: usize) -> bool {
        let text = self.text(row);
        let short = text.len() <= 80 && text.split_whitespace().count() <= 12 && !wants_more(text);
        word::ends_sentence(text) || (short && (text.ends_with(',') || self.gap_before(row)))
    }

    /// Whether a row above the name closes the letter by its form: a word or three and a comma. What is longer is said.
    fn closes_by_shape(&self, row: usize) -> bool {
        let text = self.text(row);
        let words = text.split_whitespace().count();
        let ends = text.ends_with([',', '\u{2014}']) || !text.ends_with(|c: char| c.is_ascii_punctuation());
        let starts = self.gap_before(row) || row > 0 && word::ends_sentence(self.text(row - 1));
        words <= 3 && ends && starts && !self.rows[row].is_item
    }

    /// Adds a body that may end in a name: `... to the theatre girls. Deb xx`.
    fn note(&mut self, body: usize, end: usize) {
        let Some(last) = end.checked_sub(1).filter(|&last| last >= body) else { return };
        let text = self.text(last);
        let Some(ending) = signature::find_ending(text).filter(|_| !self.rows[last].is_item) else {
            self.paragraphs(body..end, Part::Body);
            return;
        };
        let whole = self.rows[last].span;
        let said = ending.closing.unwrap_or(ending.name);
        let place = |from: usize, to: usize| {
            let from = from + text[from..to].len() - text[from..to].trim_start().len();
            Span::new(whole.start() + from, whole.start() + from + text[from..to].trim().len())
        };
        self.rows[last].span = place(0, said);
        self.paragraphs(body..end, Part::Body);
        if ending.closing.is_some() {
            self.add(Part::Closing, place(said, ending.name), true);
        }
        self.add(Part::Signature, place(ending.name, text.len()), true);
    }

    /// Adds the rows of a signature; a `cc:` among them is a header.
    pub fn signature(&mut self, rows: Range<usize>) {
        for row in rows {
            match header::find(self.text(row)) {
                Some((key @ header::Key::Recipients, value)) => self.header(row, key, value),
                _ => self.add_row(Part::Signature, row),
            }
        }
    }
}

/// Whether a line ends in a word that something must follow: `give it to`.
fn wants_more(text: &str) -> bool {
    let last = text.rsplit(' ').next().map(word::fold).unwrap_or_default();
    LINKS.contains(&last.as_str())
}

/// Words that something follows.
const LINKS: [&str; 15] =
    ["to", "with", "and", "or", "for", "of", "from", "the", "a", "at", "by", "in", "on", "my", "is"];

/// Whether a line begins with `P.S.`, in any of the ways to write it.
pub fn is_postscript(text: &str) -> bool {
    let head = word::beginning(text, 14).to_lowercase();
    let head = head.trim_start_matches(['*', '_']);
    if head.starts_with("postscript") {
        return true;
    }
    let mut letters = 0;
    for (at, c) in head.char_indices() {
        match c {
            'p' if head[at + 1..].trim_start_matches('.').starts_with([' ', 'p', 's']) => letters += 1,
            's' if letters > 0 => {
                let after = &head[at + 1..];
                let mark = after.starts_with(['.', ':', ',', ')', '-', '\u{2014}', '\u{2013}', ';', '*']);
                return mark || after.is_empty() || (after.starts_with(' ') && letters < 3);
            }
            '.' | ' ' if letters > 0 => {}
            _ => return false,
        }
    }
    false
}
