//! Runs a page of the documentation from top to bottom, in a folder of its own.
//!
//! - A block below `<!-- file: NAME -->` is put into the folder as NAME.
//! - In a `console` block, what stands behind `$ ` is run by a shell, and what follows must be what it prints. A line `...`
//!   stands for any lines. `echo $?` shows the exit code of the command before.
//! - In a `yaml` block that is no file, each line that runs demur is run, and must not end with exit code 2.
//! - An `sh` block is not run, so `<!-- not run: WHY -->` must stand above it.
//!
//! With `DEMUR_BLESS=1` the page is written anew with what the commands print, but for blocks with a line `...`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A part of a page between two lines of back-ticks.
struct Fence<'p> {
    /// What the comment above it says, without the marks of a comment.
    comment: Option<&'p str>,
    /// The word behind the opening back-ticks.
    language: &'p str,
    lines: Vec<&'p str>,
}

/// A line of a page, or a fence with its lines.
enum Piece<'p> {
    Line(&'p str),
    Fence(Fence<'p>),
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut comment = None;
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        pieces.push(Piece::Line(line));
        let Some(language) = line.strip_prefix("```") else {
            comment = line.strip_prefix("<!-- ").and_then(|line| line.strip_suffix(" -->"));
            continue;
        };
        let within = lines.by_ref().take_while(|line| *line != "```").collect();
        pieces.push(Piece::Fence(Fence { comment: comment.take(), language, lines: within }));
        pieces.push(Piece::Line("```"));
    }
    pieces
}

/// A folder in which one command after the other is run.
struct Session {
    folder: TempDir,
    code: i32,
}

impl Session {
    fn new(fixtures: &[&str]) -> Session {
        let session = Session { folder: tempfile::tempdir().unwrap(), code: 0 };
        for fixture in fixtures {
            session.put(fixture, &fs::read_to_string(root().join(fixture)).unwrap());
        }
        session
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs a command and returns what it prints on both streams.
    fn run(&mut self, command: &str) -> String {
        let programs = Path::new(env!("CARGO_BIN_EXE_demur")).parent().unwrap().display();
        let path = format!("{programs}:{}", std::env::var("PATH").unwrap());
        let script = format!("exec 2>&1\n(exit {})\n{command}", self.code);
        let mut shell = Command::new("sh");
        shell.args(["-c", &script]).current_dir(self.folder.path()).env("PATH", path).env_remove("DEMUR_CONFIG");
        let output = shell.output().unwrap();
        self.code = output.status.code().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{command}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// What the block is when its commands are run.
    fn console(&mut self, fence: &Fence<'_>) -> Vec<String> {
        let mut shown = Vec::new();
        for command in fence.lines.iter().filter_map(|line| line.strip_prefix("$ ")) {
            shown.push(format!("$ {command}"));
            shown.extend(self.run(command).lines().map(str::to_owned));
        }
        shown
    }
}

/// Whether the lines are those of the page, in which `...` stands for any.
fn fits(page: &[&str], lines: &[String]) -> bool {
    match (page, lines) {
        ([], lines) => lines.is_empty(),
        (["...", rest @ ..], lines) => (0..=lines.len()).any(|skipped| fits(rest, &lines[skipped..])),
        ([first, rest @ ..], [line, lines @ ..]) => first == line && fits(rest, lines),
        (_, []) => false,
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Runs the page `name` in a folder that holds copies of `fixtures`.
#[track_caller]
pub fn check(name: &str, fixtures: &[&str]) {
    let text = fs::read_to_string(root().join(name)).unwrap();
    let mut session = Session::new(fixtures);
    let mut renewed = String::new();
    let mut add = |line: &str| renewed.extend([line, "\n"]);
    for piece in pieces(&text) {
        let fence = match piece {
            Piece::Line(line) => {
                add(line);
                continue;
            }
            Piece::Fence(fence) => fence,
        };
        let is_blessed = std::env::var_os("DEMUR_BLESS").is_some() && !fence.lines.contains(&"...");
        match (fence.comment.and_then(|comment| comment.split_once(": ")), fence.language) {
            (Some(("file", file)), _) => session.put(file, &format!("{}\n", fence.lines.join("\n"))),
            (_, "console") => {
                assert!(fence.lines.first().is_some_and(|line| line.starts_with("$ ")), "{name}: {:?}", fence.lines);
                let shown = session.console(&fence);
                if is_blessed {
                    shown.iter().for_each(|line| add(line));
                    continue;
                }
                assert!(fits(&fence.lines, &shown), "{name}: now it is\n{}", shown.join("\n"));
            }
            (_, "yaml") => recipe(name, &fence, &mut session),
            (comment, "sh") => assert!(matches!(comment, Some(("not run", _))), "{name}: {:?}", fence.lines),
            _ => {}
        }
        fence.lines.iter().for_each(|line| add(line));
    }
    if std::env::var_os("DEMUR_BLESS").is_some() {
        fs::write(root().join(name), renewed).unwrap();
    }
}

/// Runs the lines of a pipeline that run demur.
#[track_caller]
fn recipe(name: &str, fence: &Fence<'_>, session: &mut Session) {
    let yaml = fence.lines.join("\n");
    serde_saphyr::from_str::<serde_json::Value>(&yaml).unwrap_or_else(|error| panic!("{name}: {error}\n{yaml}"));
    for line in &fence.lines {
        let command = line.trim_start().trim_start_matches("- ").trim_start_matches("run: ");
        if command.starts_with("demur ") {
            let shown = session.run(command);
            assert!(session.code < 2, "{name}: {command}\n{shown}");
        }
    }
}
