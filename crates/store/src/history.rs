//! What was done, and what each operation changed.

use domain::OperationId;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use crate::error::Result;
use crate::operation::Snapshot;
use crate::sql::{Columns, literals, stored_count};

/// An operation, as the history shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationRow {
    /// Its number: later ones are greater.
    pub seq: i64,
    /// Its identity.
    pub id: OperationId,
    /// When it took place, or was last extended.
    pub at: Timestamp,
    /// What was done ("log interaction").
    pub verb: String,
    /// What it was done to: an identity, or empty.
    pub subject: String,
    /// What a person reads.
    pub description: String,
    /// Rows that it added, changed or deleted.
    pub n_changes: usize,
    /// The operation that it takes back, where it is an undo.
    pub undoes: Option<OperationId>,
    /// The undo that took it back, where one did.
    pub undone_by: Option<OperationId>,
    /// Whether it can be undone as far as its own state goes; later operations
    /// may still stand in the way.
    pub undoable: Result<(), NotUndoable>,
}

/// Why an operation can not be undone, whatever came after it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotUndoable {
    /// It is undone already.
    #[error("it is undone already")]
    Undone,
    /// It lies before a migration that changed the tables it touched, or it
    /// touched somebody who was forgotten.
    #[error("{reason}")]
    BeyondLine {
        /// What the migration changed, or that somebody was forgotten.
        reason: String,
    },
}

/// One row that an operation touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeRow {
    /// The table.
    pub table: String,
    /// The row's number inside the vault.
    pub row: i64,
    /// Its image from before, a JSON object; `None`: it was not there.
    pub before: Option<String>,
    /// Its image from after, a JSON object; `None`: it is gone.
    pub after: Option<String>,
}

/// How much is stored: for headers and empty pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Counts {
    /// People who were not put aside.
    pub people: usize,
    /// People who were put aside.
    pub archived: usize,
    /// People in the trash.
    pub trashed: usize,
    /// Programs on the student's list.
    pub listed: usize,
}

const COLUMNS: &str = "o.seq, o.uuid, o.at_us, o.verb, o.subject, o.description, o.n_changes,
    (SELECT uuid FROM operation WHERE seq = o.undoes), (SELECT uuid FROM operation WHERE seq = o.undone_by),
    coalesce((SELECT reason FROM undo_line WHERE seq >= o.seq ORDER BY seq, rowid LIMIT 1),
        (SELECT reason FROM ended WHERE operation = o.seq))";

impl Snapshot<'_> {
    /// Returns operations, the latest first: at most `limit`, all with numbers
    /// less than `before` where that is given.
    pub fn history(&self, limit: usize, before: Option<i64>) -> Result<Vec<OperationRow>> {
        let mut statement = self.prepare(&format!(
            "SELECT {COLUMNS} FROM operation o WHERE o.seq < ?1 ORDER BY o.seq DESC LIMIT ?2"
        ))?;
        let before = before.unwrap_or(i64::MAX);
        let rows = statement.query_map(params![before, stored_count(limit)], operation_at)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns an operation.
    pub fn operation(&self, id: OperationId) -> Result<Option<OperationRow>> {
        let found = self
            .prepare(&format!(
                "SELECT {COLUMNS} FROM operation o WHERE o.uuid = ?1"
            ))?
            .query_row([id.to_string()], operation_at)
            .optional()?;
        Ok(found)
    }

    /// Returns the latest operation, undo included.
    pub fn last_operation(&self) -> Result<Option<OperationRow>> {
        Ok(self.history(1, None)?.pop())
    }

    /// Returns whether a row of one of the tables was touched since `last` was
    /// the latest operation, or somebody was forgotten.
    pub fn touched_since(&self, last: &OperationRow, tables: &[&str]) -> Result<bool> {
        // Forgetting leaves no changes, and an operation may have been extended.
        let touched = self
            .prepare(&format!(
                "SELECT EXISTS (SELECT 1 FROM operation o
                 WHERE (o.seq > ?1 OR o.seq = ?1 AND o.n_changes <> ?2)
                    AND (o.n_changes = 0 OR EXISTS (SELECT 1 FROM change c
                        WHERE c.operation = o.seq AND c.table_name IN ({}))))",
                literals(tables.iter().copied())
            ))?
            .query_row(params![last.seq, stored_count(last.n_changes)], |row| {
                row.get(0)
            })?;
        Ok(touched)
    }

    /// Returns the rows that an operation touched, by table and number.
    pub fn changes(&self, id: OperationId) -> Result<Vec<ChangeRow>> {
        let mut statement = self.prepare(
            "SELECT c.table_name, c.row, c.before, c.after FROM change c
             JOIN operation o ON o.seq = c.operation
             WHERE o.uuid = ?1 ORDER BY c.table_name, c.row",
        )?;
        let rows = statement.query_map([id.to_string()], |row| {
            Ok(ChangeRow {
                table: row.get(0)?,
                row: row.get(1)?,
                before: row.get(2)?,
                after: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns how much is stored.
    pub fn counts(&self) -> Result<Counts> {
        let mut statement = self.prepare(
            "SELECT (SELECT count(*) FROM person WHERE archived = 0),
                (SELECT count(*) FROM person WHERE archived = 1),
                (SELECT count(*) FROM listing), (SELECT count(*) FROM trash)",
        )?;
        let counts = statement.query_row([], |row| {
            Ok(Counts {
                people: row.count(0)?,
                archived: row.count(1)?,
                listed: row.count(2)?,
                trashed: row.count(3)?,
            })
        })?;
        Ok(counts)
    }
}

/// Returns an operation by its number.
pub(crate) fn operation_row(snapshot: &Snapshot<'_>, seq: i64) -> Result<OperationRow> {
    let row = snapshot
        .prepare(&format!(
            "SELECT {COLUMNS} FROM operation o WHERE o.seq = ?1"
        ))?
        .query_row([seq], operation_at)?;
    Ok(row)
}

fn operation_at(row: &Row<'_>) -> rusqlite::Result<OperationRow> {
    let undone_by = row.id_or_null(8)?;
    let line: Option<String> = row.get(9)?;
    let undoable = match (undone_by, line) {
        (Some(_), _) => Err(NotUndoable::Undone),
        (None, Some(reason)) => Err(NotUndoable::BeyondLine { reason }),
        (None, None) => Ok(()),
    };
    Ok(OperationRow {
        seq: row.get(0)?,
        id: row.id(1)?,
        at: row.instant(2)?,
        verb: row.get(3)?,
        subject: row.get(4)?,
        description: row.get(5)?,
        n_changes: row.count(6)?,
        undoes: row.id_or_null(7)?,
        undone_by,
        undoable,
    })
}
