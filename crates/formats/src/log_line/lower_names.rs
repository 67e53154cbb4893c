//! Names in lower case: only those that are known, as thumbs type them.

use super::phrases::{is_name_char, is_owner, is_small_word};
use super::read::Reader;
use super::words::{ANSWERS, Form, NAME_VERBS};
use crate::names::Closeness;

/// The most words of a name in lower case: "lucia de la fuente ibañez".
const WORDS_MAX: usize = 6;

impl Reader<'_> {
    /// Returns the end of a name in lower case at `i`: only one that is known.
    pub(super) fn lower_case_name(&self, i: usize, end: usize) -> Option<usize> {
        self.known_from(i, i, end)
    }

    /// Returns the end of the name from `i` to `name_end` with words in lower
    /// case that belong to it: "Ben okafor", where he is known.
    pub(super) fn with_lower_case(&self, i: usize, name_end: usize, end: usize) -> usize {
        self.known_from(i, name_end, end).unwrap_or(name_end)
    }

    /// Returns the furthest end behind `from` at which the words from `i` on are
    /// a known name.
    fn known_from(&self, i: usize, from: usize, end: usize) -> Option<usize> {
        let word = |j: usize| {
            let is_free = j < end && !self.used[j];
            if is_free { self.tokens[j].word() } else { None }
        };
        let reach = (from..end).take(WORDS_MAX);
        let n_words = reach
            .take_while(|j| word(*j).is_some_and(|w| w.chars().all(is_name_char) && !is_owner(w)))
            .count();
        let is_owned = word(from + n_words).is_some_and(is_owner);
        for name_end in (from + 1..=from + n_words).rev() {
            // "Ben okafor's resident" is not Ben.
            if is_owned && name_end == from + n_words {
                continue;
            }
            if self.is_name_to(i, from, name_end, end) {
                let is_owner_part = is_owned && name_end + 1 >= from + n_words;
                return (!is_owner_part).then_some(name_end);
            }
        }
        None
    }

    /// Returns whether the words from `i` to `name_end` are a known name. Where
    /// words of the grammar are among those behind `from`, it must be one word
    /// for word: "will smith", "may chen".
    fn is_name_to(&self, i: usize, from: usize, name_end: usize, end: usize) -> bool {
        let is_grammar = |j: usize| {
            let word = self.lower(j).unwrap_or_default();
            is_small_word(&word)
                || ANSWERS.contains(&word.as_str())
                || NAME_VERBS.contains(&word.as_str())
                || self.is_day_at(j)
                || self.channel_at(j, end).is_some()
        };
        let text = self.text_of(i..name_end);
        let has_grammar = (from..name_end).any(is_grammar);
        if !has_grammar {
            return self.is_known(text);
        }
        let has_letter = text
            .split_whitespace()
            .any(|word| word.chars().count() == 1);
        if name_end - i == 1 && !self.stands_as_name(i, end) || has_letter || !self.is_known(text) {
            return false;
        }
        let fits = self.names.candidates(text);
        fits.iter().any(|c| c.closeness == Closeness::Exact)
    }

    /// Returns whether a single word of the grammar stands where only a name
    /// can: "with will", "will called".
    fn stands_as_name(&self, i: usize, end: usize) -> bool {
        if self.lower(i).as_deref() != Some("will") {
            return false;
        }
        let before = i.checked_sub(1).and_then(|i| self.lower(i));
        let is_behind_with = matches!(before.as_deref(), Some("with" | "from" | "to"));
        let did = self
            .channel_at(i + 1, end)
            .is_some_and(|word| word.form == Form::Doing);
        did || is_behind_with && (i + 1 >= end || self.ends_name(i + 1, end))
    }
}
