//! What is wrong with a pack although each of its parts can be read.

use super::example::{is_for, signals_in};
use crate::check::Advisor;
use crate::pack::{Demand, Mend, Mistake, Mistakes, Pack, Rule};

/// Notes it all.
pub fn check(advisor: &Advisor, mistakes: &mut Mistakes<'_>) {
    for rule in &advisor.pack.rules {
        check_speaks(&advisor.pack, rule, mistakes);
        check_suggestion(advisor, rule, mistakes);
    }
    check_patterns(advisor, mistakes);
}

/// A rule about a signal that cannot be said in the letters that the rule is for would be silent, or never satisfied.
fn check_speaks(pack: &Pack, rule: &Rule, mistakes: &mut Mistakes<'_>) {
    let judged: Vec<usize> = (0..pack.kinds.len()).filter(|kind| is_for(rule, *kind)).collect();
    for signal in rule.demands.iter().flat_map(Demand::signals) {
        let kinds = &pack.signals[signal].kinds;
        if !kinds.is_empty() && !judged.iter().any(|kind| kinds.contains(&Some(*kind))) {
            let why = format!("`{}` is never said in the letters that it is for", pack.signals[signal].name);
            mistakes.add(Mistake::NeverSpeaks { rule: rule.id.clone(), why }, rule.place);
        }
    }
}

/// Whoever takes a suggestion must not be scolded for it.
fn check_suggestion(advisor: &Advisor, rule: &Rule, mistakes: &mut Mistakes<'_>) {
    let text = match &rule.mend {
        Some(Mend::Insert { text, .. } | Mend::Replace { text }) if !text.is_empty() => text,
        _ => return,
    };
    let said = signals_in(advisor, text);
    let shares_kind =
        |other: &Rule| (0..advisor.pack.kinds.len()).any(|kind| is_for(rule, kind) && is_for(other, kind));
    for other in advisor.pack.rules.iter().filter(|other| shares_kind(other)) {
        let forbidden =
            other.demands.iter().filter(|demand| matches!(demand, Demand::Forbid(_))).flat_map(Demand::signals);
        // A suggestion may leave a name to fill in; that it must be filled in is for the rule on placeholders to say.
        if !other.drafts_only && forbidden.into_iter().any(|signal| said.contains(&signal)) {
            let mistake = Mistake::SuggestionBreaksRule { rule: rule.id.clone(), broken: other.id.clone() };
            mistakes.add(mistake, rule.place);
        }
    }
}

fn check_patterns(advisor: &Advisor, mistakes: &mut Mistakes<'_>) {
    for pattern in advisor.plan.always() {
        mistakes.add(Mistake::NoFixedWord, advisor.pack.pattern_places[pattern]);
    }
}
