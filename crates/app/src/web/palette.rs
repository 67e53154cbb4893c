//! What the command palette shows, as the JSON of `GET /palette?q=`.
//!
//! The answer is an array of [`Entry`], best first, at most [`MAX_ENTRIES`]:
//!
//! ```json
//! [{ "title": "Programs", "kind": "page", "href": "/programs", "hint": "g p" }]
//! ```

use serde::Serialize;

use super::layout::NAV;

/// The most entries that the palette shows at once.
pub const MAX_ENTRIES: usize = 20;

/// One line of the palette.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// What the student chooses.
    pub title: String,
    /// What it is, in one word: `page`, `command`, `person`, `program`.
    pub kind: &'static str,
    /// Where choosing it leads, on this server.
    pub href: String,
    /// What tells it from its like: an employer, a city, a shortcut; may be
    /// empty.
    pub hint: String,
}

/// Pages that the navigation does not name: what the student does there, and where.
const FURTHER: [(&str, &str); 2] = [
    ("An answer came", "/write/reply"),
    ("Guards on outreach", "/set-up/guards"),
];

/// Returns the pages whose name contains `query`, letter case aside: those of the
/// navigation first; all of them for an empty query.
pub fn pages(query: &str) -> Vec<Entry> {
    let query = query.trim().to_lowercase();
    let items = NAV.iter().flat_map(|group| group.items);
    items
        .filter(|item| item.label.to_lowercase().contains(&query))
        .map(|item| Entry {
            title: item.label.to_owned(),
            kind: "page",
            href: item.href.to_owned(),
            hint: item.key.map(|key| format!("g {key}")).unwrap_or_default(),
        })
        .chain(
            FURTHER
                .iter()
                .filter(|(title, _)| title.to_lowercase().contains(&query))
                .map(|(title, href)| Entry {
                    title: (*title).to_owned(),
                    kind: "page",
                    href: (*href).to_owned(),
                    hint: String::new(),
                }),
        )
        .collect()
}
