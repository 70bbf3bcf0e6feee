//! The subject of a letter in HTML: the title of the page, or a comment that names it.

use crate::view::Builder;
use std::ops::Range;

/// Whether a subject is shown already, from front matter.
pub fn is_given(builder: &Builder) -> bool {
    builder.text.lines().any(|line| line.starts_with("Subject:"))
}

/// The place of the subject in a comment with its marks: `<!-- subject: No, thank you -->`.
pub fn in_comment(comment: &str) -> Option<Range<usize>> {
    let inner = comment.strip_prefix("<!--")?.strip_suffix("-->")?;
    let named = inner.trim_start();
    let value = named.get("subject:".len()..).filter(|_| named.as_bytes()[..8].eq_ignore_ascii_case(b"subject:"))?;
    let value = value.trim_start();
    let start = comment.len() - "-->".len() - value.len();
    let line = value.lines().next()?.trim_end();
    (!line.is_empty()).then_some(start..start + line.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_may_name_the_subject() {
        #[track_caller]
        fn check(comment: &str, expected: Option<&str>) {
            assert_eq!(in_comment(comment).map(|place| &comment[place]), expected);
        }
        check("<!-- subject: No, thank you -->", Some("No, thank you"));
        check("<!--Subject:No\nmore-->", Some("No"));
        check("<!-- subject: -->", None);
        check("<!-- my subject: a -->", None);
        check("<!--subjekt\u{e9}-->", None);
        check("<!-- sub -->", None);
        check("<?subject: a>", None);
    }
}
