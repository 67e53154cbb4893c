//! `/import/{id}/hospitals`: a list of hospitals, looked at and taken over.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::response::{IntoResponse, Redirect, Response};
use desk::views::hospitals::{HospitalChanges, hospital_changes};
use desk::{DeskError, Reading, read_people};
use formats::Format;
use formats::cms::HOSPITALS;

use super::answer_with;
use crate::web::form::Asked;
use crate::web::held::Held;
use crate::web::layout::{self, Layout};
use crate::web::state::{State, done_at};
use crate::words;

/// Problems that the page shows.
const PROBLEMS_SHOWN: usize = 60;

#[derive(Template)]
#[template(path = "pages/import_hospitals.html")]
struct Page {
    layout: Layout,
    id: String,
    source: String,
    kind: String,
    n_read: usize,
    changes: HospitalChanges,
    problems: Vec<String>,
}

/// Returns whether a file is a list of hospitals, and no list of people.
pub(super) fn is_hospitals(format: &Format) -> bool {
    *format == HOSPITALS
}

/// Reads the file once, so that what cannot be read is told where it was
/// chosen, and sends the student to what it would change.
pub(super) fn open(state: &State, held: Held) -> Result<Response, DeskError> {
    hospital_changes(state.reader(), &read(&held)?)?;
    let path = format!("/import/{}/hospitals", held.id);
    state.hold(held);
    Ok(Redirect::to(&path).into_response())
}

fn read(held: &Held) -> Result<Reading, DeskError> {
    read_people(&held.name, &mut *held.open()?)
}

pub(super) async fn show(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Asked(asked): Asked,
) -> Response {
    answer_with(state, id, State::held, move |state, held| {
        let reading = read(&held)?;
        let changes = hospital_changes(state.reader(), &reading)?;
        let shown = reading.problems.iter().take(PROBLEMS_SHOWN);
        let problems = shown.map(|it| words::sentence(&it.to_string())).collect();
        Ok(layout::page(&Page {
            layout: state.layout(format!("Import {}", held.name), "/import", &asked),
            id: held.id.to_string(),
            n_read: reading.hospitals.len(),
            source: reading.source,
            kind: reading.kind,
            changes,
            problems,
        }))
    })
    .await
}

pub(super) async fn apply(Extract(state): Extract<State>, Path(id): Path<String>) -> Response {
    answer_with(state, id, State::held, move |state, held| {
        let done = state.desk().import_hospitals(&read(&held)?)?;
        Ok(done_at("/set-up", done.operation))
    })
    .await
}
