//! Whether a page speaks about letters and holds none.

use super::page::{Mark, Page, Place};
use super::tail;
use crate::message::shape;

/// The fewest titles of a page of advice.
const FEWEST_TITLES: usize = 2;

/// Whether a page has titles, speaks to its reader and not of its writer, and greets and closes nowhere. What others say is
/// put in quotes.
pub(super) fn is_page(page: &Page) -> bool {
    let titles = (0..page.len()).filter(|&at| page.is_title_row(at)).take(FEWEST_TITLES).count();
    if titles < FEWEST_TITLES || tail::find(page, 0..page.len()).is_some() {
        return false;
    }
    let mut count = Count::default();
    for at in 0..page.len() {
        let row = page.row(at);
        let text = page.text(at);
        if row.mark != Mark::Text || row.place != Place::Page {
            continue;
        }
        if shape::is_header(text) || shape::greeting(text).is_some() || shape::is_closing(text) {
            return false;
        }
        count.add(text);
    }
    count.writer * 2 <= count.reader
}

/// How often the writer and the reader are spoken of.
#[derive(Default)]
struct Count {
    writer: usize,
    reader: usize,
}

impl Count {
    fn add(&mut self, line: &str) {
        let outside = line.split(['"', '\u{201c}', '\u{201d}']).step_by(2);
        for word in outside.flat_map(|text| text.split(|c: char| !c.is_alphabetic())) {
            let is = |words: &[&str]| words.iter().any(|one| word.eq_ignore_ascii_case(one));
            self.writer += usize::from(is(&["i", "me", "my", "we", "us", "our"]));
            self.reader += usize::from(is(&["you", "your", "yours", "yourself"]));
        }
    }
}
