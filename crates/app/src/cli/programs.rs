//! `vouch programs`: a list with filters, one program, and the student's own list.

use desk::verbs::add_own_place::{NewProgram, NewSite};
use desk::verbs::list_program::{PRIORITIES, PRIORITY_WOULD_DO};
use desk::views::compare::{Compared, compare};
use desk::views::program::program;
use desk::views::programs::{Answer, ProgramsQuery, Question, StateLine, programs, town};
use domain::{ProgramId, Track};

use super::people::{A_PROGRAM, word};
use super::{CliError, Context, Outcome};
use crate::paper::state_map::NAMES;
use crate::words;

/// Arguments of `vouch programs`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A program's id, or words of institution, city or hospital.
    text: Vec<String>,
    /// Only this track (ir-integrated, ir-independent, dr, prelim, transitional).
    #[arg(long)]
    track: Option<String>,
    /// Only this state: two letters, or its name.
    #[arg(long)]
    state: Option<String>,
    /// Count the programs that fit by: state.
    #[arg(
        long,
        value_name = "WHAT",
        conflicts_with_all = ["list", "unlist", "add", "add_site", "compare"]
    )]
    by: Option<String>,
    /// Only programs on my list.
    #[arg(long)]
    listed: bool,
    /// Only programs where I know somebody.
    #[arg(long)]
    known: bool,
    /// Answers on ESIR that stay in: yes, no, not-known (several with commas).
    #[arg(long, value_name = "ANSWERS")]
    esir: Option<String>,
    /// Answers on the J-1 visa that stay in.
    #[arg(long, value_name = "ANSWERS")]
    j1: Option<String>,
    /// Answers on the H-1B visa that stay in.
    #[arg(long, value_name = "ANSWERS")]
    h1b: Option<String>,
    /// Show programs side by side, up to four: their ids, with commas.
    #[arg(long, value_name = "IDS")]
    compare: Option<String>,
    /// Put this program on my list.
    #[arg(long, value_name = "ID")]
    list: Option<String>,
    /// Take this program off my list.
    #[arg(long, value_name = "ID")]
    unlist: Option<String>,
    /// The priority that goes with --list, 1 first.
    #[arg(long, requires = "list", allow_hyphen_values = true)]
    priority: Option<String>,
    /// Add a program of my own: "TRACK, INSTITUTION, CITY, STATE".
    #[arg(long, value_name = "PROGRAM")]
    add: Option<String>,
    /// Add a hospital of my own: "NAME, CITY, STATE".
    #[arg(long, value_name = "HOSPITAL")]
    add_site: Option<String>,
    /// At most so many.
    #[arg(long, default_value_t = 40)]
    limit: usize,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// What would do for a state.
pub(crate) const A_STATE: &str = "two letters such as NY, or the name of a state";

/// Returns the code that a text means: a state's two letters or its name.
pub(crate) fn state(text: &str) -> Option<String> {
    let text = text.trim();
    let code = text.to_ascii_uppercase();
    // A territory that is not on the map may have a program of the student's own.
    if code.len() == 2 && code.bytes().all(|it| it.is_ascii_uppercase()) {
        return Some(code);
    }
    let mut names = NAMES.iter();
    let (code, _) = names.find(|(_, name)| name.eq_ignore_ascii_case(text))?;
    Some((*code).to_owned())
}

const ANSWERS: &str = "yes, no, not-known; several with commas";

fn id(option: &str, text: &str) -> Result<ProgramId, CliError> {
    ProgramId::new(text.trim()).map_err(|_| {
        CliError::Usage(format!(
            "{option}: \"{}\" cannot be used; use {A_PROGRAM}",
            text.trim()
        ))
    })
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let (desk, reader) = context.open()?;
    if let Some(text) = &args.list {
        let priority = word(
            "--priority",
            args.priority.as_deref(),
            PRIORITY_WOULD_DO,
            |text| {
                text.trim()
                    .parse()
                    .ok()
                    .filter(|it| PRIORITIES.contains(it))
            },
        )?;
        desk.list_program(&id("--list", text)?, priority, "")?;
        context.print("It is on your list. `vouch undo` takes it back.")?;
        return Ok(Outcome::Done);
    }
    if let Some(text) = &args.unlist {
        desk.unlist_program(&id("--unlist", text)?)?;
        context.print("It is off your list. `vouch undo` takes it back.")?;
        return Ok(Outcome::Done);
    }
    if let Some(text) = &args.add {
        let [track, institution, city, state] =
            parts(text, "--add", "TRACK, INSTITUTION, CITY, STATE")?;
        let done = desk.add_own_program(&NewProgram {
            track,
            institution,
            city,
            state,
        })?;
        context.print(format!("Added as {}.", done.result))?;
        return Ok(Outcome::Done);
    }
    if let Some(text) = &args.add_site {
        let [name, city, state] = parts(text, "--add-site", "NAME, CITY, STATE")?;
        let done = desk.add_own_site(&NewSite { name, city, state })?;
        context.print(format!("Added as {}.", done.result))?;
        return Ok(Outcome::Done);
    }
    if let Some(ids) = &args.compare {
        let ids = ids.split(',').map(|text| id("--compare", text));
        let ids = ids.collect::<Result<Vec<_>, _>>()?;
        let compared = compare(&reader, &ids)?;
        if args.json {
            context.print_json(&compared)?;
            return Ok(Outcome::Done);
        }
        return show_compared(&compared, context);
    }
    let text = args.text.join(" ");
    if let Ok(id) = ProgramId::new(text.trim()) {
        let program = program(&reader, &id)?;
        if args.json {
            context.print_json(&program)?;
            return Ok(Outcome::Done);
        }
        return show(&program, &desk.today()?.to_string(), context);
    }

    let mut query = ProgramsQuery {
        text,
        track: word(
            "--track",
            args.track.as_deref(),
            &Track::ALL.map(Track::word).join(", "),
            Track::from_word,
        )?,
        state: word("--state", args.state.as_deref(), A_STATE, state)?.unwrap_or_default(),
        ..ProgramsQuery::default()
    };
    if args.listed {
        query.answers.insert(Question::Listed, vec![Answer::Yes]);
    }
    if args.known {
        query.answers.insert(Question::Known, vec![Answer::Yes]);
    }
    let asked = [
        (Question::Esir, "--esir", args.esir),
        (Question::VisaJ1, "--j1", args.j1),
        (Question::VisaH1b, "--h1b", args.h1b),
    ];
    for (question, option, answers) in asked {
        let Some(answers) = answers else { continue };
        let mut kept = Vec::new();
        for text in answers.split(',') {
            kept.extend(word(option, Some(text.trim()), ANSWERS, Answer::from_word)?);
        }
        query.answers.insert(question, kept);
    }
    let by_state = word("--by", args.by.as_deref(), "state", |by| {
        (by == "state").then_some(())
    })?;
    let found = programs(&reader, &query)?;
    if by_state.is_some() {
        let asked_for = |line: &&StateLine| query.state.is_empty() || line.state == query.state;
        let states: Vec<&StateLine> = found.states.iter().filter(asked_for).collect();
        return show_states(&states, args.json, context);
    }
    if args.json {
        context.print_json(&found)?;
        return Ok(Outcome::Done);
    }
    for row in found.rows.iter().take(args.limit) {
        let listed = row
            .priority
            .map(|p| format!(" [on your list, {p}]"))
            .unwrap_or_default();
        context.print(format!(
            "{}  {}, {}; {}, {}; {} known, {}{listed}",
            row.id,
            row.institution,
            row.track_label,
            row.city,
            row.state,
            row.people,
            row.relationship
        ))?;
    }
    context.print(format!("{} of {} programs", found.rows.len(), found.stored))?;
    Ok(if found.rows.is_empty() {
        Outcome::No
    } else {
        Outcome::Done
    })
}

fn show_states(
    states: &[&StateLine],
    as_json: bool,
    context: &mut Context<'_>,
) -> Result<Outcome, CliError> {
    if as_json {
        context.print_json(&states)?;
        return Ok(Outcome::Done);
    }
    context.print("State  Programs  On your list  With somebody you know  You are")?;
    for line in states {
        context.print(format!(
            "{:<5}  {:>8}  {:>12}  {:>22}  {}",
            if line.state.is_empty() {
                "none"
            } else {
                &line.state
            },
            line.programs,
            line.listed,
            line.known,
            line.relationship.unwrap_or("-")
        ))?;
    }
    Ok(if states.is_empty() {
        Outcome::No
    } else {
        Outcome::Done
    })
}

/// Returns the parts of a text between commas.
fn parts<const N: usize>(
    text: &str,
    option: &str,
    would_do: &str,
) -> Result<[String; N], CliError> {
    let parts: Vec<String> = text.split(',').map(|part| part.trim().to_owned()).collect();
    parts.try_into().map_err(|_| {
        CliError::Usage(format!(
            "{option}: \"{text}\" cannot be used; use \"{would_do}\""
        ))
    })
}

fn show_compared(compared: &Compared, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    for row in &compared.rows {
        context.print(row.label)?;
        for (program, value) in compared.programs.iter().zip(&row.values) {
            let words = value.value.as_deref().unwrap_or("not known");
            context.print(format!("  {}: {words}", program.institution))?;
        }
    }
    if compared.left_out > 0 {
        context.print(format!(
            "{} more were left out: four fit.",
            compared.left_out
        ))?;
    }
    Ok(Outcome::Done)
}

fn show(
    program: &desk::views::program::ProgramView,
    today: &str,
    context: &mut Context<'_>,
) -> Result<Outcome, CliError> {
    context.print(format!(
        "{}; {}",
        program.name,
        town(&program.city, &program.state_code)
    ))?;
    context.print(format!(
        "  you are: {} ({})",
        program.relationship, program.reason
    ))?;
    if let Some(priority) = program.priority {
        context.print(format!("  on your list, priority {priority}"))?;
    }
    for fact in &program.facts {
        for own in &fact.corrections {
            context.print(format!(
                "  {}: {} (yours: {})",
                fact.label, own.value, own.source
            ))?;
        }
        match &fact.shipped {
            Some(shipped) => {
                let aged = |day: &String| words::aged(day, today);
                let date = shipped.as_of.as_ref().map_or("no date".to_owned(), aged);
                context.print(format!(
                    "  {}: {} ({}, {date}, {})",
                    fact.label, shipped.value, shipped.source, shipped.reliability
                ))?;
            }
            None if fact.disagreement.is_some() => {
                let words = fact.disagreement.as_deref().unwrap_or_default();
                context.print(format!("  {}: sources disagree: {words}", fact.label))?;
            }
            None if fact.corrections.is_empty() => {
                context.print(format!("  {}: not known", fact.label))?;
            }
            None => {}
        }
    }
    if let Some(policy) = &program.contact_policy {
        context.print(format!(
            "  before you write: {} ({})",
            policy.value, policy.source
        ))?;
    }
    for line in &program.who {
        context.print(format!(
            "  you know {} ({}): {}",
            line.person.name, line.state, line.evidence
        ))?;
    }
    for line in &program.may_be {
        context.print(format!(
            "  may be here: {}, \"{}\"",
            line.name, line.employer
        ))?;
    }
    for specialty in &program.referring.specialties {
        let people = specialty.people.iter();
        let names: Vec<String> = people
            .map(|(_, name, position)| format!("{name} ({position})"))
            .collect();
        let names = match names.len() {
            0 if !program.may_be.is_empty() => "not known".to_owned(),
            0 => "nobody known yet".to_owned(),
            _ => names.join("; "),
        };
        context.print(format!("  {} here: {names}", specialty.label))?;
    }
    for way in &program.two_steps {
        context.print(format!(
            "  {} ({}) may know {}: {}",
            way.through.1, way.state, way.to.1, way.in_common
        ))?;
    }
    for graduate in &program.graduates {
        context.print(format!(
            "  graduate of your school {}: {}, {}",
            graduate.near, graduate.name, graduate.employer
        ))?;
    }
    context.print(format!("  next: {}", program.next_step))?;
    Ok(Outcome::Done)
}
