//! Takes out of imported notes what may tell who a patient is.

use std::sync::Arc;

use domain::Problem;
use formats::ProblemGroup;

use super::TOLD_EVERY;
use crate::note_scan::without_patient;
use crate::{DeskError, Reading, Result};

const FIELD: &str = "note";
const FOUND: &str = "a sentence that may tell who a patient is, taken out";
const WOULD_DO: &str =
    "your own words; where it is no patient, write the note on the person's page";

/// Returns the reading with such sentences taken out of every note, and a problem for each note that had them.
///
/// The words themselves stand in no problem, because problems are shown, counted and written into files.
///
/// # Errors
/// [`DeskError::Stopped`] where `progress`, which is told how many people are
/// looked through, answered with `false`.
pub(super) fn without_patients(
    mut reading: Arc<Reading>,
    progress: &mut dyn FnMut(usize) -> bool,
) -> Result<Arc<Reading>> {
    let mut found: Vec<(usize, String)> = Vec::new();
    for (row, draft) in reading.people.iter().enumerate() {
        if row % TOLD_EVERY == 0 && !progress(row) {
            return Err(DeskError::Stopped);
        }
        let note = without_patient(&draft.note);
        if note != draft.note {
            found.push((row, note));
        }
    }
    let Some(&(first, _)) = found.first() else {
        return Ok(reading);
    };
    let first_line = reading.people[first].line;
    let n_problems = found.len();
    let reading_of_its_own = Arc::make_mut(&mut reading);
    for (row, note) in found {
        let draft = &mut reading_of_its_own.people[row];
        draft.note = note;
        let problem = Problem {
            line: draft.line,
            field: FIELD.to_owned(),
            found: FOUND.to_owned(),
            would_do: WOULD_DO.to_owned(),
            record_kept: true,
        };
        domain::Sink::problem(reading_of_its_own, problem);
    }
    reading_of_its_own.groups.insert(
        0,
        ProblemGroup {
            field: FIELD.to_owned(),
            would_do: WOULD_DO.to_owned(),
            n_problems: u64::try_from(n_problems).unwrap_or(u64::MAX),
            n_lost: 0,
            first_line,
            first_found: FOUND.to_owned(),
        },
    );
    Ok(reading)
}
