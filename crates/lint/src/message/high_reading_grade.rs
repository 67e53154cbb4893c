//! high-reading-grade: a body that is hard to read

use domain::fold;

use crate::analysis::Analysis;
use crate::rule::Hit;
use crate::{Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "high-reading-grade",
        level: Level::Note,
        why: "Mail that reads easily was answered more often (vendor data, an association only). Long names and terms raise the grade, so this is advice.",
        source: &["E-003", "lint.reading_grade"],
        scope: "every message of 30 words or more",
        flags: &[Example::with(
            "to=mentor",
            "Dear Dr. Ferrand-Ochoa,\n\nConsidering the multidisciplinary organisational responsibilities characterising contemporary interventional departments internationally, undergraduate participation necessarily presupposes administrative authorisation, individualised supervision, institutional credentialing, occupational immunisation documentation, radiological protection certification and consideration of alternative educational possibilities.",
        )],
        allows: &[Example::with(
            "to=mentor",
            "Dear Dr. Ferrand-Ochoa,\n\nI saw one case of a rare disease. It was new to me. I read about it at night. I drew the vessels. The next day I saw why you chose the small wire. I will try to draw each case before I go in.",
        )],
        can_be_switched_off: true,
    },
    run,
    learned: None,
};

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    let Some(grade) = reading_grade(a) else {
        return;
    };
    if grade >= HIGHEST_GRADE {
        hits.push(Hit::whole(format!(
            "reading grade {grade:.1}; shorter sentences would bring it under {HIGHEST_GRADE:.0}"
        )));
    }
}

/// Returns the Flesch-Kincaid grade of the body, where it is long enough.
pub(crate) fn reading_grade(a: &Analysis<'_>) -> Option<f64> {
    let body = &a.text[a.parts.body.0..a.parts.body.1];
    let (words, syllables) = body
        .split_whitespace()
        .filter(|w| w.chars().any(char::is_alphanumeric))
        .fold((0u32, 0u32), |(n, all), w| (n + 1, all + syllables(w)));
    if words < FEWEST_WORDS {
        return None;
    }
    let sentences = sentences(body).max(1);
    let grade = 0.39 * f64::from(words) / f64::from(sentences)
        + 11.8 * f64::from(syllables) / f64::from(words)
        - 15.59;
    Some(grade)
}

/// Shortest body that is measured, in words.
const FEWEST_WORDS: u32 = 30;
/// Flesch-Kincaid grade from which a body is hard (networking.toml, `lint.reading_grade`).
const HIGHEST_GRADE: f64 = 16.0;

/// Counts groups of vowels, at least one a word.
fn syllables(word: &str) -> u32 {
    let mut n = 0;
    let mut inside = false;
    for c in fold(word).chars() {
        let vowel = matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
        n += u32::from(vowel && !inside);
        inside = vowel;
    }
    n.max(1)
}

/// Counts ends of sentences, titles left out.
fn sentences(body: &str) -> u32 {
    let mut n = 0;
    let mut open = false;
    for word in body.split_whitespace() {
        open = true;
        let bare = word.trim_end_matches(['"', '\'', ')', '”', '’']);
        let title = ["Dr.", "Mr.", "Ms.", "St.", "Mrs.", "Prof."].contains(&bare);
        if bare.ends_with(['.', '!', '?']) && !title {
            n += 1;
            open = false;
        }
    }
    n + u32::from(open)
}
