//! What every page works with, and how a page asks the desk.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::views::duplicates::{CountedPairs, count_duplicates};
use desk::views::history;
use desk::views::import::Preview;
use desk::views::roster::Roster;
use desk::{Desk, DeskError, Reader};
use domain::OperationId;
use uuid::Uuid;

use super::errors::ErrorPage;
use super::form::Fields;
use super::held::{Held, Shelf};
use super::layout::{Layout, Toast};
use super::work::Work;
use crate::words::sentence;

/// Previews kept at once; the oldest goes when another comes.
const PREVIEWS_KEPT: usize = 6;

/// Files held at once, at most 64 MB each.
const FILES_HELD: usize = 2;

/// Pasted lists kept at once.
const ROSTERS_KEPT: usize = 6;

/// Long works whose progress can be asked for.
const WORKS_KEPT: usize = 6;

/// Open pages of messages whose last version is known.
const PAGES_TYPED_IN: usize = 64;

/// What every page works with: the desk, its reading side, and the previews
/// that wait for a decision.
#[derive(Clone)]
pub struct State(Arc<Inner>);

struct Inner {
    desk: Desk,
    reader: Reader,
    previews: Shelf<Arc<Preview>>,
    files: Shelf<Held>,
    rosters: Shelf<Arc<Roster>>,
    /// The duplicates as they were last counted.
    duplicates: Mutex<Option<CountedPairs>>,
    works: Shelf<Arc<Work>>,
    /// The version that each open page of a message stored last.
    typed: Shelf<String>,
    demo: bool,
}

impl State {
    /// Returns the state of a face on a vault. `demo` marks the pages as a demonstration.
    pub fn new(desk: Desk, reader: Reader, demo: bool) -> Self {
        Self(Arc::new(Inner {
            desk,
            reader,
            previews: Shelf::new(PREVIEWS_KEPT),
            files: Shelf::new(FILES_HELD),
            rosters: Shelf::new(ROSTERS_KEPT),
            duplicates: Mutex::default(),
            works: Shelf::new(WORKS_KEPT),
            typed: Shelf::new(PAGES_TYPED_IN),
            demo,
        }))
    }

    /// Returns what tells whether anybody still works with this state.
    pub(crate) fn watch(&self) -> Watch {
        Watch(Arc::downgrade(&self.0))
    }

    /// Returns the writing side.
    pub fn desk(&self) -> &Desk {
        &self.0.desk
    }

    /// Returns the reading side.
    pub fn reader(&self) -> &Reader {
        &self.0.reader
    }

    /// Returns whether this is the demonstration.
    pub fn is_demo(&self) -> bool {
        self.0.demo
    }

    /// Keeps a preview, in place of an older one with the same id.
    pub fn keep_preview(&self, preview: Preview) -> Arc<Preview> {
        let preview = Arc::new(preview);
        self.0.previews.put(preview.id, Arc::clone(&preview));
        preview
    }

    /// Returns a preview that is kept.
    pub fn preview(&self, id: Uuid) -> Option<Arc<Preview>> {
        self.0.previews.get(id)
    }

    /// Lets a preview go, and what it came from.
    pub fn drop_preview(&self, id: Uuid) {
        self.0.previews.take(id);
        self.0.files.take(id);
        self.0.rosters.take(id);
    }

    /// Holds a file until it is clear how to read it.
    pub fn hold(&self, file: Held) {
        self.0.files.put(file.id, file);
    }

    /// Returns a file that is held.
    pub fn held(&self, id: Uuid) -> Option<Held> {
        self.0.files.get(id)
    }

    /// Keeps long work, so that its progress can be asked for.
    pub fn keep_work(&self, work: Work) -> Arc<Work> {
        let work = Arc::new(work);
        self.0.works.put(work.id, Arc::clone(&work));
        work
    }

    /// Returns long work that is kept.
    pub fn work(&self, id: Uuid) -> Option<Arc<Work>> {
        self.0.works.get(id)
    }

    /// Keeps the version of a message that a page stored.
    pub fn keep_typed(&self, page: Uuid, version: String) {
        self.0.typed.put(page, version);
    }

    /// Returns the version of a message that a page stored last.
    pub fn typed(&self, page: Uuid) -> Option<String> {
        self.0.typed.get(page)
    }

    /// Keeps a pasted list until its rows are confirmed.
    pub fn keep_roster(&self, roster: Roster) {
        self.0.rosters.put(roster.id, Arc::new(roster));
    }

    /// Returns a pasted list that is kept.
    pub fn roster(&self, id: Uuid) -> Option<Arc<Roster>> {
        self.0.rosters.get(id)
    }

    /// Returns how many pairs of people are most likely one person.
    pub fn n_duplicates(&self) -> Result<usize, DeskError> {
        let mut kept = self
            .0
            .duplicates
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let counted = count_duplicates(self.reader(), kept.as_ref())?;
        Ok(kept.insert(counted).pairs)
    }

    /// Answers a request with work that may read or write the vault: all of it in
    /// one blocking task, so that the server goes on serving.
    pub async fn answer(
        self,
        work: impl FnOnce(&Self) -> Result<Response, DeskError> + Send + 'static,
    ) -> Response {
        let done = tokio::task::spawn_blocking(move || work(&self).unwrap_or_else(refusal)).await;
        // A panic in the work is a mistake of Vouch; its text went to the terminal.
        done.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
    }

    /// Returns a layout that says what was just done, when the address names it.
    pub fn layout(&self, title: impl Into<String>, here: &str, asked: &Fields) -> Layout {
        let toast = asked
            .get("done")
            .parse::<OperationId>()
            .ok()
            .and_then(|id| {
                let operation = history::operation(self.reader(), id).ok()?;
                let undoable = operation.undone_by.is_none() && operation.undo_ended.is_none();
                Some(Toast {
                    text: sentence(&operation.description),
                    undo: undoable.then(|| format!("/history/{id}/undo")),
                })
            });
        Layout::new(title)
            .at(here)
            .toast(toast)
            .demo(self.is_demo())
    }
}

/// Tells whether anybody still works with a state, without keeping it.
pub(crate) struct Watch(Weak<Inner>);

impl Watch {
    /// Returns the state, while somebody else has it.
    pub(crate) fn still_there(&self) -> Option<State> {
        self.0.upgrade().map(State)
    }
}

/// Returns the answer after a change: the page that shows it, with the operation
/// in the address so that it can be undone.
pub fn done_at(path: &str, operation: OperationId) -> Response {
    let joint = if path.contains('?') { '&' } else { '?' };
    Redirect::to(&format!("{path}{joint}done={operation}")).into_response()
}

/// Returns a page that was made again because a form was refused, with the
/// status that says so.
pub fn refused(mut page: Response) -> Response {
    *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    page
}

/// Returns the page that says why something was not done.
pub fn refusal(error: DeskError) -> Response {
    let status = match &error {
        DeskError::NotThere { .. } => StatusCode::NOT_FOUND,
        DeskError::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        DeskError::PreviewMoved
        | DeskError::UndoNeedsLater { .. }
        | DeskError::UndoEnded(_)
        | DeskError::Stopped => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let heading = match &error {
        DeskError::NotThere { .. } => "This is not here",
        DeskError::Store(_) => "The vault could not be used",
        DeskError::UndoNeedsLater { .. } | DeskError::UndoEnded(_) => "This cannot be undone alone",
        _ => "That did not work",
    };
    ErrorPage::new(status, heading)
        .saying(sentence(&error.to_string()))
        .way_on("Go to Today", "/")
        .way_on("Open the history", "/history")
        .into_response()
}
