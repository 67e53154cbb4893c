//! Tables as one JSON document, with nothing lost.
//!
//! ```json
//! {"format": "vouch-export", "version": 1, "tables": [
//!   {"name": "people", "columns": ["id", "name"], "rows": [{"id": 1, "name": "Asha Rao"}]}
//! ]}
//! ```

use std::fmt;
use std::io::{self, BufRead, Write};

use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Cell, Table};

/// What stands as `format` in every export.
pub const EXPORT_FORMAT: &str = "vouch-export";

/// The version of the document's shape, not of what the tables mean.
pub const EXPORT_VERSION: u32 = 1;

/// Why a document is not an export.
#[derive(Debug, thiserror::Error)]
pub enum InvalidExport {
    /// The bytes are no such document; the place is in the words.
    #[error("not a Vouch export: {0}")]
    Malformed(#[from] serde_json::Error),
    /// It was written by a later Vouch.
    #[error("the export has version {found}; this Vouch reads {EXPORT_VERSION}")]
    Newer {
        /// The version of the document.
        found: u32,
    },
}

/// Writes tables as one document, a row a line.
///
/// # Errors
/// Those of the writer.
pub fn write_json(tables: &[Table], out: &mut dyn Write) -> io::Result<()> {
    let mut document = JsonWriter::begin(out)?;
    for table in tables {
        document.table(table)?;
    }
    document.finish()
}

/// One document that is written table by table, so that never more than one is held.
pub struct JsonWriter<'a> {
    out: &'a mut dyn Write,
    n_tables: usize,
}

impl<'a> JsonWriter<'a> {
    /// Begins a document.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn begin(out: &'a mut dyn Write) -> io::Result<Self> {
        write!(
            out,
            "{{\"format\":\"{EXPORT_FORMAT}\",\"version\":{EXPORT_VERSION},\"tables\":["
        )?;
        Ok(Self { out, n_tables: 0 })
    }

    /// Writes a table, a row a line.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn table(&mut self, table: &Table) -> io::Result<()> {
        let out = &mut *self.out;
        out.write_all(if self.n_tables == 0 { b"\n" } else { b",\n" })?;
        self.n_tables += 1;
        write!(out, "{{\"name\":")?;
        serde_json::to_writer(&mut *out, &table.name)?;
        write!(out, ",\"columns\":")?;
        serde_json::to_writer(&mut *out, &table.columns)?;
        write!(out, ",\"rows\":[")?;
        for (i, row) in table.rows.iter().enumerate() {
            out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
            let row = RowOut {
                columns: &table.columns,
                cells: row,
            };
            serde_json::to_writer(&mut *out, &row)?;
        }
        write!(out, "]}}")
    }

    /// Ends the document; without this it is none.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(self) -> io::Result<()> {
        write!(self.out, "\n]}}\n")
    }
}

/// Reads a document that [`write_json`] wrote.
///
/// A cell that a row lacks is read as nothing; a value that is neither number,
/// text nor nothing is an error, and so is a name that is no column.
///
/// # Errors
/// Where the bytes are no export, or one of a later Vouch.
pub fn read_json(input: &mut dyn BufRead) -> Result<Vec<Table>, InvalidExport> {
    let document: DocumentIn = serde_json::from_reader(input)?;
    if document.format != EXPORT_FORMAT {
        return Err(InvalidExport::Malformed(serde_json::Error::custom(
            format!("the format is \"{}\"", crate::text::shown(&document.format)),
        )));
    }
    if document.version > EXPORT_VERSION {
        return Err(InvalidExport::Newer {
            found: document.version,
        });
    }
    Ok(document.tables.into_iter().map(|table| table.0).collect())
}

struct RowOut<'a> {
    columns: &'a [String],
    cells: &'a [Cell],
}

impl Serialize for RowOut<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.columns.len()))?;
        for (name, cell) in self.columns.iter().zip(self.cells) {
            match cell {
                Cell::Integer(value) => map.serialize_entry(name, value)?,
                Cell::Real(value) if value.is_finite() => map.serialize_entry(name, value)?,
                Cell::Null | Cell::Real(_) => map.serialize_entry(name, &())?,
                Cell::Text(text) => map.serialize_entry(name, text)?,
            }
        }
        map.end()
    }
}

#[derive(Deserialize)]
struct DocumentIn {
    format: String,
    version: u32,
    tables: Vec<TableIn>,
}

struct TableIn(Table);

impl<'de> Deserialize<'de> for TableIn {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(TableVisitor).map(Self)
    }
}

struct TableVisitor;

impl<'de> Visitor<'de> for TableVisitor {
    type Value = Table;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a table with name, columns and rows in this order")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Table, A::Error> {
        let mut table = Table::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "name" => table.name = map.next_value()?,
                "columns" => table.columns = map.next_value()?,
                "rows" => table.rows = map.next_value_seed(RowsSeed(&table.columns))?,
                other => return Err(A::Error::unknown_field(other, &["name", "columns", "rows"])),
            }
        }
        Ok(table)
    }
}

struct RowsSeed<'a>(&'a [String]);

impl<'de> DeserializeSeed<'de> for RowsSeed<'_> {
    type Value = Vec<Vec<Cell>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for RowsSeed<'_> {
    type Value = Vec<Vec<Cell>>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list of rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut rows = Vec::new();
        while let Some(row) = seq.next_element_seed(RowSeed(self.0))? {
            rows.push(row);
        }
        Ok(rows)
    }
}

struct RowSeed<'a>(&'a [String]);

impl<'de> DeserializeSeed<'de> for RowSeed<'_> {
    type Value = Vec<Cell>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for RowSeed<'_> {
    type Value = Vec<Cell>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a row as an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut row = vec![Cell::Null; self.0.len()];
        let mut expected = 0;
        while let Some(key) = map.next_key::<String>()? {
            // Rows are written in the order of the columns, so the next one is
            // nearly always the one that is wanted.
            let position = if self.0.get(expected) == Some(&key) {
                expected
            } else {
                let found = self.0.iter().position(|name| *name == key);
                found.ok_or_else(|| A::Error::custom(format!("\"{key}\" is no column")))?
            };
            row[position] = map.next_value::<CellIn>()?.0;
            expected = position + 1;
        }
        Ok(row)
    }
}

struct CellIn(Cell);

impl<'de> Deserialize<'de> for CellIn {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CellVisitor).map(Self)
    }
}

struct CellVisitor;

impl Visitor<'_> for CellVisitor {
    type Value = Cell;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("null, a number or a text")
    }

    fn visit_unit<E>(self) -> Result<Cell, E> {
        Ok(Cell::Null)
    }

    fn visit_i64<E>(self, value: i64) -> Result<Cell, E> {
        Ok(Cell::Integer(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Cell, E> {
        let value = i64::try_from(value).map_err(|_| E::custom("a number beyond 64 bits"))?;
        Ok(Cell::Integer(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Cell, E> {
        Ok(Cell::Real(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Cell, E> {
        Ok(Cell::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Cell, E> {
        Ok(Cell::Text(value))
    }
}
