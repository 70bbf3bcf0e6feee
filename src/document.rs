//! A file as its letters: told its format, decoded, read, and cut where it holds several.

use crate::cut::{self, Cut};
use crate::message::Message;
use crate::source::{RawFile, ReadError, Source};
use crate::view::{self, Damage, FileType, Format, Reading, View};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A letter, read once for all packs.
#[derive(Debug)]
pub struct Letter {
    /// The text that it stands in.
    pub source: Arc<Source>,
    /// What a recipient reads.
    pub view: View,
    /// The letter in it.
    pub message: Message,
    /// What its file is.
    pub file_type: FileType,
    /// Which one it is in its file; `None` where the file is the letter.
    pub within: Option<Within>,
}

/// The place of a letter among those of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Within {
    /// Its number in the file, from 1.
    pub number: usize,
    /// What the file calls it, e.g. the heading above it, or the subject of a mail.
    pub title: Option<String>,
    /// How many lines with words stand between the letter before it, or the beginning of the file, and it.
    pub left_out_before: usize,
    /// How many stand behind the last letter of the file; 0 for the others.
    pub left_out_behind: usize,
}

/// `letter 3: Declining`, or `letter 3` where the file has no title for it.
impl fmt::Display for Within {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "letter {}", self.number)?;
        self.title.iter().try_for_each(|title| write!(f, ": {title}"))
    }
}

impl Letter {
    /// Reads a text that is one letter.
    pub fn read(source: Source, file_type: impl Into<FileType>) -> Letter {
        let file_type = file_type.into();
        let view = View::read(source.text(), file_type);
        Letter::new(Arc::new(source), view, file_type, None)
    }

    fn new(source: Arc<Source>, view: View, file_type: FileType, within: Option<Within>) -> Letter {
        let message = Message::read(&view);
        Letter { source, view, message, file_type, within }
    }

    /// Whether its file is taken for a template where nobody says so: by its language, or by its name.
    pub fn is_template(&self) -> bool {
        self.file_type.is_template(self.source.name())
    }

    /// What it is called: its file, and its number and title there, e.g. `templates.md, letter 3: Declining`.
    pub fn name(&self) -> String {
        let file = self.source.name();
        match &self.within {
            None => file.to_owned(),
            Some(within) => format!("{file}, {within}"),
        }
    }

    /// Its first and its last line with words in the file, 1-based; `None` for one that has no words.
    pub fn lines(&self) -> Option<(usize, usize)> {
        let mut said = self.view.lines().iter().filter(|line| !line.span.is_empty());
        let first = said.next()?;
        let last = said.next_back().unwrap_or(first);
        let line = |at: usize| self.source.position(at).line;
        Some((line(self.view.back(first.span).start()), line(self.view.back(last.span).end())))
    }
}

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Its bytes could not be had, or are no text.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It is not what its format asks for.
    #[error("`{name}` {damage}")]
    Damaged {
        /// The file.
        name: String,
        /// What is wrong with it.
        damage: Damage,
    },
}

impl OpenError {
    /// The file that it is about, as it was named.
    pub fn name(&self) -> &str {
        match self {
            OpenError::Read(error) => error.name(),
            OpenError::Damaged { name, .. } => name,
        }
    }
}

/// A file, ready to be read letter by letter.
#[derive(Debug)]
pub struct Document {
    file_type: FileType,
    sheets: Vec<Sheet>,
}

/// What is cut into letters by itself.
#[derive(Debug)]
enum Sheet {
    /// It was read already.
    Read(Arc<Source>, View),
    /// One of many mails, read when it is its turn. The text of their file, where it is UTF-8.
    Mail { archive: Arc<Archive>, range: Range<usize> },
}

/// A file of many mails.
#[derive(Debug)]
struct Archive {
    name: String,
    /// The whole file, where it is UTF-8 without a byte order mark: then its offsets are those of the bytes.
    text: Result<Arc<Source>, Vec<u8>>,
}

impl Document {
    /// Opens a file of a type that is `told`, else known by its name or its bytes.
    ///
    /// # Errors
    ///
    /// If it is no text, or not what its format asks for.
    pub fn open(file: RawFile, told: Option<FileType>) -> Result<Document, OpenError> {
        let file_type = told.unwrap_or_else(|| FileType::of(&file.name, &file.bytes));
        let sheets = match file_type.format {
            Format::Text | Format::Markdown | Format::Html => {
                let source = Source::decode(file)?;
                let view = View::read(source.text(), file_type);
                vec![Sheet::Read(Arc::new(source), view)]
            }
            Format::Docx => vec![document(file, View::read_docx)?],
            Format::Odt => vec![document(file, View::read_odt)?],
            Format::Mail => mails(file, |bytes| std::iter::once(0..bytes.len()).collect()),
            Format::Mbox => mails(file, view::mails),
        };
        Ok(Document { file_type, sheets })
    }

    /// The file taken for one letter, for a list of labels that knows it as one; of an archive the first mail, if any.
    pub fn whole(self) -> Option<Letter> {
        let (source, view) = self.sheets.into_iter().next()?.read();
        Some(Letter::new(source, view, self.file_type, None))
    }

    /// The letters, in the order of the file.
    pub fn letters(self) -> impl Iterator<Item = Letter> {
        let mut count = 0;
        let several_sheets = self.sheets.len() > 1;
        self.sheets.into_iter().flat_map(move |sheet| {
            let (source, view) = sheet.read();
            let subject = view.setting("subject").filter(|_| several_sheets).map(str::to_owned);
            let cuts = cut::cut(view);
            let is_one = !several_sheets && cuts.len() == 1 && cuts.iter().all(Cut::is_whole);
            let mut letters = Vec::with_capacity(cuts.len());
            for Cut { view, title, left_out_before, left_out_behind } in cuts {
                count += 1;
                let title = title.or_else(|| subject.clone());
                let within = (!is_one).then_some(Within { number: count, title, left_out_before, left_out_behind });
                letters.push(Letter::new(Arc::clone(&source), view, self.file_type, within));
            }
            letters
        })
    }
}

fn document(file: RawFile, read: impl Fn(&[u8]) -> Result<view::Document, Damage>) -> Result<Sheet, OpenError> {
    match read(&file.bytes) {
        Ok(view::Document { text, view }) => Ok(Sheet::Read(Arc::new(Source::extracted(file.name, text)), view)),
        Err(damage) => Err(OpenError::Damaged { name: file.name, damage }),
    }
}

fn mails(file: RawFile, find: impl Fn(&[u8]) -> Vec<Range<usize>>) -> Vec<Sheet> {
    let ranges = find(&file.bytes);
    let name = file.name.clone();
    let is_own_text = !file.bytes.contains(&0) && !file.bytes.starts_with(b"\xef\xbb\xbf");
    let text = match String::from_utf8(file.bytes) {
        Ok(text) if is_own_text => Ok(Arc::new(Source::from_text(name.as_str(), text))),
        Ok(text) => Err(text.into_bytes()),
        Err(error) => Err(error.into_bytes()),
    };
    let archive = Arc::new(Archive { name, text });
    ranges.into_iter().map(|range| Sheet::Mail { archive: Arc::clone(&archive), range }).collect()
}

impl Sheet {
    fn read(self) -> (Arc<Source>, View) {
        match self {
            Sheet::Read(source, view) => (source, view),
            Sheet::Mail { archive, range } => archive.mail(range),
        }
    }
}

impl Archive {
    fn mail(&self, range: Range<usize>) -> (Arc<Source>, View) {
        let (bytes, base) = match &self.text {
            Ok(source) => (source.text().as_bytes(), Some(range.start)),
            Err(bytes) => (bytes.as_slice(), None),
        };
        match (View::read_mail(bytes.get(range).unwrap_or_default(), base), &self.text) {
            (Reading::InPlace(view), Ok(source)) => (Arc::clone(source), view),
            (Reading::InPlace(view) | Reading::Extracted(view), _) => {
                let view = view.detached();
                (Arc::new(Source::extracted(self.name.as_str(), view.text())), view)
            }
        }
    }
}
