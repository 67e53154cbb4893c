//! The pages, one file each.

use axum::Router;

use super::state::State;

mod export;
mod help;
mod history;
mod import;
mod log;
mod people;
mod person;
mod program;
mod programs;
mod rhythms;
mod search;
mod set_up;
pub mod styleguide;
mod today;
mod trash;
mod week;
mod write;

/// Returns every page, working on a vault.
pub fn all(state: State) -> Router {
    Router::new()
        .merge(today::routes())
        .merge(week::routes())
        .merge(log::routes())
        .merge(people::routes())
        .merge(person::routes())
        .merge(trash::routes())
        .merge(programs::routes())
        .merge(program::routes())
        .merge(write::routes())
        .merge(import::routes())
        .merge(history::routes())
        .merge(search::routes())
        .merge(set_up::routes())
        .merge(rhythms::routes())
        .merge(help::routes())
        .merge(export::routes())
        .with_state(state)
        .merge(styleguide::routes())
}
