//! The keys of a configuration.

/// Those of the file.
pub const CONFIG_KEYS: &[&str] = &[
    "packs",
    "rules",
    "limits",
    "fail-on",
    "template",
    "kind",
    "format",
    "received-on",
    "include",
    "exclude",
    "output-format",
    "accepted",
    "extends",
    "root",
    "overrides",
];

/// Those of an entry of `overrides`.
pub const OVERRIDE_KEYS: &[&str] =
    &["files", "rules", "limits", "fail-on", "template", "kind", "format", "received-on"];
