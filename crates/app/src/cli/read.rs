//! `vouch read`: what is in files, without touching a vault.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use desk::{Reading, read_people};
use domain::{InteractionDraft, PersonDraft, Problem};
use serde_json::{Value, json};

use super::{CliError, Context, Outcome};
use crate::words::count;

/// Arguments of `vouch read`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The files.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Print JSON: one object a file, in a list.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let mut all = Vec::new();
    let mut n_unread = 0;
    for file in &args.files {
        match read(file) {
            Ok(reading) if args.json => all.push(as_json(file, &reading)),
            Ok(reading) => show(file, &reading, context)?,
            Err(error) => {
                n_unread += 1;
                if args.json {
                    let source = file.display().to_string();
                    all.push(json!({ "source": source, "error": error.to_string() }));
                } else {
                    writeln!(context.err, "{}: {error}", file.display())?;
                }
            }
        }
    }
    if args.json {
        context.print_json(&all)?;
    }
    Ok(if n_unread > 0 {
        Outcome::No
    } else {
        Outcome::Done
    })
}

fn read(file: &Path) -> Result<Reading, CliError> {
    let failed = |source| CliError::File {
        file: file.to_owned(),
        source,
    };
    let opened = File::open(file).map_err(failed)?;
    if opened.metadata().map_err(failed)?.is_dir() {
        return Err(CliError::Usage(
            "found a folder; would do: a file".to_owned(),
        ));
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    Ok(read_people(&name, &mut BufReader::new(opened))?)
}

fn show(file: &Path, reading: &Reading, context: &mut Context<'_>) -> Result<(), CliError> {
    let found = match reading.hospitals.len() {
        0 => format!(
            "{}, {}",
            count(&reading.people.len(), "person", "people"),
            count(&reading.interactions.len(), "message", "messages"),
        ),
        n => count(&n, "hospital", "hospitals"),
    };
    context.print(format!(
        "{}: {}; {found}, {}, {} empty on purpose",
        file.display(),
        reading.kind,
        count(&reading.n_problems, "problem", "problems"),
        reading.n_empty
    ))?;
    for problem in &reading.problems {
        context.print(format!("  {problem}"))?;
    }
    Ok(())
}

fn as_json(file: &Path, reading: &Reading) -> Value {
    json!({
        "source": file.display().to_string(),
        "kind": reading.kind,
        "counts": {
            "people": reading.people.len(),
            "interactions": reading.interactions.len(),
            "hospitals": reading.hospitals.len(),
            "empty": reading.n_empty,
            "problems": reading.n_problems,
        },
        "drafts": reading.people.iter().map(person).collect::<Vec<_>>(),
        "interactions": reading.interactions.iter().map(interaction).collect::<Vec<_>>(),
        "problems": reading.problems.iter().map(problem).collect::<Vec<_>>(),
    })
}

fn person(draft: &PersonDraft) -> Value {
    let contacts: Vec<Value> = draft
        .contacts
        .iter()
        .map(|c| json!({ "kind": c.kind.word(), "value": c.value, "label": c.label }))
        .collect();
    json!({
        "line": draft.line,
        "name": {
            "title": draft.name.title,
            "given": draft.name.given,
            "family": draft.name.family,
            "suffix": draft.name.suffix,
            "credentials": draft.name.credentials,
        },
        "employer": draft.employer,
        "position": draft.position,
        "contacts": contacts,
        "known_since": draft.known_since.map(|day| day.to_string()),
        "how_found": draft.how_found,
        "tags": draft.tags,
        "note": draft.note,
        "extra": draft.extra,
    })
}

fn interaction(draft: &InteractionDraft) -> Value {
    json!({
        "line": draft.line,
        "people": draft.people,
        "day": draft.day.to_string(),
        "channel": draft.channel.word(),
        "direction": draft.direction.word(),
        "note": draft.note,
        "unwanted": draft.unwanted,
    })
}

fn problem(problem: &Problem) -> Value {
    json!({
        "line": problem.line,
        "field": problem.field,
        "found": problem.found,
        "would_do": problem.would_do,
        "record_kept": problem.record_kept,
    })
}
