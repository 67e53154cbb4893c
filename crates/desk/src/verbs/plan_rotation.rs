//! Says where the student rotates, now or next.

use domain::{Rotation, RotationId, SiteId, fold_key};
use jiff::civil::Date;
use store::Snapshot;

use crate::places::Places;
use crate::views::here::tick_setting;
use crate::views::hospitals::hospital_called;
use crate::views::import::{Employer, read_employer};
use crate::{Desk, DeskError, Done, Result};

/// A rotation as the student types it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RotationEdit {
    /// The hospital; the one thing that is needed.
    pub hospital: String,
    /// The site that the hospital is ("ccn-220071"), where the student chose one.
    pub site: String,
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
    /// Which site the hospital is follows from its text where that is clear,
    /// else from what was chosen; where several fit, nothing is guessed.
    ///
    /// # Errors
    /// [`DeskError::Bad`] without a hospital, with a site that is not known, with
    /// a day that is none, or with a last day before the first; [`DeskError::NotThere`] where no rotation
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
            let mut known = writing.rotations()?.into_iter();
            let before = match id {
                Some(id) => match known.find(|known| known.id == id) {
                    None => return Err(DeskError::not_there("rotation", id)),
                    before => before,
                },
                None => None,
            };
            let before = before.filter(|before| before.hospital == hospital);
            let (hospital, site) = match edit.site.trim() {
                // What was chosen for this text stays chosen.
                "" => match before.and_then(|before| before.site) {
                    Some(site) => (hospital.to_owned(), Some(site)),
                    None => read_hospital(writing, hospital)?,
                },
                site => (hospital.to_owned(), Some(known_site(writing, site)?)),
            };
            let id = id.unwrap_or_else(|| RotationId(self.new_id()));
            writing.set_rotation(&Rotation {
                id,
                hospital,
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

/// Returns the hospital's name and the site that a text tells: by the shipped
/// facts and the student's own places, else by the imported list. A text that
/// is more than the name, such as the number, gives way to the name.
fn read_hospital(snapshot: &Snapshot<'_>, text: &str) -> Result<(String, Option<SiteId>)> {
    let places = Places::load(snapshot)?;
    let answers = snapshot.employer_answers()?;
    if let Employer::Settled(Some(place)) = read_employer(&places, &answers, text, "")
        && place.site.is_some()
    {
        return Ok((text.to_owned(), place.site));
    }
    Ok(match hospital_called(snapshot, text)? {
        Some(hospital) if fold_key(&hospital.name) == fold_key(text) => {
            (text.to_owned(), Some(hospital.site))
        }
        Some(hospital) => (hospital.name, Some(hospital.site)),
        None => (text.to_owned(), None),
    })
}

fn known_site(snapshot: &Snapshot<'_>, text: &str) -> Result<SiteId> {
    let unknown = || DeskError::bad("hospital", text, "one of those that are offered");
    let site = SiteId::new(text).map_err(|_| unknown())?;
    let is_known =
        Places::load(snapshot)?.site(&site).is_some() || snapshot.hospital(&site)?.is_some();
    if is_known { Ok(site) } else { Err(unknown()) }
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
