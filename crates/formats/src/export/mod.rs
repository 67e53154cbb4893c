//! Tables out as CSV and JSON, and back.
//!
//! A [`Table`] is neutral: who fills it decides what it means.

mod csv;
mod json;
mod schema;
mod tables;

pub use csv::{read_csv, write_csv};
pub use json::{EXPORT_FORMAT, EXPORT_VERSION, InvalidExport, JsonWriter, read_json, write_json};
pub use schema::{ColumnSchema, TableSchema, write_schema};
pub use tables::{
    InvalidTables, TABLES_MAX, TableFile, is_table, is_zip, read_tables, unpack_tables,
};

/// One value of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number.
    Integer(i64),
    /// A number with a fraction; one that is not finite is written as nothing.
    Real(f64),
    /// A text.
    Text(String),
}

impl Cell {
    /// Returns the value as text; nothing is the empty text.
    pub fn to_text(&self) -> String {
        match self {
            Self::Real(value) if value.is_finite() => format!("{value:?}"),
            Self::Null | Self::Real(_) => String::new(),
            Self::Integer(value) => value.to_string(),
            Self::Text(text) => text.clone(),
        }
    }
}

/// Rows under named columns. Every row has as many cells as there are columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The name: `people`.
    pub name: String,
    /// The columns' names, no two equal.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}
