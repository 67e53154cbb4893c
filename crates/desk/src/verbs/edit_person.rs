//! Changes what is stored of one person, field by field.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use domain::{
    Certainty, ContactKind, ContactPoint, Field, Person, PersonId, Ring, RoleKind, fold_key,
};

use crate::note_scan::Scan;
use crate::places::Places;
use crate::verbs::apply_import::affiliation;
use crate::verbs::edit_people::new_tag;
use crate::views::import::{Employer, read_employer};
use crate::{Desk, DeskError, Done, Result};

/// Changes to one person; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonEdit {
    /// "Dr.", "Prof.", "Ms.", "Mr." or empty.
    pub title: Option<String>,
    /// Given names.
    pub given: Option<String>,
    /// Surname.
    pub family: Option<String>,
    /// "Jr." and the like.
    pub suffix: Option<String>,
    /// Degrees.
    pub credentials: Option<String>,
    /// What the person asked to be called.
    pub greet_as: Option<String>,
    /// The current employer's text.
    pub employer: Option<String>,
    /// The current post's text.
    pub position: Option<String>,
    /// What the post is, where the wording does not tell.
    pub role: Option<RoleKind>,
    /// The e-mail address; empty takes it away.
    pub email: Option<String>,
    /// The ring.
    pub ring: Option<Ring>,
    /// Days between two interactions; `Some(None)` is the ring's usual rhythm.
    pub cadence_days: Option<Option<u16>>,
    /// Tags.
    pub tags: Option<Vec<String>>,
    /// How the student came upon the person.
    pub how_found: Option<String>,
    /// The student's note.
    pub note: Option<String>,
    /// Whether the person went to the student's school.
    pub same_school: Option<Option<bool>>,
    /// Put aside.
    pub archived: Option<bool>,
    /// The version that the student saw when the change was begun, as
    /// [`crate::views::person::PersonView::version`] gave it; where the person
    /// has changed since, nothing is stored.
    pub seen: Option<String>,
    /// Whether the note was looked at for what tells who a patient is.
    pub scan: Scan,
}

impl Desk {
    /// Changes what is stored of one person.
    ///
    /// Fields changed here are the student's own: an import proposes another
    /// value for them but never applies it unasked.
    ///
    /// # Errors
    /// [`DeskError::NotThere`] where nobody has the id, [`DeskError::Bad`] where
    /// no name would be left or a new tag is too long, [`DeskError::ChangedMeanwhile`] where the person is
    /// not as the student saw them, [`DeskError::Patient`] where the note, the way the
    /// person was found, or new words in tags or post may tell who a patient is.
    pub fn edit_person(&self, id: PersonId, edit: &PersonEdit) -> Result<Done<()>> {
        for text in [&edit.note, &edit.how_found].into_iter().flatten() {
            edit.scan.allows(text)?;
        }
        let today = self.today()?;
        self.write(
            "edit-person",
            &id.to_string(),
            "Change a person",
            |writing| {
                let Some(mut person) = writing.person(id)? else {
                    return Err(DeskError::not_there("person", id));
                };
                let before = person.clone();
                for text in new_words(&before, edit) {
                    edit.scan.allows(&text)?;
                }
                let typed = edit
                    .tags
                    .iter()
                    .flatten()
                    .filter(|tag| !tag.trim().is_empty());
                for tag in typed.filter(|tag| !before.tags.iter().any(|old| old == tag.trim())) {
                    new_tag(tag)?;
                }
                if let Some(seen) = &edit.seen
                    && *seen != version(&person)
                {
                    return Err(DeskError::ChangedMeanwhile {
                        what: person.name.display(),
                    });
                }
                if let Some(email) = &edit.email {
                    let stored = person.contact(ContactKind::Email).unwrap_or_default();
                    check_email(email.trim(), stored.trim())?;
                }
                set_texts(&mut person, edit);
                if person.name.is_empty() {
                    return Err(DeskError::bad("name", "", "a given name or a surname"));
                }
                if edit.employer.is_some() || edit.position.is_some() {
                    let places = Places::load(writing)?;
                    let answers = writing.employer_answers()?;
                    set_employer(&mut person, edit, today, |employer, position| {
                        read_employer(&places, &answers, employer, position)
                    });
                }
                if let (Some(role), Some(current)) = (edit.role, person.affiliations.first_mut()) {
                    current.role = role;
                }
                writing.describe(&format!(
                    "Change what is stored of {}",
                    person.name.display()
                ));
                writing.update_person(&person)?;
                for field in changed_fields(&before, &person) {
                    writing.mark_edited(id, field)?;
                }
                Ok(())
            },
        )
    }
}

/// Returns tags and post as they are typed, where they are not what is stored:
/// those that came with a file are as they are.
fn new_words(before: &Person, edit: &PersonEdit) -> Vec<String> {
    let tags = edit.tags.as_ref().filter(|tags| {
        let is_new = |tag: &String| !before.tags.iter().any(|old| old == tag.trim());
        tags.iter().any(is_new)
    });
    let post = before.affiliations.iter().find(|a| a.current);
    let post = post.map_or("", |a| a.position.as_str());
    let position = edit.position.clone();
    let position = position.filter(|typed| typed.trim() != post);
    tags.map(|tags| tags.join(","))
        .into_iter()
        .chain(position)
        .collect()
}

/// Refuses what can be no e-mail address; nothing at all takes the address away.
/// An address that is stored stays as it is, whatever a file called one.
fn check_email(email: &str, stored: &str) -> Result<()> {
    let mut sides = email.split('@');
    let has_sides = sides.clone().count() == 2 && sides.all(|side| !side.trim().is_empty());
    if email.is_empty() || email == stored || has_sides {
        return Ok(());
    }
    let would_do = "an address with one \"@\" and something on both sides, or nothing";
    Err(DeskError::bad("e-mail", email, would_do))
}

/// Returns a text that is another one whenever anything stored of the person is.
pub(crate) fn version(person: &Person) -> String {
    let mut hasher = DefaultHasher::new();
    format!("{person:?}").hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn set_texts(person: &mut Person, edit: &PersonEdit) {
    let set = |target: &mut String, value: &Option<String>| {
        if let Some(value) = value {
            value.trim().clone_into(target);
        }
    };
    set(&mut person.name.title, &edit.title);
    set(&mut person.name.given, &edit.given);
    set(&mut person.name.family, &edit.family);
    set(&mut person.name.suffix, &edit.suffix);
    set(&mut person.name.credentials, &edit.credentials);
    set(&mut person.name.greet_as, &edit.greet_as);
    set(&mut person.how_found, &edit.how_found);
    set(&mut person.note, &edit.note);
    if let Some(ring) = edit.ring {
        person.ring = ring;
    }
    if let Some(days) = edit.cadence_days {
        person.cadence_days = days;
    }
    if let Some(tags) = &edit.tags {
        let mut keys = HashSet::new();
        let typed = tags.iter().map(|tag| tag.trim());
        let kept = typed.filter(|tag| !tag.is_empty() && keys.insert(fold_key(tag)));
        person.tags = kept.map(str::to_owned).collect();
    }
    if let Some(same_school) = edit.same_school {
        person.same_school = same_school;
    }
    if let Some(archived) = edit.archived {
        person.archived = archived;
    }
    if let Some(email) = &edit.email {
        let email = email.trim();
        let first = person
            .contacts
            .iter()
            .position(|c| c.kind == ContactKind::Email);
        match (first, email.is_empty()) {
            (Some(i), true) => {
                person.contacts.remove(i);
            }
            (Some(i), false) => email.clone_into(&mut person.contacts[i].value),
            (None, false) => person.contacts.insert(
                0,
                ContactPoint {
                    kind: ContactKind::Email,
                    value: email.to_owned(),
                    label: String::new(),
                },
            ),
            (None, true) => {}
        }
    }
}

fn set_employer(
    person: &mut Person,
    edit: &PersonEdit,
    today: jiff::civil::Date,
    read: impl Fn(&str, &str) -> Employer,
) {
    let current = person.affiliations.iter().find(|a| a.current);
    let now = |value: &Option<String>, stored: Option<&String>| {
        value
            .as_deref()
            .map(str::trim)
            .or(stored.map(String::as_str))
            .unwrap_or_default()
            .to_owned()
    };
    let employer = now(&edit.employer, current.map(|a| &a.employer));
    let position = now(&edit.position, current.map(|a| &a.position));
    let same_employer = current.is_some_and(|a| fold_key(&a.employer) == fold_key(&employer));
    if same_employer {
        if let Some(current) = person.affiliations.iter_mut().find(|a| a.current) {
            current.employer = employer;
            if current.position != position {
                current.role = RoleKind::from_position(&position);
                current.position = position;
            }
        }
        return;
    }
    for affiliation in &mut person.affiliations {
        affiliation.current = false;
    }
    if employer.is_empty() && position.is_empty() {
        return;
    }
    let (place, certainty) = match read(&employer, &position) {
        Employer::Settled(place) => {
            let confirmed = place.as_ref().is_some_and(|place| place.confirmed);
            (
                place,
                if confirmed {
                    Certainty::Confirmed
                } else {
                    Certainty::Clear
                },
            )
        }
        Employer::Open(_) => (None, Certainty::Unsure),
    };
    person.affiliations.insert(
        0,
        affiliation(&employer, &position, place, certainty, today),
    );
}

fn changed_fields(before: &Person, after: &Person) -> Vec<Field> {
    let current = |person: &Person| {
        person
            .affiliations
            .iter()
            .find(|a| a.current)
            .map(|a| (a.employer.clone(), a.position.clone()))
    };
    let (old, new) = (current(before), current(after));
    let employer = old.as_ref().map(|o| &o.0) != new.as_ref().map(|n| &n.0);
    let position = old.as_ref().map(|o| &o.1) != new.as_ref().map(|n| &n.1);
    [
        (before.name != after.name, Field::Name),
        (employer, Field::Employer),
        (position, Field::Position),
        (
            before.contact(ContactKind::Email) != after.contact(ContactKind::Email),
            Field::Email,
        ),
    ]
    .into_iter()
    .filter_map(|(changed, field)| changed.then_some(field))
    .collect()
}
