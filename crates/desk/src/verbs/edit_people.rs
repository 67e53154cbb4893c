//! Changes many people at once, as one operation.

use domain::{PersonId, Ring};
use store::BulkChange;

use crate::note_scan::patient_spans;
use crate::{Desk, DeskError, Done, Result};

/// What to do with everybody chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BulkEdit {
    /// Note whether they went to the student's school; `None` is not known.
    SameSchool(Option<bool>),
    /// Put them into a ring.
    Ring(Ring),
    /// Add a tag.
    AddTag(String),
    /// Take a tag away.
    RemoveTag(String),
    /// Put them aside, or bring them back.
    Archive(bool),
}

impl Desk {
    /// Changes many people at once, and returns how many were changed.
    ///
    /// # Errors
    /// [`DeskError::Bad`] where a tag has no word, or where a new one is too long or
    /// may tell who a patient is.
    pub fn edit_people(&self, people: &[PersonId], edit: &BulkEdit) -> Result<Done<usize>> {
        let (what, change) = match edit {
            BulkEdit::SameSchool(same_school) => {
                let what = match same_school {
                    Some(true) => "Note \"same school\"",
                    Some(false) => "Note \"another school\"",
                    None => "Note \"school not known\"",
                };
                (what.to_owned(), BulkChange::SameSchool(*same_school))
            }
            BulkEdit::Ring(ring) => (
                format!("Put into the ring \"{}\"", ring.word()),
                BulkChange::Ring(*ring),
            ),
            BulkEdit::AddTag(tag) => {
                let tag = new_tag(tag)?;
                if !patient_spans(tag).is_empty() {
                    let would_do = "a word that tells of no patient";
                    return Err(DeskError::bad("tag", tag, would_do));
                }
                (format!("Add the tag \"{tag}\""), BulkChange::AddTag(tag))
            }
            BulkEdit::RemoveTag(tag) => {
                let tag = tag_of(tag)?;
                (
                    format!("Take the tag \"{tag}\" away"),
                    BulkChange::RemoveTag(tag),
                )
            }
            BulkEdit::Archive(archived) => {
                let what = if *archived { "Archive" } else { "Bring back" };
                (what.to_owned(), BulkChange::Archived(*archived))
            }
        };
        self.write("edit-people", "", &what, |writing| {
            let changed = writing.change_people(people, change)?;
            writing.describe(&format!("{what}: {}", counted(changed)));
            Ok(changed)
        })
    }
}

fn tag_of(tag: &str) -> Result<&str> {
    let tag = tag.trim();
    if tag.is_empty() {
        return Err(DeskError::bad("tag", "", "a word"));
    }
    Ok(tag)
}

/// Letters that a new tag may have; it stands in rows and filters.
const TAG_CHARS_MAX: usize = 60;

/// Returns a tag that is to be added, without the space around it.
///
/// # Errors
/// [`DeskError::Bad`] where it has no word or is too long. A long one that came
/// with a file is kept and can be taken away.
pub(crate) fn new_tag(tag: &str) -> Result<&str> {
    let tag = tag_of(tag)?;
    let n_chars = tag.chars().count();
    if n_chars > TAG_CHARS_MAX {
        let begins: String = tag.chars().take(20).collect();
        return Err(DeskError::bad(
            "tag",
            format!("{begins}… ({n_chars} letters)"),
            format!("up to {TAG_CHARS_MAX} letters; a note holds more"),
        ));
    }
    Ok(tag)
}

/// Returns a number of people in words.
pub(crate) fn counted(n_people: usize) -> String {
    match n_people {
        1 => "1 person".to_owned(),
        n => format!("{n} people"),
    }
}
