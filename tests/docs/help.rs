//! The help of each command fits a terminal and ends with an example.

use std::process::Command;

fn help(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_demur")).args(args).env("COLUMNS", "80").output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The commands that the help of the program lists.
fn listed() -> Vec<String> {
    let help = help(&["--help"]);
    let list = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    list.lines().map(|line| line.split_whitespace().next().unwrap().to_owned()).collect()
}

#[test]
fn no_line_is_wider_than_a_terminal() {
    for command in listed() {
        for flag in ["-h", "--help"] {
            let help = help(&[&command, flag]);
            let wide: Vec<&str> = help.lines().filter(|line| line.chars().count() > 80).collect();
            assert_eq!(wide, Vec::<&str>::new(), "{command} {flag}");
        }
    }
}

/// Each example is a command that demur knows, with flags that stand in the help above it.
#[test]
fn each_ends_with_examples() {
    for command in listed() {
        let help = help(&[&command, "--help"]);
        let examples = help.split("\nExamples:\n").nth(1).unwrap_or_else(|| panic!("{command} has no examples"));
        let mut count = 0;
        for line in examples.lines() {
            let example = line.trim().split("   ").next().unwrap();
            let of_command = example.split(['|', '<', '>']).find_map(|part| part.trim().strip_prefix("demur "));
            let typed: Vec<&str> = of_command.unwrap_or_else(|| panic!("{line}")).split(' ').collect();
            assert_eq!(typed.first(), Some(&command.as_str()), "{line}");
            let flags = typed.iter().filter(|word| word.starts_with("--")).map(|word| word.split('=').next().unwrap());
            for flag in flags {
                assert!(help.split("\nExamples:\n").next().unwrap().contains(flag), "{flag} in {line}");
            }
            count += 1;
        }
        assert!((1..=3).contains(&count), "{command}");
    }
}
