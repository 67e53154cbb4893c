//! `/vault/restore`: a backup checked, compared with the vault, and put in its place.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Multipart, Path as Named, State as Extract};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::{Contents, Found, Prepared, VaultError};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::vault::{refused, refused_by};
use crate::web::body;
use crate::web::face::Face;
use crate::web::form::{Fields, Posted};
use crate::web::layout::{self, Layout};
use crate::words::{self, sentence};

#[derive(Template)]
#[template(path = "pages/restore.html")]
struct Page {
    layout: Layout,
    id: String,
    name: String,
    made: Option<String>,
    backup: Side,
    vault: Option<Side>,
    /// How often people were forgotten since.
    forgotten: usize,
}

/// What is in a vault, in words.
struct Side {
    people: String,
    interactions: String,
    last_change: String,
}

impl Side {
    fn new(contents: &Contents, zone: &TimeZone) -> Self {
        Self {
            people: words::count(&contents.people, "person", "people"),
            interactions: words::count(&contents.interactions, "interaction", "interactions"),
            last_change: contents
                .last_change
                .map_or_else(|| "never".to_owned(), |at| moment(at, zone)),
        }
    }
}

fn moment(at: Timestamp, zone: &TimeZone) -> String {
    let at = at.to_zoned_datetime(zone.clone());
    at.strftime("%a %-d %b %Y, %H:%M").to_string()
}

/// Returns the routes of the restore.
pub(crate) fn routes() -> Router<Face> {
    Router::new()
        .route("/vault/restore/file", post(file).layer(body::large_body()))
        .route("/vault/restore/named", post(named))
        .route("/vault/restore/{id}", get(show).post(apply))
}

async fn file(Extract(face): Extract<Face>, mut parts: Multipart) -> Response {
    let (mut name, mut bytes, mut passphrase) = (String::new(), Bytes::new(), String::new());
    loop {
        match parts.next_field().await {
            Ok(Some(part)) => {
                let is_file = part.name() == Some("file");
                if is_file {
                    part.file_name().unwrap_or_default().clone_into(&mut name);
                }
                match (is_file, part.bytes().await) {
                    (true, Ok(content)) => bytes = content,
                    (false, Ok(content)) => {
                        passphrase = String::from_utf8_lossy(&content).into_owned();
                    }
                    (_, Err(error)) => return error.into_response(),
                }
            }
            Ok(None) => break,
            Err(error) => return error.into_response(),
        }
    }
    if name.is_empty() {
        let problem = "No file was chosen. Choose a backup, or name it by its path.";
        return refused(&face, "restore", problem.to_owned(), String::new()).await;
    }
    let shown = name.clone();
    let prepared = face
        .with_key(move |vault, key| {
            vault.prepare_restore_from(key, Path::new(&name), &mut Cursor::new(bytes), &passphrase)
        })
        .await;
    ready(&face, shown, prepared).await
}

/// A backup in the folder by its name, or any other by its path.
async fn named(Extract(face): Extract<Face>, Posted(form): Posted) -> Response {
    let path = form.get("path").trim().to_owned();
    let name = form.get("name").to_owned();
    let file = if name.is_empty() {
        PathBuf::from(&path)
    } else {
        // The name alone, wherever it pretends to lie.
        let name = Path::new(&name).file_name().unwrap_or_default();
        face.vault().backup_folder().join(name)
    };
    if path.is_empty() && name.is_empty() {
        let problem = "No backup was named. Type the path of the file.";
        return refused(&face, "restore", problem.to_owned(), String::new()).await;
    }
    let passphrase = form.get("passphrase").to_owned();
    let shown = file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let prepared = face
        .with_key(move |vault, key| vault.prepare_restore(key, &file, &passphrase))
        .await;
    match prepared {
        Err(error) if !path.is_empty() => {
            refused(&face, "restore", sentence(&error.to_string()), path).await
        }
        prepared => ready(&face, shown, prepared).await,
    }
}

async fn ready(face: &Face, name: String, prepared: Result<Prepared, VaultError>) -> Response {
    match prepared {
        Ok(prepared) => {
            let id = face.keep_prepared(name, prepared);
            Redirect::to(&format!("/vault/restore/{id}")).into_response()
        }
        Err(VaultError::Locked) => Redirect::to("/unlock").into_response(),
        Err(error) => refused_by(face, "restore", &error).await,
    }
}

async fn show(Extract(face): Extract<Face>, Named(id): Named<String>) -> Response {
    let Some(state) = face.state().await else {
        return Redirect::to("/unlock").into_response();
    };
    let Some(compared) = face.compared(&id) else {
        return gone(&face);
    };
    state
        .answer(move |state| {
            let zone = state.desk().zone()?;
            Ok(layout::page(&Page {
                layout: state.layout("Restore this backup?", "/vault", &Fields::default()),
                id,
                name: compared.name.clone(),
                made: compared.made.map(|at| moment(at, &zone)),
                backup: Side::new(&compared.backup, &zone),
                forgotten: compared.forgotten,
                vault: match &compared.vault {
                    Found::Vault(contents) => Some(Side::new(contents, &zone)),
                    Found::Nothing | Found::Unreadable => None,
                },
            }))
        })
        .await
}

async fn apply(Extract(face): Extract<Face>, Named(id): Named<String>) -> Response {
    let Some(prepared) = face.take_prepared(&id) else {
        return gone(&face);
    };
    let now = face.now();
    let done = face
        .alone(move |vault, key| vault.finish_restore(key, prepared, now))
        .await;
    match done {
        Ok(restored) => {
            let n_now = words::count(&restored.now.people, "person", "people");
            let before = restored.kept.map_or_else(String::new, |kept| {
                let inside = match &restored.before {
                    Found::Vault(before) => words::count(&before.people, "person", "people"),
                    Found::Nothing | Found::Unreadable => "it could not be read".to_owned(),
                };
                format!(
                    " What was there before ({inside}) is kept as {}; it can be restored in the \
                     same way.",
                    kept.file_name().unwrap_or_default().to_string_lossy()
                )
            });
            face.say(format!("The backup is restored: {n_now}.{before}"))
        }
        Err(error) => refused_by(&face, "restore", &error).await,
    }
}

fn gone(face: &Face) -> Response {
    face.say("That backup waits no more, so nothing was restored. Choose it again.")
}
