use super::*;
use crate::view::Format;
use proptest::prelude::*;

/// `expected` has the title, the first and the last line of each letter; it is empty where the file is left whole.
#[track_caller]
fn check(format: Format, text: &str, expected: &[(&str, &str, &str)]) {
    let cuts = cut(View::read(text, format));
    let lines: Vec<(String, Vec<&str>)> = cuts
        .iter()
        .filter(|cut| cuts.len() > 1 || !cut.is_whole())
        .map(|cut| {
            let lines = cut.view.lines().iter().map(|line| cut.view.line_text(line)).collect();
            (cut.title.clone().unwrap_or_default(), lines)
        })
        .collect();
    let ends = |(title, lines): &(String, Vec<&str>)| {
        let (first, last) = (lines.first().copied(), lines.last().copied());
        (title.clone(), first.unwrap_or_default().to_owned(), last.unwrap_or_default().to_owned())
    };
    let found: Vec<(String, String, String)> = lines.iter().map(ends).collect();
    let expected: Vec<(String, String, String)> =
        expected.iter().map(|&(title, first, last)| (title.to_owned(), first.to_owned(), last.to_owned())).collect();
    assert_eq!(found, expected, "in {text:?}");
}

#[track_caller]
fn check_whole(text: &str) {
    check(Format::Text, text, &[]);
    check(Format::Markdown, text, &[]);
}

#[test]
fn headings_part_letters() {
    check(
        Format::Markdown,
        "# Letters\n\nSome advice for you.\n\n## One\n\nBe brief.\n\nDear [Name],\n\nNo.\n\nBest,\n[Me]\n\nThat is all.\n\n\
         ## Two\n\nDear [Name],\n\nYes.\n\nBest,\nBo\n",
        &[("One", "Dear [Name],", "[Me]"), ("Two", "Dear [Name],", "Bo")],
    );
    check(
        Format::Markdown,
        "## One\n\nSubject: No\n\nDear Ann,\n\nNo.\n\nBest,\nBo\n\nP.S. Thanks!\n\n## Two\n\nHi Ann,\n\nNo, thanks.\n\n## Tips\n\nBe brief.\n",
        &[("One", "Subject: No", "P.S. Thanks!"), ("Two", "Hi Ann,", "No, thanks.")],
    );
    // A section that greets nobody but is signed.
    check(
        Format::Markdown,
        "## One\n\nWrite:\n\nI say no.\n\nBest,\nBo\n\n## Two\n\nDear Ann,\n\nNo.\n\nBest,\nBo\n",
        &[("One", "I say no.", "Bo"), ("Two", "Dear Ann,", "Bo")],
    );
}

#[test]
fn titles_and_rules_part_letters() {
    check(
        Format::Text,
        "Three templates.\n\nTemplate 1: short\n\nDear [Name],\n\nNo.\n\nBest,\n[Me]\n\nTemplate 2:\nDear [Name],\n\nNo!\n\nBest,\n\
         [Me]\n\n--- Version 3 ---\nHi [Name],\nNo.\n",
        &[
            ("Template 1: short", "Dear [Name],", "[Me]"),
            ("Template 2", "Dear [Name],", "[Me]"),
            ("Version 3", "Hi [Name],", "No."),
        ],
    );
    check(
        Format::Text,
        "Short one\n=========\nDear Ann,\n\nNo.\n\nBest,\nBo\n\nLong one\n--------\n\nDear Ann,\n\nNo, no.\n\nBest,\nBo\n",
        &[("Short one", "Dear Ann,", "Bo"), ("Long one", "Dear Ann,", "Bo")],
    );
    check(
        Format::Text,
        "Dear [Name],\n\nNo.\n\nBest,\n[Me]\n\n-----\n\nDear [First Name],\n\nYes.\n\nBest,\n[Me]\n",
        &[("", "Dear [Name],", "[Me]"), ("", "Dear [First Name],", "[Me]")],
    );
}

#[test]
fn blocks_hold_letters() {
    check(
        Format::Markdown,
        "# Say no\n\nBrief:\n\n```\nDear Ann,\n\nNo.\n```\n\nLonger:\n\n```text\nDear Ann,\n\nNo, thanks.\n\nBo\n```\n",
        &[("Say no", "Dear Ann,", "No."), ("Say no", "Dear Ann,", "Bo")],
    );
    check(
        Format::Markdown,
        "# Say no\n\nBrief:\n\n> Dear Ann,\n>\n> No.\n\nA longer one:\n\n> Hi [Name], thanks, but no.\n>\n> Bo\n",
        &[("Say no", "Dear Ann,", "No."), ("Say no", "Hi [Name], thanks, but no.", "Bo")],
    );
    // Marks within the block are titles as well.
    check(
        Format::Markdown,
        "Texts:\n\n```\n# One\nDear Ann,\n\nNo.\n---\nTemplate 2\n\nDear Ann,\n\nYes.\n```\n",
        &[("One", "Dear Ann,", "No."), ("Template 2", "Dear Ann,", "Yes.")],
    );
    // Without a greeting, under the title of a template.
    check(
        Format::Markdown,
        "## Template 1\n\n> I say no to it.\n\n## Template 2\n\n> Dear Ann,\n>\n> No.\n",
        &[("Template 1", "I say no to it.", "I say no to it."), ("Template 2", "Dear Ann,", "No.")],
    );
}

#[test]
fn the_nearest_line_that_stands_alone_is_the_title() {
    check(
        Format::Markdown,
        "# Letters\n\n**Saying no**\n\nDear [Name],\n\nNo.\n\nBest,\n[Me]\n\nDo not add more.\n\n**Saying yes**\n\nDear [Name],\n\n\
         Yes.\n\nBest,\n[Me]\n",
        &[("Saying no", "Dear [Name],", "[Me]"), ("Saying yes", "Dear [Name],", "[Me]")],
    );
}

#[test]
fn one_letter_is_taken_out_of_prose_where_it_is_clear() {
    let fenced =
        "# Templates\n\nTo use it, copy it.\n\n```\nDear [Name],\n\nNo.\n\nBest,\n[Me]\n```\n\n## Licence\n\nMIT\n";
    check(Format::Markdown, fenced, &[("Templates", "Dear [Name],", "[Me]")]);
    check(
        Format::Markdown,
        "This is how I said no last week, in short.\n\n---\n\nDear Ann,\n\nNo.\n\nBest,\nBo\n\n---\n\nIt went well, I think.\n",
        &[("", "Dear Ann,", "Bo")],
    );
    check(
        Format::Markdown,
        "# Say no\n\nDear Ann,\n\nNo.\n\nBest,\nBo\n\n## Tips\n\nBe brief.\n",
        &[("Say no", "Dear Ann,", "Bo")],
    );
}

#[test]
fn a_draft_is_left_whole() {
    check_whole("");
    check_whole("Dear Ann,\n\nNo.\n\nBest,\nBo\n");
    check_whole("Subject: No\n\nDear Ann,\n\nNo.\n\nBest,\nBo\n\nP.S. Sorry!\n");
    check_whole("# My answer\n\nDear Ann,\n\nNo.\n\n## Money\n\n- more of it\n\n## Time\n\nLess.\n\nBest,\nBo\n");
    check_whole("Dear Ann,\n\nSee below.\n\nBest,\nBo\n\n---\n\nMy terms\n\n- more money\n- less time\n");
    check_whole("Dear Ann,\n\nSee below.\n\nBest,\nBo\n\n## Terms\n\nThe pay is to be doubled in May.\n");
    check_whole("**Subject:** No\n\n---\n\nDear Ann,\n\nNo.\n\nBest,\nBo\n");
    check_whole("To whom it may concern,\n\nDear Sir or Madam,\n\nRe: the post\n\nNo.\n\nYours,\nBo\n");
    check_whole("Dear Ann,\n\nHi Tom,\n\nyou both know me. No.\n\nBo\n");
    check_whole("Sample 3: no\n\nDear [Name],\n\nNo.\n\nBest,\n[Me]\n\nWhy it works: it is brief.\n");
    check_whole("Dear Ann,\n\nOption A:\n\nI start in May.\n\nOption B:\n\nI start in June.\n\nBest,\nBo\n");
    check_whole("MEMO\n\nTo: Ann\nFrom: Bo\n\nNo.\n");
    check_whole("# My answer\n\nI decline your offer.\n\n## Why\n\nThe pay is too low for me.\n");
}

#[test]
fn advice_without_a_letter_is_no_letter() {
    #[track_caller]
    fn check(text: &str, is_advice: bool) {
        let cuts = cut(View::read(text, Format::Markdown));
        let lines: Vec<usize> = cuts.iter().map(|cut| cut.view.lines().len()).collect();
        assert_eq!(lines == [0], is_advice, "in {text:?}");
    }
    check("# Advice\n\nBe brief.\n\n## More\n\n> I must decline.\n\n```sh\nmake\n```\n", true);
    check("# Advice\n\nSay \"I must decline\".\n\n## More\n\nWe tell you so.\n", false);
    check("# Advice\n\nSay \"I must decline\" if you can.\n\n## More\n\nWe wish you luck in your search.\n", true);
    check("# Advice\n\nBe brief.\n", false);
    check("# My no\n\nYou asked. Sorry.\n\n## Your pay\n\nToo low.\n\nBest,\nBo\n", false);
}

#[test]
fn mail_below_a_letter_is_no_letter_of_its_own() {
    let letter = "Dear Ann,\n\nNo.\n\nBest,\nBo\n\n";
    for below in [
        "> Dear Bo,\n>\n> come!\n>\n> Best,\n> Ann\n",
        "On 3 May 2026, Ann wrote:\n\n> Dear Bo,\n>\n> come!\n>\n> Best,\n> Ann\n",
        "On 3 May 2026, Ann wrote:\n\nDear Bo,\n\ncome!\n\nBest,\nAnn\n",
        "-----Original Message-----\nFrom: Ann\n\nDear Bo,\n\ncome!\n\nBest,\nAnn\n",
        "From: Ann <ann@a.example>\nSent: Monday\nTo: Bo\nSubject: Come\n\nDear Bo,\n\ncome!\n\nBest,\nAnn\n",
        "---\n\nDear Bo,\n\ncome!\n\nBest,\nAnn\n",
        "Dear Bo,\n\ncome!\n\nBest,\nAnn\n",
        "# Forwarded message\n\nDear Bo,\n\ncome!\n\nBest,\nAnn\n",
        "```\nDear Bo,\n\ncome!\n\nBest,\nAnn\n```\n",
    ] {
        check_whole(&format!("{letter}{below}"));
    }
    // The answer may stand below, or greet nobody.
    check_whole("On 3 May 2026, Ann wrote:\n> Dear Bo,\n>\n> come!\n>\n> Best,\n> Ann\n\nNo, thanks.\n\nBo\n");
    check_whole("No, thanks.\n\n> Dear Bo,\n>\n> come!\n>\n> Best,\n> Ann\n");
}

#[test]
fn what_is_left_out_is_counted() {
    let text = "# Two\n\nPick one.\n\n## A\n\nDear [Name],\n\nNo.\n\n## B\n\nSo:\n\nDear [Name],\n\nYes.\n\nBest,\nBo\n\nDone.\nBye.\n";
    let cuts = cut(View::read(text, Format::Markdown));
    let counts: Vec<(usize, usize)> = cuts.iter().map(|cut| (cut.left_out_before, cut.left_out_behind)).collect();
    assert_eq!(counts, [(3, 0), (2, 2)]);
}

#[test]
fn long_files_are_quick() {
    for piece in [
        "Dear Ann,\n\n",
        "> Dear Ann,\n>\n",
        "# A\n\n",
        "\n",
        "Best,\n\n",
        "Subject: a\n\n",
        "```\nHi Ann,\n```\n",
        "---\n\n",
        "Dear [Name],\n\nNo.\n\nBest,\n[Me]\n\n",
        "Template 1\n\n> No.\n\n",
        "a:\n\n",
        "[Name]\n",
        "# A\n\nb:\n\nBest,\nBo\n\n",
    ] {
        let text = piece.repeat(60_000 / piece.len());
        for format in [Format::Text, Format::Markdown] {
            let view = View::read(&text, format);
            let started = std::time::Instant::now();
            let cuts = cut(view);
            assert!(!cuts.is_empty());
            assert!(started.elapsed().as_secs() < 20, "{piece:?} took {:?}", started.elapsed());
        }
    }
}

fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "\n",
        "\n\n",
        "\n\n",
        "> ",
        "Dear [Name],",
        "Dear Ann,\n\n",
        "Hi Ann, ",
        "Best,\n",
        "[Me]\n\n",
        "Bo\n",
        "# One\n\n",
        "Template 2:\n",
        "---\n\n",
        "```\n",
        "- a\n",
        "Subject: No\n",
        "I say no.\n\n",
        "On 3 May, a@b wrote:\n",
        "> > ",
        "-----Original Message-----\n",
        "P.S. é\n",
        "===\n",
        "Write this:\n\n",
        "\u{200b}",
        "To: a\n",
        "1. ",
        "    Dear Bo,\n",
    ])
}

proptest! {
    #[test]
    fn letters_are_sound_in_order_and_apart(pieces in prop::collection::vec(piece(), 0..50), markdown: bool) {
        let text = pieces.concat();
        let view = View::read(&text, if markdown { Format::Markdown } else { Format::Text });
        let whole = view.clone();
        let cuts = cut(view);
        prop_assert!(!cuts.is_empty());
        let mut behind = 0;
        for cut in &cuts {
            let own = cut.view.text();
            if cuts.len() > 1 {
                prop_assert!(!own.trim().is_empty());
            }
            for line in cut.view.lines() {
                prop_assert!(own.get(line.span.range()).is_some());
            }
            let Some(first) = cut.view.lines().iter().find(|line| !line.span.is_empty()) else { continue };
            let place = cut.view.back(first.span);
            prop_assert!(text.get(place.range()).is_some());
            prop_assert!(place.start() >= behind);
            let last = cut.view.lines().iter().rev().find(|line| !line.span.is_empty()).unwrap_or(first);
            behind = cut.view.back(last.span).end();
            prop_assert!(whole.text().contains(own.trim_end()));
        }
        let said = |view: &View| view.lines().iter().filter(|line| !view.line_text(line).trim().is_empty()).count();
        let cut_lines: usize = cuts.iter().map(|cut| said(&cut.view) + cut.left_out_before + cut.left_out_behind).sum();
        prop_assert!(cut_lines <= said(&whole));
    }
}
