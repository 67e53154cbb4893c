//! What one person is like who was stored as two.

use std::collections::BTreeMap;

use crate::{Affiliation, NameLikeness, NameParts, Person, PersonName, fold_key, likeness};

/// A field that the student chooses where two records of one person differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MergeField {
    /// The name with title, suffix and degrees.
    Name,
    /// What the person asked to be called.
    GreetAs,
    /// Where the person works now.
    Work,
    /// How close the person is.
    Ring,
    /// Days between two interactions.
    Rhythm,
    /// Whether the person went to the student's school.
    School,
    /// How the student came upon the person.
    HowFound,
    /// The first day.
    KnownSince,
    /// The student's note.
    Note,
}

impl MergeField {
    /// Every field, in the order of pages.
    pub const ALL: [Self; 9] = [
        Self::Name,
        Self::GreetAs,
        Self::Work,
        Self::Ring,
        Self::Rhythm,
        Self::School,
        Self::HowFound,
        Self::KnownSince,
        Self::Note,
    ];

    /// Returns the word that stands in pages, forms and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::GreetAs => "greet as",
            Self::Work => "works at",
            Self::Ring => "ring",
            Self::Rhythm => "rhythm",
            Self::School => "school",
            Self::HowFound => "how found",
            Self::KnownSince => "known since",
            Self::Note => "note",
        }
    }

    /// Returns the field for a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.word() == word)
    }

    /// Returns whether both values can stay.
    pub fn can_be_both(self) -> bool {
        matches!(self, Self::Work | Self::HowFound | Self::Note)
    }
}

/// Whose value of a field stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MergeChoice {
    /// That of the person who is kept.
    Kept,
    /// That of the other one.
    Other,
    /// Both, where [`MergeField::can_be_both`].
    Both,
}

impl MergeChoice {
    /// Returns the word that stands in forms.
    pub fn word(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Other => "other",
            Self::Both => "both",
        }
    }

    /// Returns the choice for a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Kept, Self::Other, Self::Both]
            .into_iter()
            .find(|choice| choice.word() == word)
    }
}

/// A field in which two people differ, and both say something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The field.
    pub field: MergeField,
    /// What the kept person has, as text.
    pub kept: String,
    /// What the other one has, as text.
    pub other: String,
    /// What happens unless the student chooses: the choice that loses least.
    pub suggested: MergeChoice,
}

/// Returns the fields in which both people say something, and not the same.
/// Where only one says something, that stays without a question.
pub fn differences(kept: &Person, other: &Person) -> Vec<Difference> {
    let differing = MergeField::ALL.into_iter().filter_map(|field| {
        let (a, b) = (text_of(kept, field), text_of(other, field));
        let is_open = !a.is_empty() && !b.is_empty() && a != b;
        let is_one_place = field == MergeField::Work && are_at_one_place(kept, other);
        (is_open && !is_one_place).then(|| Difference {
            field,
            suggested: suggested(kept, other, field),
            kept: a,
            other: b,
        })
    });
    differing.collect()
}

fn are_at_one_place(a: &Person, b: &Person) -> bool {
    let current = |person: &Person| person.affiliations.iter().find(|a| a.current).cloned();
    match (current(a), current(b)) {
        (Some(a), Some(b)) => is_same_place(&a, &b),
        _ => false,
    }
}

fn text_of(person: &Person, field: MergeField) -> String {
    match field {
        MergeField::Name => {
            let credentials = &person.name.credentials;
            let comma = if credentials.is_empty() { "" } else { ", " };
            format!("{}{comma}{credentials}", person.name.display())
        }
        MergeField::GreetAs => person.name.greet_as.clone(),
        MergeField::Work => {
            person
                .affiliations
                .iter()
                .find(|a| a.current)
                .map_or_else(String::new, |a| {
                    let texts = [a.employer.as_str(), a.position.as_str()];
                    texts
                        .into_iter()
                        .filter(|t| !t.is_empty())
                        .collect::<Vec<_>>()
                        .join(", ")
                })
        }
        MergeField::Ring => person.ring.word().to_owned(),
        MergeField::Rhythm => person
            .cadence_days
            .map(|days| format!("{days} days"))
            .unwrap_or_default(),
        MergeField::School => match person.same_school {
            Some(true) => "went to my school".to_owned(),
            Some(false) => "went to another school".to_owned(),
            None => String::new(),
        },
        MergeField::HowFound => person.how_found.clone(),
        MergeField::KnownSince => person
            .known_since
            .map(|day| day.to_string())
            .unwrap_or_default(),
        MergeField::Note => person.note.clone(),
    }
}

fn suggested(kept: &Person, other: &Person, field: MergeField) -> MergeChoice {
    let other_is_better = match field {
        MergeField::Name => is_fuller(&other.name, &kept.name),
        // The closest ring, the shortest rhythm and the first day say most.
        MergeField::Ring => other.ring < kept.ring,
        MergeField::Rhythm => other.cadence_days < kept.cadence_days,
        MergeField::KnownSince => other.known_since < kept.known_since,
        MergeField::GreetAs | MergeField::School => false,
        MergeField::Work | MergeField::HowFound | MergeField::Note => return MergeChoice::Both,
    };
    if other_is_better {
        MergeChoice::Other
    } else {
        MergeChoice::Kept
    }
}

/// Returns whether a name says more than another: more of its words, or letters
/// with their accents and not all capitals.
fn is_fuller(a: &PersonName, b: &PersonName) -> bool {
    let n_letters = |name: &PersonName| name.key().chars().count();
    let n_special = |name: &PersonName| {
        let text = name.plain();
        let capitals = text == text.to_uppercase();
        (!capitals, text.chars().filter(|c| !c.is_ascii()).count())
    };
    match likeness(&NameParts::of(a), &NameParts::of(b)) {
        NameLikeness::Same => n_special(a) > n_special(b),
        _ => n_letters(a) > n_letters(b),
    }
}

/// One person out of two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The person, with the identity of the kept one.
    pub person: Person,
    /// What was not chosen and would be lost, as name and value.
    pub left_over: Vec<(String, String)>,
}

/// Returns the one person that `kept` and `other` are.
///
/// Places of work, addresses and tags of both stay, each once. A field that one
/// of them lacks comes from the other; where both have one, the choice counts,
/// else what [`differences`] suggests. A text that was not chosen is left over,
/// so that nothing is lost.
pub fn merged(
    kept: &Person,
    other: &Person,
    choices: &BTreeMap<MergeField, MergeChoice>,
) -> Merged {
    let mut person = kept.clone();
    let mut left_over = Vec::new();
    let differing = differences(kept, other);
    for field in MergeField::ALL {
        let difference = differing.iter().find(|d| d.field == field);
        let choice = match difference {
            Some(difference) => {
                let chosen = choices.get(&field).copied().unwrap_or(difference.suggested);
                if chosen == MergeChoice::Both && !field.can_be_both() {
                    difference.suggested
                } else {
                    chosen
                }
            }
            None if field == MergeField::Work => MergeChoice::Both,
            None if text_of(kept, field).is_empty() => MergeChoice::Other,
            None => MergeChoice::Kept,
        };
        set(&mut person, kept, other, field, choice);
        if let Some(difference) = difference {
            let lost = match choice {
                MergeChoice::Kept => &difference.other,
                MergeChoice::Other => &difference.kept,
                MergeChoice::Both => continue,
            };
            let is_text = matches!(
                field,
                MergeField::Name | MergeField::GreetAs | MergeField::HowFound | MergeField::Note
            );
            if is_text {
                left_over.push((format!("{} before merging", field.word()), lost.clone()));
            }
        }
    }
    for contact in &other.contacts {
        match person.contacts.iter_mut().find(|c| c.is_same(contact)) {
            Some(same) if same.label.is_empty() => same.label.clone_from(&contact.label),
            Some(_) => {}
            None => person.contacts.push(contact.clone()),
        }
    }
    for tag in &other.tags {
        if !person.tags.iter().any(|t| fold_key(t) == fold_key(tag)) {
            person.tags.push(tag.clone());
        }
    }
    // Who was put aside once and is here again is not put aside.
    person.archived = kept.archived && other.archived;
    Merged { person, left_over }
}

fn set(person: &mut Person, kept: &Person, other: &Person, field: MergeField, choice: MergeChoice) {
    if field == MergeField::Work {
        person.affiliations = work(kept, other, choice);
        return;
    }
    let both = |a: &str, b: &str, joint: &str| format!("{a}{joint}{b}");
    match (field, choice) {
        (MergeField::HowFound, MergeChoice::Both) => {
            person.how_found = both(&kept.how_found, &other.how_found, "; ");
        }
        (MergeField::Note, MergeChoice::Both) => {
            person.note = both(&kept.note, &other.note, "\n\n");
        }
        (MergeField::Name, choice) => {
            let (name, rest) = match choice {
                MergeChoice::Other => (&other.name, &kept.name),
                _ => (&kept.name, &other.name),
            };
            let or = |a: &String, b: &String| if a.is_empty() { b.clone() } else { a.clone() };
            person.name = PersonName {
                title: or(&name.title, &rest.title),
                credentials: or(&name.credentials, &rest.credentials),
                suffix: or(&name.suffix, &rest.suffix),
                greet_as: kept.name.greet_as.clone(),
                ..name.clone()
            };
        }
        (_, MergeChoice::Kept | MergeChoice::Both) => {}
        (MergeField::GreetAs, MergeChoice::Other) => {
            person.name.greet_as.clone_from(&other.name.greet_as);
        }
        (MergeField::Ring, MergeChoice::Other) => person.ring = other.ring,
        (MergeField::Rhythm, MergeChoice::Other) => person.cadence_days = other.cadence_days,
        (MergeField::School, MergeChoice::Other) => person.same_school = other.same_school,
        (MergeField::HowFound, MergeChoice::Other) => person.how_found.clone_from(&other.how_found),
        (MergeField::KnownSince, MergeChoice::Other) => person.known_since = other.known_since,
        (MergeField::Note, MergeChoice::Other) => person.note.clone_from(&other.note),
        (MergeField::Work, MergeChoice::Other) => {}
    }
}

/// Returns the places of work of both, those of the chosen one first; where only
/// one is chosen, the current ones of the other are past.
fn work(kept: &Person, other: &Person, choice: MergeChoice) -> Vec<Affiliation> {
    let (first, second) = match choice {
        MergeChoice::Other => (&other.affiliations, &kept.affiliations),
        _ => (&kept.affiliations, &other.affiliations),
    };
    let has_current = first.iter().any(|a| a.current);
    let mut all = first.clone();
    for affiliation in second {
        if let Some(same) = all.iter_mut().find(|a| is_same_place(a, affiliation)) {
            fill(same, affiliation);
            continue;
        }
        let mut affiliation = affiliation.clone();
        affiliation.current &= choice == MergeChoice::Both || !has_current;
        all.push(affiliation);
    }
    // Current places stand first, as everywhere.
    all.sort_by_key(|a| !a.current);
    all
}

/// Returns whether two records are of one post; one of them may not name it.
fn is_same_place(a: &Affiliation, b: &Affiliation) -> bool {
    let (one, other) = (fold_key(&a.position), fold_key(&b.position));
    fold_key(&a.employer) == fold_key(&b.employer)
        && (one == other || one.is_empty() || other.is_empty())
}

/// Fills what one record of a place of work lacks from another one of it.
fn fill(place: &mut Affiliation, other: &Affiliation) {
    let is_unread =
        place.institution_key.is_none() && place.site.is_none() && place.program.is_none();
    if is_unread || (other.certainty < place.certainty && other.institution_key.is_some()) {
        place.institution_key.clone_from(&other.institution_key);
        place.site.clone_from(&other.site);
        place.program.clone_from(&other.program);
        place.evidence.clone_from(&other.evidence);
        place.certainty = other.certainty;
    }
    if place.position.is_empty() {
        place.position.clone_from(&other.position);
        place.role = other.role;
    }
    place.as_of = place.as_of.max(other.as_of);
    place.current |= other.current;
}
