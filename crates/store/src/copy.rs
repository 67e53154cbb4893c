//! Whole vaults as files: copies under another key, and whether a copy is whole.

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};
use zeroize::Zeroizing;

use crate::error::{OpenError, StoreError};
use crate::key::Key;
use crate::migrate::MIGRATIONS;
use crate::open::{APPLICATION_ID, initialise};
use crate::sql::Columns;

/// What is in a vault, in numbers that a student compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contents {
    /// The version of the tables.
    pub version: u32,
    /// People, archived ones too.
    pub people: usize,
    /// Interactions.
    pub interactions: usize,
    /// How often people were forgotten.
    pub forgettings: usize,
    /// When the latest operation took place, if there was one.
    pub last_change: Option<Timestamp>,
}

/// Why a file is not a whole vault.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// It does not open.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// It opens, and what it holds does not agree with itself.
    #[error("the check \"{check}\" found: {found}")]
    NotWhole {
        /// The check that failed.
        check: &'static str,
        /// What it says; never a value that the student wrote.
        found: String,
    },
}

impl From<rusqlite::Error> for CheckError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Open(error.into())
    }
}

/// Returns the version of the tables in the vault at `path`; 0 where there is
/// no vault yet, or an empty one. Nothing is changed.
pub fn stored_version(path: &Path, key: &Key) -> Result<u32, OpenError> {
    if !std::fs::metadata(path).is_ok_and(|file| file.len() > 0) {
        return Ok(0);
    }
    let connection = look_into(path, key)?;
    Ok(number(&connection, "user_version")?)
}

/// Writes a copy of the vault at `path`, as it is at this moment, to `to`,
/// which must not be there yet, under the key `to_key`.
///
/// Others may read and write meanwhile. The copy has no free pages, so nothing
/// that was deleted is in it. It has reached the disk when this returns; where
/// it fails, the caller takes away what is there of `to`.
///
/// # Complexity
/// Reads and writes every page once.
pub fn copy(path: &Path, key: &Key, to: &Path, to_key: &Key) -> Result<(), OpenError> {
    let connection = look_into(path, key)?;
    let target = uri(to, to_key)?;
    connection.execute("VACUUM INTO ?1", [target.as_str()])?;
    // SQLite writes such a copy without waiting for the disk.
    std::fs::OpenOptions::new()
        .write(true)
        .open(to)?
        .sync_all()?;
    Ok(())
}

/// Checks the vault at `path` from top to bottom, and returns what is in it.
///
/// Every page must agree with its authentication code, every index with its
/// table, every reference with its row, and the version must be known.
/// Nothing is changed.
///
/// # Complexity
/// Reads every page three times.
pub fn check(path: &Path, key: &Key) -> Result<Contents, CheckError> {
    let connection = look_into(path, key)?;
    if number(&connection, "application_id")? != APPLICATION_ID.cast_unsigned() {
        return Err(OpenError::WrongKeyOrNotAVault.into());
    }
    let found = number(&connection, "user_version")?;
    let known = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
    if found > known {
        return Err(OpenError::NewerVault { found, known }.into());
    }
    for check in [
        "cipher_integrity_check",
        "integrity_check",
        "foreign_key_check",
    ] {
        if let Some(found) = complaint(&connection, check)? {
            return Err(CheckError::NotWhole { check, found });
        }
    }
    let contents = connection.query_row(
        "SELECT (SELECT count(*) FROM person), (SELECT count(*) FROM interaction),
            (SELECT at_us FROM operation ORDER BY seq DESC LIMIT 1),
            (SELECT count(*) FROM operation WHERE verb = 'forget-people')",
        [],
        |row| {
            let last: Option<i64> = row.get(2)?;
            Ok(Contents {
                version: found,
                people: row.count(0)?,
                interactions: row.count(1)?,
                forgettings: row.count(3)?,
                last_change: last.and_then(|us| Timestamp::from_microsecond(us).ok()),
            })
        },
    )?;
    Ok(contents)
}

/// Returns the first thing that a check complains about.
fn complaint(connection: &Connection, check: &str) -> rusqlite::Result<Option<String>> {
    let mut statement = connection.prepare(&format!("PRAGMA {check}"))?;
    let mut rows = statement.query([])?;
    match rows.next()? {
        None => Ok(None),
        // A foreign key that leads nowhere comes with the name of its table first.
        Some(row) => Ok(Some(row.get::<_, String>(0)?).filter(|said| said != "ok")),
    }
}

fn number(connection: &Connection, pragma: &str) -> rusqlite::Result<u32> {
    connection.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get(0))
}

/// Opens a vault without changing anything in it.
///
/// The connection may write all the same: one that may not could not read what
/// still lies in the log.
fn look_into(path: &Path, key: &Key) -> Result<Connection, OpenError> {
    // An absolute path is never taken for an address.
    let path = std::path::absolute(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    initialise();
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.execute_batch("PRAGMA cipher_log_level = NONE")?;
    connection.execute_batch(&key.pragma())?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(connection)
}

/// Returns the address under which SQLCipher makes a file with a raw key.
fn uri(path: &Path, key: &Key) -> Result<Zeroizing<String>, OpenError> {
    let path = std::path::absolute(path)?;
    let path = path.to_str().ok_or_else(|| {
        OpenError::Store(StoreError::Sqlite(rusqlite::Error::InvalidPath(
            path.clone(),
        )))
    })?;
    let mut text = Zeroizing::new(String::with_capacity(3 * path.len() + 100));
    text.push_str("file:");
    if cfg!(windows) {
        text.push('/');
    }
    for byte in path.bytes() {
        match byte {
            b'\\' if cfg!(windows) => text.push('/'),
            b'/' | b'.' | b'-' | b'_' => text.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => text.push(char::from(byte)),
            b':' if cfg!(windows) => text.push(':'),
            _ => text.push_str(&format!("%{byte:02x}")),
        }
    }
    text.push_str("?key=x%27");
    text.push_str(&key.hex());
    text.push_str("%27");
    Ok(text)
}
