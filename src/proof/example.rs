//! The examples of signals and rules.

use crate::check::Advisor;
use crate::document::Letter;
use crate::judge::{Circumstances, Outcome};
use crate::message::Part;
use crate::pack::{Mistake, Mistakes, Rule, Signal, SignalId};
use crate::scan;
use crate::source::Source;
use crate::view::Format;

/// Runs all examples and says how many there are.
pub fn run(advisor: &Advisor, mistakes: &mut Mistakes<'_>) -> usize {
    let mut count = 0;
    for (id, signal) in advisor.pack.signals.iter().enumerate() {
        count += signal.says.len() + signal.says_not.len();
        signal_examples(advisor, id, signal, mistakes);
    }
    for (number, rule) in advisor.pack.rules.iter().enumerate() {
        count += rule.good.len() + rule.bad.len();
        rule_examples(advisor, number, rule, mistakes);
    }
    count
}

fn signal_examples(advisor: &Advisor, id: SignalId, signal: &Signal, mistakes: &mut Mistakes<'_>) {
    for (examples, expected) in [(&signal.says, true), (&signal.says_not, false)] {
        for example in examples {
            let letter = read(&frame(signal, &example.text));
            let says = scan::scan(&advisor.pack, &advisor.plan, &letter.message).says(id);
            if says != expected {
                let is = if says { "is" } else { "is not" };
                let text = format!("`{}` {is} found in this example", signal.name);
                mistakes.add(Mistake::ExampleFails(text), example.place);
            }
        }
    }
}

/// A letter around a sentence, so that the sentence stands in the part where the signal is looked for.
fn frame(signal: &Signal, sentence: &str) -> String {
    if signal.parts.contains(&Part::Body) {
        format!("Dear Ms Lee,\n\n{sentence}\n\nYours sincerely,\nSam Poe\n")
    } else {
        format!("{sentence}\n")
    }
}

fn rule_examples(advisor: &Advisor, number: usize, rule: &Rule, mistakes: &mut Mistakes<'_>) {
    for (examples, expected) in [(&rule.good, Outcome::Met), (&rule.bad, Outcome::Unmet)] {
        for example in examples {
            let letter = read(&example.text);
            let judgement = advisor.judge(&letter.view, &letter.message, &Circumstances::default());
            let outcome = judgement.outcomes[number];
            if outcome == expected {
                continue;
            }
            let kind = judgement.kind.map_or("of no kind that the pack knows", |kind| &advisor.pack.kinds[kind].title);
            let verb = match outcome {
                Outcome::Met => "kept",
                Outcome::Unmet => "broken",
                Outcome::Accepted => "accepted",
                Outcome::NotAsked => "not asked",
            };
            let text = format!("`{}` is {verb} in this example, which is taken for {kind}", rule.id);
            mistakes.add(Mistake::ExampleFails(text), example.place);
        }
    }
}

/// What a suggestion says when it stands in a letter: the signals found in it.
pub fn signals_in(advisor: &Advisor, sentence: &str) -> Vec<SignalId> {
    let letter = read(&format!("Dear Ms Lee,\n\n{sentence}\n\nYours sincerely,\nSam Poe\n"));
    let sightings = scan::scan(&advisor.pack, &advisor.plan, &letter.message);
    let body = |signal: &SignalId| {
        sightings.of(*signal).iter().any(|s| letter.message.sentences()[s.sentence].part == Part::Body)
    };
    (0..advisor.pack.signals.len()).filter(body).collect()
}

fn read(text: &str) -> Letter {
    Letter::read(Source::from_text("example", text), Format::Text)
}

/// Whether a rule judges letters of a kind.
pub fn is_for(rule: &Rule, kind: usize) -> bool {
    rule.kinds.is_empty() || rule.kinds.contains(&kind)
}
