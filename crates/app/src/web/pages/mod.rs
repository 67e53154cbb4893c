//! The pages, one file each.

use std::str::FromStr;

use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use desk::note_scan::PatientWords;
use desk::{DeskError, VaultError};

use super::errors::{self, ErrorPage};
use super::state::State;
use crate::words::sentence;

mod brief;
mod compare;
mod duplicates;
mod export;
mod forget;
mod guards;
mod help;
mod here;
mod history;
mod import;
mod landscape;
mod log;
mod people;
mod person;
mod program;
mod programs;
pub(crate) mod quit;
mod recovery_sheet;
mod reply;
mod restore;
mod rhythms;
mod rule;
mod search;
mod set_up;
pub mod styleguide;
mod today;
mod trash;
pub(crate) mod unlock;
pub(crate) mod vault;
mod week;
mod write;

/// Returns the id that an address or a form names; `what` says of what.
///
/// # Errors
/// [`DeskError::NotThere`] where the text is no such id.
fn parse<T: FromStr>(what: &'static str, id: &str) -> Result<T, DeskError> {
    id.parse().map_err(|_| DeskError::NotThere {
        what,
        name: id.to_owned(),
    })
}

/// Returns what a form says that was refused: the reason, or the words that may
/// tell who a patient is.
fn problem_and_patient(why_not: DeskError) -> (String, PatientWords) {
    match why_not {
        DeskError::Patient(words) => (String::new(), words),
        error => (error.to_string(), PatientWords::default()),
    }
}

/// Returns the page that says why the vault could not be looked after.
fn trouble(error: &VaultError) -> Response {
    ErrorPage::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        "The vault could not be used",
    )
    .saying(sentence(&error.to_string()))
    .way_on("Try again", "/vault")
    .into_response()
}

/// Returns every page that works on an open vault.
pub fn all(state: State) -> Router {
    Router::new()
        .merge(today::routes())
        .merge(week::routes())
        .merge(here::routes())
        .merge(log::routes())
        .merge(people::routes())
        .merge(person::routes())
        .merge(trash::routes())
        .merge(forget::routes())
        .merge(duplicates::routes())
        .merge(programs::routes())
        .merge(compare::routes())
        .merge(program::routes())
        .merge(write::routes())
        .merge(reply::routes())
        .merge(import::routes())
        .merge(history::routes())
        .merge(search::routes())
        .merge(set_up::routes())
        .merge(rhythms::routes())
        .merge(guards::routes())
        .merge(landscape::routes())
        .merge(brief::routes())
        .merge(help::routes())
        .merge(rule::routes())
        .merge(export::routes())
        .with_state(state)
        .merge(styleguide::routes())
        .fallback(errors::not_found)
}
