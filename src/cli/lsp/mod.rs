//! `demur lsp`: a language server over standard input and output (LSP 3.17).

mod document;
mod finding;
mod place;
mod server;
mod wire;

use super::Outcome;
use super::args::LspArgs;
use super::trouble::Trouble;
use server::Server;
use wire::Wire;

pub fn run(args: &LspArgs) -> Result<Outcome, Trouble> {
    let wire = Wire::stdio();
    let mut server = Server::new(args, &wire);
    loop {
        // Whatever is typed while a letter is read is taken in first, and the last text is the one that is judged.
        while let Some(message) = wire.next_if_there() {
            if server.is_over(message)? {
                return Ok(server.outcome());
            }
        }
        server.publish()?;
        let Some(message) = wire.next() else { return Ok(server.outcome()) };
        if server.is_over(message)? {
            return Ok(server.outcome());
        }
    }
}
