//! Messages, from draft to answer.

use domain::{
    Answer, Confirmed, Message, MessageId, MessageState, PersonId, PersonName, ProgramId,
};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::types::Value as SqlValue;
use rusqlite::{OptionalExtension, Row, params, params_from_iter};

use crate::error::Result;
use crate::operation::{Snapshot, Writing};
use crate::person::name_at;
use crate::sql::{Columns, stored_count, text_or_null};
use crate::standing::{Keys, Place};

const COLUMNS: &str =
    "m.id, m.uuid, (SELECT uuid FROM person WHERE id = m.person), m.program, m.template,
    m.scenario, m.channel, m.event, m.subject, m.text, m.state, m.sent_on, m.changed_us, m.mail_id,
    (SELECT e.uuid FROM follows f JOIN message e ON e.id = f.earlier WHERE f.message = m.id)";

/// A first word to somebody, which left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirstContact {
    /// The message.
    pub message: MessageId,
    /// The day it was sent; `None` where it is only handed over.
    pub sent_on: Option<Date>,
    /// When it was last changed: of one handed over, the time of that.
    pub changed_at: Timestamp,
}

impl Snapshot<'_> {
    /// Returns a message.
    pub fn message(&self, id: MessageId) -> Result<Option<Message>> {
        let found = self
            .prepare(&format!(
                "SELECT {COLUMNS} FROM message m WHERE m.uuid = ?1"
            ))?
            .query_row([id.to_string()], message_at)
            .optional()?;
        found.map(|found| self.with_lists(found)).transpose()
    }

    /// Returns messages, to one person or to everybody, the latest changed first.
    pub fn messages(&self, person: Option<PersonId>, limit: usize) -> Result<Vec<Message>> {
        let condition = match person {
            Some(_) => "m.person = (SELECT id FROM person WHERE uuid = ?1)",
            None => "?1 IS NULL",
        };
        let mut statement = self.prepare(&format!(
            "SELECT {COLUMNS} FROM message m WHERE {condition}
             ORDER BY m.changed_us DESC, m.id DESC LIMIT ?2"
        ))?;
        let found = statement
            .query_map(
                params![text_or_null(person.as_ref()), stored_count(limit)],
                message_at,
            )?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        found
            .into_iter()
            .map(|found| self.with_lists(found))
            .collect()
    }

    /// Returns messages that left, to people who work at a place now, the latest
    /// first, each with the name of the person.
    pub fn messages_at(
        &self,
        place: &Place<'_>,
        limit: usize,
    ) -> Result<Vec<(PersonName, Message)>> {
        let keys = Keys::of(place);
        let Some(condition) = keys.condition("a") else {
            return Ok(Vec::new());
        };
        let works_there =
            format!("affiliation a WHERE a.person = p.id AND a.current AND ({condition})");
        self.messages_to_any(&works_there, &keys.values, limit)
    }

    /// Returns messages that left, to people who bear a tag, the latest first,
    /// each with the name of the person.
    pub fn messages_tagged(&self, tag: &str, limit: usize) -> Result<Vec<(PersonName, Message)>> {
        let bears = "tag t WHERE t.person = p.id AND t.tag = ? COLLATE NOCASE";
        self.messages_to_any(bears, &[SqlValue::from(tag.to_owned())], limit)
    }

    /// Returns messages that left, to people of whom there is a row in `whose`.
    fn messages_to_any(
        &self,
        whose: &str,
        values: &[SqlValue],
        limit: usize,
    ) -> Result<Vec<(PersonName, Message)>> {
        let mut statement = self.prepare(&format!(
            "SELECT {COLUMNS}, p.title, p.given, p.family, p.suffix, p.credentials, p.greet_as
             FROM message m JOIN person p ON p.id = m.person
             WHERE m.state IN ('{handed_over}', '{sent}', '{replied}', '{closed}')
               AND EXISTS (SELECT 1 FROM {whose})
             ORDER BY m.changed_us DESC, m.id DESC LIMIT {limit}",
            handed_over = MessageState::HandedOver.word(),
            sent = MessageState::Sent.word(),
            replied = MessageState::Replied.word(),
            closed = MessageState::Closed.word(),
            limit = stored_count(limit),
        ))?;
        let found = statement
            .query_map(params_from_iter(values), |row| {
                Ok((name_at(row, 15)?, message_at(row)?))
            })?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        found
            .into_iter()
            .map(|(name, found)| Ok((name, self.with_lists(found)?)))
            .collect()
    }

    /// Returns the messages sent from a day on, or handed over at any time and not
    /// sent yet, that were the first word to their person: nothing is logged with
    /// the person before it.
    pub fn first_contacts_since(&self, day: Date) -> Result<Vec<FirstContact>> {
        let mut statement = self.prepare(&format!(
            "SELECT m.uuid, m.sent_on, m.changed_us FROM message m
             WHERE (m.sent_on >= ?1 OR m.state = '{handed_over}') AND m.person IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM participant t
                    WHERE t.person = m.person AND (m.sent_on IS NULL OR t.day < m.sent_on))
               AND NOT EXISTS (SELECT 1 FROM message e
                    WHERE e.person = m.person AND e.id < m.id
                      AND (e.sent_on = m.sent_on
                        OR m.sent_on IS NULL AND e.state = '{handed_over}'))
             ORDER BY m.sent_on, m.id",
            handed_over = MessageState::HandedOver.word(),
        ))?;
        let rows = statement.query_map([day.to_string()], |row| {
            Ok(FirstContact {
                message: row.id(0)?,
                sent_on: row.day_or_null(1)?,
                changed_at: row.instant(2)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns the answers to a message, in the order in which they were noted.
    pub fn answers(&self, message: MessageId) -> Result<Vec<Answer>> {
        let mut statement = self.prepare(
            "SELECT (SELECT uuid FROM interaction WHERE id = a.interaction), a.mail_id
             FROM answer a JOIN message m ON m.id = a.message WHERE m.uuid = ?1 ORDER BY a.id",
        )?;
        let rows = statement.query_map([message.to_string()], |row| {
            Ok(Answer {
                interaction: row.id_or_null(0)?,
                mail_id: row.get(1)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns the message whose conversation a Message-ID belongs to: it is its
    /// own, or that of an answer to it.
    pub fn message_of_mail(&self, mail_id: &str) -> Result<Option<MessageId>> {
        if mail_id.is_empty() {
            return Ok(None);
        }
        let found = self
            .prepare(
                "SELECT uuid FROM message WHERE mail_id = ?1
                 UNION ALL
                 SELECT m.uuid FROM answer a JOIN message m ON m.id = a.message WHERE a.mail_id = ?1
                 LIMIT 1",
            )?
            .query_row([mail_id], |row| row.id(0))
            .optional()?;
        Ok(found)
    }

    /// Returns whether an answer with this Message-ID was noted already.
    pub fn is_known_answer(&self, mail_id: &str) -> Result<bool> {
        let known = self
            .prepare("SELECT EXISTS (SELECT 1 FROM answer WHERE mail_id = ?1 AND mail_id <> '')")?
            .query_row([mail_id], |row| row.get(0))?;
        Ok(known)
    }

    fn with_lists(&self, (row, mut message): (i64, Message)) -> Result<Message> {
        let mut statement = self.prepare(
            "SELECT c.rule, coalesce(w.words, ''), c.reason FROM confirmed c
             LEFT JOIN confirmed_words w ON w.message = c.message AND w.place = c.place
             WHERE c.message = ?1 ORDER BY c.place",
        )?;
        message.confirmed = statement
            .query_map([row], |row| {
                Ok(Confirmed {
                    rule: row.get(0)?,
                    about: row.get(1)?,
                    reason: row.get(2)?,
                })
            })?
            .collect::<rusqlite::Result<_>>()?;
        let mut statement =
            self.prepare("SELECT rule FROM switched_off WHERE message = ?1 ORDER BY place")?;
        message.switched_off = crate::sql::column(&mut statement, [row], 0)?;
        Ok(message)
    }
}

/// Reads a message without its confirmed warnings and the rules switched off.
fn message_at(row: &Row<'_>) -> rusqlite::Result<(i64, Message)> {
    let message = Message {
        id: row.id(1)?,
        person: row.id_or_null(2)?,
        program: row.id_or_null(3)?,
        template: row.get(4)?,
        scenario: row.get(5)?,
        channel: row.get(6)?,
        event: row.get(7)?,
        subject: row.get(8)?,
        text: row.get(9)?,
        state: row.parsed(10, "state", MessageState::from_word)?,
        confirmed: Vec::new(),
        sent_on: row.day_or_null(11)?,
        changed_at: row.instant(12)?,
        mail_id: row.get(13)?,
        switched_off: Vec::new(),
        follows: row.id_or_null(14)?,
    };
    Ok((row.get(0)?, message))
}

impl Writing<'_> {
    /// Adds a message, or brings the stored one to what `message` says. Its
    /// instant is kept to the microsecond, and where nothing else differs the
    /// stored one stays.
    pub fn save_message(&mut self, message: &Message) -> Result<()> {
        let id = message.id.to_string();
        let person = message.person.map(|id| id.to_string());
        let person = person
            .map(|id| self.row_that_must_be("person", &id))
            .transpose()?;
        let stored = self.message(message.id)?;
        if stored
            .as_ref()
            .is_some_and(|stored| same_beside_time(stored, message))
        {
            // Nobody changed it, so the time of the last change stays as well.
            return Ok(());
        }
        let sql = if stored.is_some() {
            "UPDATE message SET person = ?2, program = ?3, template = ?4, scenario = ?5, channel = ?6,
                event = ?7, subject = ?8, text = ?9, state = ?10, sent_on = ?11, changed_us = ?12,
                mail_id = ?13
             WHERE uuid = ?1"
        } else {
            "INSERT INTO message (uuid, person, program, template, scenario, channel, event, subject,
                text, state, sent_on, changed_us, mail_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
        };
        self.prepare(sql)?.execute(params![
            id,
            person,
            message.program.as_ref().map(ProgramId::as_str),
            message.template,
            message.scenario,
            message.channel,
            message.event,
            message.subject,
            message.text,
            message.state.word(),
            text_or_null(message.sent_on.as_ref()),
            message.changed_at.as_microsecond(),
            message.mail_id,
        ])?;
        let row = self.row_that_must_be("message", &id)?;
        let before = stored.as_ref();
        if before.map_or(&[][..], |stored| &stored.confirmed) != message.confirmed {
            self.save_confirmed(row, message)?;
        }
        if before.map_or(&[][..], |stored| &stored.switched_off) != message.switched_off {
            self.save_switched_off(row, message)?;
        }
        if before.and_then(|stored| stored.follows) != message.follows {
            self.save_follows(row, message)?;
        }
        Ok(())
    }

    fn save_confirmed(&mut self, row: i64, message: &Message) -> Result<()> {
        for sql in [
            "DELETE FROM confirmed WHERE message = ?1",
            "DELETE FROM confirmed_words WHERE message = ?1",
        ] {
            self.prepare(sql)?.execute([row])?;
        }
        for (place, confirmed) in message.confirmed.iter().enumerate() {
            let place = stored_count(place);
            self.prepare(
                "INSERT INTO confirmed (message, place, rule, reason) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![row, place, confirmed.rule, confirmed.reason])?;
            self.prepare(
                "INSERT INTO confirmed_words (message, place, words) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![row, place, confirmed.about])?;
        }
        Ok(())
    }

    fn save_switched_off(&mut self, row: i64, message: &Message) -> Result<()> {
        self.prepare("DELETE FROM switched_off WHERE message = ?1")?
            .execute([row])?;
        for (place, rule) in message.switched_off.iter().enumerate() {
            self.prepare("INSERT INTO switched_off (message, place, rule) VALUES (?1, ?2, ?3)")?
                .execute(params![row, stored_count(place), rule])?;
        }
        Ok(())
    }

    fn save_follows(&mut self, row: i64, message: &Message) -> Result<()> {
        self.prepare("DELETE FROM follows WHERE message = ?1")?
            .execute([row])?;
        if let Some(earlier) = message.follows {
            let earlier = self.row_that_must_be("message", &earlier.to_string())?;
            self.prepare("INSERT INTO follows (message, earlier) VALUES (?1, ?2)")?
                .execute([row, earlier])?;
        }
        Ok(())
    }

    /// Notes that an answer came to a message. Both must be stored.
    pub fn add_answer(&mut self, message: MessageId, answer: &Answer) -> Result<()> {
        let row = self.row_that_must_be("message", &message.to_string())?;
        let interaction = answer.interaction.map(|id| id.to_string());
        let interaction = interaction
            .map(|id| self.row_that_must_be("interaction", &id))
            .transpose()?;
        self.prepare("INSERT INTO answer (message, interaction, mail_id) VALUES (?1, ?2, ?3)")?
            .execute(params![row, interaction, answer.mail_id])?;
        Ok(())
    }

    /// Deletes a message. An interaction that was its sending stays, without it,
    /// and so do messages that follow it.
    pub fn delete_message(&mut self, id: MessageId) -> Result<()> {
        let row = self.row_that_must_be("message", &id.to_string())?;
        self.prepare("UPDATE interaction SET message = NULL WHERE message = ?1")?
            .execute([row])?;
        for sql in [
            "DELETE FROM confirmed WHERE message = ?1",
            "DELETE FROM confirmed_words WHERE message = ?1",
            "DELETE FROM switched_off WHERE message = ?1",
            "DELETE FROM answer WHERE message = ?1",
            "DELETE FROM follows WHERE message = ?1 OR earlier = ?1",
        ] {
            self.prepare(sql)?.execute([row])?;
        }
        self.prepare("DELETE FROM message WHERE id = ?1")?
            .execute([row])?;
        Ok(())
    }
}

fn same_beside_time(stored: &Message, message: &Message) -> bool {
    let stored = Message {
        changed_at: message.changed_at,
        ..stored.clone()
    };
    stored == *message
}
