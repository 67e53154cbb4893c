//! The days of conferences, as far as they are known.
//!
//! An edition that is not here was not found: the meetings of SIR and SIO after
//! 2026 are not announced in any source that was read.

use std::sync::OnceLock;

use domain::{Provenance, Reliability};
use jiff::civil::Date;
use serde::Deserialize;

use crate::load::LoadError;
use crate::provenance::date_in;

/// One edition of a conference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The short name ("SIR").
    pub name: String,
    /// The year by which it is called.
    pub edition: i16,
    /// Its first day.
    pub first_day: Date,
    /// Its last day.
    pub last_day: Date,
    /// The city.
    pub place: String,
    /// Where the days come from.
    pub provenance: Provenance,
}

static SHIPPED: OnceLock<Vec<Event>> = OnceLock::new();

/// Returns the shipped conferences, by name and year, parsed on the first call.
///
/// # Panics
/// When the compiled-in data are damaged, which this crate's tests exclude.
pub fn events() -> &'static [Event] {
    SHIPPED.get_or_init(|| {
        load(include_str!("../data/events.csv"))
            .expect("the compiled-in data pass their own checks")
    })
}

#[derive(Deserialize)]
struct Row {
    name: String,
    edition: i16,
    first_day: String,
    last_day: String,
    place: String,
    reliability: String,
    source: String,
}

fn load(text: &str) -> Result<Vec<Event>, LoadError> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.deserialize::<Row>().zip(1..);
    rows.map(|(row, n)| {
        let row = row.map_err(|source| LoadError::Table {
            table: "events",
            source,
        })?;
        event(row, n)
    })
    .collect()
}

fn event(row: Row, n: usize) -> Result<Event, LoadError> {
    let wrong = |column, found: &str, wanted| LoadError::Cell {
        table: "events",
        row: n,
        column,
        found: found.to_owned(),
        wanted,
    };
    let day = |column, text: &str| text.parse().map_err(|_| wrong(column, text, "a day"));
    let first_day: Date = day("first_day", &row.first_day)?;
    let last_day: Date = day("last_day", &row.last_day)?;
    if last_day < first_day {
        return Err(wrong("last_day", &row.last_day, "a day after the first"));
    }
    let reliability = match row.reliability.as_str() {
        "A" => Reliability::Official,
        "B" => Reliability::Transcribed,
        "C" => Reliability::SecondHand,
        other => return Err(wrong("reliability", other, "A, B or C")),
    };
    Ok(Event {
        name: row.name,
        edition: row.edition,
        first_day,
        last_day,
        place: row.place,
        provenance: Provenance {
            as_of: date_in(&row.source),
            source: row.source,
            reliability,
            private: false,
        },
    })
}
