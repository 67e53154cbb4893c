//! What is told and asked at the hospital where the student rotates.
//!
//! The words lie in `data/here.toml`; whatever is ticked is stored elsewhere,
//! under the word of the line.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::load::LoadError;

/// A service of a hospital, and how to ask whether it is there.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceQuestion {
    /// Its word: "radiology" or "ir".
    pub word: String,
    /// What a page calls it.
    pub label: String,
    /// A sentence to ask with.
    pub ask: String,
}

/// A sentence of advice, with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// The sentence.
    pub text: String,
    /// Requirements of the article, such as `S-156`.
    #[serde(default)]
    pub trace: Vec<String>,
    /// Ids of evidence, such as `E-012`.
    #[serde(default)]
    pub evidence: Vec<String>,
    /// The message or spoken card to begin from, if there is one.
    #[serde(default)]
    pub template: Option<String>,
    /// S is the article, X a choice of ours.
    pub grade: String,
}

/// What in the log shows that a line of a checklist is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sign {
    /// The student met an attending and a resident of radiology there.
    AttendingAndResident,
    /// The student did something for somebody of radiology there.
    Gave,
    /// The student wrote to somebody of radiology there within five days of a
    /// day with them.
    Thanked,
}

/// A line of a checklist.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChecklistItem {
    /// The word under which it is ticked; each line has its own.
    pub word: String,
    /// What to do.
    pub text: String,
    /// Why.
    pub why: String,
    /// Requirements of the article, such as `S-053`.
    #[serde(default)]
    pub trace: Vec<String>,
    /// Ids of evidence, such as `E-014`.
    #[serde(default)]
    pub evidence: Vec<String>,
    /// The message or spoken card to begin from, if there is one.
    #[serde(default)]
    pub template: Option<String>,
    /// What in the log shows that it is done, where anything does.
    #[serde(default)]
    pub seen: Option<Sign>,
    /// S is the article, X a choice of ours.
    pub grade: String,
}

/// A checklist.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    /// Its word: "opening", "shadowing" or "closing".
    pub word: String,
    /// Its heading.
    pub title: String,
    /// Its lines, in order.
    #[serde(rename = "item")]
    pub items: Vec<ChecklistItem>,
}

/// Everything that is told and asked there.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Here {
    /// Services to know of.
    #[serde(rename = "service")]
    pub services: Vec<ServiceQuestion>,
    /// How to introduce oneself.
    pub introduce: Vec<Told>,
    /// The checklists, in order.
    #[serde(rename = "list")]
    pub lists: Vec<Checklist>,
}

impl Here {
    /// Returns the line with this word.
    pub fn item(&self, word: &str) -> Option<&ChecklistItem> {
        let mut items = self.lists.iter().flat_map(|list| &list.items);
        items.find(|item| item.word == word)
    }

    /// Returns the service with this word.
    pub fn service(&self, word: &str) -> Option<&ServiceQuestion> {
        self.services.iter().find(|service| service.word == word)
    }
}

static SHIPPED: OnceLock<Here> = OnceLock::new();

/// Returns what is shipped, parsed on the first call.
///
/// # Panics
/// When the compiled-in data are damaged, which this crate's tests exclude.
pub fn here() -> &'static Here {
    SHIPPED.get_or_init(|| {
        load(include_str!("../data/here.toml")).expect("the compiled-in data pass their own checks")
    })
}

fn load(text: &str) -> Result<Here, LoadError> {
    toml::from_str(text).map_err(|source| LoadError::Document {
        document: "here",
        source,
    })
}
