//! Letters as mails: each encoding of a text, several parts, HTML alone, and all in one archive.

use super::web::{composed, decoded};
use super::{AS_TEXT, Fixture, Said, Way, assert_same, check, fixtures, said_as, said_by_each};

/// Headers that a letter has in common with a mail, as they are, and the rest of its text.
fn parted(text: &str) -> (String, &str) {
    let shared = |line: &str| {
        let name = line.split_once(':').map(|(name, _)| name.to_ascii_lowercase());
        name.is_some_and(|name| matches!(name.as_str(), "from" | "to" | "cc" | "bcc" | "subject" | "date"))
    };
    let mut headers = String::new();
    let mut rest = text;
    while let Some((line, below)) = rest.split_once('\n') {
        if !shared(line) && (headers.is_empty() || !line.starts_with([' ', '\t'])) {
            break;
        }
        for word in line.split_inclusive(' ') {
            headers.push_str(&encoded_word(word));
        }
        headers.push('\n');
        rest = below;
    }
    let body = if headers.is_empty() { rest } else { rest.strip_prefix('\n').unwrap_or(rest) };
    (headers, body)
}

/// A word of a header as RFC 2047 has it, with the space behind it.
fn encoded_word(word: &str) -> String {
    let said = word.trim_end_matches(' ');
    if said.is_ascii() {
        return word.to_owned();
    }
    let space = &word[said.len()..];
    format!("=?utf-8?Q?{}?={space}", said.bytes().map(|byte| format!("={byte:02X}")).collect::<String>())
}

const TRACE: &str = "Received: from mail.example by mx.example; Wed, 13 May 2026 09:20:03 +0100\n\
                     Message-ID: <17@mail.example>\nMIME-Version: 1.0\n";

/// A mail of one part.
fn single(letter: &Fixture, media: &str, transfer: &str, encode: impl Fn(&str) -> Vec<u8>) -> Vec<u8> {
    let (headers, body) = parted(&letter.text);
    let head = format!("{TRACE}{headers}Content-Type: {media}\nContent-Transfer-Encoding: {transfer}\n\n");
    [head.into_bytes(), encode(body)].concat()
}

fn plain(letter: &Fixture) -> Vec<u8> {
    let transfer = if letter.text.is_ascii() { "7bit" } else { "8bit" };
    single(letter, "text/plain; charset=utf-8", transfer, |body| body.as_bytes().to_vec())
}

fn quoted_printable(text: &str) -> Vec<u8> {
    let mut written = String::new();
    for line in text.split_inclusive('\n') {
        let mut column = 0;
        let words = line.trim_end_matches('\n');
        for (at, byte) in words.bytes().enumerate() {
            let is_last = at + 1 == words.len();
            let plain = (byte.is_ascii_graphic() && byte != b'=') || (byte == b' ' && !is_last);
            let piece = if plain { char::from(byte).to_string() } else { format!("={byte:02X}") };
            if column + piece.len() > 75 {
                written.push_str("=\n");
                column = 0;
            }
            column += piece.len();
            written.push_str(&piece);
        }
        written.push_str(&line[words.len()..]);
    }
    written.into_bytes()
}

fn from_quoted_printable(text: &str) -> String {
    let joined = text.replace("=\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let Some((&byte, behind)) = rest.split_first() {
        let escape = behind.get(..2).filter(|_| byte == b'=').and_then(|pair| std::str::from_utf8(pair).ok());
        match escape.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(escaped) => {
                bytes.push(escaped);
                rest = &behind[2..];
            }
            None => {
                bytes.push(byte);
                rest = behind;
            }
        }
    }
    // A span may end within an encoded word of a header.
    String::from_utf8_lossy(&bytes).replace("?utf-8?Q?", "").replace("=?", "").replace("?=", "")
}

fn base64(text: &str) -> Vec<u8> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut written = Vec::new();
    for (at, three) in text.as_bytes().chunks(3).enumerate() {
        if at % 19 == 0 && at > 0 {
            written.push(b'\n');
        }
        let bits = (0..3).fold(0, |bits, at| bits << 8 | u32::from(three.get(at).copied().unwrap_or(0)));
        let digits = (0..4).map(|at| DIGITS[(bits >> (18 - 6 * at) & 63) as usize]);
        written.extend(digits.take(three.len() + 1));
        written.extend(std::iter::repeat_n(b'=', 3 - three.len()));
    }
    written
}

/// The text with its long lines broken by spaces at their ends, see RFC 3676.
fn flowed(text: &str) -> Vec<u8> {
    let mut written = String::new();
    for line in text.lines() {
        let stuffed = line.starts_with([' ']) || line.starts_with("From ");
        let line = if line == "-- " { line } else { line.trim_end() };
        let mut column = 0;
        written.push_str(if stuffed { " " } else { "" });
        for word in line.split_inclusive(' ') {
            if column > 0 && column + word.trim_end().len() > 66 && !line.starts_with('>') && !word.starts_with('>') {
                written.push('\n');
                column = 0;
            }
            column += word.len();
            written.push_str(word);
        }
        written.push('\n');
    }
    written.into_bytes()
}

fn alternative(letter: &Fixture) -> Vec<u8> {
    single(letter, "multipart/alternative;\n boundary=\"=_b 1\"", "8bit", |body| {
        let html = String::from_utf8(quoted_printable(&composed(body))).expect("ASCII");
        format!(
            "This is a mail of several parts.\n--=_b 1\nContent-Type: text/plain; charset=\"utf-8\"\n\n{body}\n--=_b 1\n\
             Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n{html}\n--=_b 1--\n"
        )
        .into_bytes()
    })
}

#[test]
fn a_mail_in_plain_text_is_the_same_letter() {
    check(&Way { name: "letter.eml", convert: plain, decode: from_quoted_printable, except: &[] });
}

#[test]
fn quoted_printable_is_the_same_letter() {
    check(&Way {
        name: "letter.eml",
        convert: |letter| single(letter, "text/plain; charset=utf-8", "quoted-printable", quoted_printable),
        decode: from_quoted_printable,
        except: &[],
    });
}

#[test]
fn base64_is_the_same_letter() {
    check(&Way {
        name: "letter.eml",
        convert: |letter| single(letter, "text/plain; charset=utf-8", "base64", base64),
        decode: str::to_owned,
        except: &[],
    });
}

#[test]
fn format_flowed_is_the_same_letter() {
    check(&Way {
        name: "letter.eml",
        convert: |letter| single(letter, "text/plain; charset=utf-8; format=flowed", "8bit", flowed),
        decode: from_quoted_printable,
        except: &[],
    });
}

#[test]
fn the_text_of_two_alternatives_is_the_same_letter() {
    check(&Way { name: "letter.eml", convert: alternative, decode: from_quoted_printable, except: &[] });
}

#[test]
fn a_mail_in_html_alone_is_the_same_letter() {
    check(&Way {
        name: "letter.eml",
        convert: |letter| {
            single(letter, "text/html; charset=utf-8", "quoted-printable", |body| quoted_printable(&composed(body)))
        },
        decode: |words| decoded(&from_quoted_printable(words)),
        except: &[],
    });
}

#[test]
fn latin_1_is_the_same_letter() {
    let letters: Vec<Fixture> =
        fixtures().into_iter().filter(|letter| letter.text.chars().all(|char| u32::from(char) < 256)).collect();
    assert!(letters.len() > 30, "only {} letters", letters.len());
    assert_same(letters.iter().map(|letter| {
        let mail = single(letter, "text/plain; charset=ISO-8859-1", "8bit", |body| {
            body.chars().map(|char| u8::try_from(char).expect("a character of Latin 1")).collect()
        });
        (letter.name.as_str(), &AS_TEXT[&letter.name], said_as("letter.eml", mail, from_quoted_printable))
    }));
}

#[test]
fn an_archive_holds_the_same_letters() {
    let letters = fixtures();
    let mails = letters.iter().map(|letter| {
        let mail = String::from_utf8(plain(letter)).expect("a mail in UTF-8");
        format!("From someone@mail.example Wed May 13 09:20:00 2026\n{}\n\n", mail.replace("\nFrom ", "\n>From "))
    });
    let archive = mails.collect::<String>().into_bytes();
    let found: Vec<Said> = said_by_each("letters.mbox", archive, from_quoted_printable);
    assert_eq!(found.len(), letters.len());
    let pairs = letters.iter().zip(found);
    assert_same(pairs.map(|(letter, found)| (letter.name.as_str(), &AS_TEXT[&letter.name], found)));
}
