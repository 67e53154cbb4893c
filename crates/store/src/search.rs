//! Search over people and notes. What is typed is words, never a query language.

use domain::{InteractionId, MessageId, PersonId, PersonName, fold_key};
use jiff::civil::Date;
use rusqlite::{Connection, params};

use crate::error::Result;
use crate::operation::Snapshot;
use crate::people::PersonRow;
use crate::person::name_at;
use crate::sql::{Columns, column, stored_count};

/// Words beyond these are left out; nobody types more into a search box.
const WORDS_MAX: usize = 16;

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// People, the best match first; those who were put aside last.
    pub people: Vec<PersonRow>,
    /// Notes and messages, the newest first.
    pub notes: Vec<NoteHit>,
}

/// A note or message that holds the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteHit {
    /// Where the words stand.
    pub source: NoteSource,
    /// The people concerned.
    pub people: Vec<(PersonId, PersonName)>,
    /// The day of the interaction; of a message the day it was sent, or `None`
    /// for a draft.
    pub day: Option<Date>,
    /// The words with what stands around them, found words between
    /// [`NoteHit::MARK_START`] and [`NoteHit::MARK_END`].
    pub snippet: String,
}

impl NoteHit {
    /// Stands before a found word. It is a control character, so that it never
    /// is part of the note.
    pub const MARK_START: char = '\u{2}';
    /// Stands after a found word.
    pub const MARK_END: char = '\u{3}';
}

/// What a [`NoteHit`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteSource {
    /// The note of an interaction.
    Interaction(InteractionId),
    /// The subject or text of a message.
    Message(MessageId),
}

/// Indexes the people whose text has changed, in one statement for all.
///
/// Whoever writes rows of people ends with this, so that search is true after
/// every commit.
pub(crate) fn index_people(connection: &Connection) -> Result<()> {
    // A vault that was opened as an earlier version has nobody to index: there
    // the triggers did it.
    let exists: bool = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM pragma_table_list('unindexed'))")?
        .query_row([], |row| row.get(0))?;
    if !exists {
        return Ok(());
    }
    connection
        .prepare_cached("DELETE FROM person_search WHERE rowid IN (SELECT person FROM unindexed)")?
        .execute([])?;
    connection
        .prepare_cached(
            "INSERT INTO person_search (rowid, name, work, contact, tag, note)
             SELECT * FROM person_text WHERE id IN (SELECT person FROM unindexed)",
        )?
        .execute([])?;
    connection
        .prepare_cached("DELETE FROM unindexed")?
        .execute([])?;
    Ok(())
}

impl Snapshot<'_> {
    /// Returns the people and notes in which every word of `text` occurs, or
    /// begins a word, without regard to case and accents: at most `limit` of each.
    pub fn search(&self, text: &str, limit: usize) -> Result<Hits> {
        let Some(expression) = person_expression(text) else {
            return Ok(Hits::default());
        };
        let mut people = self.prepare(
            "SELECT p.id FROM person_search s JOIN person p ON p.id = s.rowid
             WHERE s.person_search MATCH ?1
             ORDER BY p.archived, bm25(s.person_search, 10.0, 3.0, 2.0, 3.0, 1.0), p.name_key, p.id LIMIT ?2",
        )?;
        let people: Vec<i64> = column(&mut people, params![expression, stored_count(limit)], 0)?;
        Ok(Hits {
            people: self.person_rows(people)?,
            notes: self.notes(&expression, limit)?,
        })
    }

    fn notes(&self, expression: &str, limit: usize) -> Result<Vec<NoteHit>> {
        let mut notes = self.interaction_notes(expression, limit)?;
        notes.extend(self.message_notes(expression, limit)?);
        // Drafts have no day: they are what the student works on, so they lead.
        notes.sort_by(|a, b| match (a.day, b.day) {
            (None, None) => std::cmp::Ordering::Equal,
            (None, Some(_)) => std::cmp::Ordering::Less,
            (Some(_), None) => std::cmp::Ordering::Greater,
            (Some(a), Some(b)) => b.cmp(&a),
        });
        notes.truncate(limit);
        Ok(notes)
    }

    fn interaction_notes(&self, expression: &str, limit: usize) -> Result<Vec<NoteHit>> {
        // Search knows notes by a number that grows with the day, so the first
        // rows are the newest and the others are never looked at.
        let mut found = self.prepare(
            "SELECT i.id, i.uuid, i.day, snippet(interaction_search, -1, char(2), char(3), '…', 24)
             FROM interaction_search JOIN interaction i ON i.search_row = interaction_search.rowid
             WHERE interaction_search MATCH ?1 ORDER BY interaction_search.rowid DESC LIMIT ?2",
        )?;
        let mut people = self.prepare(
            "SELECT p.uuid, p.title, p.given, p.family, p.suffix, p.credentials, p.greet_as
             FROM participant t JOIN person p ON p.id = t.person
             WHERE t.interaction = ?1 ORDER BY t.place",
        )?;
        let notes = found.query_map(params![expression, stored_count(limit)], |row| {
            let people = people
                .query_map([row.get::<_, i64>(0)?], |row| {
                    Ok((row.id(0)?, name_at(row, 1)?))
                })?
                .collect::<rusqlite::Result<_>>()?;
            Ok(NoteHit {
                source: NoteSource::Interaction(row.id(1)?),
                people,
                day: Some(row.day(2)?),
                snippet: row.get(3)?,
            })
        })?;
        Ok(notes.collect::<rusqlite::Result<_>>()?)
    }

    fn message_notes(&self, expression: &str, limit: usize) -> Result<Vec<NoteHit>> {
        let mut found = self.prepare(
            "SELECT m.id FROM message_search s JOIN message m ON m.id = s.rowid
             WHERE s.message_search MATCH ?1
             ORDER BY m.sent_on DESC NULLS FIRST, m.changed_us DESC, m.id DESC LIMIT ?2",
        )?;
        let rows: Vec<i64> = column(&mut found, params![expression, stored_count(limit)], 0)?;
        let mut hit = self.prepare(
            "SELECT m.uuid, m.sent_on, snippet(message_search, -1, char(2), char(3), '…', 24),
                p.uuid, p.title, p.given, p.family, p.suffix, p.credentials, p.greet_as
             FROM message_search JOIN message m ON m.id = message_search.rowid
             LEFT JOIN person p ON p.id = m.person
             WHERE message_search MATCH ?1 AND message_search.rowid = ?2",
        )?;
        let hits = rows.into_iter().map(|id| {
            let note = hit.query_row(params![expression, id], |row| {
                let person: Option<PersonId> = row.id_or_null(3)?;
                let person = person.map(|id| Ok((id, name_at(row, 4)?)));
                Ok(NoteHit {
                    source: NoteSource::Message(row.id(0)?),
                    people: person.into_iter().collect::<rusqlite::Result<_>>()?,
                    day: row.day_or_null(1)?,
                    snippet: row.get(2)?,
                })
            })?;
            Ok(note)
        });
        hits.collect()
    }
}

/// Returns the FTS5 expression that finds all of these words, or `None` where
/// there is no letter or digit to find.
///
/// Each word becomes a quoted string that may go on ("rao" finds "Raoul"). It
/// is sought as typed and as [`fold_key`] has it, since names are indexed both
/// ways and "Odegard" must find "Ødegård" and the other way round.
pub(crate) fn person_expression(text: &str) -> Option<String> {
    let mut parts = Vec::new();
    let words = text.split(|c: char| c.is_whitespace() || c == '\0');
    for word in words.filter(|word| word.chars().any(char::is_alphanumeric)) {
        if parts.len() == WORDS_MAX {
            break;
        }
        let typed = quoted_word(word);
        let folded = fold_key(word);
        parts.push(if folded.is_empty() || folded == word {
            typed
        } else {
            format!("({typed} OR {})", quoted_word(&folded))
        });
    }
    (!parts.is_empty()).then(|| parts.join(" AND "))
}

fn quoted_word(word: &str) -> String {
    format!("\"{}\"*", word.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_and_folded() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(person_expression(text).as_deref(), expected, "for {text:?}");
        };
        check("rao", Some(r#""rao"*"#));
        check("  rao   md ", Some(r#""rao"* AND "md"*"#));
        check("Ødeg", Some(r#"("Ødeg"* OR "odeg"*)"#));
        check("\"NEAR", Some(r#"("""NEAR"* OR "near"*)"#));
        check("* - ( ) ^", None);
        check("", None);
    }
}
