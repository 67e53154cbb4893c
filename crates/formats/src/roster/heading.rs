//! Headings of a pasted list: groups of people, years of training, posts.

use domain::fold_key;

use super::words::{heading_year, is_in, is_specialty};
use crate::people_lines::is_role;

/// What a line that is a single piece says, where it can be a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Heading {
    /// "Class of 2027".
    Year(i16),
    /// A group of people, and the post of each of them where it tells one.
    Group(String),
    /// What may stand above those whom it tells of, or below each of them.
    Post(Class),
}

/// Kinds of posts, of which a page sets each kind above its people or below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Class {
    /// "PGY-4".
    Training,
    /// "Attending", "Faculty".
    Rank,
    /// "Program Director".
    Post,
    /// "Breast Imaging".
    Field,
}

impl Class {
    pub(super) const ALL: [Self; 4] = [Self::Training, Self::Rank, Self::Post, Self::Field];
}

impl Heading {
    /// Returns what a line says of people below or above it.
    pub(super) fn of(text: &str) -> Option<Self> {
        let text = trimmed(text);
        let key = fold_key(text);
        if key.is_empty() {
            return None;
        }
        if let Some(year) = heading_year(text) {
            return Some(Self::Year(year));
        }
        if is_training(&key) {
            return Some(Self::Post(Class::Training));
        }
        if is_in("ranks", &key) {
            return Some(Self::Post(Class::Rank));
        }
        if is_group(&key) {
            return Some(Self::Group(post_of(text)));
        }
        if is_specialty(text) {
            return Some(Self::Post(Class::Field));
        }
        is_role(text).then_some(Self::Post(Class::Post))
    }
}

/// Returns a heading without what only sets it off: "— Fellows:".
pub(super) fn trimmed(text: &str) -> &str {
    let is_mark = |c: char| matches!(c, ':' | '-' | '–' | '—' | '=' | '*' | '#' | '_' | '~' | ' ');
    text.trim_matches(is_mark)
}

/// Returns whether a heading only names a group: one word in the plural or
/// collective, and beside it nothing but which group.
fn is_group(key: &str) -> bool {
    let is_number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let mut words = key.split(' ');
    words.clone().any(|word| is_in("groups", word))
        && words.all(|word| {
            let sections = ["groups", "generic", "grades", "fields", "qualifiers"];
            is_number(word) || is_in_any(&sections, word) || is_training(word)
        })
}

fn is_in_any(sections: &[&str], word: &str) -> bool {
    sections.iter().any(|section| is_in(section, word))
}

/// Returns whether a folded line is a year of training: "PGY-4", "PGY2 Residents",
/// "PGY-3 (R2)", "First-Year Fellows".
fn is_training(key: &str) -> bool {
    const ORDINALS: [&str; 16] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "1st", "2nd", "3rd", "4th", "5th",
        "6th", "i", "ii", "iii", "iv",
    ];
    let is_year = |text: &str| {
        let text = text.trim_end_matches('s');
        text.len() == 1 && text.bytes().all(|b| b.is_ascii_digit())
    };
    let (mut n_years, mut has_unit, mut has_ordinal) = (0, false, false);
    for word in key.split(' ') {
        let behind = ["pgy", "r", "ca"]
            .iter()
            .find_map(|start| word.strip_prefix(start));
        match behind {
            Some("") => has_unit = true,
            Some(year) if is_year(year) || matches!(year, "ii" | "iii" | "iv") => n_years += 1,
            _ if is_year(word) || ORDINALS.contains(&word) => has_ordinal = true,
            _ if matches!(word, "year" | "years") => has_unit = true,
            _ if is_in_any(&["groups", "fields", "qualifiers", "grades"], word) => {}
            _ if matches!(word, "intern" | "resident" | "fellow" | "and" | "to") => {}
            _ => return false,
        }
    }
    n_years > 0 || has_unit && has_ordinal
}

/// Returns the post of each person of a group: "Fellow" of "Current Fellows",
/// nothing of "Our Team".
fn post_of(text: &str) -> String {
    const NO_POST: [&str; 12] = [
        "administration",
        "alumnae",
        "alumni",
        "graduates",
        "leaders",
        "leadership",
        "members",
        "people",
        "personnel",
        "providers",
        "team",
        "trainees",
    ];
    let is_year = |word: &&str| word.contains(|c: char| c.is_ascii_digit());
    let words = text.split_whitespace().filter(|word| !is_year(word));
    let is_generic = |word: &&str| is_in("generic", &fold_key(word));
    let kept: Vec<&str> = words.skip_while(is_generic).collect();
    let key = fold_key(&kept.join(" "));
    let groups: Vec<&str> = key
        .split(' ')
        .filter(|word| is_in("groups", word))
        .collect();
    let ends_so = kept
        .last()
        .is_some_and(|last| is_in("groups", &fold_key(last)));
    if groups.len() != 1 || NO_POST.contains(&groups[0]) || !ends_so {
        return String::new();
    }
    let post = kept.join(" ");
    match post.strip_suffix('s') {
        Some(one) if !post.ends_with("ss") => one.to_owned(),
        _ => post,
    }
}
