//! Finds where texts about others name those who go.

use std::collections::HashSet;

use domain::{Mentions, Named, PersonName};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row};

use super::{TextMention, TextPlace};
use crate::error::Result;
use crate::exported::paths_naming;
use crate::person::name_at;
use crate::sql::{Columns as _, column, quoted};
use crate::triggers::LoggedTable;

/// Columns with identities and the names of others.
const NAMES_OF_OTHERS: [&str; 4] = ["uuid", "given", "family", "greet_as"];

/// Columns that name things which may be called like a person: where such a name
/// stands in one, it is told and stays.
const NAMES_OF_THINGS: [&str; 3] = ["employer", "institution", "name"];

/// Columns whose values a line of the history may quote.
const QUOTED: [&str; 13] = [
    "uuid",
    "given",
    "family",
    "greet_as",
    "note",
    "how_found",
    "tag",
    "employer",
    "subject",
    "text",
    "what",
    "value",
    "name",
];

/// The table of a public list: nobody put anybody's name there, and hospitals
/// and cities are called like people.
const PUBLIC: &str = "hospital";

/// Words of a text that a line of the history may quote from its beginning.
const QUOTED_WORDS: usize = 8;

/// Mentions that are told one by one.
const MENTIONS_TOLD: usize = 50;

/// Bytes before and after a surname that are shown with it, about.
const AROUND: usize = 40;

/// What has to be written anew so that texts name nobody who goes.
#[derive(Debug, Default)]
pub(super) struct Rewriting {
    /// Stored texts.
    pub(super) texts: Vec<NewText>,
    /// Images of rows.
    pub(super) images: Vec<NewImage>,
    /// Operations with their subject and description.
    pub(super) lines: Vec<(i64, String, String)>,
    /// Paths of files that were written, and are not known any more.
    pub(super) paths: Vec<String>,
    /// Texts that hold a surname alone, or name a thing, and stay as they are.
    pub(super) mentions: Vec<TextMention>,
    /// All of these, also those beyond the ones told.
    pub(super) n_mentions: usize,
}

/// A stored text as it will be.
#[derive(Debug)]
pub(super) struct NewText {
    pub(super) table: String,
    pub(super) column: String,
    pub(super) id: i64,
    pub(super) text: String,
}

/// The images of a row as they will be, where they change.
#[derive(Debug)]
pub(super) struct NewImage {
    pub(super) operation: i64,
    pub(super) table: String,
    pub(super) row: i64,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

/// Looks through all stored texts, images and lines of the history for those
/// whose rows are in `temp.going`.
pub(super) fn rewriting(connection: &Connection, tables: &[LoggedTable]) -> Result<Rewriting> {
    let gone = named_going(connection)?;
    let paths = paths_naming(connection, &gone)?;
    let mentions = Mentions::of(&[gone], &named_staying(connection)?);
    let mut values = values_going(connection)?;
    let mut rewriting = Rewriting {
        paths,
        ..Rewriting::default()
    };
    for table in tables.iter().filter(|table| table.name != PUBLIC) {
        look_through_table(connection, table, &mentions, &mut values, &mut rewriting)?;
    }
    look_through_images(connection, &mentions, &mut rewriting)?;
    // A value that is longer than every line is in none, and may be a whole book.
    let longest = longest_line(connection)?;
    let values = values.iter().map(String::as_str);
    let values = mentions.and_values(values.filter(|value| value.len() <= longest));
    look_through_history(connection, &mentions, &values, &mut rewriting)?;
    Ok(rewriting)
}

/// Returns every name and address that the people who go ever had.
fn named_going(connection: &Connection) -> Result<Named> {
    const NAME: [&str; 6] = [
        "title",
        "given",
        "family",
        "suffix",
        "credentials",
        "greet_as",
    ];
    let mut gone = Named::default();
    for_each_image(connection, "person", &NAME, |row| {
        gone.names.push(name_at(row, 0)?);
        Ok(())
    })?;
    for_each_image(connection, "contact", &["value"], |row| {
        gone.addresses.push(row.get(0)?);
        Ok(())
    })?;
    Ok(gone)
}

/// Gives columns of every row of a table that goes, as it is and as it ever was.
fn for_each_image(
    connection: &Connection,
    table: &str,
    columns: &[&str],
    mut take: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
) -> Result<()> {
    let live: Vec<String> = columns.iter().map(|c| format!("t.{}", quoted(c))).collect();
    let old = |image: &str| {
        let parts = columns
            .iter()
            .map(|c| format!("coalesce(json_extract(c.{image}, '$.{c}'), '')"));
        parts.collect::<Vec<_>>().join(", ")
    };
    let images =
        "FROM temp.ending e CROSS JOIN change c ON c.operation = e.operation AND c.table_name = ?1
         JOIN temp.going g ON g.name = c.table_name AND g.row = c.row";
    let mut statement = connection.prepare(&format!(
        "SELECT {live} FROM temp.going g CROSS JOIN {table} t ON t.id = g.row WHERE g.name = ?1
         UNION SELECT {before} {images} WHERE c.before IS NOT NULL
         UNION SELECT {after} {images} WHERE c.after IS NOT NULL",
        live = live.join(", "),
        table = quoted(table),
        before = old("before"),
        after = old("after"),
    ))?;
    let mut rows = statement.query([table])?;
    while let Some(row) = rows.next()? {
        take(row)?;
    }
    Ok(())
}

/// Returns the names and addresses of everybody else, in the trash as well.
fn named_staying(connection: &Connection) -> Result<Vec<Named>> {
    const STAYS: &str =
        "NOT EXISTS (SELECT 1 FROM temp.going g WHERE g.name = 'person' AND g.row = p.id)";
    let mut names = connection.prepare(&format!(
        "SELECT p.title, p.given, p.family, p.suffix, p.credentials, p.greet_as FROM person p WHERE {STAYS}"
    ))?;
    let names: Vec<PersonName> = names
        .query_map([], |row| name_at(row, 0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut addresses = connection.prepare(&format!(
        "SELECT c.value FROM contact c JOIN person p ON p.id = c.person WHERE {STAYS}"
    ))?;
    let mut trashed = connection.prepare(
        "SELECT t.name FROM trash t WHERE NOT EXISTS (
            SELECT 1 FROM temp.going g WHERE g.name = 'trash' AND g.row = t.id)",
    )?;
    let trashed: Vec<String> = column(&mut trashed, [], 0)?;
    let trashed = trashed.iter().map(|name| PersonName::parse(name));
    Ok(vec![Named {
        names: names.into_iter().chain(trashed).collect(),
        addresses: column(&mut addresses, [], 0)?,
    }])
}

/// Returns the values of rows which go that a line of the history may quote.
fn values_going(connection: &Connection) -> Result<HashSet<String>> {
    let mut tables = connection.prepare(
        "SELECT DISTINCT g.name, c.name FROM temp.going g JOIN pragma_table_info(g.name) c",
    )?;
    let tables: Vec<(String, String)> = tables
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut values = HashSet::new();
    for (table, name) in tables {
        if !QUOTED.contains(&name.as_str()) {
            continue;
        }
        for_each_image(connection, &table, &[&name], |row| {
            let value: String = row.get(0)?;
            let mut words = value.split_whitespace();
            let beginning: Vec<&str> = words.by_ref().take(QUOTED_WORDS).collect();
            if words.next().is_some() {
                values.insert(beginning.join(" "));
            }
            values.insert(value.trim().to_owned());
            Ok(())
        })?;
    }
    Ok(values)
}

/// Looks through the rows of a table that stay: for names in their texts, and
/// for values that others have as well, which are no secret of those who go.
fn look_through_table(
    connection: &Connection,
    table: &LoggedTable,
    mentions: &Mentions,
    values: &mut HashSet<String>,
    found: &mut Rewriting,
) -> Result<()> {
    let mut columns =
        connection.prepare_cached("SELECT name FROM pragma_table_info(?1) WHERE type = 'TEXT'")?;
    let columns: Vec<String> = column(&mut columns, [&table.name], 0)?;
    if columns.is_empty() {
        return Ok(());
    }
    let selected: Vec<String> = columns.iter().map(|c| format!("t.{}", quoted(c))).collect();
    let mut statement = connection.prepare(&format!(
        "SELECT t.id, {} FROM {} t WHERE NOT EXISTS (
            SELECT 1 FROM temp.going g WHERE g.name = '{}' AND g.row = t.id)",
        selected.join(", "),
        quoted(&table.name),
        table.name
    ))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        for (i, name) in columns.iter().enumerate() {
            let ValueRef::Text(bytes) = row.get_ref(i + 1)? else {
                continue;
            };
            let text = String::from_utf8_lossy(bytes);
            values.remove(text.trim());
            if names_others(name) {
                continue;
            }
            let id: i64 = row.get(0)?;
            let is_thing = NAMES_OF_THINGS.contains(&name.as_str());
            let without = mentions.without(&text).filter(|_| !is_thing);
            // Where the whole name went, the surname may stand elsewhere still.
            let stays: &str = without.as_deref().unwrap_or(&text);
            let told = match is_thing {
                true => mentions.name_in(stays),
                false => mentions.surname_in(stays),
            };
            if let Some(at) = told {
                found.n_mentions += 1;
                if found.mentions.len() < MENTIONS_TOLD {
                    found.mentions.push(TextMention {
                        place: place_of(connection, &table.name, id)?,
                        snippet: snippet(stays, at),
                    });
                }
            }
            if let Some(text) = without {
                found.texts.push(NewText {
                    table: table.name.clone(),
                    column: name.clone(),
                    id,
                    text,
                });
            }
        }
    }
    Ok(())
}

fn names_others(column: &str) -> bool {
    NAMES_OF_OTHERS.contains(&column) || column.ends_with("_key")
}

/// Returns what a row with a text belongs to.
fn place_of(connection: &Connection, table: &str, id: i64) -> Result<TextPlace> {
    let sql = match table {
        "person" => "SELECT uuid FROM person WHERE id = ?1",
        "message" => "SELECT uuid FROM message WHERE id = ?1",
        "interaction" => "SELECT uuid FROM interaction WHERE id = ?1",
        "exchange" => {
            "SELECT uuid FROM interaction WHERE id = (SELECT interaction FROM exchange WHERE id = ?1)"
        }
        "commitment" => {
            "SELECT uuid FROM person WHERE id = (SELECT person FROM commitment WHERE id = ?1)"
        }
        "affiliation" => {
            "SELECT uuid FROM person WHERE id = (SELECT person FROM affiliation WHERE id = ?1)"
        }
        "extra" => "SELECT uuid FROM person WHERE id = (SELECT person FROM extra WHERE id = ?1)",
        "tag" => "SELECT uuid FROM person WHERE id = (SELECT person FROM tag WHERE id = ?1)",
        _ => return Ok(TextPlace::Other(table.to_owned())),
    };
    let uuid: Option<String> = connection
        .prepare_cached(sql)?
        .query_row([id], |row| row.get(0))
        .optional()?;
    let place = uuid.and_then(|uuid| match table {
        "person" | "commitment" | "affiliation" | "extra" | "tag" => {
            uuid.parse().ok().map(TextPlace::Person)
        }
        "message" => uuid.parse().ok().map(TextPlace::Message),
        _ => uuid.parse().ok().map(TextPlace::Interaction),
    });
    Ok(place.unwrap_or_else(|| TextPlace::Other(table.to_owned())))
}

/// Returns what stands around a place in a text.
fn snippet(text: &str, at: usize) -> String {
    let from = text.floor_char_boundary(at.saturating_sub(AROUND));
    let to = text.ceil_char_boundary((at + AROUND).min(text.len()));
    let start = if from > 0 { "…" } else { "" };
    let end = if to < text.len() { "…" } else { "" };
    let words: Vec<&str> = text[from..to].split_whitespace().collect();
    format!("{start}{}{end}", words.join(" "))
}

/// Looks through the images of rows that stay.
fn look_through_images(
    connection: &Connection,
    mentions: &Mentions,
    found: &mut Rewriting,
) -> Result<()> {
    let mut statement = connection.prepare(
        "SELECT c.operation, c.table_name, c.row, c.before, c.after FROM change c
         WHERE c.table_name <> ?1
            AND NOT EXISTS (SELECT 1 FROM temp.going g WHERE g.name = c.table_name AND g.row = c.row)",
    )?;
    let mut rows = statement.query([PUBLIC])?;
    while let Some(row) = rows.next()? {
        let image = |i: usize| -> Result<Option<String>> {
            match row.get_ref(i)? {
                ValueRef::Text(bytes) => image_without(connection, bytes, mentions),
                _ => Ok(None),
            }
        };
        let (before, after) = (image(3)?, image(4)?);
        if before.is_some() || after.is_some() {
            found.images.push(NewImage {
                operation: row.get(0)?,
                table: row.get(1)?,
                row: row.get(2)?,
                before,
                after,
            });
        }
    }
    Ok(())
}

/// Returns an image whose texts name nobody who goes, or `None` where they
/// never did.
fn image_without(
    connection: &Connection,
    image: &[u8],
    mentions: &Mentions,
) -> Result<Option<String>> {
    let image = String::from_utf8_lossy(image);
    // A form may stand in JSON otherwise than it is written, behind a backslash.
    let may_be = image.contains('\\') || mentions.may_be_in(&image);
    if !may_be {
        return Ok(None);
    }
    let mut fields =
        connection.prepare_cached("SELECT key, value FROM json_each(?1) WHERE type = 'text'")?;
    let fields: Vec<(String, String)> = fields
        .query_map([&image], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut changed = None;
    for (name, text) in fields {
        if names_others(&name) || NAMES_OF_THINGS.contains(&name.as_str()) {
            continue;
        }
        let Some(without) = mentions.without(&text) else {
            continue;
        };
        let now: &str = changed.as_deref().unwrap_or(&image);
        changed = Some(
            connection
                .prepare_cached("SELECT json_replace(?1, ?2, ?3)")?
                .query_row((now, format!("$.{name}"), without), |row| row.get(0))?,
        );
    }
    Ok(changed)
}

/// Returns the bytes of the longest text that was noted of an operation.
fn longest_line(connection: &Connection) -> Result<usize> {
    let longest = connection.query_row(
        "SELECT coalesce(max(max(octet_length(subject), octet_length(description))), 0) FROM operation",
        [],
        |row| row.count(0),
    )?;
    Ok(longest)
}

/// Looks through what was noted of each operation. Of those that touched who
/// goes, no value of theirs is left either.
fn look_through_history(
    connection: &Connection,
    mentions: &Mentions,
    values: &Mentions,
    found: &mut Rewriting,
) -> Result<()> {
    let mut statement = connection.prepare(
        "SELECT o.seq, o.subject, o.description, e.operation IS NOT NULL
         FROM operation o LEFT JOIN temp.ending e ON e.operation = o.seq",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (subject, description): (String, String) = (row.get(1)?, row.get(2)?);
        let without = |text: &str, ending: bool| {
            if ending {
                values.without(text)
            } else {
                mentions.without(text)
            }
        };
        let ending = row.get(3)?;
        let new_subject = without(&subject, ending).map(|_| String::new());
        let new_description = without(&description, ending);
        if new_subject.is_some() || new_description.is_some() {
            found.lines.push((
                row.get(0)?,
                new_subject.unwrap_or(subject),
                new_description.unwrap_or(description),
            ));
        }
    }
    Ok(())
}
