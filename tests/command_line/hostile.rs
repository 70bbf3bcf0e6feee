//! Letters and folders made to break the program. Each test is named after its attack; each answer is said to the byte.

use super::run::{RUDE, Run};
use std::io::Write;
use zip::write::SimpleFileOptions;

const CONCISE: [&str; 5] = ["check", "--pack", "dinner.yaml", "--output-format", "concise"];

fn concise(args: &[&str]) -> Run {
    Run::new(&[&CONCISE, args].concat())
}

/// Checks a hostile file beside an honest one, on which the run must go on.
#[track_caller]
fn check(name: &str, bytes: &[u8], stdout: &str, stderr: &str) {
    let honest = "honest.txt:3:1: warning[thank] does not thank anybody\n";
    concise(&[name, "honest.txt"])
        .file(name, bytes)
        .file("honest.txt", RUDE.as_bytes())
        .stdout(&format!("{stdout}{honest}"))
        .stderr(stderr)
        .code(if stderr.starts_with("error") { 2 } else { 1 })
        .check();
}

/// A letter that turns a dinner down, with `text` in it; what is found is where it is without it.
#[track_caller]
fn check_within(name: &str, text: &str) {
    let letter = format!("Dear Ann,\n\nI cannot come on Friday.\n\n{text}\n\nBo\n");
    let found = format!("{name}:3:1: warning[thank] does not thank anybody\n");
    check(name, letter.as_bytes(), &found, "");
}

#[test]
fn no_bytes_at_all() {
    for name in ["a.txt", "a.md", "a.html", "a.eml", "a.mbox", "a.j2"] {
        check(name, b"", "", "");
    }
    let damaged = "is no document that can be opened; save it again in the program that it is from";
    check("a.docx", b"", "", &format!("error: `a.docx` {damaged}\n"));
    check("a.odt", b"", "", &format!("error: `a.odt` {damaged}\n"));
}

#[test]
fn nul_bytes() {
    let said = "error: `a.txt` is not text; save the letter as plain text or Markdown\n";
    check("a.txt", b"Dear Ann,\0\n", "", said);
    check("a.txt", &[0; 100_000], "", said);
    check("a.html", b"<p>\0</p>", "", "error: `a.html` is not text; save the letter as plain text or Markdown\n");
}

#[test]
fn invalid_utf_8() {
    let letter = b"Dear Ann,\n\nI cannot come.\xff\xfe\xc0\x80\xed\xa0\x80\xf8 Sorry.\n\nBo\n";
    let found = "a.txt:3:1: warning[thank] does not thank anybody\n";
    check("a.txt", letter, found, "note: `a.txt` is not UTF-8; it was read as Windows-1252\n");
}

#[test]
fn lone_surrogates_in_utf_16() {
    let mut bytes = b"\xff\xfe".to_vec();
    bytes.extend("Dear Ann,\n\nI cannot come".encode_utf16().flat_map(u16::to_le_bytes));
    bytes.extend([0x00, 0xd8, 0x00, 0xdc, 0x00, 0xd8]); // a pair, then half of one
    bytes.extend(". Sorry.\n\nBo\n".encode_utf16().flat_map(u16::to_le_bytes));
    bytes.push(0xd8);
    check("a.txt", &bytes, "a.txt:3:1: warning[thank] does not thank anybody\n", "");
}

#[test]
fn a_line_of_ten_megabytes() {
    check_within("a.txt", &"a".repeat(10_000_000));
}

#[test]
fn a_million_quotation_marks() {
    check_within("a.txt", &"> ".repeat(1_000_000));
    check_within("a.md", &"> ".repeat(1_000_000));
}

#[test]
fn a_hundred_thousand_paragraphs() {
    check_within("a.txt", &"It is.\n\n".repeat(100_000));
}

#[test]
fn combining_marks_by_the_thousand() {
    check_within("a.txt", &format!("e{}", "\u{301}".repeat(50_000)));
}

#[test]
fn text_from_right_to_left() {
    check_within("a.txt", &"\u{5d0}\u{5d1} \u{202e}\u{5d2}.\u{202c} ".repeat(2_000));
}

#[test]
fn only_placeholders() {
    check("a.txt", "{{name}} [date] <<company>> ".repeat(2_000).as_bytes(), "", "");
    check("a.j2", "{{ ".repeat(20_000).as_bytes(), "", "");
    check("a.hbs", "{{#if a}}".repeat(5_000).as_bytes(), "", "");
}

#[test]
fn elements_that_never_end() {
    check_within("a.html", &"<div>".repeat(100_000));
    check_within("a.html", &format!("<p a=\"{}\">", "x".repeat(1_000_000)));
    check_within("a.html", &format!("<p {}>", "a=b ".repeat(50_000)));
    check_within("a.html", &"<!-- ".repeat(50_000));
    check_within("a.md", &"[a](".repeat(10_000));
}

#[test]
fn mail_nested_a_thousand_deep() {
    let head = |at| format!("Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n");
    let nested: String = (0..1000).map(head).collect();
    check("a.eml", format!("MIME-Version: 1.0\n{nested}\nDear Ann,\n\nI cannot come.\n").as_bytes(), "", "");
    let mails = "Content-Type: message/rfc822\n\n".repeat(1000);
    check("a.eml", format!("MIME-Version: 1.0\n{mails}\nDear Ann,\n\nI cannot come.\n").as_bytes(), "", "");
}

#[test]
fn a_header_bomb() {
    let letter = "\nDear Ann,\n\nI cannot come.\n\nBo\n";
    let found = |line: usize| format!("a.eml:{line}:1: warning[thank] does not thank anybody\n");
    let many = "X-Bomb: a\n".repeat(20_000);
    check("a.eml", format!("MIME-Version: 1.0\n{many}{letter}").as_bytes(), &found(20_005), "");
    let long = format!("MIME-Version: 1.0\nTo: {}\n{letter}", "(".repeat(200_000));
    check("a.eml", long.as_bytes(), &found(6), "");
}

/// A document with these parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn word(body: &str) -> String {
    format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>")
}

#[test]
fn a_zip_bomb() {
    let xml = word(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "a".repeat(33 << 20)));
    let said = "error: `a.docx` holds more than 32 MiB of text (limit `document-text`); name a smaller document\n";
    check("a.docx", &archive(&[("word/document.xml", xml.as_bytes())]), "", said);
}

#[test]
fn a_zip_with_paths_out_of_its_folder() {
    let letter = word("<w:p><w:r><w:t>Dear Ann, I cannot come.</w:t></w:r></w:p>");
    let run = concise(&["in/a.docx"]).file(
        "in/a.docx",
        &archive(&[
            ("../evil.txt", b"x"),
            ("/tmp/demur-evil.txt", b"x"),
            ("word/../../evil.txt", b"x"),
            ("word/document.xml", letter.as_bytes()),
        ]),
    );
    let folder = run.path();
    let (stdout, stderr, code) = run.output();
    assert_eq!((stderr.as_str(), code), ("", 1), "{stdout}");
    assert!(!folder.join("evil.txt").exists() && !std::path::Path::new("/tmp/demur-evil.txt").exists());
}

#[test]
fn entities_that_expand() {
    let bomb = format!(
        "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"{}\">]>{}",
        "&a;".repeat(1_000),
        word(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "&b;".repeat(100_000)))
    );
    check("a.docx", &archive(&[("word/document.xml", bomb.as_bytes())]), "", "");
}

#[test]
fn a_document_without_its_parts_or_torn() {
    let again = "save it again in the program that it is from";
    let no_part = format!("error: `a.docx` has no `word/document.xml` in it; {again}\n");
    check("a.docx", &archive(&[("other", b"x")]), "", &no_part);
    let torn = format!("error: `a.docx` has a damaged `word/document.xml` in it; {again}\n");
    check("a.docx", &archive(&[("word/document.xml", "<w:p></w:r>".as_bytes())]), "", &torn);
    let whole = archive(&[("word/document.xml", word("<w:p/>").as_bytes())]);
    let half = format!("error: `a.docx` is no document that can be opened; {again}\n");
    check("a.docx", &whole[..whole.len() / 2], "", &half);
}

#[test]
fn spaces_by_the_thousand_million() {
    let xml = |spaces: &str| format!("<x:t xmlns:x=\"x\"><x:p>a<x:s x:c=\"{spaces}\"/>b</x:p></x:t>");
    for spaces in ["4000000000", "99999999999999999999999999", "-1"] {
        check("a.odt", &archive(&[("content.xml", xml(spaces).as_bytes())]), "", "");
    }
}

#[test]
fn a_file_larger_than_the_limit() {
    let said = "error: `a.txt` is larger than 16 MiB (limit `file-size`); demur reads letters, split it or name a smaller file\n";
    check("a.txt", &vec![b'a'; (16 << 20) + 1], "", said);
}

#[cfg(unix)]
mod files {
    use super::*;
    use std::ffi::OsStr;
    use std::fs;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Command;

    const FOUND: &str = "warning[thank] does not thank anybody\n";

    #[test]
    fn a_fifo_a_device_and_a_loop_in_a_folder() {
        let run = concise(&["letters"]).file("letters/a.txt", RUDE.as_bytes());
        let folder = run.path().join("letters");
        assert!(Command::new("mkfifo").arg(folder.join("b.txt")).status().unwrap().success());
        symlink("/dev/zero", folder.join("c.txt")).unwrap();
        symlink(".", folder.join("d")).unwrap();
        symlink("e.txt", folder.join("e.txt")).unwrap();
        run.stdout(&format!("letters/a.txt:3:1: {FOUND}")).code(1).check();
    }

    #[test]
    fn a_device_and_a_loop_that_are_named() {
        let run = concise(&["loop.txt", "zero.txt", "a.txt"]).file("a.txt", RUDE.as_bytes());
        symlink("loop.txt", run.path().join("loop.txt")).unwrap();
        symlink("/dev/zero", run.path().join("zero.txt")).unwrap();
        let (stdout, stderr, code) = run.output();
        assert_eq!((stdout.as_str(), code), (format!("a.txt:3:1: {FOUND}").as_str(), 2));
        let lines: Vec<&str> = stderr.lines().collect();
        assert_eq!(lines.len(), 2, "{stderr}");
        assert!(lines[0].starts_with("error: `loop.txt` could not be read ("), "{stderr}");
        let device =
            "error: `zero.txt` is a pipe, a device or a socket; name a file, or pipe the letter to standard input";
        assert_eq!(lines[1], device);
    }

    #[test]
    fn names_that_are_not_utf_8_or_hold_what_a_terminal_obeys() {
        let run = concise(&["letters"]);
        let folder = run.path().join("letters");
        fs::create_dir(&folder).unwrap();
        for name in
            [&b"\xff\xfe.txt"[..], b"-rf.txt", b"a\nerror: b.txt", b"\x1b[2J\x07.txt", "\u{202e}txt.exe.txt".as_bytes()]
        {
            fs::write(folder.join(OsStr::from_bytes(name)), RUDE).unwrap();
        }
        let names = ["\u{fffd}[2J\u{fffd}", "-rf", "a error: b", "\u{fffd}txt.exe", "\u{fffd}\u{fffd}"];
        let lines: String = names.iter().map(|name| format!("letters/{name}.txt:3:1: {FOUND}")).collect();
        run.stdout(&lines).code(1).check();
    }

    #[test]
    fn a_name_that_begins_with_a_dash() {
        concise(&["--", "-a.txt"])
            .file("-a.txt", RUDE.as_bytes())
            .stdout(&format!("-a.txt:3:1: {FOUND}"))
            .code(1)
            .check();
    }

    #[test]
    fn permission_denied() {
        let run = concise(&["a.txt", "b.txt"]).file("a.txt", RUDE.as_bytes()).file("b.txt", RUDE.as_bytes());
        fs::set_permissions(run.path().join("a.txt"), fs::Permissions::from_mode(0o0)).unwrap();
        if fs::read(run.path().join("a.txt")).is_ok() {
            eprintln!("skipped: this user may read everything");
            return;
        }
        run.stdout(&format!("b.txt:3:1: {FOUND}"))
            .stderr("error: `a.txt` may not be read by this user; ask for the permission or copy the letter\n")
            .code(2)
            .check();
    }

    #[test]
    fn a_link_to_a_file_that_has_vanished() {
        let run = concise(&["gone.txt", "a.txt"]).file("a.txt", RUDE.as_bytes());
        symlink("nowhere.txt", run.path().join("gone.txt")).unwrap();
        run.stdout(&format!("a.txt:3:1: {FOUND}"))
            .stderr("error: `gone.txt` does not exist; check the name and the folder that it is looked for in\n")
            .code(2)
            .check();
    }
}
