//! `vouch lock`: a passphrase for the vault, set or changed.

use std::path::PathBuf;

use desk::Secret;

use super::secret::Wanted;
use super::{CliError, Context, Outcome};

/// Arguments of `vouch lock`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A file whose first line is the new passphrase (else it is asked for, or the next line piped in).
    #[arg(long, value_name = "FILE")]
    new_passphrase_file: Option<PathBuf>,
    /// Show that you may change it with the code of the recovery sheet.
    #[arg(long)]
    recovery: bool,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let wanted = if args.recovery {
        Wanted::Recovery
    } else {
        Wanted::Passphrase
    };
    let was_locked = context.vault.protection()?.locked;
    // Who may not change it is told before a new one is thought up.
    let key = context.with_secret(wanted, |vault, secret| vault.key_or_new(secret))?;
    let new = context.new_passphrase(
        args.new_passphrase_file.as_deref(),
        "New passphrase, 8 characters or more: ",
    )?;
    context.vault.lock(Secret::Key(&key), &new)?;
    if was_locked {
        context.print("The passphrase is changed. Your recovery sheet goes on working.")?;
    } else {
        context.print(
            "The vault is locked: it opens with your passphrase only.\n\
             Make a recovery sheet now, with `vouch recovery-sheet`: without it and without the \
             passphrase, nobody can open the vault.",
        )?;
    }
    Ok(Outcome::Done)
}
