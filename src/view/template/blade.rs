//! Blade: braces for what is shown, directives such as `@if (...)` for what is done, and PHP.

use super::expression;
use super::tag::{Does, Lexer, Tag, first_word};

/// A tag or a directive of Blade.
pub fn tag(lexer: &mut Lexer<'_>, at: usize) -> Option<Tag> {
    if lexer.is_at(at, "@{{") || lexer.is_at(at, "@{!!") {
        // Braces for another language, shown as they stand.
        let end = lexer.between(at + 1, "{{", "}}").map_or(at + 3, |(_, end)| end);
        return lexer.found(at, end, Does::Show(at + 1..end));
    }
    if lexer.is_at(at, "@@") {
        return lexer.found(at, at + 2, Does::Show(at + 1..at + 2));
    }
    if lexer.is_at(at, "@") {
        return directive(lexer, at);
    }
    if lexer.is_at(at, "{{--") {
        let end = lexer.find(at, "--}}")? + 4;
        return lexer.found(at, end, Does::Nothing);
    }
    if lexer.is_at(at, "<?") {
        let (inside, end) = lexer.between(at, "<?", "?>")?;
        let does = inside.strip_prefix('=').map_or(Does::Nothing, |code| Does::Value(expression::name(code)));
        return lexer.found(at, end, does);
    }
    let (inside, end) = lexer.between(at, "{!!", "!!}").or_else(|| lexer.between(at, "{{", "}}"))?;
    let does = lexer.string(inside.trim()).unwrap_or_else(|| Does::Value(expression::name(inside)));
    lexer.found(at, end, does)
}

/// Directives that begin and end no block that is shown or not.
const PLAIN: [&str; 38] = [
    "append",
    "aware",
    "break",
    "class",
    "component",
    "continue",
    "csrf",
    "each",
    "endcomponent",
    "endfragment",
    "endonce",
    "endprepend",
    "endpush",
    "endsection",
    "endslot",
    "extends",
    "fragment",
    "include",
    "includeFirst",
    "includeIf",
    "includeUnless",
    "includeWhen",
    "inject",
    "method",
    "once",
    "overwrite",
    "parent",
    "prepend",
    "props",
    "push",
    "section",
    "show",
    "slot",
    "stack",
    "stop",
    "style",
    "use",
    "yield",
];

/// Directives that begin a block that is shown or not, or again and again; `end` before it ends the block.
const BLOCKS: [&str; 17] = [
    "auth",
    "can",
    "canany",
    "cannot",
    "env",
    "error",
    "for",
    "foreach",
    "forelse",
    "guest",
    "hasSection",
    "if",
    "isset",
    "production",
    "switch",
    "unless",
    "while",
];

fn directive(lexer: &mut Lexer<'_>, at: usize) -> Option<Tag> {
    // The sign in an address stands behind a word.
    let before = lexer.text.get(..at).and_then(|before| before.chars().next_back());
    if before.is_some_and(|char| char.is_alphanumeric() || matches!(char, '_' | '.' | '-')) {
        return None;
    }
    let (word, _) = first_word(lexer.text.get(at + 1..)?);
    let after = at + 1 + word.len();
    let end = arguments_end(lexer.text, after);
    let has_arguments = end > after;
    let does = match word {
        "php" if !has_arguments => {
            let end = lexer.find(after, "@endphp")? + "@endphp".len();
            return lexer.found(at, end, Does::Nothing);
        }
        "verbatim" => {
            let inner = lexer.find(after, "@endverbatim")?;
            return lexer.found(at, inner + "@endverbatim".len(), Does::Show(after..inner));
        }
        "else" | "elseif" | "case" | "default" | "elsecan" | "elseauth" | "elseguest" => Does::Else,
        "empty" if !has_arguments => Does::Else,
        "empty" => Does::Open(String::new()),
        "endempty" => Does::Close,
        "php" => Does::Nothing,
        "lang" | "choice" | "json" if has_arguments => {
            let arguments = lexer.text.get(after..end).unwrap_or_default().trim();
            let code = arguments.trim_start_matches('(').trim_end_matches(')').trim();
            lexer.string(code).unwrap_or_else(|| Does::Value(expression::name(code)))
        }
        _ if PLAIN.contains(&word) => Does::Nothing,
        _ if BLOCKS.contains(&word) => Does::Open(String::new()),
        _ if word.strip_prefix("end").is_some_and(|block| BLOCKS.contains(&block)) => Does::Close,
        _ => return None,
    };
    lexer.found(at, end, does)
}

/// How long the arguments of a directive may be, in bytes.
const LONGEST: usize = 512;

/// Behind the parentheses that begin at `after` or after a space; `after` where there are none.
fn arguments_end(text: &str, after: usize) -> usize {
    let rest = text.get(after..).unwrap_or_default();
    let start = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let (mut depth, mut quote) = (0usize, None);
    for (at, byte) in rest.bytes().enumerate().skip(start).take(LONGEST) {
        match byte {
            _ if at == start && byte != b'(' => return after,
            b'"' | b'\'' if quote == Some(byte) => quote = None,
            b'"' | b'\'' if quote.is_none() => quote = Some(byte),
            _ if quote.is_some() => {}
            b'(' => depth += 1,
            b')' if depth == 1 => return after + at + 1,
            b')' => depth -= 1,
            _ => {}
        }
    }
    after
}
