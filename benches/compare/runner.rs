//! What `compare.sh` needs besides the programs: letters made by a seed, and the median time of a command. It is built by
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
        ["median", times, program, args @ ..] => println!("{:.3}", median(times.parse().unwrap(), program, args)),
        _ => panic!("usage: letters SEED COUNT FOLDER FILE... | median TIMES PROGRAM ARG..."),
    }
}

/// Letters that begin and end as one of the sources does, with paragraphs of others between.
fn write_letters(seed: u64, count: usize, folder: &Path, sources: &[&str]) {
    let texts: Vec<String> = sources.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let letters: Vec<Vec<&str>> = texts.iter().map(|text| text.trim_end().split("\n\n").collect()).collect();
    let mut state = seed;
    // Knuth's MMIX generator; its high bits are good.
    let mut below = |most: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % most
    };
    fs::create_dir_all(folder).unwrap();
    for number in 0..count {
        let frame = &letters[below(letters.len())];
        let mut parts = vec![frame[0]];
        for _ in 0..2 + below(3) {
            let letter = &letters[below(letters.len())];
            parts.push(letter[below(letter.len())]);
        }
        parts.push(frame[frame.len() - 1]);
        fs::write(folder.join(format!("{number:05}.txt")), parts.join("\n\n") + "\n").unwrap();
    }
}

/// In milliseconds; the first run warms up.
fn median(times: usize, program: &str, args: &[&str]) -> f64 {
    let mut taken: Vec<f64> = (0..=times).map(|_| run(program, args)).skip(1).collect();
    taken.sort_by(f64::total_cmp);
    taken[taken.len() / 2]
}

fn run(program: &str, args: &[&str]) -> f64 {
    let start = Instant::now();
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().unwrap();
    start.elapsed().as_secs_f64() * 1_000.0
}
