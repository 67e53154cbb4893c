//! `vouch today`: who is due, and why.

use desk::Desk;
use desk::views::compose::SourceLine;
use desk::views::today::{SHOWN, today};
use domain::{DecisionKind, ItemKind, day_in_words};
use jiff::ToSpan as _;

use super::{CliError, Context, Outcome};

/// Arguments of `vouch today`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Show everything, not only the most pressing.
    #[arg(long)]
    all: bool,
    /// Call the item with this number done.
    #[arg(long, value_name = "N", conflicts_with_all = ["skip", "snooze"])]
    done: Option<usize>,
    /// Skip the item with this number this time.
    #[arg(long, value_name = "N", conflicts_with = "snooze")]
    skip: Option<usize>,
    /// Put the item with this number off.
    #[arg(long, value_name = "N")]
    snooze: Option<usize>,
    /// For how many days to put it off.
    #[arg(long, default_value = "3", allow_hyphen_values = true)]
    days: String,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let (desk, reader) = context.open()?;
    let shown = if args.all { usize::MAX } else { SHOWN };
    let today = today(&reader, desk.now(), &desk.zone()?, 0..shown)?;
    if let Some((number, kind)) = decision(&args, &desk)? {
        let item = number.checked_sub(1).and_then(|i| today.items.get(i));
        let Some(item) = item else {
            if today.items.is_empty() {
                return Err(CliError::Usage(format!(
                    "item: \"{number}\" cannot be used; nothing is due"
                )));
            }
            return Err(CliError::Usage(format!(
                "item: \"{number}\" cannot be used; use a number from 1 to {}, as `vouch today` shows them",
                today.items.len()
            )));
        };
        let comes_back = desk.decide_item(&item.key, kind, &item.name)?.result;
        let what = match kind {
            DecisionKind::Snooze(until) if comes_back => {
                format!("put off until {}.", day_in_words(until))
            }
            DecisionKind::Snooze(until) => format!(
                "put off until {}. Its time is over by then, so it will not come again.",
                day_in_words(until)
            ),
            DecisionKind::Skip | DecisionKind::Done => "decided.".to_owned(),
        };
        context.print(format!("{}: {what} `vouch undo` takes it back.", item.name))?;
        return Ok(Outcome::Done);
    }
    if args.json {
        context.print_json(&today)?;
        return Ok(Outcome::Done);
    }
    if today.n_people == 0 {
        context.print("Nobody is stored yet. Begin with `vouch import Connections.csv`.")?;
    } else if today.items.is_empty() {
        context.print("Nothing is due.")?;
    }
    for (number, item) in (1..).zip(&today.items) {
        let place = if item.place.is_empty() {
            String::new()
        } else {
            format!(", {}", item.place)
        };
        let late = match item.urgency {
            "late" => ", late",
            _ => "",
        };
        context.print(format!(
            "{number}. {}{late}: {}{place}",
            item.kind, item.name
        ))?;
        context.print(format!("    {}", item.why))?;
        for aim in &item.also {
            context.print(format!("    Due with them as well: {aim}"))?;
        }
        if item.kind == ItemKind::Reply.word() {
            known(context, &item.evidence)?;
        }
        context.print(format!("    Settled by: {}", item.settles))?;
        for line in item.context.iter().take(1) {
            context.print(format!("    Last: {line}"))?;
        }
        for promise in &item.promises {
            context.print(format!("    Promised: {promise}"))?;
        }
    }
    for gone in &today.let_go {
        context.print(format!(
            "Let go: {} did not answer two reminders of \"{}\".",
            gone.name, gone.about
        ))?;
    }
    known(context, &today.let_go_evidence)?;
    if today.more > 0 {
        context.print(format!("{} more; --all shows them.", today.more))?;
    }
    Ok(Outcome::Done)
}

/// Prints what is known from elsewhere, with its source.
fn known(context: &mut Context<'_>, evidence: &[SourceLine]) -> Result<(), CliError> {
    for line in evidence {
        context.print(format!(
            "    Known from elsewhere: {} ({}, {})",
            line.claim, line.source, line.grade
        ))?;
    }
    Ok(())
}

/// Returns the number of an item and what was decided about it, if anything was.
fn decision(args: &Args, desk: &Desk) -> Result<Option<(usize, DecisionKind)>, CliError> {
    Ok(match (args.done, args.skip, args.snooze) {
        (Some(number), _, _) => Some((number, DecisionKind::Done)),
        (_, Some(number), _) => Some((number, DecisionKind::Skip)),
        (_, _, Some(number)) => {
            let days = args.days.trim().parse::<i32>().ok();
            let Some(days) = days.filter(|days| (1..=365).contains(days)) else {
                return Err(CliError::Usage(format!(
                    "--days: \"{}\" cannot be used; use a number from 1 to 365",
                    args.days
                )));
            };
            let until = desk.today()?.saturating_add(days.days());
            Some((number, DecisionKind::Snooze(until)))
        }
        _ => None,
    })
}
