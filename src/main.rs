//! The command line of demur.

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}
