//! `/`: who is due today, and why.

use askama::Template;
use axum::Router;
use axum::extract::State as Extract;
use axum::response::Response;
use axum::routing::{get, post};
use desk::DeskError;
use desk::views::set_up::student;
use desk::views::today::{SHOWN, Today, today};
use domain::DecisionKind;
use jiff::ToSpan as _;

use crate::web::form::{Asked, Posted};
use crate::web::layout::{self, Layout};
use crate::web::state::{State, done_at};
use crate::words;

#[derive(Template)]
#[template(path = "pages/today.html")]
struct Page {
    layout: Layout,
    today: Today,
    line: String,
    n_due: usize,
    /// Where a decision about an item leads back to.
    back: &'static str,
    has_usual_day: bool,
}

/// Returns the routes of Today.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/", get(show))
        .route("/today/decide", post(decide))
}

async fn show(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| {
            let all = asked.get("all") == "yes";
            let shown = if all { 500 } else { SHOWN };
            let zone = state.desk().zone()?;
            let today = today(state.reader(), state.desk().now(), &zone, shown)?;
            let layout = state.layout("Today", "/", &asked);
            Ok(layout::page(&Page {
                layout,
                n_due: today.items.len() + today.more,
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
