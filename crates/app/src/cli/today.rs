//! `vouch today`: who is due, and why.

use desk::views::today::{SHOWN, today};

use super::{CliError, Context, Outcome};

/// Arguments of `vouch today`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Show everything, not only the most pressing.
    #[arg(long)]
    all: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let (desk, reader) = context.open()?;
    let shown = if args.all { usize::MAX } else { SHOWN };
    let today = today(&reader, desk.now(), &desk.zone()?, shown)?;
    if args.json {
        context.print_json(&today)?;
        return Ok(Outcome::Done);
    }
    if today.n_people == 0 {
        context.print("Nobody is stored yet. Begin with `vouch import Connections.csv`.")?;
        return Ok(Outcome::Done);
    }
    if today.items.is_empty() {
        context.print("Nothing is due.")?;
    }
    for item in &today.items {
        let place = if item.place.is_empty() {
            String::new()
        } else {
            format!(", {}", item.place)
        };
        context.print(format!("{}: {}{place}", item.kind, item.name))?;
        context.print(format!("    {}", item.why))?;
        context.print(format!("    Settled by: {}", item.settles))?;
        for line in item.context.iter().take(1) {
            context.print(format!("    Last: {line}"))?;
        }
        for promise in &item.promises {
            context.print(format!("    Promised: {promise}"))?;
        }
    }
    if today.more > 0 {
        context.print(format!("{} more; --all shows them.", today.more))?;
    }
    Ok(Outcome::Done)
}
