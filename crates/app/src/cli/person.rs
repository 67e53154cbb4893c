//! `vouch person`: everything about one person.

use desk::views::people::find_person;
use desk::views::person::person;

use super::{CliError, Context, Outcome};

/// Arguments of `vouch person`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The name, part of it, or the id.
    name: String,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let (_desk, reader) = context.open()?;
    let person = person(&reader, find_person(&reader, &args.name)?)?;
    if args.json {
        context.print_json(&person)?;
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
    for promise in person.commitments.iter().filter(|c| c.state == "open") {
        let due = promise
            .due
            .as_deref()
            .map(|day| format!(" by {day}"))
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
            line.day, line.heading, line.note
        ))?;
    }
    Ok(Outcome::Done)
}
