//! Changes many people at once, as one operation.

use domain::{PersonId, Ring};

use crate::{Desk, Done, Result};

/// What to do with everybody chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BulkEdit {
    /// Note whether they went to the student's school; `None` is not known.
    SameSchool(Option<bool>),
    /// Put them into a ring.
    Ring(Ring),
    /// Add a tag.
    AddTag(String),
    /// Put them aside, or bring them back.
    Archive(bool),
}

impl Desk {
    /// Changes many people at once, and returns how many were changed.
    pub fn edit_people(&self, people: &[PersonId], edit: &BulkEdit) -> Result<Done<usize>> {
        let what = match edit {
            BulkEdit::SameSchool(Some(true)) => "Note \"same school\"".to_owned(),
            BulkEdit::SameSchool(Some(false)) => "Note \"another school\"".to_owned(),
            BulkEdit::SameSchool(None) => "Note \"school not known\"".to_owned(),
            BulkEdit::Ring(ring) => format!("Put into the ring \"{}\"", ring.word()),
            BulkEdit::AddTag(tag) => format!("Add the tag \"{}\"", tag.trim()),
            BulkEdit::Archive(true) => "Archive".to_owned(),
            BulkEdit::Archive(false) => "Bring back".to_owned(),
        };
        self.write("edit-people", "", &what, |writing| {
            let mut changed = 0;
            for id in people {
                let Some(mut person) = writing.person(*id)? else {
                    continue;
                };
                let before = person.clone();
                match edit {
                    BulkEdit::SameSchool(same_school) => person.same_school = *same_school,
                    BulkEdit::Ring(ring) => person.ring = *ring,
                    BulkEdit::AddTag(tag) => {
                        let tag = tag.trim();
                        if !tag.is_empty() && !person.tags.iter().any(|t| t == tag) {
                            person.tags.push(tag.to_owned());
                        }
                    }
                    BulkEdit::Archive(archived) => person.archived = *archived,
                }
                if person != before {
                    writing.update_person(&person)?;
                    changed += 1;
                }
            }
            let noun = if changed == 1 { "person" } else { "people" };
            writing.describe(&format!("{what}: {changed} {noun}"));
            Ok(changed)
        })
    }
}
