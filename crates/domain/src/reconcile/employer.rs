//! When two texts name one employer, as far as the words alone tell.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::fold_key;

/// Words that stand in two spellings, the longer one last.
const SHORT: [(&str, &str); 13] = [
    ("univ", "university"),
    ("hosp", "hospital"),
    ("med", "medical"),
    ("ctr", "center"),
    ("cntr", "center"),
    ("centre", "center"),
    ("dept", "department"),
    ("inst", "institute"),
    ("saint", "st"),
    ("mt", "mount"),
    ("assoc", "associates"),
    ("natl", "national"),
    ("intl", "international"),
];

/// How a school of medicine is called, folded, with blanks around it. Hundreds
/// who do not know each other go to one, and teach there.
const SCHOOL_OF_MEDICINE: [&str; 13] = [
    " school of medicine ",
    " schools of medicine ",
    " school of osteopathic medicine ",
    " medical school ",
    " med school ",
    " college of medicine ",
    " college of osteopathic medicine ",
    " medical college ",
    " faculty of medicine ",
    " faculty of medical sciences ",
    " facultad de medicina ",
    " escuela de medicina ",
    " faculdade de medicina ",
];

/// Words after which the place of a state of work stands, and not its name.
const BEFORE_A_PLACE: [&str; 10] = [
    "at", "in", "from", "with", "for", "to", "near", "en", "em", "bei",
];

/// Words of the longest phrase that is listed.
const PHRASE_WORDS: usize = 4;

/// What a listed phrase says of who is employed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    /// That they have no employer, or go to school.
    State,
    /// A kind only.
    Kind,
}

/// Words and phrases that name nobody's employer in particular, folded.
static LISTED: LazyLock<HashMap<&str, Says>> = LazyLock::new(|| {
    let lines = |text: &'static str, says: Says| {
        let lines = text.lines().map(str::trim);
        lines
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(move |line| (line, says))
    };
    let kinds = lines(include_str!("../../data/kinds-of-employer.txt"), Says::Kind);
    let states = lines(include_str!("../../data/states-of-work.txt"), Says::State);
    kinds.chain(states).collect()
});

/// Returns an employer as it is compared with others: "The Univ. of Miami" is
/// "University of Miami". Empty where the text names no institution in particular.
pub(super) fn employer_key(text: &str) -> String {
    if !names_an_institution(text) {
        return String::new();
    }
    same_words(&fold_key(text))
}

/// Returns whether two texts are the same words, whatever they name.
pub(super) fn are_same(a: &str, b: &str) -> bool {
    same_words(&fold_key(a)) == same_words(&fold_key(b))
}

/// Returns a folded text with the words of one spelling.
fn same_words(folded: &str) -> String {
    let words = folded.split(' ').map(|word| {
        let long = SHORT.iter().find(|(short, _)| *short == word);
        long.map_or(word, |(_, long)| long)
    });
    let words: Vec<&str> = words.collect();
    match words.as_slice() {
        ["the", rest @ ..] if !rest.is_empty() => rest.join(" "),
        all => all.join(" "),
    }
}

/// Returns whether a text names an institution in particular, and one that is no
/// school of medicine: words that say a state or a kind only name none.
fn names_an_institution(text: &str) -> bool {
    let folded = spelled_together(&fold_key(text));
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let all = Listed::at_the_start_of(&words);
    if all.n_words == words.len() {
        return false;
    }
    // "Self-employed, Houston" says all in its first part; "Radiology, Yale" not.
    let parts = text.replace(" - ", ", ");
    let mut parts = parts.split(is_break).map(fold_key);
    let first = parts.find(|part| !part.is_empty());
    let first = spelled_together(&first.unwrap_or_default());
    let first: Vec<&str> = first.split(' ').collect();
    let start = Listed::at_the_start_of(&first);
    let is_before_a_place = first[..start.n_words]
        .last()
        .is_some_and(|word| BEFORE_A_PLACE.contains(word));
    let is_told_apart = start.n_words == first.len() || start.ends_with_state || is_before_a_place;
    if start.has_state && is_told_apart {
        return false;
    }
    // "Hospital in Lima" is any of them.
    if start.n_words > 1
        && start.n_words < first.len()
        && ["in", "near"].contains(&first[start.n_words - 1])
    {
        return false;
    }
    !is_school_of_medicine(text, &words)
}

fn is_break(c: char) -> bool {
    matches!(
        c,
        ',' | ';' | ':' | '(' | ')' | '[' | ']' | '|' | '/' | '@' | '·' | '•' | '–' | '—' | '\n'
    )
}

fn is_school_of_medicine(text: &str, words: &[&str]) -> bool {
    let whole = format!(" {} ", words.join(" "));
    let is_called_so = SCHOOL_OF_MEDICINE.iter().any(|name| whole.contains(name));
    // "Christian Medical College Hospital" is a hospital.
    let has = |word: &str| words.iter().any(|w| w.trim_end_matches('s') == word);
    if is_called_so && !has("hospital") && !has("clinic") {
        return true;
    }
    // "SGUSOM", "LECOM": letters that end in School, or College, of Medicine.
    let letters = text.trim();
    letters.len() > 3
        && letters.bytes().all(|b| b.is_ascii_uppercase())
        && (letters.ends_with("SOM") || letters.ends_with("COM"))
}

/// Joins letters that stand alone one after the other: "u c l a" is "ucla".
fn spelled_together(folded: &str) -> String {
    let mut joined = String::with_capacity(folded.len());
    let mut is_after_letter = false;
    for word in folded.split(' ') {
        let is_letter = word.chars().count() == 1;
        if !(joined.is_empty() || is_letter && is_after_letter) {
            joined.push(' ');
        }
        joined.push_str(word);
        is_after_letter = is_letter;
    }
    joined
}

/// How many words at the start of a text are listed.
#[derive(Default)]
struct Listed {
    n_words: usize,
    has_state: bool,
    ends_with_state: bool,
}

impl Listed {
    /// Takes the longest listed phrase again and again, as long as there is one.
    fn at_the_start_of(words: &[&str]) -> Self {
        let mut listed = Self::default();
        while listed.n_words < words.len() {
            let rest = &words[listed.n_words..];
            let lengths = (1..=PHRASE_WORDS.min(rest.len())).rev();
            let Some((n, says)) = lengths
                .filter_map(|n| says(&rest[..n]).map(|says| (n, says)))
                .next()
            else {
                break;
            };
            listed.n_words += n;
            listed.ends_with_state = says == Says::State;
            listed.has_state |= listed.ends_with_state;
        }
        listed
    }
}

/// Returns what a phrase says, if it is listed. The last word may be a plural.
fn says(phrase: &[&str]) -> Option<Says> {
    let text = phrase.join(" ");
    let found = |text: &str| LISTED.get(text).copied();
    if let Some(says) = found(&text) {
        return Some(says);
    }
    if let Some(stem) = text.strip_suffix('s') {
        let singular = found(stem)
            .or_else(|| found(stem.strip_suffix('e')?))
            .or_else(|| found(&format!("{}y", stem.strip_suffix("ie")?)));
        if singular.is_some() {
            return singular;
        }
    }
    // A letter or a year names nothing.
    let [word] = phrase else { return None };
    let is_year = word.len() == 4
        && word.bytes().all(|b| b.is_ascii_digit())
        && (word.starts_with("19") || word.starts_with("20"));
    let is_bare = is_year || word.chars().count() == 1;
    is_bare.then_some(Says::Kind)
}
