//! `/history`: everything that was changed, and undo.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State as Extract};
use axum::response::Response;
use axum::routing::{get, post};
use desk::DeskError;
use desk::views::history::{History, history, operation};
use domain::OperationId;
use jiff::tz::TimeZone;

use super::parse;
use crate::web::form::{Asked, Fields, Posted};
use crate::web::layout::{self, Layout};
use crate::web::state::{State, done_at};
use crate::words;

/// Operations a page.
const PAGE: usize = 40;

#[derive(Template)]
#[template(path = "pages/history.html")]
struct Page {
    layout: Layout,
    history: History,
    zone: TimeZone,
    /// Whether the page begins before a change, and not with the latest.
    is_part: bool,
}

impl Page {
    /// Returns an instant as the student's clock shows it.
    fn at(&self, instant: &str) -> String {
        instant.parse::<jiff::Timestamp>().map_or_else(
            |_| instant.to_owned(),
            |at| {
                at.to_zoned_datetime(self.zone.clone())
                    .strftime("%a %-d %b %Y, %H:%M")
                    .to_string()
            },
        )
    }
}

#[derive(Template)]
#[template(path = "pages/undo_later.html")]
struct LaterPage {
    layout: Layout,
    id: String,
    what: String,
    later: Vec<String>,
}

/// Returns the routes of the history.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/history", get(show))
        .route("/history/{id}/undo", post(undo))
}

async fn show(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| {
            let before: Option<i64> = asked.get("before").parse().ok();
            let history = history(state.reader(), PAGE, before)?;
            let layout = state.layout("History", "/history", &asked);
            let zone = state.desk().zone()?;
            Ok(layout::page(&Page {
                layout,
                history,
                zone,
                is_part: before.is_some(),
            }))
        })
        .await
}

async fn undo(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Posted(form): Posted,
) -> Response {
    state
        .answer(move |state| {
            let target: OperationId = parse("change", &id)?;
            match state
                .desk()
                .undo_operation(target, form.get("later") == "yes")
            {
                Ok(done) => Ok(done_at("/history", done.operation)),
                Err(DeskError::UndoNeedsLater { later }) => {
                    let what = operation(state.reader(), target)?.description;
                    let layout = state.layout("Undo more?", "/history", &Fields::default());
                    let later = later
                        .into_iter()
                        .map(|(_, description)| description)
                        .collect();
                    Ok(layout::page(&LaterPage {
                        layout,
                        id,
                        what,
                        later,
                    }))
                }
                Err(error) => Err(error),
            }
        })
        .await
}
