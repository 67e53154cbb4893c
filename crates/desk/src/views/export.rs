//! Everything that is stored, as tables.

use formats::export::{Cell, Table};
use store::{Reader, Value};

use crate::Result;

/// Returns every table of the vault, rows in the order they were made.
pub fn export(reader: &Reader) -> Result<Vec<Table>> {
    reader.read(|snapshot| {
        let tables = snapshot.dump()?.into_iter().map(|table| Table {
            name: table.name,
            columns: table.columns,
            rows: table
                .rows
                .into_iter()
                .map(|row| row.into_iter().map(cell).collect())
                .collect(),
        });
        Ok(tables.collect())
    })
}

fn cell(value: Value) -> Cell {
    match value {
        Value::Null => Cell::Null,
        Value::Integer(n) => Cell::Integer(n),
        Value::Real(x) => Cell::Real(x),
        Value::Text(text) => Cell::Text(text),
    }
}
