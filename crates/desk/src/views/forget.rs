//! What forgetting would take away, before it is done.

use std::path::PathBuf;

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
    /// Files beside the vault that may hold them, and will afterwards: backups,
    /// copies of others.
    pub copies: Vec<Copy>,
    /// Copies that Vouch made by itself, from which they are taken as well.
    pub copies_cleaned: usize,
    /// Files that Vouch wrote, which are still there and may hold them.
    pub exports: Vec<ExportLine>,
}

/// A file that Vouch wrote for the student.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExportLine {
    /// Where it is.
    pub file: PathBuf,
    /// The day on which it was written, as in "2026-07-01".
    pub day: String,
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
        copies: copies(desk)?,
        copies_cleaned: copies_made(desk).len(),
        exports: exports(desk)?,
    })
}

/// Returns the files beside the vault that may hold whoever is forgotten: not
/// those out of which they are taken, nor those that are among [`exports`].
pub fn copies(desk: &Desk) -> Result<Vec<Copy>> {
    let named = exports(desk)?;
    let made = copies_made(desk);
    let mut copies = copies_beside(&desk.data_file);
    copies.retain(|copy| {
        let is_named = |export: &ExportLine| {
            // Where a folder of tables was written, its files are named with it.
            std::path::absolute(&copy.file).is_ok_and(|file| file.starts_with(&export.file))
        };
        !made.contains(&copy.file) && !named.iter().any(is_named)
    });
    Ok(copies)
}

/// Returns the files that Vouch wrote, as far as they are still there.
pub fn exports(desk: &Desk) -> Result<Vec<ExportLine>> {
    let written = desk.reader().read(|snapshot| snapshot.exported())?;
    let there = written
        .into_iter()
        .map(|file| (PathBuf::from(file.path), file.day))
        .filter(|(file, _)| file.is_file() || file.is_dir());
    Ok(there
        .map(|(file, day)| ExportLine {
            file,
            day: day.to_string(),
        })
        .collect())
}

/// Returns the copies that Vouch made by itself, out of which people are taken.
fn copies_made(desk: &Desk) -> Vec<PathBuf> {
    let vault = desk.vault();
    let backups = vault.and_then(|vault| vault.backups().ok());
    let made = backups.into_iter().flatten();
    made.filter(|backup| backup.kind.forgets())
        .map(|backup| backup.file)
        .collect()
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
