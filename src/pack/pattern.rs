//! The pattern language: the `regex` crate's syntax with a few conveniences for people who write letters.
//!
//! * `<name>` stands for a word of the pack's vocabulary, `<Name>` (capital) for one that the engine brings.
//! * `decline~` stands for any form of the verb: declines, declined, declining.
//! * ` .. ` stands for up to [`SHORT_GAP`] words of the same sentence, ` ... ` for up to [`LONG_GAP`].
//! * `'` may be left out by the writer: `don't` also matches `dont`.
//!
//! A pattern matches whole words and ignores case. Gaps are steps of the engine and not bounded repeats, and a word of the
//! vocabulary is a reference and never filled in: both would blow patterns up a hundredfold.

use super::syntax;
use super::tree::Tree;
use super::words::Vocabulary;
use super::{Pattern, inflect};
use std::ops::Range;

/// How many words ` .. ` may stand for.
pub const SHORT_GAP: usize = 3;
/// How many words ` ... ` may stand for.
pub const LONG_GAP: usize = 8;

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
    /// A part of the regex syntax that demur does not have.
    #[error("{0} cannot be used in a pattern")]
    Unsupported(&'static str),
    /// A character that stands for something else while patterns are read.
    #[error("a character for private use cannot be used in a pattern")]
    PrivateCharacter,
    /// It would take too much memory to match.
    #[error("the pattern becomes too large: it repeats too much (limit `pattern-size`)")]
    TooLarge,
    /// Its parentheses lie in one another too deep.
    #[error("the parentheses of the pattern lie in one another too deep (limit `pattern-depth`)")]
    TooDeep,
    /// All patterns together would take too much memory to match.
    #[error("the patterns and words of this pack become too large (limit `pack-size`)")]
    PackTooLarge,
    /// More lists than patterns can name.
    #[error("there are more lists of words and verbs than patterns can use (limit `word-lists`)")]
    TooManyLists,
    /// It can match where nothing stands.
    #[error("the pattern can match an empty text, so it would be found everywhere")]
    MatchesNothing,
}

/// Cuts a pattern at its gaps and parses its pieces, which the vocabulary keeps.
pub fn read(pattern: &str, words: &mut Vocabulary) -> Result<Pattern, Fault> {
    let (segments, gaps) = cut(pattern, words)?;
    let pieces: Result<Vec<_>, Fault> = segments
        .iter()
        .map(|segment| words.piece(&segment.text).map_err(|(at, kind)| Fault { at: segment.place(at), kind }))
        .collect();
    Ok(Pattern { pieces: pieces?, gaps })
}

/// Parses one entry of a vocabulary list.
pub fn read_word(entry: &str, words: &mut Vocabulary) -> Result<Tree, Fault> {
    let (segments, _) = cut(entry, words)?;
    match segments.as_slice() {
        [segment] => words.parse(&segment.text).map_err(|(at, kind)| Fault { at: segment.place(at), kind }),
        _ => Err(Fault { at: 0..entry.len(), kind: FaultKind::GapInWord }),
    }
}

/// The pieces of a pattern, the conveniences filled in, and the most words that may stand between each and the next.
fn cut(pattern: &str, words: &mut Vocabulary) -> Result<(Vec<Segment>, Vec<usize>), Fault> {
    if let Some((at, c)) = pattern.char_indices().find(|(_, c)| syntax::is_reserved(*c)) {
        return Err(Fault { at: at..at + c.len_utf8(), kind: FaultKind::PrivateCharacter });
    }
    let mut filler = Filler { pattern, words, at: 0, out: Segment::default(), depth: 0 };
    let (mut segments, mut gaps) = (Vec::new(), Vec::new());
    while let Some(gap) = filler.fill_to_gap()? {
        segments.push(filler.take_segment(gap.at.clone())?);
        gaps.push(gap.words);
    }
    let end = pattern.len();
    segments.push(filler.take_segment(end.saturating_sub(1)..end)?);
    Ok((segments, gaps))
}

/// A piece of a pattern in the regex crate's syntax, with characters that stand for the conveniences.
#[derive(Default)]
struct Segment {
    text: String,
    /// For each byte of `text` the byte of the pattern that it comes from.
    origin: Vec<usize>,
    /// What is shown when the whole is wrong and has no bytes: the gap behind it, or the end of the pattern.
    border: Range<usize>,
}

impl Segment {
    /// The bytes of the pattern that a part of the text comes from; never none, so that there is something to show.
    fn place(&self, part: Range<usize>) -> Range<usize> {
        let place = |at: usize| self.origin.get(at).copied();
        let start = place(part.start).unwrap_or(self.border.start);
        let end = part.end.checked_sub(1).and_then(place).map_or(start + 1, |last| last + 1);
        start..end.max(start + 1)
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
    words: &'a mut Vocabulary,
    at: usize,
    out: Segment,
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
            '\'' => self.put(syntax::APOSTROPHE, 1),
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
        let at = self.at..self.at + name.len() + 2;
        let Some(list) = self.words.find(name) else {
            let meant = self.words.closest(name);
            return Err(Fault { at, kind: FaultKind::UnknownWord { name: name.to_owned(), meant } });
        };
        let stand_in = syntax::stand_in(list).ok_or(Fault { at: at.clone(), kind: FaultKind::TooManyLists })?;
        self.put(stand_in, at.len());
        Ok(())
    }

    fn fill_forms(&mut self) -> Result<(), Fault> {
        let verb_start = self
            .out
            .text
            .rfind(|c: char| !c.is_ascii_alphabetic())
            .map_or(0, |before| before + self.out.text[before..].chars().next().map_or(0, char::len_utf8));
        let verb = self.out.text.split_off(verb_start).to_ascii_lowercase();
        self.out.origin.truncate(verb_start);
        let at = self.at..self.at + 1;
        if verb.len() < 2 {
            return Err(Fault { at, kind: FaultKind::NoVerb });
        }
        let list = self.words.forms(&verb, || inflect::forms(&verb));
        self.put(syntax::stand_in(list).ok_or(Fault { at, kind: FaultKind::TooManyLists })?, 1);
        Ok(())
    }

    fn copy(&mut self, len: usize) {
        let end = (self.at + len).min(self.pattern.len());
        self.out.origin.extend(self.at..end);
        self.out.text.push_str(&self.pattern[self.at..end]);
        self.at = end;
    }

    /// Puts a character for the next `len` bytes of the pattern.
    fn put(&mut self, c: char, len: usize) {
        self.out.origin.extend(std::iter::repeat_n(self.at, c.len_utf8()));
        self.out.text.push(c);
        self.at += len;
    }

    /// Ends a piece that is bordered by `border`.
    fn take_segment(&mut self, border: Range<usize>) -> Result<Segment, Fault> {
        let segment = Segment { border, ..std::mem::take(&mut self.out) };
        if segment.text.trim().is_empty() {
            return Err(Fault { at: segment.border, kind: FaultKind::MisplacedGap });
        }
        Ok(segment)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let yaml = "pay: [salary, wages]";
        let crate::yaml::Value::Map(entries) = crate::yaml::parse(yaml).unwrap().value else { panic!("a map") };
        crate::pack::words::read(&entries, &mut crate::pack::Mistakes::new(yaml))
    }

    /// A pattern with its words between `<` and `>`, their entries behind them, and `'?` for an apostrophe.
    fn filled(pattern: &str) -> String {
        let mut words = vocabulary();
        let (segments, gaps) = cut(pattern, &mut words).unwrap();
        let mut shown = String::new();
        for (at, segment) in segments.iter().enumerate() {
            if at > 0 {
                shown.push_str(&format!(" {{{}}} ", gaps[at - 1]));
            }
            for c in segment.text.chars() {
                let list = (0..words.lists.len()).find(|list| syntax::stand_in(*list) == Some(c));
                let entries = list.map(|list| {
                    words.lists[list].entries.iter().map(|entry| match entry {
                        Tree::Text(text) => String::from_utf8_lossy(text).into_owned(),
                        other => format!("{other:?}"),
                    })
                });
                match entries {
                    Some(entries) => shown.push_str(&format!("(?:{})", entries.collect::<Vec<_>>().join("|"))),
                    None if c == syntax::APOSTROPHE => shown.push_str("'?"),
                    None => shown.push(c),
                }
            }
        }
        shown
    }

    #[test]
    fn conveniences_are_filled_in() {
        #[track_caller]
        fn check(pattern: &str, expected: &str) {
            assert_eq!(filled(pattern), expected);
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
            let fault = read(pattern, &mut vocabulary()).unwrap_err();
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
