//! Whether what may be letters are several letters, one with prose around it, or no more than the parts of one.

use super::page::{Mark, Page, Place};
use super::sample::Sample;
use crate::message::shape;
use std::ops::Range;

/// The letters that a page is cut into; none where it is left whole.
pub(super) fn settle(page: &Page, samples: Vec<Sample>) -> Vec<Sample> {
    let greeted = samples.iter().filter(|sample| sample.head.is_some()).count();
    match (samples.len(), greeted) {
        (0, _) => Vec::new(),
        (1, 0) => Vec::new(),
        (1, _) => samples.into_iter().filter(|sample| is_alone(page, sample)).collect(),
        _ => several(page, samples),
    }
}

/// The samples where each is parted from the one before by more than a signature.
fn several(page: &Page, samples: Vec<Sample>) -> Vec<Sample> {
    let parted = samples.windows(2).all(|pair| matches!(pair, [before, sample] if are_parted(page, before, sample)));
    if parted { samples } else { Vec::new() }
}

fn are_parted(page: &Page, before: &Sample, sample: &Sample) -> bool {
    let between = before.rows.end..sample.rows.start;
    let titled = between.clone().any(|at| page.is_title_row(at));
    let in_like_blocks = sample.place != Place::Page && sample.place == before.place && before.head.is_some();
    titled || in_like_blocks || (before.is_closed && sample.head.is_some() && are_alike(page, before, sample))
}

/// Whether two letters are to the same reader, or to one whose name is left open; those of a thread answer each other.
fn are_alike(page: &Page, before: &Sample, sample: &Sample) -> bool {
    let greeting = |sample: &Sample| {
        let at = sample.head.and_then(|head| head.salutation)?;
        Some(page.text(at))
    };
    match (greeting(before), greeting(sample)) {
        (Some(first), Some(second)) => first == second || (shape::is_left_open(first) && shape::is_left_open(second)),
        _ => false,
    }
}

/// Whether the only letter of a page is clearly told from what stands around it.
fn is_alone(page: &Page, sample: &Sample) -> bool {
    let above = 0..sample.rows.start;
    let below = sample.rows.end..page.len();
    if page.words_in(above.clone()) + page.words_in(below.clone()) == 0 {
        return false;
    }
    if sample.place != Place::Page {
        return !is_signed(page, above) && !is_signed(page, below);
    }
    let Some(head) = sample.head else { return false };
    if !sample.is_closed || head.salutation.is_none() {
        return false;
    }
    let is_led = page.before(sample.rows.start).is_some_and(|above| {
        matches!(page.row(above).mark, Mark::Title | Mark::Rule) || page.text(above).ends_with(':')
    });
    let advises = below.clone().any(|at| page.is_title_row(at) && is_advice(page.text(at)));
    (is_led && says(page, above)) || (advises && !is_signed(page, below))
}

/// Whether some lines hold prose: a sentence of some length.
fn says(page: &Page, mut rows: Range<usize>) -> bool {
    rows.any(|at| {
        let text = page.text(at);
        let is_long = text.split_whitespace().nth(5).is_some();
        page.row(at).mark == Mark::Text
            && is_long
            && (shape::ends_sentence(text) || text.ends_with(':'))
            && !shape::is_header(text)
    })
}

/// Whether somebody signs outside of quotes.
fn is_signed(page: &Page, rows: Range<usize>) -> bool {
    rows.filter(|&at| page.row(at).place == Place::Page).any(|at| {
        let text = page.text(at);
        page.opens(at) && text.len() <= 100 && (shape::is_closing(text) || shape::is_signed_closing(text))
    })
}

/// Whether a title stands above advice on the letter.
fn is_advice(title: &str) -> bool {
    let title = title.trim_start_matches(['#', ' ', '*']).to_lowercase();
    const LEADS: [&str; 16] = [
        "tip",
        "tips",
        "why ",
        "how to",
        "how this",
        "when to",
        "what to",
        "what makes",
        "advice",
        "notes on",
        "about this",
        "using ",
        "more tips",
        "do's",
        "dos and",
        "common mistakes",
    ];
    LEADS.iter().any(|lead| title.starts_with(lead))
}
