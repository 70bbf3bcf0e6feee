//! What pieces match: by a table, and against the `regex` crate on patterns and texts made at random.

use super::*;
use crate::pack::Pack;
use crate::plan::Plan;
use proptest::prelude::*;

const WORDS: &str = r#"words:
  pay: [salary, wages, "base (?:pay|salary)"]
  more: [more, "much more", higher]
  name: ["(?-i:[A-Z][a-z]+)"]
  w: [a, ab, "a b", "b(?:a|b)*", "(?:b |a)+"]
"#;

/// A plan for one pattern, and its pieces; `None` for a pattern that a pack cannot have.
fn plan(pattern: &str) -> Option<Plan> {
    let quoted = serde_json::to_string(pattern).unwrap();
    let signal = format!("signals:\n  s:\n    means: m\n    any: [{quoted}]\n    says: [x]\n");
    Pack::read(&format!("pack: p\ntitle: t\n{WORDS}{signal}")).ok().map(|pack| Plan::new(&pack))
}

fn matches(plan: &Plan, sentence: &str) -> Vec<Range<usize>> {
    let lower = sentence.to_ascii_lowercase();
    let mut found = Vec::new();
    Search::new(&plan.program, &lower, sentence).matches(0, 0..sentence.len(), |at| found.push(at));
    found
}

#[test]
fn pieces_match_whole_words() {
    #[track_caller]
    fn check(pattern: &str, sentence: &str, expected: &str) {
        let found = matches(&plan(pattern).unwrap(), sentence);
        let texts: Vec<&str> = found.into_iter().map(|at| &sentence[at]).collect();
        assert_eq!(texts.join("|"), expected);
    }
    // Words
    check("offer", "An offer, your OFFER, offers, reoffer", "offer|OFFER");
    check("[a-z]+ing", "Thing, sing; ringed", "Thing|sing");
    check(", but", "Yes, but no", ", but");
    check("no!", "no!no", "no!");
    // The first alternative counts, unless it cannot go on.
    check("(?:a|ab)(?: c)?", "ab c", "ab c");
    check("(?:a|a b|a b c)", "a b c", "a");
    check("a (?:b|b c) d", "a b c d", "a b c d");
    // Greedy and lazy
    check("a(?: a)*", "a a a", "a a a");
    check("a(?: a)*?", "a a a", "a|a|a");
    check("a(?: a){2}", "a a a a", "a a a");
    check("a(?: a){1,2}", "a a a a", "a a a");
    check(r"a\w* ", "ab abc ", "ab |abc ");
    // Apostrophes may be left out, unless they are escaped.
    check("don't", "don't dont don t", "don't|dont");
    check(r"don\'t", "don't dont", "don't");
    // Places
    check("^no", "no no", "no");
    check("no$", "no no", "no");
    check(r"no\b.", "no, now", "no,");
    // The vocabulary
    check("<more> <pay>", "Much more base salary than higher wages", "Much more base salary|higher wages");
    check("i <name>", "I Bo I bo", "I Bo");
    check("pay~ me", "paid me, pays me, payed me", "paid me|pays me");
    check("<Money>", "$ 5,000 a year and 300 dollars", "$ 5,000 a year|300 dollars");
    // Characters of several bytes are never cut.
    check("a .", "a — b", "");
    check("a [^ ]+ b", "a — b", "a — b");
    check("caf[é—]", "café caf—", "café|caf—");
}

/// The words of the vocabulary as the `regex` crate would have them.
const W: &str = "(?:a|ab|a b|b(?:a|b)*|(?:b |a)+)";

fn pattern() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "[ab ]{1,3}",
        Just("<w>".to_owned()),
        Just("[ab]".to_owned()),
        Just("[^a]".to_owned()),
        Just(r"\w".to_owned()),
        Just(r"\b".to_owned()),
        Just("^".to_owned()),
        Just("$".to_owned()),
        Just("(?-i:B)".to_owned()),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.concat()),
            prop::collection::vec(inner.clone(), 2..5).prop_map(|parts| format!("(?:{})", parts.join("|"))),
            (inner, prop::sample::select(&["?", "*", "+", "{2}", "{0,2}", "??", "*?", "+?"][..]))
                // What is repeated is never empty: there the two differ in which of several matches counts.
                .prop_map(|(of, times)| format!("(?:{of}[ab ]){times}")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn the_regex_crate_agrees(inside in pattern(), text in "[abBc ]{0,24}") {
        // Both ends are words, so that borders are asked for on both sides, as the regex does.
        let pattern = format!("[ab](?:{inside})[ab]");
        prop_assume!(!pattern.contains(" .. ") && !pattern.contains(" ... "));
        let plan = plan(&pattern).unwrap();
        let regex = format!(r"\b{{start-half}}(?:{})\b{{end-half}}", pattern.replace("<w>", W));
        let regex = regex::bytes::RegexBuilder::new(&regex).unicode(false).case_insensitive(true).build().unwrap();
        let expected: Vec<Range<usize>> = regex.find_iter(text.as_bytes()).map(|found| found.range()).collect();
        prop_assert_eq!(matches(&plan, &text), expected, "{} in {:?}", pattern, text);
    }
}

/// Patterns for which backtracking alone would take longer than anybody lives, and sentences without an end.
#[test]
fn hostile_patterns_and_sentences_take_no_time() {
    let words = "a ".repeat(100_000);
    let letters = "a".repeat(200_000);
    for pattern in
        ["(?:a|a)*b", "(?:a |a )*b", "(?:(?:a*)*)*b", "(?:a?){50}a{50}b", "<w>+c", "(?:<w>|<w> )+c", r"\w+ly"]
    {
        let plan = plan(pattern).unwrap();
        for sentence in [&words, &letters] {
            assert!(matches(&plan, sentence).is_empty(), "{pattern}");
        }
    }
}

#[test]
fn long_sentences_are_searched_to_their_end() {
    let sentence = format!("{}no way", "so ".repeat(5_000));
    assert_eq!(matches(&plan("no way$").unwrap(), &sentence).first(), Some(&(15_000..15_006)));
    assert_eq!(matches(&plan("^so").unwrap(), &sentence).first(), Some(&(0..2)));
}
