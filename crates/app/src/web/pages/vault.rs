//! `/vault`: what protects the vault, its passphrase, its backups.

use std::path::Path;

use askama::Template;
use axum::Router;
use axum::extract::{Path as Named, State as Extract};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::views::vault::{VaultView, vault};
use desk::{MIN_PASSPHRASE, Secret, VaultError};

use super::unlock::too_early;
use super::{recovery_sheet, restore};
use crate::web::body::whole_file;
use crate::web::face::{Face, Typed};
use crate::web::form::{Asked, Fields, Posted};
use crate::web::layout::{self, Layout};
use crate::words::{self, sentence};

#[derive(Template)]
#[template(path = "pages/vault.html")]
struct Page {
    layout: Layout,
    view: VaultView,
    /// What was just done.
    said: Option<String>,
    /// The form that was refused, and why.
    refused: &'static str,
    problem: String,
    /// The path that was typed, for the restore.
    path: String,
}

impl Page {
    /// Returns the reason, where this form was refused.
    fn problem_of(&self, form: &str) -> Option<&str> {
        (self.refused == form).then_some(self.problem.as_str())
    }

    /// Returns how long ago the latest backup was.
    fn last_backup(&self) -> String {
        match self.view.last_backup_days {
            None => "none yet".to_owned(),
            Some(0) => "today".to_owned(),
            Some(1) => "yesterday".to_owned(),
            Some(days) => format!("{days} days ago"),
        }
    }

    fn n_backups(&self) -> String {
        words::count(&self.view.backups.len(), "backup", "backups")
    }

    /// Returns the words for the kind of a backup.
    fn kind(&self, kind: &str) -> &'static str {
        match kind {
            "weekly" => "weekly copy",
            "before-update" => "before an update of Vouch",
            "replaced" => "replaced by a restore",
            _ => "your backup",
        }
    }
}

/// Returns the routes of the vault.
pub(crate) fn routes() -> Router<Face> {
    Router::new()
        .route("/vault", get(show))
        .route("/vault/lock", post(lock))
        .route("/vault/unlock", post(unlock))
        .route("/vault/close", post(close))
        .route("/vault/backup", post(backup))
        .route("/vault/backups/{name}", get(download))
        .merge(recovery_sheet::routes())
        .merge(restore::routes())
}

async fn show(Extract(face): Extract<Face>, Asked(asked): Asked) -> Response {
    let said = face.said(asked.get("said"));
    answer(&face, said, "", String::new(), String::new()).await
}

/// Answers with the page again: the form that was refused says why.
pub(crate) async fn refused(
    face: &Face,
    form: &'static str,
    problem: String,
    path: String,
) -> Response {
    let page = answer(face, None, form, problem, path).await;
    if page.status() == StatusCode::OK {
        (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
    } else {
        page
    }
}

/// Answers like [`refused`], with what the vault says.
pub(crate) async fn refused_by(face: &Face, form: &'static str, error: &VaultError) -> Response {
    refused(face, form, sentence(&error.to_string()), String::new()).await
}

async fn answer(
    face: &Face,
    said: Option<String>,
    refused: &'static str,
    problem: String,
    path: String,
) -> Response {
    let Some(state) = face.state().await else {
        return Redirect::to("/unlock").into_response();
    };
    let face = face.clone();
    state
        .answer(move |state| {
            let zone = state.desk().zone()?;
            let layout = state.layout("Vault", "/vault", &Fields::default());
            let page = match vault(face.vault(), face.now(), &zone) {
                Ok(view) => layout::page(&Page {
                    layout,
                    view,
                    said,
                    refused,
                    problem,
                    path,
                }),
                Err(error) => super::trouble(&error),
            };
            Ok(page)
        })
        .await
}

/// Returns the new passphrase of a form that asks for it twice.
fn new_passphrase(form: &Fields) -> Result<String, String> {
    let new = form.get("new");
    if new != form.get("again") {
        return Err("The two passphrases differ. Type the same one twice.".to_owned());
    }
    if new.trim().chars().count() < MIN_PASSPHRASE {
        return Err(format!(
            "That is too short: {MIN_PASSPHRASE} characters or more, such as four words that do \
             not belong together."
        ));
    }
    Ok(new.to_owned())
}

async fn lock(Extract(face): Extract<Face>, Posted(form): Posted) -> Response {
    let new = match new_passphrase(&form) {
        Ok(new) => new,
        Err(problem) => return refused(&face, "lock", problem, String::new()).await,
    };
    if let Some(wait) = face.early() {
        return refused(&face, "lock", too_early(wait), String::new()).await;
    }
    let present = Typed::either(form.get("present"));
    let done = face
        .alone(move |vault, key| {
            let was_locked = vault.protection()?.locked;
            // Whoever sits down at an open vault must not be able to take it over.
            let secret = if was_locked {
                present.secret()
            } else {
                Secret::Key(key)
            };
            vault.lock(secret, &new)?;
            Ok(was_locked)
        })
        .await;
    match done {
        Ok(true) => face.say("The passphrase is changed. Your recovery sheet goes on working."),
        Ok(false) => face.say(
            "The passphrase is set. Vouch asks for it from the next start on, and after \
             “Lock now”. Print a recovery sheet next: without it and without the passphrase, \
             nobody can open the vault.",
        ),
        Err(error) => {
            face.slow(&error);
            refused_by(&face, "lock", &error).await
        }
    }
}

async fn unlock(Extract(face): Extract<Face>, Posted(form): Posted) -> Response {
    if let Some(wait) = face.early() {
        return refused(&face, "unlock", too_early(wait), String::new()).await;
    }
    let present = Typed::either(form.get("present"));
    let done = face
        .alone(move |vault, _| vault.unlock(present.secret()))
        .await;
    match done {
        Ok(()) => face.say(
            "The passphrase is taken off, and your recovery sheet is void. Whoever can read the \
             folder can open the vault.",
        ),
        Err(error) => {
            face.slow(&error);
            refused_by(&face, "unlock", &error).await
        }
    }
}

async fn close(Extract(face): Extract<Face>) -> Response {
    face.close().await;
    Redirect::to("/unlock").into_response()
}

async fn backup(Extract(face): Extract<Face>, Posted(form): Posted) -> Response {
    let new = match new_passphrase(&form) {
        Ok(new) => new,
        Err(problem) => return refused(&face, "backup", problem, String::new()).await,
    };
    let Some(state) = face.state().await else {
        return Redirect::to("/unlock").into_response();
    };
    let download = form.get("to") == "download";
    let made = tokio::task::spawn_blocking(move || state.desk().backup_into_folder(&new)).await;
    match made {
        Ok(Ok(file)) => {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            if download {
                return Redirect::to(&format!("/vault/backups/{name}")).into_response();
            }
            face.say(format!(
                "The backup {name} lies in the folder. Copy it to another disk, and write its \
                 passphrase down: it opens with nothing else."
            ))
        }
        Ok(Err(error)) => refused_by(&face, "backup", &error).await,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Hands out one of the backups in the folder; their names are the only ones
/// that are looked up.
async fn download(Extract(face): Extract<Face>, Named(name): Named<String>) -> Response {
    if face.state().await.is_none() {
        return Redirect::to("/unlock").into_response();
    }
    let backups = match face.vault().backups() {
        Ok(backups) => backups,
        Err(error) => return super::trouble(&error),
    };
    let found = backups
        .into_iter()
        .find(|backup| backup.file.file_name() == Some(Path::new(&name).as_os_str()));
    let Some(backup) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match whole_file(&backup.file) {
        Ok((n_bytes, body)) => {
            let headers = [
                (CONTENT_TYPE, "application/octet-stream".to_owned()),
                (CONTENT_LENGTH, n_bytes.to_string()),
                (
                    CONTENT_DISPOSITION,
                    format!("attachment; filename=\"{name}\""),
                ),
            ];
            (headers, body).into_response()
        }
        Err(source) => super::trouble(&VaultError::File {
            file: backup.file,
            source,
        }),
    }
}
