//! What can go wrong, as values that a face makes sentences of.

use domain::OperationId;
use rusqlite::ErrorCode;

use crate::history::OperationRow;

/// The result of reading or writing.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Why reading or writing did not work.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk is full; the operation was rolled back.
    #[error("no space is left on the disk")]
    NoSpace,
    /// Another process kept the vault for longer than the busy wait.
    #[error("the vault is in use by another process")]
    Busy,
    /// The file or its folder cannot be written.
    #[error("the vault cannot be written")]
    ReadOnly,
    /// Something that the caller named is not stored.
    #[error("{what} {id} is not stored")]
    Missing {
        /// What kind of thing ("person").
        what: &'static str,
        /// Its identity.
        id: String,
    },
    /// A row was written outside an operation, which nothing may do.
    #[error("write outside an operation")]
    OutsideOperation,
    /// The file is damaged, or holds a value that no version has written.
    #[error("the vault is damaged")]
    Damaged(#[source] rusqlite::Error),
    /// Anything else that SQLite says.
    #[error("the vault could not be used")]
    Sqlite(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        if let rusqlite::Error::FromSqlConversionFailure(..)
        | rusqlite::Error::InvalidColumnType(..)
        | rusqlite::Error::IntegralValueOutOfRange(..) = error
        {
            return Self::Damaged(error);
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::NoSpace,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(error),
            Some(ErrorCode::ConstraintViolation) if is_outside_operation(&error) => {
                Self::OutsideOperation
            }
            _ => Self::Sqlite(error),
        }
    }
}

fn is_outside_operation(error: &rusqlite::Error) -> bool {
    matches!(error, rusqlite::Error::SqliteFailure(_, Some(text)) if text.starts_with(crate::triggers::OUTSIDE))
}

/// Why a vault did not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The key does not fit, or the file is something else: encryption makes
    /// the two look alike.
    #[error("the key does not fit, or the file is not a vault")]
    WrongKeyOrNotAVault,
    /// A later version of Vouch has written the file.
    #[error("the vault has version {found}, and this program knows versions up to {known}")]
    NewerVault {
        /// The version of the file.
        found: u32,
        /// The latest version that this program knows.
        known: u32,
    },
    /// The file or its folder cannot be written.
    #[error("the vault or its folder cannot be written")]
    ReadOnly,
    /// The disk is full.
    #[error("no space is left on the disk")]
    NoSpace,
    /// Another process kept the vault for longer than the busy wait.
    #[error("the vault is in use by another process")]
    Busy,
    /// The file system refused.
    #[error("the vault's file could not be opened")]
    Io(#[source] std::io::Error),
    /// Anything else.
    #[error("the vault could not be opened")]
    Store(#[source] StoreError),
}

impl From<StoreError> for OpenError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NoSpace => Self::NoSpace,
            StoreError::Busy => Self::Busy,
            StoreError::ReadOnly => Self::ReadOnly,
            other => Self::Store(other),
        }
    }
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::WrongKeyOrNotAVault,
            // The main file was created or found writable before SQLite was
            // asked, so this is the folder refusing the log beside it.
            Some(ErrorCode::CannotOpen) => Self::ReadOnly,
            _ => StoreError::from(error).into(),
        }
    }
}

impl From<std::io::Error> for OpenError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
                Self::ReadOnly
            }
            std::io::ErrorKind::StorageFull => Self::NoSpace,
            _ => Self::Io(error),
        }
    }
}

/// Why an operation was not undone. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum UndoError {
    /// There is no such operation.
    #[error("operation {0} is not stored")]
    Missing(OperationId),
    /// It is undone already.
    #[error("the operation is undone already")]
    Undone,
    /// It lies before a migration that changed the tables it touched, or it
    /// touched somebody who was forgotten.
    #[error("the operation cannot be undone any more: {reason}")]
    BeyondLine {
        /// What the migration changed, or that somebody was forgotten.
        reason: String,
    },
    /// Later operations stand in the way, the newest first; undoing them too,
    /// with [`crate::Pen::undo_with_later`], would do.
    #[error("{} later operations touch the same rows", later.len())]
    Refused {
        /// The later operations, newest first.
        later: Vec<OperationRow>,
    },
    /// Reading or writing failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for UndoError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}
