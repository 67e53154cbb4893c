//! What the agenda is computed from, gathered in a few passes.

use std::sync::LazyLock;

use domain::{
    AgendaInput, AwaitedReply, Channel, CommitmentState, Direction, DueCommitment,
    FOLLOW_UP_CLOSED_AFTER, FollowUpTrigger, ListedProgram, MessageState, Owner, PersonId,
    PersonRhythm, Ring, relationship,
};
use jiff::civil::Date;

use crate::error::Result;
use crate::operation::Snapshot;
use crate::people::name_at;
use crate::sql::{Columns, literals};
use crate::standing::Place;

/// Live or wanted interactions of the last days with people who were not put
/// aside, each with the day of the first written word to the person since then.
static FOLLOW_UPS: LazyLock<String> = LazyLock::new(|| {
    let live = literals(
        Channel::ALL
            .iter()
            .filter(|c| c.is_live())
            .map(|c| c.word()),
    );
    let written = literals(
        Channel::ALL
            .iter()
            .filter(|c| c.is_written())
            .map(|c| c.word()),
    );
    format!(
        "SELECT i.uuid, p.uuid, p.title, p.given, p.family, p.suffix, p.credentials, p.greet_as,
            i.day, i.channel, i.follow_up, i.event,
            (SELECT min(w.day) FROM participant w WHERE w.person = t.person AND w.day >= i.day
                AND w.direction = '{outgoing}' AND w.channel IN ({written}))
         FROM interaction i JOIN participant t ON t.interaction = i.id JOIN person p ON p.id = t.person
         WHERE i.day BETWEEN ?1 AND ?2 AND (i.follow_up OR i.channel IN ({live})) AND NOT p.archived
         ORDER BY i.day, i.id, t.place",
        outgoing = Direction::Outgoing.word(),
    )
});

/// Sent messages without anything from the person since. On the day it was
/// sent, only what was logged after the sending counts as an answer.
static REPLIES: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT m.uuid, p.uuid, p.title, p.given, p.family, p.suffix, p.credentials, p.greet_as,
            m.subject, m.text, m.sent_on
         FROM message m JOIN person p ON p.id = m.person
         WHERE m.state = '{sent}' AND m.sent_on IS NOT NULL AND NOT p.archived
           AND NOT EXISTS (SELECT 1 FROM participant t WHERE t.person = m.person
                AND t.direction <> '{outgoing}' AND (t.day > m.sent_on OR t.day = m.sent_on
                    AND t.interaction > (SELECT coalesce(max(id), 0) FROM interaction WHERE message = m.id)))
         ORDER BY m.person, m.sent_on, m.id",
        sent = MessageState::Sent.word(),
        outgoing = Direction::Outgoing.word(),
    )
});

static COMMITMENTS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT c.uuid, p.uuid, p.title, p.given, p.family, p.suffix, p.credentials, p.greet_as,
            c.what, c.owner, c.due
         FROM commitment c JOIN person p ON p.id = c.person
         WHERE c.state = '{}' AND NOT p.archived ORDER BY c.due, c.id",
        CommitmentState::Open.word(),
    )
});

/// People who may have a rhythm: their own, or that of their ring. The
/// condition is that of the index `person_with_rhythm`.
const RHYTHMS: &str =
    "SELECT p.uuid, p.title, p.given, p.family, p.suffix, p.credentials, p.greet_as,
        p.ring, p.cadence_days,
        coalesce((SELECT max(day) FROM participant WHERE person = p.id), p.known_since)
     FROM person p
     WHERE p.archived = 0 AND (p.cadence_days IS NOT NULL OR p.ring <> 'stored')
     ORDER BY p.id";

impl Snapshot<'_> {
    /// Returns everything that the agenda of a day is computed from. The names
    /// of listed programs are left empty: they are facts, which are not stored.
    pub fn agenda_input(&self, today: Date) -> Result<AgendaInput> {
        Ok(AgendaInput {
            follow_ups: self.follow_ups(today)?,
            replies: self.awaited_replies()?,
            commitments: self.due_commitments()?,
            rhythms: self.rhythms()?,
            programs: self.listed_programs()?,
            decisions: self.decisions()?,
        })
    }

    fn follow_ups(&self, today: Date) -> Result<Vec<FollowUpTrigger>> {
        let first = today.saturating_sub(jiff::Span::new().days(FOLLOW_UP_CLOSED_AFTER));
        let mut statement = self.prepare(&FOLLOW_UPS)?;
        let rows = statement.query_map([first.to_string(), today.to_string()], |row| {
            Ok(FollowUpTrigger {
                interaction: row.id(0)?,
                person: row.id(1)?,
                name: name_at(row, 2)?.display(),
                day: row.day(8)?,
                channel: row.parsed(9, "channel", Channel::from_word)?,
                wanted: row.get(10)?,
                event: row.get(11)?,
                written_on: row.day_or_null(12)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns one wait for each person, from the first unanswered message on.
    fn awaited_replies(&self) -> Result<Vec<AwaitedReply>> {
        let mut statement = self.prepare(&REPLIES)?;
        let mut rows = statement.query([])?;
        let mut waits: Vec<AwaitedReply> = Vec::new();
        while let Some(row) = rows.next()? {
            let person: PersonId = row.id(1)?;
            let sent = row.day(10)?;
            if let Some(wait) = waits.last_mut().filter(|wait| wait.person == person) {
                wait.last_sent = sent;
                wait.follow_ups += 1;
                continue;
            }
            let subject: String = row.get(8)?;
            let text: String = row.get(9)?;
            waits.push(AwaitedReply {
                message: row.id(0)?,
                person,
                name: name_at(row, 2)?.display(),
                about: if subject.is_empty() {
                    first_words(&text)
                } else {
                    subject
                },
                first_sent: sent,
                last_sent: sent,
                follow_ups: 0,
            });
        }
        Ok(waits)
    }

    fn due_commitments(&self) -> Result<Vec<DueCommitment>> {
        let mut statement = self.prepare(&COMMITMENTS)?;
        let rows = statement.query_map([], |row| {
            Ok(DueCommitment {
                commitment: row.id(0)?,
                person: row.id(1)?,
                name: name_at(row, 2)?.display(),
                what: row.get(8)?,
                owner: row.parsed(9, "owner", Owner::from_word)?,
                due: row.day_or_null(10)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn rhythms(&self) -> Result<Vec<PersonRhythm>> {
        let mut statement = self.prepare(RHYTHMS)?;
        let mut rows = statement.query([])?;
        let mut rhythms = Vec::new();
        while let Some(row) = rows.next()? {
            let own: Option<u16> = row.get(8)?;
            let ring = row.parsed(7, "ring", Ring::from_word)?;
            let Some(every_days) = own.or(ring.cadence_days()) else {
                continue;
            };
            rhythms.push(PersonRhythm {
                person: row.id(0)?,
                name: name_at(row, 1)?.display(),
                every_days,
                last: row.day_or_null(9)?,
            });
        }
        Ok(rhythms)
    }

    fn listed_programs(&self) -> Result<Vec<ListedProgram>> {
        let listed = self.listed()?.into_iter().map(|listing| {
            let keys = [listing.institution_key.as_str()];
            let place = Place {
                institution_keys: if listing.institution_key.is_empty() {
                    &[]
                } else {
                    &keys
                },
                sites: &listing.sites,
                programs: std::slice::from_ref(&listing.program),
            };
            let (people, evidence) = self.standing_at(&place)?;
            Ok(ListedProgram {
                program: listing.program,
                name: String::new(),
                priority: listing.priority,
                people,
                state: relationship(evidence).0,
            })
        });
        listed.collect()
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
