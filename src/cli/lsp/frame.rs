//! Where a message begins and ends: a header that tells its length, an empty line, and so many bytes.

use std::io::{self, BufRead, Read};

/// The longest message, in bytes; a greater length is a mistake, and to wait for so many would be to wait forever.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

const LENGTH: &[u8] = b"content-length:";

/// What was read.
#[derive(Debug, PartialEq, Eq)]
pub enum Frame {
    /// The bytes of a message.
    Message(Vec<u8>),
    /// A header that tells no length.
    NoLength,
}

/// Reads up to the end of the next message; `None` when the stream ends before it.
///
/// After a length that is wrong the next header is found all the same, be it in the middle of a line.
pub fn next(input: &mut impl BufRead) -> io::Result<Option<Frame>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(MOST_BYTES).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        match (line.trim_ascii_end(), length) {
            (b"", Some(length)) => return message(input, length),
            (b"", None) => return Ok(Some(Frame::NoLength)),
            (line, _) => length = length_in(line).or(length),
        }
    }
}

fn message(input: &mut impl BufRead, length: u64) -> io::Result<Option<Frame>> {
    let mut bytes = Vec::new();
    let read = input.by_ref().take(length).read_to_end(&mut bytes)?;
    Ok(u64::try_from(read).is_ok_and(|read| read == length).then_some(Frame::Message(bytes)))
}

/// The length that ends a line.
fn length_in(line: &[u8]) -> Option<u64> {
    let at = line.windows(LENGTH.len()).rposition(|word| word.eq_ignore_ascii_case(LENGTH))?;
    let digits = std::str::from_utf8(line.get(at + LENGTH.len()..)?).ok()?;
    digits.trim().parse().ok().filter(|length| *length <= MOST_BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_told_apart() {
        #[track_caller]
        fn check(stream: &str, expected: &[Option<&str>]) {
            let mut input = stream.as_bytes();
            let frames = std::iter::from_fn(|| next(&mut input).unwrap());
            let found: Vec<Option<String>> = frames
                .map(|frame| match frame {
                    Frame::Message(bytes) => Some(String::from_utf8(bytes).unwrap()),
                    Frame::NoLength => None,
                })
                .collect();
            assert_eq!(found.iter().map(Option::as_deref).collect::<Vec<_>>(), expected);
        }
        check("", &[]);
        check("Content-Length: 2\r\n\r\n{}Content-Length: 1\r\n\r\n1", &[Some("{}"), Some("1")]);
        check("content-length:2\n\n{}", &[Some("{}")]);
        check("Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", &[Some("{}")]);
        check("Content-Length: 0\r\n\r\n", &[Some("")]);
        // The stream ends too early.
        check("Content-Length: 3\r\n\r\n{}", &[]);
        check("Content-Length: 2\r\n", &[]);
        // No length, or one that is none, and the next message is read all the same.
        check("Hello\r\n\r\n{}Content-Length: 1\r\n\r\n1", &[None, Some("1")]);
        check("Content-Length: two\r\n\r\n{}Content-Length: 1\r\n\r\n1", &[None, Some("1")]);
        check("Content-Length: -2\r\n\r\n{}Content-Length: 1\r\n\r\n1", &[None, Some("1")]);
        check("Content-Length: 99999999999999\r\n\r\n{}Content-Length: 1\r\n\r\n1", &[None, Some("1")]);
        check("Content-Length: 99999999999999999999999\r\n\r\nContent-Length: 1\r\n\r\n1", &[None, Some("1")]);
        // A length that is too short, and one that is too long.
        check("Content-Length: 1\r\n\r\n{}Content-Length: 1\r\n\r\n1", &[Some("{"), Some("1")]);
        check(
            "Content-Length: 3\r\n\r\n{}Content-Length: 1\r\n\r\n1Content-Length: 1\r\n\r\n2",
            &[Some("{}C"), None, Some("2")],
        );
    }
}
