//! Names of files as URIs, for the formats that ask for them.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but what RFC 3986 leaves unreserved, and the slashes between folders.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The path of a file as CI services show it: with slashes, and without `./` before it.
pub fn relative(name: &str) -> String {
    let path = name.replace('\\', "/");
    path.trim_start_matches("./").to_owned()
}

/// The URI reference of a file: relative as its path is, or `file:` for an absolute one (RFC 8089).
pub fn uri(name: &str) -> String {
    let path = relative(name);
    let scheme = if path.starts_with('/') { "file://" } else { "" };
    format!("{scheme}{}", utf8_percent_encode(&path, ESCAPED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_uri() {
        #[track_caller]
        fn check(name: &str, expected: &str) {
            assert_eq!(uri(name), expected);
        }
        check("./a b/\u{e9}.txt", "a%20b/%C3%A9.txt");
        check("/tmp/a%.txt", "file:///tmp/a%25.txt");
        check("a\\b.txt", "a/b.txt");
        check("<stdin>", "%3Cstdin%3E");
        check("a\nb", "a%0Ab");
    }
}
