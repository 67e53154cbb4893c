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

/// People or programs with which a deed is offered, where the text names one.
const DEEDS_MAX: usize = 6;

/// What can be done with a person or a program.
struct Deed {
    /// The words that are typed before the name.
    words: &'static [&'static str],
    /// What is shown before the name.
    label: &'static str,
    /// Where it leads, around the id.
    href: (&'static str, &'static str),
}

const fn deed(
    words: &'static [&'static str],
    label: &'static str,
    href: (&'static str, &'static str),
) -> Deed {
    Deed { words, label, href }
}

/// What can be done with a person.
const WITH_PERSON: &[Deed] = &[
    deed(
        &[
            "write", "email", "mail", "message", "thank", "remind", "answer",
        ],
        "Write to",
        ("/write?person=", ""),
    ),
    deed(
        &["log", "call", "called", "met", "talk", "talked", "note"],
        "Log something with",
        ("/log?person=", ""),
    ),
    deed(
        &[
            "edit", "change", "correct", "tag", "ring", "archive", "rename",
        ],
        "Edit",
        ("/people/", "/edit"),
    ),
    deed(
        &["promise", "promises"],
        "Promises with",
        ("/people/", "#promises"),
    ),
    deed(&["next"], "What next with", ("/people/", "#next")),
    deed(&["delete", "remove"], "Delete", ("/people/", "#leave")),
    deed(
        &["forget", "erase"],
        "Forget for good:",
        ("/people/", "/forget"),
    ),
];

/// What can be done with a program.
const WITH_PROGRAM: &[Deed] = &[
    deed(
        &["list", "unlist", "rank", "priority"],
        "Put on my list, or take off:",
        ("/programs/", "#mine"),
    ),
    deed(&["who", "whom"], "Whom I know at", ("/programs/", "#who")),
    deed(
        &[
            "fact",
            "facts",
            "correct",
            "visa",
            "director",
            "coordinator",
        ],
        "Facts of",
        ("/programs/", "#facts"),
    ),
];

impl Deed {
    /// Returns the deed of a list that a word means.
    fn of(deeds: &'static [Self], word: &str) -> Option<&'static Self> {
        let means = |known: &&str| known.eq_ignore_ascii_case(word);
        deeds.iter().find(|deed| deed.words.iter().any(&means))
    }

    fn entry(&self, id: &str, name: &str, hint: String) -> PaletteEntry {
        PaletteEntry {
            title: format!("{} {name}", self.label),
            kind: "command",
            href: format!("{}{id}{}", self.href.0, self.href.1),
            hint,
        }
    }
}

/// Words between a deed and a name.
const BETWEEN: [&str; 5] = ["to ", "with ", "at ", "from ", "of "];

/// Returns people and programs for a text; the face adds its own pages. A text
/// such as "write rao" gives the deed with the people whom the rest fits.
pub fn palette(reader: &Reader, text: &str, limit: usize) -> Result<Vec<PaletteEntry>> {
    let mut entries = Vec::new();
    let (first, rest) = text.trim().split_once(' ').unwrap_or_default();
    let rest = rest.trim();
    let rest = BETWEEN
        .iter()
        .find_map(|word| rest.strip_prefix(word))
        .unwrap_or(rest);
    let (person, program) = (Deed::of(WITH_PERSON, first), Deed::of(WITH_PROGRAM, first));
    if !rest.is_empty() && (person.is_some() || program.is_some()) {
        let found = search(reader, rest, DEEDS_MAX)?;
        if let Some(deed) = person {
            let people = found.people.into_iter();
            entries.extend(people.map(|it| deed.entry(&it.id, &it.name, it.employer)));
        }
        if let Some(deed) = program {
            let programs = found.programs.iter().take(DEEDS_MAX);
            entries.extend(programs.map(|(id, name)| deed.entry(id, name, String::new())));
        }
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
