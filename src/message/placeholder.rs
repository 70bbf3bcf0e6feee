//! Placeholders of templates, `[Company Name]`, `{{ name }}`, `____`, and what they stand for.

use super::{Part, plain, word};
use crate::span::{Laid, Shown, Span};
use std::ops::Range;

mod inside;
mod meaning;
mod style;

pub use meaning::Meaning;

pub(super) use inside::is_alternative;

/// A place in a letter that is still to be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placeholder {
    /// Its bytes in the view.
    pub span: Span<Shown>,
    /// Its bytes in the message, where it is laid out as its meaning in braces.
    pub laid: Span<Laid>,
    /// What it stands for.
    pub meaning: Meaning,
    /// The part of the letter that it stands in.
    pub part: Part,
}

/// Bytes of a passage that are not laid out as they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// A placeholder.
    Hole { range: Range<usize>, meaning: Meaning },
    /// Something that is no word of the letter: brackets around an optional sentence, marks of emphasis.
    Dropped(Range<usize>),
}

impl Mark {
    pub fn range(&self) -> Range<usize> {
        match self {
            Mark::Hole { range, .. } | Mark::Dropped(range) => range.clone(),
        }
    }
}

/// The placeholders of a passage and what else is not laid out, in order and apart from each other.
pub(super) fn find(passage: &str, part: Part) -> Vec<Mark> {
    // Most letters have none of these characters: one look settles it.
    let telling =
        |byte: u8| matches!(byte, b'[' | b'{' | b'<' | b'%' | b'$' | b'_' | b'#' | b'@' | b'*' | b'(' | b'X' | 0xc2);
    if !passage.bytes().any(telling) {
        return Vec::new();
    }
    let mut marks = joined(passage, style::find(passage, part));
    let emphasis = plain::emphasis(passage);
    if !emphasis.is_empty() {
        marks = with_emphasis(marks, emphasis);
    }
    marks
}

/// The text of a short line with its placeholders as `{name}` and the like.
pub(super) fn filled(line: &str, part: Part) -> String {
    let mut writer = plain::Writer::default();
    writer.passage(line, 0, &find(line, part));
    writer.text
}

/// Whether a line is made of placeholders and marks only.
pub(super) fn is_alone(line: &str) -> bool {
    let marks = find(word::beginning(line, word::SHORT_LINE), Part::Body);
    let mut at = 0;
    let mut holes = 0;
    for mark in &marks {
        let range = mark.range();
        if line[at..range.start].contains(char::is_alphanumeric) {
            return false;
        }
        holes += usize::from(matches!(mark, Mark::Hole { .. }));
        at = range.end;
    }
    holes > 0 && !line[at..].contains(char::is_alphanumeric)
}

/// Blanks and brackets without a gap between them are one placeholder, e.g. `___[Name]___`.
fn joined(passage: &str, marks: Vec<Mark>) -> Vec<Mark> {
    let mut all: Vec<Mark> = Vec::with_capacity(marks.len());
    for mark in marks {
        if let (Some(Mark::Hole { range: last, meaning: known }), Mark::Hole { range, meaning }) =
            (all.last_mut(), &mark)
            && last.end == range.start
            && (passage.as_bytes().get(range.start) == Some(&b'_') || passage[last.clone()].ends_with('_'))
        {
            let last_is_blank = passage[last.clone()].bytes().all(|byte| byte == b'_');
            if last_is_blank {
                *known = *meaning;
            }
            last.end = range.end;
            continue;
        }
        all.push(mark);
    }
    all
}

/// Adds the marks of emphasis that lie outside of the placeholders.
fn with_emphasis(marks: Vec<Mark>, emphasis: Vec<Range<usize>>) -> Vec<Mark> {
    let mut all = Vec::with_capacity(marks.len() + emphasis.len());
    let mut emphasis = emphasis.into_iter().peekable();
    let mut free_from = 0;
    for mark in marks {
        let range = mark.range();
        while let Some(stars) = emphasis.next_if(|stars| stars.start < range.end) {
            if stars.start >= free_from && stars.end <= range.start {
                all.push(Mark::Dropped(stars));
            }
        }
        free_from = range.end;
        all.push(mark);
    }
    all.extend(emphasis.filter(|stars| stars.start >= free_from).map(Mark::Dropped));
    all
}
