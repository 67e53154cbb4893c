//! `/import/{id}/map`: what the columns of a table hold.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::response::{IntoResponse, Redirect, Response};
use desk::views::columns::{first_people, read_table, remembered};
use desk::{DeskError, look_at_table, read_file};
use domain::{ContactKind, OperationId, PersonDraft};
use formats::ColumnRole;
use formats::contacts::{CsvLook, Mapping};

use super::given::reading_of;
use super::{answer_with, keep, keep_watched, progress};
use crate::web::form::{Asked, Fields, Posted};
use crate::web::held::{Content, Held};
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
    answer_with(state, id, State::held, move |state, held| {
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
    answer_with(state, id, State::held, move |state, held| {
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
        let done = state.desk().map_columns(&look, &mapping)?;
        // Remembering is a change of its own, which can be undone.
        match read_with(state, &held, look.clone(), mapping.clone(), done.operation) {
            Err(error @ DeskError::Unreadable(_)) => again(words::sentence(&error.to_string())),
            answer => answer,
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
    state.hold(held.clone());
    read_with(state, &held, look, mapping, None)
}

/// Reads a table whose columns are known, and shows its preview.
fn read_with(
    state: &State,
    held: &Held,
    look: CsvLook,
    mapping: Mapping,
    done: impl Into<Option<OperationId>>,
) -> Result<Response, DeskError> {
    let path = match done.into() {
        Some(done) => format!("/import/{}?done={done}", held.id),
        None => format!("/import/{}", held.id),
    };
    match &held.content {
        Content::Bytes(bytes) => {
            let mut input = bytes.as_slice();
            let reading = read_table(&held.name, &look, &mapping, &mut input)?;
            keep(state, held.id, reading)?;
            Ok(Redirect::to(&path).into_response())
        }
        Content::Path(file) => {
            let file = file.clone();
            progress::begin(state, reading_of(held), move |state, work| {
                let columns = Some((&look, &mapping));
                let mut tell = |done, total| work.tell(done, total);
                let reading = read_file("", &file, columns, &mut tell)?;
                keep_watched(state, work, Arc::new(reading))?;
                Ok(path)
            })
        }
    }
}

fn look_at(held: &Held) -> Result<CsvLook, DeskError> {
    look_at_table(&mut *held.open()?)
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
    let people = first_people(mapping, &mut *held.open()?);
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
