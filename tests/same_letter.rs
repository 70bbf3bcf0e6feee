//! The same letter, laid out another way, says the same at the same places.

use demur::check::Advisor;
use demur::document::Letter;
use demur::source::Source;
use demur::view::Format;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static ADVISOR: LazyLock<Advisor> =
    LazyLock::new(|| Advisor::read(include_str!("../rules/decline-offer.yaml")).expect("the shipped pack is sound"));

/// Letters of this project, long and short, of each kind.
const LETTERS: &[&str] = &[
    include_str!("../fixtures/decline/all-advice-followed.txt"),
    include_str!("../fixtures/decline/better-pay-elsewhere.txt"),
    include_str!("../fixtures/decline/reasons-about-family.txt"),
    include_str!("../fixtures/decline/referral-without-consent.txt"),
    include_str!("../fixtures/decline/criticism-of-the-interviews.txt"),
    include_str!("../fixtures/negotiate/all-advice-followed.txt"),
    include_str!("../fixtures/negotiate/counter-offer-with-ultimatum.txt"),
    include_str!("../fixtures/other/resignation-after-ten-years.txt"),
];

/// What a letter says: each signal that is no mere cue with the words that say it, white space and quotes folded.
fn says(text: &str, format: Format) -> (Option<usize>, BTreeSet<(String, String)>) {
    let letter = Letter::read(Source::from_text("letter", text), format);
    let judgement = ADVISOR.judge(&letter.view, &letter.message, &Default::default());
    let signals = judgement.sightings.iter().filter(|sighting| !ADVISOR.pack.signals[sighting.signal].cue);
    let said = signals.map(|sighting| {
        let in_file = letter.message.back(&letter.view, sighting.span);
        let words: String = text[in_file.range()].chars().filter(|c| c.is_alphanumeric()).collect();
        (ADVISOR.pack.signals[sighting.signal].name.clone(), words)
    });
    (judgement.kind, said.collect())
}

/// Breaks the lines of each paragraph of the body anew, at `width` characters. What stands above the salutation and below
/// the closing keeps its lines.
fn rewrap(text: &str, width: usize) -> String {
    let paragraphs: Vec<&str> = text.split("\n\n").collect();
    let wrap = |paragraph: &&str| {
        let has_headers = ["To: ", "Subject: ", "Date: "].iter().any(|header| paragraph.contains(header));
        let is_prose = paragraph.len() > 90 && !has_headers && !paragraph.starts_with(['-', '*', '1']);
        if !is_prose {
            return (*paragraph).to_owned();
        }
        let one_line = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
        textwrap::fill(
            &one_line,
            textwrap::Options::new(width).break_words(false).word_splitter(textwrap::WordSplitter::NoHyphenation),
        )
    };
    paragraphs.iter().map(wrap).collect::<Vec<_>>().join("\n\n")
}

fn curly(text: &str) -> String {
    let mut open = false;
    let quote = |c: char| match c {
        '\'' => '\u{2019}',
        '"' => {
            open = !open;
            if open { '\u{201c}' } else { '\u{201d}' }
        }
        c => c,
    };
    text.chars().map(quote).collect()
}

fn double_spaced(text: &str) -> String {
    text.replace(". ", ".  ").replace("? ", "?  ")
}

/// Emphasis around a word of each sentence of the body.
fn emphasized(text: &str) -> String {
    text.replace(" offer ", " **offer** ").replace(" sorry ", " *sorry* ").replace(" salary ", " __salary__ ")
}

fn with_quoted_mail(text: &str) -> String {
    let below = "\n\nOn Mon, 4 May 2026 at 10:12, Ruth Adeyemi <ruth@example.com> wrote:\n> Dear Helen,\n> I am sorry that I \
                 must decline your request for a higher salary. Please call me.\n> Ruth\n";
    format!("{}{below}", text.trim_end())
}

fn with_disclaimer(text: &str) -> String {
    let below = "\n\nCONFIDENTIALITY NOTICE: This e-mail and any attachments are confidential. If you have received it in error, \
                 we apologize; please call us and delete it.\n";
    format!("{}{below}", text.trim_end())
}

proptest! {
    #[test]
    fn wherever_its_lines_break(letter in 0..LETTERS.len(), width in 40_usize..120) {
        prop_assert_eq!(says(&rewrap(LETTERS[letter], width), Format::Text), says(LETTERS[letter], Format::Text));
    }
}

#[track_caller]
fn check(change: impl Fn(&str) -> String, format: Format) {
    for letter in LETTERS {
        assert_eq!(says(&change(letter), format), says(letter, Format::Text), "{}", change(letter));
    }
}

#[test]
fn with_curly_quotes() {
    check(curly, Format::Text);
}

#[test]
fn with_any_line_ends() {
    check(|text| text.replace('\n', "\r\n"), Format::Text);
    check(|text| text.replace('\n', "\r"), Format::Text);
}

#[test]
fn with_two_spaces_after_a_full_stop() {
    check(double_spaced, Format::Text);
}

#[test]
fn with_emphasis() {
    check(emphasized, Format::Markdown);
    check(emphasized, Format::Text);
}

#[test]
fn with_a_quoted_mail_below() {
    check(with_quoted_mail, Format::Text);
}

#[test]
fn with_a_disclaimer_below() {
    check(with_disclaimer, Format::Text);
}

/// The signals, without the words: names differ.
fn signals(text: &str) -> (Option<usize>, BTreeSet<String>) {
    let (kind, said) = says(text, Format::Text);
    let content = said.into_iter().map(|(signal, _)| signal).filter(|signal| signal != "placeholder");
    (kind, content.collect())
}

#[test]
fn with_other_names_and_with_placeholders_for_them() {
    let letter = "Dear Ms. Adeyemi,\n\nThank you for offering me the position of planning analyst at Norwood Transit. I am sorry, but I \
                  have accepted an offer from Hillcrest Partners.\n\nMay I suggest my former colleague Daniel Osei? He has agreed \
                  that I give you his name.\n\nYours sincerely,\nHelen Marsh\n";
    let names = ["Adeyemi", "planning analyst", "Norwood Transit", "Hillcrest Partners", "Daniel Osei", "Helen Marsh"];
    let expected = signals(letter);
    assert!(expected.1.len() >= 7, "{expected:?}");
    #[track_caller]
    fn check(letter: &str, names: &[&str], others: &[&str], expected: &(Option<usize>, BTreeSet<String>)) {
        let renamed = names.iter().zip(others).fold(letter.to_owned(), |text, (name, other)| text.replace(name, other));
        assert_eq!(&signals(&renamed), expected, "{renamed}");
    }
    check(
        letter,
        &names,
        &["Wu", "ward sister", "St. Brendan's", "Kelly & Sons", "Aoife Ní Bhriain", "Xu Li"],
        &expected,
    );
    check(
        letter,
        &names,
        &["[Last Name]", "[Job Title]", "[Company]", "[Other Company]", "[Colleague's Name]", "[Your Name]"],
        &expected,
    );
    check(
        letter,
        &names,
        &["{{last_name}}", "{{role}}", "{{company}}", "{{other_company}}", "{{friend_name}}", "{{my_name}}"],
        &expected,
    );
    check(
        letter,
        &names,
        &["%NAME%", "%ROLE%", "%COMPANY%", "%OTHER_COMPANY%", "%REFERRAL_NAME%", "%FULLNAME%"],
        &expected,
    );
    check(
        letter,
        &names,
        &["<Name>", "<Job Title>", "<Company>", "<Other Company>", "<Referral Name>", "<Your Name>"],
        &expected,
    );
}
