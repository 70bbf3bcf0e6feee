//! The shape of a pack.

use super::word::{
    GradeName, LevelName, MeasureName, OneOrMany, PartName, PartOrAnywhere, ScopeName, Text, TextOrNothing,
};
use schemars::JsonSchema;
use std::collections::BTreeMap;

/// Advice on one kind of letter.
#[derive(JsonSchema)]
#[schemars(title = "A pack of demur", rename_all = "kebab-case", deny_unknown_fields)]
pub struct Pack {
    /// Its name.
    pack: Text,
    /// What it is about, in a few words.
    title: Text,
    /// The language of the letters.
    language: Option<Text>,
    /// Lists of words and phrases, which patterns use as `<name>`.
    words: Option<BTreeMap<String, OneOrMany<Text>>>,
    /// Signals that only help other signals and the kinds of letter.
    cues: Option<BTreeMap<String, Cue>>,
    /// What a passage can say.
    signals: Option<BTreeMap<String, Signal>>,
    /// The kinds of letter.
    letters: Option<Vec<Kind>>,
    /// The advice, step by step.
    advice: Option<Vec<Step>>,
}

/// Something that a passage says.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(extend("anyOf" = [
    {"required": ["any"]}, {"required": ["all"]}, {"required": ["none"]}, {"required": ["weigh"]}, {"required": ["words"]}
]))]
pub struct Signal {
    /// What it means, in a few words that complete "this says that ...".
    means: Text,
    /// The parts of a letter in which it is looked for; body and postscript where nothing is said.
    r#in: Option<OneOrMany<PartOrAnywhere>>,
    /// The kinds of letter in which it can be said; `other` is a letter of none.
    r#for: Option<OneOrMany<Text>>,
    /// At least one of these is in the sentence.
    any: Option<OneOrMany<Passage>>,
    /// All of these are in the sentence.
    all: Option<OneOrMany<Passage>>,
    /// None of these is in the sentence.
    none: Option<OneOrMany<Passage>>,
    /// What each other signal in the sentence weighs.
    weigh: Option<BTreeMap<String, i32>>,
    /// What each other signal weighs that is anywhere in the letter.
    weigh_letter: Option<BTreeMap<String, i32>>,
    /// Phrases in the sentence, under what each weighs.
    words: Option<BTreeMap<String, OneOrMany<Text>>>,
    /// The least weight with which the sentence says it.
    at_least: Option<i32>,
    /// Sentences with one of these are left out.
    unless: Option<OneOrMany<Passage>>,
    /// Sentences in which it is found.
    says: OneOrMany<Text>,
    /// Near misses.
    says_not: Option<OneOrMany<Text>>,
}

/// A signal that only helps other signals and the kinds of letter.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(extend("anyOf" = [
    {"required": ["any"]}, {"required": ["all"]}, {"required": ["none"]}, {"required": ["weigh"]}, {"required": ["words"]}
]))]
pub struct Cue {
    /// What it means.
    means: Option<Text>,
    /// The parts of a letter in which it is looked for; body and postscript where nothing is said.
    r#in: Option<OneOrMany<PartOrAnywhere>>,
    /// The kinds of letter in which it can be said; `other` is a letter of none.
    r#for: Option<OneOrMany<Text>>,
    /// At least one of these is in the sentence.
    any: Option<OneOrMany<Passage>>,
    /// All of these are in the sentence.
    all: Option<OneOrMany<Passage>>,
    /// None of these is in the sentence.
    none: Option<OneOrMany<Passage>>,
    /// What each other signal in the sentence weighs.
    weigh: Option<BTreeMap<String, i32>>,
    /// What each other signal weighs that is anywhere in the letter.
    weigh_letter: Option<BTreeMap<String, i32>>,
    /// Phrases in the sentence, under what each weighs.
    words: Option<BTreeMap<String, OneOrMany<Text>>>,
    /// The least weight with which the sentence says it.
    at_least: Option<i32>,
    /// Sentences with one of these are left out.
    unless: Option<OneOrMany<Passage>>,
    /// Sentences in which it is found.
    says: OneOrMany<Text>,
    /// Near misses.
    says_not: Option<OneOrMany<Text>>,
}

/// What can be asked of a sentence.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub enum Passage {
    /// A pattern.
    Pattern(Text),
    /// More than a pattern.
    Condition(Box<Condition>),
}

/// A condition on a sentence or on others near it.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(extend("minProperties" = 1))]
pub struct Condition {
    /// At least one holds.
    any: Option<OneOrMany<Passage>>,
    /// All hold.
    all: Option<OneOrMany<Passage>>,
    /// None holds.
    none: Option<OneOrMany<Passage>>,
    /// Another signal is in the sentence.
    signal: Option<Text>,
    /// Where to look instead of in the sentence itself.
    r#in: Option<ScopeName>,
}

/// A kind of letter.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(extend("anyOf" = [{"required": ["when"]}, {"required": ["weigh"]}]))]
pub struct Kind {
    /// Its name.
    kind: Text,
    /// What such a letter is called in a report, e.g. `a refusal`.
    title: Text,
    /// What the letter must say to be of this kind.
    when: Option<SaidTree>,
    /// What each signal adds to the weight of the kind.
    weigh: Option<BTreeMap<String, i32>>,
    /// The least weight.
    at_least: Option<i32>,
    /// The most words that such a letter has.
    at_most_words: Option<u64>,
}

/// What a letter says: a signal, one of a list of signals, or more.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub enum SaidTree {
    /// A signal.
    Signal(Text),
    /// At least one of these.
    Any(Vec<SaidTree>),
    /// More than that.
    Said(Box<Said>),
}

/// A condition on what a letter says.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Said {
    /// At least one holds.
    any: Option<SaidTree>,
    /// All hold.
    all: Option<SaidTree>,
    /// None holds.
    none: Option<SaidTree>,
}

/// A step of the advice.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Step {
    /// Its number; without one it always holds.
    step: Option<u32>,
    /// A few words.
    title: Text,
    /// The advice itself.
    text: Text,
    /// The rules that serve it.
    rules: Option<Vec<Rule>>,
}

/// Advice about signals.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(extend("anyOf" = [
    {"required": ["require"]}, {"required": ["forbid"]}, {"required": ["limit"]}, {"required": ["order"]}
]))]
pub struct Rule {
    /// Its name.
    id: Text,
    /// The kinds of letter that it judges; every kind where nothing is said.
    r#for: Option<OneOrMany<Text>>,
    /// What a letter must say for the rule to be asked at all.
    when: Option<SaidTree>,
    /// What the letter must say.
    require: Option<SaidTree>,
    /// The signals of which it must say none.
    forbid: Option<OneOrMany<Text>>,
    /// A number that must not be larger than another.
    limit: Option<Limit>,
    /// The signals that must be said first in this order.
    order: Option<OneOrMany<Text>>,
    /// How much a breach matters.
    level: LevelName,
    /// What is wrong: one lower-case sentence without a full stop.
    message: Text,
    /// What to do.
    help: Text,
    /// What stands under the passage.
    label: Option<Text>,
    /// A sentence that would mend it.
    insert: Option<Insert>,
    /// What stands there instead; nothing takes the sentence out.
    replace: Option<TextOrNothing>,
    /// Whether `--fix` may do it unasked: `safe` leaves all that the writer says as it is.
    fix: Option<GradeName>,
    /// Whether templates are excused.
    drafts_only: Option<bool>,
    /// Letters that keep the rule.
    good: OneOrMany<Text>,
    /// Letters that break it.
    bad: OneOrMany<Text>,
}

/// A number that must not be larger than another.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(extend("anyOf" = [{"required": ["signal"]}, {"required": ["measure"]}]))]
pub struct Limit {
    /// The signal whose sentences are counted.
    signal: Option<Text>,
    /// Another number.
    measure: Option<MeasureName>,
    /// The signal with the date from which days are counted.
    since: Option<Text>,
    /// The largest number that keeps the rule.
    at_most: i64,
}

/// A sentence and its place.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(extend("oneOf" = [
    {"required": ["after"]}, {"required": ["before"]}, {"required": ["start-of"]}, {"required": ["end-of"]}
]))]
pub struct Insert {
    /// Behind the first sentence that says this signal.
    after: Option<Text>,
    /// Before the first sentence that says this signal.
    before: Option<Text>,
    /// As the first sentence of this part.
    start_of: Option<PartName>,
    /// As the last sentence of this part.
    end_of: Option<PartName>,
    /// The sentence.
    text: Text,
}
