//! What a program's contact policy, in its own words, says to a written message.

use crate::fold;

/// Beginnings of words for what is written, and for contact of any kind.
const WRITTEN: &[&str] = &[
    "thank",
    "note",
    "e-mail",
    "email",
    "mail",
    "letter",
    "card",
    "message",
    "correspond",
    "communic",
    "contact",
    "writ",
    "follow-up",
    "reach",
    "outreach",
    "text",
    "respon",
];

/// Beginnings of words for what is no written message.
const OTHER: &[&str] = &[
    "phone",
    "telephone",
    "call",
    "visit",
    "gift",
    "present",
    "fax",
    "social",
    "linkedin",
    "facebook",
    "instagram",
    "walk-in",
    "drop",
];

/// Words that say no.
const NO: &[&str] = &[
    "not", "no", "never", "nor", "neither", "none", "without", "cannot",
];

/// Beginnings of words that say no by themselves.
const REFUSING: &[&str] = &[
    "refrain",
    "discourag",
    "prohibit",
    "forbid",
    "forbidden",
    "disallow",
    "unwelcome",
    "unacceptable",
    "inappropriate",
    "avoid",
    "ban",
    "barred",
    "cease",
    "stop",
    "declin",
    "refus",
    "off-limits",
    "abstain",
    "desist",
    "violat",
];

/// Beginnings of words that say yes.
const YES: &[&str] = &[
    "welcome",
    "fine",
    "allow",
    "permit",
    "appreciat",
    "encourag",
    "ok",
    "okay",
    "accept",
    "invite",
    "glad",
    "happy",
    "enjoy",
    "acceptable",
    "like",
    "prefer",
    "love",
    "pleased",
    "grateful",
];

/// Beginnings of words for a duty or an effect: that there is none forbids nothing.
const WITHOUT_WEIGHT: &[&str] = &[
    "requir",
    "necessar",
    "need",
    "expect",
    "obligat",
    "oblig",
    "mandatory",
    "affect",
    "influenc",
    "hold",
    "weigh",
    "factor",
    "matter",
    "consider",
    "reply",
    "repli",
    "answer",
    "respond",
    "pressur",
    "feel",
    "impact",
    "change",
    "miss",
    "penal",
    "improve",
    "guarantee",
];

/// Words after which a sentence goes on with something else.
const TURNS: &[&str] = &[
    "but", "however", "although", "though", "yet", "while", "whereas",
];

/// Words of an exception.
const EXCEPT: &[&str] = &["except", "unless", "apart", "besides", "save", "only"];

/// Returns whether a policy forbids a written message: a sentence of it says no to
/// one, or to contact of any kind.
///
/// One that says no to calls or gifts does not, nor one that says that no note is
/// needed, nor one with an exception: what that means is for the student to read.
pub(crate) fn forbids_writing(words: &str) -> bool {
    clauses(words).iter().any(|clause| forbids(clause))
}

type Clause = Vec<String>;

/// Returns the sentences of a policy, each cut where it turns to something else: at a
/// "but", and at a comma behind which it says yes or no anew.
fn clauses(words: &str) -> Vec<Clause> {
    let mut all: Vec<Clause> = Vec::new();
    for sentence in fold(words).split(['.', ';', '!', '?', ':', '\n']) {
        let mut first = true;
        for piece in sentence.split([',', '(', ')', '–', '—']) {
            let mut parts: Vec<Clause> = vec![Vec::new()];
            for word in words_of(piece) {
                if TURNS.contains(&word.as_str()) {
                    parts.push(Vec::new());
                } else if let Some(last) = parts.last_mut() {
                    last.push(word);
                }
            }
            for (i, part) in parts.into_iter().enumerate() {
                let anew = first || i > 0 || says_yes(&part) || n_no(&part) > 0;
                match all.last_mut().filter(|_| !anew) {
                    Some(last) => last.extend(part),
                    None => all.push(part),
                }
                first = false;
            }
        }
    }
    all
}

fn words_of(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-')
        .map(|word| word.trim_matches(['\'', '-']).to_owned())
        .filter(|word| !word.is_empty())
}

fn begins(clause: &[String], with: &[&str]) -> bool {
    clause
        .iter()
        .any(|word| with.iter().any(|start| word.starts_with(start)))
}

/// Whole words are compared where a beginning would take too much in.
fn n_no(clause: &[String]) -> usize {
    let is_no = |word: &&String| NO.contains(&word.as_str()) || word.ends_with("n't");
    let refuses = |word: &&String| {
        REFUSING.iter().any(|start| match *start {
            "ban" | "stop" => {
                word == start || *word == &format!("{start}s") || word.starts_with("banned")
            }
            start => word.starts_with(start),
        })
    };
    clause.iter().filter(is_no).count() + clause.iter().filter(refuses).count()
}

fn says_yes(clause: &[String]) -> bool {
    let is_yes = |word: &String| {
        YES.iter().any(|start| match *start {
            "ok" | "fine" | "like" | "love" | "glad" | "happy" => word == start,
            start => word.starts_with(start),
        })
    };
    clause.iter().any(is_yes) || clause.windows(2).any(|w| w[0] == "please" && w[1] != "do")
}

fn forbids(clause: &[String]) -> bool {
    let has = |words: &[&str]| clause.iter().any(|word| words.contains(&word.as_str()));
    let n_no = n_no(clause);
    // "Not discouraged" is no no.
    let is_doubled = n_no > 1 && !has(&["nor", "neither"]);
    if n_no == 0 || is_doubled || has(EXCEPT) || has_no_weight(clause) {
        return false;
    }
    if begins(clause, WRITTEN) {
        return true;
    }
    // Without a word of what, the whole is meant: "Not permitted."
    let refuses = begins(clause, REFUSING) || begins(clause, YES);
    !begins(clause, OTHER) && (refuses || clause.len() <= 3)
}

/// Returns whether the no is to a duty or an effect: "not required", "need not".
fn has_no_weight(clause: &[String]) -> bool {
    let is_no = |word: &String| NO.contains(&word.as_str()) || word.ends_with("n't");
    let Some(at) = clause.iter().position(is_no) else {
        return false;
    };
    let is_needless = at > 0 && clause[at - 1] == "need";
    is_needless || begins(&clause[at + 1..], WITHOUT_WEIGHT)
}
