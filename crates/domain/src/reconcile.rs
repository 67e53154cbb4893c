//! Which drafts are people that are already stored.
//!
//! Strong evidence is an address that names one person: a LinkedIn profile or an
//! e-mail address. A name alone is never enough; a name together with the same
//! employer or the same first day is. Everything in between is asked.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::{ContactKind, ContactPoint, PersonDraft, PersonId, PersonName, fold_key};

/// What is stored of a person, as far as reconciliation looks at it.
#[derive(Clone, Debug)]
pub struct Known {
    /// The person's identity.
    pub id: PersonId,
    /// The name.
    pub name: PersonName,
    /// Addresses.
    pub contacts: Vec<ContactPoint>,
    /// Employers' texts, the current one first.
    pub employers: Vec<String>,
    /// The post at the current employer.
    pub position: String,
    /// The first day, where known.
    pub known_since: Option<Date>,
    /// Fields that the student changed by hand.
    pub edited: Vec<Field>,
}

/// A field that a draft can fill or change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The name.
    Name,
    /// The employer and post.
    Employer,
    /// The post at the same employer.
    Position,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A LinkedIn profile.
    LinkedIn,
    /// Another web address.
    Url,
    /// The first day.
    KnownSince,
}

impl Field {
    /// Every field, in the order of pages.
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::Employer,
        Self::Position,
        Self::Email,
        Self::Phone,
        Self::LinkedIn,
        Self::Url,
        Self::KnownSince,
    ];

    /// Returns the word that stands in pages and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Employer => "employer",
            Self::Position => "position",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::LinkedIn => "linkedin",
            Self::Url => "url",
            Self::KnownSince => "known since",
        }
    }

    /// Returns the field for a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.word() == word)
    }
}

/// One field that a draft would fill or change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// Which field.
    pub field: Field,
    /// What is stored, or empty.
    pub stored: String,
    /// What the draft says.
    pub found: String,
    /// Whether it is applied unless the student objects. It is not where the
    /// student wrote the stored value by hand.
    pub proposed: bool,
}

/// What reconciliation says of one draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    /// Nobody stored is this person.
    New,
    /// The same person stands earlier in the same file.
    Repeat {
        /// The position of the earlier draft.
        first: usize,
        /// Why it is the same.
        reason: String,
    },
    /// A stored person, and nothing to change.
    Same {
        /// Who it is.
        person: PersonId,
        /// Why.
        reason: String,
    },
    /// A stored person, with fields to fill or change.
    Update {
        /// Who it is.
        person: PersonId,
        /// Why.
        reason: String,
        /// Field by field.
        updates: Vec<Update>,
    },
    /// May be one of these stored people: the student decides.
    Ask {
        /// Who it may be, each with the reason in words.
        candidates: Vec<(PersonId, String)>,
    },
}

/// Returns for every draft whether it is somebody who is already stored.
///
/// The answer for a draft depends on the stored people and on the drafts before
/// it, never on those after it; a draft that repeats an earlier one is a
/// [`Match::Repeat`].
///
/// # Complexity
/// O(n + m) look-ups for n stored people and m drafts; only people who share a
/// name are compared one by one.
pub fn reconcile(drafts: &[PersonDraft], known: &[Known]) -> Vec<Match> {
    let mut stored = Index::default();
    for (i, person) in known.iter().enumerate() {
        stored.add(i, &person.contacts, &person.name);
    }
    let mut earlier = Index::default();
    let mut matches = Vec::with_capacity(drafts.len());
    for (i, draft) in drafts.iter().enumerate() {
        let found = match_of(draft, drafts, &earlier, known, &stored);
        if !matches!(found, Match::Repeat { .. }) {
            earlier.add(i, &draft.contacts, &draft.name);
        }
        matches.push(found);
    }
    matches
}

/// Positions by address and by name.
#[derive(Default)]
struct Index {
    by_address: HashMap<(ContactKind, String), Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
}

impl Index {
    fn add(&mut self, position: usize, contacts: &[ContactPoint], name: &PersonName) {
        for contact in contacts.iter().filter(|c| is_strong(c.kind)) {
            let key = contact.key();
            if !key.is_empty() {
                self.by_address
                    .entry((contact.kind, key))
                    .or_default()
                    .push(position);
            }
        }
        let key = name_key(name);
        if !key.is_empty() {
            self.by_name.entry(key).or_default().push(position);
        }
    }

    fn by_address(&self, contact: &ContactPoint) -> &[usize] {
        self.by_address
            .get(&(contact.kind, contact.key()))
            .map_or(&[], Vec::as_slice)
    }

    fn by_name(&self, name: &PersonName) -> &[usize] {
        self.by_name.get(&name_key(name)).map_or(&[], Vec::as_slice)
    }
}

fn is_strong(kind: ContactKind) -> bool {
    matches!(kind, ContactKind::LinkedIn | ContactKind::Email)
}

/// Returns first given name and last surname word, folded: middle names and
/// second surnames come and go between files.
fn name_key(name: &PersonName) -> String {
    let given = fold_key(&name.given);
    let first = given.split(' ').next().unwrap_or_default();
    let family = crate::surname_of(name);
    if name.family.is_empty() || first.is_empty() {
        return name.key();
    }
    format!("{first} {family}")
}

fn match_of(
    draft: &PersonDraft,
    drafts: &[PersonDraft],
    earlier: &Index,
    known: &[Known],
    stored: &Index,
) -> Match {
    if let Some((first, reason)) = repeat_of(draft, drafts, earlier) {
        return Match::Repeat { first, reason };
    }
    let mut candidates: Vec<(PersonId, String)> = Vec::new();
    for contact in draft.contacts.iter().filter(|c| is_strong(c.kind)) {
        for &i in stored.by_address(contact) {
            let person = &known[i];
            let word = address_word(contact.kind);
            if names_agree(&draft.name, &person.name) {
                return settled(draft, person, format!("same {word}"));
            }
            candidates.push((person.id, format!("same {word}, but another name")));
        }
    }
    for &i in stored.by_name(&draft.name) {
        let person = &known[i];
        if addresses_differ(&draft.contacts, &person.contacts, ContactKind::LinkedIn) {
            // Two profiles are two people, however alike their names are.
            continue;
        }
        match shared_circumstance(draft, person) {
            Some(reason) if names_agree(&draft.name, &person.name) => {
                return settled(draft, person, reason);
            }
            _ => candidates.push((person.id, "same name, nothing else to tell by".to_owned())),
        }
    }
    candidates.dedup_by(|a, b| a.0 == b.0);
    if candidates.is_empty() {
        Match::New
    } else {
        Match::Ask { candidates }
    }
}

fn repeat_of(
    draft: &PersonDraft,
    drafts: &[PersonDraft],
    earlier: &Index,
) -> Option<(usize, String)> {
    for contact in draft.contacts.iter().filter(|c| is_strong(c.kind)) {
        for &i in earlier.by_address(contact) {
            if names_agree(&draft.name, &drafts[i].name) {
                return Some((i, format!("same {} further up", address_word(contact.kind))));
            }
        }
    }
    let alike = earlier.by_name(&draft.name).iter().find(|&&i| {
        let other = &drafts[i];
        other.name.key() == draft.name.key()
            && other.contacts == draft.contacts
            && other.employer == draft.employer
            && other.position == draft.position
            && other.known_since == draft.known_since
            && other.note == draft.note
    });
    alike.map(|&i| (i, "the same row stands further up".to_owned()))
}

fn address_word(kind: ContactKind) -> &'static str {
    match kind {
        ContactKind::LinkedIn => "LinkedIn profile",
        ContactKind::Email => "e-mail address",
        ContactKind::Phone => "telephone number",
        ContactKind::Url => "web address",
    }
}

/// Returns whether two names can be one person's: the surnames share a word, or
/// one of them has none; and the given names share their first letter.
fn names_agree(a: &PersonName, b: &PersonName) -> bool {
    let (family_a, family_b) = (fold_key(&a.family), fold_key(&b.family));
    let families_agree = family_a.is_empty()
        || family_b.is_empty()
        || family_a
            .split(' ')
            .any(|word| word.len() > 2 && family_b.split(' ').any(|w| w == word))
        || family_a == family_b;
    let (given_a, given_b) = (fold_key(&a.given), fold_key(&b.given));
    let givens_agree = match (given_a.chars().next(), given_b.chars().next()) {
        (Some(x), Some(y)) => x == y,
        _ => true,
    };
    families_agree && givens_agree
}

fn addresses_differ(a: &[ContactPoint], b: &[ContactPoint], kind: ContactKind) -> bool {
    let keys = |contacts: &[ContactPoint]| -> Vec<String> {
        contacts
            .iter()
            .filter(|c| c.kind == kind)
            .map(ContactPoint::key)
            .collect()
    };
    let (a, b) = (keys(a), keys(b));
    !a.is_empty() && !b.is_empty() && !a.iter().any(|key| b.contains(key))
}

/// Returns what beside the name says that draft and person are one.
fn shared_circumstance(draft: &PersonDraft, person: &Known) -> Option<String> {
    let employer = fold_key(&draft.employer);
    if !employer.is_empty() && person.employers.iter().any(|e| fold_key(e) == employer) {
        return Some("same name and employer".to_owned());
    }
    if draft.known_since.is_some() && draft.known_since == person.known_since {
        return Some("same name and same first day".to_owned());
    }
    None
}

fn settled(draft: &PersonDraft, person: &Known, reason: String) -> Match {
    let updates = updates(draft, person);
    if updates.is_empty() {
        Match::Same {
            person: person.id,
            reason,
        }
    } else {
        Match::Update {
            person: person.id,
            reason,
            updates,
        }
    }
}

fn updates(draft: &PersonDraft, person: &Known) -> Vec<Update> {
    let mut updates = Vec::new();
    let mut push = |field: Field, stored: &str, found: &str| {
        updates.push(Update {
            field,
            stored: stored.to_owned(),
            found: found.to_owned(),
            proposed: stored.is_empty() || !person.edited.contains(&field),
        });
    };
    if draft.name.key() != person.name.key() && !draft.name.is_empty() {
        push(Field::Name, &person.name.plain(), &draft.name.plain());
    }
    let stored_employer = person.employers.first().map_or("", String::as_str);
    if !draft.employer.is_empty() && fold_key(&draft.employer) != fold_key(stored_employer) {
        push(Field::Employer, stored_employer, &draft.employer);
    } else if !draft.position.is_empty() && fold_key(&draft.position) != fold_key(&person.position)
    {
        push(Field::Position, &person.position, &draft.position);
    }
    for contact in &draft.contacts {
        let key = contact.key();
        if key.is_empty()
            || person
                .contacts
                .iter()
                .any(|c| c.kind == contact.kind && c.key() == key)
        {
            continue;
        }
        let field = match contact.kind {
            ContactKind::Email => Field::Email,
            ContactKind::Phone => Field::Phone,
            ContactKind::LinkedIn => Field::LinkedIn,
            ContactKind::Url => Field::Url,
        };
        // A further address is added beside the stored ones, so nothing is lost.
        push(field, "", &contact.value);
    }
    if let (Some(found), None) = (draft.known_since, person.known_since) {
        push(Field::KnownSince, "", &found.to_string());
    }
    updates
}
