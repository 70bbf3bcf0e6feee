use super::run::Run;

const TEN: &[u8] = include_bytes!("../../fixtures/templates/ten-templates.md");

#[test]
fn each_letter_on_a_page_of_templates_is_checked_and_the_advice_is_not() {
    Run::new(&["check", "ten-templates.md", "--output-format", "concise"])
        .file("ten-templates.md", TEN)
        .stdout(
            "\
ten-templates.md:21:43: note[offer-referral] suggests nobody else for the position
ten-templates.md:38:28: error[apologize] turns the offer down without an apology
ten-templates.md:38:28: note[offer-a-call] does not offer to talk
ten-templates.md:38:28: note[offer-referral] suggests nobody else for the position
ten-templates.md:51:1: warning[omit-pay-complaint] finds fault with the pay or the terms
ten-templates.md:51:23: note[offer-a-call] does not offer to talk
ten-templates.md:51:23: note[offer-referral] suggests nobody else for the position
ten-templates.md:62:100: warning[no-personal-reasons] gives a personal reason
ten-templates.md:63:56: note[offer-a-call] does not offer to talk
ten-templates.md:63:56: note[offer-referral] suggests nobody else for the position
ten-templates.md:79:76: note[offer-a-call] does not offer to talk
ten-templates.md:79:76: error[referral-consent] names somebody without saying that the person agreed
ten-templates.md:91:6: warning[answer-promptly] answers late
ten-templates.md:91:118: note[offer-a-call] does not offer to talk
ten-templates.md:91:118: note[offer-referral] suggests nobody else for the position
ten-templates.md:103:1: warning[thank] does not thank anybody
ten-templates.md:103:38: error[apologize] turns the offer down without an apology
ten-templates.md:103:39: warning[no-criticism] criticizes the employer
ten-templates.md:103:87: warning[acknowledge-time] does not acknowledge the time that people spent
ten-templates.md:103:87: note[offer-a-call] does not offer to talk
ten-templates.md:103:87: note[offer-referral] suggests nobody else for the position
ten-templates.md:133:59: note[offer-a-call] does not offer to talk
ten-templates.md:133:59: note[offer-referral] suggests nobody else for the position
ten-templates.md:146:19: note[offer-referral] suggests nobody else for the position
",
        )
        .code(1)
        .check();
}

/// Two refusals of a dinner, and what a cook says of them.
const TWO: &str = "\
# Saying no to dinner

I cannot come, they say, and no word of thanks.

## Short

> Dear [Name],
>
> I cannot come on Friday.
>
> [Me]

## Kind

```text
Dear [Name],

Thank you for asking, but I cannot come.

[Me]
```

Bon appetit!
";

#[test]
fn a_report_names_the_letter() {
    Run::new(&["check", "two.md", "--pack", "dinner.yaml"])
        .file("two.md", TWO.as_bytes())
        .stdout(
            "\
two.md, letter 1: Short

warning[thank]: does not thank anybody
 --> two.md:9:3
  |
9 | > I cannot come on Friday.
  |   ^
  |
  = note: step 1, Say thank you: Whoever is thanked asks again.
help: say thank you before you say no
  |
9 | > Thank you for asking. I cannot come on Friday.
  |   +++++++++++++++++++++

checked 2 letters in 1 file
     2  a refusal
1 finding in 1 letter: 1 warning
     1  thank  warning
",
        )
        .code(1)
        .check();
}

#[test]
fn a_summary_counts_letters_and_files() {
    Run::new(&["check", "two.md", "one.txt", "--pack", "dinner.yaml"])
        .file("two.md", TWO.replace("I cannot come on", "Thank you, but I cannot come on").as_bytes())
        .file("one.txt", super::run::POLITE.as_bytes())
        .stdout(
            "\
checked 3 letters in 2 files
     3  a refusal
nothing found
",
        )
        .check();
}

#[test]
fn json_tells_which_letter_of_its_file_it_is() {
    let run = Run::new(&["check", "two.md", "one.txt", "--pack", "dinner.yaml", "--output-format", "json"])
        .file("two.md", TWO.as_bytes())
        .file("one.txt", super::run::POLITE.as_bytes());
    let (stdout, ..) = run.output();
    let report: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    let letters: Vec<&serde_json::Value> =
        report["letters"].as_array().unwrap().iter().map(|letter| &letter["letter"]).collect();
    assert_eq!(
        serde_json::to_string(&letters).unwrap(),
        r#"[{"line":7,"number":1,"title":"Short"},{"line":16,"number":2,"title":"Kind"},null]"#
    );
    assert_eq!((&report["summary"]["letters"], &report["summary"]["files"]), (&3.into(), &2.into()));
}

#[test]
fn github_is_told_the_title() {
    Run::new(&["check", "two.md", "--pack", "dinner.yaml", "--output-format", "github"])
        .file("two.md", TWO.as_bytes())
        .stdout(
            "\
::warning title=demur (thank)%3A letter 1%3A Short,file=two.md,line=9,endLine=9,col=3,endColumn=3::does not thank anybody%0Ahelp: say thank you before you say no
",
        )
        .code(1)
        .check();
}

#[test]
fn inspect_shows_how_a_file_is_cut() {
    Run::new(&["inspect", "two.md", "--pack", "dinner.yaml"])
        .file("two.md", TWO.as_bytes())
        .stdout(
            "\
two.md, letter 1: Short (lines 7-11; 3 lines before it left out)
        7:3  salutation  Dear {name},

        9:3  body        I cannot come on Friday.

       11:3  signature   {name}

  dinner: a refusal
        9:5  refusal               cannot come
two.md, letter 2: Kind (lines 16-20; 1 line before it left out)
       16:1  salutation  Dear {name},

       18:1  body        Thank you for asking, but I cannot come.

       20:1  signature   {name}

  dinner: a refusal
       18:1  thanks                Thank you
      18:29  refusal               cannot come
(1 line behind it left out)
",
        )
        .check();
}

#[test]
fn a_template_is_told_by_its_name_unless_the_file_says_otherwise() {
    #[track_caller]
    fn check(name: &str, flags: &[&str], left: bool) {
        let letter = "Dear [Name],\n\nThank you for asking, but I cannot come on Friday.\n\nBo\n";
        let args = [&["check", name, "--output-format", "concise", "--pack", "blanks.yaml"], flags].concat();
        let pack = "\
pack: blanks
title: Blanks
language: en
signals:
  blank:
    means: a blank is left
    in: anywhere
    any: [<Placeholder>]
    says: ['Dear [Name],']
    says-not: ['Dear Ann,']
  no:
    means: says no
    any: [cannot come]
    says: [I cannot come.]
    says-not: [I come.]
letters:
  - {kind: refusal, title: a refusal, when: no}
advice:
  - step: 1
    title: Fill it in
    text: A letter goes out finished.
    rules:
      - {id: no-blank, for: refusal, forbid: blank, drafts-only: true, level: error, message: has a blank, help: fill it in, good: [a], bad: [b]}
";
        let run = Run::new(&args).file(name, letter.as_bytes()).file("blanks.yaml", pack.as_bytes());
        let expected = if left { format!("{name}:1:6: error[no-blank] has a blank\n") } else { String::new() };
        run.stdout(&expected).code(i32::from(left)).check();
    }
    check("letter.txt", &[], true);
    check("letter.txt", &["--template"], false);
    check("letter-template.txt", &[], false);
    check("letter-template.txt", &["--template=false"], true);
    check("samples/letter.txt", &[], true);
    check("letter.txt.j2", &[], false);
}

/// Forms without a place for the letter say in the words of a finding which one it is about.
#[test]
fn each_form_names_the_letter() {
    #[track_caller]
    fn check(form: &str, expected: &str) {
        let run = Run::new(&["check", "two.md", "--pack", "dinner.yaml", "--output-format", form])
            .file("two.md", TWO.as_bytes());
        let (stdout, ..) = run.output();
        assert_eq!(stdout.matches(expected).count(), 1, "{expected:?} in {stdout}");
    }
    check("junit", r#"<testsuite name="two.md, letter 1: Short""#);
    check("junit", r#"<testsuite name="two.md, letter 2: Kind""#);
    check("gitlab", r#""description":"does not thank anybody (letter 1: Short)""#);
    check("checkstyle", r#"message="does not thank anybody (letter 1: Short)""#);
    check("sarif", r#""text":"does not thank anybody (letter 1: Short); say thank you before you say no""#);
    check("markdown", "| two.md:9:3 (letter 1: Short) | warning |");
}
