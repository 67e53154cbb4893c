//! `vouch unlock`: the passphrase taken off again.

use super::secret::Wanted;
use super::{CliError, Context, Outcome};

/// Arguments of `vouch unlock`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The passphrase is forgotten: open the vault with the code of the recovery sheet.
    #[arg(long)]
    recovery: bool,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let wanted = if args.recovery {
        Wanted::Recovery
    } else {
        Wanted::Passphrase
    };
    context.with_secret(wanted, |vault, secret| vault.unlock(secret))?;
    context.print(
        "The passphrase is taken off: whoever can read the folder can open the vault now.\n\
         `vouch lock` sets a new one; the recovery sheet is void.",
    )?;
    Ok(Outcome::Done)
}
