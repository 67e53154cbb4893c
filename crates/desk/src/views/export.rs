//! Everything that is stored, as tables, and people as cards for an address book.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io::Write;

use domain::{PersonDraft, PersonId};
use formats::export::{
    Cell, ColumnSchema, JsonWriter, Table, TableSchema, write_csv, write_schema,
};
use formats::vcard::{VcardVersion, write_vcards};
use store::{DumpTable, Reader, Snapshot, Value};

use crate::views::people::{PeopleQuery, people_ids};
use crate::views::trash::everybody_in_trash;
use crate::{Desk, DeskError, Result};

/// What is told about tables and columns in the published schema.
const ABOUT: &str = include_str!("../../data/export-tables.txt");

/// A list of who can come back, which means nothing outside of its vault.
const TRASH: &str = "trash";

/// Returns every table of the vault, rows in the order they were made. Deleted
/// people are not in them.
pub fn export(reader: &Reader) -> Result<Vec<Table>> {
    reader.read(|snapshot| Ok(as_tables(snapshot.dump()?)))
}

impl Desk {
    /// Returns every table of the vault as [`export`] does, with deleted people
    /// in it as if they were restored. Nothing is changed.
    pub fn export_with_trash(&self) -> Result<Vec<Table>> {
        /// How the writing ends: with the tables, and never with a change.
        enum Ended {
            Exported(Vec<DumpTable>),
            Failed(store::StoreError),
        }
        impl From<store::StoreError> for Ended {
            fn from(error: store::StoreError) -> Self {
                Self::Failed(error)
            }
        }
        let everybody = everybody_in_trash(self.reader())?;
        let operation = store::NewOperation {
            id: domain::OperationId(self.new_id()),
            at: self.now(),
            verb: "export",
            subject: "",
            description: "Export with the trash",
            extend: false,
        };
        let ended = self.pen.write::<Infallible, Ended>(operation, |writing| {
            writing.restore_people(&everybody)?;
            Err(Ended::Exported(writing.dump()?))
        });
        match ended {
            Err(Ended::Exported(dump)) => Ok(as_tables(dump)),
            Err(Ended::Failed(error)) => Err(DeskError::Store(error)),
            Ok(never) => match never {},
        }
    }
}

/// Returns the name of every table with the number of its rows.
pub fn tables(reader: &Reader) -> Result<Vec<(String, usize)>> {
    reader.read(|snapshot| {
        let mut tables = Vec::new();
        each(snapshot, |table| {
            tables.push((table.name, table.rows.len()));
            Ok(())
        })?;
        Ok(tables)
    })
}

/// Writes everything that is stored as one JSON document, from one moment of the vault.
///
/// The log of changes, which undo reads, and the index of search are left out: both follow from the rest.
pub fn write_everything(reader: &Reader, out: &mut dyn Write) -> Result<()> {
    reader.read(|snapshot| {
        let mut document = JsonWriter::begin(out).map_err(unwritten)?;
        each(snapshot, |table| document.table(&table).map_err(unwritten))?;
        document.finish().map_err(unwritten)
    })
}

/// Writes one table as CSV; `false` where there is none of this name.
pub fn write_table(reader: &Reader, name: &str, out: &mut dyn Write) -> Result<bool> {
    reader.read(|snapshot| {
        let mut found = false;
        each(snapshot, |table| {
            if table.name == name {
                found = true;
                write_csv(&table, out).map_err(unwritten)?;
            }
            Ok(())
        })?;
        Ok(found)
    })
}

/// Returns the people who fit a query as vCards, by name.
///
/// Cards are for address books, which other programs and people see, so the student's notes stay out unless they are
/// asked for. What somebody said in confidence about a program is no part of a card.
pub fn cards(
    reader: &Reader,
    query: &PeopleQuery,
    version: VcardVersion,
    with_notes: bool,
) -> Result<String> {
    let people = people_ids(reader, query)?;
    reader.read(|snapshot| {
        let mut text = String::new();
        for id in &people {
            if let Some(card) = card(snapshot, *id, with_notes)? {
                text.push_str(&write_vcards(&[card], version));
            }
        }
        Ok(text)
    })
}

fn card(snapshot: &Snapshot<'_>, id: PersonId, with_notes: bool) -> Result<Option<PersonDraft>> {
    let Some(person) = snapshot.person(id)? else {
        return Ok(None);
    };
    let mut places = person.affiliations.into_iter();
    let (employer, position, former) = places
        .next()
        .map(|place| (place.employer, place.position, !place.current))
        .unwrap_or_default();
    let mut extra = snapshot.extra(id)?;
    for place in places {
        let parts = [place.position, place.employer].into_iter();
        let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        extra.push(("also at".to_owned(), parts.join(", ")));
    }
    Ok(Some(PersonDraft {
        line: 0,
        name: person.name,
        employer,
        position,
        contacts: person.contacts,
        known_since: person.known_since,
        how_found: person.how_found,
        tags: person.tags,
        note: if with_notes {
            person.note
        } else {
            String::new()
        },
        extra,
        former,
    }))
}

/// Returns the JSON Schema of [`write_everything`]'s documents.
pub fn schema(reader: &Reader) -> Result<String> {
    reader.read(|snapshot| Ok(write_schema(&schemas(snapshot)?)))
}

/// Returns how every table of an export looks.
pub(crate) fn schemas(snapshot: &Snapshot<'_>) -> Result<Vec<TableSchema>> {
    let about = about();
    let words = |key: &str| about.get(key).copied().unwrap_or_default().to_owned();
    let shapes = snapshot
        .shapes()?
        .into_iter()
        .filter(|shape| shape.name != TRASH);
    let tables = shapes.map(|shape| TableSchema {
        about: words(&shape.name),
        columns: shape
            .columns
            .into_iter()
            .map(|column| ColumnSchema {
                about: words(&format!("{}.{}", shape.name, column.name)),
                name: column.name,
                is_number: column.is_number,
                may_be_null: column.may_be_null,
            })
            .collect(),
        name: shape.name,
    });
    Ok(tables.collect())
}

/// Returns what is told about each table ("person") and column ("person.ring").
pub fn about() -> BTreeMap<&'static str, &'static str> {
    ABOUT
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(": "))
        .collect()
}

/// Hands on table after table, so that never more than one is held.
fn each(snapshot: &Snapshot<'_>, mut take: impl FnMut(Table) -> Result<()>) -> Result<()> {
    snapshot.dump_each(|dumped| {
        if dumped.name == TRASH {
            return Ok(());
        }
        take(table(dumped))
    })
}

fn as_tables(dump: Vec<DumpTable>) -> Vec<Table> {
    let kept = dump.into_iter().filter(|table| table.name != TRASH);
    kept.map(table).collect()
}

/// Returns why an export could not be made.
pub(crate) fn unwritten(error: std::io::Error) -> DeskError {
    DeskError::NotThere {
        what: "way to write the export",
        name: error.to_string(),
    }
}

fn table(table: DumpTable) -> Table {
    Table {
        name: table.name,
        columns: table.columns,
        rows: table
            .rows
            .into_iter()
            .map(|row| row.into_iter().map(cell).collect())
            .collect(),
    }
}

fn cell(value: Value) -> Cell {
    match value {
        Value::Null => Cell::Null,
        Value::Integer(n) => Cell::Integer(n),
        Value::Real(x) => Cell::Real(x),
        Value::Text(text) => Cell::Text(text),
    }
}
