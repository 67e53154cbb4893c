//! Times of the clock behind a day: "at 8:15 PM", "14:03", "5pm".

use super::day::folded;

/// Returns how many words at the start are a time of the clock; none where
/// they are not.
pub(crate) fn clock_len(words: &[&str]) -> usize {
    let lower = folded(words);
    let start = usize::from(lower.first().is_some_and(|word| word == "at"));
    let Some(word) = lower.get(start) else {
        return 0;
    };
    if matches!(word.as_str(), "noon" | "midnight") {
        return start + 1;
    }
    let half = |text: &str| matches!(text, "am" | "pm" | "a.m" | "p.m" | "a.m." | "p.m.");
    let n_time = word
        .find(|c: char| !c.is_ascii_digit() && c != ':')
        .unwrap_or(word.len());
    let (time, glued) = word.split_at(n_time);
    let are_numbers = time.split(':').all(|part| (1..=2).contains(&part.len()));
    if !are_numbers || !(glued.is_empty() || half(glued)) {
        return 0;
    }
    let is_half_behind = glued.is_empty() && lower.get(start + 1).is_some_and(|word| half(word));
    if time.contains(':') || !glued.is_empty() || is_half_behind {
        start + 1 + usize::from(is_half_behind)
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_the_clock() {
        for (text, n_words) in [
            ("at 8:15 PM", 3),
            ("8:15 PM call", 2),
            ("14:03", 1),
            ("14:03:22 call", 1),
            ("5pm", 1),
            ("at 5 p.m.", 3),
            ("at noon", 2),
            ("5", 0),
            ("at 5", 0),
            ("at Maimonides", 0),
            ("20 min", 0),
            ("a:b", 0),
            ("", 0),
        ] {
            let words: Vec<&str> = text.split_whitespace().collect();
            assert_eq!(clock_len(&words), n_words, "{text}");
        }
    }
}
