//! Finds where the pieces of patterns match in a letter.
//!
//! Backtracking finds the leftmost match, and among those that begin there the one that the pattern names first: the one
//! that the `regex` crate finds. A search that goes on for long marks where it has been and never goes there twice, which
//! keeps its time linear in the length of the sentence. What a list of the vocabulary matches at a place of the letter is
//! found out once, for all patterns that use the list.

use super::quick::QuickMap;
use crate::pack::{Edge, PieceId, is_word};
use crate::plan::{Ahead, Program, Step, to_u32};
use std::ops::Range;

/// Nobody writes sentences of more bytes. Longer ones are searched in parts of this length, cut at spaces, so that no
/// search takes more time or memory than one such part allows.
const LONGEST: usize = 2048;

/// A search of more steps marks where it has been. Marking would cost the others, which are nearly all, more than it saves.
const UNMARKED: usize = 2000;

/// What lists match is remembered for this many places, then forgotten: only hostile packs and letters need more.
const MOST_REMEMBERED: usize = 1 << 16;

/// An ordinary letter has so many of them.
const COMMONLY_REMEMBERED: usize = 1 << 10;

/// Searches one letter.
#[derive(Debug)]
pub struct Search<'a> {
    program: &'a Program,
    /// The text of the letter in lower case and as written, byte by byte at the same places.
    lower: &'a [u8],
    written: &'a [u8],
    /// The places that do not follow a character of a word, where nearly all pieces begin, in order; and what lies ahead.
    openings: Vec<(u32, Ahead)>,
    /// The sentence at hand, and the part of it that is searched.
    sentence: Range<usize>,
    part: Range<usize>,
    /// What lists match where: the list and the place; where its ends stand among all ends.
    remembered: QuickMap<(u32, u32), (u32, u32)>,
    ends: Vec<u32>,
    /// The ends of lists that are still being searched, innermost last.
    pending: Vec<u32>,
    /// Where to go on when the way at hand fails: instruction and place.
    ways: Vec<(usize, usize)>,
}

/// Where a search has been.
#[derive(Debug, Default)]
struct Marks {
    steps: usize,
    /// A bit for each instruction and place; none before they are needed.
    been: Vec<u64>,
}

/// What a search is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Goal {
    /// The first match that is not followed by a character of a word.
    Whole,
    /// The first match, whatever follows.
    First,
    /// All ends, which are noted as pending.
    Ends,
}

impl<'a> Search<'a> {
    /// Searches a letter: its text in lower case and as written.
    pub fn new(program: &'a Program, lower: &'a str, written: &'a str) -> Search<'a> {
        let lower = lower.as_bytes();
        let can_open = |at: &usize| (*at == 0 || !is_word(lower[at - 1])) && !is_inner(lower[*at]);
        Search {
            program,
            openings: (0..lower.len()).filter(can_open).map(|at| (to_u32(at), ahead(&lower[at..]))).collect(),
            lower,
            written: written.as_bytes(),
            sentence: 0..0,
            part: 0..0,
            remembered: QuickMap::with_capacity_and_hasher(COMMONLY_REMEMBERED, Default::default()),
            ends: Vec::new(),
            pending: Vec::new(),
            ways: Vec::new(),
        }
    }

    /// Calls `found` with each match of a piece in a sentence, from left to right; none overlaps another.
    pub fn matches(&mut self, piece: PieceId, sentence: Range<usize>, mut found: impl FnMut(Range<usize>)) {
        let mut start = sentence.start;
        while start < sentence.end {
            let end = part_end(self.lower, start..sentence.end);
            self.sentence = sentence.clone();
            self.part = start..end;
            self.matches_in_part(piece, &mut found);
            start = end;
        }
    }

    fn matches_in_part(&mut self, piece: PieceId, found: &mut impl FnMut(Range<usize>)) {
        let borders = self.program.borders(piece);
        let goal = if borders.right { Goal::Whole } else { Goal::First };
        let code = self.program.piece(piece);
        let mut marks = Marks::default();
        let mut next = self.openings.partition_point(|(at, _)| (*at as usize) < self.part.start);
        let mut at = self.part.start;
        loop {
            let start = if borders.left { self.opening(piece, at, &mut next) } else { self.place(piece, at) };
            let Some(start) = start else { break };
            match self.follow(code.clone(), code.start, start, goal, &mut marks) {
                Some(end) => {
                    found(start..end);
                    at = end;
                    // The way to a match is marked, and may be part of the way to the next one.
                    marks = Marks::default();
                }
                None => at = start + 1,
            }
        }
    }

    /// The first place from `from` on that does not follow a character of a word and where a match of a piece may begin.
    /// `next` counts the openings that were looked at.
    fn opening(&self, piece: PieceId, from: usize, next: &mut usize) -> Option<usize> {
        let (program, set) = (self.program, self.program.opening(piece));
        for (at, ahead) in &self.openings[*next..] {
            let at = *at as usize;
            if at >= self.part.end {
                break;
            }
            *next += 1;
            let [byte, ..] = ahead.0;
            // What lies before the end of the last match is passed over.
            if at >= from && program.has(set, byte) && program.may_begin(piece, *ahead) {
                return Some(at);
            }
        }
        None
    }

    /// The first place from `from` on where a match of a piece may begin, whatever stands before it.
    fn place(&self, piece: PieceId, from: usize) -> Option<usize> {
        let set = self.program.opening(piece);
        // A piece must not begin inside a character of several bytes.
        let can_begin = |at: &usize| self.program.has(set, self.lower[*at]) && !is_inner(self.lower[*at]);
        (from..self.part.end).find(can_begin)
    }

    /// Follows the instructions from `step` at the place `at`. `code` is all instructions that this may lead to.
    fn follow(&mut self, code: Range<usize>, step: usize, at: usize, goal: Goal, marks: &mut Marks) -> Option<usize> {
        let outer_ways = self.ways.len();
        self.ways.push((step, at));
        while self.ways.len() > outer_ways {
            let Some((step, at)) = self.ways.pop() else { break };
            let Some(end) = self.follow_one(&code, step, at, goal, marks) else { continue };
            match goal {
                Goal::Whole | Goal::First => {
                    self.ways.truncate(outer_ways);
                    return Some(end);
                }
                Goal::Ends => self.pending.push(to_u32(end)),
            }
        }
        None
    }

    /// Follows one way until it fails or matches, and notes the other ways that it passes.
    fn follow_one(
        &mut self,
        code: &Range<usize>,
        mut step: usize,
        mut at: usize,
        goal: Goal,
        marks: &mut Marks,
    ) -> Option<usize> {
        let program = self.program;
        loop {
            match program.step(step) {
                Step::Match => {
                    let is_end = match goal {
                        Goal::Whole => !self.is_word_at(at) && !self.is_inside(at),
                        Goal::First => !self.is_inside(at),
                        Goal::Ends => true,
                    };
                    return is_end.then_some(at);
                }
                Step::Text(text) => at = self.after_text(self.lower, program.text(text), at)?,
                Step::Cased(text) => at = self.after_text(self.written, program.text(text), at)?,
                Step::Class(set) => at = self.after_class(self.lower, set, at)?,
                Step::CasedClass(set) => at = self.after_class(self.written, set, at)?,
                Step::At(edge) => {
                    if !self.is_at(edge, at) {
                        return None;
                    }
                }
                Step::Jump(other) => {
                    step = other;
                    continue;
                }
                Step::Try(other) => {
                    self.enter(code, step, at, marks)?;
                    self.ways.push((other, at));
                }
                Step::Skip(other) => {
                    self.enter(code, step, at, marks)?;
                    self.ways.push((step + 1, at));
                    step = other;
                    continue;
                }
                Step::Choose(choice) => {
                    self.enter(code, step, at, marks)?;
                    let mut branches = program.branches(choice, self.ahead(at)?);
                    step = branches.next()?;
                    self.ways.extend(branches.rev().map(|branch| (branch, at)));
                    continue;
                }
                Step::List(list) => {
                    self.enter(code, step, at, marks)?;
                    let ends = self.ends_of_list(list, at);
                    let (first, others) = self.ends.get(ends)?.split_first()?;
                    self.ways.extend(others.iter().rev().map(|end| (step + 1, *end as usize)));
                    at = *first as usize;
                }
            }
            step += 1;
        }
    }

    /// Counts a step; `None` where the search has been there before.
    #[inline]
    fn enter(&self, code: &Range<usize>, step: usize, at: usize, marks: &mut Marks) -> Option<()> {
        marks.steps += 1;
        if marks.steps < UNMARKED {
            return Some(());
        }
        let places = self.part.len() + 1;
        if marks.been.is_empty() {
            marks.been = vec![0; (code.len() * places).div_ceil(64)];
        }
        let mark = (step - code.start) * places + (at - self.part.start);
        let (word, bit) = (marks.been.get_mut(mark / 64)?, 1 << (mark % 64));
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new.then_some(())
    }

    /// Where entries of a list that begin at `at` end, those of the first entry first.
    fn ends_of_list(&mut self, list: usize, at: usize) -> Range<usize> {
        let Some(ahead) = self.ahead(at) else { return 0..0 };
        if !self.program.may_list(list, ahead) {
            return 0..0;
        }
        let key = (to_u32(list), to_u32(at));
        if let Some((first, end)) = self.remembered.get(&key) {
            return *first as usize..*end as usize;
        }
        let code = self.program.list(list);
        let mut marks = Marks::default();
        let outer = self.pending.len();
        for entry in self.program.entries(list, ahead) {
            self.follow(code.clone(), entry, at, Goal::Ends, &mut marks);
        }
        if self.remembered.len() >= MOST_REMEMBERED || self.ends.len() >= MOST_REMEMBERED {
            self.remembered.clear();
            self.ends.clear();
        }
        if self.pending.len() == outer {
            self.remembered.insert(key, (0, 0));
            return 0..0;
        }
        let first = self.ends.len();
        let mut known = [0_u64; LONGEST / 64 + 1];
        for end in self.pending.drain(outer..) {
            let place = end as usize - self.part.start;
            let (word, bit) = (&mut known[place / 64], 1 << (place % 64));
            if *word & bit == 0 {
                *word |= bit;
                self.ends.push(end);
            }
        }
        self.remembered.insert(key, (to_u32(first), to_u32(self.ends.len())));
        first..self.ends.len()
    }

    /// The next bytes of the part that is searched; `None` at its end.
    fn ahead(&self, at: usize) -> Option<Ahead> {
        let rest = self.lower.get(at..self.part.end)?;
        (!rest.is_empty()).then(|| ahead(rest))
    }

    fn after_text(&self, letter: &[u8], text: &[u8], at: usize) -> Option<usize> {
        let letter = letter.get(..self.part.end)?;
        let mut place = at;
        for byte in text {
            if letter.get(place) == Some(byte) {
                place += 1;
            } else if *byte != b'\'' {
                return None;
            }
        }
        Some(place)
    }

    fn after_class(&self, letter: &[u8], set: usize, at: usize) -> Option<usize> {
        let byte = letter.get(at).filter(|_| at < self.part.end)?;
        self.program.has(set, *byte).then_some(at + 1)
    }

    fn is_at(&self, edge: Edge, at: usize) -> bool {
        match edge {
            Edge::Start => at == self.sentence.start,
            Edge::End => at == self.sentence.end,
            Edge::Border => self.is_border(at),
            Edge::NoBorder => !self.is_border(at),
        }
    }

    fn is_border(&self, at: usize) -> bool {
        let before = at > self.sentence.start && is_word(self.lower[at - 1]);
        before != self.is_word_at(at)
    }

    fn is_word_at(&self, at: usize) -> bool {
        at < self.sentence.end && is_word(self.lower[at])
    }

    /// Whether a place is inside a character of several bytes.
    fn is_inside(&self, at: usize) -> bool {
        self.lower.get(at).copied().is_some_and(is_inner)
    }
}

/// The first bytes of a text.
fn ahead(text: &[u8]) -> Ahead {
    match text.first_chunk() {
        Some(bytes) => Ahead(*bytes),
        None => Ahead(std::array::from_fn(|at| text.get(at).copied().unwrap_or(0))),
    }
}

/// Whether a byte continues a character of several bytes.
fn is_inner(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

/// Where the first part of a sentence ends: behind a space, so that no word is cut.
fn part_end(letter: &[u8], sentence: Range<usize>) -> usize {
    if sentence.len() <= LONGEST {
        return sentence.end;
    }
    let longest = &letter[sentence.start..sentence.start + LONGEST];
    match longest.iter().rposition(|byte| *byte == b' ') {
        Some(space) => sentence.start + space + 1,
        // A single word, or what is no language at all; only the border of a character must be kept.
        None => (sentence.start + 1..=sentence.start + LONGEST)
            .rev()
            .find(|end| !is_inner(letter[*end]))
            .unwrap_or(sentence.start + LONGEST),
    }
}

#[cfg(test)]
#[path = "search_tests.rs"]
mod tests;
