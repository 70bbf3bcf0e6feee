//! Where a comment belongs that accepts a finding: before its paragraph, where it changes nothing that is shown.

use super::comment::{kind_below, start};
use crate::diagnostic::{Diagnostic, Edit};
use crate::document::Letter;
use crate::span::{Decoded, Span};
use crate::view::{Format, Line};

/// The edit that puts a comment for a finding before its paragraph, without a reason: that is for a person to write, and
/// until then the comment is told to have none. `None` where a letter has no comments, or one would change what is shown.
pub fn comment_above(letter: &Letter, finding: &Diagnostic) -> Option<Edit> {
    let text = letter.source.text();
    let first = paragraph(letter, finding.span())?;
    let line = text.get(..first)?.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let before = text.get(line..first)?;
    let has_own_line = match letter.file_type.format {
        Format::Markdown if opens_paragraph(before) => true,
        Format::Html => is_tags(before),
        Format::Markdown | Format::Text | Format::Mail | Format::Mbox | Format::Docx | Format::Odt => return None,
    };
    let comment = format!("<!-- {} because -->", start(&finding.rule));
    if !has_own_line {
        return Some(Edit { span: Span::at(first), text: comment });
    }
    let indent = before.len() - before.trim_start().len();
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let text = format!("{}{comment}{line_end}", before.get(..indent)?);
    Some(Edit { span: Span::at(line), text })
}

/// The 0-based byte offset of what is shown first of the paragraph of a place.
fn paragraph(letter: &Letter, place: Span<Decoded>) -> Option<usize> {
    let lines = letter.view.lines();
    let shown = |number: usize| lines.get(number).filter(|line| !line.span.is_empty());
    let place_of = |number: usize| shown(number).map(|line| letter.view.back(line.span));
    let is_before = |line: &Line| letter.view.back(line.span).start() <= place.start();
    // The empty line behind a paragraph begins at the paragraph's end.
    let mut number = (0..lines.partition_point(is_before)).rev().find(|number| shown(*number).is_some())?;
    place_of(number).filter(|line| place.start() <= line.end())?;
    while let (Some(before), Some(line)) = (number.checked_sub(1).and_then(shown), shown(number)) {
        if line.kind != kind_below(before.kind) {
            break;
        }
        number -= 1;
    }
    place_of(number).map(Span::start)
}

/// Whether what stands before the first word in its line of Markdown can only be the beginning of a paragraph.
fn opens_paragraph(before: &str) -> bool {
    let marks = before.trim_start_matches(' ');
    before.len() - marks.len() <= 3 && marks.chars().all(|char| matches!(char, '*' | '_' | '[' | '`' | '\\'))
}

/// Whether a part of a line of HTML is made of whole tags.
fn is_tags(before: &str) -> bool {
    let mut rest = before.trim();
    while let Some((tag, behind)) = rest.strip_prefix('<').and_then(|tag| tag.split_once('>')) {
        // The end of a comment, or a value with a bracket in it.
        let is_cut = tag.matches(['"', '\'']).count() % 2 == 1 || tag.contains('<');
        if is_cut || tag.contains("--") {
            return false;
        }
        rest = behind.trim_start();
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Label, Level};
    use crate::source::Source;

    #[test]
    fn a_comment_stands_before_the_paragraph() {
        /// The finding is at `|`.
        #[track_caller]
        fn check(format: Format, text: &str, expected: Option<&str>) {
            let at = text.find('|').unwrap();
            let text = text.replace('|', "");
            let labels = vec![Label { span: Span::at(at), text: String::new() }];
            let (rule, level, message) = ("thank".to_owned(), Level::Note, String::new());
            let (notes, edits) = (Vec::new(), Vec::new());
            let finding = Diagnostic { rule, level, message, labels, notes, help: None, edits, is_safe: false };
            let letter = Letter::read(Source::from_text("a", text.as_str()), format);
            let found = comment_above(&letter, &finding).map(|edit| {
                let mut text = text.clone();
                text.replace_range(edit.span.range(), &edit.text.replace("demur: allow thank because", "+"));
                text
            });
            assert_eq!(found.as_deref(), expected);
        }
        check(Format::Text, "|No.", None);
        check(Format::Markdown, "|No.", Some("<!-- + -->\nNo."));
        check(Format::Markdown, "Dear Ann,\n\nSo\n|no.\n", Some("Dear Ann,\n\n<!-- + -->\nSo\nno.\n"));
        check(Format::Markdown, "Ann,\r\n\r\n  No|.\r\n", Some("Ann,\r\n\r\n  <!-- + -->\r\n  No.\r\n"));
        check(Format::Markdown, "Ann,\n\n**No|.**", Some("Ann,\n\n<!-- + -->\n**No.**"));
        check(Format::Markdown, "Ann,\n\n> So\n> n|o.\n", None);
        check(Format::Markdown, "- So\n- n|o.\n", None);
        check(Format::Markdown, "|", None);
        check(Format::Markdown, "No.\n\n|", None);
        check(Format::Markdown, "No.|\n\nBo", Some("<!-- + -->\nNo.\n\nBo"));
        check(Format::Html, "<p>So</p>\n  <p>No|</p>", Some("<p>So</p>\n  <!-- + -->\n  <p>No</p>"));
        check(Format::Html, "<p>So</p><p>N|o</p>", Some("<p>So</p><p><!-- + -->No</p>"));
        check(Format::Html, "<p\nclass=\"a\">N|o</p>", Some("<p\nclass=\"a\"><!-- + -->No</p>"));
        check(Format::Html, "<p title=\"a>b\">N|o</p>", Some("<p title=\"a>b\"><!-- + -->No</p>"));
        check(Format::Html, "<!-- a\n<b>--><p>N|o</p>", Some("<!-- a\n<b>--><p><!-- + -->No</p>"));
        check(Format::Html, "N|o", Some("<!-- + -->\nNo"));
    }
}
