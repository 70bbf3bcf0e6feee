//! Measures how well a pack reads letters whose meaning is known.

mod labels;
mod score;

pub use labels::{Labelled, Labels};
pub use score::{Cell, Confusion, Counts, Miss, Score};
