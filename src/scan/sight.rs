//! Holds the conditions of signals against sentences.

use super::Sighting;
use super::plan::{Anchor, Plan};
use crate::message::{Message, Part, Sentence};
use crate::pack::{Cond, Pack, Passage, PatternId, PieceId, Scope, Signal, SignalId};
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
    /// What was asked of whole paragraphs, parts and letters: the address of the condition and the paragraph.
    elsewhere: HashMap<(usize, usize), bool>,
}

impl<'a> Scanner<'a> {
    fn new(pack: &'a Pack, plan: &'a Plan, message: &'a Message) -> Self {
        let mut paragraphs: HashMap<usize, (usize, usize)> = HashMap::new();
        for (at, sentence) in message.sentences().iter().enumerate() {
            paragraphs.entry(sentence.paragraph).or_insert((at, at)).1 = at + 1;
        }
        let wanted = wanted(pack, plan, message);
        let found = Vec::with_capacity(pack.signals.len());
        Scanner { pack, plan, message, wanted, tried: HashMap::new(), found, paragraphs, elsewhere: HashMap::new() }
    }

    fn signal(&mut self, id: SignalId, signal: &Signal) -> Vec<Sighting> {
        let mut sightings = Vec::new();
        for sentence in self.candidates(self.plan.anchors(id)) {
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

    /// The sentences in which one of the anchors may be, in order; all where there are no anchors.
    fn candidates(&self, anchors: Option<&[Anchor]>) -> Vec<usize> {
        let Some(anchors) = anchors else { return (0..self.message.sentences().len()).collect() };
        let mut sentences = Vec::new();
        for anchor in anchors {
            match anchor {
                Anchor::Pattern(pattern) => sentences.extend(self.wanted.get(pattern).into_iter().flatten()),
                Anchor::Signal(signal) => sentences.extend(self.found[*signal].iter().map(|found| found.sentence)),
            }
        }
        sentences.sort_unstable();
        sentences.dedup();
        sentences
    }

    fn sentence(&self, at: usize) -> Sentence {
        self.message.sentences()[at]
    }

    /// The words for which a condition holds of a sentence; the whole sentence where the words are somewhere else.
    fn holds(&mut self, cond: &Cond<Passage>, at: usize) -> Option<Span<Laid>> {
        match cond {
            Cond::Leaf(Passage::Pattern(pattern)) => self.pattern(*pattern, at),
            Cond::Leaf(Passage::Signal(signal)) => self.sighting(*signal, at),
            Cond::Leaf(Passage::Elsewhere(scope, inner)) => {
                self.holds_elsewhere(*scope, inner, at).then_some(self.sentence(at).span)
            }
            Cond::Any(conds) => conds.iter().find_map(|cond| self.holds(cond, at)),
            Cond::All(_) if !self.is_possible(cond, at) => None,
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

    /// Whether a condition holds in a sentence that the scope takes in. What is asked of a whole paragraph, part or
    /// letter is asked once, or a long letter would take quadratic time.
    fn holds_elsewhere(&mut self, scope: Scope, cond: &Cond<Passage>, at: usize) -> bool {
        let shared_by = match scope {
            Scope::Before | Scope::After | Scope::Nearby => None,
            Scope::Paragraph => Some(self.sentence(at).paragraph),
            Scope::Letter | Scope::Part(_) => Some(usize::MAX),
        };
        let key = shared_by.map(|who| (std::ptr::from_ref(cond).addr(), who));
        if let Some(known) = key.and_then(|key| self.elsewhere.get(&key)) {
            return *known;
        }
        let holds = self.reach(scope, at).into_iter().any(|other| self.holds(cond, other).is_some());
        if let Some(key) = key {
            self.elsewhere.insert(key, holds);
        }
        holds
    }

    /// The sentences that a scope takes in, seen from the one at `at`.
    fn reach(&self, scope: Scope, at: usize) -> Vec<usize> {
        let says = |part: Part| matches!(part, Part::Subject | Part::Body | Part::Postscript);
        let sentences = self.message.sentences();
        let is_neighbour = |other: &usize| sentences.get(*other).is_some_and(|sentence| says(sentence.part));
        let before = at.checked_sub(1).filter(is_neighbour);
        let after = Some(at + 1).filter(is_neighbour);
        match scope {
            Scope::Before => before.into_iter().collect(),
            Scope::After => after.into_iter().collect(),
            Scope::Nearby => before.into_iter().chain([at]).chain(after).collect(),
            Scope::Paragraph => {
                let (first, end) = self.paragraphs.get(&sentences[at].paragraph).copied().unwrap_or((at, at + 1));
                (first..end).collect()
            }
            Scope::Letter => self.of_part(says),
            Scope::Part(part) => self.of_part(|other| other == part),
        }
    }

    fn of_part(&self, wanted: impl Fn(Part) -> bool) -> Vec<usize> {
        let sentences = self.message.sentences().iter().enumerate();
        sentences.filter(|(_, sentence)| wanted(sentence.part)).map(|(at, _)| at).collect()
    }

    fn pattern(&mut self, id: PatternId, at: usize) -> Option<Span<Laid>> {
        if !self.is_wanted(id, at) {
            return None;
        }
        if let Some(tried) = self.tried.get(&(id, at)) {
            return *tried;
        }
        let found = self.try_pattern(id, at);
        self.tried.insert((id, at), found);
        found
    }

    fn is_wanted(&self, id: PatternId, at: usize) -> bool {
        let is_wanted = self.wanted.get(&id).is_some_and(|sentences| sentences.binary_search(&at).is_ok());
        is_wanted || self.plan.is_always_tried(id)
    }

    /// Whether a condition may hold, as far as the first pass and the signals found so far tell. Asked before any
    /// automaton is made, which costs more than all else.
    fn is_possible(&self, cond: &Cond<Passage>, at: usize) -> bool {
        match cond {
            Cond::Leaf(Passage::Pattern(pattern)) => self.is_wanted(*pattern, at),
            Cond::Leaf(Passage::Signal(signal)) => self.sighting(*signal, at).is_some(),
            Cond::Leaf(Passage::Elsewhere(..)) | Cond::None(_) => true,
            Cond::Any(conds) => conds.iter().any(|cond| self.is_possible(cond, at)),
            Cond::All(conds) => conds.iter().all(|cond| self.is_possible(cond, at)),
        }
    }

    fn sighting(&self, signal: SignalId, at: usize) -> Option<Span<Laid>> {
        let sightings = self.found.get(signal)?;
        let found = sightings.binary_search_by_key(&at, |sighting| sighting.sentence).ok()?;
        Some(sightings[found].span)
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

/// The first pass: which patterns are worth trying in which sentences, namely those of which every piece may be there.
fn wanted(pack: &Pack, plan: &Plan, message: &Message) -> HashMap<PatternId, Vec<usize>> {
    let sentences = message.sentences();
    let mut seen: HashMap<PieceId, Vec<usize>> = HashMap::new();
    let mut at = 0;
    plan.first_pass(message.folded(), |end, pieces| {
        // Ends come in order, so the sentence is found by walking along.
        while sentences.get(at).is_some_and(|sentence| sentence.span.end() < end) {
            at += 1;
        }
        for piece in pieces {
            let seen = seen.entry(*piece).or_default();
            if seen.last() != Some(&at) {
                seen.push(at);
            }
        }
    });
    let is_seen = |piece: &PieceId, at: &usize| {
        !plan.is_located(*piece) || seen.get(piece).is_some_and(|sentences| sentences.binary_search(at).is_ok())
    };
    let mut wanted: HashMap<PatternId, Vec<usize>> = HashMap::new();
    for (piece, sentences) in &seen {
        for pattern in plan.opened_by(*piece) {
            let pieces = &pack.patterns[*pattern].pieces;
            let possible = sentences.iter().filter(|at| pieces.iter().all(|piece| is_seen(piece, at)));
            let possible: Vec<usize> = possible.copied().collect();
            if !possible.is_empty() {
                wanted.insert(*pattern, possible);
            }
        }
    }
    wanted
}
