//! Checks the packs in `rules/` and compiles them, so that the program need not do it on every run. A mistake in one of them
//! stops the build and is shown at its place. Whether their examples behave is for the tests to say.

// The modules serve the program; here only a part of each is used.
#![allow(dead_code, unused_imports)]

#[path = "src/compiled.rs"]
mod compiled;
#[path = "src/diagnostic.rs"]
mod diagnostic;
#[path = "src/pack/mod.rs"]
mod pack;
#[path = "src/part.rs"]
mod part;
#[path = "src/plan/mod.rs"]
mod plan;
#[path = "src/span.rs"]
mod span;
#[path = "src/yaml.rs"]
mod yaml;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::{env, fs, process};

fn main() {
    let mut form = DefaultHasher::new();
    for room in ["compiled.rs", "diagnostic.rs", "pack", "part.rs", "plan", "span.rs", "yaml.rs"] {
        let room = Path::new("src").join(room);
        println!("cargo::rerun-if-changed={}", room.display());
        add_code(&room, &mut form);
    }
    // Packs that another program has compiled may have another form, and are known by this.
    println!("cargo::rustc-env=DEMUR_PACK_FORM={:016x}", form.finish());
    println!("cargo::rerun-if-changed=rules");
    link_in_place();
    let out = env::var("OUT_DIR").expect("cargo names a folder for what is built");
    let packs = fs::read_dir("rules").expect("the packs are in `rules/`");
    for entry in packs {
        let path = entry.expect("the folder can be read").path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            compile(&path, Path::new(&out));
        }
    }
}

/// A program that is loaded at the place that it was linked for has no addresses to mend when it starts: for one letter that
/// is a tenth of the time.
fn link_in_place() {
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|set| set == value);
    if is("PROFILE", "release") && is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}

/// Adds the code in a file or folder.
fn add_code(path: &Path, form: &mut DefaultHasher) {
    if !path.is_dir() {
        return fs::read(path).expect("the code can be read").hash(form);
    }
    let entries = fs::read_dir(path).expect("the code can be read");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    paths.sort();
    paths.iter().for_each(|path| add_code(path, form));
}

fn compile(path: &Path, out: &Path) {
    let yaml = fs::read_to_string(path).expect("the pack is text");
    let pack = pack::Pack::read(&yaml).unwrap_or_else(|mistakes| stop(path, &yaml, &mistakes));
    let plan = plan::Plan::new(&pack);
    let bytes = compiled::write(&pack, &plan).expect("a pack can be written");
    let name = path.with_extension("pack");
    fs::write(out.join(name.file_name().expect("a file has a name")), bytes).expect("the folder can be written to");
}

/// Shows mistakes as a compiler does, one a line, and ends the build.
fn stop(path: &Path, yaml: &str, mistakes: &[diagnostic::Diagnostic]) -> ! {
    for mistake in mistakes {
        let before = yaml.get(..mistake.span().start()).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        println!("cargo::error={}:{line}:{column}: {}", path.display(), mistake.message);
    }
    process::exit(1)
}
