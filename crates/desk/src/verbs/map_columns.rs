//! Remembers what the columns of a table hold, and forgets it again.

use formats::contacts::{CsvLook, Mapping};

use crate::columns::{PREFIX, read, setting_of, written};
use crate::{Desk, DeskError, Done, Result};

impl Desk {
    /// Remembers what the columns of a table hold, for every file with the same
    /// header. A table without a header is not remembered: nothing would tell
    /// the next one from it.
    ///
    /// # Errors
    /// [`DeskError::Bad`] where the mapping gives no people.
    pub fn map_columns(&self, look: &CsvLook, mapping: &Mapping) -> Result<Done<()>> {
        if !mapping.gives_people() {
            return Err(DeskError::bad(
                "columns",
                look.columns.join(", "),
                "a column chosen as the name or the e-mail address",
            ));
        }
        let description = format!("Say what the columns {} hold", first_names(&look.columns));
        self.write("map-columns", "", &description, |writing| {
            let Some(key) = setting_of(look).filter(|_| mapping.has_header) else {
                return Ok(());
            };
            let value = written(look, mapping);
            if writing.setting(&key)?.as_deref() != Some(&value) {
                writing.set_setting(&key, &value)?;
            }
            Ok(())
        })
    }

    /// Forgets what the columns of a header hold, so that it is asked again.
    ///
    /// # Errors
    /// [`DeskError::NotThere`] where no such header is remembered.
    pub fn forget_columns(&self, id: &str) -> Result<Done<()>> {
        self.write(
            "forget-columns",
            "",
            "Forget what columns hold",
            |writing| {
                let key = format!("{PREFIX}{id}");
                let Some(value) = writing.setting(&key)? else {
                    return Err(DeskError::not_there("remembered table", id));
                };
                if let Some(remembered) = read(&value) {
                    let names = first_names(&remembered.names);
                    writing.describe(&format!("Forget what the columns {names} hold"));
                }
                writing.remove_setting(&key)?;
                Ok(())
            },
        )
    }
}

/// Returns enough of the columns' names to know a table by.
fn first_names(names: &[String]) -> String {
    const SHOWN: usize = 3;
    let mut text = names
        .iter()
        .take(SHOWN)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > SHOWN {
        text.push_str(" …");
    }
    text
}
