//! What the agenda is computed from, gathered in a few passes.

use std::sync::LazyLock;

use std::collections::{HashMap, HashSet};

use domain::{
    AgendaInput, AwaitedReply, Cadences, Channel, CommitmentState, Direction, DueCommitment,
    ExchangeKind, FOLLOW_UP_CLOSED_AFTER, FollowUpTrigger, ListedProgram, MessageState, OwedReply,
    Owner, PersonId, PersonRhythm, REPLY_OWED_CLOSED_AFTER, Ring, RoleKind, SiteId, Unanswered,
    fold,
};
use jiff::civil::Date;
use rusqlite::params_from_iter;

use crate::error::Result;
use crate::operation::Snapshot;
use crate::person::name_at;
use crate::sql::{Columns, column, literals};
use crate::standing::Place;

/// Live or wanted interactions of the last days with people who were not put
/// aside, and to whom nothing was written since.
///
/// The days come from an index of the participants that has all it takes to see
/// who was written to; a row is read only where a follow-up is open.
static FOLLOW_UPS: LazyLock<String> = LazyLock::new(|| {
    let live = literals(
        Channel::ALL
            .iter()
            .filter(|c| c.is_live())
            .map(|c| c.word()),
    );
    let written = written_channels();
    format!(
        "SELECT i.uuid, p.uuid, p.title, p.given, p.family, p.suffix, p.credentials, p.greet_as,
            t.day, t.channel, i.follow_up, i.event
         FROM participant t INDEXED BY participant_by_day
         CROSS JOIN person p ON p.id = t.person
         CROSS JOIN interaction i ON i.id = t.interaction
         WHERE t.day BETWEEN ?1 AND ?2
           AND (t.channel IN ({live}) OR t.interaction IN (
                SELECT id FROM interaction WHERE follow_up AND day BETWEEN ?1 AND ?2))
           AND NOT EXISTS (SELECT 1 FROM participant w WHERE w.person = t.person AND w.day >= t.day
                AND w.direction = '{outgoing}' AND w.channel IN ({written}))
           AND NOT p.archived
         ORDER BY t.day, t.interaction, t.id",
        outgoing = Direction::Outgoing.word(),
    )
});

/// Sent messages without anything from the person since, with what else was
/// written to the person after them and logged: that was a reminder, too. On
/// the day it was sent, only what was logged after the sending counts as an
/// answer.
static REPLIES: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT m.uuid, p.uuid, p.title, p.given, p.family, p.suffix, p.credentials, p.greet_as,
            m.subject, m.text, m.sent_on, count(w.id), max(w.day)
         FROM message m JOIN person p ON p.id = m.person
         LEFT JOIN participant w ON w.person = m.person AND w.day > m.sent_on
            AND w.direction = '{outgoing}' AND w.channel IN ({written})
            AND (SELECT message FROM interaction WHERE id = w.interaction) IS NULL
         WHERE m.state = '{sent}' AND m.sent_on IS NOT NULL AND NOT p.archived
           AND NOT EXISTS (SELECT 1 FROM participant t WHERE t.person = m.person
                AND t.direction <> '{outgoing}' AND (t.day > m.sent_on OR t.day = m.sent_on
                    AND t.interaction > (SELECT coalesce(max(id), 0) FROM interaction WHERE message = m.id)))
         GROUP BY m.id
         ORDER BY m.person, m.sent_on, m.id",
        sent = MessageState::Sent.word(),
        outgoing = Direction::Outgoing.word(),
        written = written_channels(),
    )
});

/// Days for which a written ask without an answer is looked at.
const ASKS_LOOKED_AT_DAYS: i64 = 120;

/// Asks that were logged, not sent with Vouch, without anything from the person
/// since, with what was written after them. A residency interview is none (E-042).
///
/// Like [`FOLLOW_UPS`], it finds out in indexes alone which asks are open. Few
/// mails ask for anything, so that is looked up before the answers are: to this
/// end their condition names the exchange, whose interaction is the participant's.
static ASKS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT i.uuid, p.uuid, p.title, p.given, p.family, p.suffix, p.credentials, p.greet_as,
            e.what, t.day, count(w.id), max(w.day), t.channel
         FROM participant t INDEXED BY participant_by_day
         CROSS JOIN exchange e INDEXED BY exchange_asked ON e.interaction = t.interaction
         CROSS JOIN interaction i ON i.id = t.interaction
         CROSS JOIN person p ON p.id = t.person
         LEFT JOIN participant w ON w.person = t.person AND w.direction = '{outgoing}'
            AND w.channel IN ({written}) AND (w.day > t.day OR w.day = t.day AND w.interaction > t.interaction)
         WHERE t.day BETWEEN ?1 AND ?2
           AND (t.channel IN ({live}) OR t.direction = '{outgoing}' AND t.channel IN ({written}))
           AND e.kind = '{ask}' AND e.place = (SELECT min(place) FROM exchange
                WHERE interaction = e.interaction AND kind = '{ask}')
           AND NOT EXISTS (SELECT 1 FROM participant a WHERE a.person = t.person AND a.day >= t.day
                AND a.direction <> '{outgoing}' AND (a.day > t.day OR a.interaction > e.interaction))
           AND i.message IS NULL AND NOT p.archived
         GROUP BY t.id
         ORDER BY t.person, t.day, t.interaction",
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
});

/// What people wrote of late where nothing happened with them since.
static OWED: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT i.uuid, p.uuid, p.title, p.given, p.family, p.suffix, p.credentials, p.greet_as,
            t.day, t.channel, i.note
         FROM participant t INDEXED BY participant_by_day
         CROSS JOIN person p ON p.id = t.person
         CROSS JOIN interaction i ON i.id = t.interaction
         WHERE t.day BETWEEN ?1 AND ?2 AND t.channel IN ({written}) AND t.direction = '{incoming}'
           AND NOT EXISTS (SELECT 1 FROM participant w WHERE w.person = t.person AND w.day >= t.day
                AND (w.day > t.day OR w.interaction > t.interaction))
           AND NOT p.archived
         ORDER BY t.day, t.interaction, t.id",
        incoming = Direction::Incoming.word(),
        written = written_channels(),
    )
});

fn written_channels() -> String {
    let written = Channel::ALL.iter().filter(|c| c.is_written());
    literals(written.map(|c| c.word()))
}

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
/// condition is that of the index, which is named because SQLite would rather
/// go through all who are not put aside.
const WITH_RHYTHM: &str = "INDEXED BY person_with_rhythm
    WHERE p.archived = 0 AND (p.cadence_days IS NOT NULL OR p.ring <> 'stored')";

fn rhythms_of(people: &str) -> String {
    format!(
        "SELECT p.uuid, p.title, p.given, p.family, p.suffix, p.credentials, p.greet_as,
            p.ring, p.cadence_days,
            coalesce((SELECT max(day) FROM participant WHERE person = p.id), p.known_since), p.id
         FROM person p {people} ORDER BY p.id"
    )
}

impl Snapshot<'_> {
    /// Returns everything that the agenda of a day is computed from. The names
    /// and facts of listed programs and the student's situation are left empty:
    /// they are no rows of the vault.
    pub fn agenda_input(&self, today: Date, cadences: &Cadences) -> Result<AgendaInput> {
        let mut replies = self.awaited_replies()?;
        let waited_for: HashSet<PersonId> = replies.iter().map(|reply| reply.person).collect();
        let asks = self.awaited_asks(today)?.into_iter();
        replies.extend(asks.filter(|ask| !waited_for.contains(&ask.person)));
        Ok(AgendaInput {
            follow_ups: self.follow_ups(today)?,
            replies,
            owed: self.owed_replies(today)?,
            commitments: self.due_commitments()?,
            rhythms: self.rhythms(cadences)?,
            programs: self.listed_programs()?,
            decisions: self.decisions()?,
            ..AgendaInput::default()
        })
    }

    /// Returns the people who have not answered a message or an ask, as the
    /// agenda of a day counts them.
    pub(crate) fn waited_for(&self, today: Date) -> Result<HashSet<PersonId>> {
        let replies = self.awaited_replies()?.into_iter();
        let asks = self.awaited_asks(today)?;
        let written = asks
            .into_iter()
            .filter(|ask| !matches!(ask.to, Unanswered::Talk(_)));
        Ok(replies.chain(written).map(|wait| wait.person).collect())
    }

    /// Returns graduates of the student's school, and people who work at one of
    /// the sites; people who were put aside are left out.
    pub fn graduates_and_people_at(&self, sites: &[SiteId]) -> Result<HashSet<PersonId>> {
        let mut graduates = self.prepare(
            "SELECT uuid FROM person INDEXED BY person_of_school
             WHERE same_school = 1 AND archived = 0",
        )?;
        let mut people: HashSet<PersonId> = graduates
            .query_map([], |row| row.id(0))?
            .collect::<rusqlite::Result<_>>()?;
        let mut there = self.prepare(
            "SELECT DISTINCT p.uuid FROM affiliation a JOIN person p ON p.id = a.person
             WHERE a.site = ?1 AND a.current AND a.certainty <> 'unsure' AND NOT p.archived",
        )?;
        for site in sites {
            let found = there.query_map([site.to_string()], |row| row.id::<PersonId>(0))?;
            people.extend(found.collect::<rusqlite::Result<Vec<_>>>()?);
        }
        Ok(people)
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
    fn awaited_asks(&self, today: Date) -> Result<Vec<AwaitedReply>> {
        let first = today.saturating_sub(jiff::Span::new().days(ASKS_LOOKED_AT_DAYS));
        let mut statement = self.prepare(&ASKS)?;
        let mut rows = statement.query([first.to_string(), today.to_string()])?;
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
    fn owed_replies(&self, today: Date) -> Result<Vec<OwedReply>> {
        let first = today.saturating_sub(jiff::Span::new().days(REPLY_OWED_CLOSED_AFTER));
        let mut statement = self.prepare(&OWED)?;
        let rows = statement.query_map([first.to_string(), today.to_string()], |row| {
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

    fn rhythms(&self, cadences: &Cadences) -> Result<Vec<PersonRhythm>> {
        let tags = self.tags_with_cadence(cadences)?;
        let roles = self.roles_with_cadence(cadences)?;
        let mut rhythms = Vec::new();
        let mut statement = self.prepare(&rhythms_of(WITH_RHYTHM))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(10)?;
            let of_person = tags.get(&id).map_or(&[][..], Vec::as_slice);
            rhythms.extend(rhythm_at(
                row,
                cadences,
                of_person,
                roles.get(&id).copied(),
            )?);
        }
        // People who are only stored, and have a tag that wants a rhythm.
        let mut statement = self.prepare(&rhythms_of(
            "WHERE p.id = ?1 AND p.archived = 0 AND p.cadence_days IS NULL AND p.ring = 'stored'",
        ))?;
        let mut tagged: Vec<(&i64, &Vec<String>)> = tags.iter().collect();
        tagged.sort();
        for (id, of_person) in tagged {
            let mut rows = statement.query([id])?;
            while let Some(row) = rows.next()? {
                rhythms.extend(rhythm_at(row, cadences, of_person, None)?);
            }
        }
        Ok(rhythms)
    }

    /// Returns the tags that have a cadence, by person.
    fn tags_with_cadence(&self, cadences: &Cadences) -> Result<HashMap<i64, Vec<String>>> {
        let mut by_person: HashMap<i64, Vec<String>> = HashMap::new();
        if cadences.by_tag.is_empty() {
            return Ok(by_person);
        }
        let mut distinct = self.prepare("SELECT DISTINCT tag FROM tag")?;
        let all: Vec<String> = column(&mut distinct, [], 0)?;
        let wanted = all
            .into_iter()
            .filter(|tag| cadences.by_tag.contains_key(&fold(tag)));
        let mut people = self.prepare("SELECT person FROM tag WHERE tag = ?1")?;
        for tag in wanted {
            for person in column::<i64>(&mut people, [&tag], 0)? {
                by_person.entry(person).or_default().push(tag.clone());
            }
        }
        Ok(by_person)
    }

    /// Returns what people in a ring do now, by person, where a role has a cadence.
    fn roles_with_cadence(&self, cadences: &Cadences) -> Result<HashMap<i64, RoleKind>> {
        let mut by_person = HashMap::new();
        if cadences.by_role.is_empty() {
            return Ok(by_person);
        }
        let words: Vec<&str> = cadences.by_role.keys().map(|role| role.word()).collect();
        let mut statement = self.prepare(&format!(
            "SELECT p.id, (SELECT role FROM affiliation WHERE person = p.id AND current
                ORDER BY place LIMIT 1) AS role
             FROM person p {WITH_RHYTHM} AND role IN ({})",
            vec!["?"; words.len()].join(", ")
        ))?;
        let mut rows = statement.query(params_from_iter(words))?;
        while let Some(row) = rows.next()? {
            by_person.insert(row.get(0)?, row.parsed(1, "role", RoleKind::from_word)?);
        }
        Ok(by_person)
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
                ..Place::default()
            };
            let knows_anybody = self.knows_anybody_at(&place)?;
            Ok(ListedProgram {
                program: listing.program,
                name: String::new(),
                track: None,
                meets_visa: None,
                knows_anybody,
                n_may_be: 0,
                priority: listing.priority,
            })
        });
        listed.collect()
    }
}

/// Reads a person with a rhythm, if one is wanted.
fn rhythm_at(
    row: &rusqlite::Row<'_>,
    cadences: &Cadences,
    tags: &[String],
    role: Option<RoleKind>,
) -> Result<Option<PersonRhythm>> {
    let ring = row.parsed(7, "ring", Ring::from_word)?;
    let tags = tags.iter().map(String::as_str);
    let Some(cadence) = cadences.of_person(row.get(8)?, tags, role, ring) else {
        return Ok(None);
    };
    Ok(Some(PersonRhythm {
        person: row.id(0)?,
        name: name_at(row, 1)?.display(),
        cadence,
        last: row.day_or_null(9)?,
    }))
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
