//! The pages, one file each.

use axum::extract::Query;
use axum::response::Redirect;
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;

use super::palette::{self, Entry};

pub mod styleguide;

/// Returns the pages of the bare shell: the style guide, and a palette that
/// knows the navigation.
pub fn shell() -> Router {
    Router::new()
        .route("/", get(async || Redirect::to("/styleguide")))
        .route("/palette", get(palette_entries))
        .merge(styleguide::routes())
}

#[derive(Deserialize)]
struct PaletteQuery {
    #[serde(default)]
    q: String,
}

async fn palette_entries(Query(query): Query<PaletteQuery>) -> Json<Vec<Entry>> {
    Json(palette::pages(&query.q))
}
