//! Says how often to be in touch, by ring, role and tag.

use std::fmt;

use domain::{Cadence, Cadences, Ring, RoleKind, fold};

use crate::{Desk, DeskError, Done, Result};

/// Whom a rhythm is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RhythmOf {
    /// A ring.
    Ring(Ring),
    /// What people do.
    Role(RoleKind),
    /// A tag.
    Tag(String),
}

impl fmt::Display for RhythmOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ring(ring) => write!(f, "ring {}", ring.word()),
            Self::Role(role) => write!(f, "role {}", role.word()),
            Self::Tag(tag) => write!(f, "tag \"{tag}\""),
        }
    }
}

/// A rhythm that cannot be used.
#[derive(Debug)]
pub struct BadRhythm {
    /// Which of the rhythms that were typed, from 0.
    pub nth: usize,
    /// Whom it is for.
    pub of: RhythmOf,
    /// Why not.
    pub why: Box<DeskError>,
}

impl fmt::Display for BadRhythm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.of, self.why)
    }
}

impl Desk {
    /// Sets rhythms as they were typed ("60", "60-120"; empty takes one away),
    /// and leaves the others alone.
    ///
    /// # Errors
    /// [`DeskError::Rhythms`] where days or tags are none, with all of these;
    /// nothing is stored then.
    pub fn set_rhythms(&self, typed: &[(RhythmOf, String)]) -> Result<Done<()>> {
        self.write(
            "set-rhythms",
            "",
            "Set how often to be in touch",
            |writing| {
                let before = Cadences::from_settings(&writing.settings()?);
                let mut cadences = before.clone();
                let mut wrong = Vec::new();
                for (nth, (of, days)) in typed.iter().enumerate() {
                    let put = cadence(days).and_then(|cadence| put(&mut cadences, of, cadence));
                    if let Err(why) = put {
                        wrong.push(BadRhythm {
                            nth,
                            of: of.clone(),
                            why: Box::new(why),
                        });
                    }
                }
                if !wrong.is_empty() {
                    return Err(DeskError::Rhythms(wrong));
                }
                let (old, new) = (before.settings(), cadences.settings());
                for key in old.keys().filter(|key| !new.contains_key(*key)) {
                    writing.set_setting(key, "")?;
                }
                for (key, value) in &new {
                    writing.set_setting(key, value)?;
                }
                Ok(())
            },
        )
    }
}

/// Returns the rhythm that was typed; nothing typed is none.
fn cadence(days: &str) -> Result<Option<Cadence>> {
    let days = days.trim();
    if days.is_empty() {
        return Ok(None);
    }
    let cadence = days.parse().map_err(|_| {
        let would_do = "days such as 60, or 60-120 for the longest silence";
        DeskError::bad("days", days, would_do)
    })?;
    Ok(Some(cadence))
}

fn put(cadences: &mut Cadences, of: &RhythmOf, cadence: Option<Cadence>) -> Result<()> {
    match (of, cadence) {
        (RhythmOf::Ring(ring), Some(cadence)) => {
            cadences.by_ring.insert(*ring, cadence);
        }
        (RhythmOf::Ring(ring), None) => {
            cadences.by_ring.remove(ring);
        }
        (RhythmOf::Role(role), Some(cadence)) => {
            cadences.by_role.insert(*role, cadence);
        }
        (RhythmOf::Role(role), None) => {
            cadences.by_role.remove(role);
        }
        (RhythmOf::Tag(tag), cadence) => {
            let tag = fold(tag.trim());
            if tag.is_empty() {
                return match cadence {
                    Some(_) => Err(DeskError::bad("tag", "", "a tag beside its days")),
                    None => Ok(()),
                };
            }
            match cadence {
                Some(cadence) => cadences.by_tag.insert(tag, cadence),
                None => cadences.by_tag.remove(&tag),
            };
        }
    }
    Ok(())
}
