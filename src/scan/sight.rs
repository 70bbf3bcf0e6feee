//! Holds the conditions of signals against sentences.

use super::{Plan, Sighting};
use crate::message::{Message, Part, Sentence};
use crate::pack::{Cond, Pack, Passage, PatternId, Scope, Signal, SignalId};
use crate::span::{Laid, Span};
use std::collections::HashMap;

pub(super) fn sight(pack: &Pack, plan: &Plan, message: &Message) -> Vec<Vec<Sighting>> {
    let mut scanner = Scanner::new(pack, plan, message);
    for (id, signal) in pack.signals.iter().enumerate() {
        let found = scanner.signal(id, signal);
        scanner.found.push(found);
    }
    scanner.found
}

struct Scanner<'a> {
    pack: &'a Pack,
    plan: &'a Plan,
    message: &'a Message,
    /// Which patterns are worth trying: for each the sentences, in order.
    wanted: HashMap<PatternId, Vec<usize>>,
    /// What was tried already.
    tried: HashMap<(PatternId, usize), Option<Span<Laid>>>,
    /// What the signals before the one at hand were sighted at.
    found: Vec<Vec<Sighting>>,
    /// The first sentence of each paragraph, and one past the last.
    paragraphs: HashMap<usize, (usize, usize)>,
}

impl<'a> Scanner<'a> {
    fn new(pack: &'a Pack, plan: &'a Plan, message: &'a Message) -> Self {
        let mut paragraphs: HashMap<usize, (usize, usize)> = HashMap::new();
        for (at, sentence) in message.sentences().iter().enumerate() {
            paragraphs.entry(sentence.paragraph).or_insert((at, at)).1 = at + 1;
        }
        let wanted = wanted(plan, message);
        let found = Vec::with_capacity(pack.signals.len());
        Scanner { pack, plan, message, wanted, tried: HashMap::new(), found, paragraphs }
    }

    fn signal(&mut self, id: SignalId, signal: &Signal) -> Vec<Sighting> {
        let mut sightings = Vec::new();
        for sentence in 0..self.message.sentences().len() {
            if !signal.parts.contains(&self.sentence(sentence).part) {
                continue;
            }
            let Some(span) = self.holds(&signal.any, sentence) else { continue };
            if signal.unless.as_ref().is_some_and(|unless| self.holds(unless, sentence).is_some()) {
                continue;
            }
            sightings.push(Sighting { sentence, span, signal: id });
        }
        sightings
    }

    fn sentence(&self, at: usize) -> Sentence {
        self.message.sentences()[at]
    }

    /// The words for which a condition holds of a sentence; the whole sentence where the words are somewhere else.
    fn holds(&mut self, cond: &Cond<Passage>, at: usize) -> Option<Span<Laid>> {
        match cond {
            Cond::Leaf(Passage::Pattern(pattern)) => self.pattern(*pattern, at),
            Cond::Leaf(Passage::Signal(signal)) => {
                let sightings = self.found.get(*signal)?;
                let found = sightings.binary_search_by_key(&at, |sighting| sighting.sentence).ok()?;
                Some(sightings[found].span)
            }
            Cond::Leaf(Passage::Elsewhere(scope, inner)) => {
                let whole = self.sentence(at).span;
                self.elsewhere(*scope, at).any(|other| self.holds(inner, other).is_some()).then_some(whole)
            }
            Cond::Any(conds) => conds.iter().find_map(|cond| self.holds(cond, at)),
            Cond::All(conds) => {
                let mut hull: Option<Span<Laid>> = None;
                for cond in conds {
                    let span = self.holds(cond, at)?;
                    // What only must be near, or must not be there, does not widen the words that say it.
                    if is_said_here(cond) {
                        hull = Some(hull.map_or(span, |hull| hull.hull(span)));
                    }
                }
                Some(hull.unwrap_or(self.sentence(at).span))
            }
            Cond::None(conds) => {
                let whole = self.sentence(at).span;
                conds.iter().all(|cond| self.holds(cond, at).is_none()).then_some(whole)
            }
        }
    }

    /// The sentences that a scope takes in, seen from the one at `at`.
    fn elsewhere(&self, scope: Scope, at: usize) -> Box<dyn Iterator<Item = usize>> {
        let says = |part: Part| matches!(part, Part::Subject | Part::Body | Part::Postscript);
        let sentences = self.message.sentences();
        let neighbour = |other: Option<usize>| {
            other.filter(|other| sentences.get(*other).is_some_and(|sentence| says(sentence.part)))
        };
        let (before, after) = (neighbour(at.checked_sub(1)), neighbour(Some(at + 1)));
        match scope {
            Scope::Before => Box::new(before.into_iter()),
            Scope::After => Box::new(after.into_iter()),
            Scope::Nearby => Box::new(before.into_iter().chain([at]).chain(after)),
            Scope::Paragraph => {
                let (first, end) = self.paragraphs.get(&sentences[at].paragraph).copied().unwrap_or((at, at + 1));
                Box::new(first..end)
            }
            Scope::Letter => self.where_part(says),
            Scope::Part(part) => self.where_part(move |other| other == part),
        }
    }

    fn where_part(&self, wanted: impl Fn(Part) -> bool) -> Box<dyn Iterator<Item = usize>> {
        let sentences = self.message.sentences().iter().enumerate();
        let found: Vec<usize> = sentences.filter(|(_, sentence)| wanted(sentence.part)).map(|(at, _)| at).collect();
        Box::new(found.into_iter())
    }

    fn pattern(&mut self, id: PatternId, at: usize) -> Option<Span<Laid>> {
        let is_wanted = self.wanted.get(&id).is_some_and(|sentences| sentences.binary_search(&at).is_ok());
        if !is_wanted && !self.plan.always().contains(&id) {
            return None;
        }
        if let Some(tried) = self.tried.get(&(id, at)) {
            return *tried;
        }
        let found = self.try_pattern(id, at);
        self.tried.insert((id, at), found);
        found
    }

    /// The first match of a pattern in a sentence. Of each piece all matches are tried that lie near enough behind a
    /// match of the piece before; where several do, the nearest one counts.
    fn try_pattern(&self, id: PatternId, at: usize) -> Option<Span<Laid>> {
        let pattern = &self.pack.patterns[id];
        let (first, rest) = pattern.pieces.split_first()?;
        let mut reached = self.matches(*first, at)?;
        for (piece, gap) in rest.iter().zip(&pattern.gaps) {
            let next = self.matches(*piece, at)?;
            reached = self.join(&reached, &next, *gap);
        }
        reached.first().copied()
    }

    fn join(&self, reached: &[Span<Laid>], next: &[Span<Laid>], gap: usize) -> Vec<Span<Laid>> {
        let mut joined = Vec::new();
        let mut before = 0;
        for found in next {
            while reached.get(before + 1).is_some_and(|span| span.end() <= found.start()) {
                before += 1;
            }
            let Some(nearest) = reached.get(before).filter(|span| span.end() <= found.start()) else { continue };
            let between = &self.message.folded()[nearest.end()..found.start()];
            if between
                .split_whitespace()
                .filter(|word| word.bytes().any(|b| b.is_ascii_alphanumeric()))
                .take(gap + 1)
                .count()
                <= gap
            {
                joined.push(Span::new(nearest.start(), found.end()));
            }
        }
        joined
    }

    fn matches(&self, piece: usize, at: usize) -> Option<Vec<Span<Laid>>> {
        let automaton = self.plan.automaton(self.pack, piece)?;
        let text = if self.pack.pieces[piece].cased { self.message.text() } else { self.message.folded() };
        let sentence = self.sentence(at).span;
        let found = automaton.find_iter(text[sentence.range()].as_bytes());
        let spans: Vec<Span<Laid>> =
            found.map(|m| Span::new(sentence.start() + m.start(), sentence.start() + m.end())).collect();
        (!spans.is_empty()).then_some(spans)
    }
}

fn is_said_here(cond: &Cond<Passage>) -> bool {
    match cond {
        Cond::Leaf(Passage::Pattern(_) | Passage::Signal(_)) => true,
        Cond::Leaf(Passage::Elsewhere(..)) | Cond::None(_) => false,
        Cond::Any(conds) | Cond::All(conds) => conds.iter().any(is_said_here),
    }
}

/// The first pass: which patterns are worth trying in which sentences.
fn wanted(plan: &Plan, message: &Message) -> HashMap<PatternId, Vec<usize>> {
    let sentences = message.sentences();
    let mut wanted: HashMap<PatternId, Vec<usize>> = HashMap::new();
    let mut at = 0;
    plan.first_pass(message.folded(), |end, patterns| {
        // Ends come in order, so the sentence is found by walking along.
        while sentences.get(at).is_some_and(|sentence| sentence.span.end() < end) {
            at += 1;
        }
        for pattern in patterns {
            let seen = wanted.entry(*pattern).or_default();
            if seen.last() != Some(&at) {
                seen.push(at);
            }
        }
    });
    wanted
}
