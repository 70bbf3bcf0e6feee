//! Mail as it is sent (RFC 5322, MIME): the headers that a recipient sees, and the text, decoded.

mod flowed;
mod headers;
mod mime;
mod quoted_printable;
mod transfer;

use super::{Builder, LineKind, Reading, View};
use crate::span::Span;
use mime::{Entity, Media, Shape, Transfer};
use std::borrow::Cow;
use std::ops::Range;

/// How deep parts may stand in parts; what stands deeper is left out. Mail programs write four or five levels.
const MAX_DEPTH: usize = 16;

/// How deep it is looked into one of several alternatives for what it is: `related` around the text is usual.
const MAX_LOOK: usize = 3;

/// Reads one mail. Where the text of the file is UTF-8, `base` is the 0-based offset of the mail in it, and the view leads
/// back into it if the mail holds its text as it is or in quoted-printable; else the view stands for itself.
pub fn read(bytes: &[u8], base: Option<usize>) -> Reading {
    let start = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let mail = Mail { bytes, base: base.unwrap_or(0) };
    let shown = mail.show(start..bytes.len(), 0);
    match base {
        Some(_) if shown.in_place => Reading::InPlace(shown.view),
        _ => Reading::Extracted(shown.view.detached()),
    }
}

/// A mail or one that stands in it, as bytes.
struct Mail<'m> {
    bytes: &'m [u8],
    /// The offset of the bytes in the file.
    base: usize,
}

/// What is shown of a part.
struct Shown {
    view: View,
    /// Whether the view leads back into the file.
    in_place: bool,
    /// Whether it is somebody else's mail.
    is_quoted: bool,
}

impl Shown {
    fn nothing() -> Shown {
        Shown { view: View::default(), in_place: true, is_quoted: false }
    }

    fn says_something(&self) -> bool {
        !self.view.text().trim().is_empty()
    }
}

impl Mail<'_> {
    /// The mail at `range`: its headers, an empty line, its text.
    fn show(&self, range: Range<usize>, depth: usize) -> Shown {
        let entity = Entity::read(self.bytes, range, false);
        let mut builder = Builder::with_capacity(entity.body.len());
        headers::write(self.bytes, self.base, &entity.fields, &mut builder);
        if !builder.lines.is_empty() {
            builder.end_line(LineKind::Text, 0, Span::at(self.base + entity.body.start));
        }
        // A mail that is nothing but a file, a fax for example, has no other text.
        let body = self.body(&Entity { is_file: false, ..entity }, depth);
        builder.append(body.view, 0);
        Shown { view: builder.finish(), in_place: body.in_place, is_quoted: false }
    }

    fn part(&self, range: Range<usize>, shape: Shape, depth: usize) -> Shown {
        self.body(&Entity::read(self.bytes, range, shape == Shape::Digest), depth + 1)
    }

    fn body(&self, entity: &Entity, depth: usize) -> Shown {
        if depth > MAX_DEPTH {
            return Shown::nothing();
        }
        match &entity.media {
            Media::Mail => self.quoted(entity, depth),
            Media::Multipart { shape, boundary } => match self.parts(entity, boundary) {
                Some(parts) => self.several(parts, *shape, depth),
                // The text may still be read by a person, with all that stands around it.
                None => self.text(entity, None, super::text::read),
            },
            _ if entity.is_file => Shown::nothing(),
            Media::Plain { charset, flowed: true, delsp } => {
                self.text(entity, charset.as_deref(), |text| flowed::read(text, *delsp))
            }
            Media::Plain { charset, .. } => self.text(entity, charset.as_deref(), super::text::read),
            Media::Html { charset } => self.text(entity, charset.as_deref(), super::html::read),
            Media::Markdown { charset } => self.text(entity, charset.as_deref(), super::markdown::read),
            Media::Other => Shown::nothing(),
        }
    }

    fn parts(&self, entity: &Entity, boundary: &[u8]) -> Option<Vec<Range<usize>>> {
        let parts = if boundary.is_empty() { Vec::new() } else { entity.parts(self.bytes, boundary) };
        (!parts.is_empty()).then_some(parts)
    }

    fn several(&self, parts: Vec<Range<usize>>, shape: Shape, depth: usize) -> Shown {
        let shown = |part: Range<usize>| self.part(part, shape, depth);
        match shape {
            Shape::Mixed | Shape::Digest => together(parts.into_iter().map(shown).collect()),
            Shape::Related => parts.into_iter().map(shown).find(Shown::says_something).unwrap_or_else(Shown::nothing),
            Shape::Alternative => {
                let mut ranked: Vec<(u8, Range<usize>)> =
                    parts.into_iter().map(|part| (self.rank(part.clone(), MAX_LOOK), part)).collect();
                ranked.sort_by_key(|(rank, _)| *rank);
                let mut shown = ranked.into_iter().map(|(_, part)| shown(part));
                shown.find(Shown::says_something).unwrap_or_else(Shown::nothing)
            }
        }
    }

    /// Which of several alternatives is read: plain text leads back to the file best, then Markdown, then HTML.
    fn rank(&self, range: Range<usize>, look: usize) -> u8 {
        let entity = Entity::read(self.bytes, range, false);
        match &entity.media {
            Media::Plain { .. } => 0,
            Media::Markdown { .. } => 1,
            Media::Html { .. } => 2,
            Media::Multipart { boundary, .. } if look > 0 => {
                let parts = self.parts(&entity, boundary).unwrap_or_default();
                parts.into_iter().map(|part| self.rank(part, look - 1)).min().unwrap_or(3)
            }
            Media::Multipart { .. } | Media::Mail | Media::Other => 3,
        }
    }

    fn text(&self, entity: &Entity, charset: Option<&str>, read: impl Fn(&str) -> View) -> Shown {
        let body = self.bytes.get(entity.body.clone()).unwrap_or_default();
        let found = transfer::text(body, self.base + entity.body.start, entity.transfer, charset);
        let view = read(&found.text);
        match found.map {
            Some(map) => Shown { view: view.through(&map), in_place: true, is_quoted: false },
            None => Shown { view, in_place: false, is_quoted: false },
        }
    }

    /// A mail that goes with this one is somebody else's: it is shown as mail programs quote, below a line that says so.
    fn quoted(&self, entity: &Entity, depth: usize) -> Shown {
        let body = self.bytes.get(entity.body.clone()).unwrap_or_default();
        let at = self.base + entity.body.start;
        let shown = match transfer::bytes(body, at, entity.transfer).0 {
            Cow::Owned(bytes) if entity.transfer != Transfer::Plain => {
                let mail = Mail { bytes: &bytes, base: 0 };
                Shown { in_place: false, ..mail.show(0..bytes.len(), depth + 1) }
            }
            _ => self.show(entity.body.clone(), depth + 1),
        };
        let mut builder = Builder::default();
        if shown.says_something() {
            builder.replace("-----Original Message-----", Span::at(at));
            builder.end_line(LineKind::Text, 0, Span::at(at));
            builder.append(shown.view, 1);
        }
        Shown { view: builder.finish(), in_place: shown.in_place, is_quoted: true }
    }
}

/// Parts one below the other, parted by an empty line. Other people's mails come last: the writer's own words may stand
/// behind one, and what stands below a quoted mail is taken for it.
fn together(mut parts: Vec<Shown>) -> Shown {
    parts.retain(Shown::says_something);
    parts.sort_by_key(|part| part.is_quoted);
    let is_quoted = parts.iter().all(|part| part.is_quoted) && !parts.is_empty();
    let mut builder = Builder::default();
    let mut in_place = true;
    for part in parts {
        if let Some(last) = builder.lines.last() {
            let end = builder.map.back(Span::at(last.span.end()));
            builder.end_line(LineKind::Text, 0, Span::at(end.start()));
        }
        builder.append(part.view, 0);
        in_place &= part.in_place;
    }
    Shown { view: builder.finish(), in_place, is_quoted }
}

#[cfg(test)]
mod tests;
