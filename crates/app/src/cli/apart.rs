//! `vouch apart`: remembers that two people who look like one are two.

use desk::views::duplicates::comparison;
use desk::views::people::find_person;

use super::{CliError, Context, Outcome};

/// Arguments of `vouch apart`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// One of them: the name, part of it, or the id.
    one: String,
    /// The other one.
    other: String,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let (desk, reader) = context.open()?;
    let one = find_person(&reader, &args.one)?;
    let other = find_person(&reader, &args.other)?;
    let pair = comparison(&reader, one, other)?;
    desk.keep_apart(one, other)?;
    context.print(format!(
        "{} and {} are two people. `vouch undo` takes it back.",
        pair.kept.name, pair.other.name
    ))?;
    Ok(Outcome::Done)
}
