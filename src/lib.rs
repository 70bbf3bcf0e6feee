//! demur holds a message against advice, the way a compiler holds code against its rules.
//!
//! ```
//! let advisor = demur::check::Advisor::read(include_str!("../rules/decline-offer.yaml")).expect("a sound pack");
//! let report = demur::check::check("Dear Ms. Grey,\n\nI must decline the offer.\n\nAnn Writer\n", &advisor);
//! assert!(report.findings().iter().any(|finding| finding.rule == "apologize"));
//! ```
//!
//! Nothing here prints, reads the clock or the environment, or keeps anything between two letters. A pack is made ready
//! once and shared; [`check::check`] can be called from any thread.
//!
//! The way of a letter is `source → view → message → scan → judge → report`: a [`source::Source`] is opened and decoded,
//! a [`view::View`] is what a recipient reads, a [`message::Message`] is the letter in it, [`scan::scan`] finds what it
//! says, [`judge::judge`] holds that against a [`pack::Pack`], and [`report`] shows the outcome.

pub mod accepted;
pub mod check;
pub mod compiled;
pub mod config;
pub mod cut;
pub mod diagnostic;
pub mod document;
pub mod eval;
pub mod fingerprint;
pub mod fix;
pub mod judge;
pub mod map;
pub mod message;
pub mod pack;
pub mod part;
pub mod plan;
pub mod proof;
pub mod report;
pub mod scan;
pub mod schema;
pub mod source;
pub mod span;
pub mod view;
pub mod yaml;
