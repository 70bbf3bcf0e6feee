//! Globs as in `.gitignore`, each of which can match something.

use super::Written;
use super::mistake::{DeadGlob, Mistake, Mistakes};
use crate::span::{Decoded, Span};
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::path::Path;

/// A list of globs; of those that match a path the last one decides, and `!` before it takes the path out again.
#[derive(Debug, Clone)]
pub struct Globs {
    /// As written.
    pub written: Vec<Written<String>>,
    matcher: Gitignore,
}

impl Globs {
    /// Reads globs. Those that cannot be read or cannot match are left out and noted. `place` is that of the whole list.
    pub fn read(written: Vec<Written<String>>, place: Span<Decoded>, mistakes: &mut Mistakes) -> Globs {
        // Paths come relative to the folder of the file already.
        let mut builder = GitignoreBuilder::new(".");
        builder.allow_unclosed_class(false);
        let mut gives = false;
        let mut seen: Vec<&str> = Vec::new();
        for glob in &written {
            let line = spelled(&glob.value);
            if let Some(why) = dead(&line, gives) {
                mistakes.add(Mistake::DeadGlob { glob: glob.value.clone(), why }, glob.span);
                continue;
            }
            if seen.contains(&glob.value.as_str()) {
                let mistake = crate::pack::Mistake::Duplicate { what: "glob", name: glob.value.clone() };
                mistakes.add(mistake, glob.span);
                continue;
            }
            seen.push(&glob.value);
            gives |= !line.starts_with('!');
            if let Err(error) = builder.add_line(None, &line) {
                let why = reason(&error);
                mistakes.add(Mistake::BadGlob { glob: glob.value.clone(), why }, glob.span);
            }
        }
        let matcher = builder.build().unwrap_or_else(|error| {
            let glob = written.first().map(|glob| glob.value.clone()).unwrap_or_default();
            mistakes.add(Mistake::BadGlob { glob, why: reason(&error) }, place);
            Gitignore::empty()
        });
        Globs { written, matcher }
    }

    /// Whether a path itself is matched, whatever of the folders that it is in.
    pub fn matches_itself(&self, relative: &Path, is_folder: bool) -> bool {
        self.matcher.matched(relative, is_folder).is_ignore()
    }

    /// Whether a path, or a folder that it is in, is matched. It is relative to the folder of the configuration.
    pub fn matches(&self, relative: &Path, is_folder: bool) -> bool {
        // The library panics on a path with a root.
        !relative.has_root() && self.matcher.matched_path_or_any_parents(relative, is_folder).is_ignore()
    }
}

/// The glob as the library reads it: `./a` means what `/a` does, a name in the folder of the file.
fn spelled(glob: &str) -> String {
    let (not, rest) = glob.strip_prefix('!').map_or(("", glob), |rest| ("!", rest));
    match rest.strip_prefix("./") {
        Some(inside) => format!("{not}/{inside}"),
        None => glob.to_owned(),
    }
}

fn dead(glob: &str, gives: bool) -> Option<DeadGlob> {
    let bare = glob.strip_prefix('!').unwrap_or(glob).trim();
    let inner = bare.strip_prefix('/').unwrap_or(bare);
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    let mut parts = inner.split('/');
    match () {
        () if inner.is_empty() => Some(DeadGlob::Empty),
        () if glob.starts_with('#') => Some(DeadGlob::Comment),
        () if parts.clone().any(|part| part == "..") => Some(DeadGlob::LeavesFolder),
        () if parts.any(|part| part.is_empty() || part == ".") => Some(DeadGlob::EmptyPart),
        () if glob.starts_with('!') && !gives => Some(DeadGlob::TakesBackNothing),
        () => None,
    }
}

fn reason(error: &ignore::Error) -> String {
    match error {
        ignore::Error::Glob { err, .. } => err.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn globs(list: &[&str]) -> (Globs, Vec<String>) {
        let mut mistakes = Mistakes::default();
        let written = list.iter().map(|glob| Written { value: (*glob).to_owned(), span: Span::at(0) }).collect();
        let globs = Globs::read(written, Span::at(0), &mut mistakes);
        (globs, mistakes.into_diagnostics().into_iter().map(|mistake| mistake.message).collect())
    }

    #[test]
    fn globs_match_as_in_a_gitignore() {
        #[track_caller]
        fn check(list: &[&str], path: &str, expected: bool) {
            let (globs, mistakes) = globs(list);
            assert_eq!(mistakes, Vec::<String>::new());
            assert_eq!(globs.matches(Path::new(path), false), expected);
        }
        check(&["*.draft.md"], "a/b.draft.md", true);
        check(&["*.draft.md"], "a/b.md", false);
        check(&["old/"], "a/old/b.txt", true);
        check(&["old/"], "a/old", false);
        check(&["/old/"], "a/old/b.txt", false);
        check(&["/old/"], "old/b.txt", true);
        check(&["./old"], "old/b.txt", true);
        check(&["./old"], "a/old/b.txt", false);
        check(&["a/*.txt"], "a/b.txt", true);
        check(&["a/*.txt"], "a/b/c.txt", false);
        check(&["a/**/c.txt"], "a/b/c.txt", true);
        check(&["*.{md,txt}"], "a.txt", true);
        check(&["*.txt", "!b.txt"], "b.txt", false);
        check(&["*.txt", "!b.txt"], "c.txt", true);
        check(&["[ab].txt"], "a.txt", true);
        check(&["*"], "/a.txt", false);
        check(&[], "a.txt", false);
    }

    #[test]
    fn what_cannot_match_is_a_mistake() {
        #[track_caller]
        fn check(list: &[&str], expected: &[&str]) {
            assert_eq!(globs(list).1, expected);
        }
        let leaves = "can never match: globs are matched inside the folder of this file, and `..` leaves it";
        check(&["../a.txt"], &[&format!("glob `../a.txt` {leaves}")]);
        check(&["a/../b.txt"], &[&format!("glob `a/../b.txt` {leaves}")]);
        check(&[""], &["glob `` can never match: it is empty"]);
        check(&["!"], &["glob `!` can never match: it is empty"]);
        check(&["/"], &["glob `/` can never match: it is empty"]);
        check(&["#a"], &["glob `#a` can never match: `#` begins a comment"]);
        check(&["a//b"], &["glob `a//b` can never match: no path has an empty part or a `.` in it"]);
        check(&["a/./b"], &["glob `a/./b` can never match: no path has an empty part or a `.` in it"]);
        check(&["!a", "a"], &["glob `!a` can never match: it takes back what no glob before it matches"]);
        check(&["a", "a"], &["glob `a` is there twice"]);
        check(&["[a"], &["glob `[a` cannot be read: unclosed character class; missing ']'"]);
        check(&["[z-a]"], &["glob `[z-a]` cannot be read: invalid range; 'z' > 'a'"]);
    }
}
