//! Holds the names in a configuration against what there is: the rules and kinds of its packs, and the output formats.

use super::mistake::{Mistake, Mistakes};
use super::{Config, Layer, Written};
use crate::pack::{Demand, Pack, Rule, closest};

/// Longer lists of names are not shown where a name is unknown.
const FEW: usize = 8;

/// The rules that no pack has: what is wrong with the ways in which findings are accepted.
pub const OWN_RULES: [&str; 3] = ["accepted-comment", "accepted-expired", "accepted-unused"];

/// What a configuration can name.
pub struct Known<'a> {
    /// The packs that it has; `None` where one of them could not be read, so that a name may be in that one.
    pub packs: Option<Vec<&'a Pack>>,
    /// The names of the output formats.
    pub formats: &'a [&'a str],
}

/// Notes each name that nothing has, and each limit of a rule that has none.
pub fn check_names(config: &Config, known: &Known<'_>, mistakes: &mut Mistakes) {
    if let Some(format) = &config.output_format {
        check("output format", format, known.formats.iter().copied(), mistakes);
    }
    let Some(packs) = &known.packs else { return };
    for layer in config.layers() {
        check_layer(layer, packs, mistakes);
    }
}

fn check_layer(layer: &Layer, packs: &[&Pack], mistakes: &mut Mistakes) {
    let rules = || packs.iter().flat_map(|pack| &pack.rules);
    let ids = || rules().map(|rule| rule.id.as_str());
    if let Some(kind) = &layer.kind {
        let kinds = packs.iter().flat_map(|pack| &pack.kinds).map(|kind| kind.name.as_str());
        check("kind of letter", kind, kinds, mistakes);
    }
    for (rule, _) in &layer.rules {
        check("rule", rule, ids().chain(OWN_RULES), mistakes);
    }
    for (rule, _) in &layer.limits {
        if check("rule", rule, ids(), mistakes) && !rules().any(|other| other.id == rule.value && has_one_limit(other))
        {
            let known = rules().filter(|rule| has_one_limit(rule)).map(|rule| rule.id.clone()).collect();
            mistakes.add(Mistake::NoLimit { rule: rule.value.clone(), known }, rule.span);
        }
    }
}

/// Whether a number can take the place of the one in the rule's limit.
pub(super) fn has_one_limit(rule: &Rule) -> bool {
    rule.demands.iter().filter(|demand| matches!(demand, Demand::Limit { .. })).count() == 1
}

fn check<'a>(
    what: &'static str,
    name: &Written<String>,
    known: impl Iterator<Item = &'a str> + Clone,
    mistakes: &mut Mistakes,
) -> bool {
    let is_known = known.clone().any(|other| other == name.value);
    if !is_known && !mistakes.is_full() {
        let meant = closest(&name.value, known.clone()).map(str::to_owned);
        let few: Vec<String> = known.map(str::to_owned).collect();
        let known = if few.len() <= FEW { few } else { Vec::new() };
        mistakes.add(Mistake::Unknown { what, name: name.value.clone(), meant, known }, name.span);
    }
    is_known
}
