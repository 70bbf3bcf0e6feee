//! SARIF 2.1.0, the form that code scanning of GitHub and others reads. See
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.

use super::clean::clean;
use super::words::message;
use super::{address, json};
use crate::check::{Accepted, Advisor, Report, Told};
use crate::diagnostic::{Diagnostic, Edit, Level};
use crate::document::Letter;
use crate::fingerprint;
use crate::pack::{Pack, Rule};
use crate::source::Origin;
use crate::span::{Decoded, Span};
use serde_sarif::sarif::{
    ArtifactChange, ArtifactContent, ArtifactLocation, Fix, Location, Message, MultiformatMessageString,
    PhysicalLocation, PropertyBag, Region, Replacement, ReportingConfiguration, ReportingDescriptor, Result as Finding,
    ResultLevel, Suppression,
};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The schema that the report keeps to.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Opens the log and its only run, with every rule of the packs.
pub fn begin(out: &mut impl Write, advisors: &[Advisor]) -> io::Result<()> {
    write!(
        out,
        "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":{{\"name\":\"demur\","
    )?;
    write!(out, "\"semanticVersion\":\"{}\",\"rules\":", env!("CARGO_PKG_VERSION"))?;
    let rules: Vec<ReportingDescriptor> = advisors
        .iter()
        .flat_map(|advisor| advisor.pack.rules.iter().map(|rule| descriptor(&advisor.pack, rule)))
        .collect();
    json::write(out, &rules)?;
    write!(out, "}}}},\"columnKind\":\"utf16CodeUnits\",\"results\":[")
}

/// The findings of a letter and then those that are accepted, parted by commas. `advisors` are those that the run was opened with.
pub fn letter(out: &mut impl Write, report: &Report, advisors: &[Advisor]) -> io::Result<()> {
    let mut seen = BTreeMap::new();
    let open = report.findings().into_iter().map(|finding| (finding, None));
    let accepted = report.accepted.iter().map(|accepted| (&accepted.finding, Some(accepted)));
    for (number, (finding, accepted)) in open.chain(accepted).enumerate() {
        if number > 0 {
            out.write_all(b",\n")?;
        }
        let mut result = result(&report.letter, finding, advisors, &mut seen);
        // The suppressions of all results of a run are told, or of none (section 3.27.23).
        result.suppressions = Some(accepted.map(suppression).into_iter().collect());
        json::write(out, &result)?;
    }
    Ok(())
}

/// Closes the log; files that could not be read make the run one that did not succeed.
pub fn end(out: &mut impl Write, unreadable: &[json::Unreadable]) -> io::Result<()> {
    let notifications: Vec<_> = unreadable
        .iter()
        .map(|file| {
            let message = clean(&file.message).into_owned();
            serde_json::json!({"level": "error", "message": {"text": message}, "locations": [location(&file.path, None)]})
        })
        .collect();
    write!(out, "\n],\"invocations\":[{{\"executionSuccessful\":{}", notifications.is_empty())?;
    write!(out, ",\"toolExecutionNotifications\":")?;
    json::write(out, &notifications)?;
    writeln!(out, "}}]}}]}}")
}

fn descriptor(pack: &Pack, rule: &Rule) -> ReportingDescriptor {
    let step = pack.steps.get(rule.step);
    let advice = step.map_or(String::new(), |step| format!("{}: {}", step.title, step.text));
    let text = |text: &str| MultiformatMessageString::builder().text(clean(text)).build();
    let bag = PropertyBag::builder().tags(vec![clean(&pack.name).into_owned()]).build();
    let mut descriptor = ReportingDescriptor::builder()
        .id(clean(&rule.id))
        .short_description(text(&rule.message))
        .full_description(text(&shortened(&advice)))
        .help(text(&rule.help))
        .default_configuration(ReportingConfiguration::builder().level(rule.level.name()).build())
        .properties(bag)
        .build();
    let home = env!("CARGO_PKG_REPOSITORY");
    descriptor.help_uri = (!home.is_empty()).then(|| format!("{home}/blob/main/docs/rules.md#{}", rule.id));
    descriptor
}

/// As much of a text as GitHub takes for a description: 1,024 characters.
fn shortened(text: &str) -> String {
    text.chars().take(1024).collect()
}

fn result(letter: &Letter, finding: &Diagnostic, advisors: &[Advisor], seen: &mut BTreeMap<String, usize>) -> Finding {
    let mut text = message(letter, finding);
    if let Some(help) = &finding.help {
        text.push_str(&format!("; {}", clean(help)));
    }
    let rules = || advisors.iter().flat_map(|advisor| &advisor.pack.rules);
    let rule_index = rules().position(|rule| rule.id == finding.rule).and_then(|index| i64::try_from(index).ok());
    let mark = fingerprint::of(&[&finding.rule, &fingerprint::passage(letter, finding.span())]);
    let count = seen.entry(mark.clone()).or_default();
    *count += 1;
    let marks = BTreeMap::from([("demur/v1".to_owned(), format!("{mark}:{count}"))]);
    let mut result = Finding::builder()
        .rule_id(clean(&finding.rule))
        .level(result_level(finding.level))
        .message(Message::builder().text(text).build())
        .locations(vec![location(letter.source.name(), Some(region(letter, finding.span())))])
        .partial_fingerprints(marks)
        .build();
    result.rule_index = rule_index;
    result.fixes = fix(letter, finding).map(|fix| vec![fix]);
    result
}

fn suppression(accepted: &Accepted) -> Suppression {
    let kind = match accepted.told {
        Told::Beside => "external",
        Told::Inside => "inSource",
    };
    Suppression::builder().kind(kind).justification(clean(&accepted.because)).build()
}

fn location(name: &str, region: Option<Region>) -> Location {
    let mut place = PhysicalLocation::builder().artifact_location(artifact(name)).build();
    place.region = region;
    Location::builder().physical_location(place).build()
}

fn artifact(name: &str) -> ArtifactLocation {
    ArtifactLocation::builder().uri(address::uri(name)).build()
}

/// The place of a passage: 1-based lines, 1-based columns in UTF-16 code units, the end behind the last one; bytes of the
/// file where its text was not taken out of another form.
fn region(letter: &Letter, span: Span<Decoded>) -> Region {
    let source = &letter.source;
    let (start, end) = (source.position(span.start()), source.position(span.end()));
    let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let mut region = Region::builder()
        .start_line(number(start.line))
        .start_column(number(start.utf16_column))
        .end_line(number(end.line))
        .end_column(number(end.utf16_column))
        .build();
    if source.origin() == Origin::File {
        let file = source.to_file(span);
        region.byte_offset = Some(number(file.start()));
        region.byte_length = Some(number(file.len()));
    }
    region
}

fn fix(letter: &Letter, finding: &Diagnostic) -> Option<Fix> {
    if finding.edits.is_empty() || letter.source.origin() != Origin::File {
        return None;
    }
    let replacement = |edit: &Edit| {
        let content = ArtifactContent::builder().text(edit.text.as_str()).build();
        Replacement::builder().deleted_region(region(letter, edit.span)).inserted_content(content).build()
    };
    let change = ArtifactChange::builder()
        .artifact_location(artifact(letter.source.name()))
        .replacements(finding.edits.iter().map(replacement).collect::<Vec<_>>())
        .build();
    let mut fix = Fix::builder().artifact_changes(vec![change]).build();
    fix.description = finding.help.as_deref().map(|help| Message::builder().text(clean(help)).build());
    Some(fix)
}

fn result_level(level: Level) -> ResultLevel {
    match level {
        Level::Error => ResultLevel::Error,
        Level::Warning => ResultLevel::Warning,
        Level::Note => ResultLevel::Note,
    }
}
