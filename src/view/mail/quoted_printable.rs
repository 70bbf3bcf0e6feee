//! Quoted-printable (RFC 2045, section 6.7), decoded with the place of each byte.

use crate::map::Map;
use crate::span::{Decoded, Span};

/// Decodes `encoded`, which stands at `base` in the file. Of a text that is no good quoted-printable what is wrong stays as
/// it is written, as the RFC advises.
pub fn decode(encoded: &[u8], base: usize) -> (Vec<u8>, Map<Decoded, Decoded>) {
    let mut decoder = Decoder { bytes: Vec::with_capacity(encoded.len()), map: Map::default() };
    let mut at = base;
    for line in encoded.split_inclusive(|&byte| byte == b'\n') {
        decoder.line(line, at);
        at += line.len();
    }
    (decoder.bytes, decoder.map)
}

struct Decoder {
    bytes: Vec<u8>,
    map: Map<Decoded, Decoded>,
}

impl Decoder {
    fn line(&mut self, line: &[u8], at: usize) {
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        let text = if text.len() < line.len() { text.strip_suffix(b"\r").unwrap_or(text) } else { text };
        let end = line.get(text.len()..).unwrap_or_default();
        let said = trim_end(text);
        if let Some(said) = said.strip_suffix(b"=") {
            self.said(said, at);
            return;
        }
        // White space before a line end was added on the way; at the end of the text nothing says so.
        let said = if end.is_empty() { text } else { said };
        self.said(said, at);
        self.copy(end, at + text.len());
    }

    /// Decodes the escapes of a line without its end.
    fn said(&mut self, said: &[u8], at: usize) {
        let (mut copied, mut next) = (0, 0);
        while let Some(found) = said.get(next..).and_then(|rest| rest.iter().position(|&byte| byte == b'=')) {
            let escape = next + found;
            let Some(byte) = said.get(escape + 1..escape + 3).and_then(byte_of) else {
                next = escape + 1;
                continue;
            };
            self.copy(said.get(copied..escape).unwrap_or_default(), at + copied);
            let made = Span::new(self.bytes.len(), self.bytes.len() + 1);
            self.map.replace(made, Span::new(at + escape, at + escape + 3));
            self.bytes.push(byte);
            next = escape + 3;
            copied = next;
        }
        self.copy(said.get(copied..).unwrap_or_default(), at + copied);
    }

    fn copy(&mut self, bytes: &[u8], from: usize) {
        self.map.copy(self.bytes.len(), Span::new(from, from + bytes.len()));
        self.bytes.extend_from_slice(bytes);
    }
}

fn trim_end(text: &[u8]) -> &[u8] {
    let len = text.iter().rposition(|byte| !matches!(byte, b' ' | b'\t')).map_or(0, |last| last + 1);
    text.get(..len).unwrap_or_default()
}

/// The byte that two digits stand for. Small ones are not allowed but written.
fn byte_of(digits: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let [high, low] = digits else { return None };
    u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use mail_parser::decoders::quoted_printable::quoted_printable_decode;
    use proptest::prelude::*;

    #[test]
    fn escapes_and_soft_breaks_are_gone() {
        #[track_caller]
        fn check(encoded: &str, expected: &str) {
            let (bytes, _) = decode(encoded.as_bytes(), 0);
            assert_eq!(String::from_utf8_lossy(&bytes), expected, "{encoded:?}");
        }
        check("", "");
        check("Zo=C3=AB", "Zo\u{eb}");
        check("Zo=c3=ab", "Zo\u{eb}");
        check("so=\nft", "soft");
        check("so =\r\nft", "so ft");
        check("so= \t\r\nft", "soft");
        check("end=", "end");
        check("space \t\r\nnext \n", "space\r\nnext\n");
        check("space=20\nnext", "space \nnext");
        check("1 + 1 = 2, =3D", "1 + 1 = 2, =");
        check("=XY =4 ==41", "=XY =4 =A");
        check("=\u{e9}", "=\u{e9}");
        check("a\rb=\r", "a\rb=\r");
    }

    #[test]
    fn each_byte_knows_its_escape() {
        #[track_caller]
        fn check(made: std::ops::Range<usize>, expected: std::ops::Range<usize>) {
            let (_, map) = decode(b"Zo=C3=AB no=\r\nt", 100);
            assert_eq!(map.back(Span::new(made.start, made.end)).range(), expected);
        }
        check(0..2, 100..102); // `Zo`
        check(2..4, 102..108); // `ë`
        check(5..8, 109..115); // `not`, over the soft break
        check(7..8, 114..115);
    }

    /// What encoders write.
    fn piece() -> impl Strategy<Value = String> {
        prop_oneof![
            "[ -<>-~]{1,8}",
            any::<u8>().prop_map(|byte| format!("={byte:02X}")),
            any::<u8>().prop_map(|byte| format!("={byte:02x}")),
            Just("=\n".to_owned()),
            Just("= \t\n".to_owned()),
            Just(" \t".to_owned()),
            Just("\n".to_owned()),
        ]
    }

    proptest! {
        #[test]
        fn it_is_what_the_parser_of_mail_makes_of_it(
            pieces in prop::collection::vec(piece(), 0..30),
            is_crlf in any::<bool>(),
        ) {
            let text = pieces.concat();
            // The parser writes all line ends as the first one is; so the first one must be known before.
            let (first, text) = if is_crlf { ("\r\n", text.replace('\n', "\r\n")) } else { ("\n", text) };
            let encoded = format!("{first}{text}");
            let (bytes, map) = decode(encoded.as_bytes(), 0);
            let expected = quoted_printable_decode(encoded.as_bytes());
            prop_assert_eq!(Some(&bytes), expected.as_ref());
            for at in 0..bytes.len() {
                let from = &encoded.as_bytes()[map.back(Span::new(at, at + 1)).range()];
                prop_assert!(from == &bytes[at..=at] || (from.len() == 3 && byte_of(&from[1..]) == Some(bytes[at])));
            }
        }

        #[test]
        fn any_bytes_are_decoded(encoded in "([=\\n\\r \\t0-9A-F]|\\PC){0,60}") {
            let (bytes, map) = decode(encoded.as_bytes(), 0);
            prop_assert!(map.back(Span::new(0, bytes.len())).end() <= encoded.len());
        }
    }
}
