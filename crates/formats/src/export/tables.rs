//! The tables of a CSV export, put together again from their files.
//!
//! CSV knows only texts; what each cell is follows from the columns as the
//! schema of the export describes them. An empty cell of a column that may hold
//! nothing is nothing.

use std::io::{Read, Seek};

use zip::ZipArchive;

use super::{Cell, Table, TableSchema, read_csv};
use crate::detect::has_zip_mark;
use crate::text::shown;

/// The most bytes that are taken of all files together.
pub const TABLES_MAX: u64 = 256 << 20;

/// The column that every table begins with.
const ID: &str = "id";

/// A file that may be a table of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableFile {
    /// The file's name, without its folder.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Why files are no tables of an export.
#[derive(Debug, thiserror::Error)]
pub enum InvalidTables {
    /// A file is no CSV in UTF-8.
    #[error("{file} cannot be read as a table ({reason})")]
    Malformed {
        /// The file.
        file: String,
        /// What is wrong.
        reason: String,
    },
    /// Together they are larger than is taken.
    #[error("the files have more than {} MB", TABLES_MAX >> 20)]
    TooLarge,
    /// The archive cannot be unpacked.
    #[error("a damaged zip archive ({0})")]
    Archive(#[from] zip::result::ZipError),
    /// A file could not be read.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// Returns whether a file that is called `name` and begins with `head` is a
/// table of an export, by its first line.
pub fn is_table(name: &str, head: &[u8], tables: &[TableSchema]) -> bool {
    let end = head.iter().position(|byte| *byte == b'\n');
    let mut first = &head[..end.unwrap_or(head.len())];
    read_csv(&mut first).is_ok_and(|(columns, _)| table_of(name, &columns, tables).is_some())
}

/// Returns the table whose columns these are: that of the file's name, or the
/// only one of exactly these columns, for a file that was given another name.
fn table_of<'s>(
    name: &str,
    columns: &[String],
    tables: &'s [TableSchema],
) -> Option<&'s TableSchema> {
    if columns.first().is_none_or(|first| first != ID) {
        return None;
    }
    let stem = name.strip_suffix(".csv").unwrap_or(name);
    if let Some(named) = tables.iter().find(|table| table.name == stem) {
        let is_there = |name: &String| named.columns.iter().any(|column| column.name == *name);
        // An export of an earlier Vouch has fewer columns.
        return columns.iter().all(is_there).then_some(named);
    }
    let is_whole = |table: &&TableSchema| {
        let names = table.columns.iter().map(|column| &column.name);
        names.eq(columns)
    };
    let mut fitting = tables.iter().filter(is_whole);
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

/// Returns the tables that these files hold, in the order of `tables`. Files
/// that are no table of an export are passed over.
///
/// # Errors
/// Where a file that is one cannot be read to its end.
pub fn read_tables(
    files: &[TableFile],
    tables: &[TableSchema],
) -> Result<Vec<Table>, InvalidTables> {
    let mut found: Vec<(usize, Table)> = Vec::new();
    for file in files {
        if !is_table(&file.name, &file.bytes, tables) {
            continue;
        }
        let (columns, rows) =
            read_csv(&mut file.bytes.as_slice()).map_err(|error| InvalidTables::Malformed {
                file: shown(&file.name),
                reason: error.to_string(),
            })?;
        let Some(schema) = table_of(&file.name, &columns, tables) else {
            continue;
        };
        let place = tables.iter().position(|table| table.name == schema.name);
        found.push((place.unwrap_or_default(), typed(schema, columns, rows)));
    }
    found.sort_by_key(|(place, _)| *place);
    Ok(found.into_iter().map(|(_, table)| table).collect())
}

fn typed(schema: &TableSchema, columns: Vec<String>, rows: Vec<Vec<String>>) -> Table {
    let shapes: Vec<(bool, bool)> = columns
        .iter()
        .map(|name| {
            let column = schema.columns.iter().find(|column| column.name == *name);
            column.map_or((false, false), |it| (it.is_number, it.may_be_null))
        })
        .collect();
    let cell = |text: &str, (is_number, may_be_null): (bool, bool)| match text {
        "" if may_be_null || is_number => Cell::Null,
        // What is no number is refused with its place when it is taken over.
        text => match text.parse() {
            Ok(number) if is_number => Cell::Integer(number),
            _ => Cell::Text(text.to_owned()),
        },
    };
    let rows = rows.into_iter().map(|row| {
        let shapes = shapes.iter().enumerate();
        let cells = shapes.map(|(i, shape)| cell(row.get(i).map_or("", String::as_str), *shape));
        cells.collect()
    });
    Table {
        name: schema.name.clone(),
        rows: rows.collect(),
        columns,
    }
}

/// Returns whether these are the first bytes of a zip archive.
pub fn is_zip(head: &[u8]) -> bool {
    has_zip_mark(head)
}

/// Returns the files in a zip archive, in any folder of it, that are named like
/// tables of an export; none where it is another archive.
///
/// # Errors
/// Where the archive is damaged, or unpacks to more than [`TABLES_MAX`].
pub fn unpack_tables(
    source: impl Read + Seek,
    tables: &[TableSchema],
) -> Result<Vec<TableFile>, InvalidTables> {
    let mut archive = ZipArchive::new(source)?;
    let mut files = Vec::new();
    let mut left = TABLES_MAX;
    for i in 0..archive.len() {
        let Some(Ok(path)) = archive.name_for_index(i) else {
            continue;
        };
        let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
        let stem = name.strip_suffix(".csv").unwrap_or_default();
        if !tables.iter().any(|table| table.name == stem) {
            continue;
        }
        let name = name.to_owned();
        let mut bytes = Vec::new();
        archive
            .by_index(i)?
            .take(left + 1)
            .read_to_end(&mut bytes)?;
        left = left
            .checked_sub(bytes.len() as u64)
            .ok_or(InvalidTables::TooLarge)?;
        files.push(TableFile { name, bytes });
    }
    Ok(files)
}
