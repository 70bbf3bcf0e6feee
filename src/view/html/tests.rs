use super::*;
use crate::view::tests::{assert_sound, sketch};
use proptest::prelude::*;
use std::time::{Duration, Instant};

#[track_caller]
fn check(text: &str, expected: &str) {
    let view = read(text);
    assert_eq!(sketch(&view), expected, "{text}");
    assert_sound(text, &view);
}

#[test]
fn white_space_is_collapsed_as_in_a_browser() {
    check("", "");
    check("a", "a");
    check("  a \n\t b  ", "a b");
    check("a <b> b </b> c<i>d</i> .", "a b cd .");
    check("<b>a</b> <i>b</i>\n<u>c</u>", "a b c");
    check("a&nbsp; \u{a0}b&#10;c&thinsp;d", "a b c d");
    check("in&shy;ter&zwnj;est&#8203;", "interest");
    check("Tom &amp; J&eacute;r&#xf4;me &lt;b&gt; &unknown; AT&T", "Tom & J\u{e9}r\u{f4}me <b> &unknown; AT&T");
    check("a < b, <3 and \u{e9}<\u{e9}", "a < b, <3 and \u{e9}<\u{e9}");
}

#[test]
fn blocks_are_lines_and_paragraphs_stand_apart() {
    check("<p>a<p>b</p>c", "a||b||c");
    check("<div>a</div><div>b<div>c</div>d</div>e", "a|b|c|d|e");
    check("a<br>b<br/>\nc<br><br>d</br>e", "a|b|c||d|e");
    check("<div>a</div><div><br></div><div>b</div>", "a||b");
    check("<div>a</div><div>&nbsp;</div><div>b</div>", "a||b");
    check("<h1>a</h1>b<h2>c<br>d</h2>", "#a||b||#c|#d");
    check("a<hr>b", "a||=---||b");
    check("<p style='margin:0'>a</p><p style='margin:0'>b</p>", "a|b");
    check("<p style='margin:0 0 16px'>a</p><p style='margin:0 0 16px'>b</p>", "a||b");
    check("<div style='margin-bottom:1em'>a</div><div>b</div>", "a||b");
    check("<span style='display:block'>a</span><span>b</span>", "a|b");
    check("<html><body>a</body></html>b", "ab");
}

#[test]
fn lists_are_items() {
    check("a<ul><li>b<li>c<br>d</ul>e", "a||-b|-c|d||e");
    check("<p>a</p><ol><li><p>b</p><li><p>c</p></ol><p>d</p>", "a||-b||-c||d");
    check("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "-a|-b|-c");
    check("<dl><dt>a<dd>b<dt>c<dd>d</dl>", "a|b|c|d");
}

#[test]
fn quotations_have_their_depth() {
    check("a<blockquote>b<blockquote type=cite>c</blockquote>d</blockquote>e", "a||>b|>|>>c|>|>d||e");
    check("<blockquote style='margin:0 0 0 40px;border:none;padding:0px'>a</blockquote>", "a");
    check("<blockquote class='gmail_quote' style='border:none'><p>a</p></blockquote>", ">a");
    check("<blockquote>a", ">a");
    check("<blockquote><p>a<blockquote>b</blockquote></blockquote>c", ">a|>|>>b||c");
}

#[test]
fn lines_of_preformatted_text_are_kept() {
    check("a<pre>\nb  c \n\n  d &amp; <b>e</b>  \nf</pre>g", "a||b  c||  d & e|f||g");
    check("<pre><code>a\n  b</code></pre><code>c</code>", "=a|=  b||c");
    check("<div style='white-space:pre-wrap'>a\nb</div>", "a|b");
    check("<pre>a&#10;b\r\nc</pre>", "a|b|c");
}

#[test]
fn tables_are_read_cell_by_cell() {
    check("<table><tr><td>a<td>b<tr><td>c</table>d", "a|b|c|d");
    check(
        "<table><tr><td>Dear Ann,</td></tr><tr><td>I am not able to come.</td></tr><tr><td>Best,</td></tr><tr><td>Bo</td>\
         </tr></table>",
        "Dear Ann,||I am not able to come.||Best,|Bo",
    );
    check("<table><tbody><tr><td><table><tr><td><div>a</div></td></tr></table></td></tr><tr><td>b</table>", "a|b");
    check("<table><tr><td></div></p></table>a</td>", "a");
    check("a<table><tr><td>&nbsp;</td></tr></table>b", "a||b");
}

#[test]
fn what_is_not_shown_is_left_out() {
    check("<style>p{}</style><script>a()</script>b<template><p>c</template><xml><o>d</o></xml>", "b");
    check(
        "<!-- a --><!--[if mso]><p>b</p><![endif]-->c<!--[if !mso]><!-->d<!--<![endif]--><![if !mso]>e<![endif]>",
        "cde",
    );
    check("a<span hidden>b <i>c</i></span> d", "a d");
    check("<div style='display:none'>a<p>b</div>c", "c");
    check("<p style='visibility:hidden'>a<span style='visibility:visible'>b</span></p>", "b");
    check("<td style='font-size:0px'>a<div style='font-size:13px'>b</div>c</td>", "b");
    check("<p style='mso-hide:all'>a</p>b", "b");
    check("<p style='display:none'>a<p>b", "b");
    check("<b style='display:none'><p>a</b>b</p>c", "c");
    check("<img alt='a'>b<svg><title>c</title><text>d</text></svg>", "b");
    check("<select><option>a</select><textarea><p>b</textarea>c", "c");
}

#[test]
fn the_title_is_the_subject() {
    check("<head><title> No, \n<b>&amp; thanks </title></head><body><p>a", "Subject: No, <b>& thanks||a");
    check("<!-- subject: No, thanks --><p>a", "Subject: No, thanks||a");
    check("<!-- Subject: No --><title>b</title><p>a", "Subject: No||a");
    check("<title></title>a", "a");
    check("a<title>b</title>", "a");
    check("<head><meta charset=utf-8><style>a</style>b", "b");
    check("---\nsubject: No\n---\n<title>b</title><p>a", "Subject: No||a");
}

#[test]
fn a_file_says_what_it_is() {
    let view = read("<meta name=Kind content=' reply '><META NAME=template CONTENT=true><meta name=x content=y>");
    assert_eq!(
        (view.setting("kind"), view.setting("template"), view.setting("x")),
        (Some("reply"), Some("true"), None)
    );
    assert_eq!(read("---\nkind: reply\n---\n<p>a").setting("kind"), Some("reply"));
}

#[test]
fn unclosed_and_misplaced_tags_do_no_harm() {
    check("<p>a<b>b<p>c</i></p></div>d", "ab||c||d");
    check("</p>a</td></table>b", "a|b");
    check("<a href='x'>a", "a");
    check("a<a href='x", "a");
    check("a<!-- b", "a");
    check("a<script>b", "a");
    check("<span style='display:none'><b>a</span>b", "b");
    check("<div style='display:none'><span>a</div>b", "b");
    check("<p style='display:none'>a<div>b", "b");
}

#[test]
fn passages_lead_back_to_the_file() {
    let text = "<p>Dear <b>Ann</b>,</p>\n<p>Tom&nbsp;&amp; <i>I</i><br>\nsay no.</p>";
    let view = read(text);
    assert_eq!(view.text(), "Dear Ann,\n\nTom & I\nsay no.\n");
    #[track_caller]
    fn check(view: &View, text: &str, shown: &str, expected: &str) {
        let start = view.text().find(shown).unwrap();
        let place = view.back(Span::new(start, start + shown.len()));
        assert_eq!(&text[place.range()], expected, "at {place:?}");
    }
    check(&view, text, "Dear Ann,", "Dear <b>Ann</b>,");
    check(&view, text, "Ann", "Ann");
    check(&view, text, "&", "&amp;");
    check(&view, text, "Tom &", "Tom&nbsp;&amp;");
    check(&view, text, "& I", "&amp; <i>I");
    check(&view, text, "I\n", "I</i><br>");
    check(&view, text, "I\nsay", "I</i><br>\nsay");
    assert_eq!(view.back(Span::at(9)), Span::at(text.find("</p>").unwrap()));
}

const OUTLOOK: &str = r##"<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><meta name="Generator" content="Microsoft Word 15">
<!--[if !mso]><style>v\:* {behavior:url(#default#VML);}</style><![endif]--><style><!--
p.MsoNormal, li.MsoNormal {margin:0in; font-size:11.0pt;}
--></style><!--[if gte mso 9]><xml><o:shapedefaults v:ext="edit" spidmax="1026" /></xml><![endif]--></head>
<body lang="EN-US" link="#0563C1"><div class="WordSection1">
<p class="MsoNormal">Dear Ann,<o:p></o:p></p>
<p class="MsoNormal"><o:p>&nbsp;</o:p></p>
<p class="MsoNormal">Thank you for <span style="mso-fareast-language:EN-US">asking</span>. I
 can&#8217;t come.<o:p></o:p></p>
<p class="MsoListParagraph" style="margin-left:.5in;text-indent:-.25in;mso-list:l0 level1 lfo1"><![if !supportLists]><span
 style="font-family:Symbol"><span style="mso-list:Ignore">&middot;<span style="font:7.0pt &quot;Times New Roman&quot;">&nbsp;&nbsp;
 </span></span></span><![endif]>It rains<o:p></o:p></p>
<p class="MsoNormal"><o:p>&nbsp;</o:p></p>
<p class="MsoNormal">Best,<o:p></o:p></p>
<p class="MsoNormal">Bo<o:p></o:p></p>
<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in">
<p class="MsoNormal"><b>From:</b> Ann &lt;ann@a.example&gt; <br><b>Sent:</b> Monday, May 4, 2026 9:00 AM<o:p></o:p></p></div></div>
<p class="MsoNormal">Come!<o:p></o:p></p></div></body></html>"##;

const GMAIL: &str = r#"<div dir="ltr"><div>Dear Ann,</div><div><br></div><div>Thank you, but I can&#39;t.</div><div><br></div>
<div>Best,<br>Bo</div></div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Mon, May 4, 2026
 at 9:00&#8239;AM Ann &lt;<a href="mailto:ann@a.example">ann@a.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote"
 style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"><div dir="ltr">Come!</div>
</blockquote></div>"#;

const APPLE: &str = r#"<html><head></head><body dir="auto" style="overflow-wrap: break-word; -webkit-nbsp-mode: space;">Dear Ann,<div><br
></div><div>Thank you, but I can’t.</div><div><br><div><span class="Apple-converted-space">&nbsp;</span></div><div>Bo<br id="x"><div><br>
<blockquote type="cite"><div>On 4 May 2026, at 09:00, Ann wrote:</div><br class="Apple-interchange-newline"><div>Come!</div></blockquote>
</div></div></div></body></html>"#;

const MAILCHIMP: &str = r##"<!doctype html><html><head><title>*|MC:SUBJECT|*</title><style type="text/css">.mcnPreviewText{display:none}
</style></head><body style="height:100%;margin:0"><!--*|IF:MC_PREVIEW_TEXT|*--><!--[if !gte mso 9]><!----><span class="mcnPreviewText"
 style="display:none; font-size:0px; line-height:0px; max-height:0px; opacity:0; overflow:hidden; mso-hide:all;">*|MC_PREVIEW_TEXT|*</span>
<!--<![endif]--><!--*|END:IF|*--><div style="display:none;max-height:0">Soon &zwnj;&nbsp;&zwnj;&nbsp;&#847;</div><center><table role=
"presentation" width="100%"><tbody><tr><td align="center" style="font-size:0px"><!--[if mso]><table><tr><td width="600"><![endif]-->
<table class="mcnTextBlock"><tbody class="mcnTextBlockOuter"><tr><td valign="top" style="font-size:16px"><h1>Thank you</h1>
<p style="margin:10px 0;">Dear *|FNAME|*,</p><p style="margin:10px 0;">we cannot<br>come.&nbsp;</p>
</td></tr></tbody></table><!--[if mso]></td></tr></table><![endif]--></td></tr></tbody></table></center></body></html>"##;

#[test]
fn letters_of_mail_programs_read_as_the_letter() {
    check(
        OUTLOOK,
        "Dear Ann,||Thank you for asking. I can\u{2019}t come.|-It rains||Best,|Bo|From: Ann <ann@a.example>|\
         Sent: Monday, May 4, 2026 9:00 AM|Come!",
    );
    check(
        GMAIL,
        "Dear Ann,||Thank you, but I can't.||Best,|Bo||On Mon, May 4, 2026 at 9:00 AM Ann <ann@a.example> wrote:|>Come!",
    );
    check(APPLE, "Dear Ann,||Thank you, but I can\u{2019}t.||Bo||>On 4 May 2026, at 09:00, Ann wrote:|>|>Come!");
    check(MAILCHIMP, "Subject: *|MC:SUBJECT|*||#Thank you||Dear *|FNAME|*,||we cannot|come.");
}

#[test]
fn hostile_files_are_read_in_time() {
    #[track_caller]
    fn check(text: &str) {
        let start = Instant::now();
        let view = read(text);
        let spent = start.elapsed();
        assert!(view.lines().len() <= text.len() + 1);
        assert!(spent < Duration::from_secs(10), "{spent:?} for {:?}", &text[..12.min(text.len())]);
    }
    check(&"<div>a".repeat(1 << 15));
    check(&"<b>".repeat(1 << 17));
    check(&format!("{}{}", "<b>".repeat(1 << 15), "</i>".repeat(1 << 15)));
    check(&format!("<p>{}{}", "<b>".repeat(400), "<div>".repeat(1 << 15)));
    check(&"<table><tr><td>".repeat(1 << 14));
    check(&"<tr>".repeat(1 << 15));
    check(&"<blockquote>a</b>".repeat(1 << 13));
    check(&"<p style=\"display:none".repeat(1 << 13));
    check(&format!("<p style=\"{}\">a", "x:y;".repeat(1 << 16)));
    check(&format!("<p {}>a", "style=x ".repeat(1 << 15)));
    check(&format!("<{}>a", "p".repeat(1 << 18)));
    check(&"<!-- ".repeat(1 << 15));
    check(&"<!-- subject: -->".repeat(1 << 13));
    check(&"<script>".repeat(1 << 15));
    check(&"<title>".repeat(1 << 15));
    check(&"&".repeat(1 << 17));
    check(&"&amp".repeat(1 << 15));
    check(&"&nbsp;<br>".repeat(1 << 14));
    check(&"<pre>\n".repeat(1 << 14));
    check(&"<".repeat(1 << 17));
    check(&"</".repeat(1 << 16));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_markup_is_read(text in "([ab .<>&;/='\"!\t\n\r\u{e9}\u{a0}\u{200c}]|<p>|</p>|<br>|<b>|</b>|<td>|<table>|<tr>|</table>|<li>|<ul>|</ul>|<pre>|</pre>|<title>|</title>|<hr>|<blockquote>|</blockquote>|<span hidden>|</span>|<div style='display:none'>|</div>|<!--|-->|<!-- subject: |&amp;|&nbsp|&#10;|&#x0;|&nGt;|\r\n|---\nto: |---\n|<script|</script>|\0){0,40}") {
        assert_sound(&text, &read(&text));
    }

    #[test]
    fn any_characters_are_read(text in "\\PC{0,80}") {
        assert_sound(&text, &read(&text));
    }
}
