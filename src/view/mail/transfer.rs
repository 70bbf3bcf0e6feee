//! The text of a body: out of its transfer encoding (RFC 2045), out of its charset, with the way back where there is one.

use super::mime::Transfer;
use super::quoted_printable;
use crate::map::Map;
use crate::span::{Decoded, Span};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;
use std::borrow::Cow;

/// The text of a body.
#[derive(Debug)]
pub struct Text {
    /// The text, without NULs and byte order mark.
    pub text: String,
    /// What each byte of it was made from; `None` where the file holds it in another form.
    pub map: Option<Map<Decoded, Decoded>>,
}

/// The bytes of a body out of their transfer encoding.
pub fn bytes(body: &[u8], base: usize, transfer: Transfer) -> (Cow<'_, [u8]>, Option<Map<Decoded, Decoded>>) {
    match transfer {
        Transfer::Plain => {
            let mut map = Map::default();
            map.copy(0, Span::new(base, base + body.len()));
            (Cow::Borrowed(body), Some(map))
        }
        Transfer::QuotedPrintable => {
            let (bytes, map) = quoted_printable::decode(body, base);
            (Cow::Owned(bytes), Some(map))
        }
        Transfer::Base64 => {
            // What is no digit is passed over, as the RFC asks: mail programs and people break the lines anew.
            let digits = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
            let clean: Vec<u8> = body.iter().filter(digits).copied().collect();
            (Cow::Owned(base64_decode(&clean).unwrap_or_default()), None)
        }
    }
}

/// The text of a body that stands at `base` of the file.
pub fn text(body: &[u8], base: usize, transfer: Transfer, charset: Option<&str>) -> Text {
    let (bytes, map) = bytes(body, base, transfer);
    let (text, way) = decode(&bytes, charset);
    let map = match way {
        _ if text.contains('\0') => None,
        Way::Same { skipped } => map.map(|map| map.slice(Span::new(skipped, bytes.len()))),
        // A byte that is a letter by itself may be half of one in the text of the file.
        Way::Single if body.is_ascii() => map.map(|map| singles(&text).then(&map)),
        Way::Single | Way::Other => None,
    };
    let text = if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text };
    Text { text, map }
}

/// How a text came out of its bytes.
enum Way {
    /// They are its UTF-8, behind a mark of `skipped` bytes.
    Same {
        skipped: usize,
    },
    /// Each byte is a character.
    Single,
    Other,
}

const MARK: &[u8] = b"\xef\xbb\xbf";

fn decode(bytes: &[u8], charset: Option<&str>) -> (String, Way) {
    let label = charset.map(|label| label.trim().trim_matches(['"', '\'']));
    let is_ascii =
        label.is_none_or(|label| label.eq_ignore_ascii_case("us-ascii") || label.eq_ignore_ascii_case("ascii"));
    let known = label.filter(|_| !is_ascii).and_then(|label| Encoding::for_label(label.as_bytes()));
    match (known, label) {
        (Some(encoding), _) if encoding == UTF_8 => as_utf8(bytes),
        (Some(encoding), _) => in_encoding(bytes, encoding),
        // Older ones, such as UTF-7 and those of DOS.
        (None, Some(label)) if !is_ascii && label.len() <= 40 => match charset_decoder(label.as_bytes()) {
            Some(decoder) => (decoder(bytes), Way::Other),
            None => as_utf8(bytes),
        },
        _ => as_utf8(bytes),
    }
}

/// UTF-8, or what old programs wrote without saying so.
fn as_utf8(bytes: &[u8]) -> (String, Way) {
    let skipped = if bytes.starts_with(MARK) { MARK.len() } else { 0 };
    match std::str::from_utf8(bytes.get(skipped..).unwrap_or_default()) {
        Ok(text) => (text.to_owned(), Way::Same { skipped }),
        Err(_) => in_encoding(bytes, WINDOWS_1252),
    }
}

fn in_encoding(bytes: &[u8], encoding: &'static Encoding) -> (String, Way) {
    if encoding.is_ascii_compatible() && bytes.is_ascii() {
        return (String::from_utf8_lossy(bytes).into_owned(), Way::Same { skipped: 0 });
    }
    if encoding.is_single_byte() {
        return (encoding.decode_without_bom_handling(bytes).0.into_owned(), Way::Single);
    }
    (encoding.decode(bytes).0.into_owned(), Way::Other)
}

/// The map of a text whose characters had a byte each.
fn singles(text: &str) -> Map<Decoded, Decoded> {
    let mut map = Map::default();
    for (byte, (at, char)) in text.char_indices().enumerate() {
        let from = Span::new(byte, byte + 1);
        if char.is_ascii() {
            map.copy(at, from);
        } else {
            map.replace(Span::new(at, at + char.len_utf8()), from);
        }
    }
    map
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bodies_are_read_in_their_charset() {
        #[track_caller]
        fn check(body: &[u8], transfer: Transfer, charset: Option<&str>, expected: &str, in_place: bool) {
            let found = text(body, 0, transfer, charset);
            assert_eq!((found.text.as_str(), found.map.is_some()), (expected, in_place), "{charset:?}");
        }
        use Transfer::{Base64, Plain, QuotedPrintable};
        check(b"Zoe", Plain, None, "Zoe", true);
        check("Zo\u{eb}".as_bytes(), Plain, Some("UTF-8"), "Zo\u{eb}", true);
        check("Zo\u{eb}".as_bytes(), Plain, Some("us-ascii"), "Zo\u{eb}", true);
        check("\u{feff}Zo\u{eb}".as_bytes(), Plain, Some("utf-8"), "Zo\u{eb}", true);
        check(b"Zo\xeb", Plain, Some("utf-8"), "Zo\u{eb}", false);
        check(b"Zo\xeb", Plain, Some("iso-8859-1"), "Zo\u{eb}", false);
        check(b"Zoe", Plain, Some("iso-8859-1"), "Zoe", true);
        check(b"Zoe", Plain, Some("x-unknown"), "Zoe", true);
        check(b"Zo=EB", QuotedPrintable, Some("\"ISO-8859-1\""), "Zo\u{eb}", true);
        check(b"Zo=EB isn=92t", QuotedPrintable, None, "Zo\u{eb} isn\u{2019}t", true);
        check(b"Zo=C3=AB", QuotedPrintable, Some("utf-8"), "Zo\u{eb}", true);
        check(b"\xeb=EB", QuotedPrintable, Some("iso-8859-1"), "\u{eb}\u{eb}", false);
        check(b"a=00b", QuotedPrintable, Some("utf-8"), "a\u{fffd}b", false);
        check(b"Wm/D\r\nqw==", Base64, Some("utf-8"), "Zo\u{eb}", false);
        check(b"W*m/D!qw", Base64, Some("utf-8"), "Zo\u{eb}", false);
        check(b"W", Base64, Some("utf-8"), "", false);
        check(b"//5aAG8A", Base64, Some("utf-16"), "Zo", false);
        check(b"Z\0o\0", Plain, Some("utf-16le"), "Zo", false);
        check(b"\xcf\xf0\xe8", Plain, Some("windows-1251"), "\u{41f}\u{440}\u{438}", false);
        check(b"Zo+AOs-", Plain, Some("utf-7"), "Zo\u{eb}", false);
    }

    #[test]
    fn a_letter_leads_back_to_its_escapes() {
        #[track_caller]
        fn check(body: &str, charset: &str, made: std::ops::Range<usize>, expected: &str) {
            let found = text(body.as_bytes(), 0, Transfer::QuotedPrintable, Some(charset));
            let map = found.map.expect("it is in place");
            assert_eq!(&body[map.back(Span::new(made.start, made.end)).range()], expected);
        }
        check("Zo=C3=AB =E2=80=99no", "utf-8", 2..4, "=C3=AB");
        check("Zo=C3=AB =E2=80=99no", "utf-8", 5..10, "=E2=80=99no");
        check("Zo=EB =92no", "windows-1252", 2..4, "=EB");
        check("Zo=EB =92no", "windows-1252", 4..10, " =92no");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(
            body in prop::collection::vec(any::<u8>(), 0..60),
            transfer in prop::sample::select(vec![Transfer::Plain, Transfer::QuotedPrintable, Transfer::Base64]),
            charset in prop::option::of(prop::sample::select(vec![
                "utf-8", "iso-8859-1", "utf-16", "utf-16be", "utf-7", "gbk", "iso-2022-jp", "ibm850", "koi8-r", "x", "", "shift_jis",
            ])),
        ) {
            let found = text(&body, 7, transfer, charset);
            prop_assert!(!found.text.contains('\0'));
            if let Some(map) = found.map {
                prop_assert!(map.back(Span::new(0, found.text.len())).end() <= 7 + body.len());
            }
        }
    }
}
