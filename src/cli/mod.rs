//! The command line: the only place that knows flags, the environment, streams and exit codes.

mod accept;
mod accepted;
mod args;
mod cache;
mod check;
mod config;
mod discover;
mod eval;
mod examples;
mod explain;
mod files;
mod fix;
mod init;
mod inspect;
mod job;
mod letters;
mod lsp;
mod outputs;
mod packs;
mod replace;
mod rules;
mod schema;
mod settings;
mod shell;
mod test;
mod trace;
mod trouble;

use args::{Args, Command};
use clap::Parser;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;
use trouble::Trouble;

/// How a run ended; scripts depend on the difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Everything was read and nothing was found that counts.
    Clean,
    /// Everything was read and something was found.
    Findings,
    /// Something could not be done.
    Trouble,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        match outcome {
            Outcome::Clean => ExitCode::from(0),
            Outcome::Findings => ExitCode::from(1),
            Outcome::Trouble => ExitCode::from(2),
        }
    }
}

/// Runs the program.
pub fn run() -> ExitCode {
    let args = Args::parse();
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let ended = match &args.command {
        Command::Check(check) if check.write_baseline => accept::baseline(check, &mut out),
        Command::Check(check) => check::run(check, &mut out),
        Command::Accept(accept) => accept::run(accept, &mut out),
        Command::Rules(rules) => rules::run(rules, &mut out),
        Command::Explain(explain) => explain::run(explain, &mut out),
        Command::Inspect(inspect) => inspect::run(inspect, &mut out),
        Command::Config(config) => config::run(config, &mut out),
        Command::Init(init) => init::run(init, &mut out),
        Command::Schema(schema) => schema::run(schema, &mut out),
        Command::Lsp(lsp) => lsp::run(lsp),
        Command::Completions(completions) => shell::completions(completions, &mut out),
        Command::Man(man) => shell::man(man, &mut out),
        Command::Test(test) => test::run(test, &mut out),
        Command::Eval(eval) => eval::run(eval, &mut out),
    };
    let flushed = out.flush().map_err(Trouble::Write);
    match ended.and_then(|outcome| flushed.map(|()| outcome)) {
        Ok(outcome) => outcome.into(),
        // Whoever reads the report has closed it: that is not our trouble.
        Err(Trouble::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::from(0),
        Err(trouble) => {
            trouble.print(&mut io::stderr().lock());
            Outcome::Trouble.into()
        }
    }
}
