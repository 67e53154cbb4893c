//! An export of Vouch, which an empty vault takes over whole.

use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::Path;

use desk::{Desk, is_export};

use super::Args;
use crate::cli::{CliError, Context, Outcome};
use crate::words::count;

/// Returns whether a file begins as an export does.
pub(super) fn is_whole_export(file: &Path) -> Result<bool, CliError> {
    if file.as_os_str() == "-" {
        return Ok(false);
    }
    let mut head = Vec::new();
    let opened = File::open(file);
    let read = opened.and_then(|opened| opened.take(4096).read_to_end(&mut head));
    // A file that cannot be read is told about where it is read.
    Ok(read.is_ok() && is_export(&head))
}

/// Takes over everything that an export holds.
pub(super) fn load_export(
    desk: &Desk,
    file: &Path,
    args: &Args,
    context: &mut Context<'_>,
) -> Result<Outcome, CliError> {
    let show = file.display();
    if args.dry_run {
        context.print(format!(
            "{show}: an export of Vouch. This vault is empty and would take over everything in it."
        ))?;
        return Ok(Outcome::Done);
    }
    let opened = File::open(file).map_err(|source| CliError::File {
        file: file.to_owned(),
        source,
    })?;
    let done = desk.load_export(&mut BufReader::new(opened))?;
    let loaded = done.result;
    if args.json {
        context.print_json(&loaded)?;
        return Ok(Outcome::Done);
    }
    context.print(format!(
        "Everything of {show} is back: {}, {}, {}.",
        count(&loaded.people, "person", "people"),
        count(&loaded.interactions, "interaction", "interactions"),
        count(&loaded.messages, "message", "messages"),
    ))?;
    context.print("`vouch undo` takes it back.")?;
    Ok(Outcome::Done)
}
