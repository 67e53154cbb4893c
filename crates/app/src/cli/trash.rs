//! `vouch trash`: deleted people, and the way back.

use desk::views::trash::{everybody_in_trash, find_in_trash, trash};
use domain::PersonId;

use super::{CliError, Context, Outcome};

/// Arguments of `vouch trash`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Restore this person: a name, part of it, or an id. May be given often.
    #[arg(long, value_name = "NAME")]
    restore: Vec<String>,
    /// Restore everybody.
    #[arg(long, conflicts_with = "restore")]
    restore_all: bool,
    /// List at most so many.
    #[arg(long, default_value_t = 50)]
    limit: usize,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let (desk, reader) = context.open()?;
    let restored = if args.restore_all {
        Some(everybody_in_trash(&reader)?)
    } else if args.restore.is_empty() {
        None
    } else {
        let people = args.restore.iter().map(|name| find_in_trash(&reader, name));
        Some(people.collect::<Result<Vec<PersonId>, _>>()?)
    };
    if let Some(people) = restored {
        let done = desk.restore_people(&people)?;
        let noun = if done.result == 1 { "person" } else { "people" };
        context.print(format!(
            "Restored {} {noun}. `vouch undo` takes this back.",
            done.result
        ))?;
        return Ok(Outcome::Done);
    }
    let trash = trash(&reader, args.limit, 0)?;
    if args.json {
        context.print_json(&trash)?;
        return Ok(Outcome::Done);
    }
    for row in &trash.rows {
        context.print(format!("{:<32} {}  ({})", row.name, row.employer, row.id))?;
    }
    if trash.total == 0 {
        context.print("The trash is empty.")?;
        return Ok(Outcome::No);
    }
    context.print(format!(
        "{} of {} in the trash",
        trash.rows.len(),
        trash.total
    ))?;
    Ok(Outcome::Done)
}
