//! Brings people back from the trash.

use domain::PersonId;

use crate::verbs::edit_people::counted;
use crate::{Desk, DeskError, Done, Result};

impl Desk {
    /// Restores people from the trash, with what went with them, and returns
    /// how many came back.
    ///
    /// # Errors
    /// [`DeskError::NotThere`] where none of them is in the trash.
    pub fn restore_people(&self, people: &[PersonId]) -> Result<Done<usize>> {
        self.write("restore-people", "", "Restore", |writing| {
            let name = match people {
                [one] => writing.trashed(*one)?.map(|row| row.name),
                _ => None,
            };
            let restored = writing.restore_people(people)?;
            if restored == 0 {
                let first = people.first().map(ToString::to_string);
                return Err(DeskError::not_there(
                    "person in the trash",
                    first.unwrap_or_default(),
                ));
            }
            let who = name.unwrap_or_else(|| counted(restored));
            writing.describe(&format!("Restore {who}"));
            Ok(restored)
        })
    }
}
