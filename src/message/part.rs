//! Divides the writer's lines into the parts of a letter.

use super::quoted::Owner;
use super::salutation::{self, Salutation};
use super::{Date, Meaning, Part, closing, header, placeholder, signature, word};
use crate::span::{Shown, Span};
use crate::view::{LineKind, View};
use std::ops::Range;

/// A stretch of the view that is laid out in one go: a paragraph of the body, or a line of another part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Passage {
    pub part: Part,
    /// From its first visible byte to its last; line ends inside count as spaces.
    pub span: Span<Shown>,
    /// Whether it begins a paragraph.
    pub opens: bool,
}

/// A letter in its parts.
#[derive(Debug, Default)]
pub(super) struct Division {
    /// In the order of the file.
    pub passages: Vec<Passage>,
    /// The entries of `To:`, `Cc:` and `Bcc:`.
    pub recipients: Vec<Span<Shown>>,
    /// What a `Date:` header or a date line says.
    pub date: Option<Date>,
}

/// How many lines of headers, names and streets a salutation is looked for behind.
const LONGEST_HEAD: usize = 30;

/// How many lines a signature may have.
const LONGEST_SIGNATURE: usize = 12;

/// Divides a view whose lines belong to these owners.
pub(super) fn divide(view: &View, owners: &[Owner]) -> Division {
    let (rows, signature_from) = rows(view, owners);
    let mut letter = Letter { view, rows, division: Division::default() };
    let body = letter.head();
    let postscript = letter.postscript(body).unwrap_or(letter.rows.len());
    let marked = signature_from.filter(|&from| from >= body).map_or(postscript, |from| from.min(postscript));
    let signature = letter.tail(body, marked);
    letter.signature(signature..postscript);
    letter.paragraphs(postscript..letter.rows.len(), Part::Postscript);
    letter.division
}

/// A line of the writer that is not blank.
#[derive(Debug, Clone, Copy)]
struct Row {
    /// Its bytes without the space around, without a bullet.
    span: Span<Shown>,
    /// Whether a bullet or number stands before it.
    is_item: bool,
    is_heading: bool,
    /// Whether something stands between it and the row before: a blank line, or lines of others.
    after_gap: bool,
    is_indented: bool,
}

/// The rows of the writer, and the first of those below a signature mark.
fn rows(view: &View, owners: &[Owner]) -> (Vec<Row>, Option<usize>) {
    let mut rows = Vec::new();
    let mut signature_from = None;
    let mut after_gap = true;
    for (line, owner) in view.lines().iter().zip(owners) {
        let text = view.line_text(line);
        let trimmed = text.trim_matches(is_invisible);
        if *owner == Owner::SignatureMark {
            signature_from = Some(rows.len());
        }
        if *owner != Owner::Writer || trimmed.is_empty() {
            after_gap = true;
            continue;
        }
        let indent = text.len() - text.trim_start_matches(is_invisible).len();
        let bullet = if line.kind == LineKind::Text { bullet(trimmed) } else { 0 };
        let start = line.span.start() + indent + bullet;
        rows.push(Row {
            span: Span::new(start, line.span.start() + indent + trimmed.len()),
            is_item: bullet > 0 || line.kind == LineKind::Item,
            is_heading: line.kind == LineKind::Heading,
            after_gap,
            is_indented: indent > 0,
        });
        after_gap = false;
    }
    (rows, signature_from)
}

/// Whether nothing is seen of a character at the edge of a line.
fn is_invisible(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' | '\u{ad}')
}

/// The length of a bullet or number and the space behind it: `- `, `• `, `1. `, `2) `, `(a) `.
fn bullet(text: &str) -> usize {
    let head = word::beginning(text, 8);
    let Some(end) = head.find(char::is_whitespace) else { return 0 };
    let mark = &head[..end];
    let is_mark = match mark {
        "-" | "*" | "+" | "\u{2022}" | "\u{b7}" | "\u{2013}" | "\u{25aa}" | "\u{25cf}" | "\u{2023}" | "\u{25e6}" => {
            true
        }
        _ => {
            let inner = mark.trim_start_matches('(').trim_end_matches([')', '.']);
            let in_parentheses = mark.starts_with('(') && mark.ends_with(')');
            let numbered = !inner.is_empty() && inner.len() <= 2 && inner.bytes().all(|byte| byte.is_ascii_digit());
            let lettered = inner.len() == 1 && inner.bytes().all(|byte| byte.is_ascii_lowercase());
            let roman = (1..=4).contains(&inner.len()) && inner.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
            match mark.as_bytes().last() {
                Some(b')') => (in_parentheses || !mark.starts_with('(')) && (numbered || lettered || roman),
                Some(b'.') => !mark.starts_with('(') && numbered,
                _ => false,
            }
        }
    };
    let rest = text[end..].trim_start_matches(is_invisible);
    // `(a) and (b) are essential` speaks of the points.
    let speaks = mark.starts_with('(') && ["and ", "or ", "is ", "are "].iter().any(|word| rest.starts_with(word));
    if is_mark && !rest.is_empty() && !speaks { text.len() - rest.len() } else { 0 }
}

struct Letter<'v> {
    view: &'v View,
    rows: Vec<Row>,
    division: Division,
}

impl<'v> Letter<'v> {
    fn text(&self, row: usize) -> &'v str {
        self.rows.get(row).map_or("", |row| &self.view.text()[row.span.range()])
    }

    fn gap_before(&self, row: usize) -> bool {
        self.rows.get(row).is_none_or(|row| row.after_gap)
    }

    /// Whether a row is a paragraph by itself.
    fn is_alone(&self, row: usize) -> bool {
        self.gap_before(row) && self.gap_before(row + 1)
    }

    fn add(&mut self, part: Part, span: Span<Shown>, opens: bool) {
        if !span.is_empty() {
            let opens = opens || self.division.passages.last().is_none_or(|last| last.part != part);
            self.division.passages.push(Passage { part, span, opens });
        }
    }

    fn add_row(&mut self, part: Part, row: usize) {
        let Row { span, after_gap, .. } = self.rows[row];
        self.add(part, span, after_gap);
    }

    /// Divides what stands above the body, and returns the first row of the body.
    fn head(&mut self) -> usize {
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
                return Some((at, found));
            }
            let alone = self.gap_before(at) || header::find(self.text(at - 1)).is_some();
            let followed = at + 1 < self.rows.len() && (!goes_on || self.text(at + 1).len() > 40);
            if bare.is_none() && alone && followed && salutation::is_bare_name(text) && !self.is_date(at) {
                bare = Some((at, Salutation::Line));
            }
            if !is_preface(text) {
                break;
            }
        }
        bare
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

    fn header(&mut self, row: usize, key: header::Key, value: Range<usize>) {
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
        let shouted = text.contains(' ')
            && text.contains(char::is_uppercase)
            && !text.contains(char::is_lowercase)
            && !placeholder::is_alone(text);
        keyed || referred || (shouted && !text.ends_with([',', '!']))
    }

    fn subject_below(&mut self, row: usize) {
        let text = self.text(row);
        let span = self.rows[row].span;
        let value = header::find(text).map_or(0..text.len(), |(_, value)| value);
        self.add(Part::Subject, Span::new(span.start() + value.start, span.start() + value.end), true);
    }

    /// The row at which a postscript begins.
    fn postscript(&self, body: usize) -> Option<usize> {
        (body + 1..self.rows.len()).find(|&row| is_postscript(self.text(row)))
    }

    /// Adds the rows of the body up to the closing and the closing itself; returns the first row of the signature.
    fn tail(&mut self, body: usize, end: usize) -> usize {
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
        if let Some(first) = self.find_name(body, end) {
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
        for row in (body.max(end.saturating_sub(LONGEST_SIGNATURE))..end).rev() {
            let text = self.text(row);
            if self.rows[row].is_item {
                return None;
            }
            let starts = self.gap_before(row) || row == body || word::is_capital(text) || row + 1 < end;
            if starts && closing::is_known(text) {
                let first = (body..row).rev().take_while(|&at| closing::is_known(self.text(at))).last().unwrap_or(row);
                return Some((first..row + 1, None));
            }
            let after_stop = self.gap_before(row) || row == body || word::ends_sentence(self.text(row - 1));
            if let Some(name) = closing::before_name(text).filter(|_| after_stop) {
                return Some((row..row, Some(name)));
            }
            if !signature::is_detail(text) {
                return None;
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

    /// Whether a row ends before the name below it without a blank line between.
    fn may_stand_above_name(&self, row: usize) -> bool {
        let text = self.text(row);
        let short = text.len() <= 80 && text.split_whitespace().count() <= 12;
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
    fn signature(&mut self, rows: Range<usize>) {
        for row in rows {
            match header::find(self.text(row)) {
                Some((key @ header::Key::Recipients, value)) => self.header(row, key, value),
                _ => self.add_row(Part::Signature, row),
            }
        }
    }

    /// Adds rows as paragraphs: hard wraps joined, list items apart.
    fn paragraphs(&mut self, rows: Range<usize>, part: Part) {
        let mut start = rows.start;
        while start < rows.end {
            let end = (start + 1..rows.end).find(|&row| self.opens_paragraph(row)).unwrap_or(rows.end);
            self.paragraph(start..end, part);
            start = end;
        }
    }

    fn opens_paragraph(&self, row: usize) -> bool {
        let (before, row) = (&self.rows[row - 1], &self.rows[row]);
        row.after_gap || row.is_item || row.is_heading || before.is_heading
    }

    /// Adds a paragraph, with its lines joined unless the writer meant to end one.
    fn paragraph(&mut self, rows: Range<usize>, part: Part) {
        let longest = rows.clone().map(|row| self.rows[row].span.len()).max().unwrap_or(0).max(NARROWEST);
        let mut span = self.rows[rows.start].span;
        let mut opens = true;
        for row in rows.start + 1..rows.end {
            if self.ends_on_purpose(row - 1, longest) {
                self.add(part, span, opens);
                opens = false;
                span = self.rows[row].span;
            }
            span = span.hull(self.rows[row].span);
        }
        self.add(part, span, opens);
    }

    /// Whether a line ends where the writer pressed the key: the next word would well have fitted.
    fn ends_on_purpose(&self, row: usize, longest: usize) -> bool {
        let next = self.text(row + 1);
        let word = next.find(char::is_whitespace).unwrap_or(next.len());
        let room = longest.saturating_sub(self.rows[row].span.len());
        let is_new = next.starts_with(|c: char| !c.is_lowercase()) || word::ends_sentence(self.text(row));
        is_new && room > word + 12
    }
}

/// The narrowest column, in bytes, at which letters are wrapped.
const NARROWEST: usize = 40;

/// Whether a line may stand above a salutation: a name, a street, a title.
fn is_preface(text: &str) -> bool {
    let words = text.split_whitespace().take(15).count();
    text.len() <= word::SHORT_LINE && words <= 14 && !(words >= 6 && word::ends_sentence(text))
}

/// Whether a line begins with `P.S.`, in any of the ways to write it.
fn is_postscript(text: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use crate::message::Message;
    use crate::view::{Format, View};

    /// `expected` has a line for each sentence, its part before it; an empty line stands between paragraphs. A part is
    /// written with its first letters.
    #[track_caller]
    fn check(letter: &str, expected: &[&str]) {
        let view = View::read(letter, Format::Text);
        let message = Message::read(&view);
        let found: Vec<String> = message
            .sentences()
            .iter()
            .map(|sentence| format!("{}: {}", &sentence.part.name()[..3], message.sentence_text(sentence)))
            .collect();
        assert_eq!(found, expected, "in {letter:?}");
    }

    #[test]
    fn a_letter_has_headers_an_address_and_a_date() {
        check("Subject: Offer\n\nDear Ann,\n\nNo.", &["sub: Offer", "sal: Dear Ann,", "bod: No."]);
        check("**Subject:** Offer\n\nHi Ann,\n\nNo.", &["sub: Offer", "sal: Hi Ann,", "bod: No."]);
        check(
            "Subject: a long\n  one\nTo: Ann\n\nHello\n\nNo.",
            &["sub: a long one", "hea: To: Ann", "sal: Hello", "bod: No."],
        );
        check("Date: 3 May\n\nAnn,\n\nNo.", &["dat: 3 May", "sal: Ann,", "bod: No."]);
        check(
            "12 Hill St\nLeeds\n\n3 March\n\nDear Ann,\nNo.",
            &["add: 12 Hill St", "add: Leeds", "dat: 3 March", "sal: Dear Ann,", "bod: No."],
        );
        check(
            "[Date]\n\n[Company]\n\nDear [Name]:\n\nNo.",
            &["dat: {date}", "add: {company}", "sal: Dear {name}:", "bod: No."],
        );
        check(
            "To,\nThe Manager,\nAcme Ltd.,\n12/06\n\nRespected Sir,\n\nNo.",
            &["add: To,", "add: The Manager,", "add: Acme Ltd.,", "dat: 12/06", "sal: Respected Sir,", "bod: No."],
        );
        check(
            "SAMPLE C: DECLINING\n\nDear ____,\n\nNo.",
            &["add: SAMPLE C: DECLINING", "sal: Dear {name},", "bod: No."],
        );
        check(
            "MEMORANDUM\n\nTO: All\nRE: Pay\n\nPay goes up.",
            &["add: MEMORANDUM", "hea: TO: All", "sub: Pay", "bod: Pay goes up."],
        );
        check("Dear Sir,\n\nRE: THE POST\n\nI decline.", &["sal: Dear Sir,", "sub: THE POST", "bod: I decline."]);
        check(
            "Dear Sir,\n\nACCEPTANCE OF OFFER\n\nI accept.",
            &["sal: Dear Sir,", "sub: ACCEPTANCE OF OFFER", "bod: I accept."],
        );
        check(
            "Dear Ann\n\nRef ENV/04 Officer\n\nI decline.",
            &["sal: Dear Ann", "sub: Ref ENV/04 Officer", "bod: I decline."],
        );
    }

    #[test]
    fn a_salutation_may_be_run_in_or_missing() {
        check(
            "hi dana - offer looks great! thx\n\nJoey",
            &["sal: hi dana -", "bod: offer looks great!", "bod: thx", "sig: Joey"],
        );
        check(
            "hey mark got the offer thx. gonna pass\n\n-tj",
            &["sal: hey mark", "bod: got the offer thx.", "bod: gonna pass", "sig: -tj"],
        );
        check(
            "No.\n\nYou ghosted me for weeks.\n\nV. Petrakis",
            &["bod: No.", "bod: You ghosted me for weeks.", "sig: V. Petrakis"],
        );
        check(
            "To whom it may concern,\n\nDear Sir / Madam,\n\nNo.",
            &["sal: To whom it may concern,", "sal: Dear Sir / Madam,", "bod: No."],
        );
        check("Colleagues, my answers are inside.", &["sal: Colleagues,", "bod: my answers are inside."]);
        check("Mr Whyte,\n\nNo.", &["sal: Mr Whyte,", "bod: No."]);
        check("I decline your offer.", &["bod: I decline your offer."]);
        check("Hello", &["sal: Hello"]);
    }

    #[test]
    fn a_body_has_paragraphs_and_items() {
        check(
            "Hi Ann,\n\nI must\ndecline. Sorry.\n\nBye now, dear people.",
            &["sal: Hi Ann,", "bod: I must decline.", "bod: Sorry.", "bod: Bye now, dear people."],
        );
        check(
            "Hi Ann,\n\n- one thing\n  goes on\n* two\n1) three\n(a) four",
            &["sal: Hi Ann,", "bod: one thing goes on", "bod: two", "bod: three", "bod: four"],
        );
        check("Hi Ann,\n\n(a) and (b) are essential.", &["sal: Hi Ann,", "bod: (a) and (b) are essential."]);
        check("Hi Ann,\n\ngot it\nWill pass", &["sal: Hi Ann,", "bod: got it", "bod: Will pass"]);
    }

    #[test]
    fn a_letter_closes_and_is_signed() {
        check(
            "Hi Ann,\n\nNo, sorry.\n\nKind regards,\nBo Li\nClerk\n07700 900118",
            &["sal: Hi Ann,", "bod: No, sorry.", "clo: Kind regards,", "sig: Bo Li", "sig: Clerk", "sig: 07700 900118"],
        );
        check("Hi Ann,\n\nNo, sorry.\nThanks!\nBo", &["sal: Hi Ann,", "bod: No, sorry.", "clo: Thanks!", "sig: Bo"]);
        check(
            "Hi Ann,\n\nI say no.\n\nGood luck with year end,\nBo Li",
            &["sal: Hi Ann,", "bod: I say no.", "bod: Good luck with year end,", "sig: Bo Li"],
        );
        check(
            "Hi Ann,\n\nI say no.\n\nToodle-pip,\nBo",
            &["sal: Hi Ann,", "bod: I say no.", "clo: Toodle-pip,", "sig: Bo"],
        );
        check("Hi Ann,\n\nI say no.\n\nBo Li", &["sal: Hi Ann,", "bod: I say no.", "sig: Bo Li"]);
        check("Hi Ann,\n\nI say no.\nBo Li", &["sal: Hi Ann,", "bod: I say no.", "sig: Bo Li"]);
        check(
            "Hi Ann, I say no. Give it to the girls. Deb xx",
            &["sal: Hi Ann,", "bod: I say no.", "bod: Give it to the girls.", "sig: Deb xx"],
        );
        check("I say no, sir. Abrazo, Ignacio", &["bod: I say no, sir.", "clo: Abrazo,", "sig: Ignacio"]);
        check(
            "Dear Ann,\n\nI say no.\n\nI remain, Sir,\nYour obedient servant,\n\nBo",
            &["sal: Dear Ann,", "bod: I say no.", "clo: I remain, Sir,", "clo: Your obedient servant,", "sig: Bo"],
        );
        check(
            "Hi Ann,\n\nI say no.\n\nSincerely,\n\n[Your Name]",
            &["sal: Hi Ann,", "bod: I say no.", "clo: Sincerely,", "sig: {name}"],
        );
        check(
            "Hi Ann,\n\nI say no.\n\nYours,\nBo\ncc: D. Fish\nEncl: CV",
            &["sal: Hi Ann,", "bod: I say no.", "clo: Yours,", "sig: Bo", "hea: cc: D. Fish", "sig: Encl: CV"],
        );
        check(
            "Hi Ann,\n\nI say no.\n\nRegards,\nNicole\nIT Purchasing",
            &["sal: Hi Ann,", "bod: I say no.", "clo: Regards,", "sig: Nicole", "sig: IT Purchasing"],
        );
        check(
            "Hi Ann,\n\nI say no.\n-- \nBo Li\nwe build boats",
            &["sal: Hi Ann,", "bod: I say no.", "sig: Bo Li", "sig: we build boats"],
        );
        check(
            "Hi Ann,\n\nI say no.\n\nThank youuu\nLola",
            &["sal: Hi Ann,", "bod: I say no.", "clo: Thank youuu", "sig: Lola"],
        );
        check("Hi Ann,\n\nQuestions to the office.", &["sal: Hi Ann,", "bod: Questions to the office."]);
    }

    #[test]
    fn a_postscript_goes_to_the_end() {
        check(
            "Hi Ann,\n\nI say no.\n\nBo\n\nP.S. Keep it. Please!\n\nReally.",
            &["sal: Hi Ann,", "bod: I say no.", "sig: Bo", "pos: P.S. Keep it.", "pos: Please!", "pos: Really."],
        );
        check("Hi Ann,\n\nI say no.\n\nPS: keep it", &["sal: Hi Ann,", "bod: I say no.", "pos: PS: keep it"]);
        check("Hi Ann,\n\nI say no.\nPS5 is mine.", &["sal: Hi Ann,", "bod: I say no.", "bod: PS5 is mine."]);
    }

    #[test]
    fn the_words_of_others_are_left_out() {
        check("No, thanks.\n\nOn 3 May, Ann wrote:\n> Come!", &["bod: No, thanks."]);
        check("No, thanks.\n\nOn Mon, 3 May 2026 at 10:12\nAnn <a@a.example> wrote:\n> Come!", &["bod: No, thanks."]);
        check("No, thanks.\n\n-----Original Message-----\nFrom: Ann\n\nCome!", &["bod: No, thanks."]);
        check(
            "No, thanks.\n\n________________________________\nVon: Ann\nGesendet: Montag\n\nKomm!",
            &["bod: No, thanks."],
        );
        check("No, thanks.\n\nFrom: Ann\nSent: 3 May\n\nCome!", &["bod: No, thanks."]);
        check("Hi,\n\n> Come?\nI will not.\n\n> Please!\nNo.", &["sal: Hi,", "bod: I will not.", "bod: No."]);
        check("> Dear Ann,\n>\n> I decline.", &["sal: Dear Ann,", "bod: I decline."]);
        check("Hi Ann,\n\nI say no.\n\nBo\n\nSent from my iPhone", &["sal: Hi Ann,", "bod: I say no.", "sig: Bo"]);
        check(
            "Hi Ann,\n\nI say no.\n\nBo\n\nThis e-mail and any attachments are confidential.\nDelete it.",
            &["sal: Hi Ann,", "bod: I say no.", "sig: Bo"],
        );
    }
}
