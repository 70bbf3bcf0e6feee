//! Where letters begin: a subject line, a salutation.

use super::page::{Mark, Page, Place};
use crate::message::shape::{self, Greeting};

/// The beginning of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    /// The line of its subject, or of its salutation.
    pub at: usize,
    /// The line of its salutation.
    pub salutation: Option<usize>,
}

impl Head {
    /// The line that says the most of it.
    pub fn last(&self) -> usize {
        self.salutation.unwrap_or(self.at)
    }
}

/// How many lines of an address may stand above a salutation.
const LONGEST: usize = 24;

/// The beginnings of letters, in order, without those of mail that is quoted.
pub(super) fn find(page: &Page) -> Vec<Head> {
    let mut finder = Finder { page, heads: Vec::new(), in_mail: false, own: false, titled: false };
    for at in 0..page.len() {
        finder.line(at);
    }
    finder.heads
}

struct Finder<'p, 'v> {
    page: &'p Page<'v>,
    heads: Vec<Head>,
    /// Whether the line stands in mail that is quoted without a mark.
    in_mail: bool,
    /// Whether a letter outside of quotes began since the last title.
    own: bool,
    /// Whether a title was met.
    titled: bool,
}

impl Finder<'_, '_> {
    fn line(&mut self, at: usize) {
        let row = self.page.row(at);
        match row.mark {
            Mark::Blank | Mark::Rule => return,
            Mark::Title => {
                if row.place == Place::Page {
                    (self.own, self.titled) = (false, true);
                    self.in_mail = is_of_thread(self.page.text(at));
                }
                return;
            }
            Mark::Text => {}
        }
        if row.place == Place::Page {
            self.in_mail |= self.page.begins_mail(at, self.own);
        }
        if self.in_mail || row.is_deeper || row.is_item {
            return;
        }
        let found = self.greets(at) || shape::is_subject(self.page.text(at));
        if !found || (row.place == Place::Quote && self.is_quoted_mail(at)) {
            return;
        }
        self.own |= row.place == Place::Page;
        self.add(at);
    }

    fn greets(&self, at: usize) -> bool {
        let page = self.page;
        let above = at.checked_sub(1);
        let below_lines = above.is_some_and(|above| {
            let text = page.text(above);
            shape::is_header(text) || (text.len() <= 60 && !shape::ends_sentence(text) && !text.ends_with(','))
        });
        match shape::greeting(page.text(at)) {
            Some(Greeting::Whole) => page.opens(at) || below_lines,
            // In the flow of advice people greet too; a template begins so right below its title or mark, or to a name
            // that is left open.
            Some(Greeting::RunIn) if page.opens(at) && is_to_name_left_open(page.text(at)) => true,
            Some(Greeting::RunIn) => page.before(at).is_none_or(|above| {
                let (above_row, row) = (page.row(above), page.row(at));
                above_row.mark != Mark::Text || above_row.run != row.run || shape::is_subject(page.text(above))
            }),
            None => false,
        }
    }

    /// Adds a line to the beginning of which it is a part, or as a new one.
    fn add(&mut self, at: usize) {
        let is_subject = shape::is_subject(self.page.text(at));
        if let Some(last) = self.heads.last().copied()
            && self.belongs(&last, at, is_subject)
        {
            if !is_subject && let Some(last) = self.heads.last_mut() {
                last.salutation.get_or_insert(at);
            }
            return;
        }
        self.heads.push(Head { at, salutation: (!is_subject).then_some(at) });
    }

    /// Whether a subject or a salutation stands in the head of a letter that began above.
    fn belongs(&self, last: &Head, at: usize, is_subject: bool) -> bool {
        let page = self.page;
        let from = last.last();
        if at - from > LONGEST || page.row(from).run != page.row(at).run && page.row(at).place != Place::Page {
            return false;
        }
        let mut lines = 0;
        for between in from + 1..at {
            match page.row(between).mark {
                Mark::Blank => {}
                Mark::Rule if last.salutation.is_none() => {}
                Mark::Rule | Mark::Title => return false,
                Mark::Text if !is_preface(page.text(between)) => return false,
                Mark::Text => lines += 1,
            }
        }
        // `Dear Sir,` / `Subject: ...`, or `To whom it may concern,` / `Dear Madam,`
        last.salutation.is_none() || (lines == 0 && (is_subject || at - from <= 2))
    }

    /// Whether a quote is mail that is answered, and no sample.
    fn is_quoted_mail(&self, at: usize) -> bool {
        let page = self.page;
        let above = page.before(page.run_of(at).start).map_or("", |above| page.text(above));
        let leads = above.ends_with(':');
        let attributes = leads && above.contains(|c: char| c.is_numeric() || c == '@');
        attributes || self.own || !(self.titled || leads)
    }
}

/// `Hi [Name], thank you for the call.`
fn is_to_name_left_open(text: &str) -> bool {
    let greeting = text.split([',', '!']).next().unwrap_or(text);
    greeting.split_whitespace().nth(5).is_none() && shape::is_left_open(greeting)
}

/// Whether a title announces what others wrote.
pub(super) fn is_of_thread(title: &str) -> bool {
    let title = title.to_lowercase();
    let words = ["original message", "original mail", "original email", "forwarded", "quoted", "previous message"];
    words.iter().any(|word| title.contains(word))
        || ["their ", "in reply to"].iter().any(|lead| title.starts_with(lead))
}

/// Whether a line may stand above a salutation.
fn is_preface(text: &str) -> bool {
    shape::is_header(text) || (text.split_whitespace().nth(8).is_none() && !shape::ends_sentence(text))
}

/// The first line of the head: headers, an address and a date above `at`, no further up than `floor`.
pub(super) fn start(page: &Page, at: usize, floor: usize) -> usize {
    let mut start = at;
    let mut gap = false;
    for above in (floor.max(at.saturating_sub(LONGEST))..at).rev() {
        let row = page.row(above);
        if row.run != page.row(at).run {
            break;
        }
        match row.mark {
            Mark::Blank => gap = true,
            Mark::Text if !row.is_item && stands_above(page.text(above), gap) => (start, gap) = (above, false),
            Mark::Text | Mark::Rule | Mark::Title => break,
        }
    }
    start
}

/// Whether a line belongs to the head below it: what stands alone must be a header, a date or a blank to be filled in.
fn stands_above(text: &str, gap: bool) -> bool {
    if shape::is_header(text) {
        return true;
    }
    let is_short = text.split_whitespace().nth(8).is_none();
    let ends = shape::ends_sentence(text) || text.ends_with(':');
    let tells = shape::is_left_open(text) || text.contains(|c: char| c.is_ascii_digit());
    is_short && !ends && (!gap || tells)
}
