//! `demur check --fix` and `--diff`: what is done to a file before it is reported on.

use super::args::CheckArgs;
use super::files::Input;
use super::replace::{ReplaceError, replace};
use demur::fix::{Grade, Mended};
use demur::report::{is_command, is_unsafe};
use demur::source::{RawFile, Source};
use similar::TextDiff;

/// What is done with the mended text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// It takes the place of the file; that of standard input goes to standard output.
    Write,
    /// It is shown as a patch.
    Diff,
}

/// Which fixes are made, and what is done with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mending {
    /// Which fixes.
    pub grade: Grade,
    /// What is done with them.
    pub mode: Mode,
}

impl Mending {
    /// What the flags ask for; `None` where no fix is made.
    pub fn new(args: &CheckArgs) -> Option<Mending> {
        let mode = if args.diff { Mode::Diff } else { Mode::Write };
        let grade = if args.unsafe_fixes { Grade::Unsafe } else { Grade::Safe };
        (args.fix || args.diff || args.unsafe_fixes).then_some(Mending { grade, mode })
    }
}

/// Writes a mended text to where it came from, if that is a file. `old` is what was read.
pub fn write(input: &Input, old: &RawFile, mended: &Mended) -> Result<(), ReplaceError> {
    match input {
        Input::Stdin(_) => Ok(()),
        Input::Named(_) | Input::Found(_) if mended.bytes == old.bytes => Ok(()),
        Input::Named(path) | Input::Found(path) => replace(path, &old.bytes, &mended.bytes),
    }
}

/// The change as a patch for `patch -p0`; empty where there is none.
pub fn diff(old: RawFile, mended: Mended) -> String {
    let name = shown(&old.name);
    let new = RawFile { name: old.name.clone(), bytes: mended.bytes };
    let (Ok(old), Ok(new)) = (Source::decode(old), Source::decode(new)) else { return String::new() };
    if old.text() == new.text() {
        return String::new();
    }
    let diff = TextDiff::from_lines(old.text(), new.text());
    shown(&diff.unified_diff().context_radius(2).header(&name, &name).to_string())
}

/// Text with its lines and tabs, and without anything that a terminal or a log would obey.
fn shown(text: &str) -> String {
    let mut begins_line = true;
    let show = |(at, char): (usize, char)| {
        let is_obeyed = match char {
            '\n' | '\t' => false,
            ':' | '#' => is_command(&text[at..], begins_line),
            char => is_unsafe(char),
        };
        begins_line = char == '\n' || begins_line && char.is_whitespace();
        if is_obeyed { '\u{fffd}' } else { char }
    };
    text.char_indices().map(show).collect()
}
