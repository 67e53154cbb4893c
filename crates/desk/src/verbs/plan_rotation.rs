//! Says where the student rotates, now or next.

use domain::{Rotation, RotationId};
use jiff::civil::Date;

use crate::places::Places;
use crate::views::here::tick_setting;
use crate::views::import::{Employer, read_employer};
use crate::{Desk, DeskError, Done, Result};

/// A rotation as the student types it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RotationEdit {
    /// The hospital; the one thing that is needed.
    pub hospital: String,
    /// The service, or empty.
    pub service: String,
    /// The first day ("2027-03-01"), or empty.
    pub starts: String,
    /// The last day, or empty.
    pub ends: String,
}

impl Desk {
    /// Adds a rotation, or changes the one with this identity.
    ///
    /// # Errors
    /// [`DeskError::Bad`] without a hospital, with a day that is none, or with
    /// a last day before the first; [`DeskError::NotThere`] where no rotation
    /// has the identity.
    pub fn plan_rotation(
        &self,
        id: Option<RotationId>,
        edit: &RotationEdit,
    ) -> Result<Done<RotationId>> {
        let hospital = edit.hospital.trim();
        if hospital.is_empty() {
            return Err(DeskError::bad(
                "hospital",
                "",
                "the name of the hospital where you rotate",
            ));
        }
        let starts = day("first day", &edit.starts)?;
        let ends = day("last day", &edit.ends)?;
        if let (Some(first), Some(last)) = (starts, ends)
            && last < first
        {
            let would_do = format!("a day from {first} on");
            return Err(DeskError::bad("last day", last, would_do));
        }
        let description = format!("Rotate at {hospital}");
        self.write("plan-rotation", "", &description, |writing| {
            if let Some(id) = id
                && !writing.rotations()?.iter().any(|known| known.id == id)
            {
                return Err(DeskError::not_there("rotation", id));
            }
            let places = Places::load(writing)?;
            let answers = writing.employer_answers()?;
            let site = match read_employer(&places, &answers, hospital, "") {
                Employer::Settled(place) => place.and_then(|place| place.site),
                Employer::Open(_) => None,
            };
            let id = id.unwrap_or_else(|| RotationId(self.new_id()));
            writing.set_rotation(&Rotation {
                id,
                hospital: hospital.to_owned(),
                site,
                service: edit.service.trim().to_owned(),
                starts,
                ends,
            })?;
            Ok(id)
        })
    }

    /// Takes a rotation away.
    ///
    /// # Errors
    /// [`DeskError::NotThere`] where no rotation has the identity.
    pub fn remove_rotation(&self, id: RotationId) -> Result<Done<()>> {
        self.write(
            "remove-rotation",
            &id.to_string(),
            "Remove a rotation",
            |writing| {
                let known = writing.rotations()?;
                let Some(rotation) = known.into_iter().find(|known| known.id == id) else {
                    return Err(DeskError::not_there("rotation", id));
                };
                writing.describe(&format!("Remove the rotation at {}", rotation.hospital));
                // The ticks of its checklists go with it, and come back with it.
                let ticks = tick_setting(id, "");
                for key in writing.settings()?.into_keys() {
                    if key.starts_with(&ticks) {
                        writing.remove_setting(&key)?;
                    }
                }
                writing.delete_rotation(id)?;
                Ok(())
            },
        )
    }
}

fn day(field: &'static str, typed: &str) -> Result<Option<Date>> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let would_do = "a day such as 2027-03-01, or nothing";
    typed
        .parse()
        .map(Some)
        .map_err(|_| DeskError::bad(field, typed, would_do))
}
