//! `/brief`: one page for a quarter of an hour with an adviser or mentor.

use askama::Template;
use axum::Router;
use axum::extract::State as Extract;
use axum::response::Response;
use axum::routing::get;
use desk::views::brief::{Brief, Names, brief};

use crate::web::form::Asked;
use crate::web::layout::{self, Layout};
use crate::web::state::State;
use crate::words;

#[derive(Template)]
#[template(path = "pages/brief.html")]
struct Page {
    layout: Layout,
    brief: Brief,
}

/// Returns the routes of the brief.
pub(crate) fn routes() -> Router<State> {
    Router::new().route("/brief", get(show))
}

async fn show(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| {
            let zone = state.desk().zone()?;
            let names = match asked.get("names") {
                "yes" => Names::Shown,
                _ => Names::Masked,
            };
            let brief = brief(state.reader(), state.desk().now(), &zone, names)?;
            Ok(layout::page(&Page {
                layout: state.layout("Brief", "/brief", &asked),
                brief,
            }))
        })
        .await
}
