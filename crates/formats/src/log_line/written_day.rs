//! Days written with their month: "3 Mar 2027", "Mon, Nov 23", "15-Nov-26", "11/25".

use jiff::civil::{Date, Weekday};

use super::day::{DayPhrase, is_verb, weekday};
use super::length::minutes;
use super::no_day::WhyNot;
use crate::days::month;

/// The first year of a day: nobody who logs today met somebody before it.
const FIRST_YEAR: i16 = 1950;

/// How far a year of two digits behind a day may lie from this one; any other
/// number there is none.
const SHORT_YEAR_SPAN: i16 = 4;

/// A day as it was written, which the calendar may not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WrittenDay {
    /// How many words it takes.
    pub(super) n_words: usize,
    year: Option<i16>,
    month: i8,
    day: i8,
    /// The weekday before it.
    weekday: Option<Weekday>,
}

impl WrittenDay {
    /// Returns the day, or why it is none. Without a year it is the last one
    /// that is not after `base`, or `ahead` of it the first one not before.
    pub(super) fn resolve(&self, base: Date, ahead: bool) -> Result<Date, WhyNot> {
        let of_year = |year| Date::new(year, self.month, self.day).ok();
        let day = match self.year {
            Some(year) => of_year(year),
            None if ahead => (0..=8)
                .filter_map(|n| of_year(base.year() + n))
                .find(|day| *day >= base),
            None => (0..=8)
                .filter_map(|n| of_year(base.year() - n))
                .find(|day| *day <= base),
        };
        let day = day.ok_or(WhyNot::InNoCalendar)?;
        if self.weekday.is_some_and(|named| named != day.weekday()) {
            return Err(WhyNot::OtherWeekday(day));
        }
        if day.year() < FIRST_YEAR {
            return Err(WhyNot::LongAgo);
        }
        Ok(day)
    }

    /// Returns the phrase of the day, with its weekday where that stands behind it.
    pub(super) fn with_weekday_behind(&self, words: &[&str], day: Date) -> DayPhrase {
        let behind = self.weekday_behind(words);
        let more = behind.filter(|(_, weekday)| *weekday == day.weekday());
        DayPhrase {
            n_words: self.n_words + more.map_or(0, |(n_words, _)| n_words),
            day,
        }
    }

    /// Returns the weekday behind the day and how many words it takes: "20 Nov,
    /// Fri", "11/25 (Wed)".
    pub(super) fn weekday_behind(&self, words: &[&str]) -> Option<(usize, Weekday)> {
        let behind = words.get(self.n_words..)?;
        let mark = usize::from(matches!(behind.first(), Some(&("," | "("))));
        let named = weekday(behind.get(mark)?)?;
        if is_verb(behind[mark], &behind[mark..]) {
            return None;
        }
        let closes = mark == 1 && behind[0] == "(" && behind.get(2) == Some(&")");
        Some((mark + 1 + usize::from(closes), named))
    }
}

/// Returns how many words lead to a day, and the weekday among them: "on",
/// "Mon,", "last Tue", "the".
pub(super) fn lead(words: &[&str]) -> (usize, Option<Weekday>) {
    let mut n_words = usize::from(matches!(words.first(), Some(&("on" | "last" | "this"))));
    let named = words.get(n_words).and_then(|word| weekday(word));
    if named.is_some() {
        n_words += 1;
        n_words += usize::from(words.get(n_words) == Some(&","));
    } else if words.first() != Some(&"on") {
        n_words = 0;
    }
    n_words += usize::from(words.get(n_words) == Some(&"the"));
    (n_words, named)
}

/// Returns the day written at the start of folded words.
pub(super) fn written_day(words: &[&str], today: Date, alone: bool) -> Option<WrittenDay> {
    let (n_lead, weekday) = lead(words);
    let rest = words.get(n_lead..)?;
    let found = in_one_word(rest.first()?, alone)
        .or_else(|| in_words(rest, today))
        .or_else(|| day_of_month(words, rest, today, alone))?;
    Some(WrittenDay {
        n_words: n_lead + found.n_words,
        weekday,
        ..found
    })
}

fn found(n_words: usize, year: Option<i16>, month: i8, day: i8) -> WrittenDay {
    WrittenDay {
        n_words,
        year,
        month,
        day,
        weekday: None,
    }
}

/// Returns the day of "3 Mar 2027", "3rd of March", "March 3, 2027", "15 Nov 26".
fn in_words(words: &[&str], today: Date) -> Option<WrittenDay> {
    let (month, day, n_words) = match words {
        [d, "of", m, ..] if day_number(d).is_some() => (month(m)?, day_number(d)?, 3),
        [d, m, ..] if day_number(d).is_some() => (month(m)?, day_number(d)?, 2),
        [m, d, ..] => (month(m)?, day_number(d)?, 2),
        _ => return None,
    };
    let comma = usize::from(words.get(n_words) == Some(&","));
    let rest = &words[n_words + comma..];
    let year = rest.first().and_then(|word| match word.len() {
        4 => year_number(word),
        // "15 Nov 26", but not "15 Nov 20 min" and not "15 Nov, 12 people".
        2 | 3 if comma == 0 && minutes(rest).is_none() => {
            year_number(word.trim_start_matches('\''))
                .filter(|year| (year - today.year()).abs() <= SHORT_YEAR_SPAN)
        }
        _ => None,
    });
    let n_words = n_words + year.map_or(0, |_| comma + 1);
    Some(found(n_words, year, month, day))
}

/// Things that are counted: "on the 15th floor" is no day.
const COUNTED: &[&str] = &[
    "floor",
    "street",
    "st",
    "avenue",
    "ave",
    "road",
    "century",
    "case",
    "page",
    "edition",
    "patient",
    "slide",
    "time",
    "hour",
    "year",
    "grade",
    "percentile",
    "anniversary",
    "annual",
    "story",
    "level",
    "visit",
    "attempt",
    "try",
    "round",
    "row",
    "place",
    "line",
    "draft",
    "chapter",
    "week",
    "month",
    "question",
    "version",
    "part",
    "day",
    "resident",
    "fellow",
];

/// Returns the day of "the 15th", the last one, where nothing stands behind it
/// or, where `alone`, what follows is nothing that is counted.
fn day_of_month(words: &[&str], rest: &[&str], today: Date, alone: bool) -> Option<WrittenDay> {
    let [number, behind @ ..] = rest else {
        return None;
    };
    let counts_else = |word: &&str| COUNTED.contains(word);
    let ends = match behind.first() {
        None | Some(&("," | "(" | ")" | "\0")) => true,
        Some(word) => alone && !counts_else(word),
    };
    let is_ordinal = number.ends_with(|c: char| c.is_ascii_lowercase());
    if words.first() != Some(&"on") || !ends || !is_ordinal {
        return None;
    }
    let day = day_number(number)?;
    let last = (0..12).find_map(|n| {
        let ago = i16::from(today.month()) - 1 - n;
        let year = today.year() + ago.div_euclid(12);
        let month = i8::try_from(ago.rem_euclid(12) + 1).ok()?;
        Date::new(year, month, day).ok().filter(|day| *day <= today)
    })?;
    Some(found(1, Some(last.year()), last.month(), last.day()))
}

/// Returns the day of "2027-03-03", "20270303", "15-Nov-26", "11/25/2026" and,
/// where `alone`, "11/25": of numbers only what is one day and no other.
fn in_one_word(word: &str, alone: bool) -> Option<WrittenDay> {
    // Of "2026-11-15T14:30" the time of the clock says nothing about the day.
    let word = match word.split_once('t') {
        Some((day, time)) if day.len() == 10 && time.starts_with(|c: char| c.is_ascii_digit()) => {
            day
        }
        _ => word,
    };
    if word.len() == 8 && (word.starts_with("19") || word.starts_with("20")) && is_digits(word) {
        let (month, day) = (word[4..6].parse().ok()?, day_number(&word[6..])?);
        return (1..=12)
            .contains(&month)
            .then(|| found(1, year_number(&word[..4]), month, day));
    }
    let parts: Vec<&str> = word.split(['-', '/', '.']).collect();
    match *parts.as_slice() {
        [year, month, day] if year.len() == 4 && is_digits(year) && is_digits(month) => Some(
            found(1, year_number(year), month.parse().ok()?, day.parse().ok()?),
        ),
        [a, b, c] if !a.is_empty() && !c.is_empty() => {
            let year = year_number(c)?;
            let (month, day) = month_and_day(a, b)?;
            Some(found(1, Some(year), month, day))
        }
        [a, b, ""] | [a, b] => {
            let (month, day) = month_and_day(a, b)?;
            let are_numbers = is_digits(a) && is_digits(b);
            let is_pair = parts.len() == 2 && word.contains('/') || word.ends_with('.');
            // A service is open 24/7.
            let is_day = !are_numbers || alone && is_pair && word != "24/7";
            is_day.then(|| found(1, None, month, day))
        }
        _ => None,
    }
}

/// Returns month and day of two parts of a word, where they are one day only.
fn month_and_day(a: &str, b: &str) -> Option<(i8, i8)> {
    if let (Some(month), Some(day)) = (month(a), day_number(b)) {
        return Some((month, day));
    }
    if let (Some(day), Some(month)) = (day_number(a), month(b)) {
        return Some((month, day));
    }
    let (a, b) = (two_digits(a)?, two_digits(b)?);
    match (a <= 12, b <= 12) {
        (true, true) if a == b => Some((a, b)),
        (true, false) => Some((a, b)),
        (false, true) => Some((b, a)),
        _ => None,
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Returns the year of four digits, or of two in this century.
fn year_number(text: &str) -> Option<i16> {
    if !is_digits(text) {
        return None;
    }
    match text.len() {
        4 => text.parse().ok(),
        2 => text.parse::<i16>().ok().map(|year| 2000 + year),
        _ => None,
    }
}

fn two_digits(text: &str) -> Option<i8> {
    let is_short = is_digits(text) && text.len() <= 2;
    text.parse()
        .ok()
        .filter(|number| is_short && (1..=31).contains(number))
}

fn day_number(word: &str) -> Option<i8> {
    let digits = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending))
        .unwrap_or(word);
    two_digits(digits)
}

/// Returns whether a word is a month or its usual short form.
pub(super) fn is_month(word: &str) -> bool {
    month(word).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// A Tuesday.
    const TODAY: Date = date(2026, 11, 24);

    fn read(text: &str, alone: bool) -> Option<(usize, Result<Date, WhyNot>)> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let written = written_day(&words, TODAY, alone)?;
        Some((written.n_words, written.resolve(TODAY, false)))
    }

    #[test]
    fn every_usual_hand_is_read() {
        for (text, n_words, day) in [
            ("mon , nov 23 : call", 4, date(2026, 11, 23)),
            ("sun 15 nov 2026 call", 4, date(2026, 11, 15)),
            ("on saturday , november 14 , 2026", 7, date(2026, 11, 14)),
            ("last tue 17 nov", 4, date(2026, 11, 17)),
            ("mon 23 nov", 3, date(2026, 11, 23)),
            ("on the 15th of november", 5, date(2026, 11, 15)),
            ("the 15th of november", 4, date(2026, 11, 15)),
            ("on the 15th", 3, date(2026, 11, 15)),
            ("on the 30th", 3, date(2026, 10, 30)),
            ("on the 31st", 3, date(2026, 10, 31)),
            ("15-nov call", 1, date(2026, 11, 15)),
            ("15-nov-2026", 1, date(2026, 11, 15)),
            ("15/nov/26", 1, date(2026, 11, 15)),
            ("nov-15", 1, date(2026, 11, 15)),
            ("nov. 15 , 2026 call", 4, date(2026, 11, 15)),
            ("15 november 26 call", 3, date(2026, 11, 15)),
            ("15 nov '25", 3, date(2025, 11, 15)),
            ("15 nov 26 min", 2, date(2026, 11, 15)),
            ("15 nov 80 people", 2, date(2026, 11, 15)),
            ("2026-11-15t14:30", 1, date(2026, 11, 15)),
            ("2026-11-15t14:30:00z", 1, date(2026, 11, 15)),
            ("20261115 call", 1, date(2026, 11, 15)),
            ("2026/11/05", 1, date(2026, 11, 5)),
            ("11/15/26", 1, date(2026, 11, 15)),
            ("11/15/2026", 1, date(2026, 11, 15)),
            ("25.10.2026", 1, date(2026, 10, 25)),
            ("3/3/2026", 1, date(2026, 3, 3)),
            ("11/23", 1, date(2026, 11, 23)),
            ("23/11", 1, date(2026, 11, 23)),
            ("23.11. call", 1, date(2026, 11, 23)),
        ] {
            assert_eq!(read(text, true), Some((n_words, Ok(day))), "{text}");
        }
    }

    #[test]
    fn a_day_that_is_none_says_why() {
        let other = WhyNot::OtherWeekday(date(2025, 11, 25));
        for (text, n_words, why) in [
            ("mon 25 nov", 3, other),
            ("30 feb call", 2, WhyNot::InNoCalendar),
            ("mon 30 feb", 3, WhyNot::InNoCalendar),
            ("2027-02-30", 1, WhyNot::InNoCalendar),
            ("31st of april", 3, WhyNot::InNoCalendar),
            ("2026-13-01", 1, WhyNot::InNoCalendar),
            ("29 feb 2027", 3, WhyNot::InNoCalendar),
            ("2/30/2026", 1, WhyNot::InNoCalendar),
            ("1 jan 0001", 3, WhyNot::LongAgo),
            ("1899-03-01", 1, WhyNot::LongAgo),
        ] {
            assert_eq!(read(text, true), Some((n_words, Err(why))), "{text}");
        }
    }

    #[test]
    fn what_may_be_two_days_or_something_else_is_not_read() {
        for text in [
            "3/4/2026",
            "3/4",
            "03.04.2026",
            "24/7",
            "1.5",
            "23.11",
            "v1.2.3",
            "32/13",
            "99999999",
            "on the 15th floor",
            "the 15th",
            "jan",
            "may chen",
            "call",
            "",
        ] {
            assert_eq!(read(text, true), None, "{text}");
        }
        for text in ["11/23", "23.11."] {
            assert_eq!(read(text, false), None, "{text}");
        }
    }
}
