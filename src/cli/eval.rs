//! `demur eval`.

use super::Outcome;
use super::args::{EvalArgs, EvalFormat};
use super::check::human_style;
use super::packs;
use super::trouble::Trouble;
use demur::check::Advisor;
use demur::diagnostic::{Diagnostic, Label, Level};
use demur::document::{Document, Letter};
use demur::eval::{Cell, Counts, Labels, Miss, Score};
use demur::judge::{Circumstances, Judgement};
use demur::pack::{Pack, closest};
use demur::report::{self, Style, clean};
use demur::source::{RawFile, Source};
use demur::span::Span;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

pub fn run(args: &EvalArgs, out: &mut impl Write) -> Result<Outcome, Trouble> {
    let style = human_style(args.color.color);
    let mut advisors = packs::load(std::slice::from_ref(&args.pack), &args.cache, &style)?;
    let Some(advisor) = advisors.pop() else { return Ok(Outcome::Clean) };
    if let Some(name) = &args.misses {
        ensure_can_be_missed(&advisor.pack, name)?;
    }
    let mut score = Score::new(&advisor.pack);
    for path in &args.labels {
        let (set, judged) = judge_all(&advisor, path, args, &style)?;
        let first = score.misses.len();
        for (number, (labelled, (_, judgement))) in set.letters.iter().zip(&judged).enumerate() {
            score.add(&advisor.pack, number, labelled, judgement);
        }
        if let Some(name) = &args.misses {
            show_misses(out, &advisor, name, &set, &judged, &score.misses[first..], &style)?;
        }
    }
    match args.output_format {
        EvalFormat::Human if args.misses.is_none() => table(out, &advisor.pack, &score)?,
        EvalFormat::Human => {}
        EvalFormat::Json => json(out, &advisor.pack, &score)?,
    }
    let f1 = score.content_micro(&advisor.pack).f1();
    Ok(if args.fail_under.is_some_and(|least| f1 < least) { Outcome::Findings } else { Outcome::Clean })
}

fn ensure_can_be_missed(pack: &Pack, name: &str) -> Result<(), Trouble> {
    let names = || pack.signals.iter().filter(|signal| !signal.cue).map(|signal| signal.name.as_str()).chain(["kind"]);
    if names().any(|known| known == name) {
        return Ok(());
    }
    let meant = closest(name, names()).map(str::to_owned);
    Err(Trouble::Unknown { what: "signal", name: name.to_owned(), meant, known: Vec::new() })
}

/// The letters of a list, each read and judged.
fn judge_all(
    advisor: &Advisor,
    path: &Path,
    args: &EvalArgs,
    style: &Style,
) -> Result<(Labels, Vec<(Letter, Judgement)>), Trouble> {
    let yaml = Source::open(path)?;
    let mut labels = Labels::read(yaml.text(), &advisor.pack).map_err(|found| {
        let shown = report::mistakes(&mut std::io::stderr().lock(), yaml.name(), yaml.text(), &found, style);
        match shown {
            Ok(()) => Trouble::Broken { name: yaml.name().to_owned(), count: found.len() },
            Err(error) => Trouble::Write(error),
        }
    })?;
    let is_wanted =
        |file: &str| args.batch.is_empty() || args.batch.iter().any(|prefix| file.starts_with(prefix.as_str()));
    labels.letters.retain(|labelled| is_wanted(&labelled.file));
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut judged = Vec::new();
    for labelled in &labels.letters {
        let file = RawFile::open(&folder.join(&labelled.file))?;
        let Some(letter) = Document::open(file, None)?.whole() else { continue };
        let judgement = advisor.judge(&letter.view, &letter.message, &Circumstances::default());
        judged.push((letter, judgement));
    }
    Ok((labels, judged))
}

// The table

fn table(out: &mut impl Write, pack: &Pack, score: &Score) -> Result<(), Trouble> {
    writeln!(out, "{:<20} {:>8} {:>9} {:>7} {:>6}", "signal", "letters", "precision", "recall", "F1")?;
    for (id, counts) in &score.signals {
        row(out, &pack.signals[*id].name, *counts)?;
    }
    writeln!(out)?;
    row(out, "content micro", score.content_micro(pack))?;
    row(out, "micro", score.micro())?;
    writeln!(out, "{:<20} {:>33.3}", "macro F1", score.macro_f1())?;
    writeln!(out, "{:<20} {:>33.3}", "kind of letter", score.kind_accuracy())?;
    let wrong: Vec<_> = score.confusion.iter().filter(|((labelled, found), _)| labelled != found).collect();
    for ((labelled, found), count) in wrong {
        writeln!(out, "  {count:>3} {} taken for {}", clean(labelled), clean(found))?;
    }
    Ok(())
}

fn row(out: &mut impl Write, name: &str, counts: Counts) -> Result<(), Trouble> {
    let (letters, precision) = (counts.tp + counts.fn_, counts.precision());
    let (recall, f1) = (counts.recall(), counts.f1());
    Ok(writeln!(out, "{:<20} {letters:>8} {precision:>9.3} {recall:>7.3} {f1:>6.3}", clean(name))?)
}

// JSON

#[derive(Serialize)]
struct Figures {
    precision: f64,
    recall: f64,
    f1: f64,
    tp: usize,
    fp: usize,
    #[serde(rename = "fn")]
    fn_: usize,
}

impl From<Counts> for Figures {
    fn from(counts: Counts) -> Figures {
        Figures {
            precision: counts.precision(),
            recall: counts.recall(),
            f1: counts.f1(),
            tp: counts.tp,
            fp: counts.fp,
            fn_: counts.fn_,
        }
    }
}

#[derive(Serialize)]
struct KindFigures {
    accuracy: f64,
    /// By the kind that a letter is, how often it was taken for which.
    confusion: BTreeMap<String, BTreeMap<String, usize>>,
}

#[derive(Serialize)]
struct AllFigures {
    micro: Figures,
    content_micro: Figures,
    #[serde(rename = "macro")]
    macro_f1: f64,
    signals: BTreeMap<String, Figures>,
    kind: KindFigures,
}

fn json(out: &mut impl Write, pack: &Pack, score: &Score) -> Result<(), Trouble> {
    let mut confusion: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for ((labelled, found), count) in &score.confusion {
        confusion.entry(labelled.clone()).or_default().insert(found.clone(), *count);
    }
    let figures = AllFigures {
        micro: score.micro().into(),
        content_micro: score.content_micro(pack).into(),
        macro_f1: score.macro_f1(),
        signals: score.signals.iter().map(|(id, counts)| (pack.signals[*id].name.clone(), (*counts).into())).collect(),
        kind: KindFigures { accuracy: score.kind_accuracy(), confusion },
    };
    serde_json::to_writer_pretty(&mut *out, &figures).map_err(std::io::Error::from)?;
    Ok(writeln!(out)?)
}

// Misses

fn show_misses(
    out: &mut impl Write,
    advisor: &Advisor,
    name: &str,
    set: &Labels,
    judged: &[(Letter, Judgement)],
    misses: &[Miss],
    style: &Style,
) -> Result<(), Trouble> {
    for (number, (letter, judgement)) in judged.iter().enumerate() {
        let shown: Vec<Diagnostic> = if name == "kind" {
            wrong_kind(advisor, &set.letters[number].kind, letter, judgement).into_iter().collect()
        } else {
            let here =
                misses.iter().filter(|miss| miss.letter == number && advisor.pack.signals[miss.signal].name == name);
            here.map(|miss| wrong_signal(advisor, miss, letter, judgement)).collect()
        };
        report::mistakes(out, letter.source.name(), letter.source.text(), &shown, style)?;
    }
    Ok(())
}

fn wrong_signal(advisor: &Advisor, miss: &Miss, letter: &Letter, judgement: &Judgement) -> Diagnostic {
    let signal = &advisor.pack.signals[miss.signal];
    let (message, labels) = match miss.cell {
        Cell::FalseAlarm => {
            let sightings = judgement.sightings.of(miss.signal).iter();
            let label = |span| Label { span: letter.message.back(&letter.view, span), text: signal.means.clone() };
            (format!("`{}` is found but not there", signal.name), sightings.map(|s| label(s.span)).collect())
        }
        Cell::Hit | Cell::Missed | Cell::Quiet | Cell::Unscored => {
            (format!("`{}` is there but not found", signal.name), vec![whole(letter)])
        }
    };
    diagnostic("miss", message, labels)
}

fn wrong_kind(advisor: &Advisor, labelled: &str, letter: &Letter, judgement: &Judgement) -> Option<Diagnostic> {
    let found = judgement.kind.map_or(Labels::OTHER, |kind| advisor.pack.kinds[kind].name.as_str());
    let is_wrong = labelled != Labels::UNCLEAR && labelled != found;
    is_wrong.then(|| diagnostic("kind", format!("`{labelled}` is taken for `{found}`"), vec![whole(letter)]))
}

fn whole(letter: &Letter) -> Label {
    Label { span: Span::new(0, letter.source.text().trim_end().len()), text: String::new() }
}

fn diagnostic(rule: &str, message: String, labels: Vec<Label>) -> Diagnostic {
    let rule = rule.to_owned();
    Diagnostic {
        rule,
        level: Level::Warning,
        message,
        labels,
        notes: Vec::new(),
        help: None,
        edits: Vec::new(),
        is_safe: false,
    }
}
