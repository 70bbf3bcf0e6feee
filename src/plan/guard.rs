//! The bytes that matches begin with, so that one look tells of nearly every place that nothing can match there.
//!
//! A guard is a filter as Bloom described it in 1970: a bit for each beginning, at a place that is made of its bytes. It may
//! let through what does not match, and never turns away what does.

use super::program::Ahead;
use super::row::{Row, to_u32};
use crate::pack::{Bytes, Tree};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

/// Beginnings are looked at up to this many bytes: those that are ahead.
const LONGEST: usize = 4;

/// A part of a pattern with more beginnings is cut to shorter ones.
const MOST: usize = 1_000;

/// A set of bytes with more members says so little that a beginning ends behind it.
const MOST_IN_CLASS: usize = 12;

/// A set with more members says nothing.
const MOST_BYTES: usize = 40;

/// So many bits for each beginning let one of eight others through.
const BITS_EACH: usize = 8;

/// How a match begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Beginning {
    /// The first bytes, in lower case; 0 behind them.
    bytes: [u8; LONGEST],
    len: usize,
    /// Whether the part that it was found in ends there, so that the next part goes on; otherwise anything may follow.
    ends: bool,
}

impl Beginning {
    const EMPTY: Beginning = Beginning { bytes: [0; LONGEST], len: 0, ends: true };

    fn push(mut self, byte: u8) -> Beginning {
        match self.bytes.get_mut(self.len) {
            Some(place) => {
                *place = byte;
                self.len += 1;
            }
            None => self.ends = false,
        }
        self
    }

    fn open(self) -> Beginning {
        Beginning { ends: false, ..self }
    }

    fn cut(self, len: usize) -> Beginning {
        if self.len <= len {
            return self;
        }
        let mut bytes = self.bytes;
        bytes[len..].fill(0);
        Beginning { bytes, len, ends: false }
    }

    fn then(self, next: Beginning) -> Beginning {
        let whole = next.bytes[..next.len].iter().fold(self, |whole, byte| whole.push(*byte));
        Beginning { ends: whole.ends && next.ends, ..whole }
    }
}

/// All beginnings of a part of a pattern.
type Beginnings = BTreeSet<Beginning>;

/// Finds beginnings and makes guards of them.
#[derive(Debug, Default)]
pub(super) struct Watch {
    /// Those of each list; a list uses only lists before it.
    lists: Vec<Beginnings>,
    bits: Vec<u32>,
    known: HashMap<Vec<u32>, u32>,
}

impl Watch {
    /// The guard of the next list.
    pub(super) fn list(&mut self, entries: &[Tree]) -> u32 {
        let beginnings = few(entries.iter().flat_map(|entry| self.of(entry)).collect());
        let guard = self.guard(&beginnings);
        self.lists.push(beginnings);
        guard
    }

    /// The guard of a piece.
    pub(super) fn piece(&mut self, tree: &Tree) -> u32 {
        let beginnings = self.of(tree);
        self.guard(&beginnings)
    }

    fn of(&self, tree: &Tree) -> Beginnings {
        match tree {
            Tree::Text(text) | Tree::Cased(text) => of_text(text),
            Tree::Class(set) | Tree::CasedClass(set) => of_set(*set),
            Tree::Edge(_) => [Beginning::EMPTY].into(),
            Tree::List(list) => self.lists.get(*list).cloned().unwrap_or_else(|| [Beginning::EMPTY.open()].into()),
            Tree::Seq(parts) => {
                let mut all: Beginnings = [Beginning::EMPTY].into();
                for part in parts {
                    if !all.iter().any(|beginning| beginning.ends) {
                        break;
                    }
                    all = joined(&all, &self.of(part));
                }
                all
            }
            Tree::Any(parts) => few(parts.iter().flat_map(|part| self.of(part)).collect()),
            Tree::Repeat { max: Some(0), .. } => [Beginning::EMPTY].into(),
            Tree::Repeat { of, min, max, .. } => {
                let once = self.of(of);
                let is_once = *max == Some(1);
                let mut all: Beginnings =
                    once.into_iter().map(|each| if is_once { each } else { each.open() }).collect();
                if *min == 0 {
                    all.insert(Beginning::EMPTY);
                }
                all
            }
        }
    }

    fn guard(&mut self, beginnings: &Beginnings) -> u32 {
        if beginnings.iter().any(|beginning| beginning.len == 0) {
            return OPEN;
        }
        let size_log = (beginnings.len() * BITS_EACH).next_power_of_two().max(32).ilog2();
        let mut bits = vec![0_u32; 1 << (size_log - WORD_LOG)];
        let mut lens = 0;
        for beginning in beginnings {
            // Three bytes are looked at as two, so that a look is at one, two or four.
            let len = match beginning.len {
                1 => 0,
                2 | 3 => 1,
                _ => 2,
            };
            lens |= 1 << len;
            let bit = place(beginning.bytes, len, size_log);
            bits[bit as usize >> WORD_LOG] |= 1 << (bit & WORD_MASK);
        }
        let all = &mut self.bits;
        let start = *self.known.entry(bits).or_insert_with_key(|bits| {
            all.extend(bits);
            to_u32(all.len() - bits.len())
        });
        // Packs are capped far below the size at which places need more bits.
        start << START_BITS | size_log << 3 | lens
    }

    /// All guards.
    pub(super) fn into_guards(self) -> Guards {
        Guards { bits: self.bits.into_iter().collect() }
    }
}

fn of_text(text: &[u8]) -> Beginnings {
    let mut all: Beginnings = [Beginning::EMPTY].into();
    for byte in text.iter().map(u8::to_ascii_lowercase) {
        let with = all.iter().map(|beginning| beginning.push(byte));
        // The writer may leave it out.
        let without = (byte == b'\'').then(|| all.iter().copied());
        all = with.chain(without.into_iter().flatten()).collect();
    }
    all
}

fn of_set(set: Bytes) -> Beginnings {
    let bytes: BTreeSet<u8> = set.ascii().map(|byte| byte.to_ascii_lowercase()).collect();
    if set.high || bytes.len() > MOST_BYTES {
        return [Beginning::EMPTY.open()].into();
    }
    let is_small = bytes.len() <= MOST_IN_CLASS;
    let one = |byte: u8| Beginning { ends: is_small, ..Beginning::EMPTY.push(byte) };
    bytes.into_iter().map(one).collect()
}

fn joined(firsts: &Beginnings, seconds: &Beginnings) -> Beginnings {
    let (ended, open): (Vec<Beginning>, Vec<Beginning>) = firsts.iter().partition(|beginning| beginning.ends);
    if ended.len() * seconds.len() > 16 * MOST {
        return ended.into_iter().map(Beginning::open).chain(open).collect();
    }
    let joined = ended.iter().flat_map(|first| seconds.iter().map(move |second| first.then(*second)));
    few(joined.chain(open.iter().copied()).collect())
}

/// The same, cut so that they are not too many.
fn few(mut beginnings: Beginnings) -> Beginnings {
    for len in (1..LONGEST).rev() {
        if beginnings.len() <= MOST {
            break;
        }
        beginnings = beginnings.into_iter().map(|beginning| beginning.cut(len)).collect();
    }
    beginnings
}

/// A guard that lets everything through.
pub(super) const OPEN: u32 = 0;
const START_BITS: u32 = 8;
const WORD_LOG: u32 = u32::BITS.ilog2();
const WORD_MASK: u32 = u32::BITS - 1;

/// The bit of the first one, two or four bytes (`len` is 0, 1 or 2).
#[inline]
fn place(bytes: [u8; LONGEST], len: u32, size_log: u32) -> u32 {
    let kept = u32::from_le_bytes(bytes) & (u32::MAX >> (u32::BITS - (8 << len)));
    // Fibonacci hashing: the highest bits of a product with the golden ratio are the best mixed.
    kept.wrapping_mul(0x9e37_79b1) >> (u32::BITS - size_log)
}

/// The bits of all guards. A guard is a number: from the lowest bits up the lengths that are looked at, the size of its
/// filter, and where that begins.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "Row: Deserialize<'de>"))]
pub struct Guards {
    bits: Row,
}

impl Guards {
    /// Whether a match may begin with what lies ahead.
    #[inline]
    pub fn may_begin(&self, guard: u32, ahead: Ahead) -> bool {
        let (start, size_log) = (guard >> START_BITS, guard >> 3 & WORD_MASK);
        let is_set = |len: u32| {
            let bit = place(ahead.0, len, size_log);
            self.bits.get((start + (bit >> WORD_LOG)) as usize) >> (bit & WORD_MASK) & 1 == 1
        };
        guard == OPEN || (0..3).rev().any(|len| guard >> len & 1 == 1 && is_set(len))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Pack;

    /// The beginnings of a pattern; those behind which anything may follow end in `~`.
    #[track_caller]
    fn check(pattern: &str, expected: &[&str]) {
        let quoted = serde_json::to_string(pattern).unwrap();
        let yaml = format!(
            "pack: p\ntitle: t\nwords:\n  pay: [salary, wages]\nsignals:\n  s:\n    means: m\n    any: [{quoted}]\n    says: [x]\n"
        );
        let pack = Pack::read(&yaml).unwrap();
        let mut watch = Watch::default();
        pack.lists.iter().for_each(|list| assert_ne!(watch.list(&list.entries), OPEN));
        let show = |beginning: &Beginning| {
            let text = String::from_utf8_lossy(&beginning.bytes[..beginning.len]).into_owned();
            if beginning.ends { text } else { text + "~" }
        };
        let found: Vec<String> = watch.of(&pack.pieces[0].tree).iter().map(show).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_first_four_bytes_are_known() {
        check("no", &["no"]);
        check("offer", &["offe~"]);
        check("I can't", &["i ca~"]);
        check("<pay> cut", &["sala~", "wage~"]);
        check("(?:a|b c) d", &["a d", "b c ~"]);
        check("(?:my )?offer", &["my o~", "offe~"]);
        check("I'm so", &["i'm ~", "im s~"]);
        check("(?i:[ab])x", &["ax", "bx"]);
        check("[^a]+ing", &["~"]);
        check("[a-b]{2}d", &["a~", "b~"]);
        check("(?:no )+way", &["no ~"]);
        check(r"\bno", &["no"]);
    }
}
