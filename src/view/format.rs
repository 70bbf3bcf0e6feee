//! The formats that demur reads, and how a file tells its own: by its name, else by what is in it.

use std::fmt;
use std::str::FromStr;

/// A format that demur reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text, as in a mail client or a notes file.
    Text,
    /// Markdown, read as CommonMark.
    Markdown,
    /// HTML, tokenized as the HTML standard has it.
    Html,
    /// A mail as it is sent, `message/rfc822` (RFC 5322, MIME).
    Mail,
    /// An archive of mails, one behind the other (RFC 4155).
    Mbox,
    /// A document of Word (ECMA-376).
    Docx,
    /// A document of LibreOffice (OpenDocument).
    Odt,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 7] =
        [Format::Text, Format::Markdown, Format::Html, Format::Mail, Format::Mbox, Format::Docx, Format::Odt];

    /// The word for it in flags and reports.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::Mail => "mail",
            Format::Mbox => "mbox",
            Format::Docx => "docx",
            Format::Odt => "odt",
        }
    }

    /// The endings of file names that tell it.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Format::Text => &["txt", "text"],
            Format::Markdown => &["md", "markdown", "mdown", "mkd"],
            Format::Html => &["html", "htm", "xhtml"],
            Format::Mail => &["eml"],
            Format::Mbox => &["mbox"],
            Format::Docx => &["docx"],
            Format::Odt => &["odt"],
        }
    }

    fn of_extension(extension: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.extensions().contains(&extension))
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A language of templates that may be written over a format of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Template {
    /// Jinja, Twig, Nunjucks, Django.
    Jinja,
    /// Liquid.
    Liquid,
    /// Handlebars.
    Handlebars,
    /// Mustache.
    Mustache,
    /// ERB, EJS: `<% %>`.
    Erb,
    /// Go's `text/template`.
    Go,
    /// Blade.
    Blade,
}

impl Template {
    /// All languages.
    pub const ALL: [Template; 7] = [
        Template::Jinja,
        Template::Liquid,
        Template::Handlebars,
        Template::Mustache,
        Template::Erb,
        Template::Go,
        Template::Blade,
    ];

    /// The word for it in flags and reports.
    pub fn name(self) -> &'static str {
        match self {
            Template::Jinja => "jinja",
            Template::Liquid => "liquid",
            Template::Handlebars => "handlebars",
            Template::Mustache => "mustache",
            Template::Erb => "erb",
            Template::Go => "go",
            Template::Blade => "blade",
        }
    }

    /// The endings of file names that tell it; the format below it is told by the ending before, as in `offer.md.j2`.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Template::Jinja => &["j2", "jinja", "jinja2", "njk", "twig"],
            Template::Liquid => &["liquid"],
            Template::Handlebars => &["hbs", "handlebars"],
            Template::Mustache => &["mustache"],
            Template::Erb => &["erb", "ejs"],
            Template::Go => &["tmpl", "gotmpl", "gohtml"],
            Template::Blade => &["blade"],
        }
    }

    fn of_extension(extension: &str) -> Option<Template> {
        Template::ALL.into_iter().find(|template| template.extensions().contains(&extension))
    }
}

/// What a file is: a format, and the language of templates over it if there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FileType {
    /// The format.
    pub format: Format,
    /// The language of templates over it.
    pub template: Option<Template>,
}

impl From<Format> for FileType {
    fn from(format: Format) -> FileType {
        FileType { format, template: None }
    }
}

impl FileType {
    /// What the name of a file tells by its endings; `None` where it tells nothing.
    pub fn of_name(name: &str) -> Option<FileType> {
        let base = name.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
        // Blade's templates are PHP files by name: `offer.blade.php`.
        let base = base.strip_suffix(".blade.php").map_or(base.clone(), |base| format!("{base}.blade"));
        let (stem, extension) = base.rsplit_once('.')?;
        let Some(template) = Template::of_extension(extension) else {
            return Format::of_extension(extension).map(FileType::from);
        };
        let inner = stem.rsplit_once('.').and_then(|(_, extension)| Format::of_extension(extension));
        let of_pages = matches!(extension, "blade" | "gohtml");
        let format = inner.unwrap_or(if of_pages { Format::Html } else { Format::Text });
        Some(FileType { format, template: Some(template) })
    }

    /// Whether a file of this type is taken for a template: it is written in a language of templates, or a word of its
    /// name says so, as in `declining-template.md` and `Samples.txt`. Folders say nothing.
    pub fn is_template(self, name: &str) -> bool {
        let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let mut words = base.split(|c: char| !c.is_alphanumeric());
        let is_said = |word: &str| TEMPLATE_WORDS.iter().any(|said| word.eq_ignore_ascii_case(said));
        self.template.is_some() || words.any(is_said)
    }

    /// What a file is: by its name, else by how its bytes begin; plain text where neither tells.
    pub fn of(name: &str, bytes: &[u8]) -> FileType {
        FileType::of_name(name).unwrap_or_else(|| of_bytes(bytes).into())
    }
}

/// Words by which a file is named a template.
const TEMPLATE_WORDS: [&str; 4] = ["template", "templates", "sample", "samples"];

/// A word that names no type of file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is no format `{0}`; use text, markdown, html, mail, mbox, docx or odt, and for a template add its language, \
     e.g. markdown+jinja (the form of the report is set by --output-format)"
)]
pub struct NoFormat(String);

/// Reads `markdown`, `markdown+jinja`, or `jinja` for a template over plain text.
impl FromStr for FileType {
    type Err = NoFormat;

    fn from_str(word: &str) -> Result<FileType, NoFormat> {
        let (format, template) = word.split_once('+').map_or((word, None), |(format, rest)| (format, Some(rest)));
        let find_template = |name: &str| Template::ALL.into_iter().find(|template| template.name() == name);
        let format_of = |name: &str| Format::ALL.into_iter().find(|format| format.name() == name);
        let found = match (format_of(format), template) {
            (Some(format), None) => Some(FileType::from(format)),
            (Some(format @ (Format::Text | Format::Markdown | Format::Html)), Some(template)) => {
                find_template(template).map(|template| FileType { format, template: Some(template) })
            }
            (None, None) => {
                find_template(word).map(|template| FileType { format: Format::Text, template: Some(template) })
            }
            _ => None,
        };
        found.ok_or_else(|| NoFormat(word.to_owned()))
    }
}

/// How far into a file is looked to tell its format, in bytes.
const BEGINNING: usize = 4096;

fn of_bytes(bytes: &[u8]) -> Format {
    let beginning = &bytes[..bytes.len().min(BEGINNING)];
    if beginning.starts_with(b"PK\x03\x04") {
        let is_odt = find(beginning, b"mimetypeapplication/vnd.oasis.opendocument.text").is_some();
        return if is_odt { Format::Odt } else { Format::Docx };
    }
    let text = String::from_utf8_lossy(beginning);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let has_start = |start: &str| text.get(..start.len()).is_some_and(|begins| begins.eq_ignore_ascii_case(start));
    if has_start("<!doctype html") || has_start("<html") {
        Format::Html
    } else if text.starts_with("From ") && is_mail(text.split_once('\n').map_or("", |(_, rest)| rest)) {
        Format::Mbox
    } else if is_mail(text) {
        Format::Mail
    } else {
        Format::Text
    }
}

/// Whether a text begins with headers that only a mail program writes: people write `To:` and `Subject:` too.
fn is_mail(text: &str) -> bool {
    const OF_PROGRAMS: [&str; 5] = ["mime-version", "message-id", "received", "return-path", "content-type"];
    let headers = text.lines().take_while(|line| !line.trim().is_empty());
    let names =
        headers.filter(|line| !line.starts_with([' ', '\t'])).map(|line| line.split_once(':').map(|(name, _)| name));
    let mut is_of_program = false;
    for name in names {
        let Some(name) = name.filter(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic()))
        else {
            return false;
        };
        is_of_program |= OF_PROGRAMS.iter().any(|of_program| name.eq_ignore_ascii_case(of_program));
    }
    is_of_program
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_what_a_file_is() {
        #[track_caller]
        fn check(name: &str, expected: Option<(Format, Option<Template>)>) {
            assert_eq!(FileType::of_name(name).map(|found| (found.format, found.template)), expected, "{name:?}");
        }
        check("letter.md", Some((Format::Markdown, None)));
        check("a.b/LETTER.Markdown", Some((Format::Markdown, None)));
        check("letter.txt", Some((Format::Text, None)));
        check("a.md/letter", None);
        check("<stdin>", None);
        check("offer.md.j2", Some((Format::Markdown, Some(Template::Jinja))));
        check("offer.html.hbs", Some((Format::Html, Some(Template::Handlebars))));
        check("offer.tmpl", Some((Format::Text, Some(Template::Go))));
        check("offer.blade.php", Some((Format::Html, Some(Template::Blade))));
        check("offer.docx", Some((Format::Docx, None)));
        check("", None);
        check(".", None);
    }

    #[test]
    fn a_name_tells_a_template() {
        #[track_caller]
        fn check(name: &str, expected: bool) {
            let file_type = FileType::of_name(name).unwrap_or(Format::Text.into());
            assert_eq!(file_type.is_template(name), expected, "{name:?}");
        }
        check("declining-template.md", true);
        check("a/Sample_3.txt", true);
        check("TEMPLATES.html", true);
        check("offer.md.j2", true);
        check("templates/declining.md", false);
        check("templated.md", false);
        check("example.md", false);
        check("", false);
    }

    #[test]
    fn a_word_tells_too() {
        #[track_caller]
        fn check(word: &str, expected: Option<(Format, Option<Template>)>) {
            let found = word.parse::<FileType>().ok();
            assert_eq!(found.map(|found| (found.format, found.template)), expected, "{word:?}");
        }
        check("html", Some((Format::Html, None)));
        check("html+liquid", Some((Format::Html, Some(Template::Liquid))));
        check("jinja", Some((Format::Text, Some(Template::Jinja))));
        check("docx+jinja", None);
        check("markdown+php", None);
        check("json", None);
    }

    #[test]
    fn else_its_bytes_tell() {
        #[track_caller]
        fn check(bytes: &[u8], expected: Format) {
            assert_eq!(FileType::of("<stdin>", bytes), expected.into(), "{:?}", String::from_utf8_lossy(bytes));
        }
        check(b"", Format::Text);
        check(b"Dear Ann,\n\nNo.", Format::Text);
        check(b"To: Ann\nSubject: No\n\nDear Ann,", Format::Text);
        check(b"\xef\xbb\xbf <!DOCTYPE html><p>Dear", Format::Html);
        check(b"<HTML><body>", Format::Html);
        check(b"From: a@a.example\nMIME-Version: 1.0\nSubject: a\n b\n\nDear", Format::Mail);
        check(b"Received: from x\r\n\tby y\r\nSubject: a\r\n\r\nDear", Format::Mail);
        check(b"From a@a.example Mon May  4\nMessage-ID: <x>\n\nDear", Format::Mbox);
        check(b"From now on, no.\nReceived: nothing\n", Format::Mbox);
        check(b"From now on I say no.\n", Format::Text);
        check(b"PK\x03\x04\x14\0", Format::Docx);
        check(b"PK\x03\x04\x14\0\0mimetypeapplication/vnd.oasis.opendocument.text", Format::Odt);
    }
}
