//! A client that is not ours: Neovim opens a letter, shows what is found, makes the fix and saves.

use crate::session::DINNER;
use std::fs;
use std::process::{Command, Stdio};

/// Columns are bytes in Neovim, and UTF-16 on the way to it.
#[test]
fn neovim_shows_a_finding_and_makes_the_fix() {
    if Command::new("nvim").arg("--version").stdout(Stdio::null()).status().is_err() {
        eprintln!("nvim is not installed, so this was not tried");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("dinner.yaml"), DINNER).unwrap();
    fs::write(path("demur.yaml"), "root: true\npacks: [dinner.yaml]\n").unwrap();
    let letter = "Dear Zo\u{eb},\n\nThank you. \u{1f600} I cannot come because it is far.\n\nBo\n";
    fs::write(path("letter.txt"), letter).unwrap();
    let mut nvim = Command::new("nvim");
    nvim.args(["--clean", "--headless", "letter.txt", "-S"]);
    nvim.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/lsp/neovim.lua"));
    nvim.current_dir(folder.path()).env("DEMUR", env!("CARGO_BIN_EXE_demur")).env_remove("DEMUR_CONFIG");
    // It writes its log and its history there.
    nvim.env("XDG_STATE_HOME", folder.path()).env("XDG_CACHE_HOME", folder.path());
    let status = nvim.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert!(status.success());

    let seen = fs::read_to_string(path("seen")).unwrap();
    let expected =
        "1 found\n2:18-2:37 says why; leave it out\nWrite \u{201c}Perhaps another time.\u{201d}\n0 found\nstopped\n";
    assert_eq!(seen, expected);
    let mended = "Dear Zo\u{eb},\n\nThank you. \u{1f600} Perhaps another time.\n\nBo\n";
    assert_eq!(fs::read_to_string(path("letter.txt")).unwrap(), mended);
}
