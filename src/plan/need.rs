//! The words without which a pattern cannot match, found by looking at the pattern alone.
//!
//! A need is a set of words of which a sentence must hold one; a piece has several needs, all of which must be met. So
//! `<cannot> accept your <offer>` needs a word of `<cannot>`, `accept`, `your`, and a word of `<offer>`.

use super::word::{self, Key};
use crate::pack::{Edge, List, ListId, Tree, is_word};
use std::collections::HashMap;
use std::rc::Rc;

/// A set of more words is met by nearly every letter.
const MOST_WORDS: usize = 3_000;
/// A part of a pattern that stands for so few texts is looked at as each of them.
const MOST_TEXTS: usize = 40;
/// Of a set so many words tell it from others.
const MOST_HASHED: usize = 16;
/// The sets of all alternatives of a pack may have this many words. Beyond, nothing is known of further ones: packs could
/// be made in which the same thousands of words are needed in thousands of ways.
const MOST_KEYS: usize = 4_000_000;
/// A piece keeps this many needs, the rarest: further ones rarely tell more.
const MOST_NEEDS: usize = 4;

/// Words of which one must be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// The words as the first pass sees them, in order.
    pub keys: Rc<[Key]>,
    /// How often one of them stands in a letter, about, for comparison.
    pub weight: u32,
}

impl std::hash::Hash for Need {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        // Sets may be large, and few of those that differ agree in all of this.
        (self.keys.len(), self.weight, self.keys.iter().take(MOST_HASHED).collect::<Vec<_>>()).hash(state);
    }
}

impl Need {
    fn new(mut keys: Vec<(Key, u32)>) -> Option<Need> {
        keys.sort_unstable();
        keys.dedup();
        let weight = keys.iter().fold(0_u32, |sum, (_, weight)| sum.saturating_add(*weight));
        (keys.len() <= MOST_WORDS).then(|| Need { keys: keys.into_iter().map(|(key, _)| key).collect(), weight })
    }
}

/// What is known of the place at the side of a part of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Side {
    /// No character of a word stands there, unless the part itself begins or ends with none.
    Border,
    /// Anything may stand there.
    Unknown,
}

/// What the characters at an end of a match are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rim {
    Word,
    Other,
    Mixed,
}

impl Rim {
    fn or(self, other: Rim) -> Rim {
        if self == other { self } else { Rim::Mixed }
    }
}

/// A list as seen from a pattern: what stands around it decides what its words need.
type ListKey = (ListId, Side, Side);
/// Of each entry its rarest need: each key with its weight. `None` when an entry needs nothing.
type ListNeed = Option<Rc<Need>>;

/// Finds needs.
#[derive(Debug)]
pub struct Needs<'p> {
    lists: &'p [List],
    of_lists: HashMap<ListKey, ListNeed>,
    /// For each list the characters at its left and its right end.
    rims: Vec<(Rim, Rim)>,
    /// For each list the texts that it stands for, where they are few.
    texts: Vec<Option<Rc<[Vec<u8>]>>>,
    /// How many words the sets of alternatives have so far.
    keys: usize,
}

impl<'p> Needs<'p> {
    /// For patterns that use these lists.
    pub fn new(lists: &'p [List]) -> Needs<'p> {
        let mut needs = Needs { lists, of_lists: HashMap::new(), rims: Vec::new(), texts: Vec::new(), keys: 0 };
        for list in lists {
            let rims = |right: bool| list.entries.iter().map(|entry| needs.rim(entry, right)).reduce(Rim::or);
            let rims = (rims(false).unwrap_or(Rim::Mixed), rims(true).unwrap_or(Rim::Mixed));
            let texts = needs.texts_of_any(&list.entries);
            needs.rims.push(rims);
            needs.texts.push(texts.map(Rc::from));
        }
        needs
    }

    /// What a piece needs, the rarest first. Empty when nothing is known.
    pub fn of_piece(&mut self, tree: &'p Tree) -> Vec<Need> {
        let mut needs = self.of(tree, Side::Border, Side::Border);
        needs.sort_by_key(|need| need.weight);
        needs.dedup();
        needs.truncate(MOST_NEEDS);
        needs
    }

    fn of(&mut self, tree: &'p Tree, left: Side, right: Side) -> Vec<Need> {
        match tree {
            Tree::Seq(parts) => self.of_parts(parts, left, right),
            Tree::Text(text) => of_texts(std::slice::from_ref(text), left, right),
            Tree::Cased(text) => of_texts(&[text.to_ascii_lowercase()], left, right),
            Tree::Class(_) | Tree::CasedClass(_) | Tree::Edge(_) => Vec::new(),
            Tree::List(list) => self.of_list(*list, left, right).map(|need| (*need).clone()).into_iter().collect(),
            Tree::Any(parts) => self.of_any(parts, left, right).into_iter().collect(),
            Tree::Repeat { of, min, max, .. } => match (min, max) {
                (0, _) => Vec::new(),
                (1, Some(1)) => self.of(of, left, right),
                // Between two of them anything may stand, namely the other one.
                _ => self.of(of, Side::Unknown, Side::Unknown),
            },
        }
    }

    /// Of alternatives each contributes its rarest need, and together they are one.
    fn of_any(&mut self, parts: &'p [Tree], left: Side, right: Side) -> Option<Need> {
        let mut keys = Vec::new();
        for part in parts {
            if self.keys > MOST_KEYS {
                return None;
            }
            let rarest = self.of(part, left, right).into_iter().min_by_key(|need| need.weight)?;
            let share = rarest.weight / u32::try_from(rarest.keys.len()).unwrap_or(1).max(1);
            self.keys += rarest.keys.len();
            keys.extend(rarest.keys.iter().map(|key| (*key, share)));
        }
        Need::new(keys)
    }

    fn of_list(&mut self, list: ListId, left: Side, right: Side) -> ListNeed {
        let key = (list, left, right);
        if let Some(known) = self.of_lists.get(&key) {
            return known.clone();
        }
        let entries = &self.lists.get(list)?.entries;
        let need = self.of_any(entries, left, right).map(Rc::new);
        self.of_lists.insert(key, need.clone());
        need
    }

    /// Of a sequence each part contributes its needs. Neighbours that may make one word, as `apolog` and `(?:y|ies)` do,
    /// are looked at together where they stand for few texts.
    fn of_parts(&mut self, parts: &'p [Tree], left: Side, right: Side) -> Vec<Need> {
        let (lefts, rights) = (self.lefts(parts, left), self.rights(parts, right));
        let mut needs = Vec::new();
        let mut at = 0;
        while at < parts.len() {
            let is_open = |at: usize| rights[at - 1] == Side::Unknown && lefts[at] == Side::Unknown;
            let is_alone = at + 1 == parts.len() || !is_open(at + 1);
            if is_alone && matches!(parts[at], Tree::Text(_) | Tree::List(_)) {
                needs.extend(self.of(&parts[at], lefts[at], rights[at]));
                at += 1;
                continue;
            }
            let Some((texts, end)) = self.run(parts, at, is_open) else {
                needs.extend(self.of(&parts[at], lefts[at], rights[at]));
                at += 1;
                continue;
            };
            needs.extend(of_texts(&texts, lefts[at], rights[end - 1]));
            at = end;
        }
        needs
    }

    /// The parts from `at` on, as many as make words together and stand for few texts: the texts and the end of the run.
    /// `is_open` tells whether a word may go on from the part before into a part.
    fn run(&self, parts: &[Tree], at: usize, is_open: impl Fn(usize) -> bool) -> Option<(Vec<Vec<u8>>, usize)> {
        let mut texts = self.texts(&parts[at])?;
        let mut end = at + 1;
        while let Some(next) = parts.get(end).filter(|_| is_open(end)).and_then(|part| self.texts(part)) {
            if texts.len() * next.len() > MOST_TEXTS {
                break;
            }
            texts = joined(&texts, &next);
            end += 1;
        }
        Some((texts, end))
    }

    /// What is known of the left side of each part.
    fn lefts(&self, parts: &[Tree], left: Side) -> Vec<Side> {
        let mut side = left;
        let step = |part: &Tree| {
            let before = side;
            side = self.beyond(part, side, true);
            before
        };
        parts.iter().map(step).collect()
    }

    /// What is known of the right side of each part.
    fn rights(&self, parts: &[Tree], right: Side) -> Vec<Side> {
        let mut side = right;
        let step = |part: &Tree| {
            let before = side;
            side = self.beyond(part, side, false);
            before
        };
        let mut sides: Vec<Side> = parts.iter().rev().map(step).collect();
        sides.reverse();
        sides
    }

    /// What is known of the place behind a part (before it, seen from the right), when `side` is known of the other one.
    fn beyond(&self, part: &Tree, side: Side, from_left: bool) -> Side {
        if let Tree::Edge(edge) = part {
            return match edge {
                Edge::Start | Edge::End | Edge::Border => Side::Border,
                Edge::NoBorder => Side::Unknown,
            };
        }
        match (self.rim(part, from_left), part.can_be_empty()) {
            (Rim::Other, false) => Side::Border,
            (Rim::Other, true) => side,
            (Rim::Word | Rim::Mixed, _) => Side::Unknown,
        }
    }

    /// What the characters at the right end of a match are, or at the left one. A part that is always empty has none,
    /// and the safe answer.
    fn rim(&self, tree: &Tree, right: bool) -> Rim {
        match tree {
            Tree::Text(text) | Tree::Cased(text) => {
                let is_fixed = |byte: &&u8| **byte != b'\'';
                let last = if right { text.iter().rfind(is_fixed) } else { text.iter().find(is_fixed) };
                last.map_or(Rim::Mixed, |byte| if is_word(*byte) { Rim::Word } else { Rim::Other })
            }
            Tree::Class(set) | Tree::CasedClass(set) => {
                let words = set.ascii().filter(|byte| is_word(*byte)).count();
                match words {
                    0 => Rim::Other,
                    _ if words == set.count_ascii() && !set.high => Rim::Word,
                    _ => Rim::Mixed,
                }
            }
            Tree::Edge(_) => Rim::Mixed,
            Tree::List(list) => {
                let (at_left, at_right) = self.rims.get(*list).copied().unwrap_or((Rim::Mixed, Rim::Mixed));
                if right { at_right } else { at_left }
            }
            Tree::Any(parts) => parts.iter().map(|part| self.rim(part, right)).reduce(Rim::or).unwrap_or(Rim::Mixed),
            Tree::Repeat { of, .. } => self.rim(of, right),
            Tree::Seq(parts) => {
                let mut seen: Option<Rim> = None;
                let mut rest: Box<dyn Iterator<Item = &Tree>> =
                    if right { Box::new(parts.iter().rev()) } else { Box::new(parts.iter()) };
                rest.any(|part| {
                    let rim = self.rim(part, right);
                    seen = Some(seen.map_or(rim, |seen| seen.or(rim)));
                    !part.can_be_empty()
                });
                seen.unwrap_or(Rim::Mixed)
            }
        }
    }

    /// All texts that a part stands for, where they are few. An apostrophe that may be left out is a mark in them.
    fn texts(&self, tree: &Tree) -> Option<Vec<Vec<u8>>> {
        match tree {
            Tree::Text(text) => Some(vec![text.clone()]),
            Tree::Cased(text) => Some(vec![text.to_ascii_lowercase()]),
            Tree::Class(set) | Tree::CasedClass(set) => {
                let is_small = !set.high && set.count_ascii() <= 4 && !set.contains(b'\'');
                is_small.then(|| set.ascii().map(|byte| vec![byte.to_ascii_lowercase()]).collect())
            }
            Tree::Edge(_) => None,
            Tree::List(list) => self.texts.get(*list)?.as_ref().map(|texts| texts.to_vec()),
            Tree::Any(parts) => self.texts_of_any(parts),
            Tree::Repeat { of, min: 0, max: Some(1), .. } => {
                let mut texts = self.texts(of)?;
                texts.push(Vec::new());
                Some(texts)
            }
            Tree::Repeat { of, min: 1, max: Some(1), .. } => self.texts(of),
            Tree::Repeat { .. } => None,
            Tree::Seq(parts) => {
                let mut texts = vec![Vec::new()];
                for part in parts {
                    let next = self.texts(part)?;
                    if texts.len() * next.len() > MOST_TEXTS {
                        return None;
                    }
                    texts = joined(&texts, &next);
                }
                Some(texts)
            }
        }
    }

    fn texts_of_any(&self, parts: &[Tree]) -> Option<Vec<Vec<u8>>> {
        let mut texts = Vec::new();
        for part in parts {
            texts.extend(self.texts(part)?);
            if texts.len() > MOST_TEXTS {
                return None;
            }
        }
        Some(texts)
    }
}

fn joined(firsts: &[Vec<u8>], seconds: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let join = |first: &Vec<u8>, second: &Vec<u8>| [first.as_slice(), second.as_slice()].concat();
    firsts.iter().flat_map(|first| seconds.iter().map(move |second| join(first, second))).collect()
}

/// What alternative texts need: of each its rarest word. One text needs each of its words.
fn of_texts(texts: &[Vec<u8>], left: Side, right: Side) -> Vec<Need> {
    if let [text] = texts {
        return of_text(text, left, right).into_iter().filter_map(Need::new).collect();
    }
    let mut keys = Vec::new();
    for text in texts {
        let words = of_text(text, left, right).into_iter();
        let Some(rarest) = words.min_by_key(|keys| keys.iter().map(|(_, weight)| weight).sum::<u32>()) else {
            return Vec::new();
        };
        keys.extend(rarest);
    }
    Need::new(keys).into_iter().collect()
}

/// The words of a text, each as the keys of which one must be there: two where an apostrophe may be left out.
fn of_text(text: &[u8], left: Side, right: Side) -> Vec<Vec<(Key, u32)>> {
    let mut words = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let in_word = |byte: &u8| is_word(*byte) || *byte == b'\'';
        let len = text[at..].iter().take_while(|byte| in_word(byte)).count();
        if len == 0 {
            at += 1;
            continue;
        }
        let knows_left = at > 0 || left == Side::Border;
        let knows_right = at + len < text.len() || right == Side::Border;
        words.extend(of_word(&text[at..at + len], knows_left, knows_right));
        at += len;
    }
    words
}

/// The keys of a word of which a sentence must hold one; `None` when it may be part of any longer word.
fn of_word(word: &[u8], knows_left: bool, knows_right: bool) -> Option<Vec<(Key, u32)>> {
    if !knows_left {
        return None;
    }
    let parts: Vec<&[u8]> = word.split(|byte| *byte == b'\'').collect();
    match parts.as_slice() {
        [word] => Some(vec![word::key(word, knows_right)?]),
        // With the apostrophe it is two words, without it one.
        [first, second] if first.len() > 1 => {
            let whole = word::key(&[*first, *second].concat(), knows_right)?;
            Some(vec![whole, word::key(first, true)?])
        }
        _ => None,
    }
}
