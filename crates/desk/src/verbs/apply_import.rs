//! Takes the people and messages of a preview over, as one operation.

mod messages;
mod people;

use std::collections::{HashMap, HashSet};

use domain::{Field, Match, PersonId, Update};
use jiff::civil::Date;
use serde::Serialize;
use store::{EmployerAnswer, ReadingRow, Writing};

use crate::student::Student;
use crate::views::import::{Employer, Newcomer, Preview};
use crate::views::roster::school_name;
use crate::{Desk, DeskError, Done, Result};

pub(crate) use people::affiliation;

/// What the student decided about one row that may be somebody stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskChoice {
    /// It is somebody new.
    New,
    /// It is this person.
    Person(PersonId),
    /// Not now; the next import of the file asks again.
    LeaveOut,
}

/// What the student decided about an employer text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmployerChoice {
    /// The candidate at this position.
    Candidate(usize),
    /// None of the places that Vouch knows.
    Nothing,
}

/// What is kept of the messages of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Messages {
    /// That there were messages, on which day and who wrote. The other side
    /// wrote in confidence, so this is what an import does unless told otherwise.
    #[default]
    Facts,
    /// The texts too, but for those that may tell who a patient is.
    Texts,
    /// Nothing.
    LeaveOut,
}

impl Messages {
    /// Every choice, in the order of pages.
    pub const ALL: [Self; 3] = [Self::Facts, Self::Texts, Self::LeaveOut];

    /// Returns the word that stands in forms and options.
    pub fn word(self) -> &'static str {
        match self {
            Self::Facts => "facts",
            Self::Texts => "texts",
            Self::LeaveOut => "leave-out",
        }
    }

    /// Returns the choice for a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|messages| messages.word() == word)
    }
}

/// What the student decided about a preview. What is left open stays open.
#[derive(Clone, Debug, Default)]
pub struct ImportChoices {
    /// By row.
    pub asks: HashMap<usize, AskChoice>,
    /// Changes that are not applied although they were proposed, by row.
    pub declined: HashSet<(usize, Field)>,
    /// Changes that are applied although they were not proposed, by row.
    pub accepted: HashSet<(usize, Field)>,
    /// By the employer text's key.
    pub employers: HashMap<String, EmployerChoice>,
    /// What to note about everybody added: went to the student's school or not.
    pub same_school: Option<bool>,
    /// What is kept of messages.
    pub messages: Messages,
    /// Whether people who wrote and were never answered are added too.
    pub strangers: bool,
    /// The name that is put into the set-up, or empty.
    pub own_name: String,
    /// The school that is put into the set-up, or empty.
    pub own_school: String,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    /// People added.
    pub added: usize,
    /// People changed.
    pub updated: usize,
    /// People who are stored and did not change.
    pub same: usize,
    /// Rows left for later, because they were not decided.
    pub left_open: usize,
    /// Rows that stand twice in the file.
    pub repeated: usize,
    /// Problems of the file.
    pub problems: usize,
    /// Records that were empty on purpose.
    pub empty: usize,
    /// Messages taken over.
    pub messages: usize,
    /// Messages that were stored already.
    pub messages_same: usize,
    /// Messages left for later, because it is not clear with whom they are.
    pub messages_left: usize,
    /// Messages of which only the fact was kept, because the text may tell who
    /// a patient is.
    pub texts_withheld: usize,
    /// Whether the set-up was filled in.
    pub set_up: bool,
}

impl ImportReport {
    /// Returns whether the vault was changed.
    pub fn changed_anything(&self) -> bool {
        self.added + self.updated + self.messages > 0 || self.set_up
    }
}

impl Desk {
    /// Takes the people of a preview over, as one operation.
    ///
    /// `progress` is told how many rows are done and can stop the work by
    /// returning `false`, which leaves nothing behind.
    ///
    /// # Errors
    /// [`DeskError::PreviewMoved`] when something was changed after the preview
    /// was made, [`DeskError::Stopped`] when `progress` said so.
    pub fn apply_import(
        &self,
        preview: &Preview,
        choices: &ImportChoices,
        progress: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Result<Done<ImportReport>> {
        let reading = &preview.reading;
        let day = match &reading.origin {
            Some(origin) => origin.day,
            None => self.today()?,
        };
        let description = format!("Import {}", reading.source);
        self.write("import", &reading.source, &description, |writing| {
            // The latest operation is this one; the one before it is what counts.
            if writing
                .history(2, None)?
                .get(1)
                .map(|operation| operation.seq)
                != preview.seen
            {
                return Err(DeskError::PreviewMoved);
            }
            let mut import = Import {
                desk: self,
                preview,
                choices,
                day,
            };
            let report = import.apply(writing, progress)?;
            if report.changed_anything() {
                writing.add_reading(&ReadingRow {
                    at: self.now(),
                    format: reading.kind.clone(),
                    file: reading.source.clone(),
                    hash: String::new(),
                    n_records: count(reading.people.len()),
                    n_new: count(report.added),
                    n_updated: count(report.updated),
                    n_same: count(report.same),
                    n_left: count(report.left_open),
                    n_problems: count(report.problems),
                })?;
                let messages = match report.messages {
                    0 => String::new(),
                    1 => ", 1 message".to_owned(),
                    n => format!(", {n} messages"),
                };
                writing.describe(&format!(
                    "{description}: {} added, {} updated{messages}",
                    report.added, report.updated
                ));
            }
            Ok(report)
        })
    }
}

/// Returns a count as it is stored.
pub(super) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

struct Import<'a> {
    desk: &'a Desk,
    preview: &'a Preview,
    choices: &'a ImportChoices,
    /// The day on which things were as the reading says.
    day: Date,
}

/// Rows between two reports of progress.
const PROGRESS_EVERY: usize = 250;

impl Import<'_> {
    fn apply(
        &mut self,
        writing: &mut Writing<'_>,
        progress: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Result<ImportReport> {
        self.remember_employers(writing)?;
        let reading = &self.preview.reading;
        let n_own = reading.people.len();
        let mut report = ImportReport {
            problems: reading.n_problems,
            empty: reading.n_empty,
            ..ImportReport::default()
        };
        let drafts = self.preview.drafts();
        let total = drafts.len() + self.preview.correspondence.days.len();
        // Whom each row turned out to be, for the messages.
        let mut ids: Vec<Option<PersonId>> = Vec::with_capacity(drafts.len());
        for (row, (draft, found)) in drafts.iter().zip(&self.preview.matches).enumerate() {
            if row % PROGRESS_EVERY == 0 && !progress(row, total) {
                return Err(DeskError::Stopped);
            }
            let is_own = row < n_own;
            let id = match found {
                Match::New if !self.is_wanted(row) => None,
                Match::New => {
                    report.added += 1;
                    Some(self.add(writing, draft)?)
                }
                Match::Same { person, .. } => {
                    report.same += usize::from(is_own);
                    Some(*person)
                }
                Match::Repeat { first, .. } => {
                    report.repeated += usize::from(is_own);
                    ids.get(*first).copied().flatten()
                }
                Match::Update {
                    person, updates, ..
                } => {
                    let chosen = self.chosen(row, updates);
                    if chosen.is_empty() {
                        report.same += usize::from(is_own);
                    } else {
                        self.update(writing, *person, draft, &chosen)?;
                        report.updated += 1;
                    }
                    Some(*person)
                }
                Match::Ask { candidates } => {
                    let choice = self.choices.asks.get(&row).copied();
                    match choice.unwrap_or(AskChoice::LeaveOut) {
                        AskChoice::New => {
                            report.added += 1;
                            Some(self.add(writing, draft)?)
                        }
                        AskChoice::Person(id) if candidates.iter().any(|(c, _)| *c == id) => {
                            self.merge(writing, id, draft, &mut report)?;
                            Some(id)
                        }
                        _ => {
                            report.left_open += 1;
                            None
                        }
                    }
                }
            };
            ids.push(id);
        }
        self.add_messages(writing, &ids, &mut report, &mut |done| {
            progress(drafts.len() + done, total)
        })?;
        report.set_up = self.fill_in_set_up(writing)?;
        if !progress(total, total) {
            return Err(DeskError::Stopped);
        }
        Ok(report)
    }

    fn remember_employers(&self, writing: &mut Writing<'_>) -> Result<()> {
        for (key, choice) in &self.choices.employers {
            let Some((_, _, Employer::Open(candidates))) = self.preview.employers.get(key) else {
                continue;
            };
            let answer = match choice {
                EmployerChoice::Nothing => EmployerAnswer::Nothing,
                EmployerChoice::Candidate(i) => {
                    let Some(place) = candidates.get(*i) else {
                        continue;
                    };
                    EmployerAnswer::Place {
                        institution_key: place.institution_key.clone(),
                        program: place.program.clone(),
                        site: place.site.clone(),
                    }
                }
            };
            writing.set_employer_answer(key, &answer, "you said so")?;
        }
        Ok(())
    }

    /// Returns whether a row whom nobody stored is gets added.
    fn is_wanted(&self, row: usize) -> bool {
        match self.preview.newcomer(row) {
            Newcomer::Known => {
                row < self.preview.reading.people.len()
                    || self.choices.messages != Messages::LeaveOut
            }
            Newcomer::Stranger => self.choices.strangers,
            Newcomer::Unclear | Newcomer::Nameless => false,
        }
    }

    /// Puts name and school into the set-up, where the student chose so.
    fn fill_in_set_up(&self, writing: &mut Writing<'_>) -> Result<bool> {
        let before = Student::from_settings(&writing.settings()?);
        let mut student = before.clone();
        if !self.choices.own_name.is_empty() {
            student.name.clone_from(&self.choices.own_name);
        }
        if !self.choices.own_school.is_empty() {
            student.school = school_name(&self.choices.own_school);
        }
        if student == before {
            return Ok(false);
        }
        for (key, value) in student.settings() {
            writing.set_setting(key, &value)?;
        }
        Ok(true)
    }

    fn chosen<'u>(&self, row: usize, updates: &'u [Update]) -> Vec<&'u Update> {
        let is_chosen = |update: &&Update| {
            let key = (row, update.field);
            if update.proposed {
                !self.choices.declined.contains(&key)
            } else {
                self.choices.accepted.contains(&key)
            }
        };
        updates.iter().filter(is_chosen).collect()
    }
}
