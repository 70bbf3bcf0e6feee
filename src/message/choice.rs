//! Alternatives that a template leaves to its user: of `[or: ...]` and what stands before it only one is sent.

use super::part::Passage;
use super::placeholder::is_alternative;
use super::{Part, title, word};
use crate::span::{Shown, Span};
use crate::view::View;
use std::ops::Range;

/// Some words of which either these or others are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alternative {
    /// The number of the choice, from 0: of all with the same number one is sent.
    pub choice: usize,
    /// Its bytes in the view.
    pub span: Span<Shown>,
}

/// All alternatives of a letter, in order and apart from each other.
pub(super) fn find(view: &View, passages: &[Passage]) -> Vec<Alternative> {
    let mut finder = Finder { view, found: Vec::new(), choices: 0 };
    finder.lists(passages);
    view.choices().iter().for_each(|choice| finder.add(choice.iter().copied()));
    for (number, passage) in passages.iter().enumerate() {
        if matches!(passage.part, Part::Body | Part::Postscript) {
            let before = number.checked_sub(1).and_then(|before| passages.get(before));
            finder.brackets(passage.span, before.filter(|before| before.part == passage.part));
        }
    }
    outermost(finder.found)
}

/// Those that lie in no other, in order. What is chosen within a choice is sent or left out with it.
fn outermost(mut all: Vec<Alternative>) -> Vec<Alternative> {
    all.sort_by_key(|found| (found.span.start(), std::cmp::Reverse(found.span.end())));
    let mut end = 0;
    all.retain(|found| {
        let is_apart = found.span.start() >= end && !found.span.is_empty();
        end = if is_apart { found.span.end() } else { end };
        is_apart
    });
    all
}

struct Finder<'v> {
    view: &'v View,
    found: Vec<Alternative>,
    choices: usize,
}

impl Finder<'_> {
    fn add(&mut self, spans: impl IntoIterator<Item = Span<Shown>>) {
        let choice = self.choices;
        self.found.extend(spans.into_iter().map(|span| Alternative { choice, span }));
        self.choices += 1;
    }

    fn text(&self, span: Span<Shown>) -> &str {
        self.view.text().get(span.range()).unwrap_or_default()
    }

    /// Lists below `choose one:`, and paragraphs that are options by their titles.
    fn lists(&mut self, passages: &[Passage]) {
        let mut at = 0;
        while at < passages.len() {
            let asks = asks_to_choose(self.text(passages[at].span));
            let first = at + usize::from(asks);
            let mut spans: Vec<Span<Shown>> = Vec::new();
            let mut next = first;
            while let Some(passage) = passages.get(next).filter(|passage| passage.part == Part::Body) {
                let is_option = asks && passage.is_item || self.is_option(passages, next);
                match spans.last_mut() {
                    _ if is_option && passage.opens => spans.push(passage.span),
                    Some(last) if !passage.opens => *last = last.hull(passage.span),
                    _ => break,
                }
                next += 1;
            }
            if spans.len() > 1 {
                self.add(spans);
            }
            at = next.max(at + 1);
        }
    }

    /// Whether a paragraph is titled as an option: `Option A: ...`, or by a line above it.
    fn is_option(&self, passages: &[Passage], at: usize) -> bool {
        let Some(passage) = passages.get(at) else { return false };
        if option_lead(self.text(passage.span)).is_some() {
            return true;
        }
        let above = at.checked_sub(1).and_then(|above| passages.get(above)).map_or(0, |above| above.span.end());
        let gap = Span::new(above.min(passage.span.start()), passage.span.start());
        self.text(gap).lines().any(|line| option_lead(line.trim()).is_some_and(|lead| lead == line.trim().len()))
    }

    /// What stands in square brackets.
    fn brackets(&mut self, passage: Span<Shown>, before: Option<&Passage>) {
        let text = self.view.text().get(passage.range()).unwrap_or_default();
        let place = |range: Range<usize>| Span::new(passage.start() + range.start, passage.start() + range.end);
        // Behind the last bracket, and the choice that it was an alternative of.
        let mut last: Option<(Range<usize>, Option<usize>)> = None;
        for bracket in outer_brackets(text) {
            let inside = bracket.start + 1..bracket.end - 1;
            let mut choice = None;
            if is_alternative(&text[inside.clone()]) {
                let is_next = |(before, _): &(Range<usize>, _)| text[before.end..bracket.start].trim().is_empty();
                let joined = last.take().filter(is_next);
                choice = Some(self.choices);
                match (joined, before) {
                    (Some((_, Some(known))), _) => {
                        choice = Some(known);
                        self.found.push(Alternative { choice: known, span: place(bracket.clone()) });
                    }
                    (Some((first, None)), _) => self.add([place(first), place(bracket.clone())]),
                    (None, Some(before)) if text[..bracket.start].trim().is_empty() => {
                        self.choose_between(before.span, place(bracket.clone()));
                    }
                    (None, _) => {
                        let start = start_of_sentence(&text[..bracket.start]);
                        self.add([place(start..bracket.start), place(bracket.clone())]);
                    }
                }
            } else {
                let parts = parts(&text[inside.clone()]);
                if parts.len() > 1 {
                    choice = Some(self.choices);
                    self.add(parts.into_iter().map(|part| place(inside.start + part.start..inside.start + part.end)));
                }
            }
            last = Some((bracket, choice));
        }
    }

    /// Notes a paragraph as an alternative to the one above, which may be one already.
    fn choose_between(&mut self, above: Span<Shown>, span: Span<Shown>) {
        let known = self.found.last().filter(|last| above.contains(last.span) && above.start() == last.span.start());
        match known.map(|last| last.choice) {
            Some(choice) => self.found.push(Alternative { choice, span }),
            None => self.add([above, span]),
        }
    }
}

/// The square brackets of a text that stand in no other.
fn outer_brackets(text: &str) -> Vec<Range<usize>> {
    let mut open = Vec::new();
    let mut all: Vec<Range<usize>> = Vec::new();
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => open.push(at),
            b']' => {
                if let Some(start) = open.pop() {
                    while all.last().is_some_and(|inner| inner.start > start) {
                        all.pop();
                    }
                    all.push(start..at + 1);
                }
            }
            _ => {}
        }
    }
    all
}

/// Where the last sentence of a text begins.
fn start_of_sentence(text: &str) -> usize {
    let said = text.trim_end();
    let window = word::ending(said, LONGEST_SENTENCE);
    let base = said.len() - window.len();
    let mut stops = window.char_indices().rev().filter(|&(at, c)| {
        c.is_whitespace() && at > 0 && (window[..at].ends_with(']') || word::ends_sentence(&window[..at]))
    });
    let start = stops.next().map_or(0, |(at, _)| base + at);
    start + (text[start..].len() - text[start..].trim_start().len())
}

/// How far back the beginning of a sentence is looked for, in bytes.
const LONGEST_SENTENCE: usize = 400;

/// The parts of what stands in a bracket, if it is a menu: `Option 1: ... / Option 2: ...`, `a nearer post / more study`.
fn parts(inside: &str) -> Vec<Range<usize>> {
    let mut starts = vec![0];
    for mark in [" / ", " | ", " OR ", "/\n", "\n/"] {
        starts.extend(inside.match_indices(mark).map(|(at, mark)| at + mark.len()));
    }
    let options = inside.match_indices(char::is_whitespace).map(|(at, space)| at + space.len());
    starts.extend(options.filter(|&at| option_lead(&inside[at..]).is_some()));
    starts.sort_unstable();
    starts.dedup();
    let ends = starts.iter().skip(1).copied().chain([inside.len()]);
    let parts = starts.iter().copied().zip(ends).map(|(start, end)| start..end);
    parts.filter(|part| inside[part.clone()].contains(char::is_alphanumeric)).collect()
}

/// The length of `Option A:` and the like at the start of a text.
fn option_lead(text: &str) -> Option<usize> {
    let head = word::beginning(text, 24);
    let colon = head.find(':')?;
    let mut words = head[..colon].split_whitespace();
    let name = word::fold(words.next()?);
    let number = words.next()?;
    let is_option = ["option", "version", "alternative", "variant", "choice", "reason"].contains(&name.as_str());
    let is_number =
        number.len() <= 3 && number.starts_with(|c: char| c.is_ascii_digit() || c == '#' || c.is_uppercase());
    (is_option && is_number && words.next().is_none()).then_some(colon + 1)
}

/// Whether a paragraph asks the user of a template to choose: `Choose one:`, `I decline because (pick one of these):`.
fn asks_to_choose(text: &str) -> bool {
    let end = word::ending(text, 120).trim_end_matches([']', ')', '*', '_', ' ']).to_lowercase();
    let Some(said) = end.strip_suffix(':').or_else(|| text.ends_with([')', ']']).then_some(end.as_str())) else {
        return false;
    };
    let said = said.trim_end_matches([']', ')', '*', '_', ' ']);
    let from = said.rfind(['.', '(', '[', '!', '?', '\n']).map_or(0, |at| at + 1);
    let words: Vec<String> = said[from..].split_whitespace().map(word::fold).collect();
    words.windows(2).any(|pair| {
        let asks = ["choose", "pick", "select", "use", "keep"].contains(&pair[0].as_str());
        asks && ["one", "a", "either", "from", "any", "your"].contains(&pair[1].as_str())
    }) && !title::is_remark(text)
}

#[cfg(test)]
mod tests {
    use crate::message::Message;
    use crate::view::{Format, View};

    /// `expected` has the words of each choice, its alternatives parted by `|`.
    #[track_caller]
    fn check(body: &str, expected: &[&str]) {
        let view = View::read(&format!("Dear Ann,\n\n{body}\n\nBest,\nBo\n"), Format::Text);
        let message = Message::read(&view);
        let mut found: Vec<Vec<&str>> = Vec::new();
        let all = message.alternatives();
        let count = all.iter().map(|one| one.choice + 1).max().unwrap_or(0);
        for choice in 0..count {
            let of = all.iter().filter(|one| one.choice == choice);
            found.push(of.map(|one| view.text()[one.span.range()].trim()).collect());
        }
        found.retain(|choice| !choice.is_empty());
        let found: Vec<String> = found.iter().map(|choice| choice.join("|")).collect();
        assert_eq!(found, expected, "in {body:?}");
    }

    #[test]
    fn a_bracket_with_or_is_an_alternative_to_what_stands_before() {
        check("Thanks. I took a post. [or: I will study.] Bye now.", &["I took a post.|[or: I will study.]"]);
        check("I took a post. [or: I study.] [or: I stay.]", &["I took a post.|[or: I study.]|[or: I stay.]"]);
        check("[I took one.] [or: I study.] Yes.", &["[I took one.]|[or: I study.]"]);
        check("I took a post.\n\n[or: I will study.]", &["I took a post.|[or: I will study.]"]);
        check("I saw Mr. Ram. [or: not]", &["I saw Mr. Ram.|[or: not]"]);
    }

    #[test]
    fn a_bracket_may_be_a_menu() {
        check("[Option 1: I took a post. Option 2: I study.]", &["Option 1: I took a post.|Option 2: I study."]);
        check("I decline [since I study / for a nearer post].", &["since I study /|for a nearer post"]);
        check("[I took one. It is near.] [Name], [his/her]", &[]);
    }

    #[test]
    fn a_list_may_be_a_choice() {
        check(
            "Choose one:\n\n- Better post: I took one.\n- Study: I study.\n\nBye to you all.",
            &["Better post: I took one.|Study: I study."],
        );
        check("I decline because (pick one):\n1. I study.\n2. I moved.", &["I study.|I moved."]);
        check("I ask for:\n- more pay\n- less work", &[]);
        check("Option A: I took a post.\n\nOption B: I study.", &["Option A: I took a post.|Option B: I study."]);
        check("Option A:\n\nI took a post.\n\nOption B:\n\nI study.", &["I took a post.|I study."]);
        check("Option A: I took a post.", &[]);
    }
}
