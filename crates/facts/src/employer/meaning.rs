//! What a name found in a text could mean, and what the rest of the text says
//! for it and against it.

use std::collections::HashSet;

use domain::SiteId;

use super::index::{Index, Level, PlaceSort};
use super::words::{Class, Token, WordId};
use crate::Facts;

/// From this strength on, a name can mean one institution alone: one
/// distinctive word, or a shared one with the city.
pub(crate) const CLEAR_STRENGTH: f32 = 1.0;
/// What a shared word or a place's name adds.
pub(crate) const SHARED_STRENGTH: f32 = 0.35;
/// What the right city adds, inside the name or beside it.
const CITY_STRENGTH: f32 = 0.7;
/// What the right state adds.
const STATE_STRENGTH: f32 = 0.3;
/// What a university's hospital adds: "Temple University Hospital" is one,
/// whatever else is called Temple.
const UNIVERSITY_HOSPITAL_STRENGTH: f32 = 0.7;
/// An employer's name is never longer, in words; what follows is not read, so
/// that a hostile file costs no more than an honest one.
const WORDS_MAX: usize = 40;

/// What one name in the text could mean, and what the rest of the text says.
#[derive(Clone, Debug)]
pub(crate) struct Meaning {
    pub(crate) key: usize,
    pub(crate) site: Option<SiteId>,
    pub(crate) level: Level,
    /// Where the name stands in the text: position and length in words.
    pub(crate) start: usize,
    pub(crate) len: usize,
    pub(crate) strength: f32,
    /// A word beside the name that nothing explains.
    pub(crate) unexplained: bool,
    /// A place beside the name that is not this institution's.
    pub(crate) elsewhere: bool,
    /// Its own place stands beside the name.
    pub(crate) here: bool,
}

/// What the places in a text say about one institution.
#[derive(Debug, Default)]
struct PlacesSaid {
    /// Its city stands in the text.
    city: bool,
    /// Its state stands in the text.
    state: bool,
    /// Its state stands inside the name.
    state_in_name: bool,
    /// A place of its own stands beside the name.
    here: bool,
    /// A place of somebody else stands beside the name.
    elsewhere: bool,
    /// Positions of the words that are places.
    words: HashSet<usize>,
}

/// A text that is read, with its words and places.
pub(crate) struct Reader<'a> {
    pub(crate) facts: &'a Facts,
    pub(crate) index: &'a Index,
    pub(crate) text: &'a str,
    pub(crate) position: &'a str,
    pub(crate) tokens: Vec<Token>,
    pub(crate) words: Vec<WordId>,
    /// Start, length and meanings of every place in the text.
    places: Vec<(usize, usize, Vec<usize>)>,
    medical: bool,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(
        facts: &'a Facts,
        index: &'a Index,
        text: &'a str,
        position: &'a str,
    ) -> Self {
        let mut tokens = index.words.tokens(text);
        tokens.truncate(WORDS_MAX);
        let words: Vec<WordId> = tokens.iter().map(|token| token.word).collect();
        let mut places: Vec<_> = index
            .places_in(&words)
            .into_iter()
            .map(|(start, len, meanings)| (start, len, meanings.to_vec()))
            .collect();
        for (at, token) in tokens.iter().enumerate() {
            if let Some(state) = token.state_code {
                places.push((at, 1, vec![usize::from(state)]));
            }
        }
        let medical_words = words
            .iter()
            .any(|&word| index.words.class(word) == Class::Department)
            || ["medical", "medicine", "hospital", "health", "clinic"]
                .iter()
                .any(|word| words.contains(&index.words.id(word)));
        Self {
            facts,
            index,
            text,
            position,
            words,
            places,
            medical: medical_words || index.words.is_medical(position),
            tokens,
        }
    }

    /// Returns everything that the names in the text could mean.
    pub(crate) fn meanings(&self) -> Vec<Meaning> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        self.index
            .names_in(&self.words, |name, start| found.push((name, start)));
        let spans: Vec<_> = found
            .iter()
            .map(|&(name, start)| (start, start + self.index.names[name].words.len()))
            .collect();
        let mut meanings = Vec::new();
        for (&(name, start), &(_, end)) in found.iter().zip(&spans) {
            // A name inside a longer one is a part of it and means nothing itself.
            let inside = spans
                .iter()
                .any(|&(s, e)| s <= start && end <= e && e - s > end - start);
            if inside {
                continue;
            }
            for target in &self.index.names[name].targets {
                meanings.push(self.meaning(
                    target.key,
                    target.site.clone(),
                    target.level,
                    (start, end - start),
                ));
            }
        }
        meanings.retain(|meaning| meaning.strength > 0.0);
        meanings
    }

    /// Returns the institutions that a distinctive word alone points to.
    pub(crate) fn meanings_of_single_words(&self) -> Vec<Meaning> {
        let mut meanings = Vec::new();
        for (at, &word) in self.words.iter().enumerate() {
            if self.index.words.class(word) != Class::Distinctive {
                continue;
            }
            for &key in self.index.keys_by_word.get(&word).into_iter().flatten() {
                let meaning = self.meaning(key, None, Level::Alias, (at, 1));
                if !meaning.unexplained && !meaning.elsewhere {
                    meanings.push(meaning);
                }
            }
        }
        meanings
    }

    /// Returns the meaning of a name for one institution.
    pub(crate) fn meaning(
        &self,
        key: usize,
        site: Option<SiteId>,
        level: Level,
        (start, len): (usize, usize),
    ) -> Meaning {
        let beside = self.places_for(key, start, len);
        let mut meaning = Meaning {
            key,
            site,
            level,
            start,
            len,
            strength: 0.0,
            unexplained: false,
            elsewhere: beside.elsewhere,
            here: beside.here,
        };
        meaning.strength = self.strength(&meaning, &beside);
        meaning.unexplained = self.says_more(&meaning, &beside);
        meaning
    }

    /// Returns what the places in the text say about an institution whose name
    /// stands at `start`.
    fn places_for(&self, key: usize, start: usize, len: usize) -> PlacesSaid {
        let institution = &self.index.institutions[key];
        let mut said = PlacesSaid::default();
        for (at, n_words, meanings) in &self.places {
            let inside = start <= *at && at + n_words <= start + len;
            let mine = |sort: PlaceSort| {
                meanings.iter().any(|place| {
                    institution.places.contains(place) && self.index.place_sorts[*place] == sort
                })
            };
            let (city, state) = (mine(PlaceSort::City), mine(PlaceSort::State));
            said.city |= city;
            said.state |= state;
            if inside {
                said.state_in_name |= state;
                continue;
            }
            let a_word_of_it = self.words[*at..at + n_words]
                .iter()
                .all(|word| institution.words.contains(word));
            said.here |= city || state;
            said.elsewhere |= !(city || state || a_word_of_it);
            said.words.extend(*at..at + n_words);
        }
        said
    }

    /// Returns how strongly the words of a name and the places point to the
    /// institution; from [`CLEAR_STRENGTH`] on they can settle it.
    fn strength(&self, meaning: &Meaning, said: &PlacesSaid) -> f32 {
        let name = self.name_of(meaning);
        let mut strength = 0.0;
        for &word in name {
            strength += match self.index.words.class(word) {
                Class::Distinctive => 1.0,
                Class::Shared => SHARED_STRENGTH,
                Class::Generic | Class::Department | Class::Unknown => 0.0,
            };
        }
        if said.city {
            strength += CITY_STRENGTH;
        }
        if said.state {
            strength += STATE_STRENGTH;
        }
        // "Maine Medical Center": a hospital that is named after its own state.
        if said.state_in_name && meaning.level == Level::Site {
            strength += CITY_STRENGTH;
        }
        strength += self.bonus(meaning, said.state);
        if !said.here && self.index.words.is_borne_elsewhere(name) {
            strength = strength.min(CLEAR_STRENGTH / 2.0);
        }
        strength
    }

    /// Returns whether a word beside the name makes it another's name, or is
    /// not explained by the institution's words and places.
    fn says_more(&self, meaning: &Meaning, said: &PlacesSaid) -> bool {
        let institution = &self.index.institutions[meaning.key];
        let (start, end) = (meaning.start, meaning.start + meaning.len);
        let beside = self.words.iter().enumerate().any(|(at, &word)| {
            if start <= at && at < end || said.words.contains(&at) {
                return false;
            }
            let usual = matches!(
                self.index.words.class(word),
                Class::Generic | Class::Department
            );
            self.index.words.is_changing(word) || !(usual || institution.words.contains(&word))
        });
        // "Parkland Health Center" is not Parkland Health; a university has many centers.
        let full = meaning.level <= Level::Base;
        let university = self
            .name_of(meaning)
            .contains(&self.index.words.id("university"));
        beside || full && !university && self.carries_on(end)
    }

    /// Returns whether the word at a position carries on the name before it,
    /// with nothing but a blank between.
    fn carries_on(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else {
            return false;
        };
        let before = self.tokens[at - 1].piece;
        let joined = token.piece == before
            || self
                .text
                .split_whitespace()
                .nth(before)
                .is_some_and(|piece| piece.ends_with(char::is_alphanumeric));
        joined && token.piece <= before + 1 && self.index.words.is_head(token.word)
    }

    /// Returns what the form of a full name adds to the strength of its words.
    fn bonus(&self, meaning: &Meaning, state: bool) -> f32 {
        if meaning.level > Level::Base || meaning.level == Level::Abbreviation {
            return 0.0;
        }
        let name = &self.words[meaning.start..meaning.start + meaning.len];
        let has = |word: &str| name.contains(&self.index.words.id(word));
        let tells = name.iter().any(|word| {
            matches!(
                self.index.words.class(*word),
                Class::Shared | Class::Distinctive
            )
        });
        if !tells || !(has("university") || has("college")) {
            return 0.0;
        }
        let hospital = has("hospital") || has("medical");
        // "University of Maryland" is a hospital's name only in a medical setting.
        let public = state && self.medical;
        if hospital || public {
            UNIVERSITY_HOSPITAL_STRENGTH
        } else {
            0.0
        }
    }

    /// Returns whether a meaning alone would settle the text.
    pub(crate) fn settles(&self, meaning: &Meaning) -> bool {
        if meaning.unexplained || meaning.elsewhere {
            return false;
        }
        // A bare university has more people outside medicine than in it.
        let hospital = matches!(meaning.level, Level::Site | Level::Abbreviation);
        if !hospital && !self.medical {
            return false;
        }
        match meaning.level {
            Level::Abbreviation => true,
            Level::Site | Level::Institution | Level::Base => meaning.strength >= CLEAR_STRENGTH,
            // Without "University" or "Clinic" a shortened name is a mere word.
            Level::Short => {
                self.is_headed(meaning)
                    && (meaning.strength >= CLEAR_STRENGTH
                        && self.has_class(meaning, Class::Distinctive)
                        || meaning.strength >= SHARED_STRENGTH + CITY_STRENGTH)
            }
            Level::Partner | Level::Alias => false,
        }
    }

    pub(crate) fn name_of(&self, meaning: &Meaning) -> &[WordId] {
        &self.words[meaning.start..meaning.start + meaning.len]
    }

    pub(crate) fn is_headed(&self, meaning: &Meaning) -> bool {
        ["university", "clinic"]
            .iter()
            .any(|word| self.name_of(meaning).contains(&self.index.words.id(word)))
    }

    fn has_class(&self, meaning: &Meaning, class: Class) -> bool {
        self.name_of(meaning)
            .iter()
            .any(|word| self.index.words.class(*word) == class)
    }

    /// Returns the other institutions that have all telling words of the name.
    pub(crate) fn rivals(&self, best: &Meaning) -> impl Iterator<Item = usize> {
        let telling: Vec<WordId> = self
            .name_of(best)
            .iter()
            .copied()
            .filter(|word| {
                matches!(
                    self.index.words.class(*word),
                    Class::Shared | Class::Distinctive
                )
            })
            .collect();
        let own = best.key;
        let institutions = self.index.institutions.iter().enumerate();
        institutions
            .filter(move |(key, other)| {
                *key != own && telling.iter().all(|word| other.words.contains(word))
            })
            .map(|(key, _)| key)
    }
}
