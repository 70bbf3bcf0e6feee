//! Bytes to text, and the way back from a place in the text to the byte in the file.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::fmt;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark of three bytes.
    Utf8 { bom: bool },
    /// UTF-16, low byte first. Without the mark of two bytes it was told by the NULs between its letters.
    Utf16Le { bom: bool },
    /// UTF-16, high byte first. Without the mark of two bytes it was told by the NULs between its letters.
    Utf16Be { bom: bool },
    /// One byte a character, as old Western mail programs wrote. Nothing in a file ever says so: it is `assumed` for
    /// what is no valid UTF-8.
    Windows1252 { assumed: bool },
}

impl Encoding {
    /// The bytes that `text` takes in a file of this encoding, without byte order mark, for an edit of that file.
    /// `None` where the encoding has no sign for a character.
    pub fn encode(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Encoding::Utf8 { .. } => Some(text.as_bytes().to_vec()),
            Encoding::Utf16Le { .. } => Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
            Encoding::Utf16Be { .. } => Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
            Encoding::Windows1252 { .. } => {
                let (bytes, _, unmappable) = WINDOWS_1252.encode(text);
                (!unmappable).then(|| bytes.into_owned())
            }
        }
    }

    /// Whether demur took it for this without being told by a mark or by its being valid UTF-8.
    pub fn is_assumed(self) -> bool {
        match self {
            Encoding::Utf8 { .. } => false,
            Encoding::Utf16Le { bom } | Encoding::Utf16Be { bom } => !bom,
            Encoding::Windows1252 { assumed } => assumed,
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Encoding::Utf8 { .. } => "UTF-8",
            Encoding::Utf16Le { .. } => "UTF-16 LE",
            Encoding::Utf16Be { .. } => "UTF-16 BE",
            Encoding::Windows1252 { .. } => "Windows-1252",
        })
    }
}

/// Decodes a file whatever it holds. Broken UTF-16 becomes U+FFFD, one for each lone surrogate.
pub fn decode(bytes: Vec<u8>) -> (String, Encoding, Offsets) {
    match bytes.as_slice() {
        [0xef, 0xbb, 0xbf, ..] => decode_bytes(bytes, 3),
        [0xff, 0xfe, rest @ ..] => decode_utf16(rest, Encoding::Utf16Le { bom: true }, bytes.len()),
        [0xfe, 0xff, rest @ ..] => decode_utf16(rest, Encoding::Utf16Be { bom: true }, bytes.len()),
        // The NUL is looked for first since nearly all letters have none and need no closer look.
        all if all.contains(&0) && has_nul_in_each_pair(all, 1) => {
            decode_utf16(all, Encoding::Utf16Le { bom: false }, bytes.len())
        }
        all if all.contains(&0) && has_nul_in_each_pair(all, 0) => {
            decode_utf16(all, Encoding::Utf16Be { bom: false }, bytes.len())
        }
        _ => decode_bytes(bytes, 0),
    }
}

/// Decodes what has one byte a unit, after a mark of `bom` bytes.
fn decode_bytes(mut bytes: Vec<u8>, bom: usize) -> (String, Encoding, Offsets) {
    bytes.drain(..bom);
    match String::from_utf8(bytes) {
        Ok(text) => (text, Encoding::Utf8 { bom: bom > 0 }, Offsets::utf8(bom)),
        Err(broken) => {
            let bytes = broken.as_bytes();
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
            let offsets = Offsets::scan(&text, bom, bom + bytes.len(), |_| 1);
            (text.into_owned(), Encoding::Windows1252 { assumed: true }, offsets)
        }
    }
}

fn decode_utf16(units: &[u8], encoding: Encoding, file_len: usize) -> (String, Encoding, Offsets) {
    let decoder = if matches!(encoding, Encoding::Utf16Le { .. }) { UTF_16LE } else { UTF_16BE };
    let (text, _) = decoder.decode_without_bom_handling(units);
    // A lone surrogate and the U+FFFD in its place both take one unit, so the text alone tells the places.
    let offsets = Offsets::scan(&text, file_len - units.len(), file_len, |char| 2 * char.len_utf16());
    (text.into_owned(), encoding, offsets)
}

/// Whether the beginning looks like ASCII in UTF-16: three of four pairs of bytes hold a NUL at `nul` (0 or 1) and an
/// ASCII letter or sign beside it. Not all of them, since a curly quote or an accented name has no NUL.
fn has_nul_in_each_pair(bytes: &[u8], nul: usize) -> bool {
    /// In pairs. Enough to see prose after a line of names in another script.
    const LOOKED_AT: usize = 1024;
    let pairs = || bytes.chunks_exact(2).take(LOOKED_AT);
    let is_text = |byte: u8| byte.is_ascii_graphic() || byte.is_ascii_whitespace();
    let ascii = pairs().filter(|pair| pair[nul] == 0 && is_text(pair[1 - nul])).count();
    ascii > 0 && ascii * 4 >= pairs().count() * 3
}

/// The way from a byte of the decoded text to the byte of the file.
#[derive(Debug, Clone)]
pub enum Offsets {
    /// Both run in step after a byte order mark of `bom` bytes.
    InStep { bom: usize },
    /// A character has `width` bytes in the file.
    Scanned {
        /// Places (in the text, in the file) at character borders, the first at the text's beginning, about one for
        /// each [`STEP`] bytes of text, in order.
        checkpoints: Vec<(usize, usize)>,
        width: fn(char) -> usize,
        file_len: usize,
    },
}

/// Bytes of text between two checkpoints: a short scan for a place, and a table of 1.6 % of the text.
const STEP: usize = 1024;

impl Offsets {
    pub fn utf8(bom: usize) -> Offsets {
        Offsets::InStep { bom }
    }

    fn scan(text: &str, bom: usize, file_len: usize, width: fn(char) -> usize) -> Offsets {
        let mut checkpoints = vec![(0, bom)];
        let (mut next, mut file) = (STEP, bom);
        for (at, char) in text.char_indices() {
            if at >= next {
                checkpoints.push((at, file));
                next = at + STEP;
            }
            file += width(char);
        }
        Offsets::Scanned { checkpoints, width, file_len }
    }

    /// The byte of the file for a character border `at` of `text`, the text that this was made with.
    pub fn to_file(&self, text: &str, at: usize) -> usize {
        match self {
            Offsets::InStep { bom } => at + bom,
            // An odd byte, or half a pair before one, decodes to a single U+FFFD: its width is not the character's.
            Offsets::Scanned { file_len, .. } if at >= text.len() => *file_len,
            Offsets::Scanned { checkpoints, width, file_len } => {
                let after = checkpoints.partition_point(|&(text_at, _)| text_at <= at);
                let (text_at, file_at) = checkpoints[after.saturating_sub(1)];
                (file_at + text[text_at..at].chars().map(width).sum::<usize>()).min(*file_len)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_tells_its_encoding() {
        #[track_caller]
        fn check(bytes: &[u8], text: &str, encoding: Encoding) {
            let (decoded, found, _) = decode(bytes.to_vec());
            assert_eq!((decoded.as_str(), found), (text, encoding));
        }
        check(b"", "", Encoding::Utf8 { bom: false });
        check("Zo\u{eb}".as_bytes(), "Zo\u{eb}", Encoding::Utf8 { bom: false });
        check(b"\xef\xbb\xbf", "", Encoding::Utf8 { bom: true });
        check(b"\xef\xbb\xbfHi", "Hi", Encoding::Utf8 { bom: true });
        check(b"Zo\xeb isn\x92t", "Zo\u{eb} isn\u{2019}t", Encoding::Windows1252 { assumed: true });
        check(b"\x80\x81\xff", "\u{20ac}\u{81}\u{ff}", Encoding::Windows1252 { assumed: true });
        check(b"\xff\xfeH\0i\0", "Hi", Encoding::Utf16Le { bom: true });
        check(b"\xfe\xff\0H\0i", "Hi", Encoding::Utf16Be { bom: true });
        check(b"H\0i\0,\0", "Hi,", Encoding::Utf16Le { bom: false });
        check(b"\0H\0i\0,", "Hi,", Encoding::Utf16Be { bom: false });
        check(b"i\0s\0n\0\x19\x20t\0", "isn\u{2019}t", Encoding::Utf16Le { bom: false });
        check(b"\xff\xfe\0\xd8H\0", "\u{fffd}H", Encoding::Utf16Le { bom: true }); // lone surrogate
        check(b"\xff\xfeH\0i", "H\u{fffd}", Encoding::Utf16Le { bom: true }); // odd byte
        check(b"Dear\0X", "Dear\0X", Encoding::Utf8 { bom: false });
    }

    #[test]
    fn an_edit_is_written_as_the_file_is() {
        #[track_caller]
        fn check(encoding: Encoding, text: &str, expected: Option<&[u8]>) {
            assert_eq!(encoding.encode(text).as_deref(), expected);
        }
        check(Encoding::Utf8 { bom: true }, "\u{e9}", Some(b"\xc3\xa9"));
        check(Encoding::Utf16Le { bom: true }, "\u{e9}", Some(b"\xe9\0"));
        check(Encoding::Utf16Be { bom: true }, "\u{e9}", Some(b"\0\xe9"));
        check(Encoding::Windows1252 { assumed: true }, "\u{e9}\u{2019}", Some(b"\xe9\x92"));
        check(Encoding::Windows1252 { assumed: true }, "\u{4f60}", None);
    }
}
