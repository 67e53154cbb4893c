//! `/set-up`: who the student is.

use askama::Template;
use axum::Router;
use axum::extract::State as Extract;
use axum::response::Response;
use axum::routing::get;
use desk::views::set_up::{SetUp, set_up};
use desk::{DeskError, Stage, Student};

use crate::web::form::{Asked, Fields, Posted};
use crate::web::layout::{self, Layout};
use crate::web::state::{State, done_at, refused};

#[derive(Template)]
#[template(path = "pages/set_up.html")]
struct Page {
    layout: Layout,
    set_up: SetUp,
    problem: String,
}

/// Returns the routes of the set-up.
pub(crate) fn routes() -> Router<State> {
    Router::new().route("/set-up", get(show).post(save))
}

async fn show(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| {
            let set_up = set_up(state.reader())?;
            let layout = state.layout("Who you are", "", &asked);
            Ok(layout::page(&Page {
                layout,
                set_up,
                problem: String::new(),
            }))
        })
        .await
}

async fn save(Extract(state): Extract<State>, Posted(form): Posted) -> Response {
    state
        .answer(move |state| {
            let student = Student {
                name: form.get("name").to_owned(),
                stage: form.get("stage").to_owned(),
                school: form.get("school").to_owned(),
                email: form.get("email").to_owned(),
                zone: form.get("zone").to_owned(),
            };
            match state.desk().set_up(&student) {
                Ok(done) => Ok(done_at("/", done.operation)),
                Err(error @ (DeskError::Bad { .. } | DeskError::Several { .. })) => {
                    let mut set_up = set_up(state.reader())?;
                    set_up.student = student;
                    let problem = match error {
                        DeskError::Several { name, candidates } => {
                            set_up.school_candidates = candidates;
                            format!("Several schools are called \"{name}\". Choose one.")
                        }
                        error => error.to_string(),
                    };
                    let layout = state.layout("Who you are", "", &Fields::default());
                    Ok(refused(layout::page(&Page {
                        layout,
                        set_up,
                        problem,
                    })))
                }
                Err(error) => Err(error),
            }
        })
        .await
}
