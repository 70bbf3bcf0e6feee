//! `demur schema`.

use super::Outcome;
use super::args::{SchemaArgs, SchemaOf};
use super::trouble::Trouble;
use demur::report::OutputFormat;
use demur::schema;
use std::io::{self, Write};

pub fn run(args: &SchemaArgs, out: &mut impl Write) -> Result<Outcome, Trouble> {
    let schema = match args.of {
        SchemaOf::Config => schema::of_config(&OutputFormat::ALL.map(OutputFormat::name)),
        SchemaOf::Accepted => schema::of_accepted(),
        SchemaOf::Pack => schema::of_pack(),
    };
    let text = serde_json::to_string_pretty(&schema).map_err(io::Error::from)?;
    writeln!(out, "{text}")?;
    Ok(Outcome::Clean)
}
