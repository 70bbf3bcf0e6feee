//! Documents of Word and LibreOffice as programs write them: a line a paragraph, runs split in the middle of words.

use super::{Way, check};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).expect("a new part");
        archive.write_all(text.as_bytes()).expect("memory takes all");
    }
    archive.finish().expect("memory takes all").into_inner()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\u{2019}', "&#x2019;")
}

/// The pieces of a line, cut after every fifth letter.
fn pieces(line: &str) -> Vec<String> {
    let letters: Vec<char> = line.chars().collect();
    letters.chunks(5).map(|piece| escaped(&piece.iter().collect::<String>())).collect()
}

fn docx(text: &str) -> Vec<u8> {
    let run = |piece: String| {
        format!("<w:r><w:rPr><w:lang w:val=\"en\"/></w:rPr><w:t xml:space=\"preserve\">{piece}</w:t></w:r>")
    };
    let paragraph = |line: &str| {
        let runs: String = pieces(line).into_iter().map(run).collect();
        let deleted = "<w:del><w:r><w:delText>I hate you. The pay is bad.</w:delText></w:r></w:del>";
        format!("<w:p><w:pPr><w:jc w:val=\"left\"/></w:pPr>{deleted}{runs}<w:proofErr w:type=\"gramEnd\"/></w:p>")
    };
    let body: String = text.lines().map(paragraph).collect();
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>"
    );
    archive(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &document),
        ("word/header1.xml", "<w:hdr>Page</w:hdr>"),
    ])
}

fn odt(text: &str) -> Vec<u8> {
    let paragraph = |line: &str| {
        let spans: String =
            pieces(line).into_iter().map(|piece| format!("<text:span>{}</text:span>", spaced(&piece))).collect();
        format!("<text:p>{spans}</text:p>\n")
    };
    let body: String = text.lines().map(paragraph).collect();
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    archive(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &content)])
}

/// OpenDocument writes the second of two spaces, and one at the beginning of a paragraph, as an element.
fn spaced(piece: &str) -> String {
    piece.replace(' ', "<text:s/>")
}

#[test]
fn a_document_of_word_is_the_same_letter() {
    check(&Way { name: "letter.docx", convert: |letter| docx(&letter.text), decode: str::to_owned, except: &[] });
}

#[test]
fn a_document_of_libreoffice_is_the_same_letter() {
    check(&Way { name: "letter.odt", convert: |letter| odt(&letter.text), decode: str::to_owned, except: &[] });
}
