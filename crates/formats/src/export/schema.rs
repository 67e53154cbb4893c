//! What an export may hold, as a JSON Schema (draft 2020-12) that other programs can check it with.

use serde_json::{Map, Value, json};

use super::{EXPORT_FORMAT, EXPORT_VERSION};

/// A table as the schema describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableSchema {
    /// The table.
    pub name: String,
    /// What it holds, in a sentence.
    pub about: String,
    /// The columns in order.
    pub columns: Vec<ColumnSchema>,
}

/// A column as the schema describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnSchema {
    /// The column.
    pub name: String,
    /// What it holds, in words; may be empty where the name says it.
    pub about: String,
    /// Whether it holds whole numbers; otherwise it holds texts.
    pub is_number: bool,
    /// Whether it may hold nothing.
    pub may_be_null: bool,
}

/// Returns the schema of an export with these tables.
pub fn write_schema(tables: &[TableSchema]) -> String {
    let tables: Vec<Value> = tables.iter().map(table).collect();
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Export of Vouch",
        "description": "Everything that a vault holds, table by table. An empty vault that reads it writes the same file again.",
        "type": "object",
        "required": ["format", "version", "tables"],
        "additionalProperties": false,
        "properties": {
            "format": {"const": EXPORT_FORMAT},
            "version": {"const": EXPORT_VERSION},
            "tables": {"type": "array", "items": {"oneOf": tables}},
        },
    });
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

fn table(table: &TableSchema) -> Value {
    let names: Vec<&str> = table.columns.iter().map(|column| &*column.name).collect();
    let cells: Map<String, Value> = table
        .columns
        .iter()
        .map(|column| (column.name.clone(), cell(column)))
        .collect();
    json!({
        "description": table.about,
        "type": "object",
        "required": ["name", "columns", "rows"],
        "additionalProperties": false,
        "properties": {
            "name": {"const": table.name},
            "columns": {"const": names},
            "rows": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": names,
                    "additionalProperties": false,
                    "properties": cells,
                },
            },
        },
    })
}

fn cell(column: &ColumnSchema) -> Value {
    let kind = if column.is_number {
        "integer"
    } else {
        "string"
    };
    let mut cell = Map::new();
    let kind = if column.may_be_null {
        json!([kind, "null"])
    } else {
        json!(kind)
    };
    cell.insert("type".to_owned(), kind);
    if !column.about.is_empty() {
        cell.insert("description".to_owned(), json!(column.about));
    }
    Value::Object(cell)
}
