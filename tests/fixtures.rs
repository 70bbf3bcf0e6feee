//! Each letter of `fixtures/` gives the report beside it, to the byte.
//!
//! `DEMUR_BLESS=1 cargo test --test fixtures` writes the reports anew; read what git shows as changed before you commit.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const FOLDERS: [&str; 4] = ["decline", "negotiate", "other", "templates"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn letters(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new("fixtures").join(folder);
    let entries = fs::read_dir(root().join(&folder)).unwrap();
    let mut names: Vec<PathBuf> = entries.map(|entry| folder.join(entry.unwrap().file_name())).collect();
    names.retain(|path| path.extension().is_some_and(|extension| extension != "report"));
    names.sort();
    names
}

/// What a person sees who checks one letter: the report, what is said beside it, the exit code.
fn report(letter: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_demur"))
        .args(["check", "--color", "never"])
        .arg(letter)
        .current_dir(root())
        .output()
        .unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    let beside = if stderr.is_empty() { String::new() } else { format!("--- on standard error\n{stderr}") };
    format!("{stdout}{beside}--- exit code {}\n", output.status.code().unwrap())
}

#[test]
fn every_letter_gives_the_report_beside_it() {
    let bless = std::env::var_os("DEMUR_BLESS").is_some();
    let mut wrong = Vec::new();
    for letter in FOLDERS.iter().flat_map(|folder| letters(folder)) {
        let found = report(&letter);
        let beside = root().join(&letter).with_added_extension("report");
        if bless {
            fs::write(&beside, &found).unwrap();
            continue;
        }
        let expected = fs::read_to_string(&beside).unwrap_or_default();
        if found != expected {
            wrong.push(format!("=== {}\n--- expected\n{expected}\n--- found\n{found}", letter.display()));
        }
    }
    assert!(wrong.is_empty(), "{} reports differ:\n{}", wrong.len(), wrong.join("\n"));
}

/// The folder's promise: each rule is broken by some letter and kept by another one.
#[test]
fn every_rule_is_broken_and_kept() {
    let output = Command::new(env!("CARGO_BIN_EXE_demur"))
        .args(["check", "--output-format", "json", "--fail-on", "never"])
        .args(FOLDERS.map(|folder| format!("fixtures/{folder}")))
        .current_dir(root())
        .output()
        .unwrap();
    let run: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut outcomes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for letter in run["letters"].as_array().unwrap() {
        for pack in letter["packs"].as_array().unwrap() {
            for item in pack["checklist"].as_array().unwrap() {
                let text = |key: &str| item[key].as_str().unwrap().to_owned();
                outcomes.entry(text("rule")).or_default().push(text("outcome"));
            }
        }
    }
    for (rule, outcomes) in &outcomes {
        for wanted in ["met", "unmet"] {
            assert!(outcomes.iter().any(|outcome| outcome == wanted), "no letter of which `{rule}` is {wanted}");
        }
    }
    assert!(outcomes.len() >= 20, "{outcomes:?}");
}

/// A letter that follows all the advice has nothing to hear but that.
#[test]
fn a_letter_that_follows_all_the_advice_gives_an_empty_report() {
    for folder in ["decline", "negotiate"] {
        let report = report(&Path::new("fixtures").join(folder).join("all-advice-followed.txt"));
        assert!(!report.contains("error[") && !report.contains("warning[") && !report.contains("note["), "{report}");
        assert!(!report.contains('✗') && report.contains('✓'), "{report}");
        assert!(report.ends_with("--- exit code 0\n"), "{report}");
    }
}

#[test]
fn letters_of_another_kind_are_left_alone() {
    for letter in letters("other") {
        let report = report(&letter);
        assert!(!report.contains("error[") && !report.contains("warning[") && !report.contains("note["), "{report}");
    }
}
