//! The ways in which templates write a placeholder.

use super::inside::{
    LONGEST, MOST_WORDS, holds_sentence, is_address, is_label, is_long, is_tag, is_upper, optional_lead,
};
use super::{Mark, Meaning, Part, word};
use std::ops::Range;

/// All placeholders and dropped brackets of a passage, in order and apart from each other.
pub(super) fn find(passage: &str, part: Part) -> Vec<Mark> {
    let scan = Scan { passage, bytes: passage.as_bytes(), part, brackets: brackets(passage) };
    let mut marks = Vec::new();
    let mut at = 0;
    let mut closing: Vec<usize> = Vec::new();
    while at < scan.bytes.len() {
        if closing.last() == Some(&at) {
            closing.pop();
            marks.push(Mark::Dropped(at..at + 1));
            at += 1;
            continue;
        }
        match scan.at(at) {
            Some(Found::Hole(end, meaning)) => {
                marks.push(Mark::Hole { range: at..end, meaning });
                at = end;
            }
            Some(Found::Dropped(end)) => {
                marks.push(Mark::Dropped(at..end));
                at = end;
            }
            // What is inside may hold placeholders of its own.
            Some(Found::Optional(text, close)) => {
                marks.push(Mark::Dropped(at..text));
                closing.push(close);
                at = text;
            }
            Some(Found::Plain(end)) => at = end,
            None => at += 1,
        }
    }
    marks
}

enum Found {
    /// A placeholder up to here.
    Hole(usize, Meaning),
    /// A piece of template code up to here.
    Dropped(usize),
    /// Text that may be left out begins here; its bracket closes there.
    Optional(usize, usize),
    /// No placeholder, and nothing up to here is the beginning of one.
    Plain(usize),
}

struct Scan<'p> {
    passage: &'p str,
    bytes: &'p [u8],
    part: Part,
    /// The square brackets that belong together, in the order in which they open.
    brackets: Vec<(usize, usize)>,
}

impl Scan<'_> {
    /// What begins at this byte.
    fn at(&self, at: usize) -> Option<Found> {
        match self.bytes[at] {
            b'[' => self.square(at),
            b'{' => self.braces(at),
            b'$' | b'%' | b'#' if self.bytes.get(at + 1) == Some(&b'{') => self.braces(at + 1),
            b'$' => self.dollar(at),
            b'<' => self.angle(at),
            b'(' => self.round(at),
            b'%' => self.fenced(at, b"%", |name| !name.is_empty()),
            b'#' => self.fenced(at, b"#", is_upper).or_else(|| self.fenced(at, b"##", is_upper)),
            b'@' => self.fenced(at, b"@@", |name| !name.is_empty()),
            b'*' => self.merge_tag(at),
            b'_' => self.underscores(at),
            b'X' => self.crosses(at),
            // `«`
            0xc2 if self.bytes.get(at + 1) == Some(&0xab) => self.guillemets(at),
            _ => None,
        }
    }

    fn inside(&self, range: Range<usize>) -> &str {
        self.passage.get(range).unwrap_or("")
    }

    fn is_word_at(&self, at: usize) -> bool {
        self.passage.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric)
    }

    fn is_word_before(&self, at: usize) -> bool {
        self.passage.get(..at).and_then(|rest| rest.chars().next_back()).is_some_and(char::is_alphanumeric)
    }

    /// The next `close` after `from`, unless `open` or a long way lies between.
    fn closing(&self, from: usize, open: u8, close: u8) -> Option<usize> {
        let window = &self.bytes[from..self.bytes.len().min(from + LONGEST)];
        let found = window.iter().position(|&byte| byte == close || byte == open)?;
        (window[found] == close).then_some(from + found)
    }

    /// `[Company Name]`, `[[double]]`, `[his/her]`, `[OPTIONAL: a sentence]`.
    fn square(&self, at: usize) -> Option<Found> {
        let pair = self.brackets.binary_search_by_key(&at, |&(open, _)| open).ok()?;
        let close = self.brackets[pair].1;
        let inside = self.inside(at + 1..close);
        // `[link text](address)`
        if let Some(address) = self.passage[close + 1..].strip_prefix('(')
            && is_address(word::beginning(address, LONGEST))
        {
            return Some(Found::Plain(close + 1));
        }
        if let Some(lead) = optional_lead(inside) {
            return Some(Found::Optional(at + 1 + lead, close));
        }
        let double = inside.len() > 2 && inside.starts_with('[') && inside.ends_with(']');
        let inside = if double { &inside[1..inside.len() - 1] } else { inside };
        let words = inside.trim();
        if words.is_empty() {
            // A box to be ticked stands before its text.
            let is_box = at == 0 && self.bytes.len() > close + 1;
            return Some(if is_box { Found::Plain(close + 1) } else { Found::Hole(close + 1, Meaning::Other) });
        }
        if matches!(words, "..." | "\u{2026}") {
            return Some(Found::Hole(close + 1, Meaning::Other));
        }
        let is_note = matches!(words.to_ascii_lowercase().as_str(), "sic" | "x" | "v" | "sic!" | "\u{2713}");
        if is_note || !words.contains(char::is_alphabetic) || self.bytes.get(at.wrapping_sub(1)) == Some(&b'\\') {
            return Some(Found::Plain(close + 1));
        }
        if is_long(words) || holds_sentence(words) {
            return Some(Found::Optional(at + 1, close));
        }
        let meaning = self.meaning(words);
        // `[offer] Linux administrator` is a tag that a mailing list puts before a subject.
        let is_tag = self.part == Part::Subject && at == 0 && meaning == Meaning::Other && self.bytes.len() > close + 1;
        Some(if is_tag { Found::Plain(close + 1) } else { Found::Hole(close + 1, meaning) })
    }

    /// `{name}`, `{{ name }}`, `${name}`, `%{name}`, `{{#if x}}`; `brace` is the first brace.
    fn braces(&self, brace: usize) -> Option<Found> {
        let double = self.bytes.get(brace + 1) == Some(&b'{');
        let start = brace + 1 + usize::from(double);
        let close = self.closing(start, b'{', b'}')?;
        let end = close + 1;
        let end = if double && self.bytes.get(end) == Some(&b'}') { end + 1 } else { end };
        // What languages of templates put before a name: `{{.Name}}`, `{!! $name !!}`, `{{- name }}`.
        let inside = self.inside(start..close).trim_matches([' ', '-', '~']);
        let inside = match inside.strip_prefix("!!").and_then(|inside| inside.strip_suffix("!!")) {
            Some(inside) => inside.trim_start().trim_start_matches('$'),
            None if double => inside.trim_start_matches(['.', '$', '&', '@']),
            None => inside,
        };
        if double && inside.starts_with(['#', '/', '!', '^', '>']) || inside.starts_with('%') && inside.ends_with('%') {
            return Some(Found::Dropped(end));
        }
        // `${1:Ann}` is a stop of a snippet with the text it starts from; a filter stands behind a bar.
        let name = inside.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(':');
        let name = name.split('|').next().unwrap_or(name).trim();
        let is_number = !inside.is_empty() && inside.len() <= 2 && inside.bytes().all(|byte| byte.is_ascii_digit());
        if is_number {
            return Some(Found::Hole(end, Meaning::Other));
        }
        let is_name =
            name.starts_with(|c: char| c.is_alphabetic() || c == '_') && !is_long(name) && !holds_sentence(name);
        is_name.then(|| Found::Hole(end, self.meaning(name)))
    }

    /// `$name`, but not `$5,000`.
    fn dollar(&self, at: usize) -> Option<Found> {
        let end = self.identifier(at + 1);
        let name = self.inside(at + 1..end);
        if name.len() < 2 || !name.starts_with(|c: char| c.is_alphabetic()) || self.is_word_before(at) {
            return None;
        }
        let meaning = self.meaning(name);
        (meaning != Meaning::Other || name.contains('_')).then_some(Found::Hole(end, meaning))
    }

    /// `<Name>`, `<<name>>`, `<%= name %>`, but no address, no tag of HTML, no `<3`.
    fn angle(&self, at: usize) -> Option<Found> {
        let double = self.bytes.get(at + 1) == Some(&b'<');
        let start = at + 1 + usize::from(double);
        let close = self.closing(start, b'<', b'>')?;
        let end = close + 1;
        let end = if double && self.bytes.get(end) == Some(&b'>') { end + 1 } else { end };
        let inside = self.inside(start..close);
        let inside = inside.trim_start_matches(['%', '=']).trim_end_matches('%');
        let name = if inside.len() < close - start { inside.trim() } else { inside };
        let is_name = name.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && !name.ends_with(' ')
            && !name.contains(['@', '=', '"'])
            && !name.contains("://")
            && !name.starts_with("www.")
            && !is_long(name)
            && !is_tag(name);
        is_name.then(|| Found::Hole(end, self.meaning(name)))
    }

    /// `(insert name)`, `(your name)`, `(company name)`; all other parentheses are the writer's.
    fn round(&self, at: usize) -> Option<Found> {
        let close = self.closing(at + 1, b'(', b')')?;
        let inside = self.inside(at + 1..close).trim();
        let words: Vec<String> = inside.split_whitespace().take(MOST_WORDS + 1).map(word::fold).collect();
        let (first, rest) = words.split_first()?;
        let meaning = self.meaning(inside);
        let told = match first.as_str() {
            "insert" | "enter" => !rest.is_empty() && words.len() <= MOST_WORDS,
            "your" | "add" | "their" => {
                (1..=3).contains(&rest.len()) && meaning != Meaning::Other && is_label(&words[1..])
            }
            "name" | "company" | "date" | "position" | "signature" if rest.is_empty() => true,
            // `(last week)` is an aside; what a form asks for ends in one of these.
            _ => {
                let asked = ["name", "title", "date", "number", "address", "position"];
                words.len() == 2 && is_label(&words) && rest.iter().all(|word| asked.contains(&word.as_str()))
            }
        };
        told.then_some(Found::Hole(close + 1, meaning))
    }

    /// `%NAME%`, `#NAME#`, `@@name@@`: an identifier between two fences, the second a mirror of the first.
    fn fenced(&self, at: usize, fence: &[u8], allowed: impl Fn(&str) -> bool) -> Option<Found> {
        if !self.bytes[at..].starts_with(fence) || self.is_word_before(at) {
            return None;
        }
        let start = at + fence.len();
        let close = self.identifier(start);
        let name = self.inside(start..close);
        let mirrored = self.bytes[close..].iter().take(fence.len()).eq(fence.iter().rev());
        let is_name = name.starts_with(|c: char| c.is_alphabetic()) && allowed(name);
        let end = close + fence.len();
        (mirrored && is_name && !self.is_word_at(end)).then(|| Found::Hole(end, self.meaning(name)))
    }

    /// Mailchimp's `*|FNAME|*` and `*|LIST:COMPANY|*`, where the last name tells what is meant.
    fn merge_tag(&self, at: usize) -> Option<Found> {
        let inside = self.bytes.get(at..)?.strip_prefix(b"*|")?;
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'.' | b'-');
        let len = inside.iter().take(LONGEST).take_while(|&&byte| is_part(byte)).count();
        let start = at + 2;
        let name = self.inside(start..start + len).rsplit(':').next().filter(|name| !name.is_empty())?;
        let is_ended = self.bytes.get(start + len..).is_some_and(|rest| rest.starts_with(b"|*"));
        is_ended.then(|| Found::Hole(start + len + 2, self.meaning(name)))
    }

    /// `____`, `20__`, `_COMPANY_`.
    fn underscores(&self, at: usize) -> Option<Found> {
        let blank = at + self.bytes[at..].iter().take_while(|&&byte| byte == b'_').count();
        let after_century = at >= 2 && self.bytes[at - 2..at].iter().all(u8::is_ascii_digit);
        if blank - at >= 3 || (blank - at == 2 && after_century && !self.is_word_at(blank)) {
            let meaning = if after_century { Meaning::Date } else { self.blank() };
            return Some(Found::Hole(blank, meaning));
        }
        let end = self.identifier(blank);
        let name = self.inside(blank..end);
        let inner = name.trim_end_matches('_');
        let is_name = !self.is_word_before(at) && inner.len() < name.len() && inner.len() > 1 && is_upper(inner);
        // `_NOT_` is emphasis.
        if is_name && Meaning::of(inner) != Meaning::Other {
            return Some(Found::Hole(end, Meaning::of(inner)));
        }
        Some(Found::Plain(blank))
    }

    /// `XXX`: three or more, for `xxx` and `XX` are kisses.
    fn crosses(&self, at: usize) -> Option<Found> {
        let end = at + self.bytes[at..].iter().take_while(|&&byte| byte == b'X').count();
        let is_kiss = at > 0 && matches!(self.part, Part::Signature | Part::Closing);
        let is_blank = end - at >= 3 && !self.is_word_before(at) && !self.is_word_at(end) && !is_kiss;
        Some(if is_blank { Found::Hole(end, self.blank()) } else { Found::Plain(end) })
    }

    /// `«Name»`: a word or two as a mail merge names them, for these are quotation marks as well.
    fn guillemets(&self, at: usize) -> Option<Found> {
        let start = at + '«'.len_utf8();
        let window = word::beginning(&self.passage[start..], LONGEST);
        let close = start + window.find(['«', '»'])?;
        let name = self.inside(start..close);
        let end = close + self.passage[close..].starts_with('»').then_some('»'.len_utf8())?;
        let one = !name.contains(char::is_whitespace) && word::is_capital(name);
        let is_name = !name.is_empty() && (one || (!is_long(name) && Meaning::of(name) != Meaning::Other));
        (is_name && name.trim() == name && !holds_sentence(name)).then(|| Found::Hole(end, self.meaning(name)))
    }

    /// Where the letters, digits, dots and underscores from here on end.
    fn identifier(&self, from: usize) -> usize {
        let window = &self.bytes[from.min(self.bytes.len())..self.bytes.len().min(from + LONGEST)];
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
        let len = window.iter().position(|&byte| !is_part(byte)).unwrap_or(window.len());
        // The dot of `$name.` ends the sentence.
        from + window[..len].iter().rposition(|&byte| !matches!(byte, b'.' | b'-')).map_or(0, |last| last + 1)
    }

    fn meaning(&self, inside: &str) -> Meaning {
        if inside.contains(char::is_alphabetic) { Meaning::of(inside) } else { self.blank() }
    }

    /// What a blank stands for.
    fn blank(&self) -> Meaning {
        match self.part {
            Part::Salutation | Part::Signature | Part::Header => Meaning::Name,
            _ => Meaning::Other,
        }
    }
}

/// The pairs of square brackets, in the order in which they open.
fn brackets(passage: &str) -> Vec<(usize, usize)> {
    let mut open = Vec::new();
    let mut pairs = Vec::new();
    for (at, byte) in passage.bytes().enumerate() {
        match byte {
            b'[' => open.push(at),
            b']' => pairs.extend(open.pop().map(|start| (start, at))),
            _ => {}
        }
    }
    pairs.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests {
    use super::super::{filled, is_alone};
    use super::*;

    #[track_caller]
    fn check_in(part: Part, text: &str, expected: &str) {
        assert_eq!(filled(text, part), expected, "{text:?}");
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        check_in(Part::Body, text, expected);
    }

    #[test]
    fn templates_write_placeholders_in_many_ways() {
        check("at [Company Name].", "at {company}.");
        check("[[double]]", "{other}");
        check("[[Company]]", "{company}");
        check("{{name}}", "{name}");
        check("{{ candidate.first_name }}", "{name}");
        check("{{ name | default: 'there' }}", "{name}");
        check("{{.Name}} {{- $name -}} {!! $name !!} {{&name}}", "{name} {name} {name} {name}");
        check("{name}", "{name}");
        check("{ApplicantCount} people", "{money} people");
        check("{0}", "{other}");
        check("<your name>", "{name}");
        check("<Name>", "{name}");
        check("<Company>'s", "{company}'s");
        check("<PRC / NMC / NCK No.>", "{money}");
        check("<<name>>", "{name}");
        check("<%= company %>", "{company}");
        check("%NAME%", "{name}");
        check("%company%", "{company}");
        check("%{name}", "{name}");
        check("${x}", "{other}");
        check("${1:Ann}", "{other}");
        check("${1:name}", "{name}");
        check("${offered_salary}", "{money}");
        check("$name.", "{name}.");
        check("$start_on", "{other}");
        check("#NAME#", "{name}");
        check("@@name@@", "{name}");
        check("*|FNAME|*", "{name}");
        check("*|LIST:COMPANY|*", "{company}");
        check("*|LIST:|*", "|LIST:|");
        check("_COMPANY_", "{company}");
        check("«Name»", "{name}");
        check("«Post»", "{role}");
        check("____", "{other}");
        check("Class of 20__", "Class of 20{date}");
        check("the ____ of ____________", "the {other} of {other}");
        check("___[Name]___", "{name}");
        check("XXX", "{other}");
        check("XXXX Ltd", "{other} Ltd");
        check("(insert name)", "{name}");
        check("(insert the reason here)", "{other}");
        check("(your name)", "{name}");
        check("(company name)", "{company}");
        check("[his/her/their]", "{pronoun}");
        check("[NACE survey / Glassdoor / departmental data]", "{other}");
        check("[...]", "{other}");
        check("[ ]", "{other}");
        check("[n] candidates", "{money} candidates");
        check("[specific project or\nteam you discussed]", "{other}");
        check("[Mr./Ms. Last Name]:", "{name}:");
        check("[Licence or ID number]", "{money}");
        check("[City, State ZIP]", "{place}");
        check("£[middle figure].", "${money}.");
        check("{{#if late}}Sorry.{{/if}}", "Sorry.");
        check("[Interviewer 2]", "{name}");
    }

    #[test]
    fn the_part_tells_what_a_blank_stands_for() {
        check_in(Part::Salutation, "Dear ____,", "Dear {name},");
        check_in(Part::Signature, "______________", "{name}");
        check_in(Part::Header, "To: XXX", "To: {name}");
        check_in(Part::Signature, "Ann XXX", "Ann XXX");
        check_in(Part::Subject, "[offer] Linux administrator", "[offer] Linux administrator");
        check_in(Part::Subject, "[Company], engineer", "{company}, engineer");
        check_in(Part::Subject, "Offer of [POST]", "Offer of {role}");
    }

    #[test]
    fn optional_text_loses_its_brackets() {
        check("[OPTIONAL: I would like [a bonus / a review] instead.]", "I would like {money} instead.");
        check("[or: I will not.]", "I will not.");
        check("[Optional - thank them]", "thank them");
        check("[I have taken another offer. It is nearer.]", "I have taken another offer. It is nearer.");
        check("[one two three four five six seven eight nine]", "one two three four five six seven eight nine");
    }

    #[test]
    fn other_marks_are_the_writers() {
        check("(Prashant N. Jadhav)", "(Prashant N. Jadhav)");
        check("my number (office)", "my number (office)");
        check("they [sic] said", "they [sic] said");
        check("as in [1]", "as in [1]");
        check("[x] done", "[x] done");
        check("[ ] to do", "[ ] to do");
        check("[my page](https://a.example/b)", "[my page](https://a.example/b)");
        check("$5,000 max", "$5,000 max");
        check("60% on the road, 40% at home", "60% on the road, 40% at home");
        check("<a@b.example>", "<a@b.example>");
        check("<https://a.example>", "<https://a.example>");
        check("I <3 it > all", "I <3 it > all");
        check("a < b and c > d", "a < b and c > d");
        check("<br>", "<br>");
        check("xxx", "xxx");
        check("Deb XX", "Deb XX");
        check("snake_case", "snake_case");
        check("#1 choice, #hashtag", "#1 choice, #hashtag");
        check("a@@b", "a@@b");
        check("_NOT_ now", "NOT now");
        check("«Oui, merci»", "\"Oui, merci\"");
        check("{}", "{}");
        check("[", "[");
        check("]]{{%$<", "]]{{%$<");
    }

    #[test]
    fn a_line_may_be_placeholders_only() {
        assert!(is_alone("[Your Name]"));
        assert!(is_alone("{a}, {b}"));
        assert!(!is_alone("Dear [Name]"));
        assert!(!is_alone(","));
    }
}
