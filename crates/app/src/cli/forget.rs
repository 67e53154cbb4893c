//! `vouch forget`: people are erased for good, after it was said what goes.

use std::io::BufRead as _;

use desk::Desk;
use desk::views::forget::{Forget, forget_person, forget_trash};
use desk::views::people::find_person;
use desk::views::trash::find_in_trash;
use domain::PersonId;

use super::{CliError, Context, Outcome};

/// Arguments of `vouch forget`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The person: a name, part of it, or the id; in the trash as well.
    #[arg(required_unless_present = "trash")]
    name: Option<String>,
    /// Empty the trash instead: forget everybody in it.
    #[arg(long, conflicts_with = "name")]
    trash: bool,
    /// Confirm it with the surname (or, with --trash, with the number of people)
    /// instead of being asked.
    #[arg(long, value_name = "WORD")]
    confirm: Option<String>,
    /// Only say what would go.
    #[arg(long)]
    preview: bool,
    /// Print JSON (with --preview).
    #[arg(long, requires = "preview")]
    json: bool,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let (desk, _) = context.open()?;
    let person = match &args.name {
        Some(name) => Some(find(&desk, name)?),
        None => None,
    };
    let forget = match person {
        Some(id) => forget_person(&desk, id)?,
        None => forget_trash(&desk)?,
    };
    if args.json {
        context.print_json(&forget)?;
        return Ok(Outcome::Done);
    }
    say(&forget, context)?;
    if args.preview {
        return Ok(Outcome::Done);
    }
    let typed = match args.confirm {
        Some(word) => word,
        None => ask(&forget, context)?,
    };
    let done = match person {
        Some(id) => desk.forget_person(id, &typed)?,
        None => desk.empty_trash(&typed)?,
    };
    let n = done.result.counts.people;
    let noun = if n == 1 { "person" } else { "people" };
    context.print(format!("Forgot {n} {noun}, for good."))?;
    if !done.result.swept {
        context.print(
            "The file is not clean yet: the disk is full, or another Vouch is reading. \
             Free some space and open Vouch again; it finishes by itself.",
        )?;
    }
    if done.result.copies_left > 0 {
        context.print(
            "A copy that Vouch made may still hold them: it could not be opened or written. \
             `vouch vault` lists the copies; delete what you do not need.",
        )?;
    }
    Ok(Outcome::Done)
}

/// Finds who is meant: among those stored first, then in the trash.
fn find(desk: &Desk, name: &str) -> Result<PersonId, CliError> {
    let stored = find_person(desk.reader(), name);
    match stored {
        // An id is taken as it is, and is looked for in both places.
        Err(desk::DeskError::NotThere { .. }) => Ok(find_in_trash(desk.reader(), name)?),
        stored => Ok(stored?),
    }
}

fn say(forget: &Forget, context: &mut Context<'_>) -> Result<(), CliError> {
    let c = &forget.counts;
    let mut lines = vec![format!(
        "Forgetting {} is for good; there is no undo. It erases:",
        forget.who
    )];
    for (what, n) in [
        ("rows in all", c.rows),
        ("interactions with nobody else", c.interactions),
        ("messages", c.messages),
        ("promises", c.commitments),
        ("older rows that only the history keeps", c.rows_of_history),
        ("texts about others that lose the name", c.texts),
    ] {
        if n > 0 {
            lines.push(format!("  {what}: {n}"));
        }
    }
    if c.operations > 0 {
        lines.push(format!(
            "Earlier changes that cannot be undone afterwards: {}",
            c.operations
        ));
    }
    if c.shared > 0 {
        lines.push(format!(
            "Interactions with others, which stay without them: {}",
            c.shared
        ));
    }
    if c.mentions > 0 {
        lines.push(format!(
            "Texts that hold the surname alone, and stay as they are: {}",
            c.mentions
        ));
        let shown = forget.mentions.iter();
        lines.extend(shown.map(|m| format!("  {}: \"{}\"", m.what, m.snippet)));
    }
    if forget.copies_cleaned > 0 {
        lines.push(format!(
            "Copies that Vouch made by itself, from which it is erased as well: {}",
            forget.copies_cleaned
        ));
    }
    if !forget.exports.is_empty() {
        lines.push(
            "These files, which Vouch wrote for you, may still hold them; delete what you do not need:"
                .to_owned(),
        );
        let exports = forget.exports.iter();
        lines.extend(exports.map(|it| format!("  {} ({})", it.file.display(), it.day)));
    }
    if !forget.copies.is_empty() {
        lines.push(
            "These files beside the vault may still hold them; delete what you do not need:"
                .to_owned(),
        );
        let copies = forget.copies.iter();
        lines.extend(copies.map(|copy| format!("  {}", copy.file.display())));
    }
    lines.push(
        "Files that your browser saved from the page Export, or that you copied elsewhere, are not \
         known to Vouch."
            .to_owned(),
    );
    context.print(lines.join("\n"))
}

/// Asks for the word that confirms.
fn ask(forget: &Forget, context: &mut Context<'_>) -> Result<String, CliError> {
    if !context.interactive {
        return Err(CliError::Usage(format!(
            "nobody is there to confirm it; would do: --confirm \"{}\"",
            forget.type_this
        )));
    }
    write!(
        context.err,
        "Type {} to confirm: ",
        super::printable(&forget.type_this)
    )?;
    context.err.flush()?;
    let mut typed = String::new();
    std::io::BufReader::new(&mut *context.input).read_line(&mut typed)?;
    Ok(typed.trim().to_owned())
}
