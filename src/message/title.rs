//! Titles of template pages: `Sample 4. When the role is not right`, `Option B:`, `TEMPLATE 3 - Declining`.

use super::word;

/// Whether a line is the title of a template, or of one of several on a page. It is no word of the letter.
pub(super) fn is_title(line: &str) -> bool {
    if line.len() > word::SHORT_LINE {
        return false;
    }
    let words: Vec<&str> = line.split_whitespace().take(MOST_WORDS + 1).collect();
    let folded: Vec<String> = words.iter().map(|word| word::fold(word)).collect();
    let lead = folded.iter().take_while(|word| KINDS.contains(&word.as_str())).count();
    if words.len() > MOST_WORDS || !folded.iter().take(lead).any(|word| NOUNS.contains(&word.as_str())) {
        return false;
    }
    let marked = |word: &str| word.ends_with([':', '.', ')', '-', '\u{2013}', '\u{2014}']);
    // `Sample: Rescinding an Acceptance`, `Email Template:`
    if words[lead - 1].ends_with(':') {
        return true;
    }
    let Some(&next) = words.get(lead) else { return lead > 1 || word::is_capital(words[0]) };
    let is_number = next.trim_start_matches('#').trim_end_matches([':', '.', ')']).len() <= 2
        && next.contains(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase());
    // `Option B:`, `TEMPLATE 3 - ...`, `TEMPLATE B (for nurses)`; `Version 2 still has it` goes on.
    let after = words.get(lead + 1).is_none_or(|after| after.starts_with(['-', '\u{2013}', '\u{2014}', '(', ':']));
    is_number && (marked(next) || after)
}

/// Whether a line is a title and nothing besides, so that it is told from the words around it: `Option B:`.
pub(super) fn is_bare_title(line: &str) -> bool {
    is_title(line) && line.split_whitespace().count() <= 3 && !line.ends_with(['.', '!', '?'])
}

/// Whether a line begins what the author of a template says about it.
pub(super) fn is_remark(line: &str) -> bool {
    let folded = word::fold(word::beginning(line, 40));
    let starts = ["why it works:", "why this works:", "why this works", "tip:", "tips:", "pro tip:", "writing tips:"];
    starts.iter().any(|start| folded.starts_with(start))
}

/// The most words in a title.
const MOST_WORDS: usize = 16;

/// Words that a title begins with.
const KINDS: [&str; 14] = [
    "sample", "template", "example", "option", "version", "script", "scenario", "variant", "email", "e-mail", "letter",
    "model", "draft", "message",
];

/// Those of them one of which must be there.
const NOUNS: [&str; 8] = ["sample", "template", "example", "option", "version", "script", "scenario", "variant"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_templates_are_told_from_what_is_said() {
        for line in [
            "Sample: Rescinding an Acceptance (speak to a career counselor BEFORE sending!)",
            "TEMPLATE 3 - Declining after the interview",
            "Email Template: Declining an offer",
            "Option B:",
            "Sample 4. When the role is \"not the right fit\"",
            "TEMPLATE B (for nurses)",
            "Email example #2: short and professional",
            "Sample letter",
        ] {
            assert!(is_title(line), "{line:?}");
        }
        for line in [
            "Version 2 still carries the bar on advising any company.",
            "Option A is better for me",
            "Email me at noon",
            "Letter received, terms fine",
            "Dear Ann,",
            "",
        ] {
            assert!(!is_title(line), "{line:?}");
        }
        assert!(is_bare_title("Option B:"));
        assert!(!is_bare_title("Option B: I start in May."));
        assert!(is_remark("Why it works: it is short."));
        assert!(!is_remark("Why did you ask?"));
    }
}
