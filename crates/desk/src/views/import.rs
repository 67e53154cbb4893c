//! The preview of an import: what would happen, and what has to be decided first.

mod patients;
mod shown;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use domain::{Field, Known, Match, PersonDraft, PersonId, fold_key, reconcile_watched};
use serde::Serialize;
use store::{Reader, Snapshot};
use uuid::Uuid;

use crate::correspondence::{Correspondence, StoredDays};
pub(crate) use crate::employers::{Employer, PlaceRef, read_employer};
use crate::employers::{employers, schools_among};
use crate::student::{SCHOOL, Student};
use crate::{DeskError, Reading, Result};

pub use shown::{
    AskLine, EmployerLine, NewLine, PreviewView, ProblemKind, ProblemLine, UpdateLine,
    write_problems,
};

/// A reading with what would become of it. It lives in memory only.
#[derive(Debug)]
pub struct Preview {
    /// Its name while it lives.
    pub id: Uuid,
    /// What was read.
    pub reading: Arc<Reading>,
    pub(crate) seen: Option<i64>,
    /// People of the messages follow those of the reading here; empty where it
    /// has no messages.
    with_correspondents: Vec<PersonDraft>,
    pub(crate) correspondence: Correspondence,
    pub(crate) matches: Vec<Match>,
    /// What becomes of people of the messages whom nobody stored is.
    pub(crate) newcomers: Vec<Newcomer>,
    /// Messages that are stored already, as far as it is clear with whom.
    n_stored_messages: usize,
    offer: SetUpOffer,
    pub(crate) employers: BTreeMap<String, (String, usize, Employer)>,
    names: HashMap<PersonId, (String, String)>,
}

/// What becomes of somebody in the messages whom nobody stored is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Newcomer {
    /// The student wrote to them: they are added.
    Known,
    /// They wrote, and the student never answered: left out unless wanted.
    Stranger,
    /// Only a name is known, and it is also that of somebody new in the file.
    Unclear,
    /// There is not even a name.
    Nameless,
}

/// A post that the student has or had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OwnPost {
    /// The employer.
    pub place: String,
    /// The title, or empty.
    pub title: String,
    /// How many people of the file name the same employer.
    pub n_colleagues: usize,
}

/// What the file tells of the student that the set-up does not have yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SetUpOffer {
    /// The name; empty where it is known or the file does not tell.
    pub name: String,
    /// Schools, the latest first; empty where the school is known.
    pub schools: Vec<String>,
    /// Posts, as the file orders them. They are shown and not kept: Vouch keeps whom the student knows, not a CV.
    pub posts: Vec<OwnPost>,
}

/// Compares a reading with what is stored.
///
/// What may tell who a patient is is taken out of the notes first, and told as a problem of the reading.
///
/// The preview carries the last operation that it saw: a verb that applies it
/// refuses when something was changed since, and it is made again.
///
/// # Errors
/// [`DeskError::Bad`] where the reading holds nobody.
pub fn preview(reader: &Reader, id: Uuid, reading: Arc<Reading>) -> Result<Preview> {
    preview_watched(reader, id, reading, &mut |_, _, _| true)
}

/// What making a preview is busy with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PreviewStep {
    /// Words about patients are looked for in notes.
    Notes,
    /// Each person is compared with those who are stored.
    People,
    /// Employers are looked for among places.
    Places,
}

/// People between two reports of progress.
const TOLD_EVERY: usize = 256;

/// Makes a preview as [`preview`] does. `progress` is told what is done, and of
/// how many people; it stops the work by answering with `false`.
///
/// # Errors
/// [`DeskError::Stopped`] when `progress` said so; else as [`preview`].
pub fn preview_watched(
    reader: &Reader,
    id: Uuid,
    reading: Arc<Reading>,
    progress: &mut dyn FnMut(PreviewStep, usize, usize) -> bool,
) -> Result<Preview> {
    if reading.people.is_empty() && reading.interactions.is_empty() {
        let found = format!("{} and no people", reading.kind);
        return Err(DeskError::bad(
            "file",
            found,
            "a file of people, such as Connections.csv",
        ));
    }
    let n_people = reading.people.len();
    let reading = patients::without_patients(reading, &mut |done| {
        progress(PreviewStep::Notes, done, n_people)
    })?;
    reader.read(|snapshot| {
        let settings = snapshot.settings()?;
        let known = snapshot.known()?;
        let correspondence = Correspondence::of(&reading.interactions);
        let mut with_correspondents = Vec::new();
        if !correspondence.people.is_empty() {
            with_correspondents.clone_from(&reading.people);
            let people = correspondence.people.iter().map(|person| person.draft());
            with_correspondents.extend(people);
        }
        let n_own = reading.people.len();
        let drafts = if with_correspondents.is_empty() {
            &reading.people
        } else {
            &with_correspondents
        };
        let schools = schools_among(
            settings.get(SCHOOL).map_or("", String::as_str),
            drafts
                .iter()
                .map(|draft| &draft.employer)
                .chain(known.iter().flat_map(|person| &person.employers)),
        );
        let mut matches = reconcile_watched(drafts, &known, &schools, &mut |done| {
            progress(PreviewStep::People, done, drafts.len())
        })
        .ok_or(DeskError::Stopped)?;
        keep_present_posts(drafts, &known, &mut matches);
        keep_own_words(&correspondence, &mut matches[n_own..]);
        let newcomers = newcomers(&correspondence, drafts, n_own, &matches);
        let employers = employers(snapshot, drafts, &matches, &mut |done| {
            progress(PreviewStep::Places, done, drafts.len())
        })?;
        tell_of_invitations(&correspondence, n_own, &matches, &mut with_correspondents);
        let names = known
            .iter()
            .map(|person| {
                let employer = person.employers.first().cloned().unwrap_or_default();
                (person.id, (person.name.display(), employer))
            })
            .collect();
        let mut preview = Preview {
            id,
            seen: snapshot.last_operation()?.map(|operation| operation.seq),
            employers,
            offer: offer(&reading, &Student::from_settings(&settings)),
            reading,
            with_correspondents,
            correspondence,
            matches,
            newcomers,
            n_stored_messages: 0,
            names,
        };
        preview.n_stored_messages = preview.stored_messages(snapshot)?;
        Ok(preview)
    })
}

/// Returns what the file tells of the student that the set-up lacks.
fn offer(reading: &Reading, student: &Student) -> SetUpOffer {
    let mut offer = SetUpOffer::default();
    if student.name.is_empty() {
        offer.name.clone_from(&reading.student);
    }
    if student.school.is_empty() {
        for school in &reading.schools {
            if !offer.schools.contains(school) {
                offer.schools.push(school.clone());
            }
        }
    }
    offer.posts = own_posts(reading);
    offer
}

fn own_posts(reading: &Reading) -> Vec<OwnPost> {
    if reading.posts.is_empty() {
        return Vec::new();
    }
    let mut n_at: HashMap<String, usize> = HashMap::new();
    for draft in &reading.people {
        *n_at.entry(fold_key(&draft.employer)).or_default() += 1;
    }
    reading
        .posts
        .iter()
        .map(|(place, title)| OwnPost {
            place: place.clone(),
            title: title.clone(),
            n_colleagues: n_at.get(&fold_key(place)).copied().unwrap_or(0),
        })
        .collect()
}

/// Takes back what a message would change of somebody who is stored: the name
/// under it is how LinkedIn shows them, and a first message is no first day. A
/// profile is taken over, and the day of an invitation.
fn keep_own_words(correspondence: &Correspondence, matches: &mut [Match]) {
    for (person, found) in correspondence.people.iter().zip(matches) {
        let Match::Update {
            person: id,
            reason,
            updates,
        } = found
        else {
            continue;
        };
        updates.retain(|update| match update.field {
            Field::LinkedIn => true,
            Field::KnownSince => person.invitation.is_some(),
            _ => false,
        });
        if updates.is_empty() {
            *found = Match::Same {
                person: *id,
                reason: std::mem::take(reason),
            };
        }
    }
}

fn newcomers(
    correspondence: &Correspondence,
    drafts: &[PersonDraft],
    n_own: usize,
    matches: &[Match],
) -> Vec<Newcomer> {
    let mut new_names: HashSet<String> = HashSet::new();
    for (draft, found) in drafts.iter().zip(matches).take(n_own) {
        if *found == Match::New {
            new_names.insert(draft.name.key());
        }
    }
    correspondence
        .people
        .iter()
        .zip(&drafts[n_own..])
        .map(|(person, draft)| {
            if draft.name.is_empty() {
                Newcomer::Nameless
            } else if person.url.is_empty() && new_names.contains(&draft.name.key()) {
                Newcomer::Unclear
            } else if person.wrote_to {
                Newcomer::Known
            } else {
                Newcomer::Stranger
            }
        })
        .collect()
}

/// Adds to how a connection of the same file was found who invited whom.
fn tell_of_invitations(
    correspondence: &Correspondence,
    n_own: usize,
    matches: &[Match],
    drafts: &mut [PersonDraft],
) {
    for (person, found) in correspondence.people.iter().zip(&matches[n_own..]) {
        if let (Match::Repeat { first, .. }, Some(invited)) = (found, person.invited()) {
            let how_found = &mut drafts[*first].how_found;
            if !how_found.is_empty() {
                how_found.push_str(", ");
            }
            how_found.push_str(&invited);
        }
    }
}

/// Takes back the changes by which a post that somebody has left would count as
/// the present one: it is added where it is not known, and changes nothing else.
fn keep_present_posts(drafts: &[PersonDraft], known: &[Known], matches: &mut [Match]) {
    for (draft, found) in drafts.iter().zip(matches) {
        let Match::Update {
            person,
            reason,
            updates,
        } = found
        else {
            continue;
        };
        if !draft.former {
            continue;
        }
        let employer = fold_key(&draft.employer);
        let worked_there = known
            .iter()
            .find(|known| known.id == *person)
            .is_some_and(|known| known.employers.iter().any(|e| fold_key(e) == employer));
        updates.retain(|update| match update.field {
            Field::Employer => !worked_there,
            Field::Position => false,
            _ => true,
        });
        if updates.is_empty() {
            *found = Match::Same {
                person: *person,
                reason: std::mem::take(reason),
            };
        }
    }
}

impl Preview {
    /// Returns the people: those of the reading, then those of its messages.
    pub(crate) fn drafts(&self) -> &[PersonDraft] {
        if self.with_correspondents.is_empty() {
            &self.reading.people
        } else {
            &self.with_correspondents
        }
    }

    /// Returns what becomes of a row whom nobody stored is.
    pub(crate) fn newcomer(&self, row: usize) -> Newcomer {
        let i = row.checked_sub(self.reading.people.len());
        i.and_then(|i| self.newcomers.get(i).copied())
            .unwrap_or(Newcomer::Known)
    }

    /// Returns the row of a person of the messages: their own, or the earlier
    /// one that they repeat.
    pub(crate) fn row_of(&self, correspondent: usize) -> usize {
        let row = self.reading.people.len() + correspondent;
        match self.matches[row] {
            Match::Repeat { first, .. } => first,
            _ => row,
        }
    }

    /// Returns how many rows and days of messages there are to take over.
    pub fn n_rows(&self) -> usize {
        self.drafts().len() + self.correspondence.days.len()
    }

    /// Returns the row in which a person of this name stands.
    pub fn row_named(&self, name: &str) -> Option<usize> {
        let key = fold_key(name);
        let mut rows = self.drafts().iter();
        rows.position(|draft| draft.name.key() == key)
    }

    fn stored_messages(&self, snapshot: &Snapshot<'_>) -> Result<usize> {
        if self.correspondence.days.is_empty() {
            return Ok(0);
        }
        let stored = StoredDays::load(snapshot)?;
        let person = |row: usize| match &self.matches[row] {
            Match::Same { person, .. } | Match::Update { person, .. } => Some(*person),
            _ => None,
        };
        let known = self.correspondence.days.iter().filter(|day| {
            let people: Vec<PersonId> = day
                .people
                .iter()
                .filter_map(|i| person(self.row_of(*i)))
                .collect();
            stored.find(day, &people).is_some()
        });
        Ok(known.map(|day| day.texts.len()).sum())
    }
}
