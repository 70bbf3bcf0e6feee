//! What may be a letter on a page: from a salutation to a signature, a quote or a fence that holds one.

use super::head::{self, Head};
use super::page::{Mark, Page, Place};
use super::tail;
use crate::message::shape;
use std::ops::Range;

/// Some lines that may be a letter.
#[derive(Debug, Clone)]
pub(super) struct Sample {
    pub rows: Range<usize>,
    /// How it begins; `None` where it greets nobody.
    pub head: Option<Head>,
    /// Whether it is closed or signed.
    pub is_closed: bool,
    pub place: Place,
}

/// All that may be letters, in order and apart.
pub(super) fn find(page: &Page) -> Vec<Sample> {
    let heads = head::find(page);
    let mut samples: Vec<Sample> = Vec::with_capacity(heads.len());
    for (number, head) in heads.iter().enumerate() {
        let floor = samples.last().map_or(0, |last| last.rows.end);
        let next = heads.get(number + 1).map(|next| next.at);
        let is_only = heads.len() == 1;
        if let Some(sample) = from_head(page, *head, floor, next, is_only) {
            samples.push(sample);
        }
    }
    let others = without_head(page, &samples);
    samples.extend(others);
    samples.sort_by_key(|sample| sample.rows.start);
    samples
}

fn from_head(page: &Page, head: Head, floor: usize, next: Option<usize>, is_only: bool) -> Option<Sample> {
    let Head { at, .. } = head;
    let place = page.row(at).place;
    if at < floor {
        return None;
    }
    if place != Place::Page {
        return Some(in_block(page, head, floor, next));
    }
    let limit = next.unwrap_or(page.len());
    let body = (head.last() + 1).min(limit);
    let section = (body..limit).find(|&at| page.is_title_row(at) && page.row(at).place == Place::Page);
    let until = if is_only { limit } else { section.unwrap_or(limit) };
    let tail = tail::find(page, body.saturating_sub(1)..until);
    let edge = (body..limit).find(|&at| is_edge(page, at));
    let end = tail.map_or(if is_only { limit } else { edge.unwrap_or(limit) }, |tail| tail.end);
    let rows = page.trimmed(head::start(page, at, floor)..end);
    // What only has a subject is a letter if somebody signed it.
    let says = head.salutation.is_some() || tail.is_some();
    (says && rows.len() > 1).then_some(Sample { rows, head: Some(head), is_closed: tail.is_some(), place })
}

/// A letter in a quote or a fence, which ends with it.
fn in_block(page: &Page, head: Head, floor: usize, next: Option<usize>) -> Sample {
    let at = head.at;
    let run = page.run_of(at);
    let first = run.start.max(floor);
    let stop = next.filter(|next| *next < run.end);
    let tail = tail::find(page, head.last()..stop.unwrap_or(run.end));
    let end = match (stop, tail) {
        (None, _) => run.end,
        (Some(_), Some(tail)) => tail.end,
        (Some(stop), None) => (head.last()..stop).find(|&at| is_edge(page, at)).unwrap_or(stop),
    };
    let parted = (first..at).rev().find(|&above| is_edge(page, above));
    let start = match parted {
        Some(above) => above + 1,
        None if first == floor && floor > 0 => head::start(page, at, floor),
        None => first,
    };
    Sample { rows: page.trimmed(start..end), head: Some(head), is_closed: tail.is_some(), place: page.row(at).place }
}

fn is_edge(page: &Page, at: usize) -> bool {
    matches!(page.row(at).mark, Mark::Title | Mark::Rule)
}

/// Letters that greet nobody, between the others: blocks, and what stands between two titles, if it is signed.
fn without_head(page: &Page, samples: &[Sample]) -> Vec<Sample> {
    let mut found = Vec::new();
    let mut taken = samples.iter().map(|sample| sample.rows.clone()).peekable();
    let mut start = 0;
    let mut titled: Option<usize> = None;
    while start < page.len() {
        while taken.next_if(|rows| rows.end <= start).is_some() {}
        if let Some(rows) = taken.peek().filter(|rows| rows.start <= start) {
            (start, titled) = (rows.end, None);
            continue;
        }
        let row = page.row(start);
        if row.mark == Mark::Title && row.place == Place::Page {
            titled = (!head::is_of_thread(page.text(start))).then_some(start);
            start += 1;
            continue;
        }
        let free = taken.peek().map_or(page.len(), |rows| rows.start);
        let end = (start + 1..free).find(|&at| ends_stretch(page, start, at)).unwrap_or(free);
        let Some(title) = titled else {
            start = end;
            continue;
        };
        if let Some(sample) = stretch(page, start..end, title) {
            found.push(sample);
            titled = None;
        }
        start = end;
    }
    found
}

/// Whether a line begins another stretch: a title on the page, or another block.
fn ends_stretch(page: &Page, start: usize, at: usize) -> bool {
    let row = page.row(at);
    (row.mark == Mark::Title && row.place == Place::Page) || row.run != page.row(start).run
}

/// A stretch below a title, if it is a letter.
fn stretch(page: &Page, rows: Range<usize>, title: usize) -> Option<Sample> {
    let rows = page.trimmed(rows);
    let place = page.row(rows.start).place;
    let first = rows.start;
    let tail = tail::find(page, rows.clone());
    let titles_it = place != Place::Page && shape::is_title(page.text(title));
    if rows.is_empty() || (tail.is_none() && !titles_it) || page.row(first).is_deeper {
        return None;
    }
    let (start, end) = match (place, tail) {
        (Place::Page, Some(tail)) => {
            // `Here is what to write:`
            let lead = (first..tail.end).rev().find(|&at| page.text(at).ends_with(':') && page.opens(at));
            (lead.map_or(first, |lead| lead + 1), tail.end)
        }
        _ => (first, rows.end),
    };
    let rows = page.trimmed(start..end);
    (rows.len() > 2 || titles_it).then_some(Sample { rows, head: None, is_closed: tail.is_some(), place })
}
