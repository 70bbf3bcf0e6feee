//! Where letters end: a closing, a name, what stands below it.

use super::page::{Mark, Page};
use crate::message::shape;
use std::ops::Range;

/// The end of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tail {
    /// Behind its last line.
    pub end: usize,
}

/// The longest line of a signature, in bytes.
const LONGEST_DETAIL: usize = 100;

/// The most lines of a signature below the name.
const MOST_DETAILS: usize = 8;

/// The first end of a letter in some lines of one block or, outside of blocks, of the page.
pub(super) fn find(page: &Page, rows: Range<usize>) -> Option<Tail> {
    let place = page.row(rows.start.min(page.len().saturating_sub(1))).place;
    for at in rows.clone() {
        let row = page.row(at);
        let text = page.text(at);
        if row.mark != Mark::Text || row.is_item || row.place != place || text.len() > LONGEST_DETAIL {
            continue;
        }
        if shape::is_closing(text) {
            match signature_below(page, at, rows.end) {
                Below::Name(name) => return Some(Tail { end: end_of_signature(page, name, rows.end) }),
                Below::Nothing => return Some(Tail { end: at + 1 }),
                Below::Words => {}
            }
        }
        let is_apart = page.opens(at) && at > rows.start;
        if is_apart && (shape::is_name_left_open(text) || shape::is_signed_closing(text)) {
            return Some(Tail { end: end_of_signature(page, at, rows.end) });
        }
    }
    None
}

/// What stands below a closing.
enum Below {
    Name(usize),
    Nothing,
    Words,
}

fn signature_below(page: &Page, closing: usize, end: usize) -> Below {
    let Some(next) = page.next(closing + 1).filter(|&next| next < end) else { return Below::Nothing };
    let row = page.row(next);
    if row.mark != Mark::Text || row.place != page.row(closing).place {
        return Below::Nothing;
    }
    let text = page.text(next);
    let is_name = text.len() <= LONGEST_DETAIL && (shape::is_signature(text) || shape::is_left_open(text));
    // `Thanks again,` / `Best regards,`
    if is_name && !row.is_item && !shape::ends_sentence(text) { Below::Name(next) } else { Below::Words }
}

/// Behind the last line that belongs to a signature which begins at `name`.
fn end_of_signature(page: &Page, name: usize, end: usize) -> usize {
    let mut last = name;
    let mut details = 0;
    let mut at = name + 1;
    let mut in_postscript = false;
    while at < end {
        let row = page.row(at);
        let text = page.text(at);
        if row.place != page.row(name).place || matches!(row.mark, Mark::Rule | Mark::Title) {
            break;
        }
        if row.mark == Mark::Blank {
            in_postscript = false;
        } else if in_postscript || shape::is_postscript(text) {
            in_postscript = true;
            last = at;
        } else if is_detail(page, at) && details < MOST_DETAILS {
            details += 1;
            last = at;
        } else {
            break;
        }
        at += 1;
    }
    last + 1
}

/// Whether a line goes on with a signature. Behind a gap it must be more than short.
fn is_detail(page: &Page, at: usize) -> bool {
    let text = page.text(at);
    let fits = text.len() <= LONGEST_DETAIL && !page.row(at).is_item && !shape::is_subject(text);
    if !fits || shape::greeting(text).is_some() || shape::is_remark(text) {
        return false;
    }
    if !page.opens(at) {
        return shape::is_signature_detail(text) || shape::is_header(text);
    }
    let enclosed = ["encl", "cc:", "enc:", "enclosure"]
        .iter()
        .any(|lead| text.get(..lead.len()).is_some_and(|start| start.eq_ignore_ascii_case(lead)));
    let few = text.split_whitespace().nth(5).is_none();
    let reaches = text.contains('@') || shape::is_left_open(text) && few;
    enclosed || (reaches && few && shape::is_signature_detail(text))
}
