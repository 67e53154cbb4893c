//! Interactions and the commitments that come out of them.

use domain::{
    Channel, Commitment, CommitmentId, CommitmentState, Direction, Exchange, ExchangeKind,
    Interaction, InteractionId, Owner, PersonId, ProgramId,
};
use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row, ToSql, params};

use crate::error::{Result, StoreError};
use crate::operation::{Snapshot, Writing};
use crate::sql::{Columns, stored_count, text_or_null};

const INTERACTION_COLUMNS: &str =
    "i.id, i.uuid, i.day, i.channel, i.direction, i.duration_min, i.event,
    i.program, i.note, i.follow_up, (SELECT uuid FROM message WHERE id = i.message)";

const COMMITMENT_COLUMNS: &str =
    "c.uuid, p.uuid, (SELECT uuid FROM interaction WHERE id = c.interaction),
    c.owner, c.what, c.due, c.state";

/// As much of an interaction as tells it from another of its channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InteractionOf {
    /// Its identity.
    pub id: InteractionId,
    /// The day.
    pub day: Date,
    /// Who reached out.
    pub direction: Direction,
    /// With whom.
    pub people: Vec<PersonId>,
    /// What was said.
    pub note: String,
}

impl Snapshot<'_> {
    /// Returns an interaction.
    pub fn interaction(&self, id: InteractionId) -> Result<Option<Interaction>> {
        let found = self
            .prepare(&format!(
                "SELECT {INTERACTION_COLUMNS} FROM interaction i WHERE i.uuid = ?1"
            ))?
            .query_row([id.to_string()], interaction_at)
            .optional()?;
        found.map(|found| self.with_people(found)).transpose()
    }

    /// Returns a person's interactions, the latest first: at most `limit`, all
    /// on days before `before` where that is given.
    pub fn timeline(
        &self,
        id: PersonId,
        limit: usize,
        before: Option<Date>,
    ) -> Result<Vec<Interaction>> {
        let Some(person) = self.row_of("person", &id.to_string())? else {
            return Ok(Vec::new());
        };
        let mut statement = self.prepare(&format!(
            "SELECT {INTERACTION_COLUMNS} FROM (
                SELECT interaction, day FROM participant WHERE person = ?1 AND day < ?2
                ORDER BY day DESC, interaction DESC LIMIT ?3) AS t
             JOIN interaction i ON i.id = t.interaction
             ORDER BY t.day DESC, i.id DESC"
        ))?;
        // A digit is always less than a letter, so "no limit" is after every day.
        let before = before.map_or_else(|| "never".to_owned(), |day| day.to_string());
        let found = statement
            .query_map(params![person, before, stored_count(limit)], interaction_at)?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        found
            .into_iter()
            .map(|found| self.with_people(found))
            .collect()
    }

    /// Returns the interactions of a person that are like another one in day,
    /// channel, direction, event and note.
    pub fn interactions_like(&self, id: PersonId, other: &Interaction) -> Result<Vec<Interaction>> {
        self.alike(id, other, "t.day = ?2")
    }

    /// Returns the interactions of a person that are like another one in all but
    /// the day, which is earlier by at most half a year, latest first.
    pub fn interactions_like_before(
        &self,
        id: PersonId,
        other: &Interaction,
    ) -> Result<Vec<Interaction>> {
        self.alike(id, other, "t.day < ?2 AND t.day >= date(?2, '-183 days')")
    }

    fn alike(&self, id: PersonId, other: &Interaction, days: &str) -> Result<Vec<Interaction>> {
        let Some(person) = self.row_of("person", &id.to_string())? else {
            return Ok(Vec::new());
        };
        let mut statement = self.prepare(&format!(
            "SELECT {INTERACTION_COLUMNS} FROM participant t JOIN interaction i ON i.id = t.interaction
             WHERE t.person = ?1 AND {days} AND t.channel = ?3 AND t.direction = ?4
               AND i.event = ?5 AND i.note = ?6
             ORDER BY t.day DESC, i.id"
        ))?;
        let wanted = params![
            person,
            other.day.to_string(),
            other.channel.word(),
            other.direction.word(),
            other.event,
            other.note
        ];
        let found = statement
            .query_map(wanted, interaction_at)?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        found
            .into_iter()
            .map(|found| self.with_people(found))
            .collect()
    }

    /// Returns every interaction of a channel as far as it tells one from
    /// another: its identity, day, direction, people and note.
    pub fn interactions_by(&self, channel: Channel) -> Result<Vec<InteractionOf>> {
        let mut statement = self.prepare(
            "SELECT i.id, i.uuid, i.day, i.direction, i.note, p.uuid
             FROM interaction i JOIN participant t ON t.interaction = i.id
             JOIN person p ON p.id = t.person
             WHERE i.channel = ?1 ORDER BY i.id, t.place",
        )?;
        let mut rows = statement.query([channel.word()])?;
        let mut found: Vec<InteractionOf> = Vec::new();
        let mut last = None;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let person: PersonId = row.id(5)?;
            if let Some(interaction) = found.last_mut().filter(|_| last == Some(id)) {
                interaction.people.push(person);
                continue;
            }
            last = Some(id);
            found.push(InteractionOf {
                id: row.id(1)?,
                day: row.day(2)?,
                direction: row.parsed(3, "direction", Direction::from_word)?,
                people: vec![person],
                note: row.get(4)?,
            });
        }
        Ok(found)
    }

    fn with_people(&self, (row, mut interaction): (i64, Interaction)) -> Result<Interaction> {
        let mut people = self.prepare(
            "SELECT p.uuid FROM participant t JOIN person p ON p.id = t.person
             WHERE t.interaction = ?1 ORDER BY t.place",
        )?;
        interaction.people = people
            .query_map([row], |row| row.id(0))?
            .collect::<rusqlite::Result<_>>()?;
        let mut exchanges = self.prepare(
            "SELECT kind, what, minutes FROM exchange WHERE interaction = ?1 ORDER BY place",
        )?;
        interaction.exchanges = exchanges
            .query_map([row], |row| {
                Ok(Exchange {
                    kind: row.parsed(0, "exchange", ExchangeKind::from_word)?,
                    what: row.get(1)?,
                    minutes: row.get(2)?,
                })
            })?
            .collect::<rusqlite::Result<_>>()?;
        Ok(interaction)
    }

    /// Returns commitments, of one person or of everybody: open ones first, by
    /// the day they are due, those without a day last.
    pub fn commitments(
        &self,
        person: Option<PersonId>,
        only_open: bool,
    ) -> Result<Vec<Commitment>> {
        let mut statement = self.prepare(&format!(
            "SELECT {COMMITMENT_COLUMNS} FROM commitment c JOIN person p ON p.id = c.person
             WHERE (?1 IS NULL OR p.uuid = ?1) AND (?2 = 0 OR c.state = '{open}')
             ORDER BY c.state <> '{open}', c.due NULLS LAST, c.id",
            open = CommitmentState::Open.word(),
        ))?;
        let rows =
            statement.query_map(params![text_or_null(person.as_ref()), only_open], |row| {
                Ok(Commitment {
                    id: row.id(0)?,
                    person: row.id(1)?,
                    interaction: row.id_or_null(2)?,
                    owner: row.parsed(3, "owner", Owner::from_word)?,
                    what: row.get(4)?,
                    due: row.day_or_null(5)?,
                    state: row.parsed(6, "state", CommitmentState::from_word)?,
                })
            })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// Reads an interaction without its people and exchanges.
fn interaction_at(row: &Row<'_>) -> rusqlite::Result<(i64, Interaction)> {
    let interaction = Interaction {
        id: row.id(1)?,
        people: Vec::new(),
        day: row.day(2)?,
        channel: row.parsed(3, "channel", Channel::from_word)?,
        direction: row.parsed(4, "direction", Direction::from_word)?,
        duration_min: row.get(5)?,
        event: row.get(6)?,
        program: row.id_or_null(7)?,
        note: row.get(8)?,
        exchanges: Vec::new(),
        follow_up: row.get(9)?,
        message: row.id_or_null(10)?,
    };
    Ok((row.get(0)?, interaction))
}

impl Writing<'_> {
    /// Adds an interaction. Its people and its message must be stored.
    pub fn add_interaction(&mut self, interaction: &Interaction) -> Result<()> {
        self.execute_for_interaction(
            "INSERT INTO interaction (uuid, day, channel, direction, duration_min, event, program,
                note, follow_up, message)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            interaction.id.to_string(),
            interaction,
        )?;
        let row = self.connection().last_insert_rowid();
        self.insert_participants(row, interaction)?;
        self.insert_exchanges(row, interaction)
    }

    /// Brings a stored interaction to what `interaction` says.
    pub fn update_interaction(&mut self, interaction: &Interaction) -> Result<()> {
        let id = interaction.id.to_string();
        let row = self.row_that_must_be("interaction", &id)?;
        let Some(stored) = self.interaction(interaction.id)? else {
            return Err(StoreError::Missing {
                what: "interaction",
                id,
            });
        };
        if stored == *interaction {
            return Ok(());
        }
        self.execute_for_interaction(
            "UPDATE interaction SET day = ?2, channel = ?3, direction = ?4, duration_min = ?5,
                event = ?6, program = ?7, note = ?8, follow_up = ?9, message = ?10 WHERE id = ?1",
            row,
            interaction,
        )?;
        if stored.people != interaction.people {
            self.prepare("DELETE FROM participant WHERE interaction = ?1")?
                .execute([row])?;
            self.insert_participants(row, interaction)?;
        } else if (stored.day, stored.channel, stored.direction)
            != (interaction.day, interaction.channel, interaction.direction)
        {
            self.prepare(
                "UPDATE participant SET day = ?2, channel = ?3, direction = ?4 WHERE interaction = ?1",
            )?
            .execute(params![
                row,
                interaction.day.to_string(),
                interaction.channel.word(),
                interaction.direction.word(),
            ])?;
        }
        if stored.exchanges != interaction.exchanges {
            self.prepare("DELETE FROM exchange WHERE interaction = ?1")?
                .execute([row])?;
            self.insert_exchanges(row, interaction)?;
        }
        Ok(())
    }

    /// Runs a statement whose first parameter is `key` and whose others are
    /// what stands in the interaction's row. Its message must be stored.
    fn execute_for_interaction(
        &mut self,
        sql: &str,
        key: impl ToSql,
        interaction: &Interaction,
    ) -> Result<()> {
        let message = self.message_row(interaction)?;
        self.prepare(sql)?.execute(params![
            key,
            interaction.day.to_string(),
            interaction.channel.word(),
            interaction.direction.word(),
            interaction.duration_min,
            interaction.event,
            interaction.program.as_ref().map(ProgramId::as_str),
            interaction.note,
            interaction.follow_up,
            message,
        ])?;
        Ok(())
    }

    /// Deletes an interaction. Commitments made in it stay, without it.
    pub fn delete_interaction(&mut self, id: InteractionId) -> Result<()> {
        let row = self.row_that_must_be("interaction", &id.to_string())?;
        self.prepare("UPDATE commitment SET interaction = NULL WHERE interaction = ?1")?
            .execute([row])?;
        self.prepare("UPDATE answer SET interaction = NULL WHERE interaction = ?1")?
            .execute([row])?;
        self.prepare("DELETE FROM exchange WHERE interaction = ?1")?
            .execute([row])?;
        self.prepare("DELETE FROM participant WHERE interaction = ?1")?
            .execute([row])?;
        self.prepare("DELETE FROM interaction WHERE id = ?1")?
            .execute([row])?;
        Ok(())
    }

    fn message_row(&self, interaction: &Interaction) -> Result<Option<i64>> {
        let message = interaction.message.map(|id| id.to_string());
        message
            .map(|id| self.row_that_must_be("message", &id))
            .transpose()
    }

    fn insert_participants(&mut self, row: i64, interaction: &Interaction) -> Result<()> {
        for (place, person) in interaction.people.iter().enumerate() {
            let person = self.row_that_must_be("person", &person.to_string())?;
            self.prepare(
                "INSERT INTO participant (interaction, person, place, day, channel, direction)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                row,
                person,
                stored_count(place),
                interaction.day.to_string(),
                interaction.channel.word(),
                interaction.direction.word(),
            ])?;
        }
        Ok(())
    }

    fn insert_exchanges(&mut self, row: i64, interaction: &Interaction) -> Result<()> {
        for (place, exchange) in interaction.exchanges.iter().enumerate() {
            self.prepare(
                "INSERT INTO exchange (interaction, place, kind, what, minutes) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                row,
                stored_count(place),
                exchange.kind.word(),
                exchange.what,
                exchange.minutes,
            ])?;
        }
        Ok(())
    }

    /// Adds a commitment. Its person and its interaction must be stored.
    pub fn add_commitment(&mut self, commitment: &Commitment) -> Result<()> {
        let person = self.row_that_must_be("person", &commitment.person.to_string())?;
        let interaction = commitment.interaction.map(|id| id.to_string());
        let interaction = interaction
            .map(|id| self.row_that_must_be("interaction", &id))
            .transpose()?;
        self.prepare(
            "INSERT INTO commitment (uuid, person, interaction, owner, what, due, state)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            commitment.id.to_string(),
            person,
            interaction,
            commitment.owner.word(),
            commitment.what,
            text_or_null(commitment.due.as_ref()),
            commitment.state.word(),
        ])?;
        Ok(())
    }

    /// Sets what became of a commitment.
    pub fn set_commitment_state(&mut self, id: CommitmentId, state: CommitmentState) -> Result<()> {
        let row = self.row_that_must_be("commitment", &id.to_string())?;
        self.prepare("UPDATE commitment SET state = ?2 WHERE id = ?1")?
            .execute(params![row, state.word()])?;
        Ok(())
    }
}
