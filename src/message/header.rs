//! Header lines: `Subject:`, `To:` and the like, at the top of a letter or of a mail that is quoted.

use super::word;
use std::ops::Range;

/// What a header line tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    /// `Subject:`, `Sub:`, `Re:`, `Regarding:`.
    Subject,
    /// `To:`, `Cc:`, `Bcc:`.
    Recipients,
    /// `Date:`, `Sent:`.
    Date,
    /// `From:`, `Ref:`.
    Other,
}

/// The longest key that is looked for, in bytes, emphasis marks included.
const LONGEST_KEY: usize = 28;

/// The key of a header line and the bytes of its value, e.g. `Subject: Offer` or `**To:** Ann`.
pub(super) fn find(line: &str) -> Option<(Key, Range<usize>)> {
    let (name, value) = split(line)?;
    let key = match name.as_str() {
        "subject" | "subject line" | "sub" | "subj" | "re" | "regarding" | "betreff" | "objet" | "asunto" => {
            Key::Subject
        }
        "to" | "cc" | "bcc" => Key::Recipients,
        "date" | "sent" | "dated" => Key::Date,
        "from" | "ref" | "reference" | "our ref" | "your ref" | "reply-to" | "attn" | "attention" | "via" => Key::Other,
        _ => return None,
    };
    Some((key, value))
}

/// Whether a line is a header in a mail program of any of the larger languages around.
pub(super) fn is_mail_header(line: &str) -> bool {
    split(line).is_some_and(|(name, _)| MAIL_HEADERS.contains(&name.as_str()))
}

/// Whether a line has the form of a header, `Word: value`, whatever its language.
pub(super) fn has_shape(line: &str) -> bool {
    split(line).is_some_and(|(name, value)| {
        !value.is_empty() && name.split(' ').count() <= 2 && !CONTACTS.contains(&name.as_str())
    })
}

/// What stands before the first colon, folded, and the bytes behind it. Emphasis may stand around the key or the line.
fn split(line: &str) -> Option<(String, Range<usize>)> {
    let head = word::beginning(line, LONGEST_KEY);
    let colon = head.find([':', '\u{ff1a}'])?;
    let name = word::fold(&head[..colon]);
    if name.is_empty() || name.contains(['{', '}']) {
        return None;
    }
    let rest = &line[colon..];
    let value = rest.trim_start_matches([':', '\u{ff1a}', '*', '_']).trim_start();
    let start = line.len() - value.len();
    let marked = line.starts_with(['*', '_']);
    let end = if marked { line.trim_end_matches(['*', '_']).len() } else { line.len() };
    Some((name, start..end.max(start)))
}

/// The entries of a `To:` line: its parts between commas and semicolons, quoted ones kept whole.
///
/// `Grey, Ann <ann@a.example>` is one entry: with a single address in it a comma stands within the name.
pub(super) fn recipients(value: &str) -> Vec<Range<usize>> {
    let mut entries = Vec::new();
    for group in parted(value, 0..value.len(), ';') {
        if value[group.clone()].matches('@').count() == 1 {
            entries.push(group);
        } else {
            entries.extend(parted(value, group, ','));
        }
    }
    entries.into_iter().filter_map(|entry| trimmed(value, entry)).collect()
}

/// The pieces of a range between the marks that stand outside of quotes, angle brackets and parentheses.
fn parted(value: &str, range: Range<usize>, mark: char) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let (mut start, mut in_quotes, mut depth) = (range.start, false, 0usize);
    for (at, c) in value[range.clone()].char_indices().map(|(at, c)| (range.start + at, c)) {
        match c {
            '"' => in_quotes = !in_quotes,
            '<' | '(' => depth += 1,
            '>' | ')' => depth = depth.saturating_sub(1),
            _ if c == mark && !in_quotes && depth == 0 => {
                pieces.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    pieces.push(start..range.end);
    pieces
}

fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    let end = start + part.trim().len();
    (start < end).then_some(start..end)
}

#[rustfmt::skip]
const MAIL_HEADERS: [&str; 39] = [
    "from", "sent", "date", "to", "cc", "bcc", "subject", "reply-to", "importance", "attachments", "von",
    "gesendet", "datum", "an", "betreff", "de", "envoye", "le", "a", "objet", "date d'envoi", "enviado",
    "enviado el", "fecha", "para", "asunto", "data", "enviada em", "assunto", "da", "inviato", "oggetto", "van",
    "verzonden", "aan", "onderwerp", "fra", "til", "emne",
];

/// Keys that stand in signatures in rows of three and more, and are no mail headers.
#[rustfmt::skip]
const CONTACTS: [&str; 20] = [
    "phone", "tel", "telephone", "mobile", "mob", "cell", "fax", "email", "e-mail", "mail", "web", "website",
    "address", "linkedin", "skype", "whatsapp", "office", "home", "m", "t",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Option<(Key, &str)>) {
        assert_eq!(find(line).map(|(key, value)| (key, &line[value])), expected, "{line:?}");
    }

    #[test]
    fn header_lines_are_read_in_any_case_and_with_emphasis() {
        check("Subject: Offer", Some((Key::Subject, "Offer")));
        check("**Subject:** Offer", Some((Key::Subject, "Offer")));
        check("*Subject: Offer*", Some((Key::Subject, "Offer")));
        check("SUB: Offer", Some((Key::Subject, "Offer")));
        check("Subject line: Offer", Some((Key::Subject, "Offer")));
        check("RE : Offer", Some((Key::Subject, "Offer")));
        check("to: Ann", Some((Key::Recipients, "Ann")));
        check("Sent: Thursday", Some((Key::Date, "Thursday")));
        check("FROM: Total Rewards", Some((Key::Other, "Total Rewards")));
        check("Subject:", Some((Key::Subject, "")));
        check("Two points: pay and hours", None);
        check("Dear Ann:", None);
        check(":", None);
        check("", None);
    }

    #[test]
    fn recipients_are_parted_at_commas_outside_of_names() {
        #[track_caller]
        fn check(value: &str, expected: &[&str]) {
            let found: Vec<&str> = recipients(value).into_iter().map(|entry| &value[entry]).collect();
            assert_eq!(found, expected, "{value:?}");
        }
        check("Ann", &["Ann"]);
        check("Ann, Ben; Cleo", &["Ann", "Ben", "Cleo"]);
        check("Grey, Ann <ann@a.example>", &["Grey, Ann <ann@a.example>"]);
        check("\"Grey, Ann\" <ann@a.example>, ben@b.example", &["\"Grey, Ann\" <ann@a.example>", "ben@b.example"]);
        check(
            "Grey, Ann <a@a.example>; Moss, Ben <b@b.example>",
            &["Grey, Ann <a@a.example>", "Moss, Ben <b@b.example>"],
        );
        check(" , ", &[]);
        check("", &[]);
    }
}
