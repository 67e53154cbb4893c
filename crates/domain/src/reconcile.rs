//! Which drafts are people that are already stored.
//!
//! Strong evidence is something that names one person: a LinkedIn profile, an
//! e-mail address, a telephone, a number of their own. What an office or a family
//! shares is none. A name alone is never enough; a name together with the same
//! employer or the same first day is, where nothing speaks against it. Everything
//! in between is asked.

mod duplicates;
mod employer;
mod evidence;
mod index;
mod profile;

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use crate::{
    ContactKind, ContactPoint, NameHint, NameLikeness, NameParts, PersonDraft, PersonId,
    PersonName, fold_key, likeness,
};
use evidence::{Settled, Verdict, verdict};
use index::{Carriers, Index};
use profile::Profile;

pub use duplicates::{Duplicate, Duplicates, Strength, duplicate, duplicates};
pub use profile::{cities_of, uids_of};

/// What is stored of a person, as far as reconciliation looks at it.
#[derive(Clone, Debug)]
pub struct Known {
    /// The person's identity.
    pub id: PersonId,
    /// The name.
    pub name: PersonName,
    /// Addresses.
    pub contacts: Vec<ContactPoint>,
    /// Identifiers from fields of a file (see [`uids_of`]).
    pub uids: Vec<String>,
    /// Cities from fields of a file (see [`cities_of`]).
    pub cities: Vec<String>,
    /// Employers' texts, the current one first.
    pub employers: Vec<String>,
    /// The post at the current employer.
    pub position: String,
    /// The first day, where known.
    pub known_since: Option<Date>,
    /// Fields that the student changed by hand.
    pub edited: Vec<Field>,
    /// People of whom the student said that they are somebody else.
    pub apart: Vec<PersonId>,
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

/// Schools by the texts that people give as their employer. Thousands who do not
/// know each other went to one, so it tells of nobody that they are the same.
#[derive(Clone, Debug, Default)]
pub struct Schools(HashSet<String>);

impl Schools {
    /// Returns these texts as schools.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        Self(texts.into_iter().map(employer::employer_key).collect())
    }
}

/// Drafts between two reports of progress.
const TOLD_EVERY: usize = 256;

/// How many people the student is asked to choose from.
const ASKED_MAX: usize = 5;

/// Returns for every draft whether it is somebody who is already stored.
///
/// A draft that repeats an earlier one is a [`Match::Repeat`]. An address that
/// drafts or people of different names share counts as one of an office, so the
/// answers depend on the whole file and not on the order of its rows.
///
/// # Complexity
/// O(n + m) look-ups for n stored people and m drafts; of people who share a
/// name, a bounded number are compared one by one.
pub fn reconcile(drafts: &[PersonDraft], known: &[Known], schools: &Schools) -> Vec<Match> {
    reconcile_watched(drafts, known, schools, &mut |_| true).unwrap_or_default()
}

/// Does what [`reconcile`] does, and tells `progress` of every so many drafts how
/// many are done. Returns `None` where `progress` answered with `false`.
pub fn reconcile_watched(
    drafts: &[PersonDraft],
    known: &[Known],
    schools: &Schools,
    progress: &mut dyn FnMut(usize) -> bool,
) -> Option<Vec<Match>> {
    let people: Vec<Profile> = known
        .iter()
        .map(|person| Profile::of_known(person, schools))
        .collect();
    let rows: Vec<Profile> = drafts
        .iter()
        .map(|draft| Profile::of_draft(draft, schools))
        .collect();
    let mut index = Index::new();
    people.iter().for_each(|person| index.add(person));
    let mut carriers = Carriers::default();
    for (row, position) in rows.iter().zip(0..) {
        carriers.add(position, row);
    }
    let mut shared = carriers.shared(&rows.iter().collect::<Vec<_>>());
    shared.extend(index.shared());
    let mut reconciliation = Reconciliation {
        drafts,
        known,
        rows: &rows,
        index,
        carriers,
        shared,
        signatures: HashMap::new(),
        repeats: HashSet::new(),
    };
    let mut matches = Vec::with_capacity(drafts.len());
    for row in 0..drafts.len() {
        if row % TOLD_EVERY == 0 && !progress(row) {
            return None;
        }
        matches.push(reconciliation.match_of(row));
    }
    Some(matches)
}

struct Reconciliation<'a> {
    drafts: &'a [PersonDraft],
    known: &'a [Known],
    rows: &'a [Profile],
    index: Index<'a>,
    carriers: Carriers<'a>,
    /// Identifiers that name nobody.
    shared: HashSet<&'a profile::Identifier>,
    /// Rows by all that they say.
    signatures: HashMap<String, usize>,
    repeats: HashSet<usize>,
}

impl Reconciliation<'_> {
    fn match_of(&mut self, row: usize) -> Match {
        if let Some((first, reason)) = self.repeat_of(row) {
            self.repeats.insert(row);
            return Match::Repeat { first, reason };
        }
        let draft = &self.drafts[row];
        let profile = &self.rows[row];
        let is_shared = |identifier: &profile::Identifier| self.shared.contains(identifier);
        let (candidates, is_crowded) = self.index.candidates(profile);
        let mut found: Vec<(usize, Verdict)> = candidates
            .into_iter()
            .filter_map(|i| {
                Some((
                    i as usize,
                    verdict(profile, self.index.profile(i), &is_shared)?,
                ))
            })
            .collect();
        // The best first; of equals, who was stored first.
        found.sort_by(|(i, a), (j, b)| (b.settled, b.rank, i).cmp(&(a.settled, a.rank, j)));
        if let Some((i, verdict)) = self.settled_one(&found, is_crowded) {
            return settled(draft, profile, &self.known[i], verdict.reason.clone());
        }
        let Some((best, first)) = found.first() else {
            return Match::New;
        };
        let best = &self.known[*best];
        // Whom the student told apart from the best one is not asked about again.
        let candidates = found
            .iter()
            .filter(|(i, v)| v.rank == first.rank || !best.apart.contains(&self.known[*i].id))
            .take(ASKED_MAX)
            .map(|(i, verdict)| (self.known[*i].id, verdict.reason.clone()))
            .collect();
        Match::Ask { candidates }
    }

    /// Returns the one person that the evidence settles on, if it does: it does
    /// not where two people fit equally well.
    fn settled_one<'v>(
        &self,
        found: &'v [(usize, Verdict)],
        is_crowded: bool,
    ) -> Option<(usize, &'v Verdict)> {
        let (best, verdict) = found.first().filter(|(_, v)| v.settled > Settled::No)?;
        let rivals = || {
            found
                .iter()
                .skip(1)
                .filter(|(_, v)| v.settled > Settled::No)
        };
        let is_settled = match verdict.settled {
            Settled::ByIdentifier => {
                // One address of one person and another of somebody else.
                !rivals().any(|(_, v)| v.settled == Settled::ByIdentifier)
            }
            _ => {
                let apart = &self.known[*best].apart;
                rivals().all(|(i, v)| {
                    v.rank + 1 < verdict.rank
                        || (v.rank < verdict.rank && apart.contains(&self.known[*i].id))
                }) && !is_crowded
            }
        };
        is_settled.then_some((*best, verdict))
    }

    fn repeat_of(&mut self, row: usize) -> Option<(usize, String)> {
        let is_shared = |identifier: &profile::Identifier| self.shared.contains(identifier);
        let profile = &self.rows[row];
        for identifier in profile.identifiers.iter().filter(|i| !is_shared(i)) {
            for earlier in self.carriers.first_of(identifier).map(|i| i as usize) {
                if earlier >= row {
                    break;
                }
                if self.repeats.contains(&earlier) {
                    continue;
                }
                let found = verdict(profile, &self.rows[earlier], &is_shared);
                if let Some(v) = found.filter(|v| v.settled == Settled::ByIdentifier) {
                    return Some((earlier, format!("{} further up", v.reason)));
                }
            }
        }
        match self.signatures.entry(signature(&self.drafts[row])) {
            std::collections::hash_map::Entry::Occupied(first) => {
                Some((*first.get(), "the same row stands further up".to_owned()))
            }
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(row);
                None
            }
        }
    }
}

/// Returns all that a draft says of a person, in one text.
fn signature(draft: &PersonDraft) -> String {
    let mut signature = format!(
        "{}\u{1F}{}\u{1F}{}\u{1F}{:?}\u{1F}{}",
        draft.name.key(),
        draft.employer,
        draft.position,
        draft.known_since,
        draft.note
    );
    for contact in &draft.contacts {
        signature.push('\u{1F}');
        signature.push_str(&contact.value);
    }
    signature
}

fn settled(draft: &PersonDraft, profile: &Profile, person: &Known, reason: String) -> Match {
    let updates = updates(draft, profile, person);
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

fn updates(draft: &PersonDraft, profile: &Profile, person: &Known) -> Vec<Update> {
    let mut updates = Vec::new();
    let mut push = |field: Field, stored: &str, found: &str, is_proposed: bool| {
        updates.push(Update {
            field,
            stored: stored.to_owned(),
            found: found.to_owned(),
            proposed: is_proposed && !person.edited.contains(&field),
        });
    };
    if !profile.parts.is_empty() && draft.name.key() != person.name.key() {
        let is_better = says_more(&draft.name, &person.name);
        push(
            Field::Name,
            &person.name.plain(),
            &draft.name.plain(),
            is_better,
        );
    }
    let stored_employer = person.employers.first().map_or("", String::as_str);
    if !draft.employer.is_empty() && !employer::are_same(&draft.employer, stored_employer) {
        let is_better = !holds_words_of(stored_employer, &draft.employer);
        push(Field::Employer, stored_employer, &draft.employer, is_better);
    } else if !draft.position.is_empty() && fold_key(&draft.position) != fold_key(&person.position)
    {
        let is_better = !holds_words_of(&person.position, &draft.position);
        push(
            Field::Position,
            &person.position,
            &draft.position,
            is_better,
        );
    }
    for contact in &draft.contacts {
        let is_stored = person.contacts.iter().any(|c| c.is_same(contact));
        if is_stored || contact.key().is_empty() {
            continue;
        }
        let field = match contact.kind {
            ContactKind::Email => Field::Email,
            ContactKind::Phone => Field::Phone,
            ContactKind::LinkedIn => Field::LinkedIn,
            ContactKind::Url => Field::Url,
        };
        // A further address is added beside the stored ones, so nothing is lost.
        push(field, "", &contact.value, true);
    }
    if let (Some(found), None) = (draft.known_since, person.known_since) {
        push(Field::KnownSince, "", &found.to_string(), true);
    }
    updates
}

/// Returns whether every word of a found text stands in the stored one, so that
/// the stored one says no less: "IR attending" against "IR".
fn holds_words_of(stored: &str, found: &str) -> bool {
    profile::holds_words_of(&fold_key(stored), &fold_key(found))
}

/// Returns whether a found name is better than the stored one without a doubt:
/// fuller, or changed altogether where an address says that it is the person. A
/// short form, an initial or a slip is shown and never proposed.
fn says_more(found: &PersonName, stored: &PersonName) -> bool {
    if stored.given.contains('@') || stored.is_empty() {
        return true;
    }
    let n_letters = |name: &PersonName| name.key().chars().count();
    match likeness(&NameParts::of(found), &NameParts::of(stored)) {
        NameLikeness::Same => false,
        NameLikeness::Fuller
        | NameLikeness::Hint(
            NameHint::Initial
            | NameHint::FurtherName
            | NameHint::OneName
            | NameHint::PartOfSurname
            | NameHint::SecondSurname
            | NameHint::Suffix,
        ) => n_letters(found) > n_letters(stored),
        NameLikeness::Hint(NameHint::OtherSurname) => true,
        NameLikeness::Hint(_) | NameLikeness::Different => false,
    }
}
