//! `vouch people`: a list with filters, and changes to all that fit.

use desk::verbs::edit_people::BulkEdit;
use desk::views::people::{
    Column, Columns, Contact, Order, People, PeopleQuery, Reply, people, people_ids, saved,
};
use desk::views::program::program;
use desk::{Desk, Reader};
use domain::{ProgramId, RelationshipState, Ring, RoleKind};
use jiff::civil::Date;

use super::programs::{A_STATE, state as us_state};
use super::{CliError, Context, Outcome};

/// Arguments of `vouch people`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Words of name, employer, post, address, tag or note.
    text: Vec<String>,
    /// Only this role (resident, attending, director, …).
    #[arg(long)]
    role: Option<String>,
    /// Only this ring (inner, working, wide, stored).
    #[arg(long)]
    ring: Option<String>,
    /// Only this tag; several times: all of them.
    #[arg(long)]
    tag: Vec<String>,
    /// Only people at this program and its hospitals (its id).
    #[arg(long, value_name = "ID")]
    program: Option<String>,
    /// Only people who work or worked in this state (two letters, or its name).
    #[arg(long = "in", value_name = "STATE")]
    us_state: Option<String>,
    /// Only this state (unknown, aware, met, "worked with", advocate).
    #[arg(long)]
    state: Option<String>,
    /// Only by the last contact: within-30 or silent-90 (days), or never.
    #[arg(long, value_name = "WHEN")]
    last: Option<String>,
    /// Only where a reply is owed: mine or theirs.
    #[arg(long, value_name = "WHOSE")]
    reply: Option<String>,
    /// Only people of my school.
    #[arg(long)]
    my_school: bool,
    /// The archived ones instead.
    #[arg(long)]
    archived: bool,
    /// Everybody: --delete without a filter wants it said.
    #[arg(long, requires = "delete")]
    all: bool,
    /// Order: name, recent or silent.
    #[arg(long)]
    order: Option<String>,
    /// The columns to print, with commas: name, place, role, state, last, ring,
    /// reply, tags, found, known.
    #[arg(long, value_name = "COLUMNS")]
    columns: Option<String>,
    /// At most so many.
    #[arg(long, default_value_t = 50)]
    limit: usize,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// Begin with the filter saved under this name; other options narrow it.
    #[arg(long, value_name = "NAME")]
    saved: Option<String>,
    /// Save this filter under a name; one of that name is replaced.
    #[arg(long, value_name = "NAME")]
    save: Option<String>,
    /// List the saved filters.
    #[arg(long)]
    saved_filters: bool,
    /// Let a saved filter go.
    #[arg(long, value_name = "NAME")]
    let_go: Option<String>,
    #[command(flatten)]
    change: Change,
}

/// What to do with everybody who fits, beyond the limit too.
#[derive(Debug, clap::Args)]
#[group(multiple = false)]
struct Change {
    /// Put all that fit into this ring.
    #[arg(long, value_name = "RING")]
    set_ring: Option<String>,
    /// Give all that fit this tag.
    #[arg(long, value_name = "TAG")]
    add_tag: Option<String>,
    /// Take this tag from all that fit.
    #[arg(long, value_name = "TAG")]
    remove_tag: Option<String>,
    /// Note whether all that fit went to your school: yes, no or unknown.
    #[arg(long, value_name = "ANSWER")]
    set_school: Option<String>,
    /// Archive all that fit.
    #[arg(long)]
    archive: bool,
    /// Bring back all that fit from the archive (with --archived).
    #[arg(long)]
    bring_back: bool,
    /// Delete all that fit: they wait in the trash.
    #[arg(long)]
    delete: bool,
}

/// A change to many people.
enum ToMany {
    Edit(BulkEdit),
    Delete,
}

impl Change {
    fn wanted(self) -> Result<Option<ToMany>, CliError> {
        if self.delete {
            return Ok(Some(ToMany::Delete));
        }
        let edit = if let Some(ring) = word(
            "--set-ring",
            self.set_ring.as_deref(),
            &rings(),
            Ring::from_word,
        )? {
            BulkEdit::Ring(ring)
        } else if let Some(tag) = self.add_tag {
            BulkEdit::AddTag(tag)
        } else if let Some(tag) = self.remove_tag {
            BulkEdit::RemoveTag(tag)
        } else if let Some(answer) = word(
            "--set-school",
            self.set_school.as_deref(),
            "yes, no, unknown",
            school,
        )? {
            BulkEdit::SameSchool(answer)
        } else if self.archive || self.bring_back {
            BulkEdit::Archive(self.archive)
        } else {
            return Ok(None);
        };
        Ok(Some(ToMany::Edit(edit)))
    }
}

fn school(word: &str) -> Option<Option<bool>> {
    match word {
        "yes" => Some(Some(true)),
        "no" => Some(Some(false)),
        "unknown" => Some(None),
        _ => None,
    }
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let (desk, reader) = context.open()?;
    if args.saved_filters {
        return show_saved(&reader, args.json, context);
    }
    if let Some(name) = &args.let_go {
        desk.drop_filter(name)?;
        context.print("It is no longer saved. `vouch undo` takes it back.")?;
        return Ok(Outcome::Done);
    }
    let query = query(&args, &reader, desk.today()?)?;
    if let Some(name) = &args.save {
        desk.save_filter(name, &query.address())?;
        context.print(format!(
            "Saved: `vouch people --saved \"{}\"` shows who fits. `vouch undo` takes it back.",
            name.trim()
        ))?;
        return Ok(Outcome::Done);
    }
    if let Some(id) = &query.program {
        // An id that no program has would fit nobody without a word.
        program(&reader, id)?;
    }
    let is_everybody = PeopleQuery {
        order: Order::default(),
        columns: Columns::default(),
        ..query.clone()
    }
    .address()
    .is_empty();
    if let Some(change) = args.change.wanted()? {
        if matches!(change, ToMany::Delete) && is_everybody && !args.all {
            return Err(CliError::Usage(
                "--delete: found no filter, which means everybody; would do: a filter, \
                 or --all where everybody is meant"
                    .to_owned(),
            ));
        }
        return change_all(&desk, &query, change, context);
    }
    let people = people(&reader, &query)?;
    if args.json {
        context.print_json(&people)?;
        return Ok(Outcome::Done);
    }
    if args.columns.is_some() || query.columns != Columns::default() {
        show_columns(&people, &query.columns, context)?;
    } else {
        show_lines(&people, context)?;
    }
    context.print(format!("{} of {} people", people.rows.len(), people.total))?;
    Ok(if people.rows.is_empty() {
        Outcome::No
    } else {
        Outcome::Done
    })
}

fn show_lines(people: &People, context: &mut Context<'_>) -> Result<(), CliError> {
    for row in &people.rows {
        let last = row.last.as_deref().unwrap_or("no contact logged");
        let works = [row.position.as_str(), row.employer.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ");
        context.print(format!("{:<32} {works}  [{last}]", row.name))?;
    }
    Ok(())
}

/// Prints a table of the columns, each as wide as its widest cell.
fn show_columns(
    people: &People,
    columns: &Columns,
    context: &mut Context<'_>,
) -> Result<(), CliError> {
    let labels = columns.all().iter().map(|column| column.label().to_owned());
    let head: Vec<String> = ["Name".to_owned()].into_iter().chain(labels).collect();
    let rows = people.rows.iter().map(|row| {
        let cells = columns.all().iter().map(|column| people.cell(row, *column));
        let cells = [row.name.clone()].into_iter().chain(cells);
        // A line break in a cell would tear the table.
        cells.map(|cell| cell.replace(['\n', '\t'], " ")).collect()
    });
    let table: Vec<Vec<String>> = [head].into_iter().chain(rows).collect();
    let width = |column: usize| {
        let cells = table.iter().filter_map(|line| line.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..=columns.all().len()).map(width).collect();
    for line in &table {
        let cells = line.iter().zip(&widths);
        let cells: Vec<String> = cells
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        context.print(cells.join("  ").trim_end())?;
    }
    Ok(())
}

/// Returns the filter that the options tell, on top of the saved one they name.
fn query(args: &Args, reader: &Reader, today: Date) -> Result<PeopleQuery, CliError> {
    let mut query = match &args.saved {
        None => PeopleQuery::from_address("", today),
        Some(name) => {
            let filters = saved(reader)?;
            let Some(filter) = filters.get(name.trim()) else {
                return Err(not_saved(name, filters.keys()));
            };
            PeopleQuery::from_address(filter, today)
        }
    };
    let text = args.text.join(" ");
    query.text = format!("{} {text}", query.text).trim().to_owned();
    query.tags.extend(args.tag.iter().cloned());
    let role = word(
        "--role",
        args.role.as_deref(),
        &roles(),
        RoleKind::from_word,
    )?;
    query.role = role.or(query.role);
    let ring = word("--ring", args.ring.as_deref(), &rings(), Ring::from_word)?;
    query.ring = ring.or(query.ring);
    let program = word("--program", args.program.as_deref(), A_PROGRAM, |id| {
        ProgramId::new(id).ok()
    })?;
    query.program = program.or(query.program);
    let us_state = word("--in", args.us_state.as_deref(), A_STATE, us_state)?;
    query.us_state = us_state.unwrap_or(query.us_state);
    let state = args.state.as_deref();
    let state = word("--state", state, &states(), RelationshipState::from_word)?;
    query.state = state.or(query.state);
    let contact = args.last.as_deref();
    let contact = word("--last", contact, A_CONTACT, Contact::from_word)?;
    query.contact = contact.or(query.contact);
    let reply = word(
        "--reply",
        args.reply.as_deref(),
        &replies(),
        Reply::from_word,
    )?;
    query.reply = reply.or(query.reply);
    let order = word(
        "--order",
        args.order.as_deref(),
        &orders(),
        Order::from_word,
    )?;
    query.order = order.unwrap_or(query.order);
    let words = args.columns.as_deref();
    let columns = word("--columns", words, &columns_that_do(), |words| {
        let (columns, unknown) = Columns::from_words(words);
        unknown.is_empty().then_some(columns)
    })?;
    query.columns = columns.unwrap_or(query.columns);
    query.same_school = args.my_school.then_some(true).or(query.same_school);
    query.archived |= args.archived;
    query.offset = 0;
    query.limit = args.limit;
    Ok(query)
}

fn not_saved<'a>(name: &str, known: impl Iterator<Item = &'a String>) -> CliError {
    let known: Vec<&str> = known.map(String::as_str).collect();
    let would_do = match &known[..] {
        [] => "none is saved yet; `vouch people --ring inner --save NAME` saves one".to_owned(),
        known => format!("use {}", known.join(", ")),
    };
    CliError::Usage(format!("--saved: \"{name}\" cannot be used; {would_do}"))
}

/// Lists the saved filters, each as it stands in the address of the page.
fn show_saved(
    reader: &Reader,
    as_json: bool,
    context: &mut Context<'_>,
) -> Result<Outcome, CliError> {
    let filters = saved(reader)?;
    if as_json {
        context.print_json(&filters)?;
        return Ok(Outcome::Done);
    }
    for (name, filter) in &filters {
        let fields = form_urlencoded::parse(filter.as_bytes());
        let fields: Vec<String> = fields
            .filter(|(_, value)| !value.is_empty())
            .map(|(key, value)| format!("{key}: {value}"))
            .collect();
        context.print(format!("{name}  ({})", fields.join("; ")))?;
    }
    if filters.is_empty() {
        context
            .print("No filter is saved yet: `vouch people --ring inner --save NAME` saves one.")?;
        return Ok(Outcome::No);
    }
    Ok(Outcome::Done)
}

/// Changes everybody who fits, as one operation.
fn change_all(
    desk: &Desk,
    query: &PeopleQuery,
    change: ToMany,
    context: &mut Context<'_>,
) -> Result<Outcome, CliError> {
    let everybody = people_ids(desk.reader(), query)?;
    if everybody.is_empty() {
        context.print("Nobody fits, so nothing was changed.")?;
        return Ok(Outcome::No);
    }
    let (what, done) = match change {
        ToMany::Delete => ("Deleted", desk.delete_people(&everybody)?),
        ToMany::Edit(edit) => ("Changed", desk.edit_people(&everybody, &edit)?),
    };
    let n = done.result;
    let noun = if n == 1 { "person" } else { "people" };
    context.print(format!("{what} {n} {noun}. `vouch undo` takes it back."))?;
    Ok(Outcome::Done)
}

/// Returns the value for the word of an option, or the sentence that says what
/// would do.
pub(crate) fn word<T>(
    option: &str,
    word: Option<&str>,
    would_do: &str,
    from: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, CliError> {
    let Some(word) = word else { return Ok(None) };
    match from(word) {
        Some(value) => Ok(Some(value)),
        None => {
            let sentence = format!("{option}: \"{word}\" cannot be used; use {would_do}");
            Err(CliError::Usage(sentence))
        }
    }
}

/// Returns the words that would do for a role.
pub(crate) fn roles() -> String {
    RoleKind::ALL.map(RoleKind::word).join(", ")
}

/// Returns the words that would do for a ring.
pub(crate) fn rings() -> String {
    Ring::ALL.map(Ring::word).join(", ")
}

fn states() -> String {
    RelationshipState::ALL
        .map(RelationshipState::word)
        .join(", ")
}

fn replies() -> String {
    Reply::ALL.map(Reply::word).join(", ")
}

fn orders() -> String {
    Order::ALL.map(Order::word).join(", ")
}

fn columns_that_do() -> String {
    format!("{}; several with commas", Column::words())
}

/// What would do for a program.
pub(crate) const A_PROGRAM: &str =
    "a program's id such as 4203521221; `vouch programs WORDS` shows it";

const A_CONTACT: &str = "within-30 or silent-90 (any number of days), or never";
