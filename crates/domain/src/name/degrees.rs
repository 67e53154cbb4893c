//! Degrees behind a name, as people write them: "MD, PhD", "MD/PhD", "(MD)",
//! "BSc"; and what else stands there: pronouns, and fields behind a bar.

use super::words::{bare, is_credential};

/// Degrees that are surnames and given names too: "Minh Do", "Yo-Yo Ma".
const ALSO_NAMES: &[&str] = &[
    "ba", "bs", "do", "ma", "mba", "mbe", "med", "mha", "mpa", "ms", "np", "pa", "rn", "rt",
];

/// Degrees of three letters or fewer that are nobody's name in any case of letters.
const NEVER_NAMES: &[&str] = &["bsc", "mph", "msc", "phd"];

const PRONOUNS: &[&str] = &[
    "any", "ella", "elle", "el", "he", "her", "hers", "hir", "him", "his", "ils", "it", "its",
    "she", "the", "their", "theirs", "them", "they", "xe", "xem", "ze", "zir",
];

/// Returns whether a word is a degree, or degrees joined: "PA-C", "MD/PhD".
fn is_degree(word: &str) -> bool {
    // "RT(R)(VI)" says in brackets of which kind it is.
    let before_bracket = word.split('(').next().unwrap_or_default();
    is_credential(word) || is_credential(before_bracket) || joined(word).all(is_credential)
}

/// Returns the words that a word such as "MD/PhD" or "(MD)" joins.
fn joined(word: &str) -> impl Iterator<Item = &str> + Clone {
    let word = word.trim_matches(['(', ')', '[', ']']);
    word.split(['/', '-', '–', '&', '+', ';'])
}

/// Returns whether a text is degrees and nothing else, in whatever case of letters.
pub(super) fn are_credentials(text: &str) -> bool {
    let mut words = text.split([' ', ',']).filter(|word| !word.is_empty());
    words.clone().next().is_some() && words.all(is_degree)
}

/// Returns whether a degree is one that people bear as a name.
pub(super) fn can_be_name(word: &str) -> bool {
    ALSO_NAMES.contains(&bare(word).as_str())
}

/// Returns whether a text is one word that is a degree, written as a name is.
pub(super) fn is_name_like_degree(text: &str) -> bool {
    can_be_name(text) && !is_written_degree(text)
}

/// Returns whether a word is a degree by the way in which it is written: "Asha
/// Do" has a surname, "Asha Rao DO" a degree.
pub(super) fn is_written_degree(word: &str) -> bool {
    is_degree(word) && (is_written(word) || joined(word).all(is_written))
}

fn is_written(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let begins_small = letters.next().is_some_and(char::is_lowercase);
    let mut rest = letters.clone();
    let has_capital = rest.any(char::is_uppercase);
    let key = bare(word);
    let has_stops = word.trim_end_matches('.').contains('.');
    has_capital
        || has_stops
        || key.len() > 3
        || NEVER_NAMES.contains(&key.as_str())
        || begins_small && !ALSO_NAMES.contains(&key.as_str())
}

/// Returns a text without what stands in brackets at its end and is no part of
/// the name, and without pronouns there; and those. They are kept with the
/// degrees, where no greeting takes them for a surname.
pub(super) fn split_asides(text: &str) -> (&str, Vec<&str>) {
    let (mut text, mut asides) = (text.trim(), Vec::new());
    while let Some((before, aside)) = last_aside(text) {
        asides.insert(0, aside);
        text = before;
    }
    (text, asides)
}

fn last_aside(text: &str) -> Option<(&str, &str)> {
    let open = match text.chars().last()? {
        ')' => '(',
        ']' => '[',
        _ => {
            let (before, last) = text.rsplit_once(' ')?;
            return is_pronouns(last).then_some((before.trim_end(), last));
        }
    };
    let start = text.rfind(open).filter(|start| *start > 0)?;
    let inner = text[start + 1..text.len() - 1].trim();
    let before = text[..start].trim_end();
    // "RT(R)(VI)" is one degree.
    let word = text[..start].rsplit(' ').next().unwrap_or_default();
    if is_degree(word) {
        return None;
    }
    let is_short = (2..=5).contains(&inner.len()) && inner.chars().all(|c| c.is_ascii_uppercase());
    let is_field = is_short && before.chars().any(char::is_lowercase);
    let is_aside = inner.contains('/') || are_credentials(inner) || is_field;
    is_aside.then_some((before, inner))
}

fn is_pronouns(word: &str) -> bool {
    let mut words = word.split('/');
    word.contains('/') && words.all(|word| PRONOUNS.contains(&bare(word).as_str()))
}

/// Returns what stands before the first bar of a text, and what behind each:
/// "Jane Smith | IR | MD".
pub(super) fn split_bars(text: &str) -> (&str, Vec<&str>) {
    let mut parts = text.split('|').map(str::trim).filter(|p| !p.is_empty());
    (parts.next().unwrap_or_default(), parts.collect())
}

/// Returns a part of a name, and the sections behind commas, bars and in brackets.
pub(super) fn split_sections(part: &str) -> (&str, Vec<&str>) {
    let (part, asides) = split_asides(part);
    let (part, bars) = split_bars(part);
    let mut sections = part.split(',').map(str::trim).filter(|s| !s.is_empty());
    let (part, first_asides) = split_asides(sections.next().unwrap_or_default());
    let mut behind: Vec<&str> = first_asides;
    for section in sections {
        let (section, more) = split_asides(section);
        behind.push(section);
        behind.extend(more);
    }
    behind.extend(bars);
    behind.extend(asides);
    (part, behind)
}
