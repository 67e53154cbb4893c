//! The trash: deleted people, who can be restored or forgotten.

use domain::{PersonId, PersonName, fold_key};
use serde::Serialize;
use store::{Reader, TrashRow};

use crate::{DeskError, Result};

/// One person in the trash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TrashLine {
    /// The person's id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The employer's text, or empty.
    pub employer: String,
    /// When they were deleted, in UTC.
    pub deleted_at: String,
}

/// A part of the trash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trash {
    /// The people, by surname.
    pub rows: Vec<TrashLine>,
    /// How many are in the trash.
    pub total: usize,
    /// The first row's position, from 0.
    pub offset: usize,
    /// Rows a page.
    pub limit: usize,
}

/// Returns a part of the trash.
pub fn trash(reader: &Reader, limit: usize, offset: usize) -> Result<Trash> {
    reader.read(|snapshot| {
        let page = snapshot.trash(Some(limit), offset)?;
        Ok(Trash {
            rows: page.rows.into_iter().map(line).collect(),
            total: page.total,
            offset,
            limit,
        })
    })
}

/// Returns everybody in the trash.
pub fn everybody_in_trash(reader: &Reader) -> Result<Vec<PersonId>> {
    reader.read(|snapshot| {
        let page = snapshot.trash(None, 0)?;
        Ok(page.rows.into_iter().map(|row| row.id).collect())
    })
}

/// Returns a person's line, if they are in the trash.
pub fn in_trash(reader: &Reader, id: PersonId) -> Result<Option<TrashLine>> {
    reader.read(|snapshot| Ok(snapshot.trashed(id)?.map(line)))
}

/// Returns the one person in the trash whom a text names: an id, or words of
/// the name.
///
/// # Errors
/// [`DeskError::NotThere`] and [`DeskError::Several`], the latter with the
/// candidates.
pub fn find_in_trash(reader: &Reader, text: &str) -> Result<PersonId> {
    reader.read(|snapshot| {
        let not_there = || DeskError::not_there("person in the trash", text);
        if let Ok(id) = text.parse::<PersonId>() {
            return Ok(snapshot.trashed(id)?.ok_or_else(not_there)?.id);
        }
        let wanted = fold_key(&PersonName::parse(text).plain());
        let words: Vec<&str> = wanted.split(' ').filter(|word| !word.is_empty()).collect();
        let mut found = snapshot.trash(None, 0)?.rows;
        found.retain(|row| {
            let key = fold_key(&row.name);
            let fits = |word: &&str| key.split(' ').any(|part| part.starts_with(*word));
            !words.is_empty() && words.iter().all(fits)
        });
        match found.as_slice() {
            [] => Err(not_there()),
            [one] => Ok(one.id),
            several => Err(DeskError::Several {
                name: text.to_owned(),
                candidates: several
                    .iter()
                    .take(8)
                    .map(|row| format!("{} ({})", row.name, row.id))
                    .collect(),
            }),
        }
    })
}

fn line(row: TrashRow) -> TrashLine {
    TrashLine {
        id: row.id.to_string(),
        name: row.name,
        employer: row.employer,
        deleted_at: row.deleted_at.to_string(),
    }
}
