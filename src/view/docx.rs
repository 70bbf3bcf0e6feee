//! Documents of Word, see ECMA-376 part 1, chapter 17.

use super::archive::{self, Entry, Step, attribute};
use super::paragraphs::{Document, Paragraphs};
use super::{Damage, LineKind};
use quick_xml::events::BytesStart;

const PART: &str = "word/document.xml";

/// What a recipient of the letter does not read where it stands: what was deleted under change tracking, pictures and text
/// boxes, instructions of fields, and what older programs are shown instead.
const LEFT_OUT: [&str; 9] =
    ["del", "moveFrom", "drawing", "pict", "object", "txbxContent", "Fallback", "instrText", "delText"];

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
    /// Whether the properties of a paragraph are open.
    in_properties: bool,
    /// Whether a piece of text is open.
    in_text: bool,
    /// Whether the run is hidden.
    is_hidden: bool,
    kind: Kind,
    /// Whether the mark at the end of the paragraph was deleted, so that the next one goes on with it.
    joins_next: bool,
    hole: Hole,
}

/// What the properties of a paragraph say.
#[derive(Default, Clone, Copy)]
struct Kind {
    is_heading: bool,
    is_item: bool,
}

/// A control that the writer has not filled: Word shows a prompt in it, which is a placeholder.
#[derive(Default, Clone, Copy, PartialEq)]
enum Hole {
    #[default]
    None,
    /// It was said that what follows is a prompt.
    Told,
    /// Its text is due.
    Due,
    /// Its text is being shown.
    Open,
}

impl Reader {
    fn step(&mut self, step: Step<'_>) -> Entry {
        match step {
            Step::Open(element) => return self.open(&element),
            Step::Close(name) => self.close(&name),
            Step::Text(text) if self.in_text && !self.is_hidden => self.add(&text),
            Step::Text(_) => {}
        }
        Entry::Read
    }

    fn open(&mut self, element: &BytesStart<'_>) -> Entry {
        let is_on = |name| !matches!(attribute(element, name).as_deref(), Some("0" | "false" | "off" | "none"));
        match archive::name(element) {
            name if LEFT_OUT.contains(&name) => {
                self.joins_next |= self.in_properties && name == "del";
                return Entry::LeftOut;
            }
            "pPr" => self.in_properties = true,
            "pStyle" => {
                let style = attribute(element, "val").unwrap_or_default().to_ascii_lowercase();
                self.kind.is_heading |= style.starts_with("heading") || style == "title" || style == "subtitle";
            }
            "outlineLvl" => self.kind.is_heading = true,
            "numId" => self.kind.is_item = is_on("val"),
            "r" => self.is_hidden = false,
            "vanish" if !self.in_properties => self.is_hidden = is_on("val"),
            "t" => self.in_text = true,
            "tab" | "ptab" if !self.in_properties => self.add(" "),
            "noBreakHyphen" => self.add("-"),
            "br" | "cr" if !self.is_hidden => self.page.break_line(),
            "showingPlcHdr" => self.hole = Hole::Told,
            "sdtContent" if self.hole == Hole::Told => self.hole = Hole::Due,
            _ => {}
        }
        Entry::Read
    }

    fn close(&mut self, name: &str) {
        match name {
            "pPr" => self.in_properties = false,
            "t" => self.in_text = false,
            "sdtContent" => self.close_hole(),
            "p" => self.end_paragraph(),
            _ => {}
        }
    }

    fn add(&mut self, text: &str) {
        if self.hole == Hole::Due {
            self.hole = Hole::Open;
            self.page.add("[");
        }
        self.page.add(text);
    }

    fn close_hole(&mut self) {
        if self.hole == Hole::Open {
            self.page.add("]");
        }
        self.hole = Hole::None;
    }

    fn end_paragraph(&mut self) {
        self.close_hole();
        if std::mem::take(&mut self.joins_next) {
            return;
        }
        let Kind { is_heading, is_item } = std::mem::take(&mut self.kind);
        self.page.end(match (is_heading, is_item) {
            (true, _) => LineKind::Heading,
            (false, true) => LineKind::Item,
            (false, false) => LineKind::Text,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::archive::testing::zip;

    fn document(body: &str) -> Vec<u8> {
        let xml = format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
        zip(&[(PART, xml.as_bytes())])
    }

    #[track_caller]
    fn check(body: &str, expected: &str) {
        assert_eq!(read(&document(body)).map(|document| document.text).as_deref(), Ok(expected));
    }

    #[test]
    fn runs_are_joined_whatever_their_look() {
        check("<w:p><w:r><w:t>I can</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>not</w:t></w:r></w:p>", "I cannot\n");
        check(
            "<w:p><w:r><w:t xml:space=\"preserve\">a </w:t><w:tab/><w:t>b&amp;&#x2019;</w:t></w:r></w:p>",
            "a  b&’\n",
        );
        check("<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r></w:p><w:p/>", "a\u{2028}b\n\n");
        check("<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r></w:p>", "a\n");
        check("<w:p><w:hyperlink><w:r><w:t>a</w:t></w:r></w:hyperlink>\n<w:r><w:t>b</w:t></w:r></w:p>", "ab\n");
    }

    #[test]
    fn what_was_deleted_is_gone_and_what_was_inserted_is_there() {
        check(
            "<w:p><w:del><w:r><w:delText>no</w:delText></w:r></w:del><w:ins><w:r><w:t>yes</w:t></w:r></w:ins></w:p>",
            "yes\n",
        );
        check(
            "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p><w:p><w:r><w:t>b</w:t></w:r></w:p>",
            "ab\n",
        );
        check("<w:p><w:moveFrom><w:r><w:t>a</w:t></w:r></w:moveFrom><w:r><w:t>b</w:t></w:r></w:p>", "b\n");
    }

    #[test]
    fn boxes_fields_and_hidden_text_are_left_out() {
        check(
            "<w:p><w:r><w:drawing><w:txbxContent><w:p><w:r><w:t>x</w:t></w:r></w:p></w:txbxContent></w:drawing>\
             <w:t>a</w:t></w:r></w:p>",
            "a\n",
        );
        check("<w:p><w:r><w:instrText>MERGEFIELD n</w:instrText></w:r><w:r><w:t>«n»</w:t></w:r></w:p>", "«n»\n");
        check(
            "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr>\
             <w:t>a</w:t></w:r></w:p>",
            "a\n",
        );
    }

    #[test]
    fn the_prompt_of_an_empty_control_is_a_placeholder() {
        let control = |content: &str| {
            format!("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>")
        };
        let run = "<w:r><w:t>Your name</w:t></w:r>";
        check(&format!("<w:p>{}<w:r><w:t>, hi</w:t></w:r></w:p>", control(run)), "[Your name], hi\n");
        check(&control(&format!("<w:p>{run}</w:p>")), "[Your name]\n");
    }

    #[test]
    fn styles_tell_headings_and_items() {
        let kinds = |body: &str| {
            let view = read(&document(body)).expect("a document").view;
            view.lines().iter().map(|line| line.kind).collect::<Vec<_>>()
        };
        let paragraph = |properties: &str| format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>a</w:t></w:r></w:p>");
        assert_eq!(kinds(&paragraph("<w:pStyle w:val=\"Heading1\"/>")), [LineKind::Heading]);
        assert_eq!(kinds(&paragraph("<w:numPr><w:numId w:val=\"3\"/></w:numPr>")), [LineKind::Item]);
        assert_eq!(kinds(&paragraph("<w:numPr><w:numId w:val=\"0\"/></w:numPr>")), [LineKind::Text]);
    }

    #[test]
    fn a_broken_document_is_said_to_be_one() {
        let no_xml = zip(&[(PART, b"<w:p><w:r></w:p>")]);
        let bomb = zip(&[(PART, &vec![b' '; archive::MAX_PART + 1])]);
        assert!(bomb.len() < 100_000);
        for (bytes, expected) in [
            (b"Dear Ann".to_vec(), Damage::NoArchive),
            (document("")[..40].to_vec(), Damage::NoArchive),
            (zip(&[("../../etc/passwd", b"x")]), Damage::NoPart(PART)),
            (no_xml, Damage::Broken(PART)),
            (zip(&[(PART, b"\xff\xfa")]), Damage::Broken(PART)),
            (bomb, Damage::TooLarge(archive::MAX_PART)),
        ] {
            assert_eq!(read(&bytes).map(|document| document.text), Err(expected));
        }
    }

    #[test]
    fn entities_of_a_document_do_not_expand() {
        let xml = "<!DOCTYPE d [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;\">]><w:p><w:r><w:t>x&b;y</w:t></w:r></w:p>";
        let found = read(&zip(&[(PART, xml.as_bytes())])).map(|document| document.text);
        assert_eq!(found.as_deref(), Ok("xy\n"));
    }
}
