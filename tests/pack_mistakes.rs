//! Every mistake in a pack is shown at its place, all of them in one run.

use demur::check::Advisor;
use demur::pack::Pack;
use demur::proof;

/// A small pack without a mistake; each test changes a line of it.
const SOUND: &str = r#"pack: lunch
title: Turning down lunch
words:
  meal: [lunch, dinner]
  no: [cannot, "can't"]
signals:
  refusal:
    means: the writer does not come
    any: ["<no> ... come~", "no <meal>"]
    says: [I cannot come to lunch.]
  thanks:
    means: the writer says thank you
    any: [thank you, thanks]
    says: [Thank you for asking.]
letters:
  - {kind: decline, title: a refusal, when: refusal}
advice:
  - step: 1
    title: Be kind
    text: People like to be thanked.
    rules:
      - id: thank
        for: decline
        require: thanks
        level: warning
        message: does not thank anybody
        help: say thank you
        insert: {start-of: body, text: Thank you for asking.}
        good: ["Dear Ann,\n\nThank you, but I cannot come.\n\nBo"]
        bad: ["Dear Ann,\n\nI cannot come.\n\nBo"]
"#;

/// What is wrong with a pack: `line:column "the words shown" rule: message (help)`, one a line.
fn mistakes(yaml: &str) -> String {
    let found = match Pack::read(yaml) {
        Ok(pack) => proof::prove(&Advisor::new(pack), yaml).mistakes,
        Err(found) => found,
    };
    let show = |mistake: &demur::diagnostic::Diagnostic| {
        let span = mistake.span();
        let before = &yaml[..span.start()];
        let (line, column) =
            (before.matches('\n').count() + 1, before.len() - before.rfind('\n').map_or(0, |at| at + 1) + 1);
        let help = mistake.help.as_ref().map_or(String::new(), |help| format!(" ({help})"));
        let shown = yaml[span.range()].lines().next().unwrap_or_default();
        format!("{line}:{column} \"{shown}\" {}: {}{help}", mistake.rule, mistake.message)
    };
    found.iter().map(show).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn check(changes: &[(&str, &str)], expected: &str) {
    let mut yaml = SOUND.to_owned();
    for (from, to) in changes {
        assert!(yaml.contains(from), "`{from}` is not in the pack");
        yaml = yaml.replacen(from, to, 1);
    }
    assert_eq!(mistakes(&yaml), expected);
}

#[test]
fn a_sound_pack_has_none() {
    check(&[], "");
}

#[test]
fn yaml_that_cannot_be_read() {
    check(&[("words:", "words: [")], "5:3 \"\" yaml: while parsing a flow mapping, did not find expected ',' or '}'");
    check(&[("title: Turning", "pack: x\ntitle: Turning")], "2:1 \"pack\" yaml: duplicate mapping key: pack");
}

#[test]
fn unknown_names_come_with_the_one_that_was_meant() {
    check(
        &[("help: say", "halp: say")],
        "22:9 \"id\" missing-key: `help` is missing\n\
         27:9 \"halp\" unknown-key: unknown key `halp` (did you mean `help`? The keys here are `id`, `for`, `when`, `require`, \
         `forbid`, `limit`, `order`, `level`, `message`, `help`, `label`, `insert`, `replace`, `drafts-only`, `fix`, `good` and `bad`)",
    );
    check(
        &[("require: thanks", "require: thank")],
        "24:18 \"thank\" unknown-name: unknown signal `thank` (did you mean `thanks`?)",
    );
    check(&[("no <meal>", "no <mael>")], "9:33 \"<mael>\" bad-pattern: unknown word `<mael>` (did you mean `meal`?)");
    check(
        &[("for: decline", "for: declin")],
        "23:14 \"declin\" unknown-name: unknown kind of letter `declin` (did you mean `decline`?)",
    );
    check(
        &[("level: warning", "level: warn")],
        "25:16 \"warn\" unknown-name: unknown level `warn` (did you mean `warning`?)",
    );
    check(
        &[("start-of: body", "start-of: bdy")],
        "28:28 \"bdy\" unknown-name: unknown part of a letter `bdy` (did you mean `body`?)",
    );
}

#[test]
fn all_mistakes_are_shown_in_the_order_of_the_file() {
    check(
        &[("<no> ...", "<on> ..."), ("thanks]", "thanks (]"), ("when: refusal", "when: refusl")],
        "9:12 \"<on>\" bad-pattern: unknown word `<on>` (did you mean `no`?)\n\
         13:29 \"(\" bad-pattern: unclosed group\n\
         16:45 \"refusl\" unknown-name: unknown signal `refusl` (did you mean `refusal`?)",
    );
}

#[test]
fn circles() {
    check(
        &[("[lunch, dinner]", "[lunch, <snack>]\n  snack: [a <meal>]")],
        "5:13 \"<meal>\" circle: these words use each other in a circle: meal -> snack -> meal",
    );
    check(
        &[("any: [thank you, thanks]", "any: [{signal: refusal}]"), ("\"no <meal>\"", "{signal: thanks}")],
        "7:3 \"refusal\" circle: these signals need each other in a circle: refusal -> thanks -> refusal",
    );
}

#[test]
fn what_is_not_shown_by_an_example_or_contradicts_it() {
    check(
        &[("    says: [Thank you for asking.]\n", "")],
        "11:3 \"thanks\" no-examples: signal `thanks` has no examples under `says` (add sentences under `says`: what is not \
         shown by an example is not tested)",
    );
    check(
        &[("says: [Thank you for asking.]", "says: [Thank you for it., Ta.]\n    says-not: [No thanks.]")],
        "14:31 \"Ta.\" example-fails: `thanks` is not found in this example\n\
         15:16 \"No thanks.\" example-fails: `thanks` is found in this example",
    );
    check(
        &[("\"Dear Ann,\\n\\nI cannot come.", "\"Dear Ann,\\n\\nThanks, I cannot come.")],
        "30:15 \"\"Dear Ann,\\n\\nThanks, I cannot come.\\n\\nBo\"\" example-fails: `thank` is kept in this example, which is \
         taken for a refusal",
    );
}

#[test]
fn a_rule_that_can_never_speak_and_a_suggestion_that_breaks_a_rule() {
    check(
        &[
            ("any: [thank you, thanks]", "for: accept\n    any: [thank you, thanks]"),
            ("letters:", "letters:\n  - {kind: accept, title: a yes, when: {all: [thanks], none: [refusal]}}"),
        ],
        "24:13 \"thank\" never-speaks: rule `thank` can never speak: `thanks` is never said in the letters that it is for\n\
         31:16 \"\"Dear Ann,\\n\\nThank you, but I cannot come.\\n\\nBo\"\" example-fails: `thank` is broken in this example, which \
         is taken for a refusal",
    );
    check(
        &[
            ("require: thanks", "forbid: thanks"),
            ("Thank you, but I", "I"),
            ("\\n\\nI cannot come.\\n\\nBo\"]\n", "\\n\\nI cannot come.\\n\\nBo\"]\n"),
            ("bad: [\"Dear Ann,\\n\\nI", "bad: [\"Dear Ann,\\n\\nThank you, I"),
        ],
        "22:13 \"thank\" bad-suggestion: the suggestion of `thank` breaks `thank`",
    );
}

#[test]
fn patterns_that_match_nothing_or_are_slow() {
    check(
        &[("thank you, thanks", "(?:thank you)?, thanks")],
        "13:11 \"(?:thank you)?\" bad-pattern: the pattern can match an empty text, so it would be found everywhere",
    );
    check(
        &[("thank you, thanks", "thank you, \"\\\\w+ \\\\w\"")],
        "13:22 \"\"\\\\w+ \\\\w\"\" slow-pattern: this pattern has no fixed word of two letters or more, so it is tried on every \
         sentence (name at least one word that must be there)",
    );
}

#[test]
fn words_that_use_words_without_end() {
    let lists: String = (1..60).map(|n| format!("\n  l{n}: [\"<l{}> x\"]", n - 1)).collect();
    check(
        &[("words:", &format!("words:\n  l0: [a]{lists}"))],
        "44:3 \"l40\" too-deep: the words of `l40` use words that use words, too many times over (limit `word-depth`)",
    );
}

#[test]
fn parts_of_the_syntax_that_demur_does_not_have() {
    check(
        &[("thank you, thanks", "'thank \\p{L}', '\\x{f0001}'")],
        "13:18 \"\\p{L}\" bad-pattern: a class of characters beyond ASCII cannot be used in a pattern\n\
         13:27 \"\\x{f0001}\" bad-pattern: a character for private use cannot be used in a pattern",
    );
}

#[test]
fn weights() {
    let thanks = "    any: [thank you, thanks]";
    let no_phrase = "write one to three words, or the first 4 to 8 letters of a word and `*`";
    check(
        &[(thanks, "    words: {90: [thank you], x: [a], 5: [one two three four, abc*]}")],
        &format!(
            "13:30 \"x\" wrong-shape: expected a whole number\n\
             13:42 \"one two three four\" no-phrase: `one two three four` is no phrase to weigh; {no_phrase}\n\
             13:62 \"abc*\" no-phrase: `abc*` is no phrase to weigh; {no_phrase}"
        ),
    );
    check(
        &[(thanks, "    weigh: {refusl: 3, refusal: much}\n    words: {9: thank you}")],
        "13:13 \"refusl\" unknown-name: unknown signal `refusl` (did you mean `refusal`?)\n\
         13:33 \"much\" wrong-shape: expected a whole number",
    );
    check(
        &[(thanks, "    any: [thank you]\n    words: {9: thank you}")],
        "11:3 \"thanks\" one-of: exactly one of `any`, `all` and `weigh` must be given",
    );
    check(&[(thanks, "    at-least: 3")], "11:3 \"thanks\" missing-key: `words` is missing");
    let circle = "11:3 \"thanks\" circle: these signals need each other in a circle: thanks -> thanks";
    check(&[(thanks, "    weigh: {thanks: 3}")], circle);
    check(&[(thanks, "    weigh-letter: {thanks: 3}\n    words: {9: thank you}")], circle);
    check(&[(thanks, "    words: {100: [thank you, 'than*']}\n    at-least: 45")], "");
}
