//! The patterns of a pack as instructions, which [`super::search`] follows through a sentence.
//!
//! The instructions are those of a regex that is searched by backtracking (Thompson's, as in the `regex` crate's bounded
//! backtracker), with one more: `List` stands for any entry of a list of the vocabulary.

use super::guard::{Guards, Watch};
use super::row::{Row, Rows, to_u32};
use crate::pack::{Bytes, Edge, Pack, Tree, is_word};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::HashMap;

/// What to do at a place of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The end of a piece, or of an entry of a list.
    Match,
    /// A text, in lower case: where it begins in the texts.
    Text(usize),
    /// A text as written.
    Cased(usize),
    /// One byte of a set, of the text in lower case.
    Class(usize),
    /// One byte of a set, of the text as written.
    CasedClass(usize),
    /// Any entry of a list.
    List(usize),
    /// Go on at one of the branches that can begin with the byte that stands here.
    Choose(usize),
    /// Go on; when that fails, at the instruction named.
    Try(usize),
    /// Go on at the instruction named; when that fails, here.
    Skip(usize),
    /// Go on at the instruction named.
    Jump(usize),
    /// Nothing, at a certain place.
    At(Edge),
}

/// An instruction is a number: in its lowest bits which one it is, above them what it is about.
const KIND_BITS: u32 = 4;

impl Step {
    fn to_number(self) -> u32 {
        let (kind, about) = match self {
            Step::Match => (0, 0),
            Step::Text(text) => (1, text),
            Step::Cased(text) => (2, text),
            Step::Class(set) => (3, set),
            Step::CasedClass(set) => (4, set),
            Step::List(list) => (5, list),
            Step::Try(other) => (6, other),
            Step::Skip(other) => (7, other),
            Step::Jump(other) => (8, other),
            Step::At(Edge::Start) => (9, 0),
            Step::At(Edge::End) => (9, 1),
            Step::At(Edge::Border) => (9, 2),
            Step::At(Edge::NoBorder) => (9, 3),
            Step::Choose(choice) => (10, choice),
        };
        to_u32(about) << KIND_BITS | kind
    }

    #[inline]
    fn from_number(number: u32) -> Step {
        let about = (number >> KIND_BITS) as usize;
        match number & ((1 << KIND_BITS) - 1) {
            1 => Step::Text(about),
            2 => Step::Cased(about),
            3 => Step::Class(about),
            4 => Step::CasedClass(about),
            5 => Step::List(about),
            6 => Step::Try(about),
            7 => Step::Skip(about),
            8 => Step::Jump(about),
            9 => Step::At(match about {
                0 => Edge::Start,
                1 => Edge::End,
                2 => Edge::Border,
                _ => Edge::NoBorder,
            }),
            10 => Step::Choose(about),
            _ => Step::Match,
        }
    }
}

/// The instructions for all pieces and lists of a pack.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Program {
    steps: Row,
    /// Each text behind its length.
    #[serde(borrow)]
    texts: Cow<'static, [u8]>,
    /// Each set of bytes as [`SET_WIDTH`] numbers.
    sets: Row,
    /// For each piece its first instruction, and behind the last one the end.
    pieces: Row,
    /// For each piece the set of bytes that it can begin with, and whether it asks for the border of a word on either side.
    openings: Row,
    /// For each piece and for each list its guard.
    piece_guards: Row,
    list_guards: Row,
    guards: Guards,
    /// For each list its first instruction, and behind the last one the end.
    lists: Row,
    /// For each list the set of bytes that it can begin with, and then where the entries that can begin with each of
    /// these bytes stand among the row of all; the set, how many bytes each of its numbers has before it, and the places
    /// make one row.
    doors: Rows,
    /// The same for the branches of each choice.
    choices: Rows,
    /// Entries and branches, in the order of the pack, again for each byte that they can begin with: the first fixed bytes,
    /// and the first instruction with the number of these bytes below it.
    entries: Row,
}

/// The numbers of a set: a bit for each ASCII byte, and whether other bytes are in it.
const SET_WIDTH: usize = 5;

/// So many branches are worth a choice by the next byte; fewer are tried one by one.
const FEWEST_BRANCHES: usize = 3;

/// A text may have this many bytes, so that its length is one byte.
const MAX_TEXT: usize = 255;

impl Program {
    /// The instruction at `at`.
    #[inline]
    pub fn step(&self, at: usize) -> Step {
        Step::from_number(self.steps.get(at))
    }

    /// The text that begins at `at`.
    #[inline]
    pub fn text(&self, at: usize) -> &[u8] {
        let len = self.texts.get(at).map_or(0, |len| usize::from(*len));
        self.texts.get(at + 1..at + 1 + len).unwrap_or_default()
    }

    /// Whether a byte is in a set.
    #[inline]
    pub fn has(&self, set: usize, byte: u8) -> bool {
        contains(&self.sets, set * SET_WIDTH, byte)
    }

    /// The instructions of a piece.
    pub fn piece(&self, piece: usize) -> std::ops::Range<usize> {
        self.pieces.get(piece) as usize..self.pieces.get(piece + 1) as usize
    }

    /// Whether a match of a piece may begin with what lies ahead.
    #[inline]
    pub fn may_begin(&self, piece: usize, ahead: Ahead) -> bool {
        self.guards.may_begin(self.piece_guards.get(piece), ahead)
    }

    /// Whether an entry of a list may begin with what lies ahead.
    #[inline]
    pub fn may_list(&self, list: usize, ahead: Ahead) -> bool {
        self.guards.may_begin(self.list_guards.get(list), ahead)
    }

    /// The set of bytes that a piece can begin with.
    pub fn opening(&self, piece: usize) -> usize {
        self.openings.get(piece) as usize >> 2
    }

    /// What a piece asks for around its matches.
    pub fn borders(&self, piece: usize) -> Borders {
        let number = self.openings.get(piece);
        Borders { left: number & 1 == 1, right: number & 2 == 2 }
    }

    /// The instructions of a list.
    pub fn list(&self, list: usize) -> std::ops::Range<usize> {
        self.lists.get(list) as usize..self.lists.get(list + 1) as usize
    }

    /// The first instructions of the entries of a list that may match what lies ahead.
    #[inline]
    pub fn entries(&self, list: usize, ahead: Ahead) -> impl Iterator<Item = usize> + '_ {
        self.behind(&self.doors, list, ahead)
    }

    /// The first instructions of the branches of a choice that may match what lies ahead.
    #[inline]
    pub fn branches(&self, choice: usize, ahead: Ahead) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.behind(&self.choices, choice, ahead)
    }

    #[inline]
    fn behind(&self, doors: &Rows, door: usize, ahead: Ahead) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let (start, row) = (doors.start(door), doors.numbers());
        let [byte, ..] = ahead.0;
        let range = if contains(row, start, byte) {
            let before = start + 2 * SET_WIDTH + rank(row, start, byte);
            row.get(before) as usize..row.get(before + 1) as usize
        } else {
            0..0
        };
        let ahead = u32::from_le_bytes(ahead.0);
        let fits = move |[head, first]: [u32; 2]| {
            let mask = MASKS[(first & LEN_MASK) as usize];
            (ahead & mask == head).then_some((first >> LEN_BITS) as usize)
        };
        self.entries.pairs(range).filter_map(fits)
    }
}

/// The next bytes of a sentence, in lower case; 0 beyond its end.
#[derive(Debug, Clone, Copy)]
pub struct Ahead(pub [u8; 4]);

/// So many bits tell how many bytes of an entry are fixed: 0 to 4.
const LEN_BITS: u32 = 3;
const LEN_MASK: u32 = (1 << LEN_BITS) - 1;
/// The bits of so many bytes.
const MASKS: [u32; 1 << LEN_BITS] = [0, 0xff, 0xffff, 0xff_ffff, u32::MAX, 0, 0, 0];

/// The fixed bytes that a part of a pattern begins with, as a number, and how many they are, at most four.
fn head(tree: &Tree) -> (u32, u32) {
    let mut bytes = Vec::new();
    put_head(tree, &mut bytes);
    bytes.truncate(4);
    let head = bytes.iter().rev().fold(0, |head, byte| head << 8 | u32::from(*byte));
    (head, to_u32(bytes.len()))
}

/// Adds the fixed bytes that a part begins with; whether it is all of the part.
fn put_head(tree: &Tree, bytes: &mut Vec<u8>) -> bool {
    match tree {
        Tree::Text(text) | Tree::Cased(text) => {
            bytes.extend(text.iter().take_while(|byte| **byte != b'\'').map(u8::to_ascii_lowercase));
            !text.contains(&b'\'')
        }
        Tree::Seq(parts) => parts.iter().all(|part| put_head(part, bytes)),
        Tree::Edge(_) => true,
        Tree::Class(_) | Tree::CasedClass(_) | Tree::List(_) | Tree::Any(_) | Tree::Repeat { .. } => false,
    }
}

/// Whether a match must not follow a character of a word, or be followed by one. A piece asks for it on a side on which it
/// does not itself begin or end with a fixed character that is no part of a word, such as a comma.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Borders {
    /// Before the match.
    pub left: bool,
    /// Behind it.
    pub right: bool,
}

impl Borders {
    fn of(tree: &Tree) -> Borders {
        let is_fixed = |byte: &&u8| **byte != b'\'';
        let asks = |byte: Option<&u8>| byte.is_none_or(|byte| is_word(*byte));
        match tree {
            Tree::Text(text) | Tree::Cased(text) => {
                Borders { left: asks(text.iter().find(is_fixed)), right: asks(text.iter().rfind(is_fixed)) }
            }
            Tree::Seq(parts) => Borders {
                left: parts.first().is_none_or(|part| Borders::of(part).left),
                right: parts.last().is_none_or(|part| Borders::of(part).right),
            },
            Tree::Class(_)
            | Tree::CasedClass(_)
            | Tree::Edge(_)
            | Tree::List(_)
            | Tree::Any(_)
            | Tree::Repeat { .. } => Borders { left: true, right: true },
        }
    }
}

/// Whether a byte is in the set that begins at `at`.
#[inline]
fn contains(row: &Row, at: usize, byte: u8) -> bool {
    match byte {
        0..128 => row.get(at + usize::from(byte / 32)) >> (byte % 32) & 1 == 1,
        _ => row.get(at + 4) == 1,
    }
}

/// How many smaller bytes are in the set of a door; all bytes beyond ASCII count as one.
#[inline]
fn rank(row: &Row, door: usize, byte: u8) -> usize {
    let before = |word: usize| row.get(door + SET_WIDTH + word);
    match byte {
        0..128 => {
            let word = usize::from(byte / 32);
            let smaller = row.get(door + word) & ((1 << (byte % 32)) - 1);
            (before(word) + smaller.count_ones()) as usize
        }
        _ => before(4) as usize,
    }
}

fn numbers(set: Bytes) -> [u32; SET_WIDTH] {
    let word = |at: u32| (set.low >> (32 * at)) as u32;
    [word(0), word(1), word(2), word(3), u32::from(set.high)]
}

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
