//! The numbers that a letter has.

use super::verdict::Letter;
use crate::message::{Date, Message, Part};
use crate::pack::{Measure, SignalId};

impl Letter<'_> {
    /// The number, if the letter has it: days need two dates.
    pub(super) fn measure(&self, measure: Measure) -> Option<i64> {
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        match measure {
            Measure::Count(signal) => Some(count(self.sightings.of(signal).len())),
            Measure::Words => Some(count(words(self.message))),
            Measure::Recipients => Some(count(self.message.envelope().recipients.len())),
            Measure::Days(signal) => self.days(signal),
        }
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
