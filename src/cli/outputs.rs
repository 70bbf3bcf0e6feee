//! Where reports go: standard output, and files.

use super::args::CheckArgs;
use super::trouble::Trouble;
use demur::check::Advisor;
use demur::document::OpenError;
use demur::pack::closest;
use demur::report::{OutputFormat, Rendered, Reporter, Style, Tally};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use tempfile::NamedTempFile;

/// A format, and the file that it goes to; standard output where there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputArg {
    format: OutputFormat,
    path: Option<PathBuf>,
}

impl FromStr for OutputArg {
    type Err = String;

    fn from_str(text: &str) -> Result<OutputArg, String> {
        let (name, path) = text.split_once('=').map_or((text, None), |(name, path)| (name, Some(path)));
        let Some(format) = OutputFormat::find(name) else {
            let names = || OutputFormat::ALL.into_iter().map(OutputFormat::name);
            return Err(match closest(name, names()) {
                Some(meant) => format!("there is no form of report `{name}`; did you mean `{meant}`?"),
                None => format!("there is no form of report `{name}`; use {}", names().collect::<Vec<_>>().join(", ")),
            });
        };
        match path {
            Some("") => Err(format!("no file stands behind `{text}`; write e.g. `{name}=report`")),
            path => Ok(OutputArg { format, path: path.map(PathBuf::from) }),
        }
    }
}

/// All reports of a run.
pub struct Outputs {
    outputs: Vec<Output>,
}

struct Output {
    style: Style,
    reporter: Reporter,
    sink: Sink,
}

enum Sink {
    Stdout,
    /// Written beside the file and put in its place when it is whole, so that nobody reads half of a report.
    File(PathBuf, BufWriter<NamedTempFile>),
}

impl Outputs {
    /// The outputs that the flags ask for; `configured` is the format of standard output where they do not say, and `style`
    /// the rest of its style.
    pub fn new(
        args: &CheckArgs,
        configured: Option<OutputFormat>,
        style: Style,
        several: bool,
    ) -> Result<Outputs, Trouble> {
        let mut asked = args.output_format.clone();
        if asked.iter().all(|output| output.path.is_some()) && (asked.is_empty() || args.output_file.is_some()) {
            asked.push(OutputArg { format: configured.unwrap_or(OutputFormat::Human), path: None });
        }
        if asked.iter().filter(|output| output.path.is_none()).count() > 1 {
            return Err(Trouble::TwoReports);
        }
        let outputs = asked.into_iter().map(|OutputArg { format, path }| {
            let path = path.or_else(|| args.output_file.clone());
            let color = style.color && path.is_none();
            let style = Style { format, color, quiet: args.quiet, redact: args.redact, ..style };
            Ok(Output { style, reporter: Reporter::new(style, several), sink: Sink::new(path)? })
        });
        Ok(Outputs { outputs: outputs.collect::<Result<_, Trouble>>()? })
    }

    /// How each of them is shown.
    pub fn styles(&self) -> Vec<Style> {
        self.outputs.iter().map(|output| output.style).collect()
    }

    /// Begins each report.
    pub fn begin(&mut self, out: &mut impl Write, passed_over: usize, advisors: &[Advisor]) -> io::Result<()> {
        self.outputs.iter_mut().try_for_each(|output| {
            output.reporter.passed_over(passed_over);
            output.write(out, |reporter, mut out| reporter.begin(&mut out, advisors))
        })
    }

    /// Adds a letter, rendered once for each of them.
    pub fn letter(&mut self, out: &mut impl Write, rendered: Vec<Rendered>) -> io::Result<()> {
        self.outputs.iter_mut().zip(rendered).try_for_each(|(output, rendered)| {
            output.write(out, |reporter, mut out| reporter.rendered(&mut out, rendered))
        })
    }

    /// Notes a file that could not be read.
    pub fn unreadable(&mut self, error: &OpenError) {
        self.outputs.iter_mut().for_each(|output| output.reporter.unreadable(error));
    }

    /// Ends each report and puts the files in their places. Returns the numbers of the run.
    pub fn end(self, out: &mut impl Write, advisors: &[Advisor]) -> Result<Tally, Trouble> {
        let mut tally = Tally::default();
        for mut output in self.outputs {
            output.write(out, |reporter, mut out| reporter.end(&mut out, advisors))?;
            tally = output.reporter.tally().clone();
            output.sink.close()?;
        }
        Ok(tally)
    }
}

impl Output {
    fn write(
        &mut self,
        stdout: &mut impl Write,
        write: impl FnOnce(&mut Reporter, &mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        match &mut self.sink {
            Sink::Stdout => write(&mut self.reporter, stdout),
            Sink::File(_, file) => write(&mut self.reporter, file),
        }
    }
}

impl Sink {
    fn new(path: Option<PathBuf>) -> Result<Sink, Trouble> {
        let Some(path) = path else { return Ok(Sink::Stdout) };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        match NamedTempFile::new_in(folder) {
            Ok(file) => Ok(Sink::File(path, BufWriter::new(file))),
            Err(error) => Err(Trouble::Output { path, error }),
        }
    }

    fn close(self) -> Result<(), Trouble> {
        let Sink::File(path, file) = self else { return Ok(()) };
        let kept = file.into_inner().map_err(io::IntoInnerError::into_error).and_then(|file| {
            readable_by_all(file.as_file())?;
            file.persist(&path).map_err(|error| error.error)
        });
        kept.map(|_| ()).map_err(|error| Trouble::Output { path, error })
    }
}

/// A temporary file is its owner's alone; a report is read by the next step of a CI run, whoever that is.
#[cfg(unix)]
fn readable_by_all(file: &std::fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_: &std::fs::File) -> io::Result<()> {
    Ok(())
}
