//! `/import`: a file or a few typed names, previewed, decided and taken over.

mod given;
mod hospitals;
mod map;
mod progress;
mod roster;

use std::borrow::Borrow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{Path, State as Extract};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::verbs::apply_import::{AskChoice, EmployerChoice, ImportChoices, ImportReport, Messages};
use desk::views::columns::{RememberedHeader, remembered_headers};
use desk::views::import::{
    Preview, PreviewStep, PreviewView, preview, preview_watched, write_problems,
};
use desk::{DeskError, Done, Reading};
use domain::Field;
use uuid::Uuid;

use super::export;
use crate::web::body;
use crate::web::form::{Asked, Fields, Posted};
use crate::web::layout::{self, Layout};
use crate::web::state::State;
use crate::web::work::{Unit, Work};
use crate::words;

/// Rows of each kind that a preview shows.
const SHOWN: usize = 60;

/// Rows from which taking them over gets a page of its own, with progress.
const LONG_ROWS: usize = 5_000;

#[derive(Template)]
#[template(path = "pages/import.html")]
struct Page {
    layout: Layout,
    /// What was typed, where something was wrong with it.
    form: Fields,
    problem: String,
    headers: Vec<RememberedHeader>,
}

impl Page {
    /// Returns the first column of a remembered table, to know it by.
    fn first_column<'h>(&self, header: &'h RememberedHeader) -> &'h str {
        header.columns.first().map_or("", |(name, _)| name)
    }
}

#[derive(Template)]
#[template(path = "pages/import_preview.html")]
struct PreviewPage {
    layout: Layout,
    preview: PreviewView,
    form: Fields,
    moved: bool,
    /// Whether the columns of the file can be chosen otherwise.
    can_map: bool,
}

impl PreviewPage {
    /// Returns whether a choice was made before the preview was made again.
    fn chose(
        &self,
        kind: &str,
        place: impl std::fmt::Display,
        value: impl std::fmt::Display,
    ) -> bool {
        self.form.get(&format!("{kind}-{place}")) == value.to_string()
    }

    /// Returns whether a decision is still open.
    fn is_open(&self, row: &usize) -> bool {
        let choice = self.form.get(&format!("ask-{row}"));
        choice.is_empty() || choice == "later"
    }

    /// Returns whether a change is to be taken.
    fn takes(&self, row: &usize, field: &str, proposed: &bool) -> bool {
        match self.form.given(&format!("change-{row}-{field}")) {
            Some(choice) => choice == "yes",
            None => *proposed,
        }
    }

    fn nothing_to_do(&self) -> bool {
        let p = &self.preview;
        p.n_new + p.n_update + p.n_ask + p.n_strangers == 0
            && p.n_messages == p.n_stored_messages
            && p.offer.name.is_empty()
            && p.offer.schools.is_empty()
    }

    fn has_messages(&self) -> bool {
        let p = &self.preview;
        p.n_messages + p.n_unclear_messages + p.n_unwanted + p.n_strangers > 0
    }

    fn has_offer(&self) -> bool {
        let offer = &self.preview.offer;
        !offer.name.is_empty() || !offer.schools.is_empty() || !offer.posts.is_empty()
    }

    /// Returns whether a choice of the form stands, where the first one stands
    /// unless another was made.
    fn stands(&self, name: &str, value: &str, is_first: impl Borrow<bool>) -> bool {
        match self.form.given(name) {
            Some(chosen) => chosen == value,
            None => *is_first.borrow(),
        }
    }
}

/// Returns the routes of the import.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/import", get(show))
        .route("/import/file", post(given::file).layer(body::large_body()))
        .route("/import/path", post(given::path))
        .route("/import/typed", post(typed))
        .route("/import/roster", post(roster::paste))
        .route("/import/{id}", get(show_preview).post(apply))
        .route(
            "/import/{id}/hospitals",
            get(hospitals::show).post(hospitals::apply),
        )
        .route("/import/{id}/map", get(map::show).post(map::choose))
        .route("/import/{id}/rows", get(roster::show).post(roster::confirm))
        .route("/import/{id}/problems.csv", get(problems))
        .route("/import/{id}/progress", get(progress::show))
        .route("/import/{id}/stop", post(progress::stop))
        .route("/import/headers/{id}/forget", post(map::forget))
}

async fn show(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| page(state, &asked, &Fields::default(), String::new()))
        .await
}

/// Returns the page; where something cannot be previewed, with the reason and
/// with what was typed.
fn page(
    state: &State,
    asked: &Fields,
    form: &Fields,
    problem: String,
) -> Result<Response, DeskError> {
    Ok(layout::page(&Page {
        layout: state.layout("Import", "/import", asked),
        form: form.clone(),
        problem,
        headers: remembered_headers(state.reader())?,
    }))
}

fn again(state: &State, form: &Fields, problem: String) -> Result<Response, DeskError> {
    page(state, &Fields::default(), form, problem)
}

async fn typed(Extract(state): Extract<State>, Posted(form): Posted) -> Response {
    state
        .answer(move |state| match Reading::typed(form.get("names")) {
            Ok(reading) => open(state, reading),
            Err(error) => again(state, &form, error.to_string()),
        })
        .await
}

fn open(state: &State, reading: Reading) -> Result<Response, DeskError> {
    let id = Uuid::new_v4();
    keep(state, id, reading)?;
    Ok(Redirect::to(&format!("/import/{id}")).into_response())
}

/// Keeps the preview of a reading under a name.
fn keep(state: &State, id: Uuid, reading: Reading) -> Result<(), DeskError> {
    state.keep_preview(preview(state.reader(), id, Arc::new(reading))?);
    Ok(())
}

/// Keeps the preview of a reading under the name of the work that makes it, which
/// is told how far it is.
fn keep_watched(state: &State, work: &Work, reading: Arc<Reading>) -> Result<(), DeskError> {
    let source = reading.source.clone();
    let mut tell = |step: PreviewStep, done: usize, total: usize| {
        let what = match step {
            PreviewStep::Notes => format!("Looking through the notes of {source}"),
            PreviewStep::People => format!("Comparing {source} with who is here"),
            PreviewStep::Places => format!("Finding the places in {source}"),
        };
        work.enter(&what, Unit::Rows);
        work.tell(done as u64, total as u64)
    };
    state.keep_preview(preview_watched(
        state.reader(),
        work.id,
        reading,
        &mut tell,
    )?);
    Ok(())
}

async fn show_preview(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Asked(asked): Asked,
) -> Response {
    answer_with(state, id, State::preview, move |state, kept| {
        let moved = asked.get("moved") == "yes";
        Ok(preview_page(state, &kept, &asked, Fields::default(), moved))
    })
    .await
}

/// Returns the page of a preview. `form` holds what was chosen before it had to
/// be made again, which `moved` tells.
fn preview_page(
    state: &State,
    kept: &Preview,
    asked: &Fields,
    form: Fields,
    moved: bool,
) -> Response {
    let title = format!("Import {}", kept.reading.source);
    layout::page(&PreviewPage {
        layout: state.layout(title, "/import", asked),
        preview: kept.view(SHOWN),
        form,
        moved,
        can_map: state.held(kept.id).is_some(),
    })
}

async fn apply(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Posted(form): Posted,
) -> Response {
    answer_with(state, id, State::preview, move |state, kept| {
        let id = kept.id;
        let choices = choices(&form);
        if kept.n_rows() >= LONG_ROWS {
            let what = format!("Importing {}", kept.reading.source);
            let work = Work::new(id, what, Unit::Rows);
            return progress::begin(state, work, move |state, work| {
                let mut tell = |done, total| work.tell(done as u64, total as u64);
                match state.desk().apply_import(&kept, &choices, &mut tell) {
                    Ok(done) => Ok(applied(state, id, &done)),
                    Err(DeskError::PreviewMoved) => {
                        keep_watched(state, work, Arc::clone(&kept.reading))?;
                        Ok(format!("/import/{id}?moved=yes"))
                    }
                    Err(error) => Err(error),
                }
            });
        }
        match state.desk().apply_import(&kept, &choices, &mut |_, _| true) {
            Ok(done) => Ok(Redirect::to(&applied(state, id, &done)).into_response()),
            Err(DeskError::PreviewMoved) => {
                let fresh = preview(state.reader(), id, Arc::clone(&kept.reading))?;
                let fresh = state.keep_preview(fresh);
                Ok(preview_page(state, &fresh, &Fields::default(), form, true))
            }
            Err(error) => Err(error),
        }
    })
    .await
}

/// Lets the preview go, and returns the page that shows what came of it.
fn applied(state: &State, id: Uuid, done: &Done<ImportReport>) -> String {
    state.drop_preview(id);
    let path = if done.result.changed_anything() {
        "/people"
    } else {
        "/import"
    };
    format!("{path}?done={}", done.operation)
}

/// Hands over every problem of a reading as a table.
async fn problems(Extract(state): Extract<State>, Path(id): Path<String>) -> Response {
    answer_with(state, id, State::preview, |_, kept| {
        let mut bytes = Vec::new();
        write_problems(&kept.reading, &mut bytes)?;
        Ok(export::file(
            "text/csv; charset=utf-8",
            "problems.csv",
            bytes,
        ))
    })
    .await
}

/// Answers with something of an import that is kept under the id of the
/// address, or says that it is gone.
async fn answer_with<T: 'static>(
    state: State,
    id: String,
    kept: fn(&State, Uuid) -> Option<T>,
    work: impl FnOnce(&State, T) -> Result<Response, DeskError> + Send + 'static,
) -> Response {
    state
        .answer(
            move |state| match id.parse().ok().and_then(|id| kept(state, id)) {
                Some(found) => work(state, found),
                None => Ok(gone()),
            },
        )
        .await
}

fn gone() -> Response {
    use crate::web::errors::ErrorPage;
    ErrorPage::new(axum::http::StatusCode::NOT_FOUND, "This preview is gone")
        .saying(
            "A preview lives in memory only, until it is applied, Vouch is closed, or several \
                 others were made. Nothing was changed. Read the file again.",
        )
        .way_on("Import again", "/import")
        .into_response()
}

/// Returns the decisions of the preview's form.
fn choices(form: &Fields) -> ImportChoices {
    let mut asks = HashMap::new();
    for (row, choice) in form.under("ask-") {
        let Ok(row) = row.parse() else { continue };
        let choice = match choice {
            "new" => AskChoice::New,
            id => id.parse().map_or(AskChoice::LeaveOut, AskChoice::Person),
        };
        asks.insert(row, choice);
    }
    let mut employers = HashMap::new();
    for (key, choice) in form.under("employer-") {
        match choice {
            "nothing" => employers.insert(key.to_owned(), EmployerChoice::Nothing),
            n => match n.parse() {
                Ok(n) => employers.insert(key.to_owned(), EmployerChoice::Candidate(n)),
                Err(_) => None,
            },
        };
    }
    let mut accepted = HashSet::new();
    let mut declined = HashSet::new();
    for (place, choice) in form.under("change-") {
        let Some((row, field)) = place.split_once('-') else {
            continue;
        };
        let (Ok(row), Some(field)) = (row.parse(), Field::from_word(field)) else {
            continue;
        };
        if choice == "no" {
            declined.insert((row, field));
        } else {
            accepted.insert((row, field));
        }
    }
    let same_school = match form.get("school") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    ImportChoices {
        asks,
        declined,
        accepted,
        employers,
        same_school,
        messages: Messages::from_word(form.get("messages")).unwrap_or_default(),
        strangers: form.get("strangers") == "yes",
        own_name: form.get("own-name").to_owned(),
        own_school: form.get("own-school").to_owned(),
    }
}
