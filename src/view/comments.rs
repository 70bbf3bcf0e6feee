//! The comments of a file, which its readers are not shown.

use super::Format;
use super::markdown;
use crate::span::{Decoded, Span};
use html5gum::{DefaultEmitter, Token, Tokenizer};
use std::ops::Range;

/// The comments of a text, with their marks, in order. Only Markdown and HTML have some; what stands in code is none.
pub fn find(text: &str, format: Format) -> Vec<Span<Decoded>> {
    let found = match format {
        Format::Markdown => markdown::html_parts(text).into_iter().flat_map(|part| within(text, part)).collect(),
        Format::Html => within(text, 0..text.len()),
        Format::Text | Format::Mail | Format::Mbox | Format::Docx | Format::Odt => Vec::new(),
    };
    found.into_iter().map(|place| Span::new(place.start, place.end)).collect()
}

/// The comments in a part of a text that is HTML; scripts and the like hold none.
fn within(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let html = text.get(part.clone()).unwrap_or_default();
    let tokens = Tokenizer::new_with_emitter(html, emitter).flatten();
    let comments = tokens.filter_map(|token| match token {
        Token::Comment(comment) => Some(comment.span.start + part.start..comment.span.end + part.start),
        _ => None,
    });
    // The standard takes `<!x>` and `</ x>` for comments, too.
    comments.filter(|place| text.get(place.clone()).is_some_and(|text| text.starts_with("<!--"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(format: Format, text: &str, expected: &[&str]) {
        let found: Vec<&str> = find(text, format).into_iter().map(|span| &text[span.range()]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn comments_of_markdown_are_those_of_its_html() {
        let markdown = Format::Markdown;
        check(markdown, "<!-- a -->\nDear Ann,\n\nI <!-- b\nc --> am.\n", &["<!-- a -->", "<!-- b\nc -->"]);
        check(markdown, "`<!-- a -->`\n\n    <!-- b -->\n\n```\n<!-- c -->\n```\n", &[]);
        check(markdown, "> <!-- a\n> b --> <!-- c -->\n", &["<!-- a\n> b -->", "<!-- c -->"]);
        check(markdown, "\\<!-- a -->", &[]);
        check(markdown, "<script>\n<!-- a -->\n</script>\n\n<!-- b", &["<!-- b"]);
        check(markdown, "---\nx: <!-- a -->\n---\n\u{e9}\n\n<!-- b -->", &["<!-- b -->"]);
        check(markdown, &format!("{} <!-- a -->", ">".repeat(200)), &[]);
    }

    #[test]
    fn comments_of_html_are_those_of_the_standard() {
        let html = Format::Html;
        check(html, "<!DOCTYPE html><p>\u{e9}<!-- a --><b>x</b><!--b--></p>", &["<!-- a -->", "<!--b-->"]);
        check(html, "<script><!-- a --></script><textarea><!-- b --></textarea>&lt;!-- c -->", &[]);
        check(html, "<p title='<!-- a -->'>x<!x>", &[]);
        check(Format::Text, "<!-- a -->", &[]);
    }
}
