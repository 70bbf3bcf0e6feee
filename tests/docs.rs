//! What the pages of `docs/` say is run.

use demur::check::Advisor;
use demur::proof;
use std::fs;
use std::path::Path;
use std::process::Command;

fn page(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The pack at the end of the guide is sound.
#[test]
fn the_pack_of_the_guide() {
    let guide = page("docs/packs.md");
    let after = guide.split("<!-- tested -->\n```yaml\n").nth(1).unwrap();
    let yaml = after.split("```").next().unwrap();
    let advisor = Advisor::read(yaml).unwrap_or_else(|found| panic!("{found:#?}"));
    let proof = proof::prove(&advisor, yaml);
    assert!(proof.mistakes.is_empty(), "{:#?}", proof.mistakes);
    assert!(proof.examples >= 12);
}

/// The page of rules is what the pack says; `cargo run -- rules --markdown > docs/rules.md` renews it.
#[test]
fn the_page_of_rules() {
    let output = Command::new(env!("CARGO_BIN_EXE_demur")).args(["rules", "--markdown"]).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), page("docs/rules.md"));
}

/// The report in the README is the one that its first command prints.
#[test]
fn the_report_of_the_readme() {
    let letter = "fixtures/decline/better-pay-elsewhere.txt";
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(env!("CARGO_BIN_EXE_demur")).args(["check", letter]).current_dir(root).output().unwrap();
    let report = String::from_utf8(output.stdout).unwrap();
    assert!(page("README.md").contains(&format!("$ demur check {letter}\n{report}```")), "{report}");
}
