//! The numbers that a letter has.

use super::verdict::Letter;
use crate::message::{Date, Message, Part};
use crate::pack::{Measure, SignalId};
use crate::scan::Sighting;
use std::collections::BTreeMap;

impl Letter<'_> {
    /// The number, if the letter has it: days need two dates.
    pub(super) fn measure(&self, measure: Measure) -> Option<i64> {
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        match measure {
            Measure::Count(signal) => Some(count(self.counted(signal).len())),
            Measure::Words => Some(count(words(self.message))),
            Measure::Recipients => Some(count(self.message.envelope().recipients.len())),
            Measure::Days(signal) => self.days(signal),
        }
    }

    /// The sightings of a signal that count. Of alternatives only one is sent, so of each choice only those of one
    /// alternative count: the first of those that say it the most often.
    pub(super) fn counted(&self, signal: SignalId) -> Vec<&Sighting> {
        let sightings = self.sightings.of(signal);
        let mut by_choice: BTreeMap<usize, BTreeMap<usize, usize>> = BTreeMap::new();
        let alternative = |sighting: &Sighting| {
            let found = self.message.alternative(sighting.span)?;
            Some((found.choice, found.span.start()))
        };
        for (choice, at) in sightings.iter().filter_map(alternative) {
            *by_choice.entry(choice).or_default().entry(at).or_default() += 1;
        }
        let first_of_most =
            |counts: &BTreeMap<usize, usize>| counts.iter().rev().max_by_key(|(_, count)| **count).map(|(at, _)| *at);
        let sent: BTreeMap<usize, Option<usize>> =
            by_choice.iter().map(|(choice, counts)| (*choice, first_of_most(counts))).collect();
        let counts = |sighting: &&Sighting| {
            alternative(sighting).is_none_or(|(choice, at)| sent.get(&choice) == Some(&Some(at)))
        };
        sightings.iter().filter(counts).collect()
    }

    /// Days from the message that is answered to the letter. The surest source of either date comes first: the caller,
    /// then the words of the letter, then the mail quoted below.
    fn days(&self, signal: SignalId) -> Option<i64> {
        let envelope = self.message.envelope();
        let answered = self.circumstances.received_on.or_else(|| self.dated(signal)).or(envelope.quoted_date)?;
        let letter = envelope.date.or(self.circumstances.today)?;
        answered.days_until(letter)
    }

    fn dated(&self, signal: SignalId) -> Option<Date> {
        let mut sightings = self.sightings.of(signal).iter();
        sightings.find_map(|sighting| Date::find(&self.message.text()[sighting.span.range()])).map(|(_, date)| date)
    }
}

/// The words of a letter's body and postscript.
pub(super) fn words(message: &Message) -> usize {
    let body = message.sentences().iter().filter(|s| matches!(s.part, Part::Body | Part::Postscript));
    body.map(|sentence| message.sentence_text(sentence).split_whitespace().count()).sum()
}

#[cfg(test)]
mod tests {
    use crate::check::Advisor;
    use crate::document::Letter;
    use crate::judge::Circumstances;
    use crate::source::Source;
    use crate::view::Format;

    const PACK: &str = r#"
pack: notes
title: Notes
language: en
signals:
  fruit:
    means: names a fruit
    any: [apple, plum]
    says: [An apple.]
    says-not: [A tree.]
letters:
  - {kind: note, title: a note, when: fruit}
advice:
  - step: 1
    title: Be brief
    text: One is enough.
    rules:
      - {id: one-fruit, for: note, limit: {signal: fruit, at-most: 1}, level: note, message: m, help: h, good: [a], bad: [b]}
      - {id: no-fruit, for: note, forbid: fruit, level: note, message: m, help: h, good: [a], bad: [b]}
"#;

    /// Whether there are too many, and how many are forbidden.
    #[track_caller]
    fn check(body: &str, too_many: bool, forbidden: usize) {
        let advisor = Advisor::read(PACK).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"));
        let text = format!("Hi Ann,\n\n{body}\n\nBest,\nBo\n");
        let letter = Letter::read(Source::from_text("a", text), Format::Text);
        let judgement = advisor.judge(&letter.view, &letter.message, &Circumstances::default());
        let of = |rule: &str| judgement.findings.iter().filter(|finding| finding.rule == rule).count();
        assert_eq!((of("one-fruit") == 1, of("no-fruit")), (too_many, forbidden), "{body:?}");
    }

    #[test]
    fn a_choice_counts_once() {
        check("I like an apple. I like a plum.", true, 2);
        check("I like an apple. [or: I like a plum.]", false, 2);
        check("I like an apple. [or: I like a plum. And an apple.]", true, 3);
        check("I like an apple. [or: I like a plum.] Bring one apple.", true, 3);
        check("[Option 1: I like an apple. / Option 2: I like a plum.]", false, 2);
        check("Choose one:\n\n- An apple for me.\n- A plum for me.", false, 2);
        check("I want:\n\n- an apple for me\n- a plum for me", true, 2);
    }
}
