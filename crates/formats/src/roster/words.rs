//! Words by which the cells of a pasted list are known.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use domain::{fold, fold_key};

/// The words of each section of the list.
static WORDS: LazyLock<HashMap<&'static str, HashSet<&'static str>>> = LazyLock::new(|| {
    let mut sections: HashMap<&str, HashSet<&str>> = HashMap::new();
    let mut section = "";
    for line in include_str!("../../data/list-words.txt").lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            section = name;
        } else if !line.starts_with('#') {
            let words = line.split(';').map(str::trim).filter(|w| !w.is_empty());
            sections.entry(section).or_default().extend(words);
        }
    }
    sections
});

/// Returns whether a folded text is a word of a section.
pub(super) fn is_in(section: &str, word: &str) -> bool {
    WORDS.get(section).is_some_and(|words| words.contains(word))
}

const HEADING_WORDS: &[&str] = &[
    "class",
    "of",
    "match",
    "matches",
    "list",
    "lists",
    "residency",
    "residencies",
    "appointments",
    "results",
    "placements",
    "graduates",
    "the",
    "year",
    "our",
    "day",
    "postgraduate",
    "and",
];

pub(super) fn bare_year(text: &str) -> Option<i16> {
    let year: i16 = text.trim().parse().ok()?;
    (text.trim().len() == 4 && (1970..=2100).contains(&year)).then_some(year)
}

/// Returns the year that two digits mean: "'24" is 2024, "'98" is 1998.
pub(super) fn short_year(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    let is_short = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
    is_short.then_some(if year < 70 { 2000 + year } else { 1900 + year })
}

/// Returns the year of a heading such as "Class of 2025" or "2024 Match List".
pub(super) fn heading_year(text: &str) -> Option<i16> {
    let key = fold_key(text);
    let mut words = key.split(' ');
    let year = words.clone().find_map(bare_year)?;
    // "St. George's University 2026 Residency Match List" says whose it is.
    let is_match_list = words.clone().any(|word| word == "match");
    let is_heading = |word| bare_year(word).is_some() || HEADING_WORDS.contains(&word);
    (is_match_list || words.all(is_heading)).then_some(year)
}

/// Returns whether a cell names a field of medicine and nothing else:
/// "Radiology-Diagnostic/IR", "Surgery - Prelim".
pub(super) fn is_specialty(text: &str) -> bool {
    let key = fold_key(text);
    let mut words = key.split(' ');
    words.clone().any(|word| is_in("fields", word))
        && words.all(|word| is_in("fields", word) || is_in("qualifiers", word))
}

pub(super) fn is_place(text: &str) -> bool {
    let folded = fold(text);
    folded
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| is_in("places", word))
}

/// Returns whether a cell is a hospital or university by its short name: "MSKCC",
/// "Henry Ford", "Ochsner, New Orleans, LA".
pub(super) fn is_hospital(text: &str) -> bool {
    let name = text.split(',').next().unwrap_or_default();
    let key = fold_key(name);
    let words: Vec<&str> = key.split(' ').collect();
    let has_phrase = |n: usize| {
        let mut phrases = words.windows(n);
        phrases.any(|phrase| is_in("hospitals", &phrase.join(" ")))
    };
    let is_one = words.len() == 1 && (is_in("hospitals", &key) || is_acronym(name));
    let has_acronym = words.len() > 1
        && name.chars().any(char::is_lowercase)
        && name.split(' ').next().is_some_and(is_acronym);
    is_one || has_acronym || words.len() > 1 && has_phrase(2) || words.len() > 2 && has_phrase(3)
}

/// Returns whether a word is three capitals or more, as in "MSKCC".
fn is_acronym(word: &str) -> bool {
    let n_capitals = word.chars().filter(char::is_ascii_uppercase).count();
    let is_mixed = word
        .chars()
        .any(|c| !c.is_ascii_uppercase() && c != '-' && c != '&');
    n_capitals >= 3 && !is_mixed && !is_specialty(word)
}

/// Returns whether a text is the code of a state, in capitals.
pub(super) fn is_code(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_uppercase()) && is_in("codes", &fold(text))
}

pub(super) fn is_state(text: &str) -> bool {
    is_code(text) || is_in("states", &fold_key(text))
}

/// Returns whether a cell is where a town lies: a state or a country.
pub(super) fn is_region(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-' || c == ' ');
    is_state(text) || is_in("countries", &fold_key(text))
}

/// Returns whether a state or country is a given name too: "Brown, Virginia".
pub(super) fn is_given_too(text: &str) -> bool {
    is_in("given", &fold_key(text))
}

/// Returns whether a word is a degree, field or post that is written as a name.
pub(super) fn is_name_too(word: &str) -> bool {
    let is_written_so = word.chars().skip(1).any(char::is_lowercase);
    is_written_so && is_in("names", &fold_key(word))
}

/// Returns whether a text has a word of a page that is in nobody's name.
pub(super) fn is_of_page(text: &str) -> bool {
    fold_key(text).split(' ').any(|word| is_in("page", word))
}

/// Returns whether a line begins with a label such as "Medical School:".
pub(super) fn has_label(text: &str) -> bool {
    let Some((label, _)) = text.split_once(':') else {
        return false;
    };
    let key = fold_key(label);
    let mut words = key.split(' ');
    words.clone().count() <= 4 && words.any(|word| is_in("labels", word))
}

/// Returns whether a label is of a post.
pub(super) fn is_post_label(label: &str) -> bool {
    matches!(
        fold_key(label).as_str(),
        "title" | "position" | "role" | "job title"
    )
}

/// Returns what stands in a cell that is wholly in brackets.
pub(super) fn aside(cell: &str) -> Option<&str> {
    cell.strip_prefix('(')?.strip_suffix(')').map(str::trim)
}
