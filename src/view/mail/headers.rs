//! The header lines that a recipient sees, unfolded and with their encoded words read (RFC 2047).

use super::mime::{Field, Name};
use crate::span::Span;
use crate::view::{Builder, LineKind, Setting};
use encoding_rs::WINDOWS_1252;
use mail_parser::parsers::MessageStream;
use std::borrow::Cow;

/// Writes the fields that are shown, a line each. `base` is the offset of `mail` in the file.
pub fn write(mail: &[u8], base: usize, fields: &[Field], builder: &mut Builder) {
    for field in fields {
        let shown = match field.name {
            Name::From | Name::To | Name::Cc | Name::Bcc => Some(true),
            Name::Subject | Name::Date => Some(false),
            Name::ContentType | Name::ContentTransferEncoding | Name::ContentDisposition => None,
        };
        let value = mail.get(field.value.clone()).unwrap_or_default();
        let name = std::str::from_utf8(mail.get(field.written.clone()).unwrap_or_default()).unwrap_or_default();
        // `undisclosed-recipients:;` is a group of nobody.
        let is_nobody = shown == Some(true) && value.ends_with(b":;");
        if shown.is_none() || value.is_empty() || is_nobody {
            continue;
        }
        let is_address = shown == Some(true);
        let start = builder.text.len();
        builder.copy(name, base + field.written.start);
        builder.replace(": ", Span::new(base + field.written.end, base + field.value.start));
        let value_start = builder.text.len();
        Value { text: &text_of(value), start: base + field.value.start, is_address }.write(builder);
        if field.name == Name::Subject {
            let value = builder.text.get(value_start..).unwrap_or_default().trim().to_owned();
            builder.settings.push(Setting { name: "subject".to_owned(), value });
        }
        debug_assert!(start < value_start);
        builder.end_line(LineKind::Text, 0, Span::at(base + field.value.end));
    }
}

/// The text of a field. Bytes that are no UTF-8 stand in mails of old programs, which wrote what their users typed.
fn text_of(value: &[u8]) -> Cow<'_, str> {
    let text = match std::str::from_utf8(value) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(value).0,
    };
    if text.contains('\0') { Cow::Owned(text.replace('\0', " ")) } else { text }
}

struct Value<'t> {
    text: &'t str,
    /// The offset of the text in the file.
    start: usize,
    /// Whether commas part the addresses of it.
    is_address: bool,
}

impl Value<'_> {
    fn write(&self, builder: &mut Builder) {
        let (mut at, mut copied, mut in_quotes) = (0, 0, false);
        while let Some(found) = self.text.get(at..).and_then(|rest| rest.find(['=', '\r', '\n', '"'])) {
            let found = at + found;
            let rest = self.text.get(found..).unwrap_or_default();
            if rest.starts_with('"') {
                in_quotes = !in_quotes;
                at = found + 1;
                continue;
            }
            let (len, text) = match encoded_words(rest) {
                Some((len, words)) => (len, self.named(&words, in_quotes)),
                None if rest.starts_with('=') => {
                    at = found + 1;
                    continue;
                }
                None => (rest.len() - rest.trim_start().len(), " ".to_owned()),
            };
            // White space before a fold goes with it.
            let before = self.text.get(copied..found).unwrap_or_default();
            let before = if text == " " { before.trim_end_matches([' ', '\t']) } else { before };
            builder.copy(before, self.start + copied);
            builder.replace(&text, Span::new(self.start + copied + before.len(), self.start + found + len));
            at = found + len;
            copied = at;
        }
        builder.copy(self.text.get(copied..).unwrap_or_default(), self.start + copied);
    }

    /// Decoded words as they may stand in the field: in a name a comma parts nothing, so quotes are set around it.
    fn named(&self, words: &str, in_quotes: bool) -> String {
        let plain: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        if !self.is_address {
            return plain;
        }
        let plain = plain.replace('"', "'");
        let parts = plain.contains([',', ';', ':', '<', '>', '(', ')', '@']);
        if parts && !in_quotes { format!("\"{plain}\"") } else { plain }
    }
}

/// The longest encoded word that is read, in bytes. The standard allows 75; programs write longer ones.
const LONGEST_WORD: usize = 1024;

/// The encoded words that a text begins with, and their length: white space between two of them is not shown.
fn encoded_words(text: &str) -> Option<(usize, String)> {
    let (mut len, mut words) = encoded_word(text)?;
    loop {
        let rest = text.get(len..).unwrap_or_default();
        let next = rest.trim_start();
        let gap = rest.len() - next.len();
        let Some((word_len, word)) = encoded_word(next) else { return Some((len, words)) };
        words.push_str(&word);
        len += gap + word_len;
    }
}

/// `=?utf-8?q?No=C3=ABl?=`, its length and what it says.
fn encoded_word(text: &str) -> Option<(usize, String)> {
    let bytes = text.strip_prefix("=?")?.as_bytes();
    let bytes = bytes.get(..bytes.len().min(LONGEST_WORD)).unwrap_or_default();
    let mut marks = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'?').map(|(at, _)| at);
    let (_, encoding, end) = (marks.next()?, marks.next()?, marks.next()?);
    let is_whole = bytes.get(end + 1) == Some(&b'=');
    let is_one_word =
        !bytes.get(..encoding)?.iter().any(u8::is_ascii_whitespace) && !bytes.get(..end)?.contains(&b'\n');
    if !is_whole || !is_one_word {
        return None;
    }
    let len = "=?".len() + end + "?=".len();
    let word = text.as_bytes().get(1..len)?;
    let said = MessageStream::new(word).decode_rfc2047()?;
    Some((len, said))
}

#[cfg(test)]
mod tests {
    use super::super::mime::Entity;
    use super::*;
    use proptest::prelude::*;

    fn written(mail: &[u8]) -> crate::view::View {
        let entity = Entity::read(mail, 0..mail.len(), false);
        let mut builder = Builder::default();
        write(mail, 0, &entity.fields, &mut builder);
        builder.finish()
    }

    #[track_caller]
    fn check(mail: &str, expected: &str) {
        let view = written(mail.as_bytes());
        assert_eq!(view.text(), expected, "{mail:?}");
        crate::view::tests::assert_sound(mail, &view);
    }

    #[test]
    fn fields_are_unfolded_and_read() {
        check("Subject: No\nX: y\nTo: Ann\n\n", "Subject: No\nTo: Ann\n");
        check("SUBJECT:No\r\n\r\n", "SUBJECT: No\n");
        check("Subject: a \r\n\t b\n\n", "Subject: a b\n");
        check("Subject: =?utf-8?q?No=C3=ABl_=26_co?= so\n\n", "Subject: No\u{eb}l & co so\n");
        check("Subject: =?ISO-8859-1?B?Tm/rbA==?=\n\n", "Subject: No\u{eb}l\n");
        check("Subject: =?utf-8?q?a?=\n =?utf-8?b?Yg==?= =?utf-8?q?_c?=\n\n", "Subject: ab c\n");
        check("Subject: a\n =?utf-8?q?b?=\n\n", "Subject: a b\n");
        check("Subject: =?utf-8?q?a?= b\n\n", "Subject: a b\n");
        check("Subject: =?a =?utf-8?x?b?= 1=2 =?utf-8?q?\n\n", "Subject: =?a =?utf-8?x?b?= 1=2 =?utf-8?q?\n");
        check("Subject: =?utf-8?q?a=0D=0AB:_c=00?=\n\n", "Subject: a  B: c \n");
        check("Date: Wed, 11 Feb 2026 10:12:00 +0100\n\n", "Date: Wed, 11 Feb 2026 10:12:00 +0100\n");
        check("Bcc:\nCc: \nTo: undisclosed-recipients:;\nReply-To: a\n\n", "");
        check("Subject: Zo\u{eb}\n\n", "Subject: Zo\u{eb}\n");
    }

    #[test]
    fn a_comma_in_a_name_parts_nothing() {
        check(
            "To: =?utf-8?q?Grey=2C_Ann?= <a@a.example>, b@b.example\n\n",
            "To: \"Grey, Ann\" <a@a.example>, b@b.example\n",
        );
        check("To: \"=?utf-8?q?Grey=2C_Ann?=\" <a@a.example>\n\n", "To: \"Grey, Ann\" <a@a.example>\n");
        check("To: =?utf-8?q?Ann?= <a@a.example>,\n b@b.example\n\n", "To: Ann <a@a.example>, b@b.example\n");
        check("To: =?utf-8?q?=22A=22,?= <a@a.example>\n\n", "To: \"'A',\" <a@a.example>\n");
    }

    #[test]
    fn bytes_of_old_programs_are_read() {
        assert_eq!(written(b"Subject: Zo\xeb\0!\n\n").text(), "Subject: Zo\u{eb} !\n");
        assert_eq!(written(b"Subject: Zo\xeb\n\n").setting("subject"), Some("Zo\u{eb}"));
    }

    #[test]
    fn a_bomb_is_quick() {
        let words = "=?ab?q?".repeat(1_000_000);
        assert_eq!(written(format!("Subject: {words}\n\n").as_bytes()).text().len(), words.len() + 10);
        let folds = "a\n ".repeat(1_000_000);
        assert_eq!(written(format!("To: {folds}b\n\n").as_bytes()).text().len(), 4 + 2_000_000 + 2);
        let fields = "Subject: a\nX: b\n".repeat(500_000);
        assert_eq!(written(fields.as_bytes()).text(), "Subject: a\n");
    }

    proptest! {
        #[test]
        fn any_value_is_written(pieces in prop::collection::vec(prop_oneof![
            any::<String>(),
            prop::sample::select(vec!["=?", "?=", "utf-8", "?q?", "?B?", "=C3", "\n ", "\r\n\t", "\"", ",", "iso-2022-jp", "gbk"])
                .prop_map(str::to_owned),
        ], 0..30)) {
            let mail = format!("To: {}\n\n", pieces.concat());
            crate::view::tests::assert_sound(&mail, &written(mail.as_bytes()));
        }
    }
}
