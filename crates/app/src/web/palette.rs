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
    /// Where choosing it leads, on this server; or `#` and the `data-do` of a
    /// button.
    pub href: String,
    /// What tells it from its like: an employer, a city, a shortcut; may be
    /// empty.
    pub hint: String,
}

/// Pages and deeds that the navigation does not name: what the student does or
/// finds there, the kind, where, and other words that find it. What begins with
/// `#` is a button of every page, the one whose `data-do` is the rest.
const FURTHER: &[(&str, &str, &str, &str)] = &[
    ("Log something", "command", "/log", "interaction new"),
    ("An answer came", "command", "/write/reply", "reply paste"),
    (
        "Type a few names",
        "command",
        "/import#typed",
        "new person add people",
    ),
    (
        "Paste a match list or a department's page",
        "command",
        "/import#roster",
        "roster alumni",
    ),
    (
        "Add a program or hospital",
        "command",
        "/programs/new",
        "new own",
    ),
    (
        "Compare programs side by side",
        "command",
        "/programs/compare",
        "",
    ),
    ("Undo a change", "command", "/history", "take back"),
    (
        "Merge people stored twice",
        "command",
        "/duplicates",
        "apart",
    ),
    (
        "Bring back somebody deleted",
        "command",
        "/trash",
        "restore",
    ),
    (
        "Say where you rotate",
        "command",
        "/set-up#rotations",
        "rotation hospital",
    ),
    (
        "Say how many minutes a week you have",
        "command",
        "/set-up#minutes",
        "day time",
    ),
    (
        "Back up the vault",
        "command",
        "/vault#backup-title",
        "backup copy",
    ),
    ("Restore a backup", "command", "/vault#restore-title", ""),
    (
        "Set or change the passphrase",
        "command",
        "/vault#passphrase-title",
        "password lock unlock encrypt",
    ),
    (
        "Print a recovery sheet",
        "command",
        "/vault#passphrase-title",
        "code",
    ),
    (
        "Change dark or light colours",
        "command",
        "#colours",
        "theme mode",
    ),
    (
        "Show the shortcuts",
        "command",
        "#shortcuts",
        "keys keyboard",
    ),
    ("Quit Vouch", "command", "#quit", "exit close stop"),
    (
        "Search people, programs and notes",
        "page",
        "/search",
        "find",
    ),
    ("Programs on my list", "page", "/programs?listed=yes", ""),
    (
        "People I owe a reply",
        "page",
        "/people?reply=mine",
        "answer",
    ),
    (
        "People who owe me a reply",
        "page",
        "/people?reply=theirs",
        "answer",
    ),
    (
        "People silent for 3 months",
        "page",
        "/people?last=silent-90&order=silent",
        "fading",
    ),
    ("Archived people", "page", "/people?archived=yes", ""),
    ("Duplicates", "page", "/duplicates", ""),
    ("Trash", "page", "/trash", "deleted"),
    (
        "Who I am, and where I rotate",
        "page",
        "/set-up",
        "student profile",
    ),
    (
        "How often to be in touch",
        "page",
        "/set-up/rhythms",
        "rhythm cadence ring",
    ),
    (
        "Guards on outreach",
        "page",
        "/set-up/guards",
        "limits reminders",
    ),
    ("Style guide", "page", "/styleguide", ""),
];

/// Pages that a text shows at most, so that people and programs have room.
const PAGES_OF_TEXT: usize = 8;

/// Returns the pages and deeds in whose name, or in another word for it, a word
/// begins like `query`, letter case aside: those of the navigation first; all of
/// them for an empty query.
pub fn pages(query: &str) -> Vec<Entry> {
    let query = query.trim().to_lowercase();
    let fits = |title: &str, words: &str| {
        format!(" {} {words}", title.to_lowercase()).contains(&format!(" {query}"))
    };
    let items = NAV.iter().flat_map(|group| group.items);
    let nav = items.map(|item| {
        let hint = item.key.map(|key| format!("g {key}")).unwrap_or_default();
        (item.label, "page", item.href, "", hint)
    });
    let further = FURTHER
        .iter()
        .map(|(title, kind, href, words)| (*title, *kind, *href, *words, String::new()));
    let most = if query.is_empty() {
        usize::MAX
    } else {
        PAGES_OF_TEXT
    };
    nav.chain(further)
        .filter(|(title, _, _, words, _)| query.is_empty() || fits(title, words))
        .take(most)
        .map(|(title, kind, href, _, hint)| Entry {
            title: title.to_owned(),
            kind,
            href: href.to_owned(),
            hint,
        })
        .collect()
}
