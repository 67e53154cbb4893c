//! `vouch brief`: one page for a quarter of an hour with an adviser or mentor.

use desk::views::brief::{Brief, Names, brief};

use super::{CliError, Context, Outcome};
use crate::words;

/// Arguments of `vouch brief`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Show the names of other people, which are left out otherwise.
    #[arg(long)]
    names: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let (desk, reader) = context.open()?;
    let names = if args.names {
        Names::Shown
    } else {
        Names::Masked
    };
    let brief = brief(&reader, desk.now(), &desk.zone()?, names)?;
    if args.json {
        context.print_json(&brief)?;
        return Ok(Outcome::Done);
    }
    for line in lines(&brief) {
        context.print(line)?;
    }
    Ok(Outcome::Done)
}

fn lines(brief: &Brief) -> Vec<String> {
    let said = |text: &str| {
        if text.is_empty() {
            "not said yet".to_owned()
        } else {
            text.to_owned()
        }
    };
    let mut lines = vec![
        format!(
            "Brief of {}, {}",
            said(&brief.student),
            words::day(&brief.today)
        ),
        format!("Stage: {}", said(&brief.stage)),
        format!("School: {}", said(&brief.school)),
        format!("Season: {}", said(&brief.season)),
        format!("Pathway: {}", said(brief.pathway)),
    ];
    if let Some(day) = &brief.opens {
        let usual = if brief.opens_estimated {
            " (the usual day, not announced)"
        } else {
            ""
        };
        lines.push(format!("Applications from {}{usual}", words::day(day)));
    }
    let coverage = brief.coverage.iter();
    let coverage: Vec<String> = coverage.map(|(state, n)| format!("{n} {state}")).collect();
    lines.push(format!(
        "Programs on the list: {} ({})",
        brief.n_listed,
        coverage.join(", ")
    ));
    for program in &brief.programs {
        lines.push(format!("  {}: {}", program.name, program.relationship));
    }
    lines.extend(more(brief.n_listed - brief.programs.len()));
    let n_promises = brief.promises.len() + brief.more_promises;
    lines.push(format!("Promises open: {n_promises}"));
    for promise in &brief.promises {
        let whose = match promise.owner {
            "student" => "I promised",
            _ => "Promised to me",
        };
        let person = promise.person.as_deref();
        let person = person.map_or(String::new(), |name| format!(" ({name})"));
        let due = promise.due.as_deref();
        let due = due.map_or(String::new(), |day| format!(", by {}", words::day(day)));
        let late = if promise.late { ", late" } else { "" };
        lines.push(format!("  {whose}{person}: {}{due}{late}", promise.what));
    }
    lines.extend(more(brief.more_promises));
    lines.push("The next four weeks:".to_owned());
    if brief.days.is_empty() {
        lines.push("  Nothing has a day yet.".to_owned());
    }
    for day in &brief.days {
        lines.push(format!("  {}: {}", words::day(&day.day), day.what));
    }
    lines.extend(more(brief.more_days));
    for (kind, n) in &brief.due {
        lines.push(format!("  due now: {n} {kind}"));
    }
    lines.push("Questions:".to_owned());
    for (idx, question) in brief.questions.iter().enumerate() {
        lines.push(format!("  {}. {question}", idx + 1));
    }
    lines
}

/// Returns the line that says how many are not shown, where any are not.
fn more(n: usize) -> Option<String> {
    (n > 0).then(|| format!("  and {n} more"))
}
