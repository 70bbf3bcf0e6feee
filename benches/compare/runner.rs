//! What `compare.sh` needs besides the programs: letters made by a seed, and the table of times. It is built by
//! `rustc` alone.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;
use std::{env, fs};

fn main() {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["letters", seed, count, folder, sources @ ..] => {
            write_letters(seed.parse().unwrap(), count.parse().unwrap(), Path::new(folder), sources);
        }
        ["repeat", times, path] => print!("{}", repeated(times.parse().unwrap(), path)),
        ["table", rounds, has_rg] => print_table(rounds.parse().unwrap(), *has_rg == "yes"),
        _ => panic!("usage: letters SEED COUNT FOLDER FILE... | repeat TIMES FILE | table ROUNDS yes|no"),
    }
}

/// Letters that are one of the sources, whole, with paragraphs of others before its end. Quoted mail is left out wherever it
/// stands: nothing is asked of what lies below it, and the letters would look quicker than letters are.
fn write_letters(seed: u64, count: usize, folder: &Path, sources: &[&str]) {
    let texts: Vec<String> = sources.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let letters: Vec<Vec<&str>> = texts.iter().filter(|text| !quotes(text)).map(|text| paragraphs(text)).collect();
    let mut state = seed;
    // Knuth's MMIX generator; its high bits are good.
    let mut below = |most: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % most
    };
    fs::create_dir_all(folder).unwrap();
    for number in 0..count {
        let mut parts = letters[below(letters.len())].clone();
        let other = &letters[below(letters.len())];
        let before_end = parts.len().saturating_sub(1);
        parts.insert(before_end, other[below(other.len())]);
        fs::write(folder.join(format!("{number:05}.txt")), parts.join("\n\n") + "\n").unwrap();
    }
}

fn paragraphs(text: &str) -> Vec<&str> {
    text.trim_end().split("\n\n").collect()
}

fn quotes(text: &str) -> bool {
    text.contains("---")
        || text.lines().any(|line| line.starts_with(['>', '|']) || line.contains("From:") || line.ends_with(':'))
}

/// A letter whose paragraphs between the salutation and the end stand there so many times.
fn repeated(times: usize, path: &str) -> String {
    let text = fs::read_to_string(path).unwrap();
    let parts = paragraphs(&text);
    // The salutation and what stands above it; the closing and the name.
    let greeting = parts.iter().position(|part| part.starts_with("Dear")).unwrap();
    let (head, rest) = parts.split_at(greeting + 1);
    let (body, end) = rest.split_at(rest.len() - 1);
    [head, &body.repeat(times), end].concat().join("\n\n") + "\n"
}

/// A table of commands, `label|command` a line on standard input; the first is the empty program, and the second `rg` where
/// it is there. Each round runs each of them once, so that a machine that is busy for a while is so for all: measured one
/// after the other, an empty program has come out slower than one that does something.
fn print_table(rounds: usize, has_rg: bool) {
    let input = std::io::read_to_string(std::io::stdin()).unwrap();
    let rows: Vec<(&str, Vec<&str>)> = input
        .lines()
        .filter_map(|line| line.split_once('|'))
        .map(|(label, command)| (label, command.split_whitespace().collect()))
        .collect();
    let mut taken = vec![Vec::new(); rows.len()];
    for round in 0..=rounds {
        for (times, (_, command)) in taken.iter_mut().zip(&rows) {
            let time = run(command);
            // The first round warms up.
            if round > 0 {
                times.push(time);
            }
        }
    }
    println!("| | ms | to an empty program | to `rg -c x` |\n|---|---|---|---|");
    let medians: Vec<f64> = taken.into_iter().map(median).collect();
    for ((label, _), time) in rows.iter().zip(&medians) {
        let to_rg = if has_rg { format!("{:.2}", time / medians[1]) } else { String::new() };
        println!("| {label} | {time:.2} | {:.2} | {to_rg} |", time / medians[0]);
    }
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// In milliseconds.
fn run(command: &[&str]) -> f64 {
    let start = Instant::now();
    let mut process = Command::new(command[0]);
    process.args(&command[1..]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    process.status().unwrap();
    start.elapsed().as_secs_f64() * 1_000.0
}
