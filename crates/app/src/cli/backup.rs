//! `vouch backup`: the whole vault in one file, with a passphrase of its own.

use std::path::PathBuf;

use super::{CliError, Context, Outcome};

/// Arguments of `vouch backup`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The new file (else one in the vault's folder, named by the time).
    file: Option<PathBuf>,
    /// A file whose first line is the backup's own passphrase (else it is asked for, or the next
    /// line piped in).
    #[arg(long, value_name = "FILE")]
    backup_passphrase_file: Option<PathBuf>,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let (desk, _reader) = context.open()?;
    let passphrase = context.new_passphrase(
        args.backup_passphrase_file.as_deref(),
        "A passphrase for this backup, 8 characters or more: ",
    )?;
    let file = match args.file {
        Some(file) => {
            desk.backup(&file, &passphrase)?;
            file
        }
        None => desk.backup_into_folder(&passphrase)?,
    };
    context.print(format!(
        "The backup is {}. It opens with its own passphrase only; write that down.",
        file.display()
    ))?;
    Ok(Outcome::Done)
}
