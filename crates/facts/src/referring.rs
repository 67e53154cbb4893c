//! Who refers patients to interventional radiology.
//!
//! The specialties lie in `data/referring.toml`; a position is read by the
//! words in it, so a person may be of two.

use std::sync::OnceLock;

use domain::fold_key;
use serde::Deserialize;

use crate::load::LoadError;

/// A specialty whose doctors refer patients.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferringSpecialty {
    /// Its word: "surgery".
    pub word: String,
    /// What a page calls its doctors: "Surgeons".
    pub label: String,
    /// Beginnings of words by which a position shows it.
    pub words: Vec<String>,
    /// Where the words come from, where they are more than its own name.
    #[serde(default)]
    pub source: String,
}

/// Who refers patients, and where that is said.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Referring {
    /// Why they matter, in a sentence.
    pub text: String,
    /// Requirements of the article, such as `S-014`.
    pub trace: Vec<String>,
    /// S is the article.
    pub grade: String,
    /// Beginnings of words of positions that refer nobody.
    pub except: Vec<String>,
    /// The specialties.
    #[serde(rename = "specialty")]
    pub specialties: Vec<ReferringSpecialty>,
}

impl Referring {
    /// Returns the specialties that a position shows, in the order of the list;
    /// none for radiology itself, and for posts that refer nobody.
    pub fn of_position(&self, position: &str) -> Vec<&ReferringSpecialty> {
        let position = format!(" {}", fold_key(position));
        let has = |word: &String| position.contains(&format!(" {word}"));
        if self.except.iter().any(has) {
            return Vec::new();
        }
        let specialties = self.specialties.iter();
        specialties.filter(|it| it.words.iter().any(has)).collect()
    }
}

static SHIPPED: OnceLock<Referring> = OnceLock::new();

/// Returns what is shipped, parsed on the first call.
///
/// # Panics
/// When the compiled-in data are damaged, which this crate's tests exclude.
pub fn referring() -> &'static Referring {
    SHIPPED.get_or_init(|| {
        load(include_str!("../data/referring.toml"))
            .expect("the compiled-in data pass their own checks")
    })
}

fn load(text: &str) -> Result<Referring, LoadError> {
    toml::from_str(text).map_err(|source| LoadError::Document {
        document: "referring",
        source,
    })
}
