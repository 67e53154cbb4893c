//! `/here`: the hospital where the student rotates.

use askama::Template;
use axum::Router;
use axum::extract::State as Extract;
use axum::response::Response;
use axum::routing::{get, post};
use desk::DeskError;
use desk::verbs::note_hospital::ServiceNote;
use desk::verbs::tick_item::Tick;
use desk::views::here::{Here, WhichRotation, here};
use domain::RotationId;

use crate::web::form::{Asked, Fields, Posted};
use crate::web::layout::{self, Layout};
use crate::web::state::{State, done_at, refused};
use crate::words;

#[derive(Template)]
#[template(path = "pages/here.html")]
struct Page {
    layout: Layout,
    here: Here,
    form: Fields,
    problem: String,
    /// The hospital that was looked for and not found, and why.
    not_found: Option<(String, String)>,
    /// The hospitals that what was looked for fits, where they are several.
    several: Vec<String>,
}

impl Page {
    /// Returns the address of one of the hospitals.
    fn look_at(&self, label: &str) -> String {
        Fields::default().with("/here", &[("hospital", label)])
    }
}

/// Returns the routes of the hospital of today.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/here", get(show))
        .route("/here/tick", post(tick))
        .route("/here/note", post(note))
}

fn page(
    state: &State,
    asked: &Fields,
    form: Fields,
    which: &WhichRotation,
    problem: String,
) -> Result<Response, DeskError> {
    let here = here(state.reader(), which, state.desk().today()?)?;
    Ok(layout::page(&Page {
        layout: state.layout("Here", "/here", asked),
        here,
        form,
        problem,
        not_found: None,
        several: Vec::new(),
    }))
}

/// Returns the page of the hospital that was looked for, or the usual one with
/// the sentence that it is not known.
fn look(state: &State, asked: &Fields, name: &str) -> Result<Response, DeskError> {
    let which = WhichRotation::Named(name.to_owned());
    match page(state, asked, Fields::default(), &which, String::new()) {
        Err(error @ (DeskError::NotThere { .. } | DeskError::Several { .. })) => {
            let today = state.desk().today()?;
            let why = words::sentence(&error.to_string());
            let several = match error {
                DeskError::Several { candidates, .. } => candidates,
                _ => Vec::new(),
            };
            Ok(refused(layout::page(&Page {
                layout: state.layout("Here", "/here", asked),
                here: here(state.reader(), &WhichRotation::Usual, today)?,
                form: Fields::default(),
                problem: String::new(),
                not_found: Some((name.to_owned(), why)),
                several,
            })))
        }
        other => other,
    }
}

async fn show(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| {
            let name = asked.get("hospital").trim();
            if !name.is_empty() {
                return look(state, &asked, name);
            }
            let which = match asked.get("rotation") {
                "" => WhichRotation::Usual,
                id => WhichRotation::Id(rotation_id(id)?),
            };
            page(state, &asked, Fields::default(), &which, String::new())
        })
        .await
}

fn rotation_id(id: &str) -> Result<RotationId, DeskError> {
    id.parse().map_err(|_| DeskError::NotThere {
        what: "rotation",
        name: id.to_owned(),
    })
}

async fn tick(Extract(state): Extract<State>, Posted(form): Posted) -> Response {
    state
        .answer(move |state| {
            let id = rotation_id(form.get("rotation"))?;
            let tick = match form.get("tick") {
                "open" => Tick::Open,
                "not-yet" => Tick::NotYet,
                _ => Tick::Done,
            };
            let done = state.desk().tick_item(id, form.get("item"), tick)?;
            Ok(done_at(&format!("/here?rotation={id}"), done.operation))
        })
        .await
}

async fn note(Extract(state): Extract<State>, Posted(form): Posted) -> Response {
    state
        .answer(move |state| {
            let id = rotation_id(form.get("rotation"))?;
            let new = ServiceNote {
                service: form.get("service").to_owned(),
                answer: form.get("answer").to_owned(),
                source: form.get("source").to_owned(),
            };
            match state.desk().note_hospital(id, &new) {
                Ok(done) => Ok(done_at(&format!("/here?rotation={id}"), done.operation)),
                Err(error @ DeskError::Bad { .. }) => {
                    let which = WhichRotation::Id(id);
                    let problem = error.to_string();
                    page(state, &Fields::default(), form, &which, problem).map(refused)
                }
                Err(error) => Err(error),
            }
        })
        .await
}
