//! The fixed words of which a regex needs at least one.

use regex_syntax::hir::{Hir, HirKind, literal::Extractor};

/// More alternatives than this would make the first pass slower than trying the regex.
const MOST: usize = 300;
/// Shorter ones are found everywhere.
const SHORTEST: usize = 2;

/// Literals, in lower case, such that every match of the regex holds at least one of them; `None` if there are no
/// useful ones.
pub fn needed(regex: &str) -> Option<Vec<Vec<u8>>> {
    let lower = lower_literals(regex);
    let hir = regex_syntax::ParserBuilder::new().utf8(false).unicode(!lower.is_ascii()).build().parse(&lower).ok()?;
    best(&hir)
}

/// How good a set is: the length of its shortest literal, then how few there are.
pub fn rank(literals: &[Vec<u8>]) -> (usize, std::cmp::Reverse<usize>) {
    let shortest = literals.iter().map(Vec::len).min().unwrap_or(0);
    (shortest.min(6), std::cmp::Reverse(literals.len()))
}

/// The same regex with its own letters in lower case, for text in lower case; escapes such as `\W` stay.
pub fn lower_literals(regex: &str) -> String {
    let mut escaped = false;
    regex
        .chars()
        .map(|c| {
            let keep = escaped;
            escaped = c == '\\' && !escaped;
            if keep { c } else { c.to_ascii_lowercase() }
        })
        .collect()
}

fn best(hir: &Hir) -> Option<Vec<Vec<u8>>> {
    let whole = extract(hir);
    let inner = match hir.kind() {
        HirKind::Concat(parts) => parts.iter().filter_map(best).max_by_key(|literals| rank(literals)),
        HirKind::Alternation(parts) => {
            let each: Option<Vec<_>> = parts.iter().map(best).collect();
            each.map(|sets| sets.into_iter().flatten().collect()).filter(|all: &Vec<_>| all.len() <= MOST)
        }
        HirKind::Repetition(repeat) if repeat.min > 0 => best(&repeat.sub),
        HirKind::Capture(capture) => best(&capture.sub),
        _ => None,
    };
    let mut literals = whole.into_iter().chain(inner).max_by_key(|literals| rank(literals))?;
    literals.sort_unstable();
    literals.dedup();
    Some(literals)
}

fn extract(hir: &Hir) -> Option<Vec<Vec<u8>>> {
    let mut extractor = Extractor::new();
    extractor.limit_total(MOST).limit_class(4).limit_repeat(2).limit_literal_len(24);
    let sequence = extractor.extract(hir);
    let literals = sequence.literals()?;
    let useful = !literals.is_empty() && literals.iter().all(|literal| literal.as_bytes().len() >= SHORTEST);
    useful.then(|| literals.iter().map(|literal| literal.as_bytes().to_vec()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rarest_fixed_words_are_chosen() {
        #[track_caller]
        fn check(regex: &str, expected: Option<&str>) {
            let found = needed(regex).map(|literals| {
                let words: Vec<String> =
                    literals.iter().map(|literal| String::from_utf8_lossy(literal).into_owned()).collect();
                words.join("|")
            });
            assert_eq!(found.as_deref(), expected);
        }
        check("decline", Some("decline"));
        check("Decline", Some("decline"));
        check("(?:salary|pay) elsewhere", Some(" elsewhere"));
        check("(?:salary|wages)", Some("salary|wages"));
        check(r"\w+ly", Some("ly"));
        check(r"\w+", None);
        check("a?b", None);
        check("(?:not|n't) (?:a|the) fit", Some("n't a fit|n't the fit|not a fit|not the fit"));
    }
}
