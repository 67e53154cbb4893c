//! Values about the world, each with where it comes from, and how a student's
//! correction stands beside what was shipped.

use jiff::civil::Date;

/// How far a source can be relied on.
///
/// The letters are those of the reference data: A is the publisher's own page,
/// B a transcription that agrees with another source, C a single second-hand
/// source, D a reading of ours or somebody's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reliability {
    /// The publisher's own page or register.
    Official,
    /// A transcription of an official table.
    Transcribed,
    /// One second-hand source, not cross-checked.
    SecondHand,
    /// What the student was told or saw.
    OwnWord,
    /// Worked out from other facts, not stated anywhere.
    Inferred,
}

impl Reliability {
    /// Every value, from the most to the least reliable.
    pub const ALL: [Self; 5] = [
        Self::Official,
        Self::Transcribed,
        Self::SecondHand,
        Self::OwnWord,
        Self::Inferred,
    ];

    /// Returns the word that stands in pages and exports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Transcribed => "transcribed",
            Self::SecondHand => "second-hand",
            Self::OwnWord => "own word",
            Self::Inferred => "inferred",
        }
    }

    /// Returns the value for a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.word() == word)
    }
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Provenance {
    /// What was read, in words that let somebody find it again.
    pub source: String,
    /// When it was true or read; `None` when the source gives no date.
    pub as_of: Option<Date>,
    /// How far it can be relied on.
    pub reliability: Reliability,
    /// Told in confidence: absent from every print and share.
    pub private: bool,
}

/// A value about the world, or the knowledge that none was found.
///
/// A blank is "not found", never "no" and never zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact<T> {
    /// Nobody found it.
    NotFound,
    /// A value with its source.
    Found(T, Provenance),
}

impl<T> Fact<T> {
    /// Returns the value, if one was found.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::NotFound => None,
            Self::Found(value, _) => Some(value),
        }
    }

    /// Returns where the value comes from, if one was found.
    pub fn provenance(&self) -> Option<&Provenance> {
        match self {
            Self::NotFound => None,
            Self::Found(_, provenance) => Some(provenance),
        }
    }

    /// Returns the fact with its value changed by `f`.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Fact<U> {
        match self {
            Self::NotFound => Fact::NotFound,
            Self::Found(value, provenance) => Fact::Found(f(value), provenance),
        }
    }
}

/// A shipped fact with the student's correction beside it.
///
/// Neither replaces the other: a page shows both, and says when they differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing<T> {
    /// What was shipped.
    pub shipped: Fact<T>,
    /// What the student entered, with source and date.
    pub correction: Fact<T>,
}

impl<T: PartialEq> Standing<T> {
    /// Returns the value to work with: the correction where there is one.
    pub fn current(&self) -> Option<&T> {
        self.correction.value().or(self.shipped.value())
    }

    /// Returns whether both are known and differ.
    pub fn conflicts(&self) -> bool {
        match (self.shipped.value(), self.correction.value()) {
            (Some(shipped), Some(correction)) => shipped != correction,
            _ => false,
        }
    }
}
