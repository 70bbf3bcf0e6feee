//! Comments to demur in Markdown and HTML, each of which accepts what a rule finds in the paragraph below it, or in the
//! whole letter below it. In plain text there are none: they would be sent with the letter.

use super::warning;
use crate::check::{Advisor, Told};
use crate::config::Written;
use crate::diagnostic::Diagnostic;
use crate::document::Letter;
use crate::message::Part;
use crate::pack::closest;
use crate::span::{Decoded, Span};
use crate::view::{Line, LineKind, View, comments};
use std::collections::HashMap;

/// What every comment to demur begins with.
const ADDRESS: &str = "demur:";

/// What follows, for a paragraph and for a letter.
const ALLOW: &str = "allow";
const ALLOW_IN_LETTER: &str = "allow-in-letter";

/// How a comment begins that accepts what a rule finds in the paragraph below it.
pub fn start(rule: &str) -> String {
    format!("{ADDRESS} {ALLOW} {rule}")
}

/// The comments of a file, in order, and how far its letters were looked at.
#[derive(Debug, Default)]
pub struct Comments {
    comments: Vec<Comment>,
    /// The numbers of the comments of each rule for a paragraph, and of those for a letter.
    by_rule: HashMap<(Reach, String), Vec<usize>>,
    /// The letter at hand.
    at: Extent,
}

/// How much a comment is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Reach {
    Paragraph,
    Letter,
}

/// Places of a letter, as 0-based byte offsets into the decoded text.
#[derive(Debug, Clone, Copy, Default)]
struct Extent {
    /// Behind the letter before it.
    start: usize,
    /// Its first line: the salutation, or what it says first.
    first: usize,
    /// Behind its last line.
    end: usize,
}

#[derive(Debug)]
struct Comment {
    span: Span<Decoded>,
    says: Result<Allow, Fault>,
    /// The paragraph below it.
    below: Option<Span<Decoded>>,
    is_used: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Allow {
    reach: Reach,
    rule: Written<String>,
    because: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Fault {
    /// Nothing that is known follows the address.
    UnknownWord(String),
    NoRule,
    NoReason(Written<String>),
}

impl Comments {
    /// Those of the file that a letter stands in.
    pub fn of(letter: &Letter) -> Comments {
        let text = letter.source.text();
        // Most files have none, and are not read again to find that out.
        if !text.contains(ADDRESS) {
            return Comments::default();
        }
        let spans = comments(text, letter.file_type.format).into_iter();
        let mut comments: Vec<Comment> = spans.filter_map(|span| read(text, span)).collect();
        if !comments.is_empty() {
            find_paragraphs(&View::read(text, letter.file_type), &mut comments);
        }
        let mut by_rule: HashMap<_, Vec<usize>> = HashMap::new();
        for (number, comment) in comments.iter().enumerate() {
            if let Ok(allow) = &comment.says {
                by_rule.entry((allow.reach, allow.rule.value.clone())).or_default().push(number);
            }
        }
        Comments { comments, by_rule, at: Extent::default() }
    }

    /// Goes on to the next letter of the file; `is_last` says that no other follows.
    pub fn enter(&mut self, letter: &Letter, is_last: bool) {
        if self.comments.is_empty() {
            return;
        }
        let shown = |line: &&Line| !line.span.is_empty();
        let place = |line: &Line| letter.view.back(line.span);
        let lines = letter.view.lines();
        let top = lines.iter().find(shown).map_or(0, |line| place(line).start());
        let end = lines.iter().rfind(shown).map_or(0, |line| place(line).end());
        let said = letter.message.sentences().iter().find(|said| matches!(said.part, Part::Salutation | Part::Body));
        let first = said.map_or(top, |said| letter.message.back(&letter.view, said.span).start());
        self.at = Extent { start: self.at.end, first, end: if is_last { usize::MAX } else { end } };
    }

    /// The reason that a comment gives for a finding of the letter at hand.
    pub fn accepted(&mut self, finding: &Diagnostic) -> Option<(String, Told)> {
        if self.comments.is_empty() {
            return None;
        }
        let found = self.above_paragraph(finding).or_else(|| self.above_letter(finding))?;
        let comment = self.comments.get_mut(found)?;
        comment.is_used = true;
        comment.says.as_ref().ok().map(|allow| (allow.because.clone(), Told::Inside))
    }

    fn above_paragraph(&self, finding: &Diagnostic) -> Option<usize> {
        let numbers = self.by_rule.get(&(Reach::Paragraph, finding.rule.clone()))?;
        let place = finding.span();
        let below = |number: &usize| self.comments.get(*number).and_then(|comment| comment.below);
        // Paragraphs lie one behind the other, as their comments do; those without one come last.
        let after = numbers.partition_point(|number| below(number).is_some_and(|below| below.start() <= place.start()));
        let number = *numbers.get(after.checked_sub(1)?)?;
        below(&number).is_some_and(|below| place.start() <= below.end()).then_some(number)
    }

    fn above_letter(&self, finding: &Diagnostic) -> Option<usize> {
        let numbers = self.by_rule.get(&(Reach::Letter, finding.rule.clone()))?;
        let start = |number: &usize| self.comments.get(*number).map_or(0, |comment| comment.span.start());
        let number = *numbers.get(numbers.partition_point(|number| start(number) < self.at.start))?;
        (start(&number) < self.at.first).then_some(number)
    }

    /// What is wrong with the comments of the letter at hand, which was judged by `advisors`. `asks` says which rules were
    /// asked.
    pub fn leave(&self, advisors: &[Advisor], asks: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
        let start = self.comments.partition_point(|comment| comment.span.start() < self.at.start);
        let own = self.comments.iter().skip(start).take_while(|comment| comment.span.start() < self.at.end);
        own.filter_map(|comment| self.remark(comment, advisors, &asks)).collect()
    }

    fn remark(&self, comment: &Comment, advisors: &[Advisor], asks: &impl Fn(&str) -> bool) -> Option<Diagnostic> {
        let faulty = |message: String, span, help: &str| Some(warning("accepted-comment", message, span, help));
        let allow = match &comment.says {
            Ok(allow) => allow,
            Err(Fault::UnknownWord(word)) => {
                return faulty(format!("`{word}` says nothing to demur"), comment.span, FORM);
            }
            Err(Fault::NoRule) => return faulty("names no rule".to_owned(), comment.span, FORM),
            Err(Fault::NoReason(rule)) => {
                return faulty(format!("accepts `{}` without a reason", rule.value), rule.span, FORM);
            }
        };
        let rule = &allow.rule.value;
        let rules = || advisors.iter().flat_map(|advisor| &advisor.pack.rules).map(|rule| rule.id.as_str());
        if !rules().any(|known| known == rule) {
            let help = closest(rule, rules()).map(|meant| format!("did you mean `{meant}`?"));
            let help = help.unwrap_or_else(|| "name one of the rules that `demur rules` shows".to_owned());
            return faulty(format!("unknown rule `{rule}`"), allow.rule.span, &help);
        }
        if allow.reach == Reach::Letter && comment.span.start() >= self.at.first {
            let message = format!("`{ALLOW_IN_LETTER}` stands within the letter");
            return faulty(message, comment.span, "put it above the first line of the letter");
        }
        if comment.is_used || !asks(rule) {
            return None;
        }
        let place = match allow.reach {
            Reach::Paragraph => "the paragraph below",
            Reach::Letter => "the letter below",
        };
        let message = format!("`{rule}` finds nothing in {place}");
        Some(warning("accepted-unused", message, allow.rule.span, "take the comment out"))
    }
}

const FORM: &str = "write `demur: allow RULE because REASON`, or `allow-in-letter` for the whole letter";

/// A comment to demur; `None` for one to somebody else.
fn read(text: &str, span: Span<Decoded>) -> Option<Comment> {
    let inner = text.get(span.range())?.strip_prefix("<!--")?;
    let inner = inner.strip_suffix("-->").unwrap_or(inner);
    let (said, start) = (inner.trim_start(), span.start() + "<!--".len() + (inner.len() - inner.trim_start().len()));
    let mut words = Words { text: said.strip_prefix(ADDRESS)?, start: start + ADDRESS.len() };
    Some(Comment { span, says: allow(&mut words), below: None, is_used: false })
}

fn allow(words: &mut Words<'_>) -> Result<Allow, Fault> {
    let action = words.next().map(|word| word.value).unwrap_or_default();
    let reach = match action.as_str() {
        ALLOW => Reach::Paragraph,
        ALLOW_IN_LETTER => Reach::Letter,
        _ => return Err(Fault::UnknownWord(action)),
    };
    let rule = words.next().ok_or(Fault::NoRule)?;
    if rule.value == "because" {
        return Err(Fault::NoRule);
    }
    let is_given = words.next().is_some_and(|word| word.value == "because");
    let because = words.text.split_whitespace().collect::<Vec<_>>().join(" ");
    match is_given && because.contains(char::is_alphanumeric) {
        true => Ok(Allow { reach, rule, because }),
        false => Err(Fault::NoReason(rule)),
    }
}

/// Words with their places. `start` is the 0-based byte offset of `text` in the decoded text of the file.
struct Words<'t> {
    text: &'t str,
    start: usize,
}

impl Iterator for Words<'_> {
    type Item = Written<String>;

    fn next(&mut self) -> Option<Written<String>> {
        let rest = self.text.trim_start();
        let start = self.start + (self.text.len() - rest.len());
        let len = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (word, rest) = rest.split_at(len);
        self.text = rest;
        self.start = start + len;
        (len > 0).then(|| Written { value: word.to_owned(), span: Span::new(start, start + len) })
    }
}

/// Finds the paragraph below each comment: the lines from the next one that shows something to an empty one, a heading or
/// the next item of a list.
fn find_paragraphs(view: &View, comments: &mut [Comment]) {
    let lines = view.lines();
    let mut at = 0;
    for comment in comments {
        let is_above = |at: usize| {
            let line = lines.get(at);
            line.is_some_and(|line| line.span.is_empty() || view.back(line.span).start() < comment.span.end())
        };
        while is_above(at) {
            at += 1;
        }
        let Some(first) = lines.get(at) else { break };
        let kind = kind_below(first.kind);
        let goes_on = |line: &&Line| !line.span.is_empty() && line.kind == kind;
        let last = lines.iter().skip(at + 1).take_while(goes_on).last().unwrap_or(first);
        comment.below = Some(Span::new(view.back(first.span).start(), view.back(last.span).end()));
    }
}

/// What the further lines of a block are whose first line is of this kind.
pub fn kind_below(kind: LineKind) -> LineKind {
    match kind {
        LineKind::Item => LineKind::Text,
        kind => kind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accepted::Acceptance;
    use crate::check::Report;
    use crate::document::Document;
    use crate::message::Date;
    use crate::source::RawFile;
    use crate::view::Format;

    const PACK: &str = r#"
pack: dinner
title: Dinner
signals:
  no: {means: says no, any: [cannot come], says: [I cannot come.], says-not: [I come.]}
  rain: {means: tells of rain, any: [it rains], says: [But it rains.], says-not: [I come.]}
  thanks: {means: thanks, any: [thank you], says: [Thank you.], says-not: [I come.]}
letters:
  - {kind: decline, title: a refusal, when: no}
advice:
  - title: Be kind
    text: It helps.
    rules:
      - {id: thank, require: thanks, level: error, message: m, help: h, good: [a], bad: [b]}
      - {id: rain, forbid: rain, level: note, message: m, help: h, good: [a], bad: [b]}
"#;

    /// What is found in each letter of a file, what is accepted, and what is said of its comments.
    #[track_caller]
    fn check(format: Format, text: &str, expected: &[&str]) {
        let advisor = Advisor::read(PACK).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"));
        let advisors = [advisor];
        let file = RawFile { name: "a".to_owned(), bytes: text.as_bytes().to_vec() };
        let letters: Vec<_> = Document::open(file, Some(format.into())).expect("text").letters().collect();
        let today = Date { year: Some(2026), month: 5, day: 3 };
        let mut acceptance = Acceptance::new(&[], &[], today);
        let mut found = Vec::new();
        let count = letters.len();
        for (number, letter) in letters.into_iter().enumerate() {
            let mut report = Report::new(letter, &advisors, &[Default::default()]);
            acceptance.apply(&mut report, &advisors, number + 1 == count, |_| true);
            let judged = report.judgements.iter().flat_map(|judgement| &judgement.findings);
            found.extend(judged.map(|finding| finding.rule.clone()));
            found.extend(
                report.accepted.iter().map(|accepted| format!("{}: {}", accepted.finding.rule, accepted.because)),
            );
            found.extend(
                report.remarks.iter().map(|remark| format!("{} at `{}`", remark.message, &text[remark.span().range()])),
            );
            found.push("--".to_owned());
        }
        assert_eq!(found.pop().as_deref(), Some("--"));
        assert_eq!(found, expected);
    }

    #[test]
    fn a_comment_accepts_what_is_found_in_the_paragraph_below() {
        let markdown = |text: &str, expected: &[&str]| check(Format::Markdown, text, expected);
        let rain = "<!-- demur: allow rain because it did -->";
        let unused = "`rain` finds nothing in the paragraph below at `rain`";
        markdown(&format!("Dear Ann,\n\nThank you.\n\n{rain}\nI cannot come;\nit rains.\n\nBo\n"), &["rain: it did"]);
        markdown(&format!("Dear Ann,\n\nThank you.\n\n{rain}\n\nI cannot come; it rains.\n\nBo\n"), &["rain: it did"]);
        markdown(&format!("Dear Ann,\n\n{rain}\nThank you.\n\nI cannot come; it rains.\n\nBo\n"), &["rain", unused]);
        markdown(
            &format!("Dear Ann,\n\nThank you. I cannot come.\n\n{rain}\n- it rains\n- it rains again\n\nBo\n"),
            &["rain", "rain: it did"],
        );
        markdown(
            "Dear Ann,\n\n<!-- demur: allow thank because\n  she knows -->\nI cannot come.\n\nBo\n",
            &["thank: she knows"],
        );
        markdown(&format!("Dear Ann,\n\nThank you. I cannot come; it rains.\n\nBo\n\n{rain}"), &["rain", unused]);
        // In code, a comment is text.
        markdown(&format!("Dear Ann,\n\nThank you.\n\n`{rain}`\nI cannot come; it rains.\n\nBo\n"), &["rain"]);
        let html = format!("<p>Dear Ann,</p><p>Thank you.</p>{rain}<p>I cannot come; it rains.</p><p>Bo</p>");
        check(Format::Html, &html, &["rain: it did"]);
        // In plain text it would be sent.
        check(Format::Text, &format!("Dear Ann,\n\nThank you.\n\n{rain}\nI cannot come; it rains.\n\nBo\n"), &["rain"]);
    }

    #[test]
    fn a_comment_above_a_letter_holds_for_all_of_it() {
        let rain = "<!-- demur: allow-in-letter rain because it did -->";
        let letter = "Dear Ann,\n\nThank you. I cannot come; it rains.\n\nAs I said, it rains.\n\nBo\n";
        check(Format::Markdown, &format!("{rain}\n{letter}"), &["rain: it did", "rain: it did"]);
        check(Format::Markdown, &format!("# A letter\n\n{rain}\n\n{letter}"), &["rain: it did", "rain: it did"]);
        let within = format!("Dear Ann,\n\n{rain}\n\nThank you. I cannot come; it rains.\n\nBo\n");
        let place = format!("`allow-in-letter` stands within the letter at `{rain}`");
        check(Format::Markdown, &within, &["rain", &place]);
        let polite = format!("{rain}\nDear Ann,\n\nThank you. I cannot come.\n\nBo\n");
        check(Format::Markdown, &polite, &["`rain` finds nothing in the letter below at `rain`"]);
    }

    #[test]
    fn each_letter_of_a_file_has_its_own_comments() {
        let rain = "<!-- demur: allow-in-letter rain because it did -->";
        let body = "Dear Ann,\n\nThank you for asking me. I am sorry that I cannot come; it rains.\n\nKind regards,\n\nBo Grey\n";
        let page = format!("# Letters\n\n## One\n\n{rain}\n\n{body}\n## Two\n\n{body}\n## Three\n\n{rain}\n\n{body}");
        check(Format::Markdown, &page, &["rain: it did", "--", "rain", "--", "rain: it did"]);
    }

    #[test]
    fn what_is_wrong_with_a_comment_is_told_at_its_place() {
        #[track_caller]
        fn check_one(says: &str, expected: &str) {
            let text = format!("Dear Ann,\n\nThank you.\n\n<!--{says}-->\nI cannot come.\n\nBo\n");
            check(Format::Markdown, &text, &[expected]);
        }
        check_one(" demur: allow rain ", "accepts `rain` without a reason at `rain`");
        check_one(" demur: allow rain because -- ", "accepts `rain` without a reason at `rain`");
        check_one(" demur: allow rain since it did ", "accepts `rain` without a reason at `rain`");
        check_one("demur: allow", "names no rule at `<!--demur: allow-->`");
        check_one("demur:allow because x", "names no rule at `<!--demur:allow because x-->`");
        check_one("demur: alow rain because x", "`alow` says nothing to demur at `<!--demur: alow rain because x-->`");
        check_one("demur: allow rein because x", "unknown rule `rein` at `rein`");
        let other = "Dear Ann,\n\n<!-- somebody: allow x -->\nThank you. I cannot come.\n\nBo\n";
        check(Format::Markdown, other, &[]);
    }
}
