//! A list of hospitals, shown and taken over.

use desk::views::hospitals::{HospitalChanges, hospital_changes};
use desk::{Desk, Reader, Reading};

use super::{Args, confirmed, save_problems};
use crate::cli::{CliError, Context, Outcome};
use crate::words::{count, grouped};

/// Problems that are shown one by one.
const PROBLEMS_SHOWN: usize = 12;

/// Takes over the hospitals of a reading, once the student has said so.
pub(super) fn import(
    desk: &Desk,
    reader: &Reader,
    reading: &Reading,
    args: &Args,
    context: &mut Context<'_>,
) -> Result<Outcome, CliError> {
    let changes = hospital_changes(reader, reading)?;
    if !args.json {
        show(reading, &changes, context)?;
    }
    if let Some(file) = &args.problems {
        save_problems(file, reading)?;
    }
    if args.dry_run {
        if args.json {
            context.print_json(&changes)?;
        }
        return Ok(Outcome::Done);
    }
    if changes.changes_anything() && !args.yes && !confirmed(context)? {
        context.print("Nothing was changed. Add --yes to import without being asked.")?;
        return Ok(Outcome::No);
    }
    let done = desk.import_hospitals(reading)?;
    if args.json {
        context.print_json(&serde_json::json!({
            "operation": done.operation.to_string(),
            "report": done.result,
        }))?;
        return Ok(Outcome::Done);
    }
    if !done.result.changed_anything() {
        context.print("Nothing would change.")?;
        return Ok(Outcome::Done);
    }
    context.print(format!(
        "Imported: {} added, {} changed, {} gone.",
        grouped(&changes.added),
        grouped(&changes.changed),
        grouped(&changes.gone)
    ))?;
    for rotation in &done.result.rotations {
        context.print(format!("Your rotation at {rotation} is in the list."))?;
    }
    context.print("`vouch undo` takes it back.")?;
    Ok(Outcome::Done)
}

fn show(
    reading: &Reading,
    changes: &HospitalChanges,
    context: &mut Context<'_>,
) -> Result<(), CliError> {
    context.print(format!(
        "{}: {}; {}: {} new, {} unchanged, {} changed, {} no longer in the list",
        reading.source,
        reading.kind,
        count(&reading.hospitals.len(), "hospital", "hospitals"),
        grouped(&changes.added),
        grouped(&changes.same),
        grouped(&changes.changed),
        grouped(&changes.gone),
    ))?;
    if changes.repeated > 0 {
        context.print(format!(
            "{} twice in the file; the first is kept",
            changes.repeated
        ))?;
    }
    for problem in reading.problems.iter().take(PROBLEMS_SHOWN) {
        context.print(format!("  {problem}"))?;
    }
    if reading.n_problems > PROBLEMS_SHOWN {
        let more = reading.n_problems - PROBLEMS_SHOWN;
        context.print(format!("  and {more} more; --problems FILE lists all"))?;
    }
    Ok(())
}
