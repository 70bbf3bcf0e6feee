//! The way back from a text that was made out of another one to the place it was made from.

use crate::span::Span;
use std::marker::PhantomData;

/// Ties each byte of a text `A` to the bytes of the text `B` that it was made from.
///
/// Built piece by piece, left to right. A piece is either copied (both sides have the same length and run in step) or
/// replaced (the whole of one side stands for the whole of the other).
#[derive(Debug, Clone)]
pub struct Map<A, B> {
    pieces: Vec<Piece>,
    texts: PhantomData<fn() -> (A, B)>,
}

#[derive(Debug, Clone, Copy)]
struct Piece {
    made: usize,
    from: usize,
    made_len: usize,
    from_len: usize,
    copied: bool,
}

impl Piece {
    /// What of the piece lies between two offsets of the made text, counted from the first one.
    fn cut(&self, start: usize, end: usize) -> Piece {
        let from = self.made.max(start);
        let to = (self.made + self.made_len).min(end).max(from);
        let cut = Piece { made: from - start, made_len: to - from, ..*self };
        if self.copied { Piece { from: self.from + (from - self.made), from_len: to - from, ..cut } } else { cut }
    }
}

impl<A, B> Default for Map<A, B> {
    fn default() -> Self {
        Map { pieces: Vec::new(), texts: PhantomData }
    }
}

impl<A, B> Map<A, B> {
    /// A map of a text onto itself, for a reader that changes nothing.
    pub fn identity(len: usize) -> Self {
        let mut map = Map::default();
        map.copy(0, Span::new(0, len));
        map
    }

    /// Notes that the bytes from `made` on are a copy of `from`. Pieces must be added in the order of `made`.
    pub fn copy(&mut self, made: usize, from: Span<B>) {
        if from.is_empty() {
            return;
        }
        if let Some(last) = self.pieces.last_mut()
            && last.copied
            && last.made + last.made_len == made
            && last.from + last.from_len == from.start()
        {
            last.made_len += from.len();
            last.from_len += from.len();
            return;
        }
        self.pieces.push(Piece { made, from: from.start(), made_len: from.len(), from_len: from.len(), copied: true });
    }

    /// Notes that `made` stands for `from`, whatever the lengths. Pieces must be added in the order of `made`.
    pub fn replace(&mut self, made: Span<A>, from: Span<B>) {
        let (made_len, from_len) = (made.len(), from.len());
        self.pieces.push(Piece { made: made.start(), from: from.start(), made_len, from_len, copied: false });
    }

    /// The place in `B` that `span` was made from. A span that touches a replaced piece takes in the whole of it;
    /// an empty span is the place before the byte that it stands before, or after the last byte.
    pub fn back(&self, span: Span<A>) -> Span<B> {
        if span.is_empty() {
            return Span::at(self.back_start(span.start()));
        }
        Span::new(self.back_start(span.start()), self.back_end(span.end()))
    }

    /// The map of a stretch of `A`, counted from its beginning.
    pub fn slice(&self, made: Span<A>) -> Map<A, B> {
        let first = self.pieces.partition_point(|piece| piece.made + piece.made_len <= made.start());
        let touching = self.pieces[first..].iter().take_while(|piece| piece.made < made.end());
        let pieces = touching.map(|piece| piece.cut(made.start(), made.end())).collect();
        Map { pieces, texts: PhantomData }
    }

    /// Adds the pieces of a map whose made text was put behind what is there, at `made`.
    pub fn append<C>(&mut self, made: usize, next: Map<C, B>) {
        for piece in next.pieces {
            let from = Span::new(piece.from, piece.from + piece.from_len);
            if piece.copied {
                self.copy(made + piece.made, from);
            } else {
                self.replace(Span::new(made + piece.made, made + piece.made + piece.made_len), from);
            }
        }
    }

    /// The way on through `B` to the text that `B` itself was made from.
    pub fn then<C>(&self, next: &Map<B, C>) -> Map<A, C> {
        let mut whole = Map::default();
        for piece in &self.pieces {
            let from = Span::new(piece.from, piece.from + piece.from_len);
            if piece.copied {
                whole.append(piece.made, next.slice(from));
            } else {
                whole.replace(Span::new(piece.made, piece.made + piece.made_len), next.back(from));
            }
        }
        whole
    }

    /// What was made from `span`; an empty place where nothing was. For a text that keeps the order of the other one.
    pub fn forward(&self, span: Span<B>) -> Span<A> {
        let first = self.pieces.partition_point(|piece| piece.from + piece.from_len <= span.start());
        let after = self.pieces.partition_point(|piece| piece.from < span.end());
        let end = self.pieces.last().map_or(0, |last| last.made + last.made_len);
        let start = match self.pieces.get(first) {
            Some(piece) if piece.copied => piece.made + span.start().saturating_sub(piece.from),
            Some(piece) => piece.made,
            None => end,
        };
        match after.checked_sub(1).filter(|&last| last >= first).and_then(|last| self.pieces.get(last)) {
            Some(piece) if piece.copied => Span::new(start, piece.made + (span.end() - piece.from).min(piece.made_len)),
            Some(piece) => Span::new(start, piece.made + piece.made_len),
            None => Span::at(start),
        }
    }

    fn back_start(&self, at: usize) -> usize {
        let after = self.pieces.partition_point(|piece| piece.made + piece.made_len <= at);
        match (self.pieces.get(after), self.pieces.last()) {
            (Some(piece), _) if piece.copied && piece.made <= at => piece.from + (at - piece.made),
            (Some(piece), _) => piece.from,
            (None, Some(last)) => last.from + last.from_len,
            (None, None) => 0,
        }
    }

    fn back_end(&self, at: usize) -> usize {
        let after = self.pieces.partition_point(|piece| piece.made < at);
        let Some(piece) = after.checked_sub(1).and_then(|last| self.pieces.get(last)) else { return 0 };
        if piece.copied { piece.from + (at - piece.made).min(piece.from_len) } else { piece.from + piece.from_len }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::{Decoded, Shown};
    use std::ops::Range;

    /// Of `**so** &amp; so`, shown as `so & so`.
    fn emphasis() -> Map<Shown, Decoded> {
        let mut map = Map::default();
        map.copy(0, Span::new(2, 4));
        map.copy(2, Span::new(6, 7));
        map.replace(Span::new(3, 4), Span::new(7, 12));
        map.copy(4, Span::new(12, 15));
        map
    }

    #[track_caller]
    fn check(map: &Map<Shown, Decoded>, shown: Range<usize>, expected: Range<usize>) {
        assert_eq!(map.back(Span::new(shown.start, shown.end)).range(), expected);
    }

    #[test]
    fn spans_come_back_to_where_they_were_made_from() {
        let map = emphasis();
        check(&map, 0..2, 2..4);
        check(&map, 0..3, 2..7);
        check(&map, 3..4, 7..12);
        check(&map, 0..7, 2..15);
        check(&map, 3..3, 7..7);
        check(&map, 7..7, 15..15);
        check(&map, 5..7, 13..15);

        let slice = map.slice(Span::new(1, 6));
        check(&slice, 0..1, 3..4);
        check(&slice, 2..3, 7..12);
        check(&slice, 0..5, 3..14);
        check(&slice, 5..5, 14..14);
    }

    #[test]
    fn two_maps_in_a_row_are_one() {
        // `{{ x }} and {# y #}*z*` without tags `{{x}} and *z*`, shown as `{{x}} and z`
        let mut bare: Map<Decoded, Decoded> = Map::default();
        bare.replace(Span::new(0, 5), Span::new(0, 7));
        bare.copy(5, Span::new(7, 12));
        bare.copy(10, Span::new(19, 22));
        let mut shown: Map<Shown, Decoded> = Map::default();
        shown.copy(0, Span::new(0, 10));
        shown.copy(10, Span::new(11, 12));
        shown.replace(Span::new(11, 12), Span::at(12));
        let both = shown.then(&bare);
        check(&both, 0..5, 0..7);
        check(&both, 2..3, 0..7);
        check(&both, 4..8, 0..10);
        check(&both, 10..11, 20..21);
        check(&both, 6..11, 8..21);
        check(&both, 11..12, 21..21);
        check(&Map::default().then(&bare), 0..0, 0..0);
    }

    #[test]
    fn what_was_made_from_a_span_is_found() {
        let map = emphasis();
        #[track_caller]
        fn check(map: &Map<Shown, Decoded>, from: Range<usize>, expected: Range<usize>) {
            assert_eq!(map.forward(Span::new(from.start, from.end)).range(), expected);
        }
        check(&map, 0..6, 0..2);
        check(&map, 3..6, 1..2);
        check(&map, 3..8, 1..4);
        check(&map, 9..14, 3..6);
        check(&map, 4..6, 2..2);
        check(&map, 15..20, 7..7);
        check(&Map::default(), 1..2, 0..0);
    }
}
