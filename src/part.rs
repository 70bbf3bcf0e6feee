//! The parts of a letter, by name: packs name them, and messages are cut into them.

use serde::{Deserialize, Serialize};

/// A part of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Part {
    /// A header line other than the subject: `To:`, `Cc:`, `From:`, `Date:`.
    Header,
    /// The subject, from a header line or a `Re:` or `Sub:` line in the letter.
    Subject,
    /// Names and streets above the salutation.
    Address,
    /// A line that holds the letter's date.
    DateLine,
    /// `Dear Ms Grey,`
    Salutation,
    /// What the letter says.
    Body,
    /// `Kind regards,`
    Closing,
    /// The name below the closing, with titles and phone numbers.
    Signature,
    /// `P.S.` and what follows.
    Postscript,
}

impl Part {
    /// All parts, in the order in which they stand in a letter.
    pub const ALL: [Part; 9] = [
        Part::Header,
        Part::Subject,
        Part::Address,
        Part::DateLine,
        Part::Salutation,
        Part::Body,
        Part::Closing,
        Part::Signature,
        Part::Postscript,
    ];

    /// The word for it in packs and reports.
    pub fn name(self) -> &'static str {
        match self {
            Part::Header => "header",
            Part::Subject => "subject",
            Part::Address => "address",
            Part::DateLine => "date-line",
            Part::Salutation => "salutation",
            Part::Body => "body",
            Part::Closing => "closing",
            Part::Signature => "signature",
            Part::Postscript => "postscript",
        }
    }

    /// The part with this name.
    pub fn find(name: &str) -> Option<Part> {
        Part::ALL.into_iter().find(|part| part.name() == name)
    }
}
