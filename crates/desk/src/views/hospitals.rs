//! The list of hospitals that the student imported: what a new file would
//! change in it, and which of them a typed text may be.

use std::collections::{HashMap, HashSet};

use domain::{Hospital, Provenance, Reliability, SiteId};
use formats::cms::HOSPITALS;
use jiff::tz::TimeZone;
use serde::Serialize;
use store::{Reader, Snapshot};

use crate::{DeskError, Reading, Result};

/// Hospitals that are offered for one text.
pub(crate) const OFFERED_MAX: usize = 6;

/// What a file of hospitals would change, or changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct HospitalChanges {
    /// Hospitals that are not stored.
    pub added: usize,
    /// Hospitals that are stored otherwise.
    pub changed: usize,
    /// Hospitals that are stored just so.
    pub same: usize,
    /// Stored hospitals that the file does not have.
    pub gone: usize,
    /// Rows with the number of an earlier row, which are left out.
    pub repeated: usize,
    /// Problems of the file.
    pub problems: usize,
}

impl HospitalChanges {
    /// Returns whether the list would change.
    pub fn changes_anything(&self) -> bool {
        self.added + self.changed + self.gone > 0
    }
}

/// The rows behind the counts.
pub(crate) struct Apply<'r> {
    /// Hospitals that are new or changed.
    pub(crate) set: Vec<&'r Hospital>,
    /// Hospitals that go.
    pub(crate) gone: Vec<SiteId>,
}

/// A hospital that a text may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HospitalLine {
    /// Its identity: "ccn-" and its certification number.
    pub site: String,
    /// Its name, city and state.
    pub label: String,
    /// What kind of hospital the list calls it.
    pub kind: String,
}

impl HospitalLine {
    /// Returns its certification number.
    pub fn number(&self) -> &str {
        self.site.strip_prefix("ccn-").unwrap_or(&self.site)
    }
}

/// Returns what taking over the hospitals of a reading would change.
///
/// # Errors
/// As [`crate::Desk::import_hospitals`].
pub fn hospital_changes(reader: &Reader, reading: &Reading) -> Result<HospitalChanges> {
    reader.read(|snapshot| Ok(hospital_changes_in(snapshot, reading)?.0))
}

pub(crate) fn hospital_changes_in<'r>(
    snapshot: &Snapshot<'_>,
    reading: &'r Reading,
) -> Result<(HospitalChanges, Apply<'r>)> {
    let stored = snapshot.hospitals()?;
    let mut changes = HospitalChanges {
        problems: reading.n_problems,
        ..HospitalChanges::default()
    };
    let mut set = Vec::new();
    let known: HashMap<&SiteId, &Hospital> = stored.iter().map(|it| (&it.site, it)).collect();
    let mut seen: HashSet<&SiteId> = HashSet::new();
    for hospital in &reading.hospitals {
        if !seen.insert(&hospital.site) {
            changes.repeated += 1;
            continue;
        }
        match known.get(&hospital.site) {
            None => changes.added += 1,
            Some(known) if *known == hospital => {
                changes.same += 1;
                continue;
            }
            Some(_) => changes.changed += 1,
        }
        set.push(hospital);
    }
    if seen.is_empty() || seen.len() * 2 < stored.len() {
        let found = format!("{} hospitals where {} are stored", seen.len(), stored.len());
        return Err(DeskError::bad(
            "list of hospitals",
            found,
            "the whole file, downloaded again",
        ));
    }
    let gone: Vec<SiteId> = stored
        .iter()
        .map(|it| &it.site)
        .filter(|site| !seen.contains(site))
        .cloned()
        .collect();
    changes.gone = gone.len();
    Ok((changes, Apply { set, gone }))
}

/// Returns the one hospital that a text is, by its name, its name with city and
/// state, or its number; `None` where none or several fit.
pub(crate) fn hospital_called(snapshot: &Snapshot<'_>, text: &str) -> Result<Option<Hospital>> {
    let mut found = snapshot.hospitals_called(text)?.into_iter();
    Ok(match (found.next(), found.next()) {
        (Some(hospital), None) => Some(hospital),
        _ => None,
    })
}

/// Returns hospitals that a text may be: those of this name, else those with
/// words that begin like its words.
pub(crate) fn hospitals_offered(snapshot: &Snapshot<'_>, text: &str) -> Result<Vec<HospitalLine>> {
    let mut found = snapshot.hospitals_called(text)?;
    if found.is_empty() {
        found = snapshot.hospitals_like(text, OFFERED_MAX)?;
    }
    Ok(found.into_iter().map(line).collect())
}

/// Returns up to `n_max` hospitals with words that begin like those of a text,
/// for somebody who is typing it.
pub fn hospitals(reader: &Reader, text: &str, n_max: usize) -> Result<Vec<HospitalLine>> {
    let found = reader.read(|snapshot| snapshot.hospitals_like(text, n_max))?;
    Ok(found.into_iter().map(line).collect())
}

fn line(hospital: Hospital) -> HospitalLine {
    HospitalLine {
        label: hospital.label(),
        site: hospital.site.to_string(),
        kind: hospital.kind,
    }
}

/// Returns where the list comes from. The file tells no date of its own, so the
/// day is the one on which it was imported.
pub(crate) fn provenance_of_hospitals(snapshot: &Snapshot<'_>) -> Result<Provenance> {
    let mut readings = snapshot.readings()?.into_iter();
    let last = readings.find(|reading| reading.format == HOSPITALS.label);
    let file = match &last {
        Some(reading) => format!(", file {} as imported", reading.file),
        None => String::new(),
    };
    Ok(Provenance {
        source: format!("CMS Hospital General Information{file}"),
        as_of: last.map(|reading| reading.at.to_zoned_datetime(TimeZone::UTC).date()),
        reliability: Reliability::Official,
        private: false,
    })
}
