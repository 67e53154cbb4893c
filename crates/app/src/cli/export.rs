//! `vouch export`: everything that is stored, or people for an address book.

use std::fs;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use desk::Desk;
use desk::views::export::{cards, export, schema, write_everything};
use desk::views::people::PeopleQuery;
use domain::{Ring, RoleKind};
use formats::export::{Table, write_csv, write_json};
use formats::vcard::VcardVersion;

use super::people::{rings, roles, word};
use super::{CliError, Context, Outcome, inert_json, printable, private_file};

/// Arguments of `vouch export`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The form: everything as one JSON file or as one CSV file a table, or people as vCards.
    #[arg(long, value_enum, default_value_t = Form::Json)]
    format: Form,
    /// Put deleted people into it as well, as if they were restored.
    #[arg(long)]
    with_trash: bool,
    /// The file to write, or the folder to write into (CSV); JSON and vCards are
    /// printed without one.
    #[arg(long, short)]
    out: Option<PathBuf>,
    /// vCards: only people with these words in name, employer, post, address, tag or note.
    #[arg(long, value_name = "WORDS", default_value = "")]
    words: String,
    /// vCards: only this role (resident, attending, director, …).
    #[arg(long)]
    role: Option<String>,
    /// vCards: only this ring (inner, working, wide, stored).
    #[arg(long)]
    ring: Option<String>,
    /// vCards: only this tag.
    #[arg(long, default_value = "")]
    tag: String,
    /// vCards: only people of my school.
    #[arg(long)]
    my_school: bool,
    /// vCards: with my notes, which other programs will then see.
    #[arg(long)]
    notes: bool,
    /// Print the JSON Schema of the JSON form instead.
    #[arg(long)]
    schema: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    Json,
    Csv,
    Vcard4,
    Vcard3,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let (desk, reader) = context.open()?;
    if args.schema {
        context.out.write_all(schema(&reader)?.as_bytes())?;
        return Ok(Outcome::Done);
    }
    if let Some(version) = version(args.format) {
        return write_cards(&args, version, &desk, context);
    }
    if args.format == Form::Csv {
        let Some(folder) = &args.out else {
            return Err(CliError::Usage(
                "--format csv: found no folder; would do: --out FOLDER".to_owned(),
            ));
        };
        let tables = if args.with_trash {
            desk.export_with_trash()?
        } else {
            export(&reader)?
        };
        desk.note_export(folder)?;
        return write_tables(&tables, folder, context);
    }
    let mut bytes = Vec::new();
    if args.with_trash {
        write_json(&desk.export_with_trash()?, &mut bytes)?;
    } else {
        write_everything(&reader, &mut bytes)?;
    }
    match args.out {
        None => {
            let json = String::from_utf8(bytes).map_err(std::io::Error::other)?;
            context.out.write_all(inert_json(&json).as_bytes())?;
        }
        Some(file) => {
            desk.note_export(&file)?;
            private_file::write(&file, &bytes)?;
            context.print(format!("Everything is in {}.", file.display()))?;
        }
    }
    Ok(Outcome::Done)
}

fn version(form: Form) -> Option<VcardVersion> {
    match form {
        Form::Vcard4 => Some(VcardVersion::V4),
        Form::Vcard3 => Some(VcardVersion::V3),
        Form::Json | Form::Csv => None,
    }
}

fn write_cards(
    args: &Args,
    version: VcardVersion,
    desk: &Desk,
    context: &mut Context<'_>,
) -> Result<Outcome, CliError> {
    let query = PeopleQuery {
        text: args.words.clone(),
        role: word(
            "--role",
            args.role.as_deref(),
            &roles(),
            RoleKind::from_word,
        )?,
        ring: word("--ring", args.ring.as_deref(), &rings(), Ring::from_word)?,
        tags: Some(args.tag.clone())
            .filter(|tag| !tag.is_empty())
            .into_iter()
            .collect(),
        same_school: args.my_school.then_some(true),
        ..PeopleQuery::default()
    };
    let text = cards(desk.reader(), &query, version, args.notes)?;
    let n = text.matches("BEGIN:VCARD").count();
    match &args.out {
        None => context.out.write_all(printable_lines(&text).as_bytes())?,
        Some(file) => {
            desk.note_export(file)?;
            private_file::write(file, text.as_bytes())?;
            let noun = if n == 1 { "person is" } else { "people are" };
            context.print(format!("{n} {noun} in {}.", file.display()))?;
        }
    }
    Ok(if n == 0 { Outcome::No } else { Outcome::Done })
}

/// Returns the text with the signs made harmless that a terminal would obey.
fn printable_lines(text: &str) -> String {
    text.lines().map(|line| printable(line) + "\r\n").collect()
}

fn write_tables(
    tables: &[Table],
    folder: &Path,
    context: &mut Context<'_>,
) -> Result<Outcome, CliError> {
    fs::create_dir_all(folder).map_err(|source| CliError::WriteFile {
        file: folder.to_owned(),
        source,
    })?;
    for table in tables {
        let mut bytes = Vec::new();
        write_csv(table, &mut bytes)?;
        private_file::write(&folder.join(format!("{}.csv", table.name)), &bytes)?;
    }
    context.print(format!(
        "{} tables are in {}.",
        tables.len(),
        folder.display()
    ))?;
    Ok(Outcome::Done)
}
