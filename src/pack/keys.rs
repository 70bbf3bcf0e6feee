//! The keys that a pack can have, for whoever describes packs elsewhere.

use super::{advice, kind, read, signal};

/// What has keys, and which.
pub const KEYS: &[(&str, &[&str])] = &[
    ("pack", read::PACK_KEYS),
    ("signal", signal::SIGNAL_KEYS),
    ("cue", signal::SIGNAL_KEYS),
    ("condition", signal::CONDITION_KEYS),
    ("kind", kind::LETTER_KEYS),
    ("said", kind::SAID_KEYS),
    ("step", advice::STEP_KEYS),
    ("rule", advice::RULE_KEYS),
    ("limit", advice::LIMIT_KEYS),
    ("insert", advice::INSERT_KEYS),
];
