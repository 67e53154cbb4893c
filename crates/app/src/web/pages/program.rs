//! `/programs/ID`: one program, its dated facts, and whom the student knows there.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State as Extract};
use axum::response::Response;
use axum::routing::{get, post};
use desk::DeskError;
use desk::note_scan::PatientWords;
use desk::verbs::correct_fact::NewFact;
use desk::verbs::list_program::PRIORITY_WOULD_DO;
use desk::views::program::{FIELDS, OWN_FIELDS, ProgramView, program};

use super::{parse, problem_and_patient};
use crate::web::form::{Asked, Fields, Posted};
use crate::web::layout::{self, Layout};
use crate::web::state::{State, done_at, refused};
use crate::words;

#[derive(Template)]
#[template(path = "pages/program.html")]
struct Page {
    layout: Layout,
    program: ProgramView,
    /// The day of today, from which the age of a fact is counted.
    today: String,
    form: Fields,
    /// Why a fact was not saved.
    problem: String,
    /// Why the place on the list was not saved.
    list_problem: String,
    /// Words of the note that may tell who a patient is.
    patient: PatientWords,
}

/// Returns the routes of a program.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/programs/{id}", get(show))
        .route("/programs/{id}/list", post(list))
        .route("/programs/{id}/unlist", post(unlist))
        .route("/programs/{id}/fact", post(fact))
}

async fn show(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Asked(asked): Asked,
) -> Response {
    state
        .answer(move |state| {
            let program = program(state.reader(), &parse("program", &id)?)?;
            let layout = state.layout(program.name.clone(), "/programs", &asked);
            let page = Page {
                layout,
                program,
                today: state.desk().today()?.to_string(),
                form: Fields::default(),
                problem: String::new(),
                list_problem: String::new(),
                patient: PatientWords::default(),
            };
            Ok(layout::page(&page))
        })
        .await
}

async fn list(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Posted(form): Posted,
) -> Response {
    state
        .answer(move |state| {
            let id = parse("program", &id)?;
            let form = form.without_patient_if_asked(&["note"]);
            let listed = priority_of(&form).and_then(|priority| {
                let note = form.get("note");
                state.desk().list_scanned(&id, priority, note, form.scan())
            });
            match listed {
                Ok(done) => Ok(done_at(&format!("/programs/{id}"), done.operation)),
                Err(error @ (DeskError::Bad { .. } | DeskError::Patient { .. })) => {
                    let mut program = program(state.reader(), &id)?;
                    // The form stands there although nothing is on the list yet.
                    program.priority = program.priority.or(Some(1));
                    let layout =
                        state.layout(program.name.clone(), "/programs", &Fields::default());
                    let (list_problem, patient) = problem_and_patient(error);
                    Ok(refused(layout::page(&Page {
                        layout,
                        program,
                        today: state.desk().today()?.to_string(),
                        form,
                        problem: String::new(),
                        list_problem,
                        patient,
                    })))
                }
                Err(error) => Err(error),
            }
        })
        .await
}

/// Returns the priority that was typed; none leaves it as it is.
fn priority_of(form: &Fields) -> Result<Option<u32>, DeskError> {
    let typed = form.get("priority").trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let priority = typed.parse().map_err(|_| DeskError::Bad {
        field: "priority",
        found: typed.to_owned(),
        would_do: PRIORITY_WOULD_DO.to_owned(),
    })?;
    Ok(Some(priority))
}

async fn unlist(Extract(state): Extract<State>, Path(id): Path<String>) -> Response {
    state
        .answer(move |state| {
            let id = parse("program", &id)?;
            let done = state.desk().unlist_program(&id)?;
            Ok(done_at(&format!("/programs/{id}"), done.operation))
        })
        .await
}

async fn fact(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Posted(form): Posted,
) -> Response {
    state
        .answer(move |state| {
            let id = parse("program", &id)?;
            let as_of = form.get("as_of").trim();
            let date = as_of.parse();
            let new = NewFact {
                field: form.get("field").to_owned(),
                value: form.get("value").to_owned(),
                source: form.get("source").to_owned(),
                as_of: date.as_ref().ok().copied(),
                private: form.get("private") == "yes",
            };
            let entered = if date.is_err() && !as_of.is_empty() {
                Err(DeskError::Bad {
                    field: "date",
                    found: as_of.to_owned(),
                    would_do: "a day such as 2027-03-01, or nothing for today".to_owned(),
                })
            } else {
                state.desk().correct_fact(&id, &new)
            };
            match entered {
                Ok(done) => Ok(done_at(&format!("/programs/{id}"), done.operation)),
                Err(error @ DeskError::Bad { .. }) => {
                    let program = program(state.reader(), &id)?;
                    let layout =
                        state.layout(program.name.clone(), "/programs", &Fields::default());
                    let problem = error.to_string();
                    Ok(refused(layout::page(&Page {
                        layout,
                        program,
                        today: state.desk().today()?.to_string(),
                        form,
                        problem,
                        list_problem: String::new(),
                        patient: PatientWords::default(),
                    })))
                }
                Err(error) => Err(error),
            }
        })
        .await
}
