//! Takes out of imported notes what may tell who a patient is.

use std::sync::Arc;

use domain::Problem;
use formats::ProblemGroup;

use crate::Reading;
use crate::note_scan::without_patient;

const FIELD: &str = "note";
const FOUND: &str = "a sentence that may tell who a patient is, taken out";
const WOULD_DO: &str =
    "your own words; where it is no patient, write the note on the person's page";

/// Returns the reading with such sentences taken out of every note, and a problem for each note that had them.
///
/// The words themselves stand in no problem, because problems are shown, counted and written into files.
pub(super) fn without_patients(mut reading: Arc<Reading>) -> Arc<Reading> {
    let found: Vec<(usize, String)> = reading
        .people
        .iter()
        .enumerate()
        .filter_map(|(row, draft)| {
            let note = without_patient(&draft.note);
            (note != draft.note).then_some((row, note))
        })
        .collect();
    let Some(&(first, _)) = found.first() else {
        return reading;
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
    reading
}
