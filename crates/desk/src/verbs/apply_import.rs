//! Takes the people and messages of a preview over, as one operation.

mod messages;

use std::collections::{HashMap, HashSet};

use domain::{
    Affiliation, Certainty, ContactKind, ContactPoint, Field, Match, Person, PersonDraft, PersonId,
    PersonName, Ring, RoleKind, Update, fold_key,
};
use jiff::civil::Date;
use serde::Serialize;
use store::{EmployerAnswer, ReadingRow, Writing};

use crate::student::Student;
use crate::views::import::{Employer, Newcomer, PlaceRef, Preview};
use crate::views::roster::school_name;
use crate::{Desk, DeskError, Done, Result};

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
fn count(n: usize) -> u32 {
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

    /// Returns the place of an employer text, as settled or as the student chose.
    fn place(&self, employer: &str) -> (Option<PlaceRef>, Certainty) {
        let key = fold_key(employer);
        match self.preview.employers.get(&key) {
            Some((_, _, Employer::Settled(place))) => {
                let confirmed = place.as_ref().is_some_and(|place| place.confirmed);
                let certainty = if confirmed {
                    Certainty::Confirmed
                } else {
                    Certainty::Clear
                };
                (place.clone(), certainty)
            }
            Some((_, _, Employer::Open(candidates))) => match self.choices.employers.get(&key) {
                Some(EmployerChoice::Candidate(i)) => {
                    let place = candidates.get(*i).cloned().map(|mut place| {
                        place.evidence = "you said so".to_owned();
                        place
                    });
                    (place, Certainty::Confirmed)
                }
                Some(EmployerChoice::Nothing) => (None, Certainty::Confirmed),
                None => (None, Certainty::Unsure),
            },
            None => (None, Certainty::Clear),
        }
    }

    fn affiliation(&self, draft: &PersonDraft) -> Option<Affiliation> {
        if draft.employer.is_empty() && draft.position.is_empty() {
            return None;
        }
        let (place, certainty) = self.place(&draft.employer);
        let mut affiliation =
            affiliation(&draft.employer, &draft.position, place, certainty, self.day);
        affiliation.current = !draft.former;
        Some(affiliation)
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

    fn add(&self, writing: &mut Writing<'_>, draft: &PersonDraft) -> Result<PersonId> {
        let reading = &self.preview.reading;
        let affiliation = self.affiliation(draft);
        let person = Person {
            id: PersonId(self.desk.new_id()),
            name: titled(draft.name.clone(), affiliation.as_ref()),
            ring: reading.ring(),
            cadence_days: None,
            affiliations: affiliation.into_iter().collect(),
            contacts: draft.contacts.clone(),
            tags: draft.tags.clone(),
            how_found: draft.how_found.clone(),
            note: draft.note.clone(),
            same_school: self.choices.same_school,
            known_since: draft.known_since,
            source: reading.source_of_people(),
            archived: false,
        };
        writing.add_person(&person, &draft.extra)?;
        Ok(person.id)
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

    fn update(
        &self,
        writing: &mut Writing<'_>,
        id: PersonId,
        draft: &PersonDraft,
        updates: &[&Update],
    ) -> Result<()> {
        let Some(mut person) = writing.person(id)? else {
            return Err(DeskError::PreviewMoved);
        };
        for update in updates {
            self.set(&mut person, draft, update);
        }
        writing.update_person(&person)?;
        Ok(())
    }

    /// Takes everything over that the stored person lacks: what the student
    /// called one person loses nothing.
    fn merge(
        &self,
        writing: &mut Writing<'_>,
        id: PersonId,
        draft: &PersonDraft,
        report: &mut ImportReport,
    ) -> Result<()> {
        let Some(mut person) = writing.person(id)? else {
            return Err(DeskError::PreviewMoved);
        };
        let before = person.clone();
        for contact in &draft.contacts {
            add_contact(&mut person, contact.clone());
        }
        let employer = fold_key(&draft.employer);
        let has_employer = person
            .affiliations
            .iter()
            .any(|a| fold_key(&a.employer) == employer);
        if let Some(affiliation) = self.affiliation(draft).filter(|_| !has_employer) {
            person.affiliations.push(affiliation);
        }
        if person.known_since.is_none() {
            person.known_since = draft.known_since;
        }
        // A list of graduates says of everybody on it where they studied.
        if self.preview.reading.same_school.is_some() && person.same_school.is_none() {
            person.same_school = self.choices.same_school;
        }
        if person == before {
            report.same += 1;
        } else {
            writing.update_person(&person)?;
            report.updated += 1;
        }
        Ok(())
    }

    fn set(&self, person: &mut Person, draft: &PersonDraft, update: &Update) {
        let contact = |kind: ContactKind| ContactPoint {
            kind,
            value: update.found.clone(),
            label: String::new(),
        };
        match update.field {
            Field::Name => {
                person.name = PersonName {
                    title: person.name.title.clone(),
                    greet_as: person.name.greet_as.clone(),
                    ..draft.name.clone()
                };
            }
            Field::Employer if draft.former => person.affiliations.extend(self.affiliation(draft)),
            Field::Employer => {
                for affiliation in &mut person.affiliations {
                    affiliation.current = false;
                }
                if let Some(affiliation) = self.affiliation(draft) {
                    person.affiliations.insert(0, affiliation);
                }
            }
            Field::Position => match person.affiliations.first_mut() {
                Some(affiliation) => {
                    affiliation.position.clone_from(&update.found);
                    affiliation.role = RoleKind::from_position(&update.found);
                    affiliation.as_of = Some(self.day);
                }
                None => person.affiliations.extend(self.affiliation(draft)),
            },
            Field::Email => add_contact(person, contact(ContactKind::Email)),
            Field::Phone => add_contact(person, contact(ContactKind::Phone)),
            Field::LinkedIn => add_contact(person, contact(ContactKind::LinkedIn)),
            Field::Url => add_contact(person, contact(ContactKind::Url)),
            Field::KnownSince => person.known_since = draft.known_since,
        }
    }
}

/// Returns the name with "Dr." where the file gives no title and leaves no doubt:
/// a medical degree after the name, or a physician's post at a place where
/// programs are. Exports of address books have no titles, and a message must
/// greet with one.
fn titled(mut name: PersonName, affiliation: Option<&Affiliation>) -> PersonName {
    const DEGREES: [&str; 4] = ["md", "do", "mbbs", "mbchb"];
    let credentials = fold_key(&name.credentials);
    let has_degree = credentials.split(' ').any(|word| DEGREES.contains(&word));
    let has_post = affiliation.is_some_and(|a| {
        let is_physician = matches!(
            a.role,
            RoleKind::Resident | RoleKind::Fellow | RoleKind::Attending | RoleKind::Director
        );
        is_physician && a.institution_key.is_some()
    });
    if name.title.is_empty() && !name.family.is_empty() && (has_degree || has_post) {
        "Dr.".clone_into(&mut name.title);
    }
    name
}

fn add_contact(person: &mut Person, contact: ContactPoint) {
    if !person.contacts.iter().any(|c| c.is_same(&contact)) {
        person.contacts.push(contact);
    }
}

/// Returns an affiliation as its texts and the place they name give it.
pub(crate) fn affiliation(
    employer: &str,
    position: &str,
    place: Option<PlaceRef>,
    certainty: Certainty,
    today: Date,
) -> Affiliation {
    let (institution_key, site, program, evidence) = match place {
        Some(place) => (
            place.institution_key,
            place.site,
            place.program,
            place.evidence,
        ),
        None => (None, None, None, String::new()),
    };
    Affiliation {
        employer: employer.to_owned(),
        position: position.to_owned(),
        role: RoleKind::from_position(position),
        institution_key,
        program,
        site,
        evidence,
        certainty,
        as_of: Some(today),
        current: true,
    }
}

impl crate::Reading {
    /// Returns the ring of people added from this reading. Whom the student
    /// typed by hand they mean to keep up with; an address book is only stored.
    fn ring(&self) -> Ring {
        if self.typed { Ring::Wide } else { Ring::Stored }
    }
}
