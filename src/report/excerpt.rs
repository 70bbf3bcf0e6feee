//! Cuts out of a text the few lines that a snippet shows, and breaks those that are too long for a page.
//!
//! Letters often have a paragraph a line. Shown whole, such a line buries the passage; cut at both sides, as compilers do
//! with code, it cannot be read. So it is broken between words, and the rows with the passage are shown.

use super::clean::clean_in_place;
use crate::diagnostic::Label;
use crate::source::Source;
use crate::span::{Decoded, Span};
use std::collections::BTreeSet;
use std::ops::Range;

/// Rows of a passage that are shown; of a longer one the first ones.
const MAX_ROWS: usize = 5;
/// Rows between two passages that are shown, not left out.
const MAX_GAP: usize = 2;
/// Lines between two passages from which on line numbers are not worth their empty lines.
const FAR: usize = 500;
/// Bytes of a line from which on only the surroundings of the passage are looked at.
const HUGE: usize = 8_192;
/// Bytes before the passage in such a line from which on a row may start.
const BEFORE: usize = 1_024;

/// A piece of a text, ready to be printed.
pub struct Excerpt {
    /// Cleaned rows, each ended by `\n`. A left-out part is a run of empty rows that is long enough to be folded.
    pub text: String,
    /// The 1-based line that the first row is; `None` where rows are no lines.
    pub first_line: Option<usize>,
    rows: Vec<Row>,
}

/// A row, and where it was cut out.
struct Row {
    /// Its first byte in [`Excerpt::text`].
    at: usize,
    /// Its bytes in the decoded text.
    from: Range<usize>,
}

impl Excerpt {
    /// The rows with `labels`, of which the first matters most, on a page of `width` characters.
    pub fn new(source: &Source, labels: &[Label], width: usize) -> Excerpt {
        let spans: Vec<Span<Decoded>> = labels.iter().map(|label| visible(source, label.span)).collect();
        let lines = touched_lines(source, &spans);
        let is_wide = |line: &usize| source.line_text(*line).chars().nth(width).is_some();
        let has_far = lines.iter().zip(lines.iter().skip(1)).any(|(line, next)| next - line > FAR);
        let mut excerpt = Excerpt { text: String::new(), first_line: None, rows: Vec::new() };
        if has_far || lines.iter().any(is_wide) {
            // Prose is read best in rows shorter than a page, and labels stand to the right of them.
            excerpt.add_broken(source, &lines, &spans, width * 3 / 4);
        } else {
            excerpt.add_lines(source, &lines);
        }
        excerpt
    }

    /// The bytes in [`Excerpt::text`] that show `span`, a row each; at least one.
    pub fn find(&self, source: &Source, span: Span<Decoded>) -> Vec<Range<usize>> {
        let span = visible(source, span);
        let touching = self.rows.iter().filter(|row| touches(span, &row.from));
        let pieces = touching.take(if span.is_empty() { 1 } else { MAX_ROWS }).filter_map(|row| {
            let (start, end) = (span.start().max(row.from.start), span.end().min(row.from.end));
            let shown = source.text()[start..end.max(start)].trim_end();
            (span.is_empty() || !shown.is_empty())
                .then(|| row.at + (start - row.from.start))
                .map(|at| at..at + shown.len())
        });
        pieces.collect()
    }

    fn add_lines(&mut self, source: &Source, lines: &BTreeSet<usize>) {
        let (Some(&first), Some(&last)) = (lines.first(), lines.last()) else { return };
        self.first_line = Some(first);
        for line in first..=last {
            let is_near = lines.contains(&line) || is_in_small_gap(lines, line);
            match source.line_span(line).filter(|_| is_near) {
                Some(span) => self.add_row(source, span.range()),
                None => self.text.push('\n'),
            }
        }
    }

    fn add_broken(&mut self, source: &Source, lines: &BTreeSet<usize>, spans: &[Span<Decoded>], width: usize) {
        let mut last_end = None;
        for &line in lines {
            let Some(line) = source.line_span(line) else { continue };
            for row in shown_rows(source.text(), line, spans, width) {
                if last_end.is_some_and(|end: usize| row.start > end + 2) {
                    self.text.push_str(&"\n".repeat(2 * MAX_GAP + 2));
                }
                last_end = Some(row.end);
                self.add_row(source, row);
            }
        }
    }

    fn add_row(&mut self, source: &Source, from: Range<usize>) {
        let at = self.text.len();
        self.text.push_str(&clean_in_place(&source.text()[from.clone()]));
        self.text.push('\n');
        self.rows.push(Row { at, from });
    }
}

/// `span`, or for one of blanks alone the place where it starts, in front of a line end.
fn visible(source: &Source, span: Span<Decoded>) -> Span<Decoded> {
    let span = inside(source, span);
    if !source.text()[span.range()].trim().is_empty() {
        return span;
    }
    let line = source.line_span(source.position(span.start()).line);
    Span::at(line.map_or(span.start(), |line| span.start().min(line.end())))
}

/// `span` cut at the end of the text and at whole characters.
pub fn inside(source: &Source, span: Span<Decoded>) -> Span<Decoded> {
    let text = source.text();
    let start = text.floor_char_boundary(span.start());
    Span::new(start, if span.is_empty() { start } else { text.ceil_char_boundary(span.end()) })
}

/// The 1-based lines that are worth showing.
fn touched_lines(source: &Source, spans: &[Span<Decoded>]) -> BTreeSet<usize> {
    let lines = spans.iter().flat_map(|span| {
        let first = source.position(span.start()).line;
        let last = source.position(span.end().saturating_sub(1).max(span.start())).line;
        first..=last.min(first + MAX_ROWS - 1)
    });
    lines.collect()
}

fn is_in_small_gap(lines: &BTreeSet<usize>, line: usize) -> bool {
    match (lines.range(..line).next_back(), lines.range(line..).next()) {
        (Some(before), Some(after)) => after - before <= MAX_GAP + 1,
        _ => false,
    }
}

/// Whether a row shows some of `span`, or for an empty one the place.
fn touches(span: Span<Decoded>, row: &Range<usize>) -> bool {
    match span.is_empty() {
        true => row.start <= span.start() && span.start() <= row.end,
        false => span.start() < row.end && row.start < span.end(),
    }
}

/// The rows of a line that show one of `spans`, of each at most [`MAX_ROWS`].
fn shown_rows(text: &str, line: Span<Decoded>, spans: &[Span<Decoded>], width: usize) -> Vec<Range<usize>> {
    let here: Vec<_> = spans.iter().filter(|span| touches(**span, &line.range())).collect();
    let Some(main) = here.first() else { return Vec::new() };
    let start = main.start().max(line.start());
    let range = match line.len() > HUGE {
        true => {
            word_start(text, line.start(), start.saturating_sub(BEFORE))..line.end().min(start + 8 * MAX_ROWS * width)
        }
        false => line.range(),
    };
    let range = range.start..text.floor_char_boundary(range.end);
    let mut left: Vec<usize> = vec![MAX_ROWS; here.len()];
    let mut rows = break_line(text, range, width);
    rows.retain(|row| {
        let mut is_shown = false;
        for (span, left) in here.iter().zip(&mut left).filter(|(span, left)| **left > 0 && touches(***span, row)) {
            is_shown = true;
            *left = if span.is_empty() { 0 } else { *left - 1 };
        }
        is_shown
    });
    rows
}

/// The first start of a word at or behind `at`, which lies in the line that starts at `line`.
fn word_start(text: &str, line: usize, at: usize) -> usize {
    if at <= line {
        return line;
    }
    let at = text.floor_char_boundary(at);
    // A word longer than a page is no word.
    text[at..].char_indices().take(100).find(|(_, char)| *char == ' ').map_or(at, |(offset, _)| at + offset + 1)
}

/// Breaks a line into rows of at most `width` characters, between words where that is possible.
fn break_line(text: &str, line: Range<usize>, width: usize) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let (mut start, mut space, mut used) = (line.start, None, 0);
    for (offset, char) in text[line.clone()].char_indices() {
        let at = line.start + offset;
        if used >= width && char != ' ' {
            let (end, next) = space.map_or((at, at), |space: usize| (space, space + 1));
            rows.push(start..end);
            used = text[next..at].chars().count();
            (start, space) = (next, None);
        }
        if char == ' ' && at > start {
            space = Some(at);
        }
        used += 1;
    }
    rows.push(start..line.end);
    rows
}
