//! Words that stand where a day stands and tell none that has been.

use domain::{Problem, fold};

use super::day::{impossible_day, is_month, is_weekday, span_of};
use super::length::minutes;
use super::read::problem;

/// Why some words are no day of something that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WhyNot {
    /// No calendar has it: "31 Feb", "99 Foo 2026".
    InNoCalendar,
    /// It is still to come: "tomorrow", "next Tue", "in 5 days".
    ToCome,
    /// Day and month may be either number: "3/4/2026".
    InNumbers,
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
        let words = words[..self.n_words.min(words.len())].join(" ");
        match self.why {
            WhyNot::InNoCalendar => stop(
                format!("\"{words}\", which no calendar has"),
                "a day such as \"yesterday\" or \"3 Mar\"",
            ),
            WhyNot::ToCome => still_to_come(&words),
            WhyNot::InNumbers => stop(
                format!("\"{words}\", which may be two days"),
                "the month in letters, as in \"3 Mar 2026\"",
            ),
        }
    }
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
/// none. What only may be meant as one ("3/4", "9 Foo 2026") is taken only where
/// `alone` says that no word of a note stands before it.
pub(crate) fn no_day(words: &[&str], alone: bool) -> Option<NoDay> {
    let lower: Vec<String> = words.iter().take(6).map(|w| fold(w)).collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    let found = |n_words, why| Some(NoDay { n_words, why });
    let offset = usize::from(lower.first() == Some(&"on"));
    let behind_on = &lower[offset..];
    if let Some(n_words) = impossible_day(behind_on).or_else(|| beyond_the_month(behind_on)) {
        return found(n_words + offset, WhyNot::InNoCalendar);
    }
    if alone && is_day_of_no_month(behind_on) {
        return found(3 + offset, WhyNot::InNoCalendar);
    }
    if let Some(n_words) = to_come(&lower) {
        return found(n_words, WhyNot::ToCome);
    }
    let first = behind_on.first()?;
    (is_in_numbers(first, alone)).then_some(NoDay {
        n_words: 1 + offset,
        why: WhyNot::InNumbers,
    })
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

/// Returns whether a word is a day in numbers: "3/4/2026", "3.4.2026", and,
/// where nothing stands before it, "3/4".
fn is_in_numbers(word: &str, alone: bool) -> bool {
    let parts: Vec<&str> = word.split(['/', '.', '-']).collect();
    let are_numbers = parts
        .iter()
        .all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    if !are_numbers {
        return false;
    }
    match parts.as_slice() {
        [_, _, _] => word.contains('/') || parts.iter().any(|part| part.len() == 4),
        [a, b] => {
            let is_day = |part: &str| part.parse().is_ok_and(|n: u8| (1..=31).contains(&n));
            alone && word.contains('/') && is_day(a) && is_day(b)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(text: &str, alone: bool) -> Option<(usize, WhyNot)> {
        let words: Vec<&str> = text.split(' ').collect();
        no_day(&words, alone).map(|found| (found.n_words, found.why))
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
            ("11/23 call", 1, WhyNot::InNumbers),
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
            "1/2/",
        ] {
            assert_eq!(why(text, true), None, "{text}");
        }
        for text in ["99 Foo 2026", "3/4"] {
            assert_eq!(why(text, false), None, "{text}");
        }
    }
}
