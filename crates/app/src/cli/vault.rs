//! `vouch vault`: how the vault is protected, and which backups there are.

use desk::views::vault::vault;

use super::{CliError, Context, Outcome};
use crate::words::{self, size};

/// Arguments of `vouch vault`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let view = vault(&context.vault, context.clock.now(), &context.clock.zone())?;
    if args.json {
        context.print_json(&view)?;
        return Ok(Outcome::Done);
    }
    context.print(format!("{} ({})", view.folder, size(&view.n_bytes)))?;
    if view.locked {
        context.print("locked: it opens with its passphrase only")?;
    } else {
        context.print(
            "not locked: whoever can read the folder can open it; `vouch lock` sets a passphrase",
        )?;
    }
    match &view.recovery_made {
        Some(day) => context.print(format!("recovery sheet: made on {}", words::day(day)))?,
        None if view.locked => {
            context.print("recovery sheet: none; make one with `vouch recovery-sheet`")?;
        }
        None => {}
    }
    if view.backups.is_empty() {
        context.print("backups: none in the folder yet; make one with `vouch backup`")?;
    }
    for backup in &view.backups {
        context.print(format!(
            "{}  {}  {}",
            words::day(&backup.day),
            size(&backup.n_bytes),
            backup.name
        ))?;
    }
    Ok(Outcome::Done)
}
