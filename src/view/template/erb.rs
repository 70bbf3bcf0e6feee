//! ERB and EJS: Ruby or JavaScript between `<%` and `%>`.

use super::expression;
use super::tag::{Does, Lexer, Tag, first_word};

/// A tag of ERB or EJS.
pub fn tag(lexer: &mut Lexer<'_>, at: usize) -> Option<Tag> {
    if lexer.is_at(at, "<%%") {
        return lexer.found(at, at + 3, Does::Show(at..at + 2));
    }
    if lexer.is_at(at, "<%#") {
        let end = lexer.find(at, "%>")? + 2;
        return lexer.found(at, end, Does::Nothing);
    }
    let (inside, end) = lexer.between(at, "<%", "%>")?;
    let code = inside.trim_start_matches(['=', '-', '_']).trim_end_matches(['-', '_']).trim();
    let does = match block(code) {
        Some(does) => does,
        // `<%-` eats white space in ERB and shows a value in EJS, where no statement is that short.
        None if inside.starts_with(['=', '-']) && !code.is_empty() => {
            lexer.string(code).unwrap_or_else(|| Does::Value(expression::name(code)))
        }
        None => Does::Nothing,
    };
    lexer.found(at, end, does)
}

/// What code does that begins or ends a block; `None` if it does neither.
fn block(code: &str) -> Option<Does> {
    let opens = || Some(Does::Open(String::new()));
    if let Some(rest) = code.strip_prefix('}') {
        return Some(if rest.ends_with('{') { Does::Else } else { Does::Close });
    }
    match first_word(code).0 {
        "else" | "elsif" | "when" | "rescue" => Some(Does::Else),
        "end" => Some(Does::Close),
        "if" | "unless" | "case" | "while" | "until" | "for" | "begin" => opens(),
        _ if code.ends_with(['{', ':']) || code.ends_with(" do") => opens(),
        _ if code.ends_with('|') && code.contains(" do |") => opens(),
        _ => None,
    }
}
