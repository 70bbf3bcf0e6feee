//! How the attributes of a tag have it look: hidden, apart from what is around it, with its lines kept.

use super::token::Tag;

/// What the attributes of a tag tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look {
    /// It is not shown, nor what is in it.
    pub is_hidden: bool,
    /// It takes room without being seen; what is in it may be seen again.
    pub is_invisible: Option<bool>,
    /// Its letters have no size; what is in it may have one.
    pub is_tiny: Option<bool>,
    /// It stands on lines of its own, whatever it is.
    pub is_block: bool,
    /// Its lines are kept.
    pub keeps_lines: Option<bool>,
    /// Whether an empty line stands before it, and after it.
    pub margins: (Option<bool>, Option<bool>),
    /// It has no line beside it as quotations have.
    pub has_no_border: bool,
}

impl Look {
    /// Reads the attributes of a tag.
    pub fn of(tag: &Tag) -> Look {
        let is_hidden = tag.attribute("hidden").is_some() || has_class(tag, is_preheader);
        let look = Look { is_hidden, ..Look::default() };
        let mut style = Style { look, ..Style::default() };
        for declaration in tag.attribute("style").unwrap_or_default().to_ascii_lowercase().split(';') {
            if let Some((property, value)) = declaration.split_once(':') {
                style.declare(property.trim(), value.trim_end_matches("!important").trim());
            }
        }
        style.look.is_hidden |= style.is_flat && style.is_cut;
        style.look
    }
}

/// Whether one of the classes of a tag is such.
pub fn has_class(tag: &Tag, is_such: impl Fn(&str) -> bool) -> bool {
    tag.attribute("class").is_some_and(|classes| classes.split_ascii_whitespace().any(is_such))
}

/// Whether mailers give this class to the text that only the list of mails shows.
fn is_preheader(class: &str) -> bool {
    let names = ["preheader", "preheader-text", "preview-text", "previewtext", "mcnpreviewtext"];
    names.iter().any(|name| class.eq_ignore_ascii_case(name))
}

#[derive(Default)]
struct Style {
    look: Look,
    /// Its height is nothing.
    is_flat: bool,
    /// What is beyond its height is not seen.
    is_cut: bool,
}

impl Style {
    fn declare(&mut self, property: &str, value: &str) {
        let look = &mut self.look;
        match property {
            "display" => {
                look.is_hidden |= value == "none";
                look.is_block |= matches!(value, "block" | "table" | "flex" | "list-item");
            }
            "visibility" => look.is_invisible = Some(matches!(value, "hidden" | "collapse")),
            "mso-hide" => look.is_hidden |= value == "all",
            "mso-list" => look.is_hidden |= value == "ignore", // The bullet, which Word writes as text.
            "opacity" => look.is_hidden |= number(value).is_some_and(|(number, _)| number == 0.0),
            "font-size" => look.is_tiny = is_tiny(value).or(look.is_tiny),
            "max-height" | "height" => self.is_flat |= number(value).is_some_and(|(number, _)| number == 0.0),
            "overflow" => self.is_cut |= value == "hidden",
            "white-space" => look.keeps_lines = Some(value.starts_with("pre") || value == "break-spaces"),
            "margin" => {
                let mut sides = value.split_ascii_whitespace();
                let top = sides.next().map(is_gap);
                look.margins = (top, sides.nth(1).map(is_gap).or(top));
            }
            "margin-top" => look.margins.0 = Some(is_gap(value)),
            "margin-bottom" => look.margins.1 = Some(is_gap(value)),
            "border" | "border-left" => look.has_no_border = value.starts_with("none") || value.starts_with('0'),
            _ => {}
        }
    }
}

/// The number that a value begins with, and its unit.
fn number(value: &str) -> Option<(f32, &str)> {
    let len = value.find(|char: char| !char.is_ascii_digit() && char != '.' && char != '-').unwrap_or(value.len());
    let (number, unit) = value.split_at(len);
    Some((number.parse().ok()?, unit.trim()))
}

/// Whether letters of this size cannot be seen; `None` where that depends on what is around.
fn is_tiny(value: &str) -> Option<bool> {
    match number(value) {
        Some((number, _)) if number <= 0.0 => Some(true),
        Some((_, "em" | "%")) => None,
        _ => Some(value != "inherit").filter(|told| *told).map(|_| false),
    }
}

/// Whether a margin parts paragraphs; Word writes `.0001pt` for none.
fn is_gap(value: &str) -> bool {
    number(value)
        .is_some_and(|(number, unit)| if matches!(unit, "px" | "pt" | "") { number > 3.0 } else { number > 0.1 })
}

#[cfg(test)]
mod tests {
    use super::super::token::{Token, tokens};
    use super::*;

    fn look(attributes: &str) -> Look {
        match tokens(&format!("<p {attributes}>"), 0).next() {
            Some(Token::Start(tag)) => Look::of(&tag),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn hidden_text_is_known_by_its_attributes() {
        for attributes in [
            "hidden",
            "style='display:none'",
            "style='color:red; DISPLAY : none !important'",
            "style='mso-hide:all'",
            "style='opacity:0'",
            "style='max-height:0px;overflow:hidden'",
            "class='a mcnPreviewText'",
            "style='mso-list:Ignore'",
        ] {
            assert!(look(attributes).is_hidden, "{attributes}");
        }
        for attributes in ["", "style='display:block'", "style='opacity:0.5'", "style='max-height:0'", "class=hidden"] {
            assert!(!look(attributes).is_hidden, "{attributes}");
        }
        assert_eq!(look("style='visibility:hidden'").is_invisible, Some(true));
        assert_eq!(look("style='visibility:visible'").is_invisible, Some(false));
    }

    #[test]
    fn letters_without_size_are_known() {
        #[track_caller]
        fn check(value: &str, expected: Option<bool>) {
            assert_eq!(look(&format!("style='font-size:{value}'")).is_tiny, expected);
        }
        check("0", Some(true));
        check("0px", Some(true));
        check("0.0pt", Some(true));
        check("13px", Some(false));
        check("small", Some(false));
        check("1.2em", None);
        check("inherit", None);
    }

    #[test]
    fn margins_part_paragraphs() {
        #[track_caller]
        fn check(style: &str, expected: (Option<bool>, Option<bool>)) {
            assert_eq!(look(&format!("style='{style}'")).margins, expected);
        }
        check("", (None, None));
        check("margin:0", (Some(false), Some(false)));
        check("margin:0 0 16px", (Some(false), Some(true)));
        check("margin:1em 0", (Some(true), Some(true)));
        check("margin:0 auto", (Some(false), Some(false)));
        check("margin:0in;margin-bottom:.0001pt", (Some(false), Some(false)));
        check("margin-bottom:8.0pt", (None, Some(true)));
    }
}
