//! Words that every pack has, because no list could hold them: names, dates, amounts. Their names begin with a capital.

/// A word that the engine brings: its name, its pattern, and what to say of it.
pub struct Builtin {
    /// As a pattern writes it between `<` and `>`.
    pub name: &'static str,
    /// In the regex crate's syntax, for text laid out by [`crate::message`].
    pub pattern: &'static str,
    /// One line for `demur explain` and the guide to packs.
    pub means: &'static str,
}

/// All of them.
pub const BUILTINS: &[Builtin] = &[
    Builtin {
        name: "Name",
        pattern: r"(?:(?-i:(?:(?:Mr|Ms|Mrs|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Sr|Fr|Rev)\.? )?[A-Z][A-Za-z'-]+(?: (?:[A-Z]\.|[A-Z][A-Za-z'-]*|de|da|van|von|der|den|la|el|al|bin|binti)){0,3})|\{name\}(?: \{name\})?)",
        means: "a name: words with capitals, or a placeholder for a name",
    },
    Builtin {
        name: "Date",
        pattern: r"(?:\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?|(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?(?:,? \d{4})?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?|\{date\})",
        means: "a date, or a placeholder for one",
    },
    Builtin {
        name: "Money",
        pattern: r"(?:(?:usd|gbp|eur|inr|aud|cad|sgd|aed|php|ngn|kes|zar|chf|sar|qar|pkr|lkr|rm|ksh|rs\.?|us\$|\$) ?\d[\d,.]*(?: ?(?:k|m|lpa|lakhs?|lacs?|crores?|cr|grand|thousand|million|l))?|\d[\d,.]* ?(?:k|lpa|lakhs?|lacs?|crores?|grand|dollars|pounds|quid|euros?|rupees|pesos|naira|rand|dirhams|francs|bucks|ctc|\$)|\d{1,3},\d{3}|\{money\})(?: (?:an hour|per hour|a year|per year|per annum|a month|per month|a week|a day))?",
        means: "an amount of money, or a placeholder for one",
    },
    Builtin { name: "Number", pattern: r"\d[\d,.]*", means: "a number in digits" },
    Builtin { name: "Placeholder", pattern: r"\{[a-z]+\}", means: "any placeholder of a template" },
];
