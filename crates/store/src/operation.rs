//! Writing: every write is one operation, or it does not happen.

use std::ops::Deref;
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::OperationId;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use crate::error::{Result, StoreError};
use crate::search;
use crate::triggers::LoggedTable;

/// What an operation is called. `id` and `at` come from the caller, because
/// nothing below asks a clock or makes random numbers.
#[derive(Clone, Copy, Debug)]
pub struct NewOperation<'a> {
    /// Its identity; not used where it extends an earlier one.
    pub id: OperationId,
    /// When it takes place.
    pub at: Timestamp,
    /// What is done ("log interaction").
    pub verb: &'a str,
    /// What it is done to: an identity, or empty.
    pub subject: &'a str,
    /// What a person reads in the history; [`Writing::describe`] replaces it.
    pub description: &'a str,
    /// Continue the latest operation, if that has the same verb and subject:
    /// typing in a draft is one operation until something else is done.
    pub extend: bool,
}

/// The only writer of a vault.
#[derive(Debug)]
pub struct Pen {
    connection: Mutex<Connection>,
    tables: Vec<LoggedTable>,
}

impl Pen {
    pub(crate) fn new(connection: Connection, tables: Vec<LoggedTable>) -> Self {
        Self {
            connection: Mutex::new(connection),
            tables,
        }
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Connection> {
        // A panic inside an operation rolled it back while unwinding, so the
        // connection behind a poisoned lock is as good as new.
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn tables(&self) -> &[LoggedTable] {
        &self.tables
    }

    /// Runs `f` as one operation, and keeps all that it wrote or nothing.
    ///
    /// An error of `f` rolls everything back. Where `f` changes nothing, or
    /// takes back what it changed, no operation is kept.
    pub fn write<T, E: From<StoreError>>(
        &self,
        operation: NewOperation<'_>,
        f: impl FnOnce(&mut Writing<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.lock();
        let transaction = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::from)?;
        let begun = Begun::begin(&transaction, &operation)?;
        let mut writing = Writing {
            snapshot: Snapshot::of(&transaction),
            tables: &self.tables,
            description: None,
        };
        let answer = f(&mut writing)?;
        let description = writing.description.take();
        let keep = begun.finish(&transaction, &operation, description.as_deref())?;
        let end = if keep {
            transaction.commit()
        } else {
            transaction.rollback()
        };
        end.map_err(StoreError::from)?;
        Ok(answer)
    }
}

/// An operation that has a row and takes changes.
pub(crate) struct Begun {
    pub(crate) seq: i64,
    extends: bool,
    changes_before: u64,
}

impl Begun {
    /// Opens a new operation, or the latest one again where it is extended.
    pub(crate) fn begin(connection: &Connection, operation: &NewOperation<'_>) -> Result<Self> {
        let earlier = if operation.extend {
            extended(connection, operation)?
        } else {
            None
        };
        let seq = match earlier {
            Some(seq) => seq,
            None => insert(connection, operation)?,
        };
        connection
            .prepare_cached("INSERT INTO temp.current_operation (only, seq) VALUES (1, ?1)")?
            .execute([seq])?;
        Ok(Self {
            seq,
            extends: earlier.is_some(),
            changes_before: connection.total_changes(),
        })
    }

    /// Closes the operation. Returns whether there is anything to commit.
    fn finish(
        self,
        connection: &Connection,
        operation: &NewOperation<'_>,
        description: Option<&str>,
    ) -> Result<bool> {
        if connection.total_changes() == self.changes_before {
            return Ok(false);
        }
        let n_changes = self.settle(connection)?;
        if n_changes == 0 {
            if self.extends {
                connection.execute("DELETE FROM operation WHERE seq = ?1", [self.seq])?;
            }
            // A new operation goes with the rollback; an extended one that
            // came back to where it began has to be taken away.
            return Ok(self.extends);
        }
        connection
            .prepare_cached(
                "UPDATE operation SET at_us = ?2, description = ?3, n_changes = ?4 WHERE seq = ?1",
            )?
            .execute(params![
                self.seq,
                operation.at.as_microsecond(),
                description.unwrap_or(operation.description),
                n_changes,
            ])?;
        Ok(true)
    }

    /// Drops images that say "as before", counts the others, and brings search
    /// up to what is written now.
    pub(crate) fn settle(&self, connection: &Connection) -> Result<i64> {
        connection
            .prepare_cached("DELETE FROM temp.current_operation")?
            .execute([])?;
        connection
            .prepare_cached("DELETE FROM change WHERE operation = ?1 AND before IS after")?
            .execute([self.seq])?;
        search::index_people(connection)?;
        let n_changes = connection
            .prepare_cached("SELECT count(*) FROM change WHERE operation = ?1")?
            .query_row([self.seq], |row| row.get(0))?;
        Ok(n_changes)
    }
}

fn insert(connection: &Connection, operation: &NewOperation<'_>) -> Result<i64> {
    connection
        .prepare_cached(
            "INSERT INTO operation (uuid, at_us, verb, subject, description) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            operation.id.to_string(),
            operation.at.as_microsecond(),
            operation.verb,
            operation.subject,
            operation.description,
        ])?;
    Ok(connection.last_insert_rowid())
}

/// Returns the latest operation, if it is of the same kind and can still grow.
fn extended(connection: &Connection, operation: &NewOperation<'_>) -> Result<Option<i64>> {
    let found = connection
        .prepare_cached(
            "SELECT seq FROM operation
             WHERE seq = (SELECT max(seq) FROM operation)
               AND verb = ?1 AND subject = ?2 AND undoes IS NULL AND undone_by IS NULL
               AND seq > (SELECT coalesce(max(seq), 0) FROM undo_line)
               AND seq NOT IN (SELECT operation FROM ended)",
        )?
        .query_row([operation.verb, operation.subject], |row| row.get(0))
        .optional()?;
    Ok(found)
}

/// What one moment of the vault answers.
#[derive(Clone, Copy, Debug)]
pub struct Snapshot<'c> {
    connection: &'c Connection,
}

impl<'c> Snapshot<'c> {
    pub(crate) fn of(connection: &'c Connection) -> Self {
        Self { connection }
    }

    /// Returns the connection, which lives longer than this value.
    pub(crate) fn connection(&self) -> &'c Connection {
        self.connection
    }

    /// Returns a prepared statement, from the connection's store of them.
    pub(crate) fn prepare(&self, sql: &str) -> rusqlite::Result<rusqlite::CachedStatement<'c>> {
        self.connection.prepare_cached(sql)
    }

    /// Returns the row of something with an identity, if it is stored.
    pub(crate) fn row_of(&self, table: &str, uuid: &str) -> Result<Option<i64>> {
        let found = self
            .prepare(&format!("SELECT id FROM {table} WHERE uuid = ?1"))?
            .query_row([uuid], |row| row.get(0))
            .optional()?;
        Ok(found)
    }

    /// Returns the row of something that must be there.
    pub(crate) fn row_that_must_be(&self, what: &'static str, uuid: &str) -> Result<i64> {
        self.row_of(what, uuid)?.ok_or_else(|| StoreError::Missing {
            what,
            id: uuid.to_owned(),
        })
    }
}

/// An operation in progress. It reads what it has already written, through all
/// that a [`Snapshot`] offers but the search over people, which follows when the
/// operation ends.
#[derive(Debug)]
pub struct Writing<'c> {
    snapshot: Snapshot<'c>,
    tables: &'c [LoggedTable],
    description: Option<String>,
}

impl<'c> Writing<'c> {
    /// Sets what a person reads in the history, now that it is known.
    pub fn describe(&mut self, text: &str) {
        self.description = Some(text.to_owned());
    }

    /// Returns every logged table, in the order of the schema.
    pub(crate) fn tables(&self) -> &'c [LoggedTable] {
        self.tables
    }
}

impl<'c> Deref for Writing<'c> {
    type Target = Snapshot<'c>;

    fn deref(&self) -> &Snapshot<'c> {
        &self.snapshot
    }
}
