//! What the command palette shows, as the JSON of `GET /palette?q=`.
//!
//! The answer is an array of [`Entry`], best first, at most [`MAX_ENTRIES`]:
//!
//! ```json
//! [{ "title": "Programs", "kind": "page", "href": "/programs", "hint": "g r" }]
//! ```
//!
//! What stands in it is data: the navigation, the lines of `palette.tsv`, the
//! rules on messages, and every command of the command line that no line names.
//! A test compares it with the router and with the command line.

use std::sync::LazyLock;

use domain::fold;
use serde::Serialize;

use super::layout::NAV;
use crate::cli::{self, CommandInfo};

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
    /// What tells it from its like: an employer, a city, a shortcut, a command
    /// of the command line; may be empty.
    pub hint: String,
}

/// A page or deed, with what it is found by.
struct Deed {
    entry: Entry,
    /// Addresses of the server that it stands for, as the router writes them.
    routes: Vec<&'static str>,
    /// The folded words of the title.
    title: Vec<String>,
    /// Other words, folded.
    words: Vec<String>,
    /// The options of the command that it stands for first, folded.
    options: Vec<String>,
}

/// The lines of the data: title, kind, address, commands, addresses it stands
/// for, and other words.
const LINES: &str = include_str!("palette.tsv");

static DEEDS: LazyLock<Vec<Deed>> = LazyLock::new(deeds);

/// Pages that a text shows at most, so that people and programs have room.
const PAGES_OF_TEXT: usize = 8;

/// Words that tell nothing apart.
const SMALL: [&str; 20] = [
    "a", "an", "the", "my", "me", "i", "it", "this", "that", "to", "of", "for", "in", "at", "on",
    "is", "do", "how", "and", "or",
];

/// Returns the addresses of the server that an entry stands for, as the router
/// writes them.
pub fn routes() -> Vec<&'static str> {
    let of_deeds = DEEDS.iter().flat_map(|deed| deed.routes.iter().copied());
    let nav = NAV.iter().flat_map(|group| group.items);
    of_deeds.chain(nav.map(|item| item.href)).collect()
}

/// Returns the pages and deeds that a text means: those in whose name, or in
/// another word for it, words begin like all of its own, letter case and small
/// words aside. Those whose name begins like the text come first, then those that
/// have all of it in their names, then those that have it in other words, and
/// last those that have it as an option of a command. All of them, for an empty
/// text.
pub fn pages(text: &str) -> Vec<Entry> {
    let query = words(text);
    if query.is_empty() {
        return DEEDS.iter().map(|deed| deed.entry.clone()).collect();
    }
    let telling: Vec<&String> = query
        .iter()
        .filter(|word| !SMALL.contains(&word.as_str()))
        .collect();
    let telling = match telling.is_empty() {
        true => query.iter().collect(),
        false => telling,
    };
    let mut found: Vec<(u8, &Deed)> = DEEDS
        .iter()
        .filter_map(|deed| Some((rank(deed, &query, &telling)?, deed)))
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    let entries = found.into_iter().map(|(_, deed)| deed.entry.clone());
    entries.take(PAGES_OF_TEXT).collect()
}

/// Returns how well a deed fits, 0 best; `None` where it does not.
fn rank(deed: &Deed, query: &[String], telling: &[&String]) -> Option<u8> {
    let begins = deed.title.join(" ").starts_with(&query.join(" "));
    let in_all = |lists: &[&Vec<String>]| {
        telling.iter().all(|wanted| {
            let mut all = lists.iter().flat_map(|list| list.iter());
            all.any(|word| word.starts_with(wanted.as_str()))
        })
    };
    if begins {
        Some(0)
    } else if in_all(&[&deed.title]) {
        Some(1)
    } else if in_all(&[&deed.title, &deed.words]) {
        Some(2)
    } else {
        in_all(&[&deed.title, &deed.words, &deed.options]).then_some(3)
    }
}

fn deeds() -> Vec<Deed> {
    let commands = cli::commands();
    let mut unnamed: Vec<&CommandInfo> = commands.iter().collect();
    let nav = NAV.iter().flat_map(|group| group.items);
    let mut deeds: Vec<Deed> = nav
        .map(|item| Deed {
            entry: Entry {
                title: item.label.to_owned(),
                kind: "page",
                href: item.href.to_owned(),
                hint: item.key.map(|key| format!("g {key}")).unwrap_or_default(),
            },
            routes: Vec::new(),
            title: words(item.label),
            words: with_joined(item.label),
            options: Vec::new(),
        })
        .collect();
    let lines = LINES.lines().filter(|line| !line.starts_with('#'));
    for line in lines.filter(|line| !line.is_empty()) {
        deeds.extend(deed_of(line, &commands, &mut unnamed));
    }
    deeds.extend(unnamed.into_iter().map(|command| {
        Deed {
            entry: Entry {
                title: command.about.trim_end_matches('.').to_owned(),
                kind: "command",
                href: format!("/help#command-{}", command.name),
                hint: format!("vouch {}", command.name),
            },
            routes: Vec::new(),
            title: words(&command.about),
            words: with_joined(&format!("{} {}", command.about, command.name)),
            options: command
                .options
                .iter()
                .flat_map(|it| with_joined(it))
                .collect(),
        }
    }));
    deeds.extend(lint::RULES.iter().map(|rule| Deed {
        entry: Entry {
            title: format!("Rule {}", rule.meta.name),
            kind: "page",
            href: format!("/help/{}", rule.meta.name),
            hint: String::new(),
        },
        routes: Vec::new(),
        title: words(&format!("Rule {}", rule.meta.name)),
        words: Vec::new(),
        options: Vec::new(),
    }));
    deeds
}

/// Returns the deed of a line; `unnamed` are the commands that no line has named
/// so far. Nothing, where the line has not its six parts, of which a test takes
/// care.
fn deed_of(
    line: &'static str,
    commands: &[CommandInfo],
    unnamed: &mut Vec<&CommandInfo>,
) -> Option<Deed> {
    let parts: Vec<&'static str> = line.split('|').collect();
    let &[title, kind, href, names, routes, others] = parts.as_slice() else {
        return None;
    };
    let names: Vec<&str> = names.split_whitespace().collect();
    let is_first = |command: &&CommandInfo| unnamed.iter().any(|it| it.name == command.name);
    let named = commands
        .iter()
        .filter(|command| names.contains(&command.name.as_str()));
    let options = named
        .filter(is_first)
        .flat_map(|command| command.options.iter())
        .flat_map(|option| with_joined(option))
        .collect();
    unnamed.retain(|command| !names.contains(&command.name.as_str()));
    let hints: Vec<String> = names.iter().map(|name| format!("vouch {name}")).collect();
    Some(Deed {
        entry: Entry {
            title: title.to_owned(),
            kind: if kind == "page" { "page" } else { "command" },
            href: href.to_owned(),
            hint: hints.join(", "),
        },
        routes: routes.split_whitespace().collect(),
        title: words(title),
        words: with_joined(&format!("{title} {others} {}", names.join(" "))),
        options,
    })
}

/// Returns the folded words of a text; a hyphen parts them.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric());
    parts.filter(|part| !part.is_empty()).map(fold).collect()
}

/// Returns the words, and those with a hyphen also as one, so that "setup",
/// "set up" and "set-up" find the same.
fn with_joined(text: &str) -> Vec<String> {
    let tokens = text.split_whitespace().filter(|token| token.contains('-'));
    let joined = tokens.map(|token| words(token).concat());
    words(text).into_iter().chain(joined).collect()
}
