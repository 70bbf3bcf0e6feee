//! Writes the instructions for the patterns and the vocabulary of a pack.

use super::guard::Watch;
use super::program::{Borders, LEN_BITS, Program, SET_WIDTH, Step, head};
use super::row::to_u32;
use crate::pack::{Bytes, Pack, Tree};
use std::collections::HashMap;

/// So many branches are worth a choice by the next byte; fewer are tried one by one.
const FEWEST_BRANCHES: usize = 3;

/// A text may have this many bytes, so that its length is one byte.
const MAX_TEXT: usize = 255;

/// Writes the instructions for a pack.
pub fn assemble(pack: &Pack) -> Program {
    let mut assembler = Assembler::default();
    let mut watch = Watch::default();
    let (mut lists, mut doors, mut list_guards) = (Vec::new(), Vec::new(), Vec::new());
    for list in &pack.lists {
        lists.push(to_u32(assembler.steps.len()));
        let mut starts = Vec::new();
        let mut all = Bytes::NONE;
        for entry in &list.entries {
            let (opening, _) = assembler.opening(entry);
            starts.push((to_u32(assembler.steps.len()), opening, head(entry)));
            assembler.put(entry);
            assembler.steps.push(Step::Match);
            all = all.or(opening);
        }
        doors.push(assembler.door(&starts, all));
        assembler.list_openings.push(all);
        list_guards.push(watch.list(&list.entries));
    }
    lists.push(to_u32(assembler.steps.len()));
    let (mut pieces, mut openings, mut piece_guards) = (Vec::new(), Vec::new(), Vec::new());
    for piece in &pack.pieces {
        pieces.push(to_u32(assembler.steps.len()));
        let (opening, _) = assembler.opening(&piece.tree);
        let Borders { left, right } = Borders::of(&piece.tree);
        openings.push(to_u32(assembler.set(opening)) << 2 | u32::from(right) << 1 | u32::from(left));
        piece_guards.push(watch.piece(&piece.tree));
        assembler.put(&piece.tree);
        assembler.steps.push(Step::Match);
    }
    pieces.push(to_u32(assembler.steps.len()));
    Program {
        steps: assembler.steps.into_iter().map(Step::to_number).collect(),
        texts: assembler.texts.into(),
        sets: assembler.sets.into_iter().flat_map(numbers).collect(),
        pieces: pieces.into_iter().collect(),
        openings: openings.into_iter().collect(),
        piece_guards: piece_guards.into_iter().collect(),
        list_guards: list_guards.into_iter().collect(),
        guards: watch.into_guards(),
        lists: lists.into_iter().collect(),
        doors: doors.into_iter().collect(),
        choices: assembler.choices.into_iter().collect(),
        entries: assembler.entries.into_iter().collect(),
    }
}

#[derive(Default)]
struct Assembler<'p> {
    steps: Vec<Step>,
    texts: Vec<u8>,
    text_places: HashMap<&'p [u8], usize>,
    sets: Vec<Bytes>,
    set_places: HashMap<Bytes, usize>,
    choices: Vec<Vec<u32>>,
    entries: Vec<u32>,
    list_openings: Vec<Bytes>,
}

impl<'p> Assembler<'p> {
    fn put(&mut self, tree: &'p Tree) {
        match tree {
            Tree::Text(text) => self.put_text(text, Step::Text),
            Tree::Cased(text) => self.put_text(text, Step::Cased),
            Tree::Class(set) => {
                let set = self.set(*set);
                self.steps.push(Step::Class(set));
            }
            Tree::CasedClass(set) => {
                let set = self.set(*set);
                self.steps.push(Step::CasedClass(set));
            }
            Tree::Edge(edge) => self.steps.push(Step::At(*edge)),
            Tree::List(list) => self.steps.push(Step::List(*list)),
            Tree::Seq(parts) => parts.iter().for_each(|part| self.put(part)),
            Tree::Any(parts) => self.put_any(parts),
            Tree::Repeat { of, min, max, lazy } => self.put_repeat(of, *min, *max, *lazy),
        }
    }

    fn put_text(&mut self, text: &'p [u8], step: impl Fn(usize) -> Step) {
        for text in text.chunks(MAX_TEXT) {
            let texts = &mut self.texts;
            let place = *self.text_places.entry(text).or_insert_with(|| {
                let place = texts.len();
                texts.push(u8::try_from(text.len()).unwrap_or(u8::MAX));
                texts.extend_from_slice(text);
                place
            });
            self.steps.push(step(place));
        }
    }

    fn put_any(&mut self, parts: &'p [Tree]) {
        let openings: Vec<(Bytes, bool)> = parts.iter().map(|part| self.opening(part)).collect();
        if parts.len() >= FEWEST_BRANCHES && openings.iter().all(|(_, empty)| !empty) {
            return self.put_choice(parts, openings);
        }
        let Some((last, others)) = parts.split_last() else { return };
        let mut jumps = Vec::new();
        for part in others {
            let choice = self.hole();
            self.put(part);
            jumps.push(self.hole());
            self.steps[choice] = Step::Try(self.steps.len());
        }
        self.put(last);
        for jump in jumps {
            self.steps[jump] = Step::Jump(self.steps.len());
        }
    }

    fn put_choice(&mut self, parts: &'p [Tree], openings: Vec<(Bytes, bool)>) {
        let choice = self.hole();
        let (mut starts, mut all, mut jumps) = (Vec::new(), Bytes::NONE, Vec::new());
        for (part, (opening, _)) in parts.iter().zip(openings) {
            starts.push((to_u32(self.steps.len()), opening, head(part)));
            all = all.or(opening);
            self.put(part);
            jumps.push(self.hole());
        }
        for jump in jumps {
            self.steps[jump] = Step::Jump(self.steps.len());
        }
        let door = self.door(&starts, all);
        self.choices.push(door);
        self.steps[choice] = Step::Choose(self.choices.len() - 1);
    }

    fn put_repeat(&mut self, of: &'p Tree, min: u32, max: Option<u32>, lazy: bool) {
        let choose = if lazy { Step::Skip } else { Step::Try };
        (0..min).for_each(|_| self.put(of));
        match max {
            None => {
                let choice = self.hole();
                self.put(of);
                self.steps.push(Step::Jump(choice));
                self.steps[choice] = choose(self.steps.len());
            }
            Some(max) => {
                let mut choices = Vec::new();
                for _ in min..max {
                    choices.push(self.hole());
                    self.put(of);
                }
                for choice in choices {
                    self.steps[choice] = choose(self.steps.len());
                }
            }
        }
    }

    /// A place for an instruction that is known only later.
    fn hole(&mut self) -> usize {
        self.steps.push(Step::Match);
        self.steps.len() - 1
    }

    fn set(&mut self, set: Bytes) -> usize {
        let sets = &mut self.sets;
        *self.set_places.entry(set).or_insert_with(|| {
            sets.push(set);
            sets.len() - 1
        })
    }

    /// Groups entries or branches by the bytes that they can begin with.
    fn door(&mut self, starts: &[(u32, Bytes, (u32, u32))], all: Bytes) -> Vec<u32> {
        let set = numbers(all);
        let mut row = set.to_vec();
        row.extend((0..SET_WIDTH).map(|word| set[..word].iter().map(|word| word.count_ones()).sum::<u32>()));
        row.push(to_u32(self.entries.len() / 2));
        let beyond = all.high.then_some(u8::MAX);
        for byte in all.ascii().chain(beyond) {
            let here = starts.iter().filter(|(_, opening, _)| opening.contains(byte));
            self.entries.extend(here.flat_map(|(start, _, (head, len))| [*head, *start << LEN_BITS | len]));
            row.push(to_u32(self.entries.len() / 2));
        }
        row
    }

    /// The bytes, in lower case, that a match can begin with, and whether it can also be empty.
    fn opening(&self, tree: &Tree) -> (Bytes, bool) {
        match tree {
            Tree::Text(text) | Tree::Cased(text) => {
                let mut opening = Bytes::NONE;
                for byte in text {
                    opening.add(byte.to_ascii_lowercase());
                    if *byte != b'\'' {
                        return (opening, false);
                    }
                }
                (opening, true)
            }
            Tree::Class(set) | Tree::CasedClass(set) => (set.lowered(), false),
            Tree::Edge(_) => (Bytes::NONE, true),
            Tree::List(list) => (self.list_openings.get(*list).copied().unwrap_or(Bytes::ALL), false),
            Tree::Seq(parts) => {
                let mut all = Bytes::NONE;
                for part in parts {
                    let (opening, empty) = self.opening(part);
                    all = all.or(opening);
                    if !empty {
                        return (all, false);
                    }
                }
                (all, true)
            }
            Tree::Any(parts) => {
                let each = parts.iter().map(|part| self.opening(part));
                each.fold((Bytes::NONE, false), |(all, any), (opening, empty)| (all.or(opening), any || empty))
            }
            Tree::Repeat { of, min, max, .. } => {
                let (opening, empty) = self.opening(of);
                if *max == Some(0) { (Bytes::NONE, true) } else { (opening, empty || *min == 0) }
            }
        }
    }
}

fn numbers(set: Bytes) -> [u32; SET_WIDTH] {
    let word = |at: u32| (set.low >> (32 * at)) as u32;
    [word(0), word(1), word(2), word(3), u32::from(set.high)]
}
