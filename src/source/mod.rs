//! Opens and decodes a file, once. The only module that reads files.

mod encoding;
mod position;
mod read;
mod stdin;

pub use encoding::Encoding;
pub use position::Position;
pub use read::{MAX_ARCHIVE_BYTES, MAX_BYTES, RawFile, ReadError};
pub use stdin::is_piped_in;

use crate::span::{Decoded, File, Span};
use position::LineTable;
use std::path::Path;
use std::sync::OnceLock;

/// A file as demur read it: its text in UTF-8, and the way back to the bytes on the disk.
#[derive(Debug)]
pub struct Source {
    name: String,
    text: String,
    encoding: Encoding,
    offsets: encoding::Offsets,
    origin: Origin,
    /// Built when the first position is asked for: most letters of a folder have nothing to show.
    lines: OnceLock<LineTable>,
}

/// How the text of a source came out of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It is the file's own text: a place in it is a place in the file.
    File,
    /// It was taken out of a file that holds it in another form: base64, another charset, a zip archive. Lines and columns
    /// count in the text as a recipient reads it, and the file cannot be edited through it.
    Extracted,
}

impl Source {
    /// Reads a file that the user named: a regular one, a named pipe as in `demur <(pbpaste)`, or `/dev/stdin`.
    pub fn open(path: &Path) -> Result<Source, ReadError> {
        Source::decode(RawFile::open(path)?)
    }

    /// Decodes the bytes of a file. Text in any encoding is read, with a replacement character for what is broken;
    /// only what holds a NUL after decoding is refused, since no letter does.
    pub fn decode(file: RawFile) -> Result<Source, ReadError> {
        let RawFile { name, bytes } = file;
        let (text, encoding, offsets) = encoding::decode(bytes);
        if text.as_bytes().contains(&0) {
            return Err(ReadError::Binary { name });
        }
        Ok(Source { name, text, encoding, offsets, origin: Origin::File, lines: OnceLock::new() })
    }

    /// Takes text that is in memory already, as if a UTF-8 file without byte order mark held it.
    pub fn from_text(name: impl Into<String>, text: impl Into<String>) -> Source {
        let text = text.into();
        let (encoding, offsets) = (Encoding::Utf8 { bom: false }, encoding::Offsets::utf8(0));
        Source { name: name.into(), text, encoding, offsets, origin: Origin::File, lines: OnceLock::new() }
    }

    /// Takes text that was found within the file `name`, where it stands in another form.
    pub fn extracted(name: impl Into<String>, text: impl Into<String>) -> Source {
        Source { origin: Origin::Extracted, ..Source::from_text(name, text) }
    }

    /// How the text came out of the file.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// What reports call it: the path as given, or the name of the stream.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The decoded text, without byte order mark, its line ends as they are in the file.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How the file is written.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The bytes of the file that `span` was decoded from. A span that cuts a character takes in the whole of it; one
    /// that reaches behind the text is cut at its end.
    pub fn to_file(&self, span: Span<Decoded>) -> Span<File> {
        let start = self.text.floor_char_boundary(span.start());
        let end = if span.is_empty() { start } else { self.text.ceil_char_boundary(span.end()) };
        Span::new(self.offsets.to_file(&self.text, start), self.offsets.to_file(&self.text, end))
    }

    /// Where a reader finds the byte `offset` of the decoded text. A place inside a character is the place before it;
    /// one inside or behind a line end is the end of that line; one behind the text is its end.
    pub fn position(&self, offset: usize) -> Position {
        self.lines().position(&self.text, offset)
    }

    /// The number of lines, at least 1: the place after the last line end is a line too, as editors show it.
    pub fn line_count(&self) -> usize {
        self.lines().count()
    }

    /// The bytes of the 1-based `line`, without its line end. `None` where there is no such line.
    pub fn line_span(&self, line: usize) -> Option<Span<Decoded>> {
        self.lines().span(&self.text, line)
    }

    /// The text of the 1-based `line`, without its line end; empty where there is no such line.
    pub fn line_text(&self, line: usize) -> &str {
        self.line_span(line).map_or("", |span| &self.text[span.range()])
    }

    fn lines(&self) -> &LineTable {
        self.lines.get_or_init(|| LineTable::new(&self.text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn raw(bytes: &[u8]) -> RawFile {
        RawFile { name: "letter.txt".to_owned(), bytes: bytes.to_vec() }
    }

    fn source(bytes: &[u8]) -> Source {
        Source::decode(raw(bytes)).expect("no NUL")
    }

    #[test]
    fn spans_count_bytes_of_the_file() {
        #[track_caller]
        fn check(bytes: &[u8], decoded: std::ops::Range<usize>, expected: std::ops::Range<usize>) {
            assert_eq!(source(bytes).to_file(Span::new(decoded.start, decoded.end)).range(), expected);
        }
        check(b"Dear X,", 0..4, 0..4);
        check(b"\xef\xbb\xbfDear X,", 0..4, 3..7);
        check(b"\xef\xbb\xbfDear X,", 7..99, 10..10);
        check("caf\u{e9} au".as_bytes(), 4..5, 3..5); // the second byte of a letter takes the whole letter
        check(b"caf\xe9 au", 5..6, 4..5);
        check(b"caf\xe9 au", 0..8, 0..7);
        check(b"\xff\xfeD\0\x19\x20e\0", 1..4, 4..6);
        check(b"\xff\xfeD\0\x19\x20e\0", 4..5, 6..8);
        check(b"\xff\xfeD\0\x19\x20e\0", 5..5, 8..8);
        check(b"\xfe\xff\0D\xd8\x3d\xde\x00\0e", 1..5, 4..8); // a surrogate pair
    }

    #[test]
    fn offsets_stay_exact_beyond_the_first_checkpoint() {
        let text = "d\u{e9}j\u{e0} vu \u{2019} ".repeat(5_000);
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let source = source(&[b"\xfe\xff", &utf16[..]].concat());
        for (at, _) in text.char_indices().step_by(77) {
            let expected = 2 + 2 * text[..at].encode_utf16().count();
            assert_eq!(source.to_file(Span::at(at)).start(), expected, "at {at}");
        }
    }

    #[test]
    fn a_letter_holds_no_nul() {
        #[track_caller]
        fn check(bytes: &[u8]) {
            assert!(matches!(Source::decode(raw(bytes)), Err(ReadError::Binary { .. })));
        }
        check(b"Dear\0X");
        check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0");
        check(b"\xff\xfe\0\0D\0\0\0"); // UTF-32
    }

    proptest! {
        #[test]
        fn every_span_lies_in_the_file(bytes in proptest::collection::vec(any::<u8>(), 0..200), bom in 0..4usize) {
            let marks: [&[u8]; 4] = [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"];
            let bytes = [marks[bom], &bytes].concat();
            let len = bytes.len();
            let Ok(source) = Source::decode(raw(&bytes)) else { return Ok(()) };
            let mut last = 0;
            for at in 0..source.text().len() + 2 {
                let place = source.to_file(Span::at(at)).start();
                prop_assert!(last <= place && place <= len);
                last = place;
                let position = source.position(at);
                let line = source.line_text(position.line);
                prop_assert!(position.line <= source.line_count());
                prop_assert!(position.column <= line.chars().count() + 1);
                prop_assert!(position.utf16_column <= line.encode_utf16().count() + 1);
            }
            prop_assert_eq!(source.to_file(Span::at(source.text().len())).start(), len);
        }

        #[test]
        fn what_was_encoded_comes_back(text in "[^\0\u{feff}]{0,80}", kind in 0..3usize) {
            let utf16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
            let bytes = match kind {
                0 => text.as_bytes().to_vec(),
                1 => [b"\xff\xfe", &utf16(u16::to_le_bytes)[..]].concat(),
                _ => [b"\xfe\xff", &utf16(u16::to_be_bytes)[..]].concat(),
            };
            let source = source(&bytes);
            prop_assert_eq!(source.text(), &text);
            for (at, char) in text.char_indices() {
                let place = source.to_file(Span::new(at, at + char.len_utf8()));
                let encoded = source.encoding().encode(&char.to_string());
                prop_assert_eq!(Some(&bytes[place.range()]), encoded.as_deref());
            }
        }
    }
}
