//! Forgetting: people are erased with all that history and search keep of them.
//!
//! This is the only write that is no operation. It cannot be undone, and what
//! touched these people before cannot be undone any more either. Everything
//! else stays, and stays as undoable as it was.

#[cfg(test)]
mod canary;
mod gather;
mod texts;

use domain::{InteractionId, MessageId, PersonId};
use rusqlite::{Connection, TransactionBehavior, params};

use crate::error::Result;
use crate::going;
use crate::operation::{NewOperation, Pen, Snapshot};
use crate::sql::{Columns, quoted};
use crate::triggers::{self, LoggedTable};

/// Why an operation that touched somebody who was forgotten cannot be undone.
const ENDED: &str = "it touched somebody who was forgotten";

/// Why forgetting itself cannot be undone.
const FOR_GOOD: &str = "forgetting is for good";

/// What forgetting people takes away, and what it leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forgetting {
    /// People who are stored or in the trash.
    pub people: usize,
    /// Interactions in which nobody else took part.
    pub interactions: usize,
    /// Interactions with others, which stay without these people.
    pub shared: usize,
    /// Messages to them, drafts too.
    pub messages: usize,
    /// Commitments of theirs, and of the student towards them.
    pub commitments: usize,
    /// All rows that are stored of them, those above among them.
    pub rows: usize,
    /// Rows that only the history still keeps.
    pub rows_of_history: usize,
    /// Operations that cannot be undone afterwards, and could be before.
    pub operations: usize,
    /// Texts about others in which their name or address is replaced.
    pub texts: usize,
    /// Texts that hold their surname alone, and stay as they are.
    pub n_mentions: usize,
    /// The first of these.
    pub mentions: Vec<TextMention>,
}

/// A text that may mean somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextMention {
    /// Where it stands.
    pub place: TextPlace,
    /// The surname with what stands around it.
    pub snippet: String,
}

/// What a text belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextPlace {
    /// An interaction.
    Interaction(InteractionId),
    /// A message.
    Message(MessageId),
    /// A person.
    Person(PersonId),
    /// A row of this table.
    Other(String),
}

/// What forgetting has done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forgotten {
    /// What was taken away, and what was left.
    pub what: Forgetting,
    /// Whether the file was written anew. Where it was not, because the disk is
    /// full or another process reads, the next opening tries again; until then
    /// remains may lie, encrypted, between the rows.
    pub swept: bool,
}

impl Pen {
    /// Returns what forgetting these people would take away. Nothing changes.
    pub fn forget_preview(&self, people: &[PersonId]) -> Result<Forgetting> {
        let mut connection = self.lock();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        going::choose(&transaction, people)?;
        Ok(Plan::of(&transaction, self.tables())?.what)
    }

    /// Forgets people, for good, and notes in the history that it was done, in
    /// the words that `describe` finds for it.
    ///
    /// Nothing is kept of the people, in tables, images, search or the free
    /// space of the file, but the fact that somebody was forgotten. Where nobody
    /// of them is stored or was, nothing changes.
    pub fn forget(
        &self,
        operation: NewOperation<'_>,
        people: &[PersonId],
        describe: impl FnOnce(&Forgetting) -> String,
    ) -> Result<Forgotten> {
        let mut connection = self.lock();
        // What is deleted is overwritten, so that it does not lie in free pages
        // until the file is written anew.
        connection.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
        let what = erase(&mut connection, self.tables(), operation, people, describe);
        connection.pragma_update_and_check(None, "secure_delete", false, |_| Ok(()))?;
        let what = what?;
        let swept = what.people == 0 || sweep(&connection).is_ok_and(|done| done);
        Ok(Forgotten { what, swept })
    }
}

fn erase(
    connection: &mut Connection,
    tables: &[LoggedTable],
    operation: NewOperation<'_>,
    people: &[PersonId],
    describe: impl FnOnce(&Forgetting) -> String,
) -> Result<Forgetting> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    going::choose(&transaction, people)?;
    let plan = Plan::of(&transaction, tables)?;
    if plan.what.people == 0 {
        return Ok(plan.what);
    }
    triggers::remove(&transaction, tables)?;
    plan.carry_out(&transaction, tables)?;
    note(&transaction, &operation, &describe(&plan.what))?;
    index_anew(&transaction)?;
    triggers::create(&transaction, tables)?;
    transaction.execute(
        "INSERT INTO unswept (only) VALUES (1) ON CONFLICT DO NOTHING",
        [],
    )?;
    transaction.commit()?;
    Ok(plan.what)
}

/// What is to be done, with `temp.going` and `temp.ending`.
struct Plan {
    what: Forgetting,
    rewriting: texts::Rewriting,
}

impl Plan {
    /// Works out what goes with the people in `temp.chosen`.
    fn of(connection: &Connection, tables: &[LoggedTable]) -> Result<Self> {
        let people = gather::gather_history(connection, tables)?;
        let rewriting = texts::rewriting(connection, tables)?;
        let count = |sql: &str| -> Result<usize> {
            Ok(connection
                .prepare_cached(sql)?
                .query_row([], |row| row.count(0))?)
        };
        let mut rows = 0;
        let live = |table: &str| -> Result<usize> {
            count(&format!(
                "SELECT count(*) FROM temp.going g JOIN {} t ON t.id = g.row WHERE g.name = '{table}'",
                quoted(table)
            ))
        };
        for table in tables {
            rows += live(&table.name)?;
        }
        let all = count("SELECT count(*) FROM temp.going")?;
        let what = Forgetting {
            people,
            interactions: live("interaction")?,
            shared: count(
                "SELECT count(DISTINCT t.interaction) FROM temp.going g
                 JOIN participant t ON t.id = g.row
                 WHERE g.name = 'participant' AND NOT EXISTS (
                    SELECT 1 FROM temp.going h WHERE h.name = 'interaction' AND h.row = t.interaction)",
            )?,
            messages: live("message")?,
            commitments: live("commitment")?,
            rows,
            rows_of_history: all - rows,
            operations: count(
                "SELECT count(*) FROM temp.ending e JOIN operation o ON o.seq = e.operation
                 WHERE o.undone_by IS NULL AND NOT EXISTS (SELECT 1 FROM ended d WHERE d.operation = o.seq)
                   AND o.seq > (SELECT coalesce(max(seq), 0) FROM undo_line)",
            )?,
            texts: rewriting.texts.len(),
            n_mentions: rewriting.n_mentions,
            mentions: rewriting.mentions.clone(),
        };
        Ok(Self { what, rewriting })
    }

    fn carry_out(&self, connection: &Connection, tables: &[LoggedTable]) -> Result<()> {
        going::take_away(connection, tables)?;
        connection.execute(
            "DELETE FROM change WHERE EXISTS (
                SELECT 1 FROM temp.going g WHERE g.name = change.table_name AND g.row = change.row)",
            [],
        )?;
        self.rewrite(connection)?;
        loosen_images(connection, tables)?;
        connection.execute(
            "INSERT INTO ended (operation, reason) SELECT operation, ?1 FROM temp.ending WHERE true
             ON CONFLICT DO NOTHING",
            [ENDED],
        )?;
        connection.execute(
            "UPDATE operation SET n_changes = (SELECT count(*) FROM change c WHERE c.operation = operation.seq)
             WHERE seq IN (SELECT operation FROM temp.ending)",
            [],
        )?;
        Ok(())
    }

    fn rewrite(&self, connection: &Connection) -> Result<()> {
        for new in &self.rewriting.texts {
            connection
                .prepare_cached(&format!(
                    "UPDATE {} SET {} = ?2 WHERE id = ?1",
                    quoted(&new.table),
                    quoted(&new.column)
                ))?
                .execute(params![new.id, new.text])?;
        }
        let mut image = connection.prepare(
            "UPDATE change SET before = coalesce(?4, before), after = coalesce(?5, after)
             WHERE operation = ?1 AND table_name = ?2 AND row = ?3",
        )?;
        for new in &self.rewriting.images {
            image.execute(params![
                new.operation,
                new.table,
                new.row,
                new.before,
                new.after
            ])?;
        }
        for path in &self.rewriting.paths {
            connection.execute("DELETE FROM exported WHERE path = ?1", [path])?;
        }
        let mut line = connection
            .prepare("UPDATE operation SET subject = ?2, description = ?3 WHERE seq = ?1")?;
        for (seq, subject, description) in &self.rewriting.lines {
            line.execute(params![seq, subject, description])?;
        }
        Ok(())
    }
}

/// Lets images forget which of the rows that go they named, as the rows do.
fn loosen_images(connection: &Connection, tables: &[LoggedTable]) -> Result<()> {
    for table in tables {
        for key in table
            .references
            .iter()
            .filter(|key| !key.makes_part(&table.name))
        {
            for image in ["before", "after"] {
                connection.execute(
                    &format!(
                        "UPDATE change SET {image} = json_replace({image}, '$.{from}', NULL)
                         WHERE table_name = ?1 AND json_extract({image}, '$.{from}') IN (
                            SELECT row FROM temp.going WHERE name = ?2)",
                        from = key.from
                    ),
                    [&table.name, &key.parent],
                )?;
            }
        }
    }
    Ok(())
}

/// Notes in the history that somebody was forgotten.
fn note(connection: &Connection, operation: &NewOperation<'_>, description: &str) -> Result<()> {
    connection.execute(
        "INSERT INTO operation (uuid, at_us, verb, subject, description) VALUES (?1, ?2, ?3, '', ?4)",
        params![
            operation.id.to_string(),
            operation.at.as_microsecond(),
            operation.verb,
            description,
        ],
    )?;
    connection.execute(
        "INSERT INTO ended (operation, reason) VALUES (?1, ?2)",
        params![connection.last_insert_rowid(), FOR_GOOD],
    )?;
    Ok(())
}

/// Makes the search indexes anew: they keep the words of what was deleted until
/// they happen to be merged.
fn index_anew(connection: &Connection) -> Result<()> {
    connection.execute_batch(
        "INSERT INTO person_search (person_search) VALUES ('delete-all');
         INSERT INTO person_search (rowid, name, work, contact, tag, note) SELECT * FROM person_text;
         DELETE FROM unindexed;
         INSERT INTO interaction_search (interaction_search) VALUES ('rebuild');
         INSERT INTO message_search (message_search) VALUES ('rebuild');",
    )?;
    Ok(())
}

/// Writes the file anew, and empties the log beside it. Returns whether nothing
/// old is left in either.
fn sweep(connection: &Connection) -> Result<bool> {
    // The words of those who were forgotten lie in temporary lists of this
    // connection, too.
    for list in ["chosen", "going", "coming", "dead", "ending"] {
        connection.execute(&format!("DELETE FROM temp.{list}"), [])?;
    }
    sweep_file(connection)
}

fn sweep_file(connection: &Connection) -> Result<bool> {
    connection.execute_batch("VACUUM")?;
    if !empty_log(connection)? {
        return Ok(false);
    }
    connection.execute("DELETE FROM unswept", [])?;
    // The log holds nothing but this now; if it stays, no harm is done.
    empty_log(connection)?;
    Ok(true)
}

fn empty_log(connection: &Connection) -> Result<bool> {
    let busy: bool =
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    Ok(!busy)
}

/// Does what a forgetting before could not finish. Where it still cannot be
/// done, the vault opens all the same.
pub(crate) fn finish_sweeping(connection: &Connection) -> Result<()> {
    let exists: bool = Snapshot::of(connection)
        .prepare("SELECT EXISTS (SELECT 1 FROM pragma_table_list('unswept'))")?
        .query_row([], |row| row.get(0))?;
    if !exists {
        return Ok(());
    }
    let unswept: bool =
        connection.query_row("SELECT EXISTS (SELECT 1 FROM unswept)", [], |row| {
            row.get(0)
        })?;
    if unswept {
        // A full disk or another process that reads may stand in the way.
        sweep_file(connection).ok();
    }
    Ok(())
}
