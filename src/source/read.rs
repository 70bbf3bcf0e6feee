//! Gets the bytes of a file, with a cap, and says in words why it could not.

use std::fs::{self, File, FileType};
use std::io::{self, Read};
use std::path::Path;

/// The largest file that is read, in bytes. A letter has a few thousand; the cap keeps a disk image named by mistake,
/// or a pipe without end, from filling the memory.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The largest archive of mails (`.mbox`) that is read, in bytes.
pub const MAX_ARCHIVE_BYTES: usize = 256 * 1024 * 1024;

/// The bytes of a file, before anything is known of what they mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawFile {
    /// What reports call it: the path as given, or the name of the stream.
    pub name: String,
    /// All of it.
    pub bytes: Vec<u8>,
}

impl RawFile {
    /// Reads a file that the user named: a regular one, a named pipe as in `demur <(pbpaste)`, or `/dev/stdin`.
    pub fn open(path: &Path) -> Result<RawFile, ReadError> {
        open(path, |kind| kind.is_file() || is_pipe(kind) || is_standard_input(path))
    }

    /// Reads a file that a walk through folders met: a regular one only, since a pipe there would wait for ever.
    pub fn open_found(path: &Path) -> Result<RawFile, ReadError> {
        open(path, |kind| kind.is_file())
    }

    /// Reads all of `reader`, standard input for example. `name` is what reports call it.
    pub fn from_reader(name: impl Into<String>, reader: impl Read) -> Result<RawFile, ReadError> {
        let name = name.into();
        let bytes = all(&name, reader, 0)?;
        Ok(RawFile { name, bytes })
    }
}

/// The most bytes that a file of this name may have.
fn limit(name: &str) -> usize {
    let is_archive = name.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("mbox"));
    if is_archive { MAX_ARCHIVE_BYTES } else { MAX_BYTES }
}

/// Why a file could not be read, and what its owner can do about it.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("`{name}` does not exist; check the name and the folder that it is looked for in")]
    NotFound { name: String },
    #[error("`{name}` may not be read by this user; ask for the permission or copy the letter")]
    Forbidden { name: String },
    #[error("`{name}` is a folder; name a letter in it")]
    Folder { name: String },
    #[error("`{name}` is a pipe, a device or a socket; name a file, or pipe the letter to standard input")]
    NotAFile { name: String },
    #[error("`{name}` is larger than {} MiB (limit `file-size`); demur reads letters, split it or name a smaller file", limit(name) >> 20)]
    TooLarge { name: String },
    #[error("`{name}` is not text; save the letter as plain text or Markdown")]
    Binary { name: String },
    #[error("`{name}` could not be read ({source}); try again or copy the letter")]
    Broken { name: String, source: io::Error },
}

impl ReadError {
    /// The file that it is about, as it was named.
    pub fn name(&self) -> &str {
        match self {
            ReadError::NotFound { name }
            | ReadError::Forbidden { name }
            | ReadError::Folder { name }
            | ReadError::NotAFile { name }
            | ReadError::TooLarge { name }
            | ReadError::Binary { name }
            | ReadError::Broken { name, .. } => name,
        }
    }

    fn new(name: &str, source: io::Error) -> ReadError {
        let name = name.to_owned();
        match source.kind() {
            // A folder may vanish from the middle of a path, or be a file.
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => ReadError::NotFound { name },
            io::ErrorKind::PermissionDenied => ReadError::Forbidden { name },
            io::ErrorKind::IsADirectory => ReadError::Folder { name },
            _ => ReadError::Broken { name, source },
        }
    }
}

fn open(path: &Path, is_read: impl Fn(FileType) -> bool) -> Result<RawFile, ReadError> {
    let name = path.display().to_string();
    // Asked before opening: to open a pipe is to wait for its writer.
    let about = fs::metadata(path).map_err(|error| ReadError::new(&name, error))?;
    if about.is_dir() {
        return Err(ReadError::Folder { name });
    }
    if !is_read(about.file_type()) {
        return Err(ReadError::NotAFile { name });
    }
    if about.len() > limit(&name) as u64 {
        return Err(ReadError::TooLarge { name });
    }
    let file = File::open(path).map_err(|error| ReadError::new(&name, error))?;
    let bytes = all(&name, file, about.len() as usize)?;
    Ok(RawFile { name, bytes })
}

/// All bytes of `reader`, of which about `expected` will come; an error as soon as there are too many.
fn all(name: &str, reader: impl Read, expected: usize) -> Result<Vec<u8>, ReadError> {
    let most = limit(name);
    let mut bytes = Vec::with_capacity(expected.min(most) + 1);
    reader.take(most as u64 + 1).read_to_end(&mut bytes).map_err(|error| ReadError::new(name, error))?;
    if bytes.len() > most {
        return Err(ReadError::TooLarge { name: name.to_owned() });
    }
    Ok(bytes)
}

#[cfg(unix)]
fn is_pipe(kind: FileType) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&kind)
}

#[cfg(not(unix))]
fn is_pipe(_: FileType) -> bool {
    false
}

/// Whether the path is standard input, which may be a terminal or a socket too.
fn is_standard_input(path: &Path) -> bool {
    ["/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"].iter().any(|name| path == Path::new(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    /// A folder of its own for a test, gone when the test is over.
    struct Folder(std::path::PathBuf);

    impl Folder {
        fn new(test: &str) -> Folder {
            let path = std::env::temp_dir().join(format!("demur-{test}-{}", std::process::id()));
            fs::create_dir_all(&path).expect("a folder for the test");
            Folder(path)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn what_cannot_be_read_is_said_in_words() {
        let folder = Folder::new("words");
        #[track_caller]
        fn check(path: &Path, expected: &str) {
            let error = Source::open(path).expect_err("it is no letter").to_string();
            assert_eq!(error, format!("`{}` {expected}", path.display()));
        }
        check(&folder.0, "is a folder; name a letter in it");
        check(&folder.0.join("no"), "does not exist; check the name and the folder that it is looked for in");
        let large = folder.0.join("large");
        File::create(&large).and_then(|file| file.set_len(MAX_BYTES as u64 + 1)).expect("a file of the test");
        check(
            &large,
            "is larger than 16 MiB (limit `file-size`); demur reads letters, split it or name a smaller file",
        );
        let binary = folder.0.join("binary");
        fs::write(&binary, b"PK\x03\x04\0\0").expect("a file of the test");
        check(&binary, "is not text; save the letter as plain text or Markdown");
        #[cfg(unix)]
        check(
            Path::new("/dev/zero"),
            "is a pipe, a device or a socket; name a file, or pipe the letter to standard input",
        );
    }

    #[test]
    fn a_file_is_read_whole() {
        let folder = Folder::new("whole");
        let path = folder.0.join("letter.txt");
        fs::write(&path, "Dear X,\n").expect("a file of the test");
        for file in [RawFile::open(&path), RawFile::open_found(&path)] {
            let source = Source::decode(file.expect("it is there")).expect("a letter");
            assert_eq!((source.name(), source.text()), (path.to_str().expect("UTF-8"), "Dear X,\n"));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_read_only_when_named() {
        let folder = Folder::new("pipe");
        let path = folder.0.join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&path).status().expect("mkfifo");
        assert!(made.success());
        assert!(matches!(RawFile::open_found(&path), Err(ReadError::NotAFile { .. })));
        let writer = std::thread::spawn({
            let path = path.clone();
            move || fs::write(path, "Dear X,")
        });
        assert_eq!(Source::open(&path).expect("a letter").text(), "Dear X,");
        writer.join().expect("no panic").expect("written");
    }

    #[test]
    fn a_pipe_without_end_stops() {
        let read = RawFile::from_reader("<stdin>", io::repeat(b'a'));
        assert!(matches!(read, Err(ReadError::TooLarge { .. })));
        let full = RawFile::from_reader("<stdin>", io::repeat(b'a').take(MAX_BYTES as u64));
        assert_eq!(full.expect("just not too large").bytes.len(), MAX_BYTES);
    }
}
