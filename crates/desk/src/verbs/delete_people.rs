//! Puts people into the trash, from where they can come back.

use domain::PersonId;

use crate::verbs::edit_people::counted;
use crate::{Desk, DeskError, Done, Result};

impl Desk {
    /// Deletes people, with what is nothing without them, and returns how many.
    /// They stay in the trash until they are restored or forgotten.
    ///
    /// # Errors
    /// [`DeskError::NotThere`] where none of them is stored.
    pub fn delete_people(&self, people: &[PersonId]) -> Result<Done<usize>> {
        self.write("delete-people", "", "Delete", |writing| {
            let name = match people {
                [one] => writing.person(*one)?.map(|person| person.name.display()),
                _ => None,
            };
            let deleted = writing.delete_people(people)?;
            if deleted == 0 {
                let first = people.first().map(ToString::to_string);
                return Err(DeskError::not_there("person", first.unwrap_or_default()));
            }
            let who = name.unwrap_or_else(|| counted(deleted));
            writing.describe(&format!("Delete {who}"));
            Ok(deleted)
        })
    }
}
