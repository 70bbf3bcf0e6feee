//! Letters in HTML: as a composer of mail writes them, and as Gmail does.

use super::markdown::quoted;
use super::{Way, check};

/// The text as HTML of a newsletter: tables within tables, styles on every tag, a hidden text for the list of mails.
pub fn composed(text: &str) -> String {
    let open = "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" \
                \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">\n<html xmlns=\"http://www.w3.org/1999/xhtml\">\n\
                <head><meta charset=\"utf-8\" /><style type=\"text/css\">p { margin: 0 0 1em } .x > a { color: red }</style>\n\
                <!--[if mso]><xml><o:OfficeDocumentSettings/></xml><![endif]--></head>\n\
                <body style=\"margin:0;padding:0\" bgcolor=\"#f4f4f4\">\n\
                <div style=\"display:none;max-height:0px;overflow:hidden\">I hate you. The pay is bad.&zwnj;&nbsp;&#847;</div>\n\
                <table width=\"100%\" cellpadding=\"0\" border=\"0\" role=\"presentation\"><tbody><tr><td align=\"center\" style=\"padding:24px\">\n\
                <table width=\"600\" style=\"border-collapse:collapse\"><tr>\n<td style=\"font:16px/1.5 Georgia, serif;color:#333\">\n";
    format!("{open}{}</td>\n</tr></table></td></tr></tbody></table>\n</body></html>\n", blocks(text))
}

fn blocks(text: &str) -> String {
    let mut written = String::new();
    let lines: Vec<(usize, &str)> = text.lines().map(quoted).collect();
    let mut depth = 0;
    for block in lines.chunk_by(|a, b| a.0 == b.0 && a.1.trim().is_empty() == b.1.trim().is_empty()) {
        let [(quotes, first), ..] = block else { continue };
        if !first.trim().is_empty() {
            written.push_str(&moved(&mut depth, *quotes));
            let lines: Vec<String> = block.iter().map(|(_, line)| entities(line.trim())).collect();
            let lines = lines.join("<br />\n    ");
            written.push_str(&format!("<p style=\"margin:0 0 16px 0\">\n    <span lang=\"en\">{lines}</span></p>\n"));
        }
    }
    written.push_str(&moved(&mut depth, 0));
    written
}

/// What opens and ends quotes to come from one depth to another.
fn moved(depth: &mut usize, to: usize) -> String {
    let opened = "<blockquote type=\"cite\" style=\"border-left:1px solid\">".repeat(to.saturating_sub(*depth));
    let ended = "</blockquote>".repeat(depth.saturating_sub(to));
    *depth = to;
    opened + &ended
}

/// The text as Gmail writes what was typed: a `div` for each line, and one with a break for an empty one.
fn typed(text: &str) -> String {
    let mut written = "<div dir=\"ltr\">".to_owned();
    let mut depth = 0;
    for (quotes, line) in text.lines().map(quoted) {
        written.push_str(&moved(&mut depth, quotes));
        let line = entities(line.trim());
        written.push_str(&format!("<div>{}</div>", if line.is_empty() { "<br>" } else { &line }));
    }
    written.push_str(&moved(&mut depth, 0));
    written + "</div>"
}

/// A line with an entity for every character that is not ASCII, for some that are, and for every fifth space.
fn entities(line: &str) -> String {
    let mut spaces = 0;
    let mut written = String::new();
    for (at, char) in line.chars().enumerate() {
        match char {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            '\'' => written.push_str("&#39;"),
            ' ' => {
                spaces += 1;
                written.push_str(if spaces % 5 == 0 { "&nbsp;" } else { " " });
            }
            char if !char.is_ascii() && at % 2 == 0 => written.push_str(&format!("&#x{:X};", u32::from(char))),
            char if !char.is_ascii() || (at % 11 == 7 && char.is_alphabetic()) => {
                written.push_str(&format!("&#{};", u32::from(char)));
            }
            char => written.push(char),
        }
    }
    written
}

/// The words of HTML as it is written here.
pub fn decoded(html: &str) -> String {
    let mut words = String::new();
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        words.push_str(&rest[..at]);
        let end = if rest[at..].starts_with('<') { '>' } else { ';' };
        let Some(len) = rest[at..].find(end) else { break };
        let name = &rest[at + 1..at + len];
        let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix('x') {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => digits.parse().ok(),
        });
        words.extend(number.and_then(char::from_u32));
        rest = &rest[at + len + 1..];
    }
    words + rest
}

#[test]
fn html_of_a_composer_is_the_same_letter() {
    check(&Way {
        name: "letter.html",
        convert: |letter| composed(&letter.text).into_bytes(),
        decode: decoded,
        except: &[],
    });
}

#[test]
fn html_as_it_is_typed_is_the_same_letter() {
    check(&Way {
        name: "letter.html",
        convert: |letter| typed(&letter.text).into_bytes(),
        decode: decoded,
        except: &[],
    });
}
