//! `/`: who is due today, and why.

use askama::Template;
use axum::Router;
use axum::extract::State as Extract;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use desk::DeskError;
use desk::views::set_up::student;
use desk::views::today::{SHOWN, Today, today};
use domain::DecisionKind;
use jiff::ToSpan as _;

use crate::web::form::{Asked, Posted};
use crate::web::layout::{self, Layout};
use crate::web::parts::Parts;
use crate::web::state::{State, done_at};
use crate::words;

#[derive(Template)]
#[template(path = "pages/today.html")]
struct Page {
    layout: Layout,
    today: Today,
    line: String,
    parts: Parts,
    /// Where a decision about an item leads back to.
    back: &'static str,
    has_usual_day: bool,
}

/// Items that the page shows after its first part.
const FURTHER: usize = 50;

/// Returns the routes of Today.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/", get(show))
        .route("/today/decide", post(decide))
}

async fn show(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| {
            let from = Parts::asked_from(&asked);
            let size = if from == 0 { SHOWN } else { FURTHER };
            let zone = state.desk().zone()?;
            let part = from..from.saturating_add(size);
            let today = today(state.reader(), state.desk().now(), &zone, part)?;
            if from > 0 && today.items.is_empty() {
                // What stood here is settled, or the address is an old one.
                return Ok(Redirect::to("/").into_response());
            }
            let part = (from, today.items.len(), today.n_due);
            let parts = Parts::new("/", &asked, part, FURTHER);
            let layout = state.layout("Today", "/", &asked);
            Ok(layout::page(&Page {
                layout,
                parts,
                back: "/",
                has_usual_day: today.next_usual_day.is_some(),
                today,
                line: String::new(),
            }))
        })
        .await
}

async fn decide(Extract(state): Extract<State>, Posted(form): Posted) -> Response {
    state
        .answer(move |state| {
            let kind = match form.get("kind") {
                "skip" => DecisionKind::Skip,
                "done" => DecisionKind::Done,
                "snooze" => {
                    let days: i32 = form.get("days").parse().unwrap_or(3).clamp(1, 365);
                    DecisionKind::Snooze(state.desk().today()?.saturating_add(days.days()))
                }
                "usual" => {
                    let usual = student(state.reader())?.usual_day_after(state.desk().today()?);
                    DecisionKind::Snooze(usual.ok_or_else(|| DeskError::Bad {
                        field: "kind",
                        found: "usual".to_owned(),
                        would_do:
                            "a usual day, which you can set on the page \"Who you are\"".to_owned(),
                    })?)
                }
                other => {
                    return Err(DeskError::Bad {
                        field: "kind",
                        found: other.to_owned(),
                        would_do: "snooze, skip or done".to_owned(),
                    });
                }
            };
            let done = state
                .desk()
                .decide_item(form.get("key"), kind, form.get("name"))?;
            let back = if form.get("back") == "/week" {
                "/week"
            } else {
                "/"
            };
            Ok(done_at(back, done.operation))
        })
        .await
}
