//! The people of a preview: added, changed, or made one with somebody stored.

use domain::{
    Affiliation, Certainty, ContactKind, ContactPoint, Field, Person, PersonDraft, PersonId,
    PersonName, Ring, RoleKind, Update, fold_key,
};
use jiff::civil::Date;
use store::Writing;

use super::{EmployerChoice, Import, ImportReport};
use crate::views::import::{Employer, PlaceRef};
use crate::{DeskError, Result};

impl Import<'_> {
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

    pub(super) fn add(&self, writing: &mut Writing<'_>, draft: &PersonDraft) -> Result<PersonId> {
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

    pub(super) fn update(
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
    pub(super) fn merge(
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
