//! What a page calls a letter on it.

use super::page::{Mark, Page, Place};
use crate::message::shape;
use std::ops::Range;

/// The most words of a line that is a title without being marked as one.
const MOST_WORDS: usize = 12;

/// The title of a letter that `between` parts from the letter before: the nearest title above, else the last `heading`.
pub(super) fn find(page: &Page, between: Range<usize>, heading: Option<usize>) -> Option<String> {
    let above = page.before(between.end).filter(|above| between.contains(above));
    let title = above.filter(|&above| is_unmarked(page, above)).or(heading)?;
    Some(clean(page.text(title)))
}

/// Whether a line titles what is below it by standing alone: `Declining after accepting`, in bold before its marks went.
fn is_unmarked(page: &Page, at: usize) -> bool {
    let row = page.row(at);
    let text = page.text(at);
    row.mark == Mark::Text
        && row.place == Place::Page
        && (at == 0 || page.opens(at))
        && text.split_whitespace().nth(MOST_WORDS).is_none()
        && text.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
        && !text.ends_with([':', ',', ';'])
        && !shape::ends_sentence(text)
        && !shape::is_header(text)
}

fn clean(title: &str) -> String {
    let words = shape::words_of_separator(title).unwrap_or(title);
    words.trim_start_matches('#').trim_matches([' ', '*', '_']).trim_end_matches(':').trim_end().to_owned()
}
