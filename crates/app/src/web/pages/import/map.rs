//! `/import/{id}/map`: what the columns of a table hold.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::response::{IntoResponse, Redirect, Response};
use desk::views::columns::{first_people, read_table, remembered};
use desk::{DeskError, look_at_table};
use domain::{ContactKind, PersonDraft};
use formats::ColumnRole;
use formats::contacts::{CsvLook, Mapping};

use super::{gone, keep};
use crate::web::form::{Asked, Fields, Posted};
use crate::web::held::Held;
use crate::web::layout::{self, Layout};
use crate::web::state::{State, done_at};
use crate::words;

/// Columns that the page asks about; those behind them keep their guess.
const COLUMNS_SHOWN: usize = 100;

/// Values that the page shows of a column.
const VALUES_SHOWN: usize = 3;

/// Characters that the page shows of a value.
const VALUE_CHARS: usize = 60;

#[derive(Template)]
#[template(path = "pages/import_map.html")]
struct Page {
    layout: Layout,
    id: String,
    columns: Vec<Column>,
    n_more: usize,
    has_header: bool,
    first: Vec<First>,
    is_remembered: bool,
    problem: String,
}

/// One column to explain.
struct Column {
    name: String,
    values: Vec<String>,
    role: ColumnRole,
}

/// One of the first people that come of it.
struct First {
    name: String,
    employer: String,
    position: String,
    reach: String,
    rest: String,
}

pub(super) async fn show(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Asked(asked): Asked,
) -> Response {
    state
        .answer(move |state| {
            let Some(held) = held(state, &id) else {
                return Ok(gone());
            };
            let look = look_at(&held)?;
            let remembered = remembered(state.reader(), &look)?;
            let is_remembered = remembered.is_some();
            let mapping = remembered.unwrap_or_else(|| look.guess.clone());
            let mut page = page(state, &held, &look, &mapping, &asked)?;
            page.is_remembered = is_remembered;
            Ok(layout::page(&page))
        })
        .await
}

pub(super) async fn choose(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Posted(form): Posted,
) -> Response {
    state
        .answer(move |state| {
            let Some(held) = held(state, &id) else {
                return Ok(gone());
            };
            let look = look_at(&held)?;
            let mapping = mapping(&look, &form);
            let again = |problem: String| {
                let mut page = page(state, &held, &look, &mapping, &Fields::default())?;
                page.problem = problem;
                Ok(layout::page(&page))
            };
            if form.get("do") != "read" {
                return again(String::new());
            }
            if !mapping.gives_people() {
                return again("Say which column holds the name or the e-mail address.".to_owned());
            }
            let mut input = open(&held)?;
            match read_table(&held.name, &look, &mapping, &mut *input) {
                Ok(reading) => {
                    let done = state.desk().map_columns(&look, &mapping)?;
                    keep(state, held.id, reading)?;
                    // Remembering is a change of its own, which can be undone.
                    let path = format!("/import/{}", held.id);
                    Ok(done_at(&path, done.operation))
                }
                Err(error @ DeskError::Unreadable(_)) => again(words::sentence(&error.to_string())),
                Err(error) => Err(error),
            }
        })
        .await
}

/// Forgets what the columns of a header hold.
pub(super) async fn forget(Extract(state): Extract<State>, Path(id): Path<String>) -> Response {
    state
        .answer(move |state| {
            let done = state.desk().forget_columns(&id)?;
            Ok(done_at("/import", done.operation))
        })
        .await
}

/// Sends the student to the page of a file's columns, or reads the file at once
/// where they are known.
pub(super) fn table(state: &State, held: Held) -> Result<Response, DeskError> {
    let look = look_at(&held)?;
    let known = remembered(state.reader(), &look)?
        .or_else(|| look.all_known.then(|| look.guess.clone()))
        .filter(Mapping::gives_people);
    let Some(mapping) = known else {
        let path = format!("/import/{}/map", held.id);
        state.hold(held);
        return Ok(Redirect::to(&path).into_response());
    };
    let reading = read_table(&held.name, &look, &mapping, &mut *open(&held)?)?;
    let path = format!("/import/{}", held.id);
    keep(state, held.id, reading)?;
    state.hold(held);
    Ok(Redirect::to(&path).into_response())
}

fn held(state: &State, id: &str) -> Option<Held> {
    state.held(id.parse().ok()?)
}

fn open(held: &Held) -> Result<Box<dyn std::io::BufRead + '_>, DeskError> {
    held.open().map_err(|error| {
        DeskError::Unreadable(formats::ReadError::NothingReadable {
            found: format!("a file that cannot be opened ({error})"),
            would_do: "the file put back where it was".to_owned(),
        })
    })
}

fn look_at(held: &Held) -> Result<CsvLook, DeskError> {
    look_at_table(&mut *open(held)?)
}

/// Returns the mapping that the form holds; what it does not say stays as guessed.
fn mapping(look: &CsvLook, form: &Fields) -> Mapping {
    let mut mapping = look.guess.clone();
    for (i, role) in mapping.roles.iter_mut().enumerate() {
        let chosen = form.given(&format!("role-{i}"));
        if let Some(chosen) = chosen.and_then(ColumnRole::from_word) {
            *role = chosen;
        }
    }
    mapping.has_header = look.guess.has_header && form.get("first-row") != "person";
    mapping
}

fn page(
    state: &State,
    held: &Held,
    look: &CsvLook,
    mapping: &Mapping,
    asked: &Fields,
) -> Result<Page, DeskError> {
    let people = first_people(mapping, &mut *open(held)?);
    let columns = look
        .columns
        .iter()
        .zip(&mapping.roles)
        .enumerate()
        .take(COLUMNS_SHOWN)
        .map(|(i, (name, role))| Column {
            name: match name.as_str() {
                "" => format!("column {}", i + 1),
                name => short(name),
            },
            values: first_values(look, i),
            role: *role,
        })
        .collect();
    Ok(Page {
        layout: state.layout(format!("Columns of {}", held.name), "/import", asked),
        id: held.id.to_string(),
        columns,
        n_more: look.columns.len().saturating_sub(COLUMNS_SHOWN),
        has_header: look.guess.has_header,
        first: people.into_iter().map(first).collect(),
        is_remembered: false,
        problem: String::new(),
    })
}

fn first_values(look: &CsvLook, column: usize) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    for row in &look.rows {
        let value = row.get(column).map_or("", |value| value.trim());
        let value = short(value);
        if !value.is_empty() && !values.contains(&value) {
            values.push(value);
        }
        if values.len() == VALUES_SHOWN {
            break;
        }
    }
    values
}

fn short(text: &str) -> String {
    let mut short: String = text.chars().take(VALUE_CHARS).collect();
    if text.chars().nth(VALUE_CHARS).is_some() {
        short.push('…');
    }
    short
}

fn first(draft: PersonDraft) -> First {
    let reach = draft.contacts.iter().map(|contact| match contact.kind {
        ContactKind::LinkedIn => "LinkedIn".to_owned(),
        _ => contact.value.clone(),
    });
    let mut rest: Vec<String> = Vec::new();
    rest.extend(
        draft
            .known_since
            .map(|day| format!("since {}", words::day(&day.to_string()))),
    );
    rest.extend(
        [draft.how_found, draft.note]
            .into_iter()
            .filter(|text| !text.is_empty()),
    );
    rest.extend(draft.tags);
    rest.extend(
        draft
            .extra
            .into_iter()
            .map(|(name, value)| format!("{name}: {value}")),
    );
    First {
        name: draft.name.display(),
        employer: draft.employer,
        position: draft.position,
        reach: short(&reach.collect::<Vec<_>>().join(", ")),
        rest: short(&rest.join("; ")),
    }
}

impl Page {
    fn roles(&self) -> [ColumnRole; 18] {
        ColumnRole::ALL
    }
}
