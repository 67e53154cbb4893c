//! `vouch delete`: people into the trash.

use desk::views::people::find_person;
use domain::PersonId;

use super::{CliError, Context, Outcome};

/// Arguments of `vouch delete`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The people: each a name, part of it, or an id.
    #[arg(required = true)]
    names: Vec<String>,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let (desk, reader) = context.open()?;
    let people = args
        .names
        .iter()
        .map(|name| find_person(&reader, name))
        .collect::<Result<Vec<PersonId>, _>>()?;
    let done = desk.delete_people(&people)?;
    let noun = if done.result == 1 { "person" } else { "people" };
    context.print(format!(
        "Deleted {} {noun}. `vouch trash` shows who waits in the trash, `vouch undo` takes this back.",
        done.result
    ))?;
    Ok(Outcome::Done)
}
