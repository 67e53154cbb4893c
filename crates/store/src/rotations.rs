//! Where the student rotates.

use domain::{Rotation, RotationId};
use rusqlite::params;

use crate::error::Result;
use crate::operation::{Snapshot, Writing};
use crate::sql::{Columns, text_or_null};

impl Snapshot<'_> {
    /// Returns the student's rotations by their first day; those without one last.
    pub fn rotations(&self) -> Result<Vec<Rotation>> {
        let mut statement = self.prepare(
            "SELECT uuid, hospital, site, service, starts, ends FROM rotation
             ORDER BY starts NULLS LAST, id",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(Rotation {
                id: row.id(0)?,
                hospital: row.get(1)?,
                site: row.id_or_null(2)?,
                service: row.get(3)?,
                starts: row.day_or_null(4)?,
                ends: row.day_or_null(5)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Writing<'_> {
    /// Adds a rotation, or brings the stored one of that identity to what
    /// `rotation` says.
    pub fn set_rotation(&mut self, rotation: &Rotation) -> Result<()> {
        self.prepare(
            "INSERT INTO rotation (uuid, hospital, site, service, starts, ends)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (uuid) DO UPDATE SET hospital = excluded.hospital, site = excluded.site,
                service = excluded.service, starts = excluded.starts, ends = excluded.ends",
        )?
        .execute(params![
            rotation.id.to_string(),
            rotation.hospital,
            rotation.site.as_ref().map(ToString::to_string),
            rotation.service,
            text_or_null(rotation.starts.as_ref()),
            text_or_null(rotation.ends.as_ref()),
        ])?;
        Ok(())
    }

    /// Takes a rotation away.
    pub fn delete_rotation(&mut self, id: RotationId) -> Result<()> {
        let row = self.row_that_must_be("rotation", &id.to_string())?;
        self.prepare("DELETE FROM rotation WHERE id = ?1")?
            .execute([row])?;
        Ok(())
    }
}
