//! The forms of an English verb, so that a pattern needs to name only its base: `decline~`.

/// Verbs whose past forms no rule gives: base, past tense, past participle.
const IRREGULAR: &[(&str, &str, &str)] = &[
    ("be", "was|were", "been"),
    ("bear", "bore", "borne|born"),
    ("become", "became", "become"),
    ("begin", "began", "begun"),
    ("bend", "bent", "bent"),
    ("break", "broke", "broken"),
    ("bring", "brought", "brought"),
    ("build", "built", "built"),
    ("burn", "burnt|burned", "burnt|burned"),
    ("buy", "bought", "bought"),
    ("catch", "caught", "caught"),
    ("choose", "chose", "chosen"),
    ("come", "came", "come"),
    ("cost", "cost", "cost"),
    ("cut", "cut", "cut"),
    ("deal", "dealt", "dealt"),
    ("do", "did", "done"),
    ("draw", "drew", "drawn"),
    ("drive", "drove", "driven"),
    ("eat", "ate", "eaten"),
    ("fall", "fell", "fallen"),
    ("feel", "felt", "felt"),
    ("find", "found", "found"),
    ("fly", "flew", "flown"),
    ("forget", "forgot", "forgotten"),
    ("forgive", "forgave", "forgiven"),
    ("forgo", "forwent", "forgone"),
    ("get", "got", "got|gotten"),
    ("give", "gave", "given"),
    ("go", "went", "gone"),
    ("grow", "grew", "grown"),
    ("hang", "hung", "hung"),
    ("have", "had", "had"),
    ("hear", "heard", "heard"),
    ("hold", "held", "held"),
    ("keep", "kept", "kept"),
    ("know", "knew", "known"),
    ("lay", "laid", "laid"),
    ("lead", "led", "led"),
    ("learn", "learnt|learned", "learnt|learned"),
    ("leave", "left", "left"),
    ("let", "let", "let"),
    ("lose", "lost", "lost"),
    ("make", "made", "made"),
    ("mean", "meant", "meant"),
    ("meet", "met", "met"),
    ("pay", "paid", "paid"),
    ("put", "put", "put"),
    ("read", "read", "read"),
    ("ring", "rang", "rung"),
    ("run", "ran", "run"),
    ("say", "said", "said"),
    ("see", "saw", "seen"),
    ("seek", "sought", "sought"),
    ("sell", "sold", "sold"),
    ("send", "sent", "sent"),
    ("set", "set", "set"),
    ("shake", "shook", "shaken"),
    ("show", "showed", "shown|showed"),
    ("shut", "shut", "shut"),
    ("sit", "sat", "sat"),
    ("speak", "spoke", "spoken"),
    ("spend", "spent", "spent"),
    ("stand", "stood", "stood"),
    ("stick", "stuck", "stuck"),
    ("take", "took", "taken"),
    ("teach", "taught", "taught"),
    ("tell", "told", "told"),
    ("think", "thought", "thought"),
    ("throw", "threw", "thrown"),
    ("turn", "turned", "turned"),
    ("understand", "understood", "understood"),
    ("undo", "undid", "undone"),
    ("wake", "woke", "woken"),
    ("wear", "wore", "worn"),
    ("win", "won", "won"),
    ("withdraw", "withdrew", "withdrawn"),
    ("write", "wrote", "written"),
];

/// Verbs of more than one syllable whose last consonant doubles all the same: `referred`, `committed`; in British spelling
/// also `travelled`, which stands beside the American form.
const DOUBLING: &[&str] =
    &["refer", "prefer", "defer", "commit", "admit", "regret", "permit", "occur", "begin", "forget"];

/// All forms of a verb, the base first: third person, past, participle, `-ing`. Each once.
pub fn forms(base: &str) -> Vec<String> {
    let mut forms = vec![base.to_owned(), third_person(base)];
    let irregular = IRREGULAR.iter().find(|(verb, _, _)| *verb == base);
    match irregular {
        Some((_, past, participle)) => forms.extend(past.split('|').chain(participle.split('|')).map(str::to_owned)),
        None => forms.extend(stems(base).iter().map(|stem| format!("{stem}ed"))),
    }
    forms.extend(ing_stems(base).iter().map(|stem| format!("{stem}ing")));
    if base == "be" {
        forms.extend(["am", "is", "are"].map(str::to_owned));
    }
    let mut seen = std::collections::HashSet::new();
    forms.retain(|form| seen.insert(form.clone()));
    forms
}

fn third_person(base: &str) -> String {
    match base {
        "have" => return "has".to_owned(),
        "be" => return "is".to_owned(),
        _ => {}
    }
    if let Some(stem) = base.strip_suffix('y').filter(|stem| !ends_in_vowel(stem)) {
        return format!("{stem}ies");
    }
    let hissing = ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| base.ends_with(end));
    format!("{base}{}", if hissing { "es" } else { "s" })
}

/// What `-ed` is put behind; two where British and American spelling differ.
fn stems(base: &str) -> Vec<String> {
    if let Some(stem) = base.strip_suffix('e') {
        return vec![stem.to_owned()];
    }
    if let Some(stem) = base.strip_suffix('y').filter(|stem| !ends_in_vowel(stem)) {
        return vec![format!("{stem}i")];
    }
    doubled(base)
}

fn ing_stems(base: &str) -> Vec<String> {
    if let Some(stem) = base.strip_suffix("ie") {
        return vec![format!("{stem}y")];
    }
    match base.strip_suffix('e') {
        Some(stem) if !base.ends_with("ee") && !base.ends_with("oe") && base != "be" => vec![stem.to_owned()],
        _ => doubled(base),
    }
}

fn doubled(base: &str) -> Vec<String> {
    let Some(last) = base.chars().last() else { return vec![] };
    let twice = format!("{base}{last}");
    if DOUBLING.contains(&base) || (is_one_short_syllable(base) && !matches!(last, 'w' | 'x' | 'y')) {
        return vec![twice];
    }
    if last == 'l' && ends_in_vowel(&base[..base.len() - 1]) && !base.ends_with("eal") && !base.ends_with("eel") {
        return vec![base.to_owned(), twice];
    }
    vec![base.to_owned()]
}

fn is_one_short_syllable(base: &str) -> bool {
    let vowels: Vec<usize> = base.char_indices().filter(|(_, c)| is_vowel(*c)).map(|(at, _)| at).collect();
    // `quit` has its `u` in the consonant.
    let sounded = if base.starts_with("qu") { vowels.len().saturating_sub(1) } else { vowels.len() };
    sounded == 1 && vowels.last().is_some_and(|at| at + 2 == base.len())
}

fn ends_in_vowel(stem: &str) -> bool {
    stem.chars().last().is_some_and(is_vowel)
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_take_their_forms() {
        #[track_caller]
        fn check(base: &str, expected: &str) {
            assert_eq!(forms(base).join(" "), expected);
        }
        check("decline", "decline declines declined declining");
        check("accept", "accept accepts accepted accepting");
        check("refer", "refer refers referred referring");
        check("pass", "pass passes passed passing");
        check("apply", "apply applies applied applying");
        check("stay", "stay stays stayed staying");
        check("plan", "plan plans planned planning");
        check("offer", "offer offers offered offering");
        check("travel", "travel travels traveled travelled traveling travelling");
        check("take", "take takes took taken taking");
        check("go", "go goes went gone going");
        check("agree", "agree agrees agreed agreeing");
        check("have", "have has had having");
        check("tie", "tie ties tied tying");
        check("get", "get gets got gotten getting");
        check("be", "be is was were been being am are");
        check("quit", "quit quits quitted quitting");
        check("fix", "fix fixes fixed fixing");
        check("appeal", "appeal appeals appealed appealing");
        check("cancel", "cancel cancels canceled cancelled canceling cancelling");
    }
}
