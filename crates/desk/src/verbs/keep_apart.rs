//! Remembers that two people who look like one are two.

use domain::PersonId;

use super::merge_people::both;
use crate::{Desk, Done, Result};

impl Desk {
    /// Remembers that two people are not the same: they are not offered for
    /// merging again, and an import does not take one for the other where it
    /// could tell them apart. Undo forgets it.
    ///
    /// # Errors
    /// [`crate::DeskError::NotThere`] where nobody has an identity,
    /// [`crate::DeskError::Bad`] where both are the same person.
    pub fn keep_apart(&self, a: PersonId, b: PersonId) -> Result<Done<()>> {
        self.write(
            "keep-apart",
            &a.to_string(),
            "Keep two people apart",
            |writing| {
                let [one, two] = both(writing, a, b)?;
                writing.set_apart(one.id, two.id)?;
                writing.describe(&format!(
                    "Keep {} and {} apart",
                    one.name.display(),
                    two.name.display()
                ));
                Ok(())
            },
        )
    }
}
