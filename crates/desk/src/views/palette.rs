//! What the command palette offers.

use serde::Serialize;
use store::Reader;

use crate::Result;
use crate::views::search::search;

/// One entry of the palette.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PaletteEntry {
    /// What is shown.
    pub title: String,
    /// "page", "person" or "program".
    pub kind: &'static str,
    /// Where it leads.
    pub href: String,
    /// A hint, or empty.
    pub hint: String,
}

/// Returns people and programs for a text; the face adds its own pages.
pub fn palette(reader: &Reader, text: &str, limit: usize) -> Result<Vec<PaletteEntry>> {
    let found = search(reader, text, limit)?;
    let people = found.people.into_iter().map(|person| PaletteEntry {
        title: person.name,
        kind: "person",
        href: format!("/people/{}", person.id),
        hint: person.employer,
    });
    let programs = found.programs.into_iter().map(|(id, name)| PaletteEntry {
        title: name,
        kind: "program",
        href: format!("/programs/{id}"),
        hint: String::new(),
    });
    Ok(people.chain(programs).collect())
}
