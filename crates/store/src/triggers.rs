//! Generates, from the schema, the temporary triggers that log every write.

use rusqlite::Connection;

use crate::error::Result;
use crate::sql::{column, quoted};

/// How the error of a write outside an operation begins.
pub(crate) const OUTSIDE: &str = "write outside an operation";

/// Tables that keep the log itself, and so are not logged.
const UNLOGGED: [&str; 4] = ["operation", "change", "undoing", "undo_line"];

/// A table whose writes are logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LoggedTable {
    /// Its name.
    pub(crate) name: String,
    /// Its columns without `id`, in order.
    pub(crate) columns: Vec<String>,
    /// Its foreign keys: column, and the table whose `id` it names.
    pub(crate) references: Vec<(String, String)>,
    /// The columns of each constraint that says "only once".
    pub(crate) unique: Vec<Vec<String>>,
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
    let mut columns =
        connection.prepare_cached("SELECT name FROM pragma_table_info(?1) WHERE name <> 'id'")?;
    let columns = column(&mut columns, [&name], 0)?;
    let mut references =
        connection.prepare_cached("SELECT \"from\", \"table\" FROM pragma_foreign_key_list(?1)")?;
    let references = references
        .query_map([&name], |row| Ok((row.get(0)?, row.get(1)?)))?
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
        references,
        unique,
    })
}

/// Installs the triggers on this connection. They live as long as it does.
///
/// The first image of a row in an operation is kept as "before" and the latest
/// as "after", so an operation that touches a row often logs it once.
pub(crate) fn install(connection: &Connection, tables: &[LoggedTable]) -> Result<()> {
    let mut script = String::from(
        "CREATE TEMP TABLE current_operation (only INTEGER PRIMARY KEY CHECK (only = 1), seq INTEGER NOT NULL);\n",
    );
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
