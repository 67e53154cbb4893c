//! What belongs to somebody in all of history, not only now.

use std::collections::{BTreeSet, HashSet};

use rusqlite::Connection;

use crate::error::Result;
use crate::going::INTERACTIONS_THAT_GO;
use crate::sql::{Columns, column, quoted};
use crate::triggers::LoggedTable;

/// Fills `temp.going` with the chosen people and every row, there or gone, that
/// belongs to them, and `temp.ending` with the operations that touched one.
///
/// A row that is gone belongs where it belonged last. Returns how many of the
/// people are stored or once were.
pub(super) fn gather_history(connection: &Connection, tables: &[LoggedTable]) -> Result<usize> {
    find_dead(connection, tables)?;
    connection.execute("DELETE FROM temp.going", [])?;
    let n_rows = connection.execute(
        "INSERT INTO temp.going (name, row)
         SELECT 'person', p.id FROM temp.chosen k JOIN person p ON p.uuid = k.uuid
         UNION
         SELECT 'person', d.row FROM temp.dead d
         CROSS JOIN change c ON c.operation = d.operation AND c.table_name = 'person' AND c.row = d.row
         WHERE d.name = 'person' AND json_extract(c.before, '$.uuid') IN (SELECT uuid FROM temp.chosen)",
        [],
    )?;
    loop {
        let mut n_added = 0;
        for table in tables {
            n_added += add_parts(connection, table)?;
            n_added += add_merged(connection, table)?;
        }
        n_added += add_former(connection)?;
        n_added += add_interactions(connection)?;
        if n_added == 0 {
            break;
        }
    }
    add_what_only_names_them(connection)?;
    find_ending(connection, tables)?;
    // Somebody who was deleted and came back by an import has two rows.
    let n_chosen =
        connection.query_row("SELECT count(*) FROM temp.chosen", [], |row| row.count(0))?;
    Ok(n_rows.min(n_chosen))
}

/// Fills `temp.dead` with the rows that are gone, each with the operation that
/// deleted it last: that one keeps its last image.
fn find_dead(connection: &Connection, tables: &[LoggedTable]) -> Result<()> {
    connection.execute("DELETE FROM temp.dead", [])?;
    connection.execute(
        "INSERT INTO temp.dead (name, row, operation)
         SELECT table_name, row, max(operation) FROM change WHERE after IS NULL GROUP BY table_name, row",
        [],
    )?;
    for table in tables {
        connection.execute(
            &format!(
                "DELETE FROM temp.dead WHERE name = ?1 AND row IN (SELECT id FROM {})",
                quoted(&table.name)
            ),
            [&table.name],
        )?;
    }
    Ok(())
}

/// Adds the rows of a table that are part of a row which goes.
fn add_parts(connection: &Connection, table: &LoggedTable) -> Result<usize> {
    let mut n_added = 0;
    let name = &table.name;
    for key in table.references.iter().filter(|key| key.makes_part(name)) {
        let (from, parent) = (&key.from, &key.parent);
        n_added += connection
            .prepare_cached(&format!(
                "INSERT INTO temp.going (name, row)
                 SELECT '{name}', t.id FROM temp.going g CROSS JOIN {table} t ON t.{column} = g.row
                 WHERE g.name = '{parent}'
                 UNION
                 SELECT '{name}', d.row FROM temp.dead d
                 CROSS JOIN change c ON c.operation = d.operation AND c.table_name = d.name AND c.row = d.row
                 WHERE d.name = '{name}'
                   AND json_extract(c.before, '$.{from}') IN (SELECT row FROM temp.going WHERE name = '{parent}')
                 ON CONFLICT DO NOTHING",
                table = quoted(name),
                column = quoted(from),
            ))?
            .execute([])?;
    }
    Ok(n_added)
}

/// Adds the people whom an operation made one with somebody who goes: it moved
/// their rows over and deleted them.
fn add_merged(connection: &Connection, table: &LoggedTable) -> Result<usize> {
    let mut n_added = 0;
    for key in table.references.iter().filter(|key| key.parent == "person") {
        n_added += connection
            .prepare_cached(&format!(
                "INSERT INTO temp.going (name, row)
                 SELECT DISTINCT 'person', d.row FROM temp.dead d
                 CROSS JOIN change c ON c.operation = d.operation AND c.table_name = ?1
                 WHERE d.name = 'person' AND c.before IS NOT NULL AND c.after IS NOT NULL
                   AND json_extract(c.before, '$.{from}') = d.row
                   AND json_extract(c.after, '$.{from}') IN (SELECT row FROM temp.going WHERE name = 'person')
                 ON CONFLICT DO NOTHING",
                from = key.from
            ))?
            .execute([&table.name])?;
    }
    Ok(n_added)
}

/// Adds the people of whom nothing but their identity was moved to somebody who
/// goes: they had a name and no more.
fn add_former(connection: &Connection) -> Result<usize> {
    let n_added = connection
        .prepare_cached(
            "INSERT INTO temp.going (name, row)
             SELECT 'person', d.row FROM temp.dead d
             CROSS JOIN change c ON c.operation = d.operation AND c.table_name = d.name AND c.row = d.row
             WHERE d.name = 'person' AND json_extract(c.before, '$.uuid') IN (
                SELECT f.uuid FROM temp.going g CROSS JOIN former_identity f ON f.id = g.row
                WHERE g.name = 'former_identity'
                UNION
                SELECT json_extract(i.before, '$.uuid') FROM temp.going g
                CROSS JOIN temp.dead e ON e.name = g.name AND e.row = g.row
                CROSS JOIN change i ON i.operation = e.operation AND i.table_name = e.name AND i.row = e.row
                WHERE g.name = 'former_identity')
             ON CONFLICT DO NOTHING",
        )?
        .execute([])?;
    Ok(n_added)
}

/// Adds the interactions in which nobody who stays takes part, or took part
/// when they were deleted.
fn add_interactions(connection: &Connection) -> Result<usize> {
    let n_live = connection
        .prepare_cached(INTERACTIONS_THAT_GO)?
        .execute([])?;
    let n_dead = connection
        .prepare_cached(
            "INSERT INTO temp.going (name, row)
             SELECT 'interaction', i.row FROM temp.dead i JOIN (
                SELECT d.operation, json_extract(c.before, '$.interaction') AS row, min(g.row IS NOT NULL) AS all_go
                FROM temp.dead d
                CROSS JOIN change c ON c.operation = d.operation AND c.table_name = d.name AND c.row = d.row
                LEFT JOIN temp.going g ON g.name = 'participant' AND g.row = d.row
                WHERE d.name = 'participant' GROUP BY 1, 2) t
             ON t.row = i.row AND t.operation = i.operation
             WHERE i.name = 'interaction' AND t.all_go
             ON CONFLICT DO NOTHING",
        )?
        .execute([])?;
    Ok(n_live + n_dead)
}

/// Adds rows that have no key to the people and yet are about them alone: their
/// places in the trash, decisions about their items of Today, and answers on
/// employers that nobody else has.
fn add_what_only_names_them(connection: &Connection) -> Result<()> {
    let uuids: HashSet<String> = texts_of_going(connection, "uuid")?.into_iter().collect();
    let employers: BTreeSet<String> = texts_of_going(connection, "employer_key")?
        .into_iter()
        .filter(|key| !key.is_empty())
        .collect();
    let mut still_used = connection.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM affiliation a WHERE a.employer_key = ?1
            AND NOT EXISTS (SELECT 1 FROM temp.going g WHERE g.name = 'affiliation' AND g.row = a.id))",
    )?;
    let mut theirs = HashSet::new();
    for key in employers {
        if !still_used.query_row([&key], |row| row.get(0))? {
            theirs.insert(key);
        }
    }
    add_rows(connection, "trash", "uuid", |uuid| uuids.contains(uuid))?;
    add_rows(connection, "decision", "item_key", |key| {
        key.split(':').any(|part| uuids.contains(part))
    })?;
    add_rows(connection, "employer_answer", "employer_key", |key| {
        theirs.contains(key)
    })
}

/// Adds the rows of a table, there or gone, whose column holds what is wanted.
fn add_rows(
    connection: &Connection,
    table: &str,
    wanted_in: &str,
    wanted: impl Fn(&str) -> bool,
) -> Result<()> {
    let mut statement = connection.prepare(&format!(
        "SELECT id, {column} FROM {table_name}
         UNION ALL
         SELECT d.row, json_extract(c.before, '$.{wanted_in}') FROM temp.dead d
         CROSS JOIN change c ON c.operation = d.operation AND c.table_name = d.name AND c.row = d.row
         WHERE d.name = '{table}'",
        column = quoted(wanted_in),
        table_name = quoted(table),
    ))?;
    let mut insert = connection.prepare_cached(
        "INSERT INTO temp.going (name, row) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if wanted(row.get_ref(1)?.as_str().unwrap_or_default()) {
            insert.execute((table, row.get::<_, i64>(0)?))?;
        }
    }
    Ok(())
}

/// Returns what a column of the rows that go has held, now or when they went.
fn texts_of_going(connection: &Connection, wanted: &str) -> Result<Vec<String>> {
    let mut tables = connection.prepare_cached(
        "SELECT DISTINCT g.name FROM temp.going g JOIN pragma_table_info(g.name) c ON c.name = ?1",
    )?;
    let tables: Vec<String> = column(&mut tables, [wanted], 0)?;
    let mut texts = Vec::new();
    for table in tables {
        let mut statement = connection.prepare(&format!(
            "SELECT t.{column} FROM temp.going g CROSS JOIN {table_name} t ON t.id = g.row WHERE g.name = '{table}'
             UNION
             SELECT json_extract(c.before, '$.{wanted}') FROM temp.going g
             CROSS JOIN temp.dead d ON d.name = g.name AND d.row = g.row
             CROSS JOIN change c ON c.operation = d.operation AND c.table_name = d.name AND c.row = d.row
             WHERE g.name = '{table}'",
            column = quoted(wanted),
            table_name = quoted(&table),
        ))?;
        let found: Vec<Option<String>> = column(&mut statement, [], 0)?;
        texts.extend(found.into_iter().flatten());
    }
    Ok(texts)
}

/// Fills `temp.ending` with the operations that touched a row which goes, or
/// moved a row from or to one.
///
/// The log has no index by row, so all of it is read, once.
fn find_ending(connection: &Connection, tables: &[LoggedTable]) -> Result<()> {
    connection.execute("DELETE FROM temp.ending", [])?;
    let moves: Vec<String> = tables.iter().filter_map(moves_in_or_out).collect();
    let moved = match moves.as_slice() {
        [] => "0".to_owned(),
        moves => format!("CASE c.table_name {} ELSE 0 END", moves.join(" ")),
    };
    connection.execute(
        &format!(
            "INSERT INTO temp.ending (operation)
             SELECT DISTINCT c.operation FROM change c
             WHERE EXISTS (SELECT 1 FROM temp.going g WHERE g.name = c.table_name AND g.row = c.row)
                OR (c.before IS NOT NULL AND c.after IS NOT NULL AND {moved})"
        ),
        [],
    )?;
    Ok(())
}

/// Returns the branch of a CASE that says of a change in this table whether it
/// moved its row from or to one which goes, where rows of it belong to others.
fn moves_in_or_out(table: &LoggedTable) -> Option<String> {
    let keys = table.references.iter();
    let keys = keys.filter(|key| key.makes_part(&table.name)).map(|key| {
        let goes = |image: &str| {
            format!(
                "json_extract(c.{image}, '$.{}') IN (SELECT row FROM temp.going WHERE name = '{}')",
                key.from, key.parent
            )
        };
        format!(
            "(json_extract(c.before, '$.{from}') IS NOT json_extract(c.after, '$.{from}') AND ({} OR {}))",
            goes("before"),
            goes("after"),
            from = key.from,
        )
    });
    let keys: Vec<String> = keys.collect();
    (!keys.is_empty()).then(|| format!("WHEN '{}' THEN {}", table.name, keys.join(" OR ")))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Key;

    /// Finds what [`find_ending`] finds in the plain way, key by key.
    fn ending_key_by_key(connection: &Connection, tables: &[LoggedTable]) -> BTreeSet<i64> {
        let operations = |sql: &str| -> Vec<i64> {
            let mut statement = connection.prepare(sql).expect("a query");
            column(&mut statement, [], 0).expect("operations")
        };
        let touched = operations(
            "SELECT c.operation FROM change c JOIN temp.going g ON g.name = c.table_name AND g.row = c.row",
        );
        let mut ending: BTreeSet<i64> = touched.into_iter().collect();
        for table in tables {
            let keys = table.references.iter();
            for key in keys.filter(|key| key.makes_part(&table.name)) {
                let (name, from, parent) = (&table.name, &key.from, &key.parent);
                ending.extend(operations(&format!(
                    "SELECT DISTINCT c.operation FROM change c
                     WHERE c.table_name = '{name}' AND c.before IS NOT NULL AND c.after IS NOT NULL
                       AND json_extract(c.before, '$.{from}') IS NOT json_extract(c.after, '$.{from}')
                       AND (json_extract(c.before, '$.{from}') IN (SELECT row FROM temp.going WHERE name = '{parent}')
                         OR json_extract(c.after, '$.{from}') IN (SELECT row FROM temp.going WHERE name = '{parent}'))",
                )));
            }
        }
        ending
    }

    /// An image in which every key names one of a few rows, or none.
    fn image(table: &LoggedTable, parents: &[Option<i64>]) -> String {
        let keys = table.references.iter().zip(parents.iter().cycle());
        let fields = keys.map(|(key, parent)| match parent {
            Some(row) => format!("\"{}\":{row}", key.from),
            None => format!("\"{}\":null", key.from),
        });
        format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
    }

    fn parents() -> impl Strategy<Value = Option<Vec<Option<i64>>>> {
        let parents = prop::collection::vec(prop::option::of(1_i64..5), 1..4);
        prop::option::weighted(0.8, parents)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn the_operations_that_end_are_those_found_key_by_key(
            going in prop::collection::vec((0_usize..100, 1_i64..5), 0..12),
            changes in prop::collection::vec((1_i64..9, 0_usize..100, 1_i64..5, parents(), parents()), 0..80),
        ) {
            let folder = tempfile::tempdir().expect("a folder");
            let (pen, _reader) =
                crate::open(&folder.path().join("vault.db"), &Key::new([7; 32])).expect("it opens");
            let tables = pen.tables();
            let connection = pen.lock();
            connection.execute_batch("PRAGMA foreign_keys = OFF").expect("keys are off");
            for (table, row) in going {
                let name = &tables[table % tables.len()].name;
                connection
                    .execute("INSERT OR IGNORE INTO temp.going (name, row) VALUES (?1, ?2)", (name, row))
                    .expect("it goes");
            }
            for (operation, table, row, before, after) in changes {
                let table = &tables[table % tables.len()];
                let before = before.map(|parents| image(table, &parents));
                let after = after.map(|parents| image(table, &parents));
                connection
                    .execute(
                        "INSERT OR IGNORE INTO change (operation, table_name, row, before, after)
                         VALUES (?1, ?2, ?3, ?4, ?5)",
                        (operation, &table.name, row, before, after),
                    )
                    .expect("it changed");
            }
            find_ending(&connection, tables).expect("found");
            let mut found = connection
                .prepare("SELECT operation FROM temp.ending")
                .expect("a query");
            let found: Vec<i64> = column(&mut found, [], 0).expect("operations");
            let found: BTreeSet<i64> = found.into_iter().collect();
            prop_assert_eq!(found, ending_key_by_key(&connection, tables));
        }
    }
}
