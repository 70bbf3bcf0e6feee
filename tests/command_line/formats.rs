//! Formats besides plain text and Markdown, each read by a whole command.

use super::run::Run;

fn check(args: &[&str]) -> Run {
    Run::new(&[&["check", "--pack", "dinner.yaml"], args].concat())
}

// HTML and templates.

#[test]
fn a_letter_in_html_is_shown_as_it_stands_in_its_file() {
    check(&["letter.html"])
        .file(
            "letter.html",
            b"<html><head><title>Friday</title></head>\n<body><div style=\"display:none\">Thank you</div>\n\
              <p>Dear Ann,</p>\n<p>I can&#39;t <b>come</b> on Friday.</p>\n<p>Bo</p></body></html>\n",
        )
        .stdout(
            "\
warning[thank]: does not thank anybody
 --> letter.html:4:4
  |
4 | <p>I can&#39;t <b>come</b> on Friday.</p>
  |    ^
  |
  = note: step 1, Say thank you: Whoever is thanked asks again.
help: say thank you before you say no
  |
4 | <p>Thank you for asking. I can&#39;t <b>come</b> on Friday.</p>
  |    +++++++++++++++++++++

letter.html: a refusal, 1 of 2 rules not yet followed
  1. Say thank you     ✗ thank
  2. Leave it at that  ✓ no-excuse
",
        )
        .code(1)
        .check();
}

#[test]
fn a_template_is_read_in_its_language() {
    check(&["letter.md.j2"])
        .file(
            "letter.md.j2",
            b"---\nsubject: Friday\n---\nDear {{ guest.first_name | default(\"friend\") }},\n\n{# a note #}\n{% if late %}\nI cannot come.\n\
              {% else %}\nI cannot come on {{ day }}.\n{% endif %}\n\nBo\n",
        )
        .stdout(
            "\
warning[thank]: does not thank anybody
 --> letter.md.j2:8:1
  |
8 | I cannot come.
  | ^
  |
  = note: step 1, Say thank you: Whoever is thanked asks again.
help: say thank you before you say no
  |
8 | Thank you for asking. I cannot come.
  | +++++++++++++++++++++

letter.md.j2: a refusal, 1 of 2 rules not yet followed
  1. Say thank you     ✗ thank
  2. Leave it at that  ✓ no-excuse
",
        )
        .code(1)
        .check();
}

/// `one-reason` takes two reasons; of the branches of a condition a recipient sees one.
#[test]
fn the_branches_of_a_condition_are_counted_as_one() {
    #[track_caller]
    fn check(reasons: &str, stdout: &str, code: i32) {
        let letter = format!(
            "Dear Ann,\n\nThank you for the offer of the job. I am sorry, but I must decline it.\n\n{reasons}\n\nBest regards,\nBo Ek\n"
        );
        Run::new(&["check", "offer.txt.j2", "--only", "one-reason", "--output-format", "concise"])
            .file("offer.txt.j2", letter.as_bytes())
            .stdout(stdout)
            .code(code)
            .check();
    }
    const SCHOOL: &str = "I have decided to go back to school.";
    const FAMILY: &str = "I have to care for my parents.";
    const OTHER: &str = "I have accepted another offer.";
    check(&format!("{{% if a %}}\n{SCHOOL}\n{{% elif b %}}\n{FAMILY}\n{{% else %}}\n{OTHER}\n{{% endif %}}"), "", 0);
    // A condition without an else leaves nothing to choose: all three may be sent.
    check(
        &format!("{{% if a %}}\n{SCHOOL}\n{{% endif %}}\n{{% if b %}}\n{FAMILY}\n{{% endif %}}\n{OTHER}"),
        "offer.txt.j2:11:1: note[one-reason] gives more reasons than it needs\n",
        0,
    );
    // The branch that says the most counts.
    check(
        &format!("{{% if a %}}\n{SCHOOL}\n{{% else %}}\n{FAMILY} {OTHER} {SCHOOL}\n{{% endif %}}"),
        "offer.txt.j2:8:84: note[one-reason] gives more reasons than it needs\n",
        0,
    );
}
