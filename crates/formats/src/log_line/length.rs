//! How long something took: "20 min", "1h30", "an hour and a half".

use super::day::{folded, number};

/// Returns words taken and minutes of "20 min", "3h", "1.5 hours", "half an
/// hour", "1 hr 15 min", "an hour and a half"; "10 min ago" is none.
pub(crate) fn minutes(words: &[&str]) -> Option<(usize, u32)> {
    let lower = folded(words);
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    hours_and_minutes(&lower).filter(|(n_words, _)| lower.get(*n_words) != Some(&"ago"))
}

fn hours_and_minutes(lower: &[&str]) -> Option<(usize, u32)> {
    let one = one_length(lower)?;
    if !one.in_hours {
        return Some((one.n_words, one.minutes));
    }
    let rest = &lower[one.n_words..];
    let and = usize::from(rest.first() == Some(&"and"));
    let (more_words, more) = match &rest[and..] {
        ["a", "half", ..] if and == 1 => (2, 30),
        // "1 hr 15", with nothing behind it.
        [bare] if and == 0 && below_an_hour(bare).is_some() => (1, below_an_hour(bare)?),
        behind => match one_length(behind) {
            Some(more) if !more.in_hours && more.minutes < 60 => (more.n_words, more.minutes),
            _ => return Some((one.n_words, one.minutes)),
        },
    };
    let total = one.minutes.checked_add(more)?;
    Some((one.n_words + and + more_words, total))
}

fn below_an_hour(word: &str) -> Option<u32> {
    let is_short = word.len() == 2 && word.bytes().all(|b| b.is_ascii_digit());
    word.parse().ok().filter(|n| is_short && *n < 60)
}

/// A number with its unit.
struct Length {
    n_words: usize,
    minutes: u32,
    /// Whether minutes may follow.
    in_hours: bool,
}

fn one_length(lower: &[&str]) -> Option<Length> {
    let found = |n_words, minutes, in_hours| Length {
        n_words,
        minutes,
        in_hours,
    };
    match lower {
        ["half", "an", "hour", ..] => return Some(found(3, 30, false)),
        ["half", "hour", ..] => return Some(found(2, 30, false)),
        ["a" | "an", "hour", ..] => return Some(found(2, 60, true)),
        [count, unit, ..] if number(count).is_some() => {
            let count = number(count)?;
            let (factor, in_hours) = unit_minutes(unit)?;
            return Some(found(2, count * factor, in_hours));
        }
        _ => {}
    }
    let first = lower.first()?;
    let n_number = first
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(first.len());
    let (number, unit) = first.split_at(n_number);
    if !number.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (unit, n_words) = match unit {
        "" => (*lower.get(1)?, 2),
        unit => (unit, 1),
    };
    let Some((factor, in_hours)) = unit_minutes(unit) else {
        // "1h30" and "1h30m" are hours and minutes.
        let rest = unit.strip_prefix('h')?;
        let rest = rest.trim_end_matches("min").trim_end_matches('m');
        let (hours, rest): (u32, u32) = (number.parse().ok()?, rest.parse().ok()?);
        let minutes = hours.checked_mul(60)?.checked_add(rest)?;
        return Some(found(n_words, minutes, false));
    };
    if !number.contains('.') {
        let whole: u32 = number.parse().ok()?;
        return Some(found(n_words, whole.checked_mul(factor)?, in_hours));
    }
    let amount: f64 = number.parse().ok()?;
    let minutes = (amount * f64::from(factor)).round();
    // A float-to-integer cast saturates, and a million minutes is two years.
    (minutes <= 1e6).then_some(found(n_words, minutes as u32, in_hours))
}

/// Returns the minutes of a unit, and whether it is the hour.
fn unit_minutes(unit: &str) -> Option<(u32, bool)> {
    match unit {
        "m" | "min" | "mins" | "minute" | "minutes" => Some((1, false)),
        "h" | "hr" | "hrs" | "hour" | "hours" => Some((60, true)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        text.split_whitespace().collect()
    }

    #[test]
    fn durations() {
        let cases = [
            ("20 min", Some((2, 20))),
            ("20min", Some((1, 20))),
            ("3h", Some((1, 180))),
            ("1.5 hours", Some((2, 90))),
            ("1h30", Some((1, 90))),
            ("half an hour", Some((3, 30))),
            ("an hour", Some((2, 60))),
            ("1 h 30 min", Some((4, 90))),
            ("1h 30min", Some((2, 90))),
            ("1 hour 20 minutes", Some((4, 80))),
            ("1 hour and 20 minutes", Some((5, 80))),
            ("1 hr 15 min", Some((4, 75))),
            ("1 hr 15", Some((3, 75))),
            ("1 hr 15 people", Some((2, 60))),
            ("an hour and a half", Some((5, 90))),
            ("an hour and a coffee", Some((2, 60))),
            ("two hours", Some((2, 120))),
            ("1 h 90 min", Some((2, 60))),
            ("30 min 1 h", Some((2, 30))),
            ("20", None),
            ("min", None),
            ("99999999999h", None),
            ("4000000000 min", Some((2, 4_000_000_000))),
            ("4000000000 h", None),
            ("1.2.3h", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(minutes(&words(text)), wanted, "{text}");
        }
    }
}
