use super::run::{RUDE, Run};

#[test]
fn rules_are_listed_step_by_step() {
    Run::new(&["rules", "--pack", "dinner.yaml"])
        .stdout(
            "\
dinner: Turning down a dinner

1. Say thank you
  Whoever is thanked asks again.
    warning  thank                  does not thank anybody

2. Leave it at that
  An excuse invites another date.
    note     no-excuse              says why
",
        )
        .check();
}

#[test]
fn a_rule_is_explained() {
    Run::new(&["explain", "thank", "--pack", "dinner.yaml"])
        .stdout(
            "\
thank (warning)

What it says:
  does not thank anybody

What to do:
  say thank you before you say no

Why:
  Whoever is thanked asks again.

From:
  step 1, Say thank you, of dinner

Asked of:
  a refusal

Suggests:
  Thank you for asking.

A letter that keeps it:
  | Dear Ann,
  | 
  | Thank you for asking, but I cannot come.
  | 
  | Bo

A letter that breaks it:
  | Dear Ann,
  | 
  | I cannot come.
  | 
  | Bo

",
        )
        .check();
}

#[test]
fn a_signal_is_explained() {
    Run::new(&["explain", "excuse", "--pack", "dinner.yaml"])
        .stdout(
            "\
excuse (signal)

Means:
  the writer says why

Used by:
  no-excuse

Found in:
  - We cannot come because the car is broken.

Not found in:
  - Because it rained we stayed for the anniversary meal.

",
        )
        .check();
}

#[test]
fn what_cannot_be_explained_comes_with_what_was_meant() {
    Run::new(&["explain", "excuses", "--pack", "dinner.yaml"])
        .stderr("error: unknown rule or signal `excuses`; did you mean `excuse`?\n")
        .code(2)
        .check();
}

#[test]
fn a_letter_is_shown_as_demur_sees_it() {
    Run::new(&["inspect", "letter.txt", "--pack", "dinner.yaml"])
        .file("letter.txt", RUDE.as_bytes())
        .stdout(
            "\
letter.txt
        1:1  salutation  Dear Ann,

        3:1  body        I cannot come on Friday.

        5:1  signature   Bo

  dinner: a refusal
        3:3  refusal               cannot come
",
        )
        .check();
}

#[test]
fn packs_are_tested() {
    Run::new(&["test", "dinner.yaml"]).stdout("dinner.yaml: sound, 13 examples hold\n").check();
    let broken = include_str!("dinner.yaml").replace("forbid: excuse", "forbid: excuses");
    Run::new(&["test", "broken.yaml"])
        .file("broken.yaml", broken.as_bytes())
        .stdout(
            "\
error[unknown-name]: unknown signal `excuses`
  --> broken.yaml:54:17
   |
54 |         forbid: excuses
   |                 ^^^^^^^
   |
   = help: did you mean `excuse`?

broken.yaml: 1 mistake, 0 examples run
",
        )
        .code(1)
        .check();
}

#[test]
fn a_broken_pack_is_shown_and_nothing_is_checked() {
    let broken = include_str!("dinner.yaml").replace("forbid: excuse", "forbid: excuses");
    let (stdout, stderr, code) =
        Run::new(&["check", "--pack", "broken.yaml", "x.txt"]).file("broken.yaml", broken.as_bytes()).output();
    assert_eq!((stdout.as_str(), code), ("", 2));
    assert!(stderr.contains("error[unknown-name]: unknown signal `excuses`\n  --> broken.yaml:54:17"), "{stderr}");
    assert!(stderr.ends_with("error: `broken.yaml` has 1 mistake; mend it and try again\n"), "{stderr}");
}

#[test]
fn a_pack_is_measured_on_labelled_letters() {
    let labels =
        "letters:\n  - {file: a.txt, kind: decline, says: [refusal, excuse]}\n  - {file: b.txt, kind: other}\n";
    let run = || {
        Run::new(&["eval", "labels.yaml", "--pack", "dinner.yaml"])
            .file("labels.yaml", labels.as_bytes())
            .file("a.txt", RUDE.as_bytes())
            .file("b.txt", b"Dear Ann,\n\nThank you, we cannot make it better.\n\nBo\n")
    };
    run()
        .stdout(
            "\
signal                letters precision  recall     F1
refusal                     1     0.500   1.000  0.667
thanks                      0     0.000   1.000  0.000
excuse                      1     1.000   0.000  0.000

content micro               2     0.333   0.500  0.400
micro                       2     0.333   0.500  0.400
macro F1                                         0.222
kind of letter                                   0.500
    1 other taken for decline
",
        )
        .check();
}

#[test]
fn a_rule_is_explained_for_a_letter() {
    let explain = |rule: &str, letter: &str| {
        Run::new(&["explain", "--pack", "dinner.yaml", rule, "letter.txt"]).file("letter.txt", letter.as_bytes())
    };
    explain("thank", RUDE)
        .stdout(
            "\
letter.txt: a refusal
`thank` is asked, and the letter does not keep it

The letter must say
  thanks (the writer says thank you): not found

So it says, at 3:1: does not thank anybody
and suggests: Thank you for asking.

",
        )
        .check();
    explain("no-excuse", "Dear Ann,\n\nHappy birthday!\n\nBo\n")
        .stdout(
            "\
letter.txt: no kind of letter that the pack knows
`no-excuse` is not asked: it is for a refusal only

The letter must not say
  excuse (the writer says why): not found

",
        )
        .check();
    explain("thnak", RUDE).stderr("error: unknown rule `thnak`; did you mean `thank`?\n").code(2).check();
}

#[test]
fn shells_and_man_know_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (stdout, stderr, code) = Run::new(&["completions", shell]).output();
        assert!(stdout.contains("demur") && stdout.contains("inspect") && stdout.contains("unsafe-fixes"), "{shell}");
        assert_eq!((stderr.as_str(), code), ("", 0));
    }
    let (stdout, _, code) = Run::new(&["man", "check"]).output();
    assert!(stdout.contains(".TH demur-check 1") && stdout.contains("unsafe\\-fixes"), "{stdout}");
    assert_eq!(code, 0);
    Run::new(&["man", "chekc"]).stderr("error: unknown command `chekc`; did you mean `check`?\n").code(2).check();
}

#[test]
fn bash_takes_the_completions() {
    let script = Run::new(&["completions", "bash"]).output().0;
    let bash = std::process::Command::new("bash").args(["-n", "-c", &script]).status();
    assert!(bash.is_ok_and(|status| status.success()));
}
