//! `/help/CODE`: one rule on messages, why it is there and what it rests on.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State as Extract};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use desk::views::rule::{RuleView, rule};
use domain::Guard;

use crate::web::form::{Asked, Posted};
use crate::web::layout::{self, Layout};
use crate::web::state::{State, done_at};
use crate::words;

#[derive(Template)]
#[template(path = "pages/rule.html")]
struct Page {
    layout: Layout,
    rule: RuleView,
}

/// Returns the routes of a rule.
pub(crate) fn routes() -> Router<State> {
    Router::new().route("/help/{code}", get(show).post(switch))
}

async fn show(
    Extract(state): Extract<State>,
    Path(code): Path<String>,
    Asked(asked): Asked,
) -> Response {
    state
        .answer(move |state| {
            if let Some(guard) = Guard::from_code(&code) {
                let place = format!("/set-up/guards#{}", guard.meta().code);
                return Ok(Redirect::to(&place).into_response());
            }
            let rule = rule(state.reader(), &code)?;
            let layout = state.layout(rule.code, "/help", &asked);
            Ok(layout::page(&Page { layout, rule }))
        })
        .await
}

async fn switch(
    Extract(state): Extract<State>,
    Path(code): Path<String>,
    Posted(form): Posted,
) -> Response {
    state
        .answer(move |state| {
            let done = state.desk().switch_rule(&code, form.get("do") == "on")?;
            Ok(done_at(&format!("/help/{code}"), done.operation))
        })
        .await
}
