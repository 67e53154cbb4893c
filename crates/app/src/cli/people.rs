//! `vouch people`: a list with filters.

use desk::views::people::{Order, PeopleQuery, people};
use domain::{Ring, RoleKind};

use super::{CliError, Context, Outcome};

/// Arguments of `vouch people`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Words of name, employer, post, address, tag or note.
    text: Vec<String>,
    /// Only this role (resident, attending, director, …).
    #[arg(long)]
    role: Option<String>,
    /// Only this ring (inner, working, wide, stored).
    #[arg(long)]
    ring: Option<String>,
    /// Only this tag.
    #[arg(long)]
    tag: Option<String>,
    /// Only people of my school.
    #[arg(long)]
    my_school: bool,
    /// The archived ones instead.
    #[arg(long)]
    archived: bool,
    /// Order: name, recent or silent.
    #[arg(long, default_value = "name")]
    order: String,
    /// At most so many.
    #[arg(long, default_value_t = 50)]
    limit: usize,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let (_desk, reader) = context.open()?;
    let query = PeopleQuery {
        text: args.text.join(" "),
        role: word("role", args.role.as_deref(), RoleKind::from_word)?,
        ring: word("ring", args.ring.as_deref(), Ring::from_word)?,
        tag: args.tag.unwrap_or_default(),
        same_school: args.my_school.then_some(true),
        archived: args.archived,
        order: word("order", Some(&args.order), Order::from_word)?.unwrap_or_default(),
        limit: args.limit,
        ..PeopleQuery::default()
    };
    let people = people(&reader, &query)?;
    if args.json {
        context.print_json(&people)?;
        return Ok(Outcome::Done);
    }
    for row in &people.rows {
        let last = row.last.as_deref().unwrap_or("no contact logged");
        let works = [row.position.as_str(), row.employer.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ");
        context.print(format!("{:<32} {works}  [{last}]", row.name))?;
    }
    context.print(format!("{} of {} people", people.rows.len(), people.total))?;
    Ok(if people.rows.is_empty() {
        Outcome::No
    } else {
        Outcome::Done
    })
}

/// Returns the value for a word, or the sentence that says that there is none.
pub(crate) fn word<T>(
    what: &str,
    word: Option<&str>,
    from: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, CliError> {
    let Some(word) = word else { return Ok(None) };
    match from(word) {
        Some(value) => Ok(Some(value)),
        None => Err(CliError::Usage(format!("\"{word}\" is no {what}"))),
    }
}
