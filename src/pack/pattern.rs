//! The pattern language: the `regex` crate's syntax with a few conveniences for people who write letters.
//!
//! * `<name>` stands for a word of the pack's vocabulary, `<Name>` (capital) for one that the engine brings.
//! * `decline~` stands for any form of the verb: declines, declined, declining.
//! * ` .. ` stands for up to [`SHORT_GAP`] words of the same sentence, ` ... ` for up to [`LONG_GAP`].
//! * `'` may be left out by the writer: `don't` also matches `dont`.
//!
//! A pattern matches whole words and ignores case. Gaps are steps of the engine and not bounded repeats, since those blow
//! automata up to megabytes.

use super::builtin::BUILTINS;
use super::inflect;
use super::words::Vocabulary;
use std::ops::Range;

/// How many words ` .. ` may stand for.
pub const SHORT_GAP: usize = 3;
/// How many words ` ... ` may stand for.
pub const LONG_GAP: usize = 8;

/// A pattern cut at its gaps, its vocabulary filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Steps {
    /// The pieces in the regex crate's syntax, at least one.
    pub pieces: Vec<String>,
    /// The most words that may stand between a piece and the next; one less than pieces.
    pub gaps: Vec<usize>,
}

/// Why a pattern cannot be used, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Bytes of the pattern.
    pub at: Range<usize>,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What is wrong with a pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaultKind {
    /// A `<name>` that the vocabulary does not have.
    #[error("unknown word `<{name}>`")]
    UnknownWord {
        /// The name.
        name: String,
        /// The one that was probably meant.
        meant: Option<String>,
    },
    /// A gap where there is nothing to be between, or inside parentheses.
    #[error("a gap must stand between two parts of a pattern, outside parentheses")]
    MisplacedGap,
    /// A gap inside a word of the vocabulary.
    #[error("a word of the vocabulary cannot hold a gap")]
    GapInWord,
    /// `~` that does not follow a verb.
    #[error("`~` must follow the base form of a verb")]
    NoVerb,
    /// The regex syntax is wrong.
    #[error("{0}")]
    Syntax(String),
    /// It would take too much memory to match.
    #[error("the pattern becomes too large: it or the words that it uses repeat too much")]
    TooLarge,
    /// It can match where nothing stands.
    #[error("the pattern can match an empty text, so it would be found everywhere")]
    MatchesNothing,
}

/// Cuts a pattern at its gaps and fills in the vocabulary.
pub fn steps(pattern: &str, words: &Vocabulary) -> Result<Steps, Fault> {
    let mut filler = Filler { pattern, words, at: 0, out: String::new(), origin: Vec::new(), depth: 0 };
    let (mut pieces, mut gaps) = (Vec::new(), Vec::new());
    while let Some(gap) = filler.fill_to_gap()? {
        pieces.push(filler.take_piece(gap.at.clone())?);
        gaps.push(gap.words);
    }
    let end = pattern.len();
    pieces.push(filler.take_piece(end.saturating_sub(1)..end)?);
    Ok(Steps { pieces, gaps })
}

/// Fills in the vocabulary of one entry of a vocabulary list.
pub fn fill_word(entry: &str, words: &Vocabulary) -> Result<String, Fault> {
    let filled = steps(entry, words)?;
    match <[String; 1]>::try_from(filled.pieces) {
        Ok([piece]) => Ok(piece),
        Err(_) => Err(Fault { at: 0..entry.len(), kind: FaultKind::GapInWord }),
    }
}

/// The names that a pattern uses between `<` and `>`, with their places.
pub fn used_words(pattern: &str) -> Vec<(Range<usize>, &str)> {
    let mut used = Vec::new();
    for (start, _) in pattern.match_indices('<') {
        if let Some(name) = word_at(pattern, start) {
            used.push((start..start + name.len() + 2, name));
        }
    }
    used
}

/// The name after the `<` at `start`, unless that opens a named group or is escaped.
fn word_at(pattern: &str, start: usize) -> Option<&str> {
    let before = &pattern[..start];
    if before.ends_with("(?") || before.ends_with("(?P") || before.ends_with('\\') {
        return None;
    }
    let name = pattern[start + 1..].split('>').next()?;
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (is_name && pattern[start + 1 + name.len()..].starts_with('>')).then_some(name)
}

struct Gap {
    at: Range<usize>,
    words: usize,
}

struct Filler<'a> {
    pattern: &'a str,
    words: &'a Vocabulary,
    at: usize,
    out: String,
    /// For each byte of `out` the byte of `pattern` that it comes from.
    origin: Vec<usize>,
    depth: usize,
}

impl Filler<'_> {
    /// Copies up to the next gap, which it returns, or to the end.
    fn fill_to_gap(&mut self) -> Result<Option<Gap>, Fault> {
        while let Some(c) = self.pattern[self.at..].chars().next() {
            if let Some(gap) = self.gap_here() {
                if self.depth > 0 {
                    return Err(Fault { at: gap.at, kind: FaultKind::MisplacedGap });
                }
                self.at = gap.at.end;
                return Ok(Some(gap));
            }
            self.fill_one(c)?;
        }
        Ok(None)
    }

    fn gap_here(&self) -> Option<Gap> {
        let rest = &self.pattern[self.at..];
        let (mark, words) = match () {
            () if rest.starts_with(" ... ") => (5, LONG_GAP),
            () if rest.starts_with(" .. ") => (4, SHORT_GAP),
            () => return None,
        };
        Some(Gap { at: self.at..self.at + mark, words })
    }

    fn fill_one(&mut self, c: char) -> Result<(), Fault> {
        match c {
            '\\' => {
                let escaped = self.pattern[self.at + 1..].chars().next().map_or(0, char::len_utf8);
                self.copy(1 + escaped);
            }
            '[' => self.copy(class_len(&self.pattern[self.at..])),
            '<' if let Some(name) = word_at(self.pattern, self.at) => self.fill_word(name)?,
            '~' => self.fill_forms()?,
            '\'' => self.put("'?", 1),
            _ => {
                match c {
                    '(' => self.depth += 1,
                    ')' => self.depth = self.depth.saturating_sub(1),
                    _ => {}
                }
                self.copy(c.len_utf8());
            }
        }
        Ok(())
    }

    fn fill_word(&mut self, name: &str) -> Result<(), Fault> {
        let builtin = BUILTINS.iter().find(|builtin| builtin.name == name).map(|builtin| builtin.pattern);
        match self.words.get(name).or(builtin) {
            Some(filled) => {
                let filled = filled.to_owned();
                self.put(&filled, name.len() + 2);
                Ok(())
            }
            None => {
                let meant = self.words.closest(name);
                let at = self.at..self.at + name.len() + 2;
                Err(Fault { at, kind: FaultKind::UnknownWord { name: name.to_owned(), meant } })
            }
        }
    }

    fn fill_forms(&mut self) -> Result<(), Fault> {
        let verb_start = self.out.rfind(|c: char| !c.is_ascii_alphabetic()).map_or(0, |before| before + 1);
        let verb = self.out.split_off(verb_start).to_ascii_lowercase();
        self.origin.truncate(verb_start);
        if verb.len() < 2 {
            return Err(Fault { at: self.at..self.at + 1, kind: FaultKind::NoVerb });
        }
        self.put(&format!("(?:{})", inflect::forms(&verb).join("|")), 1);
        Ok(())
    }

    fn copy(&mut self, len: usize) {
        let end = (self.at + len).min(self.pattern.len());
        self.origin.extend(self.at..end);
        self.out.push_str(&self.pattern[self.at..end]);
        self.at = end;
    }

    /// Puts `text` for the next `len` bytes of the pattern.
    fn put(&mut self, text: &str, len: usize) {
        self.origin.extend(std::iter::repeat_n(self.at, text.len()));
        self.out.push_str(text);
        self.at += len;
    }

    /// Ends a piece that is bordered by `border`, and makes sure that it can be matched.
    fn take_piece(&mut self, border: Range<usize>) -> Result<String, Fault> {
        let piece = std::mem::take(&mut self.out);
        let origin = std::mem::take(&mut self.origin);
        if piece.trim().is_empty() {
            return Err(Fault { at: border, kind: FaultKind::MisplacedGap });
        }
        check_syntax(&piece).map_err(|(range, kind)| {
            let place = |at: usize| origin.get(at).copied();
            let start = place(range.start).unwrap_or(border.start);
            let end = range.end.checked_sub(1).and_then(place).map_or(start + 1, |last| last + 1);
            Fault { at: start..end.max(start + 1), kind }
        })?;
        Ok(piece)
    }
}

/// The length of the character class that `rest` begins with; the whole rest when it is not closed.
fn class_len(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' if at > 1 => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn check_syntax(piece: &str) -> Result<(), (Range<usize>, FaultKind)> {
    use regex_syntax::Error;
    let parsed = regex_syntax::ParserBuilder::new().utf8(false).unicode(!piece.is_ascii()).build().parse(piece);
    match parsed {
        Ok(hir) if hir.properties().minimum_len().unwrap_or(1) == 0 => Err((0..piece.len(), FaultKind::MatchesNothing)),
        Ok(_) => Ok(()),
        Err(Error::Parse(error)) => {
            let span = error.span();
            Err((span.start.offset..span.end.offset, FaultKind::Syntax(error.kind().to_string())))
        }
        Err(Error::Translate(error)) => {
            let span = error.span();
            Err((span.start.offset..span.end.offset, FaultKind::Syntax(error.kind().to_string())))
        }
        Err(other) => Err((0..piece.len(), FaultKind::Syntax(other.to_string()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let yaml = "pay: [salary, wages]";
        let crate::yaml::Value::Map(entries) = crate::yaml::parse(yaml).unwrap().value else { panic!("a map") };
        crate::pack::words::read(&entries, &mut crate::pack::Mistakes::new(yaml))
    }

    #[test]
    fn conveniences_are_filled_in() {
        #[track_caller]
        fn check(pattern: &str, expected: &str) {
            let steps = steps(pattern, &vocabulary()).unwrap();
            let mut shown = steps.pieces[0].clone();
            for (gap, piece) in steps.gaps.iter().zip(&steps.pieces[1..]) {
                shown.push_str(&format!(" {{{gap}}} {piece}"));
            }
            assert_eq!(shown, expected);
        }
        check("more <pay>", "more (?:salary|wages)");
        check("must ... decline~", "must {8} (?:decline|declines|declined|declining)");
        check("a .. b ... c", "a {3} b {8} c");
        check("don't", "don'?t");
        check("[a'~<pay>]x", "[a'~<pay>]x");
        check(r"\<pay> \~", r"\<pay> \~");
        check("(?:turn~|send~) down", "(?:(?:turn|turns|turned|turning)|(?:send|sends|sent|sending)) down");
    }

    #[test]
    fn faults_are_found_at_their_place() {
        #[track_caller]
        fn check(pattern: &str, at: Range<usize>, message: &str) {
            let fault = steps(pattern, &vocabulary()).unwrap_err();
            assert_eq!((fault.at, fault.kind.to_string().as_str()), (at, message));
        }
        let gap = "a gap must stand between two parts of a pattern, outside parentheses";
        check("better <pya>", 7..12, "unknown word `<pya>`");
        check("more ... ", 8..9, gap);
        check("(?:a ... b)", 4..9, gap);
        check("<pay> (never closed", 6..7, "unclosed group");
        check("<pay> a{2,1}", 7..12, "invalid repetition count range, the start must be <= the end");
        check("no ~", 3..4, "`~` must follow the base form of a verb");
        check("a* ... b", 0..2, "the pattern can match an empty text, so it would be found everywhere");
    }
}
