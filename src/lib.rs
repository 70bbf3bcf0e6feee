//! demur holds a message against advice, the way a compiler holds code against its rules.

pub mod diagnostic;
pub mod map;
pub mod message;
pub mod source;
pub mod span;
pub mod view;
