//! `vouch log`: what happened, in one line.

use desk::views::log::{LogChoices, PersonChoice, understand};
use desk::views::people::find_person;

use super::write::scan;
use super::{CliError, Context, Outcome, printable};
use crate::words;

/// Arguments of `vouch log`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The line: "yesterday call with Dr. Rao @SIR26, she offered to introduce me".
    line: Vec<String>,
    /// Only show what is understood.
    #[arg(long)]
    dry_run: bool,
    /// Whom a name means where several fit: `1=Asha Rao` for the first name of
    /// the line, `2=new` for the second.
    #[arg(long, value_name = "N=PERSON")]
    who: Vec<String>,
    /// The line was looked at and is not about a patient.
    #[arg(long)]
    not_a_patient: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let (desk, reader) = context.open()?;
    let mut text = args.line.join(" ");
    if text == "-" || text.trim().is_empty() {
        if context.interactive {
            writeln!(context.err, "What happened? One line each; Ctrl D ends it.")?;
        }
        text.clear();
        context.input.read_to_string(&mut text)?;
    }
    if text.trim().is_empty() {
        return Err(CliError::Usage(
            "line: nothing is entered; enter `vouch log \"yesterday call with Dr. Rao\"`"
                .to_owned(),
        ));
    }
    let mut choices = LogChoices::new();
    for choice in &args.who {
        let parsed = choice
            .split_once('=')
            .and_then(|(n, who)| Some((n.trim().parse::<usize>().ok()?.checked_sub(1)?, who)));
        let Some((name, who)) = parsed else {
            return Err(CliError::Usage(format!(
                "--who: \"{choice}\" cannot be used; use 1=Asha Rao"
            )));
        };
        let choice = match who.trim() {
            "new" => PersonChoice::New,
            who => PersonChoice::Known(find_person(&reader, who)?),
        };
        choices.insert((0, name), choice);
    }
    let understood = understand(&reader, desk.today()?, &text, &choices)?;
    if args.json && args.dry_run {
        context.print_json(&understood)?;
        return Ok(Outcome::Done);
    }
    for line in &understood.lines {
        let day = match line.day_stands {
            true if line.day_stated => line.day.clone(),
            true => format!("{} (no day is told, so today)", line.day),
            false => "no day yet".to_owned(),
        };
        let mut parts = vec![day, words::how(line.channel, line.direction)];
        for named in &line.people {
            parts.push(match (&named.person, named.who) {
                (Some((_, name)), "new") => format!("with {name} (new)"),
                (Some((_, name)), _) if named.fit.is_empty() => format!("with {name}"),
                (Some((_, name)), _) => {
                    format!("with {name} (\"{}\" is {})", named.written, named.fit)
                }
                (None, _) => format!("with {} (which?)", named.written),
            });
        }
        if !line.event.is_empty() {
            parts.push(format!("@{}", line.event));
        }
        if !line.place.is_empty() {
            parts.push(match &line.program {
                Some((_, name)) => format!("at {} ({name})", line.place),
                None => format!("at {}", line.place),
            });
        }
        parts.extend(line.duration_min.map(|minutes| format!("{minutes} min")));
        parts.extend(line.exchanges.iter().cloned());
        parts.extend(
            line.promises
                .iter()
                .map(|promise| format!("promise: {promise}")),
        );
        if line.follow_up {
            parts.push("follow-up: wanted".to_owned());
        }
        if !line.note.is_empty() {
            parts.push(format!("\"{}\"", line.note));
        }
        let parts = parts.join(" · ");
        writeln!(context.err, "understood: {}", printable(&parts))?;
        for problem in &line.problems {
            writeln!(context.err, "  {}", printable(problem))?;
        }
        if !line.patient.is_empty() {
            let words = line.patient.join("\", \"");
            let sentence = format!("\"{words}\" may tell who a patient is.");
            writeln!(context.err, "  {}", printable(&sentence))?;
        }
    }
    if args.dry_run && !understood.in_the_way.is_empty() {
        writeln!(context.err, "{}", printable(&understood.in_the_way))?;
    }
    if args.dry_run {
        return Ok(if understood.ready {
            Outcome::Done
        } else {
            Outcome::No
        });
    }
    let done = desk.log_scanned(&text, &choices, scan(args.not_a_patient))?;
    if args.json {
        context.print_json(&serde_json::json!({
            "operation": done.operation.to_string(),
            "interactions": done.result.interactions.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "people": done.result.people.iter().map(ToString::to_string).collect::<Vec<_>>(),
        }))?;
    } else {
        context.print("Logged. `vouch undo` takes it back.")?;
    }
    Ok(Outcome::Done)
}
