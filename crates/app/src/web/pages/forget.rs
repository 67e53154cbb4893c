//! `/people/ID/forget` and `/trash/empty`: people are forgotten for good, after
//! it was said what goes; `/forgotten`: what went.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use desk::verbs::forget_people::Forgotten;
use desk::views::forget::{ExportLine, Forget, copies, exports, forget_person, forget_trash};
use desk::views::history::operation;
use desk::views::trash::in_trash;
use desk::{Copy, DeskError, Done};
use domain::PersonId;

use super::parse;
use crate::web::form::{Asked, Fields, Posted};
use crate::web::layout::{self, Layout};
use crate::web::state::State;
use crate::words;

#[derive(Template)]
#[template(path = "pages/forget.html")]
struct Page {
    layout: Layout,
    forget: Forget,
    /// Where the form goes.
    action: String,
    /// Where nothing happens.
    back: String,
    typed: String,
    problem: String,
}

impl Page {
    /// Returns a size as a student reads it.
    fn size(&self, n_bytes: &u64) -> String {
        match n_bytes / 1024 {
            kib @ 0..1024 => format!("{kib} KB"),
            kib => format!("{} MB", kib / 1024),
        }
    }
}

#[derive(Template)]
#[template(path = "pages/forgotten.html")]
struct ForgottenPage {
    layout: Layout,
    what: String,
    unswept: bool,
    /// Whether a copy that Vouch made may still hold them.
    uncleaned: bool,
    copies: Vec<Copy>,
    exports: Vec<ExportLine>,
}

/// Returns the routes of forgetting.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/people/{id}/forget", get(show_person).post(person))
        .route("/trash/empty", get(show_trash).post(trash))
        .route("/forgotten", get(show_forgotten))
}

/// Whom a form is about.
enum Who {
    Person(PersonId),
    Trash,
}

impl Who {
    fn person(id: &str) -> Result<Self, DeskError> {
        Ok(Self::Person(parse("person", id)?))
    }

    /// Returns the page that asks, with what was typed before.
    fn ask(&self, state: &State, typed: &str, problem: String) -> Result<Page, DeskError> {
        let (forget, action, back) = match self {
            Self::Person(id) => (
                forget_person(state.desk(), *id)?,
                format!("/people/{id}/forget"),
                match in_trash(state.reader(), *id)? {
                    Some(_) => "/trash".to_owned(),
                    None => format!("/people/{id}"),
                },
            ),
            Self::Trash => (
                forget_trash(state.desk())?,
                "/trash/empty".to_owned(),
                "/trash".to_owned(),
            ),
        };
        let title = format!("Forget {}?", forget.who);
        Ok(Page {
            layout: state.layout(title, "/people", &Fields::default()),
            forget,
            action,
            back,
            typed: typed.to_owned(),
            problem,
        })
    }

    fn forget(&self, state: &State, typed: &str) -> Result<Done<Forgotten>, DeskError> {
        match self {
            Self::Person(id) => state.desk().forget_person(*id, typed),
            Self::Trash => state.desk().empty_trash(typed),
        }
    }

    /// Forgets, or asks again where something else was typed.
    fn answer(&self, state: &State, form: &Fields) -> Result<Response, DeskError> {
        let typed = form.get("typed");
        match self.forget(state, typed) {
            Ok(done) => {
                let unswept = if done.result.swept {
                    ""
                } else {
                    "&unswept=yes"
                };
                let uncleaned = if done.result.copies_left == 0 {
                    ""
                } else {
                    "&uncleaned=yes"
                };
                let to = format!(
                    "/forgotten?operation={}{unswept}{uncleaned}",
                    done.operation
                );
                Ok(Redirect::to(&to).into_response())
            }
            Err(DeskError::Bad { would_do, .. }) => {
                let problem = format!("What you typed is not “{would_do}”.");
                let page = self.ask(state, typed, problem)?;
                Ok((StatusCode::UNPROCESSABLE_ENTITY, layout::page(&page)).into_response())
            }
            Err(error) => Err(error),
        }
    }
}

async fn show_person(Extract(state): Extract<State>, Path(id): Path<String>) -> Response {
    state
        .answer(move |state| {
            let page = Who::person(&id)?.ask(state, "", String::new())?;
            Ok(layout::page(&page))
        })
        .await
}

async fn person(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Posted(form): Posted,
) -> Response {
    state
        .answer(move |state| Who::person(&id)?.answer(state, &form))
        .await
}

async fn show_trash(Extract(state): Extract<State>) -> Response {
    state
        .answer(|state| match Who::Trash.ask(state, "", String::new()) {
            Ok(page) => Ok(layout::page(&page)),
            // The trash was emptied in another window, or everybody restored.
            Err(DeskError::NotThere { .. }) => Ok(Redirect::to("/trash").into_response()),
            Err(error) => Err(error),
        })
        .await
}

async fn trash(Extract(state): Extract<State>, Posted(form): Posted) -> Response {
    state
        .answer(move |state| Who::Trash.answer(state, &form))
        .await
}

async fn show_forgotten(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| {
            let id = asked.get("operation");
            let done = operation(state.reader(), parse("change", id)?)?;
            if done.verb != "forget-people" {
                return Err(DeskError::NotThere {
                    what: "change",
                    name: id.to_owned(),
                });
            }
            Ok(layout::page(&ForgottenPage {
                layout: state.layout("Forgotten", "/people", &Fields::default()),
                what: done.description,
                unswept: asked.get("unswept") == "yes",
                uncleaned: asked.get("uncleaned") == "yes",
                copies: copies(state.desk())?,
                exports: exports(state.desk())?,
            }))
        })
        .await
}
