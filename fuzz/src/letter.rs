//! The whole way of a letter, and what must hold at its end.

use crate::{BOTH, advisor, outputs};
use demur::check::{Advisor, Report};
use demur::document::Document;
use demur::judge::Circumstances;
use demur::source::{Origin, RawFile};
use std::io::{Cursor, Write};
use std::sync::LazyLock;
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

static ADVISORS: LazyLock<[Advisor; 1]> = LazyLock::new(|| [advisor(BOTH)]);

/// Reads a file of this name, judges each letter in it, and shows it in every form.
pub fn check(name: &str, bytes: &[u8]) {
    let file = RawFile { name: name.to_owned(), bytes: bytes.to_vec() };
    let Ok(document) = Document::open(file, None) else { return };
    // Many letters tell no more than some do.
    let reports: Vec<Report> =
        document.letters().take(8).map(|letter| Report::new(letter, &*ADVISORS, &[Circumstances::default()])).collect();
    reports.iter().for_each(|report| check_spans(report, bytes));
    outputs::check(&reports, &*ADVISORS);
}

/// The same for a part of a zip archive; an input that is an archive is taken as it is.
pub fn check_archive(name: &str, part: &str, bytes: &[u8]) {
    if bytes.starts_with(b"PK") {
        return check(name, bytes);
    }
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    archive.start_file(part, stored).expect("a new part");
    archive.write_all(bytes).expect("memory takes all");
    check(name, &archive.finish().expect("memory takes all").into_inner());
}

/// Each span is on the borders of characters, inside the text and inside the file; findings are in order.
fn check_spans(report: &Report, bytes: &[u8]) {
    let source = &report.letter.source;
    let findings = report.findings();
    assert!(findings.is_sorted_by_key(|finding| finding.span()));
    let labels = findings.iter().flat_map(|finding| finding.labels.iter().map(|label| label.span));
    let edits = findings.iter().flat_map(|finding| finding.edits.iter().map(|edit| edit.span));
    for span in labels.chain(edits) {
        assert!(source.text().get(span.range()).is_some(), "{span:?} of {} bytes", source.text().len());
        if source.origin() == Origin::File {
            assert!(bytes.get(source.to_file(span).range()).is_some(), "{span:?}");
        }
        let place = source.position(span.start());
        assert!(place.line >= 1 && place.line <= source.line_count() && place.column >= 1);
    }
    let (view, message) = (&report.letter.view, &report.letter.message);
    for sentence in message.sentences() {
        assert!(message.text().get(sentence.span.range()).is_some());
        assert!(source.text().get(message.back(view, sentence.span).range()).is_some());
    }
}
