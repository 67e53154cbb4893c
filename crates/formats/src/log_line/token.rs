//! The pieces of a log line: words, marks, tags, quotes.

use std::ops::Range;

use super::day::is_weekday;
use super::words::TITLES;
use super::written_day::is_month;

/// One piece of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) span: Range<usize>,
    pub(crate) kind: Kind,
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A word without the mark behind it.
    Word(String),
    /// One of `, ; : . ! ? ( )` or a dash that stands alone.
    Mark(char),
    /// A quoted text, without quotes.
    Quoted(String),
    /// A text in brackets: always a person.
    Bracket(String),
    /// `#name`, in lower case, and what stands behind `=` without a blank.
    Tag { name: String, value: Option<String> },
    /// `@name`.
    Event(String),
}

impl Token {
    /// Returns the word, if it is one.
    pub(crate) fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    /// Returns the text for matching phrases: words, and commas and brackets as words.
    pub(crate) fn phrase_word(&self) -> &str {
        match &self.kind {
            Kind::Word(word) => word,
            Kind::Mark(',') => ",",
            Kind::Mark('(') => "(",
            Kind::Mark(')') => ")",
            _ => "\u{0}",
        }
    }
}

/// Splits a line into its pieces.
pub(crate) fn tokens(line: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let start = at;
        let kind;
        (kind, at) = next_token(line, start, c);
        tokens.push(Token {
            span: start..at,
            kind,
        });
    }
    tokens
}

/// Returns the piece that begins at `start` with `first`, and where it ends.
fn next_token(line: &str, start: usize, first: char) -> (Kind, usize) {
    let after = start + first.len_utf8();
    let rest = &line[after..];
    match first {
        '"' | '“' => {
            if let Some((text, n_bytes)) = quoted_text(&line[start..]) {
                return (Kind::Quoted(text), start + n_bytes);
            }
        }
        '[' => {
            if let Some((text, n_bytes)) = bracketed_text(&line[start..]) {
                return (Kind::Bracket(text), start + n_bytes);
            }
        }
        '@' => {
            if let Some((text, n_bytes)) = quoted_text(rest) {
                return (Kind::Event(text), after + n_bytes);
            }
            let n_bytes = name_len(rest);
            if n_bytes > 0 {
                return (Kind::Event(rest[..n_bytes].to_owned()), after + n_bytes);
            }
        }
        '#' => {
            let n_bytes = name_len(rest);
            if n_bytes > 0 {
                let name = rest[..n_bytes].to_lowercase();
                let (value, end) = tag_value(line, after + n_bytes);
                return (Kind::Tag { name, value }, end);
            }
        }
        ',' | ';' | '(' | ')' | '—' | '–' => return (Kind::Mark(first), after),
        '-' | ':' | '.' | '!' | '?' if rest.chars().next().is_none_or(char::is_whitespace) => {
            return (Kind::Mark(first), after);
        }
        _ => {}
    }
    let end = word_end(line, start);
    (Kind::Word(line[start..end].to_owned()), end)
}

fn tag_value(line: &str, at: usize) -> (Option<String>, usize) {
    let Some(rest) = line[at..].strip_prefix('=') else {
        return (None, at);
    };
    if let Some((text, n_bytes)) = quoted_text(rest) {
        return (Some(text), at + 1 + n_bytes);
    }
    let n_bytes = name_len(rest);
    (Some(rest[..n_bytes].to_owned()), at + 1 + n_bytes)
}

/// Returns how many bytes of the text are a bare name: letters, digits, `-`, `_`.
fn name_len(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_')
        .unwrap_or(text.len())
}

/// Returns a quoted text at the start, and its length with quotes. `\"`, `\\`
/// and `\n` stand for a quote, a backslash and a line break.
fn quoted_text(text: &str) -> Option<(String, usize)> {
    let mut chars = text.char_indices();
    let close = match chars.next()?.1 {
        '"' => '"',
        '“' => '”',
        _ => return None,
    };
    let mut inner = String::new();
    while let Some((i, c)) = chars.next() {
        if c == close {
            return Some((inner, i + c.len_utf8()));
        }
        if c != '\\' {
            inner.push(c);
            continue;
        }
        match chars.clone().next().map(|(_, next)| next) {
            Some('n') => inner.push('\n'),
            Some('r') => inner.push('\r'),
            Some(next @ ('"' | '\\' | '”')) => inner.push(next),
            _ => {
                inner.push('\\');
                continue;
            }
        }
        chars.next();
    }
    None
}

/// Returns the text in quotes, so that [`tokens`] reads it back.
pub(crate) fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

fn bracketed_text(text: &str) -> Option<(String, usize)> {
    let end = text.find(']')?;
    let inner = text[1..end].trim();
    let is_one = !inner.is_empty() && !inner.contains('[');
    is_one.then(|| (inner.to_owned(), end + 1))
}

/// Returns where the word that begins at `start` ends: at a blank, at a mark
/// behind it, at a quote or bracket inside.
fn word_end(line: &str, start: usize) -> usize {
    let text = &line[start..];
    let is_joiner = text.starts_with('/')
        && text[1..].starts_with(char::is_uppercase)
        && line[..start].ends_with(char::is_alphabetic);
    if is_joiner {
        return start + 1;
    }
    let mut chars = text.char_indices();
    chars.next();
    let n_bytes = chars
        .find(|(i, c)| {
            c.is_whitespace()
                || matches!(c, ',' | ';' | '(' | ')' | '"' | '“' | '[' | '—' | '–')
                || *c == '/' && joins_name(&text[..*i], &text[i + 1..])
        })
        .map_or(text.len(), |(i, _)| i);
    let n_bytes = n_bytes + usize::from(is_with(text, n_bytes));
    if text[..n_bytes].ends_with('/') {
        return start + n_bytes;
    }
    let word = &text[..n_bytes];
    let ends_at_blank = text[n_bytes..]
        .chars()
        .next()
        .is_none_or(|c| c.is_whitespace() || matches!(c, ',' | ';' | ')'));
    if !ends_at_blank {
        return start + n_bytes;
    }
    let bare = word.trim_end_matches(['.', ':', '!', '?']);
    if bare.is_empty() || keeps_full_stop(word) || is_short_date(word, &text[n_bytes..]) {
        return start + n_bytes;
    }
    start + bare.len()
}

/// Returns whether a slash joins a name to the word before it: "Okafor/Kim", "w/Ben".
fn joins_name(before: &str, behind: &str) -> bool {
    let is_name = before.starts_with(char::is_uppercase) && before.ends_with(char::is_alphabetic);
    behind.starts_with(char::is_uppercase) && (is_name || before == "w")
}

/// Returns whether the word is the "w" of "w/Ben", which takes its slash with it.
fn is_with(text: &str, n_bytes: usize) -> bool {
    matches!(&text[..n_bytes], "w" | "W") && text[n_bytes..].starts_with('/')
}

/// Returns whether the full stop belongs to a date: "Nov. 15", "25.11.".
fn is_short_date(word: &str, behind: &str) -> bool {
    let Some(bare) = word.strip_suffix('.') else {
        return false;
    };
    let next = behind.trim_start();
    if bare.contains('.') {
        return bare.len() <= 5 && bare.bytes().all(|b| b == b'.' || b.is_ascii_digit());
    }
    let begins_day = next.starts_with(|c: char| c.is_ascii_digit());
    let names_month = is_month(next.split([' ', '.', ',']).next().unwrap_or_default());
    is_month(bare) && begins_day || is_weekday(bare) && (begins_day || names_month)
}

/// Returns whether the full stop belongs to the word: "Dr.", "A.", "Jr.", "M.D.".
fn keeps_full_stop(word: &str) -> bool {
    let Some(bare) = word.strip_suffix('.') else {
        return false;
    };
    let lower = bare.to_lowercase();
    TITLES.contains(&lower.as_str())
        || matches!(lower.as_str(), "st" | "jr" | "sr" | "med")
        || (bare.chars().count() == 1 && bare.chars().all(char::is_uppercase))
        || (bare.contains('.') && bare.chars().all(|c| c == '.' || c.is_uppercase()))
}
