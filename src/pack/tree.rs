//! Patterns as trees. A word of the vocabulary stays a reference, so what many patterns share is kept, and matched, once.

use serde::{Deserialize, Serialize};

/// The number of a list in [`super::Pack::lists`]. A list uses only lists with smaller numbers.
pub type ListId = usize;

/// A pattern, or a part of one. It matches bytes of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tree {
    /// These bytes, in lower case, of the text in lower case. An apostrophe among them may be left out by the writer.
    Text(Vec<u8>),
    /// These bytes of the text as written. An apostrophe among them may be left out by the writer.
    Cased(Vec<u8>),
    /// One byte of the set, of the text in lower case.
    Class(Bytes),
    /// One byte of the set, of the text as written.
    CasedClass(Bytes),
    /// Nothing, at a certain place.
    Edge(Edge),
    /// Any entry of a list of the vocabulary.
    List(ListId),
    /// One after the other.
    Seq(Vec<Tree>),
    /// The first that fits; the others, in order, where what follows does not fit otherwise.
    Any(Vec<Tree>),
    /// The same again and again.
    Repeat {
        /// What.
        of: Box<Tree>,
        /// At least how often.
        min: u32,
        /// At most how often; `None` for no limit.
        max: Option<u32>,
        /// Whether fewer are tried before more.
        lazy: bool,
    },
}

/// A place in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// Its start.
    Start,
    /// Its end.
    End,
    /// Between a character of a word and one that is none.
    Border,
    /// Anywhere else.
    NoBorder,
}

/// A list of the vocabulary.
#[derive(Debug, Clone, Default)]
pub struct List {
    /// The words and phrases, none of which can match an empty text.
    pub entries: Vec<Tree>,
}

/// A set of bytes. Those beyond ASCII are all in it or all not: they are parts of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Bytes {
    /// A bit for each ASCII byte.
    pub low: u128,
    /// Whether the bytes beyond ASCII are in it.
    pub high: bool,
}

impl Bytes {
    /// None.
    pub const NONE: Bytes = Bytes { low: 0, high: false };
    /// All.
    pub const ALL: Bytes = Bytes { low: u128::MAX, high: true };

    /// The set with one byte.
    pub fn one(byte: u8) -> Bytes {
        Bytes::range(byte, byte)
    }

    /// The bytes from `first` to `last`, both in it.
    pub fn range(first: u8, last: u8) -> Bytes {
        let mut set = Bytes::NONE;
        (first..=last).for_each(|byte| set.add(byte));
        set
    }

    /// The bytes for which `wanted` holds; those beyond ASCII are not in it.
    pub fn of_ascii(wanted: impl Fn(&u8) -> bool) -> Bytes {
        let mut set = Bytes::NONE;
        (0..128).filter(wanted).for_each(|byte| set.add(byte));
        set
    }

    /// Puts a byte in.
    pub fn add(&mut self, byte: u8) {
        if byte < 128 {
            self.low |= 1 << byte;
        } else {
            self.high = true;
        }
    }

    /// Whether a byte is in it.
    pub fn contains(self, byte: u8) -> bool {
        if byte < 128 { self.low >> byte & 1 == 1 } else { self.high }
    }

    /// What is in either.
    #[must_use]
    pub fn or(self, other: Bytes) -> Bytes {
        Bytes { low: self.low | other.low, high: self.high || other.high }
    }

    /// What is not in it.
    #[must_use]
    pub fn others(self) -> Bytes {
        Bytes { low: !self.low, high: !self.high }
    }

    /// The same for text in lower case: a capital stands for its small letter.
    #[must_use]
    pub fn lowered(self) -> Bytes {
        let mut set = self;
        (b'A'..=b'Z').filter(|byte| self.contains(*byte)).for_each(|byte| set.add(byte.to_ascii_lowercase()));
        set
    }

    /// The ASCII bytes in it, in order.
    pub fn ascii(self) -> impl Iterator<Item = u8> {
        (0..128).filter(move |byte| self.contains(*byte))
    }

    /// How many ASCII bytes are in it.
    pub fn count_ascii(self) -> usize {
        self.low.count_ones() as usize
    }
}

/// Whether a byte is a character of a word.
pub fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

impl Tree {
    /// What matches the empty text only.
    pub const EMPTY: Tree = Tree::Seq(Vec::new());

    /// Whether it can match an empty text.
    pub fn can_be_empty(&self) -> bool {
        match self {
            Tree::Text(bytes) | Tree::Cased(bytes) => bytes.iter().all(|byte| *byte == b'\''),
            Tree::Class(_) | Tree::CasedClass(_) | Tree::List(_) => false,
            Tree::Edge(_) => true,
            Tree::Seq(parts) => parts.iter().all(Tree::can_be_empty),
            Tree::Any(parts) => parts.iter().any(Tree::can_be_empty),
            Tree::Repeat { of, min, .. } => *min == 0 || of.can_be_empty(),
        }
    }

    /// How large it becomes when it is written out with every repeat: a number of instructions, about.
    pub fn size(&self) -> usize {
        match self {
            Tree::Text(bytes) | Tree::Cased(bytes) => 1 + bytes.len() / 64,
            // Where branches are chosen by their next byte, each byte that one can begin with costs memory.
            Tree::Class(set) | Tree::CasedClass(set) => 1 + set.count_ascii() / 8,
            Tree::List(_) => 4,
            Tree::Edge(_) => 1,
            Tree::Seq(parts) => parts.iter().map(Tree::size).fold(0, usize::saturating_add),
            Tree::Any(parts) => parts.iter().map(|part| part.size().saturating_add(2)).fold(0, usize::saturating_add),
            Tree::Repeat { of, min, max, .. } => {
                let times = max.unwrap_or(min.saturating_add(1)).max(1) as usize;
                of.size().saturating_add(2).saturating_mul(times)
            }
        }
    }
}
