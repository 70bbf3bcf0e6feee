//! What can be wrong with a pack, and how it is shown: as a mistake in a letter is, at its place in the YAML.

use super::pattern::FaultKind;
use crate::diagnostic::{Diagnostic, Label, Level};
use crate::span::{Decoded, Span};

/// A mistake in a pack.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    /// Not YAML.
    #[error("{0}")]
    NotYaml(String),
    /// A key that does not exist here.
    #[error("unknown key `{key}`")]
    UnknownKey {
        /// The key.
        key: String,
        /// Those that exist here.
        known: Vec<&'static str>,
    },
    /// A key that must be here.
    #[error("`{key}` is missing")]
    MissingKey {
        /// The key.
        key: &'static str,
    },
    /// Two keys of which only one may be here, or none of which one must.
    #[error("exactly one of {} must be given", ticked(.keys))]
    OneOf {
        /// The keys.
        keys: &'static [&'static str],
    },
    /// Something else was expected.
    #[error("expected {wanted}")]
    WrongShape {
        /// What.
        wanted: &'static str,
    },
    /// A name that is not in the pack.
    #[error("unknown {what} `{name}`")]
    Unknown {
        /// What it names: a signal, a kind of letter, ...
        what: &'static str,
        /// The name.
        name: String,
        /// The one that was probably meant.
        meant: Option<String>,
    },
    /// Two things of the same name.
    #[error("{what} `{name}` is there twice")]
    Duplicate {
        /// What it names.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A text that is no phrase to weigh.
    #[error(
        "`{phrase}` is no phrase to weigh; write one to three words, or the first 4 to 8 letters of a word and `*`"
    )]
    NoPhrase {
        /// The text.
        phrase: String,
    },
    /// A pattern that cannot be used.
    #[error("{0}")]
    BadPattern(FaultKind),
    /// Lists of words that use each other.
    #[error("these words use each other in a circle: {}", arrows(.circle))]
    CircularWords {
        /// The lists, each using the next and the last the first.
        circle: Vec<String>,
    },
    /// Lists of words that use lists that use lists, beyond measure.
    #[error("the words of `{name}` use words that use words, too many times over (limit `word-depth`)")]
    WordsTooDeep {
        /// The list.
        name: String,
    },
    /// A list of words that takes too much memory to match.
    #[error("the words of `{name}` are too many, or repeat too much (limit `list-size`)")]
    ListTooLarge {
        /// The list.
        name: String,
    },
    /// Signals that need each other.
    #[error("these signals need each other in a circle: {}", arrows(.circle))]
    CircularSignals {
        /// The signals.
        circle: Vec<String>,
    },
    /// A rule or signal that shows no example.
    #[error("{what} `{name}` has no examples under `{key}`")]
    NoExamples {
        /// A rule or a signal.
        what: &'static str,
        /// Its name.
        name: String,
        /// Where they would stand.
        key: &'static str,
    },
    /// An example that does not behave.
    #[error("{0}")]
    ExampleFails(String),
    /// A rule that nothing can trigger.
    #[error("rule `{rule}` can never speak: {why}")]
    NeverSpeaks {
        /// The rule.
        rule: String,
        /// Why.
        why: String,
    },
    /// A suggestion that breaks another rule.
    #[error("the suggestion of `{rule}` breaks `{broken}`")]
    SuggestionBreaksRule {
        /// The rule that suggests.
        rule: String,
        /// The rule that the suggestion breaks.
        broken: String,
    },
    /// More mistakes than are shown.
    #[error("there are more than {MOST_MISTAKES} mistakes (limit `mistakes`)")]
    TooMany,
    /// A pattern that must be tried on every sentence.
    #[error("this pattern has no fixed word of two letters or more, so it is tried on every sentence")]
    NoFixedWord,
}

impl Mistake {
    /// The name of the kind of mistake, as reports show it.
    pub fn rule(&self) -> &'static str {
        match self {
            Mistake::NotYaml(_) => "yaml",
            Mistake::UnknownKey { .. } => "unknown-key",
            Mistake::MissingKey { .. } => "missing-key",
            Mistake::OneOf { .. } => "one-of",
            Mistake::WrongShape { .. } => "wrong-shape",
            Mistake::Unknown { .. } => "unknown-name",
            Mistake::Duplicate { .. } => "duplicate",
            Mistake::BadPattern(_) => "bad-pattern",
            Mistake::CircularWords { .. } | Mistake::CircularSignals { .. } => "circle",
            Mistake::WordsTooDeep { .. } => "too-deep",
            Mistake::ListTooLarge { .. } => "too-large",
            Mistake::NoPhrase { .. } => "no-phrase",
            Mistake::NoExamples { .. } => "no-examples",
            Mistake::ExampleFails(_) => "example-fails",
            Mistake::NeverSpeaks { .. } => "never-speaks",
            Mistake::SuggestionBreaksRule { .. } => "bad-suggestion",
            Mistake::TooMany => "too-many",
            Mistake::NoFixedWord => "slow-pattern",
        }
    }

    /// What to do.
    fn help(&self) -> Option<String> {
        let meant = |meant: &Option<String>| meant.as_ref().map(|name| format!("did you mean `{name}`?"));
        match self {
            Mistake::UnknownKey { key, known } => Some(match super::closest(key, known.iter().copied()) {
                Some(name) => format!("did you mean `{name}`? The keys here are {}", ticked(known)),
                None => format!("the keys here are {}", ticked(known)),
            }),
            Mistake::Unknown { meant: name, .. } => meant(name),
            Mistake::BadPattern(FaultKind::UnknownWord { meant: name, .. }) => {
                meant(name).or_else(|| Some("add the word under `words:`".to_owned()))
            }
            Mistake::NoExamples { key, .. } => {
                Some(format!("add sentences under `{key}`: what is not shown by an example is not tested"))
            }
            Mistake::TooMany => Some("mend those above, then the others are shown".to_owned()),
            Mistake::NoFixedWord => Some("name at least one word that must be there".to_owned()),
            _ => None,
        }
    }

    fn level(&self) -> Level {
        match self {
            Mistake::NoFixedWord => Level::Note,
            _ => Level::Error,
        }
    }

    /// The diagnostic that shows it.
    pub fn to_diagnostic(&self, span: Span<Decoded>) -> Diagnostic {
        Diagnostic {
            rule: self.rule().to_owned(),
            level: self.level(),
            message: self.to_string(),
            labels: vec![Label { span, text: String::new() }],
            notes: Vec::new(),
            help: self.help(),
            edits: Vec::new(),
            is_safe: false,
        }
    }
}

/// So many mistakes of one file are shown; nobody reads more, and each one shown takes time.
pub const MOST_MISTAKES: usize = 100;

/// The mistakes found so far in one pack.
#[derive(Debug)]
pub struct Mistakes<'y> {
    yaml: &'y str,
    found: Vec<Diagnostic>,
    /// The place of the first one that is not shown.
    beyond: Option<Span<Decoded>>,
}

impl<'y> Mistakes<'y> {
    /// None so far in this YAML.
    pub fn new(yaml: &'y str) -> Self {
        Mistakes { yaml, found: Vec::new(), beyond: None }
    }

    /// The YAML that they are in.
    pub fn yaml(&self) -> &'y str {
        self.yaml
    }

    /// Notes one more.
    pub fn add(&mut self, mistake: Mistake, span: Span<Decoded>) {
        if self.is_full() {
            self.beyond.get_or_insert(span);
        } else {
            self.found.push(mistake.to_diagnostic(span));
        }
    }

    /// Whether no further one will be shown.
    pub fn is_full(&self) -> bool {
        self.found.len() >= MOST_MISTAKES
    }

    /// All of them, in the order of the file.
    pub fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(Diagnostic::span);
        self.found.extend(self.beyond.map(|span| Mistake::TooMany.to_diagnostic(span)));
        self.found
    }
}

fn ticked(names: &[&'static str]) -> String {
    let ticked: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match ticked.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => ticked.join(""),
    }
}

/// The names of a circle; of a large one those at its beginning.
fn arrows(circle: &[String]) -> String {
    const MOST: usize = 12;
    let first = circle.first().map_or("", String::as_str);
    let shown = circle.get(..MOST).unwrap_or(circle);
    let rest = if shown.len() < circle.len() { " -> ..." } else { "" };
    format!("{}{rest} -> {first}", shown.join(" -> "))
}
