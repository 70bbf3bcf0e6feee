//! The lines of a view as far as they tell where a letter begins and ends.

use crate::message::shape;
use crate::view::{Line, LineKind, View};
use std::ops::Range;

/// What a line is on a page of templates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Blank,
    /// A rule across the page.
    Rule,
    /// A heading, or the title of a template.
    Title,
    Text,
}

/// What a line stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Page,
    Quote,
    Code,
}

/// A line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub mark: Mark,
    pub place: Place,
    /// The number of the block that it stands in: a quote, a fence, or what lies between two of them.
    pub run: usize,
    /// Whether it is quoted deeper than its block.
    pub is_deeper: bool,
    pub is_item: bool,
}

/// The lines of a view.
pub(super) struct Page<'v> {
    view: &'v View,
    rows: Vec<Row>,
    /// The lines of each block, by its number.
    runs: Vec<Range<usize>>,
}

/// How many bytes of a line are looked at, at most.
const LONGEST: usize = 400;

impl<'v> Page<'v> {
    pub fn read(view: &'v View) -> Page<'v> {
        let mut page = Page { view, rows: Vec::with_capacity(view.lines().len()), runs: Vec::new() };
        let mut block = Block::default();
        for (at, line) in view.lines().iter().enumerate() {
            let is_rule = shape::is_rule(page.text_of(line));
            let place = if is_rule && !page.is_in_fence(at) { Place::Page } else { place(line) };
            let mark = page.mark(at, is_rule);
            let row = block.row(line, mark, place);
            page.rows.push(row);
            match page.runs.get_mut(row.run) {
                Some(run) => run.end = at + 1,
                None => page.runs.push(at..at + 1),
            }
        }
        page
    }

    /// The lines of the block that a line stands in.
    pub fn run_of(&self, at: usize) -> Range<usize> {
        self.runs.get(self.row(at).run).cloned().unwrap_or(at..at)
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// A line; behind the last one there are blank ones.
    pub fn row(&self, at: usize) -> Row {
        let blank = Row { mark: Mark::Blank, place: Place::Page, run: usize::MAX, is_deeper: false, is_item: false };
        self.rows.get(at).copied().unwrap_or(blank)
    }

    fn mark(&self, at: usize, is_rule: bool) -> Mark {
        let Some(line) = self.view.lines().get(at) else { return Mark::Blank };
        let text = self.text_of(line);
        if text.is_empty() {
            Mark::Blank
        } else if is_rule {
            Mark::Rule
        } else if line.kind == LineKind::Heading || self.is_title(at, text) {
            Mark::Title
        } else {
            Mark::Text
        }
    }

    /// The text of a line as far as it is looked at, trimmed.
    pub fn text(&self, at: usize) -> &'v str {
        self.view.lines().get(at).map_or("", |line| self.text_of(line))
    }

    fn text_of(&self, line: &Line) -> &'v str {
        let text = self.view.line_text(line);
        text[..text.floor_char_boundary(LONGEST)].trim()
    }

    pub fn is_blank(&self, at: usize) -> bool {
        self.row(at).mark == Mark::Blank
    }

    pub fn is_title_row(&self, at: usize) -> bool {
        self.row(at).mark == Mark::Title
    }

    /// The lines of a range that have words.
    pub fn words_in(&self, rows: Range<usize>) -> usize {
        rows.filter(|&at| matches!(self.row(at).mark, Mark::Title | Mark::Text)).count()
    }

    /// The last line before `at` that is not blank.
    pub fn before(&self, at: usize) -> Option<usize> {
        (0..at.min(self.len())).rev().find(|&at| !self.is_blank(at))
    }

    /// The first line from `at` on that is not blank.
    pub fn next(&self, at: usize) -> Option<usize> {
        (at..self.len()).find(|&at| !self.is_blank(at))
    }

    /// A range without the blank lines and rules at its ends.
    pub fn trimmed(&self, rows: Range<usize>) -> Range<usize> {
        let says = |at: &usize| matches!(self.row(*at).mark, Mark::Title | Mark::Text);
        let start = rows.clone().find(says).unwrap_or(rows.end);
        let end = rows.rev().find(says).map_or(start, |last| last + 1);
        start..end.max(start)
    }

    /// Whether there is anything that a letter by itself seldom has. Most files are one letter, and told so at once.
    pub fn may_hold_samples(&self) -> bool {
        let parts = |row: &Row| matches!(row.mark, Mark::Rule | Mark::Title) || row.place != Place::Page;
        let greetings = (0..self.len()).filter(|&at| self.opens(at) && shape::greeting(self.text(at)).is_some());
        self.rows.iter().any(parts) || greetings.take(2).count() > 1
    }

    /// Whether a line begins a paragraph.
    pub fn opens(&self, at: usize) -> bool {
        let row = self.row(at);
        let Some(above) = at.checked_sub(1).map(|above| self.row(above)) else { return row.mark == Mark::Text };
        row.mark == Mark::Text && (above.mark != Mark::Text || above.run != row.run)
    }

    /// Whether somebody else's mail begins at a line that stands below a letter.
    pub fn begins_mail(&self, at: usize, below_letter: bool) -> bool {
        let text = self.text(at);
        let is_row = |at: usize| shape::is_sent_header(self.text(at)) && shape::is_header(self.text(at));
        shape::words_of_separator(text).is_some_and(is_of_mail)
            || shape::introduces_mail(text)
            || (below_letter && is_row(at))
    }

    fn is_in_fence(&self, at: usize) -> bool {
        let is_code = |at: Option<usize>| {
            at.and_then(|at| self.view.lines().get(at)).is_some_and(|line| line.kind == LineKind::Code)
        };
        is_code(at.checked_sub(1)) || is_code(Some(at + 1))
    }

    /// Whether a line of text is a title by its form.
    fn is_title(&self, at: usize, text: &str) -> bool {
        let above = at.checked_sub(1).map_or("", |above| self.text(above));
        if !above.is_empty() && !shape::is_rule(above) {
            return false;
        }
        let marked = text.trim_start_matches('#');
        let is_marked = (1..=6).contains(&(text.len() - marked.len())) && marked.starts_with(' ');
        let dashed = shape::words_of_separator(text).is_some_and(|words| !is_of_mail(words));
        is_marked || dashed || shape::is_title(text) || self.is_underlined(at, text)
    }

    /// `Short version` above `=============`; dashes are an underline only if they are as long as the text.
    fn is_underlined(&self, at: usize, text: &str) -> bool {
        let below = self.text(at + 1);
        let all = |mark: char| below.chars().all(|c| c == mark);
        below.len() >= 3
            && (all('=') || all('-') && below.len() == text.chars().count() && text.contains(' '))
            && !shape::is_closing(text)
            && !shape::is_rule(text)
            && text.len() <= 120
    }
}

/// Whether the words of a separator speak of mail.
fn is_of_mail(words: &str) -> bool {
    let words = words.to_lowercase();
    const OF_MAIL: [&str; 14] = [
        "original",
        "forwarded",
        "message",
        "mail",
        "nachricht",
        "mensaje",
        "mensagem",
        "messaggio",
        "bericht",
        "reply",
        "wrote",
        "weitergeleitet",
        "quoted",
        "thread",
    ];
    OF_MAIL.iter().any(|word| words.contains(word)) && !shape::is_title(&words)
}

fn place(line: &Line) -> Place {
    match line.kind {
        LineKind::Code => Place::Code,
        _ if line.quote > 0 => Place::Quote,
        LineKind::Text | LineKind::Heading | LineKind::Item => Place::Page,
    }
}

/// Numbers the blocks of a page.
#[derive(Default)]
struct Block {
    run: usize,
    place: Option<Place>,
    depth: u32,
    /// Whether a blank line outside of a fence was met since the last line.
    gap: bool,
}

impl Block {
    fn row(&mut self, line: &Line, mark: Mark, place: Place) -> Row {
        if mark == Mark::Blank {
            self.gap |= line.kind != LineKind::Code;
        } else {
            let other = self.place.is_some_and(|last| last != place);
            if other || (place == Place::Code && self.gap) {
                self.run += 1;
            }
            if other || self.place.is_none() {
                self.depth = line.quote;
            }
            self.place = Some(place);
            self.gap = false;
        }
        let is_deeper = line.quote > self.depth && mark != Mark::Blank;
        let place = if mark == Mark::Blank { self.place.unwrap_or(Place::Page) } else { place };
        Row { mark, place, run: self.run, is_deeper, is_item: line.kind == LineKind::Item }
    }
}
