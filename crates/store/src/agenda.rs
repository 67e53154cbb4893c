//! What the agenda is computed from, gathered in a few passes.

mod rhythms;
mod waits;

use std::collections::HashSet;
use std::sync::LazyLock;

use domain::{
    AgendaInput, Cadences, CommitmentState, DueCommitment, ListedProgram, Owner, PersonId, SiteId,
    Unanswered,
};
use jiff::civil::Date;
use rusqlite::params_from_iter;
use rusqlite::types::Value as SqlValue;

use crate::error::Result;
use crate::operation::Snapshot;
use crate::person::name_at;
use crate::sql::Columns;
use crate::standing::Place;

/// Of whom something is read.
#[derive(Clone, Copy)]
enum Of {
    /// Of everybody.
    Everybody,
    /// Of the person in this row.
    One(i64),
}

impl Of {
    /// Returns the values of a query: days, and the row where there is one.
    fn values<const N: usize>(self, days: [Date; N]) -> Vec<SqlValue> {
        let days = days.into_iter().map(|day| SqlValue::from(day.to_string()));
        let row = match self {
            Self::Everybody => None,
            Self::One(row) => Some(SqlValue::from(row)),
        };
        days.chain(row).collect()
    }
}

/// One definition of what is due, read of everybody in few passes or of one person
/// in few steps.
struct Queries {
    everybody: String,
    one: String,
}

impl Queries {
    /// Returns the queries that `query` makes of the index by which participants
    /// are found, and of a condition that goes last. `person` is the column that
    /// says whose a row is.
    fn new(person: &str, query: fn(&str, &str) -> String) -> Self {
        let everybody = query("participant_by_day", "");
        // The row stands behind the days, where there are any.
        let row = if everybody.contains("?2") { 3 } else { 1 };
        let of_one = format!("AND {person} = ?{row}");
        Self {
            everybody,
            one: query("participant_by_person", &of_one),
        }
    }

    fn of(&self, of: Of) -> &str {
        match of {
            Of::Everybody => &self.everybody,
            Of::One(_) => &self.one,
        }
    }
}

static COMMITMENTS: LazyLock<Queries> = LazyLock::new(|| Queries::new("c.person", commitments));

fn commitments(_: &str, of: &str) -> String {
    format!(
        "SELECT c.uuid, p.uuid, p.title, p.given, p.family, p.suffix, p.credentials, p.greet_as,
            c.what, c.owner, c.due
         FROM commitment c JOIN person p ON p.id = c.person
         WHERE c.state = '{}' AND NOT p.archived {of} ORDER BY c.due, c.id",
        CommitmentState::Open.word(),
    )
}

impl Snapshot<'_> {
    /// Returns everything that the agenda of a day is computed from. The names
    /// and facts of listed programs and the student's situation are left empty:
    /// they are no rows of the vault.
    pub fn agenda_input(&self, today: Date, cadences: &Cadences) -> Result<AgendaInput> {
        Ok(AgendaInput {
            programs: self.listed_programs()?,
            ..self.agenda_input_of(today, cadences, Of::Everybody)?
        })
    }

    /// Returns the part of [`Snapshot::agenda_input`] that concerns one person; what
    /// is due with them follows from it.
    pub fn agenda_input_with(
        &self,
        person: PersonId,
        today: Date,
        cadences: &Cadences,
    ) -> Result<AgendaInput> {
        match self.row_of("person", &person.to_string())? {
            Some(row) => self.agenda_input_of(today, cadences, Of::One(row)),
            None => Ok(AgendaInput::default()),
        }
    }

    fn agenda_input_of(&self, today: Date, cadences: &Cadences, of: Of) -> Result<AgendaInput> {
        let mut replies = self.awaited_replies(of)?;
        let waited_for: HashSet<PersonId> = replies.iter().map(|reply| reply.person).collect();
        let asks = self.awaited_asks(today, of)?.into_iter();
        replies.extend(asks.filter(|ask| !waited_for.contains(&ask.person)));
        Ok(AgendaInput {
            follow_ups: self.follow_ups(today, of)?,
            replies,
            owed: self.owed_replies(today, of)?,
            commitments: self.due_commitments(of)?,
            rhythms: self.rhythms(cadences, of)?,
            decisions: self.decisions()?,
            ..AgendaInput::default()
        })
    }

    /// Returns the people who have not answered a message or an ask, as the
    /// agenda of a day counts them.
    pub(crate) fn waited_for(&self, today: Date) -> Result<HashSet<PersonId>> {
        let replies = self.awaited_replies(Of::Everybody)?.into_iter();
        let asks = self.awaited_asks(today, Of::Everybody)?;
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

    fn due_commitments(&self, of: Of) -> Result<Vec<DueCommitment>> {
        let mut statement = self.prepare(COMMITMENTS.of(of))?;
        let rows = statement.query_map(params_from_iter(of.values([])), |row| {
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
