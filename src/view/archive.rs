//! The parts of a document that is a zip archive of XML files.

use super::Damage;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::borrow::Cow;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The largest part that is read, in bytes once unpacked; a letter of ten pages has some hundred thousand.
pub const MAX_PART: usize = 32 * 1024 * 1024;

/// Unpacks a part of an archive, in memory: no name in the archive ever names a file on the disk.
pub fn part(bytes: &[u8], name: &'static str) -> Result<String, Damage> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Damage::NoArchive)?;
    let file = archive.by_name(name).map_err(|_| Damage::NoPart(name))?;
    let mut unpacked = Vec::new();
    file.take(MAX_PART as u64 + 1).read_to_end(&mut unpacked).map_err(|_| Damage::Broken(name))?;
    if unpacked.len() > MAX_PART {
        return Err(Damage::TooLarge(MAX_PART));
    }
    // XML of office programs is UTF-8; UTF-16 begins with a mark, which this obeys.
    let (text, _, is_broken) = encoding_rs::UTF_8.decode(&unpacked);
    if is_broken { Err(Damage::Broken(name)) } else { Ok(text.into_owned()) }
}

/// What happens next in an XML text.
pub enum Step<'x> {
    /// An element opens.
    Open(BytesStart<'x>),
    /// An element with this name, the prefix of its namespace taken off, closes.
    Close(String),
    /// Text.
    Text(Cow<'x, str>),
}

/// Whether an element is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// What is in it comes next.
    Read,
    /// It is passed over with all that is in it.
    LeftOut,
}

/// Walks through an XML text; `step` says of an element that opens whether it is read, and of all else nothing that
/// counts. An empty element opens and closes; entities other than the five of XML say nothing, so none can expand.
pub fn walk(xml: &str, name: &'static str, mut step: impl FnMut(Step<'_>) -> Entry) -> Result<(), Damage> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    // How many elements are open from one on that is left out.
    let mut left_out = 0_usize;
    loop {
        let entry = match reader.read_event().map_err(|_| Damage::Broken(name))? {
            Event::Start(_) if left_out > 0 => Entry::LeftOut,
            Event::End(_) if left_out > 0 => {
                left_out -= 1;
                continue;
            }
            Event::Eof => return Ok(()),
            _ if left_out > 0 => continue,
            Event::Start(element) => step(Step::Open(element)),
            Event::End(element) => step(Step::Close(element.local_name().as_ref().to_owned())),
            Event::Text(text) => step(Step::Text(text.xml10_content())),
            Event::CData(text) => step(Step::Text(text.xml10_content())),
            Event::GeneralRef(reference) => match character(&reference) {
                Some(char) => step(Step::Text(Cow::Owned(char.to_string()))),
                None => Entry::Read,
            },
            _ => Entry::Read,
        };
        left_out += usize::from(entry == Entry::LeftOut);
    }
}

/// The name of an element, the prefix of its namespace taken off.
pub fn name<'e>(element: &'e BytesStart<'_>) -> &'e str {
    let name: &str = element.name().0;
    name.rsplit(':').next().unwrap_or(name)
}

/// The value of an attribute by its name, the prefix of its namespace taken off.
pub fn attribute(element: &BytesStart<'_>, wanted: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == wanted)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
}

fn character(reference: &BytesRef<'_>) -> Option<char> {
    match reference.resolve_char_ref() {
        Ok(Some(char)) => Some(char),
        _ => match &*reference.xml10_content() {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => None,
        },
    }
}

#[cfg(test)]
pub mod testing {
    use std::io::{Cursor, Write};
    use zip::write::SimpleFileOptions;

    /// An archive with these parts.
    pub fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            archive.start_file(*name, SimpleFileOptions::default()).expect("a new part");
            archive.write_all(bytes).expect("memory takes all");
        }
        archive.finish().expect("memory takes all").into_inner()
    }
}
