//! The vocabulary of a pack: lists of words and phrases that patterns use by name, and the pieces that use them.

use super::builtin::BUILTINS;
use super::closest;
use super::mistake::{MOST_MISTAKES, Mistake, Mistakes};
use super::pattern::{self, Fault, FaultKind};
use super::syntax::Parser;
use super::tree::{List, ListId, Tree};
use super::{Piece, PieceId};
use crate::yaml::{Entry, Node, Value};
use std::collections::HashMap;
use std::ops::Range;

/// Lists may use lists that use lists, this deep. Matching goes as deep, so that hostile packs could exhaust the stack.
const MAX_DEPTH: usize = 40;

/// All patterns and lists of a pack together may take this many instructions. The pack that comes with demur takes a
/// hundredth.
const MAX_PACK_SIZE: usize = 2_000_000;

/// The entries of one list may take this many instructions: a search in a list may mark each of them at each place of a
/// long sentence.
const MAX_LIST_SIZE: usize = 100_000;

/// The lists and the pieces, each parsed once.
#[derive(Debug)]
pub struct Vocabulary {
    /// Each stands behind those that it uses.
    pub lists: Vec<List>,
    /// The pieces of all patterns, each once.
    pub pieces: Vec<Piece>,
    depths: Vec<usize>,
    /// By name; the forms of a verb go by the verb with a `~`, which no name has.
    list_ids: HashMap<String, ListId>,
    piece_ids: HashMap<String, PieceId>,
    names: Vec<String>,
    parser: Parser,
    /// The size of all trees.
    size: usize,
    /// How often a name was looked for that was meant.
    guesses: usize,
}

impl Vocabulary {
    /// One that has only what the engine brings.
    pub fn new(names: Vec<String>) -> Vocabulary {
        Vocabulary {
            lists: Vec::new(),
            pieces: Vec::new(),
            depths: Vec::new(),
            list_ids: HashMap::new(),
            piece_ids: HashMap::new(),
            names,
            parser: Parser::new(),
            size: 0,
            guesses: 0,
        }
    }

    /// The list with this name: the pack's own, or one that the engine brings.
    pub fn find(&mut self, name: &str) -> Option<ListId> {
        if let Some(list) = self.list_ids.get(name) {
            return Some(*list);
        }
        let builtin = BUILTINS.iter().find(|builtin| builtin.name == name)?;
        // The engine's own words are tested to be sound.
        let entry = self.parser.parse(builtin.pattern).ok()?;
        Some(self.add(name, List { entries: vec![entry] }, 0))
    }

    /// The list of the forms of a verb, which are made when it is used for the first time.
    pub fn forms(&mut self, verb: &str, forms: impl FnOnce() -> Vec<String>) -> ListId {
        let name = format!("{verb}~");
        if let Some(list) = self.list_ids.get(&name) {
            return *list;
        }
        let entries = forms().into_iter().map(|form| Tree::Text(form.into_bytes())).collect();
        self.add(&name, List { entries }, 0)
    }

    /// The name most like `name`.
    pub fn closest(&mut self, name: &str) -> Option<String> {
        self.guesses += 1;
        if self.guesses > MOST_MISTAKES {
            return None;
        }
        closest(name, self.names.iter().map(String::as_str)).map(str::to_owned)
    }

    /// The piece with this text, in which lists are characters.
    pub fn piece(&mut self, text: &str) -> Result<PieceId, (Range<usize>, FaultKind)> {
        if let Some(known) = self.piece_ids.get(text) {
            return Ok(*known);
        }
        let tree = self.parse(text)?;
        self.pieces.push(Piece { tree });
        self.piece_ids.insert(text.to_owned(), self.pieces.len() - 1);
        Ok(self.pieces.len() - 1)
    }

    /// The tree of a text in which lists are characters.
    pub fn parse(&mut self, text: &str) -> Result<Tree, (Range<usize>, FaultKind)> {
        let tree = self.parser.parse(text)?;
        self.size = self.size.saturating_add(tree.size());
        if self.size > MAX_PACK_SIZE { Err((0..text.len(), FaultKind::PackTooLarge)) } else { Ok(tree) }
    }

    fn add(&mut self, name: &str, list: List, depth: usize) -> ListId {
        self.lists.push(list);
        self.depths.push(depth);
        self.list_ids.insert(name.to_owned(), self.lists.len() - 1);
        self.lists.len() - 1
    }
}

/// Reads the `words:` of a pack. A list with a mistake stays empty and its mistake is noted.
pub fn read(entries: &[Entry], mistakes: &mut Mistakes<'_>) -> Vocabulary {
    let mut reader = Reader {
        lists: entries.iter().map(|entry| (entry.key.as_str(), entry)).collect(),
        vocabulary: Vocabulary::new(entries.iter().map(|entry| entry.key.clone()).collect()),
        open: Vec::new(),
        mistakes,
    };
    for entry in entries {
        reader.list(entry);
    }
    reader.vocabulary
}

struct Reader<'a, 'm, 'y> {
    lists: HashMap<&'a str, &'a Entry>,
    vocabulary: Vocabulary,
    /// The lists that are being read, outermost first: one that comes again closes a circle.
    open: Vec<&'a str>,
    mistakes: &'m mut Mistakes<'y>,
}

impl<'a> Reader<'a, '_, '_> {
    fn list(&mut self, entry: &'a Entry) {
        if self.vocabulary.list_ids.contains_key(&entry.key) {
            return;
        }
        let items = match &entry.node.value {
            Value::List(items) if !items.is_empty() => items.as_slice(),
            Value::Scalar(_) => std::slice::from_ref(&entry.node),
            _ => {
                self.mistakes.add(Mistake::WrongShape { wanted: "a list of words and phrases" }, entry.key_span);
                &[]
            }
        };
        let is_too_deep = self.open.len() > MAX_DEPTH;
        let items = if is_too_deep { &[] } else { items };
        self.open.push(&entry.key);
        let mut depth = 0;
        let mut entries: Vec<Tree> = items.iter().filter_map(|item| self.item(item, &mut depth)).collect();
        self.open.pop();
        if entries.iter().map(|entry| entry.size() + 1).fold(0, usize::saturating_add) > MAX_LIST_SIZE {
            self.mistakes.add(Mistake::ListTooLarge { name: entry.key.clone() }, entry.key_span);
            entries.clear();
        }
        if is_too_deep || depth == MAX_DEPTH {
            self.mistakes.add(Mistake::WordsTooDeep { name: entry.key.clone() }, entry.key_span);
        }
        // Something must stand for it even when it is wrong, or each use would be a mistake of its own.
        self.vocabulary.add(&entry.key, List { entries }, depth);
    }

    /// Reads an entry and raises `depth` to that of the lists that it uses.
    fn item(&mut self, item: &'a Node, depth: &mut usize) -> Option<Tree> {
        let Value::Scalar(text) = &item.value else {
            self.mistakes.add(Mistake::WrongShape { wanted: "a word or a phrase" }, item.span);
            return None;
        };
        for (at, name) in pattern::used_words(text) {
            if let Some(start) = self.open.iter().position(|open| *open == name) {
                let circle = self.open[start..].iter().map(|name| (*name).to_owned()).collect();
                let place = item.place(self.mistakes.yaml(), at);
                self.mistakes.add(Mistake::CircularWords { circle }, place);
                return None;
            }
            if let Some(used) = self.lists.get(name).copied() {
                self.list(used);
            }
            if let Some(used) = self.vocabulary.list_ids.get(name) {
                *depth = (*depth).max(self.vocabulary.depths[*used] + 1);
            }
        }
        match pattern::read_word(text, &mut self.vocabulary) {
            Ok(tree) => Some(tree),
            Err(Fault { at, kind }) => {
                let place = item.place(self.mistakes.yaml(), at);
                self.mistakes.add(Mistake::BadPattern(kind), place);
                None
            }
        }
    }
}
