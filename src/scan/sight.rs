//! Holds the conditions of signals against sentences.

use super::Sighting;
use super::quick::QuickMap;
use super::search::Search;
use crate::message::{Message, Part, Sentence};
use crate::pack::{Pack, PatternId, PieceId, Scope, Signal, SignalId};
use crate::plan::{Plan, Question, QuestionId, Tally, to_u32};
use crate::span::{Laid, Span};
use std::collections::HashMap;
use std::ops::Range;

pub(super) fn sight(pack: &Pack, plan: &Plan, message: &Message) -> Vec<Vec<Sighting>> {
    let (wanted, roused) = first_pass(plan, message);
    let mut scanner = Scanner::new(plan, message, wanted);
    let mut roused = roused.as_slice();
    for (id, signal) in pack.signals.iter().enumerate() {
        let (own, others) = roused.split_at(roused.partition_point(|(signal, _, _)| *signal as usize <= id));
        let found = match plan.weights.scale(id) {
            Some(scale) => scanner.weighed(id, signal, scale),
            None => scanner.signal(id, signal, own),
        };
        scanner.found.push(found);
        roused = others;
    }
    scanner.found
}

/// A branch of a signal that may hold of a sentence: signal, sentence, branch.
type Roused = (u32, u32, u32);

/// The patterns that are worth trying, by sentence.
struct Wanted {
    /// Where the patterns of each sentence begin among all, and the end.
    starts: Vec<usize>,
    patterns: Vec<u32>,
}

impl Wanted {
    fn holds(&self, pattern: PatternId, sentence: usize) -> bool {
        let here = &self.patterns[self.starts[sentence]..self.starts[sentence + 1]];
        u32::try_from(pattern).is_ok_and(|pattern| here.binary_search(&pattern).is_ok())
    }
}

/// What the words of the sentences tell: the patterns that are worth trying, and what they rouse, in order.
fn first_pass(plan: &Plan, message: &Message) -> (Wanted, Vec<Roused>) {
    let mut met = plan.first_pass.met();
    let mut wanted = Wanted { starts: vec![0], patterns: Vec::new() };
    let mut roused = Vec::new();
    for (sentence, number) in message.sentences().iter().zip(0..) {
        let first = wanted.patterns.len();
        plan.first_pass.wanted(message.folded()[sentence.span.range()].as_bytes(), &mut met, &mut wanted.patterns);
        for pattern in &wanted.patterns[first..] {
            roused.extend(plan.roused_by_pattern(*pattern).map(|(signal, branch)| (signal, number, branch)));
        }
        wanted.starts.push(wanted.patterns.len());
    }
    // As one number each they are compared at once.
    roused.sort_unstable_by_key(|(signal, sentence, branch)| {
        u128::from(*signal) << 64 | u128::from(*sentence) << 32 | u128::from(*branch)
    });
    roused.dedup();
    (wanted, roused)
}

struct Scanner<'a> {
    plan: &'a Plan,
    message: &'a Message,
    wanted: Wanted,
    search: Search<'a>,
    /// Where pieces match: the piece and the sentence; which of `spans` these are.
    matches: QuickMap<(u32, u32), Range<usize>>,
    spans: Vec<Span<Laid>>,
    /// What the signals before the one at hand were sighted at.
    found: Vec<Vec<Sighting>>,
    /// The first sentence of each paragraph, and one past the last.
    paragraphs: HashMap<usize, (usize, usize)>,
    /// What the words of each sentence weigh; empty where nothing is weighed.
    tallies: Vec<Tally>,
    /// What was asked of whole paragraphs, parts and letters: the condition and the paragraph.
    elsewhere: QuickMap<(usize, usize), bool>,
}

impl<'a> Scanner<'a> {
    fn new(plan: &'a Plan, message: &'a Message, wanted: Wanted) -> Self {
        let mut paragraphs: HashMap<usize, (usize, usize)> = HashMap::new();
        for (at, sentence) in message.sentences().iter().enumerate() {
            paragraphs.entry(sentence.paragraph).or_insert((at, at)).1 = at + 1;
        }
        let weighed = message.sentences().iter().take_while(|_| !plan.weights.is_empty());
        let tally = |sentence: &Sentence| plan.weights.tally(message.folded()[sentence.span.range()].as_bytes());
        Scanner {
            plan,
            message,
            tallies: weighed.map(tally).collect(),
            wanted,
            search: Search::new(&plan.program, message.folded(), message.text()),
            matches: QuickMap::default(),
            spans: Vec::new(),
            found: Vec::new(),
            paragraphs,
            elsewhere: QuickMap::default(),
        }
    }

    fn signal(&mut self, id: SignalId, signal: &Signal, roused: &[Roused]) -> Vec<Sighting> {
        let mut sightings: Vec<Sighting> = Vec::new();
        let plan = self.plan;
        let (questions, unless) = (&plan.questions, plan.questions.unless(id));
        for (sentence, branch) in self.candidates(id, roused) {
            let is_sighted = sightings.last().is_some_and(|last| last.sentence == sentence);
            if is_sighted || !signal.parts.contains(&self.sentence(sentence).part) {
                continue;
            }
            let Some(span) = self.holds(questions.branch(id, branch), sentence) else { continue };
            if unless.is_some_and(|unless| self.holds(unless, sentence).is_some()) {
                continue;
            }
            sightings.push(Sighting { sentence, span, signal: id });
        }
        sightings
    }

    /// The sentences that weigh enough on the scale of a signal. The words for it are those of the other signal that adds
    /// the most, or the whole sentence where its words alone suffice.
    fn weighed(&mut self, id: SignalId, signal: &Signal, scale: usize) -> Vec<Sighting> {
        let mut sightings = Vec::new();
        let (weights, unless) = (&self.plan.weights, self.plan.questions.unless(id));
        let is_said = |id: &SignalId| self.found.get(*id).is_some_and(|found| !found.is_empty());
        let in_letter: i64 = weights.in_letter(scale).filter(|(id, _)| is_said(id)).map(|(_, adds)| adds).sum();
        let at_least = weights.at_least(scale) - in_letter;
        for (sentence, tally) in self.tallies.iter().enumerate() {
            let Sentence { part, span, .. } = self.sentence(sentence);
            if !signal.parts.contains(&part) {
                continue;
            }
            let mut weight = tally.weight(scale);
            let mut heaviest = (0, span);
            for (other, adds) in weights.signals(scale) {
                let Some(said) = self.sighting(other, sentence) else { continue };
                weight += adds;
                if adds > heaviest.0 {
                    heaviest = (adds, said);
                }
            }
            if weight >= at_least {
                let span = if tally.weight(scale) >= at_least { span } else { heaviest.1 };
                sightings.push(Sighting { sentence, span, signal: id });
            }
        }
        if let Some(unless) = unless {
            sightings.retain(|sighting: &Sighting| self.holds(unless, sighting.sentence).is_none());
        }
        sightings
    }

    /// The sentences in which a branch of a signal may hold, and the branch; in order.
    fn candidates(&self, id: SignalId, roused: &[Roused]) -> Vec<(usize, usize)> {
        let mut candidates: Vec<(usize, usize)> =
            roused.iter().map(|(_, sentence, branch)| (*sentence as usize, *branch as usize)).collect();
        let roused = candidates.len();
        for (branch, other) in self.plan.roused_by_signal(id) {
            let sighted = self.found.get(other as usize).into_iter().flatten();
            candidates.extend(sighted.map(|sighting| (sighting.sentence, branch as usize)));
        }
        if self.plan.unroused(id).len() > 0 {
            for sentence in 0..self.message.sentences().len() {
                candidates.extend(self.plan.unroused(id).map(|branch| (sentence, branch as usize)));
            }
        }
        if candidates.len() > roused {
            candidates.sort_unstable();
            candidates.dedup();
        }
        candidates
    }

    fn sentence(&self, at: usize) -> Sentence {
        self.message.sentences()[at]
    }

    /// The words for which a condition holds of a sentence; the whole sentence where the words are somewhere else.
    fn holds(&mut self, cond: QuestionId, at: usize) -> Option<Span<Laid>> {
        let plan = self.plan;
        let questions = &plan.questions;
        match questions.question(cond) {
            Question::Pattern(pattern) => self.pattern(pattern, at),
            Question::Signal(signal) => self.sighting(signal, at),
            Question::Elsewhere(scope, inner) => {
                self.holds_elsewhere(scope, inner, at).then_some(self.sentence(at).span)
            }
            Question::Any(conds) => questions.each(conds).find_map(|cond| self.holds(cond, at)),
            Question::All(_) if !self.is_possible(cond, at) => None,
            Question::All(conds) => {
                let mut hull: Option<Span<Laid>> = None;
                for cond in questions.each(conds) {
                    let span = self.holds(cond, at)?;
                    // What only must be near, or must not be there, does not widen the words that say it.
                    if self.is_said_here(cond) {
                        hull = Some(hull.map_or(span, |hull| hull.hull(span)));
                    }
                }
                Some(hull.unwrap_or(self.sentence(at).span))
            }
            Question::None(conds) => {
                let whole = self.sentence(at).span;
                questions.each(conds).all(|cond| self.holds(cond, at).is_none()).then_some(whole)
            }
        }
    }

    /// Whether a condition holds in a sentence that the scope takes in. What is asked of a whole paragraph, part or
    /// letter is asked once, or a long letter would take quadratic time.
    fn holds_elsewhere(&mut self, scope: Scope, cond: QuestionId, at: usize) -> bool {
        let shared_by = match scope {
            Scope::Before | Scope::After | Scope::Nearby => None,
            Scope::Paragraph => Some(self.sentence(at).paragraph),
            Scope::Letter | Scope::Part(_) => Some(usize::MAX),
        };
        let key = shared_by.map(|who| (cond, who));
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
        if self.is_wanted(id, at) { self.try_pattern(id, at) } else { None }
    }

    fn is_wanted(&self, id: PatternId, at: usize) -> bool {
        self.wanted.holds(id, at) || self.plan.first_pass.is_always_tried(id)
    }

    /// Whether a condition may hold, as far as the first pass and the signals found so far tell. Asked before anything is
    /// searched for, which costs more than all else.
    fn is_possible(&self, cond: QuestionId, at: usize) -> bool {
        let plan = self.plan;
        let questions = &plan.questions;
        match questions.question(cond) {
            Question::Pattern(pattern) => self.is_wanted(pattern, at),
            Question::Signal(signal) => self.sighting(signal, at).is_some(),
            Question::Elsewhere(..) | Question::None(_) => true,
            Question::Any(conds) => questions.each(conds).any(|cond| self.is_possible(cond, at)),
            Question::All(conds) => questions.each(conds).all(|cond| self.is_possible(cond, at)),
        }
    }

    fn is_said_here(&self, cond: QuestionId) -> bool {
        let plan = self.plan;
        let questions = &plan.questions;
        match questions.question(cond) {
            Question::Pattern(_) | Question::Signal(_) => true,
            Question::Elsewhere(..) | Question::None(_) => false,
            Question::Any(conds) | Question::All(conds) => questions.each(conds).any(|cond| self.is_said_here(cond)),
        }
    }

    fn sighting(&self, signal: SignalId, at: usize) -> Option<Span<Laid>> {
        let sightings = self.found.get(signal)?;
        let found = sightings.binary_search_by_key(&at, |sighting| sighting.sentence).ok()?;
        Some(sightings[found].span)
    }

    /// The first match of a pattern in a sentence. Of each piece all matches are tried that lie near enough behind a
    /// match of the piece before; where several do, the nearest one counts.
    fn try_pattern(&mut self, id: PatternId, at: usize) -> Option<Span<Laid>> {
        let plan = self.plan;
        let (first, rest) = plan.pattern(id);
        let first = self.matches(first, at);
        let found = self.spans[first.clone()].first().copied()?;
        let mut reached: Option<Vec<Span<Laid>>> = None;
        for (gap, piece) in rest {
            let next = self.matches(piece, at);
            let before = reached.as_deref().unwrap_or(&self.spans[first.clone()]);
            let joined = self.join(before, &self.spans[next], gap);
            if joined.is_empty() {
                return None;
            }
            reached = Some(joined);
        }
        reached.map_or(Some(found), |reached| reached.first().copied())
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

    /// Which of the spans are the matches of a piece in a sentence.
    fn matches(&mut self, piece: PieceId, at: usize) -> Range<usize> {
        let key = (to_u32(piece), to_u32(at));
        if let Some(known) = self.matches.get(&key) {
            return known.clone();
        }
        let first = self.spans.len();
        let (spans, sentence) = (&mut self.spans, self.message.sentences()[at].span.range());
        self.search.matches(piece, sentence, |found| spans.push(Span::new(found.start, found.end)));
        self.matches.insert(key, first..self.spans.len());
        first..self.spans.len()
    }
}
