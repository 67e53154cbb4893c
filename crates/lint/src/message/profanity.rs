//! profanity: swear words

use std::sync::LazyLock;

use crate::analysis::Analysis;
use crate::rule::Hit;
use crate::{Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "profanity",
        level: Level::Note,
        why: "Others read it too, and remember it.",
        source: &["S-174", "lint.inclusive"],
        scope: "every message",
        flags: &[
            Example::with("to=mentor", "what a sh1tty scanner"),
            Example::with("to=mentor", "That was a f**king long case."),
        ],
        allows: &[
            Example::with("to=mentor", "Dr. Dickinson will assess the Essex cohort."),
            Example::with("to=mentor", "The stool was bloody."),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: None,
};

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    let level = if a.message.channel.is_public() {
        Level::Error
    } else {
        Level::Note
    };
    let mut spans: Vec<(usize, usize)> = a.said("profanity").iter().map(|m| m.span).collect();
    spans.extend(masked(&a.text));
    spans.sort_unstable();
    spans.dedup_by(|b, a| b.0 < a.1);
    for span in spans {
        hits.push(Hit::at(span, "a swear word; take it out").level(level));
    }
}

/// Swear words that writers mask, without their endings.
const STEMS: &[&str] = &[
    "fuck", "shit", "bitch", "cunt", "asshole", "bastard", "dick", "crap", "damn", "piss",
    "bullshit", "ass", "hell", "bollock", "arse", "prick", "wank", "twat",
];

/// Stems with two letters alike of their own, which patterns know with what
/// stands beside them: "Dr. Hell" is somebody's name.
const PLAIN: &[&str] = &["hell", "ass"];

/// Words that stand before a stem in a compound.
const OPENINGS: &[&str] = &["", "cluster", "mother", "bull", "horse", "dumb", "god"];

/// Endings after a stem, plain.
const ENDINGS: &[&str] = &[
    "", "s", "y", "ty", "ing", "in", "ed", "er", "ers", "hole", "show", "head", "it",
];

/// Returns the places of words masked by signs, digits, blanks or doubled letters.
fn masked(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    for chunk in text.split(char::is_whitespace) {
        let start = at;
        at += chunk.len()
            + text[at + chunk.len()..]
                .chars()
                .next()
                .map_or(0, char::len_utf8);
        let word = chunk.trim_matches(|c: char| {
            matches!(
                c,
                '.' | ',' | '"' | '(' | ')' | '?' | ':' | ';' | '\'' | '“' | '”'
            )
        });
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let masked = word.chars().any(|c| {
            matches!(
                c,
                '*' | '#' | '@' | '$' | '%' | '!' | '1' | '0' | '3' | '4' | '5'
            ) || c == '-'
        }) || doubled(word) && !PLAIN.contains(&word.to_lowercase().as_str());
        if letters >= 1 && masked && word.len() <= 20 && is_swear(word) {
            let from = start + chunk.find(word).unwrap_or(0);
            found.push((from, from + word.len()));
        }
    }
    // Letters set apart: "s h i t".
    let singles: Vec<(usize, &str)> = words(text).collect();
    for stem in [
        "fuck", "shit", "bitch", "damn", "crap", "cunt", "asshole", "bastard", "bollocks", "piss",
    ] {
        for run in singles.windows(stem.len()) {
            let spelt = run
                .iter()
                .zip(stem.chars())
                .all(|((_, w), c)| w.len() == 1 && w.chars().all(|x| x.to_ascii_lowercase() == c));
            if spelt {
                found.push((run[0].0, run[run.len() - 1].0 + 1));
            }
        }
    }
    found
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = text.as_ptr() as usize;
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(move |w| (w.as_ptr() as usize - base, w))
}

fn doubled(word: &str) -> bool {
    let mut previous = ' ';
    word.chars().any(|c| {
        let same = c == previous && c.is_alphabetic();
        previous = c;
        same
    })
}

/// Swear words with their endings, letter by letter.
static TARGETS: LazyLock<Vec<Vec<char>>> = LazyLock::new(|| {
    STEMS
        .iter()
        .flat_map(|stem| {
            ENDINGS
                .iter()
                .map(|ending| stem.chars().chain(ending.chars()).collect())
        })
        .collect()
});

/// Returns whether the signs of a word can stand for the letters of a swear word.
fn is_swear(word: &str) -> bool {
    let chars: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    OPENINGS.iter().any(|opening| {
        let opening: Vec<char> = opening.chars().collect();
        chars
            .strip_prefix(opening.as_slice())
            .is_some_and(|rest| TARGETS.iter().any(|target| fits(rest, target, 0)))
    })
}

/// Matches letter by letter; a sign stands for any one letter or run of them,
/// a digit for its look-alike, and a letter may be doubled. At least half of
/// the letters of short words must be plain.
fn fits(word: &[char], target: &[char], plain: usize) -> bool {
    match (word.split_first(), target.split_first()) {
        (None, None) => plain >= 2,
        (Some((w, rest)), Some((t, targets))) => {
            if w == t {
                let again = rest.first() == Some(w) && fits(rest, target, plain);
                return again || fits(rest, targets, plain + 1);
            }
            let alike = matches!(
                (w, t),
                ('1', 'i')
                    | ('!', 'i')
                    | ('0', 'o')
                    | ('3', 'e')
                    | ('5', 's')
                    | ('$', 's')
                    | ('@', 'a')
                    | ('4', 'a')
            );
            if alike {
                return fits(rest, targets, plain + 1);
            }
            if matches!(w, '*' | '#' | '@' | '%' | '$') {
                return fits(rest, targets, plain)
                    || fits(rest, target, plain)
                    || fits(word, targets, plain);
            }
            *w == '-' && fits(rest, target, plain)
        }
        (Some((w, rest)), None) => matches!(w, '*' | '#' | '%' | '!') && fits(rest, target, plain),
        (None, Some(_)) => false,
    }
}
