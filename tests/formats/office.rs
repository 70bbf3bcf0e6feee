//! Documents that were not made by this project: LibreOffice writes them.

use super::{fixtures, said};
use std::path::Path;
use std::process::Command;

/// Some letters; the program takes a second for each start.
const LETTERS: [&str; 4] =
    ["in-time-by-its-dates.txt", "better-pay-elsewhere.txt", "hard-wrapped-lines.txt", "late-by-own-words.txt"];

#[test]
fn documents_by_libreoffice_are_the_same_letters() {
    let folder = tempfile::tempdir().expect("a folder");
    let letters: Vec<_> = fixtures()
        .into_iter()
        .filter_map(|letter| Some(letter.name.strip_prefix("decline/")?.to_owned()).zip(Some(letter)))
        .filter(|(name, _)| LETTERS.contains(&name.as_str()))
        .collect();
    let mut names = Vec::new();
    for (name, letter) in &letters {
        std::fs::write(folder.path().join(name), &letter.text).expect("a file of the test");
        names.push(folder.path().join(name));
    }
    if !convert(folder.path(), "odt", &names) {
        eprintln!("skipped: LibreOffice (`soffice`) is not installed");
        return;
    }
    let documents: Vec<_> = names.iter().map(|name| name.with_extension("odt")).collect();
    assert!(convert(folder.path(), "docx", &documents));
    for ((_, letter), name) in letters.iter().zip(&names) {
        let expected = said(&letter.name, letter.text.clone().into_bytes());
        for extension in ["odt", "docx"] {
            let bytes = std::fs::read(name.with_extension(extension)).expect("LibreOffice wrote it");
            assert_eq!(said(&format!("letter.{extension}"), bytes), expected, "{} as {extension}", letter.name);
        }
    }
}

/// Whether LibreOffice is there and did it.
fn convert(folder: &Path, to: &str, files: &[std::path::PathBuf]) -> bool {
    let home = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let ran = Command::new("soffice")
        .args([&home, "--headless", "--convert-to", to, "--outdir"])
        .arg(folder)
        .args(files)
        .output();
    ran.is_ok_and(|output| output.status.success())
}
