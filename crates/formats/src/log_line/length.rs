//! How long something took: "20 min", "1h30", "half an hour".

use domain::fold;

/// Returns words taken and minutes of "20 min", "3h", "1.5 hours", "half an hour".
pub(crate) fn minutes(words: &[&str]) -> Option<(usize, u32)> {
    let lower: Vec<String> = words.iter().take(3).map(|w| fold(w)).collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    match lower.as_slice() {
        ["half", "an", "hour", ..] => return Some((3, 30)),
        ["an" | "one", "hour", ..] => return Some((2, 60)),
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
    let per_unit = match unit {
        "m" | "min" | "mins" | "minute" | "minutes" => 1.0,
        "h" | "hr" | "hrs" | "hour" | "hours" => 60.0,
        _ => {
            // "1h30" and "1h30m" are hours and minutes.
            let (_, rest) = unit
                .split_once('h')
                .filter(|(before, _)| before.is_empty())?;
            let rest: u32 = rest
                .trim_end_matches("min")
                .trim_end_matches('m')
                .parse()
                .ok()?;
            let hours: u32 = number.parse().ok()?;
            return Some((n_words, hours.checked_mul(60)?.checked_add(rest)?));
        }
    };
    if !number.contains('.') {
        let whole: u32 = number.parse().ok()?;
        let factor = if per_unit > 1.0 { 60 } else { 1 };
        return Some((n_words, whole.checked_mul(factor)?));
    }
    let amount: f64 = number.parse().ok()?;
    let minutes = (amount * per_unit).round();
    // A float-to-integer cast saturates, and a million minutes is two years.
    (minutes <= 1e6).then_some((n_words, minutes as u32))
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
