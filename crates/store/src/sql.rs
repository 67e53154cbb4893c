//! How Rust values stand in columns: words, days, instants and identities.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::types::{FromSql, FromSqlError, Type};
use rusqlite::{Row, RowIndex};

/// A stored value that no version of Vouch writes. It names the column only:
/// the value may be personal, and errors end up in logs.
#[derive(Debug, thiserror::Error)]
#[error("column {0} holds no {1}")]
struct Unreadable(String, &'static str);

/// Reads the values of a row that are more than text and numbers.
pub(crate) trait Columns {
    /// Returns a value that stands as text, or the error that names the column.
    fn parsed<T>(
        &self,
        column: usize,
        wanted: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> rusqlite::Result<T>;
    /// The same, where the column may be NULL.
    fn parsed_or_null<T>(
        &self,
        column: usize,
        wanted: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> rusqlite::Result<Option<T>>;
    /// Returns a day.
    fn day(&self, column: usize) -> rusqlite::Result<Date> {
        self.parsed(column, "day", parse_day)
    }
    /// Returns a day, where the column may be NULL.
    fn day_or_null(&self, column: usize) -> rusqlite::Result<Option<Date>> {
        self.parsed_or_null(column, "day", parse_day)
    }
    /// Returns an instant from its microseconds.
    fn instant(&self, column: usize) -> rusqlite::Result<Timestamp>;
    /// Returns an identity.
    fn id<T: FromStr>(&self, column: usize) -> rusqlite::Result<T> {
        self.parsed(column, "identity", |text| text.parse().ok())
    }
    /// Returns an identity, where the column may be NULL.
    fn id_or_null<T: FromStr>(&self, column: usize) -> rusqlite::Result<Option<T>> {
        self.parsed_or_null(column, "identity", |text| text.parse().ok())
    }
    /// Returns a number that cannot be negative.
    fn count(&self, column: usize) -> rusqlite::Result<usize>;
}

impl Columns for Row<'_> {
    fn parsed<T>(
        &self,
        column: usize,
        wanted: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> rusqlite::Result<T> {
        let text = self
            .get_ref(column)?
            .as_str()
            .map_err(|e| conversion(self, column, e))?;
        parse(text).ok_or_else(|| unreadable(self, column, wanted))
    }

    fn parsed_or_null<T>(
        &self,
        column: usize,
        wanted: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> rusqlite::Result<Option<T>> {
        let text = self
            .get_ref(column)?
            .as_str_or_null()
            .map_err(|e| conversion(self, column, e))?;
        let Some(text) = text else { return Ok(None) };
        parse(text)
            .map(Some)
            .ok_or_else(|| unreadable(self, column, wanted))
    }

    fn instant(&self, column: usize) -> rusqlite::Result<Timestamp> {
        let us: i64 = self.get(column)?;
        Timestamp::from_microsecond(us).map_err(|_| unreadable(self, column, "instant"))
    }

    fn count(&self, column: usize) -> rusqlite::Result<usize> {
        let n: i64 = self.get(column)?;
        usize::try_from(n).map_err(|_| unreadable(self, column, "count"))
    }
}

fn name_of(row: &Row<'_>, column: usize) -> String {
    row.as_ref()
        .column_name(column)
        .map_or_else(|_| column.to_string(), str::to_owned)
}

fn unreadable(row: &Row<'_>, column: usize, wanted: &'static str) -> rusqlite::Error {
    let fact = Unreadable(name_of(row, column), wanted);
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(fact))
}

fn conversion(row: &Row<'_>, column: usize, _: FromSqlError) -> rusqlite::Error {
    unreadable(row, column, "text")
}

/// Returns the day that "2026-02-08" is; nothing but that form is stored, so
/// a few comparisons do what a general reader takes ten times as long for.
pub(crate) fn parse_day(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return text.parse().ok();
    }
    let year = text.get(0..4)?.parse().ok()?;
    let month = text.get(5..7)?.parse().ok()?;
    let day = text.get(8..10)?.parse().ok()?;
    Date::new(year, month, day).ok()
}

/// Returns the text of something that prints, where it is there.
pub(crate) fn text_or_null<T: fmt::Display>(value: Option<&T>) -> Option<String> {
    value.map(ToString::to_string)
}

/// Returns a name as a quoted SQL identifier.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Returns a list of words as SQL literals, for `IN (…)`.
pub(crate) fn literals<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = words
        .into_iter()
        .map(|word| format!("'{}'", word.replace('\'', "''")))
        .collect();
    quoted.join(", ")
}

/// Returns a count as SQLite stores it.
pub(crate) fn stored_count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Returns one column of every row.
pub(crate) fn column<T: FromSql>(
    statement: &mut rusqlite::Statement<'_>,
    params: impl rusqlite::Params,
    index: impl RowIndex,
) -> rusqlite::Result<Vec<T>> {
    statement.query_map(params, |row| row.get(index))?.collect()
}
