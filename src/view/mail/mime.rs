//! The structure of a mail: header fields (RFC 5322), and bodies in parts (RFC 2046).
//!
//! The parts are found here and not by `mail-parser`, which looks for a boundary through the rest of the mail once for each
//! part that names one; here each level of nesting is looked through once.

use mail_parser::HeaderValue;
use mail_parser::parsers::MessageStream;
use std::ops::Range;

/// The header fields that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    From,
    To,
    Cc,
    Bcc,
    Subject,
    Date,
    ContentType,
    ContentTransferEncoding,
    ContentDisposition,
}

impl Name {
    fn of(name: &[u8]) -> Option<Name> {
        const ALL: [(&[u8], Name); 9] = [
            (b"from", Name::From),
            (b"to", Name::To),
            (b"cc", Name::Cc),
            (b"bcc", Name::Bcc),
            (b"subject", Name::Subject),
            (b"date", Name::Date),
            (b"content-type", Name::ContentType),
            (b"content-transfer-encoding", Name::ContentTransferEncoding),
            (b"content-disposition", Name::ContentDisposition),
        ];
        ALL.iter().find(|(known, _)| name.eq_ignore_ascii_case(known)).map(|(_, name)| *name)
    }
}

/// A header field and its places in the mail, 0-based.
#[derive(Debug, Clone)]
pub struct Field {
    pub name: Name,
    /// The name as it is written, without the colon.
    pub written: Range<usize>,
    /// The value, folded as it is, without white space around it.
    pub value: Range<usize>,
}

/// A mail, or a part of one.
#[derive(Debug, Clone)]
pub struct Entity {
    /// The first field of each name, in the order of the mail. A second `Subject:` is not shown by mail programs either.
    pub fields: Vec<Field>,
    /// The bytes behind the empty line below the fields.
    pub body: Range<usize>,
    /// What the body is.
    pub media: Media,
    /// How the body is written.
    pub transfer: Transfer,
    /// Whether it is a file that goes with the mail, and no text to read with it.
    pub is_file: bool,
}

/// What a body is, as far as it is told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Media {
    Plain {
        charset: Option<String>,
        flowed: bool,
        delsp: bool,
    },
    Html {
        charset: Option<String>,
    },
    Markdown {
        charset: Option<String>,
    },
    /// A whole mail.
    Mail,
    Multipart {
        shape: Shape,
        boundary: Vec<u8>,
    },
    /// Nothing that is read as text: pictures, calendars, keys, signatures.
    Other,
}

/// How the parts of a body belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// All are shown, one below the other: `mixed`, `signed`, `report` and what is not known.
    Mixed,
    /// One of them is shown.
    Alternative,
    /// The first is shown, the others are its pictures.
    Related,
    /// As `Mixed`; a part that does not say what it is is a mail.
    Digest,
}

/// How the bytes of a body are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transfer {
    /// As they are: `7bit`, `8bit`, `binary` and what is not known.
    Plain,
    QuotedPrintable,
    Base64,
}

/// The most of a field about the structure that is read, in bytes: boundaries and file names are shorter.
const LONGEST_STRUCTURE: usize = 4096;

impl Entity {
    /// Reads the fields of what stands at `range` of the mail. `in_digest`: whether it is a mail unless it says otherwise.
    pub fn read(mail: &[u8], range: Range<usize>, in_digest: bool) -> Entity {
        let (fields, body) = fields(mail, range);
        let value = |name: Name| fields.iter().find(|field| field.name == name).map(|field| field.value.clone());
        let structure = |name: Name| value(name).and_then(|value| Structure::read(mail.get(value)?));
        let content_type = structure(Name::ContentType);
        let has_name = content_type.as_ref().is_some_and(|found| found.attribute("name").is_some());
        let disposition = structure(Name::ContentDisposition);
        let is_attached = disposition.as_ref().is_some_and(|found| found.kind == "attachment");
        let has_file_name = disposition.as_ref().is_some_and(|found| found.attribute("filename").is_some());
        let transfer = value(Name::ContentTransferEncoding).and_then(|value| mail.get(value));
        Entity {
            media: media(content_type, in_digest),
            transfer: transfer.map_or(Transfer::Plain, transfer_of),
            is_file: has_name || is_attached || has_file_name,
            fields,
            body,
        }
    }

    /// The parts of a body that has them; none where the boundary does not stand in it.
    pub fn parts(&self, mail: &[u8], boundary: &[u8]) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let mut start = None;
        let mut at = self.body.start;
        while at < self.body.end {
            let next = line_end(mail, at, self.body.end);
            let line = mail.get(at..next).unwrap_or_default();
            let Some(rest) = line.strip_prefix(b"--").and_then(|line| line.strip_prefix(boundary)) else {
                at = next;
                continue;
            };
            let is_last = rest.starts_with(b"--");
            if !is_last && !rest.trim_ascii().is_empty() {
                at = next;
                continue;
            }
            if let Some(start) = start.replace(next) {
                parts.push(start..without_line_end(mail, start, at));
            }
            if is_last {
                return parts;
            }
            at = next;
        }
        parts.extend(start.map(|start| start..self.body.end));
        parts
    }
}

/// The fields that are read, and the body below them. Fields end at an empty line or at a line that is none; the line `From `
/// that programs put before a mail is passed over.
fn fields(mail: &[u8], range: Range<usize>) -> (Vec<Field>, Range<usize>) {
    let mut found: Vec<Field> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let mut next = line_end(mail, at, range.end);
        let line = mail.get(at..next).unwrap_or_default();
        if line.trim_ascii().is_empty() {
            return (found, next..range.end);
        }
        if line.starts_with(b"From ") || line.starts_with(b">From ") {
            at = next;
            continue;
        }
        let Some((name, colon)) = field_name(line) else { return (found, at..range.end) };
        while matches!(mail.get(next..range.end), Some([b' ' | b'\t', ..])) && !is_blank(mail, next, range.end) {
            next = line_end(mail, next, range.end);
        }
        if let Some(name) = name.filter(|name| found.iter().all(|field| field.name != *name)) {
            let value = trimmed(mail, at + colon + 1..next);
            found.push(Field { name, written: trimmed(mail, at..at + colon), value });
        }
        at = next;
    }
    (found, range.end..range.end)
}

/// The name of the field that a line begins, if it is one that is read, and the place of the colon.
fn field_name(line: &[u8]) -> Option<(Option<Name>, usize)> {
    let colon = line.iter().position(|&byte| byte == b':' || byte == b'\n')?;
    let name = line.get(..colon).filter(|_| line.get(colon) == Some(&b':'))?.trim_ascii_end();
    let is_name = !name.is_empty() && name.iter().all(u8::is_ascii_graphic);
    is_name.then(|| (Name::of(name), colon))
}

fn is_blank(mail: &[u8], at: usize, end: usize) -> bool {
    mail.get(at..line_end(mail, at, end)).unwrap_or_default().trim_ascii().is_empty()
}

fn trimmed(mail: &[u8], range: Range<usize>) -> Range<usize> {
    let bytes = mail.get(range.clone()).unwrap_or_default();
    let start = range.start + (bytes.len() - bytes.trim_ascii_start().len());
    start..start + bytes.trim_ascii().len()
}

/// The end of the line that begins at `at`, behind its line end: LF, CRLF or a lone CR.
fn line_end(mail: &[u8], at: usize, end: usize) -> usize {
    let rest = mail.get(at..end).unwrap_or_default();
    match rest.iter().position(|&byte| byte == b'\n' || byte == b'\r') {
        Some(len) if rest.get(len..len + 2) == Some(b"\r\n") => at + len + 2,
        Some(len) => at + len + 1,
        None => end,
    }
}

/// The line end before a boundary belongs to the boundary.
fn without_line_end(mail: &[u8], start: usize, end: usize) -> usize {
    match mail.get(start..end).unwrap_or_default() {
        [.., b'\r', b'\n'] => end - 2,
        [.., b'\n' | b'\r'] => end - 1,
        _ => end.max(start),
    }
}

/// The value of a field that has a type and attributes, type and subtype in lower case.
struct Structure {
    kind: String,
    subtype: String,
    attributes: Vec<(String, String)>,
}

impl Structure {
    fn read(value: &[u8]) -> Option<Structure> {
        let mut line = value.get(..value.len().min(LONGEST_STRUCTURE)).unwrap_or_default().to_vec();
        line.push(b'\n');
        let HeaderValue::ContentType(read) = MessageStream::new(&line).parse_content_type() else { return None };
        let attributes = read.attributes().unwrap_or_default().iter();
        Some(Structure {
            kind: read.ctype().trim().to_ascii_lowercase(),
            subtype: read.subtype().unwrap_or_default().trim().to_ascii_lowercase(),
            attributes: attributes.map(|found| (found.name.to_string(), found.value.to_string())).collect(),
        })
    }

    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

fn media(content_type: Option<Structure>, in_digest: bool) -> Media {
    let Some(found) = content_type else {
        return if in_digest { Media::Mail } else { Media::Plain { charset: None, flowed: false, delsp: false } };
    };
    let charset = found.attribute("charset").map(str::to_owned);
    let is = |name: &str, value: &str| found.attribute(name).is_some_and(|found| found.eq_ignore_ascii_case(value));
    let (flowed, delsp) = (is("format", "flowed"), is("delsp", "yes"));
    match (found.kind.as_str(), found.subtype.as_str()) {
        ("text", "plain" | "") => Media::Plain { charset, flowed, delsp },
        ("text", "html") => Media::Html { charset },
        ("text", "markdown") => Media::Markdown { charset },
        ("message", "rfc822" | "global") => Media::Mail,
        ("multipart", subtype) => {
            let shape = match subtype {
                "alternative" => Shape::Alternative,
                "related" => Shape::Related,
                "digest" => Shape::Digest,
                _ => Shape::Mixed,
            };
            let boundary = found.attribute("boundary").unwrap_or_default().trim_end().as_bytes().to_vec();
            Media::Multipart { shape, boundary }
        }
        _ => Media::Other,
    }
}

fn transfer_of(value: &[u8]) -> Transfer {
    let word = value.split(|byte| matches!(byte, b' ' | b';' | b'(' | b'\t')).next().unwrap_or_default();
    if word.eq_ignore_ascii_case(b"quoted-printable") {
        Transfer::QuotedPrintable
    } else if word.eq_ignore_ascii_case(b"base64") {
        Transfer::Base64
    } else {
        Transfer::Plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entity(mail: &str) -> Entity {
        Entity::read(mail.as_bytes(), 0..mail.len(), false)
    }

    #[test]
    fn fields_end_at_the_body() {
        #[track_caller]
        fn check(mail: &str, fields: &[(&str, &str)], body: &str) {
            let found = entity(mail);
            let of = |field: &Field| (&mail[field.written.clone()], &mail[field.value.clone()]);
            assert_eq!(found.fields.iter().map(of).collect::<Vec<_>>(), fields, "{mail:?}");
            assert_eq!(&mail[found.body], body, "{mail:?}");
        }
        check("", &[], "");
        check("To: a\nX: b\n\nc", &[("To", "a")], "c");
        check("TO : a\r\n\r\nc", &[("TO", "a")], "c");
        check("To: a\rSubject: b\r\rc", &[("To", "a"), ("Subject", "b")], "c");
        check("Subject: a\n b\n\tc\nTo: d\n\ne", &[("Subject", "a\n b\n\tc"), ("To", "d")], "e");
        check("Subject:\n a\n \nb", &[("Subject", "a")], "b");
        check("Subject: a\nSubject: b\n\nc", &[("Subject", "a")], "c");
        check("From a Mon\n>From b\nTo: a\n\nb", &[("To", "a")], "b");
        check("\nTo: a\n", &[], "To: a\n");
        check("Dear Ann,\nTo: no\n", &[], "Dear Ann,\nTo: no\n");
        check("To: a\nDear Ann,\n\nno", &[("To", "a")], "Dear Ann,\n\nno");
        check("To: a", &[("To", "a")], "");
        check(":\nTo: a", &[], ":\nTo: a");
    }

    #[test]
    fn a_part_says_what_it_is() {
        #[track_caller]
        fn check(fields: &str, media: Media, transfer: Transfer, is_file: bool) {
            let found = entity(&format!("{fields}\n\n"));
            assert_eq!((found.media, found.transfer, found.is_file), (media, transfer, is_file), "{fields:?}");
        }
        let plain = || Media::Plain { charset: None, flowed: false, delsp: false };
        check("", plain(), Transfer::Plain, false);
        check("Content-Type: text/plain", plain(), Transfer::Plain, false);
        check("Content-Type: TEXT", plain(), Transfer::Plain, false);
        let flowed = Media::Plain { charset: Some("UTF-8".to_owned()), flowed: true, delsp: true };
        check(
            "content-type: Text/Plain; charset=\"UTF-8\";\n format=Flowed; DelSp=yes\n\
             Content-Transfer-Encoding: Quoted-Printable",
            flowed,
            Transfer::QuotedPrintable,
            false,
        );
        check("Content-Transfer-Encoding: base64 (so)", plain(), Transfer::Base64, false);
        check("Content-Transfer-Encoding: x-uuencode", plain(), Transfer::Plain, false);
        check("Content-Type: text/plain; name=\"a.txt\"", plain(), Transfer::Plain, true);
        check("Content-Disposition: attachment", plain(), Transfer::Plain, true);
        check("Content-Disposition: inline; filename*=utf-8''a.txt", plain(), Transfer::Plain, true);
        check("Content-Disposition: inline", plain(), Transfer::Plain, false);
        check("Content-Type: text/calendar", Media::Other, Transfer::Plain, false);
        check("Content-Type: message/rfc822", Media::Mail, Transfer::Plain, false);
        let boundary = |shape, boundary: &str| Media::Multipart { shape, boundary: boundary.into() };
        check("Content-Type: multipart/mixed; boundary=b", boundary(Shape::Mixed, "b"), Transfer::Plain, false);
        let signed = "Content-Type: multipart/signed; boundary=\"=_b c\"; protocol=\"x/y\"";
        check(signed, boundary(Shape::Mixed, "=_b c"), Transfer::Plain, false);
        check("Content-Type: multipart/alternative", boundary(Shape::Alternative, ""), Transfer::Plain, false);
    }

    #[test]
    fn parts_stand_between_boundaries() {
        #[track_caller]
        fn check(body: &str, expected: &[&str]) {
            let mail = format!("Content-Type: multipart/mixed; boundary=b\n\n{body}");
            let parts = entity(&mail).parts(mail.as_bytes(), b"b");
            assert_eq!(parts.into_iter().map(|part| &mail[part]).collect::<Vec<_>>(), expected, "{body:?}");
        }
        check("before\n--b\none\n--b\n\ntwo\n--b--\nbehind\n--b\nno\n", &["one", "\ntwo"]);
        check("--b\r\none\r\n\r\n--b  \r\ntwo\r\n--b--", &["one\r\n", "two"]);
        check("--b\none\n--bc\n -b\n", &["one\n--bc\n -b\n"]);
        check("--b\n--b\n--b--", &["", ""]);
        check("--b--", &[]);
        check("none", &[]);
        check("--b", &[""]);
    }

    proptest! {
        #[test]
        fn any_fields_are_read(pieces in prop::collection::vec(prop_oneof![
            any::<String>(),
            prop::sample::select(vec![
                "Content-Type:", "multipart/mixed", "text/plain", ";", "boundary=", "\"", "\\", "*0=", "*1*=", "charset*=",
                "'", "(", ")", "=?utf-8?q?a?=", "\n ", "\n", "\r", " ", "Content-Disposition:", "%C3", "utf-8", "name",
            ]).prop_map(str::to_owned),
        ], 0..30)) {
            let mail = pieces.concat();
            let found = entity(&mail);
            prop_assert!(found.body.end <= mail.len());
            for part in found.parts(mail.as_bytes(), b"b") {
                prop_assert!(mail.get(part).is_some());
            }
        }
    }
}
