use super::*;
use crate::view::tests::{assert_sound, sketch};
use proptest::prelude::*;
use std::time::{Duration, Instant};

#[track_caller]
fn check(text: &str, expected: &str) {
    let view = read(text);
    assert_eq!(sketch(&view), expected);
    assert_sound(text, &view);
}

#[test]
fn marks_vanish_and_text_stays() {
    check("", "");
    check("Dear X,\nthank *you* **so __much__**.", "Dear X,|thank you so much.");
    check("a [link](https://x.y \"t\") ![an image](z.png) <https://q.r>", "a link an image https://q.r");
    check("[Your Name] of [Company][]", "[Your Name] of [Company][]");
    check("[known]\n\n[known]: https://x.y", "known");
    check("a \\*b\\* \\[c\\] \\\\d", "a *b* [c] \\d");
    check("`a` ``b ` c`` `` `d` ``", "a b ` c `d`");
    check("`a\nb`", "a b");
    check("Tom &amp; J&eacute;r&#xf4;me&nbsp;B &unknown;", "Tom & J\u{e9}r\u{f4}me B &unknown;");
    check("a&#10;b", "a b");
    check("Name: ______ and snake_case_name", "Name: ______ and snake_case_name");
    check("\"straight\" -- isn't...", "\"straight\" -- isn't...");
}

#[test]
fn lines_are_those_of_the_writer() {
    check("a\nb  \nc\\\nd\n\n\n\ne", "a|b|c|d||e");
    check("a \r\nb\r\n\r\nc\r\n", "a|b||c");
    check("  a\n   b", "a|b");
    check("**a**\n*b*", "a|b");
}

#[test]
fn blocks_are_told_apart() {
    check("# A *b* #\nc", "#A b||c");
    check("A\nb\n===\nc", "#A|#b||c");
    check("a\n\n---\n\nb", "a||=---||b");
    check("___", "=___");
    check("```text\nDear X,\n\n  b\n```\nc", "=Dear X,|=|=  b||c");
    check("a\n\n\tb\r\n\t c\r\n", "a||=b|= c");
}

#[test]
fn items_begin_with_their_first_line() {
    check("a\n- b\n  c\n- d\n\ne", "a||-b|c|-d||e");
    check("1. a\n\n   b\n2. c", "-a||b||-c");
    check("- a\n  - b\n  - c\n- d", "-a|-b|-c|-d");
    check("-\n- a", "-a");
    check("- > a", ">-a");
    check("- # a\n  b", "#a|b");
}

#[test]
fn quotes_have_their_depth() {
    check("> a\n> b\n>\n> c\n\nd", ">a|>b|>|>c||d");
    check("> a\nlazy\n> > b", ">a|>lazy|>|>>b");
    check("> ```\n> a\n> ```", ">=a");
}

#[test]
fn attributes_of_kramdown_are_no_words() {
    check("> a\n{: .mail }\n\nb", ">a|>={: .mail }||b");
    check("{:#id}\n\nDear {: name},", "={:#id}||Dear {: name},");
}

#[test]
fn html_is_left_out_but_blanks_are_not() {
    check("a<br>b<br>\nc<br><br>d <b>e</b>", "a|b|c||d e");
    check("Dear <Your Name>, <company> <span class=\"x\">hi</span>", "Dear <Your Name>, <company> hi");
    check("a <Your\n  Name>", "a <Your|Name>");
    check("Yours,\n\n<Company>\n12 High St\n\na", "Yours,||<Company>|12 High St||a");
    check("a\n\n<!-- todo:\n\nno -->\n\nb <!-- c -->\nd", "a||b|d");
    check("<!-- only -->", "");
    check("<div>\n  <p>Dear X,</p><p>no.</p>\n</div>\n\na", "Dear X,|no.||a");
    check("<style>\np {}\n\nq {}\n</style>\n\na", "a");
    check("> <div>\n> a\n> </div>", ">a");
}

#[test]
fn front_matter_gives_headers() {
    check("---\nsubject: No\nx: y\n---\nDear X,", "Subject: No||Dear X,");
    check("---\nx: y\n---\n\nDear X,", "Dear X,");
    check("---\nDear X,\n---\n", "=---||#Dear X,");
    check("a\n\n---\nto: x\n---\n", "a||=---||#to: x");
}

#[test]
fn passages_lead_back_to_the_file() {
    let text = "> **Tom** &amp; `co`  \n> *x*\n\n# H #\n";
    let view = read(text);
    assert_eq!(view.text(), "Tom & co\nx\n\nH\n");
    #[track_caller]
    fn check(view: &View, text: &str, shown: Range<usize>, expected: &str) {
        let place = view.back(Span::new(shown.start, shown.end));
        assert_eq!(&text[place.range()], expected, "at {place:?}");
    }
    check(&view, text, 0..3, "Tom");
    check(&view, text, 4..5, "&amp;");
    check(&view, text, 6..8, "co");
    check(&view, text, 7..10, "o`  \n> *x");
    check(&view, text, 8..9, "  \n");
    // An empty place at the end of a line is behind the marks that close there.
    assert_eq!(view.back(Span::at(8)).start(), text.find("  \n").unwrap());
    assert_eq!(view.back(Span::at(10)).start(), text.find("\n\n").unwrap());
    assert_eq!(view.back(Span::at(13)).start(), text.len() - 1);
}

#[test]
fn hostile_letters_are_read_in_time() {
    #[track_caller]
    fn check(text: &str) {
        let start = Instant::now();
        let view = read(text);
        let spent = start.elapsed();
        assert!(view.lines().len() <= text.len() + 1);
        assert!(spent < Duration::from_secs(10), "{spent:?} for {:?}", &text[..8.min(text.len())]);
    }
    check(&">".repeat(10_000));
    check(&"> ".repeat(10_000));
    check(&"*".repeat(10_000));
    check(&"[".repeat(10_000));
    check(&"[".repeat(1 << 20));
    check(&"![".repeat(1 << 19));
    check(&"*a ".repeat(1 << 18));
    check(&"*a **b ".repeat(1 << 16));
    check(&"- ".repeat(10_000));
    check(&"<a ".repeat(1 << 18));
    check(&"<div><a ".repeat(1 << 16));
    check(&"<!-- ".repeat(1 << 18));
    check(&"<div><!---->".repeat(1 << 16));
    check(&"<div><script>".repeat(1 << 16));
    check(&"`".repeat(1 << 20));
    check(&"&".repeat(1 << 20));
    check(&(0..1000).map(|at| format!("{}a\n", "> ".repeat(at))).collect::<String>());
    check(&(0..1000).map(|at| format!("{}- a\n", "  ".repeat(at))).collect::<String>());
    // Each line looks at all that is open, so depth times lines counts.
    check(&format!("{}a\n{}", "> ".repeat(40_000), "a\n".repeat(100_000)));
    check(&format!("{}```\n{}", "1. ".repeat(40_000), "\n".repeat(100_000)));
    check(&format!("{}```\n{}", "1. ".repeat(80), "\n".repeat(100_000)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_text_is_read(text in "([-*_>#\\[\\]()!`&;<>/ \t\n\r\\\\:.=1a-d\u{e9}\u{a0}]|&amp;|<br>|<!--|-->|<div>|\n\n|    |```|---\n|to: ){0,40}") {
        assert_sound(&text, &read(&text));
    }

    #[test]
    fn any_characters_are_read(text in "\\PC{0,80}") {
        assert_sound(&text, &read(&text));
    }
}
