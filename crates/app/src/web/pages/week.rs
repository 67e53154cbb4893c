//! `/week`: the plan of the week.

use askama::Template;
use axum::Router;
use axum::extract::State as Extract;
use axum::response::Response;
use axum::routing::get;
use desk::views::week::{Week, week};

use crate::web::form::Asked;
use crate::web::layout::{self, Layout};
use crate::web::state::State;
use crate::words;

#[derive(Template)]
#[template(path = "pages/week.html")]
struct Page {
    layout: Layout,
    week: Week,
    /// Where a decision about an item leads back to.
    back: &'static str,
    has_usual_day: bool,
}

/// Returns the routes of the week.
pub(crate) fn routes() -> Router<State> {
    Router::new().route("/week", get(show))
}

async fn show(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| {
            let zone = state.desk().zone()?;
            let week = week(state.reader(), state.desk().now(), &zone)?;
            Ok(layout::page(&Page {
                layout: state.layout("The week", "/week", &asked),
                back: "/week",
                has_usual_day: !week.usual_day.is_empty(),
                week,
            }))
        })
        .await
}
