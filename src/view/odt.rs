//! Documents of LibreOffice, see OpenDocument 1.3 part 3, chapters 5 to 7.

use super::archive::{self, Entry, Step, attribute};
use super::paragraphs::{Document, Paragraphs};
use super::{Damage, LineKind};
use quick_xml::events::BytesStart;

const PART: &str = "content.xml";

/// What a recipient of the letter does not read where it stands: what was deleted under change tracking, comments,
/// footnotes, frames with pictures or text boxes, forms.
const LEFT_OUT: [&str; 7] =
    ["tracked-changes", "annotation", "note", "frame", "forms", "sequence-decls", "hidden-text"];

/// The most spaces that one element stands for; a letter is not set with more.
const MAX_SPACES: usize = 200;

/// Reads a document.
///
/// # Errors
///
/// What is wrong with the archive.
pub fn read(bytes: &[u8]) -> Result<Document, Damage> {
    let xml = archive::part(bytes, PART)?;
    let mut reader = Reader::default();
    archive::walk(&xml, PART, |step| reader.step(step))?;
    Ok(reader.page.finish())
}

#[derive(Default)]
struct Reader {
    page: Paragraphs,
    /// Whether a paragraph is open.
    in_paragraph: bool,
    /// Whether the next paragraph is the first of a list item.
    is_item: bool,
}

impl Reader {
    fn step(&mut self, step: Step<'_>) -> Entry {
        match step {
            Step::Open(element) => return self.open(&element),
            Step::Close(name) => self.close(&name),
            Step::Text(text) if self.in_paragraph => self.page.add_collapsed(&text),
            Step::Text(_) => {}
        }
        Entry::Read
    }

    fn open(&mut self, element: &BytesStart<'_>) -> Entry {
        match archive::name(element) {
            name if LEFT_OUT.contains(&name) => return Entry::LeftOut,
            "section" if attribute(element, "display").as_deref() == Some("none") => return Entry::LeftOut,
            "p" | "h" => self.in_paragraph = true,
            "list-item" => self.is_item = true,
            "s" if self.in_paragraph => self.spaces(element),
            "tab" if self.in_paragraph => self.page.add(" "),
            "line-break" if self.in_paragraph => self.page.break_line(),
            _ => {}
        }
        Entry::Read
    }

    fn spaces(&mut self, element: &BytesStart<'_>) {
        let count = attribute(element, "c").and_then(|count| count.parse().ok()).unwrap_or(1);
        self.page.add(&" ".repeat(count.min(MAX_SPACES)));
    }

    fn close(&mut self, name: &str) {
        match name {
            "h" => self.end_paragraph(LineKind::Heading),
            "p" if self.is_item => self.end_paragraph(LineKind::Item),
            "p" => self.end_paragraph(LineKind::Text),
            _ => {}
        }
    }

    fn end_paragraph(&mut self, kind: LineKind) {
        self.page.end(kind);
        self.in_paragraph = false;
        self.is_item = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::archive::testing::zip;

    #[track_caller]
    fn check(body: &str, expected: &str) {
        let xml = format!(
            "<office:document-content><office:body><office:text>{body}</office:text></office:body></office:document-content>"
        );
        let found = read(&zip(&[("mimetype", b"x"), (PART, xml.as_bytes())])).map(|document| document.text);
        assert_eq!(found.as_deref(), Ok(expected));
    }

    #[test]
    fn paragraphs_are_read_as_they_look() {
        check("<text:p>I can<text:span>not</text:span>\n  come.</text:p>", "I cannot come.\n");
        check("<text:h>A</text:h>\n<text:p/>\n<text:p>b<text:s text:c=\"2\"/>c<text:tab/>d</text:p>", "A\n\nb  c d\n");
        check("<text:p>a<text:line-break/>b</text:p>", "a\u{2028}b\n");
        check("<text:p>a<text:s text:c=\"99999999\"/>b</text:p>", &format!("a{}b\n", " ".repeat(MAX_SPACES)));
        check("<text:p><text:placeholder>&lt;Name&gt;</text:placeholder></text:p>", "<Name>\n");
    }

    #[test]
    fn what_was_deleted_and_what_stands_beside_is_left_out() {
        check(
            "<text:tracked-changes><text:deletion><text:p>no</text:p></text:deletion></text:tracked-changes>\
             <text:p>yes<text:change/></text:p>",
            "yes\n",
        );
        check("<text:p>a<office:annotation><text:p>x</text:p></office:annotation>b</text:p>", "ab\n");
        check("<text:p><draw:frame><draw:text-box><text:p>x</text:p></draw:text-box></draw:frame>a</text:p>", "a\n");
        check("<text:section text:display=\"none\"><text:p>x</text:p></text:section><text:p>a</text:p>", "a\n");
    }

    #[test]
    fn headings_and_items_are_told() {
        let xml = "<x><h>A</h><list><list-item><p>b</p><p>c</p></list-item></list></x>";
        let view = read(&zip(&[(PART, xml.as_bytes())])).expect("a document").view;
        let kinds: Vec<LineKind> =
            view.lines().iter().filter(|line| !line.span.is_empty()).map(|line| line.kind).collect();
        assert_eq!(kinds, [LineKind::Heading, LineKind::Item, LineKind::Text]);
    }

    #[test]
    fn a_broken_document_is_said_to_be_one() {
        assert_eq!(read(&zip(&[("mimetype", b"x")])).map(|document| document.text), Err(Damage::NoPart(PART)));
        assert_eq!(read(b"PK\x03\x04").map(|document| document.text), Err(Damage::NoArchive));
    }
}
