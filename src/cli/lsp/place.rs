//! Places as an editor counts them: lines from 0, columns from 0 in the units that were agreed on.

use demur::source::{Encoding, Source};
use demur::span::{Decoded, Span};
use lsp_types::{Position, PositionEncodingKind, Range};

/// What columns count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Units {
    /// Bytes.
    Utf8,
    /// UTF-16 code units, which every client knows.
    Utf16,
}

impl Units {
    /// The best that a client offers: bytes, which need no counting.
    pub fn agree(offered: &[PositionEncodingKind]) -> Units {
        if offered.contains(&PositionEncodingKind::UTF8) { Units::Utf8 } else { Units::Utf16 }
    }

    /// The word for it in the protocol.
    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Units::Utf8 => PositionEncodingKind::UTF8,
            Units::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    /// The place before the byte `offset`.
    pub fn position(self, source: &Source, offset: usize) -> Position {
        let place = source.position(offset);
        // A byte order mark that a client sent stands in its first line.
        let mark = if place.line == 1 && source.encoding() == (Encoding::Utf8 { bom: true }) { "\u{feff}" } else { "" };
        let column = match self {
            Units::Utf16 => place.utf16_column - 1 + mark.encode_utf16().count(),
            Units::Utf8 => {
                let line = source.line_span(place.line).unwrap_or(Span::at(0));
                offset.min(line.end()).saturating_sub(line.start()) + mark.len()
            }
        };
        Position::new(number(place.line - 1), number(column))
    }

    /// The range of a passage.
    pub fn range(self, source: &Source, span: Span<Decoded>) -> Range {
        Range::new(self.position(source, span.start()), self.position(source, span.end()))
    }
}

fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Whether two ranges share a place; the end of one may be the start of the other.
pub fn touch(a: Range, b: Range) -> bool {
    a.start <= b.end && b.start <= a.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use demur::source::RawFile;

    #[test]
    fn columns_are_counted_as_agreed() {
        #[track_caller]
        fn check(units: Units, text: &str, offset: usize, expected: (u32, u32)) {
            let file = RawFile { name: "a".to_owned(), bytes: text.as_bytes().to_vec() };
            let found = units.position(&Source::decode(file).unwrap(), offset);
            assert_eq!((found.line, found.character), expected);
        }
        check(Units::Utf16, "\u{1f600}\u{e9}x", 6, (0, 3));
        check(Units::Utf8, "\u{1f600}\u{e9}x", 6, (0, 6));
        check(Units::Utf8, "a\r\nbc", 4, (1, 1));
        check(Units::Utf16, "a\r\nbc", 2, (0, 1));
        check(Units::Utf8, "a\r\nbc", 2, (0, 1));
        check(Units::Utf8, "", 9, (0, 0));
        check(Units::Utf16, "\u{feff}ab\nc", 1, (0, 2));
        check(Units::Utf8, "\u{feff}ab\nc", 1, (0, 4));
        check(Units::Utf8, "\u{feff}ab\nc", 3, (1, 0));
    }
}
