//! Sorts signals so that each stands behind those that it needs: one pass over them then finds them all.

use super::SignalId;
use super::advice::{Anchor, Demand, Measure, Mend, Rule};
use super::condition::{self, Cond, Passage};
use super::kind::Kind;
use super::mistake::{Mistake, Mistakes};
use super::signal::Signal;

/// Sorts the signals and mends every number that names one; `None` if some need each other, which is noted.
pub(super) fn sort(
    signals: &mut Vec<Signal>,
    kinds: &mut [Kind],
    rules: &mut [Rule],
    mistakes: &mut Mistakes<'_>,
) -> Option<()> {
    let order = find_order(signals, mistakes)?;
    renumber(&order, signals, kinds, rules);
    Some(())
}

fn find_order(signals: &[Signal], mistakes: &mut Mistakes<'_>) -> Option<Vec<SignalId>> {
    let needs: Vec<Vec<SignalId>> = signals
        .iter()
        .map(|signal| {
            let unless = signal.unless.iter().flat_map(condition::signals_of);
            let weighed = signal.weighing.iter().flat_map(|weighing| weighing.each_signal().map(|(id, _)| *id));
            condition::signals_of(&signal.any).into_iter().chain(weighed).chain(unless).collect()
        })
        .collect();
    let rounds = rounds(&needs);
    let circle: Vec<SignalId> = (0..signals.len()).filter(|id| rounds[*id].is_none()).collect();
    if let Some(first) = circle.first() {
        let names = circle.iter().map(|id| signals[*id].name.clone()).collect();
        mistakes.add(Mistake::CircularSignals { circle: names }, signals[*first].place);
        return None;
    }
    let mut order: Vec<SignalId> = (0..signals.len()).collect();
    order.sort_by_key(|id| (rounds[*id], *id));
    Some(order)
}

/// In which round over all signals each of them is known, as if one were gone through after the other as they are written;
/// `None` for those in a circle or behind one. Going through them in fact would take the square of their number where each
/// needs the one behind it.
fn rounds(needs: &[Vec<SignalId>]) -> Vec<Option<usize>> {
    let mut needed_by: Vec<Vec<SignalId>> = vec![Vec::new(); needs.len()];
    for (id, needs) in needs.iter().enumerate() {
        needs.iter().for_each(|need| needed_by[*need].push(id));
    }
    let mut missing: Vec<usize> = needs.iter().map(Vec::len).collect();
    let mut known: Vec<SignalId> = (0..needs.len()).filter(|id| missing[*id] == 0).collect();
    let mut rounds = vec![None; needs.len()];
    while let Some(id) = known.pop() {
        let after = |need: &SignalId| rounds[*need].unwrap_or(0) + usize::from(*need > id);
        rounds[id] = Some(needs[id].iter().map(after).max().unwrap_or(0));
        for other in &needed_by[id] {
            missing[*other] -= 1;
            if missing[*other] == 0 {
                known.push(*other);
            }
        }
    }
    rounds
}

/// Puts signals in `order` and mends every number that names one.
fn renumber(order: &[SignalId], signals: &mut Vec<Signal>, kinds: &mut [Kind], rules: &mut [Rule]) {
    let mut new = vec![0; order.len()];
    for (place, old) in order.iter().enumerate() {
        new[*old] = place;
    }
    let mut moved: Vec<Option<Signal>> = std::mem::take(signals).into_iter().map(Some).collect();
    signals.extend(order.iter().filter_map(|old| moved[*old].take()));
    for signal in signals {
        renumber_passages(&mut signal.any, &new);
        signal.unless.iter_mut().for_each(|cond| renumber_passages(cond, &new));
        let weighed = signal.weighing.iter_mut().flat_map(|w| w.signals.iter_mut().chain(&mut w.in_letter));
        weighed.for_each(|(id, _)| *id = new[*id]);
    }
    for kind in kinds {
        kind.when.iter_mut().for_each(|cond| renumber_said(cond, &new));
        kind.weigh.iter_mut().for_each(|(signal, _)| *signal = new[*signal]);
    }
    for rule in rules {
        rule.when.iter_mut().for_each(|cond| renumber_said(cond, &new));
        for demand in &mut rule.demands {
            match demand {
                Demand::Require(cond) => renumber_said(cond, &new),
                Demand::Forbid(signals) | Demand::Order(signals) => signals.iter_mut().for_each(|id| *id = new[*id]),
                Demand::Limit { measure: Measure::Count(id) | Measure::Days(id), .. } => *id = new[*id],
                Demand::Limit { measure: Measure::Words | Measure::Recipients, .. } => {}
            }
        }
        if let Some(Mend::Insert { anchor: Anchor::AfterSignal(id) | Anchor::BeforeSignal(id), .. }) = &mut rule.mend {
            *id = new[*id];
        }
    }
}

fn renumber_passages(cond: &mut Cond<Passage>, new: &[SignalId]) {
    match cond {
        Cond::Leaf(Passage::Signal(id)) => *id = new[*id],
        Cond::Leaf(Passage::Elsewhere(_, inner)) => renumber_passages(inner, new),
        Cond::Leaf(Passage::Pattern(_)) => {}
        Cond::Any(conds) | Cond::All(conds) | Cond::None(conds) => {
            conds.iter_mut().for_each(|cond| renumber_passages(cond, new));
        }
    }
}

fn renumber_said(cond: &mut Cond<SignalId>, new: &[SignalId]) {
    match cond {
        Cond::Leaf(id) => *id = new[*id],
        Cond::Any(conds) | Cond::All(conds) | Cond::None(conds) => {
            conds.iter_mut().for_each(|cond| renumber_said(cond, new));
        }
    }
}
