//! Archives of mails, one behind the other.

use std::ops::Range;

/// The bytes of each mail, without the line `From ...` before it.
pub fn mails(bytes: &[u8]) -> Vec<Range<usize>> {
    vec![0..bytes.len()]
}
