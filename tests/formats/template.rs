//! Letters as templates: comments, control tags on lines of their own, a condition without an else around a paragraph.

use super::markdown::markdown;
use super::{Way, check};

/// How a language of templates writes what is not shown.
struct Language {
    comment: &'static str,
    opens: &'static str,
    ends: &'static str,
    control: &'static str,
}

const JINJA: Language = Language {
    comment: "{# I hate you. The pay\nis bad. #}",
    opens: "{%- if candidate.is_polite %}",
    ends: "{% endif -%}",
    control: "{% set firm = offer.firm %}",
};

const HANDLEBARS: Language = Language {
    comment: "{{!-- I hate you. The pay\nis {{bad}}. --}}",
    opens: "{{#if candidate.polite}}",
    ends: "{{/if}}",
    control: "{{#*inline \"firm\"}}{{/inline}}",
};

/// A letter with a comment in front of it, and a condition around every third paragraph.
fn template(text: &str, language: &Language) -> Vec<u8> {
    let mut written = format!("{}\n{}\n", language.comment, language.control);
    for (at, paragraph) in text.split("\n\n").enumerate() {
        if at > 0 {
            written.push_str("\n\n");
        }
        match at % 3 {
            1 => written.push_str(&format!("{}\n{paragraph}\n{}", language.opens, language.ends)),
            2 => written.push_str(&format!("{}\n{paragraph}", language.comment)),
            _ => written.push_str(paragraph),
        }
    }
    written.push('\n');
    written.into_bytes()
}

#[test]
fn jinja_is_the_same_letter() {
    check(&Way {
        name: "template.txt.j2",
        convert: |letter| template(&letter.text, &JINJA),
        decode: str::to_owned,
        except: &[],
    });
}

#[test]
fn jinja_over_markdown_is_the_same_letter() {
    check(&Way {
        name: "template.md.j2",
        convert: |letter| template(&markdown(&letter.text), &JINJA),
        decode: str::to_owned,
        except: &[],
    });
}

#[test]
fn handlebars_is_the_same_letter() {
    check(&Way {
        name: "template.txt.hbs",
        convert: |letter| template(&letter.text, &HANDLEBARS),
        decode: str::to_owned,
        except: &[],
    });
}

#[test]
fn handlebars_over_markdown_is_the_same_letter() {
    check(&Way {
        name: "template.md.hbs",
        convert: |letter| template(&markdown(&letter.text), &HANDLEBARS),
        decode: str::to_owned,
        except: &[],
    });
}
