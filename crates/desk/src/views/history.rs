//! Everything that was changed, and what can be undone.

use domain::OperationId;
use serde::Serialize;
use store::{NotUndoable, OperationRow, Reader};

use crate::{DeskError, Result};

/// One operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OperationLine {
    /// Its id.
    pub id: String,
    /// Its place in the order of operations.
    pub seq: i64,
    /// When it was, in UTC.
    pub at: String,
    /// The verb.
    pub verb: String,
    /// What it did, in words.
    pub description: String,
    /// Rows that it touched.
    pub n_changes: usize,
    /// The operation that this one undid.
    pub undoes: Option<String>,
    /// The operation that undid this one.
    pub undone_by: Option<String>,
    /// Why it can no longer be undone; `null` when it can.
    pub undo_ended: Option<String>,
}

/// Operations, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct History {
    /// The operations.
    pub operations: Vec<OperationLine>,
    /// Where the next page begins, if there is one.
    pub next: Option<i64>,
}

/// Returns operations, newest first, before a place in the order.
pub fn history(reader: &Reader, limit: usize, before: Option<i64>) -> Result<History> {
    reader.read(|snapshot| {
        let mut rows = snapshot.history(limit + 1, before)?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = if more {
            rows.last().map(|row| row.seq)
        } else {
            None
        };
        Ok(History {
            operations: rows.into_iter().map(operation_line).collect(),
            next,
        })
    })
}

/// Returns the operation that a plain "undo" would undo: the newest one that is
/// neither undone nor itself an undo.
///
/// # Errors
/// [`DeskError::NothingToUndo`] where there is none.
pub fn last_undoable(reader: &Reader) -> Result<OperationId> {
    /// Operations looked through at a time.
    const STEP: usize = 50;
    reader.read(|snapshot| {
        let mut before = None;
        loop {
            let rows = snapshot.history(STEP, before)?;
            let Some(last) = rows.last() else {
                return Err(DeskError::NothingToUndo);
            };
            before = Some(last.seq);
            let found = rows
                .iter()
                .find(|row| row.undone_by.is_none() && row.undoes.is_none());
            if let Some(row) = found {
                return Ok(row.id);
            }
        }
    })
}

/// Returns one operation.
///
/// # Errors
/// [`DeskError::NotThere`] where none has the id.
pub fn operation(reader: &Reader, id: OperationId) -> Result<OperationLine> {
    reader.read(|snapshot| {
        snapshot
            .operation(id)?
            .map(operation_line)
            .ok_or_else(|| DeskError::not_there("change", id))
    })
}

fn operation_line(row: OperationRow) -> OperationLine {
    OperationLine {
        id: row.id.to_string(),
        seq: row.seq,
        at: row.at.to_string(),
        verb: row.verb,
        description: row.description,
        n_changes: row.n_changes,
        undoes: row.undoes.map(|id| id.to_string()),
        undone_by: row.undone_by.map(|id| id.to_string()),
        undo_ended: match row.undoable {
            Err(NotUndoable::BeyondLine { reason }) => Some(reason),
            _ => None,
        },
    }
}
