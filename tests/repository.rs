//! demur in a repository, from nothing: a configuration, a hook before commits, reports in CI.

#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A template that keeps the advice.
const GOOD: &str = "\
Dear [Name],

Thank you for the offer and for all the time you gave me. I have decided to
decline it, as I am not ideally suited to the position. I apologize for any
inconvenience.

May I suggest [Name], with whom I worked for three years and who has agreed
that I give you this name? If you would like to talk it over, please call me.

Kind regards,
[Your name]
";

/// The same without the apology, the referral and the call.
const BAD: &str = "\
Dear [Name],

Thank you for the offer and for all the time you gave me. I have decided to
decline it, as I am not ideally suited to the position.

Kind regards,
[Your name]
";

/// What `demur init` leaves to be said: that the letters are templates.
const TEMPLATES: &str = "overrides:\n  - files: templates/\n    template: true\n";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A git repository that knows nothing of the person who runs the tests.
struct Repository {
    folder: TempDir,
    home: TempDir,
}

impl Repository {
    fn new() -> Repository {
        let repository = Repository { folder: tempfile::tempdir().unwrap(), home: tempfile::tempdir().unwrap() };
        repository.expect("git", &["init", "--quiet"]);
        assert_eq!(repository.expect("demur", &["init"]), "wrote demur.yaml\n");
        let config = fs::read_to_string(repository.path().join("demur.yaml")).unwrap();
        repository.put("demur.yaml", &(config + TEMPLATES));
        repository
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn command(&self, program: &str) -> Command {
        let programs = Path::new(env!("CARGO_BIN_EXE_demur")).parent().unwrap().display();
        let mut command = Command::new(program);
        command
            .current_dir(self.path())
            .env("PATH", format!("{programs}:{}", std::env::var("PATH").unwrap()))
            .env("HOME", self.home.path())
            .env("PRE_COMMIT_HOME", self.home.path().join("pre-commit"))
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1");
        for who in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{who}_NAME"), "Ann").env(format!("GIT_{who}_EMAIL"), "ann@example.com");
        }
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "DEMUR_CONFIG"] {
            command.env_remove(name);
        }
        command
    }

    fn run(&self, program: &str, args: &[&str]) -> Output {
        self.command(program).args(args).output().unwrap()
    }

    /// Runs what must go well, and returns what it prints.
    #[track_caller]
    fn expect(&self, program: &str, args: &[&str]) -> String {
        let output = self.run(program, args);
        assert!(output.status.success(), "{program} {args:?}\n{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Commits all that is there. Returns whether that went well, and what was said.
    fn commit(&self) -> (bool, String) {
        self.expect("git", &["add", "--all"]);
        let output = self.run("git", &["commit", "--message", "Letters"]);
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(said).unwrap())
    }
}

/// The block of a page of the documentation that is the file `name`.
fn documented(page: &str, name: &str) -> String {
    let text = fs::read_to_string(root().join(page)).unwrap();
    let after = text.split(&format!("<!-- file: {name} -->\n```yaml\n")).nth(1).unwrap();
    after.split("```").next().unwrap().to_owned()
}

#[test]
fn a_bad_template_is_not_committed_and_a_good_one_is() {
    let is_missing = |program| Command::new(program).arg("--version").output().is_err();
    if is_missing("git") || is_missing("pre-commit") {
        eprintln!("skipped: `git` or `pre-commit` is not installed; `pip install pre-commit` brings it");
        return;
    }
    let repository = Repository::new();
    repository.put(".pre-commit-config.yaml", &documented("docs/ci.md", "local.yaml"));
    repository.expect("pre-commit", &["install"]);

    repository.put("templates/no.md", BAD);
    repository.put("notes.md", "Dear [Name], this is no template. I decline the offer.\n");
    let (is_done, said) = repository.commit();
    assert!(!is_done, "{said}");
    assert!(said.contains("error[apologize]: turns the offer down without an apology"), "{said}");
    assert!(!said.contains("notes.md"), "{said}");

    repository.put("templates/no.md", GOOD);
    let (is_done, said) = repository.commit();
    assert!(is_done, "{said}");
    assert_eq!(repository.expect("git", &["log", "--format=%s"]), "Letters\n");
}

#[test]
fn a_run_in_ci_annotates_lines_and_writes_sarif() {
    let repository = Repository::new();
    repository.put("templates/good.md", GOOD);
    repository.put("templates/no.md", BAD);
    let args = ["check", "--fail-on", "error", "--output-format", "github", "--output-format", "sarif=demur.sarif"];
    let output = repository.run("demur", &[&args[..], &["templates"]].concat());
    assert_eq!(output.status.code(), Some(1));
    let annotations = String::from_utf8(output.stdout).unwrap();
    let rules = ["apologize", "offer-a-call", "offer-referral"];
    let titles = rules.map(|rule| format!("title=demur ({rule}),file=templates/no.md,line=4,"));
    for (line, title) in annotations.lines().zip(&titles) {
        assert!(line.contains(title), "{line}");
    }
    assert_eq!(annotations.lines().count(), rules.len());
    let sarif = fs::read_to_string(repository.path().join("demur.sarif")).unwrap();
    let sarif: serde_json::Value = serde_json::from_str(&sarif).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.iter().map(|result| result["ruleId"].as_str().unwrap()).collect::<Vec<_>>(), rules);
}

#[test]
fn a_baseline_lets_the_old_ones_pass_and_no_new_one() {
    let repository = Repository::new();
    repository.put("templates/old.md", BAD);
    assert_eq!(repository.run("demur", &["check", "--quiet", "templates"]).status.code(), Some(1));
    repository.expect("demur", &["check", "--write-baseline", "templates"]);
    assert_eq!(repository.expect("demur", &["check", "--quiet", "templates"]), "");
    repository.put("templates/new.md", BAD);
    let output = repository.run("demur", &["check", "--output-format", "concise", "--only", "apologize", "templates"]);
    let found = "templates/new.md:4:56: error[apologize] turns the offer down without an apology\n";
    assert_eq!((String::from_utf8(output.stdout).unwrap().as_str(), output.status.code()), (found, Some(1)));
}

fn yaml(name: &str) -> serde_json::Value {
    serde_saphyr::from_str(&fs::read_to_string(root().join(name)).unwrap()).unwrap()
}

/// The last step of the action is run as GitHub runs it, with the inputs that its environment names.
#[test]
fn the_action_checks_letters() {
    let repository = Repository::new();
    repository.put("templates/no.md", BAD);
    let temp = repository.home.path();
    fs::create_dir_all(temp.join("demur/bin")).unwrap();
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_demur"), temp.join("demur/bin/demur")).unwrap();
    let step = &yaml("action.yml")["runs"]["steps"][1];
    let given = [
        ("PATHS", "${{ inputs.paths }}", "templates"),
        ("ARGUMENTS", "${{ inputs.arguments }}", "--only apologize --fail-on error"),
        ("SARIF", "${{ inputs.sarif }}", "demur.sarif"),
    ];
    let mut shell = repository.command("bash");
    shell.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"].as_str().unwrap()]);
    shell.env("RUNNER_TEMP", temp).env("GITHUB_STEP_SUMMARY", temp.join("summary"));
    for (name, input, value) in given {
        assert_eq!(step["env"][name], input);
        shell.env(name, value);
    }
    let output = shell.output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.starts_with(b"::error title=demur (apologize),file=templates/no.md,line=4,"));
    let summary = fs::read_to_string(temp.join("summary")).unwrap();
    assert!(summary.ends_with("\ndemur found 1 error in 1 of 1 letter.\n"), "{summary}");
    assert!(repository.path().join("demur.sarif").is_file());
}

/// The page on CI names hooks and inputs that there are.
#[test]
fn the_page_on_ci_names_what_there_is() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let ids: Vec<&str> = hooks.as_array().unwrap().iter().map(|hook| hook["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["demur", "demur-fix"]);
    let example: serde_json::Value =
        serde_saphyr::from_str(&documented("docs/ci.md", ".pre-commit-config.yaml")).unwrap();
    assert!(ids.contains(&example["repos"][0]["hooks"][0]["id"].as_str().unwrap()));
    let workflow: serde_json::Value = serde_saphyr::from_str(&documented("docs/ci.md", "workflow.yaml")).unwrap();
    let inputs = yaml("action.yml")["inputs"].clone();
    let with = workflow["jobs"]["demur"]["steps"][1]["with"].as_object().unwrap();
    let unknown: Vec<&String> = with.keys().filter(|name| inputs.get(name.as_str()).is_none()).collect();
    assert_eq!(unknown, Vec::<&String>::new());
}
