//! `/landscape`: the ways into interventional radiology and their results.

use askama::Template;
use axum::Router;
use axum::extract::State as Extract;
use axum::response::Response;
use axum::routing::get;
use desk::views::landscape::{Landscape, YearResult, landscape};

use crate::paper::year_bars::YearBars;
use crate::web::form::Asked;
use crate::web::layout::{self, Layout};
use crate::web::state::State;

#[derive(Template)]
#[template(path = "pages/landscape.html")]
struct Page {
    layout: Layout,
    all: Landscape,
    /// The newest independent match in which both sides were counted.
    narrow: Option<YearResult>,
}

/// Returns the routes of the landscape.
pub(crate) fn routes() -> Router<State> {
    Router::new().route("/landscape", get(show))
}

async fn show(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| {
            let all = landscape(state.reader())?;
            let narrow = all
                .independent
                .years
                .iter()
                .find(|year| year.positions.is_some() && year.applicants.is_some())
                .cloned();
            Ok(layout::page(&Page {
                layout: state.layout("Landscape", "/landscape", &asked),
                all,
                narrow,
            }))
        })
        .await
}
