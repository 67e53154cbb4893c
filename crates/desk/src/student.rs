//! Who the student is, as far as advice and messages need it.

use std::collections::BTreeMap;

use domain::{Pathway, Rotation, Situation, VisaNeed, WEEKDAYS, weekday_name};
use jiff::civil::{Date, Weekday};
use serde::Serialize;

use crate::season::applications_open;

/// The setting that names the student's school.
pub(crate) const SCHOOL: &str = "student.school";

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
///
/// All answers are kept as words, so that a form that is refused shows them
/// as they were typed; `situation` tells what they mean.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Student {
    /// The name, as it stands under messages.
    pub name: String,
    /// The stage ("MS3"), or empty.
    pub stage: String,
    /// The year of graduation of somebody who has graduated, or empty.
    pub graduated: String,
    /// The school's full name, or what the student typed.
    pub school: String,
    /// The student's e-mail address, for the sender line of `.eml` files.
    pub email: String,
    /// The zone ("America/Barbados"), or empty for the machine's.
    pub zone: String,
    /// The year of the Match that the student aims at, or empty.
    pub season: String,
    /// "yes" or "no": whether the school's own hospital has an IR program.
    pub home_ir: String,
    /// The word of a [`VisaNeed`], or empty.
    pub visa: String,
    /// The word of a [`Pathway`], or empty.
    pub pathway: String,
    /// Money for travel in a year, in US dollars, or empty.
    pub travel_usd: String,
    /// Minutes a week for this work, or empty.
    pub minutes_week: String,
    /// The usual day for it ("Saturday"), or empty.
    pub usual_day: String,
}

/// A setting, and the field that it holds.
type StoredField = (&'static str, fn(&mut Student) -> &mut String);

const FIELDS: [StoredField; 13] = [
    ("student.name", |s| &mut s.name),
    ("student.stage", |s| &mut s.stage),
    ("student.graduated", |s| &mut s.graduated),
    (SCHOOL, |s| &mut s.school),
    ("student.email", |s| &mut s.email),
    (ZONE, |s| &mut s.zone),
    ("student.season", |s| &mut s.season),
    ("student.home-ir", |s| &mut s.home_ir),
    ("student.visa", |s| &mut s.visa),
    ("student.pathway", |s| &mut s.pathway),
    ("student.travel-usd", |s| &mut s.travel_usd),
    ("student.minutes-week", |s| &mut s.minutes_week),
    ("student.usual-day", |s| &mut s.usual_day),
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

    /// Returns the stage as a message says it: "MS3", "2024 graduate".
    pub fn stage_in_words(&self) -> String {
        if self.stage == Stage::Graduate.word() && !self.graduated.is_empty() {
            return format!("{} {}", self.graduated, self.stage);
        }
        self.stage.clone()
    }

    /// Returns what of this changes suggestions, with the rotations.
    pub(crate) fn situation(&self, rotations: Vec<Rotation>) -> Situation {
        let season: Option<i16> = self.season.parse().ok();
        Situation {
            applications_open: season.and_then(applications_open),
            home_ir: yes_or_no(&self.home_ir),
            visa: VisaNeed::from_word(&self.visa),
            pathway: Pathway::from_word(&self.pathway),
            travel_usd: self.travel_usd.parse().ok(),
            minutes_week: self.minutes_week.parse().ok(),
            usual_day: weekday(&self.usual_day),
            rotations,
        }
    }

    /// Returns the first usual day after a day, where one is set.
    pub fn usual_day_after(&self, day: Date) -> Option<Date> {
        self.situation(Vec::new()).next_usual_day(day)
    }

    /// Returns the same without blanks around the answers.
    pub(crate) fn trimmed(&self) -> Self {
        let mut student = self.clone();
        for (_, field) in FIELDS {
            let trimmed = field(&mut student).trim().to_owned();
            *field(&mut student) = trimmed;
        }
        student
    }

    /// Returns whether enough is known to write a first message: name, stage and school.
    pub fn can_introduce_themselves(&self) -> bool {
        ![&self.name, &self.stage, &self.school]
            .into_iter()
            .any(|field| field.trim().is_empty())
    }
}

/// Returns the weekday that a word or its first three letters name.
pub(crate) fn weekday(word: &str) -> Option<Weekday> {
    let word = word.trim().to_lowercase();
    WEEKDAYS.into_iter().find(|day| {
        let name = weekday_name(*day).to_lowercase();
        word == name || word.len() >= 3 && name.starts_with(&word)
    })
}

/// Returns what "yes" or "no" means.
pub(crate) fn yes_or_no(word: &str) -> Option<bool> {
    match word.trim().to_lowercase().as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}
