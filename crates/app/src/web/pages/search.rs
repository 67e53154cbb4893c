//! `/search` and the palette: people, programs and notes by their words.

use askama::Template;
use axum::extract::State as Extract;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use desk::views::palette::palette;
use desk::views::search::{Search, search};

use crate::web::form::Asked;
use crate::web::layout::{self, Layout};
use crate::web::palette::{Entry, MAX_ENTRIES, pages};
use crate::web::state::State;
use crate::words;

/// People and notes that the page shows.
const SHOWN: usize = 30;

#[derive(Template)]
#[template(path = "pages/search.html")]
struct Page {
    layout: Layout,
    text: String,
    found: Search,
}

/// Returns the routes of the search.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/search", get(show))
        .route("/palette", get(entries))
}

async fn show(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| {
            let text = asked.get("q").trim().to_owned();
            let found = search(state.reader(), &text, SHOWN)?;
            let layout = state.layout("Search", "", &asked).searching(&text);
            Ok(layout::page(&Page {
                layout,
                text,
                found,
            }))
        })
        .await
}

async fn entries(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| {
            let text = asked.get("q");
            let mut entries = pages(text);
            let found = palette(state.reader(), text, MAX_ENTRIES)?;
            entries.extend(found.into_iter().map(|entry| Entry {
                title: entry.title,
                kind: entry.kind,
                href: entry.href,
                hint: entry.hint,
            }));
            entries.truncate(MAX_ENTRIES);
            Ok(Json(entries).into_response())
        })
        .await
}
