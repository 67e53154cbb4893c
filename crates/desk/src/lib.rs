//! Everything that can be done and shown in Vouch, for both faces.
//!
//! A [verb](verbs) reads, decides in pure code, writes once and reports; a
//! [view](views) composes what is stored with the shipped facts into what a
//! face shows. The page and the command line use the same ones, so they cannot
//! disagree.

pub mod demo;
pub mod note_scan;
pub mod verbs;
pub mod views;

mod clock;
mod columns;
mod correspondence;
mod employers;
mod error;
mod file;
mod ids;
mod places;
mod reading;
mod season;
mod student;
mod switches;
mod tables;
mod vault;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::OperationId;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

pub use clock::{Clock, FixedClock, SystemClock};
pub use error::{DeskError, Result};
pub use file::{FileKind, file_name, look_at_file, open_file, read_file};
pub use ids::Ids;
pub use reading::{
    Opened, Origin, READING_BYTES_MAX, Reading, is_export, look_at_table, open_people,
    read_archive, read_people, read_people_of,
};
pub use store::{Contents, Key, Limits, OpenError, Reader};
pub use student::{Stage, Student};
pub use tables::{export_of_files, export_of_paths};
pub use vault::{
    Backup, BackupKind, Copy, Found, MIN_PASSPHRASE, NotACode, Pages, PagesHeld, Prepared,
    Protection, RecoveryCode, Restored, Secret, Vault, VaultError, default_folder,
};

/// The writing side of a vault. There is one per process and vault.
pub struct Desk {
    data_file: PathBuf,
    pen: store::Pen,
    reader: Reader,
    clock: Arc<dyn Clock>,
    ids: Ids,
    home: Option<vault::Home>,
}

impl Desk {
    /// Opens a data file and returns the writing and the reading side.
    ///
    /// # Errors
    /// [`OpenError`] says whether the key, the version, the folder or the disk
    /// is in the way.
    pub fn open(
        path: &Path,
        key: &Key,
        clock: Arc<dyn Clock>,
        ids: Ids,
    ) -> Result<(Self, Reader), OpenError> {
        let (pen, reader) = store::open(path, key)?;
        let data_file = path.to_owned();
        Ok((
            Self::new(data_file, pen, reader.clone(), clock, ids),
            reader,
        ))
    }

    fn new(
        data_file: PathBuf,
        pen: store::Pen,
        reader: Reader,
        clock: Arc<dyn Clock>,
        ids: Ids,
    ) -> Self {
        Self {
            data_file,
            pen,
            reader,
            clock,
            ids,
            home: None,
        }
    }

    /// Returns the vault that this desk has open; none where a data file was
    /// opened without its folder.
    pub fn vault(&self) -> Option<&Vault> {
        self.home.as_ref().map(|home| &home.vault)
    }

    /// Returns the key of the vault, to open it again after it was let go.
    pub fn key(&self) -> Option<&Key> {
        self.home.as_ref().map(|home| &home.key)
    }

    /// Returns the present instant.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Returns the student's zone: the one set, else the machine's.
    pub fn zone(&self) -> Result<TimeZone> {
        let named = self
            .reader
            .read(|snapshot| snapshot.setting(student::ZONE))?;
        Ok(named
            .and_then(|name| TimeZone::get(&name).ok())
            .unwrap_or_else(|| self.clock.zone()))
    }

    /// Returns today's day in the student's zone.
    pub fn today(&self) -> Result<Date> {
        Ok(self.now().to_zoned_datetime(self.zone()?).date())
    }

    /// Returns the reading side.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    pub(crate) fn new_id(&self) -> uuid::Uuid {
        self.ids.next()
    }

    /// Writes one operation, and returns its id beside the result.
    pub(crate) fn write<T>(
        &self,
        verb: &str,
        subject: &str,
        description: &str,
        f: impl FnOnce(&mut store::Writing<'_>) -> Result<T>,
    ) -> Result<Done<T>> {
        self.write_op(verb, subject, description, false, f)
    }

    pub(crate) fn write_op<T>(
        &self,
        verb: &str,
        subject: &str,
        description: &str,
        extend: bool,
        f: impl FnOnce(&mut store::Writing<'_>) -> Result<T>,
    ) -> Result<Done<T>> {
        let id = OperationId(self.new_id());
        let op = store::NewOperation {
            id,
            at: self.now(),
            verb,
            subject,
            description,
            extend,
        };
        let result = self.pen.write(op, f)?;
        if extend {
            // What was extended keeps the identity it began with.
            let last = self.reader.read(|snapshot| snapshot.last_operation())?;
            if let Some(last) = last.filter(|last| last.verb == verb && last.subject == subject) {
                return Ok(Done {
                    operation: last.id,
                    result,
                });
            }
        }
        Ok(Done {
            operation: id,
            result,
        })
    }
}

/// What a verb returns: its operation, which can be undone, and its result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done<T> {
    /// The operation. Where nothing had to be changed, no such operation is kept.
    pub operation: OperationId,
    /// What the verb reports.
    pub result: T,
}
