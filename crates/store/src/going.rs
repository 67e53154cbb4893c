//! What goes with a person: the rows that are nothing without them.

use rusqlite::Connection;

use crate::error::Result;
use crate::sql::quoted;
use crate::triggers::{LoggedTable, Reference};

/// Foreign keys that may be empty, and still make a row part of its parent: a
/// message to somebody goes with them, one to nobody stands alone.
const PARTS: [(&str, &str); 1] = [("message", "person")];

/// Adds to `temp.going` the interactions in which nobody who stays takes part.
pub(crate) const INTERACTIONS_THAT_GO: &str = "INSERT INTO temp.going (name, row)
    SELECT DISTINCT 'interaction', t.interaction
    FROM temp.going g CROSS JOIN participant t ON t.id = g.row
    WHERE g.name = 'participant' AND NOT EXISTS (
        SELECT 1 FROM participant o WHERE o.interaction = t.interaction
            AND NOT EXISTS (SELECT 1 FROM temp.going h WHERE h.name = 'participant' AND h.row = o.id))
    ON CONFLICT DO NOTHING";

/// Makes the lists that the work on many people needs. They live as long as
/// the connection, in its own memory, and are no part of the vault.
pub(crate) fn install(connection: &Connection) -> Result<()> {
    connection.execute_batch(
        "CREATE TEMP TABLE chosen (uuid TEXT PRIMARY KEY) WITHOUT ROWID;
         CREATE TEMP TABLE going (name TEXT, row INTEGER, PRIMARY KEY (name, row)) WITHOUT ROWID;
         CREATE TEMP TABLE coming (
            name TEXT, row INTEGER, operation INTEGER, image TEXT, PRIMARY KEY (name, row)
         ) WITHOUT ROWID;
         CREATE TEMP TABLE dead (name TEXT, row INTEGER, operation INTEGER, PRIMARY KEY (name, row)) WITHOUT ROWID;
         CREATE TEMP TABLE ending (operation INTEGER PRIMARY KEY);",
    )?;
    Ok(())
}

impl Reference {
    /// Returns whether a row of this table belongs to the row that it names.
    pub(crate) fn makes_part(&self, table: &str) -> bool {
        self.required || PARTS.contains(&(table, &self.from))
    }
}

/// Puts people into `temp.chosen`, instead of whoever was there.
pub(crate) fn choose<T: ToString>(
    connection: &Connection,
    people: impl IntoIterator<Item = T>,
) -> Result<()> {
    connection.execute("DELETE FROM temp.chosen", [])?;
    let mut insert = connection
        .prepare_cached("INSERT INTO temp.chosen (uuid) VALUES (?1) ON CONFLICT DO NOTHING")?;
    for person in people {
        insert.execute([person.to_string()])?;
    }
    Ok(())
}

/// Fills `temp.going` with the chosen people and every row that goes with them.
///
/// A row goes with a parent that it must have. An interaction is kept while
/// anybody who stays took part in it.
pub(crate) fn gather(connection: &Connection, tables: &[LoggedTable]) -> Result<()> {
    connection.execute("DELETE FROM temp.going", [])?;
    connection.execute(
        "INSERT INTO temp.going (name, row)
         SELECT 'person', p.id FROM temp.chosen c JOIN person p ON p.uuid = c.uuid",
        [],
    )?;
    loop {
        let mut n_added = 0;
        for child in tables {
            for key in child
                .references
                .iter()
                .filter(|key| key.makes_part(&child.name))
            {
                n_added += connection
                    .prepare_cached(&format!(
                        "INSERT INTO temp.going (name, row)
                         SELECT '{name}', t.id FROM temp.going g CROSS JOIN {table} t ON t.{from} = g.row
                         WHERE g.name = '{parent}' ON CONFLICT DO NOTHING",
                        name = child.name,
                        table = quoted(&child.name),
                        from = quoted(&key.from),
                        parent = key.parent,
                    ))?
                    .execute([])?;
            }
        }
        n_added += connection
            .prepare_cached(INTERACTIONS_THAT_GO)?
            .execute([])?;
        if n_added == 0 {
            return Ok(());
        }
    }
}

/// Deletes the rows in `temp.going`; what stays forgets which of them it named.
pub(crate) fn take_away(connection: &Connection, tables: &[LoggedTable]) -> Result<()> {
    for child in tables {
        for key in child
            .references
            .iter()
            .filter(|key| !key.makes_part(&child.name))
        {
            connection
                .prepare_cached(&format!(
                    "UPDATE {table} AS t SET {from} = NULL
                     WHERE t.{from} IN (SELECT row FROM temp.going WHERE name = '{parent}')
                       AND NOT EXISTS (SELECT 1 FROM temp.going g WHERE g.name = '{name}' AND g.row = t.id)",
                    table = quoted(&child.name),
                    from = quoted(&key.from),
                    parent = key.parent,
                    name = child.name,
                ))?
                .execute([])?;
        }
    }
    for table in tables {
        connection
            .prepare_cached(&format!(
                "DELETE FROM {} WHERE id IN (SELECT row FROM temp.going WHERE name = '{}')",
                quoted(&table.name),
                table.name
            ))?
            .execute([])?;
    }
    Ok(())
}
