//! What a passage is made of, for the classifier: words, their neighbours, and
//! pieces of words, each as a bucket of a table.

use domain::fold;

use super::N_ACTS;

/// Buckets that features are hashed into (Weinberger et al. 2009, "Feature
/// hashing for large scale multitask learning").
pub(super) const BUCKETS: usize = 1 << 16;

/// Characters of the pieces that words are cut into.
const PIECES: [usize; 2] = [4, 5];

/// A sentence as its words, with the buckets of what stands inside it.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    words: Vec<String>,
    inside: Vec<usize>,
}

impl Sentence {
    /// Reads a sentence.
    pub(super) fn of(text: &str) -> Self {
        let words = words(text);
        let mut inside = Vec::with_capacity(words.len() * 10);
        for (i, word) in words.iter().enumerate() {
            inside.push(bucket(b'u', &[word]));
            pieces(word, &mut inside);
            if i >= 1 {
                inside.push(bucket(b'b', &[&words[i - 1], word]));
            }
            if i >= 2 {
                inside.push(bucket(b't', &[&words[i - 2], &words[i - 1], word]));
            }
        }
        Self { words, inside }
    }

    /// Returns the buckets of what stands inside the sentence.
    pub(super) fn inside(&self) -> &[usize] {
        &self.inside
    }

    /// Returns the buckets of what reaches over from the sentence before.
    pub(super) fn between(&self, before: &Self) -> Vec<usize> {
        let mut between = Vec::with_capacity(3);
        if let (Some(first), Some((last, earlier))) =
            (self.words.first(), before.words.split_last())
        {
            between.push(bucket(b'b', &[last, first]));
            if let Some(last_but_one) = earlier.last() {
                between.push(bucket(b't', &[last_but_one, last, first]));
            }
            if let Some(second) = self.words.get(1) {
                between.push(bucket(b't', &[last, first, second]));
            }
        }
        between
    }
}

/// What was counted in a passage: how many features, and the sum of their
/// weights for each act.
#[derive(Clone, Debug, Default)]
pub(super) struct Counted {
    pub(super) features: u32,
    pub(super) sums: [i32; N_ACTS],
}

impl Counted {
    /// Counts some features.
    pub(super) fn of(weights: &[[i8; N_ACTS]], buckets: &[usize]) -> Self {
        let mut counted = Self::default();
        for bucket in buckets {
            counted.features += 1;
            for (sum, weight) in counted.sums.iter_mut().zip(weights[*bucket]) {
                *sum += i32::from(weight);
            }
        }
        counted
    }

    /// Adds what was counted elsewhere.
    pub(super) fn add(&mut self, other: &Self) {
        self.features += other.features;
        for (sum, more) in self.sums.iter_mut().zip(other.sums) {
            *sum += more;
        }
    }
}

/// Returns the words and marks of a text, folded; of a number, its digits.
fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let mut found: Vec<String> = Vec::with_capacity(folded.len() / 5);
    let mut rest = folded.as_str();
    while let Some(c) = rest.chars().next() {
        let end = |is_in: fn(char) -> bool| rest.find(|c| !is_in(c)).unwrap_or(rest.len());
        let n = if c.is_alphabetic() {
            let mut n = end(char::is_alphabetic);
            // "don't" is one word, a closing quotation mark is none.
            let apostrophe = rest[n..].strip_prefix('\'');
            if let Some(more) = apostrophe.filter(|more| more.starts_with(char::is_alphabetic)) {
                n += 1 + more
                    .find(|c: char| !c.is_alphabetic())
                    .unwrap_or(more.len());
            }
            found.push(rest[..n].to_owned());
            n
        } else if c.is_numeric() {
            let n = end(char::is_numeric);
            found.push("#".repeat(rest[..n].chars().count().min(5)));
            n
        } else {
            if matches!(c, '?' | '!' | '.' | ',' | ';' | ':') {
                found.push(c.to_string());
            }
            c.len_utf8()
        };
        rest = &rest[n..];
    }
    found
}

/// Letters of the longest word that is cut into pieces: a longer one is no word.
const LONGEST: usize = 30;

/// Adds the pieces of a word of letters, its begin and end marked.
fn pieces(word: &str, found: &mut Vec<usize>) {
    if !(4..=LONGEST).contains(&word.len()) || !word.starts_with(char::is_alphabetic) {
        return;
    }
    let marked = format!("({word})");
    let starts: Vec<usize> = marked.char_indices().map(|(at, _)| at).collect();
    for n in PIECES {
        for from in 0..(starts.len() + 1).saturating_sub(n) {
            let to = starts.get(from + n).copied().unwrap_or(marked.len());
            found.push(bucket(b'c', &[&marked[starts[from]..to]]));
        }
    }
}

/// Returns the bucket of a feature, by FNV-1a over its kind and its words.
fn bucket(kind: u8, words: &[&str]) -> usize {
    let hash = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    let mut value = hash(0x811c_9dc5, kind);
    for word in words {
        value = word.bytes().fold(value, hash);
        value = hash(value, b' ');
    }
    // The low bits of FNV alone are weak, so the high ones are folded in.
    ((value >> 16) ^ value) as usize % BUCKETS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_marks_stand_alone() {
        assert_eq!(
            words("Núñez didn’t say: 14 beds, 'fine'?"),
            [
                "nunez", "didn't", "say", ":", "##", "beds", ",", "fine", "?"
            ]
        );
        assert!(words("   ").is_empty());
    }

    #[test]
    fn pieces_mark_where_a_word_begins_and_ends() {
        let mut found = Vec::new();
        pieces("rank", &mut found);
        let expected = ["(ran", "rank", "ank)", "(rank", "rank)"];
        assert_eq!(found, expected.map(|piece| bucket(b'c', &[piece])));
        found.clear();
        pieces("the", &mut found);
        assert!(found.is_empty(), "short words are cut no further");
    }

    #[test]
    fn neighbours_reach_over_the_end_of_a_sentence() {
        let (one, two) = (Sentence::of("On your list."), Sentence::of("Am I?"));
        assert_eq!(two.inside(), Sentence::of("am i ?").inside());
        assert_eq!(
            two.between(&one),
            [
                bucket(b'b', &[".", "am"]),
                bucket(b't', &["list", ".", "am"]),
                bucket(b't', &[".", "am", "i"]),
            ]
        );
    }
}
