//! `vouch history`: what was changed.

use desk::views::history::history;

use super::{CliError, Context, Outcome};

/// Arguments of `vouch history`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// At most so many.
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// Only those before this number.
    #[arg(long)]
    before: Option<i64>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let (desk, reader) = context.open()?;
    let history = history(&reader, args.limit, args.before)?;
    if args.json {
        context.print_json(&history)?;
        return Ok(Outcome::Done);
    }
    let zone = desk.zone()?;
    for line in &history.operations {
        let at = line.at.parse::<jiff::Timestamp>().map_or_else(
            |_| line.at.clone(),
            |at| {
                at.to_zoned_datetime(zone.clone())
                    .strftime("%Y-%m-%d %H:%M")
                    .to_string()
            },
        );
        let note = match (&line.undone_by, &line.undo_ended) {
            (Some(_), _) => " [undone]",
            (None, Some(_)) => " [cannot be undone any more]",
            (None, None) => "",
        };
        context.print(format!(
            "{:>5}  {at}  {}{note}  ({})",
            line.seq, line.description, line.id
        ))?;
    }
    if history.operations.is_empty() {
        context.print(match args.before {
            Some(_) => "No change has a number before that one.",
            None => "Nothing was changed yet.",
        })?;
    }
    Ok(Outcome::Done)
}
