//! Mails say what the letters in them say, however they are written; and the worst of them do no harm.

use demur::check::Advisor;
use demur::document::{Document, Letter};
use demur::source::{Origin, RawFile};
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

static ADVISOR: LazyLock<Advisor> =
    LazyLock::new(|| Advisor::read(include_str!("../rules/decline-offer.yaml")).expect("the shipped pack is sound"));

fn letters(name: &str, bytes: &[u8]) -> Vec<Letter> {
    let file = RawFile { name: name.to_owned(), bytes: bytes.to_vec() };
    Document::open(file, None).expect("it is read").letters().collect()
}

fn words(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What a letter says and what is wrong with it: its kind, each signal with the words that say it as they are shown, each
/// rule that it breaks.
type Said = (Option<usize>, BTreeSet<(String, String)>, Vec<String>);

fn said(letter: &Letter) -> Said {
    let judgement = ADVISOR.judge(&letter.view, &letter.message, &Default::default());
    let signals = judgement.sightings.iter().map(|sighting| {
        let shown = letter.message.shown(sighting.span);
        (ADVISOR.pack.signals[sighting.signal].name.clone(), words(&letter.view.text()[shown.range()]))
    });
    let rules = judgement.findings.iter().map(|finding| finding.rule.clone()).collect();
    (judgement.kind, signals.collect(), rules)
}

/// The words of each signal as they stand in the file, out of quoted-printable.
fn words_in_file(letter: &Letter, charset: &'static encoding_rs::Encoding) -> BTreeSet<(String, String)> {
    let judgement = ADVISOR.judge(&letter.view, &letter.message, &Default::default());
    let signals = judgement.sightings.iter().map(|sighting| {
        let place = letter.message.back(&letter.view, sighting.span);
        let written = &letter.source.text()[place.range()];
        let bytes = quoted_printable_decode(written.as_bytes()).unwrap_or_else(|| written.as_bytes().to_vec());
        (ADVISOR.pack.signals[sighting.signal].name.clone(), words(&charset.decode(&bytes).0))
    });
    signals.collect()
}

/// Writes the letter of standard input as mails into a folder. The headers stand at its top.
const WRITE_MAILS: &str = r#"
import sys, email.policy
from email.message import EmailMessage
from html import escape
folder = sys.argv[1]
head, _, text = sys.stdin.buffer.read().decode('utf-8').partition('\n\n')
def write(name, policy=email.policy.default, html=False, **content):
    mail = EmailMessage(policy=policy)
    for line in head.split('\n'):
        key, _, value = line.partition(': ')
        mail[key] = value
    mail.set_content(text, **content)
    if html:
        paragraphs = ''.join('<p>%s</p>\n' % escape(part).replace('\n', '<br>\n') for part in text.split('\n\n'))
        mail.add_alternative('<html><body>%s</body></html>' % paragraphs, subtype='html')
    with open('%s/%s.eml' % (folder, name), 'wb') as file:
        file.write(bytes(mail))
windows = email.policy.default.clone(linesep='\r\n')
if text.isascii():
    write('7bit', cte='7bit')
    write('7bit-windows', policy=windows, cte='7bit')
write('8bit', cte='8bit')
write('quoted-printable', cte='quoted-printable')
write('quoted-printable-windows', policy=windows, cte='quoted-printable')
write('base64', cte='base64')
write('latin-1', charset='iso-8859-1', cte='quoted-printable')
write('latin-1-8bit', charset='iso-8859-1', cte='8bit')
write('utf-16', charset='utf-16', cte='base64')
write('alternative', html=True, cte='quoted-printable')
write('alternative-base64', html=True, cte='base64')
"#;

/// The mails of a letter by name; `None` where no Python is there to write them.
fn written_by_python(letter: &str) -> Option<Vec<(String, Vec<u8>)>> {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new("python3");
    command.args(["-c", WRITE_MAILS]).arg(folder.path()).stdin(Stdio::piped());
    let Ok(mut python) = command.spawn() else {
        eprintln!("skipped: there is no python3 to write the mails");
        return None;
    };
    std::io::Write::write_all(&mut python.stdin.take().unwrap(), letter.as_bytes()).unwrap();
    assert!(python.wait().unwrap().success());
    let mut mails: Vec<(String, Vec<u8>)> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()))
        .collect();
    mails.sort();
    Some(mails)
}

#[track_caller]
fn check_all_writings(letter: &str, count: usize) {
    let plain = letters("letter.txt", letter.as_bytes()).remove(0);
    let expected = said(&plain);
    assert!(!expected.1.is_empty());
    let Some(mails) = written_by_python(letter) else { return };
    assert_eq!(mails.len(), count);
    for (name, bytes) in mails {
        let found = letters(&format!("{name}.eml"), &bytes);
        let [mail] = found.as_slice() else { panic!("{name} holds {} letters", found.len()) };
        assert_eq!(said(mail), expected, "{name}: {}", mail.view.text());
        let is_encoded = matches!(name.as_str(), "base64" | "utf-16" | "alternative-base64")
            || name == "latin-1-8bit" && !letter.is_ascii();
        assert_eq!(mail.source.origin() == Origin::Extracted, is_encoded, "{name}");
        if !is_encoded {
            let charset = if name.starts_with("latin-1") { encoding_rs::WINDOWS_1252 } else { encoding_rs::UTF_8 };
            assert_eq!(words_in_file(mail, charset), expected.1, "{name}");
        }
        assert_eq!(mail.message.envelope().date, plain.message.envelope().date, "{name}");
        assert_eq!(mail.message.envelope().recipients.len(), plain.message.envelope().recipients.len(), "{name}");
    }
}

const HEAD: &str = "To: Ann Grey <ann@a.example>, Ben Moss <ben@b.example>\nSubject: The position\n\
                    Date: Wed, 11 Feb 2026 10:12:00 +0100\n\n";

#[test]
fn the_same_letter_says_the_same_in_every_writing() {
    check_all_writings(&format!("{HEAD}{}", include_str!("../fixtures/decline/better-pay-elsewhere.txt")), 11);
    check_all_writings(&format!("{HEAD}{}", include_str!("../fixtures/negotiate/all-advice-followed.txt")), 11);
}

#[test]
fn accents_say_the_same_in_every_writing() {
    let letter = include_str!("../fixtures/decline/better-pay-elsewhere.txt");
    let letter = letter.replace("Doug", "Zo\u{eb}").replace("Boudreau", "Boudr\u{e9}au");
    let head =
        HEAD.replace("Ann Grey", "Zo\u{eb} Gr\u{e8}y").replace("The position", "The position at Caf\u{e9} No\u{eb}l");
    check_all_writings(&format!("{head}{letter}"), 9);
}

#[test]
fn the_days_of_an_answer_are_counted_in_a_mail() {
    #[track_caller]
    fn check(mail: &str, expected: Option<i64>) {
        let letter = letters("a.eml", mail.as_bytes()).remove(0);
        let envelope = letter.message.envelope();
        let days = envelope.quoted_date.zip(envelope.date).and_then(|(asked, answered)| asked.days_until(answered));
        assert_eq!(days, expected, "{}", letter.view.text());
    }
    let head = "Received: x\nDate: Wed, 11 Feb 2026 10:12:00 +0100\nTo: Ann\nMIME-Version: 1.0\n";
    check(&format!("{head}\nDear Ann,\n\nNo.\n\nOn Mon, 2 Feb 2026, Ann wrote:\n> Come!\n"), Some(9));
    let flowed = "Content-Type: text/plain; format=flowed\n";
    check(&format!("{head}{flowed}\nDear Ann,\n\nNo.\n\nOn Mon, 2 Feb 2026, \nAnn wrote:\n> Come!\n"), Some(9));
    let quoted = "Content-Transfer-Encoding: quoted-printable\n";
    check(&format!("{head}{quoted}\nDear Ann,\n\nNo.\n\nOn Mon, 2=20Feb 2=\n026, Ann wrote:\n> Come!\n"), Some(9));
    let attached = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nDear Ann,\n\nNo.\n--b\nContent-Type: message/rfc822\n\n\
                    From: Ann <a@a.example>\nDate: Mon, 2 Feb 2026 09:00:00 +0000\nSubject: Come!\n\nCome!\n--b--\n";
    check(&format!("{head}{attached}"), Some(9));
    check(&format!("{head}\nDear Ann,\n\nNo.\n"), None);
}

/// Archives of the worst mails that there are, none of which is a letter that anybody judges.
#[test]
fn the_worst_mails_do_no_harm() {
    for (name, count) in [("worst.mbox", 36), ("worst-text.mbox", 16)] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/mail").join(name);
        let letters = letters(name, &fs::read(path).unwrap());
        assert_eq!(letters.len(), count, "{name}");
        for (at, letter) in letters.iter().enumerate() {
            let within = letter.within.as_ref().expect("it is one of several");
            assert_eq!(within.number, at + 1);
            let (kind, ..) = said(letter);
            assert_eq!(kind, None, "{name}, {within:?}: {}", letter.view.text());
        }
    }
}

/// What each of these mails shows, for a reader who doubts that the archive above was read at all.
#[test]
fn the_worst_mails_show_what_there_is() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/mail/worst.mbox");
    let letters = letters("worst.mbox", &fs::read(path).unwrap());
    let without_salutation: Vec<&str> = letters
        .iter()
        .filter(|letter| !letter.view.text().contains("Dear Ann,"))
        .filter_map(|letter| letter.within.as_ref()?.title.as_deref())
        .collect();
    assert_eq!(without_salutation, ["nothing at all", "only a picture", "nested forty deep", "base64 of nothing"]);
}
