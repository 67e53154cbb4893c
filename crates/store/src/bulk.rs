//! Changes to many people at once: one statement each, however many they are.

use domain::{PersonId, Ring};
use rusqlite::params;

use crate::error::Result;
use crate::going;
use crate::operation::Writing;

/// What to change of many people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BulkChange<'a> {
    /// The ring.
    Ring(Ring),
    /// Whether they went to the student's school; `None` is not known.
    SameSchool(Option<bool>),
    /// Put aside, or not.
    Archived(bool),
    /// A tag more, where it is not there.
    AddTag(&'a str),
    /// A tag less, where it is there.
    RemoveTag(&'a str),
}

impl Writing<'_> {
    /// Changes people, and returns how many were not so already. People who
    /// are not stored are left out.
    pub fn change_people(&mut self, people: &[PersonId], change: BulkChange<'_>) -> Result<usize> {
        const CHOSEN: &str = "uuid IN (SELECT uuid FROM temp.chosen)";
        going::choose(self.connection(), people)?;
        let n_changed = match change {
            BulkChange::Ring(ring) => self
                .prepare(&format!(
                    "UPDATE person SET ring = ?1 WHERE ring <> ?1 AND {CHOSEN}"
                ))?
                .execute([ring.word()])?,
            BulkChange::SameSchool(same_school) => self
                .prepare(&format!(
                    "UPDATE person SET same_school = ?1 WHERE same_school IS NOT ?1 AND {CHOSEN}"
                ))?
                .execute(params![same_school])?,
            BulkChange::Archived(archived) => self
                .prepare(&format!(
                    "UPDATE person SET archived = ?1 WHERE archived <> ?1 AND {CHOSEN}"
                ))?
                .execute([archived])?,
            BulkChange::AddTag(tag) => self
                .prepare(&format!(
                    "INSERT INTO tag (person, place, tag)
                     SELECT id, (SELECT coalesce(max(place) + 1, 0) FROM tag WHERE person = person.id), ?1
                     FROM person WHERE {CHOSEN}
                       AND NOT EXISTS (SELECT 1 FROM tag WHERE person = person.id AND tag = ?1)"
                ))?
                .execute([tag])?,
            BulkChange::RemoveTag(tag) => self
                .prepare(&format!(
                    "DELETE FROM tag WHERE tag = ?1 AND person IN (SELECT id FROM person WHERE {CHOSEN})"
                ))?
                .execute([tag])?,
        };
        Ok(n_changed)
    }
}
