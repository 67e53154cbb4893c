//! `/vault/recovery`: the recovery sheet, made once and shown until it is printed.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State as Extract};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use super::unlock::too_early;
use super::vault::{refused, refused_by};
use crate::paper::recovery_sheet::{HOW_TO_USE, WHAT_IT_IS};
use crate::web::face::{Face, Sheet, Typed};
use crate::web::form::{Fields, Posted};
use crate::web::layout::{self, Layout};
use crate::words;

#[derive(Template)]
#[template(path = "pages/recovery_sheet.html")]
struct Page {
    layout: Layout,
    groups: Vec<String>,
    day: String,
    folder: String,
    paragraphs: [&'static str; 3],
    how: &'static str,
}

/// Returns the routes of the recovery sheet.
pub(crate) fn routes() -> Router<Face> {
    Router::new()
        .route("/vault/recovery", post(make))
        .route("/vault/recovery/{id}", get(show))
}

async fn make(Extract(face): Extract<Face>, Posted(form): Posted) -> Response {
    if let Some(wait) = face.early() {
        return refused(&face, "recovery", too_early(wait), String::new()).await;
    }
    let Some(state) = face.state().await else {
        return Redirect::to("/unlock").into_response();
    };
    let Ok(day) = state.desk().today() else {
        return refused(
            &face,
            "recovery",
            "The vault could not be read.".to_owned(),
            String::new(),
        )
        .await;
    };
    // The state would keep the vault from being had alone.
    drop(state);
    let present = Typed::either(form.get("present"));
    let made = face
        .alone(move |vault, _| vault.make_recovery(present.secret(), day))
        .await;
    match made {
        Ok(code) => {
            let id = face.keep_sheet(Sheet { code, day });
            Redirect::to(&format!("/vault/recovery/{id}")).into_response()
        }
        Err(error) => {
            face.slow(&error);
            refused_by(&face, "recovery", &error).await
        }
    }
}

async fn show(Extract(face): Extract<Face>, Path(id): Path<String>) -> Response {
    let Some(state) = face.state().await else {
        return Redirect::to("/unlock").into_response();
    };
    let Some(sheet) = face.sheet(&id) else {
        return face
            .say("That sheet is shown no more. Make a new one to print; it replaces the old.");
    };
    layout::page(&Page {
        layout: state.layout("Recovery sheet", "/vault", &Fields::default()),
        groups: sheet.code.groups(),
        day: words::day(&sheet.day.to_string()),
        folder: face.vault().folder().display().to_string(),
        paragraphs: WHAT_IT_IS,
        how: HOW_TO_USE,
    })
}
