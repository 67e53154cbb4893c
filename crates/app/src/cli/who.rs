//! `vouch who`: whom the student knows at a program or hospital.

use desk::views::who::who;

use super::{CliError, Context, Outcome};

/// Arguments of `vouch who`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A program's id, or words of institution, city or hospital.
    #[arg(required = true)]
    place: Vec<String>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let (_desk, reader) = context.open()?;
    let who = who(&reader, &args.place.join(" "))?;
    if args.json {
        context.print_json(&who)?;
        return Ok(Outcome::Done);
    }
    context.print(format!("{} ({}: {})", who.place, who.state, who.reason))?;
    for line in &who.people {
        let former = if line.current { "" } else { ", formerly" };
        let works = [line.person.position.as_str(), line.person.employer.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ");
        context.print(format!(
            "  {} ({}{former}), {works}",
            line.person.name, line.state
        ))?;
        context.print(format!("      {}: {}", line.certainty, line.evidence))?;
    }
    for line in &who.may_be {
        context.print(format!(
            "  may be here: {}, \"{}\"",
            line.name, line.employer
        ))?;
    }
    Ok(if who.people.is_empty() && who.may_be.is_empty() {
        Outcome::No
    } else {
        Outcome::Done
    })
}
