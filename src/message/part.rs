//! Divides the writer's lines into the parts of a letter.

mod head;
mod row;
mod tail;

pub(super) use self::tail::is_postscript;

use self::row::Row;
use super::quoted::Owner;
use super::{Date, Part, word};
use crate::span::{Shown, Span};
use crate::view::View;
use std::ops::Range;

/// A stretch of the view that is laid out in one go: a paragraph of the body, or a line of another part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Passage {
    pub part: Part,
    /// From its first visible byte to its last; line ends inside count as spaces.
    pub span: Span<Shown>,
    /// Whether it begins a paragraph.
    pub opens: bool,
    /// Whether a bullet or number stands before it.
    pub is_item: bool,
}

/// A letter in its parts.
#[derive(Debug, Default)]
pub(super) struct Division {
    /// In the order of the file.
    pub passages: Vec<Passage>,
    /// The entries of `To:`, `Cc:` and `Bcc:`.
    pub recipients: Vec<Span<Shown>>,
    /// What a `Date:` header or a date line says.
    pub date: Option<Date>,
}

/// Divides a view whose lines belong to these owners.
pub(super) fn divide(view: &View, owners: &[Owner]) -> Division {
    let (rows, signature_from) = row::rows(view, owners);
    let is_wrapped = row::is_wrapped(&rows);
    let mut letter = Letter { view, rows, is_wrapped, division: Division::default() };
    let body = letter.head();
    let postscript = letter.postscript(body).unwrap_or(letter.rows.len());
    let marked = signature_from.filter(|&from| from >= body).map_or(postscript, |from| from.min(postscript));
    let signature = letter.tail(body, marked);
    letter.signature(signature..postscript);
    letter.paragraphs(postscript..letter.rows.len(), Part::Postscript);
    letter.division
}

struct Letter<'v> {
    view: &'v View,
    rows: Vec<Row>,
    /// Whether a line may end where there was no more room.
    is_wrapped: bool,
    division: Division,
}

impl<'v> Letter<'v> {
    fn text(&self, row: usize) -> &'v str {
        self.rows.get(row).map_or("", |row| &self.view.text()[row.span.range()])
    }

    fn gap_before(&self, row: usize) -> bool {
        self.rows.get(row).is_none_or(|row| row.after_gap)
    }

    /// Whether a row is a paragraph by itself.
    fn is_alone(&self, row: usize) -> bool {
        self.gap_before(row) && self.gap_before(row + 1)
    }

    fn add(&mut self, part: Part, span: Span<Shown>, opens: bool) {
        if !span.is_empty() {
            let opens = opens || self.division.passages.last().is_none_or(|last| last.part != part);
            self.division.passages.push(Passage { part, span, opens, is_item: false });
        }
    }

    fn add_row(&mut self, part: Part, row: usize) {
        let Row { span, after_gap, .. } = self.rows[row];
        self.add(part, span, after_gap);
    }

    /// Adds rows as paragraphs: hard wraps joined, list items apart.
    fn paragraphs(&mut self, rows: Range<usize>, part: Part) {
        let mut start = rows.start;
        while start < rows.end {
            let end = (start + 1..rows.end).find(|&row| self.opens_paragraph(row)).unwrap_or(rows.end);
            self.paragraph(start..end, part);
            start = end;
        }
    }

    fn opens_paragraph(&self, row: usize) -> bool {
        let (before, row) = (&self.rows[row - 1], &self.rows[row]);
        row.after_gap || row.is_item || row.is_heading || before.is_heading
    }

    /// Adds a paragraph, with its lines joined unless the writer meant to end one.
    fn paragraph(&mut self, rows: Range<usize>, part: Part) {
        let longest = rows.clone().map(|row| self.rows[row].span.len()).max().unwrap_or(0).max(NARROWEST);
        let mut span = self.rows[rows.start].span;
        let is_item = self.rows[rows.start].is_item;
        let before = self.division.passages.len();
        let mut opens = true;
        for row in rows.start + 1..rows.end {
            if self.ends_on_purpose(row - 1, longest) {
                self.add(part, span, opens);
                opens = false;
                span = self.rows[row].span;
            }
            span = span.hull(self.rows[row].span);
        }
        self.add(part, span, opens);
        self.division.passages.iter_mut().skip(before).for_each(|passage| passage.is_item = is_item);
    }

    /// Whether a line ends where the writer pressed the key: the next word would well have fitted.
    fn ends_on_purpose(&self, row: usize, longest: usize) -> bool {
        let next = self.text(row + 1);
        let word = next.find(char::is_whitespace).unwrap_or(next.len());
        let room = longest.saturating_sub(self.rows[row].span.len());
        let is_new = next.starts_with(|c: char| !c.is_lowercase()) || word::ends_sentence(self.text(row));
        is_new && (room > word + 12 || !self.is_wrapped) && !is_open(self.text(row))
    }
}

/// Whether a line ends in a word that something must follow.
fn is_open(text: &str) -> bool {
    let last = text.rsplit(' ').next().map(word::fold).unwrap_or_default();
    matches!(last.as_str(), "the" | "a" | "an" | "my" | "your" | "our" | "of" | "and" | "or" | "with")
}

/// The narrowest column, in bytes, at which letters are wrapped.
const NARROWEST: usize = 40;

#[cfg(test)]
mod tests {
    use crate::message::Message;
    use crate::view::{Format, View};

    /// `expected` has a line for each sentence, its part before it; an empty line stands between paragraphs. A part is
    /// written with its first letters.
    #[track_caller]
    fn check(letter: &str, expected: &[&str]) {
        let view = View::read(letter, Format::Text);
        let message = Message::read(&view);
        let found: Vec<String> = message
            .sentences()
            .iter()
            .map(|sentence| format!("{}: {}", &sentence.part.name()[..3], message.sentence_text(sentence)))
            .collect();
        assert_eq!(found, expected, "in {letter:?}");
    }

    #[test]
    fn a_letter_has_headers_an_address_and_a_date() {
        check("Subject: Offer\n\nDear Ann,\n\nNo.", &["sub: Offer", "sal: Dear Ann,", "bod: No."]);
        check("**Subject:** Offer\n\nHi Ann,\n\nNo.", &["sub: Offer", "sal: Hi Ann,", "bod: No."]);
        check(
            "Subject: a long\n  one\nTo: Ann\n\nHello\n\nNo.",
            &["sub: a long one", "hea: To: Ann", "sal: Hello", "bod: No."],
        );
        check("Date: 3 May\n\nAnn,\n\nNo.", &["dat: 3 May", "sal: Ann,", "bod: No."]);
        check(
            "12 Hill St\nLeeds\n\n3 March\n\nDear Ann,\nNo.",
            &["add: 12 Hill St", "add: Leeds", "dat: 3 March", "sal: Dear Ann,", "bod: No."],
        );
        check(
            "[Date]\n\n[Company]\n\nDear [Name]:\n\nNo.",
            &["dat: {date}", "add: {company}", "sal: Dear {name}:", "bod: No."],
        );
        check(
            "To,\nThe Manager,\nAcme Ltd.,\n12/06\n\nRespected Sir,\n\nNo.",
            &["add: To,", "add: The Manager,", "add: Acme Ltd.,", "dat: 12/06", "sal: Respected Sir,", "bod: No."],
        );
        check(
            "Dear Ann,\n\nNo.\n\nWith best regards,\n\nNoor Khatib\nArchitect, B.Arch.\nAmman",
            &[
                "sal: Dear Ann,",
                "bod: No.",
                "clo: With best regards,",
                "sig: Noor Khatib",
                "sig: Architect, B.Arch.",
                "sig: Amman",
            ],
        );
        check(
            "Dear Ann,\n\nNo.\nThanks.\nI can start on Monday.\nBo",
            &["sal: Dear Ann,", "bod: No.", "bod: Thanks.", "bod: I can start on Monday.", "sig: Bo"],
        );
        check(
            "SAMPLE C: DECLINING\n\nDear ____,\n\nNo.",
            &["add: SAMPLE C: DECLINING", "sal: Dear {name},", "bod: No."],
        );
        check(
            "MEMORANDUM\n\nTO: All\nRE: Pay\n\nPay goes up.",
            &["add: MEMORANDUM", "hea: TO: All", "sub: Pay", "bod: Pay goes up."],
        );
        check("Dear Sir,\n\nRE: THE POST\n\nI decline.", &["sal: Dear Sir,", "sub: THE POST", "bod: I decline."]);
        check(
            "Dear Sir,\n\nACCEPTANCE OF OFFER\n\nI accept.",
            &["sal: Dear Sir,", "sub: ACCEPTANCE OF OFFER", "bod: I accept."],
        );
        check(
            "Dear Ann\n\nRef ENV/04 Officer\n\nI decline.",
            &["sal: Dear Ann", "sub: Ref ENV/04 Officer", "bod: I decline."],
        );
    }

    #[test]
    fn a_salutation_may_be_run_in_or_missing() {
        check(
            "hi dana - offer looks great! thx\n\nJoey",
            &["sal: hi dana -", "bod: offer looks great!", "bod: thx", "sig: Joey"],
        );
        check(
            "hey mark got the offer thx. gonna pass\n\n-tj",
            &["sal: hey mark", "bod: got the offer thx.", "bod: gonna pass", "sig: -tj"],
        );
        check(
            "No.\n\nYou ghosted me for weeks.\n\nV. Petrakis",
            &["bod: No.", "bod: You ghosted me for weeks.", "sig: V. Petrakis"],
        );
        check(
            "To whom it may concern,\n\nDear Sir / Madam,\n\nNo.",
            &["sal: To whom it may concern,", "sal: Dear Sir / Madam,", "bod: No."],
        );
        check("Colleagues, my answers are inside.", &["sal: Colleagues,", "bod: my answers are inside."]);
        check("Mr Whyte,\n\nNo.", &["sal: Mr Whyte,", "bod: No."]);
        check("I decline your offer.", &["bod: I decline your offer."]);
        check("Hello", &["sal: Hello"]);
        check(
            "Subject: The post\n\nMr. Ram,\n\nGood afternoon. I got it.\n\nBo",
            &["sub: The post", "sal: Mr. Ram,", "sal: Good afternoon.", "bod: I got it.", "sig: Bo"],
        );
    }

    #[test]
    fn a_salutation_may_be_a_name_without_a_mark() {
        check(
            "Gordon\n\nHad your letter. No.\n\nBaz",
            &["sal: Gordon", "bod: Had your letter.", "bod: No.", "sig: Baz"],
        );
        check("Darlene\nThx for getting back, but no.", &["sal: Darlene", "bod: Thx for getting back, but no."]);
        check("Brad babe,\n\nLose my number.", &["sal: Brad babe,", "bod: Lose my number."]);
        check("Date: 3 May\n\nJohn\n\nI say no to it.", &["dat: 3 May", "sal: John", "bod: I say no to it."]);
        check("Offer letter\n\nI say no to it.", &["bod: Offer letter", "bod: I say no to it."]);
        check("MEMORANDUM\n\nI say no to it.", &["add: MEMORANDUM", "bod: I say no to it."]);
    }

    #[test]
    fn titles_of_templates_are_no_words_of_the_letter() {
        check(
            "Sample: Going back on it (ask someone BEFORE sending!)\n\nDear [Name],\n\nNo.\n\nWhy it works: brief.",
            &["add: Sample: Going back on it (ask someone BEFORE sending!)", "sal: Dear {name},", "bod: No."],
        );
        check(
            "TEMPLATE 3 - Declining\n\nI say no to it.\n\nOption B:\n\nI say yes to it.",
            &["add: TEMPLATE 3 - Declining", "bod: I say no to it.", "bod: I say yes to it."],
        );
        check(
            "Dear Sir,\n\nChair, Harbour Board\n\nI was honoured.",
            &["sal: Dear Sir,", "sub: Chair, Harbour Board", "bod: I was honoured."],
        );
    }

    #[test]
    fn a_body_has_paragraphs_and_items() {
        check(
            "Hi Ann,\n\nI must\ndecline. Sorry.\n\nBye now, dear people.",
            &["sal: Hi Ann,", "bod: I must decline.", "bod: Sorry.", "bod: Bye now, dear people."],
        );
        check(
            "Hi Ann,\n\n- one thing\n  goes on\n* two\n1) three\n(a) four\nb) five; and six\niii. seven - or not",
            &[
                "sal: Hi Ann,",
                "bod: one thing goes on",
                "bod: two",
                "bod: three",
                "bod: four",
                "bod: five; and six",
                "bod: seven - or not",
            ],
        );
        check("Hi Ann,\n\n(a) and (b) are essential.", &["sal: Hi Ann,", "bod: (a) and (b) are essential."]);
        check("Hi Ann,\n\ngot it\nWill pass", &["sal: Hi Ann,", "bod: got it", "bod: Will pass"]);
        check(
            "Hi Ann,\n\n-on call has to be paid\n-want the boots and tools",
            &["sal: Hi Ann,", "bod: on call has to be paid", "bod: want the boots and tools"],
        );
        let long = "I have been offered a post elsewhere and, all things equal, it is the one that I shall take, as \
                    I told your colleague at the station.";
        check(
            &format!("Hi Ann,\n\n{long}\n\nOffer A - thirty-eight in all of it\nOffer B - fifteen"),
            &[
                "sal: Hi Ann,",
                &format!("bod: {long}"),
                "bod: Offer A - thirty-eight in all of it",
                "bod: Offer B - fifteen",
            ],
        );
    }

    #[test]
    fn a_letter_closes_and_is_signed() {
        check(
            "Hi Ann,\n\nNo, sorry.\n\nKind regards,\nBo Li\nClerk\n07700 900118",
            &["sal: Hi Ann,", "bod: No, sorry.", "clo: Kind regards,", "sig: Bo Li", "sig: Clerk", "sig: 07700 900118"],
        );
        check("Hi Ann,\n\nNo, sorry.\nThanks!\nBo", &["sal: Hi Ann,", "bod: No, sorry.", "clo: Thanks!", "sig: Bo"]);
        check(
            "Hi Ann,\n\nI say no.\n\nGood luck with year end,\nBo Li",
            &["sal: Hi Ann,", "bod: I say no.", "bod: Good luck with year end,", "sig: Bo Li"],
        );
        check(
            "Hi Ann,\n\nI say no.\n\nToodle-pip,\nBo",
            &["sal: Hi Ann,", "bod: I say no.", "clo: Toodle-pip,", "sig: Bo"],
        );
        check("Hi Ann,\n\nI say no.\n\nBo Li", &["sal: Hi Ann,", "bod: I say no.", "sig: Bo Li"]);
        check("Hi Ann,\n\nI say no.\nBo Li", &["sal: Hi Ann,", "bod: I say no.", "sig: Bo Li"]);
        check(
            "Hi Ann, I say no. Give it to the girls. Deb xx",
            &["sal: Hi Ann,", "bod: I say no.", "bod: Give it to the girls.", "sig: Deb xx"],
        );
        check("I say no, sir. Abrazo, Ignacio", &["bod: I say no, sir.", "clo: Abrazo,", "sig: Ignacio"]);
        check(
            "Dear Ann,\n\nI say no.\n\nI remain, Sir,\nYour obedient servant,\n\nBo",
            &["sal: Dear Ann,", "bod: I say no.", "clo: I remain, Sir,", "clo: Your obedient servant,", "sig: Bo"],
        );
        check(
            "Hi Ann,\n\nI say no.\n\nSincerely,\n\n[Your Name]",
            &["sal: Hi Ann,", "bod: I say no.", "clo: Sincerely,", "sig: {name}"],
        );
        check(
            "Hi Ann,\n\nI say no.\n\nYours,\nBo\ncc: D. Fish\nEncl: CV",
            &["sal: Hi Ann,", "bod: I say no.", "clo: Yours,", "sig: Bo", "hea: cc: D. Fish", "sig: Encl: CV"],
        );
        check(
            "Hi Ann,\n\nI say no.\n\nRegards,\nNicole\nIT Purchasing",
            &["sal: Hi Ann,", "bod: I say no.", "clo: Regards,", "sig: Nicole", "sig: IT Purchasing"],
        );
        check(
            "Hi Ann,\n\nI say no.\n-- \nBo Li\nwe build boats",
            &["sal: Hi Ann,", "bod: I say no.", "sig: Bo Li", "sig: we build boats"],
        );
        check(
            "Hi Ann,\n\nI say no.\n\nThank youuu\nLola",
            &["sal: Hi Ann,", "bod: I say no.", "clo: Thank youuu", "sig: Lola"],
        );
        check("Hi Ann,\n\nQuestions to the office.", &["sal: Hi Ann,", "bod: Questions to the office."]);
    }

    #[test]
    fn thanks_are_said_above_another_closing() {
        check(
            "Hi Ann,\n\nI say no.\n\nThank you.\n\nSincerely,\nBo",
            &["sal: Hi Ann,", "bod: I say no.", "bod: Thank you.", "clo: Sincerely,", "sig: Bo"],
        );
        check(
            "Hi Ann,\n\nI say no.\n\nThanks again.\nBest,\nBo",
            &["sal: Hi Ann,", "bod: I say no.", "bod: Thanks again.", "clo: Best,", "sig: Bo"],
        );
        check(
            "Hi Ann,\n\nI say no.\n\nThanks,\n\nRegards,\nBo",
            &["sal: Hi Ann,", "bod: I say no.", "clo: Thanks,", "clo: Regards,", "sig: Bo"],
        );
    }

    #[test]
    fn a_letter_may_be_signed_without_a_closing() {
        check(
            "Hi Ann,\n\nThx for getting back but it is not what I want at all.\nYall drive safe\nRooster",
            &[
                "sal: Hi Ann,",
                "bod: Thx for getting back but it is not what I want at all.",
                "clo: Yall drive safe",
                "sig: Rooster",
            ],
        );
        check(
            "Hi Ann,\n\nI say no.\n\nGloria Dee\nSAG member since before you were born",
            &["sal: Hi Ann,", "bod: I say no.", "sig: Gloria Dee", "sig: SAG member since before you were born"],
        );
        check(
            "Hi Ann,\n\nI say no.\n\nBO LI\nMAJ, LG\nCommanding",
            &["sal: Hi Ann,", "bod: I say no.", "sig: BO LI", "sig: MAJ, LG", "sig: Commanding"],
        );
        check("Hi Ann,\n\nI say no.\n\n- Bo", &["sal: Hi Ann,", "bod: I say no.", "sig: Bo"]);
        check("Hi Ann,\n\nplease give it to my\nRooster", &["sal: Hi Ann,", "bod: please give it to my Rooster"]);
    }

    #[test]
    fn a_postscript_goes_to_the_end() {
        check(
            "Hi Ann,\n\nI say no.\n\nBo\n\nP.S. Keep it. Please!\n\nReally.",
            &["sal: Hi Ann,", "bod: I say no.", "sig: Bo", "pos: P.S. Keep it.", "pos: Please!", "pos: Really."],
        );
        check("Hi Ann,\n\nI say no.\n\nPS: keep it", &["sal: Hi Ann,", "bod: I say no.", "pos: PS: keep it"]);
        check("Hi Ann,\n\nI say no.\nPS5 is mine.", &["sal: Hi Ann,", "bod: I say no.", "bod: PS5 is mine."]);
    }

    #[test]
    fn the_words_of_others_are_left_out() {
        check("No, thanks.\n\nOn 3 May, Ann wrote:\n> Come!", &["bod: No, thanks."]);
        check("No, thanks.\n\nOn Mon, 3 May 2026 at 10:12\nAnn <a@a.example> wrote:\n> Come!", &["bod: No, thanks."]);
        check("No, thanks.\n\n-----Original Message-----\nFrom: Ann\n\nCome!", &["bod: No, thanks."]);
        check(
            "No, thanks.\n\n________________________________\nVon: Ann\nGesendet: Montag\n\nKomm!",
            &["bod: No, thanks."],
        );
        check("No, thanks.\n\nFrom: Ann\nSent: 3 May\n\nCome!", &["bod: No, thanks."]);
        check(
            "Hi,\n\nI say no.\n\nBest,\nBo\nFrom: Ann\nSent: 3 May 2026 10:12\nTo: Bo\nSubject: Come\n\nCome!",
            &["sal: Hi,", "bod: I say no.", "clo: Best,", "sig: Bo"],
        );
        check(
            "Hi,\n\nI say no.\n\nBest,\nBo\n\nCopyright \u{a9} 2026 Us, all rights reserved.\nUnsubscribe",
            &["sal: Hi,", "bod: I say no.", "clo: Best,", "sig: Bo"],
        );
        check("Hi,\n\n> Come?\nI will not.\n\n> Please!\nNo.", &["sal: Hi,", "bod: I will not.", "bod: No."]);
        check("> Dear Ann,\n>\n> I decline.", &["sal: Dear Ann,", "bod: I decline."]);
        check("Hi Ann,\n\nI say no.\n\nBo\n\nSent from my iPhone", &["sal: Hi Ann,", "bod: I say no.", "sig: Bo"]);
        check(
            "Hi Ann,\n\nI say no.\n\nBo\n\nThis e-mail and any attachments are confidential.\nDelete it.",
            &["sal: Hi Ann,", "bod: I say no.", "sig: Bo"],
        );
    }
}
