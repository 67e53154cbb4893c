//! An export of Vouch, which an empty vault takes over whole.

use std::fs::File;
use std::io::{BufRead, BufReader, Read as _};
use std::path::Path;

use desk::{Desk, Reader, export_of_paths, is_export};

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

/// Returns the tables of a CSV export as one document, where they are what is
/// imported: a folder, a zip, or some of the tables.
pub(super) fn tables(args: &Args, reader: &Reader) -> Result<Option<Vec<u8>>, CliError> {
    let paths: Vec<&Path> = args.file.iter().chain(&args.more).map(|it| &**it).collect();
    // Who says what columns hold wants the file read as any other table.
    let may_be = args.map.is_empty() && paths.iter().all(|path| path.is_file() || path.is_dir());
    let found = match paths.is_empty() || !may_be {
        true => None,
        false => export_of_paths(reader, &paths)?,
    };
    if found.is_none() && !args.more.is_empty() {
        return Err(CliError::Usage(
            "several files are imported together only where they are tables of a Vouch export; \
             would do: one file"
                .to_owned(),
        ));
    }
    Ok(found)
}

/// Takes over everything that an export holds; `tables` are those of a CSV export.
pub(super) fn load_export(
    desk: &Desk,
    file: &Path,
    tables: Option<&[u8]>,
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
    let mut input: Box<dyn BufRead + '_> = match tables {
        Some(document) => Box::new(document),
        None => Box::new(BufReader::new(File::open(file).map_err(|source| {
            CliError::File {
                file: file.to_owned(),
                source,
            }
        })?)),
    };
    let done = desk.load_export(&mut input)?;
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
