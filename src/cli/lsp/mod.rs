//! `demur lsp`: a language server over standard input and output (LSP 3.17).

mod client;
mod document;
mod finding;
mod frame;
mod place;
mod server;
mod wire;

use super::Outcome;
use super::args::LspArgs;
use super::trouble::Trouble;
use server::Server;
use std::io;
use wire::Wire;

pub fn run(args: &LspArgs) -> Result<Outcome, Trouble> {
    let wire = Wire::stdio();
    let mut server = Server::new(args, &wire);
    match serve(&mut server, &wire) {
        // A client that is gone is one that said no goodbye, or has said it.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        Ok(()) | Err(_) => Ok(server.outcome()),
    }
}

fn serve(server: &mut Server<'_>, wire: &Wire) -> io::Result<()> {
    loop {
        // Whatever is typed while a letter is read is taken in first, and the last text is the one that is judged.
        while let Some(message) = wire.next_if_there() {
            if server.is_over(message)? {
                return Ok(());
            }
        }
        server.publish()?;
        let Some(message) = wire.next() else { return Ok(()) };
        if server.is_over(message)? {
            return Ok(());
        }
    }
}
