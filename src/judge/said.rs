//! Conditions over what a whole letter says.

use crate::pack::{Cond, SignalId};
use crate::scan::Sightings;

/// Whether a condition holds of a letter.
pub fn holds(cond: &Cond<SignalId>, sightings: &Sightings) -> bool {
    match cond {
        Cond::Leaf(signal) => sightings.says(*signal),
        Cond::Any(conds) => conds.iter().any(|cond| holds(cond, sightings)),
        Cond::All(conds) => conds.iter().all(|cond| holds(cond, sightings)),
        Cond::None(conds) => !conds.iter().any(|cond| holds(cond, sightings)),
    }
}
