//! Words that salutations are made of, and words that tell where one ends.

/// Words that greet, of all tongues in which letters in English are opened.
#[rustfmt::skip]
pub(super) const GREETINGS: [&str; 116] = [
    "dear", "dearest", "my dear", "my dearest", "hi", "hii", "hi there", "hello", "hello there", "hey", "hey there",
    "hiya", "heya", "hullo", "hallo", "greetings", "howdy", "gday", "g'day", "gidday", "good morning",
    "good afternoon", "good evening", "good day", "good night", "alright", "howzit", "yo", "oi", "ahoy", "respected",
    "esteemed", "sirs", "salut", "bonjour", "bonsoir", "cher", "chere", "chers", "cheres", "hola", "buenos dias",
    "buenas tardes", "estimada", "estimado", "estimados", "estimadas", "querida", "querido", "ola", "bom dia",
    "boa tarde", "prezada", "prezado", "prezados", "caro", "cara", "ciao", "buon giorno", "buongiorno", "gentile",
    "egregio", "salve", "servus", "moin", "guten tag", "guten morgen", "guten abend", "liebe", "lieber", "hoi",
    "beste", "geachte", "goedemorgen", "goedemiddag", "hei", "hej", "kia ora", "aloha", "mabuhay", "kumusta",
    "namaste", "namaskar", "sat sri akal", "vanakkam", "salaam", "salam", "salaam alaikum", "salam alaikum",
    "assalam alaikum", "assalam o alaikum", "assalam-o-alaikum", "assalamu alaikum", "assalamualaikum",
    "as-salamu alaikum", "asalam o alaikum", "selam", "merhaba", "shalom", "jambo", "habari", "hujambo", "sawubona",
    "dumela", "molo", "dia duit", "dia duit a", "dia dhuit", "a chara", "che", "szanowny", "szanowna", "szanowni", 
    "dzien dobry",
    "czesc", "ahoj",
];

/// Words that may stand behind a name, small: `Brad babe,`.
pub(super) const ENDEARMENTS: [&str; 20] = [
    "babe", "bhai", "dear", "dai", "mate", "love", "sir", "ji", "bro", "darling", "sb", "sahib", "hun", "pal", "buddy",
    "san", "madam", "ma'am", "my", "friend",
];

#[rustfmt::skip]
pub(super) const TITLES: [&str; 60] = [
    "mr", "mrs", "ms", "miss", "mx", "mdm", "madam", "madame", "ma'am", "dr", "prof", "professor", "sir", "chef",
    "coach", "capt", "captain", "sister", "brother", "engr", "eng", "rev", "reverend", "father", "auntie", "aunty",
    "uncle", "hon", "mister", "monsieur", "herr", "frau", "senor", "senora", "judge", "dean", "lord", "lady",
    "dame", "col", "major", "encik", "puan", "cik", "khun", "sr", "pharm", "arch", "atty", "pastor", "barr",
    "alhaji", "hajia", "datuk", "dato", "tuan", "shri", "smt", "sgt", "lt",
];

/// Words that people talk in and that are in no name, for telling where a name ends.
#[rustfmt::skip]
pub(super) const TALK: [&str; 74] = [
    "i", "i'm", "im", "i've", "ive", "i'll", "i'd", "this", "it", "it's", "its", "just", "thanks", "thank", "thx",
    "ta", "got", "we", "we're", "sorry", "the", "so", "quick", "hope", "please", "pls", "can", "could", "would",
    "is", "are", "am", "was", "were", "have", "has", "had", "yes", "no", "that", "your", "you", "what", "how",
    "when", "after", "about", "regarding", "re", "not", "been", "will", "won't", "don't", "me", "as", "if", "but",
    "a", "an", "great", "hoping", "following", "writing", "further", "wanted", "received", "bad", "good", "here",
    "there's", "tried", "it'll", "offer",
];

/// Words of titles, places in time and exclamations, which no one is called by.
#[rustfmt::skip]
pub(super) const ON_TITLES: [&str; 73] = [
    "offer", "letter", "memo", "memorandum", "notice", "resignation", "acceptance", "application", "draft",
    "template", "sample", "example", "email", "e-mail", "message", "confidential", "private", "personal", "urgent",
    "update", "reply", "response", "fwd", "fw", "note", "notes", "congratulations", "congrats", "apologies",
    "declined", "declining", "decline", "option", "version", "script", "part", "step", "form", "report", "summary",
    "question", "request", "reference", "interview", "position", "job", "monday", "tuesday", "wednesday",
    "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "june", "july", "august",
    "september", "october", "november", "december", "bravo", "hard", "pass", "done", "withdrawn", "accepted",
    "road", "street", "lodge",
];

/// First words that a bare name does not have.
#[rustfmt::skip]
pub(super) const NO_NAME: [&str; 40] = [
    "yes", "no", "thanks", "thank", "thx", "sorry", "ok", "okay", "well", "so", "hence", "however", "unfortunately",
    "sadly", "regretfully", "wow", "tempting", "please", "regards", "sincerely", "best", "cheers", "first",
    "firstly", "secondly", "also", "finally", "i", "we", "you", "the", "to", "from", "but", "this", "here", "too",
    "subject", "not", "to,",
];
