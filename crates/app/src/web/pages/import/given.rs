//! What is given to the import: files that are dropped, and the path of one.

use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::{Multipart, State as Extract};
use axum::response::{IntoResponse, Response};
use desk::views::set_up::student;
use desk::{
    DeskError, FileKind, Opened, export_of_files, export_of_paths, file_name, is_export,
    look_at_file, open_people, read_file, read_people_of,
};
use formats::export::TableFile;
use uuid::Uuid;

use super::{again, hospitals, keep_watched, map, open, progress};
use crate::web::form::{Fields, Posted};
use crate::web::held::{Content, Held};
use crate::web::state::{State, done_at};
use crate::web::work::{Unit, Work};
use crate::words;

pub(super) async fn file(Extract(state): Extract<State>, mut parts: Multipart) -> Response {
    let mut files: Vec<TableFile> = Vec::new();
    loop {
        match parts.next_field().await {
            Ok(Some(part)) => {
                let name = part.file_name().unwrap_or_default().to_owned();
                match part.bytes().await {
                    Ok(content) if !name.is_empty() => files.push(TableFile {
                        name,
                        bytes: content.to_vec(),
                    }),
                    Ok(_) => {}
                    Err(error) => return error.into_response(),
                }
            }
            Ok(None) => break,
            Err(error) => return error.into_response(),
        }
    }
    state
        .answer(move |state| {
            let Some(name) = files.first().map(|file| file.name.clone()) else {
                let problem =
                    "No file was chosen. Choose the file Connections.csv, or drop it here.";
                return again(state, &Fields::default(), problem.to_owned());
            };
            let refused = |error| again(state, &Fields::default(), format!("{name}: {error}"));
            let bytes = match export_of_files(state.reader(), &files) {
                Ok(Some(document)) => document,
                Ok(None) if files.len() > 1 => {
                    let problem = "Several files are read together only where they are tables of a \
                                   Vouch export. Choose one file.";
                    return again(state, &Fields::default(), problem.to_owned());
                }
                Ok(None) => files
                    .into_iter()
                    .next()
                    .map_or_else(Vec::new, |file| file.bytes),
                Err(error) => return refused(error),
            };
            if is_export(&bytes) && state.desk().is_unused()? {
                return match state.desk().load_export(&mut bytes.as_slice()) {
                    Ok(done) => Ok(done_at("/people", done.operation)),
                    Err(error) => refused(error),
                };
            }
            let held = Held {
                id: Uuid::new_v4(),
                name: name.clone(),
                content: Content::Bytes(Arc::new(bytes)),
            };
            read(state, held).or_else(refused)
        })
        .await
}

pub(super) async fn path(Extract(state): Extract<State>, Posted(form): Posted) -> Response {
    state
        .answer(move |state| {
            by_path(state, form.get("path"))
                .or_else(|error| again(state, &form, words::sentence(&error.to_string())))
        })
        .await
}

/// Reads what lies under a path: a file, or the folder of a CSV export.
fn by_path(state: &State, typed: &str) -> Result<Response, DeskError> {
    let path = whole_path(typed)?;
    let content = match export_of_paths(state.reader(), &[&path])? {
        Some(document) if state.desk().is_unused()? => {
            let done = state.desk().load_export(&mut document.as_slice())?;
            return Ok(done_at("/people", done.operation));
        }
        Some(document) => Content::Bytes(Arc::new(document)),
        None => Content::Path(path.clone()),
    };
    let held = Held {
        id: Uuid::new_v4(),
        name: file_name(&path),
        content,
    };
    read(state, held)
}

/// Returns the path that a student typed or pasted: file managers put quotation
/// marks around it, and shells know the home folder as "~".
fn whole_path(text: &str) -> Result<PathBuf, DeskError> {
    let text = text.trim();
    let text = text.strip_prefix("file://").unwrap_or(text);
    let text = text.trim_matches(['"', '\'']);
    let home = std::env::home_dir().filter(|_| text.starts_with("~/"));
    let path = match home {
        Some(home) => home.join(&text[2..]),
        None => PathBuf::from(text),
    };
    if !path.is_absolute() {
        return Err(DeskError::Bad {
            field: "path",
            found: text.to_owned(),
            would_do: "the whole path of a file, from the first slash on".to_owned(),
        });
    }
    Ok(path)
}

/// Reads a file and shows its preview, or asks first what its columns hold.
fn read(state: &State, held: Held) -> Result<Response, DeskError> {
    let student = student(state.reader())?.name;
    match &held.content {
        Content::Bytes(bytes) => match open_people(&held.name, bytes)? {
            Opened::Table => map::table(state, held),
            Opened::Known(format) if hospitals::is_hospitals(format) => {
                hospitals::open(state, held)
            }
            Opened::Known(_) => {
                let reading = read_people_of(&student, &held.name, &mut bytes.as_slice())?;
                open(state, reading)
            }
        },
        Content::Path(path) => match look_at_file(path)? {
            FileKind::Table => map::table(state, held),
            FileKind::Known(format) if hospitals::is_hospitals(format) => {
                hospitals::open(state, held)
            }
            FileKind::Known(_) => {
                let (id, path) = (held.id, path.clone());
                progress::begin(state, reading_of(&held), move |state, work| {
                    let mut tell = |done, total| work.tell(done, total);
                    let reading = read_file(&student, &path, None, &mut tell)?;
                    keep_watched(state, work, Arc::new(reading))?;
                    Ok(format!("/import/{id}"))
                })
            }
        },
    }
}

/// Returns the work of reading a file.
pub(super) fn reading_of(held: &Held) -> Work {
    Work::new(held.id, format!("Reading {}", held.name), Unit::Bytes)
}
