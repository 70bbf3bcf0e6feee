//! What a signal's conditions find, and where.

use demur::check::Advisor;
use demur::document::Letter;
use demur::scan;
use demur::source::Source;
use demur::view::Format;

/// A letter of two paragraphs, in which most conditions below are looked for.
const LETTER: &str = "Subject: Your offer

Dear Ann,

I thank you. My colleague Bo would suit you. He has agreed to it. I must, with some regret, decline your kind offer.

The pay isn't enough. Call me.

Yours,
Cy Poe

P.S. Bo is free in May.
";

/// Reads `signal`, the YAML of a signal's conditions, and gives the words in which it is found, parted by ` | `.
fn found(signal: &str, letter: &str) -> String {
    let indented = signal.lines().map(|line| format!("    {line}\n")).collect::<String>();
    let yaml = format!(
        "pack: test\ntitle: a test\nwords:\n  person: [colleague, friend]\n  money: [pay, salary]\nsignals:\n  no:\n    means: \
         declines\n    any: [must ... decline]\n    says: [x]\n  it:\n    means: the signal\n    says: [x]\n{indented}letters:\n  - \
         {{kind: any, title: a letter, when: it}}\n"
    );
    let advisor = Advisor::read(&yaml).unwrap_or_else(|found| panic!("{found:#?}\n{yaml}"));
    let letter = Letter::read(Source::from_text("letter", letter), Format::Text);
    let sightings = scan::scan(&advisor.pack, &advisor.plan, &letter.message);
    let it = advisor.pack.find_signal("it").unwrap();
    let words =
        sightings.of(it).iter().map(|s| &letter.source.text()[letter.message.back(&letter.view, s.span).range()]);
    words.collect::<Vec<_>>().join(" | ")
}

#[track_caller]
fn check(signal: &str, expected: &str) {
    assert_eq!(found(signal, LETTER), expected, "{signal}");
}

#[test]
fn patterns_match_whole_words_and_ignore_case() {
    check("any: [THANK YOU]", "thank you");
    check("any: [all]", "");
    check("any: [col]", "");
    check("any: [\"isn't\"]", "isn't");
    check("any: [my <person>]", "My colleague");
    check("any: [decline~]", "decline");
    check("any: [\"<person> <Name>\"]", "colleague Bo");
    check("any: [\"^the\"]", "The");
    check("any: [\"enough\\\\.$\"]", "enough.");
    check("any: [\"offer\\\\.\"]", "offer.");
}

#[test]
fn gaps_stand_for_up_to_so_many_words_of_one_sentence() {
    check("any: [must ... decline]", "must, with some regret, decline");
    check("any: [must .. decline]", "must, with some regret, decline");
    check("any: [must .. offer]", "");
    check("any: [must ... offer]", "must, with some regret, decline your kind offer");
    check("any: [thank ... agreed]", "");
    check("any: [decline ... must]", "");
    check("any: [must .. regret .. offer]", "must, with some regret, decline your kind offer");
}

#[test]
fn conditions_combine_within_a_sentence() {
    check("any: [thank, call]", "thank | Call");
    check("all: [must, offer]", "must, with some regret, decline your kind offer");
    check("all: [thank, offer]", "");
    check("any:\n  - all: [bo]\n    none: [free]", "Bo");
    check("any: [bo]\nunless: [free]", "Bo");
    check("any: [bo, <money>]\nnone: [colleague]", "pay | Bo");
    check("any: [{signal: no}]", "must, with some regret, decline");
    check("all: [regret, {signal: no}]", "must, with some regret, decline");
}

#[test]
fn in_looks_at_other_sentences() {
    check("all: [agreed, {any: [colleague], in: before}]", "agreed");
    check("all: [agreed, {any: [thank], in: before}]", "");
    check("all: [agreed, {signal: no, in: after}]", "agreed");
    check("all: [colleague, {any: [agreed], in: nearby}]", "colleague");
    check("all: [thank, {any: [agreed], in: nearby}]", "");
    check("all: [thank, {any: [agreed], in: paragraph}]", "thank");
    check("all: [thank, {any: [pay], in: paragraph}]", "");
    check("all: [thank, {any: [pay], in: letter}]", "thank");
    check("all: [thank, {any: [offer], in: subject}]", "thank");
    check("all: [thank, {any: [ann], in: salutation}]", "thank");
    check("all: [thank]\nunless: [{any: [pay], in: letter}]", "");
}

#[test]
fn a_signal_is_looked_for_in_the_body_and_postscript_unless_it_says_otherwise() {
    check("any: [offer]", "offer");
    check("in: subject\nany: [offer]", "offer");
    check("in: [subject, body]\nany: [offer]", "offer | offer");
    check("any: [bo]", "Bo | Bo");
    check("in: postscript\nany: [bo]", "Bo");
    check("in: signature\nany: [poe]", "Poe");
    check("in: anywhere\nany: [ann, cy, yours]", "Ann | Yours | Cy");
    check("any: [ann]", "");
}

#[test]
fn quoted_mail_is_nobodys_words() {
    let letter = format!("{LETTER}\nOn 3 May 2026 Ann wrote:\n> My friend, the salary is small.\n");
    assert_eq!(found("any: [friend, salary]", &letter), "");
}

#[test]
fn words_are_weighed() {
    check("words: {100: [regret]}\nat-least: 20", "I must, with some regret, decline your kind offer.");
    check("words: {100: [regret]}\nat-least: 40", "");
    check("words: {50: [regret, kind offer]}\nat-least: 30", "I must, with some regret, decline your kind offer.");
    check("words: {100: [regret], -80: [kind]}\nat-least: 20", "");
    check("words: {100: [\"colle*\"]}\nin: body\nat-least: 20", "My colleague Bo would suit you.");
    check("words: {100: [bo]}\nin: postscript\nat-least: 20", "P.S. Bo is free in May.");
    check("words: {100: [bo]}\nunless: [would]\nat-least: 20", "P.S. Bo is free in May.");
}

#[test]
fn other_signals_are_weighed() {
    // The words of the heaviest other signal say it, unless those of the sentence suffice alone.
    check("weigh: {no: 30}\nwords: {5: [kind]}\nat-least: 30", "must, with some regret, decline");
    check("weigh: {no: 30}\nat-least: 31", "");
    check("weigh: {no: 10}\nwords: {100: [kind]}\nat-least: 20", "I must, with some regret, decline your kind offer.");
    check("weigh: {no: -90}\nwords: {100: [kind]}\nat-least: 20", "");
    check("weigh-letter: {no: 15}\nwords: {20: [call]}\nat-least: 20", "Call me.");
    check("weigh-letter: {no: 5}\nwords: {20: [call]}\nat-least: 20", "");
    check("weigh-letter: {no: -5}\nwords: {40: [call]}\nat-least: 20", "");
}
