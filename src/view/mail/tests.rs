use super::*;
use crate::view::tests::assert_sound;
use proptest::prelude::*;

fn read_in_place(mail: &str) -> Option<View> {
    match read(mail.as_bytes(), Some(0)) {
        Reading::InPlace(view) => Some(view),
        Reading::Extracted(_) => None,
    }
}

fn shown(view: &View) -> String {
    let line = |line: &crate::view::Line| format!("{}{}\n", ">".repeat(line.quote as usize), view.line_text(line));
    view.lines().iter().map(line).collect()
}

/// The text of a mail that leads back into its file, quoted lines with their marks.
#[track_caller]
fn check(mail: &str, expected: &str) {
    let view = read_in_place(mail).expect("it is in place");
    assert_eq!(shown(&view), expected, "{mail:?}");
    assert_sound(mail, &view);
}

/// The text of a mail that stands for itself.
#[track_caller]
fn check_extracted(mail: &[u8], expected: &str) {
    let Reading::Extracted(view) = read(mail, Some(0)) else { panic!("it is in place") };
    assert_eq!(shown(&view), expected);
    assert_sound(view.text(), &view);
}

/// A mail in parts that are written with `|` for a line end.
fn parts(shape: &str, parts: &[&str]) -> String {
    let body: String = parts.iter().map(|part| format!("--b\n{}\n", part.replace('|', "\n"))).collect();
    format!("Subject: s\nContent-Type: multipart/{shape}; boundary=b\n\n{body}--b--\n")
}

#[test]
fn a_mail_is_its_headers_and_its_text() {
    check(
        "Received: x\nFrom: Bo <bo@b.example>\nDate: Wed, 11 Feb 2026 10:12:00 +0100\nTo: Ann\nReply-To: c\n\nDear Ann,\n\nNo.\n",
        "From: Bo <bo@b.example>\nDate: Wed, 11 Feb 2026 10:12:00 +0100\nTo: Ann\n\nDear Ann,\n\nNo.\n",
    );
    check("Subject: s\r\n\r\nDear Ann,\r\n> so\r\n", "Subject: s\n\nDear Ann,\n>so\n");
    check("Dear Ann,\n\nNo.\n", "Dear Ann,\n\nNo.\n");
    check("X: y\n\nDear Ann,", "Dear Ann,\n");
    check("", "");
    check("Subject: s\n", "Subject: s\n\n");
}

#[test]
fn plain_text_is_read_before_html() {
    check(&parts("alternative", &["|plain", "Content-Type: text/html||<p>html"]), "Subject: s\n\nplain\n");
    check(&parts("alternative", &["Content-Type: text/html||<p>html", "|plain"]), "Subject: s\n\nplain\n");
    let related = "Content-Type: multipart/related; boundary=c||--c|Content-Type: text/html||<p>html|--c--";
    check(&parts("alternative", &[related, "|plain"]), "Subject: s\n\nplain\n");
    check(&parts("alternative", &["Content-Type: text/calendar||BEGIN", "|plain"]), "Subject: s\n\nplain\n");
}

#[test]
fn a_part_that_says_nothing_is_passed_over() {
    let html = parts("alternative", &["|  ", "Content-Type: text/html||html"]);
    assert!(shown(&read_in_place(&html).expect("in place")).contains("html"));
    check(&parts("related", &["Content-Type: image/png||x", "|text"]), "Subject: s\n\ntext\n");
}

#[test]
fn parts_stand_one_below_the_other() {
    check(&parts("mixed", &["|one", "|two"]), "Subject: s\n\none\n\ntwo\n");
    check(&parts("signed", &["|one", "Content-Type: application/pgp-signature||x"]), "Subject: s\n\none\n");
    check(&parts("report", &["|one", "Content-Type: message/delivery-status||x"]), "Subject: s\n\none\n");
    let nested = "Content-Type: multipart/mixed; boundary=bb||--bb||two|--bb--";
    check(&parts("mixed", &["|one", nested, "|three"]), "Subject: s\n\none\n\ntwo\n\nthree\n");
}

#[test]
fn a_file_that_goes_with_a_mail_is_no_letter() {
    check(&parts("mixed", &["|one", "Content-Disposition: attachment||two"]), "Subject: s\n\none\n");
    check(&parts("mixed", &["|one", "Content-Type: text/plain; name=a.txt||two"]), "Subject: s\n\none\n");
    check(&parts("mixed", &["|one", "Content-Disposition: inline; filename=a.txt||two"]), "Subject: s\n\none\n");
    check(&parts("mixed", &["Content-Type: application/pdf||x"]), "Subject: s\n\n");
    check("Content-Type: text/plain; name=a.txt\n\none\n", "one\n");
}

#[test]
fn a_mail_in_a_mail_is_quoted_below() {
    let other = "Content-Type: message/rfc822||From: Ann|Date: 1 May 2026||Come!|> so";
    let expected = "Subject: s\n\none\n\n-----Original Message-----\n>From: Ann\n>Date: 1 May 2026\n>\n>Come!\n>>so\n";
    let view = read_in_place(&parts("mixed", &["|one", other])).expect("in place");
    assert_eq!(shown(&view), expected);
    // The writer's words come first, wherever they stand.
    let view = read_in_place(&parts("mixed", &[other, "|one"])).expect("in place");
    assert_eq!(shown(&view), expected);
    let digest = read_in_place(&parts("digest", &["|Subject: t||two"])).expect("in place");
    assert_eq!(shown(&digest), "Subject: s\n\n-----Original Message-----\n>Subject: t\n>\n>two\n");
    let encoded = "Content-Type: message/rfc822|Content-Transfer-Encoding: base64||U3ViamVjdDogdAoKdHdv";
    check_extracted(
        parts("mixed", &["|one", encoded]).as_bytes(),
        "Subject: s\n\none\n\n-----Original Message-----\n>Subject: t\n>\n>two\n",
    );
}

#[test]
fn text_flows_over_its_lines() {
    check(
        "Content-Type: text/plain; format=flowed\n\nI must \ndecline.\n\n> so \n> so\n-- \nBo\n",
        "I must decline.\n\n>so so\n--\nBo\n",
    );
    check("Content-Type: text/plain; format=flowed; delsp=yes\n\nde \ncline\n", "decline\n");
}

#[test]
fn quoted_printable_leads_back() {
    let mail =
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nZo=C3=AB, =\nno=2E\n";
    let view = read_in_place(mail).expect("in place");
    assert_eq!(view.text(), "Zo\u{eb}, no.\n");
    let back = |word: &str| {
        let at = view.text().find(word).expect("it is shown");
        &mail[view.back(Span::new(at, at + word.len())).range()]
    };
    assert_eq!(back("Zo\u{eb}"), "Zo=C3=AB");
    assert_eq!(back(", no."), ", =\nno=2E");
    check(&mail.replace("utf-8", "iso-8859-1").replace("=C3=AB", "=EB"), "Zo\u{eb}, no.\n");
}

#[test]
fn an_archive_shifts_all_places() {
    let mail = "Subject: s\n\nno";
    let Reading::InPlace(view) = read(mail.as_bytes(), Some(100)) else { panic!("in place") };
    assert_eq!(view.back(Span::new(0, view.text().len())).range(), 100..100 + mail.len());
    assert_eq!(view.back(Span::new(12, 14)).range(), 112..114);
    assert_eq!(view.setting("subject"), Some("s"));
    assert!(matches!(read(mail.as_bytes(), None), Reading::Extracted(_)));
}

#[test]
fn what_is_encoded_stands_for_itself() {
    check_extracted(b"Content-Transfer-Encoding: base64\n\nRGVhciBBbm4s\n", "Dear Ann,\n");
    check_extracted(b"Content-Transfer-Encoding: base64\n\nRG*hc\0(#$\n\xff", &shown_of_base64("RGhc"));
    check_extracted(b"\xef\xbb\xbfContent-Type: text/plain; charset=koi8-r\n\n\xf0\xd2\n", "\u{41f}\u{440}\n");
    check_extracted(
        b"Subject: a\0b\nContent-Type: text/plain; charset=utf-8\n\nDear\0Ann\xff\n",
        "Subject: a b\n\nDear\u{fffd}Ann\u{ff}\n",
    );
}

/// What the digits stand for, as far as it is text.
fn shown_of_base64(digits: &str) -> String {
    let bytes = mail_parser::decoders::base64::base64_decode(digits.as_bytes()).expect("digits");
    format!("{}\n", encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes).0)
}

#[test]
fn a_boundary_that_is_not_there_leaves_the_text() {
    check("Content-Type: multipart/mixed; boundary=b\n\nDear Ann,\n", "Dear Ann,\n");
    check("Content-Type: multipart/mixed\n\n--b\n\nDear Ann,\n--b--\n", "--b\n\nDear Ann,\n--b--\n");
    check("Content-Type: multipart/mixed; boundary=b\n\nno\n--b\n\nDear Ann,\n", "Dear Ann,\n");
}

#[test]
fn deep_nesting_is_left_out() {
    let nested = |depth: usize| {
        let head = |at: usize| format!("Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n");
        let mail = (0..depth).map(head).collect::<String>();
        format!("{mail}\nDear Ann,\n")
    };
    check(&nested(MAX_DEPTH), "Dear Ann,\n");
    check(&nested(MAX_DEPTH + 1), "");
    check(&nested(100_000), "");
    let mails = "Content-Type: message/rfc822\n\n".repeat(100_000);
    check(&mails, "");
}

#[test]
fn bombs_are_quick() {
    let began = std::time::Instant::now();
    let alternatives = (0..64).map(|at| format!("Content-Type: multipart/alternative; boundary=b{at}\n\n--b{at}\n"));
    let mail = alternatives.collect::<String>() + &"a\n".repeat(500_000);
    read(mail.as_bytes(), Some(0));
    let lost = "--b\nContent-Type: multipart/mixed; boundary=c\n\n".repeat(50_000);
    read(format!("Content-Type: multipart/mixed; boundary=b\n\n{lost}").as_bytes(), Some(0));
    let small = parts("mixed", &vec!["|a"; 100_000]);
    read(small.as_bytes(), Some(0));
    let fields = "Content-Type: text/plain; a*1=b;".to_owned() + &" a*2=b;".repeat(500_000);
    read(fields.as_bytes(), Some(0));
    // A hundredth of what a square would take, in a build without optimization.
    assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
}

proptest! {
    #[test]
    fn any_mail_is_read(pieces in prop::collection::vec(prop_oneof![
        "\\PC{0,6}".prop_map(|text| text.into_bytes()),
        prop::collection::vec(any::<u8>(), 0..4),
        prop::sample::select(vec![
            "Content-Type: multipart/mixed; boundary=b\n\n", "Content-Type: multipart/alternative; boundary=\"c\"\r\n\r\n",
            "--b\n", "--b--\n", "--c\r\n", "--c--\r\n", "\n", "\r", "\n\n", "Content-Type: text/html\n\n", "Content-Type: message/rfc822\n\n",
            "Content-Transfer-Encoding: quoted-printable\n", "Content-Transfer-Encoding: base64\n", "=C3=AB", "=\n", "RGVhcg==", "> a\n",
            "Content-Type: text/plain; charset=utf-8; format=flowed\n", "Subject: =?utf-8?q?a?=\n b\n", "To: Ann\n", "\u{eb}",
            "Content-Type: text/plain; charset=iso-8859-1\n", "<p>", "&amp;", "Content-Disposition: attachment\n",
        ]).prop_map(|text| text.as_bytes().to_vec()),
    ], 0..30)) {
        let bytes = pieces.concat();
        let text = String::from_utf8(bytes.clone()).ok().filter(|text| !text.contains('\0'));
        match read(&bytes, text.as_ref().map(|_| 0)) {
            Reading::Extracted(view) => assert_sound(view.text(), &view),
            Reading::InPlace(view) => {
                let text = text.expect("only text leads back");
                for (at, char) in view.text().char_indices() {
                    let place = view.back(Span::new(at, at + char.len_utf8())).range();
                    prop_assert!(text.get(place.clone()).is_some(), "{:?} of {:?}", place, text);
                }
            }
        }
    }
}
