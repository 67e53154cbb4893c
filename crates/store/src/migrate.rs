//! Brings the tables of a vault to the version that this program knows.

use std::collections::BTreeMap;

use rusqlite::{Connection, TransactionBehavior};

use crate::error::OpenError;
use crate::search;
use crate::triggers::logged_tables;

/// One step from a version of the tables to the next.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// The file's name without its ending: the version and a short name.
    pub name: &'static str,
    /// The statements.
    pub sql: &'static str,
    /// Why operations from before cannot be undone, where the statements change
    /// *rows* of logged tables. A change of their *columns* is found without it.
    pub ends_undo: Option<&'static str>,
}

/// Returns the step that a file of `migrations/` holds, by the file's name
/// without its ending.
macro_rules! step {
    ($file:literal) => {
        Migration {
            name: $file,
            sql: include_str!(concat!("../migrations/", $file, ".sql")),
            ends_undo: None,
        }
    };
}

/// Every migration; the version of a vault is the number of those it has seen.
/// A released one is never edited.
pub const MIGRATIONS: &[Migration] = &[
    step!("0001_begin"),
    step!("0002_trash"),
    step!("0003_forget"),
    step!("0004_one_person_each"),
    step!("0005_composer"),
    step!("0006_rotations"),
    step!("0007_quick_today"),
    step!("0008_hospitals"),
    step!("0009_quicker"),
    step!("0010_quick_standing"),
    step!("0011_exports"),
    step!("0012_confirmed_words"),
];

/// Applies what is missing, each step in a transaction of its own.
pub(crate) fn migrate(
    connection: &mut Connection,
    migrations: &[Migration],
) -> Result<(), OpenError> {
    let known = u32::try_from(migrations.len()).unwrap_or(u32::MAX);
    loop {
        let found = version(connection)?;
        if found > known {
            return Err(OpenError::NewerVault { found, known });
        }
        if found == known {
            return Ok(());
        }
        step(connection, migrations)?;
    }
}

fn version(connection: &Connection) -> rusqlite::Result<u32> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

fn step(connection: &mut Connection, migrations: &[Migration]) -> Result<(), OpenError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have taken this step while we waited for the lock.
    let version = version(&transaction)?;
    let Some(migration) = migrations.get(version as usize) else {
        return Ok(());
    };
    let before = layout(&transaction)?;
    transaction.execute_batch(migration.sql)?;
    search::index_people(&transaction)?;
    let after = layout(&transaction)?;
    let changed = before
        .iter()
        .find(|(table, columns)| after.get(*table) != Some(columns));
    let reason = match (migration.ends_undo, changed) {
        (Some(reason), _) => Some(reason.to_owned()),
        (None, Some((table, _))) => Some(format!(
            "version {} of the vault changed the layout of \"{table}\"",
            version + 1
        )),
        (None, None) => None,
    };
    if let Some(reason) = reason {
        transaction.execute(
            "INSERT INTO undo_line (seq, reason) SELECT coalesce(max(seq), 0), ?1 FROM operation",
            [reason],
        )?;
    }
    transaction.pragma_update(None, "user_version", version + 1)?;
    transaction.commit()?;
    Ok(())
}

/// Returns the columns of every logged table.
fn layout(connection: &Connection) -> Result<BTreeMap<String, Vec<String>>, OpenError> {
    let tables = logged_tables(connection)?;
    Ok(tables.into_iter().map(|t| (t.name, t.columns)).collect())
}
