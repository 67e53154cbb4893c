//! How often the student wants to be in touch, by ring, role and tag.

use domain::{Cadences, Ring, RoleKind};
use serde::Serialize;
use store::Reader;

use crate::Result;

/// One line: a ring, role or tag, and its days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RhythmLine {
    /// Its word.
    pub name: String,
    /// The days as typed and stored ("60-120"), or empty.
    pub days: String,
    /// The days that hold without them, or empty.
    pub usual: String,
}

/// Every rhythm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rhythms {
    /// By ring, from the closest outwards; people who are only stored have none.
    pub rings: Vec<RhythmLine>,
    /// By what people do.
    pub roles: Vec<RhythmLine>,
    /// By tag.
    pub tags: Vec<RhythmLine>,
    /// Tags in use, most used first.
    pub known_tags: Vec<String>,
}

/// Returns how often the student wants to be in touch.
pub fn rhythms(reader: &Reader) -> Result<Rhythms> {
    /// Tags offered for picking.
    const TAGS: usize = 50;
    reader.read(|snapshot| {
        let cadences = Cadences::from_settings(&snapshot.settings()?);
        let usual = Cadences::default();
        let of_ring = |ring: Ring| {
            let usual = usual.of_ring(ring)?.to_string();
            let days = cadences.by_ring.get(&ring);
            Some(RhythmLine {
                name: ring.word().to_owned(),
                days: days.map(ToString::to_string).unwrap_or_default(),
                usual,
            })
        };
        let of_role = |role: RoleKind| RhythmLine {
            name: role.word().to_owned(),
            days: cadences
                .by_role
                .get(&role)
                .map(ToString::to_string)
                .unwrap_or_default(),
            usual: String::new(),
        };
        let tags = cadences.by_tag.iter().map(|(tag, cadence)| RhythmLine {
            name: tag.clone(),
            days: cadence.to_string(),
            usual: String::new(),
        });
        Ok(Rhythms {
            rings: Ring::ALL.into_iter().filter_map(of_ring).collect(),
            roles: RoleKind::ALL.into_iter().map(of_role).collect(),
            tags: tags.collect(),
            known_tags: snapshot
                .tags()?
                .into_iter()
                .take(TAGS)
                .map(|(tag, _)| tag)
                .collect(),
        })
    })
}
