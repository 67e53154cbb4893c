//! Takes over a public list of hospitals, in place of the one before.

use domain::fold_key;
use serde::Serialize;
use store::{ReadingRow, Writing};

use super::apply_import::count;
use crate::views::hospitals::{HospitalChanges, hospital_called, hospital_changes_in};
use crate::{Desk, Done, Reading, Result};

/// What taking over a list of hospitals came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct HospitalReport {
    /// What changed in the list.
    #[serde(flatten)]
    pub changes: HospitalChanges,
    /// Hospitals of rotations that were found in the list.
    pub rotations: Vec<String>,
}

impl HospitalReport {
    /// Returns whether anything was stored.
    pub fn changed_anything(&self) -> bool {
        self.changes.changes_anything() || !self.rotations.is_empty()
    }
}

impl Desk {
    /// Takes over the hospitals of a reading: what is new is added, what has
    /// changed is changed, and what the list no longer has is taken away.
    ///
    /// A rotation whose hospital was not known, and whose text is one hospital
    /// of the list, gets that hospital; where several fit, nothing is guessed.
    ///
    /// # Errors
    /// [`crate::DeskError::Bad`] where the reading has no hospital, or less than half
    /// of those that are stored: such a file is a piece of the list.
    pub fn import_hospitals(&self, reading: &Reading) -> Result<Done<HospitalReport>> {
        let source = &reading.source;
        let description = format!("Import {source}");
        self.write("import-hospitals", source, &description, |writing| {
            let (changes, apply) = hospital_changes_in(writing, reading)?;
            for hospital in apply.set {
                writing.set_hospital(hospital)?;
            }
            for site in &apply.gone {
                writing.delete_hospital(site)?;
            }
            let report = HospitalReport {
                rotations: settle_rotations(writing)?,
                changes,
            };
            if report.changed_anything() {
                let changes = &report.changes;
                writing.add_reading(&ReadingRow {
                    at: self.now(),
                    format: reading.kind.clone(),
                    file: source.clone(),
                    hash: String::new(),
                    n_records: count(reading.hospitals.len()),
                    n_new: count(changes.added),
                    n_updated: count(changes.changed),
                    n_same: count(changes.same),
                    n_left: count(changes.repeated),
                    n_problems: count(changes.problems),
                })?;
                writing.describe(&format!(
                    "{description}: {} hospitals added, {} changed, {} gone",
                    changes.added, changes.changed, changes.gone
                ));
            }
            Ok(report)
        })
    }
}

/// Gives rotations without a site the hospital that their text is, and returns
/// the texts.
fn settle_rotations(writing: &mut Writing<'_>) -> Result<Vec<String>> {
    let mut settled = Vec::new();
    for mut rotation in writing.rotations()? {
        if rotation.site.is_some() || fold_key(&rotation.hospital).is_empty() {
            continue;
        }
        if let Some(hospital) = hospital_called(writing, &rotation.hospital)? {
            rotation.site = Some(hospital.site);
            writing.set_rotation(&rotation)?;
            settled.push(rotation.hospital);
        }
    }
    Ok(settled)
}
