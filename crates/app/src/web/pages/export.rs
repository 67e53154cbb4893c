//! `/export.json` and `/export.csv`: everything that is stored.

use axum::Router;
use axum::extract::State as Extract;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use desk::views::export::export;

use crate::web::state::State;

/// Returns the routes of the export.
pub(crate) fn routes() -> Router<State> {
    Router::new().route("/export.json", get(json)).route("/export.csv", get(csv))
}

async fn json(Extract(state): Extract<State>) -> Response {
    state
        .answer(|state| {
            let body = formats::export::json(&export(state.reader())?);
            let headers = [
                (CONTENT_TYPE, "application/json"),
                (CONTENT_DISPOSITION, "attachment; filename=\"vouch.json\""),
            ];
            Ok((headers, body).into_response())
        })
        .await
}

async fn csv(Extract(state): Extract<State>) -> Response {
    state
        .answer(|state| {
            let body = formats::export::csv(&export(state.reader())?);
            let headers = [
                (CONTENT_TYPE, "text/csv; charset=utf-8"),
                (CONTENT_DISPOSITION, "attachment; filename=\"vouch.csv\""),
            ];
            Ok((headers, body).into_response())
        })
        .await
}
