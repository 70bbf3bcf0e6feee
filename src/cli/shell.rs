//! `demur completions` and `demur man`: what a shell and `man` know of the command line.

use super::Outcome;
use super::args::{Args, CompletionsArgs, ManArgs};
use super::trouble::Trouble;
use clap::CommandFactory;
use demur::pack::closest;
use std::io::{self, Write};

pub fn completions(args: &CompletionsArgs, out: &mut impl Write) -> Result<Outcome, Trouble> {
    // The generator panics when it cannot write, as when `head` has seen enough; memory takes all.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "demur", &mut script);
    out.write_all(&script)?;
    Ok(Outcome::Clean)
}

pub fn man(args: &ManArgs, out: &mut impl Write) -> Result<Outcome, Trouble> {
    let mut program = Args::command();
    program.build();
    let command = match &args.command {
        None => program,
        Some(name) => find(&program, name)?,
    };
    page(command, out)?;
    Ok(Outcome::Clean)
}

fn find(program: &clap::Command, name: &str) -> Result<clap::Command, Trouble> {
    let known = || program.get_subcommands().map(clap::Command::get_name);
    match program.find_subcommand(name) {
        Some(command) => Ok(command.clone()),
        None => Err(Trouble::Unknown {
            what: "command",
            name: name.to_owned(),
            meant: closest(name, known()).map(str::to_owned),
            known: known().map(str::to_owned).collect(),
        }),
    }
}

fn page(command: clap::Command, out: &mut impl Write) -> io::Result<()> {
    clap_mangen::Man::new(command).render(out)
}
