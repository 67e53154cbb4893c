//! A file that the student gave, held until it is clear how to read it.

use std::io::{self, BufRead, Cursor};
use std::sync::Arc;

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
}

impl Held {
    /// Opens the file from its beginning.
    ///
    /// # Errors
    /// Where it lies on the disk and cannot be opened.
    pub fn open(&self) -> io::Result<Box<dyn BufRead + '_>> {
        Ok(match &self.content {
            Content::Bytes(bytes) => Box::new(Cursor::new(bytes.as_slice())),
        })
    }
}
