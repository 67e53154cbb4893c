//! Which words are misspelt: fewer than a dictionary would say, because most
//! words that it does not know are names.

use std::collections::HashSet;
use std::sync::Arc;

use harper_core::spell::{
    Dictionary, FstDictionary, MergedDictionary, MutableDictionary, suggest_correct_spelling,
};
use harper_core::{DictWordMetadata, Document, NounData, TokenStringExt};

use crate::text::Text;
use crate::{Note, SPELLING, WHY_SPELLING, note};

/// Words of the field, one a line.
const FIELD_WORDS: &str = include_str!("../data/words.txt");

/// Words that the dictionary knows and that nobody should be offered.
const NEVER_SUGGESTED: &[&str] = &["cripple", "gypsy", "negro", "negroes", "retard"];

/// The dictionary, with the words of the field.
pub(crate) struct Words {
    dictionary: Arc<MergedDictionary>,
    field: HashSet<String>,
}

impl Words {
    /// Loads both.
    pub(crate) fn new() -> Self {
        let listed = FIELD_WORDS
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'));
        let noun = DictWordMetadata {
            noun: Some(NounData::default()),
            ..DictWordMetadata::default()
        };
        let mut own = MutableDictionary::new();
        own.extend_words(
            listed
                .clone()
                .map(|word| (word.chars().collect::<Vec<char>>(), noun.clone())),
        );
        let mut dictionary = MergedDictionary::new();
        dictionary.add_dictionary(FstDictionary::curated());
        dictionary.add_dictionary(Arc::new(own));
        Self {
            dictionary: Arc::new(dictionary),
            field: listed.map(str::to_lowercase).collect(),
        }
    }

    pub(crate) fn dictionary(&self) -> Arc<MergedDictionary> {
        Arc::clone(&self.dictionary)
    }

    /// Returns whether some words are one word of the field, article left aside.
    pub(crate) fn is_field_word(&self, chars: &[char]) -> bool {
        let text: String = chars.iter().collect::<String>().to_lowercase();
        let word = ["a ", "an ", "the "]
            .iter()
            .find_map(|article| text.strip_prefix(article))
            .unwrap_or(&text);
        self.field.contains(word)
    }

    /// Returns the misspelt words of a text.
    pub(crate) fn notes(&self, document: &Document, text: &Text<'_>, names: &[&str]) -> Vec<Note> {
        let names = name_words(names);
        // Who is written with a capital once is a name everywhere.
        let mut seen_as_name: HashSet<Vec<char>> = HashSet::new();
        for token in document.iter_words() {
            let word = text.chars(token.span);
            if is_capitalised(word) && !text.opens_sentence(token.span) {
                seen_as_name.insert(word.to_vec());
            }
        }
        let mut notes = Vec::new();
        for token in document.iter_words() {
            let chars = text.chars(token.span);
            let word = without_possessive(chars);
            if !could_be_misspelt(word) || self.is_known(word) || names.contains(&folded(word)) {
                continue;
            }
            if text.is_not_the_writers(token.span) {
                continue;
            }
            let capitalised = is_capitalised(word);
            if capitalised
                && (text.is_label(token.span)
                    || !text.opens_sentence(token.span)
                    || seen_as_name.contains(chars))
            {
                continue;
            }
            let Some(better) = self.suggestion(word, capitalised) else {
                continue;
            };
            let found: String = word.iter().collect();
            let message = format!("\"{found}\" is in no dictionary; \"{better}\" would do");
            let (start, _) = text.bytes(token.span);
            let place = (start, start + found.len());
            notes.push(note(SPELLING, WHY_SPELLING, place, message, Some(better)));
        }
        notes
    }

    fn is_known(&self, word: &[char]) -> bool {
        let straight: Vec<char> = word
            .iter()
            .map(|c| if *c == '’' { '\'' } else { *c })
            .collect();
        let lower: String = straight.iter().collect::<String>().to_lowercase();
        // British, American and any other English, capital letter or not.
        self.dictionary.contains_word(&straight) || self.dictionary.contains_word_str(&lower)
    }

    /// Returns the word that was meant, if one is near. A word that is near to
    /// none is a name, a foreign word or one of the field, and no slip.
    fn suggestion(&self, word: &[char], capitalised: bool) -> Option<String> {
        let lower: Vec<char> = word.iter().flat_map(|c| c.to_lowercase()).collect();
        // A short word is one letter away from something else by chance.
        let distance = if lower.len() <= 5 || capitalised {
            1
        } else {
            2
        };
        let near = suggest_correct_spelling(&lower, 100, distance, &self.dictionary);
        let near = near.into_iter().find(|found| {
            let metadata = self.dictionary.get_word_metadata(found);
            let is_rude = metadata.as_ref().is_some_and(|m| m.swear == Some(true));
            let text: String = found.iter().collect();
            if is_rude || NEVER_SUGGESTED.contains(&text.as_str()) {
                return false;
            }
            // A capital letter at the head of a sentence may be a name all the same.
            let is_everyday = metadata.is_some_and(|m| m.common);
            found.iter().all(|c| !c.is_uppercase() && *c != '\'')
                && (is_everyday || !(capitalised || lower.len() <= 4))
                // Of three letters, two that changed places are a slip; a word like
                // "por" is another language.
                && (lower.len() > 3 || same_letters(found, &lower))
        })?;
        let mut better: String = near.iter().collect();
        if capitalised {
            let mut rest = better.chars();
            better = rest
                .next()
                .map(|first| first.to_uppercase().chain(rest).collect())?;
        }
        Some(better)
    }
}

/// Returns the words of names, folded.
fn name_words(names: &[&str]) -> HashSet<String> {
    names
        .iter()
        .flat_map(|name| name.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’')))
        .map(|word| folded(without_possessive(&word.chars().collect::<Vec<_>>())))
        .collect()
}

fn folded(word: &[char]) -> String {
    word.iter()
        .filter(|c| c.is_alphanumeric())
        .flat_map(|c| c.to_lowercase())
        .collect()
}

fn same_letters(one: &[char], other: &[char]) -> bool {
    let sorted = |word: &[char]| {
        let mut letters = word.to_vec();
        letters.sort_unstable();
        letters
    };
    sorted(one) == sorted(other)
}

fn is_capitalised(word: &[char]) -> bool {
    word.first().is_some_and(|c| c.is_uppercase())
}

fn without_possessive(word: &[char]) -> &[char] {
    match word {
        [word @ .., '\'' | '’', 's'] | [word @ .., '\'' | '’'] => word,
        _ => word,
    }
}

/// Returns whether a word is one that a dictionary can judge: letters of the
/// English alphabet, and no abbreviation.
fn could_be_misspelt(word: &[char]) -> bool {
    let n_capitals = word.iter().filter(|c| c.is_uppercase()).count();
    let capitals_inside = n_capitals > usize::from(is_capitalised(word));
    word.len() >= 3
        && !capitals_inside
        && word
            .iter()
            .all(|c| c.is_ascii_alphabetic() || matches!(c, '\'' | '’'))
}
