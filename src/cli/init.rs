//! `demur init`.

use super::Outcome;
use super::args::InitArgs;
use super::trouble::Trouble;
use demur::config::FILE_NAMES;
use demur::report::clean;
use std::io::{self, Write};
use std::path::Path;

/// What a configuration starts as.
const STARTER: &str = include_str!("starter.yaml");

pub fn run(args: &InitArgs, out: &mut impl Write) -> Result<Outcome, Trouble> {
    let folder = if args.folder == Path::new(".") { Path::new("") } else { &args.folder };
    let there = FILE_NAMES.iter().map(|name| folder.join(name)).find(|path| path.symlink_metadata().is_ok());
    let path = match there {
        Some(path) if !args.force => return Err(Trouble::AlreadyThere(path)),
        Some(path) => path,
        None => folder.join(FILE_NAMES[0]),
    };
    write(&path).map_err(|error| Trouble::NotWritten { path: path.clone(), error })?;
    writeln!(out, "wrote {}", clean(&path.display().to_string()))?;
    Ok(Outcome::Clean)
}

/// Writes all of it or nothing.
fn write(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    // Others who work in the folder read it too, as far as the owner lets files be read.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(STARTER.as_bytes())?;
    file.persist(path)?;
    Ok(())
}
