//! `vouch here`: the hospital where the student rotates.

use desk::Desk;
use desk::verbs::note_hospital::ServiceNote;
use desk::verbs::tick_item::Tick;
use desk::views::here::{Hospital, NearProgram, WhichRotation, here};
use desk::views::programs::town;

use super::{CliError, Context, Outcome};

/// Arguments of `vouch here`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Words of a hospital, where it is not that of the present or next rotation.
    hospital: Vec<String>,
    /// Tick a line of the checklists, by its word.
    #[arg(long, value_name = "WORD")]
    done: Vec<String>,
    /// Take the tick of a line back.
    #[arg(long, value_name = "WORD")]
    not_done: Vec<String>,
    /// Note whether radiology is there: yes or no.
    #[arg(long, value_name = "ANSWER")]
    radiology: Option<String>,
    /// Note whether interventional radiology is there: yes or no.
    #[arg(long, value_name = "ANSWER")]
    ir: Option<String>,
    /// Who said so.
    #[arg(long, default_value = "", hide_default_value = true)]
    source: String,
    /// Print JSON.
    #[arg(long, conflicts_with_all = ["done", "not_done", "radiology", "ir"])]
    json: bool,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let (desk, reader) = context.open()?;
    let which = match args.hospital.join(" ") {
        words if words.trim().is_empty() => WhichRotation::Usual,
        words => WhichRotation::Named(words),
    };
    let today = desk.today()?;
    let mut shown = here(&reader, &which, today)?;
    let options = asked(&args);
    let rotation = shown.hospital.as_ref().and_then(|it| it.rotation.as_ref());
    match (&shown.hospital, rotation) {
        (Some(hospital), Some(rotation)) if !options.is_empty() => {
            change(&desk, hospital, &rotation.id, &args)?;
            shown = here(&reader, &which, today)?;
        }
        _ if !options.is_empty() => {
            return Err(CliError::Usage(format!(
                "{}: found no rotation to note it for; would do: \
                 `vouch set-up --rotation HOSPITAL` first",
                options.join(", ")
            )));
        }
        _ => {}
    }
    if args.json {
        context.print_json(&shown)?;
        return Ok(Outcome::Done);
    }
    match &shown.hospital {
        Some(hospital) => print(hospital, context)?,
        None => context
            .print("No rotation yet: `vouch set-up --rotation HOSPITAL` says where you rotate.")?,
    }
    Ok(Outcome::Done)
}

/// Returns the options that change something, as they are typed.
fn asked(args: &Args) -> Vec<&'static str> {
    let given = [
        ("--done", !args.done.is_empty()),
        ("--not-done", !args.not_done.is_empty()),
        ("--radiology", args.radiology.is_some()),
        ("--ir", args.ir.is_some()),
    ];
    let given = given.into_iter().filter(|(_, is_given)| *is_given);
    given.map(|(option, _)| option).collect()
}

/// Does what the arguments ask for.
fn change(desk: &Desk, hospital: &Hospital, id: &str, args: &Args) -> Result<(), CliError> {
    let id = id.parse().map_err(|_| desk::DeskError::NotThere {
        what: "rotation",
        name: id.to_owned(),
    })?;
    let done = args.done.iter().map(|word| (word, Tick::Done));
    let lines = || hospital.lists.iter().flat_map(|list| &list.items);
    let is_seen = |word: &str| lines().any(|line| line.word == word && line.seen.is_some());
    let open = args.not_done.iter().map(|word| match is_seen(word) {
        true => (word, Tick::NotYet),
        false => (word, Tick::Open),
    });
    for (word, tick) in done.chain(open) {
        desk.tick_item(id, word, tick)?;
    }
    let noted = [("radiology", &args.radiology), ("ir", &args.ir)];
    for (service, answer) in noted {
        if let Some(answer) = answer {
            let note = ServiceNote {
                service: service.to_owned(),
                answer: answer.clone(),
                source: args.source.clone(),
            };
            desk.note_hospital(id, &note)?;
        }
    }
    Ok(())
}

fn print(hospital: &Hospital, context: &mut Context<'_>) -> Result<(), CliError> {
    let mut head = match &hospital.rotation {
        Some(rotation) if rotation.service.is_empty() => {
            format!("{} ({})", hospital.name, rotation.when)
        }
        Some(rotation) => format!(
            "{} ({}), {}",
            hospital.name, rotation.when, rotation.service
        ),
        None => format!("{} (you do not rotate there)", hospital.name),
    };
    if !hospital.city.is_empty() {
        head += &format!(", {}", town(&hospital.city, &hospital.state_code));
    }
    context.print(head)?;
    if let Some(town) = &hospital.town {
        let day = town.as_of.as_ref();
        let day = day.map_or(String::new(), |day| format!(", {day}"));
        context.print(format!("    {} ({}{day})", town.value, town.source))?;
    }
    if !hospital.candidates.is_empty() {
        context.print(format!("It may be: {}", hospital.candidates.join("; ")))?;
    }
    let rotation = hospital.rotation.as_ref();
    if rotation.is_some_and(|rotation| !rotation.candidates.is_empty()) {
        context.print("`vouch set-up` says how to choose.")?;
    }
    for service in &hospital.services {
        context.print(match service.answer {
            "ask" if !service.people.is_empty() => {
                let people = service.people.iter();
                let people: Vec<String> = people
                    .map(|(_, name, position)| format!("{name} ({position})"))
                    .collect();
                format!(
                    "{}: you know somebody of it here: {}. Ask them: {}",
                    service.label,
                    people.join("; "),
                    service.ask
                )
            }
            "ask" => format!("{}: not known. Ask: {}", service.label, service.ask),
            answer => format!("{}: {answer}", service.label),
        })?;
        for note in &service.notes {
            context.print(format!("    {} ({})", note.value, note.source))?;
        }
        for fact in &service.shipped {
            context.print(format!("    {} ({})", fact.value, fact.reliability))?;
        }
    }
    for list in &hospital.lists {
        context.print(format!(
            "{} ({} of {} done)",
            list.title,
            list.n_ticked,
            list.items.len()
        ))?;
        for item in &list.items {
            let mark = if item.is_done() { "x" } else { " " };
            context.print(format!("  [{mark}] {}: {}", item.word, item.told.text))?;
            if let Some(seen) = &item.seen {
                context.print(format!(
                    "      seen in your log on {}: {}",
                    seen.day, seen.with
                ))?;
            }
        }
    }
    let watched = &hospital.watched;
    if !watched.days.is_empty() {
        context.print(format!(
            "With radiology here, in this rotation: {}",
            watched.in_words()
        ))?;
    }
    for day in &watched.days {
        context.print(format!("  {}: {}, {}", day.day, day.in_words(), day.with))?;
    }
    for it in &hospital.overlaps {
        let way_on = match it.is_rotation {
            true => "Ask to be freed from one of them first.",
            false => "If you go, ask to be freed first.",
        };
        let source = match &it.source {
            Some((source, reliability)) => format!(" [{source}; {reliability}]"),
            None => String::new(),
        };
        context.print(format!(
            "{}, {} to {}, falls into this rotation. {way_on}{source}",
            it.what, it.first_day, it.last_day
        ))?;
    }
    if let Some(day) = &hospital.closing_from {
        context.print(format!("From {day}: what to do before you leave."))?;
    }
    if !hospital.say.is_empty() {
        context.print(format!("Say: {}", hospital.say))?;
    }
    context.print(format!(
        "You are {} there: {}",
        hospital.relationship, hospital.reason
    ))?;
    for line in &hospital.who {
        context.print(format!("  {} ({})", line.person.name, line.state))?;
    }
    print_near("Programs here", &hospital.programs, context)?;
    print_near(&format!("In {}", hospital.city), &hospital.in_city, context)?;
    let elsewhere = format!("Elsewhere in {}", hospital.state_code);
    print_near(&elsewhere, &hospital.in_state, context)
}

fn print_near(
    heading: &str,
    programs: &[NearProgram],
    context: &mut Context<'_>,
) -> Result<(), CliError> {
    if programs.is_empty() {
        return Ok(());
    }
    context.print(heading)?;
    for program in programs {
        let listed = match program.priority {
            Some(priority) => format!(", on your list ({priority})"),
            None => String::new(),
        };
        context.print(format!(
            "  {} ({}{listed})",
            program.name, program.relationship
        ))?;
    }
    Ok(())
}
