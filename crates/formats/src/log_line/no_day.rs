//! Words that stand where a day stands and tell none that has been.

use domain::Problem;
use jiff::civil::Date;

use super::day::{folded, is_weekday, span_of};
use super::length::minutes;
use super::read::problem;
use super::written_day::{is_month, lead, written_day};

/// Why some words are no day of something that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WhyNot {
    /// No calendar has it: "31 Feb", "99 Foo 2026".
    InNoCalendar,
    /// Its weekday is another one: "Mon 25 Nov", with the day as the calendar has it.
    OtherWeekday(Date),
    /// It lies before everybody's time: "1 Jan 0001".
    LongAgo,
    /// It is still to come: "tomorrow", "next Tue", "in 5 days".
    ToCome,
    /// Day and month may be either number: "3/4/2026".
    InNumbers,
    /// It may be any of several days: "last week".
    Several,
}

/// Words that were meant as a day, and why they are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NoDay {
    /// How many words they are.
    pub(crate) n_words: usize,
    /// Why they are none.
    pub(crate) why: WhyNot,
}

impl NoDay {
    /// Returns the problem that stops the saving of a line whose day `words` are.
    pub(crate) fn problem(self, words: &[&str]) -> Problem {
        let words = said(&words[..self.n_words.min(words.len())]);
        if self.why == WhyNot::ToCome {
            return still_to_come(&words);
        }
        let (why, would_do) = self.why.in_words();
        stop(format!("\"{words}\", {why}"), would_do)
    }
}

impl WhyNot {
    /// Returns why it is none, and what would do.
    pub(crate) fn in_words(self) -> (String, &'static str) {
        let (why, would_do) = match self {
            Self::InNoCalendar => (
                "which no calendar has",
                "a day such as \"yesterday\" or \"3 Mar\"",
            ),
            Self::OtherWeekday(day) => {
                let why = day.strftime("which is a %A, %-d %b %Y").to_string();
                return (why, "the day without its weekday, or the weekday alone");
            }
            Self::LongAgo => ("which is too long ago", "a day since 1950"),
            Self::ToCome => ("which is still to come", "a day that has been"),
            Self::InNumbers => (
                "which may be two days",
                "the month in letters, as in \"3 Mar 2026\"",
            ),
            Self::Several => (
                "which may be several days",
                "the day itself, such as \"last Tue\" or \"3 Mar\"",
            ),
        };
        (why.to_owned(), would_do)
    }
}

/// Returns the words as they are said, with commas behind the word before.
pub(crate) fn said(words: &[&str]) -> String {
    words
        .join(" ")
        .replace(" ,", ",")
        .replace("( ", "(")
        .replace(" )", ")")
}

/// Returns the problem of a day that is still to come.
pub(crate) fn still_to_come(day: &str) -> Problem {
    stop(
        format!("\"{day}\", which is still to come"),
        "a day that has been; for what is planned, \"today … #promise … by …\"",
    )
}

/// Returns a problem of the day with which a line cannot be saved.
pub(crate) fn stop(found: String, would_do: &str) -> Problem {
    Problem {
        record_kept: false,
        ..problem("day", found, would_do)
    }
}

/// Returns what stands at the start of `words` in the place of a day and is
/// none. What only may be meant as one ("3/4", "9 Foo 2026", "last week") is
/// taken only where `alone` says that no word of a note stands before it.
pub(crate) fn no_day(words: &[&str], today: Date, alone: bool) -> Option<NoDay> {
    let lower = folded(words);
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    let found = |n_words, why| Some(NoDay { n_words, why });
    if let Some(written) = written_day(&lower, today, alone) {
        return match written.resolve(today, false) {
            Err(why) => found(written.n_words, why),
            Ok(day) => {
                let (n_words, weekday) = written.weekday_behind(&lower)?;
                let why = WhyNot::OtherWeekday(day);
                (weekday != day.weekday()).then_some(NoDay {
                    n_words: written.n_words + n_words,
                    why,
                })
            }
        };
    }
    let (n_lead, _) = lead(&lower);
    let behind = &lower[n_lead..];
    if let Some(n_words) = beyond_the_month(behind) {
        return found(n_words + n_lead, WhyNot::InNoCalendar);
    }
    if alone && is_day_of_no_month(behind) {
        return found(3 + n_lead, WhyNot::InNoCalendar);
    }
    if let Some(n_words) = to_come(&lower) {
        return found(n_words, WhyNot::ToCome);
    }
    if alone && let Some(n_words) = several_days(&lower) {
        return found(n_words, WhyNot::Several);
    }
    found(n_lead + 1, in_numbers(behind.first()?, alone)?)
}

/// Returns how many words tell of a time that is longer than a day.
fn several_days(lower: &[&str]) -> Option<usize> {
    let is_time = |unit: &str| matches!(unit, "week" | "weekend" | "month" | "year");
    let is_units = |unit: &str| matches!(unit, "days" | "weeks" | "months" | "years");
    match lower {
        ["last" | "this" | "past", unit, ..] if is_time(unit) => Some(2),
        ["earlier" | "later", "this", unit, ..] if is_time(unit) => Some(3),
        ["the" | "over", "last" | "past", unit, ..] if is_time(unit) => Some(3),
        ["over" | "at" | "on", "the", "weekend", ..] => Some(3),
        ["a", "few" | "couple", unit, "ago", ..] if is_units(unit) => Some(4),
        ["a", "couple", "of", unit, "ago", ..] if is_units(unit) => Some(5),
        ["few" | "some" | "several", unit, "ago", ..] if is_units(unit) => Some(3),
        _ => None,
    }
}

/// Returns how many words are a day that has not been yet, by its words alone.
fn to_come(lower: &[&str]) -> Option<usize> {
    let is_count = |count: &str, unit: &str| count != "0" && span_of(count, unit).is_some();
    let is_next = |word: &str| {
        is_weekday(word) || is_month(word) || matches!(word, "week" | "weekend" | "month" | "year")
    };
    match lower {
        ["the", "day", "after", "tomorrow", ..] => Some(4),
        ["day", "after", "tomorrow", ..] => Some(3),
        [
            "tomorrow",
            "morning" | "afternoon" | "evening" | "night" | "noon",
            ..,
        ] => Some(2),
        ["tomorrow", ..] => Some(1),
        ["on" | "this", "coming", day, ..] if is_weekday(day) => Some(3),
        ["coming", day, ..] if is_weekday(day) => Some(2),
        ["on", "next", day, ..] if is_weekday(day) => Some(3),
        ["next", unit, ..] if is_next(unit) => Some(2),
        ["in", count, unit, ..] if is_count(count, unit) => Some(3),
        [count, unit, "from", "now", ..] if is_count(count, unit) => Some(4),
        _ => None,
    }
}

/// Returns how many words are a number that no month reaches, with its month:
/// "32 Jan", "0 Mar", "Jan 45".
fn beyond_the_month(lower: &[&str]) -> Option<usize> {
    let is_beyond = |word: &str| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let ending = &word[digits.len()..];
        matches!(ending, "" | "st" | "nd" | "rd" | "th")
            && (1..=3).contains(&digits.len())
            && digits.parse().is_ok_and(|n: u16| n == 0 || n > 31)
    };
    match lower {
        [d, "of", m, ..] if is_beyond(d) && is_month(m) => Some(3),
        [d, m, ..] if is_beyond(d) && is_month(m) => Some(2),
        // "Jan 45 min" is a talk with Jan.
        [m, d, ..] if is_month(m) && is_beyond(d) && minutes(&lower[1..]).is_none() => Some(2),
        _ => None,
    }
}

/// Returns whether three words have the shape of a day and year whose month is
/// none: "99 Foo 2026".
fn is_day_of_no_month(lower: &[&str]) -> bool {
    let [day, month, year, ..] = lower else {
        return false;
    };
    let are_digits = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    (1..=2).contains(&day.len())
        && are_digits(day)
        && month.len() >= 3
        && month.chars().all(char::is_alphabetic)
        && !is_month(month)
        && minutes(lower).is_none()
        && year.len() == 4
        && are_digits(year)
        && (year.starts_with("19") || year.starts_with("20"))
}

/// Returns why a day in numbers is none: "3/4/2026" and "3.4.2026" may be two,
/// "13/14/2026" is none; where nothing stands before them, "3/4" and "3.4." too.
fn in_numbers(word: &str, alone: bool) -> Option<WhyNot> {
    let parts: Vec<&str> = word.split(['/', '.', '-']).collect();
    let number = |part: &str| -> Option<u16> {
        let is_short = (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        part.parse().ok().filter(|_| is_short)
    };
    let (a, b) = match *parts.as_slice() {
        [a, b, c] if !c.is_empty() => {
            number(c)?;
            let is_dated = word.contains('/') || parts.iter().any(|part| part.len() == 4);
            (number(a)?, number(b).filter(|_| is_dated)?)
        }
        // A service is open 24/7.
        [a, b] if alone && word.contains('/') && word != "24/7" => (number(a)?, number(b)?),
        [a, b, ""] if alone && word.ends_with('.') => (number(a)?, number(b)?),
        _ => return None,
    };
    let is_pair = a <= 12 && b <= 12 && a > 0 && b > 0;
    let is_day = |n: u16| (1..=31).contains(&n);
    if is_pair {
        Some(WhyNot::InNumbers)
    } else if parts.len() == 3 && !parts[2].is_empty() || is_day(a) && is_day(b) {
        Some(WhyNot::InNoCalendar)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(text: &str, alone: bool) -> Option<(usize, WhyNot)> {
        let words: Vec<&str> = text.split(' ').collect();
        no_day(&words, Date::constant(2026, 11, 24), alone).map(|found| (found.n_words, found.why))
    }

    #[test]
    fn what_stands_for_a_day_and_is_none() {
        for (text, n_words, reason) in [
            ("31 Feb call", 2, WhyNot::InNoCalendar),
            ("on 31st of April", 4, WhyNot::InNoCalendar),
            ("32 Jan", 2, WhyNot::InNoCalendar),
            ("Jan 45", 2, WhyNot::InNoCalendar),
            ("2026-13-45", 1, WhyNot::InNoCalendar),
            ("99 Foo 2026", 3, WhyNot::InNoCalendar),
            ("Tomorrow call", 1, WhyNot::ToCome),
            ("tomorrow morning", 2, WhyNot::ToCome),
            ("the day after tomorrow", 4, WhyNot::ToCome),
            ("next Tue", 2, WhyNot::ToCome),
            ("on next Tue", 3, WhyNot::ToCome),
            ("next week", 2, WhyNot::ToCome),
            ("this coming Friday", 3, WhyNot::ToCome),
            ("in 5 days", 3, WhyNot::ToCome),
            ("a week from now", 4, WhyNot::ToCome),
            ("3/4/2026", 1, WhyNot::InNumbers),
            ("03.04.2026", 1, WhyNot::InNumbers),
            ("3/4 call", 1, WhyNot::InNumbers),
            ("3.4. call", 1, WhyNot::InNumbers),
            ("13/14/2026", 1, WhyNot::InNoCalendar),
            ("2/30/2026", 1, WhyNot::InNoCalendar),
            ("Mon 30 Feb", 3, WhyNot::InNoCalendar),
            ("1 Jan 0001", 3, WhyNot::LongAgo),
            ("last week", 2, WhyNot::Several),
            ("over the weekend", 3, WhyNot::Several),
            ("a few days ago", 4, WhyNot::Several),
        ] {
            assert_eq!(why(text, true), Some((n_words, reason)), "{text}");
        }
    }

    #[test]
    fn what_is_a_day_or_no_day_at_all() {
        for text in [
            "29 Feb",
            "3 Mar 2026",
            "yesterday",
            "Jan 45 min",
            "May Chen",
            "next steps",
            "in 0 days",
            "20 minutes 2026",
            "1.5 hours",
            "v1.2.3",
            "in May",
            "24/7/365x",
            "24/7",
            "11/23",
            "Mon, 23 Nov",
            "last weekday",
            "1/2/",
        ] {
            assert_eq!(why(text, true), None, "{text}");
        }
        for text in ["99 Foo 2026", "3/4", "last week"] {
            assert_eq!(why(text, false), None, "{text}");
        }
    }
}
