//! Everything that is stored, as tables.

use std::convert::Infallible;

use formats::export::{Cell, Table};
use store::{DumpTable, Reader, Value};

use crate::views::trash::everybody_in_trash;
use crate::{Desk, DeskError, Result};

/// A list of who can come back, which means nothing outside of its vault.
const TRASH: &str = "trash";

/// Returns every table of the vault, rows in the order they were made. Deleted
/// people are not in them.
pub fn export(reader: &Reader) -> Result<Vec<Table>> {
    reader.read(|snapshot| Ok(tables(snapshot.dump()?)))
}

impl Desk {
    /// Returns every table of the vault as [`export`] does, with deleted people
    /// in it as if they were restored. Nothing is changed.
    pub fn export_with_trash(&self) -> Result<Vec<Table>> {
        /// How the writing ends: with the tables, and never with a change.
        enum Ended {
            Exported(Vec<DumpTable>),
            Failed(store::StoreError),
        }
        impl From<store::StoreError> for Ended {
            fn from(error: store::StoreError) -> Self {
                Self::Failed(error)
            }
        }
        let everybody = everybody_in_trash(self.reader())?;
        let operation = store::NewOperation {
            id: domain::OperationId(self.new_id()),
            at: self.now(),
            verb: "export",
            subject: "",
            description: "Export with the trash",
            extend: false,
        };
        let ended = self.pen.write::<Infallible, Ended>(operation, |writing| {
            writing.restore_people(&everybody)?;
            Err(Ended::Exported(writing.dump()?))
        });
        match ended {
            Err(Ended::Exported(dump)) => Ok(tables(dump)),
            Err(Ended::Failed(error)) => Err(DeskError::Store(error)),
            Ok(never) => match never {},
        }
    }
}

fn tables(dump: Vec<DumpTable>) -> Vec<Table> {
    let tables = dump.into_iter().filter(|table| table.name != TRASH);
    tables
        .map(|table| Table {
            name: table.name,
            columns: table.columns,
            rows: table
                .rows
                .into_iter()
                .map(|row| row.into_iter().map(cell).collect())
                .collect(),
        })
        .collect()
}

fn cell(value: Value) -> Cell {
    match value {
        Value::Null => Cell::Null,
        Value::Integer(n) => Cell::Integer(n),
        Value::Real(x) => Cell::Real(x),
        Value::Text(text) => Cell::Text(text),
    }
}
