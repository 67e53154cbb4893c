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
    /// "page", "command", "person" or "program".
    pub kind: &'static str,
    /// Where it leads.
    pub href: String,
    /// A hint, or empty.
    pub hint: String,
}

/// People with whom a deed is offered, where the text names one.
const DEEDS_MAX: usize = 6;

/// What can be done with a person: the word that is typed, what is shown before
/// the name, and where it leads.
const DEEDS: [(&str, &str, &str); 2] = [
    ("write", "Write to", "/write?person="),
    ("log", "Log something with", "/log?person="),
];

/// Returns people and programs for a text; the face adds its own pages. A text
/// such as "write rao" gives the deed with the people whom the rest fits.
pub fn palette(reader: &Reader, text: &str, limit: usize) -> Result<Vec<PaletteEntry>> {
    let mut entries = Vec::new();
    let (first, rest) = text.trim().split_once(' ').unwrap_or_default();
    let deed = DEEDS
        .iter()
        .find(|(word, _, _)| word.eq_ignore_ascii_case(first));
    if let Some((_, label, href)) = deed {
        let rest = rest.trim().trim_start_matches("to ");
        let people = search(reader, rest, DEEDS_MAX)?.people.into_iter();
        entries.extend(people.map(|person| PaletteEntry {
            title: format!("{label} {}", person.name),
            kind: "command",
            href: format!("{href}{}", person.id),
            hint: person.employer,
        }));
    }
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
    entries.extend(people.chain(programs));
    Ok(entries)
}
