//! The words that several formats share.

use super::clean::clean;
use crate::diagnostic::Diagnostic;
use crate::document::Letter;
use crate::pack::{KindId, Pack, Rule};

/// `1 letter`, `2 letters`.
pub fn count(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}

/// What a letter is not that `pack` does not know: `neither a refusal nor a counter-offer`. Empty for a pack without kinds
/// that are judged.
pub fn neither(pack: &Pack) -> String {
    let titles: Vec<_> = judged_kinds(pack).map(|kind| clean(&pack.kinds[kind].title)).collect();
    match titles.as_slice() {
        [] => String::new(),
        [only] => format!("not {only}"),
        [first @ .., last] => format!("neither {} nor {last}", first.join(", ")),
    }
}

/// The kinds of letter that at least one rule judges.
pub fn judged_kinds(pack: &Pack) -> impl Iterator<Item = KindId> {
    let judges = |rule: &Rule, kind| rule.kinds.is_empty() || rule.kinds.contains(&kind);
    (0..pack.kinds.len()).filter(move |kind| pack.rules.iter().any(|rule| judges(rule, *kind)))
}

/// `text` in lines of at most `width` characters where its words allow it.
pub fn wrap(text: &str, width: usize) -> String {
    let mut wrapped = String::with_capacity(text.len());
    let mut used = 0;
    for word in text.split_whitespace() {
        let len = word.chars().count();
        let fits = used + 1 + len <= width;
        if used > 0 {
            wrapped.push(if fits { ' ' } else { '\n' });
        }
        used = if used > 0 && fits { used + 1 + len } else { len };
        wrapped.push_str(word);
    }
    wrapped
}

/// What a finding says and, where its file holds several letters, of which one: formats that have no place for it show
/// it so.
pub fn message(letter: &Letter, finding: &Diagnostic) -> String {
    let message = clean(&finding.message);
    match &letter.within {
        Some(within) => format!("{message} ({})", clean(&within.to_string())),
        None => message.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_and_many() {
        assert_eq!(count(0, "letter"), "0 letters");
        assert_eq!(count(1, "letter"), "1 letter");
        assert_eq!(count(2, "letter"), "2 letters");
    }

    #[test]
    fn long_words_stand_alone() {
        assert_eq!(wrap("a bc  def\ng", 4), "a bc\ndef\ng");
        assert_eq!(wrap("abcdefgh i", 4), "abcdefgh\ni");
        assert_eq!(wrap("", 4), "");
    }
}
