//! demur holds a message against advice, the way a compiler holds code against its rules.
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
