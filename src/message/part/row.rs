//! The writer's lines, and the bullets before them.

use super::super::quoted::Owner;
use super::super::{signature, word};
use crate::span::{Shown, Span};
use crate::view::{LineKind, View};

/// A line of the writer that is not blank.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    /// Its bytes without the space around, without a bullet.
    pub span: Span<Shown>,
    /// Whether a bullet or number stands before it.
    pub is_item: bool,
    pub is_heading: bool,
    /// Whether something stands between it and the row before: a blank line, or lines of others.
    pub after_gap: bool,
    pub is_indented: bool,
}

/// The rows of the writer, and the first of those below a signature mark.
pub(super) fn rows(view: &View, owners: &[Owner]) -> (Vec<Row>, Option<usize>) {
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
    // `- Ann` below the letter is a name and no list.
    if let [.., before, last] = rows.as_mut_slice()
        && last.is_item
        && !before.is_item
        && signature::is_short_name(&view.text()[last.span.range()])
    {
        last.is_item = false;
    }
    (rows, signature_from)
}

/// Whether nothing is seen of a character at the edge of a line.
pub(super) fn is_invisible(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' | '\u{ad}')
}

/// The length of a bullet or number and the space behind it: `- `, `• `, `1. `, `2) `, `(a) `.
fn bullet(text: &str) -> usize {
    let head = word::beginning(text, 8);
    if is_stuck(text) {
        return 1;
    }
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
                Some(b'.') => !mark.starts_with('(') && (numbered || roman),
                _ => false,
            }
        }
    };
    let rest = text[end..].trim_start_matches(is_invisible);
    // `(a) and (b) are essential` speaks of the points.
    let speaks = mark.starts_with('(') && ["and ", "or ", "is ", "are "].iter().any(|word| rest.starts_with(word));
    if is_mark && !rest.is_empty() && !speaks { text.len() - rest.len() } else { 0 }
}

/// Whether a hyphen is set to the first of several words, as in `-want the boots and the tools`; `-tj` is a name.
fn is_stuck(text: &str) -> bool {
    let rest = text.strip_prefix('-').unwrap_or("");
    rest.starts_with(char::is_alphabetic) && rest.split_whitespace().nth(3).is_some()
}

/// Whether lines are broken at a margin: most of a letter that is not stands in lines that no margin would allow.
pub(super) fn is_wrapped(rows: &[Row]) -> bool {
    let all: usize = rows.iter().map(|row| row.span.len()).sum();
    let long: usize = rows.iter().map(|row| row.span.len()).filter(|&len| len > WIDEST).sum();
    long * 2 <= all
}

/// The widest column, in bytes, at which letters are wrapped.
const WIDEST: usize = 120;
