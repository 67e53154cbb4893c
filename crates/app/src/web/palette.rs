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

/// Pages and deeds that the navigation does not name: what the student does or
/// finds there, the kind, and where.
const FURTHER: [(&str, &str, &str); 18] = [
    ("Log something", "command", "/log"),
    ("An answer came", "command", "/write/reply"),
    ("Type a few names", "command", "/import#typed"),
    (
        "Paste a match list or a department's page",
        "command",
        "/import#roster",
    ),
    ("Add a program or hospital", "command", "/programs/new"),
    (
        "Compare programs side by side",
        "command",
        "/programs/compare",
    ),
    ("Search people, programs and notes", "page", "/search"),
    ("Programs on my list", "page", "/programs?listed=yes"),
    ("People I owe a reply", "page", "/people?reply=mine"),
    ("People who owe me a reply", "page", "/people?reply=theirs"),
    (
        "People silent for 3 months",
        "page",
        "/people?last=silent-90&order=silent",
    ),
    ("Archived people", "page", "/people?archived=yes"),
    ("Duplicates", "page", "/duplicates"),
    ("Trash", "page", "/trash"),
    ("Who I am, and where I rotate", "page", "/set-up"),
    ("How often to be in touch", "page", "/set-up/rhythms"),
    ("Guards on outreach", "page", "/set-up/guards"),
    ("Style guide", "page", "/styleguide"),
];

/// Pages that a text shows at most, so that people and programs have room.
const PAGES_OF_TEXT: usize = 8;

/// Returns the pages and deeds in whose name a word begins like `query`, letter
/// case aside: those of the navigation first; all of them for an empty query.
pub fn pages(query: &str) -> Vec<Entry> {
    let query = query.trim().to_lowercase();
    let fits = |title: &str| format!(" {}", title.to_lowercase()).contains(&format!(" {query}"));
    let items = NAV.iter().flat_map(|group| group.items);
    let nav = items.map(|item| {
        let hint = item.key.map(|key| format!("g {key}")).unwrap_or_default();
        (item.label, "page", item.href, hint)
    });
    let further = FURTHER
        .iter()
        .map(|(title, kind, href)| (*title, *kind, *href, String::new()));
    let most = if query.is_empty() {
        usize::MAX
    } else {
        PAGES_OF_TEXT
    };
    nav.chain(further)
        .filter(|(title, ..)| query.is_empty() || fits(title))
        .take(most)
        .map(|(title, kind, href, hint)| Entry {
            title: title.to_owned(),
            kind,
            href: href.to_owned(),
            hint,
        })
        .collect()
}
