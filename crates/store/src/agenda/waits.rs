//! What calls for a word: talks without a thank-you, messages and asks without an
//! answer, and answers that the student owes.

use std::sync::LazyLock;

use domain::{
    AwaitedReply, Channel, Direction, ExchangeKind, FOLLOW_UP_CLOSED_AFTER, FollowUpTrigger,
    MessageState, OwedReply, PersonId, REPLY_OWED_CLOSED_AFTER, Unanswered,
};
use jiff::civil::Date;
use rusqlite::params_from_iter;

use super::{Of, Queries};
use crate::error::Result;
use crate::operation::Snapshot;
use crate::person::name_at;
use crate::sql::{Columns, literals};

/// Live or wanted interactions of the last days with people who were not put
/// aside, and to whom nothing was written after them; and whether anything was
/// logged before them that was written on the same day.
///
/// What came after lies in the same days, so one stretch of an index of the
/// participants tells who was written to; a row is read only where a follow-up is
/// open.
static FOLLOW_UPS: LazyLock<Queries> = LazyLock::new(|| Queries::new("t.person", follow_ups));

fn follow_ups(index: &str, of: &str) -> String {
    let live = literals(
        Channel::ALL
            .iter()
            .filter(|c| c.is_live())
            .map(|c| c.word()),
    );
    let written = written_channels();
    format!(
        "WITH wrote AS MATERIALIZED (
            SELECT t.person, t.day, max(t.interaction) AS interaction
            FROM participant t INDEXED BY {index}
            WHERE t.day >= ?1 AND t.direction = '{outgoing}' AND t.channel IN ({written}) {of}
            GROUP BY t.person, t.day)
         SELECT i.uuid, p.uuid, p.title, p.given, p.family, p.suffix, p.credentials, p.greet_as,
            t.day, t.channel, i.follow_up, i.event, t.direction,
            EXISTS (SELECT 1 FROM wrote w WHERE w.person = t.person AND w.day = t.day)
         FROM participant t INDEXED BY {index}
         CROSS JOIN person p ON p.id = t.person
         CROSS JOIN interaction i ON i.id = t.interaction
         WHERE t.day BETWEEN ?1 AND ?2
           AND (t.channel IN ({live}) OR t.interaction IN (
                SELECT id FROM interaction WHERE follow_up AND day BETWEEN ?1 AND ?2))
           AND NOT EXISTS (SELECT 1 FROM wrote w WHERE w.person = t.person AND {after})
           AND NOT p.archived {of}
         ORDER BY t.day, t.interaction, t.id",
        after = after("w", "t"),
        outgoing = Direction::Outgoing.word(),
    )
}

/// Sent messages without anything from the person since, with what else was
/// written to the person after them and logged: that was a reminder, too. On
/// the day it was sent, only what was logged after the sending counts as an
/// answer.
static REPLIES: LazyLock<Queries> = LazyLock::new(|| Queries::new("m.person", replies));

fn replies(_: &str, of: &str) -> String {
    format!(
        "SELECT m.uuid, p.uuid, p.title, p.given, p.family, p.suffix, p.credentials, p.greet_as,
            m.subject, m.text, m.sent_on, count(w.id), max(w.day)
         FROM message m JOIN person p ON p.id = m.person
         LEFT JOIN participant w ON w.person = m.person AND w.day > m.sent_on
            AND w.direction = '{outgoing}' AND w.channel IN ({written})
            AND (SELECT message FROM interaction WHERE id = w.interaction) IS NULL
         WHERE m.state = '{sent}' AND m.sent_on IS NOT NULL AND NOT p.archived {of}
           AND NOT EXISTS (SELECT 1 FROM participant t WHERE t.person = m.person
                AND t.direction <> '{outgoing}' AND (t.day > m.sent_on OR t.day = m.sent_on
                    AND t.interaction > (SELECT coalesce(max(id), 0) FROM interaction WHERE message = m.id)))
         GROUP BY m.id
         ORDER BY m.person, m.sent_on, m.id",
        sent = MessageState::Sent.word(),
        outgoing = Direction::Outgoing.word(),
        written = written_channels(),
    )
}

/// Days for which a written ask without an answer is looked at.
const ASKS_LOOKED_AT_DAYS: i64 = 120;

/// Asks that were logged, not sent with Vouch, without anything from the person
/// since, with what was written after them. A residency interview is none (E-042).
///
/// Like [`FOLLOW_UPS`], it finds out in indexes alone which asks are open. Few
/// mails ask for anything, so that is looked up before the answers are: to this
/// end their condition names the exchange, whose interaction is the participant's.
static ASKS: LazyLock<Queries> = LazyLock::new(|| Queries::new("t.person", asks));

fn asks(index: &str, of: &str) -> String {
    format!(
        "SELECT i.uuid, p.uuid, p.title, p.given, p.family, p.suffix, p.credentials, p.greet_as,
            e.what, t.day, count(w.id), max(w.day), t.channel
         FROM participant t INDEXED BY {index}
         CROSS JOIN exchange e INDEXED BY exchange_asked ON e.interaction = t.interaction
         CROSS JOIN interaction i ON i.id = t.interaction
         CROSS JOIN person p ON p.id = t.person
         LEFT JOIN participant w ON w.person = t.person AND w.direction = '{outgoing}'
            AND w.channel IN ({written}) AND {after}
         WHERE t.day BETWEEN ?1 AND ?2
           AND (t.channel IN ({live}) OR t.direction = '{outgoing}' AND t.channel IN ({written}))
           AND e.kind = '{ask}' AND e.place = (SELECT min(place) FROM exchange
                WHERE interaction = e.interaction AND kind = '{ask}')
           AND NOT EXISTS (SELECT 1 FROM participant a WHERE a.person = t.person AND a.day >= t.day
                AND a.direction <> '{outgoing}' AND (a.day > t.day OR a.interaction > e.interaction))
           AND i.message IS NULL AND NOT p.archived {of}
         GROUP BY t.id
         ORDER BY t.person, t.day, t.interaction",
        after = after("w", "t"),
        live = literals(
            Channel::ALL
                .iter()
                .filter(|c| c.is_live() && **c != Channel::Interview)
                .map(|c| c.word()),
        ),
        ask = ExchangeKind::Ask.word(),
        outgoing = Direction::Outgoing.word(),
        written = written_channels(),
    )
}

/// What people wrote of late where nothing happened with them since.
static OWED: LazyLock<Queries> = LazyLock::new(|| Queries::new("t.person", owed));

fn owed(index: &str, of: &str) -> String {
    format!(
        "WITH happened AS MATERIALIZED (
            SELECT t.person, t.day, max(t.interaction) AS interaction
            FROM participant t INDEXED BY {index} WHERE t.day >= ?1 {of}
            GROUP BY t.person, t.day)
         SELECT i.uuid, p.uuid, p.title, p.given, p.family, p.suffix, p.credentials, p.greet_as,
            t.day, t.channel, i.note
         FROM participant t INDEXED BY {index}
         CROSS JOIN person p ON p.id = t.person
         CROSS JOIN interaction i ON i.id = t.interaction
         WHERE t.day BETWEEN ?1 AND ?2 AND t.channel IN ({written}) AND t.direction = '{incoming}'
           AND NOT EXISTS (SELECT 1 FROM happened w WHERE w.person = t.person AND {after})
           AND NOT p.archived {of}
         ORDER BY t.day, t.interaction, t.id",
        after = after("w", "t"),
        incoming = Direction::Incoming.word(),
        written = written_channels(),
    )
}

/// Returns the condition that one participant's row came after another's: on a
/// later day, or logged later for the same day. How long after the day something
/// was logged is no matter.
fn after(later: &str, earlier: &str) -> String {
    format!(
        "{later}.day >= {earlier}.day
            AND ({later}.day > {earlier}.day OR {later}.interaction > {earlier}.interaction)"
    )
}

fn written_channels() -> String {
    let written = Channel::ALL.iter().filter(|c| c.is_written());
    literals(written.map(|c| c.word()))
}

impl Snapshot<'_> {
    pub(super) fn follow_ups(&self, today: Date, of: Of) -> Result<Vec<FollowUpTrigger>> {
        let first = today.saturating_sub(jiff::Span::new().days(FOLLOW_UP_CLOSED_AFTER));
        let mut statement = self.prepare(FOLLOW_UPS.of(of))?;
        let rows = statement.query_map(params_from_iter(of.values([first, today])), |row| {
            Ok(FollowUpTrigger {
                interaction: row.id(0)?,
                person: row.id(1)?,
                name: name_at(row, 2)?.display(),
                day: row.day(8)?,
                channel: row.parsed(9, "channel", Channel::from_word)?,
                direction: row.parsed(12, "direction", Direction::from_word)?,
                wanted: row.get(10)?,
                wrote_that_day: row.get(13)?,
                event: row.get(11)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns one wait for each person, from the first unanswered message on.
    pub(super) fn awaited_replies(&self, of: Of) -> Result<Vec<AwaitedReply>> {
        let mut statement = self.prepare(REPLIES.of(of))?;
        let mut rows = statement.query(params_from_iter(of.values([])))?;
        let mut waits: Vec<AwaitedReply> = Vec::new();
        while let Some(row) = rows.next()? {
            let person: PersonId = row.id(1)?;
            let sent = row.day(10)?;
            if let Some(wait) = waits.last_mut().filter(|wait| wait.person == person) {
                wait.last_sent = wait.last_sent.max(sent);
                wait.follow_ups += 1;
                continue;
            }
            let subject: String = row.get(8)?;
            let text: String = row.get(9)?;
            let reminded = row.day_or_null(12)?;
            waits.push(AwaitedReply {
                to: Unanswered::Message(row.id(0)?),
                person,
                name: name_at(row, 2)?.display(),
                about: if subject.is_empty() {
                    first_words(&text)
                } else {
                    subject
                },
                first_sent: sent,
                last_sent: reminded.unwrap_or(sent).max(sent),
                follow_ups: row.get(11)?,
            });
        }
        Ok(waits)
    }

    /// Returns one wait for each person, from the first unanswered ask on.
    pub(super) fn awaited_asks(&self, today: Date, of: Of) -> Result<Vec<AwaitedReply>> {
        let first = today.saturating_sub(jiff::Span::new().days(ASKS_LOOKED_AT_DAYS));
        let mut statement = self.prepare(ASKS.of(of))?;
        let mut rows = statement.query(params_from_iter(of.values([first, today])))?;
        let mut waits: Vec<AwaitedReply> = Vec::new();
        while let Some(row) = rows.next()? {
            let person: PersonId = row.id(1)?;
            // What was written later counts as a reminder of the first ask.
            if waits.last().is_some_and(|wait| wait.person == person) {
                continue;
            }
            let asked: String = row.get(8)?;
            let sent = row.day(9)?;
            let channel = row.parsed(12, "channel", Channel::from_word)?;
            let written: u32 = row.get(10)?;
            // The first word after a talk is its thank-you, and no reminder.
            let (to, follow_ups) = if channel.is_live() {
                (Unanswered::Talk(row.id(0)?), written.saturating_sub(1))
            } else {
                (Unanswered::Ask(row.id(0)?), written)
            };
            waits.push(AwaitedReply {
                to,
                person,
                name: name_at(row, 2)?.display(),
                about: if asked.is_empty() {
                    "what you asked".to_owned()
                } else {
                    asked
                },
                first_sent: sent,
                last_sent: row.day_or_null(11)?.unwrap_or(sent),
                follow_ups,
            });
        }
        Ok(waits)
    }

    /// Returns the last that people wrote and the student has not answered.
    pub(super) fn owed_replies(&self, today: Date, of: Of) -> Result<Vec<OwedReply>> {
        let first = today.saturating_sub(jiff::Span::new().days(REPLY_OWED_CLOSED_AFTER));
        let mut statement = self.prepare(OWED.of(of))?;
        let rows = statement.query_map(params_from_iter(of.values([first, today])), |row| {
            let note: String = row.get(10)?;
            Ok(OwedReply {
                interaction: row.id(0)?,
                person: row.id(1)?,
                name: name_at(row, 2)?.display(),
                day: row.day(8)?,
                channel: row.parsed(9, "channel", Channel::from_word)?,
                about: first_words(&note),
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// Returns the beginning of a text, in one line, cut between words.
fn first_words(text: &str) -> String {
    const CHARS_MAX: usize = 40;
    let mut shown = String::new();
    for word in text.split_whitespace() {
        if !shown.is_empty() && shown.chars().count() + word.chars().count() >= CHARS_MAX {
            shown.push('…');
            break;
        }
        if !shown.is_empty() {
            shown.push(' ');
        }
        shown.push_str(word);
    }
    shown
}
