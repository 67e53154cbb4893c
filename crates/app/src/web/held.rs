//! What waits in memory for an answer of the student: files, previews, lists.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Cursor};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use desk::{DeskError, open_file};
use uuid::Uuid;

/// A file that waits for an answer, such as what its columns hold.
#[derive(Clone, Debug)]
pub struct Held {
    /// Its name while it is held; its preview has the same one.
    pub id: Uuid,
    /// The file's name.
    pub name: String,
    /// Where its bytes are.
    pub content: Content,
}

/// Where the bytes of a file are.
#[derive(Clone, Debug)]
pub enum Content {
    /// In memory, as they were uploaded.
    Bytes(Arc<Vec<u8>>),
    /// On this computer, under this path.
    Path(PathBuf),
}

impl Held {
    /// Opens the file from its beginning.
    ///
    /// # Errors
    /// Where it lies on the disk and cannot be opened.
    pub fn open(&self) -> Result<Box<dyn BufRead + '_>, DeskError> {
        Ok(match &self.content {
            Content::Bytes(bytes) => Box::new(Cursor::new(bytes.as_slice())),
            Content::Path(path) => Box::new(BufReader::new(open_file(path)?)),
        })
    }
}

/// Things that are kept for a while under a name; the oldest goes when there is
/// no room for another.
pub(crate) struct Shelf<T> {
    room: usize,
    things: Mutex<VecDeque<(Uuid, T)>>,
}

impl<T: Clone> Shelf<T> {
    /// Returns a shelf with room for so many things.
    pub(crate) fn new(room: usize) -> Self {
        Self {
            room,
            things: Mutex::default(),
        }
    }

    fn things(&self) -> MutexGuard<'_, VecDeque<(Uuid, T)>> {
        self.things.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a thing there, in place of an older one of the same name.
    pub(crate) fn put(&self, id: Uuid, thing: T) {
        let mut things = self.things();
        things.retain(|(kept, _)| *kept != id);
        while things.len() >= self.room {
            things.pop_front();
        }
        things.push_back((id, thing));
    }

    /// Returns a thing that is there.
    pub(crate) fn get(&self, id: Uuid) -> Option<T> {
        let things = self.things();
        let found = things.iter().find(|(kept, _)| *kept == id);
        found.map(|(_, thing)| thing.clone())
    }

    /// Takes a thing away.
    pub(crate) fn take(&self, id: Uuid) {
        self.things().retain(|(kept, _)| *kept != id);
    }
}
