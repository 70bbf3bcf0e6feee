//! Parses a piece of a pattern, or an entry of the vocabulary, into a tree. The syntax is the `regex` crate's, read by its
//! own parser, so that its mistakes are told in its own words.

use super::pattern::FaultKind;
use super::tree::{Bytes, Edge, ListId, Tree, is_word};
use regex_syntax::ast::{self, Ast};
use std::ops::Range;

/// Stands for an apostrophe that may be left out.
pub const APOSTROPHE: char = '\u{f0000}';
/// This and the characters behind it stand for lists of the vocabulary.
const FIRST_LIST: u32 = 0xf_0001;
/// The last character that stands for a list.
const LAST_LIST: u32 = 0xf_fffd;

/// A tree may take this many instructions; a larger one is refused.
const MAX_SIZE: usize = 4_000;
/// A range of characters beyond ASCII may have this many.
const MAX_RANGE: usize = 64;

/// What cannot be used, and where: bytes of the piece.
type Refused = (Range<usize>, FaultKind);

/// The character that stands for a list; `None` when there are more lists than such characters.
pub fn stand_in(list: ListId) -> Option<char> {
    let code = u32::try_from(list).ok()?.checked_add(FIRST_LIST)?;
    (code <= LAST_LIST).then(|| char::from_u32(code)).flatten()
}

/// The list that a character stands for.
fn stood_for(c: char) -> Option<ListId> {
    (FIRST_LIST..=LAST_LIST).contains(&u32::from(c)).then(|| (u32::from(c) - FIRST_LIST) as ListId)
}

/// Whether a pattern as written holds a character that would stand for something else.
pub fn is_reserved(c: char) -> bool {
    c == APOSTROPHE || stood_for(c).is_some()
}

/// Parses.
#[derive(Debug)]
pub struct Parser(ast::parse::Parser);

impl Parser {
    /// A parser for any number of pieces.
    pub fn new() -> Parser {
        Parser(ast::parse::Parser::new())
    }

    /// The tree of a piece in which the conveniences are filled in.
    pub fn parse(&mut self, piece: &str) -> Result<Tree, Refused> {
        let tree = match plain(piece) {
            Some(tree) => tree,
            None => {
                let ast = self.0.parse(piece).map_err(|error| {
                    let span = error.span();
                    let kind = match error.kind() {
                        ast::ErrorKind::NestLimitExceeded(_) => FaultKind::TooDeep,
                        kind => FaultKind::Syntax(kind.to_string()),
                    };
                    (span.start.offset..span.end.offset, kind)
                })?;
                Translator { cased: false }.tree(&ast)?
            }
        };
        match () {
            () if tree.can_be_empty() => Err((0..piece.len(), FaultKind::MatchesNothing)),
            () if tree.size() > MAX_SIZE => Err((0..piece.len(), FaultKind::TooLarge)),
            () => Ok(tree),
        }
    }
}

/// The tree of a piece without any sign of the regex syntax, as most are; much quicker than the parser.
fn plain(piece: &str) -> Option<Tree> {
    let is_sign =
        |b: u8| matches!(b, b'\\' | b'.' | b'+' | b'*' | b'?' | b'(' | b')' | b'|' | b'[' | b'{' | b'^' | b'$');
    if piece.bytes().any(is_sign) {
        return None;
    }
    let mut parts = Parts::default();
    piece.chars().for_each(|c| parts.put_char(c, false));
    Some(parts.into_tree())
}

/// The parts of a sequence, texts put together.
#[derive(Default)]
struct Parts(Vec<Tree>);

impl Parts {
    fn put(&mut self, tree: Tree) {
        match (self.0.last_mut(), tree) {
            (Some(Tree::Text(before)), Tree::Text(text)) | (Some(Tree::Cased(before)), Tree::Cased(text)) => {
                before.extend(text);
            }
            (_, Tree::Seq(parts)) => parts.into_iter().for_each(|part| self.put(part)),
            (_, tree) => self.0.push(tree),
        }
    }

    /// Puts a character; most continue a text.
    fn put_char(&mut self, c: char, cased: bool) {
        match self.0.last_mut() {
            Some(Tree::Text(text)) if !cased && is_plain(c) => text.push(c.to_ascii_lowercase() as u8),
            _ => self.put(literal(c, cased)),
        }
    }

    fn into_tree(mut self) -> Tree {
        if self.0.len() == 1 { self.0.remove(0) } else { Tree::Seq(self.0) }
    }
}

/// Whether a character stands for itself and is one byte.
fn is_plain(c: char) -> bool {
    c.is_ascii() && c != '\''
}

fn literal(c: char, cased: bool) -> Tree {
    if let Some(list) = stood_for(c) {
        return Tree::List(list);
    }
    match c {
        APOSTROPHE => text(vec![b'\''], cased),
        // One that was escaped must be there.
        '\'' => Tree::Class(Bytes::one(b'\'')),
        _ => {
            let c = if cased { c } else { c.to_ascii_lowercase() };
            text(c.encode_utf8(&mut [0; 4]).as_bytes().to_vec(), cased)
        }
    }
}

fn text(bytes: Vec<u8>, cased: bool) -> Tree {
    if cased { Tree::Cased(bytes) } else { Tree::Text(bytes) }
}

fn refuse<T>(span: &ast::Span, what: &'static str) -> Result<T, Refused> {
    Err((span.start.offset..span.end.offset, FaultKind::Unsupported(what)))
}

/// Refuses `\x{f0001}` and the like, which would stand for a list.
fn check_escape(literal: &ast::Literal) -> Result<(), Refused> {
    let is_escaped = literal.kind != ast::LiteralKind::Verbatim;
    if is_escaped && is_reserved(literal.c) {
        return Err((literal.span.start.offset..literal.span.end.offset, FaultKind::PrivateCharacter));
    }
    Ok(())
}

struct Translator {
    /// Whether capitals are told from small letters here.
    cased: bool,
}

impl Translator {
    fn tree(&mut self, ast: &Ast) -> Result<Tree, Refused> {
        match ast {
            Ast::Empty(_) => Ok(Tree::EMPTY),
            Ast::Flags(set) => {
                self.set_flags(&set.flags)?;
                Ok(Tree::EMPTY)
            }
            Ast::Literal(found) => {
                check_escape(found)?;
                Ok(literal(found.c, self.cased))
            }
            Ast::Dot(_) => Ok(self.class(Bytes::one(b'\n').others())),
            Ast::Assertion(assertion) => self.edge(assertion),
            Ast::ClassUnicode(class) => refuse(&class.span, "a class of characters beyond ASCII"),
            Ast::ClassPerl(class) => Ok(self.class(perl(class))),
            Ast::ClassBracketed(class) => self.bracketed(class),
            Ast::Repetition(repetition) => self.repeat(repetition),
            Ast::Group(group) => {
                let outside = self.cased;
                if let Some(flags) = group.flags() {
                    self.set_flags(flags)?;
                }
                let inside = self.tree(&group.ast);
                self.cased = outside;
                inside
            }
            Ast::Alternation(alternation) => {
                let outside = self.cased;
                let parts: Result<Vec<Tree>, Refused> = alternation.asts.iter().map(|ast| self.tree(ast)).collect();
                self.cased = outside;
                parts.map(Tree::Any)
            }
            Ast::Concat(concat) => {
                let mut parts = Parts::default();
                for ast in &concat.asts {
                    match ast {
                        Ast::Literal(found) => {
                            check_escape(found)?;
                            parts.put_char(found.c, self.cased);
                        }
                        _ => parts.put(self.tree(ast)?),
                    }
                }
                Ok(parts.into_tree())
            }
        }
    }

    fn set_flags(&mut self, flags: &ast::Flags) -> Result<(), Refused> {
        let mut on = true;
        for item in &flags.items {
            match &item.kind {
                ast::FlagsItemKind::Negation => on = false,
                ast::FlagsItemKind::Flag(ast::Flag::CaseInsensitive) => self.cased = !on,
                ast::FlagsItemKind::Flag(_) => return refuse(&item.span, "a flag other than `i`"),
            }
        }
        Ok(())
    }

    fn edge(&self, assertion: &ast::Assertion) -> Result<Tree, Refused> {
        use ast::AssertionKind as Kind;
        let edge = match assertion.kind {
            Kind::StartLine | Kind::StartText => Edge::Start,
            Kind::EndLine | Kind::EndText => Edge::End,
            Kind::WordBoundary => Edge::Border,
            Kind::NotWordBoundary => Edge::NoBorder,
            Kind::WordBoundaryStart
            | Kind::WordBoundaryEnd
            | Kind::WordBoundaryStartAngle
            | Kind::WordBoundaryEndAngle
            | Kind::WordBoundaryStartHalf
            | Kind::WordBoundaryEndHalf => return refuse(&assertion.span, "a border of one side only"),
        };
        Ok(Tree::Edge(edge))
    }

    fn repeat(&mut self, repetition: &ast::Repetition) -> Result<Tree, Refused> {
        use ast::{RepetitionKind as Kind, RepetitionRange as Times};
        let of = Box::new(self.tree(&repetition.ast)?);
        let (min, max) = match repetition.op.kind {
            Kind::ZeroOrOne => (0, Some(1)),
            Kind::ZeroOrMore => (0, None),
            Kind::OneOrMore => (1, None),
            Kind::Range(Times::Exactly(times)) => (times, Some(times)),
            Kind::Range(Times::AtLeast(min)) => (min, None),
            Kind::Range(Times::Bounded(min, max)) => (min, Some(max)),
        };
        Ok(Tree::Repeat { of, min, max, lazy: !repetition.greedy })
    }

    fn class(&self, set: Bytes) -> Tree {
        if self.cased { Tree::CasedClass(set) } else { Tree::Class(set.lowered()) }
    }

    fn bracketed(&self, class: &ast::ClassBracketed) -> Result<Tree, Refused> {
        let mut beyond = Vec::new();
        let mut set = Bytes::NONE;
        self.add_set(&class.kind, &mut set, &mut beyond)?;
        let set = if self.cased { set } else { set.lowered() };
        if class.negated {
            return if beyond.is_empty() {
                Ok(if self.cased { Tree::CasedClass(set.others()) } else { Tree::Class(set.others()) })
            } else {
                refuse(&class.span, "a negated class with characters beyond ASCII")
            };
        }
        let inside = self.class(set);
        if beyond.is_empty() {
            return Ok(inside);
        }
        let beyond = beyond.into_iter().map(|c| literal(c, self.cased));
        Ok(Tree::Any(std::iter::once(inside).chain(beyond).collect()))
    }

    /// Adds what is in a class: ASCII to `set`, other characters to `beyond`.
    fn add_set(&self, class: &ast::ClassSet, set: &mut Bytes, beyond: &mut Vec<char>) -> Result<(), Refused> {
        match class {
            ast::ClassSet::Item(item) => self.add_item(item, set, beyond),
            ast::ClassSet::BinaryOp(operation) => refuse(&operation.span, "an operation on classes"),
        }
    }

    fn add_item(&self, item: &ast::ClassSetItem, set: &mut Bytes, beyond: &mut Vec<char>) -> Result<(), Refused> {
        use ast::ClassSetItem as Item;
        let mut add = |c: char| match u8::try_from(u32::from(c)).ok().filter(u8::is_ascii) {
            Some(byte) => set.add(byte),
            None => beyond.push(c),
        };
        match item {
            Item::Empty(_) => {}
            Item::Literal(literal) => {
                check_escape(literal)?;
                add(literal.c);
            }
            Item::Range(range) => {
                let (first, last) = (range.start.c, range.end.c);
                if (first..=last).any(is_reserved) || !last.is_ascii() && (first..=last).count() > MAX_RANGE {
                    return refuse(&range.span, "a long range of characters beyond ASCII");
                }
                (first..=last).for_each(add);
            }
            Item::Ascii(class) => *set = set.or(ascii(class)),
            Item::Unicode(class) => return refuse(&class.span, "a class of characters beyond ASCII"),
            Item::Perl(class) => *set = set.or(perl(class)),
            Item::Bracketed(inner) => {
                let (mut inner_set, mut inner_beyond) = (Bytes::NONE, Vec::new());
                self.add_set(&inner.kind, &mut inner_set, &mut inner_beyond)?;
                if inner.negated && !inner_beyond.is_empty() {
                    return refuse(&inner.span, "a negated class with characters beyond ASCII");
                }
                *set = set.or(if inner.negated { inner_set.others() } else { inner_set });
                beyond.extend(inner_beyond);
            }
            Item::Union(union) => {
                for item in &union.items {
                    self.add_item(item, set, beyond)?;
                }
            }
        }
        Ok(())
    }
}

fn perl(class: &ast::ClassPerl) -> Bytes {
    let set = match class.kind {
        ast::ClassPerlKind::Digit => Bytes::range(b'0', b'9'),
        ast::ClassPerlKind::Space => Bytes::of_ascii(|byte| matches!(byte, b'\t'..=b'\r' | b' ')),
        ast::ClassPerlKind::Word => Bytes::of_ascii(|byte| is_word(*byte)),
    };
    if class.negated { set.others() } else { set }
}

fn ascii(class: &ast::ClassAscii) -> Bytes {
    use ast::ClassAsciiKind as Kind;
    let set = match class.kind {
        Kind::Alnum => Bytes::of_ascii(u8::is_ascii_alphanumeric),
        Kind::Alpha => Bytes::of_ascii(u8::is_ascii_alphabetic),
        Kind::Ascii => Bytes::of_ascii(|_| true),
        Kind::Blank => Bytes::of_ascii(|byte| matches!(byte, b'\t' | b' ')),
        Kind::Cntrl => Bytes::of_ascii(u8::is_ascii_control),
        Kind::Digit => Bytes::of_ascii(u8::is_ascii_digit),
        Kind::Graph => Bytes::of_ascii(u8::is_ascii_graphic),
        Kind::Lower => Bytes::of_ascii(u8::is_ascii_lowercase),
        Kind::Print => Bytes::of_ascii(|byte| byte.is_ascii_graphic() || *byte == b' '),
        Kind::Punct => Bytes::of_ascii(u8::is_ascii_punctuation),
        Kind::Space => Bytes::of_ascii(|byte| matches!(byte, b'\t'..=b'\r' | b' ')),
        Kind::Upper => Bytes::of_ascii(u8::is_ascii_uppercase),
        Kind::Word => Bytes::of_ascii(|byte| is_word(*byte)),
        Kind::Xdigit => Bytes::of_ascii(u8::is_ascii_hexdigit),
    };
    if class.negated { set.others() } else { set }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_become_trees() {
        #[track_caller]
        fn check(piece: &str, expected: Tree) {
            assert_eq!(Parser::new().parse(piece).unwrap(), expected);
        }
        let text = |text: &str| Tree::Text(text.into());
        check("No Fit", text("no fit"));
        check("a(?:b|c)", Tree::Seq(vec![text("a"), Tree::Any(vec![text("b"), text("c")])]));
        check("(?-i:Bo)", Tree::Cased(b"Bo".to_vec()));
        check("[A-C]", Tree::Class(Bytes::range(b'A', b'C').or(Bytes::range(b'a', b'c'))));
        check("[^,]", Tree::Class(Bytes::one(b',').others()));
        check(r"x\b", Tree::Seq(vec![text("x"), Tree::Edge(Edge::Border)]));
        let list = stand_in(3).unwrap();
        check(&format!("a {list}"), Tree::Seq(vec![text("a "), Tree::List(3)]));
        check("[a€]", Tree::Any(vec![Tree::Class(Bytes::one(b'a')), text("€")]));
    }

    #[test]
    fn what_cannot_be_matched_is_refused_at_its_place() {
        #[track_caller]
        fn check(piece: &str, at: Range<usize>, message: &str) {
            let (found, kind) = Parser::new().parse(piece).unwrap_err();
            assert_eq!((found, kind.to_string().as_str()), (at, message));
        }
        check(r"no \p{Greek}", 3..12, "a class of characters beyond ASCII cannot be used in a pattern");
        check("a(?x:b)", 3..4, "a flag other than `i` cannot be used in a pattern");
        check("[a-z&&b]", 1..7, "an operation on classes cannot be used in a pattern");
        let large = "the pattern becomes too large: it repeats too much (limit `pattern-size`)";
        check("(?:a{99}){99}", 0..13, large);
        check("a|", 0..2, "the pattern can match an empty text, so it would be found everywhere");
    }
}
