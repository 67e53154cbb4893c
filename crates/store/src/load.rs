//! Everything that an export holds, taken into a vault that holds nothing yet.

use std::collections::BTreeSet;

use domain::{InteractionId, MessageId, PersonId};
use rusqlite::types::Value as SqlValue;
use rusqlite::{OptionalExtension, params_from_iter};

use crate::dump::{DumpTable, Value};
use crate::error::{Result, StoreError};
use crate::operation::{Snapshot, Writing};
use crate::sql::{column, quoted};
use crate::triggers::{LoggedTable, logged_tables};

/// A logged table as it can be described to others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableShape {
    /// The table.
    pub name: String,
    /// The columns in order; the first is `id`.
    pub columns: Vec<ColumnShape>,
}

/// A column of a logged table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnShape {
    /// The column.
    pub name: String,
    /// Whether it holds whole numbers; otherwise it holds texts.
    pub is_number: bool,
    /// Whether it may hold nothing.
    pub may_be_null: bool,
    /// The table whose `id` it names, if it names one.
    pub references: Option<String>,
}

/// Why tables were not taken into a vault.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The vault holds something already.
    #[error("the vault is not empty: {table} has rows")]
    NotEmpty {
        /// A table with rows.
        table: String,
    },
    /// No table has this name: a later version may have written it.
    #[error("table {table} is not known")]
    UnknownTable {
        /// The name.
        table: String,
    },
    /// The table has no such column.
    #[error("table {table} has no column {column}")]
    UnknownColumn {
        /// The table.
        table: String,
        /// The name.
        column: String,
    },
    /// A row does not fit: a value is missing, of another kind, or there twice.
    #[error("table {table}, row {row}: {reason}")]
    Row {
        /// The table.
        table: String,
        /// The `id` as it stands in the row, or its position where it has none.
        row: String,
        /// What SQLite says.
        reason: String,
    },
    /// A row names a row that is not there.
    #[error("table {table}, row {row}: it names a row of {missing} that is not there")]
    Dangling {
        /// The table.
        table: String,
        /// The row's `id`.
        row: i64,
        /// The table in which the named row is missing.
        missing: String,
    },
    /// A value is none that any version writes, or the vault could not be used.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for LoadError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl Snapshot<'_> {
    /// Returns how every logged table looks, in the order of [`Self::dump`].
    pub fn shapes(&self) -> Result<Vec<TableShape>> {
        let tables = logged_tables(self.connection())?.into_iter();
        tables.map(|table| self.shape(table)).collect()
    }

    fn shape(&self, table: LoggedTable) -> Result<TableShape> {
        let mut statement =
            self.prepare("SELECT name, type, \"notnull\", pk FROM pragma_table_info(?1)")?;
        let columns = statement.query_map([&table.name], |row| {
            let name: String = row.get(0)?;
            let kind: String = row.get(1)?;
            let references = table
                .references
                .iter()
                .find(|reference| reference.from == name);
            Ok(ColumnShape {
                is_number: kind == "INTEGER",
                may_be_null: !row.get::<_, bool>(2)? && !row.get::<_, bool>(3)?,
                references: references.map(|reference| reference.parent.clone()),
                name,
            })
        })?;
        let columns = columns.collect::<rusqlite::Result<_>>()?;
        Ok(TableShape {
            name: table.name,
            columns,
        })
    }

    /// Returns a table that has rows, other than that of the settings, if there is one.
    ///
    /// A vault without any takes over a whole export ([`Writing::load`]).
    pub fn used_table(&self) -> Result<Option<String>> {
        for table in logged_tables(self.connection())? {
            if table.name != SETTING {
                let sql = format!("SELECT 1 FROM {} LIMIT 1", quoted(&table.name));
                let found: Option<i64> = self
                    .prepare(&sql)?
                    .query_row([], |row| row.get(0))
                    .optional()?;
                if found.is_some() {
                    return Ok(Some(table.name));
                }
            }
        }
        Ok(None)
    }
}

/// The one table that an export replaces: whoever has set Vouch up, and nothing else, may still bring everything back.
const SETTING: &str = "setting";

impl Writing<'_> {
    /// Takes over every row of an export under its own `id`, so that the next export is the same.
    ///
    /// Columns that an older export does not have stay at their default; the settings are replaced.
    ///
    /// # Errors
    /// [`LoadError`] names the table and the row; the operation should then be given up.
    pub fn load(&mut self, tables: &[DumpTable]) -> Result<(), LoadError> {
        if let Some(table) = self.used_table()? {
            return Err(LoadError::NotEmpty { table });
        }
        let known = logged_tables(self.connection())?;
        for table in tables {
            check_names(table, &known)?;
        }
        self.prepare("DELETE FROM setting")?.execute([])?;
        for table in tables {
            self.load_table(table)?;
        }
        self.check_references()?;
        self.check_values()
    }

    fn load_table(&mut self, table: &DumpTable) -> Result<(), LoadError> {
        let names: Vec<String> = table.columns.iter().map(|name| quoted(name)).collect();
        let places = vec!["?"; names.len()].join(", ");
        let mut statement = self.prepare(&format!(
            "INSERT INTO {} ({}) VALUES ({places})",
            quoted(&table.name),
            names.join(", ")
        ))?;
        for (position, row) in table.rows.iter().enumerate() {
            let refused = |reason: String| LoadError::Row {
                table: table.name.clone(),
                row: match row.first() {
                    Some(Value::Integer(id)) => id.to_string(),
                    _ => format!("number {}", position + 1),
                },
                reason,
            };
            if row.len() != table.columns.len() || !matches!(row.first(), Some(Value::Integer(_))) {
                return Err(refused(
                    "a row begins with its id and has every column".to_owned(),
                ));
            }
            let done = statement.execute(params_from_iter(row.iter().map(bound)));
            match done {
                Ok(_) => {}
                Err(rusqlite::Error::SqliteFailure(error, Some(reason)))
                    if error.code == rusqlite::ErrorCode::ConstraintViolation =>
                {
                    return Err(refused(reason));
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// The keys are deferred: without this, only the commit would say that one of them names nothing.
    fn check_references(&self) -> Result<(), LoadError> {
        let found: Option<(String, i64, String)> = self
            .prepare("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check LIMIT 1")?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        match found {
            None => Ok(()),
            Some((table, row, missing)) => Err(LoadError::Dangling {
                table,
                row,
                missing,
            }),
        }
    }

    /// Reads everything back once, so that a word that no version writes is found now and not on some page later.
    fn check_values(&self) -> Result<(), LoadError> {
        for id in self.ids("person")? {
            let id = PersonId(id);
            self.person(id)?;
            self.edited_fields(id)?;
            self.evidence(id)?;
        }
        for id in self.ids("interaction")? {
            self.interaction(InteractionId(id))?;
        }
        for id in self.ids("message")? {
            self.message(MessageId(id))?;
        }
        self.commitments(None, false)?;
        self.decisions()?;
        self.listed()?;
        self.own_programs()?;
        self.own_sites()?;
        self.all_corrections()?;
        self.employer_answers()?;
        self.hospitals()?;
        self.settings()?;
        self.readings()?;
        Ok(())
    }

    fn ids(&self, table: &str) -> Result<Vec<uuid::Uuid>, LoadError> {
        let mut statement = self.prepare(&format!("SELECT uuid FROM {table} ORDER BY id"))?;
        let texts: Vec<String> = column(&mut statement, [], 0)?;
        texts
            .into_iter()
            .map(|text| {
                text.parse().map_err(|_| LoadError::Row {
                    table: table.to_owned(),
                    row: text,
                    reason: "the uuid is none".to_owned(),
                })
            })
            .collect()
    }
}

fn check_names(table: &DumpTable, known: &[LoggedTable]) -> Result<(), LoadError> {
    let Some(known) = known.iter().find(|known| known.name == table.name) else {
        return Err(LoadError::UnknownTable {
            table: table.name.clone(),
        });
    };
    let mut seen = BTreeSet::new();
    for name in &table.columns {
        let is_known = name == "id" || known.columns.contains(name);
        if !is_known || !seen.insert(name) {
            return Err(LoadError::UnknownColumn {
                table: table.name.clone(),
                column: name.clone(),
            });
        }
    }
    Ok(())
}

fn bound(value: &Value) -> SqlValue {
    match value {
        Value::Null => SqlValue::Null,
        Value::Integer(n) => SqlValue::Integer(*n),
        Value::Real(x) => SqlValue::Real(*x),
        Value::Text(text) => SqlValue::Text(text.clone()),
    }
}
