//! Finds numbers, at once, among many that are known beforehand.

use super::row::Row;
use serde::{Deserialize, Serialize};

/// Keys and the place of each in their order.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "Row: Deserialize<'de>"))]
pub(super) struct Table {
    /// Twice as large as needed, so that most keys are found where their own bits say, and the others right behind: each
    /// key, and its place counted from 1; 0 marks an empty one.
    cells: Row,
}

impl Table {
    /// A table of keys, each once; the place of each is that in which they come.
    pub fn new(keys: impl ExactSizeIterator<Item = u32>) -> Table {
        let size = (2 * keys.len()).next_power_of_two().max(2);
        let mut cells = vec![0; 2 * size];
        for (key, place) in keys.zip(1..) {
            let mut at = home(key, size);
            while cells[2 * at + 1] != 0 {
                at = (at + 1) % size;
            }
            (cells[2 * at], cells[2 * at + 1]) = (key, place);
        }
        Table { cells: cells.into_iter().collect() }
    }

    /// The place of a key, 0-based.
    #[inline]
    pub fn find(&self, key: u32) -> Option<usize> {
        let size = self.cells.count() / 2;
        if size == 0 {
            return None;
        }
        let mut at = home(key, size);
        loop {
            match self.cells.get(2 * at + 1) {
                0 => return None,
                place if self.cells.get(2 * at) == key => return Some(place as usize - 1),
                _ => at = (at + 1) % size,
            }
        }
    }
}

/// Where a key stands in a table of so many cells, a power of two, or else the first free one behind.
fn home(key: u32, size: usize) -> usize {
    // The lowest bits of FNV are its worst.
    (key ^ key >> 15) as usize & (size - 1)
}
