//! The languages with curly braces: Jinja and its kin, Liquid, Handlebars, Mustache, Go.

use super::expression;
use super::tag::{Does, Lexer, Tag, first_word};
use crate::view::Template;

/// A tag of Jinja, Twig, Nunjucks, Django or Liquid.
pub fn jinja(lexer: &mut Lexer<'_>, at: usize) -> Option<Tag> {
    if lexer.template == Template::Jinja && lexer.is_at(at, "{#") {
        let end = lexer.find(at, "#}")? + 2;
        return lexer.found(at, end, Does::Nothing);
    }
    if let Some((inside, end)) = lexer.between(at, "{{", "}}") {
        return lexer.found(at, end, value(lexer, unmarked(inside)));
    }
    let (inside, end) = lexer.between(at, "{%", "%}")?;
    let code = unmarked(inside);
    let (word, rest) = first_word(code);
    match word {
        "raw" | "verbatim" | "comment" => Some(unread(lexer, at, end, word)),
        _ => lexer.found(at, end, statement(lexer, word, rest.trim())),
    }
}

/// What a statement of Jinja or Liquid does.
fn statement(lexer: &Lexer<'_>, word: &str, rest: &str) -> Does {
    /// What is shown under a condition, or again and again.
    const BLOCKS: [&str; 9] =
        ["if", "unless", "for", "case", "switch", "ifequal", "ifnotequal", "ifchanged", "tablerow"];
    match word {
        "else" | "elif" | "elsif" | "elseif" | "when" | "empty" | "default" => Does::Else,
        "now" | "url" => Does::Value(word.to_owned()),
        "trans" | "translate" => lexer.string(rest).unwrap_or(Does::Nothing),
        _ if BLOCKS.contains(&word) => Does::Open(String::new()),
        _ if word.strip_prefix("end").is_some_and(|block| BLOCKS.contains(&block)) => Does::Close,
        _ => Does::Nothing,
    }
}

/// A block that is not read for tags: `{% raw %}`, whose text is shown, and comments, whose text is not.
fn unread(lexer: &mut Lexer<'_>, at: usize, start: usize, word: &str) -> Tag {
    let (end_word, mut from) = (format!("end{word}"), start);
    while let Some(found) = lexer.find(from, &end_word) {
        let lead = lexer.text[start..found].trim_end().trim_end_matches(['-', '+', '~']);
        let tail = &lexer.text[found + end_word.len()..];
        let end = tail.trim_start().trim_start_matches(['-', '+', '~']);
        if lead.ends_with("{%") && end.starts_with("%}") {
            let end = lexer.text.len() - end.len() + 2;
            let inside = start..start + lead.len() - 2;
            let does = if word == "comment" { Does::Nothing } else { Does::Show(inside) };
            return Tag { place: at..end, does };
        }
        from = found + end_word.len();
    }
    Tag { place: at..start, does: Does::Nothing }
}

/// A tag of Handlebars or Mustache.
pub fn mustache(lexer: &mut Lexer<'_>, at: usize) -> Option<Tag> {
    if lexer.template == Template::Handlebars && lexer.is_at(at, "\\{{") {
        // An escaped tag shows its braces.
        let end = lexer.between(at + 1, "{{", "}}").map_or(at + 3, |(_, end)| end);
        return lexer.found(at, end, Does::Show(at + 1..end));
    }
    if lexer.template == Template::Handlebars
        && let Some((_, start)) = lexer.between(at, "{{{{", "}}}}")
        && let Some(inner) = lexer.find(start, "{{{{/")
        && let Some(close) = lexer.find(inner, "}}}}")
    {
        return lexer.found(at, close + 4, Does::Show(start..inner));
    }
    if lexer.is_at(at, "{{!--")
        && let Some(close) = lexer.find(at, "--}}")
    {
        return lexer.found(at, close + 4, Does::Nothing);
    }
    if let Some((inside, end)) = lexer.between(at, "{{{", "}}}") {
        return lexer.found(at, end, value(lexer, unmarked(inside)));
    }
    let (open, close) = lexer.marks.clone();
    let (inside, end) = lexer.between(at, &open, &close)?;
    if let Some(marks) = inside.strip_prefix('=').and_then(|inside| inside.strip_suffix('=')) {
        let mut marks = marks.split_whitespace().map(str::to_owned);
        if let (Some(open), Some(close)) = (marks.next(), marks.next()) {
            lexer.marks = (open, close);
        }
        return lexer.found(at, end, Does::Nothing);
    }
    let code = unmarked(inside);
    let rest = |code: &str| code.get(1..).unwrap_or_default().trim().to_owned();
    let does = match code.chars().next() {
        Some('#') => Does::Open(rest(code)),
        Some('^') if code.len() == 1 => Does::Else,
        Some('^') => Does::OpenElse(rest(code)),
        Some('/') => Does::Close,
        Some('!' | '>' | '*') | None => Does::Nothing,
        _ if first_word(code).0 == "else" => Does::Else,
        _ => value(lexer, code),
    };
    lexer.found(at, end, does)
}

/// An action of Go's `text/template`.
pub fn go(lexer: &mut Lexer<'_>, at: usize) -> Option<Tag> {
    if lexer.is_at(at, "{{/*") || lexer.is_at(at, "{{- /*") {
        let end = lexer.find(at, "*/").and_then(|end| lexer.find(end, "}}"))? + 2;
        return lexer.found(at, end, Does::Nothing);
    }
    let (inside, end) = lexer.between(at, "{{", "}}")?;
    let code = unmarked(inside);
    let does = match first_word(code).0 {
        "if" | "range" | "with" | "block" | "define" => Does::Open(String::new()),
        "else" => Does::Else,
        "end" => Does::Close,
        "template" | "break" | "continue" => Does::Nothing,
        _ if code.starts_with('$') && (code.contains(":=") || code.contains(" = ")) => Does::Nothing,
        _ => value(lexer, code),
    };
    lexer.found(at, end, does)
}

/// Code without the marks that eat the white space around a tag.
fn unmarked(inside: &str) -> &str {
    inside.trim_start_matches(['-', '+', '~']).trim_end_matches(['-', '+', '~']).trim()
}

/// What an expression shows.
fn value(lexer: &Lexer<'_>, code: &str) -> Does {
    lexer.string(code).unwrap_or_else(|| Does::Value(expression::name(code)))
}
