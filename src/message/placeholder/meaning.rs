//! What a placeholder stands for, told by the words inside it.

use super::word;

/// What a placeholder stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meaning {
    /// A person.
    Name,
    /// An organization.
    Company,
    /// A post or a title.
    Role,
    /// A day, a time, a span of time.
    Date,
    /// An amount or a number.
    Money,
    /// A telephone number, an e-mail address, a profile.
    Contact,
    /// `he/she`, `his/her`.
    Pronoun,
    /// A town, a street, an office.
    Place,
    /// Anything else.
    Other,
}

impl Meaning {
    /// The word for it in the text of a message, where it stands in braces.
    pub fn name(self) -> &'static str {
        match self {
            Meaning::Name => "name",
            Meaning::Company => "company",
            Meaning::Role => "role",
            Meaning::Date => "date",
            Meaning::Money => "money",
            Meaning::Contact => "contact",
            Meaning::Pronoun => "pronoun",
            Meaning::Place => "place",
            Meaning::Other => "other",
        }
    }

    /// The meaning of the words in a placeholder: `candidate.first_name`, `Hiring Manager's Name`, `offerDate`.
    ///
    /// The last word that means something decides, as in English the head of a compound stands last, or the one before
    /// `of`. `name`, `number` and `address` say less than what is beside them: `company name` is a company.
    pub(super) fn of(inside: &str) -> Meaning {
        let words = split(inside);
        // `specific project or team you discussed` describes something.
        if words.len() > MOST_WORDS {
            return Meaning::Other;
        }
        let head = words.iter().position(|word| word == "of").filter(|&of| of > 0).unwrap_or(words.len());
        let known: Vec<(&str, Meaning)> =
            words[..head].iter().rev().filter_map(|word| Some((word.as_str(), of_word(word)?))).collect();
        let Some(&(last, meaning)) = known.first() else {
            return words[head..].iter().find_map(|word| of_word(word)).unwrap_or(Meaning::Other);
        };
        let beside = |wanted: Meaning| words.iter().any(|word| of_word(word) == Some(wanted));
        match last {
            "name" if beside(Meaning::Company) => Meaning::Company,
            "name" if beside(Meaning::Role) && !beside_person(&words) => Meaning::Role,
            "number" | "no" | "details" if beside(Meaning::Contact) => Meaning::Contact,
            "address" if beside(Meaning::Place) => Meaning::Place,
            _ => meaning,
        }
    }
}

/// The most words that name a thing; more describe one.
const MOST_WORDS: usize = 5;

fn beside_person(words: &[String]) -> bool {
    words.iter().any(|word| word != "name" && of_word(word) == Some(Meaning::Name))
}

/// Splits at everything that is no letter and before a capital within a word, and folds.
fn split(inside: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut chars = word::beginning(inside, word::SHORT_LINE).chars().peekable();
    let mut last = ' ';
    while let Some(c) = chars.next() {
        if matches!(c, '\'' | '\u{2019}') {
            continue;
        }
        // `offerDate`, and `HRContact` before the last capital.
        let begins = c.is_uppercase() && (last.is_lowercase() || chars.peek().is_some_and(|next| next.is_lowercase()));
        if !c.is_alphabetic() || begins {
            words.push(String::new());
        }
        if c.is_alphabetic()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        last = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

fn of_word(word: &str) -> Option<Meaning> {
    let listed = |word: &str| WORDS.iter().find(|(_, words)| words.contains(&word)).map(|&(meaning, _)| meaning);
    // `names` and `manager's`, whose apostrophe is gone.
    let singular = word.strip_suffix('s').filter(|rest| rest.len() > 2);
    let ending = || ENDINGS.iter().find(|(ending, _)| word.ends_with(ending)).map(|&(_, meaning)| meaning);
    listed(word).or_else(|| singular.and_then(listed)).or_else(ending)
}

/// Ends of words that are written in one: `FULLNAME`, `GRADYEAR`.
const ENDINGS: [(&str, Meaning); 6] = [
    ("name", Meaning::Name),
    ("date", Meaning::Date),
    ("year", Meaning::Date),
    ("title", Meaning::Role),
    ("company", Meaning::Company),
    ("mail", Meaning::Contact),
];

#[rustfmt::skip]
const WORDS: [(Meaning, &[&str]); 8] = [
    (Meaning::Name, &[
        "name", "recruiter", "manager", "contact", "first", "last", "sender", "applicant", "candidate", "friend",
        "colleague", "classmate", "interviewer", "signature", "mr", "ms", "mrs", "dr", "surname", "fname", "lname",
        "me",
        "recipient", "referral", "referee", "professor", "student", "buyer", "bursar", "supervisor", "director",
        "person", "employee", "signed", "supplier", "boss", "coworker", "mentor", "officer", "author",
    ]),
    (Meaning::Company, &[
        "company", "organization", "organisation", "employer", "firm", "school", "university", "hospital",
        "institution",
        "org", "agency", "business", "institute", "competitor", "college", "bank", "client", "team", "department",
        "division", "group",
    ]),
    (Meaning::Role, &["title", "role", "position", "job", "post", "vacancy", "occupation", "internship", "degree"]),
    (Meaning::Date, &[
        "date", "day", "month", "time", "deadline", "year", "week", "semester", "term", "weekday", "today", "hour",
        "duration", "season",
    ]),
    (Meaning::Money, &[
        "salary", "amount", "figure", "bonus", "number", "rate", "pay", "wage", "compensation", "price", "money", "sum",
        "count", "percent", "percentage", "budget", "no", "n",
    ]),
    (Meaning::Contact, &[
        "phone", "email", "mail", "linkedin", "url", "address", "telephone", "mobile", "tel", "cell", "link", "website",
        "profile", "fax",
    ]),
    (Meaning::Pronoun, &["he", "she", "him", "his", "her", "hers", "they", "them", "their", "theirs"]),
    (Meaning::Place, &["city", "street", "location", "office", "place", "town", "country", "state", "zip", "postcode"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(inside: &str, expected: Meaning) {
        assert_eq!(Meaning::of(inside), expected, "{inside:?}");
    }

    #[test]
    fn the_words_inside_tell_what_is_meant() {
        check("Company Name", Meaning::Company);
        check("companyName", Meaning::Company);
        check("name of company", Meaning::Company);
        check("candidate.first_name", Meaning::Name);
        check("Hiring Manager's Name", Meaning::Name);
        check("interviewer_names", Meaning::Name);
        check("HRContact", Meaning::Name);
        check("specific project or team you discussed", Meaning::Other);
        check("FULLNAME", Meaning::Name);
        check("Name of Appointing Officer", Meaning::Name);
        check("Employer Contact", Meaning::Name);
        check("Mr./Ms.", Meaning::Name);
        check("job title", Meaning::Role);
        check("title of post", Meaning::Role);
        check("VacancyTitle", Meaning::Role);
        check("offer_date", Meaning::Date);
        check("GRADYEAR", Meaning::Date);
        check("NEW DATE", Meaning::Date);
        check("counter_salary", Meaning::Money);
        check("middle figure", Meaning::Money);
        check("phone number", Meaning::Contact);
        check("colleague_email", Meaning::Contact);
        check("e-mail", Meaning::Contact);
        check("Sender's address", Meaning::Contact);
        check("Street Address", Meaning::Place);
        check("City, State ZIP", Meaning::Place);
        check("his/her/their", Meaning::Pronoun);
        check("Company's", Meaning::Company);
        check("NACE survey / Glassdoor", Meaning::Other);
        check("", Meaning::Other);
    }
}
