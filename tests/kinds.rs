//! What kind a letter is of, by the weights of what it says.

use demur::check::Advisor;
use demur::document::Letter;
use demur::judge::Circumstances;
use demur::source::Source;
use demur::view::Format;

const PACK: &str = "
pack: club
title: A club
signals:
  yes: {means: the writer comes, any: [gladly], says: [Gladly.], says-not: [No.]}
  no: {means: the writer stays away, any: [sadly], says: [Sadly not.], says-not: [Yes.]}
letters:
  - {kind: decline, title: a no, weigh: {'no': 4, 'yes': -3}, at-least: 6}
  - {kind: accept, title: a yes, weigh: {'yes': 6}, at-least: 5}
";

#[track_caller]
fn check(body: &str, expected: Option<&str>) {
    let advisor = Advisor::read(PACK).expect("a sound pack");
    let letter = Letter::read(Source::from_text("letter", format!("Dear Ann,\n\n{body}\n\nBo\n")), Format::Text);
    let kind = advisor.judge(&letter.view, &letter.message, &Default::default()).kind;
    assert_eq!(kind.and_then(|kind| advisor.pack.kinds.get(kind)).map(|kind| kind.name.as_str()), expected, "{body}");
}

#[test]
fn a_signal_weighs_more_the_more_sentences_say_it() {
    check("We meet at noon.", None);
    check("Sadly I stay here.", None);
    check("Sadly I stay here. Sadly it rains.", Some("decline"));
    check("Sadly, and once more sadly, I stay here.", None);
    check("Gladly.", Some("accept"));
    check("Gladly. Sadly it rains. Sadly it rains. Sadly it rains.", Some("accept"));
    check("Gladly. Sadly it rains.", Some("accept"));
}

#[test]
fn more_than_three_sentences_add_nothing() {
    check("Sadly it rains. Sadly it rains. Sadly it rains. Gladly.", Some("accept"));
    check("Sadly it rains. Sadly it rains. Sadly it rains. Sadly it rains. Sadly it rains. Gladly.", Some("accept"));
}

/// Checks whether a text of so many words is looked at, where nobody says what kind of letter it is and where somebody does.
#[track_caller]
fn check_length(words: usize, expected: (usize, usize)) {
    let short = PACK
        .replace("at-least: 6}", "at-least: 6, at-most-words: 20}")
        .replace("at-least: 5}", "at-least: 5, at-most-words: 30}");
    let advisor = Advisor::read(&short).expect("a sound pack");
    let text = format!("Dear Ann,\n\n{}\n\nBo\n", "Gladly. ".repeat(words));
    let letter = Letter::read(Source::from_text("letter", text), Format::Text);
    let found = |kind| {
        let given = Circumstances { kind, ..Circumstances::default() };
        advisor.judge(&letter.view, &letter.message, &given).sightings.iter().count()
    };
    assert_eq!((found(None), found(Some(1))), expected);
}

#[test]
fn a_book_is_looked_at_only_where_it_is_said_to_be_a_letter() {
    check_length(300, (300, 300));
    check_length(301, (0, 301));
}
