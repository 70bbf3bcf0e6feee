//! The tokens of HTML, as the HTML standard has them, each with its place in the file.

use html5gum::{Emitter, Error, State, Tokenizer};
use std::collections::VecDeque;
use std::ops::Range;

/// A piece of HTML. Places are 0-based byte offsets into the decoded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// Text that stands in the file as it is shown.
    Text(Range<usize>),
    /// Text that the file writes in another way: `&amp;`.
    Written(String, Range<usize>),
    /// A start tag.
    Start(Tag),
    /// An end tag: its name in lower case.
    End(String, Range<usize>),
    /// A comment with its marks, or something that the standard takes for one.
    Comment(Range<usize>),
}

/// A start tag.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tag {
    /// Its name in lower case.
    pub name: String,
    /// Those of its attributes that [`ATTRIBUTES`] names.
    attributes: Vec<(&'static str, String)>,
    /// Its place, from `<` to `>`.
    pub place: Range<usize>,
}

impl Tag {
    /// The value of an attribute; the first one counts, as in browsers.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }
}

/// The attributes that tell how something is shown, or what a file says of itself.
const ATTRIBUTES: [&str; 6] = ["class", "content", "hidden", "name", "style", "type"];

/// How much of a name is looked at, in bytes.
const LONGEST_NAME: usize = 32;

/// How much of the value of an attribute is looked at, in bytes.
const LONGEST_VALUE: usize = 2048;

/// The tokens of `text` from byte `start` on.
pub fn tokens(text: &str, start: usize) -> impl Iterator<Item = Token> + '_ {
    let collector = Collector { text, position: start, seen: start, ..Collector::default() };
    let tokenizer = Tokenizer::new_with_emitter(text.get(start..).unwrap_or_default(), collector);
    tokenizer.flatten() // There are no errors but those of reading a file.
}

/// Collects what the tokenizer tells it and finds the places.
#[derive(Default)]
struct Collector<'t> {
    text: &'t str,
    tokens: VecDeque<Token>,
    /// How far the tokenizer has read.
    position: usize,
    /// Behind the last token.
    seen: usize,
    /// Text that stands in the file as it is shown and may go on.
    run: Option<Range<usize>>,
    /// Where the tag or comment at hand begins.
    open: usize,
    is_end_tag: bool,
    tag: Tag,
    attribute: String,
    /// Whether the value of the attribute at hand is kept, and where.
    kept: bool,
    last_start: String,
}

impl Collector<'_> {
    fn here(&self) -> usize {
        self.text.ceil_char_boundary(self.position.min(self.text.len())).max(self.seen)
    }

    /// Where the file has `bytes` as they are: before the place that was read to, or right behind the last token, as for
    /// `</b>` in a title, which is told to be text after it was read. An `&` at that place may be that of `&amp;`.
    fn copied(&self, bytes: &[u8]) -> Option<Range<usize>> {
        let end = self.position.min(self.text.len());
        let before = end.saturating_sub(bytes.len());
        let starts = [Some(before), Some(self.seen).filter(|_| bytes != b"&")];
        let is_there = |start: &usize| {
            *start >= self.seen && self.text.as_bytes().get(*start..*start + bytes.len()) == Some(bytes)
        };
        starts.into_iter().flatten().find(is_there).map(|start| start..start + bytes.len())
    }

    fn end_run(&mut self) {
        self.tokens.extend(self.run.take().map(Token::Text));
    }

    fn place(&mut self) -> Range<usize> {
        let start = self.text.floor_char_boundary(self.open.max(self.seen));
        self.seen = self.here();
        start..self.seen
    }

    /// Keeps the attribute that was read, if it is one to be kept.
    fn end_attribute_name(&mut self) {
        if self.attribute.is_empty() {
            return;
        }
        let name = std::mem::take(&mut self.attribute);
        let known = ATTRIBUTES.iter().find(|known| **known == name);
        let known = known.filter(|known| self.tag.attribute(known).is_none());
        self.kept = known.is_some();
        self.tag.attributes.extend(known.map(|known| (*known, String::new())));
    }
}

/// Adds bytes to a string as long as it is not longer than `limit`.
fn push(string: &mut String, bytes: &[u8], limit: usize) {
    if string.len() < limit {
        let bytes = &bytes[..bytes.len().min(limit)];
        string.push_str(&String::from_utf8_lossy(bytes));
    }
}

impl Emitter for Collector<'_> {
    type Token = Token;

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }

    fn pop_token(&mut self) -> Option<Token> {
        self.tokens.pop_front()
    }

    fn emit_string(&mut self, bytes: &[u8]) {
        let Some(copied) = self.copied(bytes) else {
            self.end_run();
            let (start, end) = (self.seen, self.here());
            self.tokens.push_back(Token::Written(String::from_utf8_lossy(bytes).into_owned(), start..end));
            self.seen = end;
            return;
        };
        self.seen = copied.end;
        match &mut self.run {
            Some(run) if run.end == copied.start => run.end = copied.end,
            _ => {
                self.end_run();
                self.run = Some(copied);
            }
        }
    }

    fn emit_eof(&mut self) {
        self.end_run();
    }

    fn start_open_tag(&mut self) {
        self.open = self.position.saturating_sub(1);
    }

    fn init_start_tag(&mut self) {
        self.tag = Tag::default();
        self.is_end_tag = false;
    }

    fn init_end_tag(&mut self) {
        self.tag = Tag::default();
        self.is_end_tag = true;
    }

    fn push_tag_name(&mut self, name: &[u8]) {
        push(&mut self.tag.name, name, LONGEST_NAME);
    }

    fn init_attribute(&mut self) {
        self.end_attribute_name();
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        push(&mut self.attribute, name, LONGEST_NAME);
    }

    fn init_attribute_value(&mut self) {
        self.end_attribute_name();
    }

    fn push_attribute_value(&mut self, bytes: &[u8]) {
        self.end_attribute_name();
        if let Some((_, value)) = self.tag.attributes.last_mut().filter(|_| self.kept) {
            push(value, bytes, LONGEST_VALUE);
        }
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.end_run();
        self.end_attribute_name();
        let place = self.place();
        let tag = Tag { place, ..std::mem::take(&mut self.tag) };
        if self.is_end_tag {
            self.last_start.clear();
            self.tokens.push_back(Token::End(tag.name, tag.place));
            return None;
        }
        self.last_start.clone_from(&tag.name);
        self.tokens.push_back(Token::Start(tag));
        // https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inbody, for a reader without scripts.
        match self.last_start.as_str() {
            "script" => Some(State::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(State::RawText),
            "title" | "textarea" => Some(State::RcData),
            "plaintext" => Some(State::PlainText),
            _ => None,
        }
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.is_end_tag && !self.last_start.is_empty() && self.last_start == self.tag.name
    }

    fn init_comment(&mut self) {
        self.end_run();
    }

    fn emit_current_comment(&mut self) {
        self.end_run();
        let place = self.place();
        self.tokens.push_back(Token::Comment(place));
    }

    fn init_doctype(&mut self) {
        self.end_run();
    }

    fn emit_current_doctype(&mut self) {
        self.end_run();
        self.place();
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn emit_error(&mut self, _: Error) {}
    fn set_last_start_tag(&mut self, _: Option<&[u8]>) {}
    fn set_self_closing(&mut self) {}
    fn set_force_quirks(&mut self) {}
    fn push_comment(&mut self, _: &[u8]) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tokens as the tests write them: each with the bytes that it was read from.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = tokens(text, 0)
            .map(|token| match token {
                Token::Text(place) => text[place].to_owned(),
                Token::Written(shown, place) => format!("{shown} = {}", &text[place]),
                Token::Start(tag) => format!("{} {:?} = {}", tag.name, tag.attributes, &text[tag.place]),
                Token::End(name, place) => format!("/{name} = {}", &text[place]),
                Token::Comment(place) => format!("! {}", &text[place]),
            })
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn each_token_is_tied_to_its_place() {
        check("", &[]);
        check("a<b>c</B >d", &["a", "b [] = <b>", "c", "/b = </B >", "d"]);
        check(
            "Tom &amp; J&eacute;r&#xf4;me",
            &["Tom ", "& = &amp;", " J", "\u{e9} = &eacute;", "r", "\u{f4} = &#xf4;", "me"],
        );
        check("a &b; &# &#x &c& &", &["a &b; &# &#x &c& &"]);
        check("&lt&notit;", &["< = &lt", "\u{ac} = &not", "it;"]);
        check("\u{e9}<\u{e9}>\u{2014}</ >", &["\u{e9}<\u{e9}>\u{2014}", "! </ >"]);
        check("a\r\nb\rc", &["a", "\n = \r", "b", "\n = \r", "c"]);
    }

    #[test]
    fn attributes_that_matter_are_kept() {
        check(
            "<P Class=a x=y style='b &amp; c' class=d>",
            &["p [(\"class\", \"a\"), (\"style\", \"b & c\")] = <P Class=a x=y style='b &amp; c' class=d>"],
        );
        check("<p hidden x>", &["p [(\"hidden\", \"\")] = <p hidden x>"]);
        check("<p hidden", &[]);
    }

    #[test]
    fn comments_and_scripts_are_told_from_text() {
        check("<!-- a --><!DOCTYPE html><?xml?><![if !mso]>b", &["! <!-- a -->", "! <?xml?>", "! <![if !mso]>", "b"]);
        check("<!--[if !mso]><!-->b<!--<![endif]-->", &["! <!--[if !mso]><!-->", "b", "! <!--<![endif]-->"]);
        check("<script>a</b></SCRIPT>c", &["script [] = <script>", "a</b>", "/script = </SCRIPT>", "c"]);
        check("<title>a <b>&amp;</title>", &["title [] = <title>", "a <b>", "& = &amp;", "/title = </title>"]);
    }
}
