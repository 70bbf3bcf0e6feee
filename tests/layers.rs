//! Arrows between the rooms of the house run one way. A new arrow is a decision: it is made here, in the table.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each room and those that it may enter, the way of a letter from top to bottom.
const ALLOWED: &[(&str, &[&str])] = &[
    ("span", &[]),
    ("map", &["span"]),
    ("diagnostic", &["span"]),
    ("yaml", &["span"]),
    ("source", &["span"]),
    ("view", &["map", "span"]),
    ("part", &[]),
    ("message", &["map", "part", "span", "view"]),
    ("pack", &["diagnostic", "part", "span", "yaml"]),
    ("plan", &["pack"]),
    ("compiled", &["pack", "plan"]),
    ("scan", &["message", "pack", "plan", "span"]),
    ("judge", &["diagnostic", "message", "pack", "scan", "span", "view"]),
    ("schema", &["config", "diagnostic", "pack", "part"]),
    ("config", &["diagnostic", "message", "pack", "span", "view", "yaml"]),
    ("cut", &["message", "view"]),
    ("document", &["cut", "message", "source", "view"]),
    ("fingerprint", &["document", "span"]),
    ("check", &["compiled", "document", "diagnostic", "judge", "message", "pack", "plan", "scan", "source", "view"]),
    ("fix", &["check", "diagnostic", "document", "fingerprint", "source", "span", "view"]),
    (
        "accepted",
        &[
            "check",
            "config",
            "diagnostic",
            "document",
            "fingerprint",
            "judge",
            "message",
            "pack",
            "span",
            "view",
            "yaml",
        ],
    ),
    ("report", &["check", "document", "diagnostic", "fingerprint", "judge", "pack", "scan", "source", "span"]),
    ("proof", &["check", "document", "diagnostic", "judge", "message", "pack", "scan", "source", "view"]),
    ("eval", &["diagnostic", "judge", "message", "pack", "span", "yaml"]),
];

/// What only some files may name: the word, and the rooms that may.
const RESERVED: &[(&str, &[&str])] = &[
    ("clap", &["cli"]),
    ("std::env", &["cli"]),
    // `source` reads files; `cli` writes reports into them.
    ("std::fs", &["source", "cli"]),
    ("std::process", &["cli", "main"]),
    ("println!", &[]),
    ("print!(", &[]),
    // Reading through these loses the places that mistakes are shown at; writing through them is harmless.
    ("serde(flatten", &["report"]),
    ("serde(untagged", &[]),
];

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn room(path: &Path) -> String {
    let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The code of a file without its tests and comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let code = text.split("#[cfg(test)]").next().unwrap();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The files of the house, without those that only tests use.
fn sources() -> Vec<PathBuf> {
    let all = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    all.into_iter().filter(|path| !path.ends_with("tests.rs") && !path.ends_with("testing.rs")).collect()
}

#[test]
fn no_room_enters_another_one_that_the_table_does_not_name() {
    let mut wrong = BTreeSet::new();
    for path in sources() {
        let room = room(&path);
        if matches!(room.as_str(), "lib" | "main" | "cli") {
            continue;
        }
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == room) else {
            wrong.insert(format!("`{room}` is not in the table"));
            continue;
        };
        for entered in code(&path).split("crate::").skip(1) {
            let entered: String = entered.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            if entered != room && !allowed.contains(&entered.as_str()) {
                wrong.insert(format!("{} enters `{entered}`", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn flags_streams_files_and_the_environment_stay_where_they_belong() {
    let mut wrong = BTreeSet::new();
    for path in sources() {
        let (room, code) = (room(&path), code(&path));
        for (word, rooms) in RESERVED {
            if code.contains(word) && !rooms.contains(&room.as_str()) {
                wrong.insert(format!("{} names `{word}`", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The engine knows letters; what it knows of offers is data.
#[test]
fn nothing_about_job_offers_is_in_code() {
    let words = ["decline-offer", "refusal", "job offer", "apologize", "pay-elsewhere"];
    let mut wrong = BTreeSet::new();
    for path in sources() {
        // Doc comments and help texts may give examples; the list of built-in packs must name them.
        if room(&path) == "cli" {
            continue;
        }
        for line in code(&path).lines() {
            let line = line.to_ascii_lowercase();
            if let Some(word) = words.iter().find(|word| line.contains(**word)) {
                wrong.insert(format!("{} speaks of `{word}`: {}", path.display(), line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
