//! Which stored people may be one person.

use super::evidence::{Settled, Verdict, verdict};
use super::index::{Carriers, Index};
use super::profile::{Identifier, Profile};
use super::{Known, Schools};
use crate::PersonId;

/// How much speaks for one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// Something that names one person, and names that go together.
    Sure,
    /// The name, with something beside it.
    Likely,
    /// The name alone, or a hint.
    Possible,
}

impl Strength {
    /// Returns the word that stands in pages and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sure => "sure",
            Self::Likely => "likely",
            Self::Possible => "possible",
        }
    }
}

/// Two stored people who may be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// The one stored first.
    pub first: PersonId,
    /// The one stored later.
    pub second: PersonId,
    /// How much speaks for it.
    pub strength: Strength,
    /// What speaks for it, in words.
    pub reason: String,
}

/// What [`duplicates`] returns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Duplicates {
    /// The pairs, those with the most to speak for them first.
    pub pairs: Vec<Duplicate>,
    /// How many there are, the ones left out of `pairs` too.
    pub total: usize,
}

/// Returns the pairs of stored people who may be one person, at most `limit`.
/// Those whom the student told apart are not among them.
///
/// # Complexity
/// O(n log n) for n people: under each key that people share, everybody is
/// compared with a bounded number of others. Where thousands have one name, some
/// pairs are found only after others were merged.
pub fn duplicates(known: &[Known], schools: &Schools, limit: usize) -> Duplicates {
    let profiles = profiles(known, schools);
    let mut index = Index::new();
    profiles.iter().for_each(|profile| index.add(profile));
    let shared = index.shared();
    let is_shared = |identifier: &Identifier| shared.contains(identifier);
    let mut found: Vec<(Strength, u32, u32, u32, String)> = index
        .pairs()
        .into_iter()
        .filter(|(a, b)| {
            let (one, other) = (&known[*a as usize], &known[*b as usize]);
            !one.apart.contains(&other.id) && !other.apart.contains(&one.id)
        })
        .filter_map(|(a, b)| {
            let found = verdict(index.profile(a), index.profile(b), &is_shared)?;
            let strength = strength_of(&found);
            Some((strength, u32::MAX - found.rank, a, b, found.reason))
        })
        .collect();
    found.sort_unstable();
    let total = found.len();
    let pairs = found.into_iter().take(limit);
    Duplicates {
        pairs: pairs
            .map(|(strength, _, a, b, reason)| Duplicate {
                first: known[a as usize].id,
                second: known[b as usize].id,
                strength,
                reason,
            })
            .collect(),
        total,
    }
}

/// Returns what speaks for two stored people being one, if anything does,
/// whatever the student said of them.
pub fn duplicate(
    known: &[Known],
    schools: &Schools,
    first: PersonId,
    second: PersonId,
) -> Option<Duplicate> {
    let profiles = profiles(known, schools);
    let mut carriers = Carriers::default();
    for (profile, position) in profiles.iter().zip(0..) {
        carriers.add(position, profile);
    }
    let shared = carriers.shared(&profiles.iter().collect::<Vec<_>>());
    let profile = |id: PersonId| {
        let at = known.iter().position(|person| person.id == id)?;
        profiles.get(at)
    };
    let is_shared = |identifier: &Identifier| shared.contains(identifier);
    let found = verdict(profile(first)?, profile(second)?, &is_shared)?;
    Some(Duplicate {
        first,
        second,
        strength: strength_of(&found),
        reason: found.reason,
    })
}

fn profiles(known: &[Known], schools: &Schools) -> Vec<Profile> {
    let profiles = known
        .iter()
        .map(|person| Profile::of_known(person, schools));
    profiles.collect()
}

fn strength_of(verdict: &Verdict) -> Strength {
    match verdict.settled {
        Settled::ByIdentifier => Strength::Sure,
        Settled::ByCircumstance => Strength::Likely,
        Settled::No => Strength::Possible,
    }
}
