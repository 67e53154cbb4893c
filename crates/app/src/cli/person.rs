//! `vouch person`: everything about one person.

use desk::views::people::find_person;
use desk::views::person::{PersonView, person};
use desk::views::today::{DueLine, due_with};

use super::{CliError, Context, Outcome};
use crate::words;

/// Arguments of `vouch person`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The name, part of it, or the id.
    name: String,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// The person with what is due.
#[derive(serde::Serialize)]
struct Shown {
    #[serde(flatten)]
    person: PersonView,
    due: Vec<DueLine>,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let (desk, reader) = context.open()?;
    let id = find_person(&reader, &args.name)?;
    let person = person(&reader, id)?;
    let due = due_with(&reader, id, desk.now(), &desk.zone()?)?;
    if args.json {
        context.print_json(&Shown { person, due })?;
        return Ok(Outcome::Done);
    }
    context.print(format!(
        "{} ({}: {})",
        person.name, person.state, person.reason
    ))?;
    for a in &person.affiliations {
        let what = if a.current { "works at" } else { "was at" };
        let post = if a.position.is_empty() {
            String::new()
        } else {
            format!(", {}", a.position)
        };
        context.print(format!("  {what} {}{post}", a.employer))?;
        for (id, name) in &a.programs {
            context.print(format!("    {name} ({id}): {}", a.evidence))?;
        }
    }
    for (kind, value, _) in &person.contacts {
        context.print(format!("  {kind}: {value}"))?;
    }
    if !person.how_found.is_empty() {
        context.print(format!("  how found: {}", person.how_found))?;
    }
    if !person.note.is_empty() {
        context.print(format!("  note: {}", person.note))?;
    }
    for item in &due {
        context.print(format!("  next ({}): {}", item.kind, item.aim))?;
    }
    if due.is_empty() {
        context.print(format!("  next: {}", person.next_step))?;
    }
    for tie in &person.ties {
        context.print(format!("  tie: {}, {}", tie.name, tie.evidence))?;
    }
    for promise in person.commitments.iter().filter(|c| c.state == "open") {
        let due = promise
            .due
            .as_deref()
            .map(|day| format!(" by {}", words::day(day)))
            .unwrap_or_default();
        context.print(format!(
            "  promised ({}): {}{due}",
            promise.owner, promise.what
        ))?;
    }
    for line in &person.timeline {
        let event = if line.event.is_empty() {
            String::new()
        } else {
            format!(" @{}", line.event)
        };
        context.print(format!(
            "  {} {}{event}: {}",
            words::day(&line.day),
            line.heading,
            line.note
        ))?;
    }
    Ok(Outcome::Done)
}
