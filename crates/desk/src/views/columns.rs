//! The columns of a table that no reader knows: what they hold, and the first
//! people that come of it.

use std::io::BufRead;

use domain::{InteractionDraft, PersonDraft, Problem, Sink};
use formats::contacts::{CsvLook, Mapping, read_mapped};
use serde::Serialize;
use store::Reader;

use crate::columns::{PREFIX, read, setting_of};
use crate::{Reading, Result};

/// People that show what a choice of columns comes to.
const SHOWN: usize = 5;

/// A header whose columns are remembered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RememberedHeader {
    /// Its name, for forgetting it.
    pub id: String,
    /// Every column with what it holds, as a word.
    pub columns: Vec<(String, &'static str)>,
}

/// Returns every header whose columns are remembered.
pub fn remembered_headers(reader: &Reader) -> Result<Vec<RememberedHeader>> {
    let settings = reader.read(|snapshot| snapshot.settings())?;
    let headers = settings.iter().filter_map(|(key, value)| {
        let id = key.strip_prefix(PREFIX)?;
        let remembered = read(value)?;
        let words = remembered.mapping.roles.iter().map(|role| role.word());
        Some(RememberedHeader {
            id: id.to_owned(),
            columns: remembered.names.into_iter().zip(words).collect(),
        })
    });
    Ok(headers.collect())
}

/// Returns what the student said of the columns of such a table, if they did.
pub fn remembered(reader: &Reader, look: &CsvLook) -> Result<Option<Mapping>> {
    let Some(key) = setting_of(look) else {
        return Ok(None);
    };
    let value = reader.read(|snapshot| snapshot.setting(&key))?;
    let mapping = value.and_then(|value| read(&value));
    Ok(mapping
        .map(|remembered| remembered.mapping)
        .filter(|mapping| mapping.roles.len() == look.columns.len()))
}

/// Returns the first people that a table gives when its columns hold what the
/// mapping says; nobody where it gives none.
pub fn first_people(mapping: &Mapping, input: &mut dyn BufRead) -> Vec<PersonDraft> {
    let mut first = First::default();
    // A mapping without a name is what the student is about to mend.
    let _ = read_mapped(mapping, input, &mut first);
    first.0
}

#[derive(Default)]
struct First(Vec<PersonDraft>);

impl Sink for First {
    fn person(&mut self, draft: PersonDraft) -> bool {
        self.0.push(draft);
        self.0.len() < SHOWN
    }

    fn interaction(&mut self, _: InteractionDraft) -> bool {
        true
    }

    fn problem(&mut self, _: Problem) -> bool {
        true
    }

    fn empty_record(&mut self, _: u64) -> bool {
        true
    }
}

/// Reads a table whose columns hold what the mapping says.
///
/// # Errors
/// [`crate::DeskError::Unreadable`] where nobody comes of it.
pub fn read_table(
    name: &str,
    look: &CsvLook,
    mapping: &Mapping,
    input: &mut dyn BufRead,
) -> Result<Reading> {
    let mut reading = Reading {
        source: name.to_owned(),
        kind: "table of people".to_owned(),
        columns: look
            .columns
            .iter()
            .cloned()
            .zip(mapping.roles.iter().copied())
            .collect(),
        ..Reading::default()
    };
    let summary = read_mapped(mapping, input, &mut reading)?;
    reading.take_summary(summary);
    Ok(reading)
}
