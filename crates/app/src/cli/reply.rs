//! `vouch reply`: notes an answer from an `.eml` file or a text.

use std::path::PathBuf;

use desk::verbs::answer_message::NewAnswer;
use desk::views::reply::{Reply, reply};
use domain::MessageId;

use super::write::scan;
use super::{CliError, Context, Outcome};

/// Arguments of `vouch reply`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The answer: an .eml file, a text file, or "-" for what is piped in.
    file: PathBuf,
    /// The message that it answers, by its id, where the file does not tell.
    #[arg(long, value_name = "ID")]
    to: Option<String>,
    /// Only show what was understood.
    #[arg(long)]
    dry_run: bool,
    /// It was looked at and is not about a patient.
    #[arg(long)]
    not_a_patient: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let mut bytes = Vec::new();
    if args.file.as_os_str() == "-" {
        context.input.read_to_end(&mut bytes)?;
    } else {
        bytes = std::fs::read(&args.file).map_err(|source| CliError::File {
            file: args.file.clone(),
            source,
        })?;
    }
    let (desk, reader) = context.open()?;
    let reading = reply(&reader, desk.now(), &desk.zone()?, &bytes)?;
    if args.dry_run {
        return show(&reading, args.json, context);
    }
    if let Some(why) = why_no_text(&reading) {
        return Err(CliError::Usage(why.to_owned()));
    }
    if let Some(why) = why_no_answer(&reading).filter(|_| args.to.is_none()) {
        return Err(CliError::Usage(format!(
            "{why}; nothing is noted (--to ID notes it all the same)"
        )));
    }
    let id = args.to.as_deref().or(reading.answers.as_deref());
    let Some(id) = id else {
        return Err(CliError::Usage(
            "nothing tells which message this answers; name it with --to ID (--dry-run lists them)"
                .to_owned(),
        ));
    };
    let id: MessageId = id.parse().map_err(|_| {
        CliError::Usage(format!(
            "--to: \"{id}\" cannot be used; use the id of a message"
        ))
    })?;
    let answer = NewAnswer {
        note: reading.text,
        day: reading.day.as_deref().and_then(|day| day.parse().ok()),
        mail_id: reading.mail_id,
        scan: scan(args.not_a_patient),
        ..NewAnswer::default()
    };
    let done = desk.mark_replied(id, &answer)?;
    if args.json {
        context.print_json(&serde_json::json!({
            "operation": done.operation.to_string(),
            "message": id.to_string(),
        }))?;
    } else {
        context.print("Noted. `vouch undo` takes it back.")?;
    }
    Ok(Outcome::Done)
}

/// Returns what is said where no text was read.
fn why_no_text(reading: &Reply) -> Option<&'static str> {
    Some(match reading.without_text? {
        "mail" => {
            "no text can be read in this e-mail; save what it says as a text file, and name its \
             message with --to"
        }
        "file" => {
            "this file is no e-mail and no text; save the answer from your mail program as an .eml \
             file, or what it says as a text file"
        }
        _ => "nothing is entered; enter what they wrote, or the .eml file of it",
    })
}

/// Returns why a mail that no person wrote is no answer.
fn why_no_answer(reading: &Reply) -> Option<&'static str> {
    Some(match reading.automatic? {
        "bounce" => {
            "a mail server wrote this: the address took no mail; correct it, and send the message \
             again"
        }
        _ => {
            "a mail program wrote this for somebody who is away; nobody has answered yet, and your \
             message waits on"
        }
    })
}

fn show(reading: &Reply, json: bool, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    if json {
        context.print_json(reading)?;
    } else {
        if !reading.from.is_empty() {
            context.print(format!("From: {}", reading.from))?;
        }
        if let Some(day) = &reading.day {
            context.print(format!("Day: {day}"))?;
        }
        context.print(format!("\n{}\n", reading.text))?;
        if let Some(why) = why_no_text(reading) {
            context.print(why)?;
        }
        if let Some(why) = why_no_answer(reading) {
            context.print(why)?;
        }
        match &reading.answers {
            Some(id) => context.print(format!("answers {id}: {}", reading.how_found))?,
            None => {
                for choice in &reading.choices {
                    let m = &choice.message;
                    context.print(format!(
                        "may answer: {} to {} ({}, {})",
                        m.heading, choice.to, m.state, m.id
                    ))?;
                }
            }
        }
    }
    Ok(if reading.answers.is_some() {
        Outcome::Done
    } else {
        Outcome::No
    })
}
