//! Takes out of a string what a terminal or a log would obey instead of show.
//!
//! Letters come from strangers, and so do file names and packs. [`clean`] is for strings that stand alone;
//! [`clean_in_place`] keeps the length in bytes, for text that spans point into; [`is_unsafe`] is for a format that can
//! escape what it must not show.

use std::borrow::Cow;

/// What stands for a control character, so that the attempt is seen.
const REPLACEMENT: char = '\u{fffd}';

/// What is done about a character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Treatment {
    Keep,
    /// It only parts words.
    Space,
    /// A terminal would obey it: the reader should see that it was there.
    Replace,
    /// Nobody would see it anyway.
    Drop,
}

/// What CI services obey wherever it stands in a line of a log: Azure Pipelines and older runners of GitHub.
const COMMANDS: [&str; 2] = ["##[", "##vso["];
/// What they obey at the beginning of a line: GitHub, TeamCity. Long texts are wrapped, so any word may come to stand there.
const COMMANDS_OF_WORDS: [&str; 2] = ["::", "##teamcity["];

/// `text` as one line that is safe to print: line ends and tabs become spaces, control and bidi characters U+FFFD, as does
/// the first sign of a command to a CI service; what is invisible goes.
pub fn clean(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut cleaned = String::with_capacity(text.len());
    let mut chars = treated(text).peekable();
    while let Some((char, treatment)) = chars.next() {
        match treatment {
            Treatment::Keep => cleaned.push(char),
            Treatment::Space => {
                cleaned.push(' ');
                if char == '\r' {
                    chars.next_if(|(next, _)| *next == '\n');
                }
            }
            Treatment::Replace => cleaned.push(REPLACEMENT),
            Treatment::Drop => {}
        }
    }
    Cow::Owned(cleaned)
}

/// The same with as many bytes as `text` for each of its characters, so that byte spans stay right. What is invisible is
/// shown: it cannot go.
pub fn clean_in_place(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut cleaned = String::with_capacity(text.len());
    for (char, treatment) in treated(text) {
        match (treatment, char.len_utf8()) {
            (Treatment::Keep, _) => cleaned.push(char),
            (Treatment::Space, 1) => cleaned.push(' '),
            (_, 1) => cleaned.push('?'),
            (_, 2) => cleaned.push('\u{b7}'),
            (_, 3) => cleaned.push(REPLACEMENT),
            _ => cleaned.extend([REPLACEMENT, '?']),
        }
    }
    Cow::Owned(cleaned)
}

/// Whether a character must not reach a terminal as it is, whatever stands beside it.
pub fn is_unsafe(char: char) -> bool {
    treat(char, None) != Treatment::Keep
}

/// Whether there is nothing to do, as for nearly all strings.
fn is_plain(text: &str) -> bool {
    let is_ascii = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    let may_command = text.contains("::") || text.contains("##");
    is_ascii && !may_command || treated(text).all(|(_, how)| how == Treatment::Keep)
}

fn treated(text: &str) -> impl Iterator<Item = (char, Treatment)> {
    let (mut before, mut begins_word) = (None, true);
    text.char_indices().map(move |(at, char)| {
        let treatment = match char {
            ':' | '#' if is_command(&text[at..], begins_word) => Treatment::Replace,
            char => treat(char, before),
        };
        // Behind what goes nothing may lean on it.
        before = (treatment == Treatment::Keep).then_some(char);
        begins_word = match treatment {
            Treatment::Keep => char.is_whitespace(),
            Treatment::Space => true,
            Treatment::Replace => false,
            Treatment::Drop => begins_word,
        };
        (char, treatment)
    })
}

/// Whether `rest`, at the beginning of a word or not, begins with a command to a CI service.
pub fn is_command(rest: &str, begins_word: bool) -> bool {
    let begins = |command: &&str| rest.starts_with(*command);
    COMMANDS.iter().any(begins) || begins_word && COMMANDS_OF_WORDS.iter().any(begins)
}

/// What is done about `char` behind `before`, the character kept there.
fn treat(char: char, before: Option<char>) -> Treatment {
    match char {
        '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Treatment::Space,
        char if char.is_control() => Treatment::Replace,
        // Marks, embeddings, overrides and isolates of writing direction.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Treatment::Replace,
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' if is_varied(before) => Treatment::Keep,
        char if is_invisible(char) => Treatment::Drop,
        _ => Treatment::Keep,
    }
}

/// Whether a variation selector behind `before` chooses a form of it. Alone, or in a row, selectors carry hidden text.
fn is_varied(before: Option<char>) -> bool {
    before.is_some_and(|char| match char {
        '0'..='9' | '#' | '*' => true,
        char => !char.is_ascii() && !char.is_whitespace() && !is_selector(char),
    })
}

fn is_selector(char: char) -> bool {
    matches!(char, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{180b}'..='\u{180f}')
}

/// Characters without a glyph: zero-width ones, format characters, fillers, shorthand and musical controls, tags.
fn is_invisible(char: char) -> bool {
    is_selector(char)
        || matches!(char,
            '\u{ad}'
            | '\u{34f}'
            | '\u{600}'..='\u{605}'
            | '\u{6dd}'
            | '\u{70f}'
            | '\u{890}'..='\u{891}'
            | '\u{8e2}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{200b}'..='\u{200d}'
            | '\u{2060}'..='\u{2065}'
            | '\u{206a}'..='\u{206f}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{110bd}'
            | '\u{110cd}'
            | '\u{13430}'..='\u{1343f}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn case(text: &str, expected: &str) {
        assert_eq!(clean(text), expected);
    }

    #[test]
    fn leaves_honest_text_alone() {
        for text in
            ["Dear Ms Grey,", "Señora Ñuñez – “yes” … 漢字", "Здравствуйте", "👍🏽 ❤\u{fe0f} 1\u{fe0f}\u{20e3}", ""]
        {
            assert!(matches!(clean(text), Cow::Borrowed(same) if same == text), "{text:?}");
            assert!(matches!(clean_in_place(text), Cow::Borrowed(same) if same == text), "{text:?}");
        }
    }

    #[test]
    fn strips_osc52_clipboard_payload() {
        case("\u{1b}]52;c;cm0gLXJmIH4=\u{7}", "\u{fffd}]52;c;cm0gLXJmIH4=\u{fffd}");
    }

    #[test]
    fn strips_csi_in_both_forms() {
        case("\u{1b}[2Jgone", "\u{fffd}[2Jgone");
        case("\u{9b}2Jgone", "\u{fffd}2Jgone");
        case("a\u{8}\u{7f}b", "a\u{fffd}\u{fffd}b");
    }

    #[test]
    fn strips_hyperlinks_and_titles() {
        case("\u{1b}]8;;http://evil\u{1b}\\x", "\u{fffd}]8;;http://evil\u{fffd}\\x");
        case("\u{9d}0;title\u{9c}", "\u{fffd}0;title\u{fffd}");
    }

    #[test]
    fn strips_bidi_overrides() {
        case("pay\u{202e}000,1", "pay\u{fffd}000,1");
        case("\u{2066}a\u{2069}\u{200f}", "\u{fffd}a\u{fffd}\u{fffd}");
    }

    #[test]
    fn drops_zero_width_and_format_characters() {
        case("de\u{200b}cl\u{ad}ine\u{feff}\u{2060}", "decline");
        case("\u{e0001}\u{e0068}\u{e0069}", ""); // a text written in tags
    }

    #[test]
    fn drops_text_smuggled_in_variation_selectors() {
        case("😀\u{fe0f}\u{e0120}\u{e0121}", "😀\u{fe0f}");
        case("a\u{fe0f}", "a");
        case("\u{fe0f}", "");
    }

    #[test]
    fn a_field_stays_on_its_line() {
        case("a\nb\r\nc\rd\te", "a b c d e");
        case("a\u{2028}b\u{2029}c\u{85}d", "a b c d");
    }

    #[test]
    fn disarms_commands_to_ci_services() {
        case("::error::x", "\u{fffd}:error::x");
        case("a\n::add-mask::x", "a \u{fffd}:add-mask::x");
        case("a \u{200b}::x", "a \u{fffd}:x");
        case("a ##vso[task.x]", "a \u{fffd}#vso[task.x]");
        case("a##[group]", "a\u{fffd}#[group]");
        case("##teamcity[x]", "\u{fffd}#teamcity[x]");
        case("std::fmt, a: b, ## a", "std::fmt, a: b, ## a");
        assert_eq!(clean_in_place("a ##[x] ::x"), "a ?#[x] ?:x");
    }

    #[test]
    fn lengths_stay_where_spans_point_in() {
        assert_eq!(clean_in_place("\u{1b}a\tb\u{9b}c\u{202e}d\u{e0041}e"), "?a b\u{b7}c\u{fffd}d\u{fffd}?e");
    }

    proptest! {
        #[test]
        fn nothing_dangerous_is_left(text in "\\PC{0,20}[\\x00-\\x1f\u{7f}-\u{9f}\u{200b}-\u{202f}\u{fe00}-\u{fe0f}a]{0,20}") {
            let is_dangerous = |char: char| char.is_control() || ('\u{202a}'..='\u{202e}').contains(&char);
            for cleaned in [clean(&text), clean_in_place(&text)] {
                let left = cleaned.chars().any(is_dangerous);
                prop_assert!(!left, "{:?}", cleaned);
            }
            prop_assert_eq!(clean_in_place(&text).len(), text.len());
        }
    }
}
