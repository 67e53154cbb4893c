//! Says how often to be in touch, by ring, role and tag.

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

impl Desk {
    /// Sets rhythms as they were typed ("60", "60-120"; empty takes one away),
    /// and leaves the others alone.
    ///
    /// # Errors
    /// [`DeskError::Bad`] where days or a tag are none; nothing is stored then.
    pub fn set_rhythms(&self, typed: &[(RhythmOf, String)]) -> Result<Done<()>> {
        self.write(
            "set-rhythms",
            "",
            "Set how often to be in touch",
            |writing| {
                let before = Cadences::from_settings(&writing.settings()?);
                let mut cadences = before.clone();
                for (of, days) in typed {
                    let days = days.trim();
                    let cadence = match days {
                        "" => None,
                        days => Some(days.parse::<Cadence>().map_err(|_| {
                            let would_do = "days such as 60, or 60-120 for the longest silence";
                            DeskError::bad("days", days, would_do)
                        })?),
                    };
                    put(&mut cadences, of, cadence)?;
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
