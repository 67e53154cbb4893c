//! `vouch here`: the hospital where the student rotates.

use desk::Desk;
use desk::verbs::note_hospital::ServiceNote;
use desk::verbs::tick_item::Tick;
use desk::views::here::{Hospital, NearProgram, WhichRotation, here};

use super::{CliError, Context, Outcome};

/// Arguments of `vouch here`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Words of the hospital, where it is not that of the present or next rotation.
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
    #[arg(long, default_value = "")]
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
    if let Some(hospital) = &shown.hospital
        && change(&desk, hospital, &args)?
    {
        shown = here(&reader, &which, today)?;
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

/// Does what the arguments ask for, and returns whether that was anything.
fn change(desk: &Desk, hospital: &Hospital, args: &Args) -> Result<bool, CliError> {
    let id = &hospital.rotation.id;
    let id = id.parse().map_err(|_| desk::DeskError::NotThere {
        what: "rotation",
        name: id.clone(),
    })?;
    let done = args.done.iter().map(|word| (word, Tick::Done));
    let open = args.not_done.iter().map(|word| (word, Tick::Open));
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
    let is_noted = noted.iter().any(|(_, answer)| answer.is_some());
    Ok(is_noted || !args.done.is_empty() || !args.not_done.is_empty())
}

fn print(hospital: &Hospital, context: &mut Context<'_>) -> Result<(), CliError> {
    let rotation = &hospital.rotation;
    let mut head = format!("{} ({})", rotation.hospital, rotation.when);
    if !rotation.service.is_empty() {
        head += &format!(", {}", rotation.service);
    }
    if !hospital.city.is_empty() {
        head += &format!(", {}, {}", hospital.city, hospital.state_code);
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
    if !rotation.candidates.is_empty() {
        context.print("`vouch set-up` says how to choose.")?;
    }
    for service in &hospital.services {
        context.print(match service.answer {
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
            let mark = if item.ticked.is_some() { "x" } else { " " };
            context.print(format!("  [{mark}] {}: {}", item.word, item.told.text))?;
        }
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
