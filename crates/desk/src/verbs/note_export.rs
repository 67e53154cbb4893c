//! Notes where a file was written, so that forgetting somebody can name it.

use std::path::Path;

use store::ExportedFile;

use crate::{Desk, Result};

impl Desk {
    /// Notes that a file, or a folder of files, was written which may hold
    /// anything that is stored, or will be at once: one that is not there is not
    /// named. It is no change of what the student keeps, so History does not
    /// show it.
    pub fn note_export(&self, file: &Path) -> Result<()> {
        // A relative path would mean something else from another folder.
        let path = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
        let file = ExportedFile {
            path: path.to_string_lossy().into_owned(),
            day: self.today()?,
        };
        Ok(self.pen.note_exported(&file)?)
    }
}
