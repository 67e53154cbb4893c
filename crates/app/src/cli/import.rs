//! `vouch import`: reads a file of people, shows what would happen, takes it over.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use desk::verbs::answer_employer::Names;
use desk::verbs::apply_import::{AskChoice, ImportChoices};
use desk::views::import::{PreviewView, preview as preview_of};
use desk::views::people::find_person;
use desk::{Desk, Reader, Reading, is_export, read_people};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use uuid::Uuid;

use super::{CliError, Context, Outcome};
use crate::words::count;

/// Arguments of `vouch import`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The file, such as Connections.csv; "-" reads names, one a line, from the input.
    file: PathBuf,
    /// Take it over without asking.
    #[arg(long, short)]
    yes: bool,
    /// Only show what would happen.
    #[arg(long)]
    dry_run: bool,
    /// What a row to decide is: its line in the file, and new, later or a person.
    #[arg(long, value_name = "LINE=PERSON")]
    row: Vec<String>,
    /// What an employer's text names: the text, and a program, site or nothing.
    #[arg(long, value_name = "TEXT=PLACE")]
    place: Vec<String>,
    /// Everybody in this list went to my school.
    #[arg(long)]
    my_school: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Rows of each kind that the preview shows.
const SHOWN: usize = 12;

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    if is_whole_export(&args.file)? {
        let (desk, _) = context.open()?;
        if desk.is_unused()? {
            return load_export(&desk, &args, context);
        }
        if !args.json {
            context.print("This vault holds something already, so each person of the export is compared with those who are there.")?;
        }
    }
    let reading = read(&args, context)?;
    let (desk, reader) = context.open()?;
    let answers = place_answers(&args.place)?;
    let reading = Arc::new(reading);
    let mut preview = preview_of(&reader, Uuid::new_v4(), Arc::clone(&reading))?;
    let choices = choices(&args, &preview.reading, &reader)?;
    let view = preview.view(SHOWN);
    if !args.json {
        show(&view, context)?;
    }
    let nothing = view.n_new + view.n_update + view.n_ask + answers.len() == 0;
    if args.dry_run || nothing {
        if args.json {
            context.print_json(&view)?;
        } else if nothing {
            context.print("Nothing would change.")?;
        }
        return Ok(Outcome::Done);
    }
    if !args.yes && !confirmed(context)? {
        context.print("Nothing was changed. Add --yes to import without being asked.")?;
        return Ok(Outcome::No);
    }
    if !answers.is_empty() {
        // Only now, because a dry run or a "no" must leave the vault alone.
        for (text, names) in &answers {
            desk.answer_employer(text, names)?;
        }
        preview = preview_of(&reader, preview.id, reading)?;
    }
    let bar = ProgressBar::with_draw_target(
        Some(preview.reading.people.len() as u64),
        if context.interactive {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        },
    );
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {human_pos} of {human_len}") {
        bar.set_style(style);
    }
    let done = desk.apply_import(&preview, &choices, &mut |done, _| {
        bar.set_position(done as u64);
        true
    })?;
    bar.finish_and_clear();
    let report = done.result;
    if args.json {
        context.print_json(&serde_json::json!({
            "operation": done.operation.to_string(),
            "preview": view,
            "report": report,
        }))?;
        return Ok(Outcome::Done);
    }
    context.print(format!(
        "Imported: {} added, {} updated.",
        report.added, report.updated
    ))?;
    if report.left_open > 0 {
        context.print(format!(
            "{} left to decide; import the file again with --row LINE=new, later or a name.",
            report.left_open
        ))?;
    }
    context.print("`vouch undo` takes it back.")?;
    Ok(Outcome::Done)
}

fn is_whole_export(file: &Path) -> Result<bool, CliError> {
    if file.as_os_str() == "-" {
        return Ok(false);
    }
    let mut head = Vec::new();
    let opened = File::open(file);
    let read = opened.and_then(|opened| opened.take(4096).read_to_end(&mut head));
    // A file that cannot be read is told about where it is read.
    Ok(read.is_ok() && is_export(&head))
}

/// Takes over everything that an export holds.
fn load_export(desk: &Desk, args: &Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let show = args.file.display();
    if args.dry_run {
        context.print(format!(
            "{show}: an export of Vouch. This vault is empty and would take over everything in it."
        ))?;
        return Ok(Outcome::Done);
    }
    let opened = File::open(&args.file).map_err(|source| CliError::File {
        file: args.file.clone(),
        source,
    })?;
    let done = desk.load_export(&mut BufReader::new(opened))?;
    let loaded = done.result;
    if args.json {
        context.print_json(&loaded)?;
        return Ok(Outcome::Done);
    }
    context.print(format!(
        "Everything of {show} is back: {}, {}, {}.",
        count(&loaded.people, "person", "people"),
        count(&loaded.interactions, "interaction", "interactions"),
        count(&loaded.messages, "message", "messages"),
    ))?;
    context.print("`vouch undo` takes it back.")?;
    Ok(Outcome::Done)
}

/// Returns what each employer text of `--place` names.
fn place_answers(places: &[String]) -> Result<Vec<(String, Names)>, CliError> {
    let parse = |answer: &String| {
        let Some((text, place)) = answer.split_once('=') else {
            return Err(CliError::Usage(format!(
                "--place: found \"{answer}\"; would do: \"Mount Sinai=Mount Sinai Morningside\""
            )));
        };
        let names = match place.trim() {
            "nothing" => Names::Nothing,
            place => Names::Place(place.to_owned()),
        };
        Ok((text.trim().to_owned(), names))
    };
    places.iter().map(parse).collect()
}

fn read(args: &Args, context: &mut Context<'_>) -> Result<Reading, CliError> {
    if args.file.as_os_str() == "-" {
        let mut text = String::new();
        context.input.read_to_string(&mut text)?;
        return Ok(Reading::typed(&text)?);
    }
    let failed = |source| CliError::File {
        file: args.file.clone(),
        source,
    };
    let file = File::open(&args.file).map_err(failed)?;
    if file.metadata().map_err(failed)?.is_dir() {
        return Err(CliError::Usage(format!(
            "{} is a folder; would do: a file",
            args.file.display()
        )));
    }
    let name = args
        .file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    read_people(&name, &mut BufReader::new(file))
        .map_err(|error| CliError::Usage(format!("{}: {error}", args.file.display())))
}

fn choices(args: &Args, reading: &Reading, reader: &Reader) -> Result<ImportChoices, CliError> {
    let mut asks = HashMap::new();
    for row in &args.row {
        let parsed = row
            .split_once('=')
            .and_then(|(line, who)| Some((line.trim().parse::<u64>().ok()?, who.trim())));
        let Some((line, who)) = parsed else {
            return Err(CliError::Usage(format!(
                "--row: found \"{row}\"; would do: 14=new"
            )));
        };
        let Some(position) = reading.people.iter().position(|draft| draft.line == line) else {
            return Err(CliError::Usage(format!(
                "--row: no person begins in line {line}"
            )));
        };
        let choice = match who {
            "new" => AskChoice::New,
            "later" => AskChoice::LeaveOut,
            who => AskChoice::Person(find_person(reader, who)?),
        };
        asks.insert(position, choice);
    }
    let same_school = args.my_school.then_some(true);
    Ok(ImportChoices {
        asks,
        same_school,
        ..ImportChoices::default()
    })
}

fn confirmed(context: &mut Context<'_>) -> Result<bool, CliError> {
    if !context.interactive {
        return Ok(false);
    }
    write!(context.err, "Import? [y/N] ")?;
    context.err.flush()?;
    let mut answer = [0u8; 1];
    let n = context.input.read(&mut answer)?;
    Ok(n == 1 && matches!(answer[0], b'y' | b'Y'))
}

fn show(view: &PreviewView, context: &mut Context<'_>) -> Result<(), CliError> {
    context.print(format!("{}: {}", view.source, view.kind))?;
    context.print(format!(
        "  {} read: {} new, {} unchanged, {} changed, {} to decide",
        view.n_read, view.n_new, view.n_same, view.n_update, view.n_ask
    ))?;
    if view.n_repeat > 0 {
        let rows = count(&view.n_repeat, "row stands", "rows stand");
        context.print(format!("  {rows} twice in the file"))?;
    }
    if view.n_empty > 0 {
        let hidden = count(&view.n_empty, "hidden member", "hidden members");
        context.print(format!("  {hidden} without a name"))?;
    }
    if view.n_interactions > 0 {
        let messages = count(&view.n_interactions, "message stands", "messages stand");
        context.print(format!(
            "  {messages} in the file too; only people are taken over"
        ))?;
    }
    if view.n_at_programs > 0 {
        context.print(format!(
            "  {} of the new work where programs are:",
            view.n_at_programs
        ))?;
    }
    for line in view.new.iter().filter(|line| line.place.is_some()) {
        if let Some((place, evidence)) = &line.place {
            context.print(format!("    {}: {place} ({evidence})", line.name))?;
        }
    }
    for update in &view.updates {
        for (field, stored, found, taken) in &update.changes {
            let taken = if *taken {
                ""
            } else {
                " (kept as you wrote it)"
            };
            context.print(format!(
                "  line {}: {} {field}: \"{stored}\" becomes \"{found}\"{taken}",
                update.line, update.person.1
            ))?;
        }
    }
    for ask in &view.asks {
        context.print(format!(
            "  line {}: is {} the same person as",
            ask.line, ask.name
        ))?;
        for (id, name, employer, reason) in &ask.candidates {
            context.print(format!("    {name}, {employer} ({reason}; {id})"))?;
        }
    }
    for employer in &view.employers {
        let n = if employer.n == 1 {
            String::new()
        } else {
            format!(" ({} people)", employer.n)
        };
        context.print(format!("  which place is \"{}\"{n}?", employer.text))?;
        for (label, evidence) in &employer.candidates {
            context.print(format!("    {label}: {evidence}"))?;
        }
    }
    for problem in &view.problems {
        let kept = if problem.record_kept {
            "the rest is kept"
        } else {
            "the row is left out"
        };
        let field = if problem.field.is_empty() {
            String::new()
        } else {
            format!(", {}", problem.field)
        };
        context.print(format!(
            "  line {}{field}: found {}; would do: {}; {kept}",
            problem.line, problem.found, problem.would_do
        ))?;
    }
    if view.n_problems > view.problems.len() {
        let more = view.n_problems - view.problems.len();
        context.print(format!("  and {more} more problems"))?;
    }
    Ok(())
}
