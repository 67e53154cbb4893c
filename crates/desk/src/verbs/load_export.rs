//! Takes a whole export into a vault that holds nothing yet.

use std::io::BufRead;

use formats::export::{Cell, Table, read_json};
use serde::Serialize;
use store::{DumpTable, LoadError, Value};

use crate::{Desk, DeskError, Done, Result};

/// What was taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct LoadedExport {
    /// People, those in the trash included.
    pub people: usize,
    /// Interactions.
    pub interactions: usize,
    /// Messages.
    pub messages: usize,
}

impl Desk {
    /// Returns whether nothing is stored but settings, so that an export can be taken over whole.
    pub fn is_unused(&self) -> Result<bool> {
        Ok(self
            .reader
            .read(|snapshot| snapshot.used_table())?
            .is_none())
    }

    /// Takes over everything that an export holds, so that the next export is the same file.
    ///
    /// # Errors
    /// [`DeskError::Bad`] where the vault holds something, or the file is no export that fits, with the place; nothing
    /// is changed then.
    pub fn load_export(&self, input: &mut dyn BufRead) -> Result<Done<LoadedExport>> {
        let tables = read_json(input).map_err(|error| {
            DeskError::bad("export", error, "the file vouch.json, as Export wrote it")
        })?;
        let count = |name: &str| {
            let table = tables.iter().find(|table| table.name == name);
            table.map_or(0, |table| table.rows.len())
        };
        let loaded = LoadedExport {
            people: count("person"),
            interactions: count("interaction"),
            messages: count("message"),
        };
        let tables: Vec<DumpTable> = tables.into_iter().map(dumped).collect();
        self.write("load-export", "", "Bring back an export", |writing| {
            writing.load(&tables).map_err(refused)?;
            writing.describe(&format!(
                "Bring back an export: {} people, {} interactions",
                loaded.people, loaded.interactions
            ));
            Ok(loaded)
        })
    }
}

fn refused(error: LoadError) -> DeskError {
    let would_do = match error {
        LoadError::Store(store::StoreError::Damaged(_)) => {
            return DeskError::bad(
                "export",
                "a value that no Vouch writes",
                "the file vouch.json, as Export wrote it",
            );
        }
        LoadError::Store(error) => return error.into(),
        LoadError::NotEmpty { .. } => {
            "a new vault, which takes everything over, or the same file under Import, which compares each person"
        }
        LoadError::UnknownTable { .. } | LoadError::UnknownColumn { .. } => {
            "this file with the Vouch that wrote it, or a later one"
        }
        LoadError::Row { .. } | LoadError::Dangling { .. } => {
            "the file vouch.json, as Export wrote it"
        }
    };
    DeskError::bad("export", error, would_do)
}

fn dumped(table: Table) -> DumpTable {
    DumpTable {
        name: table.name,
        columns: table.columns,
        rows: table
            .rows
            .into_iter()
            .map(|row| row.into_iter().map(value).collect())
            .collect(),
    }
}

fn value(cell: Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Integer(n) => Value::Integer(n),
        Cell::Real(x) => Value::Real(x),
        Cell::Text(text) => Value::Text(text),
    }
}
