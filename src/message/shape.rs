//! What a single line has the form of: a salutation, a closing, the title of a template. For readers that must find where
//! a letter begins and ends before they can read it.
//!
//! Each predicate looks at a few hundred bytes of its line at most, and knows nothing of the lines around.

use super::salutation::Salutation;
use super::{Part, closing, header, part, placeholder, quoted, salutation, signature, title, word};

/// How a line greets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Greeting {
    /// It greets and does nothing else: `Dear Ms Grey,`.
    Whole,
    /// The letter goes on behind the greeting: `Hi Ann, thanks for the call.`
    RunIn,
}

/// How a line greets, if it does. A line without a mark at its end is a greeting only if it is short.
pub fn greeting(line: &str) -> Option<Greeting> {
    let line = line.trim().trim_start_matches(['*', '_', '"', '\u{201c}']);
    match salutation::find(line, false) {
        Some(Salutation::Line) if ends_as_greeting(line) => Some(Greeting::Whole),
        Some(Salutation::RunIn(end)) if line[..end].ends_with([',', '!', '-', '\u{2013}', '\u{2014}']) => {
            Some(Greeting::RunIn)
        }
        Some(Salutation::Line | Salutation::RunIn(_)) => None,
        None => is_named(line).then_some(Greeting::Whole),
    }
}

fn ends_as_greeting(line: &str) -> bool {
    line.trim_end_matches(['*', '_']).ends_with([',', ':', ';', '!', '-', '\u{2013}', '\u{2014}'])
        || line.split_whitespace().nth(3).is_none()
}

/// `[Hiring Manager],`
fn is_named(line: &str) -> bool {
    line.len() <= word::SHORT_LINE && line.ends_with([',', ':']) && is_name_left_open(line)
}

/// Whether a line is a name that is still to be filled in, and nothing besides: `[Your Name]`.
pub fn is_name_left_open(line: &str) -> bool {
    placeholder::is_alone(line) && word::fold(&placeholder::filled(word::beginning(line, 120), Part::Body)) == "{name}"
}

/// Whether a line has something that is still to be filled in.
pub fn is_left_open(line: &str) -> bool {
    let marks = placeholder::find(word::beginning(line, word::SHORT_LINE), Part::Salutation);
    marks.iter().any(|mark| matches!(mark, placeholder::Mark::Hole { .. }))
}

/// Whether a line is the subject of a letter with its key, `Subject: Offer`. `Re:` stands in other places too.
pub fn is_subject(line: &str) -> bool {
    let line = line.trim();
    let is_reply = ["re", "regarding", "re "].contains(&word::fold(line.split(':').next().unwrap_or("")).as_str());
    header::find(line).is_some_and(|(key, value)| key == header::Key::Subject && !value.is_empty()) && !is_reply
}

/// Whether a line is a header: `To: Ann`, `Subject: Offer`, `Date: 3 May`.
pub fn is_header(line: &str) -> bool {
    header::find(line.trim()).is_some()
}

/// Whether a line is a header as programs put it over mail that is passed on or answered: with a time or an address.
pub fn is_sent_header(line: &str) -> bool {
    let line = word::beginning(line.trim(), word::SHORT_LINE);
    let is_sent = line.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("sent:"));
    header::is_mail_header(line) && (is_sent || quoted::has_clock(line) || (line.contains('@') && !is_left_open(line)))
}

/// Whether a line closes a letter: `Kind regards,`.
pub fn is_closing(line: &str) -> bool {
    closing::is_known(line.trim())
}

/// Whether a line closes a letter and signs it: `Best, Ann`.
pub fn is_signed_closing(line: &str) -> bool {
    let line = line.trim();
    line.len() <= word::SHORT_LINE && closing::before_name(line).is_some()
}

/// Whether a line is a name as people sign with.
pub fn is_signature(line: &str) -> bool {
    let line = line.trim().trim_end_matches(['*', '_', '"', '\u{201d}']);
    signature::is_name(line) || is_name_left_open(line)
}

/// Whether a line may stand in a signature: a name, a post, a telephone number.
pub fn is_signature_detail(line: &str) -> bool {
    signature::is_detail(line.trim()) && !word::ends_sentence(line)
}

/// Whether a line begins a postscript.
pub fn is_postscript(line: &str) -> bool {
    part::is_postscript(line.trim())
}

/// Whether a line is the title of a template: `Sample 4. When the role is not right`.
pub fn is_title(line: &str) -> bool {
    title::is_title(line.trim())
}

/// Whether a line begins what the author of a template says about it: `Why it works: ...`.
pub fn is_remark(line: &str) -> bool {
    title::is_remark(line.trim())
}

/// Whether a line is a rule across the page: three dashes or more.
pub fn is_rule(line: &str) -> bool {
    let line = line.trim();
    let packed = line.len() <= word::SHORT_LINE && line.contains(' ') && quoted::is_long_rule(&line.replace(' ', ""));
    packed || quoted::is_long_rule(line)
}

/// The words between two runs of dashes: `-----Original Message-----`.
pub fn words_of_separator(line: &str) -> Option<&str> {
    let line = word::beginning(line.trim(), word::SHORT_LINE);
    quoted::is_separator(line).then(|| quoted::inside_separator(line))
}

/// Whether a line says that what follows is somebody else's mail: `On 3 May, Ann wrote:`, `Begin forwarded message`.
pub fn introduces_mail(line: &str) -> bool {
    let line = word::beginning(line.trim(), word::SHORT_LINE);
    quoted::is_attribution(line) || word::fold(line).starts_with("begin forwarded message")
}

/// Whether a line ends as a sentence does.
pub fn ends_sentence(line: &str) -> bool {
    word::ends_sentence(line.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greetings_are_told_from_what_is_said_of_them() {
        #[track_caller]
        fn check(line: &str, expected: Option<Greeting>) {
            assert_eq!(greeting(line), expected, "{line:?}");
        }
        check("Dear Ms Grey,", Some(Greeting::Whole));
        check("*Dear [Name],*", Some(Greeting::Whole));
        check("[Hiring Manager],", Some(Greeting::Whole));
        check("Hi Ann", Some(Greeting::Whole));
        check("Hi Ann, thanks for the call of Monday.", Some(Greeting::RunIn));
        check("Greetings and how to choose them", None);
        check("[Company],", None);
        check("Bob,", None);
        check("", None);
    }

    #[test]
    fn lines_are_known_by_their_form() {
        assert!(is_subject("Subject: Offer") && is_subject("**Subject line:** Offer"));
        assert!(!is_subject("Subject:") && !is_subject("Re: Offer") && is_header("Re: Offer"));
        assert!(is_sent_header("Sent: Thursday") && is_sent_header("From: Ann <ann@a.example>"));
        assert!(!is_sent_header("From: [Your e-mail]") && !is_sent_header("To: Ann"));
        assert!(is_rule("---") && is_rule("* * *") && is_rule("=====") && !is_rule("--") && !is_rule("______"));
        assert_eq!(words_of_separator("-----Original Message-----"), Some("Original Message"));
        assert_eq!(words_of_separator("---"), None);
        assert!(introduces_mail("On 3 May 2026, Ann wrote:") && !introduces_mail("Then Ann wrote:"));
        assert!(is_name_left_open("[Your Name]") && !is_name_left_open("[Company]") && !is_name_left_open("Ann"));
    }
}
