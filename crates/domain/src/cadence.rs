//! How often the student wants to be in touch, and how long a silence may last.

use std::collections::BTreeMap;

use crate::{Ring, RoleKind, fold};

/// Days between two interactions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cadence {
    /// After so many days a word is welcome.
    pub ideal_days: u16,
    /// After so many days the tie is going quiet. Never less than the ideal.
    pub maximum_days: u16,
}

/// Why a text is not a cadence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{found}\" is not days such as \"60\" or \"60-120\"")]
pub struct InvalidCadence {
    /// What was found.
    pub found: String,
}

impl Cadence {
    /// Returns the cadence of an ideal alone: the silence may last twice as
    /// long, a choice of ours.
    pub fn of_ideal(ideal_days: u16) -> Self {
        Self {
            ideal_days,
            maximum_days: ideal_days.saturating_mul(2),
        }
    }
}

impl std::fmt::Display for Cadence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.ideal_days, self.maximum_days)
    }
}

impl std::str::FromStr for Cadence {
    type Err = InvalidCadence;

    /// Reads "60" and "60-120": the ideal, and the longest silence.
    ///
    /// ```
    /// use domain::Cadence;
    ///
    /// let cadence: Cadence = "60".parse()?;
    /// assert_eq!(cadence.to_string(), "60-120");
    /// assert!("120-60".parse::<Cadence>().is_err());
    /// # Ok::<(), domain::InvalidCadence>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, InvalidCadence> {
        let invalid = || InvalidCadence {
            found: text.to_owned(),
        };
        let days = |text: &str| {
            let days = text.trim().parse::<u16>().ok();
            days.filter(|days| (1..=3650).contains(days))
                .ok_or_else(invalid)
        };
        match text.split_once(['-', '–']) {
            None => Ok(Self::of_ideal(days(text)?)),
            Some((ideal, maximum)) => {
                let (ideal_days, maximum_days) = (days(ideal)?, days(maximum)?);
                if maximum_days < ideal_days {
                    return Err(invalid());
                }
                Ok(Self {
                    ideal_days,
                    maximum_days,
                })
            }
        }
    }
}

/// The cadences that the student set, by tag, role and ring.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cadences {
    /// By ring; a ring that is not there has its usual one.
    pub by_ring: BTreeMap<Ring, Cadence>,
    /// By what a person does.
    pub by_role: BTreeMap<RoleKind, Cadence>,
    /// By tag, folded.
    pub by_tag: BTreeMap<String, Cadence>,
}

/// How the settings of cadences begin.
const PREFIX: &str = "cadence.";

impl Cadences {
    /// Returns the cadences that settings describe; others are passed over.
    pub fn from_settings(settings: &BTreeMap<String, String>) -> Self {
        let mut cadences = Self::default();
        let ours = settings.range(PREFIX.to_owned()..);
        for (key, value) in ours.take_while(|(key, _)| key.starts_with(PREFIX)) {
            let Ok(cadence) = value.parse() else { continue };
            let Some((kind, name)) = key[PREFIX.len()..].split_once('.') else {
                continue;
            };
            match kind {
                "ring" => {
                    let ring = Ring::from_word(name);
                    cadences.by_ring.extend(ring.map(|ring| (ring, cadence)));
                }
                "role" => {
                    let role = RoleKind::from_word(name);
                    cadences.by_role.extend(role.map(|role| (role, cadence)));
                }
                "tag" => {
                    cadences.by_tag.insert(fold(name), cadence);
                }
                _ => {}
            }
        }
        cadences
    }

    /// Returns the settings that describe the cadences.
    pub fn settings(&self) -> BTreeMap<String, String> {
        let rings = self.by_ring.iter();
        let roles = self.by_role.iter();
        let tags = self.by_tag.iter();
        rings
            .map(|(ring, c)| (format!("{PREFIX}ring.{}", ring.word()), c.to_string()))
            .chain(roles.map(|(role, c)| (format!("{PREFIX}role.{}", role.word()), c.to_string())))
            .chain(tags.map(|(tag, c)| (format!("{PREFIX}tag.{tag}"), c.to_string())))
            .collect()
    }

    /// Returns the cadence of a ring, if it has one.
    pub fn of_ring(&self, ring: Ring) -> Option<Cadence> {
        let usual = ring.cadence_days().map(Cadence::of_ideal);
        self.by_ring.get(&ring).copied().or(usual)
    }

    /// Returns the cadence of a person, if one is wanted: their own, else the
    /// shortest of their tags, else that of their role, else that of their ring.
    ///
    /// A role counts only for people in a ring: an import of thousands must not
    /// make every resident due.
    pub fn of_person<'a>(
        &self,
        own: Option<u16>,
        tags: impl IntoIterator<Item = &'a str>,
        role: Option<RoleKind>,
        ring: Ring,
    ) -> Option<Cadence> {
        if let Some(days) = own {
            return Some(Cadence::of_ideal(days));
        }
        let tagged = tags
            .into_iter()
            .filter_map(|tag| self.by_tag.get(&fold(tag)));
        if let Some(cadence) = tagged.min() {
            return Some(*cadence);
        }
        let by_ring = self.of_ring(ring)?;
        let by_role = role.and_then(|role| self.by_role.get(&role)).copied();
        Some(by_role.unwrap_or(by_ring))
    }
}
