use super::run::Run;

fn check(args: &[&str]) -> Run {
    Run::new(&[&["check", "--pack", "dinner.yaml"], args].concat())
}

const HEAD: &str = "From: Bo <bo@b.example>\nTo: Ann <ann@a.example>\nSubject: Friday\nMIME-Version: 1.0\n";
const BASE64: &str = "Content-Transfer-Encoding: base64\n\nRGVhciBBbm4sCgpJIGNhbm5vdCBjb21lIG9uIEZyaWRheS4KCkJvCg==\n";

#[test]
fn a_mail_is_shown_with_its_lines_in_the_file() {
    let body = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n\
                Dear Zo=C3=AB,\n\nI can=\nnot come on Friday.\n\nBo\n";
    check(&["--quiet", "letter.eml"])
        .file("letter.eml", format!("{HEAD}{body}").as_bytes())
        .stdout(
            "\
warning[thank]: does not thank anybody
  --> letter.eml:10:1
   |
10 | I can=
   | ^
   |
   = note: step 1, Say thank you: Whoever is thanked asks again.
help: say thank you before you say no
   |
10 | Thank you for asking. I can=
   | +++++++++++++++++++++

",
        )
        .code(1)
        .check();
}

#[test]
fn a_mail_in_base64_says_that_its_lines_are_those_of_the_text() {
    check(&["letter.eml"])
        .file("letter.eml", format!("{HEAD}{BASE64}").as_bytes())
        .stdout(
            "\
warning[thank]: does not thank anybody
 --> letter.eml:7:1
  |
7 | I cannot come on Friday.
  | ^
  |
  = note: step 1, Say thank you: Whoever is thanked asks again.
  = note: lines count in the decoded text of the file, which cannot be edited in place
help: say thank you before you say no
  |
7 | Thank you for asking. I cannot come on Friday.
  | +++++++++++++++++++++

letter.eml: a refusal, 1 of 2 rules not yet followed
  1. Say thank you     ✗ thank
  2. Leave it at that  ✓ no-excuse
",
        )
        .code(1)
        .check();
}

#[test]
fn json_offers_no_edits_for_decoded_text() {
    let mail = format!("{HEAD}{BASE64}");
    let run = check(&["--output-format", "json", "letter.eml", "plain.eml"])
        .file("letter.eml", mail.as_bytes())
        .file("plain.eml", format!("{HEAD}\nDear Ann,\n\nI cannot come on Friday.\n\nBo\n").as_bytes());
    let (stdout, stderr, code) = run.output();
    assert_eq!((stderr.as_str(), code), ("", 1));
    let found: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    let told = |at: usize| {
        let letter = &found["letters"][at];
        let finding = &letter["packs"][0]["findings"][0];
        (letter["extracted"].clone(), finding["line"].clone(), finding["edits"].as_array().unwrap().len())
    };
    assert_eq!(told(0), (true.into(), 7.into(), 0));
    assert_eq!(told(1), (false.into(), 8.into(), 1));
}

#[test]
fn each_mail_of_an_archive_is_a_letter() {
    let from = "From bo@b.example Mon May  4 10:12:00 2026\n";
    let polite = "\nDear Ann,\n\nThank you for asking, but I cannot come on Friday.\n\nBo\n\n";
    let rude = "\nDear Ann,\n\n>From now on I eat at home.\nI cannot come on Friday.\n\nBo\n";
    check(&["--output-format", "concise", "all.mbox"])
        .file("all.mbox", format!("{from}{HEAD}{polite}{from}{HEAD}{rude}{from}{HEAD}").as_bytes())
        .stdout("all.mbox:22:1: warning[thank] does not thank anybody\n")
        .code(1)
        .check();
}

#[test]
fn a_mail_is_known_by_its_headers() {
    check(&["--output-format", "concise", "-"])
        .stdin(format!("{HEAD}\nDear Ann,\n\nI cannot come on Friday.\n\nBo\n"))
        .stdout("<stdin>:8:1: warning[thank] does not thank anybody\n")
        .code(1)
        .check();
}

#[test]
fn hostile_mails_are_no_letters() {
    let deep = "Content-Type: multipart/mixed; boundary=b\n\n--b\n".repeat(10_000);
    let fields = "X-A: b\n".repeat(200_000);
    check(&["--output-format", "concise", "deep.eml", "fields.eml", "empty.eml", "empty.mbox", "nul.eml"])
        .file("deep.eml", deep.as_bytes())
        .file("fields.eml", fields.as_bytes())
        .file("empty.eml", b"")
        .file("empty.mbox", b"\n")
        .file("nul.eml", b"Subject: \0\n\n\0\xff\r\r\n")
        .check();
}
