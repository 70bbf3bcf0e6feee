//! A pack that comes with the program is compiled when the program is built; the YAML says the same, byte for byte.

use std::path::Path;
use std::process::Command;

/// What is written to standard output and to standard error.
fn report(arguments: &[&str]) -> [String; 2] {
    let mut command = Command::new(env!("CARGO_BIN_EXE_demur"));
    command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR"))).arg("check").args(arguments).arg("fixtures");
    let output = command.output().unwrap();
    [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap())
}

#[test]
fn the_yaml_gives_the_same_findings() {
    for format in ["human", "json", "concise", "github"] {
        let built_in = report(&["--output-format", format]);
        let from_file = report(&["--output-format", format, "--pack", "rules/decline-offer.yaml"]);
        assert!(built_in == from_file, "{format} differs");
    }
}
