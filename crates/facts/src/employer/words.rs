//! Words of employer names: how they are spelled, and how much they tell.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::fold_key;
use serde::Deserialize;

use crate::load::LoadError;

/// The word lists of `data/employer-words.toml`.
#[derive(Deserialize)]
struct Document {
    generic: HashSet<String>,
    shared: HashSet<String>,
    department: HashSet<String>,
    medical_position: HashSet<String>,
    changing: Vec<String>,
    heads: Vec<String>,
    companies: Vec<String>,
    borne_elsewhere: Vec<String>,
    spellings: HashMap<String, String>,
    states: BTreeMap<String, String>,
}

/// How much a word tells about which institution is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Nothing: "hospital".
    Generic,
    /// Where inside the institution: "radiology".
    Department,
    /// Little: "mercy", or the name of a city or state.
    Shared,
    /// Much: "maimonides".
    Distinctive,
    /// It stands in no name of the data.
    Unknown,
}

/// A number for a word; words outside the data have [`UNKNOWN`].
pub(crate) type WordId = u32;

/// The number of every word that the data do not hold.
pub(crate) const UNKNOWN: WordId = WordId::MAX;

/// Words that join others and tell nothing.
const JOINING: [&str; 12] = [
    "of", "the", "and", "at", "for", "in", "a", "an", "inc", "llc", "with", "on",
];

/// One word of a text that is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// Its number.
    pub(crate) word: WordId,
    /// Which blank-separated piece of the text it stands in.
    pub(crate) piece: usize,
    /// The index of the state whose code it is, where it is written as one.
    pub(crate) state_code: Option<u8>,
}

/// The vocabulary: spelling, numbers and classes.
#[derive(Debug)]
pub(crate) struct Words {
    ids: HashMap<String, WordId>,
    classes: Vec<Class>,
    generic: HashSet<String>,
    shared: HashSet<String>,
    department: HashSet<String>,
    medical_position: HashSet<String>,
    changing: HashSet<WordId>,
    heads: HashSet<WordId>,
    companies: Vec<String>,
    borne_elsewhere: HashSet<Vec<WordId>>,
    spellings: HashMap<String, String>,
    /// Code and words of each state, in the order of the codes.
    states: Vec<(String, String)>,
}

impl Words {
    pub(crate) fn load(text: &str) -> Result<Self, LoadError> {
        let document: Document = toml::from_str(text).map_err(|source| LoadError::Document {
            document: "employer-words.toml",
            source,
        })?;
        let mut words = Self {
            ids: HashMap::new(),
            classes: Vec::new(),
            generic: document.generic,
            shared: document.shared,
            department: document.department,
            medical_position: document.medical_position,
            changing: HashSet::new(),
            heads: HashSet::new(),
            companies: document
                .companies
                .iter()
                .map(|name| fold_key(name))
                .collect(),
            borne_elsewhere: HashSet::new(),
            spellings: document.spellings,
            states: document.states.into_iter().collect(),
        };
        // Generic and department words must be known even where no name holds them.
        let mut known: Vec<String> = words
            .generic
            .iter()
            .chain(&words.department)
            .chain(&words.shared)
            .cloned()
            .collect();
        known.sort();
        for word in known {
            words.intern(&word);
        }
        words.changing = document
            .changing
            .iter()
            .map(|word| words.intern(word))
            .collect();
        words.heads = document
            .heads
            .iter()
            .map(|word| words.intern(word))
            .collect();
        words.borne_elsewhere = document
            .borne_elsewhere
            .iter()
            .map(|name| words.intern_name(name))
            .collect();
        Ok(words)
    }

    /// Returns the states: code and words.
    pub(crate) fn states(&self) -> &[(String, String)] {
        &self.states
    }

    /// Returns the number of a word, giving it one if need be.
    fn intern(&mut self, word: &str) -> WordId {
        if let Some(&id) = self.ids.get(word) {
            return id;
        }
        let id = self.classes.len() as WordId;
        let class = if self.department.contains(word) {
            Class::Department
        } else if self.generic.contains(word) {
            Class::Generic
        } else if self.shared.contains(word) {
            Class::Shared
        } else {
            Class::Distinctive
        };
        self.ids.insert(word.to_owned(), id);
        self.classes.push(class);
        id
    }

    /// Returns the numbers of a name's words, giving new ones.
    pub(crate) fn intern_name(&mut self, name: &str) -> Vec<WordId> {
        let mut plain = Vec::new();
        for piece in name.split_whitespace() {
            spell(&self.spellings, piece, |word| plain.push(word.to_owned()));
        }
        plain.iter().map(|word| self.intern(word)).collect()
    }

    /// Returns the number of one word as it stands, if the data hold it.
    pub(crate) fn id(&self, word: &str) -> WordId {
        self.ids.get(word).copied().unwrap_or(UNKNOWN)
    }

    /// Returns how much a word tells.
    pub(crate) fn class(&self, word: WordId) -> Class {
        self.classes
            .get(word as usize)
            .copied()
            .unwrap_or(Class::Unknown)
    }

    /// Makes a distinctive word a shared one: a place, or in too many names.
    pub(crate) fn weaken(&mut self, word: WordId) {
        if let Some(class) = self.classes.get_mut(word as usize)
            && *class == Class::Distinctive
        {
            *class = Class::Shared;
        }
    }

    /// Returns the words of a text in order.
    pub(crate) fn tokens(&self, text: &str) -> Vec<Token> {
        let mut tokens = Vec::with_capacity(8);
        for (piece_idx, piece) in text.split_whitespace().enumerate() {
            let state_code = (piece_idx > 0).then(|| self.state_code(piece)).flatten();
            if let Some(state) = state_code {
                tokens.push(Token {
                    word: UNKNOWN,
                    piece: piece_idx,
                    state_code: Some(state),
                });
                continue;
            }
            spell(&self.spellings, piece, |word| {
                tokens.push(Token {
                    word: self.id(word),
                    piece: piece_idx,
                    state_code: None,
                });
            });
        }
        // "United Hospital" is a name, "United States" beside one tells nothing.
        let country = [self.id("united"), self.id("states")];
        if let Some(at) = tokens
            .windows(2)
            .position(|pair| [pair[0].word, pair[1].word] == country)
        {
            tokens.drain(at..at + 2);
        }
        tokens
    }

    /// "OR" and "IN" are words as well, so a code is one in capitals only, and
    /// not as the first word of the text ("VA Palo Alto").
    fn state_code(&self, piece: &str) -> Option<u8> {
        let bare = piece.trim_matches(|c: char| !c.is_alphanumeric());
        if bare.len() != 2 || !bare.bytes().all(|b| b.is_ascii_uppercase()) {
            return None;
        }
        let position = self
            .states
            .binary_search_by(|(code, _)| code.as_str().cmp(bare));
        position.ok().map(|position| position as u8)
    }

    /// Returns whether a word beside a name makes it another name: "UPMC East".
    pub(crate) fn is_changing(&self, word: WordId) -> bool {
        self.changing.contains(&word)
    }

    /// Returns whether a word right behind a name carries it on: "Health Center".
    pub(crate) fn is_head(&self, word: WordId) -> bool {
        self.heads.contains(&word)
    }

    /// Returns whether hospitals elsewhere bear a name too.
    pub(crate) fn is_borne_elsewhere(&self, name: &[WordId]) -> bool {
        self.borne_elsewhere.contains(name)
    }

    /// Returns whether a text names a company whose name holds words of ours.
    pub(crate) fn is_company(&self, text: &str) -> bool {
        let folded = fold_key(text);
        self.companies.iter().any(|company| {
            folded
                .strip_prefix(company.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
    }

    /// Returns whether a position speaks of medicine.
    pub(crate) fn is_medical(&self, position: &str) -> bool {
        fold_key(position)
            .split(' ')
            .any(|word| self.medical_position.contains(word))
    }
}

/// Gives the words of a piece of text, folded and in one spelling, without
/// those that only join.
fn spell(spellings: &HashMap<String, String>, piece: &str, mut give: impl FnMut(&str)) {
    for word in fold_key(piece).split(' ') {
        if word.is_empty() || JOINING.contains(&word) {
            continue;
        }
        match spellings.get(word) {
            Some(several) => several.split(' ').for_each(&mut give),
            None => give(word),
        }
    }
}
