//! `/export`: everything that is stored, as files to keep.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State as Extract};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use desk::DeskError;
use desk::views::export::export;
use formats::export::{write_csv, write_json};

use crate::web::form::Asked;
use crate::web::layout::{self, Layout};
use crate::web::state::State;
use crate::words;

#[derive(Template)]
#[template(path = "pages/export.html")]
struct Page {
    layout: Layout,
    tables: Vec<(String, usize)>,
}

/// Returns the routes of the export.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/export", get(show))
        .route("/export/vouch.json", get(json))
        .route("/export/csv/{file}", get(csv))
}

async fn show(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| {
            let tables = export(state.reader())?
                .into_iter()
                .map(|table| (table.name, table.rows.len()))
                .collect();
            let layout = state.layout("Export", "/history", &asked);
            Ok(layout::page(&Page { layout, tables }))
        })
        .await
}

/// Answers with a file to keep.
pub(super) fn file(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    (
        [
            (CONTENT_TYPE, kind.to_owned()),
            (CONTENT_DISPOSITION, disposition),
        ],
        bytes,
    )
        .into_response()
}

/// Returns why an export could not be made.
pub(super) fn unwritten(error: std::io::Error) -> DeskError {
    DeskError::NotThere {
        what: "way to write the export",
        name: error.to_string(),
    }
}

async fn json(Extract(state): Extract<State>) -> Response {
    state
        .answer(|state| {
            let mut bytes = Vec::new();
            write_json(&export(state.reader())?, &mut bytes).map_err(unwritten)?;
            Ok(file("application/json", "vouch.json", bytes))
        })
        .await
}

async fn csv(Extract(state): Extract<State>, Path(name): Path<String>) -> Response {
    state
        .answer(move |state| {
            let wanted = name.strip_suffix(".csv").unwrap_or(&name);
            let tables = export(state.reader())?;
            let Some(table) = tables.iter().find(|table| table.name == wanted) else {
                return Err(DeskError::NotThere {
                    what: "table",
                    name,
                });
            };
            let mut bytes = Vec::new();
            write_csv(table, &mut bytes).map_err(unwritten)?;
            Ok(file(
                "text/csv; charset=utf-8",
                &format!("{}.csv", table.name),
                bytes,
            ))
        })
        .await
}
