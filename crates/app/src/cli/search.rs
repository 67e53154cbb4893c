//! `vouch search`: people, programs and notes by their words.

use desk::views::search::search;

use super::{CliError, Context, Outcome};

/// Arguments of `vouch search`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The words, or their beginnings.
    words: Vec<String>,
    /// At most so many of each kind.
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let (_desk, reader) = context.open()?;
    let words = args.words.join(" ");
    if words.trim().is_empty() {
        return Err(CliError::Usage(
            "words: nothing is entered; enter a name, or a word of a note".to_owned(),
        ));
    }
    let found = search(&reader, &words, args.limit)?;
    if args.json {
        context.print_json(&found)?;
        return Ok(Outcome::Done);
    }
    for person in &found.people {
        context.print(format!("person   {}, {}", person.name, person.employer))?;
    }
    for (id, name) in &found.programs {
        context.print(format!("program  {name} ({id})"))?;
    }
    for note in &found.notes {
        let who = note
            .person
            .as_ref()
            .map(|(_, name)| name.as_str())
            .unwrap_or("nobody");
        let day = note.day.as_deref().unwrap_or("not sent");
        context.print(format!("note     {day}, {who}: {}", note.snippet))?;
    }
    for (n_shown, n, what) in [
        (found.people.len(), found.n_people, "people"),
        (found.programs.len(), found.n_programs, "programs"),
    ] {
        if n > n_shown {
            context.print(format!("{n_shown} of {n} {what}; --limit shows more."))?;
        }
    }
    let none = found.people.is_empty() && found.programs.is_empty() && found.notes.is_empty();
    if none {
        context.print("Nothing fits.")?;
        return Ok(Outcome::No);
    }
    Ok(Outcome::Done)
}
