//! Everything that is stored, table by table: for exports, and for comparing.

use rusqlite::types::ValueRef;

use crate::error::{Result, StoreError};
use crate::operation::Snapshot;
use crate::sql::quoted;
use crate::triggers::{LoggedTable, logged_tables};

/// A stored value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Not there.
    Null,
    /// A whole number; yes is 1 and no is 0, an instant is in microseconds.
    Integer(i64),
    /// Any other number.
    Real(f64),
    /// A text; days are "2026-02-08".
    Text(String),
}

/// One table with all its rows, in the order in which they were added.
#[derive(Clone, Debug, PartialEq)]
pub struct DumpTable {
    /// The table.
    pub name: String,
    /// The columns; the first is `id`.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Value>>,
}

impl Snapshot<'_> {
    /// Returns every logged table. The log itself and search are not part of it.
    pub fn dump(&self) -> Result<Vec<DumpTable>> {
        let mut tables = Vec::new();
        self.dump_each(|table| {
            tables.push(table);
            Ok::<_, StoreError>(())
        })?;
        Ok(tables)
    }

    /// Hands every logged table on, one after the other, so that never more than one is held.
    ///
    /// # Errors
    /// Those of reading, and those of `take`.
    pub fn dump_each<E: From<StoreError>>(
        &self,
        mut take: impl FnMut(DumpTable) -> Result<(), E>,
    ) -> Result<(), E> {
        for table in logged_tables(self.connection())? {
            take(self.dump_table(table)?)?;
        }
        Ok(())
    }

    fn dump_table(&self, table: LoggedTable) -> Result<DumpTable> {
        let mut columns = vec!["id".to_owned()];
        columns.extend(table.columns);
        let names: Vec<String> = columns.iter().map(|c| quoted(c)).collect();
        let mut statement = self.prepare(&format!(
            "SELECT {} FROM {} ORDER BY id",
            names.join(", "),
            quoted(&table.name)
        ))?;
        let mut found = statement.query([])?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            let values = (0..columns.len()).map(|i| Ok(value_of(row.get_ref(i)?)));
            rows.push(values.collect::<Result<_>>()?);
        }
        Ok(DumpTable {
            name: table.name,
            columns,
            rows,
        })
    }
}

fn value_of(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => Value::Integer(n),
        ValueRef::Real(x) => Value::Real(x),
        // Logged tables hold no blobs, and texts are written as UTF-8.
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
            Value::Text(String::from_utf8_lossy(bytes).into_owned())
        }
    }
}
