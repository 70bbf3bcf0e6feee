//! A pack as a configuration wants it.

use super::names::has_one_limit;
use super::{RuleLevel, Settled};
use crate::pack::{Demand, Pack};

/// The pack with the levels and limits that a configuration gives its rules; `None` where it gives none that the pack has
/// otherwise. Rules that are off stay in it, since their number is their place.
pub fn adjusted(pack: &Pack, settled: &Settled) -> Option<Pack> {
    let mut changed = None;
    for (number, rule) in pack.rules.iter().enumerate() {
        let level = settled.rules.get(&rule.id).and_then(|level| match level.value {
            RuleLevel::At(level) => Some(level),
            RuleLevel::Off => None,
        });
        let limit = settled.limits.get(&rule.id).filter(|_| has_one_limit(rule)).map(|limit| limit.value);
        if level.is_none() && limit.is_none() {
            continue;
        }
        let pack = changed.get_or_insert_with(|| pack.clone());
        let Some(rule) = pack.rules.get_mut(number) else { continue };
        rule.level = level.unwrap_or(rule.level);
        for demand in &mut rule.demands {
            if let (Demand::Limit { at_most, .. }, Some(limit)) = (demand, limit) {
                *at_most = limit;
            }
        }
    }
    changed
}
