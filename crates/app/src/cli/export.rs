//! `vouch export`: everything that is stored, as JSON or CSV.

use std::fs;
use std::path::PathBuf;

use clap::ValueEnum;
use desk::views::export::export;

use super::{CliError, Context, Outcome};

/// Arguments of `vouch export`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The form.
    #[arg(long, value_enum, default_value_t = Form::Json)]
    format: Form,
    /// The file to write; without one it is printed.
    #[arg(long, short)]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    Json,
    Csv,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let (_desk, reader) = context.open()?;
    let tables = export(&reader)?;
    let bytes = match args.format {
        Form::Json => formats::export::json(&tables),
        Form::Csv => formats::export::csv(&tables),
    };
    match &args.out {
        Some(file) => {
            fs::write(file, &bytes)
                .map_err(|source| CliError::File { file: file.clone(), source })?;
            context.print(format!("Everything is in {}.", file.display()))?;
        }
        None => context.out.write_all(bytes.as_ref())?,
    }
    Ok(Outcome::Done)
}
