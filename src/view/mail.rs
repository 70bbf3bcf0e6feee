//! Mail as it is sent: the headers that a recipient sees and the text part, decoded.

use super::Reading;

/// Reads one mail. Where the text of the file is UTF-8, `base` is the 0-based offset of the mail in it, and the view leads
/// back into it if the mail holds its text as it is; else the view stands for itself.
pub fn read(bytes: &[u8], base: Option<usize>) -> Reading {
    let _ = base;
    Reading::Extracted(super::text::read(&String::from_utf8_lossy(bytes)).detached())
}
