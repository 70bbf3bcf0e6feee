//! The elements that are open, and what they make of the text in them.

use super::element::Element;
use super::look::Look;

/// What the elements around a piece of text make of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Context {
    /// Nothing of it is shown.
    pub is_hidden: bool,
    is_invisible: bool,
    is_tiny: bool,
    /// Its lines are kept.
    pub keeps_lines: bool,
    /// It is code.
    pub is_code: bool,
    /// It is a heading.
    pub is_heading: bool,
    /// How deep it is quoted.
    pub quote: u32,
    /// How many items of lists it lies in.
    pub items: u32,
}

impl Context {
    /// The context of the title of the page.
    pub fn of_title(is_shown: bool) -> Context {
        Context { is_hidden: !is_shown, ..Context::default() }
    }

    /// Whether a reader sees text here.
    pub fn is_shown(self) -> bool {
        !self.is_hidden && !self.is_invisible && !self.is_tiny
    }

    /// The context within an element.
    pub fn within(self, element: Element, look: &Look, is_quote: bool) -> Context {
        let is_preformatted = element == Element::Preformatted;
        Context {
            is_hidden: self.is_hidden || look.is_hidden || element == Element::Unseen,
            is_invisible: look.is_invisible.unwrap_or(self.is_invisible),
            is_tiny: look.is_tiny.unwrap_or(self.is_tiny),
            keeps_lines: look.keeps_lines.unwrap_or(self.keeps_lines || is_preformatted),
            // Code within a line is prose to its reader; plain mail is often sent as preformatted text without more.
            is_code: self.is_code || (element == Element::Code && self.keeps_lines),
            is_heading: self.is_heading || element == Element::Heading,
            quote: self.quote + u32::from(is_quote),
            items: self.items + u32::from(element == Element::Item),
        }
    }
}

/// An open element.
#[derive(Debug, Clone)]
pub struct Open {
    /// The name of its tag.
    pub name: String,
    /// What it does.
    pub element: Element,
    /// Whether its text shares no line with what is around it.
    pub is_block: bool,
    /// Whether an empty line stands after it.
    pub has_margin: bool,
    /// The context within it.
    pub context: Context,
    /// It was ended while a block in it was open, and ends with that.
    is_ended: bool,
}

impl Open {
    /// An element that begins.
    pub fn new(name: String, element: Element, is_block: bool, has_margin: bool, context: Context) -> Open {
        Open { name, element, is_block, has_margin, context, is_ended: false }
    }
}

/// How many elements may be open; what lies deeper is taken for text of the last one. Browsers do the same.
const DEEPEST: usize = 512;

/// How many open elements an end tag looks through for its own. So a file of nothing but tags takes no longer than
/// another; the elements that people leave open are few.
const WINDOW: usize = 128;

/// The open elements, the outermost one first.
#[derive(Debug, Default)]
pub struct Stack {
    open: Vec<Open>,
    /// How many elements are open beyond the deepest.
    beyond: usize,
}

impl Stack {
    /// The context of the text that comes next.
    pub fn context(&self) -> Context {
        self.open.last().map(|open| open.context).unwrap_or_default()
    }

    /// Opens an element.
    pub fn push(&mut self, open: Open) {
        if self.open.len() < DEEPEST {
            self.open.push(open);
        } else {
            self.beyond += 1;
        }
    }

    /// Ends what the start tag of an element ends; returns that, the innermost first.
    pub fn end_before(&mut self, element: Element) -> Vec<Open> {
        if self.beyond > 0 || !element.is_block() {
            return Vec::new();
        }
        // A section of a table ends the row and the section before it.
        let mut end = None;
        for (at, open) in self.open.iter().enumerate().rev().take(WINDOW) {
            if element.stops_at(open.element) {
                break;
            }
            if element.ends(open.element) {
                end = Some(at);
                if element != Element::Section {
                    break;
                }
            }
        }
        self.close_from(end)
    }

    /// Ends the innermost element of this name; returns what that ends, the innermost first.
    pub fn end(&mut self, name: &str, element: Element) -> Vec<Open> {
        if self.beyond > 0 {
            self.beyond -= 1;
            return Vec::new();
        }
        let mut has_block = false;
        for (at, open) in self.open.iter().enumerate().rev().take(WINDOW) {
            if open.name == name && !open.is_ended {
                if has_block && matches!(element, Element::Inline | Element::Code) {
                    self.open[at].is_ended = true;
                    return Vec::new();
                }
                return self.close_from(Some(at));
            }
            if element.stops_at(open.element) {
                break;
            }
            has_block |= open.element.is_block();
        }
        Vec::new()
    }

    fn close_from(&mut self, at: Option<usize>) -> Vec<Open> {
        let Some(at) = at else { return Vec::new() };
        let mut closed: Vec<Open> = self.open.drain(at..).rev().collect();
        while let Some(open) = self.open.pop_if(|open| open.is_ended) {
            closed.push(open);
        }
        closed
    }
}
