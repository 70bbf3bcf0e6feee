use super::*;
use crate::check::Advisor;
use crate::document::Document;
use crate::judge::Circumstances;
use std::cell::Cell;

/// A pack whose rules propose good edits and bad ones.
const PACK: &str = r#"
pack: dinner
title: Saying no to a dinner
language: en
signals:
  refusal:
    means: does not come
    any: [cannot come]
    says: [I cannot come.]
    says-not: [I come.]
  thanks:
    means: thanks
    any: [thank you]
    says: [Thank you.]
    says-not: [I come.]
  excuse:
    means: gives an excuse
    any: [the traffic]
    says: [It is the traffic.]
    says-not: [I come.]
  shout:
    means: shouts
    any: [never again]
    says: [Never again.]
    says-not: [I come.]
letters:
  - {kind: no, title: a no, when: refusal}
advice:
  - step: 1
    title: Be kind
    text: Kindness costs nothing.
    rules:
      - {id: thank, for: no, require: thanks, level: error, message: m, help: h, fix: safe, good: [a], bad: [b],
         insert: {before: refusal, text: Thank you for asking.}}
      - {id: no-excuse, for: no, forbid: excuse, level: error, message: m, help: h, good: [a], bad: [b], replace: ""}
      - {id: no-shout, for: no, forbid: shout, level: error, message: m, help: h, good: [a], bad: [b],
         replace: It is the traffic.}
      - {id: brief, for: no, limit: {measure: words, at-most: 20}, level: error, message: m, help: h, good: [a], bad: [b]}
"#;

fn judge(advisors: &[Advisor], file: RawFile) -> Result<Vec<Report>, OpenError> {
    let letters = Document::open(file, None)?.letters();
    Ok(letters.map(|letter| Report::new(letter, advisors, &[Circumstances::default()])).collect())
}

#[track_caller]
fn check(name: &str, text: &str, grade: Grade, expected: &str, rules: &[&str]) {
    let advisors = [Advisor::read(PACK).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"))];
    let rounds = Cell::new(0);
    let mend = |text: &str| {
        let file = RawFile { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
        mend(file, grade, |file| {
            rounds.set(rounds.get() + 1);
            judge(&advisors, file)
        })
        .expect("it can be read")
    };
    let mended = mend(text);
    assert_eq!(
        (String::from_utf8_lossy(&mended.bytes).as_ref(), mended.rules.as_slice()),
        (expected, owned(rules).as_slice())
    );
    let again = mend(expected);
    assert_eq!((again.bytes.as_slice(), again.rules.len()), (expected.as_bytes(), 0));
    assert!(rounds.get() < 20);
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn safe_fixes_are_applied_and_the_others_when_asked_for() {
    let text = "Dear Ann,\n\nI cannot come. It is the traffic. See you.\n\nBo\n";
    check(
        "a.txt",
        text,
        Grade::Safe,
        "Dear Ann,\n\nThank you for asking. I cannot come. It is the traffic. See you.\n\nBo\n",
        &["thank"],
    );
    check(
        "a.txt",
        text,
        Grade::Unsafe,
        "Dear Ann,\n\nThank you for asking. I cannot come. See you.\n\nBo\n",
        &["thank", "no-excuse"],
    );
}

#[test]
fn an_edit_that_brings_a_new_finding_is_not_kept() {
    let text = "Dear Ann,\n\nThank you. I cannot come. Never again.\n\nBo\n";
    check("a.txt", text, Grade::Unsafe, text, &[]);
}

#[test]
fn an_edit_that_makes_it_another_letter_is_not_kept() {
    let text = "Dear Ann,\n\nThank you. I cannot come for the traffic.\n\nBo\n";
    check("a.txt", text, Grade::Unsafe, text, &[]);
}

#[test]
fn what_lies_in_another_form_is_left_alone() {
    let mail = "MIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\nSSBjYW5ub3QgY29tZS4=\n";
    check("a.eml", mail, Grade::Unsafe, mail, &[]);
}

#[test]
fn what_was_refused_is_tried_again_in_the_mended_text() {
    // With thanks the letter is too long, until the excuse is gone.
    check(
        "a.txt",
        "Dear Ann,\n\nI cannot come to the dinner at your house in the town today. It is the traffic.\n\nBo\n",
        Grade::Unsafe,
        "Dear Ann,\n\nThank you for asking. I cannot come to the dinner at your house in the town today.\n\nBo\n",
        &["no-excuse", "thank"],
    );
}
