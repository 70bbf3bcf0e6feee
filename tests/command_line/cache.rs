//! Packs that are kept, compiled, from one run to the next.
#![cfg(target_os = "linux")]

use super::run::{RUDE, Run};
use std::fs;
use std::path::{Path, PathBuf};

const CHECK: [&str; 6] = ["check", "--pack", "dinner.yaml", "--output-format", "concise", "letter.txt"];
const FOUND: &str = "letter.txt:3:1: warning[thank] does not thank anybody\n";

/// A run whose packs are kept in a folder.
fn run(args: &[&str], cache: &Path) -> Run {
    Run::new(args).file("letter.txt", RUDE.as_bytes()).env("XDG_CACHE_HOME", cache.to_str().unwrap())
}

#[track_caller]
fn check(args: &[&str], cache: &Path) {
    run(args, cache).stdout(FOUND).code(1).check();
}

fn kept(cache: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(cache.join("demur")) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

#[test]
fn a_pack_is_kept_and_found_again() {
    let cache = tempfile::tempdir().unwrap();
    check(&CHECK, cache.path());
    let [path] = kept(cache.path()).try_into().unwrap();
    let written = fs::metadata(&path).unwrap().modified().unwrap();
    check(&CHECK, cache.path());
    assert_eq!(kept(cache.path()), std::slice::from_ref(&path));
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), written);
}

#[test]
fn what_is_damaged_or_foreign_is_written_anew() {
    let cache = tempfile::tempdir().unwrap();
    check(&CHECK, cache.path());
    let [path] = kept(cache.path()).try_into().unwrap();
    let whole = fs::read(&path).unwrap();

    let other = tempfile::tempdir().unwrap();
    let yaml = format!("{}\n# another one\n", include_str!("dinner.yaml"));
    run(&CHECK, other.path()).file("dinner.yaml", yaml.as_bytes()).output();
    let [foreign] = kept(other.path()).try_into().unwrap();
    let foreign = fs::read(foreign).unwrap();
    assert_ne!(foreign, whole);

    let mut turned = whole.clone();
    turned[whole.len() / 2] ^= 1;
    let mut longer = whole.clone();
    longer.push(0);
    for damaged in [&whole[..whole.len() - 1], &whole[..7], &[], &turned, &longer, &foreign] {
        fs::write(&path, damaged).unwrap();
        check(&CHECK, cache.path());
        assert_eq!(fs::read(&path).unwrap(), whole);
    }
}

#[test]
fn nothing_is_kept_where_it_is_not_wanted_or_cannot_be() {
    let cache = tempfile::tempdir().unwrap();
    check(&[&CHECK[..], &["--no-cache"]].concat(), cache.path());
    assert_eq!(kept(cache.path()), [] as [PathBuf; 0]);

    let file = cache.path().join("file");
    fs::write(&file, "").unwrap();
    check(&CHECK, &file);
}

#[test]
fn a_pack_with_mistakes_is_not_kept() {
    let cache = tempfile::tempdir().unwrap();
    let (_, stderr, code) = run(&CHECK, cache.path()).file("dinner.yaml", b"pack: p\n").output();
    assert_eq!((stderr.is_empty(), code), (false, 2));
    assert_eq!(kept(cache.path()), [] as [PathBuf; 0]);
}

#[test]
fn sixteen_packs_are_kept() {
    let cache = tempfile::tempdir().unwrap();
    for number in 0..18 {
        let yaml = format!("{}\n# {number}\n", include_str!("dinner.yaml"));
        run(&CHECK, cache.path()).file("dinner.yaml", yaml.as_bytes()).output();
    }
    assert_eq!(kept(cache.path()).len(), 16);
}

#[test]
fn runs_at_the_same_time_do_not_disturb_each_other() {
    let cache = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| check(&CHECK, cache.path()));
        }
    });
    assert_eq!(kept(cache.path()).len(), 1);
}
