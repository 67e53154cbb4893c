//! Days that are still to come: by when something is due.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::clock::clock_len;
use super::day::{DayPhrase, folded, span_of, weekday, weekday_before, weekday_from};
use super::written_day::written_day;

/// Returns the day by which something is due, told at the start of `words`:
/// the first such day that is not before `base`. A time of the clock behind it
/// belongs to it; "before" is the day before.
pub(crate) fn due_day(words: &[&str], base: Date) -> Option<DayPhrase> {
    let is_before = words
        .first()
        .is_some_and(|word| word.eq_ignore_ascii_case("before"));
    let lower = folded(&words[usize::from(is_before)..]);
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    let mut phrase = day_ahead(&lower, base)?;
    phrase.n_words += clock_len(&lower[phrase.n_words..]);
    if is_before {
        phrase.n_words += 1;
        phrase.day = phrase.day.yesterday().ok()?.max(base);
    }
    Some(phrase)
}

fn day_ahead(lower: &[&str], base: Date) -> Option<DayPhrase> {
    let found = |n_words, day: Option<Date>| day.map(|day| DayPhrase { n_words, day });
    if let Some(written) = written_day(lower, base, true) {
        let day = written.resolve(base, true).ok()?;
        return Some(written.with_weekday_behind(lower, day));
    }
    match lower {
        ["today" | "tonight" | "eod" | "cob", ..] => return found(1, Some(base)),
        ["end", "of", "day" | "today", ..] => return found(3, Some(base)),
        ["the", "end", "of", "the", "day", ..] => return found(5, Some(base)),
        ["tomorrow", ..] => return found(1, base.tomorrow().ok()),
        ["next", day, ..] if weekday(day).is_some() => {
            return found(2, weekday_from(base.tomorrow().ok()?, weekday(day)?));
        }
        ["on" | "this", day, ..] if weekday(day).is_some() => {
            return found(2, weekday_from(base, weekday(day)?));
        }
        ["the" | "this", "weekend", ..] => {
            return found(2, weekday_from(base, Weekday::Saturday));
        }
        ["next", "weekend", ..] => {
            let saturday = weekday_from(base.tomorrow().ok()?, Weekday::Saturday)?;
            return found(
                2,
                weekday_from(saturday.tomorrow().ok()?, Weekday::Saturday),
            );
        }
        ["in" | "within", count, unit, ..] if span_of(count, unit).is_some() => {
            return found(3, base.checked_add(span_of(count, unit)?).ok());
        }
        [count, unit, "from", "now", ..] if span_of(count, unit).is_some() => {
            return found(4, base.checked_add(span_of(count, unit)?).ok());
        }
        _ => {}
    }
    if let Some(phrase) = end_of_time(lower, base) {
        return Some(phrase);
    }
    let weekday = lower.first().and_then(|word| weekday(word))?;
    found(1, weekday_from(base, weekday))
}

/// Returns the day of "the end of the month", "end of next week", "month end",
/// "next month", "this week": the last day of a month or year, the Friday of a week.
fn end_of_time(words: &[&str], base: Date) -> Option<DayPhrase> {
    let mut n_words = 0;
    let mut take = |wanted: &[&str]| {
        let is_there = words.get(n_words).is_some_and(|word| wanted.contains(word));
        n_words += usize::from(is_there);
        is_there
    };
    take(&["the"]);
    let says_end = take(&["end"]);
    if says_end {
        take(&["of"]);
        take(&["the", "this"]);
    }
    let is_next = take(&["next"]);
    let is_this = !says_end && !is_next && take(&["this"]);
    let unit = *words.get(n_words)?;
    n_words += 1;
    let says_end = says_end || (!is_next && words.get(n_words) == Some(&"end"));
    if !says_end && !is_next && !is_this {
        return None;
    }
    let starts_with_end = words.contains(&"end") && words.get(n_words) == Some(&"end");
    n_words += usize::from(starts_with_end);
    let ahead = i64::from(is_next);
    let day = match unit {
        "week" => {
            let day = base.checked_add(ahead.weeks()).ok()?;
            let monday = weekday_before(day, Weekday::Monday)?;
            let friday = monday.checked_add(4.days()).ok()?;
            // On a weekend the week ends on its Sunday.
            if friday < base {
                monday.checked_add(6.days()).ok()?
            } else {
                friday
            }
        }
        "month" => base.checked_add(ahead.months()).ok()?.last_of_month(),
        "year" => base.checked_add(ahead.years()).ok()?.last_of_year(),
        _ => return None,
    };
    Some(DayPhrase { n_words, day })
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
    fn days_that_are_due() {
        let cases = [
            ("Fri", date(2026, 11, 27)),
            ("Tue", date(2026, 11, 24)),
            ("next Tue", date(2026, 12, 1)),
            ("tomorrow", date(2026, 11, 25)),
            ("in 2 weeks", date(2026, 12, 8)),
            ("3 Mar", date(2027, 3, 3)),
            ("2026-12-01", date(2026, 12, 1)),
            ("in 5 days", date(2026, 11, 29)),
            ("a week from now", date(2026, 12, 1)),
            ("the end of the month", date(2026, 11, 30)),
            ("end of month", date(2026, 11, 30)),
            ("month end", date(2026, 11, 30)),
            ("the end of next month", date(2026, 12, 31)),
            ("next month", date(2026, 12, 31)),
            ("end of the week", date(2026, 11, 27)),
            ("the end of next week", date(2026, 12, 4)),
            ("next week", date(2026, 12, 4)),
            ("end of this year", date(2026, 12, 31)),
            ("12/15", date(2026, 12, 15)),
            ("Fri 4 Dec", date(2026, 12, 4)),
            ("Friday , December 4", date(2026, 12, 4)),
            ("eod", date(2026, 11, 24)),
            ("end of day", date(2026, 11, 24)),
            ("Friday at 5pm", date(2026, 11, 27)),
            ("the weekend", date(2026, 11, 28)),
            ("next weekend", date(2026, 12, 5)),
            ("this week", date(2026, 11, 27)),
            ("within a week", date(2026, 12, 1)),
            ("before Fri", date(2026, 11, 26)),
            ("before today", date(2026, 11, 24)),
        ];
        for (text, day) in cases {
            assert_eq!(
                due_day(&words(text), TODAY).map(|d| d.day),
                Some(day),
                "{text}"
            );
        }
    }

    #[test]
    fn the_end_of_a_week_on_its_weekend_is_sunday() {
        let saturday = date(2026, 11, 28);
        let end = due_day(&words("the end of the week"), saturday);
        assert_eq!(end.map(|d| d.day), Some(date(2026, 11, 29)));
        for text in [
            "the week",
            "week",
            "end",
            "the end",
            "end of",
            "the end of the paper",
            "month",
        ] {
            assert_eq!(due_day(&words(text), TODAY), None, "{text}");
        }
    }
}
