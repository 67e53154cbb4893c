//! Blanks of a template that nobody filled in.

use std::borrow::Cow;

/// Words in brackets that writers use in earnest.
const EARNEST: &[&str] = &[
    "sic",
    "...",
    "…",
    "emphasis added",
    "translated",
    "redacted",
];

/// Words with which writers say something beside the point: "[policy, not mine]".
const ASIDE: &[&str] = &["not", "mine", "sorry", "alas"];

/// Words in small letters in a citation: "[de la Cruz and Rao, 2019]".
const BETWEEN_NAMES: &[&str] = &[
    "et", "al", "and", "y", "e", "in", "de", "del", "della", "da", "di", "la", "le", "van", "von",
    "der", "den", "bin", "ibn", "cited", "see", "cf", "p", "pp", "ch", "vol",
];

/// Words with which a citation says what its number counts: "[ref. 12]".
const LABELS: &[&str] = &[
    "ref",
    "refs",
    "reference",
    "references",
    "pmid",
    "pmcid",
    "doi",
    "fig",
    "figs",
    "figure",
    "table",
    "eq",
    "p",
    "pp",
    "page",
    "pages",
    "chapter",
    "ch",
    "vol",
    "no",
    "suppl",
    "appendix",
    "section",
    "sec",
    "note",
    "nct",
];

/// Words that name a blank, although a year may stand beside them: "[Conference 2027]".
const NAMES_OF_BLANKS: &[&str] = &[
    "name",
    "surname",
    "author",
    "date",
    "day",
    "month",
    "season",
    "event",
    "conference",
    "congress",
    "meeting",
    "topic",
    "title",
    "talk",
    "lecture",
    "webinar",
    "paper",
    "program",
    "programme",
    "hospital",
    "school",
    "institution",
    "city",
    "your",
    "their",
    "insert",
];

/// Returns the byte ranges of unfilled blanks: square or double curly brackets
/// around words, `<insert …>`, four underscores or more, TODO, TBD, XXX.
pub(crate) fn blanks(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let end = match bytes[at] {
            b'{' if bytes.get(at + 1) == Some(&b'{') => closed(text, at, 2, "}}"),
            b'[' if bytes.get(at + 1) == Some(&b'[') => {
                closed(text, at, 2, "]]").filter(|end| is_blank(text, at + 1, end - 1))
            }
            b'[' => closed(text, at, 1, "]").filter(|end| is_blank(text, at, *end)),
            b'<' => closed(text, at, 1, ">").filter(|end| is_insert(&text[at + 1..end - 1])),
            b'_' => {
                let n = bytes[at..].iter().take_while(|b| **b == b'_').count();
                (n >= 4).then_some(at + n)
            }
            b'T' | b't' | b'X' | b'x' => marker(text, at),
            _ => None,
        };
        match end {
            Some(end) => {
                found.push((at, end));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// Returns the end of what opens at `at`, if it closes within a few lines.
fn closed(text: &str, at: usize, open: usize, close: &str) -> Option<usize> {
    // Looking no further keeps a text of brackets from being read again and again.
    let inside = &text.as_bytes()[at + open..];
    let near = &inside[..inside.len().min(300 + close.len())];
    let end = near
        .windows(close.len())
        .position(|piece| piece == close.as_bytes())?;
    let within = &text[at + open..at + open + end];
    (!within.contains("\n\n")).then_some(at + open + end + close.len())
}

/// Returns whether square brackets hold words for the writer rather than a
/// citation, an interval, a link text or an editor's mark.
fn is_blank(text: &str, start: usize, end: usize) -> bool {
    let inside = text[start + 1..end - 1].trim();
    let lower = inside.to_lowercase();
    if EARNEST.contains(&lower.as_str()) || text[end..].starts_with('(') {
        return false;
    }
    // Citations, numbers and intervals: "[7, 9]", "[0.2 to 0.4]", "[95% CI 1-2]".
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().any(char::is_alphabetic))
        .collect();
    if words.is_empty() {
        // "[10/15/20]" is a choice that nobody made, "[1/3]" a number.
        let choices: Vec<&str> = inside.split(['/', '|']).map(str::trim).collect();
        let is_short =
            |n: &&str| (1..=3).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit());
        return choices.len() > 2 && choices.iter().all(is_short);
    }
    if words.len() > 1 && words.iter().any(|w| ASIDE.contains(w)) || is_citation(inside) {
        return false;
    }
    let has_digit = inside.chars().any(|c| c.is_ascii_digit());
    let interval = [
        "to", "and", "of", "ci", "or", "hr", "rr", "iqr", "range", "sd", "p", "n", "mean",
    ];
    if has_digit && words.iter().all(|w| interval.contains(w)) {
        return false;
    }
    // "[t]he" and "[S]he" are an editor's letters inside a quotation.
    let joined = text[end..].starts_with(char::is_alphabetic);
    !(joined && inside.chars().count() == 1)
}

/// Returns whether words in brackets tell where something stands: names with a
/// year or "et al.", or a label with a number.
fn is_citation(inside: &str) -> bool {
    let pieces: Vec<&str> = inside
        .split(|c: char| !(c.is_alphanumeric() || crate::analysis::is_apostrophe(c)))
        .filter(|piece| !piece.is_empty())
        .collect();
    let lower: Vec<String> = pieces.iter().map(|piece| piece.to_lowercase()).collect();
    let is_number = |piece: &str| piece.starts_with(|c: char| c.is_ascii_digit());
    if lower.iter().any(|w| NAMES_OF_BLANKS.contains(&w.as_str())) {
        return false;
    }
    let is_labelled = LABELS.contains(&lower[0].as_str())
        && lower[1..]
            .iter()
            .all(|w| is_number(w) || w == "and" || w == "to" || w.len() == 1);
    let is_year = |piece: &str| {
        let digits = piece.trim_end_matches(|c: char| c.is_ascii_lowercase());
        digits.len() == 4
            && piece.len() <= 5
            && digits
                .parse()
                .is_ok_and(|year: u16| (1800..2100).contains(&year))
    };
    let has_year = pieces.iter().any(|piece| is_year(piece));
    let et_al = lower.windows(2).any(|pair| pair == ["et", "al"]);
    // "[Smith in press]"
    let (names, in_press) = match lower.as_slice() {
        [names @ .., before, last] if before == "in" && last == "press" => (names.len(), true),
        _ => (lower.len(), false),
    };
    let are_names = pieces.iter().zip(&lower).take(names).all(|(piece, word)| {
        piece.starts_with(char::is_uppercase)
            || is_number(piece)
            || BETWEEN_NAMES.contains(&word.as_str())
    });
    is_labelled && lower.len() > 1 || are_names && (has_year || et_al || in_press)
}

fn is_insert(inside: &str) -> bool {
    let lower = inside.trim().to_lowercase();
    [
        "insert", "enter", "add ", "your ", "name", "fill", "school", "date", "topic", "title",
    ]
    .iter()
    .any(|w| lower.starts_with(w))
        && !lower.contains('@')
        && !lower.contains("://")
}

/// Returns the end of a TODO, TBD or XXX that stands as a word of its own; a
/// TODO takes the rest of its sentence with it.
fn marker(text: &str, at: usize) -> Option<usize> {
    let before = text[..at].chars().next_back();
    if before.is_some_and(char::is_alphanumeric) {
        return None;
    }
    let rest = &text[at..];
    let word = rest
        .find(|c: char| !c.is_alphanumeric())
        .map_or(rest, |end| &rest[..end]);
    match word {
        "TODO" | "todo" if word == "TODO" || rest[4..].starts_with(':') => {
            let end = rest.find(['.', '!', '?', '\n']).unwrap_or(rest.len());
            Some(at + end)
        }
        "TBD" | "Tbd" | "tbd" => Some(at + 3),
        _ if word.len() >= 3 && word.bytes().all(|b| b == b'X') => Some(at + word.len()),
        // At the end of a line they are kisses.
        _ if word.len() >= 3 && word.bytes().all(|b| b == b'x') => {
            let after = rest[word.len()..].trim_start_matches([' ', '.', '!']);
            (!after.is_empty() && !after.starts_with('\n')).then_some(at + word.len())
        }
        _ => None,
    }
}

/// Returns the text with the ranges made spaces, every byte where it was.
pub(crate) fn without<'t>(text: &'t str, ranges: &[(usize, usize)]) -> Cow<'t, str> {
    if ranges.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut copy = String::with_capacity(text.len());
    let mut at = 0;
    for &(start, end) in ranges {
        copy.push_str(&text[at..start]);
        copy.extend(std::iter::repeat_n(' ', end - start));
        at = end;
    }
    copy.push_str(&text[at..]);
    Cow::Owned(copy)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = blanks(text).into_iter().map(|(s, e)| &text[s..e]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn blanks_are_found_and_earnest_brackets_left_alone() {
        check("I enjoyed [title of webinar].", &["[title of webinar]"]);
        check(
            "Dear {{name}}, at <insert site> ____.",
            &["{{name}}", "<insert site>", "____"],
        );
        check(
            "TODO say why. Then TBD and XXX",
            &["TODO say why", "TBD", "XXX"],
        );
        check("as others found [7, 9] and [sic] […] [0.2 to 0.4]", &[]);
        check(
            "write to <ana@school.example> or [our page](x), XXL, XXIX",
            &[],
        );
        check("\"[t]he catheter\" and ___ and [95% CI, 1-2]", &[]);
        check("[MS2/MS3]", &["[MS2/MS3]"]);
        check("for [10/15/20] minutes, [1/3]", &["[10/15/20]"]);
        check("the insurance number [policy, not mine]", &[]);
        check(
            "[Smith 2019] [Ferrand et al., 2019; Rao and de Vries 2020b] [Pell et al.] [ref. 12] \
             [Lancet 2021] [PMID 12345678] [2 of 3] [p. 7]",
            &[],
        );
        check(
            "[Conference 2027] and [your talk, 2027]",
            &["[Conference 2027]", "[your talk, 2027]"],
        );
        check("On [[topic]], at [[7]].", &["[[topic]]"]);
        check("tbd, at xxx hospital", &["tbd", "xxx"]);
        check("todo el mundo, xxx\nSolange xxx", &[]);
    }
}
