//! `demur inspect`.

use super::Outcome;
use super::args::InspectArgs;
use super::letters::Named;
use super::trouble::Trouble;
use demur::check::Advisor;
use demur::document::Letter;
use demur::judge::Judgement;
use demur::report::clean;
use std::io::Write;

pub fn run(args: &InspectArgs, out: &mut impl Write) -> Result<Outcome, Trouble> {
    let named = Named { path: &args.path, format: args.format, packs: &args.packs, config: &args.config };
    for (letter, settings) in named.letters()? {
        writeln!(out, "{}", heading(&letter))?;
        parts(out, &letter)?;
        for (advisor, given) in settings.advisors.iter().zip(&settings.circumstances) {
            let judgement = advisor.judge(&letter.view, &letter.message, given);
            signals(out, &letter, advisor, &judgement)?;
        }
        let behind = letter.within.as_ref().and_then(|within| left_out(within.left_out_behind));
        if let Some(lines) = behind {
            writeln!(out, "({lines} behind it left out)")?;
        }
    }
    Ok(Outcome::Clean)
}

/// What the letter is called; where its file has more than it, the lines that it takes up, and how many with words before
/// it are none of a letter.
fn heading(letter: &Letter) -> String {
    let name = clean(&letter.name()).into_owned();
    let Some(within) = &letter.within else { return name };
    let lines = letter.lines().map(|(first, last)| format!("lines {first}-{last}"));
    let before = left_out(within.left_out_before).map(|lines| format!("{lines} before it left out"));
    let told: Vec<String> = lines.into_iter().chain(before).collect();
    if told.is_empty() { name } else { format!("{name} ({})", told.join("; ")) }
}

/// `3 lines`; nothing for none.
fn left_out(lines: usize) -> Option<String> {
    match lines {
        0 => None,
        1 => Some("1 line".to_owned()),
        lines => Some(format!("{lines} lines")),
    }
}

/// Each sentence with its part and its place.
fn parts(out: &mut impl Write, letter: &Letter) -> Result<(), Trouble> {
    let mut paragraph = None;
    for sentence in letter.message.sentences() {
        if paragraph.replace(sentence.paragraph).is_some_and(|last| last != sentence.paragraph) {
            writeln!(out)?;
        }
        let place = place(letter, sentence.span);
        let text = clean(letter.message.sentence_text(sentence)).into_owned();
        writeln!(out, "  {place:>9}  {:<10}  {text}", sentence.part.name())?;
    }
    for quoted in letter.message.quoted() {
        let start = letter.source.position(letter.view.back(*quoted).start());
        let text = clean(&letter.view.text()[quoted.range()]).into_owned();
        writeln!(out, "  {:>9}  {:<10}  {text}", format!("{}:{}", start.line, start.column), "(quoted)")?;
    }
    Ok(())
}

/// Where a passage begins, as `line:column`.
pub fn place(letter: &Letter, span: demur::span::Span<demur::span::Laid>) -> String {
    let start = letter.source.position(letter.message.back(&letter.view, span).start());
    format!("{}:{}", start.line, start.column)
}

/// What the letter says, and what kind of letter that makes it.
fn signals(out: &mut impl Write, letter: &Letter, advisor: &Advisor, judgement: &Judgement) -> Result<(), Trouble> {
    let pack = &advisor.pack;
    let kind = judgement.kind.map_or("no kind of letter that it knows", |kind| pack.kinds[kind].title.as_str());
    writeln!(out, "\n  {}: {}", clean(&pack.name), clean(kind))?;
    let mut sightings: Vec<_> = judgement.sightings.iter().collect();
    sightings.sort_by_key(|sighting| (sighting.span, sighting.signal));
    for sighting in sightings {
        let signal = &pack.signals[sighting.signal];
        let name = if signal.cue { format!("({})", signal.name) } else { signal.name.clone() };
        let text = clean(&letter.message.text()[sighting.span.range()]).into_owned();
        writeln!(out, "  {:>9}  {:<20}  {text}", place(letter, sighting.span), clean(&name))?;
    }
    Ok(())
}
