//! An export of Vouch as people and interactions, for a vault that holds something already.
//!
//! An empty vault takes an export over whole, row by row; this reader is for all others, where each person has to be
//! compared with those who are there.

use std::collections::BTreeMap;
use std::io::BufRead;

use domain::{
    Channel, ContactKind, ContactPoint, Direction, InteractionDraft, PersonDraft, PersonName,
    Problem, Sink,
};

use crate::export::{Cell, EXPORT_FORMAT, Table, read_json};
use crate::linkedin::person_text;
use crate::text::quoted;
use crate::{Format, Head, ReadError};

/// Exports of Vouch.
pub const VOUCH: Format = Format {
    name: "vouch",
    label: "Vouch export (.json, .csv)",
    about: "Everything that a vault holds, as the page Export writes it.",
    detect,
    read,
};

/// Returns whether a text begins as an export does.
fn detect(head: &Head) -> bool {
    let mut start = head.text.trim_start_matches('\u{FEFF}').chars();
    let start: String = start
        .by_ref()
        .filter(|c| !c.is_whitespace())
        .take(64)
        .collect();
    start.starts_with(&format!("{{\"format\":\"{EXPORT_FORMAT}\""))
}

fn read(input: &mut dyn BufRead, sink: &mut dyn Sink) -> Result<(), ReadError> {
    let tables = read_json(input).map_err(|error| ReadError::NotThisFormat {
        found: error.to_string(),
        would_do: "the file vouch.json, as the page Export wrote it".to_owned(),
    })?;
    let rows = Rows { tables: &tables };
    let mut people = Vec::new();
    for row in rows.of("person") {
        people.push((row.number("id"), person(&row)));
    }
    let at: BTreeMap<i64, usize> = people
        .iter()
        .enumerate()
        .map(|(position, (id, _))| (*id, position))
        .collect();
    let mut lost = Vec::new();
    for (table, add) in PARTS {
        for row in rows.of(table) {
            let done = match at.get(&row.number("person")) {
                Some(&position) => add(&row, &mut people[position].1),
                None => Err((
                    "person",
                    row.text("person"),
                    "the id of a person of this file",
                )),
            };
            lost.extend(done.err().map(|wrong| problem(table, &row, wrong)));
        }
    }
    let names: BTreeMap<i64, String> = people
        .iter()
        .map(|(id, draft)| (*id, named(draft)))
        .collect();
    for (_, draft) in people {
        let goes_on = if draft.name.plain().is_empty() && draft.contacts.is_empty() {
            sink.empty_record(0)
        } else {
            sink.person(draft)
        };
        if !goes_on {
            return Ok(());
        }
    }
    let mut with: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for row in rows.of("participant") {
        let name = names.get(&row.number("person")).cloned();
        with.entry(row.number("interaction"))
            .or_default()
            .extend(name);
    }
    for row in rows.of("interaction") {
        let people = with.remove(&row.number("id")).unwrap_or_default();
        let goes_on = match interaction(&row, people) {
            Ok(draft) => sink.interaction(draft),
            Err(wrong) => sink.problem(problem("interaction", &row, wrong)),
        };
        if !goes_on {
            return Ok(());
        }
    }
    for problem in lost {
        if !sink.problem(problem) {
            return Ok(());
        }
    }
    Ok(())
}

/// What is wrong with a row: the column, what was found, what would do.
type Wrong = (&'static str, String, &'static str);

/// A table of things that belong to a person, and what becomes of a row.
type Part = (
    &'static str,
    fn(&Row, &mut PersonDraft) -> Result<(), Wrong>,
);

const PARTS: [Part; 4] = [
    ("affiliation", |row, person| {
        let (employer, position) = (row.text("employer"), row.text("position"));
        if person.employer.is_empty() && person.position.is_empty() {
            (person.employer, person.position) = (employer, position);
            person.former = row.cell("current") == Some(&Cell::Integer(0));
        } else {
            let place = [position, employer]
                .into_iter()
                .filter(|part| !part.is_empty());
            let place = place.collect::<Vec<_>>().join(", ");
            person.extra.push(("also at".to_owned(), place));
        }
        Ok(())
    }),
    ("contact", |row, person| {
        let word = row.text("kind");
        let kind =
            ContactKind::from_word(&word).ok_or(("kind", word, "email, phone, linkedin or url"))?;
        person.contacts.push(ContactPoint {
            kind,
            value: row.text("value"),
            label: row.text("label"),
        });
        Ok(())
    }),
    ("tag", |row, person| {
        person.tags.push(row.text("tag"));
        Ok(())
    }),
    ("extra", |row, person| {
        person.extra.push((row.text("name"), row.text("value")));
        Ok(())
    }),
];

fn person(row: &Row) -> PersonDraft {
    PersonDraft {
        name: PersonName {
            title: row.text("title"),
            given: row.text("given"),
            family: row.text("family"),
            suffix: row.text("suffix"),
            credentials: row.text("credentials"),
            greet_as: row.text("greet_as"),
        },
        known_since: row.text("known_since").parse().ok(),
        how_found: row.text("how_found"),
        note: row.text("note"),
        ..PersonDraft::default()
    }
}

/// Returns the name, with the LinkedIn address where there is one.
fn named(draft: &PersonDraft) -> String {
    let profile = draft
        .contacts
        .iter()
        .find(|contact| contact.kind == ContactKind::LinkedIn)
        .map_or("", |contact| contact.value.as_str());
    person_text(&draft.name.plain(), profile)
}

fn interaction(row: &Row, people: Vec<String>) -> Result<InteractionDraft, Wrong> {
    let (day, channel, direction) = (row.text("day"), row.text("channel"), row.text("direction"));
    Ok(InteractionDraft {
        line: 0,
        people,
        day: day
            .parse()
            .map_err(|_| ("day", day, "a day such as 2026-02-08"))?,
        channel: Channel::from_word(&channel).ok_or(("channel", channel, "a word such as call"))?,
        direction: Direction::from_word(&direction).ok_or((
            "direction",
            direction,
            "a word such as mutual",
        ))?,
        note: row.text("note"),
        at: None,
        unwanted: false,
    })
}

fn problem(table: &str, row: &Row, (column, found, would_do): Wrong) -> Problem {
    Problem {
        line: 0,
        field: format!("{table} {}, {column}", row.text("id")),
        found: quoted(&found),
        would_do: would_do.to_owned(),
        record_kept: false,
    }
}

struct Rows<'a> {
    tables: &'a [Table],
}

impl<'a> Rows<'a> {
    fn of(&self, name: &str) -> impl Iterator<Item = Row<'a>> + use<'a> {
        let table = self.tables.iter().find(|table| table.name == name);
        table.into_iter().flat_map(|table| {
            table.rows.iter().map(|cells| Row {
                columns: &table.columns,
                cells,
            })
        })
    }
}

struct Row<'a> {
    columns: &'a [String],
    cells: &'a [Cell],
}

impl Row<'_> {
    fn cell(&self, column: &str) -> Option<&Cell> {
        let at = self.columns.iter().position(|name| name == column)?;
        self.cells.get(at)
    }

    /// Returns the text of a cell; one that is not there is empty.
    fn text(&self, column: &str) -> String {
        self.cell(column).map(Cell::to_text).unwrap_or_default()
    }

    /// Returns a number; what is none is 0, which is the id of nothing.
    fn number(&self, column: &str) -> i64 {
        match self.cell(column) {
            Some(Cell::Integer(n)) => *n,
            _ => 0,
        }
    }
}
