//! Saves a filter of the list of people under a name, and lets it go again.

use std::collections::BTreeMap;

use crate::{Desk, DeskError, Done, Result};

const PREFIX: &str = "filter.people.";

/// Letters that a name may have; it stands in a row of links.
const NAME_CHARS_MAX: usize = 60;

/// Letters that a filter may have.
const FILTER_CHARS_MAX: usize = 2_000;

impl Desk {
    /// Saves a filter, as it stands in the address, under a name. A filter of
    /// that name is replaced.
    ///
    /// # Errors
    /// [`DeskError::Bad`] where the name is empty or too long, or where the
    /// filter keeps everybody or is too long.
    pub fn save_filter(&self, name: &str, filter: &str) -> Result<Done<()>> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > NAME_CHARS_MAX {
            let would_do = format!("a name of up to {NAME_CHARS_MAX} letters");
            return Err(DeskError::bad("name", name, would_do));
        }
        if filter.is_empty() {
            return Err(DeskError::bad("filter", "everybody", "at least one filter"));
        }
        if filter.chars().count() > FILTER_CHARS_MAX {
            let would_do = format!("a filter of up to {FILTER_CHARS_MAX} letters");
            return Err(DeskError::bad("filter", "a longer one", would_do));
        }
        let description = format!("Save the filter \"{name}\"");
        self.write("save-filter", name, &description, |writing| {
            writing.set_setting(&format!("{PREFIX}{name}"), &plain(filter))?;
            Ok(())
        })
    }

    /// Lets a saved filter go.
    ///
    /// # Errors
    /// [`DeskError::NotThere`] where none has the name.
    pub fn drop_filter(&self, name: &str) -> Result<Done<()>> {
        let description = format!("Let the filter \"{name}\" go");
        self.write("drop-filter", name, &description, |writing| {
            if !saved_filters(&writing.settings()?).contains_key(name) {
                return Err(DeskError::not_there("filter", name));
            }
            writing.remove_setting(&format!("{PREFIX}{name}"))?;
            Ok(())
        })
    }
}

/// Returns the saved filters by name, as they stand in the address.
pub(crate) fn saved_filters(settings: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    settings
        .iter()
        .filter_map(|(key, filter)| Some((key.strip_prefix(PREFIX)?.to_owned(), encoded(filter))))
        .collect()
}

/// Returns a filter as it is kept: a line for each key and value, as they were
/// typed. Forgetting somebody would not find a name in the form of the address.
fn plain(filter: &str) -> String {
    let lines: Vec<String> = form_urlencoded::parse(filter.as_bytes())
        .map(|(key, value)| format!("{key}={}", value.replace(['\r', '\n'], " ")))
        .collect();
    lines.join("\n")
}

fn encoded(plain: &str) -> String {
    let pairs = plain.lines().filter_map(|line| line.split_once('='));
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}
