//! `/trash`: deleted people, and the way back.

use askama::Template;
use axum::Router;
use axum::extract::State as Extract;
use axum::response::Response;
use axum::routing::{get, post};
use desk::DeskError;
use desk::views::trash::{Trash, everybody_in_trash, trash};
use domain::PersonId;
use jiff::tz::TimeZone;

use crate::web::form::{Asked, Fields, Posted};
use crate::web::layout::{self, Layout};
use crate::web::state::{State, done_at};
use crate::words;

/// People a page.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "pages/trash.html")]
struct Page {
    layout: Layout,
    trash: Trash,
    zone: TimeZone,
    asked: Fields,
}

impl Page {
    /// Returns the day of an instant as the student's calendar shows it.
    fn day(&self, instant: &str) -> String {
        instant.parse::<jiff::Timestamp>().map_or_else(
            |_| instant.to_owned(),
            |at| words::day(&at.to_zoned_datetime(self.zone.clone()).date().to_string()),
        )
    }

    fn earlier(&self) -> Option<String> {
        let from = self.trash.offset.saturating_sub(self.trash.limit);
        (self.trash.offset > 0).then(|| self.page_link(from))
    }

    fn later(&self) -> Option<String> {
        let next = self.trash.offset + self.trash.limit;
        (next < self.trash.total).then(|| self.page_link(next))
    }

    fn page_link(&self, from: usize) -> String {
        self.asked.with("/trash", &[("from", &from.to_string())])
    }
}

/// Returns the routes of the trash.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/trash", get(show))
        .route("/trash/restore", post(restore))
}

async fn show(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| {
            let from = asked.get("from").parse().unwrap_or(0);
            let trash = trash(state.reader(), PAGE, from)?;
            let layout = state.layout("Trash", "/people", &asked);
            let zone = state.desk().zone()?;
            Ok(layout::page(&Page {
                layout,
                trash,
                zone,
                asked,
            }))
        })
        .await
}

/// Returns the people whom a form of the trash means: the ticked, or everybody.
fn chosen(state: &State, form: &Fields) -> Result<Vec<PersonId>, DeskError> {
    let chosen: Vec<PersonId> = if form.get("who") == "all" {
        everybody_in_trash(state.reader())?
    } else {
        let ticked = form.all("person");
        ticked.filter_map(|id| id.parse().ok()).collect()
    };
    if chosen.is_empty() {
        return Err(DeskError::Bad {
            field: "people",
            found: "nobody".to_owned(),
            would_do: "at least one ticked row".to_owned(),
        });
    }
    Ok(chosen)
}

async fn restore(Extract(state): Extract<State>, Posted(form): Posted) -> Response {
    state
        .answer(move |state| {
            let chosen = chosen(state, &form)?;
            let done = state.desk().restore_people(&chosen)?;
            // Where nobody is left in the trash, those who came back are seen.
            let rest = everybody_in_trash(state.reader())?;
            let path = if rest.is_empty() { "/people" } else { "/trash" };
            Ok(done_at(path, done.operation))
        })
        .await
}
