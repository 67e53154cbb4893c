//! Lengths of time and days that a sentence gives.

use std::rc::Rc;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::sentence::{NUMBER_WORDS, Sentence};
use super::tokens::{Gap, Token};
use crate::lexicon::edits;

/// Returns the number that a word stands for.
fn number(word: &str) -> Option<f64> {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        let end = word
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(word.len());
        return word[..end].trim_end_matches('.').parse().ok();
    }
    match word {
        "a" | "an" => Some(1.0),
        "couple" => Some(2.0),
        "few" => Some(3.0),
        "several" => Some(4.0),
        _ => NUMBER_WORDS
            .iter()
            .find(|(name, _)| *name == word)
            .map(|(_, n)| *n),
    }
}

/// Words that may stand between a number and its unit: "twenty or so minutes".
const BESIDE_A_NUMBER: &[&str] = &[
    "of", "or", "so", "ish", "odd", "full", "short", "more", "whole", "working", "spare", "free",
    "quick",
];

/// Returns the number that ends just before a word: "twenty five", "couple of".
fn number_before(tokens: &[Rc<Token>], at: usize) -> Option<f64> {
    let word = |back: usize| at.checked_sub(back).map_or("", |i| tokens[i].word.as_str());
    let skip = (1..=2)
        .take_while(|n| BESIDE_A_NUMBER.contains(&word(*n)))
        .count();
    let near = number(word(1 + skip))?;
    let tens = number(word(2 + skip)).filter(|n| *n >= 20.0 && *n < 100.0 && n % 10.0 == 0.0);
    match tens {
        Some(tens) if near < 10.0 && word(1 + skip).starts_with(char::is_alphabetic) => {
            Some(tens + near)
        }
        _ => Some(near),
    }
}

/// Returns whether one of the words leads to a unit over nothing but its number.
fn by_when(sentence: &Sentence, unit: usize, leads: &[&str]) -> bool {
    let before = sentence.tokens[..unit].iter().rev();
    let lead = before
        .map(|token| token.word.as_str())
        .find(|w| number(w).is_none() && !matches!(*w, "half" | "quarter" | "of" | "the" | "next"));
    lead.is_some_and(|word| leads.contains(&word))
}

/// Returns the minutes that a sentence names, the upper end of each range.
pub(crate) fn minutes(sentence: &Sentence) -> Vec<f64> {
    let mut found = Vec::new();
    let word = |i: usize| sentence.tokens.get(i).map_or("", |t| t.word.as_str());
    for i in 0..sentence.tokens.len() {
        let w = word(i);
        let attached = number(w).filter(|_| w.starts_with(|c: char| c.is_ascii_digit()));
        let unit = w.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let is_minutes = matches!(
            unit,
            "minute" | "minutes" | "min" | "mins" | "minuts" | "mn" | "m"
        );
        let is_hours = matches!(unit, "hour" | "hours" | "hr" | "hrs" | "h");
        // "Within an hour" tells by when, and "call you in two hours" when.
        if is_minutes && by_when(sentence, i, &["within"])
            || is_hours && by_when(sentence, i, &["within", "in"])
        {
            continue;
        }
        if let Some((hours, minutes)) = w.split_once('h') {
            // "1h30" and "1h".
            let (hours, minutes) = (hours.parse::<f64>(), minutes.parse::<f64>());
            if let (Ok(hours), Ok(minutes)) = (&hours, minutes) {
                found.push(hours * 60.0 + minutes);
                continue;
            }
        }
        if unit.len() < w.len() && (is_minutes || is_hours) {
            let n = attached.unwrap_or(0.0);
            found.push(if is_hours { n * 60.0 } else { n });
        } else if is_minutes {
            found.extend(number_before(&sentence.tokens, i));
        } else if is_hours {
            let back = |n: usize| i.checked_sub(n).map_or("", word);
            if let Some(minutes) = part_of_an_hour(sentence, i) {
                found.push(minutes);
            } else if matches!(back(1), "a" | "an")
                && matches!(
                    word(i + 1),
                    "that" | "when" | "which" | "convenient" | "you" | "at" | "suiting"
                )
            {
                // "An hour that suits you" is a time of day.
            } else if let Some(n) = number_before(&sentence.tokens, i) {
                let half = word(i + 1) == "and" && word(i + 3) == "half";
                found.push(n * 60.0 + if half { 30.0 } else { 0.0 });
            }
        }
    }
    found
}

/// Returns the minutes of a part of the hour that a word is: "half an hour",
/// "two thirds of an hour", "three quarters of the hour".
fn part_of_an_hour(sentence: &Sentence, hour: usize) -> Option<f64> {
    let word = |back: usize| {
        hour.checked_sub(back)
            .map_or("", |i| sentence.tokens[i].word.as_str())
    };
    (1..=3).find_map(|n| {
        let share = match word(n) {
            "half" => 30.0,
            "third" | "thirds" => 20.0,
            "quarter" | "quarters" => 15.0,
            "fifth" | "fifths" => 12.0,
            "sixth" | "sixths" => 10.0,
            _ => return None,
        };
        let of_which = number(word(n + 1)).filter(|_| word(n).ends_with('s'));
        Some(share * of_which.unwrap_or(1.0))
    })
}

/// Returns the days that a sentence names for watching: "two weeks" is fourteen.
pub(crate) fn days(sentence: &Sentence) -> Vec<f64> {
    let mut found = Vec::new();
    for (i, token) in sentence.tokens.iter().enumerate() {
        let unit = match token.word.as_str() {
            "day" | "days" => 1.0,
            "week" | "weeks" => 7.0,
            "month" | "months" => 30.0,
            "year" | "years" => 365.0,
            "fortnight" => 14.0,
            _ => continue,
        };
        // "Half-day or two" and "this week" name no more than the plain number.
        if let Some(n) = number_before(&sentence.tokens, i) {
            found.push(n * unit);
        }
    }
    found
}

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

pub(super) fn month(word: &str) -> Option<i8> {
    const FULL: [&str; 12] = [
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
    let at = name_or_slip(word, &FULL)
        .and_then(|name| FULL.iter().position(|m| *m == name))
        .or_else(|| MONTHS.iter().position(|m| *m == word))
        .or((word == "sept").then_some(8))?;
    i8::try_from(at + 1).ok()
}

const ORDINALS: [&str; 31] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
    "thirtieth",
    "thirty-first",
];

fn day(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if (1..=2).contains(&digits.len())
        && matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th")
    {
        return digits.parse().ok().filter(|d| (1..=31).contains(d));
    }
    let at = ORDINALS.iter().position(|o| *o == word)?;
    i8::try_from(at + 1).ok()
}

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

fn weekday(word: &str) -> Option<Weekday> {
    let short = match word {
        "mon" => Some("monday"),
        "tue" | "tues" => Some("tuesday"),
        "wed" => Some("wednesday"),
        "thu" | "thurs" => Some("thursday"),
        "fri" => Some("friday"),
        "sat" => Some("saturday"),
        "sun" => Some("sunday"),
        _ => None,
    };
    let names = WEEKDAYS.map(|(name, _)| name);
    let name = short.or_else(|| name_or_slip(word, &names))?;
    WEEKDAYS
        .iter()
        .find(|(n, _)| *n == name)
        .map(|(_, day)| *day)
}

/// Returns the name that a word is, or is a slip of ("Firday", "Wensday"); other
/// words that look so, such as "sundry", are none.
fn name_or_slip<'n>(word: &str, names: &[&'n str]) -> Option<&'n str> {
    let exact = names.iter().find(|name| **name == word);
    exact.copied().or_else(|| {
        let may_be =
            word.len() >= 5 && !word.ends_with('s') && !["sundry", "monkey"].contains(&word);
        let is_slip = |name: &str| {
            let most = if name.len() >= 8 { 2 } else { 1 };
            name.starts_with(word.chars().next().unwrap_or_default())
                && name.len() >= 6
                && edits(word, name) <= most
        };
        names.iter().copied().find(|name| may_be && is_slip(name))
    })
}

/// Returns the next such day from `today`, this year or the next.
fn coming(today: Date, month: i8, day: i8, year: Option<i16>) -> Option<Date> {
    if let Some(year) = year {
        return Date::new(year, month, day).ok();
    }
    let this = Date::new(today.year(), month, day).ok()?;
    if this >= today {
        return Some(this);
    }
    Date::new(today.year() + 1, month, day).ok()
}

fn after(today: Date, days: f64) -> Option<Date> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a few hundred days at most"
    )]
    let days = days.clamp(0.0, 3000.0) as i64;
    today.checked_add(days.days()).ok()
}

/// Returns the days that a sentence names, seen from `today`.
pub(crate) fn dates(sentence: &Sentence, text: &str, today: Date) -> Vec<Date> {
    let mut found = dates_in_words(&sentence.tokens, today);
    found.extend(numeric_dates(&text[sentence.start..sentence.end], today));
    found
}

/// Returns the days that the clause around a word names: what stands between
/// semicolons.
pub(crate) fn dates_around(sentence: &Sentence, at: usize, text: &str, today: Date) -> Vec<Date> {
    let is_wall = |i: &usize| sentence.tokens[*i].before == Gap::Wall;
    let n = sentence.tokens.len();
    let from = (1..=at.min(n.saturating_sub(1)))
        .rev()
        .find(is_wall)
        .unwrap_or(0);
    let to = (at + 1..n).find(is_wall).unwrap_or(n);
    let clause = &sentence.tokens[from..to];
    let mut found = dates_in_words(clause, today);
    if let (Some(first), Some(last)) = (clause.first(), clause.last()) {
        found.extend(numeric_dates(&text[first.start..last.end], today));
    }
    found
}

fn dates_in_words(tokens: &[Rc<Token>], today: Date) -> Vec<Date> {
    let mut found = Vec::new();
    let word = |i: usize| tokens.get(i).map_or("", |t| t.word.as_str());
    let back = |i: usize, n: usize| i.checked_sub(n).map_or("", word);
    let year_at = |i: usize| {
        word(i)
            .parse::<i16>()
            .ok()
            .filter(|y| (2000..2100).contains(y))
    };
    for i in 0..tokens.len() {
        let w = word(i);
        if let Some(month) = month(w) {
            let last_day = || Date::new(today.year(), month, 1).map_or(28, Date::days_in_month);
            let before = if back(i, 1) == "of" {
                back(i, 2)
            } else {
                back(i, 1)
            };
            let twenty = |d: i8, n: usize| {
                if back(i, n) == "twenty" && d < 10 {
                    d + 20
                } else {
                    d
                }
            };
            let last_week = before == "week" && (1..=4).any(|n| back(i, n) == "last");
            if before == "end" || last_week || (back(i, 1) == "late") {
                found.extend(coming(today, month, last_day(), year_at(i + 1)));
            } else if before == "mid" || before == "middle" {
                found.extend(coming(today, month, 15, year_at(i + 1)));
            } else if let Some(d) = day(before) {
                let n = if back(i, 1) == "of" { 3 } else { 2 };
                found.extend(coming(today, month, twenty(d, n), year_at(i + 1)));
            } else if let Some(d) = day(word(i + 1))
                .or_else(|| (word(i + 1) == "the").then(|| day(word(i + 2))).flatten())
            {
                found.extend(coming(today, month, d, year_at(i + 2)));
            }
        } else if let Some(weekday) = weekday(w) {
            let next = (0..7).find_map(|n| {
                let date = today.checked_add(n.days()).ok()?;
                (date.weekday() == weekday && n > 0).then_some(date)
            });
            let next = next.or_else(|| after(today, 7.0));
            let week_on = word(i + 1) == "week";
            found.extend(next.and_then(|d| if week_on { after(d, 7.0) } else { Some(d) }));
        } else if matches!(w, "day" | "days" | "week" | "weeks" | "month" | "months") {
            let unit = match w {
                "day" | "days" => 1.0,
                "week" | "weeks" => 7.0,
                _ => 30.0,
            };
            let ahead = [
                "in", "within", "only", "have", "under", "than", "is", "are", "just", "barely",
                "over",
            ];
            let ends = [
                "left",
                "off",
                "away",
                "from",
                "until",
                "before",
                "remain",
                "remaining",
            ];
            let is_left = matches!(word(i + 1), "is" | "are") && ends.contains(&word(i + 2));
            let leads = (1..=4).any(|n| ahead.contains(&back(i, n)))
                || ends.contains(&word(i + 1))
                || is_left;
            if back(i, 1) == "next" || back(i, 1) == "this" {
                found.extend(after(today, if back(i, 1) == "next" { unit } else { 0.0 }));
            } else if leads && word(i + 1) != "ago" {
                found.extend(number_before(tokens, i).and_then(|n| after(today, n * unit)));
            }
        } else if w == "fortnight" {
            found.extend(after(today, 14.0));
        } else if w == "tomorrow" {
            found.extend(after(today, 1.0));
        } else if matches!(w, "today" | "tonight") {
            found.push(today);
        }
    }
    found
}

/// Returns dates such as "9/14" and "2027-09-14".
fn numeric_dates(text: &str, today: Date) -> Vec<Date> {
    let mut found = Vec::new();
    for piece in text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '/' | '-'))) {
        let piece = piece.trim_matches(['-', '/']);
        if let Ok(date) = piece.parse::<Date>() {
            found.push(date);
            continue;
        }
        let numbers: Vec<i16> = piece.split('/').filter_map(|n| n.parse().ok()).collect();
        let (first, second, year) = match numbers.as_slice() {
            [a, b] if piece.contains('/') => (*a, *b, None),
            [a, b, y] => (*a, *b, Some(if *y < 100 { *y + 2000 } else { *y })),
            _ => continue,
        };
        let (Ok(first), Ok(second)) = (i8::try_from(first), i8::try_from(second)) else {
            continue;
        };
        // Month first, unless that cannot be.
        let (month, day) = if first > 12 {
            (second, first)
        } else {
            (first, second)
        };
        found.extend(coming(today, month, day, year));
    }
    found
}
