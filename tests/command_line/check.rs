use super::run::{POLITE, RUDE, Run};

const PACK: [&str; 3] = ["check", "--pack", "dinner.yaml"];

fn check(args: &[&str]) -> Run {
    Run::new(&[&PACK, args].concat())
}

#[test]
fn a_letter_is_shown_with_what_it_lacks_and_the_sentence_to_write() {
    check(&["letter.txt"])
        .file("letter.txt", RUDE.as_bytes())
        .stdout(
            "\
warning[thank]: does not thank anybody
 --> letter.txt:3:1
  |
3 | I cannot come on Friday.
  | ^
  |
  = note: step 1, Say thank you: Whoever is thanked asks again.
help: say thank you before you say no
  |
3 | Thank you for asking. I cannot come on Friday.
  | +++++++++++++++++++++

letter.txt: a refusal, 1 of 2 rules not yet followed
  1. Say thank you     ✗ thank
  2. Leave it at that  ✓ no-excuse
",
        )
        .code(1)
        .check();
}

#[test]
fn a_letter_that_keeps_all_rules_gives_its_checklist_only() {
    check(&["letter.txt"])
        .file("letter.txt", POLITE.as_bytes())
        .stdout(
            "\
letter.txt: a refusal, all 2 rules followed
  1. Say thank you     ✓ thank
  2. Leave it at that  ✓ no-excuse
",
        )
        .check();
}

#[test]
fn a_letter_of_another_kind_is_not_judged_and_that_is_said() {
    check(&["letter.txt"])
        .file("letter.txt", b"Dear Ann,\n\nSee you on Friday.\n\nBo\n")
        .stdout("letter.txt: not a letter that `dinner` judges (not a refusal), so nothing is asked of it\n")
        .check();
}

#[test]
fn a_kind_that_is_settled_is_not_recognized() {
    check(&["--kind", "decline", "--output-format", "concise", "letter.txt"])
        .file("letter.txt", b"Dear Ann,\n\nSee you on Saturday.\n\nBo\n")
        .stdout("letter.txt:3:1: warning[thank] does not thank anybody\n")
        .code(1)
        .check();
}

#[test]
fn standard_input_is_read_when_a_letter_is_piped_in() {
    let line = "<stdin>:3:1: warning[thank] does not thank anybody\n";
    check(&["--output-format", "concise"]).stdin(RUDE).stdout(line).code(1).check();
    check(&["--output-format", "concise", "-"]).stdin(RUDE).stdout(line).code(1).check();
    check(&["--output-format", "concise", "--stdin-filename", "draft.md"])
        .stdin("Dear Ann,\n\nI **cannot** come.\n\nBo\n")
        .stdout("draft.md:3:1: warning[thank] does not thank anybody\n")
        .code(1)
        .check();
}

#[test]
fn nothing_named_and_nothing_piped_in_is_a_question_what_to_check() {
    check(&[])
        .stderr("error: no letter given; name a file or a folder, or pipe a letter in, e.g. `demur check letter.txt`\n")
        .code(2)
        .check();
}

#[test]
fn a_folder_is_walked_in_sorted_order_and_ends_with_a_summary() {
    check(&["--quiet", "--output-format", "concise", "letters"])
        .file("letters/b.txt", RUDE.as_bytes())
        .file("letters/a.md", RUDE.as_bytes())
        .file("letters/c/d.txt", RUDE.as_bytes())
        .file("letters/picture.png", b"\x89PNG\0")
        .file("letters/old/e.txt", RUDE.as_bytes())
        .file("letters/.gitignore", b"old/\n")
        .stdout(
            "\
letters/a.md:3:1: warning[thank] does not thank anybody
letters/b.txt:3:1: warning[thank] does not thank anybody
letters/c/d.txt:3:1: warning[thank] does not thank anybody
",
        )
        .code(1)
        .check();
    check(&["letters"])
        .file("letters/a.txt", POLITE.as_bytes())
        .file("letters/b.txt", b"Dear Ann,\n\nSee you on Friday.\n\nBo\n")
        .file("letters/picture.png", b"\x89PNG\0")
        .stdout(
            "\
checked 2 letters (1 other file passed over)
     1  a refusal
     1  not judged by `dinner`: not a refusal
nothing found
",
        )
        .check();
}

#[test]
fn a_named_file_is_read_whatever_its_ending_and_only_once() {
    check(&["--output-format", "concise", "letter.odd", "letter.odd"])
        .file("letter.odd", RUDE.as_bytes())
        .stdout("letter.odd:3:1: warning[thank] does not thank anybody\n")
        .code(1)
        .check();
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_is_checked() {
    check(&["--output-format", "concise", "gone.txt", "letter.txt", "binary.txt"])
        .file("letter.txt", RUDE.as_bytes())
        .file("binary.txt", b"\x7fELF\0\0")
        .stdout("letter.txt:3:1: warning[thank] does not thank anybody\n")
        .stderr(
            "\
error: `gone.txt` does not exist; check the spelling, or give `-` for standard input
error: `binary.txt` is not text; save the letter as plain text or Markdown
",
        )
        .code(2)
        .check();
}

#[test]
fn a_letter_that_is_not_in_utf_8_is_read_and_that_is_said() {
    check(&["letter.txt", "--quiet"])
        .file("letter.txt", b"Dear Ren\xe9e,\n\nThank you, but I can\x92t come.\n\nBo\n")
        .stderr("note: `letter.txt` is not UTF-8; it was read as Windows-1252\n")
        .check();
}

#[test]
fn the_exit_code_depends_on_the_level_that_fails() {
    let excuse = "Dear Ann,\n\nThank you, but I cannot come because it rains.\n\nBo\n";
    for (fail_on, code) in [("error", 0), ("warning", 0), ("note", 1), ("never", 0)] {
        check(&["--fail-on", fail_on, "--output-format", "concise", "letter.txt"])
            .file("letter.txt", excuse.as_bytes())
            .stdout("letter.txt:3:18: note[no-excuse] says why\n")
            .code(code)
            .check();
    }
    check(&["--fail-on", "never", "--output-format", "concise", "letter.txt", "gone.txt"])
        .file("letter.txt", POLITE.as_bytes())
        .stderr("error: `gone.txt` does not exist; check the spelling, or give `-` for standard input\n")
        .code(2)
        .check();
}

#[test]
fn rules_can_be_chosen() {
    let both = "Dear Ann,\n\nI cannot come because it rains.\n\nBo\n";
    let thank = "letter.txt:3:1: warning[thank] does not thank anybody\n";
    let excuse = "letter.txt:3:3: note[no-excuse] says why\n";
    check(&["--only", "thank", "--output-format", "concise", "letter.txt"])
        .file("letter.txt", both.as_bytes())
        .stdout(thank)
        .code(1)
        .check();
    check(&["--ignore", "thank", "--output-format", "concise", "letter.txt"])
        .file("letter.txt", both.as_bytes())
        .stdout(excuse)
        .check();
}

#[test]
fn names_that_nothing_has_come_with_the_one_that_was_meant() {
    for (args, message) in [
        (&["--only", "thanks", "x"][..], "unknown rule `thanks`; did you mean `thank`?"),
        (&["--ignore", "no-excuses", "x"], "unknown rule `no-excuses`; did you mean `no-excuse`?"),
        (&["--kind", "declin", "x"], "unknown kind of letter `declin`; did you mean `decline`?"),
        (&["--pack", "decline-ofer", "x"], "unknown pack `decline-ofer`; did you mean `decline-offer`?"),
        (
            &["--pack", "gone.yaml", "x"],
            "`gone.yaml` does not exist; check the spelling, or name a pack that comes with demur, e.g. `decline-offer`",
        ),
        (&["--received-on", "soon", "x"], "`soon` is not a date; write it as year-month-day, e.g. `2026-05-03`"),
    ] {
        check(args).stderr(&format!("error: {message}\n")).code(2).check();
    }
}

#[test]
fn the_output_is_the_same_every_time() {
    let mut run = check(&["letters"]).code(1);
    for number in 0..300 {
        run = run.file(&format!("letters/{number:03}.txt"), RUDE.as_bytes());
    }
    let (first, _, _) = run.output();
    assert_eq!(first.matches("warning[thank]").count(), 300);
    for _ in 0..3 {
        assert_eq!(run.output().0, first);
    }
}
