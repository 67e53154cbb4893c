//! `vouch duplicates`: people who may be stored twice, with the reason.

use desk::views::duplicates::{PAGE, PairPerson, duplicates};

use super::{CliError, Context, Outcome};

/// Arguments of `vouch duplicates`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Leave out the first pairs.
    #[arg(long, value_name = "N", default_value_t = 0)]
    from: usize,
    /// How many pairs to show.
    #[arg(long, value_name = "N", default_value_t = PAGE)]
    limit: usize,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let (_desk, reader) = context.open()?;
    let found = duplicates(&reader, args.from, args.limit)?;
    if args.json {
        context.print_json(&found)?;
        return Ok(Outcome::Done);
    }
    if found.total == 0 {
        context.print("Nobody seems to be stored twice.")?;
        return Ok(Outcome::Done);
    }
    for pair in &found.pairs {
        context.print(format!("{}: {}", pair.strength, pair.reason))?;
        context.print(line(&pair.first))?;
        context.print(line(&pair.second))?;
    }
    let shown = args.from + found.pairs.len();
    if shown < found.total {
        context.print(format!(
            "{} of {} pairs; --from {shown} shows more.",
            found.pairs.len(),
            found.total
        ))?;
    }
    context.print(
        "`vouch merge KEEP OTHER` makes two one; `vouch apart ONE OTHER` says that they are two.",
    )?;
    Ok(Outcome::Done)
}

fn line(person: &PairPerson) -> String {
    let details = [person.work.as_str(), person.address.as_str()];
    let details = details.into_iter().filter(|text| !text.is_empty());
    let mut line = format!("  {} ({})", person.name, person.id);
    for detail in details {
        line.push_str("; ");
        line.push_str(detail);
    }
    line
}
