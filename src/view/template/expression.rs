//! What an expression of a template is about, told by its words: `candidate.first_name | default: "there"`.

/// The longest name, in bytes.
const LONGEST: usize = 60;

/// How much of an expression is looked at, in bytes.
const BEGINNING: usize = 400;

/// The name of what an expression shows, of letters, digits, dots and underscores: so it stands in any format. `value`
/// where it names nothing.
///
/// It is the first path of names before a filter or a default, or the first argument of a function.
pub fn name(code: &str) -> String {
    let paths = paths(&code[..code.floor_char_boundary(BEGINNING)]);
    let named: Vec<&Path> = paths.iter().filter(|path| !path.name.is_empty()).collect();
    let chosen = match named.as_slice() {
        [first, argument, ..] if first.takes_arguments && !first.name.contains('.') => Some(argument),
        [first, ..] => Some(first),
        [] => None,
    };
    let name = chosen.map_or("value", |path| path.name.as_str());
    let is_number = name.bytes().all(|byte| byte.is_ascii_digit()) && name.len() <= 2;
    match name.chars().next() {
        Some(first) if first.is_alphabetic() || is_number => name.to_owned(),
        _ => format!("n{name}"),
    }
}

/// Names joined by dots and the like.
struct Path {
    name: String,
    /// Whether an argument follows, as it does a function.
    takes_arguments: bool,
}

/// The paths of an expression up to its filters.
fn paths(code: &str) -> Vec<Path> {
    /// Words of the languages, which name nothing.
    const WORDS: [&str; 10] = ["and", "await", "in", "is", "new", "not", "html_safe", "raw", "render", "safe"];
    let mut paths: Vec<Path> = Vec::new();
    let mut rest = code;
    while let Some(char) = rest.chars().next() {
        let after = &rest[char.len_utf8()..];
        if matches!(char, '"' | '\'' | '`') {
            rest = after.split_once(char).map_or("", |(_, after)| after);
        } else if matches!(char, '|' | '?') && !paths.is_empty() {
            break;
        } else if char.is_alphanumeric() || char == '_' {
            let (name, behind) = path(rest);
            if matches!(name.as_str(), "if" | "or" | "else" | "unless") && !paths.is_empty() {
                break;
            }
            let next = behind.trim_start().chars().next();
            let is_apart = behind.starts_with(' ')
                && next
                    .is_some_and(|next| next.is_alphanumeric() || matches!(next, '"' | '\'' | '.' | '$' | '@' | '_'));
            if !WORDS.contains(&name.as_str()) {
                paths.push(Path { name, takes_arguments: next == Some('(') || is_apart });
            }
            rest = behind;
        } else {
            rest = after;
        }
    }
    paths
}

/// The path at the beginning of `code`, and what is behind it.
fn path(code: &str) -> (String, &str) {
    let mut name = String::new();
    let mut rest = code;
    loop {
        let end = rest.find(|char: char| !char.is_alphanumeric() && char != '_').unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let word = word.trim_matches('_');
        if !word.is_empty() && name.len() + word.len() < LONGEST {
            name.push_str(if name.is_empty() { "" } else { "." });
            name.push_str(word);
        }
        let after = ["']", "\"]", "]"].iter().find_map(|end| after.strip_prefix(end)).unwrap_or(after);
        let next = JOINTS.iter().find_map(|joint| after.strip_prefix(joint));
        match next {
            Some(next) if next.starts_with(|char: char| char.is_alphanumeric() || char == '_') => rest = next,
            _ => return (name, after),
        }
    }
}

/// What joins names to a path.
const JOINTS: [&str; 9] = ["->", "::", "?->", "?.", ".", "-", "['", "[\"", "[:"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_is_about_its_first_names() {
        #[track_caller]
        fn check(code: &str, expected: &str) {
            assert_eq!(name(code), expected, "{code:?}");
        }
        check("name", "name");
        check("candidate.first_name", "candidate.first_name");
        check(".Name", "Name");
        check("$user->name", "user.name");
        check("@offer.date", "offer.date");
        check("user['name']", "user.name");
        check("user[\"first_name\"].upcase", "user.first_name.upcase");
        check("this.first-name", "this.first.name");
        check("name | default: \"there\"", "name");
        check("name|default('there')", "name");
        check("name or 'there'", "name");
        check("$name ?? 'there'", "name");
        check("name if name else 'there'", "name");
        check("name || \"there\"", "name");
        check("\"now\" | date: \"%B\"", "date");
        check("printf \"%s\" .Name", "Name");
        check("number_to_currency(salary)", "salary");
        check("l(@offer.date, format: :long)", "offer.date");
        check("offer.date.strftime(\"%d\")", "offer.date.strftime");
        check("formatDate start_date \"MM\"", "start_date");
        check("raw(name)", "name");
        check("__name__", "name");
        check("1", "1");
        check("123", "n123");
        check("'a'", "value");
        check("", "value");
        check("\u{e9}t\u{e9}.nom", "\u{e9}t\u{e9}.nom");
        check(&"a.".repeat(1000), &["a"; 30].join("."));
    }
}
