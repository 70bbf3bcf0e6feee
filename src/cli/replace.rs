//! Replaces a file in one step, so that whoever looks finds the old content or the new one, whole.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Why a file was left as it was.
#[derive(Debug, thiserror::Error)]
pub enum ReplaceError {
    /// Nobody may write to it.
    #[error("`{}` is read-only and was left as it was; allow writing to it, or use --diff", .0.display())]
    ReadOnly(PathBuf),
    /// A new file in its place would not be the one behind its other names.
    #[error("`{}` has other names (hard links) and was left as it was; use --diff and `patch`", .0.display())]
    HardLinks(PathBuf),
    /// Somebody else has written to it.
    #[error("`{}` was changed by another program while demur read it, and was left as it is; run demur again", .0.display())]
    Changed(PathBuf),
    /// The new content could not be put in its place.
    #[error("`{}` was left as it was, since the new text could not be written ({error}); free some room or allow writing to its folder", .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

/// Puts `new` in the place of `old`, the content that was read. The new content is written to a file in the same folder,
/// synced, and renamed; it keeps the mode of the old one. Of a symbolic link the file behind it is replaced.
pub fn replace(path: &Path, old: &[u8], new: &[u8]) -> Result<(), ReplaceError> {
    let failed = |error| ReplaceError::Write { path: path.to_owned(), error };
    let real = fs::canonicalize(path).map_err(failed)?;
    let about = fs::metadata(&real).map_err(failed)?;
    if about.permissions().readonly() {
        return Err(ReplaceError::ReadOnly(path.to_owned()));
    }
    if names(&about) > 1 {
        return Err(ReplaceError::HardLinks(path.to_owned()));
    }
    let folder = real.parent().unwrap_or(Path::new("/"));
    let mut file = NamedTempFile::with_prefix_in(".demur-", folder).map_err(failed)?;
    file.write_all(new).map_err(failed)?;
    file.as_file().set_permissions(about.permissions()).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    if fs::read(&real).map_err(failed)? != old {
        return Err(ReplaceError::Changed(path.to_owned()));
    }
    file.persist(&real).map_err(|error| failed(error.error))?;
    // Without this the rename may be lost with the power; where folders cannot be synced, nothing can be done about it.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

/// Writes a new file whole. Where somebody else has written one of that name meanwhile, that one stays.
pub fn create(path: &Path, new: &[u8]) -> Result<(), ReplaceError> {
    let failed = |error| ReplaceError::Write { path: path.to_owned(), error };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".demur-");
    // Others who work in the folder read it too, as far as the owner lets files be read.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder).map_err(failed)?;
    file.write_all(new).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist_noclobber(path).map_err(|error| failed(error.error))?;
    Ok(())
}

#[cfg(unix)]
fn names(about: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(about)
}

#[cfg(not(unix))]
fn names(_: &Metadata) -> u64 {
    1
}
