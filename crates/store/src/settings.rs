//! Settings, decisions about agenda items, and the imports that were done.

use std::collections::BTreeMap;

use domain::{Decision, DecisionKind};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, params};

use crate::error::Result;
use crate::operation::{Snapshot, Writing};
use crate::sql::Columns;

/// An import that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingRow {
    /// When, to the microsecond.
    pub at: Timestamp,
    /// The format that was read ("LinkedIn Connections.csv").
    pub format: String,
    /// The file's name, without its folder.
    pub file: String,
    /// A hash of its content, so that the same file is known again, or empty.
    pub hash: String,
    /// Records in the file.
    pub n_records: u32,
    /// People that it added.
    pub n_new: u32,
    /// People that it changed.
    pub n_updated: u32,
    /// People that it found as they were.
    pub n_same: u32,
    /// Records that the student left out.
    pub n_left: u32,
    /// Things that could not be read.
    pub n_problems: u32,
}

impl Snapshot<'_> {
    /// Returns a setting, if it is set.
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        let found = self
            .prepare("SELECT value FROM setting WHERE key = ?1")?
            .query_row([key], |row| row.get(0))
            .optional()?;
        Ok(found)
    }

    /// Returns every setting.
    pub fn settings(&self) -> Result<BTreeMap<String, String>> {
        let mut statement = self.prepare("SELECT key, value FROM setting")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns the imports that were done, the latest first.
    pub fn readings(&self) -> Result<Vec<ReadingRow>> {
        let mut statement = self.prepare(
            "SELECT at_us, format, file, hash, n_records, n_new, n_updated, n_same, n_left, n_problems
             FROM reading ORDER BY at_us DESC, id DESC",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(ReadingRow {
                at: row.instant(0)?,
                format: row.get(1)?,
                file: row.get(2)?,
                hash: row.get(3)?,
                n_records: row.get(4)?,
                n_new: row.get(5)?,
                n_updated: row.get(6)?,
                n_same: row.get(7)?,
                n_left: row.get(8)?,
                n_problems: row.get(9)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns the student's decisions about agenda items.
    pub(crate) fn decisions(&self) -> Result<Vec<Decision>> {
        let mut statement =
            self.prepare("SELECT item_key, kind, until FROM decision ORDER BY id")?;
        let rows = statement.query_map([], |row| {
            let until = row.day_or_null(2)?;
            Ok(Decision {
                key: row.get(0)?,
                kind: row.parsed(1, "decision", |word| decision_of(word, until))?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn decision_of(word: &str, until: Option<Date>) -> Option<DecisionKind> {
    match (word, until) {
        ("snooze", Some(day)) => Some(DecisionKind::Snooze(day)),
        ("skip", None) => Some(DecisionKind::Skip),
        ("done", None) => Some(DecisionKind::Done),
        _ => None,
    }
}

impl Writing<'_> {
    /// Sets a setting.
    pub fn set_setting(&mut self, key: &str, value: &str) -> Result<()> {
        self.prepare(
            "INSERT INTO setting (key, value) VALUES (?1, ?2)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        )?
        .execute([key, value])?;
        Ok(())
    }

    /// Takes a setting away, where it is set.
    pub fn remove_setting(&mut self, key: &str) -> Result<()> {
        self.prepare("DELETE FROM setting WHERE key = ?1")?
            .execute([key])?;
        Ok(())
    }

    /// Remembers what the student decided about an agenda item, in place of any
    /// earlier decision about it.
    pub fn decide(&mut self, decision: &Decision) -> Result<()> {
        let (word, until) = match decision.kind {
            DecisionKind::Snooze(day) => ("snooze", Some(day.to_string())),
            DecisionKind::Skip => ("skip", None),
            DecisionKind::Done => ("done", None),
        };
        self.prepare(
            "INSERT INTO decision (item_key, kind, until) VALUES (?1, ?2, ?3)
             ON CONFLICT (item_key) DO UPDATE SET kind = excluded.kind, until = excluded.until",
        )?
        .execute(params![decision.key, word, until])?;
        Ok(())
    }

    /// Notes an import.
    pub fn add_reading(&mut self, reading: &ReadingRow) -> Result<()> {
        self.prepare(
            "INSERT INTO reading (at_us, format, file, hash, n_records, n_new, n_updated, n_same, n_left, n_problems)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            reading.at.as_microsecond(),
            reading.format,
            reading.file,
            reading.hash,
            reading.n_records,
            reading.n_new,
            reading.n_updated,
            reading.n_same,
            reading.n_left,
            reading.n_problems,
        ])?;
        Ok(())
    }
}
