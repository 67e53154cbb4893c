//! `/set-up`: who the student is.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use desk::verbs::plan_rotation::RotationEdit;
use desk::views::hospitals::hospitals;
use desk::views::set_up::{SetUp, set_up};
use desk::{DeskError, Stage, Student};
use domain::{Pathway, VisaNeed, WEEKDAYS, weekday_name};

use super::parse;
use crate::web::faults::Faults;
use crate::web::form::{Asked, Fields, Posted};
use crate::web::layout::{self, Layout};
use crate::web::state::{self, State, done_at};
use crate::words;

#[derive(Template)]
#[template(path = "pages/set_up.html")]
struct Page {
    layout: Layout,
    set_up: SetUp,
    faults: Faults,
    /// The rotation whose form is open: its id, or "new".
    rotation: RotationForm,
}

/// The form of a rotation, with what was typed.
#[derive(Default)]
struct RotationForm {
    id: String,
    edit: RotationEdit,
    problem: String,
}

impl Page {
    fn days(&self) -> [&'static str; 7] {
        WEEKDAYS.map(weekday_name)
    }
}

/// Returns the routes of the set-up.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/set-up", get(show).post(save))
        .route("/set-up/hospitals", get(offers))
        .route("/set-up/rotation", post(plan))
        .route("/set-up/rotation/{id}/remove", post(remove))
}

fn page(
    state: &State,
    asked: &Fields,
    change: impl FnOnce(&mut SetUp) -> Faults,
    rotation: RotationForm,
) -> Result<Response, DeskError> {
    let mut set_up = set_up(state.reader(), state.desk().today()?)?;
    let faults = change(&mut set_up);
    Ok(layout::page(&Page {
        layout: state.layout("Who you are", "/set-up", asked),
        set_up,
        faults,
        rotation,
    }))
}

async fn show(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| {
            let mut form = RotationForm::default();
            let known = set_up(state.reader(), state.desk().today()?)?.rotations;
            if let Some(rotation) = known.into_iter().find(|r| r.id == asked.get("rotation")) {
                form.edit = RotationEdit {
                    hospital: rotation.hospital,
                    site: String::new(),
                    service: rotation.service,
                    starts: rotation.starts.unwrap_or_default(),
                    ends: rotation.ends.unwrap_or_default(),
                };
                form.id = rotation.id;
            }
            page(state, &asked, |_| Faults::default(), form)
        })
        .await
}

fn student_of(form: &Fields) -> Student {
    let text = |name: &str| form.get(name).to_owned();
    Student {
        name: text("name"),
        stage: text("stage"),
        graduated: text("graduated"),
        school: text("school"),
        email: text("email"),
        zone: text("zone"),
        season: text("season"),
        home_ir: text("home_ir"),
        visa: text("visa"),
        pathway: text("pathway"),
        travel_usd: text("travel"),
        minutes_week: text("minutes"),
        usual_day: text("day"),
    }
}

/// The answers that can be wrong: as the desk names them, the id of their
/// element, and what the page calls them.
const ANSWERS: [(&str, &str, &str); 11] = [
    ("stage", "stage", "Stage"),
    ("year of graduation", "graduated", "Year of graduation"),
    ("email", "email", "Your e-mail"),
    ("season", "season", "Match you aim at"),
    ("pathway", "pathway", "Way into IR"),
    ("visa", "visa", "Visa"),
    (
        "home IR program",
        "home_ir",
        "IR program at your school's own hospital",
    ),
    ("minutes a week", "minutes", "Minutes a week"),
    ("usual day", "day", "Your usual day"),
    ("money for travel", "travel", "Money for travel, US$ a year"),
    ("zone", "zone", "Time zone"),
];

/// Returns what is wrong, at the fields of the page and in their order, with the
/// schools that a name may mean.
fn faults_of(error: DeskError, schools: &mut Vec<String>) -> Faults {
    let mut errors = error.into_answers();
    let place = |error: &DeskError| match error {
        DeskError::Bad { field, .. } => ANSWERS.iter().position(|(name, ..)| name == field),
        _ => None,
    };
    errors.sort_by_key(place);
    let mut faults = Faults::default();
    for error in errors {
        match (place(&error), error) {
            (Some(i), error) => {
                let (_, id, label) = ANSWERS[i];
                faults.add(id, label, error.without_field());
            }
            (None, DeskError::Several { name, candidates }) => {
                *schools = candidates;
                let why = format!("Several schools are called \"{name}\"; choose one");
                faults.add("school", "Medical school", why);
            }
            (None, error) => faults.add("name", "Who you are", error.to_string()),
        }
    }
    faults
}

async fn save(Extract(state): Extract<State>, Posted(form): Posted) -> Response {
    state
        .answer(move |state| {
            let student = student_of(&form);
            match state.desk().set_up(&student) {
                Ok(done) => Ok(done_at("/", done.operation)),
                Err(
                    error @ (DeskError::Bad { .. }
                    | DeskError::Several { .. }
                    | DeskError::Answers(_)),
                ) => {
                    let refused = |set_up: &mut SetUp| {
                        set_up.student = student;
                        faults_of(error, &mut set_up.school_candidates)
                    };
                    let page = page(state, &Fields::default(), refused, RotationForm::default());
                    page.map(state::refused)
                }
                Err(error) => Err(error),
            }
        })
        .await
}

/// Hospitals that are offered while one types.
const OFFERS_MAX: usize = 12;

/// Answers with hospitals of the imported list whose words begin like `q`.
async fn offers(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| {
            let found = hospitals(state.reader(), asked.get("q"), OFFERS_MAX)?;
            let labels: Vec<String> = found.into_iter().map(|offered| offered.label).collect();
            Ok(Json(labels).into_response())
        })
        .await
}

async fn plan(Extract(state): Extract<State>, Posted(form): Posted) -> Response {
    state
        .answer(move |state| {
            let text = |name: &str| form.get(name).to_owned();
            let edit = RotationEdit {
                hospital: text("hospital"),
                site: text("site"),
                service: text("service"),
                starts: text("starts"),
                ends: text("ends"),
            };
            let id = match form.get("id") {
                "" => None,
                id => Some(parse("rotation", id)?),
            };
            match state.desk().plan_rotation(id, &edit) {
                Ok(done) => Ok(done_at("/set-up", done.operation)),
                Err(error @ DeskError::Bad { .. }) => {
                    let rotation = RotationForm {
                        id: form.get("id").to_owned(),
                        edit,
                        problem: error.to_string(),
                    };
                    page(state, &Fields::default(), |_| Faults::default(), rotation)
                }
                Err(error) => Err(error),
            }
        })
        .await
}

async fn remove(Extract(state): Extract<State>, Path(id): Path<String>) -> Response {
    state
        .answer(move |state| {
            let done = state.desk().remove_rotation(parse("rotation", &id)?)?;
            Ok(done_at("/set-up", done.operation))
        })
        .await
}
