//! `vouch undo`: takes a change back.

use desk::views::history::{last_undoable, operation};

use super::{CliError, Context, Outcome};

/// Arguments of `vouch undo`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The id of the change (see `vouch history`); the newest one when left out.
    id: Option<String>,
    /// Undo later changes that touched the same things too.
    #[arg(long)]
    with_later: bool,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let (desk, reader) = context.open()?;
    let target = match &args.id {
        Some(id) => id
            .parse()
            .map_err(|error: domain::InvalidId| CliError::Usage(error.to_string()))?,
        None => last_undoable(&reader)?,
    };
    let what = operation(&reader, target)?.description;
    desk.undo_operation(target, args.with_later)?;
    context.print(format!("Undone: {what}"))?;
    Ok(Outcome::Done)
}
