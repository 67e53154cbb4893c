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

use crate::error::Result;
use crate::operation::Snapshot;
use crate::person::name_at;
use crate::sql::Columns;
use crate::standing::Place;

static COMMITMENTS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT c.uuid, p.uuid, p.title, p.given, p.family, p.suffix, p.credentials, p.greet_as,
            c.what, c.owner, c.due
         FROM commitment c JOIN person p ON p.id = c.person
         WHERE c.state = '{}' AND NOT p.archived ORDER BY c.due, c.id",
        CommitmentState::Open.word(),
    )
});

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
