//! Every mistake in a configuration is shown at its place, all of them in one run.

use demur::config::{Known, Mistakes, check_names, read};
use demur::pack::Pack;
use proptest::prelude::*;

const PACK: &str = r#"pack: lunch
title: Turning down lunch
signals:
  refusal: {means: the writer does not come, any: [cannot come], says: [I cannot come to lunch.]}
letters:
  - {kind: decline, title: a refusal, when: refusal}
advice:
  - step: 1
    title: Be brief
    text: Nobody likes long letters.
    rules:
      - {id: brief, limit: {measure: words, at-most: 50}, level: note, message: is long, help: cut it,
         good: ["I cannot come."], bad: ["I cannot come."]}
      - {id: refuse, require: refusal, level: warning, message: does not say no, help: say no,
         good: ["I cannot come."], bad: ["I can come."]}
"#;

const FORMATS: [&str; 2] = ["human", "json"];

/// What is wrong with a configuration: `line:column "the words shown" rule: message (help)`, one a line.
fn mistakes(yaml: &str) -> String {
    let mut mistakes = Mistakes::default();
    let config = read(yaml, &mut mistakes);
    let pack = Pack::read(PACK).expect("a sound pack");
    check_names(&config, &Known { packs: Some(vec![&pack]), formats: &FORMATS }, &mut mistakes);
    let show = |mistake: &demur::diagnostic::Diagnostic| {
        let span = mistake.span();
        let before = &yaml[..span.start()];
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        let help = mistake.help.as_ref().map_or(String::new(), |help| format!(" ({help})"));
        let shown = yaml[span.range()].lines().next().unwrap_or_default();
        format!("{line}:{column} \"{shown}\" {}: {}{help}", mistake.rule, mistake.message)
    };
    mistakes.into_diagnostics().iter().map(show).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn check(yaml: &str, expected: &str) {
    assert_eq!(mistakes(yaml), expected);
}

#[test]
fn a_sound_configuration_has_none() {
    check("", "");
    check("# nothing yet\n", "");
    check("{}", "");
    check(
        "packs: [a, ./b.yaml]\nrules: {brief: off, refuse: error}\nlimits: {brief: 0}\nfail-on: never\ntemplate: true\n\
         kind: decline\nformat: markdown+jinja\nreceived-on: 2026-05-03\ninclude: ['*.letter']\nexclude: old/\noutput-format: json\n\
         extends: ../base.yaml\nroot: true\noverrides:\n- {files: a.txt, rules: {brief: note}, limits: {brief: 9}, \
         fail-on: note, template: false, kind: decline, received-on: 3 May 2026}\n",
        "",
    );
}

#[test]
fn what_is_no_configuration() {
    check("rules: [", "1:8 \"\" yaml: unclosed bracket '['");
    check("kind: a\nkind: b\n", "2:1 \"kind\" yaml: duplicate mapping key: kind");
    check("- packs\n", "1:1 \"\" wrong-shape: expected keys and values");
    check("no\n", "1:1 \"no\" wrong-shape: expected keys and values");
}

#[test]
fn unknown_keys_and_names_come_with_the_one_that_was_meant() {
    check(
        "rule: {}\n",
        "1:1 \"rule\" unknown-key: unknown key `rule` (did you mean `rules`? The keys here are `packs`, `rules`, `limits`, \
         `fail-on`, `template`, `kind`, `format`, `received-on`, `include`, `exclude`, `output-format`, `accepted`, `extends`, `root` and \
         `overrides`)",
    );
    check(
        "overrides: [{files: a, file: b}]\n",
        "1:24 \"file\" unknown-key: unknown key `file` (did you mean `files`? The keys here are `files`, `rules`, `limits`, \
         `fail-on`, `template`, `kind`, `format` and `received-on`)",
    );
    check("rules: {breif: off}\n", "1:9 \"breif\" unknown-name: unknown rule `breif` (did you mean `brief`?)");
    check(
        "rules: {thank: off}\n",
        "1:9 \"thank\" unknown-name: unknown rule `thank` (there are `brief`, `refuse`, `accepted-comment`, `accepted-expired`, `accepted-unused`)",
    );
    check("rules: {brief: of}\n", "1:16 \"of\" unknown-name: unknown level `of` (did you mean `off`?)");
    check(
        "rules: {brief: fatal}\n",
        "1:16 \"fatal\" unknown-name: unknown level `fatal` (there are `error`, `warning`, `note`, `off`)",
    );
    check("fail-on: warnings\n", "1:10 \"warnings\" unknown-name: unknown level `warnings` (did you mean `warning`?)");
    check("kind: declin\n", "1:7 \"declin\" unknown-name: unknown kind of letter `declin` (did you mean `decline`?)");
    check("output-format: jsn\n", "1:16 \"jsn\" unknown-name: unknown output format `jsn` (did you mean `json`?)");
    check("limits: {breif: 3}\n", "1:10 \"breif\" unknown-name: unknown rule `breif` (did you mean `brief`?)");
    check(
        "overrides: [{files: a, rules: {breif: off}, kind: declin}]\n",
        "1:32 \"breif\" unknown-name: unknown rule `breif` (did you mean `brief`?)\n\
         1:51 \"declin\" unknown-name: unknown kind of letter `declin` (did you mean `decline`?)",
    );
}

#[test]
fn values_of_another_shape() {
    check("packs: [a, b, a]\n", "1:15 \"a\" duplicate: pack `a` is there twice");
    check("format: markdwn\n", "1:9 \"markdwn\" unknown-name: unknown format `markdwn` (did you mean `markdown`?)");
    check("packs: []\n", "1:1 \"packs\" wrong-shape: expected the name or the path of a pack");
    check("packs: [[a]]\n", "1:9 \"[\" wrong-shape: expected the name or the path of a pack");
    check("rules: off\n", "1:1 \"rules\" wrong-shape: expected keys and values");
    check("rules: {brief: [off]}\n", "1:16 \"[\" wrong-shape: expected `error`, `warning`, `note` or `off`");
    check("template: yes\n", "1:11 \"yes\" wrong-shape: expected `true` or `false`");
    check("root: maybe\n", "1:7 \"maybe\" wrong-shape: expected `true` or `false`");
    check("limits: {brief: many}\n", "1:17 \"many\" wrong-shape: expected a whole number, 0 or more");
    check("limits: {brief: -1}\n", "1:17 \"-1\" wrong-shape: expected a whole number, 0 or more");
    check("limits: {brief: 1.5}\n", "1:17 \"1.5\" wrong-shape: expected a whole number, 0 or more");
    check(
        "limits: {brief: 99999999999999999999}\n",
        "1:17 \"99999999999999999999\" wrong-shape: expected a whole number, 0 or more",
    );
    check("received-on: soon\n", "1:14 \"soon\" wrong-shape: expected a day as year-month-day, e.g. `2026-05-03`");
    check("received-on: 3 May\n", "1:14 \"3 May\" wrong-shape: expected a day as year-month-day, e.g. `2026-05-03`");
    check("overrides: {files: a}\n", "1:1 \"overrides\" wrong-shape: expected a list");
    check("overrides: [a]\n", "1:13 \"a\" wrong-shape: expected keys and values");
    check("overrides: [{kind: decline}]\n", "1:14 \"kind\" missing-key: `files` is missing");
}

#[test]
fn a_limit_needs_a_rule_that_has_one() {
    check(
        "limits: {refuse: 3}\n",
        "1:10 \"refuse\" no-limit: rule `refuse` has no limit of its own to change (these have one: `brief`)",
    );
}

#[test]
fn globs_that_cannot_match() {
    check(
        "include: ['*.txt', '[a']\nexclude: ../old\n",
        "1:20 \"'[a'\" bad-glob: glob `[a` cannot be read: unclosed character class; missing ']' (write a glob as in \
         `.gitignore`, e.g. `drafts/*.md`)\n\
         2:10 \"../old\" dead-glob: glob `../old` can never match: globs are matched inside the folder of this file, and \
         `..` leaves it (put a configuration into the folder that is meant)",
    );
    check(
        "overrides: [{files: ['!a', a]}]\n",
        "1:22 \"'!a'\" dead-glob: glob `!a` can never match: it takes back what no glob before it matches (put it behind \
         the glob that it makes an exception to)",
    );
}

#[test]
fn all_mistakes_are_shown_in_the_order_of_the_file() {
    check(
        "kind: declin\nrules: {breif: offf, refuse: eror}\nfail-on: [note]\n",
        "1:7 \"declin\" unknown-name: unknown kind of letter `declin` (did you mean `decline`?)\n\
         2:9 \"breif\" unknown-name: unknown rule `breif` (did you mean `brief`?)\n\
         2:16 \"offf\" unknown-name: unknown level `offf` (did you mean `off`?)\n\
         2:30 \"eror\" unknown-name: unknown level `eror` (did you mean `error`?)\n\
         3:10 \"[\" wrong-shape: expected `note`, `warning`, `error` or `never`",
    );
}

proptest! {
    #[test]
    fn any_text_is_a_configuration_or_has_mistakes_in_it(
        pieces in proptest::collection::vec(
            prop_oneof![
                "(packs|rules|limits|include|exclude|overrides|files|kind|template|brief): ?",
                "[\\[\\]{}!#*&/.,'\"\n é-]{1,4}",
                "[a-z0-9]{1,3}",
            ],
            0..12,
        )
    ) {
        let yaml = pieces.concat();
        let mut mistakes = Mistakes::default();
        let config = read(&yaml, &mut mistakes);
        let known = Known { packs: Some(Vec::new()), formats: &FORMATS };
        check_names(&config, &known, &mut mistakes);
        for globs in config.include.iter().chain(&config.exclude).chain(config.overrides.iter().map(|o| &o.files)) {
            globs.matches(std::path::Path::new("a/b.txt"), false);
        }
        for mistake in mistakes.into_diagnostics() {
            prop_assert!(yaml.get(mistake.span().range()).is_some(), "{mistake:?}");
        }
    }
}
