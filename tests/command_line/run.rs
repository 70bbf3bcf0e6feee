//! Runs demur in a folder of its own.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A letter that turns a dinner down without a word of thanks.
pub const RUDE: &str = "Dear Ann,\n\nI cannot come on Friday.\n\nBo\n";
/// A letter that says thank you.
pub const POLITE: &str = "Dear Ann,\n\nThank you for asking, but I cannot come on Friday.\n\nBo\n";

/// A folder with files, and the command that is to be run in it. What is not expected must not be there: standard output
/// and standard error are empty and the exit code is 0, unless a test says otherwise.
pub struct Run {
    folder: TempDir,
    args: Vec<String>,
    stdin: Option<Vec<u8>>,
    env: Vec<(String, String)>,
    stdout: String,
    stderr: String,
    code: i32,
}

impl Run {
    pub fn new(args: &[&str]) -> Run {
        let run = Run {
            folder: tempfile::tempdir().unwrap(),
            args: args.iter().map(|arg| (*arg).to_owned()).collect(),
            stdin: None,
            env: Vec::new(),
            stdout: String::new(),
            stderr: String::new(),
            code: 0,
        };
        run.file("dinner.yaml", include_bytes!("dinner.yaml"))
    }

    /// Puts a file into the folder.
    pub fn file(self, name: &str, bytes: &[u8]) -> Run {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    pub fn stdin(mut self, text: impl AsRef<[u8]>) -> Run {
        self.stdin = Some(text.as_ref().to_owned());
        self
    }

    pub fn env(mut self, name: &str, value: &str) -> Run {
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn stdout(mut self, expected: &str) -> Run {
        self.stdout = expected.to_owned();
        self
    }

    pub fn stderr(mut self, expected: &str) -> Run {
        self.stderr = expected.to_owned();
        self
    }

    pub fn code(mut self, expected: i32) -> Run {
        self.code = expected;
        self
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// Runs the command and compares all three, so that every difference is shown and not the first one only.
    #[track_caller]
    pub fn check(self) {
        let (stdout, stderr, code) = self.output();
        let same = (stdout == self.stdout) & (stderr == self.stderr) & (code == self.code);
        assert!(
            same,
            "`demur {}`\n--- stdout\n{stdout}\n--- expected\n{}\n--- stderr\n{stderr}\n--- expected\n{}\n--- exit code {code}, expected {}",
            self.args.join(" "),
            self.stdout,
            self.stderr,
            self.code
        );
    }

    /// Runs the command, for tests that look at a part of what it says.
    pub fn output(&self) -> (String, String, i32) {
        let mut command = command(self.folder.path());
        command.args(&self.args).envs(self.env.iter().cloned());
        command.stdin(if self.stdin.is_some() { Stdio::piped() } else { Stdio::null() });
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        if let Some(text) = &self.stdin {
            // A command that does not read its input closes it; that is not this test's matter.
            let _ = child.stdin.take().unwrap().write_all(text);
        }
        let output = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (text(output.stdout), text(output.stderr), output.status.code().unwrap())
    }
}

/// The command in a folder, with nothing of the surroundings that it heeds.
pub fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_demur"));
    command.current_dir(folder);
    command.env("XDG_CACHE_HOME", Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache"));
    for name in ["DEMUR_CONFIG", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "SOURCE_DATE_EPOCH", "TERM"] {
        command.env_remove(name);
    }
    command
}
