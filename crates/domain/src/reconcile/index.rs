//! Finds the profiles that may be one person's without comparing all with all.

use std::collections::{HashMap, HashSet};

use super::profile::{Identifier, Profile};
use crate::{NameLikeness, likeness};

/// How many people under one key are looked at. Where more are, those with the
/// same employer or first day are found by a key of their own.
const LOOKED_AT: usize = 24;

/// The same for people at one place of whom only a half of the name is alike.
const LOOKED_AT_FOR_SLIPS: usize = 8;

/// The same for people of one surname, where a draft gives no other name.
const LOOKED_AT_BY_SURNAME: usize = 500;

/// Profiles, found by identifier and by name.
pub(super) struct Index<'p> {
    profiles: Vec<&'p Profile>,
    carriers: Carriers<'p>,
    by_name: HashMap<String, Vec<u32>>,
    /// Names with an initial for the given name, and whole ones, by the letter.
    by_letter: HashMap<String, [Vec<u32>; 2]>,
    by_surname: HashMap<&'p str, Vec<u32>>,
    /// By employer or first day, with one word of the name: for slips.
    by_place: HashMap<String, Vec<u32>>,
}

impl<'p> Index<'p> {
    pub(super) fn new() -> Self {
        Self {
            profiles: Vec::new(),
            carriers: Carriers::default(),
            by_name: HashMap::new(),
            by_letter: HashMap::new(),
            by_surname: HashMap::new(),
            by_place: HashMap::new(),
        }
    }

    /// Adds the next profile; its position is the number of those before it.
    pub(super) fn add(&mut self, profile: &'p Profile) {
        let position = u32::try_from(self.profiles.len()).unwrap_or(u32::MAX);
        self.profiles.push(profile);
        self.carriers.add(position, profile);
        for key in profile.parts.keys() {
            self.by_name.entry(key).or_default().push(position);
        }
        for key in place_keys(profile) {
            self.by_place.entry(key).or_default().push(position);
        }
        if let (_, Some(family)) = profile.parts.anchors() {
            self.by_surname.entry(family).or_default().push(position);
        }
        let is_initial = usize::from(profile.parts.is_initial());
        for key in profile.parts.initial_keys() {
            self.by_letter.entry(key).or_default()[is_initial].push(position);
        }
    }

    pub(super) fn profile(&self, position: u32) -> &'p Profile {
        self.profiles[position as usize]
    }

    /// Returns whom a profile has to be compared with, and whether more people
    /// of this name and employer are there than are looked at.
    pub(super) fn candidates(&self, profile: &Profile) -> (Vec<u32>, bool) {
        let mut found = Vec::new();
        let mut is_crowded = false;
        let mut take = |people: &[u32], n: usize| found.extend(people.iter().take(n));
        for identifier in &profile.identifiers {
            if let Some(people) = self.carriers.of.get(identifier) {
                take(people, LOOKED_AT);
            }
        }
        for key in profile.parts.keys() {
            if let Some(people) = self.by_name.get(&key) {
                take(people, LOOKED_AT);
            }
        }
        for key in place_keys(profile) {
            let is_whole = !key.contains("||") && !key.ends_with('|');
            let people = self.by_place.get(&key).map_or(&[][..], Vec::as_slice);
            take(
                people,
                if is_whole {
                    LOOKED_AT
                } else {
                    LOOKED_AT_FOR_SLIPS
                },
            );
            is_crowded |= is_whole && people.len() > LOOKED_AT;
        }
        if profile.is_surname_alone()
            && let (_, Some(family)) = profile.parts.anchors()
        {
            let people = self.by_surname.get(family).into_iter().flatten().copied();
            let meant: Vec<u32> = people
                .take(LOOKED_AT_BY_SURNAME)
                .filter(|position| profile.is_short_for(self.profile(*position)))
                .collect();
            take(&meant, LOOKED_AT);
        }
        let other = usize::from(!profile.parts.is_initial());
        for key in profile.parts.initial_keys() {
            if let Some(both) = self.by_letter.get(&key) {
                take(&both[other], LOOKED_AT);
            }
        }
        found.sort_unstable();
        found.dedup();
        (found, is_crowded)
    }

    /// Returns the pairs that have to be compared: everybody with the next few
    /// under each key, so that a key that thousands share costs no more than
    /// a few comparisons each.
    pub(super) fn pairs(&self) -> HashSet<(u32, u32)> {
        const NEXT: usize = 6;
        let mut pairs = HashSet::new();
        let letters = self.by_letter.values().flat_map(|[whole, initials]| {
            initials.iter().flat_map(|i| {
                whole
                    .iter()
                    .take(NEXT)
                    .map(|w| ((*i).min(*w), (*i).max(*w)))
            })
        });
        pairs.extend(letters);
        let lists = self
            .carriers
            .of
            .values()
            .chain(self.by_name.values())
            .chain(self.by_place.values());
        for people in lists {
            for (i, a) in people.iter().enumerate() {
                pairs.extend(people.iter().skip(i + 1).take(NEXT).map(|b| (*a, *b)));
            }
        }
        pairs.retain(|(a, b)| a != b);
        pairs
    }

    /// Returns the identifiers that name nobody (see [`Carriers::shared`]).
    pub(super) fn shared(&self) -> HashSet<&'p Identifier> {
        self.carriers.shared(&self.profiles)
    }
}

/// Who carries which identifier.
#[derive(Default)]
pub(super) struct Carriers<'p> {
    of: HashMap<&'p Identifier, Vec<u32>>,
}

impl<'p> Carriers<'p> {
    pub(super) fn add(&mut self, position: u32, profile: &'p Profile) {
        for identifier in &profile.identifiers {
            self.of.entry(identifier).or_default().push(position);
        }
    }

    /// Returns the first few who carry an identifier.
    pub(super) fn first_of(&self, identifier: &Identifier) -> impl Iterator<Item = u32> {
        let people = self.of.get(identifier).map_or(&[][..], Vec::as_slice);
        people.iter().take(LOOKED_AT).copied()
    }

    /// Returns the identifiers that people of different names carry, or very
    /// many: those of an office or a family, which name nobody.
    pub(super) fn shared(&self, profiles: &[&Profile]) -> HashSet<&'p Identifier> {
        /// More carriers than a person has records.
        const MANY: usize = 8;
        let parts = |position: &u32| &profiles[*position as usize].parts;
        let shared = self.of.iter().filter(|(_, people)| {
            let Some((first, others)) = people.split_first() else {
                return false;
            };
            let first = parts(first);
            let differs = |other: &u32| {
                let other = parts(other);
                !first.is_empty()
                    && !other.is_empty()
                    && likeness(first, other) == NameLikeness::Different
            };
            others.len() >= MANY || others.iter().any(differs)
        });
        shared.map(|(identifier, _)| *identifier).collect()
    }
}

/// Returns the keys of everybody at one employer, or of one first day, who has
/// the same first given name, the same first surname, or both.
fn place_keys(profile: &Profile) -> Vec<String> {
    let (given, family) = profile.parts.anchors();
    let day = profile.known_since.map(|day| day.to_string());
    let places = profile
        .employers
        .iter()
        .map(String::as_str)
        .chain(day.as_deref());
    let mut keys = Vec::new();
    for place in places {
        keys.extend(given.map(|given| format!("{place}|{given}|")));
        keys.extend(family.map(|family| format!("{place}||{family}")));
        if let (Some(given), Some(family)) = (given, family) {
            keys.push(format!("{place}|{given}|{family}"));
        }
    }
    keys
}
