use super::run::{POLITE, RUDE, Run};
use serde_json::Value;
use std::fs;

/// Breaks both rules of the pack: it does not thank, and it says why.
const BOTH: &str = "Dear Ann,\n\nI cannot come because it rains.\n\nBo\n";

/// What the rule against excuses finds in it: `printf 'no-excuse\0cannot come because\0' | sha256sum`.
const EXCUSE: &str = "e9184db8518bc48e";

const HEAD: &str = "# What demur finds in the letters here and somebody has accepted, with the reason.\n";

/// A folder with a configuration and a letter that breaks both rules.
fn run(args: &[&str]) -> Run {
    Run::new(args)
        .env("SOURCE_DATE_EPOCH", "1777800000") // 2026-05-03
        .file("demur.yaml", b"packs: [dinner.yaml]\nrules: {no-excuse: warning}\n")
        .file("letter.txt", BOTH.as_bytes())
}

fn check(args: &[&str]) -> Run {
    run(&[&["check", "--output-format", "concise"], args].concat())
}

const THANK: &str = "letter.txt:3:1: warning[thank] does not thank anybody\n";
const SAYS_WHY: &str = "letter.txt:3:3: warning[no-excuse] says why\n";

#[test]
fn what_is_accepted_is_neither_reported_nor_counted() {
    let excuse = format!("- {{file: letter.txt, rule: no-excuse, passage: {EXCUSE}, because: Ann asked why}}\n");
    let thank = "- {file: letter.txt, rule: thank, because: she knows}\n";
    check(&["letter.txt"]).stdout(&format!("{THANK}{SAYS_WHY}")).code(1).check();
    check(&["letter.txt"]).file("demur-accepted.yaml", excuse.as_bytes()).stdout(THANK).code(1).check();
    check(&["letter.txt"]).file(".demur-accepted.yaml", format!("{excuse}{thank}").as_bytes()).check();
    run(&["check", "letter.txt"])
        .file("demur-accepted.yaml", format!("{excuse}{thank}").as_bytes())
        .stdout(
            "letter.txt: a refusal, 0 rules followed, 2 accepted\n  1. Say thank you     ~ thank\n  \
             2. Leave it at that  ~ no-excuse\n",
        )
        .check();
}

#[test]
fn an_entry_follows_its_passage_and_ends_with_its_words() {
    let entry = format!("- {{file: letter.txt, rule: no-excuse, passage: {EXCUSE}, because: so}}\n");
    let check = |letter: &str| {
        check(&["--only", "no-excuse", "letter.txt"])
            .file("demur-accepted.yaml", entry.as_bytes())
            .file("letter.txt", letter.as_bytes())
    };
    check("Dear Ann,\n\nHow are you?\n\nI am sorry that I CANNOT\ncome, because it rains.\n\nBo\n").check();
    check(&BOTH.replace("\n\nBo", " We cannot come because it snows.\n\nBo")).check();
    check(&BOTH.replace("cannot come", "cannot be there")).stdout(SAYS_WHY).code(1).check();
}

#[test]
fn the_nearest_file_holds_and_paths_start_from_its_folder() {
    let entry = |file: &str| format!("- {{file: {file}, rule: thank, because: so}}\n");
    let check = |list: &str, file: &str| {
        check(&["--only", "thank", "in/deep/a.txt"])
            .file("in/deep/a.txt", RUDE.as_bytes())
            .file(list, entry(file).as_bytes())
    };
    let found = "in/deep/a.txt:3:1: warning[thank] does not thank anybody\n";
    check("demur-accepted.yaml", "in/deep/a.txt").check();
    check("in/demur-accepted.yaml", "deep/a.txt").check();
    check("in/demur-accepted.yaml", "deep/../deep/./a.txt").check();
    check("in/demur-accepted.yaml", "a.txt").stdout(found).code(1).check();
    check("in/demur-accepted.yaml", "deep/a.txt")
        .file("in/deep/demur-accepted.yaml", entry("b.txt").as_bytes())
        .stdout(found)
        .code(1)
        .check();
    check("demur-accepted.yaml", "in/deep/a.txt").file("in/.git/HEAD", b"").stdout(found).code(1).check();
    check("demur-accepted.yaml", "in/deep/a.txt")
        .file("in/demur.yaml", b"packs: [../dinner.yaml]\nroot: true\n")
        .stdout(found)
        .code(1)
        .check();
    check("demur-accepted.yaml", "in/deep/a.txt")
        .file(".demur-accepted.yaml", b"")
        .stderr("error: `demur-accepted.yaml` and `.demur-accepted.yaml` are both there; keep one of them\n")
        .code(2)
        .check();
}

#[test]
fn a_file_can_be_named_or_left_out() {
    let list = b"- {file: ../letter.txt, rule: thank, because: so}\n";
    let check = |args: &[&str]| {
        check(&[&["--only", "thank", "letter.txt"], args].concat())
            .file("lists/a.yaml", list)
            .file("demur-accepted.yaml", b"- nonsense\n")
    };
    check(&["--accepted", "lists/a.yaml"]).check();
    check(&["--no-accepted"]).stdout(THANK).code(1).check();
    let named = b"packs: [dinner.yaml]\naccepted: lists/a.yaml\n";
    check(&[]).file("demur.yaml", named).check();
    check(&["--accepted", "gone.yaml"])
        .stderr("error: `gone.yaml` does not exist; name a file of accepted findings, or give `--no-accepted` to do without one\n")
        .code(2)
        .check();
    check(&[])
        .file("demur.yaml", b"packs: [dinner.yaml]\naccepted: gone.yaml\n")
        .stderr(
            "\
error[unreadable]: `gone.yaml` does not exist
 --> demur.yaml:2:11
  |
2 | accepted: gone.yaml
  |           ^^^^^^^^^

error: `demur.yaml` has 1 mistake; mend it and try again
",
        )
        .code(2)
        .check();
}

#[test]
fn mistakes_are_shown_at_their_places() {
    check(&["letter.txt"])
        .file(
            "demur-accepted.yaml",
            b"- {file: letter.txt, rule: thanks}\n- {file: a, rule: thank, because: so, unitl: x, passage: 12}\n",
        )
        .stderr(
            "\
error[missing-key]: `because` is missing
 --> demur-accepted.yaml:1:4
  |
1 | - {file: letter.txt, rule: thanks}
  |    ^^^^

error[unknown-key]: unknown key `unitl`
 --> demur-accepted.yaml:2:39
  |
2 | - {file: a, rule: thank, because: so, unitl: x, passage: 12}
  |                                       ^^^^^
  |
  = help: did you mean `until`? The keys here are `file`, `letter`, `rule`, `passage`, `because`,
          `until` and `words`

error[wrong-shape]: expected 16 hexadecimal digits in lower case, as `demur accept` writes them
 --> demur-accepted.yaml:2:58
  |
2 | - {file: a, rule: thank, because: so, unitl: x, passage: 12}
  |                                                          ^^

error: `demur-accepted.yaml` has 3 mistakes; mend them and try again
",
        )
        .code(2)
        .check();
    check(&["letter.txt"])
        .file("demur-accepted.yaml", b"- {file: letter.txt, rule: thanks, because: so}\n")
        .stderr(
            "\
error[unknown-name]: unknown rule `thanks`
 --> demur-accepted.yaml:1:28
  |
1 | - {file: letter.txt, rule: thanks, because: so}
  |                            ^^^^^^
  |
  = help: did you mean `thank`?

error: `demur-accepted.yaml` has 1 mistake; mend it and try again
",
        )
        .code(2)
        .check();
}

/// A rule of a pack that only other letters are held against is none of this run's business.
#[test]
fn rules_of_the_packs_of_other_letters_are_known() {
    check(&["letter.txt", "--ignore", "thank", "--ignore", "no-excuse"])
        .file("demur-accepted.yaml", b"- {file: offers/a.txt, rule: apologize, because: so}\n")
        .file("offers/demur.yaml", b"packs: [decline-offer]\n")
        .check();
    // What a flag says of this run's packs changes nothing in what the file may say.
    check(&["letter.txt", "--pack", "decline-offer"])
        .file("demur-accepted.yaml", b"- {file: letter.txt, rule: thank, because: so}\n")
        .file("letter.txt", b"Hello.\n")
        .stdout("demur-accepted.yaml:1:28: warning[accepted-unused] `thank` finds no such passage in `letter.txt`\n")
        .code(1)
        .check();
}

#[test]
fn an_entry_that_is_over_or_of_no_use_is_told() {
    let check = |list: &str, args: &[&str]| {
        check(args).file("demur-accepted.yaml", list.as_bytes()).file("polite.txt", POLITE.as_bytes())
    };
    let over = "- {file: letter.txt, rule: thank, because: so, until: 2026-05-02}\n";
    let message = "demur-accepted.yaml:1:55: warning[accepted-expired] what `thank` finds is no longer accepted: the last day is over\n";
    check(over, &["--ignore", "no-excuse", "letter.txt"]).stdout(&format!("{THANK}{message}")).code(1).check();
    check(over, &["polite.txt"]).check();
    check(&over.replace("-02", "-03"), &["--ignore", "no-excuse", "letter.txt"]).check();

    let unused = "- {file: polite.txt, rule: thank, because: so}\n";
    let message = "demur-accepted.yaml:1:28: warning[accepted-unused] `thank` finds no such passage in `polite.txt`\n";
    check(unused, &["polite.txt"]).stdout(message).code(1).check();
    check(unused, &["--ignore", "thank", "polite.txt"]).check();
    check(unused, &["--ignore", "accepted-unused", "polite.txt"]).check();
    check(unused, &["--only", "no-excuse", "polite.txt"]).check();
    check(unused, &["--no-accepted", "polite.txt"]).check();

    let gone = "- {file: in/gone.txt, rule: thank, because: so}\n";
    let message =
        "demur-accepted.yaml:1:10: warning[accepted-unused] `in/gone.txt` is gone, so nothing in it is accepted\n";
    check(gone, &["polite.txt"]).check();
    check(gone, &["polite.txt", "in"]).file("in/a.txt", POLITE.as_bytes()).stdout(message).code(1).check();

    let config = b"packs: [dinner.yaml]\nrules: {accepted-unused: note}\n";
    check(unused, &["polite.txt"]).file("demur.yaml", config).stdout(&message_of_note()).check();
}

fn message_of_note() -> String {
    "demur-accepted.yaml:1:28: note[accepted-unused] `thank` finds no such passage in `polite.txt`\n".to_owned()
}

#[test]
fn a_letter_is_told_by_its_number_where_its_file_holds_several() {
    let mails =
        "From a Thu Jan  1 00:00:00 2026\nSubject: x\n\nDear Ann,\n\nI cannot come on Friday.\n\nBo\n\n".repeat(2);
    let check = |entry: &str| {
        check(&["mails.mbox"]).file("mails.mbox", mails.as_bytes()).file("demur-accepted.yaml", entry.as_bytes())
    };
    let found = |line: u32| format!("mails.mbox:{line}:1: warning[thank] does not thank anybody\n");
    check("").stdout(&format!("{}{}", found(6), found(15))).code(1).check();
    check("- {file: mails.mbox, letter: 2, rule: thank, because: so}").stdout(&found(6)).code(1).check();
    check("- {file: mails.mbox, rule: thank, because: so}").check();
}

#[test]
fn summaries_count_what_is_accepted() {
    let list = format!("- {{file: letter.txt, rule: no-excuse, passage: {EXCUSE}, because: so}}\n");
    run(&["check", "--quiet", "--output-format", "human", "letter.txt", "polite.txt", "--ignore", "thank"])
        .file("demur-accepted.yaml", list.as_bytes())
        .file("polite.txt", POLITE.as_bytes())
        .check();
    run(&["check", "letter.txt", "polite.txt", "--ignore", "thank"])
        .file("demur-accepted.yaml", list.as_bytes())
        .file("polite.txt", POLITE.as_bytes())
        .stdout("checked 2 letters\n     2  a refusal\nnothing else found, 1 accepted\n")
        .check();
    let (stdout, _, code) =
        run(&["check", "--output-format", "json", "letter.txt"]).file("demur-accepted.yaml", list.as_bytes()).output();
    let report: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!((code, &report["summary"]["accepted"]), (1, &Value::from(1)));
    let checklist = &report["letters"][0]["packs"][0]["checklist"];
    assert_eq!((&checklist[0]["outcome"], &checklist[1]["outcome"]), (&"unmet".into(), &"accepted".into()));
    assert_eq!(report["letters"][0]["packs"][0]["findings"].as_array().map(Vec::len), Some(1));
}

#[test]
fn sarif_tells_what_is_accepted_and_why() {
    let list = format!("- {{file: letter.txt, rule: no-excuse, passage: {EXCUSE}, because: Ann asked}}\n");
    let run = run(&["check", "--output-format", "sarif", "letter.txt"]).file("demur-accepted.yaml", list.as_bytes());
    let (stdout, _, _) = run.output();
    let log: Value = serde_json::from_str(&stdout).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let told: Vec<_> = results.iter().map(|result| (&result["ruleId"], result["suppressions"].to_string())).collect();
    let external = "[{\"justification\":\"Ann asked\",\"kind\":\"external\"}]".to_owned();
    assert_eq!(told, [(&"thank".into(), "[]".to_owned()), (&"no-excuse".into(), external)]);
}

#[test]
fn a_fix_leaves_what_is_accepted_alone() {
    #[track_caller]
    fn check(entry: &str, letter: &str, mended: &str) {
        let run = run(&["check", "--unsafe-fixes", "--quiet", "letter.txt"])
            .file("letter.txt", letter.as_bytes())
            .file("demur-accepted.yaml", entry.as_bytes());
        let (stdout, stderr, code) = run.output();
        assert_eq!((stdout.as_str(), stderr.as_str(), code), ("", "", 0));
        assert_eq!(fs::read_to_string(run.path().join("letter.txt")).unwrap(), mended);
    }
    check("- {file: letter.txt, rule: thank, because: so}\n", RUDE, RUDE);
    let entry = format!("- {{file: letter.txt, rule: no-excuse, passage: {EXCUSE}, because: so}}\n");
    check(&entry, BOTH, &BOTH.replace("I cannot", "Thank you for asking. I cannot"));
}

/// Runs `demur accept` and looks at the file of accepted findings then.
#[track_caller]
fn check_accept(run: Run, stdout: &str, list: &str) {
    let (said, stderr, code) = run.output();
    assert_eq!((said.as_str(), stderr.as_str(), code), (stdout, "", 0));
    assert_eq!(fs::read_to_string(run.path().join("demur-accepted.yaml")).unwrap(), list);
    let mut names: Vec<_> = fs::read_dir(run.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["demur-accepted.yaml", "demur.yaml", "dinner.yaml", "letter.txt"]);
}

#[test]
fn a_finding_is_accepted_by_its_place_and_rule() {
    let excuse = |because: &str| {
        format!(
            "- {{file: letter.txt, rule: no-excuse, passage: {EXCUSE}, because: {because}, words: \"cannot come because\"}}\n"
        )
    };
    let said = "letter.txt:3:3: accepted no-excuse\nwrote demur-accepted.yaml\n";
    let accept = |args: &[&str]| run(&[&["accept"], args].concat());
    check_accept(
        accept(&["letter.txt:3", "no-excuse", "--because", "it \"is\" so"]),
        said,
        &format!("{HEAD}{}", excuse("\"it \\\"is\\\" so\"")),
    );
    let old = "# ours\n- {file: letter.txt,   rule: thank, because: so} # why";
    check_accept(
        accept(&["letter.txt", "no-excuse", "--because", "so", "--until", "2026-05-03"])
            .file("demur-accepted.yaml", old.as_bytes()),
        said,
        &format!("{old}\n{}", excuse("\"so\", until: 2026-05-03")),
    );
    check_accept(
        accept(&["letter.txt", "no-excuse", "--because", "so"])
            .file("letter.txt", BOTH.replace("\n\nBo", " We cannot come because it snows.\n\nBo").as_bytes()),
        "letter.txt:3:3: accepted no-excuse\nletter.txt:3:36: accepted no-excuse\nwrote demur-accepted.yaml\n",
        &format!("{HEAD}{}", excuse("\"so\"")),
    );
}

#[test]
fn what_cannot_be_accepted_is_refused() {
    #[track_caller]
    fn check(args: &[&str], list: &str, error: &str) {
        let args = [&["accept"], args].concat();
        let run = run(&args).file("demur-accepted.yaml", list.as_bytes());
        let (stdout, stderr, code) = run.output();
        assert_eq!((stdout.as_str(), stderr.as_str(), code), ("", format!("error: {error}\n").as_str(), 2));
        assert_eq!(fs::read_to_string(run.path().join("demur-accepted.yaml")).unwrap(), list);
    }
    let nothing = "`no-excuse` finds nothing on line 1 of `letter.txt`; it does on line 3";
    check(&["letter.txt:1", "no-excuse", "--because", "so"], "", nothing);
    check(&["letter.txt", "excuse", "--because", "so"], "", "unknown rule `excuse`; did you mean `no-excuse`?");
    let reason = "nothing is accepted without a reason; give one, e.g. `--because \"the employer asked for it\"`";
    check(&["letter.txt", "thank", "--because", " "], "", reason);
    let over = "`2026-05-02` is over; give a day to come, or leave `--until` out";
    check(&["letter.txt", "thank", "--because", "so", "--until", "2026-05-02"], "", over);
    let day = "`soon` is not a date; write it as year-month-day, e.g. `2026-05-03`";
    check(&["letter.txt", "thank", "--because", "so", "--until", "soon"], "", day);
    let list = "- {file: letter.txt, rule: thank, because: so}\n";
    let already = "what `thank` finds in `letter.txt` is accepted already; `--no-accepted` shows it";
    check(&["letter.txt", "thank", "--because", "so"], list, already);
    let form = "`demur-accepted.yaml` has another form than a list with a `- ` before each entry; write it so, and entries can be added";
    check(&["letter.txt", "thank", "--because", "so"], "[]\n", form);
    check(
        &["-", "thank", "--because", "so"],
        "",
        "what comes from standard input has no name to accept it by; name its file",
    );
    let gone = "`gone.txt:3` does not exist; check the spelling, or give `-` for standard input";
    check(&["gone.txt:3", "thank", "--because", "so"], "", gone.replace(":3", "").as_str());
}

#[test]
fn a_baseline_accepts_all_that_is_there() {
    let excuse = format!(
        "- {{file: letter.txt, rule: no-excuse, passage: {EXCUSE}, because: \"baseline of 2026-05-03\", words: \"cannot come because\"}}\n"
    );
    let thank = "- {file: letter.txt, rule: thank, because: \"baseline of 2026-05-03\"}\n";
    let own = "# ours\n- {file: letter.txt, rule: thank, because: she knows}\n";
    let baseline = || run(&["check", "--write-baseline", "."]);
    let wrote = |count: &str| format!("wrote demur-accepted.yaml: {count} for what is found now\n");
    let whole = format!("{HEAD}{excuse}{thank}");
    check_accept(baseline(), &wrote("2 entries"), &whole);
    check_accept(baseline().file("demur-accepted.yaml", whole.as_bytes()), &wrote("2 entries"), &whole);
    check_accept(baseline().file("demur-accepted.yaml", own.as_bytes()), &wrote("1 entry"), &format!("{own}{excuse}"));
    // What is no longer found goes; what is found again keeps its day.
    let old = "- {file: gone.txt, rule: thank, because: baseline of 2025-01-01}\n- {file: letter.txt, rule: thank, because: baseline of 2025-01-01}\n# end\n";
    check_accept(
        baseline().file("demur-accepted.yaml", old.as_bytes()),
        &wrote("2 entries"),
        &format!("{excuse}{}# end\n", thank.replace("2026-05-03", "2025-01-01")),
    );
    let (stdout, _, code) = run(&["check", "--write-baseline", "--fix", "."]).output();
    assert_eq!((stdout.as_str(), code), ("", 2));
}

#[test]
fn a_template_can_say_itself_what_is_accepted() {
    let comment = "<!-- demur: allow no-excuse because the form asks why -->";
    let letter = |comment: &str| {
        format!("Dear Ann,\n\nThank you for asking.\n\n{comment}\nI cannot come because it rains.\n\nBo\n")
    };
    let check = |name: &str, comment: &str| check(&[name]).file(name, letter(comment).as_bytes());
    check("letter.md", comment).check();
    check("letter.md", comment)
        .file(
            "demur-accepted.yaml",
            format!("- {{file: letter.md, rule: no-excuse, passage: {EXCUSE}, because: so}}").as_bytes(),
        )
        .stdout("letter.md:5:19: warning[accepted-unused] `no-excuse` finds nothing in the paragraph below\n")
        .code(1)
        .check();
    let page =
        format!("<p>Dear Ann,</p><p>Thank you for asking.</p>{comment}<p>I cannot come because it rains.</p><p>Bo</p>");
    check("letter.html", "").file("letter.html", page.as_bytes()).check();
    // Here the comment is a sentence of the letter, and the first to say why.
    check("letter.txt", comment).stdout("letter.txt:5:29: warning[no-excuse] says why\n").code(1).check();
    let found = "letter.md:6:3: warning[no-excuse] says why\n";
    check("letter.md", "<!-- demur: allow no-excuse -->")
        .stdout(&format!("letter.md:5:19: warning[accepted-comment] accepts `no-excuse` without a reason\n{found}"))
        .code(1)
        .check();
    check("letter.md", "<!-- demur: allow no-excuses because so -->")
        .stdout(&format!("letter.md:5:19: warning[accepted-comment] unknown rule `no-excuses`\n{found}"))
        .code(1)
        .check();
    let (stdout, _, _) =
        run(&["check", "--output-format", "sarif", "letter.md"]).file("letter.md", letter(comment).as_bytes()).output();
    let log: Value = serde_json::from_str(&stdout).unwrap();
    let suppression = &log["runs"][0]["results"][0]["suppressions"][0];
    assert_eq!(
        (&suppression["kind"], &suppression["justification"]),
        (&"inSource".into(), &"the form asks why".into())
    );
    run(&["check", "--output-format", "concise", "--no-accepted", "letter.md"])
        .file("letter.md", letter(comment).as_bytes())
        .stdout(found)
        .code(1)
        .check();
}
