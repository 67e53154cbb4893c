//! The trash: people who were deleted, and can come back.
//!
//! Deleting takes a person's rows out of their tables, so that no list, search
//! or count needs to know of the trash. Restoring puts the images back that the
//! deleting operation kept.

use domain::{PersonId, PersonName};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use crate::error::Result;
use crate::going;
use crate::operation::{Snapshot, Writing};
use crate::people::Page;
use crate::person::{name_at, name_key};
use crate::sql::{Columns, quoted, stored_count};
use crate::triggers::{LoggedTable, Reference};

/// A person in the trash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrashRow {
    /// Who it was.
    pub id: PersonId,
    /// The name, as it was shown.
    pub name: String,
    /// The employer at the first current place of work, or empty.
    pub employer: String,
    /// When they were deleted.
    pub deleted_at: Timestamp,
}

/// Who of `temp.going` can come back: whoever was stored before this operation.
/// Of somebody who came and goes in one operation it keeps no image.
const GOES_TO_TRASH: &str = "g.name = 'person' AND NOT EXISTS (
    SELECT 1 FROM change c WHERE c.operation = (SELECT seq FROM temp.current_operation)
       AND c.table_name = 'person' AND c.row = g.row AND c.before IS NULL)";

const COLUMNS: &str = "t.uuid, t.name, t.employer, o.at_us";

impl Snapshot<'_> {
    /// Returns the people in the trash by surname, with their number.
    pub fn trash(&self, limit: Option<usize>, offset: usize) -> Result<Page<TrashRow>> {
        let mut statement = self.prepare(&format!(
            "SELECT {COLUMNS} FROM trash t JOIN operation o ON o.seq = t.operation
             ORDER BY t.name_key, t.id LIMIT ?1 OFFSET ?2"
        ))?;
        let limit = limit.map_or(-1, stored_count);
        let rows = statement.query_map(params![limit, stored_count(offset)], trash_row)?;
        Ok(Page {
            rows: rows.collect::<rusqlite::Result<_>>()?,
            total: self
                .prepare("SELECT count(*) FROM trash")?
                .query_row([], |row| row.count(0))?,
        })
    }

    /// Returns a person, if they are in the trash.
    pub fn trashed(&self, id: PersonId) -> Result<Option<TrashRow>> {
        let found = self
            .prepare(&format!(
                "SELECT {COLUMNS} FROM trash t JOIN operation o ON o.seq = t.operation WHERE t.uuid = ?1"
            ))?
            .query_row([id.to_string()], trash_row)
            .optional()?;
        Ok(found)
    }
}

fn trash_row(row: &Row<'_>) -> rusqlite::Result<TrashRow> {
    Ok(TrashRow {
        id: row.id(0)?,
        name: row.get(1)?,
        employer: row.get(2)?,
        deleted_at: row.instant(3)?,
    })
}

impl Writing<'_> {
    /// Puts people into the trash, with all that is nothing without them:
    /// addresses, tags, messages, commitments, and the interactions in which
    /// nobody else took part. Returns how many of them were stored.
    pub fn delete_people(&mut self, people: &[PersonId]) -> Result<usize> {
        let connection = self.connection();
        going::choose(connection, people)?;
        going::gather(connection, self.tables())?;
        let n_people = self.note_as_deleted()?;
        going::take_away(connection, self.tables())?;
        Ok(n_people)
    }

    /// Notes who of `temp.going` goes into the trash.
    fn note_as_deleted(&self) -> Result<usize> {
        // Who came back another way than from the trash is in it once, as
        // they were last.
        self.prepare(&format!(
            "DELETE FROM trash WHERE uuid IN (
                SELECT p.uuid FROM temp.going g CROSS JOIN person p ON p.id = g.row WHERE {GOES_TO_TRASH})"
        ))?
        .execute([])?;
        let mut going = self.prepare(&format!(
            "SELECT p.id, p.uuid, p.title, p.given, p.family, p.suffix, p.credentials, p.greet_as,
                (SELECT employer FROM affiliation WHERE person = p.id AND current ORDER BY place LIMIT 1)
             FROM temp.going g CROSS JOIN person p ON p.id = g.row WHERE {GOES_TO_TRASH}"
        ))?;
        let mut insert = self.prepare(
            "INSERT INTO trash (uuid, person, operation, name, name_key, employer)
             VALUES (?1, ?2, (SELECT seq FROM temp.current_operation), ?3, ?4, ?5)",
        )?;
        let mut n_people = 0;
        let mut rows = going.query([])?;
        while let Some(row) = rows.next()? {
            let name: PersonName = name_at(row, 2)?;
            insert.execute(params![
                row.get::<_, String>(1)?,
                row.get::<_, i64>(0)?,
                name.display(),
                name_key(&name),
                row.get::<_, Option<String>>(8)?.unwrap_or_default(),
            ])?;
            n_people += 1;
        }
        Ok(n_people)
    }

    /// Brings people back from the trash, with all that went with them.
    ///
    /// Returns how many came back. Somebody who is stored again under the same
    /// identity, by an import of an export for instance, stays in the trash.
    pub fn restore_people(&mut self, people: &[PersonId]) -> Result<usize> {
        going::choose(self.connection(), people)?;
        self.find_images()?;
        let n_people = self
            .prepare("SELECT count(*) FROM temp.coming WHERE name = 'person'")?
            .query_row([], |row| row.count(0))?;
        for table in self.tables() {
            self.prepare(&put_back(table))?.execute([&table.name])?;
        }
        for table in self.tables() {
            for key in table
                .references
                .iter()
                .filter(|key| !key.makes_part(&table.name))
            {
                for sql in [name_again(table, key), name_what_is_back(table, key)] {
                    self.prepare(&sql)?
                        .execute(params![table.name, key.parent])?;
                }
            }
        }
        self.prepare(
            "DELETE FROM trash WHERE person IN (SELECT row FROM temp.coming WHERE name = 'person')",
        )?
        .execute([])?;
        Ok(n_people)
    }

    /// Fills `temp.coming` with the images of the chosen people and of what
    /// went with them.
    fn find_images(&self) -> Result<()> {
        self.prepare("DELETE FROM temp.coming")?.execute([])?;
        self.prepare(
            "INSERT INTO temp.coming (name, row, operation, image)
             SELECT 'person', t.person, t.operation, c.before
             FROM temp.chosen k CROSS JOIN trash t ON t.uuid = k.uuid
             JOIN change c ON c.operation = t.operation AND c.table_name = 'person' AND c.row = t.person
             WHERE NOT EXISTS (SELECT 1 FROM person WHERE uuid = t.uuid)",
        )?
        .execute([])?;
        self.find_interactions()?;
        loop {
            let mut n_added = 0;
            for table in self.tables() {
                for key in table
                    .references
                    .iter()
                    .filter(|key| key.makes_part(&table.name))
                {
                    n_added += self.prepare(&parts_coming(table, key))?.execute([])?;
                }
            }
            if n_added == 0 {
                return Ok(());
            }
        }
    }

    /// Adds the interactions that the people who come back took part in, where
    /// they went to the trash too: with these people, or later with the last of
    /// the others.
    fn find_interactions(&self) -> Result<()> {
        self.prepare(
            "INSERT INTO temp.coming (name, row, operation, image)
             SELECT c.table_name, c.row, max(c.operation), c.before
             FROM (SELECT DISTINCT operation FROM trash) d
             CROSS JOIN change c ON c.operation = d.operation AND c.table_name = 'interaction'
             WHERE c.after IS NULL AND NOT EXISTS (SELECT 1 FROM interaction WHERE id = c.row)
               AND c.row IN (
                SELECT json_extract(p.before, '$.interaction')
                FROM (SELECT DISTINCT operation FROM temp.coming) m
                CROSS JOIN change p ON p.operation = m.operation AND p.table_name = 'participant'
                WHERE p.after IS NULL AND json_extract(p.before, '$.person') IN (
                    SELECT row FROM temp.coming WHERE name = 'person'))
             GROUP BY c.row",
        )?
        .execute([])?;
        Ok(())
    }
}

/// Adds the rows of a table that belong to a row which comes back, and went
/// with it. A row that needs another parent as well waits for that one.
fn parts_coming(table: &LoggedTable, key: &Reference) -> String {
    let name = &table.name;
    let all_there: String = table
        .references
        .iter()
        .filter(|other| other.required && other.from != key.from)
        .map(|other| format!(" AND {}", is_there(other, "c.before")))
        .collect();
    let not_twice = if table.columns.iter().any(|column| column == "uuid") {
        format!(
            " AND NOT EXISTS (SELECT 1 FROM {} t WHERE t.uuid = json_extract(c.before, '$.uuid'))",
            quoted(name)
        )
    } else {
        String::new()
    };
    format!(
        "INSERT INTO temp.coming (name, row, operation, image)
         SELECT c.table_name, c.row, c.operation, c.before
         FROM (SELECT DISTINCT operation FROM temp.coming) d
         CROSS JOIN change c ON c.operation = d.operation AND c.table_name = '{name}'
         WHERE c.after IS NULL
           AND json_extract(c.before, '$.{from}') IN (SELECT row FROM temp.coming WHERE name = '{parent}')
           AND NOT EXISTS (SELECT 1 FROM {table} t WHERE t.id = c.row){all_there}{not_twice}
         ON CONFLICT DO NOTHING",
        from = key.from,
        parent = key.parent,
        table = quoted(name),
    )
}

/// Returns the condition that what a key of an image names is stored, or comes
/// back.
fn is_there(key: &Reference, image: &str) -> String {
    format!(
        "(EXISTS (SELECT 1 FROM {parent_table} p WHERE p.id = json_extract({image}, '$.{from}'))
          OR EXISTS (SELECT 1 FROM temp.coming k
             WHERE k.name = '{parent}' AND k.row = json_extract({image}, '$.{from}')))",
        parent_table = quoted(&key.parent),
        parent = key.parent,
        from = key.from,
    )
}

/// Inserts the rows of a table that come back. A migration may have added
/// columns since; they get their default.
fn put_back(table: &LoggedTable) -> String {
    let columns: Vec<String> = table.columns.iter().map(|c| quoted(c)).collect();
    let values = table.columns.iter().zip(&table.defaults).map(|(c, default)| {
        let value = format!("json_extract(m.image, '$.{c}')");
        let key = table.references.iter().find(|key| key.from == *c && !key.required);
        match (key, default) {
            (Some(key), _) => format!("CASE WHEN {} THEN {value} END", is_there(key, "m.image")),
            (None, Some(default)) => format!(
                "CASE WHEN json_type(m.image, '$.{c}') IS NULL THEN ({default}) ELSE {value} END"
            ),
            (None, None) => value,
        }
    });
    format!(
        "INSERT INTO {table} (id, {columns})
         SELECT m.row, {values} FROM temp.coming m WHERE m.name = ?1",
        table = quoted(&table.name),
        columns = columns.join(", "),
        values = values.collect::<Vec<_>>().join(", "),
    )
}

/// Lets rows of a table name again what comes back, where the deletion that
/// took it away let them lose it.
fn name_again(table: &LoggedTable, key: &Reference) -> String {
    let named = format!("json_extract(c.before, '$.{}')", key.from);
    format!(
        "UPDATE {table} AS t SET {column} = {named}
         FROM (SELECT DISTINCT operation FROM temp.coming WHERE name = ?2) d
         CROSS JOIN change c ON c.operation = d.operation AND c.table_name = ?1
         WHERE c.row = t.id AND t.{column} IS NULL
           AND {named} IN (SELECT row FROM temp.coming WHERE name = ?2)",
        table = quoted(&table.name),
        column = quoted(&key.from),
    )
}

/// Lets rows of a table that come back name again what they lost before they
/// were deleted themselves, where that is there again. Deletions are found by
/// what they put into the trash.
fn name_what_is_back(table: &LoggedTable, key: &Reference) -> String {
    let named = format!("json_extract(c.before, '$.{}')", key.from);
    format!(
        "UPDATE {table} AS t SET {column} = {named}
         FROM (SELECT DISTINCT x.operation FROM operation o
            CROSS JOIN change x ON x.operation = o.seq AND x.table_name = 'trash'
            WHERE x.after IS NOT NULL) d
         CROSS JOIN change c ON c.operation = d.operation AND c.table_name = ?1
         WHERE c.after IS NOT NULL AND c.row IN (SELECT row FROM temp.coming WHERE name = ?1)
           AND c.row = t.id AND t.{column} IS NULL
           AND EXISTS (SELECT 1 FROM {parent} p WHERE p.id = {named})
           AND EXISTS (SELECT 1 FROM change g WHERE g.operation = c.operation
                AND g.table_name = ?2 AND g.row = {named} AND g.after IS NULL)",
        table = quoted(&table.name),
        column = quoted(&key.from),
        parent = quoted(&key.parent),
    )
}
