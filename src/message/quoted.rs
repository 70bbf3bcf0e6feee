//! Which lines of a view are somebody else's: quoted mail, the line that introduces it, and footers of programs.

use super::{Date, header, title, word};
use crate::view::{Line, LineKind, View};

/// Whose a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// The writer's own words.
    Writer,
    /// Quoted mail, or the line that introduces it.
    Other,
    /// Nobody's: code, a rule across the page, a footer of a mail program, a disclaimer.
    Nobody,
    /// Two hyphens, under which programs put the signature (RFC 3676, section 4.3).
    SignatureMark,
}

/// The owners of a view's lines, and what the quoted mail tells.
pub(super) struct Owners {
    /// One for each line.
    pub of_line: Vec<Owner>,
    /// The date of the mail that is quoted.
    pub quoted_date: Option<Date>,
}

/// Finds the owner of each line.
pub(super) fn find(view: &View) -> Owners {
    let page = Page { view, lines: view.lines() };
    let mut of_line: Vec<Owner> = page.lines.iter().map(owner_by_mark).collect();
    let mut introductions = page.introductions(&mut of_line);
    introductions.extend(page.quote_below(&mut of_line));
    introductions.sort_unstable();
    page.footers(&mut of_line);
    let quoted_date = introductions.iter().find_map(|&line| Date::find(page.text(line))).map(|(_, date)| date);
    if page.says_nothing(&of_line) {
        // What is quoted is all there is: it is the letter.
        for (at, owner) in of_line.iter_mut().enumerate() {
            if *owner == Owner::Other && introductions.binary_search(&at).is_err() {
                *owner = Owner::Writer;
            } else if *owner == Owner::Writer && page.is_pointer(at) {
                *owner = Owner::Other;
            }
        }
        page.footers(&mut of_line);
    }
    Owners { of_line, quoted_date }
}

fn owner_by_mark(line: &Line) -> Owner {
    match line.kind {
        LineKind::Code => Owner::Nobody,
        _ if line.quote > 0 => Owner::Other,
        _ => Owner::Writer,
    }
}

struct Page<'v> {
    view: &'v View,
    lines: &'v [Line],
}

/// How far into a line is looked; introductions, separators and headers are shorter.
const LONGEST: usize = 400;

impl Page<'_> {
    /// The text of a line as far as it is looked at, trimmed.
    fn text(&self, line: usize) -> &str {
        let text = self.lines.get(line).map_or("", |line| self.view.line_text(line));
        word::beginning(text, LONGEST).trim()
    }

    fn is_blank(&self, line: usize) -> bool {
        self.text(line).is_empty()
    }

    /// Gives the lines that introduce marked quotations to the other: `On Mon, 3 May, Ann wrote:`.
    fn introductions(&self, of_line: &mut [Owner]) -> Vec<usize> {
        let mut found = Vec::new();
        let starts: Vec<usize> =
            (1..of_line.len()).filter(|&at| self.lines[at].quote > 0 && self.lines[at - 1].quote == 0).collect();
        for start in starts {
            let Some(last) = (start.saturating_sub(2)..start).rev().find(|&at| !self.is_blank(at)) else { continue };
            if of_line[last] != Owner::Writer || !self.text(last).ends_with(':') {
                continue;
            }
            let before = last.checked_sub(1).filter(|&at| of_line[at] == Owner::Writer && !self.is_blank(at));
            if tells_when_or_who(self.text(last)) {
                found.push(last);
                // A long one is wrapped: `On Mon, 3 May 2026 at 10:12` / `Ann Grey <ann@a.example> wrote:`.
                found.extend(
                    before.filter(|&at| Date::find(self.text(at)).is_some() && !word::ends_sentence(self.text(at))),
                );
            } else if let Some(before) = before.filter(|&at| tells_when_or_who(self.text(at))) {
                found.extend([last, before]);
            }
        }
        found.sort_unstable();
        for &line in &found {
            of_line[line] = Owner::Other;
        }
        found
    }

    /// Gives everything below a separator or the headers of a mail to the other. Returns the lines that introduce it.
    fn quote_below(&self, of_line: &mut [Owner]) -> Vec<usize> {
        let mut begun = false;
        for at in 0..of_line.len() {
            if of_line[at] != Owner::Writer || self.is_blank(at) {
                continue;
            }
            if let Some(end) = self.introduction_at(at, begun, of_line) {
                for owner in &mut of_line[at..] {
                    *owner = if *owner == Owner::Nobody { Owner::Nobody } else { Owner::Other };
                }
                return (at..end).collect();
            }
            begun |= !self.is_heading(at);
        }
        Vec::new()
    }

    /// Where the lines end that introduce quoted mail from `at` on. `begun`: whether words of the writer stand above.
    fn introduction_at(&self, at: usize, begun: bool, of_line: &[Owner]) -> Option<usize> {
        let text = self.text(at);
        let next = (at + 1..of_line.len().min(at + 4)).find(|&next| !self.is_blank(next));
        let headers = |from: usize| self.mail_headers(from, of_line);
        if is_separator(text) {
            let from = next.unwrap_or(at + 1);
            return Some(headers(from).unwrap_or(at + 1).max(at + 1));
        }
        if is_rule(text, 5)
            && let Some(end) = next.and_then(headers)
        {
            return Some(end);
        }
        if word::fold(text).starts_with("begin forwarded message") {
            return Some(headers(next.unwrap_or(at + 1)).unwrap_or(at + 1).max(at + 1));
        }
        if !begun {
            return None;
        }
        if is_attribution(text) && next.is_some() {
            return Some(at + 1);
        }
        let after_gap = at == 0 || self.is_blank(at - 1) || of_line[at - 1] != Owner::Writer;
        // Outlook puts no empty line between a signature and the headers of what is answered.
        headers(at).filter(|&end| after_gap || (end - at >= 3 && (at..end).any(|line| self.tells_moment(line))))
    }

    /// The end of the row of mail headers from `from` on: two that a mail program writes, or three that look like some
    /// with a date and a time or an address among them.
    fn mail_headers(&self, from: usize, of_line: &[Owner]) -> Option<usize> {
        let row = |is_one: &dyn Fn(&str) -> bool| {
            let len = (from..of_line.len()).take(12).take_while(|&at| is_one(self.text(at))).count();
            from..from + len
        };
        let known = row(&header::is_mail_header);
        if known.len() >= 2 {
            return Some(known.end);
        }
        let shaped = row(&header::has_shape);
        let is_mail = |text: &str| text.contains('@') || (Date::find(text).is_some() && has_clock(text));
        let is_mail = shaped.len() >= 3 && shaped.clone().any(|at| is_mail(self.text(at)));
        is_mail.then_some(shaped.end)
    }

    fn tells_moment(&self, line: usize) -> bool {
        let text = self.text(line);
        has_clock(text) && Date::find(text).is_some()
    }

    /// Takes out footers: what a phone adds, disclaimers from their first line to the end.
    fn footers(&self, of_line: &mut [Owner]) {
        let mut begun = false;
        let mut in_disclaimer = false;
        let mut in_remark = false;
        for at in 0..of_line.len() {
            if of_line[at] != Owner::Writer {
                in_disclaimer &= of_line[at] == Owner::Nobody || self.is_blank(at);
                continue;
            }
            let text = self.text(at);
            let after_gap = at == 0 || self.is_blank(at - 1) || of_line[at - 1] != Owner::Writer;
            in_disclaimer |= begun && after_gap && is_disclaimer(text);
            in_remark = !text.is_empty() && (in_remark || begun && after_gap && title::is_remark(text));
            let is_alone = after_gap && self.is_blank(at + 1);
            if text == "--" {
                of_line[at] = Owner::SignatureMark;
                continue;
            }
            let is_title = begun && is_alone && title::is_bare_title(text);
            let is_footer = (after_gap || begun) && is_program_footer(text);
            if in_remark || is_title || in_disclaimer || is_footer || is_rule(text, LONGEST_BLANK) {
                of_line[at] = Owner::Nobody;
            } else {
                begun |= !text.is_empty();
            }
        }
    }

    /// Whether the writer's part is empty but for headers, titles and a pointer to what is below.
    fn says_nothing(&self, of_line: &[Owner]) -> bool {
        let mut others = false;
        for (at, owner) in of_line.iter().enumerate() {
            match owner {
                Owner::Other => others |= !self.is_blank(at),
                Owner::Writer
                    if !self.is_blank(at) && !self.is_pointer(at) && header::find(self.text(at)).is_none() =>
                {
                    return false;
                }
                _ => {}
            }
        }
        others
    }

    fn is_pointer(&self, line: usize) -> bool {
        let text = word::fold(self.text(line));
        matches!(text.as_str(), "fyi" | "see below" | "pls see below" | "please see below" | "below" | "fwd" | "fw")
    }

    /// Whether a line is a header or a title such as `MEMORANDUM`, and no words of the letter.
    fn is_heading(&self, line: usize) -> bool {
        let text = self.text(line);
        header::find(text).is_some()
            || self.lines[line].kind == LineKind::Heading
            || (!text.contains(char::is_lowercase) && !word::ends_sentence(text))
            || matches!(word::fold(text).as_str(), "memo" | "memorandum")
    }
}

fn tells_when_or_who(text: &str) -> bool {
    text.contains('@') || text.contains(|c: char| c.is_numeric())
}

pub(super) fn has_clock(text: &str) -> bool {
    text.as_bytes().windows(3).any(|at| at[0].is_ascii_digit() && at[1] == b':' && at[2].is_ascii_digit())
}

/// `On Mon, 3 May 2026, Ann wrote:`, where nothing below is marked as quoted.
pub(super) fn is_attribution(text: &str) -> bool {
    let Some(said) = text.strip_suffix(':').map(|said| said.trim_end().to_lowercase()) else { return false };
    let verbs = [" wrote", " schrieb", " a écrit", " escribió", " escreveu", " ha scritto", " schreef"];
    tells_when_or_who(text) && verbs.iter().any(|verb| said.ends_with(verb))
}

/// Words between two runs of dashes: `-----Original Message-----`.
pub(super) fn is_separator(text: &str) -> bool {
    let words = inside_separator(text);
    let start = text.len() - text.trim_start_matches(DASHES).len();
    let end = text.len() - text.trim_end_matches(DASHES).len();
    // `__NAME__` and `___[Name]___` are to be filled in.
    let is_underscored = text.starts_with('_');
    start >= 3
        && end >= 3
        && words.contains(char::is_alphabetic)
        && words.split(' ').count() <= 6
        && !words.contains(['[', '{', '<', '_', ',', '.'])
        && (!is_underscored || words.contains(' '))
}

/// What a separator is drawn with.
const DASHES: [char; 5] = ['-', '_', '=', '\u{2014}', '\u{2500}'];

/// The words of a separator.
pub(super) fn inside_separator(text: &str) -> &str {
    text.trim_matches(DASHES).trim()
}

/// Whether a line is a rule across the page and no blank to be filled in.
pub(super) fn is_long_rule(text: &str) -> bool {
    is_rule(text, LONGEST_BLANK)
}

/// The most underscores that are a blank to be filled in; more are a rule across the page.
const LONGEST_BLANK: usize = 24;

/// A rule across the page; of underscores it has more than `blank`.
fn is_rule(text: &str, blank: usize) -> bool {
    let mut chars = text.chars();
    let Some(first) = chars.next().filter(|c| matches!(c, '-' | '_' | '=' | '*' | '\u{2014}' | '\u{2500}')) else {
        return false;
    };
    chars.all(|c| c == first) && text.chars().count() >= if first == '_' { blank + 1 } else { 3 }
}

fn is_program_footer(text: &str) -> bool {
    let folded = word::fold(word::beginning(text, 100));
    let starts = [
        "sent from my",
        "sent from mail",
        "sent from yahoo",
        "sent from outlook",
        "sent from proton",
        "sent with proton",
        "sent from samsung",
        "sent via ",
        "get outlook for",
        "von meinem ",
        "gesendet von",
        "envoye de mon",
        "envoye depuis",
        "enviado desde mi",
        "enviado do meu",
        "inviato da",
        "verzonden vanaf",
        "yahoo mail:",
    ];
    let is_start = starts.iter().any(|start| folded.starts_with(start));
    is_start
        && text.split_whitespace().count() <= 10
        && (!folded.starts_with("von meinem") || folded.ends_with("gesendet"))
}

/// The first line of a disclaimer, or of what a newsletter has below its text.
fn is_disclaimer(text: &str) -> bool {
    let folded = word::fold(text);
    let notices = [
        "confidentiality notice",
        "confidentiality:",
        "disclaimer",
        "legal notice",
        "important notice",
        "copyright \u{a9}",
        "unsubscribe",
        "click here to unsubscribe",
        "to unsubscribe",
        "you are receiving this",
        "you received this email because",
        "you're receiving this",
        "view this email in your browser",
        "our mailing address is",
    ];
    if notices.iter().any(|notice| folded.starts_with(notice)) {
        return true;
    }
    let about = ["this e-mail", "this email", "this message", "this communication", "the information", "the contents"];
    let says = ["confidential", "attachment", "intended", "privileged", "transmitted", "transmission"];
    about.iter().any(|start| folded.starts_with(start)) && says.iter().any(|word| folded.contains(word))
}
