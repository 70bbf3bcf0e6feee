//! Fixes leave a file that can be read, and touch nothing but what they are about.

use crate::advisor;
use demur::check::{Advisor, Report};
use demur::document::{Document, OpenError};
use demur::fix::{self, Grade};
use demur::judge::Circumstances;
use demur::source::RawFile;
use std::sync::LazyLock;

static ADDS: LazyLock<[Advisor; 1]> = LazyLock::new(|| [advisor(include_str!("adds.yaml"))]);
static TAKES: LazyLock<[Advisor; 1]> = LazyLock::new(|| [advisor(include_str!("takes.yaml"))]);

/// Mends a file by a rule that adds a sentence, and by one that takes one out.
pub fn check_fix(name: &str, bytes: &[u8]) {
    if let Some(added) = mended(name, bytes, &*ADDS) {
        assert!(is_within(bytes, &added), "bytes of the file were lost");
    }
    if let Some(taken) = mended(name, bytes, &*TAKES) {
        assert!(is_within(&taken, bytes), "bytes came into the file");
    }
}

/// The file after mending, which must be readable and no longer changed by mending it again.
fn mended(name: &str, bytes: &[u8], advisors: &[Advisor]) -> Option<Vec<u8>> {
    let mend = |bytes: &[u8]| {
        let file = RawFile { name: name.to_owned(), bytes: bytes.to_vec() };
        fix::mend(file, Grade::Unsafe, |file| judge(file, advisors)).ok()
    };
    let once = mend(bytes)?;
    let again = mend(&once.bytes).expect("a mended file can be read");
    // After so many tries a run leaves the rest to the next one.
    if once.is_complete {
        assert_eq!(again.rules, Vec::<String>::new(), "a mended file is changed again");
        assert_eq!(again.bytes, once.bytes);
    }
    Some(once.bytes)
}

fn judge(file: RawFile, advisors: &[Advisor]) -> Result<Vec<Report>, OpenError> {
    let letters = Document::open(file, None)?.letters();
    Ok(letters.map(|letter| Report::new(letter, advisors, &[Circumstances::default()])).collect())
}

/// Whether all of `part` stands in `whole`, in its order.
fn is_within(part: &[u8], whole: &[u8]) -> bool {
    let mut rest = whole.iter();
    part.iter().all(|byte| rest.any(|other| other == byte))
}
