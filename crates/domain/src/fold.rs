//! The form in which texts are compared.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Returns the text in the form in which Vouch compares: without accents, in
/// lower case, with straight apostrophes, plain hyphens and single blanks.
///
/// ```
/// assert_eq!(domain::fold("  Núñez  de la O’Brien–Ødegård "), "nunez de la o'brien-odegard");
/// assert_eq!(domain::fold("Kaʻiulani"), domain::fold("Ka'iulani"));
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut blank_pending = false;
    let mut push = |c: char| {
        if c.is_whitespace() {
            blank_pending = !folded.is_empty();
            return;
        }
        if std::mem::take(&mut blank_pending) {
            folded.push(' ');
        }
        folded.push(c);
    };
    text.chars().for_each(|c| fold_letter(c, &mut push));
    folded
}

/// Returns the folded text with every run of other characters than letters and
/// digits made one blank: the key under which names and employers are looked up.
///
/// ```
/// assert_eq!(domain::fold_key("St. Cyr-Müller, MD"), "st cyr muller md");
/// ```
pub fn fold_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in fold(text).chars() {
        if c == '\'' {
            continue;
        }
        if c.is_alphanumeric() {
            key.push(c);
        } else if !key.is_empty() && !key.ends_with(' ') {
            key.push(' ');
        }
    }
    if key.ends_with(' ') {
        key.pop();
    }
    key
}

/// Gives what a character is folded to: nothing, or one character or more.
pub(crate) fn fold_letter(c: char, mut take: impl FnMut(char)) {
    if c.is_ascii() {
        // Most names of a file are plain, and taking letters apart is slow.
        return take(match c {
            '`' => '\'',
            _ => c.to_ascii_lowercase(),
        });
    }
    if is_apostrophe(c) {
        return take('\'');
    }
    if is_silent(c) {
        return;
    }
    for c in std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => take('-'),
            // "ŉ" is an apostrophe and an n.
            _ if is_apostrophe(c) => take('\''),
            // These letters have no decomposition, yet people type them plain.
            'ø' | 'Ø' => take('o'),
            'ł' | 'Ł' => take('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => take('d'),
            'ı' => take('i'),
            'ß' | 'ẞ' => "ss".chars().for_each(&mut take),
            'æ' | 'Æ' => "ae".chars().for_each(&mut take),
            'œ' | 'Œ' => "oe".chars().for_each(&mut take),
            'þ' | 'Þ' => "th".chars().for_each(&mut take),
            _ => c.to_lowercase().for_each(&mut take),
        }
    }
}

/// Returns whether a character stands for an apostrophe in names: quotation
/// marks, accents and primes that are typed for it, and letters that look like
/// it, such as the okina of Hawaiʻi.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`'
            | '\u{00B4}'
            | '\u{2018}'
            | '\u{2019}'
            | '\u{201B}'
            | '\u{2032}'
            | '\u{2035}'
            | '\u{02B9}'
            | '\u{02BB}'
            ..='\u{02BF}'
                | '\u{02C8}'
                | '\u{02CA}'
                | '\u{02CB}'
                | '\u{055A}'
                | '\u{05F3}'
                | '\u{07F4}'
                | '\u{07F5}'
                | '\u{1FBD}'
                | '\u{1FBF}'
                | '\u{1FFD}'
                | '\u{1FFE}'
                | '\u{A78B}'
                | '\u{A78C}'
                | '\u{FF07}'
                | '\u{FF40}'
    )
}

/// Returns whether a character carries no sound and no sign: marks that only
/// steer writing direction or joining, and the places where a word may break.
pub(crate) fn is_silent(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
        || is_combining_mark(c)
}
