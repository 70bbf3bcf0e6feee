//! Text as a browser sees it: words, the white space between them, and signs that are not seen.

use std::ops::Range;

/// What a piece of text is to its reader.
#[derive(Clone, Copy, PartialEq)]
pub enum Sort {
    /// White space.
    Space,
    /// Signs that are not seen: they part words where a line may end, or fill the room behind a preheader.
    Nothing,
    /// What is read.
    Words,
}

impl Sort {
    fn of(char: char) -> Sort {
        match char {
            '\0' | '\u{ad}' | '\u{34f}' | '\u{200b}' | '\u{200c}' | '\u{2060}' | '\u{feff}' => Sort::Nothing,
            _ if char.is_whitespace() => Sort::Space,
            _ => Sort::Words,
        }
    }
}

/// A piece of a text.
pub struct Piece {
    /// What it is.
    pub sort: Sort,
    /// Its bytes.
    pub range: Range<usize>,
}

/// Parts text into pieces of one sort.
pub struct Pieces<'t> {
    text: &'t str,
    at: usize,
}

impl Pieces<'_> {
    /// The pieces of a text, in order.
    pub fn of(text: &str) -> Pieces<'_> {
        Pieces { text, at: 0 }
    }
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let rest = self.text.get(self.at..)?;
        let sort = Sort::of(rest.chars().next()?);
        let len = rest.find(|char| Sort::of(char) != sort).unwrap_or(rest.len());
        let range = self.at..self.at + len;
        self.at = range.end;
        Some(Piece { sort, range })
    }
}
