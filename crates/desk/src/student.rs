//! Who the student is, as far as advice and messages need it.

use std::collections::BTreeMap;

use serde::Serialize;

/// The setting that names the student's zone.
pub(crate) const ZONE: &str = "student.zone";

/// How far the student has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Stage {
    /// First year.
    MS1,
    /// Second year.
    MS2,
    /// Third year.
    MS3,
    /// Fourth year.
    MS4,
    /// Graduated.
    #[serde(rename = "graduate")]
    Graduate,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 5] = [Self::MS1, Self::MS2, Self::MS3, Self::MS4, Self::Graduate];

    /// Returns the word that stands in pages, messages and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::MS1 => "MS1",
            Self::MS2 => "MS2",
            Self::MS3 => "MS3",
            Self::MS4 => "MS4",
            Self::Graduate => "graduate",
        }
    }

    /// Returns the stage for a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|stage| stage.word().eq_ignore_ascii_case(word.trim()))
    }
}

/// Who the student is. Every field may be empty: nothing here is required.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Student {
    /// The name, as it stands under messages.
    pub name: String,
    /// The stage ("MS3"), or empty.
    pub stage: String,
    /// The school's full name, or what the student typed.
    pub school: String,
    /// The student's e-mail address, for the sender line of `.eml` files.
    pub email: String,
    /// The zone ("America/Barbados"), or empty for the machine's.
    pub zone: String,
}

/// A setting, and the field that it holds.
type StoredField = (&'static str, fn(&mut Student) -> &mut String);

const FIELDS: [StoredField; 5] = [
    ("student.name", |s| &mut s.name),
    ("student.stage", |s| &mut s.stage),
    ("student.school", |s| &mut s.school),
    ("student.email", |s| &mut s.email),
    (ZONE, |s| &mut s.zone),
];

impl Student {
    /// Returns the student as the settings describe them.
    pub(crate) fn from_settings(settings: &BTreeMap<String, String>) -> Self {
        let mut student = Self::default();
        for (key, field) in FIELDS {
            if let Some(value) = settings.get(key) {
                field(&mut student).clone_from(value);
            }
        }
        student
    }

    /// Returns the settings that describe the student.
    pub(crate) fn settings(&self) -> Vec<(&'static str, String)> {
        let mut copy = self.clone();
        FIELDS
            .iter()
            .map(|(key, field)| (*key, std::mem::take(field(&mut copy))))
            .collect()
    }

    /// Returns whether enough is known to write a first message: name, stage and school.
    pub fn can_introduce_themselves(&self) -> bool {
        ![&self.name, &self.stage, &self.school]
            .into_iter()
            .any(|field| field.trim().is_empty())
    }
}
