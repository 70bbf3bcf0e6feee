//! Lines and columns, as people and editors count them.

use crate::span::{Decoded, Span};

/// A place in the decoded text, as people and editors count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// 1-based; lines end at LF, CRLF or a lone CR.
    pub line: usize,
    /// 1-based, in characters (Unicode scalar values). At most one more than the line has.
    pub column: usize,
    /// 1-based, in UTF-16 code units, as editors (LSP) and SARIF count. At most one more than the line has.
    pub utf16_column: usize,
}

/// Where the lines of a text begin.
#[derive(Debug)]
pub struct LineTable {
    /// 0-based byte offsets into the decoded text, the first one 0.
    starts: Vec<usize>,
    /// What stands before each block of [`BLOCK`] bytes, so that a letter of 16 MiB in one line is not counted through
    /// for every finding.
    blocks: Vec<Count>,
}

/// Bytes between two counts.
const BLOCK: usize = 4096;

/// Characters, and how many of them take two units in UTF-16: those of four bytes in UTF-8.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    characters: usize,
    pairs: usize,
}

impl Count {
    /// The count with some more bytes of a text, of which only those that begin a character are looked at.
    fn with(self, bytes: &[u8]) -> Count {
        let begins = bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
        let pairs = bytes.iter().filter(|byte| **byte >= 0xf0).count();
        Count { characters: self.characters + begins, pairs: self.pairs + pairs }
    }
}

impl LineTable {
    pub fn new(text: &str) -> LineTable {
        let bytes = text.as_bytes();
        let is_end = |at: usize| bytes[at] == b'\n' || (bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
        let starts = (0..bytes.len()).filter(|&at| is_end(at)).map(|at| at + 1);
        let mut blocks = vec![Count::default()];
        for block in bytes.chunks(BLOCK) {
            blocks.extend(blocks.last().map(|count| count.with(block)));
        }
        LineTable { starts: std::iter::once(0).chain(starts).collect(), blocks }
    }

    /// What stands before a byte of the text.
    fn count_before(&self, text: &str, offset: usize) -> Count {
        let block = offset / BLOCK;
        let counted = self.blocks.get(block).copied().unwrap_or_default();
        counted.with(&text.as_bytes()[block * BLOCK..offset])
    }

    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The 1-based `line` without its line end.
    pub fn span(&self, text: &str, line: usize) -> Option<Span<Decoded>> {
        let start = *self.starts.get(line.checked_sub(1)?)?;
        let end = self.starts.get(line).copied().unwrap_or(text.len());
        let whole = &text[start..end];
        let shown = whole.strip_suffix('\n').unwrap_or(whole);
        Some(Span::new(start, start + shown.strip_suffix('\r').unwrap_or(shown).len()))
    }

    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|&start| start <= offset);
        let shown = self.span(text, line).unwrap_or(Span::at(0));
        let before = self.count_before(text, shown.start());
        let here = self.count_before(text, offset.min(shown.end()));
        let (characters, pairs) = (here.characters - before.characters, here.pairs - before.pairs);
        Position { line, column: characters + 1, utf16_column: characters + pairs + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_what_editors_show() {
        #[track_caller]
        fn check(text: &str, offset: usize, expected: (usize, usize, usize)) {
            let found = LineTable::new(text).position(text, offset);
            assert_eq!((found.line, found.column, found.utf16_column), expected);
        }
        check("", 0, (1, 1, 1));
        check("", 9, (1, 1, 1));
        check("ab\ncd", 1, (1, 2, 2));
        check("ab\ncd", 2, (1, 3, 3)); // the line end itself
        check("ab\ncd", 3, (2, 1, 1));
        check("ab\ncd", 99, (2, 3, 3));
        check("ab\n", 3, (2, 1, 1));
        check("ab\r\ncd", 3, (1, 3, 3)); // between CR and LF
        check("ab\r\ncd", 4, (2, 1, 1));
        check("ab\rcd\r\re", 3, (2, 1, 1));
        check("ab\rcd\r\re", 7, (4, 1, 1));
        check("\u{e9}a", 1, (1, 1, 1)); // inside a letter
        check("\u{e9}a", 2, (1, 2, 2));
        check("\u{1f600}a", 4, (1, 2, 3));
        check("a\u{2028}b", 4, (1, 3, 3)); // no line end for an editor
        let long = "\u{1f600}\u{e9}a".repeat(9_000);
        check(&long, long.len(), (1, 27_001, 36_001));
        check(&format!("x\n{long}"), 2 + 7 * 4_000, (2, 12_001, 16_001));
    }

    #[test]
    fn a_line_comes_without_its_end() {
        #[track_caller]
        fn check(text: &str, line: usize, expected: Option<&str>) {
            let found = LineTable::new(text).span(text, line);
            assert_eq!(found.map(|span| &text[span.range()]), expected);
        }
        check("ab\ncd", 1, Some("ab"));
        check("ab\r\ncd", 1, Some("ab"));
        check("ab\rcd", 1, Some("ab"));
        check("ab\rcd", 2, Some("cd"));
        check("ab\n", 2, Some(""));
        check("ab\n", 3, None);
        check("ab\n", 0, None);
        check("", 1, Some(""));
    }
}
