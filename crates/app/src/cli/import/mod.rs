//! `vouch import`: reads a file of people or hospitals, shows what would happen, takes it over.

mod columns;
mod hospitals;
mod interrupt;
mod roster;
mod show;
mod whole;

use std::collections::HashMap;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use desk::verbs::answer_employer::Names;
use desk::verbs::apply_import::{AskChoice, ImportChoices, Messages};
use desk::views::import::{
    Preview, SetUpOffer, preview as preview_of, preview_watched, write_problems,
};
use desk::views::people::find_person;
use desk::views::set_up::student;
use desk::{
    DeskError, FileKind, Reader, Reading, file_name, look_at_file, read_file, read_people_of,
};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use uuid::Uuid;

use self::columns::Table;
use self::interrupt::Interrupt;
use self::roster::RosterArgs;
use self::show::show;
use super::{CliError, Context, Outcome, private_file};
use crate::words::count;

/// Arguments of `vouch import`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The file, such as Connections.csv, or the folder of a CSV export; "-" reads names, one a
    /// line, from the input (of a locked vault behind the passphrase).
    #[arg(required_unless_present = "roster")]
    file: Option<PathBuf>,
    /// More tables of the same CSV export.
    #[arg(value_name = "TABLE")]
    more: Vec<PathBuf>,
    #[command(flatten)]
    pasted: RosterArgs,
    /// Take it over without asking.
    #[arg(long, short)]
    yes: bool,
    /// Only show what would happen.
    #[arg(long)]
    dry_run: bool,
    /// What a row to decide is: its line in the file or its name, and new, later or a person.
    #[arg(long, value_name = "LINE=PERSON")]
    row: Vec<String>,
    /// What an employer's text names: the text, and a program, site or nothing.
    #[arg(long, value_name = "TEXT=PLACE")]
    place: Vec<String>,
    /// What the columns of a table hold: name, email, employer and so on, or
    /// "forget" to forget what was said before.
    #[arg(long, value_name = "COLUMN=WORD,…")]
    map: Vec<String>,
    /// What is kept of messages: facts (the day, and who wrote), texts or leave-out.
    #[arg(long, value_name = "WHAT", default_value = "facts", value_parser = messages)]
    messages: Messages,
    /// Add people who wrote to you and whom you never answered.
    #[arg(long)]
    strangers: bool,
    /// Put your name and school into the set-up, where the file tells them.
    #[arg(long)]
    about_me: bool,
    /// Everybody in this list went to my school.
    #[arg(long)]
    my_school: bool,
    /// Write every problem of the file into a table.
    #[arg(long, value_name = "FILE")]
    problems: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Rows of each kind that the preview shows.
const SHOWN: usize = 12;

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let (desk, reader) = context.open()?;
    let tables = whole::tables(&args, &reader)?;
    if let Some(file) = &args.file
        && (tables.is_some() || whole::is_whole_export(file)?)
    {
        if desk.is_unused()? {
            return whole::load_export(&desk, file, tables.as_deref(), &args, context);
        }
        if !args.json {
            context.print("This vault holds something already, so each person of the export is compared with those who are there.")?;
        }
    }
    let interrupt = Interrupt::listen(context.interactive);
    let (reading, table) = match (&args.pasted.roster, &args.file) {
        (Some(list), _) => {
            let pasted = &args.pasted;
            let reading = pasted.read(list, args.json, &desk, &reader, context)?;
            (reading, None)
        }
        (None, Some(file)) => match &tables {
            Some(document) => {
                let student = student(&reader)?.name;
                let name = file_name(file);
                (read_people_of(&student, &name, &mut &**document)?, None)
            }
            None => read(&args, file, &reader, &interrupt, context)?,
        },
        (None, None) => return Err(CliError::Usage("found no file to import".to_owned())),
    };
    if !reading.hospitals.is_empty() {
        return hospitals::import(&desk, &reader, &reading, &args, context);
    }
    let answers = place_answers(&args.place)?;
    let reading = Arc::new(reading);
    let bar_of_preview = bar(context, "{wide_bar} {human_pos} of {human_len}");
    let preview = interrupt.during(|goes_on| {
        let mut tell = |_, done, total| {
            bar_of_preview.set_length(total as u64);
            bar_of_preview.set_position(done as u64);
            goes_on()
        };
        preview_watched(&reader, Uuid::new_v4(), Arc::clone(&reading), &mut tell)
    });
    bar_of_preview.finish_and_clear();
    let mut preview = preview?;
    let choices = choices(&args, &preview, &reader)?;
    let view = preview.view(SHOWN);
    if !args.json {
        show(&view, context)?;
    }
    if let Some(file) = &args.problems {
        desk.note_export(file)?;
        save_problems(file, &preview.reading)?;
    }
    let says = table.as_ref().is_some_and(Table::says);
    let nothing = view.n_new + view.n_update + view.n_ask + answers.len() == 0
        && (view.n_messages == view.n_stored_messages && args.messages != Messages::Texts
            || view.n_messages == 0)
        && (view.n_strangers == 0 || !args.strangers)
        && choices.own_name.is_empty()
        && choices.own_school.is_empty()
        && !says;
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
    if !answers.is_empty() || says {
        // Only now, because a dry run or a "no" must leave the vault alone.
        for (text, names) in &answers {
            desk.answer_employer(text, names)?;
        }
        if let Some(table) = &table {
            table.remember(&desk)?;
        }
        preview = preview_of(&reader, preview.id, reading)?;
    }
    let bar = bar(context, "{wide_bar} {human_pos} of {human_len}");
    let done = interrupt.during(|goes_on| {
        desk.apply_import(&preview, &choices, &mut |done, total| {
            bar.set_length(total as u64);
            bar.set_position(done as u64);
            goes_on()
        })
    });
    // A stop leaves the line of the bar clean, too.
    bar.finish_and_clear();
    let done = done?;
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
    if report.messages > 0 {
        let messages = count(&report.messages, "message", "messages");
        context.print(format!("{messages} taken over."))?;
    }
    if report.texts_withheld > 0 {
        let texts = count(&report.texts_withheld, "text was", "texts were");
        context.print(format!("{texts} not kept: it may tell who a patient is."))?;
    }
    if report.messages_left > 0 {
        let messages = count(&report.messages_left, "message waits", "messages wait");
        context.print(format!("{messages} until it is clear with whom."))?;
    }
    if report.left_open > 0 {
        context.print(format!(
            "{} left to decide; import the file again with --row LINE=new, later or a name.",
            report.left_open
        ))?;
    }
    context.print("`vouch undo` takes it back.")?;
    Ok(Outcome::Done)
}

/// Returns what each employer text of `--place` names.
fn place_answers(places: &[String]) -> Result<Vec<(String, Names)>, CliError> {
    let parse = |answer: &String| {
        let Some((text, place)) = answer.split_once('=') else {
            return Err(CliError::Usage(format!(
                "--place: \"{answer}\" cannot be used; use \"Mount Sinai=Mount Sinai Morningside\""
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

/// Reads the file; where it is a table, what its columns hold comes too.
fn read(
    args: &Args,
    path: &Path,
    reader: &Reader,
    interrupt: &Interrupt,
    context: &mut Context<'_>,
) -> Result<(Reading, Option<Table>), CliError> {
    if path.as_os_str() == "-" {
        if !args.map.is_empty() {
            return Err(CliError::Usage(
                "--map: found typed names; would do: a file".to_owned(),
            ));
        }
        let mut text = String::new();
        context.input.read_to_string(&mut text)?;
        return Ok((Reading::typed(&text)?, None));
    }
    let failed = |source| CliError::File {
        file: path.to_owned(),
        source,
    };
    let metadata = std::fs::metadata(path).map_err(failed)?;
    if metadata.is_dir() {
        return Err(CliError::Usage(format!(
            "{} is a folder; would do: a file, or the folder of a CSV export",
            path.display()
        )));
    }
    let of_file = |error| match error {
        DeskError::Unreadable(_) => CliError::Usage(format!("{}: {error}", path.display())),
        error => CliError::Desk(error),
    };
    let student = student(reader)?.name;
    if !metadata.is_file() {
        // A pipe can be read once, and nobody knows how much will come.
        let mut input = BufReader::new(File::open(path).map_err(failed)?);
        let reading = read_people_of(&student, &file_name(path), &mut input);
        return Ok((reading.map_err(of_file)?, None));
    }
    let table = match look_at_file(path).map_err(of_file)? {
        FileKind::Table => {
            let mut input = BufReader::new(File::open(path).map_err(failed)?);
            let table = Table::look(&args.map, reader, &mut input);
            Some(table.map_err(|error| match error {
                CliError::Desk(error) => of_file(error),
                error => error,
            })?)
        }
        FileKind::Known(format) if !args.map.is_empty() => {
            return Err(CliError::Usage(format!(
                "--map: found a {}, whose columns are known; would do: a table of no known kind",
                format.label
            )));
        }
        FileKind::Known(_) => None,
    };
    let bar = bar(context, "{wide_bar} {bytes} of {total_bytes}");
    let columns = table.as_ref().map(Table::columns);
    let reading = interrupt.during(|goes_on| {
        read_file(&student, path, columns, &mut |done, total| {
            bar.set_length(total);
            bar.set_position(done);
            goes_on()
        })
    });
    bar.finish_and_clear();
    let reading = reading.map_err(of_file)?;
    if let Some(table) = table.as_ref().filter(|_| !args.json) {
        context.print(table.sentence())?;
    }
    Ok((reading, table))
}

/// Returns a bar of progress, which nobody sees who does not sit at the terminal.
fn bar(context: &Context<'_>, template: &str) -> ProgressBar {
    let target = if context.interactive {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(None, target);
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn save_problems(file: &Path, reading: &Reading) -> Result<(), CliError> {
    let mut bytes = Vec::new();
    write_problems(reading, &mut bytes)?;
    private_file::write(file, &bytes)
}

fn messages(word: &str) -> Result<Messages, String> {
    Messages::from_word(word).ok_or_else(|| "would do: facts, texts or leave-out".to_owned())
}

fn choices(args: &Args, preview: &Preview, reader: &Reader) -> Result<ImportChoices, CliError> {
    let reading = &preview.reading;
    let mut asks = HashMap::new();
    for row in &args.row {
        let Some((place, who)) = row.split_once('=') else {
            return Err(CliError::Usage(format!(
                "--row: \"{row}\" cannot be used; use 14=new"
            )));
        };
        let (place, who) = (place.trim(), who.trim());
        let position = match place.parse::<u64>() {
            Ok(line) => reading.people.iter().position(|draft| draft.line == line),
            Err(_) => preview.row_named(place),
        };
        let Some(position) = position else {
            return Err(CliError::Usage(format!(
                "--row: no person begins in line {place}"
            )));
        };
        let choice = match who {
            "new" => AskChoice::New,
            "later" => AskChoice::LeaveOut,
            who => AskChoice::Person(find_person(reader, who)?),
        };
        asks.insert(position, choice);
    }
    let offer = if args.about_me {
        preview.view(0).offer
    } else {
        SetUpOffer::default()
    };
    Ok(ImportChoices {
        asks,
        same_school: args.my_school.then_some(true).or(reading.same_school),
        messages: args.messages,
        strangers: args.strangers,
        own_name: offer.name,
        own_school: offer.schools.into_iter().next().unwrap_or_default(),
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
