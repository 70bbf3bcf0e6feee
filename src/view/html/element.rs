//! The elements of HTML by what they do to the text that a reader sees.

/// What an element does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Element {
    /// Ends the line.
    Break,
    /// A rule across the page.
    Rule,
    /// Says something about the file.
    Meta,
    /// Has no content and shows no text.
    Void,
    /// What the whole page lies in: begins and ends nothing.
    Page,
    /// What the page is called.
    Title,
    /// Holds text that is not shown.
    Unseen,
    /// A paragraph.
    Paragraph,
    /// Its text stands on lines of its own.
    Block,
    /// A heading.
    Heading,
    /// Somebody else's words.
    Quote,
    /// Keeps its lines.
    Preformatted,
    /// A list, of any sort.
    List,
    /// An item of a list.
    Item,
    /// A term, or what it means.
    Term,
    /// A table.
    Table,
    /// The head, body or foot of a table.
    Section,
    /// A row of a table.
    Row,
    /// A cell of a table, or its caption.
    Cell,
    /// Code.
    Code,
    /// Stands within a line.
    Inline,
}

impl Element {
    /// What the element of this name does. One that HTML does not know stands within a line: `<o:p>`.
    pub fn of(name: &str) -> Element {
        match name {
            "br" => Element::Break,
            "hr" => Element::Rule,
            "meta" => Element::Meta,
            "area" | "base" | "basefont" | "bgsound" | "col" | "embed" | "img" | "input" | "keygen" | "link"
            | "param" | "source" | "track" | "wbr" => Element::Void,
            "html" | "head" | "body" => Element::Page,
            "title" => Element::Title,
            "script" | "style" | "template" | "xml" | "svg" | "iframe" | "noembed" | "noframes" | "textarea"
            | "select" | "datalist" | "audio" | "video" | "canvas" | "object" | "rp" => Element::Unseen,
            "p" => Element::Paragraph,
            "address" | "article" | "aside" | "center" | "details" | "dialog" | "div" | "fieldset" | "figcaption"
            | "figure" | "footer" | "form" | "header" | "hgroup" | "legend" | "main" | "nav" | "search" | "section"
            | "summary" | "optgroup" | "option" => Element::Block,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Element::Heading,
            "blockquote" => Element::Quote,
            "pre" | "listing" | "xmp" | "plaintext" => Element::Preformatted,
            "ul" | "ol" | "dir" | "menu" | "dl" => Element::List,
            "li" => Element::Item,
            "dt" | "dd" => Element::Term,
            "table" => Element::Table,
            "thead" | "tbody" | "tfoot" | "colgroup" => Element::Section,
            "tr" => Element::Row,
            "td" | "th" | "caption" => Element::Cell,
            "code" | "samp" | "kbd" => Element::Code,
            _ => Element::Inline,
        }
    }

    /// Whether its text shares no line with what is around it.
    pub fn is_block(self) -> bool {
        !matches!(
            self,
            Element::Break
                | Element::Meta
                | Element::Void
                | Element::Page
                | Element::Unseen
                | Element::Code
                | Element::Inline
        )
    }

    /// Whether an empty line stands before and after it where nothing tells otherwise, as browsers have it.
    pub fn has_margin(self) -> bool {
        matches!(
            self,
            Element::Rule
                | Element::Title
                | Element::Paragraph
                | Element::Heading
                | Element::Quote
                | Element::Preformatted
        )
    }

    /// Whether a start tag of this element ends `open`, if that lies around it: `<li>a<li>b`.
    pub fn ends(self, open: Element) -> bool {
        match self {
            Element::Item => open == Element::Item,
            Element::Term => open == Element::Term,
            Element::Cell => open == Element::Cell,
            Element::Row => open == Element::Row,
            Element::Section => matches!(open, Element::Section | Element::Row),
            _ => self.is_block() && open == Element::Paragraph,
        }
    }

    /// Whether no tag of this element within `outer` reaches what lies around that.
    pub fn stops_at(self, outer: Element) -> bool {
        match self {
            Element::Table => false,
            Element::Section | Element::Row => outer == Element::Table,
            Element::Cell => matches!(outer, Element::Table | Element::Row),
            Element::Item | Element::Term => matches!(outer, Element::Table | Element::Cell | Element::List),
            _ => matches!(outer, Element::Table | Element::Cell),
        }
    }
}
