use super::run::{POLITE, RUDE, Run, command};
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

const MENDED: &str = "Dear Ann,\n\nThank you for asking. I cannot come on Friday.\n\nBo\n";

fn check(args: &[&str]) -> Run {
    Run::new(&[&["check", "--pack", "dinner.yaml"], args].concat())
}

/// Runs the command and looks at what is in the file then.
#[track_caller]
fn check_file(run: &Run, name: &str, expected: &str, code: i32, stderr: &str) {
    let (_, said, exit) = run.output();
    let found = fs::read_to_string(run.path().join(name)).unwrap();
    assert_eq!((found.as_str(), said.as_str(), exit), (expected, stderr, code));
}

#[test]
fn a_file_is_mended_and_then_reported_on() {
    let run = check(&["--unsafe-fixes", "letter.txt"]).file("letter.txt", RUDE.as_bytes());
    check_file(&run, "letter.txt", MENDED, 0, "note: 1 finding was mended\n");
    check_file(&run, "letter.txt", MENDED, 0, "note: 0 findings were mended\n");
}

#[test]
fn what_adds_a_sentence_is_not_done_unasked() {
    let run = check(&["--fix", "letter.txt"]).file("letter.txt", RUDE.as_bytes());
    check_file(&run, "letter.txt", RUDE, 1, "note: 0 findings were mended\n");
}

#[test]
fn a_diff_changes_nothing_and_fails_when_there_is_one() {
    check(&["--diff", "--unsafe-fixes", "letter.txt"])
        .file("letter.txt", RUDE.as_bytes())
        .stdout(
            "\
--- letter.txt
+++ letter.txt
@@ -1,5 +1,5 @@
 Dear Ann,
 
-I cannot come on Friday.
+Thank you for asking. I cannot come on Friday.
 
 Bo
",
        )
        .code(1)
        .check();
    check(&["--diff", "--unsafe-fixes", "letter.txt"]).file("letter.txt", POLITE.as_bytes()).check();
    let run = check(&["--diff", "--unsafe-fixes", "letter.txt"]).file("letter.txt", RUDE.as_bytes());
    check_file(&run, "letter.txt", RUDE, 1, "");
}

#[test]
fn a_diff_can_be_given_to_patch() {
    let run = check(&["--diff", "--unsafe-fixes", "letter.txt"]).file("letter.txt", RUDE.as_bytes());
    fs::write(run.path().join("change.patch"), run.output().0).unwrap();
    let patch =
        std::process::Command::new("patch").args(["-s", "-p0", "-i", "change.patch"]).current_dir(run.path()).status();
    let Ok(status) = patch else {
        eprintln!("skipped: `patch` is not installed");
        return;
    };
    assert!(status.success());
    assert_eq!(fs::read_to_string(run.path().join("letter.txt")).unwrap(), MENDED);
}

#[test]
fn standard_input_goes_to_standard_output_and_the_report_beside_it() {
    let (stdout, stderr, code) = check(&["--unsafe-fixes", "--quiet", "-"]).stdin(RUDE).output();
    assert_eq!((stdout.as_str(), stderr.as_str(), code), (MENDED, "", 0));
    let (stdout, stderr, code) = check(&["--fix", "--output-format", "concise", "-"]).stdin(RUDE).output();
    assert_eq!(stdout, RUDE);
    assert_eq!(stderr, "<stdin>:3:1: warning[thank] does not thank anybody\nnote: 0 findings were mended\n");
    assert_eq!(code, 1);
}

#[test]
fn bytes_outside_of_the_edits_stay() {
    let run = check(&["--unsafe-fixes", "--quiet", "letter.txt"]);
    let run = run.file("letter.txt", b"\xef\xbb\xbfDear Ann,\r\n\r\nI cannot come,  on\tFriday.  \r\n\r\nBo");
    run.output();
    let found = fs::read(run.path().join("letter.txt")).unwrap();
    let expected = b"\xef\xbb\xbfDear Ann,\r\n\r\nThank you for asking. I cannot come,  on\tFriday.  \r\n\r\nBo";
    assert_eq!(String::from_utf8_lossy(&found), String::from_utf8_lossy(expected));
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn the_mode_of_a_file_stays() {
        let run = check(&["--unsafe-fixes", "--quiet", "letter.txt"]).file("letter.txt", RUDE.as_bytes());
        let path = run.path().join("letter.txt");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        check_file(&run, "letter.txt", MENDED, 0, "");
        assert_eq!(mode(&path), 0o640);
    }

    #[test]
    fn a_read_only_file_is_left_alone() {
        let run = check(&["--unsafe-fixes", "--quiet", "letter.txt"]).file("letter.txt", RUDE.as_bytes());
        fs::set_permissions(run.path().join("letter.txt"), fs::Permissions::from_mode(0o444)).unwrap();
        let message = "error: `letter.txt` is read-only and was left as it was; allow writing to it, or use --diff\n";
        check_file(&run, "letter.txt", RUDE, 2, message);
    }

    #[test]
    fn a_file_with_two_names_is_left_alone() {
        let run = check(&["--unsafe-fixes", "--quiet", "letter.txt"]).file("letter.txt", RUDE.as_bytes());
        fs::hard_link(run.path().join("letter.txt"), run.path().join("other.txt")).unwrap();
        let message =
            "error: `letter.txt` has other names (hard links) and was left as it was; use --diff and `patch`\n";
        check_file(&run, "letter.txt", RUDE, 2, message);
    }

    #[test]
    fn behind_a_symbolic_link_the_file_is_mended_and_the_link_stays() {
        let run = check(&["--unsafe-fixes", "--quiet", "link.txt"]).file("kept/letter.txt", RUDE.as_bytes());
        symlink("kept/letter.txt", run.path().join("link.txt")).unwrap();
        check_file(&run, "kept/letter.txt", MENDED, 0, "");
        assert!(fs::symlink_metadata(run.path().join("link.txt")).unwrap().file_type().is_symlink());
    }

    #[test]
    fn nothing_is_left_in_the_folder_and_an_untouched_file_is_not_written() {
        let run =
            check(&["--unsafe-fixes", "--quiet", "."]).file("a.txt", RUDE.as_bytes()).file("b.txt", POLITE.as_bytes());
        let before = fs::metadata(run.path().join("b.txt")).unwrap().ino();
        run.output();
        let mut names: Vec<String> =
            fs::read_dir(run.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        assert_eq!(names, ["a.txt", "b.txt", "dinner.yaml"]);
        assert_eq!(fs::metadata(run.path().join("b.txt")).unwrap().ino(), before);
    }

    /// Kills a run over a folder at many moments. `DEMUR_KILLS` sets how many.
    #[test]
    fn a_killed_run_damages_no_file() {
        let kills: u32 = std::env::var("DEMUR_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(25);
        let mut mended = 0;
        for round in 0..kills {
            let mut run = check(&["--unsafe-fixes", "--quiet", "letters"]);
            for number in 0..60 {
                run = run.file(&format!("letters/{number}.txt"), RUDE.as_bytes());
            }
            let mut child = command(&run.path())
                .args(["check", "--pack", "dinner.yaml", "--unsafe-fixes", "letters"])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            std::thread::sleep(Duration::from_micros(u64::from(round) * 40_000 / u64::from(kills)));
            let _ = child.kill();
            child.wait().unwrap();
            for number in 0..60 {
                let text = fs::read_to_string(run.path().join(format!("letters/{number}.txt"))).unwrap();
                assert!(text == RUDE || text == MENDED, "{text:?}");
                mended += usize::from(text == MENDED);
            }
        }
        eprintln!("{kills} runs killed, {mended} of {} files were mended by then", kills * 60);
    }
}
