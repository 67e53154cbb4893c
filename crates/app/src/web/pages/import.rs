//! `/import`: a file or a few typed names, previewed, decided and taken over.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{Multipart, Path, State as Extract};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::verbs::apply_import::{AskChoice, EmployerChoice, ImportChoices};
use desk::views::import::{PreviewView, preview};
use desk::{DeskError, Reading, is_export, read_people};
use domain::Field;
use uuid::Uuid;

use crate::web::body;
use crate::web::form::{Asked, Fields, Posted};
use crate::web::layout::{self, Layout};
use crate::web::state::{State, done_at};
use crate::words;

/// Rows of each kind that a preview shows.
const SHOWN: usize = 60;

#[derive(Template)]
#[template(path = "pages/import.html")]
struct Page {
    layout: Layout,
    typed: String,
    problem: String,
}

#[derive(Template)]
#[template(path = "pages/import_preview.html")]
struct PreviewPage {
    layout: Layout,
    preview: PreviewView,
    form: Fields,
    moved: bool,
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
        p.n_new + p.n_update + p.n_ask == 0
    }
}

/// Returns the routes of the import.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/import", get(show))
        .route("/import/file", post(file).layer(body::large_body()))
        .route("/import/typed", post(typed))
        .route("/import/{id}", get(show_preview).post(apply))
}

async fn show(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| {
            let layout = state.layout("Import", "/import", &asked);
            let page = Page {
                layout,
                typed: String::new(),
                problem: String::new(),
            };
            Ok(layout::page(&page))
        })
        .await
}

/// Answers an import that cannot be previewed: the page again, with the reason
/// and with what was typed.
fn again(state: &State, typed: String, problem: String) -> Response {
    let layout = state.layout("Import", "/import", &Fields::default());
    layout::page(&Page {
        layout,
        typed,
        problem,
    })
}

async fn file(Extract(state): Extract<State>, mut parts: Multipart) -> Response {
    let mut name = String::new();
    let mut bytes = Vec::new();
    loop {
        match parts.next_field().await {
            Ok(Some(part)) => {
                name = part.file_name().unwrap_or_default().to_owned();
                match part.bytes().await {
                    Ok(content) => bytes = content.to_vec(),
                    Err(error) => return error.into_response(),
                }
            }
            Ok(None) => break,
            Err(error) => return error.into_response(),
        }
    }
    state
        .answer(move |state| {
            if name.is_empty() {
                let problem =
                    "No file was chosen. Choose the file Connections.csv, or drop it here.";
                return Ok(again(state, String::new(), problem.to_owned()));
            }
            if is_export(&bytes) && state.desk().is_unused()? {
                return Ok(match state.desk().load_export(&mut bytes.as_slice()) {
                    Ok(done) => done_at("/people", done.operation),
                    Err(error) => again(state, String::new(), format!("{name}: {error}")),
                });
            }
            let opened =
                read_people(&name, &mut bytes.as_slice()).and_then(|reading| open(state, reading));
            opened.or_else(|error| Ok(again(state, String::new(), format!("{name}: {error}"))))
        })
        .await
}

async fn typed(Extract(state): Extract<State>, Posted(form): Posted) -> Response {
    state
        .answer(move |state| match Reading::typed(form.get("names")) {
            Ok(reading) => open(state, reading),
            Err(error) => Ok(again(
                state,
                form.get("names").to_owned(),
                error.to_string(),
            )),
        })
        .await
}

fn open(state: &State, reading: Reading) -> Result<Response, DeskError> {
    let id = Uuid::new_v4();
    state.keep_preview(preview(state.reader(), id, Arc::new(reading))?);
    Ok(Redirect::to(&format!("/import/{id}")).into_response())
}

async fn show_preview(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Asked(asked): Asked,
) -> Response {
    state
        .answer(move |state| {
            let Some(kept) = id.parse().ok().and_then(|id| state.preview(id)) else {
                return Ok(gone());
            };
            let layout = state.layout(format!("Import {}", kept.reading.source), "/import", &asked);
            let page = PreviewPage {
                layout,
                preview: kept.view(SHOWN),
                form: Fields::default(),
                moved: false,
            };
            Ok(layout::page(&page))
        })
        .await
}

async fn apply(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Posted(form): Posted,
) -> Response {
    state
        .answer(move |state| {
            let Some(kept) = id.parse().ok().and_then(|id| state.preview(id)) else {
                return Ok(gone());
            };
            let id = kept.id;
            match state
                .desk()
                .apply_import(&kept, &choices(&form), &mut |_, _| true)
            {
                Ok(done) => {
                    state.drop_preview(id);
                    let path = if done.result.changed_anything() {
                        "/people"
                    } else {
                        "/import"
                    };
                    Ok(done_at(path, done.operation))
                }
                Err(DeskError::PreviewMoved) => {
                    let fresh = preview(state.reader(), id, Arc::clone(&kept.reading))?;
                    let fresh = state.keep_preview(fresh);
                    let title = format!("Import {}", fresh.reading.source);
                    let layout = state.layout(title, "/import", &Fields::default());
                    let preview = fresh.view(SHOWN);
                    Ok(layout::page(&PreviewPage {
                        layout,
                        preview,
                        form,
                        moved: true,
                    }))
                }
                Err(error) => Err(error),
            }
        })
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
    }
}
