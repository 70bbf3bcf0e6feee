//! HTML inside Markdown: which tags vanish, which break a line, and which are no tags but the blanks of a template.

use std::ops::Range;

/// What a tag does to the text that a reader sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    /// Ends the line, even an empty one.
    Break,
    /// Begins or ends a block; text before and after it does not share a line.
    Block,
    /// Shows nothing.
    Inline,
    /// No element of HTML: `<Your Name>`, a blank that somebody forgot to fill in. Shown as it stands.
    Placeholder,
}

/// Elements whose text stands on lines of its own, https://html.spec.whatwg.org/multipage/rendering.html#flow-content-3
/// and cells of tables.
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "address", "article", "aside", "blockquote", "body", "caption", "center", "col", "colgroup", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frame", "frameset", "h1",
    "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "legend", "li", "link", "listing", "main",
    "menu", "meta", "nav", "noframes", "ol", "optgroup", "option", "p", "plaintext", "pre", "search", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul", "xmp",
];

/// All other elements, those that browsers still know from old mail among them.
#[rustfmt::skip]
const INLINES: &[&str] = &[
    "a", "abbr", "acronym", "applet", "area", "audio", "b", "base", "basefont", "bdi", "bdo", "big", "blink", "button",
    "canvas", "cite", "code", "data", "datalist", "del", "dfn", "em", "embed", "font", "i", "iframe", "img", "input",
    "ins", "kbd", "label", "map", "mark", "marquee", "math", "meter", "nobr", "noembed", "noscript", "object", "output",
    "param", "picture", "progress", "q", "rp", "rt", "ruby", "s", "samp", "script", "select", "slot", "small", "source",
    "span", "strike", "strong", "style", "sub", "sup", "svg", "template", "textarea", "time", "track", "tt", "u", "var",
    "video", "wbr",
];

/// What the tag `tag`, from `<` to `>`, does.
pub fn classify(tag: &str) -> Tag {
    let inner = tag.trim_start_matches('<').trim_end_matches('>');
    let name = tag_name(inner.trim_start_matches('/'));
    let is_plain = inner.starts_with(|char: char| char.is_ascii_alphabetic()) && !inner.contains(['=', '"', '/']);
    if is_plain && is_capitalized(name) {
        return Tag::Placeholder;
    }
    match name.to_ascii_lowercase().as_str() {
        "br" => Tag::Break,
        name if BLOCKS.contains(&name) => Tag::Block,
        name if INLINES.contains(&name) => Tag::Inline,
        _ if is_plain => Tag::Placeholder,
        _ => Tag::Inline, // A comment, a closing tag, or an unknown element with attributes: XML of some program.
    }
}

fn tag_name(inner: &str) -> &str {
    let end = inner.find(|char: char| !char.is_ascii_alphanumeric() && char != '-').unwrap_or(inner.len());
    &inner[..end]
}

/// Whether it is written like a word of a template, `<Title>` or `<Address>`, and not like HTML, `<title>` or `<TITLE>`.
/// Two letters are too few to tell: `<Br>`, `<Th>`.
fn is_capitalized(name: &str) -> bool {
    name.len() > 2
        && name.starts_with(|char: char| char.is_ascii_uppercase())
        && name[1..].contains(|char: char| char.is_ascii_lowercase())
}

/// A piece of an HTML block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    Text,
    Tag(Tag),
}

/// What ends the text that no reader sees: a comment, a script, a tag broken over lines.
pub type End = &'static str;

/// The pieces of a line of an HTML block with their 0-based byte ranges in `line`, one pass. `left_out_until` carries
/// from line to line what is left out.
pub fn pieces<'l>(
    line: &'l str,
    left_out_until: &mut Option<End>,
) -> impl Iterator<Item = (Piece, Range<usize>)> + use<'l> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < line.len() {
        if let Some(end) = *left_out_until {
            let Some(found) = find_ignoring_case(&line[at..], end) else { break };
            *left_out_until = None;
            // The closing tag of a script is read as a tag.
            at += if end.starts_with('<') { found } else { found + end.len() };
            continue;
        }
        let rest = &line[at..];
        let text_len = if rest.starts_with('<') { 0 } else { rest.find('<').unwrap_or(rest.len()) };
        if text_len > 0 {
            pieces.push((Piece::Text, at..at + text_len));
            at += text_len;
            continue;
        }
        let (piece, len) = read_markup(rest, left_out_until);
        pieces.extend(piece.map(|piece| (piece, at..at + len)));
        at += len;
    }
    pieces.into_iter()
}

/// What the `<` at the beginning of `rest` begins, and its length in bytes.
fn read_markup(rest: &str, left_out_until: &mut Option<End>) -> (Option<Piece>, usize) {
    /// Beginnings of what is left out, their length as far as the end cannot overlap it, and that end.
    const LEFT_OUT: [(&str, usize, End); 4] =
        [("<!--", 2, "-->"), ("<![CDATA[", 9, "]]>"), ("<?", 2, "?>"), ("<!", 2, ">")];
    /// Elements whose text is not for readers.
    const UNSEEN: [(&str, End); 3] = [("script", "</script"), ("style", "</style"), ("title", "</title")];

    if let Some((_, len, end)) = LEFT_OUT.iter().find(|(start, ..)| rest.starts_with(start)) {
        *left_out_until = Some(end);
        return (None, *len);
    }
    let is_tag = rest[1..].trim_start_matches('/').starts_with(|char: char| char.is_ascii_alphabetic());
    // An attribute may hold a `>`; then the rest of it is shown, which does no harm.
    let end = rest[1..].find(['<', '>']).map(|end| end + 1).filter(|&end| rest[end..].starts_with('>'));
    let Some(len) = end.map(|end| end + 1).filter(|_| is_tag) else {
        if is_tag && !rest[1..].contains('<') && classify(rest) != Tag::Placeholder {
            *left_out_until = Some(">"); // A tag broken over lines.
            return (None, rest.len());
        }
        return (Some(Piece::Text), 1);
    };
    let tag = classify(&rest[..len]);
    if tag != Tag::Placeholder {
        let name = tag_name(&rest[1..]);
        *left_out_until = UNSEEN.iter().find(|(unseen, _)| name.eq_ignore_ascii_case(unseen)).map(|&(_, end)| end);
    }
    (Some(Piece::Tag(tag)), len)
}

fn find_ignoring_case(text: &str, sought: &str) -> Option<usize> {
    text.as_bytes().windows(sought.len()).position(|window| window.eq_ignore_ascii_case(sought.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_told_from_elements() {
        #[track_caller]
        fn check(tag: &str, expected: Tag) {
            assert_eq!(classify(tag), expected);
        }
        check("<br>", Tag::Break);
        check("<BR />", Tag::Break);
        check("<p class=\"a\">", Tag::Block);
        check("</div>", Tag::Block);
        check("<b>", Tag::Inline);
        check("</B>", Tag::Inline);
        check("<!-- Your Name -->", Tag::Inline);
        check("<Your Name>", Tag::Placeholder);
        check("<company>", Tag::Placeholder);
        check("<first-name>", Tag::Placeholder);
        check("<Title>", Tag::Placeholder);
        check("<title>", Tag::Block);
        check("<TITLE>", Tag::Block);
        check("<w p=\"1\">", Tag::Inline);
        check("</w>", Tag::Inline);
    }

    #[test]
    fn a_block_is_cut_into_pieces() {
        #[track_caller]
        fn check(lines: &[&str], expected: &[&str]) {
            let mut until = None;
            let cut: Vec<_> = lines
                .iter()
                .flat_map(|line| pieces(line, &mut until).map(|(_, place)| &line[place]).collect::<Vec<_>>())
                .collect();
            assert_eq!(cut, expected);
        }
        check(&["<p>Dear X</p>"], &["<p>", "Dear X", "</p>"]);
        check(&["a<!-- b", "c", "d -->e"], &["a", "e"]);
        check(&["<!-->a<!--->b"], &["a", "b"]);
        check(&["<STYLE>p {}", "a > b", "</Style>c"], &["<STYLE>", "</Style>", "c"]);
        check(&["<div", " class=\"x\">a"], &["a"]);
        check(&["<?php a ?>b<!DOCTYPE html>c"], &["b", "c"]);
        check(&["a < b <c"], &["a ", "<", " b ", "<", "c"]);
        check(&["<Your", "Name>"], &["<", "Your", "Name>"]);
    }

    #[test]
    fn every_element_is_listed_once_and_in_order() {
        for list in [BLOCKS, INLINES] {
            assert!(list.is_sorted(), "{list:?}");
        }
        assert!(BLOCKS.iter().all(|name| !INLINES.contains(name)));
    }
}
