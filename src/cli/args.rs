//! What can be typed.

use super::examples;
use super::outputs::OutputArg;
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use demur::view::FileType;
use std::path::PathBuf;

/// Holds a draft letter against the advice for it, as a compiler holds code against its rules.
#[derive(Debug, Parser)]
#[command(name = "demur", version, about, max_term_width = 80, after_help = EXIT_CODES)]
#[command(disable_help_subcommand = true)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "\
Exit codes: 0 nothing found, 1 something found, 2 something could not be done.

Examples:
  demur check letter.txt      one draft
  demur check templates/      every letter in a folder
  demur check < letter.txt    whatever is piped in
  demur explain apologize     why a rule is there, with examples";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Checks letters: files, folders, or standard input
    #[command(after_help = examples::CHECK)]
    Check(CheckArgs),
    #[command(after_help = examples::ACCEPT)]
    /// Accepts what a rule finds in a letter, with a reason
    Accept(AcceptArgs),
    /// Shows the advice step by step, with its rules
    #[command(after_help = examples::RULES)]
    Rules(RulesArgs),
    /// Explains a rule or a signal: why it is there, with examples
    #[command(after_help = examples::EXPLAIN)]
    Explain(ExplainArgs),
    /// Shows a letter as demur sees it: parts, sentences, signals
    #[command(after_help = examples::INSPECT)]
    Inspect(InspectArgs),
    /// Shows what holds for a letter, and where each value comes from
    #[command(after_help = examples::CONFIG)]
    Config(SettingsArgs),
    /// Writes a configuration to start from
    #[command(after_help = examples::INIT)]
    Init(InitArgs),
    /// Writes the JSON Schema of a file, for editors
    #[command(after_help = examples::SCHEMA)]
    Schema(SchemaArgs),
    /// Serves an editor over standard input and output (LSP)
    #[command(after_help = examples::LSP)]
    Lsp(LspArgs),
    /// Writes the completions of a shell
    #[command(after_help = examples::COMPLETIONS)]
    Completions(CompletionsArgs),
    /// Writes a manual page
    #[command(after_help = examples::MAN)]
    Man(ManArgs),
    /// Runs the examples in packs
    #[command(after_help = examples::TEST)]
    Test(TestArgs),
    /// Measures a pack on letters whose meaning is known
    #[command(after_help = examples::EVAL)]
    Eval(EvalArgs),
}

#[derive(Debug, Clone, Default, ClapArgs)]
pub struct PackArgs {
    /// A pack to judge by: the name of a built-in one or a YAML file
    /// [default: what the configuration says, or decline-offer]
    #[arg(long = "pack", value_name = "NAME|PATH", verbatim_doc_comment)]
    pub packs: Vec<String>,

    #[command(flatten)]
    pub cache: CacheArgs,
}

#[derive(Debug, Clone, Default, ClapArgs)]
pub struct CacheArgs {
    /// Reads packs from their files even if they are kept from an earlier run,
    /// and keeps none
    #[arg(long)]
    pub no_cache: bool,
}

#[derive(Debug, Clone, Default, ClapArgs)]
pub struct ConfigArgs {
    /// The configuration to heed, instead of the one nearest to each letter
    /// [env: DEMUR_CONFIG]
    #[arg(long, value_name = "FILE", conflicts_with = "no_config", verbatim_doc_comment)]
    pub config: Option<PathBuf>,

    /// Heeds no configuration
    #[arg(long, visible_alias = "isolated")]
    pub no_config: bool,
}

#[derive(Debug, Clone, Default, ClapArgs)]
pub struct AcceptedArgs {
    /// The file of accepted findings to heed, instead of the one nearest to
    /// each letter
    #[arg(long, value_name = "FILE", conflicts_with = "no_accepted")]
    pub accepted: Option<PathBuf>,

    /// Reports what is accepted, too
    #[arg(long)]
    pub no_accepted: bool,
}

/// What a letter is judged by, and how.
#[derive(Debug, Default, ClapArgs)]
pub struct JudgeArgs {
    #[command(flatten)]
    pub packs: PackArgs,

    #[command(flatten)]
    pub config: ConfigArgs,

    #[command(flatten)]
    pub accepted: AcceptedArgs,

    /// What the letter is, instead of recognizing it, e.g. `decline`
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,

    /// The day on which the message came that the letter answers
    #[arg(long, value_name = "DATE")]
    pub received_on: Option<String>,

    /// Takes the letters for templates, in which placeholders are right
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub template: Option<bool>,

    /// Asks only this rule (repeatable)
    #[arg(long, value_name = "RULE")]
    pub only: Vec<String>,

    /// Does not ask this rule (repeatable)
    #[arg(long, value_name = "RULE")]
    pub ignore: Vec<String>,

    /// The least level that makes the exit code 1 [default: warning]
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub fail_on: Option<FailOn>,
}

#[derive(Debug, ClapArgs)]
pub struct ColorArgs {
    /// When to colour the output
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,
}

#[derive(Debug, Clone, Copy, ValueEnum, PartialEq, Eq)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Clone, Copy, ValueEnum, PartialEq, Eq)]
pub enum FailOn {
    /// Errors only
    Error,
    /// Warnings and errors
    Warning,
    /// Anything at all
    Note,
    /// Nothing
    Never,
}

impl From<FailOn> for demur::config::FailOn {
    fn from(level: FailOn) -> demur::config::FailOn {
        match level {
            FailOn::Error => demur::config::FailOn::Error,
            FailOn::Warning => demur::config::FailOn::Warning,
            FailOn::Note => demur::config::FailOn::Note,
            FailOn::Never => demur::config::FailOn::Never,
        }
    }
}

#[derive(Debug, ClapArgs)]
pub struct CheckArgs {
    /// Files and folders; `-` is standard input, which is also read when
    /// nothing is named and a letter is piped in
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// The name that standard input goes by; its extension tells the format
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<String>,

    /// What the files are, instead of telling it by their names: text, markdown,
    /// html, mail, mbox, docx, odt; for a template e.g. markdown+jinja
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<FileType>,

    #[command(flatten)]
    pub judge: JudgeArgs,

    /// Leaves what the configuration excludes alone even where it is named, as
    /// pre-commit does
    #[arg(long)]
    pub force_exclude: bool,

    /// How to show what was found: human, concise, json, json-lines, sarif,
    /// github, gitlab, junit, checkstyle or markdown; FORMAT=PATH writes it to
    /// a file (repeatable)
    #[arg(long, value_name = "FORMAT[=PATH]")]
    pub output_format: Vec<OutputArg>,

    /// Writes to a file what would go to standard output
    #[arg(long, short, value_name = "PATH")]
    pub output_file: Option<PathBuf>,

    /// Writes into the files what can be mended without changing what they say
    #[arg(long)]
    pub fix: bool,

    /// Mends the rest too: takes sentences out, puts standard phrases in
    #[arg(long)]
    pub unsafe_fixes: bool,

    /// Shows what the fixes would change, and changes nothing
    #[arg(long, conflicts_with = "fix")]
    pub diff: bool,

    /// Accepts all that is found now, so that only what is new is reported from
    /// then on
    #[arg(long, conflicts_with_all = ["fix", "unsafe_fixes", "diff", "output_format", "output_file", "no_accepted"])]
    pub write_baseline: bool,

    /// Keeps the words of letters out of the formats for machines
    #[arg(long)]
    pub redact: bool,

    #[command(flatten)]
    pub color: ColorArgs,

    /// Shows findings only: no checklist, no summary, no progress
    #[arg(long, short)]
    pub quiet: bool,

    /// Also lists the files of folders that were passed over
    #[arg(long, short, conflicts_with = "quiet")]
    pub verbose: bool,
}

#[derive(Debug, ClapArgs)]
pub struct AcceptArgs {
    /// The letter, and the line of the finding; without a line all that the
    /// rule finds in the file is accepted
    #[arg(value_name = "FILE[:LINE]")]
    pub place: String,

    /// The rule
    #[arg(value_name = "RULE")]
    pub rule: String,

    /// Why it is accepted
    #[arg(long, value_name = "REASON")]
    pub because: String,

    /// The last day on which it is
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,

    /// What the file is, instead of telling it by its name
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<FileType>,

    #[command(flatten)]
    pub judge: JudgeArgs,
}

#[derive(Debug, ClapArgs)]
pub struct SettingsArgs {
    /// A letter, which need not be there yet, or a folder
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,

    #[command(flatten)]
    pub judge: JudgeArgs,

    /// How to show it
    #[arg(long, value_enum, default_value_t = EvalFormat::Human, value_name = "FORMAT")]
    pub output_format: EvalFormat,

    #[command(flatten)]
    pub color: ColorArgs,
}

#[derive(Debug, ClapArgs)]
pub struct InitArgs {
    /// The folder that the configuration is for
    #[arg(value_name = "FOLDER", default_value = ".", hide_default_value = true)]
    pub folder: PathBuf,

    /// Begins a configuration anew that is there already
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, ClapArgs)]
pub struct SchemaArgs {
    /// What the file is
    #[arg(value_enum, value_name = "FILE")]
    pub of: SchemaOf,
}

#[derive(Debug, Clone, Copy, ValueEnum, PartialEq, Eq)]
pub enum SchemaOf {
    /// A configuration, `demur.yaml`
    Config,
    /// A file of accepted findings, `demur-accepted.yaml`
    Accepted,
    /// A pack
    Pack,
}

#[derive(Debug, ClapArgs)]
pub struct RulesArgs {
    #[command(flatten)]
    pub packs: PackArgs,

    #[command(flatten)]
    pub config: ConfigArgs,

    /// Writes Markdown, a page with every rule explained
    #[arg(long)]
    pub markdown: bool,

    #[command(flatten)]
    pub color: ColorArgs,
}

#[derive(Debug, ClapArgs)]
pub struct ExplainArgs {
    /// The name of a rule or a signal
    #[arg(value_name = "RULE|SIGNAL")]
    pub name: String,

    /// A letter, for which to say why the rule spoke or did not; `-` is
    /// standard input
    #[arg(value_name = "FILE")]
    pub path: Option<PathBuf>,

    /// What the file is, instead of telling it by its name
    #[arg(long, value_name = "FORMAT", requires = "path")]
    pub format: Option<FileType>,

    #[command(flatten)]
    pub packs: PackArgs,

    #[command(flatten)]
    pub config: ConfigArgs,

    #[command(flatten)]
    pub color: ColorArgs,
}

#[derive(Debug, ClapArgs)]
pub struct InspectArgs {
    /// A letter; `-` is standard input
    #[arg(value_name = "FILE")]
    pub path: PathBuf,

    /// What the file is, instead of telling it by its name
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<FileType>,

    #[command(flatten)]
    pub packs: PackArgs,

    #[command(flatten)]
    pub config: ConfigArgs,

    #[command(flatten)]
    pub color: ColorArgs,
}

#[derive(Debug, ClapArgs)]
pub struct LspArgs {
    #[command(flatten)]
    pub packs: PackArgs,

    #[command(flatten)]
    pub config: ConfigArgs,

    #[command(flatten)]
    pub accepted: AcceptedArgs,

    // Some clients give it to each server, and there is no other way.
    #[arg(long, hide = true)]
    pub stdio: bool,
}

#[derive(Debug, ClapArgs)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

#[derive(Debug, ClapArgs)]
pub struct ManArgs {
    /// The command to describe; the program itself where none is named
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub struct TestArgs {
    /// Packs: names of built-in ones or YAML files
    #[arg(value_name = "PACK", default_value = "decline-offer")]
    pub packs: Vec<String>,

    #[command(flatten)]
    pub color: ColorArgs,
}

#[derive(Debug, ClapArgs)]
pub struct EvalArgs {
    /// YAML lists that say what each letter beside them says
    #[arg(value_name = "LABELS", required = true)]
    pub labels: Vec<PathBuf>,

    /// The pack to measure
    #[arg(long = "pack", value_name = "NAME|PATH", default_value = "decline-offer")]
    pub pack: String,

    /// Takes only letters whose file name begins with this (repeatable)
    #[arg(long, value_name = "PREFIX")]
    pub batch: Vec<String>,

    /// Shows every false alarm and miss of this signal; `kind` shows letters
    /// taken for another kind
    #[arg(long, value_name = "SIGNAL")]
    pub misses: Option<String>,

    /// Makes the exit code 1 when the content micro-F1 is below this
    #[arg(long, value_name = "F1")]
    pub fail_under: Option<f64>,

    /// How to show the figures
    #[arg(long, visible_alias = "format", value_enum, default_value_t = EvalFormat::Human, value_name = "FORMAT")]
    pub output_format: EvalFormat,

    #[command(flatten)]
    pub cache: CacheArgs,

    #[command(flatten)]
    pub color: ColorArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum, PartialEq, Eq)]
pub enum EvalFormat {
    /// A table
    Human,
    /// One JSON object
    Json,
}
