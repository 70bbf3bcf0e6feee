//! The patterns of a pack as instructions, which [`super::search`] follows through a sentence.
//!
//! The instructions are those of a regex that is searched by backtracking (Thompson's, as in the `regex` crate's bounded
//! backtracker), with one more: `List` stands for any entry of a list of the vocabulary.

use super::guard::Guards;
use super::row::{Row, Rows, to_u32};
use crate::pack::{Edge, Tree, is_word};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

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
    pub(super) fn to_number(self) -> u32 {
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
    pub(super) steps: Row,
    /// Each text behind its length.
    #[serde(borrow)]
    pub(super) texts: Cow<'static, [u8]>,
    /// Each set of bytes as [`SET_WIDTH`] numbers.
    pub(super) sets: Row,
    /// For each piece its first instruction, and behind the last one the end.
    pub(super) pieces: Row,
    /// For each piece the set of bytes that it can begin with, and whether it asks for the border of a word on either side.
    pub(super) openings: Row,
    /// For each piece and for each list its guard.
    pub(super) piece_guards: Row,
    pub(super) list_guards: Row,
    pub(super) guards: Guards,
    /// For each list its first instruction, and behind the last one the end.
    pub(super) lists: Row,
    /// For each list the set of bytes that it can begin with, and then where the entries that can begin with each of
    /// these bytes stand among the row of all; the set, how many bytes each of its numbers has before it, and the places
    /// make one row.
    pub(super) doors: Rows,
    /// The same for the branches of each choice.
    pub(super) choices: Rows,
    /// Entries and branches, in the order of the pack, again for each byte that they can begin with: the first fixed bytes,
    /// and the first instruction with the number of these bytes below it.
    pub(super) entries: Row,
}

/// The numbers of a set: a bit for each ASCII byte, and whether other bytes are in it.
pub(super) const SET_WIDTH: usize = 5;

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
pub(super) const LEN_BITS: u32 = 3;
const LEN_MASK: u32 = (1 << LEN_BITS) - 1;
/// The bits of so many bytes.
const MASKS: [u32; 1 << LEN_BITS] = [0, 0xff, 0xffff, 0xff_ffff, u32::MAX, 0, 0, 0];

/// The fixed bytes that a part of a pattern begins with, as a number, and how many they are, at most four.
pub(super) fn head(tree: &Tree) -> (u32, u32) {
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
    pub(super) fn of(tree: &Tree) -> Borders {
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
