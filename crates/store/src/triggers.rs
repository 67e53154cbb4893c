//! Generates, from the schema, the temporary triggers that log every write.

use rusqlite::Connection;

use crate::error::Result;
use crate::sql::{column, quoted};

/// How the error of a write outside an operation begins.
pub(crate) const OUTSIDE: &str = "write outside an operation";

/// Tables that keep the log itself, what search has still to do, or where files
/// were written, and so are not logged.
const UNLOGGED: [&str; 8] = [
    "operation",
    "change",
    "undoing",
    "undo_line",
    "ended",
    "unswept",
    "unindexed",
    "exported",
];

/// A table whose writes are logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LoggedTable {
    /// Its name.
    pub(crate) name: String,
    /// Its columns without `id`, in order.
    pub(crate) columns: Vec<String>,
    /// The SQL of each column's default, where it has one.
    pub(crate) defaults: Vec<Option<String>>,
    /// Its foreign keys.
    pub(crate) references: Vec<Reference>,
    /// The columns of each constraint that says "only once".
    pub(crate) unique: Vec<Vec<String>>,
}

/// A foreign key of a logged table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reference {
    /// The column.
    pub(crate) from: String,
    /// The table whose `id` it names.
    pub(crate) parent: String,
    /// Whether a row is nothing without its parent.
    pub(crate) required: bool,
}

impl LoggedTable {
    /// Returns the expression that makes the image of a row.
    pub(crate) fn image(&self, row: &str) -> String {
        let pairs: Vec<String> = self
            .columns
            .iter()
            .map(|c| format!("'{c}', {row}.{}", quoted(c)))
            .collect();
        format!("json_object({})", pairs.join(", "))
    }
}

/// Returns every logged table, in the order in which the migrations made them:
/// all tables but those of the log, of search, and of SQLite itself.
pub(crate) fn logged_tables(connection: &Connection) -> Result<Vec<LoggedTable>> {
    let mut names = connection.prepare(
        "SELECT s.name FROM main.sqlite_schema s
         JOIN pragma_table_list l ON l.schema = 'main' AND l.name = s.name
         WHERE s.type = 'table' AND l.type = 'table' AND s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
         ORDER BY s.rowid",
    )?;
    let names: Vec<String> = column(&mut names, [], 0)?;
    let logged = names
        .into_iter()
        .filter(|name| !UNLOGGED.contains(&name.as_str()));
    logged.map(|name| describe(connection, name)).collect()
}

fn describe(connection: &Connection, name: String) -> Result<LoggedTable> {
    let mut described = connection
        .prepare_cached("SELECT name, dflt_value FROM pragma_table_info(?1) WHERE name <> 'id'")?;
    let (columns, defaults) = described
        .query_map([&name], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut references = connection.prepare_cached(
        "SELECT f.\"from\", f.\"table\", c.\"notnull\"
         FROM pragma_foreign_key_list(?1) f JOIN pragma_table_info(?1) c ON c.name = f.\"from\"",
    )?;
    let references = references
        .query_map([&name], |row| {
            Ok(Reference {
                from: row.get(0)?,
                parent: row.get(1)?,
                required: row.get(2)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut indexes = connection.prepare_cached(
        "SELECT name FROM pragma_index_list(?1) WHERE \"unique\" AND NOT partial",
    )?;
    let indexes: Vec<String> = column(&mut indexes, [&name], 0)?;
    let mut parts = connection.prepare_cached("SELECT name FROM pragma_index_info(?1)")?;
    let unique = indexes
        .iter()
        .map(|index| column(&mut parts, [index], 0))
        .collect::<rusqlite::Result<_>>()?;
    Ok(LoggedTable {
        name,
        columns,
        defaults,
        references,
        unique,
    })
}

/// Prepares this connection to log operations. What is made here lives as long
/// as the connection does.
pub(crate) fn install(connection: &Connection, tables: &[LoggedTable]) -> Result<()> {
    connection.execute_batch(
        "CREATE TEMP TABLE current_operation (only INTEGER PRIMARY KEY CHECK (only = 1), seq INTEGER NOT NULL)",
    )?;
    create(connection, tables)
}

/// Makes the triggers.
///
/// The first image of a row in an operation is kept as "before" and the latest
/// as "after", so an operation that touches a row often logs it once.
pub(crate) fn create(connection: &Connection, tables: &[LoggedTable]) -> Result<()> {
    let mut script = String::new();
    for table in tables {
        for (event, row, before, after) in [
            ("INSERT", "new", "NULL".to_owned(), table.image("new")),
            ("UPDATE", "new", table.image("old"), table.image("new")),
            ("DELETE", "old", table.image("old"), "NULL".to_owned()),
        ] {
            let name = &table.name;
            script.push_str(&format!(
                "CREATE TEMP TRIGGER {trigger} AFTER {event} ON main.{on} BEGIN
                    SELECT RAISE(ABORT, '{OUTSIDE}') WHERE NOT EXISTS (SELECT 1 FROM current_operation);
                    INSERT INTO change (operation, table_name, row, before, after)
                    VALUES ((SELECT seq FROM current_operation), '{name}', {row}.id, {before}, {after})
                    ON CONFLICT (operation, table_name, row) DO UPDATE SET after = excluded.after;
                END;\n",
                trigger = quoted(&format!("log_{name}_{}", event.to_lowercase())),
                on = quoted(name),
            ));
        }
        // An image belongs to one id for ever.
        script.push_str(&format!(
            "CREATE TEMP TRIGGER {trigger} BEFORE UPDATE OF id ON main.{on} WHEN new.id <> old.id BEGIN
                SELECT RAISE(ABORT, 'an id never changes');
            END;\n",
            trigger = quoted(&format!("keep_{}_id", table.name)),
            on = quoted(&table.name),
        ));
    }
    connection.execute_batch(&script)?;
    Ok(())
}

/// Takes the triggers away, inside a transaction that makes them again: only
/// forgetting writes without leaving an image.
pub(crate) fn remove(connection: &Connection, tables: &[LoggedTable]) -> Result<()> {
    let mut script = String::new();
    for table in tables {
        let name = &table.name;
        for trigger in [
            format!("log_{name}_insert"),
            format!("log_{name}_update"),
            format!("log_{name}_delete"),
            format!("keep_{name}_id"),
        ] {
            script.push_str(&format!("DROP TRIGGER temp.{};\n", quoted(&trigger)));
        }
    }
    connection.execute_batch(&script)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::OperationId;
    use uuid::Uuid;

    use super::*;
    use crate::{Key, NewOperation, Pen, StoreError};

    fn pen(folder: &tempfile::TempDir) -> Pen {
        let opened = crate::open(&folder.path().join("vault.db"), &Key::new([1; 32]));
        opened.expect("a new vault opens").0
    }

    fn operation(n: u128) -> NewOperation<'static> {
        NewOperation {
            id: OperationId(Uuid::from_u128(n)),
            at: jiff::Timestamp::UNIX_EPOCH,
            verb: "fill",
            subject: "",
            description: "",
            extend: false,
        }
    }

    /// Returns an `INSERT` of a row with this id, which names rows 1 elsewhere.
    fn any_row(connection: &Connection, table: &LoggedTable, id: i64) -> String {
        let values: Vec<String> = table
            .columns
            .iter()
            .map(|column| {
                let kind: String = connection
                    .query_row(
                        "SELECT type FROM pragma_table_info(?1) WHERE name = ?2",
                        [&table.name, column],
                        |row| row.get(0),
                    )
                    .expect("the column is described");
                let names_once = table.unique.contains(&vec![column.clone()]);
                if table.references.iter().any(|key| key.from == *column) && !names_once {
                    "1".to_owned()
                } else if kind == "TEXT" {
                    format!("'text {id}'")
                } else {
                    id.to_string()
                }
            })
            .collect();
        format!(
            "INSERT INTO {} VALUES ({id}, {})",
            quoted(&table.name),
            values.join(", ")
        )
    }

    #[test]
    fn every_table_is_logged_and_closed_to_writes_outside_an_operation() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let pen = pen(&folder);
        let tables = pen.tables().to_vec();
        let names: BTreeSet<&str> = tables.iter().map(|table| table.name.as_str()).collect();
        assert!(
            names.contains("person") && names.contains("setting"),
            "{names:?}"
        );
        pen.write::<(), StoreError>(operation(1), |writing| {
            for table in &tables {
                let sql = any_row(writing.connection(), table, 1);
                writing.connection().execute(&sql, [])?;
            }
            Ok(())
        })
        .expect("every table takes a row");
        let connection = pen.lock();
        let mut logged = connection
            .prepare("SELECT DISTINCT table_name FROM change")
            .expect("the log");
        let logged: Vec<String> = column(&mut logged, [], 0).expect("the log is read");
        let logged: BTreeSet<&str> = logged.iter().map(String::as_str).collect();
        assert_eq!(logged, names);

        for table in &tables {
            let name = quoted(&table.name);
            let first = quoted(&table.columns[0]);
            for sql in [
                any_row(&connection, table, 2),
                format!("UPDATE {name} SET {first} = {first}"),
                format!("DELETE FROM {name}"),
                any_row(&connection, table, 1).replacen("INSERT", "REPLACE", 1),
            ] {
                let error: StoreError = connection.execute(&sql, []).expect_err(&sql).into();
                assert!(
                    matches!(error, StoreError::OutsideOperation),
                    "{sql}: {error:?}"
                );
            }
            let rows: i64 = connection
                .query_row(&format!("SELECT count(*) FROM {name}"), [], |row| {
                    row.get(0)
                })
                .expect("the rows are counted");
            assert_eq!(rows, 1, "{name} is as it was");
        }
    }

    /// The shape that undo and the log rely on.
    #[test]
    fn logged_tables_keep_the_rules() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let pen = pen(&folder);
        let connection = pen.lock();
        for table in pen.tables() {
            let sql: String = connection
                .query_row(
                    "SELECT sql FROM sqlite_schema WHERE name = ?1",
                    [&table.name],
                    |row| row.get(0),
                )
                .expect("the table is described");
            let name = &table.name;
            assert!(
                sql.contains("INTEGER PRIMARY KEY AUTOINCREMENT"),
                "{name} reuses ids"
            );
            assert!(sql.ends_with("STRICT"), "{name} is not strict");
            assert!(!sql.contains("CASCADE"), "{name} cascades");
            assert!(
                !sql.contains("BLOB") && !sql.contains("REAL"),
                "{name} holds what JSON cannot carry"
            );
            assert_eq!(
                sql.matches("REFERENCES").count(),
                sql.matches("DEFERRABLE INITIALLY DEFERRED").count(),
                "{name} has a foreign key that is checked too early"
            );
        }
    }
}
