//! How long something took: "20 min", "1h30", "an hour and a half".
//!
//! ```text
//! length  = [about] amount [joiner amount] [short]
//! amount  = count unit | fraction [of] [an|one] hour | unit-word such as "1h30"
//! count   = number [and fraction] | "a" | "an"
//! joiner  = "and" | "," | nothing; only from hours to minutes
//! ```

use domain::fold;

use super::day::{PHRASE_WORDS_MAX, number};

/// Returns words taken and minutes of a length at the start of `words`; "10 min
/// ago" is none.
pub(crate) fn minutes(words: &[&str]) -> Option<(usize, u32)> {
    let words = words.iter().take(PHRASE_WORDS_MAX);
    // Folding makes a fraction sign into letters: "1½" would be eleven halves.
    let lower: Vec<String> = words
        .map(|word| match word.contains(['½', '¼', '¾']) {
            true => word.to_lowercase(),
            false => fold(word),
        })
        .collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    length(&lower).filter(|(n_words, _)| lower.get(*n_words) != Some(&"ago"))
}

/// A number of thousandths, so that halves, quarters and decimals stay exact.
type Thousandths = u64;

/// The most minutes that are read: more than any line means.
const MINUTES_READ_MAX: u64 = u32::MAX as u64;

/// Words that say that a length is not to the minute.
const ABOUT: &[&str] = &[
    "about",
    "around",
    "roughly",
    "approx",
    "approximately",
    "~",
    "ca",
    "ca.",
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Minute,
    Hour,
}

/// An amount with its unit.
struct Amount {
    n_words: usize,
    minutes: u64,
    unit: Unit,
}

fn length(words: &[&str]) -> Option<(usize, u32)> {
    let n_about = usize::from(words.first().is_some_and(|word| ABOUT.contains(word)));
    let words = &words[n_about..];
    let first = amount(words)?;
    let mut n_words = first.n_words;
    let mut minutes = first.minutes;
    if first.unit == Unit::Hour
        && let Some((n_more, more)) = minutes_behind(&words[n_words..])
    {
        n_words += n_more;
        minutes = minutes.checked_add(more)?;
    }
    let minutes = u32::try_from(minutes).ok()?;
    Some((n_about + n_words, minutes))
}

/// Returns the minutes behind hours: "15 min", ", 15 min", "and a half", "15".
fn minutes_behind(words: &[&str]) -> Option<(usize, u64)> {
    let joiner = usize::from(matches!(words.first(), Some(&("and" | "," | "&"))));
    let rest = &words[joiner..];
    let says_and = joiner == 1 && words[0] != ",";
    if says_and && let Some((n_words, part)) = fraction(rest) {
        let unit = usize::from(rest.get(n_words).copied().and_then(unit) == Some(Unit::Hour));
        return Some((joiner + n_words + unit, in_hours(part)));
    }
    // "1 hr 15", with nothing behind it.
    if let [bare] | [bare, ",", ..] = rest
        && joiner == 0
        && let Some(minutes) = below_an_hour(bare)
    {
        return Some((1, minutes));
    }
    let more = amount(rest)?;
    let is_part = more.unit == Unit::Minute && more.minutes < 60;
    is_part.then_some((joiner + more.n_words, more.minutes))
}

fn below_an_hour(word: &str) -> Option<u64> {
    let is_short = word.len() == 2 && word.bytes().all(|b| b.is_ascii_digit());
    word.parse().ok().filter(|n| is_short && *n < 60)
}

fn amount(words: &[&str]) -> Option<Amount> {
    half_hours(words)
        .or_else(|| in_one_word(words))
        .or_else(|| counted(words))
}

/// Reads "half an hour", "three quarters of an hour", "quarter hour".
fn half_hours(words: &[&str]) -> Option<Amount> {
    let (n_fraction, part) = fraction(words)?;
    let mut n_words = n_fraction;
    for small in ["of", "a"] {
        let is_small = words
            .get(n_words)
            .is_some_and(|word| *word == small || small == "a" && matches!(*word, "an" | "one"));
        n_words += usize::from(is_small);
    }
    let unit = unit(words.get(n_words)?)?;
    (unit == Unit::Hour).then_some(Amount {
        n_words: n_words + 1,
        minutes: in_hours(part),
        unit: Unit::Minute,
    })
}

/// Returns the minutes of so many hours.
fn in_hours(amount: Thousandths) -> u64 {
    amount.saturating_mul(60).saturating_add(500) / 1000
}

/// Returns words and thousandths of "half", "a quarter", "three quarters", "½".
fn fraction(words: &[&str]) -> Option<(usize, Thousandths)> {
    let sign = |word: &str| match word {
        "½" | "1/2" => Some(500),
        "¼" | "1/4" => Some(250),
        "¾" | "3/4" => Some(750),
        _ => None,
    };
    match words {
        ["a" | "one", "half", ..] => Some((2, 500)),
        ["half", ..] => Some((1, 500)),
        ["a" | "one", "quarter", ..] => Some((2, 250)),
        ["quarter", ..] => Some((1, 250)),
        ["three" | "3", "quarters", ..] => Some((2, 750)),
        ["three-quarters", ..] => Some((1, 750)),
        [word, ..] => sign(word).map(|part| (1, part)),
        [] => None,
    }
}

/// Reads "1h30", "1hr15", "20min", "1:30h" and "1½h", which are one word.
fn in_one_word(words: &[&str]) -> Option<Amount> {
    let first = words.first()?;
    let (hours, rest) = leading_number(first)?;
    if rest.is_empty() {
        return None;
    }
    if let Some(unit) = unit(rest) {
        return Some(amount_of(1, hours, unit));
    }
    let (unit_word, more) = rest.split_at(rest.find(|c: char| c.is_ascii_digit())?);
    let is_hour = unit(unit_word) == Some(Unit::Hour);
    let (minutes, behind) = leading_number(more)?;
    let is_end = behind.is_empty() || unit(behind) == Some(Unit::Minute);
    let is_whole = hours.is_multiple_of(1000) && minutes.is_multiple_of(1000);
    (is_hour && is_end && is_whole).then(|| Amount {
        n_words: 1,
        minutes: (hours / 1000)
            .saturating_mul(60)
            .saturating_add(minutes / 1000),
        // "1h30" has its minutes already.
        unit: Unit::Minute,
    })
}

/// Reads a count and its unit: "20 min", "1.5 hours", "two and a half hours",
/// "1 ½ h", "1:30 hrs", "an hour".
fn counted(words: &[&str]) -> Option<Amount> {
    let first = words.first()?;
    let clock = first.split_once(':').and_then(|(hours, minutes)| {
        let hours: u64 = hours.parse().ok()?;
        Some(hours.checked_mul(60)? + below_an_hour(minutes)?)
    });
    if let Some(minutes) = clock {
        let unit = unit(words.get(1)?)?;
        return (unit == Unit::Hour).then_some(Amount {
            n_words: 2,
            minutes,
            unit: Unit::Minute,
        });
    }
    let mut n_words = 1;
    let mut count = match leading_number(first) {
        Some((count, "")) => count,
        Some(_) => return None,
        None if matches!(*first, "a" | "an") => 1000,
        None => Thousandths::from(number(first)?) * 1000,
    };
    let and = usize::from(words.get(1) == Some(&"and"));
    if let Some((n_fraction, more)) = words.get(1 + and..).and_then(fraction)
        && words
            .get(1 + and + n_fraction)
            .copied()
            .and_then(unit)
            .is_some()
    {
        n_words += and + n_fraction;
        count = count.checked_add(more)?;
    }
    let unit = unit(words.get(n_words)?)?;
    // "A min" is no length.
    let is_one = matches!(*first, "a" | "an") && unit == Unit::Minute;
    (!is_one).then(|| amount_of(n_words + 1, count, unit))
}

fn amount_of(n_words: usize, count: Thousandths, unit: Unit) -> Amount {
    let minutes = match unit {
        Unit::Hour => in_hours(count),
        Unit::Minute => count.saturating_add(500) / 1000,
    };
    Amount {
        n_words,
        minutes: minutes.min(MINUTES_READ_MAX + 1),
        unit,
    }
}

/// Returns the number at the start of a word, in thousandths, and what follows it:
/// "20", "1.5", "1½".
fn leading_number(word: &str) -> Option<(Thousandths, &str)> {
    let n_digits = word
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(word.len());
    let (digits, rest) = word.split_at(n_digits);
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let count = match digits.contains('.') {
        false => digits.parse::<u64>().ok()?.checked_mul(1000)?,
        true => {
            let amount: f64 = digits.parse().ok()?;
            // A float-to-integer cast saturates, and a million minutes is two years.
            (amount <= 1e6).then_some((amount * 1000.0).round() as Thousandths)?
        }
    };
    let sign = rest.chars().next().and_then(|c| match c {
        '½' => Some(500),
        '¼' => Some(250),
        '¾' => Some(750),
        _ => None,
    });
    match sign {
        Some(more) => Some((count.checked_add(more)?, &rest['½'.len_utf8()..])),
        None => Some((count, rest)),
    }
}

fn unit(word: &str) -> Option<Unit> {
    match word.trim_end_matches('.') {
        "m" | "min" | "mins" | "minute" | "minutes" => Some(Unit::Minute),
        "h" | "hr" | "hrs" | "hour" | "hours" => Some(Unit::Hour),
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
            ("1 hr , 15 min", Some((5, 75))),
            ("one hour , 20 minutes", Some((5, 80))),
            ("three quarters of an hour", Some((5, 45))),
            ("3 quarters of an hour", Some((5, 45))),
            ("a quarter of an hour", Some((5, 15))),
            ("quarter hour", Some((2, 15))),
            ("an hour and a quarter", Some((5, 75))),
            ("one hour and three quarters", Some((5, 105))),
            ("two and a half hours", Some((5, 150))),
            ("one and a half hours", Some((5, 90))),
            ("1:30 hrs", Some((2, 90))),
            ("1:30 h call", Some((2, 90))),
            ("1hr15", Some((1, 75))),
            ("1hr15min", Some((1, 75))),
            ("1h15m", Some((1, 75))),
            ("about 1h 20m", Some((3, 80))),
            ("around 20 min", Some((3, 20))),
            ("1½ h", Some((2, 90))),
            ("1½h", Some((1, 90))),
            ("1 ½ hours", Some((3, 90))),
            ("½ hour", Some((2, 30))),
            ("1/2 hour", Some((2, 30))),
            ("half hour", Some((2, 30))),
            ("half an hour", Some((3, 30))),
            ("1 hr. 15 min.", Some((4, 75))),
            ("0.25 h", Some((2, 15))),
            ("45 minutes , 2 people", Some((2, 45))),
            ("1 hr , 15 people", Some((2, 60))),
            ("1:30 pm", None),
            ("1:30", None),
            ("half of them", None),
            ("a quarter past two", None),
            ("a min", None),
            ("about wei li", None),
            ("two and a half", None),
            ("1h30 20 min", Some((1, 90))),
            ("1.1 h", Some((2, 66))),
            ("1 hr 15 , she", Some((3, 75))),
        ];
        for (text, wanted) in cases {
            assert_eq!(minutes(&words(text)), wanted, "{text}");
        }
    }
}
