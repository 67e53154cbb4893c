//! The names of the data, ready to be found inside a text.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::SiteId;

use super::words::{WordId, Words};

/// The longest name of a city or state, in words.
pub(crate) const PLACE_MAX_WORDS: usize = 4;

/// What a name is a name of, from the strongest to the weakest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// The full name of a hospital.
    Site,
    /// The full name of an institution.
    Institution,
    /// An abbreviation that the data spell out.
    Abbreviation,
    /// A full name without the addition in brackets.
    Base,
    /// A full name without "School of Medicine" and the like.
    Short,
    /// One of several partners of an institution: a school, a system.
    Partner,
    /// A short name from general knowledge.
    Alias,
}

/// What a name stands for.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    /// The institution.
    pub(crate) key: usize,
    /// The hospital, for the names of one.
    pub(crate) site: Option<SiteId>,
    /// How strongly it stands for it.
    pub(crate) level: Level,
}

/// A run of words, with everything that it names.
#[derive(Debug)]
pub(crate) struct Name {
    /// The words.
    pub(crate) words: Vec<WordId>,
    /// What it names.
    pub(crate) targets: Vec<Target>,
}

/// One institution: the programs of one sponsor at one place.
#[derive(Debug)]
pub(crate) struct Institution {
    /// Its key.
    pub(crate) key: String,
    /// Its name, as the first of its rows has it.
    pub(crate) label: String,
    /// Every word of its names, for what a text says beside a name.
    pub(crate) words: HashSet<WordId>,
    /// Its cities and states, as indices of places.
    pub(crate) places: BTreeSet<usize>,
}

/// What a run of words means as a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlaceSort {
    /// A city of the data.
    City,
    /// A state, with its index among the states.
    State,
}

/// Names, institutions and places.
#[derive(Debug)]
pub(crate) struct Index {
    pub(crate) words: Words,
    pub(crate) names: Vec<Name>,
    /// Names by their rarest word, with that word's position in the name.
    pub(crate) by_anchor: HashMap<WordId, Vec<(usize, usize)>>,
    pub(crate) institutions: Vec<Institution>,
    pub(crate) keys_by_word: HashMap<WordId, Vec<usize>>,
    /// Places by their words; states come first, in the order of their codes.
    pub(crate) places: HashMap<Vec<WordId>, Vec<usize>>,
    pub(crate) place_sorts: Vec<PlaceSort>,
}

impl Index {
    /// Calls `give` with every name that stands in the words: its number and
    /// the position of its first word.
    pub(crate) fn names_in(&self, words: &[WordId], mut give: impl FnMut(usize, usize)) {
        for (position, word) in words.iter().enumerate() {
            for &(name, offset) in self.by_anchor.get(word).into_iter().flatten() {
                let Some(start) = position.checked_sub(offset) else {
                    continue;
                };
                let wanted = &self.names[name].words;
                if words.get(start..start + wanted.len()) == Some(wanted) {
                    give(name, start);
                }
            }
        }
    }

    /// Returns the places in the words: start, length and what it can mean.
    pub(crate) fn places_in(&self, words: &[WordId]) -> Vec<(usize, usize, &[usize])> {
        let mut found = Vec::new();
        let mut start = 0;
        while start < words.len() {
            let longest = PLACE_MAX_WORDS.min(words.len() - start);
            let hit = (1..=longest)
                .rev()
                .find_map(|len| Some((len, self.places.get(&words[start..start + len])?)));
            match hit {
                Some((len, places)) => {
                    found.push((start, len, places.as_slice()));
                    start += len;
                }
                None => start += 1,
            }
        }
        found
    }
}
