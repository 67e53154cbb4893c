//! `vouch recovery-sheet`: the paper that opens the vault when the passphrase is gone.

use std::path::PathBuf;

use super::secret::Wanted;
use super::{CliError, Context, Outcome, private_file};
use crate::paper::recovery_sheet;

/// Arguments of `vouch recovery-sheet`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Write it to a new file instead of the terminal. Print that, and delete it.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let clock = &context.clock;
    let today = clock.now().to_zoned_datetime(clock.zone()).date();
    // The file is made first: a sheet that could not be written would make the
    // one before void for nothing.
    let out = match args.out {
        Some(file) => Some((private_file::create_new(&file)?, file)),
        None => None,
    };
    let made = context.with_secret(Wanted::Passphrase, |vault, secret| {
        vault.make_recovery(secret, today)
    });
    let code = match (made, &out) {
        (Ok(code), _) => code,
        (Err(error), Some((_, file))) => {
            let _ = std::fs::remove_file(file);
            return Err(error);
        }
        (Err(error), None) => return Err(error),
    };
    let sheet = recovery_sheet::text(&code, today, context.vault.folder());
    match out {
        None => context.print(sheet)?,
        Some((mut written, file)) => {
            std::io::Write::write_all(&mut written, sheet.as_bytes()).map_err(|source| {
                CliError::WriteFile {
                    file: file.clone(),
                    source,
                }
            })?;
            context.print(format!(
                "The sheet is in {}. Print it, and delete the file. Any earlier sheet is void.",
                file.display()
            ))?;
        }
    }
    Ok(Outcome::Done)
}
