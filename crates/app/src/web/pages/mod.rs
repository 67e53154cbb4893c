//! The pages, one file each.

use axum::Router;

use super::state::State;

mod export;
mod guards;
mod help;
mod history;
mod import;
mod log;
mod people;
mod person;
mod program;
mod programs;
mod reply;
mod rule;
mod search;
mod set_up;
pub mod styleguide;
mod today;
mod write;

/// Returns every page, working on a vault.
pub fn all(state: State) -> Router {
    Router::new()
        .merge(today::routes())
        .merge(log::routes())
        .merge(people::routes())
        .merge(person::routes())
        .merge(programs::routes())
        .merge(program::routes())
        .merge(write::routes())
        .merge(reply::routes())
        .merge(import::routes())
        .merge(history::routes())
        .merge(search::routes())
        .merge(set_up::routes())
        .merge(guards::routes())
        .merge(help::routes())
        .merge(rule::routes())
        .merge(export::routes())
        .with_state(state)
        .merge(styleguide::routes())
}
