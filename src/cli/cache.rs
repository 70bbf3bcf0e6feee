//! Keeps packs that were read from files, compiled, in the user's cache folder, so that the next letter need not wait for
//! YAML to be read.
//!
//! A pack is kept under a name made of its text, the version of demur and the form in which packs are compiled, so whatever
//! changes, what was kept before is not found. What stands in a file is taken only if it is whole; otherwise the pack is read
//! again and the file is written anew. Nothing here fails: without a cache everything is only slower.

use demur::check::Advisor;
use demur::compiled;
use etcetera::BaseStrategy;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use tempfile::NamedTempFile;
use xxhash_rust::xxh3::{Xxh3, xxh3_128_with_seed};

/// So many packs are kept; when one more comes, the oldest goes.
const MOST: usize = 16;

const ENDING: &str = "pack";

/// The bytes of a checksum.
const SUM_LEN: usize = size_of::<u128>();

/// Where compiled packs are kept.
#[derive(Debug)]
pub struct Cache {
    folder: Option<PathBuf>,
}

impl Cache {
    /// The user's: in `XDG_CACHE_HOME`, or where the system keeps such things.
    pub fn of_user() -> Cache {
        let folder = etcetera::base_strategy::choose_native_strategy().ok().map(|base| base.cache_dir().join("demur"));
        Cache { folder }
    }

    /// One that keeps nothing.
    pub fn off() -> Cache {
        Cache { folder: None }
    }

    /// The pack with this text, if it was kept.
    pub fn find(&self, yaml: &str) -> Option<Advisor> {
        let (path, key) = self.place(yaml)?;
        let bytes = fs::read(path).ok()?;
        let (sum, pack) = bytes.split_last_chunk::<SUM_LEN>().map(|(pack, sum)| (u128::from_le_bytes(*sum), pack))?;
        let len = pack.len();
        if sum != checksum(pack, key) {
            return None;
        }
        let mut bytes = bytes;
        bytes.truncate(len);
        // A pack is used until the program ends, and the parts of it that stay as they are need not be copied then.
        Advisor::compiled(bytes.leak())
    }

    /// Keeps a pack.
    pub fn keep(&self, yaml: &str, advisor: &Advisor) {
        let Some((path, key)) = self.place(yaml) else { return };
        let Some(folder) = path.parent() else { return };
        let Ok(bytes) = compiled::write(&advisor.pack, &advisor.plan) else { return };
        if write(folder, &path, &bytes, key).is_ok() {
            let _ = make_room(folder);
        }
    }

    fn place(&self, yaml: &str) -> Option<(PathBuf, u128)> {
        let folder = self.folder.as_ref()?;
        let mut hash = Xxh3::new();
        hash.update(concat!(env!("CARGO_PKG_VERSION"), " ", env!("DEMUR_PACK_FORM"), "\n").as_bytes());
        hash.update(yaml.as_bytes());
        let key = hash.digest128();
        Some((folder.join(format!("{key:032x}.{ENDING}")), key))
    }
}

/// A file under a wrong name has a wrong sum, too.
fn checksum(pack: &[u8], key: u128) -> u128 {
    xxh3_128_with_seed(pack, (key >> 64) as u64 ^ key as u64)
}

/// Writes beside the place and renames, so that a run at the same time sees all of it or nothing.
fn write(folder: &Path, path: &Path, pack: &[u8], key: u128) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(pack)?;
    file.write_all(&checksum(pack, key).to_le_bytes())?;
    file.persist(path)?;
    Ok(())
}

fn make_room(folder: &Path) -> std::io::Result<()> {
    let mut kept: Vec<(SystemTime, PathBuf)> = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if path.extension().is_some_and(|ending| ending == ENDING) {
            kept.push((entry.metadata()?.modified()?, path));
        }
    }
    kept.sort();
    let too_many = kept.len().saturating_sub(MOST);
    kept.iter().take(too_many).try_for_each(|(_, path)| fs::remove_file(path))
}
