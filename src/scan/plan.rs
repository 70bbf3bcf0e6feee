//! A pack made ready for scanning.

use super::literal;
use crate::pack::{Cond, Pack, Passage, PatternId, Piece, PieceId, SignalId};
use aho_corasick::{AhoCorasick, MatchKind};
use regex::bytes::{Regex, RegexBuilder};
use std::collections::HashMap;
use std::sync::OnceLock;

/// The automaton of one piece may take this many bytes; a larger one is refused when the pack is read.
const MAX_PIECE: usize = 4 << 20;

/// What scanning with a pack needs besides the pack: a first pass that tells which pieces can match where at all, and
/// the automata of the pieces, each made when it is first needed.
#[derive(Debug)]
pub struct Plan {
    first_pass: AhoCorasick,
    /// For each literal of the first pass the pieces that need it or one of its siblings.
    needed_by: Vec<Vec<PieceId>>,
    /// For each piece whether the first pass can find it; a piece without a literal may match anywhere.
    is_located: Vec<bool>,
    /// For each piece the patterns that begin to be possible where it is: those of which it is the rarest piece.
    opens: Vec<Vec<PatternId>>,
    /// The patterns without any literal, tried everywhere; sorted.
    always: Vec<PatternId>,
    /// For each signal the anchors of which a sentence that says it has at least one; `None` where none can be named.
    anchors: Vec<Option<Vec<Anchor>>>,
    automata: Vec<OnceLock<Option<Regex>>>,
}

/// Something that is quickly known of a sentence and without which a signal cannot be in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// The first pass found the pattern worth trying.
    Pattern(PatternId),
    /// The signal is sighted.
    Signal(SignalId),
}

impl Plan {
    /// Prepares a pack.
    pub fn new(pack: &Pack) -> Plan {
        let needed: Vec<_> = pack.pieces.iter().map(|piece| literal::needed(&piece.regex)).collect();
        let mut literals: HashMap<&[u8], usize> = HashMap::new();
        let mut needed_by: Vec<Vec<PieceId>> = Vec::new();
        for (piece, set) in needed.iter().enumerate() {
            for literal in set.iter().flatten() {
                let at = *literals.entry(literal).or_insert_with(|| {
                    needed_by.push(Vec::new());
                    needed_by.len() - 1
                });
                needed_by[at].push(piece);
            }
        }
        let mut ordered: Vec<(&[u8], usize)> = literals.into_iter().collect();
        ordered.sort_unstable_by_key(|(_, at)| *at);
        let mut opens = vec![Vec::new(); pack.pieces.len()];
        let mut always = Vec::new();
        for (id, pattern) in pack.patterns.iter().enumerate() {
            let located = pattern.pieces.iter().filter(|piece| needed[**piece].is_some());
            match located.max_by_key(|piece| needed[**piece].as_deref().map(literal::rank)) {
                Some(rarest) => opens[*rarest].push(id),
                None => always.push(id),
            }
        }
        let first_pass = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(ordered.iter().map(|(literal, _)| literal))
            .unwrap_or_else(|_| AhoCorasick::builder().build::<_, &[u8]>([]).expect("no literals make no automaton"));
        let has_anchor = |pattern: PatternId| always.binary_search(&pattern).is_err();
        let anchors = pack.signals.iter().map(|signal| anchors(&signal.any, &has_anchor)).collect();
        let is_located = needed.iter().map(Option::is_some).collect();
        let automata = pack.pieces.iter().map(|_| OnceLock::new()).collect();
        Plan { first_pass, needed_by, is_located, opens, always, anchors, automata }
    }

    /// The patterns that must be tried on every sentence.
    pub fn always(&self) -> &[PatternId] {
        &self.always
    }

    /// Whether a pattern must be tried on every sentence.
    pub(super) fn is_always_tried(&self, pattern: PatternId) -> bool {
        self.always.binary_search(&pattern).is_ok()
    }

    /// The anchors of a signal.
    pub(super) fn anchors(&self, signal: SignalId) -> Option<&[Anchor]> {
        self.anchors[signal].as_deref()
    }

    /// Whether the first pass can find a piece.
    pub(super) fn is_located(&self, piece: PieceId) -> bool {
        self.is_located[piece]
    }

    /// The patterns that begin to be possible where a piece is found.
    pub(super) fn opened_by(&self, piece: PieceId) -> &[PatternId] {
        &self.opens[piece]
    }

    /// Calls `found` with the end of each literal in `folded` and the pieces that may match around it.
    pub(super) fn first_pass(&self, folded: &str, mut found: impl FnMut(usize, &[PieceId])) {
        for literal in self.first_pass.find_overlapping_iter(folded) {
            found(literal.end(), &self.needed_by[literal.pattern().as_usize()]);
        }
    }

    /// The automaton of a piece; `None` for one that is too large, which the reader of packs has refused.
    pub(super) fn automaton(&self, pack: &Pack, piece: usize) -> Option<&Regex> {
        self.automata[piece].get_or_init(|| compile(&pack.pieces[piece])).as_ref()
    }
}

/// The anchors of a condition: of alternatives those of each, of what must all hold those of the part with the fewest.
fn anchors(cond: &Cond<Passage>, has_anchor: &impl Fn(PatternId) -> bool) -> Option<Vec<Anchor>> {
    match cond {
        Cond::Leaf(Passage::Pattern(pattern)) => has_anchor(*pattern).then(|| vec![Anchor::Pattern(*pattern)]),
        Cond::Leaf(Passage::Signal(signal)) => Some(vec![Anchor::Signal(*signal)]),
        Cond::Leaf(Passage::Elsewhere(..)) | Cond::None(_) => None,
        Cond::Any(conds) => {
            let each: Option<Vec<_>> = conds.iter().map(|cond| anchors(cond, has_anchor)).collect();
            each.map(|each| each.into_iter().flatten().collect())
        }
        Cond::All(conds) => conds.iter().filter_map(|cond| anchors(cond, has_anchor)).min_by_key(Vec::len),
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
