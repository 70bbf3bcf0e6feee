//! Rows of tables: whether they lay a letter out or hold data.

/// The least words of a text that is no label, no number and no name.
const PROSE: usize = 8;

/// Whether a row whose start tag ends before `rest` holds prose: a long text, or one that ends as a sentence does.
pub fn holds_prose(rest: &str) -> bool {
    let (mut words, mut ends_sentence) = (0, false);
    for piece in rest.split('<') {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let name = tag.trim_start_matches('/').split(|char: char| !char.is_ascii_alphanumeric()).next();
        match name.unwrap_or_default().to_ascii_lowercase().as_str() {
            "tr" | "table" | "tbody" => return false,
            "td" | "th" => (words, ends_sentence) = (0, false),
            _ => {}
        }
        let text = text.replace("&nbsp;", " ");
        if !text.trim().is_empty() {
            words += text.split_whitespace().count();
            ends_sentence = text.trim_end().ends_with(['.', '!', '?']);
        }
        if words >= PROSE || (words >= PROSE / 2 && ends_sentence) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_told_from_data() {
        #[track_caller]
        fn check(rest: &str, expected: bool) {
            assert_eq!(holds_prose(rest), expected, "{rest:?}");
        }
        check("<td>I am writing to you about the new kitchen.</td></tr>", true);
        check("<td>I have <b>a cold</b>.", true);
        check("<td>Bo Grey</td><td>14 High Street</td><td>Little Town</td><td>no phone at home</td></tr>", false);
        check("<td>Bo</td></tr><tr><td>I am writing to you about the new kitchen.</td></tr>", false);
        check("<td><table><tr><td>I am writing to you about the new kitchen.</td></tr>", false);
        check("<td>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;</td>", false);
        check("", false);
    }
}
