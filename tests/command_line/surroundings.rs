use super::run::{RUDE, Run, command};
use std::process::Stdio;

fn shows_colors(run: Run) -> bool {
    run.file("letter.txt", RUDE.as_bytes()).output().0.contains('\u{1b}')
}

#[test]
fn colors_come_when_they_are_asked_for_or_a_person_looks() {
    let args = ["check", "--pack", "dinner.yaml", "letter.txt"];
    let with = |color: &str| Run::new(&[&args[..], &["--color", color]].concat());
    assert!(!shows_colors(Run::new(&args)));
    assert!(shows_colors(with("always")));
    assert!(!shows_colors(with("never")));
    assert!(shows_colors(Run::new(&args).env("CLICOLOR_FORCE", "1")));
    assert!(!shows_colors(Run::new(&args).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1")));
    assert!(!shows_colors(Run::new(&args).env("CLICOLOR_FORCE", "0")));
    assert!(shows_colors(with("always").env("NO_COLOR", "1")));
    assert!(!shows_colors(with("never").env("CLICOLOR_FORCE", "1")));
}

#[test]
#[cfg(unix)]
fn a_closed_pipe_is_quiet() {
    let mut run = Run::new(&[]);
    for number in 0..200 {
        run = run.file(&format!("letters/{number:03}.txt"), RUDE.as_bytes());
    }
    let mut child = command(&run.path())
        .args(["check", "--pack", "dinner.yaml", "letters"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_mistyped_flag_comes_with_the_one_that_was_meant() {
    let (_, stderr, code) = Run::new(&["check", "--output-fromat", "json"]).output();
    assert_eq!(code, 2);
    assert!(stderr.contains("--output-format"), "{stderr}");
}

#[test]
fn escape_sequences_in_a_letter_do_not_reach_the_terminal() {
    let letter = "Dear Ann,\n\nI cannot come \u{1b}[31mon\u{202e} Friday.\u{7}\n\nBo\n";
    for format in ["human", "concise", "json", "github"] {
        let run = Run::new(&["check", "--pack", "dinner.yaml", "--output-format", format, "letter.txt"]);
        let (stdout, _, code) = run.file("letter.txt", letter.as_bytes()).output();
        assert_eq!(code, 1, "{format}");
        assert!(!stdout.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{format}: {stdout:?}");
    }
}
