//! Packs and configurations made to break the program. Each test is named after its attack.

use super::run::{RUDE, Run};

/// A pack with these lists of words, signals and rules.
fn pack(words: &str, signals: &str, rules: &str) -> String {
    let letters = "letters:\n  - {kind: k, title: a k, when: s0}\n";
    let advice = "advice:\n  - step: 1\n    title: t\n    text: t\n    rules:\n";
    format!("pack: p\ntitle: t\nlanguage: en\nwords:\n{words}signals:\n{signals}{letters}{advice}{rules}")
}

fn signal(number: usize, any: &str) -> String {
    format!("  s{number}: {{means: m, any: [{any}], says: [x], says-not: [y]}}\n")
}

fn rule(number: usize, forbid: &str) -> String {
    format!(
        "      - {{id: r{number}, for: k, forbid: {forbid}, level: note, message: m, help: h, good: [a], bad: [b]}}\n"
    )
}

/// A pack with one pattern.
fn pattern(pattern: &str) -> String {
    pack("  w: [b]\n", &signal(0, &format!("'{pattern}'")), &rule(0, "s0"))
}

fn run(yaml: &str) -> Run {
    Run::new(&["check", "--pack", "p.yaml", "--output-format", "concise", "letter.txt"])
        .file("p.yaml", yaml.as_bytes())
        .file("letter.txt", RUDE.as_bytes())
}

/// Asserts that a pack is refused, and that this is what is said first. Nothing that is said is longer than a few screens.
#[track_caller]
fn refused(yaml: &str, first: &str) {
    let (stdout, stderr, code) = run(yaml).output();
    assert_eq!((stdout.as_str(), stderr.lines().next(), code), ("", Some(first), 2));
    assert!(stderr.len() < 40_000, "{} bytes are said", stderr.len());
    assert!(stderr.ends_with("and try again\n"), "{stderr}");
}

/// Asserts that a pack is taken.
#[track_caller]
fn taken(yaml: &str) {
    let (_, stderr, code) = run(yaml).output();
    assert_eq!(stderr, "");
    assert!(code < 2);
}

#[test]
fn aliases_that_expand_a_billionfold() {
    let lists = (1..12).map(|at| format!("a{at}: &a{at} [{}]\n", vec![format!("*a{}", at - 1); 9].join(", ")));
    let bomb = format!("a0: &a0 [x, x, x, x, x, x, x, x, x]\n{}pack: p\n", lists.collect::<String>());
    refused(&bomb, "error[yaml]: anchors and aliases repeat too much (limit `yaml-aliases`)");
    let long = format!("pack: &a '{}'\ntitle: [{}]\n", "x".repeat(1_000_000), vec!["*a"; 1_000].join(", "));
    refused(&long, "error[yaml]: anchors and aliases repeat too much (limit `yaml-aliases`)");
}

#[test]
fn yaml_nested_too_deep() {
    let deep = "error[yaml]: lists and maps lie in one another more than 32 deep (limit `yaml-depth`)";
    refused(&format!("pack: {}", "[".repeat(100_000)), deep);
    refused(&"- ".repeat(100_000), deep);
    refused(&pattern("x").replace("['x']", &format!("[{}x{}]", "{any: [".repeat(500), "]}".repeat(500))), deep);
}

#[test]
fn several_documents_or_tags() {
    refused("pack: p\n---\npack: q\n", "error[yaml]: a second document begins here, and one file is one document");
    // A tag is no command: the text behind it is a text.
    taken(&pattern("cannot come").replace("title: t\n", "title: !include /etc/passwd\n"));
}

#[test]
fn words_that_expand_exponentially() {
    let double = |at: usize| format!("  w{at}: ['<w{0}> <w{0}>', '<w{0}>s']\n", at + 1);
    let words = |depth: usize| (0..depth).map(double).collect::<String>() + &format!("  w{depth}: [x, y]\n");
    taken(&pack(&words(38), &signal(0, "'<w0>'"), &rule(0, "s0")));
    refused(
        &pack(&words(60), &signal(0, "'<w0>'"), &rule(0, "s0")),
        "error[too-deep]: the words of `w1` use words that use words, too many times over (limit `word-depth`)",
    );
    let all = (0..60_000).map(|at| format!("a{at}b")).collect::<Vec<_>>().join(", ");
    refused(
        &pack(&format!("  w: [{all}]\n"), &signal(0, "'<w>'"), &rule(0, "s0")),
        "error[too-large]: the words of `w` are too many, or repeat too much (limit `list-size`)",
    );
}

#[test]
fn words_and_signals_in_a_circle() {
    refused(
        &pack("  a: ['<b>']\n  b: ['<a>']\n", &signal(0, "x"), &rule(0, "s0")),
        "error[circle]: these words use each other in a circle: a -> b -> a",
    );
    let circle = |at: usize| signal(at, &format!("{{signal: s{}}}", (at + 1) % 3_000));
    let names: Vec<String> = (0..12).map(|at| format!("s{at}")).collect();
    refused(
        &pack("  w: [b]\n", &(0..3_000).map(circle).collect::<String>(), &rule(0, "s0")),
        &format!("error[circle]: these signals need each other in a circle: {} -> ... -> s0", names.join(" -> ")),
    );
}

#[test]
fn signals_that_each_need_the_next() {
    let chain = |at: usize| signal(at, &format!("{{signal: s{}}}", at + 1));
    let signals = (0..3_000).map(chain).collect::<String>() + &signal(3_000, "cannot come");
    let (stdout, stderr, code) = run(&pack("  w: [b]\n", &signals, &rule(0, "s0"))).output();
    assert_eq!((stdout.as_str(), stderr.as_str(), code), ("letter.txt:3:3: note[r0] m\n", "", 0));
}

#[test]
fn a_pattern_that_would_compile_to_gigabytes() {
    let large = "error[bad-pattern]: the pattern becomes too large: it repeats too much (limit `pattern-size`)";
    for bomb in
        ["a{1000000000}", "a{4294967295}", "a{4294967295,}", "(?:(?:(?:a{99}){99}){99}){99}", "(?:a{1000}){1000}"]
    {
        refused(&pattern(bomb), large);
    }
    refused(&pattern(&format!("{}b", "a?".repeat(5_000))), large);
    let deep = "error[bad-pattern]: the parentheses of the pattern lie in one another too deep (limit `pattern-depth`)";
    refused(&pattern(&format!("{}a{}", "(".repeat(5_000), ")".repeat(5_000))), deep);
    let all: Vec<String> = (0..800).map(|at| format!("'(?:a{{5}}){{200}}b{at}'")).collect();
    refused(
        &pack("  w: [b]\n", &signal(0, &all.join(", ")), &rule(0, "s0")),
        "error[bad-pattern]: the patterns and words of this pack become too large (limit `pack-size`)",
    );
}

#[test]
fn a_pattern_that_breaks_inside_a_character() {
    let first = "error[bad-pattern]: repetition quantifier expects a valid decimal";
    refused(&pattern("a{\u{342} b"), first);
    refused(&pattern("a{1,\u{342} b"), first);
}

#[test]
fn a_pattern_that_backtracks_for_ever() {
    let letter = format!("Dear Ann,\n\nI cannot come {}.\n\nBo\n", "a".repeat(20_000));
    for slow in ["(?:a+)+b", "(?:a|a|aa)+b", "(?:a*)*b", ".*.*.*.*b"] {
        let signals = signal(0, "cannot come") + &signal(1, &format!("'{slow}'"));
        let yaml = pack("  w: [b]\n", &signals, &rule(0, "s0"));
        run(&yaml).file("letter.txt", letter.as_bytes()).stdout("letter.txt:3:3: note[r0] m\n").check();
    }
}

#[test]
fn mistakes_by_the_thousand() {
    let many = "error[too-many]: there are more than 100 mistakes (limit `mistakes`)";
    let says_many = |yaml: &str, first: &str| {
        refused(yaml, first);
        assert!(run(yaml).output().1.contains(many));
    };
    let keys: String = (0..3_000).map(|at| format!("k{at}: v\n")).collect();
    says_many(&keys, "error[unknown-key]: unknown key `k0`");
    let words: String = (0..3_000).map(|at| signal(at, &format!("'<w{at}>'"))).collect();
    says_many(&pack("  w: [b]\n", &words, &rule(0, "s0")), "error[bad-pattern]: unknown word `<w0>`");
    let signals: String = (0..3_000).map(|at| signal(at, &format!("{{signal: t{at}}}"))).collect();
    says_many(&pack("  w: [b]\n", &signals, &rule(0, "s0")), "error[unknown-name]: unknown signal `t0`");
    let rules: String = (0..3_000).map(|_| rule(0, "s0")).collect();
    says_many(&pack("  w: [b]\n", &signal(0, "x"), &rules), "error[duplicate]: rule `r0` is there twice");
}

#[test]
fn rules_by_the_ten_thousand() {
    let rules: String = (0..10_000).map(|at| rule(at, "s0")).collect();
    let (stdout, stderr, code) = run(&pack("  w: [b]\n", &signal(0, "cannot come"), &rules)).output();
    assert_eq!((stdout.lines().count(), stderr.as_str(), code), (10_000, "", 0));
}

#[test]
fn a_configuration_of_the_same_kinds() {
    #[track_caller]
    fn refused(yaml: &str, first: &str) {
        let run = Run::new(&["check", "--output-format", "concise", "letter.txt"])
            .file("demur.yaml", yaml.as_bytes())
            .file("letter.txt", RUDE.as_bytes());
        let (_, stderr, code) = run.output();
        assert_eq!((stderr.lines().next(), code), (Some(first), 2));
        assert!(stderr.len() < 40_000, "{} bytes are said", stderr.len());
    }
    let deep = "error[yaml]: lists and maps lie in one another more than 32 deep (limit `yaml-depth`)";
    refused(&format!("packs: {}", "[".repeat(100_000)), deep);
    let lists = (1..12).map(|at| format!("a{at}: &a{at} [{}]\n", vec![format!("*a{}", at - 1); 9].join(", ")));
    let bomb = format!("a0: &a0 [x, x, x, x, x, x, x, x, x]\n{}", lists.collect::<String>());
    refused(&bomb, "error[yaml]: anchors and aliases repeat too much (limit `yaml-aliases`)");
    let keys: String = (0..3_000).map(|at| format!("k{at}: v\n")).collect();
    refused(&keys, "error[unknown-key]: unknown key `k0`");
    let rules: String = (0..3_000).map(|at| format!("  r{at}: off\n")).collect();
    refused(&format!("packs: dinner.yaml\nrules:\n{rules}"), "error[unknown-name]: unknown rule `r0`");
}
