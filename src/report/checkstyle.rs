//! The XML of Checkstyle, which many CI services and editors read.

use super::clean::clean;
use super::words::message;
use crate::check::Report;
use crate::diagnostic::{Diagnostic, Level};
use crate::document::Letter;
use quick_xml::Writer;
use quick_xml::events::BytesText;
use std::io::{self, Write};

/// Opens the document.
pub fn begin(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">")
}

/// A letter with its findings; one without is there too, as what was checked.
pub fn letter(out: &mut impl Write, report: &Report) -> io::Result<()> {
    let letter = &report.letter;
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    let file = writer.create_element("file").with_attribute(("name", &*clean(letter.source.name())));
    file.write_inner_content(|inside| {
        let findings = report.findings();
        if findings.is_empty() {
            inside.write_event(quick_xml::events::Event::Text(BytesText::new("")))?;
        }
        findings.into_iter().try_for_each(|finding| error(inside, letter, finding))
    })?;
    out.write_all(&writer.into_inner())?;
    out.write_all(b"\n")
}

/// Closes the document.
pub fn end(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "</checkstyle>")
}

fn error(writer: &mut Writer<Vec<u8>>, letter: &Letter, finding: &Diagnostic) -> io::Result<()> {
    let place = letter.source.position(finding.span().start());
    let severity = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "info",
    };
    let element = writer.create_element("error").with_attributes([
        ("line", place.line.to_string().as_str()),
        ("column", place.column.to_string().as_str()),
        ("severity", severity),
        ("message", &message(letter, finding)),
        ("source", &format!("demur.{}", clean(&finding.rule))),
    ]);
    element.write_empty().map(|_| ())
}
