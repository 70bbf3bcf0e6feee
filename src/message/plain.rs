//! Text as patterns see it: straight quotes, single spaces, Latin letters without accents, no marks of emphasis.

use super::placeholder::Mark;
use crate::map::Map;
use crate::span::{Laid, Shown, Span};
use std::collections::HashMap;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// Writes passages of a view in their canonical form and notes where each byte comes from.
#[derive(Default)]
pub(super) struct Writer {
    /// What is written so far.
    pub text: String,
    /// The way back.
    pub map: Map<Laid, Shown>,
    /// White space that is written as one space before the next visible character, in bytes of the view.
    gap: Option<Range<usize>>,
    line_start: usize,
}

impl Writer {
    /// Writes a passage that begins at byte `base` of the view, with its marks: ranges that give way to a placeholder's
    /// meaning or to nothing, in order and apart from each other.
    ///
    /// Returns where each placeholder came to stand, in the order of the marks that are placeholders.
    pub fn passage(&mut self, passage: &str, base: usize, marks: &[Mark]) -> Vec<Span<Laid>> {
        let mut holes = Vec::new();
        let mut at = 0;
        for mark in marks {
            let range = mark.range();
            self.stretch(passage, at..range.start, base);
            if let Mark::Hole { meaning, .. } = mark {
                self.replace(&format!("{{{}}}", meaning.name()), base + range.start..base + range.end);
                holes.push(Span::new(self.text.len() - meaning.name().len() - 2, self.text.len()));
            }
            at = range.end;
        }
        self.stretch(passage, at..passage.len(), base);
        self.gap = None;
        holes
    }

    /// Begins a new line.
    pub fn end_line(&mut self) {
        self.gap = None;
        self.text.push('\n');
        self.line_start = self.text.len();
    }

    /// Writes a part of a passage that has no marks.
    fn stretch(&mut self, passage: &str, range: Range<usize>, base: usize) {
        let mut at = range.start;
        while at < range.end {
            let rest = &passage[at..range.end];
            let ordinary = rest.bytes().position(|byte| !byte.is_ascii_graphic() || byte == b'-').unwrap_or(rest.len());
            if ordinary > 0 {
                self.copy(&rest[..ordinary], base + at);
                at += ordinary;
                continue;
            }
            at += self.special(passage, at..range.end, base);
        }
    }

    /// Writes the character at the start of `range`, and says how many bytes of the passage that took.
    fn special(&mut self, passage: &str, range: Range<usize>, base: usize) -> usize {
        let rest = &passage[range.clone()];
        let Some(c) = rest.chars().next() else { return range.len() };
        let from = base + range.start;
        let len = c.len_utf8();
        if c == '-' {
            let dashes = rest.len() - rest.trim_start_matches('-').len();
            if dashes == 1 {
                self.copy("-", from);
            } else {
                self.dash(Dash::Long, passage, range.start..range.start + dashes, base);
            }
            return dashes;
        }
        if let Some(dash) = Dash::of(c) {
            self.dash(dash, passage, range.start..range.start + len, base);
            return len;
        }
        match form(c) {
            Form::Space => self.space(from..from + len),
            Form::Nothing => {}
            Form::Itself => self.copy(&rest[..len], from),
            Form::As(text) => self.replace(text, from..from + len),
            Form::Letters(letters) if self.follows_letter_mark(&letters, c) => self.copy(&rest[..len], from),
            Form::Letters(letters) => self.replace(&letters, from..from + len),
        }
        len
    }

    /// Whether a combining mark stands after a letter that keeps its marks.
    fn follows_letter_mark(&self, letters: &str, c: char) -> bool {
        letters.is_empty() && c != '\u{fffc}' && self.text.chars().next_back().is_some_and(|last| !last.is_ascii())
    }

    /// Writes a dash: as a hyphen within a range or a compound, else with a space on both sides.
    fn dash(&mut self, dash: Dash, passage: &str, range: Range<usize>, base: usize) {
        let before = if self.gap.is_some() || self.at_line_start() { None } else { self.text.chars().next_back() };
        let after = passage[range.end..].chars().next().filter(|c| !c.is_whitespace());
        let from = base + range.start..base + range.end;
        let within = match (before, after) {
            (Some(before), Some(after)) => dash == Dash::Short || (before.is_ascii_digit() && after.is_ascii_digit()),
            _ => false,
        };
        if within || dash == Dash::Hyphen {
            self.replace("-", from);
            return;
        }
        if self.gap.is_none() {
            self.gap = Some(from.start..from.start);
        }
        self.replace("-", from.clone());
        self.gap = Some(from.end..from.end);
    }

    fn at_line_start(&self) -> bool {
        self.text.len() == self.line_start
    }

    fn space(&mut self, from: Range<usize>) {
        match &mut self.gap {
            Some(gap) => gap.end = from.end,
            None => self.gap = Some(from),
        }
    }

    fn copy(&mut self, text: &str, from: usize) {
        self.close_gap();
        self.map.copy(self.text.len(), Span::new(from, from + text.len()));
        self.text.push_str(text);
    }

    fn replace(&mut self, text: &str, from: Range<usize>) {
        self.close_gap();
        let start = self.text.len();
        self.text.push_str(text);
        self.map.replace(Span::new(start, self.text.len()), Span::new(from.start, from.end));
    }

    fn close_gap(&mut self) {
        let Some(gap) = self.gap.take() else { return };
        if self.at_line_start() {
            return;
        }
        let made = self.text.len();
        self.text.push(' ');
        // One byte for one byte, be it a space or a line end: the copies on both sides stay in one piece.
        if gap.len() == 1 {
            self.map.copy(made, Span::new(gap.start, gap.end));
        } else {
            self.map.replace(Span::new(made, made + 1), Span::new(gap.start, gap.end));
        }
    }
}

/// A short text in its canonical form.
pub(super) fn plain(text: &str) -> String {
    let mut writer = Writer::default();
    writer.passage(text, 0, &[]);
    writer.text
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Dash {
    /// As long as a hyphen and used like one.
    Hyphen,
    /// An en dash: a range or a compound when no space is around it, else a break in the sentence.
    Short,
    /// An em dash, or the two hyphens of a typewriter: a break in the sentence.
    Long,
}

impl Dash {
    fn of(c: char) -> Option<Dash> {
        match c {
            '\u{2010}' | '\u{2011}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' => Some(Dash::Hyphen),
            '\u{2012}' | '\u{2013}' => Some(Dash::Short),
            '\u{2014}' | '\u{2015}' | '\u{2e3a}' | '\u{2e3b}' => Some(Dash::Long),
            _ => None,
        }
    }
}

/// What becomes of a character.
enum Form {
    Space,
    Nothing,
    Itself,
    As(&'static str),
    Letters(String),
}

fn form(c: char) -> Form {
    match c {
        _ if c.is_whitespace() => Form::Space,
        // Soft hyphen, zero-width characters, bidi marks, variation selectors and tags are seen by nobody.
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{e0000}'..='\u{e0fff}' => Form::Nothing,
        // Two braille and Hangul characters that look like nothing are used as spaces.
        '\u{2800}' | '\u{3164}' | '\u{115f}' | '\u{1160}' => Form::Space,
        _ if c.is_control() => Form::Nothing,
        '\u{2018}'..='\u{201b}'
        | '\u{2032}'
        | '\u{2035}'
        | '\u{2039}'
        | '\u{203a}'
        | '\u{2bc}'
        | '\u{2b9}'
        | '\u{b4}'
        | '\u{60}'
        | '\u{ff07}' => Form::As("'"),
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{2036}' | '\u{ab}' | '\u{bb}' | '\u{ff02}' => Form::As("\""),
        // A pattern for an amount then needs one sign only.
        '£' | '€' | '¥' | '¢' | '\u{20a0}'..='\u{20cf}' => Form::As("$"),
        '\u{2026}' => Form::As("..."),
        '\u{2024}' => Form::As("."),
        '\u{2025}' => Form::As(".."),
        'ß' => Form::As("ss"),
        'ẞ' => Form::As("SS"),
        'ø' => Form::As("o"),
        'Ø' => Form::As("O"),
        'ł' => Form::As("l"),
        'Ł' => Form::As("L"),
        'æ' => Form::As("ae"),
        'Æ' => Form::As("AE"),
        'œ' => Form::As("oe"),
        'Œ' => Form::As("OE"),
        'đ' | 'ð' => Form::As("d"),
        'Đ' | 'Ð' => Form::As("D"),
        'þ' => Form::As("th"),
        'Þ' => Form::As("Th"),
        'ı' => Form::As("i"),
        '\u{300}'..='\u{36f}' => Form::Letters(String::new()),
        '\u{ff01}'..='\u{ff5e}' => Form::Letters(c.nfkc().collect()),
        _ if c.is_ascii() || !c.is_alphabetic() => Form::Itself,
        _ => latin(c).map_or(Form::Itself, Form::Letters),
    }
}

/// The Latin letters that a letter with accents, a ligature or a letter of a fancy alphabet stands for.
fn latin(c: char) -> Option<String> {
    let letters: String = c.nfkd().filter(|part| !('\u{300}'..='\u{36f}').contains(part)).collect();
    (!letters.is_empty() && letters.bytes().all(|byte| byte.is_ascii_alphabetic())).then_some(letters)
}

/// The marks of emphasis in a passage, `*so*`, `_so_`, `**so**`, each as the range that it takes up.
///
/// A mark opens before a word and closes behind one; those of the same kind and length pair up.
pub(super) fn emphasis(passage: &str) -> Vec<Range<usize>> {
    let mut opened: HashMap<(u8, usize), usize> = HashMap::new();
    let mut marks = Vec::new();
    let bytes = passage.as_bytes();
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|byte| matches!(byte, b'*' | b'_')) {
        let start = at + found;
        let mark = bytes[start];
        let len = bytes[start..].iter().take_while(|&&byte| byte == mark).count();
        at = start + len;
        if len > 3 {
            continue;
        }
        let before = passage[..start].chars().next_back();
        let after = passage[at..].chars().next();
        let opens = !before.is_some_and(char::is_alphanumeric) && after.is_some_and(|c| !c.is_whitespace());
        let closes = !after.is_some_and(char::is_alphanumeric) && before.is_some_and(|c| !c.is_whitespace());
        match opened.get(&(mark, len)).copied() {
            Some(opening) if closes && opening + len < start => {
                opened.remove(&(mark, len));
                marks.push(opening..opening + len);
                marks.push(start..at);
            }
            _ if opens => {
                opened.insert((mark, len), start);
            }
            _ => {}
        }
    }
    marks.sort_by_key(|range| range.start);
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(plain(text), expected, "{text:?}");
    }

    #[test]
    fn text_is_laid_out_with_the_characters_of_a_typewriter() {
        check("I\u{2019}m \u{201c}sure\u{201d}", "I'm \"sure\"");
        check("wait\u{2026}", "wait...");
        check("so\u{2014}no", "so - no");
        check("so \u{2014} no", "so - no");
        check("so \u{2013} no", "so - no");
        check("so -- no", "so - no");
        check("so--no", "so - no");
        check("9\u{2013}5", "9-5");
        check("2020\u{2014}2024", "2020-2024");
        check("Monday\u{2013}Friday", "Monday-Friday");
        check("\u{2014} Ann", "- Ann");
        check("ends \u{2014}", "ends -");
        check("a\u{a0}\u{2009} b\n  c", "a b c");
        check("in\u{ad}ter\u{200b}est", "interest");
        check("résumé re\u{301}sume\u{301}", "resume resume");
        check("Größe Łódź smørrebrød æon", "Grosse Lodz smorrebrod aeon");
        check("ＨＥＬＬＯ！", "HELLO!");
        check("ﬁne 𝗧𝗵𝗮𝗻𝗸𝘀", "fine Thanks");
        check("Здравствуйте, й и\u{306}", "Здравствуйте, й и\u{306}");
        check("नमस्ते 你好。", "नमस्ते 你好。");
        check("sooo \u{7}good", "sooo good");
        check("£62k or €70k or ₹9 lakh", "$62k or $70k or $9 lakh");
        check("well-known", "well-known");
        check("  ", "");
        check("½ of 5²", "½ of 5²");
    }

    #[test]
    fn emphasis_is_what_stands_in_pairs_around_words() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            let mut left = String::new();
            let mut at = 0;
            for range in emphasis(text) {
                left.push_str(&text[at..range.start]);
                at = range.end;
            }
            left.push_str(&text[at..]);
            assert_eq!(left, expected, "{text:?}");
        }
        check("I *must* decline", "I must decline");
        check("I _must_ decline", "I must decline");
        check("**I must** decline.", "I must decline.");
        check("snake_case_name", "snake_case_name");
        check("2 * 3 * 4", "2 * 3 * 4");
        check("*really?* yes", "really? yes");
        check("so **", "so **");
        check("*I _must_ go*", "I must go");
        check("____", "____");
        check("5* hotel*", "5* hotel*");
    }

    #[test]
    fn the_way_back_is_exact() {
        let text = "a\u{2014}b\u{2019}s\u{a0}c";
        let mut writer = Writer::default();
        writer.passage(text, 10, &[]);
        assert_eq!(writer.text, "a - b's c");
        let back = |start, end| writer.map.back(Span::new(start, end)).range();
        assert_eq!(back(0, 1), 10..11);
        assert_eq!(back(2, 3), 11..14);
        assert_eq!(back(4, 7), 14..19);
        assert_eq!(back(0, 9), 10..10 + text.len());
    }
}
