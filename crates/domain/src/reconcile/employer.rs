//! When two texts name one employer, as far as the words alone tell.

use std::collections::HashSet;
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

/// What is no employer, folded.
static NONE: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("../../data/no-employers.txt").lines();
    lines
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});

/// Returns an employer as it is compared with others: "The Univ. of Miami" is
/// "University of Miami". Empty where the text names no employer.
pub(super) fn employer_key(text: &str) -> String {
    let folded = fold_key(text);
    if NONE.contains(folded.as_str()) {
        return String::new();
    }
    same_words(&folded)
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
