//! Undoes an operation; an undo is an operation itself.

use domain::OperationId;

use crate::{Desk, DeskError, Done, Result};

impl Desk {
    /// Undoes an operation, and with `with_later` those that touched the same
    /// things after it.
    ///
    /// # Errors
    /// [`DeskError::UndoNeedsLater`] names the later operations when they were
    /// not asked for; [`DeskError::UndoEnded`] says why it can no longer be done.
    pub fn undo_operation(&self, target: OperationId, with_later: bool) -> Result<Done<()>> {
        let row = self
            .reader
            .read(|snapshot| snapshot.operation(target))?
            .ok_or_else(|| DeskError::not_there("change", target))?;
        let id = OperationId(self.new_id());
        let description = format!("Undo: {}", row.description);
        let op = store::NewOperation {
            id,
            at: self.now(),
            verb: "undo",
            subject: &target.to_string(),
            description: &description,
            extend: false,
        };
        let undone = if with_later {
            self.pen.undo_with_later(op, target).map(drop)
        } else {
            self.pen.undo(op, target)
        };
        match undone {
            Ok(()) => Ok(Done {
                operation: id,
                result: (),
            }),
            Err(error) => Err(undo_error(error)),
        }
    }
}

fn undo_error(error: store::UndoError) -> DeskError {
    match error {
        store::UndoError::Refused { later } => DeskError::UndoNeedsLater {
            later: later
                .into_iter()
                .map(|row| (row.id, row.description))
                .collect(),
        },
        store::UndoError::Missing(id) => DeskError::not_there("change", id),
        store::UndoError::Undone => DeskError::UndoEnded("it is undone already".to_owned()),
        store::UndoError::BeyondLine { reason } => DeskError::UndoEnded(reason),
        store::UndoError::Store(error) => DeskError::Store(error),
    }
}
