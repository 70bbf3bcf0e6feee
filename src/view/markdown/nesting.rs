//! Guards the parser against letters made to make it hang.

/// How many quotes and lists may lie in one another. pulldown-cmark looks at all open ones for each line, so a file of
/// 16 MiB that opens thousands would take hours. People stop at ten.
const MAX_DEPTH: usize = 128;

/// Whether quotes and lists might lie in one another deeper than the parser can take.
pub fn is_too_deep(text: &str) -> bool {
    text.split(['\n', '\r']).any(|line| depth_at_most(line) > MAX_DEPTH)
}

/// No fewer than the quotes and lists that `line` opens or goes on with: it has a mark for each, or two columns of
/// indent.
fn depth_at_most(line: &str) -> usize {
    let (mut marks, mut columns) = (0, 0);
    let bytes = line.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let ends_mark = || bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace);
        match byte {
            b' ' => columns += 1,
            b'\t' => columns += 4,
            b'>' => marks += 1,
            b'-' | b'*' | b'+' | b'.' | b')' if ends_mark() => marks += 1,
            b'0'..=b'9' => {}
            _ => return marks + columns / 2,
        }
    }
    // An empty line opens nothing, and `* * *` is a rule across the page.
    if is_rule_or_empty(line) { 0 } else { marks + columns / 2 }
}

fn is_rule_or_empty(line: &str) -> bool {
    ['-', '*'].iter().any(|&mark| line.chars().all(|char| char == mark || char.is_ascii_whitespace()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_nobody_writes_is_too_deep() {
        #[track_caller]
        fn check(text: &str, expected: bool) {
            assert_eq!(is_too_deep(text), expected);
        }
        check("> > > Dear X,\n\n    1. a\n        - b\n", false);
        check(&"-".repeat(1000), false);
        check(&"* ".repeat(1000), false);
        check(&" ".repeat(1000), false);
        check(&"1.5 ".repeat(1000), false);
        check(&format!("{}centred", " ".repeat(100)), false);
        check(&">".repeat(129), true);
        check(&format!("a\r{}b", "1. ".repeat(129)), true);
        check(&format!("{}- b", " ".repeat(300)), true);
        check(&format!("{}- b", "\t".repeat(100)), true);
    }
}
