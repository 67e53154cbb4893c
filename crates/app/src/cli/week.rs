//! `vouch week`: the plan of the week.

use desk::views::week::week;

use crate::words;

use super::{CliError, Context, Outcome};

/// Arguments of `vouch week`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let (desk, reader) = context.open()?;
    let week = week(&reader, desk.now(), &desk.zone()?)?;
    if args.json {
        context.print_json(&week)?;
        return Ok(Outcome::Done);
    }
    if week.items.is_empty() && week.unfit.is_empty() && week.left == 0 {
        context.print("Nothing is due this week.")?;
        return Ok(Outcome::Done);
    }
    context.print(format!(
        "For {}: about {} of {} minutes.",
        words::day(&week.day),
        week.minutes_planned,
        week.minutes
    ))?;
    for item in &week.items {
        context.print(format!("{} ({} min)", item.aim, item.minutes))?;
        if let Some(day) = &item.do_by {
            context.print(format!(
                "    Do it before your day: by {}.",
                words::day(day)
            ))?;
        }
        context.print(format!("    {}", item.why))?;
    }
    if week.items.is_empty() {
        context.print(format!(
            "Nothing of what is due fits into {} minutes.",
            week.minutes
        ))?;
    }
    for unfit in &week.unfit {
        let by = unfit.by.as_deref().map(words::day).unwrap_or_default();
        context.print(format!(
            "Does not fit, and cannot wait for the next plan (by {by}): {}",
            unfit.aim
        ))?;
    }
    if week.left > 0 {
        context.print(format!(
            "{} more can wait; `vouch today --all` shows everything.",
            week.left
        ))?;
    }
    if !week.minutes_said {
        context
            .print("Planned for an hour; `vouch set-up --minutes 90` says how many you have.")?;
    }
    Ok(Outcome::Done)
}
