//! Puts edits into the bytes of a file.

use crate::diagnostic::Edit;
use crate::source::{Origin, Source};
use crate::span::{Decoded, Span};
use crate::view::{FileType, Format};
use std::borrow::Cow;

/// The edits as they are written into the file, in its order; `None` where that would touch more than they say: the text
/// lies in the file in another form, or the place is crossed by markup.
pub fn written_edits(source: &Source, file_type: FileType, edits: &[Edit]) -> Option<Vec<Edit>> {
    if source.origin() != Origin::File {
        return None;
    }
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| edit.span);
    let written = edits.into_iter().map(|edit| {
        let span = if edit.text.is_empty() { with_space(source.text(), edit.span) } else { edit.span };
        let text = written(source.text(), span, file_type.format, &edit.text)?;
        Some(Edit { span, text: text.into_owned() })
    });
    written.collect()
}

/// The bytes of the file with the edits in place; `None` where they cannot be written, also because a character has no sign
/// in the file's encoding.
pub fn apply(source: &Source, file_type: FileType, bytes: &[u8], edits: &[Edit]) -> Option<Vec<u8>> {
    let mut edited = Vec::with_capacity(bytes.len() + 200);
    let mut at = 0;
    for edit in written_edits(source, file_type, edits)? {
        let place = source.to_file(edit.span);
        edited.extend_from_slice(bytes.get(at..place.start())?);
        edited.extend(source.encoding().encode(&edit.text)?);
        at = place.end();
    }
    edited.extend_from_slice(bytes.get(at..)?);
    Some(edited)
}

/// What is written for `text` in the place of `span`.
fn written<'e>(source: &str, span: Span<Decoded>, format: Format, text: &'e str) -> Option<Cow<'e, str>> {
    let gone = source.get(span.range())?;
    let line_start = source[..span.start()].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let is_quoted = source[line_start..].trim_start().starts_with('>');
    // Each of several lines would need its mark.
    if is_quoted && (text.contains('\n') || gone.contains('\n')) {
        return None;
    }
    match format {
        Format::Text => {}
        Format::Markdown if gone.contains(['*', '_', '`', '<', '[', '{']) => return None,
        Format::Markdown => {}
        Format::Html if gone.contains(['<', '{']) || text.contains('\n') => return None,
        Format::Html => {
            return Some(text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").into());
        }
        Format::Mail | Format::Mbox | Format::Docx | Format::Odt => return None,
    }
    Some(match line_end(source) {
        "\n" => Cow::Borrowed(text),
        end => Cow::Owned(text.replace('\n', end)),
    })
}

/// The line end of a text: that of its first line.
fn line_end(text: &str) -> &'static str {
    match text.find(['\n', '\r']).map(|at| &text.as_bytes()[at..]) {
        Some([b'\r', b'\n', ..]) => "\r\n",
        Some([b'\r', ..]) => "\r",
        _ => "\n",
    }
}

/// The passage with the white space that would be left over without it: the blanks behind it, or before it at the end of a
/// line; of lines that it fills alone the line end, and the empty line that set it apart.
fn with_space(text: &str, span: Span<Decoded>) -> Span<Decoded> {
    let (before, after) = (&text[..span.start()], &text[span.end()..]);
    let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
    let is_at_end = after[blanks..].is_empty() || after[blanks..].starts_with(['\n', '\r']);
    let start = before.trim_end_matches([' ', '\t']).len();
    let is_at_start = start == 0 || before[..start].ends_with(['\n', '\r']);
    match (is_at_start, is_at_end) {
        (true, true) => Span::new(start, line_ends(text, span.end() + blanks)),
        (false, true) => Span::new(start, span.end() + blanks),
        (_, false) => Span::new(span.start(), span.end() + blanks),
    }
}

/// Behind the line end at `at`, and the one of an empty line that follows.
fn line_ends(text: &str, at: usize) -> usize {
    let mut at = at;
    for _ in 0..2 {
        let rest = &text[at..];
        at += if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with(['\n', '\r'])) };
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::RawFile;

    /// Replaces `gone` in a file by `text`.
    #[track_caller]
    fn check(format: Format, file: &[u8], gone: &str, text: &str, expected: Option<&[u8]>) {
        let source = Source::decode(RawFile { name: "x".to_owned(), bytes: file.to_vec() }).expect("text");
        let at = source.text().find(gone).expect("the passage is there");
        let edit = Edit { span: Span::new(at, at + gone.len()), text: text.to_owned() };
        let found = apply(&source, format.into(), file, &[edit]);
        assert_eq!(found.as_deref().map(String::from_utf8_lossy), expected.map(String::from_utf8_lossy));
    }

    #[test]
    fn no_white_space_is_left_over() {
        let text = Format::Text;
        check(text, b"One. Two. Three.\n", "Two.", "", Some(b"One. Three.\n"));
        check(text, b"One. Two.\n", "Two.", "", Some(b"One.\n"));
        check(text, b"One. Two.\n", "One.", "", Some(b"Two.\n"));
        check(text, b"A\n\nOne.\n\nB\n", "One.", "", Some(b"A\n\nB\n"));
        check(text, b"A\r\n\r\nOne.\r\n\r\nB\r\n", "One.", "", Some(b"A\r\n\r\nB\r\n"));
        check(text, b"A\nOne.\nB\n", "One.", "", Some(b"A\nB\n"));
        check(text, b"One.", "One.", "", Some(b""));
    }

    #[test]
    fn the_encoding_and_the_line_ends_of_the_file_stay() {
        let text = Format::Text;
        check(text, b"caf\xe9 one\r\n", "one", "\u{e9}t\u{e9}\n\nx", Some(b"caf\xe9 \xe9t\xe9\r\n\r\nx\r\n"));
        check(text, b"caf\xe9 one", "one", "\u{4e00}", None);
        check(text, b"\xff\xfea\0b\0", "b", "c", Some(b"\xff\xfea\0c\0"));
        check(text, b"\xef\xbb\xbfab", "b", "c", Some(b"\xef\xbb\xbfac"));
    }

    #[test]
    fn markup_is_not_torn() {
        check(Format::Markdown, b"It **is. So** it was.", "So** it was.", "", None);
        check(Format::Markdown, b"> One. Two.", "Two.", "a\n\nb", None);
        check(Format::Markdown, b"> One. Two.", "Two.", "Three.", Some(b"> One. Three."));
        check(Format::Html, b"<p>One. Two.</p>", "Two.", "a < b & c", Some(b"<p>One. a &lt; b &amp; c</p>"));
        check(Format::Html, b"<p>One. <b>Two</b>.</p>", "<b>Two</b>.", "", None);
        check(Format::Mail, b"To: Ann\n\nOne.", "One.", "Two.", None);
    }
}
