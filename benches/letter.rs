//! The way of one letter, step by step, with packs of 40, 400 and 4,000 rules: `cargo bench`.
//!
//! `docs/performance.md` holds the figures and says how they are taken.

use demur::check::{Advisor, Report};
use demur::document::Letter;
use demur::judge::{self, Circumstances};
use demur::pack::Pack;
use demur::plan::Plan;
use demur::report::{self, OutputFormat, Style};
use demur::scan;
use demur::source::Source;
use demur::view::Format;
use divan::{Bencher, black_box};
use std::fmt::Write;

fn main() {
    divan::main();
}

const RULES: &[usize] = &[40, 400, 4_000];

/// A letter of about 2 KB.
const LETTER: &str = include_str!("../fixtures/decline/all-advice-followed.txt");

/// Words that patterns are made of; some of them stand in the letter.
const WORDS: &[&str] = &[
    "apology",
    "time",
    "board",
    "contract",
    "employer",
    "decline",
    "garden",
    "holiday",
    "interview",
    "journey",
    "kindness",
    "letter",
    "manager",
    "position",
    "office",
    "panel",
    "question",
    "reason",
    "salary",
    "thanks",
    "university",
    "vacancy",
    "weather",
    "consent",
    "younger",
    "suited",
    "colleagues",
    "offer",
    "experience",
    "decision",
];

/// A word; one of sixteen is from the list, the others stand in no letter, as most words of a pack do.
fn word(seed: usize) -> String {
    let word = WORDS[seed * 7919 % WORDS.len()];
    if seed.is_multiple_of(16) { word.to_owned() } else { format!("{word}{seed}") }
}

/// A pack with so many rules, each with its own signal, vocabulary and three patterns.
fn pack(rules: usize) -> String {
    let (mut words, mut signals, mut advice) = (String::new(), String::new(), String::new());
    for n in 0..rules {
        let [a, b, c, d] = [0, 1, 2, 3].map(|k| word(n * 5 + k * (n / WORDS.len() + 1)));
        writeln!(words, "  w{n}: [{a}, {b} {n}, \"(?:very |most )?{c}\"]").unwrap();
        writeln!(
            signals,
            "  s{n}:\n    means: m\n    any: [<w{n}> ... {d} {n}, \"my {n} <w{n}>\", {{all: [<w{n}>, {a} x{n}]}}]"
        )
        .unwrap();
        writeln!(signals, "    says: [x]").unwrap();
        writeln!(advice, "      - {{id: r{n}, forbid: s{n}, level: note, message: m, help: h, good: [x], bad: [x]}}")
            .unwrap();
    }
    format!(
        "pack: p\ntitle: t\nwords:\n{words}signals:\n{signals}letters:\n  - {{kind: any, title: t, when: {{none: [s0]}}}}\n\
         advice:\n  - step: 1\n    title: t\n    text: t\n    rules:\n{advice}"
    )
}

fn letter() -> Letter {
    let text = LETTER.repeat(2_000_usize.div_ceil(LETTER.len()));
    Letter::read(Source::from_text("letter.txt", text), Format::Text)
}

#[divan::bench]
fn read_letter(bencher: Bencher) {
    bencher.bench(letter);
}

#[divan::bench(args = RULES)]
fn read_pack(bencher: Bencher, rules: usize) {
    let yaml = pack(rules);
    bencher.bench(|| Pack::read(black_box(&yaml)).unwrap());
}

#[divan::bench(args = RULES)]
fn plan_pack(bencher: Bencher, rules: usize) {
    let pack = Pack::read(&pack(rules)).unwrap();
    bencher.bench(|| Plan::new(black_box(&pack)));
}

#[divan::bench(args = RULES)]
fn scan_letter(bencher: Bencher, rules: usize) {
    let (advisor, letter) = (Advisor::read(&pack(rules)).unwrap(), letter());
    bencher.bench(|| scan::scan(&advisor.pack, &advisor.plan, black_box(&letter.message)));
}

#[divan::bench(args = RULES)]
fn judge_letter(bencher: Bencher, rules: usize) {
    let (advisor, letter) = (Advisor::read(&pack(rules)).unwrap(), letter());
    let sightings = scan::scan(&advisor.pack, &advisor.plan, &letter.message);
    let given = Circumstances::default();
    bencher.bench(|| judge::judge(&advisor.pack, &letter.view, &letter.message, black_box(sightings.clone()), &given));
}

#[divan::bench(args = RULES)]
fn report_letter(bencher: Bencher, rules: usize) {
    let advisors = [Advisor::read(&pack(rules)).unwrap()];
    let report = Report::new(letter(), &advisors, &[Circumstances::default()]);
    let style = Style { format: OutputFormat::Human, color: false, quiet: false, redact: false, width: Style::WIDTH };
    bencher.bench(|| report::render(black_box(&report), &advisors, &advisors, &style, false));
}

#[divan::bench(args = RULES)]
fn whole_letter(bencher: Bencher, rules: usize) {
    let advisor = Advisor::read(&pack(rules)).unwrap();
    bencher.bench(|| {
        let letter = letter();
        advisor.judge(&letter.view, &letter.message, &Circumstances::default())
    });
}

/// The pack that comes with the program, as it is for those who use the library.
#[divan::bench]
fn whole_letter_with_decline_offer(bencher: Bencher) {
    let advisor = Advisor::read(include_str!("../rules/decline-offer.yaml")).unwrap();
    bencher.bench(|| {
        let letter = letter();
        advisor.judge(&letter.view, &letter.message, &Circumstances::default())
    });
}

#[divan::bench]
fn scan_with_decline_offer(bencher: Bencher) {
    let (advisor, letter) = (Advisor::read(include_str!("../rules/decline-offer.yaml")).unwrap(), letter());
    bencher.bench(|| scan::scan(&advisor.pack, &advisor.plan, black_box(&letter.message)));
}
