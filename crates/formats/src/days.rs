//! Days as files write them. What two readings fit is not guessed.

use jiff::civil::Date;

/// English month names; three letters are enough to know one.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Returns the month, from 1, that a word of three letters or more names.
pub(crate) fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.').to_lowercase();
    if word == "sept" {
        return Some(9);
    }
    if word.len() < 3 {
        return None;
    }
    MONTHS
        .iter()
        .position(|name| *name == word || word.len() == 3 && name.starts_with(&word))
        .and_then(|i| i8::try_from(i + 1).ok())
}

/// Month names of other languages in which accounts are kept (Spanish, French,
/// Portuguese, Italian, German, Dutch), folded, short forms among them.
const OTHER_MONTHS: [&[&str]; 12] = [
    &[
        "enero", "ene", "janvier", "janv", "janeiro", "gennaio", "gen", "januar", "janner",
        "januari",
    ],
    &[
        "febrero",
        "fevrier",
        "fevr",
        "fev",
        "fevereiro",
        "febbraio",
        "februar",
        "februari",
    ],
    &[
        "marzo", "mars", "marco", "marz", "mar", "mrz", "maart", "mrt",
    ],
    &["abril", "abr", "avril", "avr", "aprile"],
    &["mayo", "mai", "maio", "maggio", "mag", "mei"],
    &["junio", "juin", "junho", "giugno", "giu", "juni"],
    &["julio", "juillet", "juil", "julho", "luglio", "lug", "juli"],
    &["agosto", "ago", "aout"],
    &[
        "septiembre",
        "setiembre",
        "septembre",
        "setembro",
        "settembre",
        "set",
    ],
    &[
        "octubre", "octobre", "outubro", "out", "ottobre", "ott", "oktober", "okt",
    ],
    &["noviembre", "novembre", "novembro"],
    &[
        "diciembre",
        "dic",
        "decembre",
        "dezembro",
        "dez",
        "dicembre",
        "dezember",
    ],
];

/// Returns the month that a word of a file names, in any of the languages above.
fn file_month(word: &str) -> Option<i8> {
    month(word).or_else(|| {
        let word = domain::fold_key(word);
        OTHER_MONTHS
            .iter()
            .position(|names| names.contains(&word.as_str()))
            .and_then(|i| i8::try_from(i + 1).ok())
    })
}

/// Returns the year of a number; two digits are taken as of this century, for
/// no export that Vouch reads is older.
fn year(text: &str) -> Option<i16> {
    let number: i16 = text.parse().ok()?;
    match text.len() {
        2 => Some(2000 + number),
        4 => Some(number),
        _ => None,
    }
}

/// Returns the day in a text such as `08 Feb 2026`, `7-Feb-22`, `February 8,
/// 2026`, `2026-02-08` or `8/22/2026`.
///
/// Two numbers with a slash can be read both ways; the day is returned only
/// where one way is possible or both give the same day. Between dots the day
/// stands first wherever dots are used.
pub(crate) fn file_day(text: &str) -> Option<Date> {
    let is_separator = |c: char| matches!(c, ' ' | '-' | '/' | '.' | ',' | '\u{A0}' | '\u{202F}');
    let parts: Vec<&str> = text
        .split(is_separator)
        .filter(|part| !matches!(*part, "" | "de" | "del"))
        .collect();
    let [a, b, c] = parts.as_slice() else {
        return None;
    };
    let day = |text: &str| -> Option<i8> { text.parse().ok().filter(|_| text.len() <= 2) };
    if let Some(month) = file_month(b) {
        return Date::new(year(c)?, month, day(a)?).ok();
    }
    if let Some(month) = file_month(a) {
        return Date::new(year(c)?, month, day(b)?).ok();
    }
    if a.len() == 4 {
        return Date::new(year(a)?, day(b)?, day(c)?).ok();
    }
    let (first, second, year) = (day(a)?, day(b)?, year(c)?);
    let us = Date::new(year, first, second).ok();
    let european = Date::new(year, second, first).ok();
    match (us, european) {
        _ if text.contains('.') => european,
        (Some(one), None) | (None, Some(one)) => Some(one),
        (Some(one), Some(other)) if one == other => Some(one),
        _ => None,
    }
}

/// Returns whether a text is three numbers that two different days fit.
pub(crate) fn fits_two_days(text: &str) -> bool {
    let parts: Vec<i16> = text
        .split(['/', '-'])
        .map_while(|part| part.trim().parse().ok())
        .collect();
    matches!(parts.as_slice(), [a, b, _] if a != b && (1..=12).contains(a) && (1..=12).contains(b))
}

/// Returns the day as Vouch writes it in a sentence: `8 Feb 2026`.
pub(crate) fn spoken(day: Date) -> String {
    let name = MONTHS[usize::from(day.month().unsigned_abs()) - 1];
    let mut short: String = name[..3].to_owned();
    short[..1].make_ascii_uppercase();
    format!("{} {short} {}", day.day(), day.year())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_forms_of_connected_on() {
        let cases = [
            ("08 Feb 2026", Some(date(2026, 2, 8))),
            ("7-Feb-22", Some(date(2022, 2, 7))),
            ("February 8, 2026", Some(date(2026, 2, 8))),
            ("2026-02-08", Some(date(2026, 2, 8))),
            ("8/22/2026", Some(date(2026, 8, 22))),
            ("22.8.2026", Some(date(2026, 8, 22))),
            ("5/5/26", Some(date(2026, 5, 5))),
            ("5.6.26", Some(date(2026, 6, 5))),
            ("8.22.2026", None),
            ("08 févr. 2026", Some(date(2026, 2, 8))),
            ("8 de febrero de 2026", Some(date(2026, 2, 8))),
            ("08 Mär 2026", Some(date(2026, 3, 8))),
            ("8. März 2026", Some(date(2026, 3, 8))),
            ("8 out. 2026", Some(date(2026, 10, 8))),
            ("5/6/26", None),
            ("31 Feb 2026", None),
            ("yesterday", None),
            ("", None),
            ("1 2", None),
            ("08 Feb 20266", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(file_day(text), wanted, "{text}");
        }
        assert!(fits_two_days("5/6/26") && !fits_two_days("8/22/2026") && !fits_two_days("5/5/26"));
        assert_eq!(spoken(date(2026, 2, 8)), "8 Feb 2026");
    }
}
