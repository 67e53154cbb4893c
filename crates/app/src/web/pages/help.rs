//! `/help`: how Vouch works, every rule with its examples, and where facts come from.

use askama::Template;
use axum::Router;
use axum::extract::State as Extract;
use axum::response::Response;
use axum::routing::get;

use crate::cli::{self, CommandInfo};
use crate::web::form::Asked;
use crate::web::layout::{self, Layout, NAV};
use crate::web::state::State;
use crate::words;

#[derive(Template)]
#[template(path = "pages/help.html")]
struct Page {
    layout: Layout,
    rules: &'static [lint::Rule],
    commands: Vec<CommandInfo>,
}

/// Returns the routes of the help.
pub(crate) fn routes() -> Router<State> {
    Router::new().route("/help", get(show))
}

async fn show(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| {
            let layout = state.layout("Help and sources", "/help", &asked);
            Ok(layout::page(&Page {
                layout,
                rules: lint::RULES,
                commands: cli::commands(),
            }))
        })
        .await
}
