use super::run::{POLITE, RUDE, Run};

/// Breaks both rules of the pack: it does not thank, and it says why.
const BOTH: &str = "Dear Ann,\n\nI cannot come because it rains.\n\nBo\n";

fn check(args: &[&str]) -> Run {
    Run::new(&[&["check", "--output-format", "concise"], args].concat())
}

#[test]
fn the_nearest_configuration_counts_and_no_other() {
    check(&["letters"])
        .file("demur.yaml", b"packs: [dinner.yaml]\nrules: {thank: error}\n")
        .file("letters/a.txt", BOTH.as_bytes())
        .file("letters/b/.demur.yaml", b"packs: ../../dinner.yaml\nrules: {no-excuse: off}\n")
        .file("letters/b/b.txt", BOTH.as_bytes())
        .file("letters/b/c/c.txt", BOTH.as_bytes())
        .stdout(
            "\
letters/a.txt:3:1: error[thank] does not thank anybody
letters/a.txt:3:3: note[no-excuse] says why
letters/b/b.txt:3:1: warning[thank] does not thank anybody
letters/b/c/c.txt:3:1: warning[thank] does not thank anybody
",
        )
        .code(1)
        .check();
}

#[test]
fn the_search_ends_at_a_repository() {
    check(&["letters/a.txt"])
        .file("demur.yaml", b"packs: [gone]\n")
        .file("letters/.git/HEAD", b"")
        .file("letters/a.txt", b"Dear Ann,\n\nSee you.\n\nBo\n")
        .check();
}

#[test]
fn standard_input_is_checked_as_the_file_whose_name_it_bears() {
    let run = |args: &[&str]| {
        check(args)
            .file("demur.yaml", b"packs: [dinner.yaml]\noverrides: [{files: 'drafts/', rules: {thank: note}}]\n")
            .file("in/demur.yaml", b"packs: [../dinner.yaml]\nrules: {thank: error}\n")
            .stdin(RUDE)
    };
    run(&["-"]).stdout("<stdin>:3:1: warning[thank] does not thank anybody\n").code(1).check();
    run(&["--stdin-filename", "in/new.txt"])
        .stdout("in/new.txt:3:1: error[thank] does not thank anybody\n")
        .code(1)
        .check();
    run(&["--stdin-filename", "in/../drafts/new.txt"])
        .stdout("in/../drafts/new.txt:3:1: note[thank] does not thank anybody\n")
        .check();
}

#[test]
fn a_configuration_can_be_named_or_left_out() {
    let rude = "letter.txt:3:1: error[thank] does not thank anybody\n";
    let run = |args: &[&str]| {
        check(&[args, &["letter.txt"]].concat())
            .file("demur.yaml", b"packs: [gone]\n")
            .file("other/strict.yaml", b"packs: [../dinner.yaml]\nrules: {thank: error}\n")
            .file("letter.txt", RUDE.as_bytes())
    };
    run(&["--config", "other/strict.yaml"]).stdout(rude).code(1).check();
    run(&[]).env("DEMUR_CONFIG", "other/strict.yaml").stdout(rude).code(1).check();
    let warning = "letter.txt:3:1: warning[thank] does not thank anybody\n";
    for flag in ["--no-config", "--isolated"] {
        run(&[flag, "--pack", "dinner.yaml"]).env("DEMUR_CONFIG", "gone.yaml").stdout(warning).code(1).check();
    }
    run(&["--config", "gone.yaml"])
        .stderr("error: `gone.yaml` does not exist; name a configuration, or give `--no-config` to do without one\n")
        .code(2)
        .check();
    run(&["--config", "other"])
        .stderr("error: `other` is a folder; name a configuration, or give `--no-config` to do without one\n")
        .code(2)
        .check();
}

#[test]
fn flags_beat_the_configuration() {
    let run = |args: &[&str]| {
        check(&[args, &["letter.txt"]].concat())
            .file(
                "demur.yaml",
                b"packs: [dinner.yaml]\nrules: {thank: off, no-excuse: error}\nfail-on: never\nkind: decline\n",
            )
            .file("letter.txt", BOTH.as_bytes())
    };
    let excuse = "letter.txt:3:3: error[no-excuse] says why\n";
    run(&[]).stdout(excuse).check();
    run(&["--fail-on", "error"]).stdout(excuse).code(1).check();
    run(&["--ignore", "no-excuse"]).check();
    run(&["--only", "thank"]).stdout("letter.txt:3:1: warning[thank] does not thank anybody\n").check();
    run(&["--pack", "decline-offer", "--only", "sign-it"]).check();
}

#[test]
fn a_folder_is_walked_as_its_configuration_says() {
    let files = |run: Run| {
        run.file("letters/a.txt", RUDE.as_bytes())
            .file("letters/b.letter", RUDE.as_bytes())
            .file("letters/old/c.txt", RUDE.as_bytes())
            .file("letters/d.draft.txt", RUDE.as_bytes())
    };
    let line = |name: &str| format!("letters/{name}:3:1: warning[thank] does not thank anybody\n");
    files(check(&["letters"]))
        .file("demur.yaml", b"packs: [dinner.yaml]\nexclude: [old/, '*.draft.*']\n")
        .stdout(&line("a.txt"))
        .code(1)
        .check();
    files(check(&["letters", "-v"]))
        .file("demur.yaml", b"packs: [dinner.yaml]\ninclude: ['*.letter', old/]\n")
        .stdout(&[line("b.letter"), line("old/c.txt")].concat())
        .stderr(
            "note: `letters/a.txt` was passed over: its configuration does not include it\n\
             note: `letters/d.draft.txt` was passed over: its configuration does not include it\n",
        )
        .code(1)
        .check();
    // What is named is read, unless it is asked otherwise.
    let excluding =
        |args: &[&str]| files(check(args)).file("demur.yaml", b"packs: [dinner.yaml]\nexclude: [old/, '*.draft.*']\n");
    excluding(&["letters/d.draft.txt", "letters/old"])
        .stdout(&[line("d.draft.txt"), line("old/c.txt")].concat())
        .code(1)
        .check();
    excluding(&["--force-exclude", "letters/d.draft.txt", "letters/old", "letters/old/c.txt", "letters/a.txt"])
        .stdout(&line("a.txt"))
        .code(1)
        .check();
    excluding(&["--force-exclude", "-v", "letters/old/c.txt"])
        .stderr("note: `letters/old/c.txt` was passed over: its configuration excludes it\n")
        .check();
}

#[test]
fn each_letter_has_its_own_packs_and_its_own_level_that_fails() {
    let lunch = include_str!("dinner.yaml").replace("pack: dinner", "pack: lunch").replace("says why", "makes excuses");
    let run = |fail_on: &str| {
        Run::new(&["check", "."])
            .file(
                "demur.yaml",
                format!("packs: [dinner.yaml]\nfail-on: {fail_on}\noutput-format: concise\n").as_bytes(),
            )
            .file("a.txt", RUDE.as_bytes())
            .file("lunch.yaml", lunch.as_bytes())
            .file("in/demur.yaml", b"packs: [../dinner.yaml, ../lunch.yaml]\nrules: {thank: off}\n")
            .file("in/b.txt", BOTH.as_bytes())
            .stdout(
                "\
./a.txt:3:1: warning[thank] does not thank anybody
./in/b.txt:3:3: note[no-excuse] says why
./in/b.txt:3:3: note[no-excuse] makes excuses
",
            )
    };
    run("warning").code(1).check();
    run("error").check();
}

#[test]
fn the_summary_counts_each_pack_for_its_own_letters() {
    let lunch = include_str!("dinner.yaml").replace("pack: dinner", "pack: lunch").replace("a refusal", "no to lunch");
    Run::new(&["check", "."])
        .file("demur.yaml", b"packs: [dinner.yaml]\n")
        .file("a.txt", POLITE.as_bytes())
        .file("lunch.yaml", lunch.as_bytes())
        .file("in/demur.yaml", b"packs: [../lunch.yaml]\n")
        .file("in/b.txt", POLITE.as_bytes())
        .file("in/c.txt", POLITE.as_bytes())
        .stdout(
            "\
checked 3 letters (4 other files passed over)
     1  a refusal
     2  no to lunch
nothing found
",
        )
        .check();
}

#[test]
fn rules_are_numbered_over_the_packs_of_all_letters() {
    let lunch =
        include_str!("dinner.yaml").replace("pack: dinner", "pack: lunch").replace("id: thank", "id: thanks-too");
    let (stdout, _, _) = Run::new(&["check", "--output-format", "sarif", "."])
        .file("demur.yaml", b"packs: [dinner.yaml]\n")
        .file("a.txt", RUDE.as_bytes())
        .file("lunch.yaml", lunch.as_bytes())
        .file("in/demur.yaml", b"packs: [../lunch.yaml]\n")
        .file("in/b.txt", RUDE.as_bytes())
        .output();
    let sarif: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    let run = &sarif["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 2);
    let rules = |stdout: &str| {
        let sarif: serde_json::Value = serde_json::from_str(stdout).unwrap();
        let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap().clone();
        rules.iter().map(|rule| rule["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(rules(&stdout), ["thank", "no-excuse", "thanks-too", "no-excuse"]);
    // Packs that no letter is checked with are not told.
    let (stdout, _, _) = Run::new(&["check", "--output-format", "sarif", "--pack", "lunch.yaml", "a.txt"])
        .file("demur.yaml", b"extends: base.yaml\npacks: [dinner.yaml]\n")
        .file("base.yaml", b"fail-on: note\n")
        .file("a.txt", RUDE.as_bytes())
        .file("lunch.yaml", lunch.as_bytes())
        .output();
    assert_eq!(rules(&stdout), ["thanks-too", "no-excuse"]);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    }
}

#[test]
fn a_limit_can_be_another_number() {
    let pack = include_str!("dinner.yaml").replace("forbid: excuse", "limit: {signal: excuse, at-most: 0}");
    let pack = pack.replace("message: says why", "message: \"says why {count} times, not {limit}\"");
    let twice = "Dear Ann,\n\nI cannot come because it rains. I cannot come because I am ill. Thank you.\n\nBo\n";
    let run = |limits: &str| {
        check(&["a.txt"])
            .file("dinner.yaml", pack.as_bytes())
            .file("demur.yaml", format!("packs: [dinner.yaml]\n{limits}").as_bytes())
            .file("a.txt", twice.as_bytes())
    };
    run("").stdout("a.txt:3:3: note[no-excuse] says why 2 times, not 0\n").check();
    run("limits: {no-excuse: 1}\n").stdout("a.txt:3:35: note[no-excuse] says why 2 times, not 1\n").check();
    run("limits: {no-excuse: 2}\n").check();
}

#[test]
fn every_mistake_is_shown_and_nothing_is_checked() {
    let (stdout, stderr, code) = check(&["letters", "other.txt"])
        .file("demur.yaml", b"packs: [dinner.yaml]\nrules: {thnak: off}\nfail-onn: note\n")
        .file("letters/demur.yaml", b"packs: [../dinner.yaml]\nexclude: ../x\nkind: [a]\n")
        .file("letters/a.txt", RUDE.as_bytes())
        .file("other.txt", RUDE.as_bytes())
        .output();
    assert_eq!((stdout.as_str(), code), ("", 2));
    let heads: Vec<&str> =
        stderr.lines().filter(|line| line.starts_with("error") || line.trim_start().starts_with("-->")).collect();
    assert_eq!(
        heads,
        [
            "error[dead-glob]: glob `../x` can never match: globs are matched inside the folder of this file, and `..` leaves it",
            " --> letters/demur.yaml:2:10",
            "error[wrong-shape]: expected the name of a kind of letter",
            " --> letters/demur.yaml:3:7",
            "error[unknown-name]: unknown rule `thnak`",
            " --> demur.yaml:2:9",
            "error[unknown-key]: unknown key `fail-onn`",
            " --> demur.yaml:3:1",
            "error: `letters/demur.yaml` has 2 mistakes; mend them and try again",
            "error: `demur.yaml` has 2 mistakes; mend them and try again",
        ],
        "{stderr}"
    );
}

#[test]
fn packs_that_cannot_be_had_are_shown_where_they_are_named() {
    let run = |config: &str| {
        check(&["a.txt"])
            .file("demur.yaml", config.as_bytes())
            .file("a.txt", RUDE.as_bytes())
            .file("broken.yaml", b"x: 1\n")
    };
    run("packs: [decline-ofer]\n")
        .stderr(
            "\
error[unknown-name]: unknown pack `decline-ofer`
 --> demur.yaml:1:9
  |
1 | packs: [decline-ofer]
  |         ^^^^^^^^^^^^
  |
  = help: did you mean `decline-offer`?

error: `demur.yaml` has 1 mistake; mend it and try again
",
        )
        .code(2)
        .check();
    run("packs: [in/gone.yaml]\n")
        .stderr(
            "\
error[unreadable]: `in/gone.yaml` does not exist
 --> demur.yaml:1:9
  |
1 | packs: [in/gone.yaml]
  |         ^^^^^^^^^^^^

error: `demur.yaml` has 1 mistake; mend it and try again
",
        )
        .code(2)
        .check();
    let (stdout, stderr, code) = run("packs: [broken.yaml]\nrules: {thank: off}\n").output();
    assert_eq!((stdout.as_str(), code), ("", 2));
    assert!(stderr.starts_with("error[unknown-key]: unknown key `x`\n --> broken.yaml:1:1\n"), "{stderr}");
    assert!(stderr.contains("error[broken]: `broken.yaml` has 3 mistakes\n --> demur.yaml:1:9\n"), "{stderr}");
    assert!(!stderr.contains("thank"), "{stderr}");
}

#[test]
fn a_folder_with_two_configurations_is_refused() {
    check(&["in/a.txt"])
        .file("in/demur.yaml", b"")
        .file("in/.demur.yaml", b"")
        .file("in/a.txt", RUDE.as_bytes())
        .stderr("error: `in/demur.yaml` and `in/.demur.yaml` are both there; keep one of them\n")
        .code(2)
        .check();
}

#[test]
fn a_configuration_builds_on_another() {
    check(&["in/a.txt"])
        .file("style/house.yaml", b"packs: [../dinner.yaml]\nrules: {thank: error, no-excuse: error}\n")
        .file("in/demur.yaml", b"extends: ../style/house.yaml\nrules: {no-excuse: off}\n")
        .file("in/a.txt", BOTH.as_bytes())
        .stdout("in/a.txt:3:1: error[thank] does not thank anybody\n")
        .code(1)
        .check();
    check(&["in/a.txt"])
        .file("in/demur.yaml", b"extends: ../style/gone.yaml\n")
        .file("in/a.txt", BOTH.as_bytes())
        .stderr(
            "\
error[unreadable]: `style/gone.yaml` does not exist
 --> in/demur.yaml:1:10
  |
1 | extends: ../style/gone.yaml
  |          ^^^^^^^^^^^^^^^^^^

error: `in/demur.yaml` has 1 mistake; mend it and try again
",
        )
        .code(2)
        .check();
    check(&["in/a.txt"])
        .file("in/demur.yaml", b"extends: ../b.yaml\n")
        .file("b.yaml", b"root: true\nextends: in/demur.yaml\n")
        .file("in/a.txt", BOTH.as_bytes())
        .stderr(
            "\
error[circle]: these files extend each other in a circle: in/demur.yaml -> b.yaml -> in/demur.yaml
 --> b.yaml:2:10
  |
2 | extends: in/demur.yaml
  |          ^^^^^^^^^^^^^
  |
  = help: take one `extends` out

error: `b.yaml` has 1 mistake; mend it and try again
",
        )
        .code(2)
        .check();
}

#[test]
fn a_file_has_the_kind_and_the_format_that_are_told() {
    let run = |overrides: &str| {
        let config = format!("packs: [dinner.yaml]\ninclude: ['*.tpl']\nkind: decline\n{overrides}");
        check(&["."]).file("demur.yaml", config.as_bytes()).file("a.tpl", b"---\nlayout: letter\n---\nSee you.\n")
    };
    // Only Markdown has front matter, which is no part of the letter.
    run("").stdout("./a.tpl:2:1: warning[thank] does not thank anybody\n").code(1).check();
    run("overrides: [{files: '*.tpl', format: markdown}]\n")
        .stdout("./a.tpl:4:1: warning[thank] does not thank anybody\n")
        .code(1)
        .check();
}

#[test]
fn what_holds_is_shown_with_its_places() {
    let run = |args: &[&str]| {
        Run::new(&[&["config"], args].concat())
            .file("base.yaml", b"packs: [dinner.yaml]\nfail-on: note\n")
            .file(
                "demur.yaml",
                b"extends: base.yaml\nrules: {thank: error}\nexclude: [old/, '*.bak']\noverrides:\n- files: t/\n  template: true\n",
            )
    };
    run(&["t/new.txt", "--kind", "decline", "--ignore", "no-excuse"])
        .stdout(
            "\
t/new.txt: demur.yaml, which extends base.yaml
  packs            dinner.yaml       base.yaml:1:9
  kind             decline           --kind
  template         true              demur.yaml:6:13
  received-on      not told          default
  format           told by the name  default
  fail-on          note              base.yaml:2:10
  output-format    human             default
  accepted         the nearest file  default
  include          told by the name  default
  exclude          old/              demur.yaml:3:11
  exclude          *.bak             demur.yaml:3:17
  rules.thank      error             demur.yaml:2:16
  rules.no-excuse  off               --ignore
",
        )
        .check();
    let (stdout, _, code) = run(&["--output-format", "json"]).output();
    let json: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(code, 0);
    assert_eq!(json["files"], serde_json::json!(["demur.yaml", "base.yaml"]));
    let row = |key: &str| json["values"].as_array().unwrap().iter().find(|row| row["key"] == key).unwrap().clone();
    assert_eq!(row("template"), serde_json::json!({"key": "template", "value": null, "from": "default"}));
    assert_eq!(row("kind"), serde_json::json!({"key": "kind", "value": null, "from": "default"}));
    assert_eq!(row("fail-on"), serde_json::json!({"key": "fail-on", "value": "note", "from": "base.yaml:2:10"}));
    Run::new(&["config", "--no-config", "--pack", "dinner.yaml", "--template=false"])
        .file("demur.yaml", b"template: true\n")
        .stdout(
            "\
.: no configuration
  packs            dinner.yaml       --pack
  kind             recognized        default
  template         false             --template
  received-on      not told          default
  format           told by the name  default
  fail-on          warning           default
  output-format    human             default
  accepted         the nearest file  default
  include          told by the name  default
  exclude          nothing           default
  rules.thank      warning           pack dinner
  rules.no-excuse  note              pack dinner
",
        )
        .check();
}

#[test]
fn a_configuration_is_started_and_not_overwritten() {
    let run = Run::new(&["init"]);
    assert_eq!(run.output(), ("wrote demur.yaml\n".to_owned(), String::new(), 0));
    let path = run.path().join("demur.yaml");
    let starter = std::fs::read_to_string(&path).unwrap();
    assert_eq!(Run::new(&["config"]).file("demur.yaml", starter.as_bytes()).output().2, 0);
    let refused = "error: `demur.yaml` is there already; give `--force` to begin it anew\n";
    assert_eq!(run.output(), (String::new(), refused.to_owned(), 2));
    Run::new(&["init", "in"])
        .file("in/.demur.yaml", b"")
        .stderr("error: `in/.demur.yaml` is there already; give `--force` to begin it anew\n")
        .code(2)
        .check();
    Run::new(&["init", "in", "--force"]).file("in/.demur.yaml", b"").stdout("wrote in/.demur.yaml\n").check();
    let (_, stderr, code) = Run::new(&["init", "gone"]).output();
    assert_eq!(code, 2);
    assert!(stderr.starts_with("error: `gone/demur.yaml` could not be written: "), "{stderr}");

    // What is commented out is sound too.
    let mut whole: Vec<&str> = Vec::new();
    for line in starter.lines() {
        let bare = line.strip_prefix("# ").unwrap_or(line);
        let is_yaml = bare.starts_with("  ") || bare.split_once(':').is_some_and(|(key, _)| !key.contains([' ', '.']));
        whole.extend(is_yaml.then_some(bare));
    }
    assert_eq!(whole.iter().filter(|line| !line.starts_with(' ')).count(), 8, "{whole:#?}");
    let (stdout, stderr, code) = Run::new(&["config"]).file("demur.yaml", whole.join("\n").as_bytes()).output();
    assert_eq!((stderr.as_str(), code), ("", 0), "{stdout}");
}

#[test]
fn other_commands_take_the_packs_of_the_configuration() {
    let run = |args: &[&str]| Run::new(args).file("demur.yaml", b"packs: [dinner.yaml]\n");
    let (stdout, _, _) = run(&["rules"]).output();
    assert!(stdout.starts_with("dinner: Turning down a dinner\n"), "{stdout}");
    let (stdout, _, _) = run(&["explain", "no-excuse"]).output();
    assert!(stdout.starts_with("no-excuse (note)\n"), "{stdout}");
    let (stdout, _, _) = run(&["inspect", "in/a.txt"]).file("in/a.txt", RUDE.as_bytes()).output();
    assert!(stdout.contains("\n  dinner: a refusal\n"), "{stdout}");
}
