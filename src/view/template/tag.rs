//! The tags of a template, found from left to right.

use super::{blade, curly, erb};
use crate::view::Template;
use std::ops::Range;

/// A tag of a template. Places are 0-based byte offsets into the template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its place, marks included.
    pub place: Range<usize>,
    /// What it does.
    pub does: Does,
}

/// What a tag does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Does {
    /// It is replaced by a value of this name.
    Value(String),
    /// It shows these bytes as they stand: a string, a block that is not read for tags.
    Show(Range<usize>),
    /// It shows nothing: a comment, an assignment.
    Nothing,
    /// It begins a block that is shown under a condition, or again and again. What it is called, where its end tells.
    Open(String),
    /// It begins a block that is shown where the block of this name before it is not.
    OpenElse(String),
    /// It parts the block from another one, of which one is shown.
    Else,
    /// It ends the block.
    Close,
}

/// What is read of a template: a tag of its language at a place where one may begin.
pub struct Lexer<'t> {
    /// The template.
    pub text: &'t str,
    /// What it is written in.
    pub template: Template,
    /// What begins and ends a tag of Mustache, which a template may change.
    pub marks: (String, String),
    /// Marks that do not come again: a search for one goes to the end of the file once at most.
    absent: Vec<String>,
}

/// The tags of `text`, in order and apart from each other. A tag that is not ended is text.
pub fn tags(text: &str, template: Template) -> impl Iterator<Item = Tag> + '_ {
    let marks = ("{{".to_owned(), "}}".to_owned());
    let mut lexer = Lexer { text, template, marks, absent: Vec::new() };
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(byte) = text.as_bytes().get(at) {
            let found = if lexer.may_begin(*byte) { lexer.tag(at) } else { None };
            if let Some(tag) = found {
                at = tag.place.end.max(at + 1);
                return Some(tag);
            }
            at += 1;
        }
        None
    })
}

impl<'t> Lexer<'t> {
    fn may_begin(&self, byte: u8) -> bool {
        matches!(byte, b'{' | b'<' | b'@' | b'\\') || self.marks.0.as_bytes().first() == Some(&byte)
    }

    fn tag(&mut self, at: usize) -> Option<Tag> {
        match self.template {
            Template::Jinja | Template::Liquid => curly::jinja(self, at),
            Template::Handlebars | Template::Mustache => curly::mustache(self, at),
            Template::Go => curly::go(self, at),
            Template::Erb => erb::tag(self, at),
            Template::Blade => blade::tag(self, at),
        }
    }

    /// Whether `mark` stands at byte `at`.
    pub fn is_at(&self, at: usize, mark: &str) -> bool {
        self.text.as_bytes().get(at..).is_some_and(|rest| rest.starts_with(mark.as_bytes()))
    }

    /// The bytes between two marks, the first of which is at `at`, and the byte behind the second.
    ///
    /// A tag in which another one begins was not ended: nobody wants the letter up to the end of the next one gone. But
    /// `{{ "{{" }}` shows braces.
    pub fn between(&mut self, at: usize, open: &str, close: &str) -> Option<(&'t str, usize)> {
        if !self.is_at(at, open) || self.is_absent(close) {
            return None;
        }
        let start = at + open.len();
        let rest = self.text.get(start..)?;
        let (first, last) = (open.as_bytes().first()?, close.as_bytes().first()?);
        let mut from = 0;
        while let Some(next) = rest.as_bytes().get(from..)?.iter().position(|byte| byte == first || byte == last) {
            let here = from + next;
            if self.is_at(start + here, close) {
                return Some((rest.get(..here)?, start + here + close.len()));
            }
            let is_quoted = here > 0 && matches!(rest.as_bytes().get(here - 1), Some(b'"' | b'\'' | b'`'));
            if self.is_at(start + here, open) && !is_quoted {
                return None;
            }
            from = here + 1;
        }
        self.absent.push(close.to_owned());
        None
    }

    /// The byte at which `mark` comes next from `from` on.
    pub fn find(&mut self, from: usize, mark: &str) -> Option<usize> {
        if self.is_absent(mark) {
            return None;
        }
        let found = self.text.get(from..).and_then(|rest| rest.find(mark)).map(|at| from + at);
        if found.is_none() {
            self.absent.push(mark.to_owned());
        }
        found
    }

    fn is_absent(&self, mark: &str) -> bool {
        self.absent.iter().any(|absent| absent == mark)
    }

    /// A tag from `at` to `end`.
    pub fn found(&self, at: usize, end: usize, does: Does) -> Option<Tag> {
        Some(Tag { place: at..end, does })
    }

    /// The tag that shows the inside of a string, if `code` is one and nothing else.
    pub fn string(&self, code: &str) -> Option<Does> {
        let quote = code.chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`'))?;
        let inner = code.strip_prefix(quote)?.strip_suffix(quote)?;
        let start = inner.as_ptr() as usize - self.text.as_ptr() as usize;
        (!inner.contains([quote, '\\'])).then(|| Does::Show(start..start + inner.len()))
    }
}

/// The first word of `code`, and what follows it.
pub fn first_word(code: &str) -> (&str, &str) {
    let end = code.find(|char: char| !char.is_alphanumeric() && char != '_').unwrap_or(code.len());
    code.split_at(end)
}
