//! A pack made ready for scanning.

use super::literal;
use crate::pack::{Pack, PatternId, Piece};
use aho_corasick::{AhoCorasick, MatchKind};
use regex::bytes::{Regex, RegexBuilder};
use std::collections::HashMap;
use std::sync::OnceLock;

/// The automaton of one piece may take this many bytes; a larger one is refused when the pack is read.
const MAX_PIECE: usize = 4 << 20;

/// What scanning with a pack needs besides the pack: a first pass that tells which patterns are worth trying, and the
/// automata of the pieces, each made when it is first needed.
#[derive(Debug)]
pub struct Plan {
    first_pass: AhoCorasick,
    /// For each literal of the first pass the patterns that need it or one of its siblings.
    wanted_by: Vec<Vec<PatternId>>,
    /// The patterns without a literal, tried everywhere.
    always: Vec<PatternId>,
    automata: Vec<OnceLock<Option<Regex>>>,
}

impl Plan {
    /// Prepares a pack.
    pub fn new(pack: &Pack) -> Plan {
        let needed: Vec<_> = pack.pieces.iter().map(|piece| literal::needed(&piece.regex)).collect();
        let mut literals: HashMap<&[u8], usize> = HashMap::new();
        let mut wanted_by: Vec<Vec<PatternId>> = Vec::new();
        let mut always = Vec::new();
        for (id, pattern) in pack.patterns.iter().enumerate() {
            let sets = pattern.pieces.iter().filter_map(|piece| needed[*piece].as_ref());
            match sets.max_by_key(|set| literal::rank(set)) {
                None => always.push(id),
                Some(set) => {
                    for literal in set {
                        let at = *literals.entry(literal).or_insert_with(|| {
                            wanted_by.push(Vec::new());
                            wanted_by.len() - 1
                        });
                        wanted_by[at].push(id);
                    }
                }
            }
        }
        let mut ordered: Vec<(&[u8], usize)> = literals.into_iter().collect();
        ordered.sort_unstable_by_key(|(_, at)| *at);
        let first_pass = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(ordered.iter().map(|(literal, _)| literal))
            .unwrap_or_else(|_| AhoCorasick::builder().build::<_, &[u8]>([]).expect("no literals make no automaton"));
        Plan { first_pass, wanted_by, always, automata: pack.pieces.iter().map(|_| OnceLock::new()).collect() }
    }

    /// The patterns that must be tried on every sentence.
    pub fn always(&self) -> &[PatternId] {
        &self.always
    }

    /// Calls `wanted` with the end of each literal found in `folded` and the patterns that it makes worth trying.
    pub(super) fn first_pass(&self, folded: &str, mut wanted: impl FnMut(usize, &[PatternId])) {
        for found in self.first_pass.find_overlapping_iter(folded) {
            wanted(found.end(), &self.wanted_by[found.pattern().as_usize()]);
        }
    }

    /// The automaton of a piece; `None` for one that is too large, which the reader of packs has refused.
    pub(super) fn automaton(&self, pack: &Pack, piece: usize) -> Option<&Regex> {
        self.automata[piece].get_or_init(|| compile(&pack.pieces[piece])).as_ref()
    }
}

/// Makes the automaton of a piece, which matches whole words only.
pub(crate) fn compile(piece: &Piece) -> Option<Regex> {
    let regex = if piece.cased { piece.regex.clone() } else { literal::lower_literals(&piece.regex) };
    // A border is asked for only where the piece begins or ends with a word: `\?` follows one.
    let opens = !regex.starts_with('\\') || regex.starts_with(r"\w") || regex.starts_with(r"\d");
    let closes =
        regex.ends_with([')', ']', '}', '+', '*', '?', '.']) && !regex.ends_with(r"\?") && !regex.ends_with(r"\.")
            || regex.ends_with(|c: char| c.is_alphanumeric());
    let start = if opens { r"\b{start-half}" } else { "" };
    let end = if closes { r"\b{end-half}" } else { "" };
    RegexBuilder::new(&format!("{start}(?:{regex}){end}"))
        .unicode(!regex.is_ascii())
        .case_insensitive(piece.cased)
        .size_limit(MAX_PIECE)
        .build()
        .ok()
}
