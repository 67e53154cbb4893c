//! Undo: takes back whole operations, set by set, where nothing later stands on them.

use std::collections::BTreeSet;

use domain::OperationId;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use crate::error::{Result, StoreError, UndoError};
use crate::history::operation_row;
use crate::operation::{Begun, NewOperation, Pen, Snapshot};
use crate::sql::{column, quoted};
use crate::triggers::LoggedTable;

impl Pen {
    /// Takes back one operation, as an operation of its own that can be taken
    /// back in turn.
    ///
    /// It is refused while a later operation has touched one of the same rows,
    /// or has built on one of them; the refusal names every operation that
    /// [`Pen::undo_with_later`] would take back as well.
    pub fn undo(&self, operation: NewOperation<'_>, target: OperationId) -> Result<(), UndoError> {
        self.take_back(operation, target, false).map(|_| ())
    }

    /// Takes back an operation together with the later ones that stand on it,
    /// the newest first, as one operation. Returns what was taken back, newest
    /// first.
    pub fn undo_with_later(
        &self,
        operation: NewOperation<'_>,
        target: OperationId,
    ) -> Result<Vec<OperationId>, UndoError> {
        self.take_back(operation, target, true)
    }

    fn take_back(
        &self,
        operation: NewOperation<'_>,
        target: OperationId,
        with_later: bool,
    ) -> Result<Vec<OperationId>, UndoError> {
        let mut connection = self.lock();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let target = undoable(&transaction, target)?;
        let operation = NewOperation {
            extend: false,
            ..operation
        };
        let begun = Begun::begin(&transaction, &operation)?;

        let (taken, complete) = revert_with_later(&transaction, self.tables(), target)?;
        for &seq in taken.iter().rev() {
            if ended(&transaction, seq)?.is_some() {
                return Err(UndoError::BeyondLine {
                    reason: LATER_ENDED.to_owned(),
                });
            }
        }
        if !complete || (taken.len() > 1 && !with_later) {
            let later = taken.iter().rev().filter(|seq| **seq != target);
            let later = later
                .map(|seq| operation_row(&Snapshot::of(&transaction), *seq))
                .collect::<Result<_>>()?;
            return Err(UndoError::Refused { later });
        }

        let n_changes = begun.settle(&transaction)?;
        transaction.execute(
            "UPDATE operation SET undoes = ?2, n_changes = ?3 WHERE seq = ?1",
            params![begun.seq, target, n_changes],
        )?;
        // Newest first: an undo among them brings back others, which may then be
        // among those that are taken back.
        for &seq in taken.iter().rev() {
            transaction.execute(
                "INSERT INTO undoing (undo, operation) VALUES (?1, ?2)",
                [begun.seq, seq],
            )?;
            mark_undone(&transaction, seq, begun.seq)?;
        }
        let ids = taken
            .iter()
            .rev()
            .map(|seq| Ok(operation_row(&Snapshot::of(&transaction), *seq)?.id))
            .collect::<Result<_>>()?;
        transaction.commit()?;
        Ok(ids)
    }
}

/// Why an operation cannot be undone when it is a later one that has ended.
const LATER_ENDED: &str =
    "a later change of the same things touched somebody who was forgotten since";

/// Returns the number of an operation that may be undone as far as its own
/// state goes.
fn undoable(connection: &Connection, id: OperationId) -> Result<i64, UndoError> {
    let found = connection
        .prepare_cached("SELECT seq, undone_by IS NOT NULL FROM operation WHERE uuid = ?1")?
        .query_row([id.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (seq, undone): (i64, bool) = found.ok_or(UndoError::Missing(id))?;
    if undone {
        return Err(UndoError::Undone);
    }
    let line = connection
        .prepare_cached("SELECT reason FROM undo_line WHERE seq >= ?1 ORDER BY seq, rowid LIMIT 1")?
        .query_row([seq], |row| row.get(0))
        .optional()?;
    match line.map_or_else(|| ended(connection, seq), |line| Ok(Some(line)))? {
        Some(reason) => Err(UndoError::BeyondLine { reason }),
        None => Ok(seq),
    }
}

/// Returns why an operation cannot be undone since somebody was forgotten, if
/// that is so.
fn ended(connection: &Connection, seq: i64) -> Result<Option<String>> {
    let reason = connection
        .prepare_cached("SELECT reason FROM ended WHERE operation = ?1")?
        .query_row([seq], |row| row.get(0))
        .optional()?;
    Ok(reason)
}

/// Which later operations are taken back where they stand in the way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Later {
    /// Those in effect: an operation and its undo cancel each other, and
    /// nobody wants to hear of either.
    InEffect,
    /// All of them, one by one.
    All,
}

/// Reverts `target`, and whatever later operations that takes.
///
/// Returns the operations, and whether they are reverted now: they are not
/// where a row is no longer as any operation left it.
fn revert_with_later(
    connection: &Connection,
    tables: &[LoggedTable],
    target: i64,
) -> Result<(BTreeSet<i64>, bool)> {
    let (taken, reverted) = revert_all(connection, tables, target, Later::InEffect)?;
    if reverted {
        return Ok((taken, true));
    }
    // Undos out of turn can leave a row where no operation in effect put it.
    // Going back through all of history, undos included, always gets there.
    revert_all(connection, tables, target, Later::All)
}

fn revert_all(
    connection: &Connection,
    tables: &[LoggedTable],
    target: i64,
    which: Later,
) -> Result<(BTreeSet<i64>, bool)> {
    let mut taken = BTreeSet::from([target]);
    loop {
        connection.execute_batch("SAVEPOINT take_back")?;
        let mut in_the_way = None;
        for &seq in taken.iter().rev() {
            if let InTheWay::Operations(seqs) = revert(connection, tables, seq)? {
                in_the_way = Some(seqs);
                break;
            }
        }
        let Some(mut later) = in_the_way else {
            connection.execute_batch("RELEASE take_back")?;
            return Ok((taken, true));
        };
        connection.execute_batch("ROLLBACK TO take_back; RELEASE take_back")?;
        if which == Later::InEffect {
            retain_effective(connection, &mut later, &taken, target)?;
        }
        if later.is_subset(&taken) {
            return Ok((taken, false));
        }
        taken.append(&mut later);
    }
}

/// Leaves out the operations that are no longer there to be taken back: those
/// that an undo has taken back, unless that undo is itself taken back here,
/// and undos which only took back what came after the target.
fn retain_effective(
    connection: &Connection,
    later: &mut BTreeSet<i64>,
    taken: &BTreeSet<i64>,
    target: i64,
) -> Result<()> {
    let mut state = connection.prepare_cached(
        "SELECT undone_by, undoes IS NULL OR EXISTS (
            SELECT 1 FROM undoing u WHERE u.undo = o.seq AND u.operation < ?2)
         FROM operation o WHERE o.seq = ?1",
    )?;
    let mut kept = BTreeSet::new();
    for &seq in later.iter() {
        let (undone_by, reaches_back): (Option<i64>, bool) =
            state.query_row([seq, target], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if reaches_back && undone_by.is_none_or(|undo| taken.contains(&undo)) {
            kept.insert(seq);
        }
    }
    *later = kept;
    Ok(())
}

/// What keeps an operation from being reverted.
enum InTheWay {
    Nothing,
    /// Later operations, possibly none where a row was changed without one.
    Operations(BTreeSet<i64>),
}

/// Puts every row that an operation touched back to its image from before.
///
/// Where something is in the way, the rows may be half put back: the caller
/// returns to its savepoint.
fn revert(connection: &Connection, tables: &[LoggedTable], seq: i64) -> Result<InTheWay> {
    let touched = touched_tables(connection, tables, seq)?;
    let mut in_the_way = Found::default();
    for table in &touched {
        in_the_way.add(connection, &rows_changed_since(table), &table.name, seq)?;
        for columns in &table.unique {
            in_the_way.add(
                connection,
                &rows_with_the_same_key(table, columns),
                &table.name,
                seq,
            )?;
        }
    }
    if in_the_way.any {
        return Ok(InTheWay::Operations(in_the_way.operations));
    }
    for table in &touched {
        run(connection, &delete_created(table), &table.name, seq)?;
    }
    for table in &touched {
        run(connection, &update_changed(table), &table.name, seq)?;
    }
    for table in &touched {
        run(connection, &insert_deleted(table), &table.name, seq)?;
    }
    for child in tables {
        for key in &child.references {
            if touched.iter().any(|table| table.name == key.parent) {
                in_the_way.add(
                    connection,
                    &rows_left_alone(child, &key.from),
                    &key.parent,
                    seq,
                )?;
            }
        }
    }
    for child in &touched {
        for key in &child.references {
            let (sql, table) = parents_gone(child, &key.from, &key.parent);
            in_the_way.add(connection, &sql, table, seq)?;
        }
    }
    if in_the_way.any {
        return Ok(InTheWay::Operations(in_the_way.operations));
    }
    Ok(InTheWay::Nothing)
}

fn touched_tables<'t>(
    connection: &Connection,
    tables: &'t [LoggedTable],
    seq: i64,
) -> Result<Vec<&'t LoggedTable>> {
    let mut names =
        connection.prepare_cached("SELECT DISTINCT table_name FROM change WHERE operation = ?1")?;
    let names: BTreeSet<String> = column(&mut names, [seq], 0)?.into_iter().collect();
    Ok(tables
        .iter()
        .filter(|table| names.contains(&table.name))
        .collect())
}

/// The rows in the way so far: whether there are any, and which later
/// operations touched them.
#[derive(Default)]
struct Found {
    any: bool,
    operations: BTreeSet<i64>,
}

impl Found {
    /// Adds the rows that `rows` selects: `SELECT table_name, row …` with the
    /// operation as ?1 and a table as ?2.
    fn add(&mut self, connection: &Connection, rows: &str, table: &str, seq: i64) -> Result<()> {
        let is_any: bool = connection
            .prepare_cached(&format!("SELECT EXISTS ({rows})"))?
            .query_row(params![seq, table], |row| row.get(0))?;
        if !is_any {
            return Ok(());
        }
        self.any = true;
        // Seldom asked, so no index is kept for it: the later changes are
        // looked through once.
        let mut statement = connection.prepare_cached(&format!(
            "SELECT DISTINCT operation FROM change
             WHERE operation > ?1 AND operation <> (SELECT seq FROM temp.current_operation)
               AND (table_name, row) IN ({rows})"
        ))?;
        let found: Vec<i64> = column(&mut statement, params![seq, table], 0)?;
        self.operations.extend(found);
        Ok(())
    }
}

fn run(connection: &Connection, sql: &str, table: &str, seq: i64) -> Result<(), StoreError> {
    connection
        .prepare_cached(sql)?
        .execute(params![seq, table])?;
    Ok(())
}

/// Rows that are not as the operation left them.
fn rows_changed_since(table: &LoggedTable) -> String {
    format!(
        "SELECT mine.table_name, mine.row
         FROM change mine LEFT JOIN {table} t ON t.id = mine.row
         WHERE mine.operation = ?1 AND mine.table_name = ?2
           AND CASE WHEN t.id IS NULL THEN NULL ELSE {image} END IS NOT mine.after",
        table = quoted(&table.name),
        image = table.image("t"),
    )
}

/// Other rows that hold, now, a key which a row had before the operation.
fn rows_with_the_same_key(table: &LoggedTable, columns: &[String]) -> String {
    let same: Vec<String> = columns
        .iter()
        .map(|c| format!("t.{} = json_extract(mine.before, '$.{c}')", quoted(c)))
        .collect();
    format!(
        "SELECT mine.table_name, t.id AS row
         FROM change mine CROSS JOIN {table} t ON {same}
         WHERE mine.operation = ?1 AND mine.table_name = ?2 AND mine.before IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM change c
                WHERE c.operation = ?1 AND c.table_name = ?2 AND c.row = t.id)",
        table = quoted(&table.name),
        same = same.join(" AND "),
    )
}

/// Rows that still name a row which is deleted now, with the row as ?2's.
fn rows_left_alone(child: &LoggedTable, from: &str) -> String {
    format!(
        "SELECT '{name}' AS table_name, t.id AS row
         FROM change mine CROSS JOIN {table} t ON t.{from} = mine.row
         WHERE mine.operation = ?1 AND mine.table_name = ?2 AND mine.before IS NULL",
        name = child.name,
        table = quoted(&child.name),
        from = quoted(from),
    )
}

/// Rows that a row which is back again names, and that are gone.
fn parents_gone<'t>(child: &'t LoggedTable, from: &str, parent: &str) -> (String, &'t str) {
    let sql = format!(
        "SELECT '{parent}' AS table_name, t.{from} AS row
         FROM change mine JOIN {table} t ON t.id = mine.row
         WHERE mine.operation = ?1 AND mine.table_name = ?2 AND t.{from} IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM {parent_table} p WHERE p.id = t.{from})",
        table = quoted(&child.name),
        from = quoted(from),
        parent_table = quoted(parent),
    );
    (sql, &child.name)
}

fn delete_created(table: &LoggedTable) -> String {
    format!(
        "DELETE FROM {} WHERE id IN (
            SELECT row FROM change WHERE operation = ?1 AND table_name = ?2 AND before IS NULL)",
        quoted(&table.name)
    )
}

fn update_changed(table: &LoggedTable) -> String {
    let set: Vec<String> = table
        .columns
        .iter()
        .map(|c| format!("{} = json_extract(mine.before, '$.{c}')", quoted(c)))
        .collect();
    format!(
        "UPDATE {table} AS t SET {set} FROM change mine
         WHERE mine.operation = ?1 AND mine.table_name = ?2 AND mine.row = t.id
           AND mine.before IS NOT NULL AND mine.after IS NOT NULL",
        table = quoted(&table.name),
        set = set.join(", "),
    )
}

fn insert_deleted(table: &LoggedTable) -> String {
    let names: Vec<String> = table.columns.iter().map(|c| quoted(c)).collect();
    let values: Vec<String> = table
        .columns
        .iter()
        .map(|c| format!("json_extract(before, '$.{c}')"))
        .collect();
    format!(
        "INSERT INTO {table} (id, {names})
         SELECT row, {values} FROM change
         WHERE operation = ?1 AND table_name = ?2 AND before IS NOT NULL AND after IS NULL",
        table = quoted(&table.name),
        names = names.join(", "),
        values = values.join(", "),
    )
}

/// Marks an operation as undone by another. Undoing an undo brings back into
/// effect what that one had taken back, and so on down the chain.
fn mark_undone(connection: &Connection, seq: i64, by: i64) -> Result<()> {
    let mut set =
        connection.prepare_cached("UPDATE operation SET undone_by = ?2 WHERE seq = ?1")?;
    let mut taken = connection
        .prepare_cached("SELECT operation FROM undoing WHERE undo = ?1 ORDER BY operation")?;
    let mut open: Vec<(i64, Option<i64>)> = vec![(seq, Some(by))];
    while let Some((seq, undone_by)) = open.pop() {
        set.execute(params![seq, undone_by])?;
        let mut below: Vec<i64> = column(&mut taken, [seq], 0)?;
        // What comes back comes oldest first, and what goes goes newest first;
        // the next one is taken from the end.
        let effect = if undone_by.is_some() {
            below.reverse();
            None
        } else {
            Some(seq)
        };
        open.extend(below.into_iter().map(|below| (below, effect)));
    }
    Ok(())
}
