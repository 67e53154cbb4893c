//! `vouch export`: everything that is stored, as JSON or as CSV files.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use clap::ValueEnum;
use desk::views::export::export;
use formats::export::{write_csv, write_json};

use super::{CliError, Context, Outcome, inert_json};

/// Arguments of `vouch export`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The form: one JSON file, or one CSV file a table.
    #[arg(long, value_enum, default_value_t = Form::Json)]
    format: Form,
    /// Put deleted people into it as well, as if they were restored.
    #[arg(long)]
    with_trash: bool,
    /// The file to write (JSON) or the folder to write into (CSV); JSON is
    /// printed without one.
    #[arg(long, short)]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    Json,
    Csv,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let (desk, reader) = context.open()?;
    let tables = if args.with_trash {
        desk.export_with_trash()?
    } else {
        export(&reader)?
    };
    match (args.format, args.out) {
        (Form::Json, None) => {
            let mut bytes = Vec::new();
            write_json(&tables, &mut bytes)?;
            let json = String::from_utf8(bytes).map_err(std::io::Error::other)?;
            context.out.write_all(inert_json(&json).as_bytes())?;
        }
        (Form::Json, Some(file)) => {
            let mut bytes = Vec::new();
            write_json(&tables, &mut bytes)?;
            write_new(&file, &bytes)?;
            context.print(format!("Everything is in {}.", file.display()))?;
        }
        (Form::Csv, None) => {
            return Err(CliError::Usage(
                "--format csv: found no folder; would do: --out FOLDER".to_owned(),
            ));
        }
        (Form::Csv, Some(folder)) => {
            fs::create_dir_all(&folder).map_err(|source| CliError::WriteFile {
                file: folder.clone(),
                source,
            })?;
            for table in &tables {
                let mut bytes = Vec::new();
                write_csv(table, &mut bytes)?;
                write_new(&folder.join(format!("{}.csv", table.name)), &bytes)?;
            }
            context.print(format!(
                "{} tables are in {}.",
                tables.len(),
                folder.display()
            ))?;
        }
    }
    Ok(Outcome::Done)
}

/// Writes a file that only its owner can read: it holds other people's data.
fn write_new(file: &PathBuf, bytes: &[u8]) -> Result<(), CliError> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options
        .open(file)
        .and_then(|mut out| out.write_all(bytes))
        .map_err(|source| CliError::WriteFile {
            file: file.clone(),
            source,
        })
}
