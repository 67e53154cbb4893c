//! What forgetting would take away, before it is done.

use domain::{PersonId, PersonName, day_in_words};
use serde::Serialize;
use store::{Forgetting, Snapshot, TextMention, TextPlace};

use crate::vault::copies_beside;
use crate::views::trash::everybody_in_trash;
use crate::{Copy, Desk, DeskError, Result};

/// What forgetting takes away and leaves, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// People.
    pub people: usize,
    /// Interactions with nobody else.
    pub interactions: usize,
    /// Interactions with others, which stay without these people.
    pub shared: usize,
    /// Messages to them.
    pub messages: usize,
    /// Promises by and to them.
    pub commitments: usize,
    /// All rows that are stored of them.
    pub rows: usize,
    /// Rows that only the history still keeps.
    pub rows_of_history: usize,
    /// Changes that cannot be undone afterwards.
    pub operations: usize,
    /// Texts about others in which their name is replaced.
    pub texts: usize,
    /// Texts that hold their surname alone, and stay.
    pub mentions: usize,
}

impl Counts {
    pub(crate) fn of(what: &Forgetting) -> Self {
        Self {
            people: what.people,
            interactions: what.interactions,
            shared: what.shared,
            messages: what.messages,
            commitments: what.commitments,
            rows: what.rows,
            rows_of_history: what.rows_of_history,
            operations: what.operations,
            texts: what.texts,
            mentions: what.n_mentions,
        }
    }
}

/// A text that may mean somebody who is forgotten, and stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MentionLine {
    /// What the text is, in words.
    pub what: String,
    /// The person at whom it is found, if it is found at one.
    pub person: Option<String>,
    /// The message that it is, if it is one.
    pub message: Option<String>,
    /// The words around the surname.
    pub snippet: String,
}

/// What forgetting would take away, and what it cannot reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Forget {
    /// Who it is: a name, or how many.
    pub who: String,
    /// The numbers.
    pub counts: Counts,
    /// What the student types to confirm it.
    pub type_this: String,
    /// Texts that may mean them, at most fifty.
    pub mentions: Vec<MentionLine>,
    /// Files beside the vault that may hold them: backups, exports, copies.
    pub copies: Vec<Copy>,
}

/// Returns what forgetting a person would take away.
///
/// # Errors
/// [`DeskError::NotThere`] where nobody has the id.
pub fn forget_person(desk: &Desk, id: PersonId) -> Result<Forget> {
    let (who, type_this) = desk.reader().read(|snapshot| named(snapshot, id))?;
    composed(desk, &[id], who, type_this)
}

/// Returns the name of somebody who is stored or in the trash, and the word of
/// it that confirms.
fn named(snapshot: &Snapshot<'_>, id: PersonId) -> Result<(String, String)> {
    let (shown, name) = if let Some(person) = snapshot.person(id)? {
        (person.name.display(), person.name)
    } else if let Some(row) = snapshot.trashed(id)? {
        let name = PersonName::parse(&row.name);
        (row.name, name)
    } else {
        return Err(DeskError::not_there("person", id));
    };
    let word = if name.family.is_empty() {
        name.given
    } else {
        name.family
    };
    Ok((shown, word))
}

/// Returns what emptying the trash would take away.
///
/// # Errors
/// [`DeskError::NotThere`] where it is empty.
pub fn forget_trash(desk: &Desk) -> Result<Forget> {
    let everybody = everybody_in_trash(desk.reader())?;
    if everybody.is_empty() {
        return Err(DeskError::not_there("person in the trash", ""));
    }
    let n = everybody.len();
    let who = if n == 1 {
        "1 person in the trash".to_owned()
    } else {
        format!("{n} people in the trash")
    };
    composed(desk, &everybody, who, n.to_string())
}

fn composed(desk: &Desk, people: &[PersonId], who: String, type_this: String) -> Result<Forget> {
    let what = desk.pen.forget_preview(people)?;
    let mentions = desk.reader().read(|snapshot| -> Result<Vec<MentionLine>> {
        let lines = what.mentions.iter();
        lines.map(|mention| line(snapshot, mention)).collect()
    })?;
    Ok(Forget {
        who,
        counts: Counts::of(&what),
        type_this,
        mentions,
        copies: copies(desk),
    })
}

/// Returns the files beside the vault that may hold what the vault held.
pub fn copies(desk: &Desk) -> Vec<Copy> {
    copies_beside(&desk.data_file)
}

fn line(snapshot: &Snapshot<'_>, mention: &TextMention) -> Result<MentionLine> {
    let mut line = MentionLine {
        what: String::new(),
        person: None,
        message: None,
        snippet: mention.snippet.clone(),
    };
    match &mention.place {
        TextPlace::Interaction(id) => {
            let found = snapshot.interaction(*id)?;
            line.what = found.as_ref().map_or_else(
                || "an interaction".to_owned(),
                |it| format!("{} on {}", it.channel.name(), day_in_words(it.day)),
            );
            line.person = found.and_then(|it| it.people.first().map(ToString::to_string));
        }
        TextPlace::Message(id) => {
            "a message".clone_into(&mut line.what);
            line.message = Some(id.to_string());
        }
        TextPlace::Person(id) => {
            let found = snapshot.person(*id)?;
            line.what = found.map_or_else(|| "a person".to_owned(), |person| person.name.display());
            line.person = Some(id.to_string());
        }
        TextPlace::Other(table) => line.what = table.replace('_', " "),
    }
    Ok(line)
}
