//! The first pass: the words of a sentence tell which patterns can match in it at all.
//!
//! It looks each word of the sentence up, once, whatever the number of patterns, and then at those patterns only whose
//! rarest need is met.

use super::need::{Need, Needs};
use super::row::{Row, Rows, to_u32};
use super::table::Table;
use super::word::{self, Key};
use crate::pack::{Pack, PatternId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// What the patterns of a pack need.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "Row: Deserialize<'de>"))]
pub struct FirstPass {
    /// The keys, in the order of their rows in `meets`.
    table: Table,
    /// For each key the needs that a word of this key meets.
    meets: Rows,
    /// For each need the patterns of which it is the rarest.
    opens: Rows,
    /// For each pattern its other needs.
    others: Rows,
    /// How many needs there are.
    needs: u32,
    /// The patterns of which no need is known, tried everywhere; in order.
    always: Row,
}

/// What was met in the sentence at hand.
#[derive(Debug)]
pub struct Met {
    /// For each need the number of the last sentence that meets it, counted from 1.
    last: Vec<u32>,
    sentence: u32,
    met: Vec<u32>,
}

impl FirstPass {
    /// Works out what the patterns of a pack need.
    pub fn new(pack: &Pack) -> FirstPass {
        let mut needs = Needs::new(&pack.lists);
        let of_pieces: Vec<Vec<Need>> = pack.pieces.iter().map(|piece| needs.of_piece(&piece.tree)).collect();
        let mut ids: HashMap<&Need, u32> = HashMap::new();
        let mut all: Vec<&Need> = Vec::new();
        let mut opens: Vec<Vec<u32>> = Vec::new();
        let mut others: Vec<Vec<u32>> = Vec::new();
        let mut always = Vec::new();
        for (pattern, id) in pack.patterns.iter().zip(0..) {
            let mut needs: Vec<&Need> = pattern.pieces.iter().flat_map(|piece| &of_pieces[*piece]).collect();
            needs.sort_by_key(|need| need.weight);
            let mut needed: Vec<u32> = Vec::new();
            for need in needs {
                let id = *ids.entry(need).or_insert_with(|| {
                    all.push(need);
                    opens.push(Vec::new());
                    to_u32(all.len() - 1)
                });
                if !needed.contains(&id) {
                    needed.push(id);
                }
            }
            match needed.split_first() {
                Some((rarest, rest)) => {
                    opens[*rarest as usize].push(id);
                    others.push(rest.to_vec());
                }
                None => {
                    always.push(id);
                    others.push(Vec::new());
                }
            }
        }
        let mut meets: BTreeMap<Key, Vec<u32>> = BTreeMap::new();
        for (need, id) in all.iter().zip(0..) {
            need.keys.iter().for_each(|key| meets.entry(*key).or_default().push(id));
        }
        FirstPass {
            table: Table::new(meets.keys().copied()),
            meets: meets.into_values().collect(),
            opens: opens.into_iter().collect(),
            others: others.into_iter().collect(),
            needs: to_u32(all.len()),
            always: always.into_iter().collect(),
        }
    }

    /// What sentences are held against.
    pub fn met(&self) -> Met {
        Met { last: vec![0; self.needs as usize], sentence: 0, met: Vec::new() }
    }

    /// Puts into `wanted` the patterns that are worth trying in a sentence in lower case, in order. Those that are worth
    /// trying in every sentence are not among them.
    pub fn wanted(&self, sentence: &[u8], met: &mut Met, wanted: &mut Vec<u32>) {
        met.sentence += 1;
        met.met.clear();
        word::keys(sentence, |key| {
            let Some(row) = self.table.find(key) else { return };
            for need in self.meets.row(row) {
                let last = &mut met.last[need as usize];
                if *last != met.sentence {
                    *last = met.sentence;
                    met.met.push(need);
                }
            }
        });
        let first = wanted.len();
        for need in &met.met {
            for pattern in self.opens.row(*need as usize) {
                if self.others.row(pattern as usize).all(|other| met.last[other as usize] == met.sentence) {
                    wanted.push(pattern);
                }
            }
        }
        wanted[first..].sort_unstable();
    }

    /// The patterns that must be tried on every sentence, in order.
    pub fn always(&self) -> impl Iterator<Item = PatternId> + '_ {
        self.always.slice(0..self.always.count()).map(|pattern| pattern as usize)
    }

    /// Whether a pattern must be tried on every sentence.
    pub fn is_always_tried(&self, pattern: PatternId) -> bool {
        u32::try_from(pattern).is_ok_and(|pattern| self.always.holds(pattern))
    }
}
