//! The shapes of single values.

use crate::config::{FailOn, RuleLevel};
use crate::diagnostic::Level;
use crate::pack::Scope;
use crate::part::Part;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// A value, or a list of them.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub enum OneOrMany<T> {
    /// One.
    One(T),
    /// Several.
    Many(Vec<T>),
}

/// A type whose schema is written by hand.
macro_rules! word {
    ($(#[$doc:meta])* $name:ident, $schema:expr) => {
        $(#[$doc])*
        pub enum $name {}

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
}

word!(
    /// A text; YAML takes some words for numbers and truth values, which are texts here.
    Text,
    json_schema!({ "type": ["string", "number", "boolean"] })
);
word!(
    /// A text, or nothing.
    TextOrNothing,
    json_schema!({ "anyOf": [{ "type": ["string", "number", "boolean"] }, { "const": null }] })
);
word!(
    /// How much a breach of a rule matters.
    LevelName,
    json_schema!({ "enum": Level::ALL.map(Level::name) })
);
word!(
    /// The same, or that a rule is not asked. YAML 1.1 takes `off` for `false`.
    RuleLevelName,
    json_schema!({ "enum": RuleLevel::ALL.map(RuleLevel::name) })
);
word!(
    /// The least level that makes a run fail.
    FailOnName,
    json_schema!({ "enum": FailOn::ALL.map(FailOn::name) })
);
word!(
    /// A part of a letter.
    PartName,
    json_schema!({ "enum": parts() })
);
word!(
    /// A part of a letter, or all of them.
    PartOrAnywhere,
    json_schema!({ "enum": parts().into_iter().chain(["anywhere"]).collect::<Vec<_>>() })
);
word!(
    /// Where to look, seen from a sentence.
    ScopeName,
    json_schema!({ "enum": Scope::NAMES.into_iter().chain(parts()).collect::<Vec<_>>() })
);
word!(
    /// Whether a fix may be made unasked.
    GradeName,
    json_schema!({ "enum": ["safe", "unsafe"] })
);
word!(
    /// A number that a letter has.
    MeasureName,
    json_schema!({ "enum": ["words", "recipients", "days"] })
);

fn parts() -> Vec<&'static str> {
    Part::ALL.iter().map(|part| part.name()).collect()
}
