//! Files that were written for the student, so that forgetting can name them.

use domain::{Mentions, Named, PersonName};
use jiff::civil::Date;
use rusqlite::{Connection, params};

use crate::error::Result;
use crate::operation::{Pen, Snapshot};
use crate::sql::{Columns as _, column};

/// A file, or a folder of files, that Vouch wrote and the student keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportedFile {
    /// Where it was written, from the root of the file system.
    pub path: String,
    /// The day on which it was last written.
    pub day: Date,
}

impl Pen {
    /// Notes where a file was written. This is no operation: nothing that the
    /// student keeps changes, and there is nothing to undo.
    pub fn note_exported(&self, file: &ExportedFile) -> Result<()> {
        self.lock().execute(
            "INSERT INTO exported (path, day) VALUES (?1, ?2)
             ON CONFLICT (path) DO UPDATE SET day = excluded.day",
            params![file.path, file.day.to_string()],
        )?;
        Ok(())
    }
}

impl Snapshot<'_> {
    /// Returns the files that were written, by path, whether they are still
    /// there or not.
    pub fn exported(&self) -> Result<Vec<ExportedFile>> {
        let mut statement = self.prepare("SELECT path, day FROM exported ORDER BY path")?;
        let files = statement.query_map([], |row| {
            Ok(ExportedFile {
                path: row.get(0)?,
                day: row.day(1)?,
            })
        })?;
        Ok(files.collect::<rusqlite::Result<_>>()?)
    }
}

/// Returns the paths that may name one of those who go: "rao-asha.vcf", "Asha.vcf".
pub(crate) fn paths_naming(connection: &Connection, gone: &Named) -> Result<Vec<String>> {
    let mut named = gone.clone();
    // Nothing stands around a name in a path, so the given name alone counts.
    named.names.extend(gone.names.iter().map(|name| PersonName {
        family: name.given.clone(),
        ..PersonName::default()
    }));
    let mentions = Mentions::of(&[named], &[]);
    let mut statement = connection.prepare("SELECT path FROM exported")?;
    let mut paths: Vec<String> = column(&mut statement, [], 0)?;
    paths.retain(|path| mentions.without(path).is_some() || mentions.surname_in(path).is_some());
    Ok(paths)
}
