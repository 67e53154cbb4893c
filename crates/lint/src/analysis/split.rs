//! Where sentences end.

/// Short forms whose full stop ends no sentence, folded.
const ABBREVIATIONS: &[&str] = &[
    "dr", "ca", "mr", "mrs", "ms", "prof", "st", "dra", "e.g", "i.e", "eg", "ie", "vs", "no",
    "fig", "jr", "sr", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct",
    "nov", "dec", "approx", "dept", "univ", "a.m", "p.m", "cf", "al", "hosp", "mon", "tue", "tues",
    "wed", "thu", "thur", "thurs", "fri", "resp", "incl", "tel", "ext", "bldg", "rm", "ave", "mx",
    "u.s", "d.c", "ph.d", "m.d",
];

/// Returns the bytes of each sentence of a text that is no letter, such as a
/// note, in order: without the blanks around them, and without what has no word.
///
/// ```
/// let note = "Saw Dr. Rao. She asked for 2.5 mL";
/// assert_eq!(lint::sentence_spans(note), [(0, 12), (13, 33)]);
/// ```
pub fn sentence_spans(text: &str) -> Vec<(usize, usize)> {
    split(text, (0, text.len()))
}

/// Returns the byte ranges of sentences in a part of the text.
pub(super) fn split(text: &str, (from, to): (usize, usize)) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = from;
    let bytes = text.as_bytes();
    let mut at = from;
    while at < to {
        let cut = match bytes[at] {
            b'.' => !is_inner_stop(text, at, from, to),
            b'!' | b'?' => !matches!(bytes.get(at + 1), Some(b'!' | b'?' | b'.')),
            b'\n' => is_line_end(text, at, start, to),
            _ => false,
        };
        if cut {
            let mut end = at + 1;
            while end < to && matches!(bytes[end], b'"' | b')' | b'\'') {
                end += 1;
            }
            if text[end..to].starts_with('”') || text[end..to].starts_with('’') {
                end += '”'.len_utf8();
            }
            add(text, start, end, &mut found);
            start = end;
            at = end;
        } else {
            at += 1;
        }
    }
    add(text, start, to, &mut found);
    found
}

fn add(text: &str, start: usize, end: usize, found: &mut Vec<(usize, usize)>) {
    let raw = &text[start..end];
    let trimmed = raw.trim();
    if trimmed.chars().any(char::is_alphanumeric) {
        let from = start + (raw.len() - raw.trim_start().len());
        found.push((from, from + trimmed.len()));
    }
}

/// Returns whether a full stop stands inside a number, an address or after a
/// short form.
fn is_inner_stop(text: &str, at: usize, from: usize, to: usize) -> bool {
    let after = text[at + 1..to].chars().next();
    if after.is_some_and(|c| c.is_alphanumeric() || c == '.') {
        return true;
    }
    let before = &text[from..at];
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '“' | '-'))
        .next()
        .unwrap_or_default()
        .to_lowercase();
    if ABBREVIATIONS.contains(&word.as_str()) {
        return text[at + 1..to].trim_start().chars().next().is_some();
    }
    // An initial: "J. Ferrand". "I." and "a." end sentences more often.
    word.chars().count() == 1
        && before.ends_with(|c: char| c.is_uppercase() && c != 'I')
        && text[at + 1..to].starts_with(' ')
}

/// Returns whether a line break ends a sentence: before a blank line or a list
/// item, and after a line too short to have been wrapped.
fn is_line_end(text: &str, at: usize, start: usize, to: usize) -> bool {
    let rest = &text[at + 1..to];
    let next = rest.split('\n').next().unwrap_or_default().trim();
    if next.is_empty() {
        return true;
    }
    let is_item = next.starts_with(['-', '*', '•', '>', '–', '—', '·'])
        || next
            .find(['.', ')'])
            .is_some_and(|n| n > 0 && n <= 2 && next[..n].bytes().all(|b| b.is_ascii_digit()));
    if is_item {
        return true;
    }
    let line_start = text[..at]
        .rfind('\n')
        .map_or(0, |n| n + 1)
        .max(start.min(at));
    let line = &text[line_start..at];
    line.chars().count() < 45 && next.starts_with(char::is_uppercase)
        || line.trim_end().ends_with(':')
}
