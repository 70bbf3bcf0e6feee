//! Standard input.

use std::io::{self, IsTerminal};

/// Whether a letter can be expected on standard input: it is a pipe, a socket or a file. A terminal would wait for ever,
/// and `/dev/null`, which CI runners give, holds none.
#[cfg(unix)]
pub fn is_piped_in() -> bool {
    use std::os::fd::AsFd;
    use std::os::unix::fs::FileTypeExt;
    let stdin = io::stdin();
    let copy = stdin.as_fd().try_clone_to_owned();
    let metadata = copy.and_then(|fd| std::fs::File::from(fd).metadata());
    let piped = metadata.map(|metadata| metadata.file_type());
    !stdin.is_terminal() && piped.is_ok_and(|kind| kind.is_fifo() || kind.is_socket() || kind.is_file())
}

/// Whether a letter can be expected on standard input: it is no terminal.
#[cfg(not(unix))]
pub fn is_piped_in() -> bool {
    !io::stdin().is_terminal()
}
