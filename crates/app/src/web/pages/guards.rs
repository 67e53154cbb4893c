//! `/set-up/guards`: how much outreach at once, to whom and when, and the limits
//! that rules keep to.

use askama::Template;
use axum::Router;
use axum::extract::State as Extract;
use axum::response::Response;
use axum::routing::get;
use desk::DeskError;
use desk::views::guards::{GuardLine, LimitLine, guard_lines, guards, limits, with_number};
use domain::{Guard, GuardSettings};

use crate::web::form::{Asked, Fields, Posted};
use crate::web::layout::{self, Layout};
use crate::web::state::{State, done_at, refused};
use crate::words;

#[derive(Template)]
#[template(path = "pages/guards.html")]
struct Page {
    layout: Layout,
    guards: Vec<GuardLine>,
    limits: Vec<LimitLine>,
    form: Fields,
    problem: String,
}

impl Page {
    /// Returns what a number's field shows: what was typed, else what is set.
    fn value(&self, word: &str, set: &u32) -> String {
        match self.form.given(word) {
            Some(typed) => typed.to_owned(),
            None => set.to_string(),
        }
    }
}

/// Returns the routes of the guards.
pub(crate) fn routes() -> Router<State> {
    Router::new().route("/set-up/guards", get(show).post(save))
}

async fn show(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| {
            Ok(layout::page(&Page {
                layout: state.layout("Guards on outreach", "/set-up", &asked),
                guards: guards(state.reader())?,
                limits: limits(state.reader())?,
                form: Fields::default(),
                problem: String::new(),
            }))
        })
        .await
}

async fn save(Extract(state): Extract<State>, Posted(form): Posted) -> Response {
    state
        .answer(move |state| {
            if form.get("do") == "limits" {
                return save_limits(state, form);
            }
            if form.get("do") == "defaults" {
                let done = state.desk().set_guards(&GuardSettings::default())?;
                return Ok(done_at("/set-up/guards", done.operation));
            }
            match read(&form).and_then(|set| state.desk().set_guards(&set)) {
                Ok(done) => Ok(done_at("/set-up/guards", done.operation)),
                Err(error @ DeskError::Bad { .. }) => {
                    let switched = guard_lines(&switches(&form));
                    refused_page(state, switched, form, &error)
                }
                Err(error) => Err(error),
            }
        })
        .await
}

/// Sets the limits that the form holds; an empty field brings ours back.
fn save_limits(state: &State, form: Fields) -> Result<Response, DeskError> {
    let known = limits(state.reader())?;
    let typed: Vec<(&str, &str)> = known
        .iter()
        .filter_map(|limit| Some((limit.number.word, form.given(limit.number.word)?)))
        .collect();
    match state.desk().set_limits(&typed) {
        Ok(done) => Ok(done_at("/set-up/guards", done.operation)),
        Err(error @ DeskError::Bad { .. }) => {
            let set = guards(state.reader())?;
            refused_page(state, set, form, &error)
        }
        Err(error) => Err(error),
    }
}

fn refused_page(
    state: &State,
    guards: Vec<GuardLine>,
    form: Fields,
    error: &DeskError,
) -> Result<Response, DeskError> {
    Ok(refused(layout::page(&Page {
        layout: state.layout("Guards on outreach", "/set-up", &Fields::default()),
        guards,
        limits: limits(state.reader())?,
        form,
        problem: error.to_string(),
    })))
}

/// Returns which guards are ticked.
fn switches(form: &Fields) -> GuardSettings {
    GuardSettings {
        off: Guard::ALL
            .into_iter()
            .filter(|guard| form.all("on").all(|code| code != guard.meta().code))
            .collect(),
        ..GuardSettings::default()
    }
}

fn read(form: &Fields) -> Result<GuardSettings, DeskError> {
    let mut set = switches(form);
    for line in guard_lines(&set.clone()) {
        for number in line.numbers {
            let Some(typed) = form.given(number.word) else {
                continue;
            };
            let n = typed.trim().parse().map_err(|_| DeskError::Bad {
                field: line.title,
                found: typed.to_owned(),
                would_do: format!("a number up to {}", number.max),
            })?;
            set = with_number(&set, number.word, n).unwrap_or(set);
        }
    }
    Ok(set)
}
