//! Whether a sentence takes back what a pattern found in it.

use super::sentence::Sentence;
use super::tokens::Gap;

/// Words that turn what follows into its opposite.
const NEGATORS: &[&str] = &[
    "not", "no", "never", "without", "nor", "neither", "hardly", "instead", "rather", "avoid",
    "avoids", "avoiding", "refuse", "refused", "nobody", "nothing", "none", "sans", "nobody's",
    "beyond", "stopped", "wrong", "improper",
];

/// After "not" or "no", these make a hedge or a courtesy of it.
const HEDGES: &[&str] = &[
    "only",
    "just",
    "hesitate",
    "sure",
    "certain",
    "mind",
    "know",
    "least",
    "yet",
    "merely",
    "late",
    "doubt",
    "matter",
    "problem",
    "trouble",
    "idea",
    "other",
    "otherwise",
    "one",
    "too",
    "longer",
    "even",
    "many",
    "much",
    "enough",
    "wait",
    "forget",
    "afraid",
    "shy",
    "mentor",
    "home",
    "stop",
    "rest",
];

/// Words that open a clause of its own after a comma.
const OPENERS: &[&str] = &[
    "i",
    "you",
    "could",
    "can",
    "would",
    "please",
    "may",
    "might",
    "my",
    "your",
    "we",
    "it",
    "if",
    "is",
    "will",
    "do",
    "does",
    "kindly",
    "but",
    "so",
    "yet",
    "and",
    "still",
    "let",
    "just",
    "then",
    "therefore",
    "this",
    "that",
    "when",
    "because",
    "since",
    "perhaps",
    "maybe",
    "am",
    "are",
    "was",
    "did",
    "what",
    "where",
    "how",
    "which",
    "should",
    "shall",
    "have",
    "tell",
    "yes",
];

/// How far before a match a negator still reaches, in words.
const REACH: usize = 10;

/// Returns whether the words `first..last` of a sentence are denied: "I am not
/// asking for …", "… is not what I want".
pub(crate) fn negated(sentence: &Sentence, first: usize, last: usize) -> bool {
    negated_before(sentence, first) || negated_after(sentence, last)
}

fn is_negator(sentence: &Sentence, i: usize) -> bool {
    let word = sentence.tokens[i].word.as_str();
    if !NEGATORS.contains(&word) {
        return false;
    }
    let next = sentence.tokens.get(i + 1).map_or("", |t| t.word.as_str());
    if matches!(word, "not" | "no") && HEDGES.contains(&next) {
        return false;
    }
    // "Would you not …?" and "why not …" ask all the same.
    let before = |n: usize| {
        i.checked_sub(n)
            .map_or("", |j| sentence.tokens[j].word.as_str())
    };
    !(word == "not"
        && (before(1) == "why"
            || before(1) == "if"
            || before(1) == "or"
            || before(1) == "whether"
            || (matches!(
                before(1),
                "is" | "are" | "do" | "does" | "would" | "could" | "can" | "will"
            ) && matches!(next, "there" | "it" | "you" | "this"))
            || (before(1) == "you" && matches!(before(2), "would" | "could" | "can" | "will"))))
}

/// Returns whether a part of a frame is denied; negations among the words of
/// its other parts (`taken`) belong to those.
pub(crate) fn part_denied(sentence: &Sentence, first: usize, last: usize, taken: u128) -> bool {
    before(sentence, first, taken) || negated_after(sentence, last)
}

/// Returns whether what stands right before a phrase denies it: "I do not say
/// that …". Negations among the words `taken` do not count.
pub(crate) fn denied_before(sentence: &Sentence, first: usize, taken: u128) -> bool {
    before(sentence, first, taken)
}

fn negated_before(sentence: &Sentence, first: usize) -> bool {
    before(sentence, first, 0)
}

fn before(sentence: &Sentence, first: usize, taken: u128) -> bool {
    let tokens = &sentence.tokens;
    for i in (first.saturating_sub(REACH)..first).rev() {
        if let Some(next) = tokens.get(i + 1) {
            let opens = OPENERS.contains(&next.word.as_str());
            if next.before == Gap::Wall || (next.before >= Gap::Break && opens) {
                return false;
            }
        }
        if matches!(tokens[i].word.as_str(), "but" | "however") {
            return false;
        }
        if taken & (1 << i) == 0 && is_negator(sentence, i) {
            return true;
        }
    }
    false
}

fn negated_after(sentence: &Sentence, last: usize) -> bool {
    let word = |n: usize| {
        sentence
            .tokens
            .get(last + n)
            .map_or("", |t| t.word.as_str())
    };
    let is = |w: &str| matches!(w, "is" | "are" | "was" | "were");
    (is(word(0)) && matches!(word(1), "not" | "never" | "neither"))
        || (is(word(1)) && word(2) == "not" && word(0) != "it")
}

/// Returns whether a negator stands inside the words `first..last`.
pub(crate) fn negated_inside(sentence: &Sentence, first: usize, last: usize) -> bool {
    (first..last.min(sentence.tokens.len())).any(|i| is_negator(sentence, i))
}
