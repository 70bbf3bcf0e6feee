//! Numbers in a row, read where they lie: a pack that comes with the program is part of its file and is never unpacked.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

/// Numbers of 32 bits, little-endian.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    #[serde(borrow)]
    bytes: Cow<'static, [u8]>,
}

/// The bytes of one number.
const WIDTH: usize = size_of::<u32>();

impl Row {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.bytes.len() / WIDTH
    }

    /// The number at `at`, 0-based; 0 beyond the end.
    #[inline]
    pub fn get(&self, at: usize) -> u32 {
        match self.bytes.get(at * WIDTH..at * WIDTH + WIDTH) {
            Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
            _ => 0,
        }
    }

    /// Whether a number is among them; they must be in order.
    pub fn holds(&self, number: u32) -> bool {
        let (mut start, mut end) = (0, self.count());
        while start < end {
            let middle = start + (end - start) / 2;
            match self.get(middle).cmp(&number) {
                Ordering::Less => start = middle + 1,
                Ordering::Greater => end = middle,
                Ordering::Equal => return true,
            }
        }
        false
    }

    /// The numbers of a range in pairs; the range counts pairs.
    #[inline]
    pub fn pairs(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = [u32; 2]> + '_ {
        const PAIR: usize = 2 * WIDTH;
        let bytes = self.bytes.get(range.start * PAIR..range.end * PAIR).unwrap_or_default();
        let pair = |[a, b, c, d, e, f, g, h]: &[u8; PAIR]| {
            [u32::from_le_bytes([*a, *b, *c, *d]), u32::from_le_bytes([*e, *f, *g, *h])]
        };
        bytes.as_chunks::<PAIR>().0.iter().map(pair)
    }

    /// The numbers of a range.
    #[inline]
    pub fn slice(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = u32> + ExactSizeIterator + '_ {
        let bytes = self.bytes.get(range.start * WIDTH..range.end * WIDTH).unwrap_or_default();
        bytes.as_chunks::<WIDTH>().0.iter().map(|bytes| u32::from_le_bytes(*bytes))
    }
}

impl FromIterator<u32> for Row {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Row {
        Row { bytes: numbers.into_iter().flat_map(u32::to_le_bytes).collect() }
    }
}

/// Rows of different lengths, one behind the other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "Row: Deserialize<'de>"))]
pub struct Rows {
    /// Where each begins among the numbers, and where the last one ends.
    starts: Row,
    numbers: Row,
}

impl Rows {
    /// The numbers of one row; none beyond the last row.
    #[inline]
    pub fn row(&self, at: usize) -> impl DoubleEndedIterator<Item = u32> + ExactSizeIterator + '_ {
        self.numbers.slice(self.starts.get(at) as usize..self.starts.get(at + 1) as usize)
    }
}

impl Rows {
    /// Where a row begins among the numbers of all.
    #[inline]
    pub fn start(&self, at: usize) -> usize {
        self.starts.get(at) as usize
    }

    /// The numbers of all rows.
    pub fn numbers(&self) -> &Row {
        &self.numbers
    }
}

impl<R: IntoIterator<Item = u32>> FromIterator<R> for Rows {
    fn from_iter<I: IntoIterator<Item = R>>(rows: I) -> Rows {
        let (mut starts, mut numbers) = (vec![0], Vec::new());
        for row in rows {
            numbers.extend(row);
            starts.push(to_u32(numbers.len()));
        }
        Rows { starts: starts.into_iter().collect(), numbers: numbers.into_iter().collect() }
    }
}

/// A number as rows hold it. Packs are far smaller than 4 GB: their files are capped when they are read.
pub fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
