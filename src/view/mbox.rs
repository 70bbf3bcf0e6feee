//! Archives of mails, one behind the other (RFC 4155).

use std::ops::Range;

/// The bytes of each mail, without the line `From ...` before it. What stands before the first such line is a mail too, if
/// it is more than white space. A line `>From ` is left as it is.
pub fn mails(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let (mut start, mut at, mut is_after_gap) = (0, 0, true);
    while at < bytes.len() {
        let line = line_at(bytes, at);
        let text = bytes.get(at..line).unwrap_or_default().trim_ascii_end();
        if is_after_gap && is_separator(text, at == 0) {
            found.push(start..at);
            start = line;
        }
        is_after_gap = text.is_empty();
        at = line;
    }
    found.push(start..bytes.len());
    let begins_with_separator = is_separator(bytes.get(..line_at(bytes, 0)).unwrap_or_default(), true);
    // A separator with nothing behind it is a mail without a text; white space before the first one is none.
    found.retain(|range| {
        range.start > 0 && begins_with_separator
            || !bytes.get(range.clone()).unwrap_or_default().trim_ascii().is_empty()
    });
    found
}

/// Where the line that begins at `at` ends, behind its line end.
fn line_at(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |len| at + len + 1)
}

/// The longest line that may part two mails, in bytes: an address takes at most 320 of it.
const LONGEST: usize = 512;

/// Whether a line parts two mails: `From ann@a.example Mon May  4 10:12:00 2026`. A sentence may begin with `From ` too; it
/// has no clock and no year, but the first line of an archive needs none.
fn is_separator(line: &[u8], is_first: bool) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let has_clock = || {
        let digits = |at: &[u8]| matches!(at, [b'0'..=b'9', b':', b'0'..=b'9', b'0'..=b'9', ..]);
        rest.windows(4).any(digits)
    };
    let has_year = || {
        let mut words = rest.split(|byte| !byte.is_ascii_alphanumeric());
        words.any(|word| word.len() == 4 && word.iter().all(u8::is_ascii_digit))
    };
    is_first || (rest.len() <= LONGEST && has_clock() && has_year())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(archive: &str, expected: &[&str]) {
        let found: Vec<&str> = mails(archive.as_bytes()).into_iter().map(|range| &archive[range]).collect();
        assert_eq!(found, expected, "{archive:?}");
    }

    const FROM: &str = "From ann@a.example Mon May  4 10:12:00 2026\n";

    #[test]
    fn mails_are_parted_at_their_first_lines() {
        check("", &[]);
        check("\n \r\n", &[]);
        check(&format!("{FROM}A: b\n\nc\n\n{FROM}D: e\n\nf\n"), &["A: b\n\nc\n\n", "D: e\n\nf\n"]);
        let windows = format!("{FROM}A: b\n\nc\n\n{FROM}D: e\n").replace('\n', "\r\n");
        check(&windows, &["A: b\r\n\r\nc\r\n\r\n", "D: e\r\n"]);
        check("From - Sat Jan 01 00:00:00 2000\nA: b\n", &["A: b\n"]);
        check("From 17@xxx Mon Jan 01 00:00:00 +0000 2024\nA: b\n", &["A: b\n"]);
        check("From a@a.example Mon May  4\nA: b\n", &["A: b\n"]);
        check(FROM, &[""]);
        check(&format!("{FROM}\n{FROM}"), &["\n", ""]);
        check(&format!("\n{FROM}A: b\n"), &["A: b\n"]);
        check(&format!("A: b\n\nc\n\n{FROM}D: e\n"), &["A: b\n\nc\n\n", "D: e\n"]);
    }

    #[test]
    fn a_sentence_parts_nothing() {
        #[track_caller]
        fn one(body: &str) {
            check(&format!("{FROM}A: b\n\n{body}"), &[&format!("A: b\n\n{body}")]);
        }
        one("From now on I say no.\n");
        one(">From now on at 10:12 in 2026\n");
        one("Dear Ann,\nFrom ann@a.example Mon May  4 10:12:00 2026\n");
        one(&format!("From {} 10:12 2026\n", "a".repeat(600)));
    }

    proptest! {
        #[test]
        fn any_bytes_are_parted(pieces in prop::collection::vec(prop::sample::select(vec![
            FROM, "\n", "\r\n", "\r", "From ", "A: b\n", "10:12", " 2026", "\0", "\u{e9}",
        ]), 0..30)) {
            let archive = pieces.concat();
            let mut last = 0;
            for range in mails(archive.as_bytes()) {
                prop_assert!(last <= range.start && archive.get(range.clone()).is_some());
                last = range.end;
            }
        }
    }
}
