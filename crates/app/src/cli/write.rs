//! `vouch write`: begins a message, checks it, hands it over.

use std::collections::BTreeMap;

use desk::note_scan::Scan;
use desk::verbs::answer_message::NewAnswer;
use desk::verbs::hand_over_message::Promised;
use desk::verbs::write_message::NewMessage;
use desk::views::compose::{Compose, compose, start};
use desk::views::people::find_person;
use domain::MessageId;

use super::check::print_check;
use super::{CliError, Context, Outcome};

/// Arguments of `vouch write`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// To whom: a name or id; or the id of a message that was begun.
    to: Option<String>,
    /// The template; without one, the templates and their slots are listed.
    #[arg(long)]
    template: Option<String>,
    /// A slot of the template and its value.
    #[arg(long, value_name = "SLOT=VALUE")]
    slot: Vec<String>,
    /// Replace the text by what is piped in.
    #[arg(long)]
    edit: bool,
    /// Another subject.
    #[arg(long)]
    subject: Option<String>,
    /// Confirm a warning with a reason.
    #[arg(long, value_name = "CODE=REASON")]
    confirm: Vec<String>,
    /// Print the file that a mail program opens as a draft.
    #[arg(long)]
    eml: bool,
    /// Print the address that opens it in the mail program.
    #[arg(long)]
    mailto: bool,
    /// Print the address that opens it in mail on the web.
    #[arg(long, value_name = "gmail|outlook", value_parser = ["gmail", "outlook"])]
    web: Option<String>,
    /// Note that you copied it by hand.
    #[arg(long)]
    hand_over: bool,
    /// Make a fix that the check offers, by its key.
    #[arg(long, value_name = "KEY")]
    fix: Vec<String>,
    /// Switch a rule off for this message.
    #[arg(long, value_name = "CODE")]
    switch_off: Vec<String>,
    /// Begin a message that follows this one, in the same conversation.
    #[arg(long)]
    follow_up: bool,
    /// Note that you sent it, after it was handed over.
    #[arg(long)]
    sent: bool,
    /// With --sent: keep what the text promises as commitments.
    #[arg(long, requires = "sent")]
    keep_promises: bool,
    /// Await no answer any more.
    #[arg(long)]
    close: bool,
    /// Note that an answer came, with what it said.
    #[arg(long, value_name = "NOTE")]
    replied: Option<String>,
    /// With --replied or --confirm: what you say was looked at and is not about a patient.
    #[arg(long)]
    not_a_patient: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Returns whether a note may be saved although the scan finds something in it.
pub(super) fn scan(not_a_patient: bool) -> Scan {
    if not_a_patient {
        Scan::NotAPatient
    } else {
        Scan::Strict
    }
}

fn pair<'a>(option: &str, text: &'a str, would_do: &str) -> Result<(&'a str, &'a str), CliError> {
    text.split_once('=').ok_or_else(|| {
        CliError::Usage(format!(
            "{option}: \"{text}\" cannot be used; use {would_do}"
        ))
    })
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let (desk, reader) = context.open()?;
    let today = desk.today()?;
    let known: Option<MessageId> = args.to.as_deref().and_then(|text| text.parse().ok());
    let is_message = match known {
        Some(id) => compose(&reader, today, id, None).is_ok(),
        None => false,
    };
    let id = match (known, &args.template) {
        (Some(earlier), None) if is_message && args.follow_up => {
            let new = NewMessage {
                follows: Some(earlier),
                ..NewMessage::default()
            };
            desk.start_message(&new)?.result
        }
        (Some(id), None) if is_message => id,
        (_, Some(template)) => {
            let person = args
                .to
                .as_deref()
                .map(|to| find_person(&reader, to))
                .transpose()?;
            let mut slots = BTreeMap::new();
            for slot in &args.slot {
                let (name, value) =
                    pair("--slot", slot, "personal=\"Your panel on night float …\"")?;
                slots.insert(name.trim().to_owned(), value.to_owned());
            }
            let new = NewMessage {
                template: template.clone(),
                person,
                slots,
                ..NewMessage::default()
            };
            desk.start_message(&new)?.result
        }
        _ => return list(&args, &desk, &reader, context),
    };

    if args.edit || args.subject.is_some() {
        let now = compose(&reader, today, id, None)?;
        let mut text = now.text;
        if args.edit {
            text.clear();
            context.input.read_to_string(&mut text)?;
        }
        desk.save_message(id, args.subject.as_deref().unwrap_or(&now.subject), &text)?;
    }
    for key in &args.fix {
        desk.mend_message(id, key)?;
    }
    for code in &args.switch_off {
        desk.switch_rule_here(id, code.trim(), false)?;
    }
    for confirm in &args.confirm {
        let (code, reason) = pair("--confirm", confirm, "too-long=\"she asked for details\"")?;
        desk.confirm_scanned(id, code.trim(), reason, scan(args.not_a_patient))?;
    }
    if args.eml {
        desk.hand_over(id)?;
        let bytes = desk.message_file(id)?;
        context.out.write_all(&bytes)?;
        return Ok(Outcome::Done);
    }
    if args.mailto || args.web.is_some() {
        desk.hand_over(id)?;
        let Some(ways) = compose(&reader, today, id, None)?.ways else {
            return Err(CliError::Usage(
                "this message is no e-mail, so no address opens it".to_owned(),
            ));
        };
        let way = match args.web.as_deref() {
            Some("gmail") => ways.gmail,
            Some(_) => ways.outlook,
            None => ways.mailto,
        };
        context.print(way.url)?;
        if !way.has_text {
            writeln!(
                context.err,
                "The text is too long for an address; paste it, or use --eml."
            )?;
        }
        return Ok(Outcome::Done);
    }
    if args.hand_over {
        desk.hand_over(id)?;
    }
    if args.sent {
        let promises = if args.keep_promises {
            let promises = compose(&reader, today, id, None)?.promises.into_iter();
            promises
                .map(|promise| Promised {
                    what: promise.what,
                    due: promise.due.and_then(|day| day.parse().ok()),
                })
                .collect()
        } else {
            Vec::new()
        };
        desk.mark_sent(id, &promises)?;
    }
    if let Some(note) = &args.replied {
        let answer = NewAnswer {
            note: note.clone(),
            scan: scan(args.not_a_patient),
            ..NewAnswer::default()
        };
        desk.mark_replied(id, &answer)?;
    }
    if args.close {
        desk.close_message(id)?;
    }
    let message = compose(&reader, today, id, None)?;
    if args.json {
        context.print_json(&message)?;
    } else {
        show(&message, context)?;
    }
    Ok(if message.open && !message.check.ready {
        Outcome::No
    } else {
        Outcome::Done
    })
}

fn show(message: &Compose, context: &mut Context<'_>) -> Result<(), CliError> {
    let to = message
        .person
        .as_ref()
        .map(|(_, name)| format!(" to {name}"))
        .unwrap_or_default();
    context.print(format!(
        "{}{to} ({}, {})",
        message.title, message.state, message.id
    ))?;
    if !message.subject.is_empty() {
        context.print(format!("Subject: {}", message.subject))?;
    }
    context.print(format!("\n{}\n", message.text))?;
    for promise in message.promises.iter().filter(|_| message.may_send) {
        let by = promise
            .due
            .as_deref()
            .map_or(String::new(), |day| format!(" by {day}"));
        context.print(format!(
            "promises: {}{by} (keep it with --sent --keep-promises)",
            promise.what
        ))?;
    }
    for p in &message.beside.policies {
        if let Some(policy) = &p.policy {
            context.print(format!("{} says: {policy} ({})", p.name, p.source))?;
        }
    }
    for c in &message.beside.colleagues {
        let day = c.sent_on.as_deref().unwrap_or(c.state);
        context.print(format!(
            "to a {}: {} to {} ({day})",
            if c.paper.is_empty() {
                "colleague there"
            } else {
                "co-author"
            },
            c.heading,
            c.name
        ))?;
    }
    for c in &message.credited {
        let state = c.message.as_ref().map_or("not begun", |(_, state)| state);
        context.print(format!(
            "credited: {} ({}), {state}",
            c.name,
            c.why.join("; ")
        ))?;
    }
    if message.open {
        print_check(&message.check, &message.text, context)?;
        for finding in &message.check.findings {
            if let Some((key, label)) = &finding.fix {
                context.print(format!("    --fix {key}: {label}"))?;
            }
        }
    }
    Ok(())
}

fn list(
    args: &Args,
    desk: &desk::Desk,
    reader: &desk::Reader,
    context: &mut Context<'_>,
) -> Result<Outcome, CliError> {
    let person = args
        .to
        .as_deref()
        .map(|to| find_person(reader, to))
        .transpose()?;
    let today = desk.today()?;
    let names: Vec<String> = start(reader, today, person, None)?
        .templates
        .into_iter()
        .map(|t| t.name)
        .collect();
    let mut all = Vec::new();
    for name in names {
        all.push(start(reader, today, person, Some(&name))?);
    }
    if args.json {
        context.print_json(&all)?;
        return Ok(Outcome::Done);
    }
    context
        .print("Choose a template with --template, and fill its slots with --slot NAME=VALUE.")?;
    for start in &all {
        let Some(template) = &start.chosen else {
            continue;
        };
        context.print(format!("\n{}: {}", template.name, template.title))?;
        for c in start.credited.iter().filter(|_| args.template.is_some()) {
            context.print(format!("  credited: {} ({})", c.name, c.why.join("; ")))?;
        }
        for slot in &start.slots {
            let value = if slot.value.is_empty() {
                String::new()
            } else {
                format!(" = {}", slot.value)
            };
            context.print(format!("  {} ({}){value}", slot.name, slot.hint))?;
        }
    }
    for draft in all
        .first()
        .map(|start| &start.drafts[..])
        .unwrap_or_default()
    {
        context.print(format!(
            "\nnot sent yet: {} ({}, {})",
            draft.heading, draft.state, draft.id
        ))?;
    }
    Ok(Outcome::Done)
}
