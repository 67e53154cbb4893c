//! The columns of the list of people: which stand in it, and what they say.

use std::collections::BTreeMap;

use domain::PersonId;
use jiff::civil::Date;
use serde::Serialize;
use store::{PersonRow, ReplyOwed, Snapshot};

use super::{People, PersonLine, Reply};
use crate::Result;

/// The word of the name, which stands in every list.
const NAME: &str = "name";

/// A column of the list of people besides the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Column {
    /// Where they work.
    Place,
    /// What the post is.
    Role,
    /// How well they know the student.
    State,
    /// The day of the last interaction.
    Last,
    /// How close they are.
    Ring,
    /// Who owes the other an answer.
    Reply,
    /// Tags; they stand beside the name where they have no column.
    Tags,
    /// How the student came upon them.
    Found,
    /// The day since when the student knows them.
    Known,
}

impl Column {
    /// Every column, in the order in which a page offers them.
    pub const ALL: [Self; 9] = [
        Self::Place,
        Self::Role,
        Self::State,
        Self::Last,
        Self::Ring,
        Self::Reply,
        Self::Tags,
        Self::Found,
        Self::Known,
    ];

    /// The columns where nothing else is asked.
    pub const USUAL: [Self; 4] = [Self::Place, Self::Role, Self::State, Self::Last];

    /// Returns the word that stands in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Role => "role",
            Self::State => "state",
            Self::Last => "last",
            Self::Ring => "ring",
            Self::Reply => "reply",
            Self::Tags => "tags",
            Self::Found => "found",
            Self::Known => "known",
        }
    }

    /// Returns the words that stand above the column.
    pub fn label(self) -> &'static str {
        match self {
            Self::Place => "Works at",
            Self::Role => "Role",
            Self::State => "You are",
            Self::Last => "Last contact",
            Self::Ring => "Ring",
            Self::Reply => "Reply",
            Self::Tags => "Tags",
            Self::Found => "How found",
            Self::Known => "Known since",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.word() == word)
    }

    /// Returns the words that name columns, with commas.
    pub fn words() -> String {
        let words = Self::ALL.map(Self::word);
        format!("{NAME}, {}", words.join(", "))
    }
}

/// The columns of a list, in their order; the name always comes first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns(Vec<Column>);

impl Default for Columns {
    fn default() -> Self {
        Self(Column::USUAL.to_vec())
    }
}

impl Columns {
    /// Returns the columns of words with commas between them, and the words
    /// that name none. Where no word names a column, they are the usual ones.
    pub fn from_words(words: &str) -> (Self, Vec<&str>) {
        let mut columns = Vec::new();
        let mut unknown = Vec::new();
        let mut is_named = false;
        for word in words.split(',').map(str::trim).filter(|w| !w.is_empty()) {
            match Column::from_word(word) {
                Some(column) if columns.contains(&column) => {}
                Some(column) => columns.push(column),
                None if word == NAME => is_named = true,
                None => unknown.push(word),
            }
        }
        if columns.is_empty() && !is_named {
            return (Self::default(), unknown);
        }
        (Self(columns), unknown)
    }

    /// Returns the words as they stand in an address; none for the usual columns.
    pub fn words(&self) -> Option<String> {
        if *self == Self::default() {
            return None;
        }
        let words = self.0.iter().map(|column| column.word());
        let words: Vec<&str> = [NAME].into_iter().chain(words).collect();
        Some(words.join(","))
    }

    /// Returns the columns besides the name.
    pub fn all(&self) -> &[Column] {
        &self.0
    }

    /// Returns whether a column is one of them.
    pub fn has(&self, column: &Column) -> bool {
        self.0.contains(column)
    }
}

impl People {
    /// Returns what stands in a column for a row, as plain text: empty where
    /// nothing is known.
    pub fn cell(&self, row: &PersonLine, column: Column) -> String {
        match column {
            Column::Place => {
                let place = row.place.as_ref().filter(|place| **place != row.employer);
                let parts = [Some(&row.employer), place].into_iter().flatten();
                let parts: Vec<&str> = parts
                    .map(String::as_str)
                    .filter(|part| !part.is_empty())
                    .collect();
                parts.join(", ")
            }
            Column::Role if row.role == domain::RoleKind::Other.word() => row.position.clone(),
            Column::Role => row.role.to_owned(),
            Column::State => row.state.to_owned(),
            Column::Last => row.last.clone().unwrap_or_default(),
            Column::Ring => row.ring.to_owned(),
            Column::Reply => {
                let owed = self.replies.as_ref();
                let owed = owed.and_then(|replies| replies.get(&row.id));
                let owed = owed.into_iter().flatten();
                let owed: Vec<&str> = owed.map(|reply| reply.label()).collect();
                owed.join(", ")
            }
            Column::Tags => row.tags.join(", "),
            Column::Found => row.how_found.clone(),
            Column::Known => row.known_since.clone().unwrap_or_default(),
        }
    }
}

/// Returns who of these rows owes the student an answer on a day, or is owed
/// one, by the person's id.
pub(super) fn replies(
    snapshot: &Snapshot<'_>,
    rows: &[PersonRow],
    today: Date,
) -> Result<BTreeMap<String, Vec<Reply>>> {
    let people: Vec<PersonId> = rows.iter().map(|row| row.id).collect();
    let mut replies: BTreeMap<String, Vec<Reply>> = BTreeMap::new();
    for (person, owed) in snapshot.replies_owed(&people, today)? {
        let reply = match owed {
            ReplyOwed::ByStudent => Reply::Mine,
            ReplyOwed::ByPerson { .. } => Reply::Theirs,
        };
        replies.entry(person.to_string()).or_default().push(reply);
    }
    Ok(replies)
}
