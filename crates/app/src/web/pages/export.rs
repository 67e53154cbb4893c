//! `/export`: everything that is stored, as files to keep, and people for an address book.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State as Extract};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use desk::DeskError;
use desk::views::export::{cards, schema, tables, write_everything, write_table};
use desk::views::people::{People, PeopleQuery, people};
use domain::{Ring, RoleKind};
use formats::vcard::VcardVersion;

use super::people::query_of;
use crate::web::form::Asked;
use crate::web::layout::{self, Layout};
use crate::web::state::State;
use crate::words;

#[derive(Template)]
#[template(path = "pages/export.html")]
struct Page {
    layout: Layout,
    tables: Vec<(String, usize)>,
    people: People,
}

/// Returns the routes of the export.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/export", get(show))
        .route("/export/vouch.json", get(json))
        .route("/export/schema.json", get(json_schema))
        .route("/export/people.vcf", get(vcf))
        .route("/export/csv/{file}", get(csv))
}

async fn show(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| {
            let first = PeopleQuery {
                limit: 1,
                ..PeopleQuery::default()
            };
            let page = Page {
                layout: state.layout("Export", "/export", &asked),
                tables: tables(state.reader())?,
                people: people(state.reader(), &first)?,
            };
            Ok(layout::page(&page))
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

async fn json(Extract(state): Extract<State>) -> Response {
    state
        .answer(|state| {
            let mut bytes = Vec::new();
            write_everything(state.reader(), &mut bytes)?;
            Ok(file("application/json", "vouch.json", bytes))
        })
        .await
}

async fn json_schema(Extract(state): Extract<State>) -> Response {
    state
        .answer(|state| {
            let text = schema(state.reader())?;
            Ok(file(
                "application/schema+json",
                "vouch-export-schema.json",
                text.into_bytes(),
            ))
        })
        .await
}

async fn vcf(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| {
            let version = match asked.get("version") {
                "3" => VcardVersion::V3,
                _ => VcardVersion::V4,
            };
            let with_notes = asked.get("notes") == "yes";
            let text = cards(
                state.reader(),
                &query_of(&asked, state.desk().today()?),
                version,
                with_notes,
            )?;
            Ok(file(
                "text/vcard; charset=utf-8",
                "people.vcf",
                text.into_bytes(),
            ))
        })
        .await
}

async fn csv(Extract(state): Extract<State>, Path(name): Path<String>) -> Response {
    state
        .answer(move |state| {
            let wanted = name.strip_suffix(".csv").unwrap_or(&name).to_owned();
            let mut bytes = Vec::new();
            if !write_table(state.reader(), &wanted, &mut bytes)? {
                return Err(DeskError::NotThere {
                    what: "table",
                    name,
                });
            }
            Ok(file(
                "text/csv; charset=utf-8",
                &format!("{wanted}.csv"),
                bytes,
            ))
        })
        .await
}
