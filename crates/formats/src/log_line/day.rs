//! Days as people type them: "yesterday", "last Tue", "3 Mar", "2 days ago".

use domain::fold;
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use super::written_day::written_day;
use crate::names::EventDays;

/// The most words that a phrase of the grammar has: "on Saturday, November 28, 2026".
pub(super) const PHRASE_WORDS_MAX: usize = 8;

/// A day that was understood at the start of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DayPhrase {
    /// How many words it takes.
    pub(crate) n_words: usize,
    /// The day.
    pub(crate) day: Date,
}

/// Returns the first words in the form in which phrases are compared.
pub(super) fn folded(words: &[&str]) -> Vec<String> {
    let words = words.iter().take(PHRASE_WORDS_MAX);
    words.map(|word| fold(word)).collect()
}

/// Returns the day of something that happened, told at the start of `words`.
///
/// It is never after `today` unless its year is written. Commas stand in
/// `words` as words of their own. What only may be meant as a day ("11/25") is
/// taken only where `alone` says that no word of a note stands before it.
pub(crate) fn past_day(words: &[&str], today: Date, alone: bool) -> Option<DayPhrase> {
    let lower = folded(words);
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    let back = |n_days: i64| today.checked_sub(n_days.days()).ok();
    let found = |n_words, day: Option<Date>| day.map(|day| DayPhrase { n_words, day });
    if let Some(written) = written_day(&lower, today, alone) {
        let day = written.resolve(today, false).ok()?;
        let behind = written.weekday_behind(&lower);
        if behind.is_some_and(|(_, weekday)| weekday != day.weekday()) {
            return None;
        }
        return Some(written.with_weekday_behind(&lower, day));
    }
    let part_of_day = ["morning", "afternoon", "evening", "night", "noon"];
    match lower.as_slice() {
        ["the", "day", "before", "yesterday", ..] => return found(4, back(2)),
        ["day", "before", "yesterday", ..] => return found(3, back(2)),
        ["yesterday", part, ..] if part_of_day.contains(part) => return found(2, back(1)),
        ["yesterday", ..] => return found(1, back(1)),
        ["last", "night", ..] => return found(2, back(1)),
        ["this", part, ..] if part_of_day.contains(part) => return found(2, Some(today)),
        ["today" | "tonight", ..] => return found(1, Some(today)),
        ["last" | "past", day, ..] => {
            if let Some(weekday) = weekday(day) {
                return found(2, weekday_before(back(1)?, weekday));
            }
        }
        ["on" | "this", day, ..] => {
            if let Some(weekday) = weekday(day) {
                return found(2, weekday_before(today, weekday));
            }
        }
        [count, unit, "ago", ..] => {
            if let Some(span) = span_of(count, unit) {
                return found(3, today.checked_sub(span).ok());
            }
        }
        _ => {}
    }
    let weekday = lower.first().and_then(|word| weekday(word))?;
    if is_verb(words[0], &lower) {
        return None;
    }
    if lower.get(1).is_some_and(|part| part_of_day.contains(part)) {
        return found(2, weekday_before(today, weekday));
    }
    found(1, weekday_before(today, weekday))
}

/// Returns whether "sat" is what somebody did: "sat with Ben", "sat at lunch".
pub(super) fn is_verb(typed: &str, lower: &[&str]) -> bool {
    match lower {
        [
            "sat",
            "me" | "us" | "him" | "her" | "them" | "with" | "w/" | "next" | "down" | "beside"
            | "near" | "together" | "in" | "through",
            ..,
        ] => true,
        ["sat", "at" | "by" | "on" | "for", what, ..] => {
            typed == "sat" && !what.starts_with(|c: char| c.is_ascii_digit())
        }
        _ => false,
    }
}

/// What "SIR Monday" names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum EventDay {
    /// A day of an edition.
    Day(DayPhrase, String),
    /// The conference is known, and no edition of it was lately: words taken, name.
    NotLately(usize, String),
}

/// Days after its end for which a conference is the one that "SIR Monday" means.
const EVENT_LATELY_DAYS: i32 = 60;

/// Returns the day of a conference told by its weekday at the start of `words`:
/// that of the edition which began last, not after `today`.
pub(crate) fn event_day(words: &[&str], today: Date, events: &[EventDays]) -> Option<EventDay> {
    let (name, year, day, n_words) = match words {
        [name, year, day, ..] if weekday(&fold(day)).is_some() && year_of(year).is_some() => {
            (*name, year_of(year), *day, 3)
        }
        [name, day, ..] => {
            let bare = name.trim_end_matches(|c: char| c.is_ascii_digit());
            (bare, year_of(&name[bare.len()..]), *day, 2)
        }
        _ => return None,
    };
    let weekday = weekday(&fold(day))?;
    let key = fold(name);
    let mut editions = events.iter().filter(|m| fold(&m.name) == key).peekable();
    let Some(shown) = editions.peek().map(|event| event.name.clone()) else {
        // Its Monday is the one of that year, and not the last one.
        let is_name = name.len() > 2 && name.chars().all(|c| c.is_ascii_uppercase());
        return (is_name && year.is_some()).then(|| EventDay::NotLately(n_words, name.to_owned()));
    };
    let latest = match year {
        Some(year) => editions.find(|event| event.first_day.year() == year),
        None => editions
            .filter(|event| event.first_day <= today)
            .max_by_key(|event| event.first_day)
            .filter(|event| {
                let since = event.last_day.until(today);
                since.is_ok_and(|span| span.get_days() <= EVENT_LATELY_DAYS)
            }),
    };
    let found = latest.and_then(|event| {
        let day = weekday_from(event.first_day, weekday)?;
        (day <= event.last_day && day <= today).then_some((event, day))
    });
    Some(match found {
        Some((event, day)) => EventDay::Day(DayPhrase { n_words, day }, event.edition.clone()),
        None => EventDay::NotLately(n_words, shown),
    })
}

/// Returns the year of "2025", "'25" or "25".
fn year_of(word: &str) -> Option<i16> {
    let digits = word.trim_start_matches(['\'', '’']);
    let year: i16 = digits.parse().ok()?;
    match digits.len() {
        4 if (1950..2200).contains(&year) => Some(year),
        2 => Some(2000 + year),
        _ => None,
    }
}

/// Returns whether a word is a weekday or its usual short form.
pub(crate) fn is_weekday(word: &str) -> bool {
    weekday(&fold(word)).is_some()
}

/// Returns the weekday of a whole word or its usual short form.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    let weekday = match word.trim_end_matches('.') {
        "mon" | "monday" => Weekday::Monday,
        "tue" | "tues" | "tuesday" => Weekday::Tuesday,
        "wed" | "weds" | "wednesday" => Weekday::Wednesday,
        "thu" | "thur" | "thurs" | "thursday" => Weekday::Thursday,
        "fri" | "friday" => Weekday::Friday,
        "sat" | "saturday" => Weekday::Saturday,
        "sun" | "sunday" => Weekday::Sunday,
        _ => return None,
    };
    Some(weekday)
}

pub(super) fn weekday_before(last: Date, weekday: Weekday) -> Option<Date> {
    let n_days = i64::from(last.weekday().since(weekday));
    last.checked_sub(n_days.days()).ok()
}

pub(super) fn weekday_from(first: Date, weekday: Weekday) -> Option<Date> {
    let n_days = i64::from(first.weekday().until(weekday));
    first.checked_add(n_days.days()).ok()
}

/// Returns the number that a word such as "two" tells.
pub(super) fn number(word: &str) -> Option<u32> {
    const NUMBERS: [&str; 12] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let i = NUMBERS.iter().position(|number| *number == word)?;
    u32::try_from(i + 1).ok()
}

/// Returns the span of "2 days", "a week", "three months".
pub(crate) fn span_of(count: &str, unit: &str) -> Option<Span> {
    let count: i64 = match number(count) {
        Some(number) => number.into(),
        None if matches!(count, "a" | "an") => 1,
        None => count.parse().ok().filter(|n| (0..=999).contains(n))?,
    };
    match unit {
        "day" | "days" => Some(count.days()),
        "week" | "weeks" => Some(count.weeks()),
        "month" | "months" => Some(count.months()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// A Tuesday.
    const TODAY: Date = date(2026, 11, 24);

    fn words(text: &str) -> Vec<&str> {
        text.split_whitespace().collect()
    }

    #[test]
    fn days_that_happened() {
        let cases = [
            ("today", 1, date(2026, 11, 24)),
            ("this morning", 2, date(2026, 11, 24)),
            ("yesterday evening", 2, date(2026, 11, 23)),
            ("last night", 2, date(2026, 11, 23)),
            ("the day before yesterday", 4, date(2026, 11, 22)),
            ("Tue", 1, date(2026, 11, 24)),
            ("last Tue", 2, date(2026, 11, 17)),
            ("on Friday", 2, date(2026, 11, 20)),
            ("2 days ago", 3, date(2026, 11, 22)),
            ("a week ago", 3, date(2026, 11, 17)),
            ("three months ago", 3, date(2026, 8, 24)),
            ("3 Mar", 2, date(2026, 3, 3)),
            ("24 Nov", 2, date(2026, 11, 24)),
            ("25 Nov", 2, date(2025, 11, 25)),
            ("29 Feb", 2, date(2024, 2, 29)),
            ("3 March 2027", 3, date(2027, 3, 3)),
            ("March 3 , 2025 x", 4, date(2025, 3, 3)),
            ("3rd of March", 3, date(2026, 3, 3)),
            ("on 3 Mar", 3, date(2026, 3, 3)),
            ("2027-03-03", 1, date(2027, 3, 3)),
        ];
        for (text, n_words, day) in cases {
            assert_eq!(
                past_day(&words(text), TODAY, true),
                Some(DayPhrase { n_words, day }),
                "{text}"
            );
        }
        for text in [
            "",
            "Rao",
            "30 Feb",
            "2026-13-01",
            "3",
            "May Chen",
            "last week",
            "on call",
        ] {
            assert_eq!(past_day(&words(text), TODAY, true), None, "{text}");
        }
    }

    #[test]
    fn days_of_conferences() {
        let sir = |first_day, last_day, year: i16| EventDays {
            name: "SIR".to_owned(),
            edition: format!("SIR {year}"),
            first_day,
            last_day,
        };
        let events = [
            sir(date(2025, 3, 29), date(2025, 4, 2), 2025),
            sir(date(2026, 4, 11), date(2026, 4, 15), 2026),
        ];
        let at = |text: &str, today| event_day(&words(text), today, &events);
        let monday = EventDay::Day(
            DayPhrase {
                n_words: 2,
                day: date(2026, 4, 13),
            },
            "SIR 2026".to_owned(),
        );
        assert_eq!(at("SIR Monday", date(2026, 4, 20)), Some(monday.clone()));
        assert_eq!(at("sir mon talk", date(2026, 4, 13)), Some(monday));
        let not = Some(EventDay::NotLately(2, "SIR".to_owned()));
        assert_eq!(at("SIR Monday", date(2026, 4, 12)), not, "still to come");
        assert_eq!(at("SIR Friday", date(2026, 4, 20)), not, "no day of it");
        assert_eq!(at("SIR Monday", date(2026, 11, 24)), not, "long ago");
        assert_eq!(
            at("RSNA Monday", date(2026, 4, 20)),
            None,
            "not known at all"
        );
        assert_eq!(at("SIR talk", date(2026, 4, 20)), None);
        let of_2025 = EventDay::Day(
            DayPhrase {
                n_words: 3,
                day: date(2025, 3, 31),
            },
            "SIR 2025".to_owned(),
        );
        let long_after = date(2026, 11, 24);
        assert_eq!(at("SIR 2025 Monday", long_after), Some(of_2025.clone()));
        assert_eq!(at("sir '25 mon talk", long_after), Some(of_2025));
        let EventDay::Day(glued, _) = at("SIR25 Monday", long_after).expect("read") else {
            panic!("no day");
        };
        assert_eq!((glued.n_words, glued.day), (2, date(2025, 3, 31)));
        let no_day = |n_words, name: &str| Some(EventDay::NotLately(n_words, name.to_owned()));
        assert_eq!(at("SIR 2025 Friday", long_after), no_day(3, "SIR"));
        assert_eq!(at("SIR 2019 Monday", long_after), no_day(3, "SIR"));
        assert_eq!(at("ASTRO 2025 Monday", long_after), no_day(3, "ASTRO"));
        assert_eq!(at("met 20 Mon", long_after), None);
    }
}
