//! `vouch restore`: a backup checked, compared, and put in place of the vault.

use std::path::PathBuf;

use desk::Found;

use super::{CliError, Context, Outcome};
use crate::words::{contents, count, found, sentence};

/// Arguments of `vouch restore`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A backup, or one of the copies in the vault's folder.
    file: PathBuf,
    /// Restore without asking.
    #[arg(long)]
    yes: bool,
    /// A file whose first line is the backup's own passphrase (else it is asked for, or the next
    /// line piped in).
    #[arg(long, value_name = "FILE")]
    backup_passphrase_file: Option<PathBuf>,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    // A file that is not there is said before anything is asked.
    let asks = context.vault.asks_for_passphrase(&args.file)?;
    let key = context.key()?;
    let passphrase = if asks {
        context.line_of(
            args.backup_passphrase_file.as_deref(),
            "Passphrase of the backup: ",
        )?
    } else {
        zeroize::Zeroizing::new(String::new())
    };
    let prepared = context
        .vault
        .prepare_restore(&key, &args.file, &passphrase)?;
    let zone = context.clock.zone();
    context.print(format!("backup: {}", contents(&prepared.backup, &zone)))?;
    context.print(format!("vault:  {}", found(&prepared.vault, &zone)))?;
    let forgotten = prepared.n_forgotten_since();
    if forgotten > 0 {
        context.print(format!(
            "Since this backup you forgot people {}. A backup that has them brings them back; \
             forget them again afterwards.",
            count(&forgotten, "time", "times")
        ))?;
    }
    let replaces = prepared.vault != Found::Nothing;
    if replaces && !args.yes && !context.confirmed("Put the backup in the place of the vault?")? {
        if !context.interactive {
            return Err(CliError::Usage(
                "nothing was restored; would do: --yes".to_owned(),
            ));
        }
        context.print("Nothing was restored.")?;
        return Ok(Outcome::No);
    }
    let restored = context
        .vault
        .finish_restore(&key, prepared, context.clock.now())?;
    context.print(sentence(&format!(
        "restored: {}",
        contents(&restored.now, &zone)
    )))?;
    if let Some(kept) = restored.kept {
        context.print(format!(
            "What was there before is kept in {}; `vouch restore` brings it back.",
            kept.display()
        ))?;
    }
    Ok(Outcome::Done)
}
