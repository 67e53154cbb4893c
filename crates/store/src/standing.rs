//! How well the student is known: by a person, and at a place.

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::{
    Affiliation, Channel, Direction, ExchangeKind, MessageState, PersonId, ProgramId,
    RelationshipEvidence, SiteId,
};
use rusqlite::params_from_iter;
use rusqlite::types::Value as SqlValue;

use crate::error::Result;
use crate::operation::Snapshot;
use crate::people::PersonRow;
use crate::person::affiliation_at;
use crate::sql::{Columns, literals};

/// A place where people may work: whatever is known of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place<'a> {
    /// Keys of institutions.
    pub institution_keys: &'a [&'a str],
    /// Sites.
    pub sites: &'a [SiteId],
    /// Programs.
    pub programs: &'a [ProgramId],
    /// Employers as written, folded ([`domain::fold_key`]): for places that no
    /// reference knows.
    pub employer_keys: &'a [&'a str],
}

/// A person at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonAt {
    /// The person.
    pub row: PersonRow,
    /// The affiliation that puts them there: the most certain, current ones first.
    pub affiliation: Affiliation,
    /// What is stored about the relationship.
    pub evidence: RelationshipEvidence,
}

/// What the participants' rows tell about one person. A person who was talked
/// to live on a day of rotation counts for both.
static TALKS: LazyLock<String> = LazyLock::new(|| {
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
        "count(*) FILTER (WHERE direction = '{incoming}' AND channel IN ({written})),
         count(*) FILTER (WHERE channel IN ({live})),
         count(DISTINCT day) FILTER (WHERE channel = '{rotation}')",
        incoming = Direction::Incoming.word(),
        rotation = Channel::Rotation.word(),
    )
});

static TALKS_OF_ONE: LazyLock<String> =
    LazyLock::new(|| format!("SELECT {} FROM participant WHERE person = ?1", *TALKS));

static REPLIED_OF_ONE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT count(*) FROM message WHERE person = ?1 AND state = '{}'",
        MessageState::Replied.word()
    )
});

const EXCHANGES_OF_ONE: &str = "SELECT e.kind, count(*) FROM participant p
    JOIN exchange e ON e.interaction = p.interaction WHERE p.person = ?1 GROUP BY e.kind";

/// The passes that tell what is stored about the relationship with many people:
/// three for all, where asking person by person would be three questions for each.
struct Passes {
    talks: String,
    replied: String,
    exchanges: String,
}

impl Passes {
    /// Passes over the people for whom `condition` holds, a condition on `person`.
    fn over(condition: &str) -> Self {
        Self {
            talks: format!(
                "SELECT person, {} FROM participant WHERE {condition} GROUP BY person",
                *TALKS
            ),
            replied: format!(
                "SELECT person, count(*) FROM message
                 WHERE state = '{}' AND person IS NOT NULL AND {condition} GROUP BY person",
                MessageState::Replied.word()
            ),
            // Few interactions carry an exchange, so the exchanges lead.
            exchanges: format!(
                "SELECT person, kind, count(*) FROM exchange e
                 CROSS JOIN participant p ON p.interaction = e.interaction
                 WHERE {condition} GROUP BY person, kind"
            ),
        }
    }
}

static OVER_EVERYBODY: LazyLock<Passes> = LazyLock::new(|| Passes::over("true"));

static OVER_COUNTED: LazyLock<Passes> =
    LazyLock::new(|| Passes::over(&format!("person IN (SELECT person {COUNTED})")));

/// The links that count, but for those of people who were put aside. The
/// condition is that of the index `affiliation_counted`.
const COUNTED: &str = "FROM affiliation
    WHERE institution_key IS NOT NULL AND current AND certainty <> 'unsure'";

/// Selects the institution and the person of every link that counts. Few people
/// are put aside, so they are looked up and not everybody else.
static COUNTED_LINKS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT DISTINCT institution_key, person {COUNTED}
            AND person NOT IN (SELECT id FROM person WHERE archived = 1)"
    )
});

impl Snapshot<'_> {
    /// Returns what is stored about the relationship with a person; nothing
    /// where the person is not stored.
    pub fn evidence(&self, id: PersonId) -> Result<RelationshipEvidence> {
        match self.row_of("person", &id.to_string())? {
            Some(row) => self.evidence_of(row),
            None => Ok(RelationshipEvidence::default()),
        }
    }

    pub(crate) fn evidence_of(&self, person: i64) -> Result<RelationshipEvidence> {
        let mut evidence = self.prepare(&TALKS_OF_ONE)?.query_row([person], |row| {
            Ok(RelationshipEvidence {
                answers: row.get(0)?,
                live_talks: row.get(1)?,
                days_together: row.get(2)?,
                ..Default::default()
            })
        })?;
        let replied: u32 = self
            .prepare(&REPLIED_OF_ONE)?
            .query_row([person], |row| row.get(0))?;
        // An answer is often there twice, as the message that was answered and
        // as the interaction that was logged; the larger number is the safe one.
        evidence.answers = evidence.answers.max(replied);
        let mut statement = self.prepare(EXCHANGES_OF_ONE)?;
        let mut rows = statement.query([person])?;
        while let Some(row) = rows.next()? {
            let n = row.get(1)?;
            count_exchange(
                &mut evidence,
                row.parsed(0, "exchange", ExchangeKind::from_word)?,
                n,
            );
        }
        Ok(evidence)
    }

    /// Returns what is stored about the relationship with everybody of whom
    /// anything is.
    pub(crate) fn evidence_of_all(&self) -> Result<HashMap<i64, RelationshipEvidence>> {
        self.evidence_in(&OVER_EVERYBODY)
    }

    fn evidence_in(&self, passes: &Passes) -> Result<HashMap<i64, RelationshipEvidence>> {
        let mut all: HashMap<i64, RelationshipEvidence> = HashMap::new();
        let mut statement = self.prepare(&passes.talks)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let evidence = RelationshipEvidence {
                answers: row.get(1)?,
                live_talks: row.get(2)?,
                days_together: row.get(3)?,
                ..Default::default()
            };
            all.insert(row.get(0)?, evidence);
        }
        let mut statement = self.prepare(&passes.replied)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let evidence = all.entry(row.get(0)?).or_default();
            evidence.answers = evidence.answers.max(row.get(1)?);
        }
        let mut statement = self.prepare(&passes.exchanges)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            count_exchange(
                all.entry(row.get(0)?).or_default(),
                row.parsed(1, "exchange", ExchangeKind::from_word)?,
                row.get(2)?,
            );
        }
        Ok(all)
    }

    /// Returns the people who work or worked at a place, each once: current
    /// ones first, then by certainty, then by name. People who were put aside
    /// are left out; links that are still unsure are not.
    pub fn people_at(&self, place: &Place<'_>) -> Result<Vec<PersonAt>> {
        let keys = Keys::of(place);
        let Some(condition) = keys.condition("a") else {
            return Ok(Vec::new());
        };
        let mut statement = self.prepare(&format!(
            "SELECT a.person, a.employer, a.position, a.role, a.institution_key, a.program, a.site,
                a.evidence, a.certainty, a.as_of, a.current
             FROM affiliation a JOIN person p ON p.id = a.person
             WHERE ({condition}) AND NOT p.archived
             ORDER BY a.current DESC,
                CASE a.certainty WHEN 'confirmed' THEN 0 WHEN 'clear' THEN 1 ELSE 2 END,
                p.name_key, p.id, a.place"
        ))?;
        let found = statement
            .query_map(params_from_iter(&keys.values), |row| {
                Ok((row.get::<_, i64>(0)?, affiliation_at(row, 1)?))
            })?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        let mut seen = std::collections::HashSet::new();
        let (people, affiliations): (Vec<i64>, Vec<Affiliation>) = found
            .into_iter()
            .filter(|(person, _)| seen.insert(*person))
            .unzip();
        let rows = self.person_rows(people)?;
        let people = rows
            .into_iter()
            .zip(affiliations)
            .map(|(row, affiliation)| PersonAt {
                evidence: row.evidence,
                row,
                affiliation,
            });
        Ok(people.collect())
    }

    /// Returns how many people are known at every institution, by its key, and
    /// how well.
    ///
    /// Those count who work there now, who are not put aside, and whose link to
    /// the place is confirmed or clear.
    pub fn standing_by_institution(
        &self,
    ) -> Result<HashMap<String, (usize, RelationshipEvidence)>> {
        let known = self.evidence_in(&OVER_COUNTED)?;
        let mut statement = self.prepare(&COUNTED_LINKS)?;
        let mut rows = statement.query([])?;
        let mut standing: HashMap<String, (usize, RelationshipEvidence)> = HashMap::new();
        while let Some(row) = rows.next()? {
            let person: i64 = row.get(1)?;
            let evidence = known.get(&person).copied().unwrap_or_default();
            let slot = standing.entry(row.get(0)?).or_default();
            *slot = (slot.0 + 1, slot.1.and(evidence));
        }
        Ok(standing)
    }

    /// Returns whether anybody counts at a place, as in
    /// [`Snapshot::standing_by_institution`].
    pub(crate) fn knows_anybody_at(&self, place: &Place<'_>) -> Result<bool> {
        let keys = Keys::of(place);
        let Some(condition) = keys.condition("a") else {
            return Ok(false);
        };
        let found = self
            .prepare(&format!(
                "SELECT EXISTS (SELECT 1 FROM affiliation a CROSS JOIN person p ON p.id = a.person
                 WHERE ({condition}) AND a.current AND a.certainty <> 'unsure' AND NOT p.archived)"
            ))?
            .query_row(params_from_iter(&keys.values), |row| row.get(0))?;
        Ok(found)
    }
}

fn count_exchange(evidence: &mut RelationshipEvidence, kind: ExchangeKind, n: u32) {
    match kind {
        ExchangeKind::Ask => {}
        ExchangeKind::Give => evidence.delivered_gives = n,
        ExchangeKind::Intro => evidence.introductions = n,
        ExchangeKind::Vouch => evidence.vouches = n,
    }
}

/// The keys of a place, ready for a condition.
pub(crate) struct Keys {
    counts: [(&'static str, usize); 4],
    pub(crate) values: Vec<SqlValue>,
}

impl Keys {
    pub(crate) fn of(place: &Place<'_>) -> Self {
        let institutions = place.institution_keys.iter().map(|key| (*key).to_owned());
        let sites = place.sites.iter().map(ToString::to_string);
        let programs = place.programs.iter().map(ToString::to_string);
        let employers = place.employer_keys.iter().map(|key| (*key).to_owned());
        Self {
            counts: [
                ("institution_key", place.institution_keys.len()),
                ("site", place.sites.len()),
                ("program", place.programs.len()),
                ("employer_key", place.employer_keys.len()),
            ],
            values: institutions
                .chain(sites)
                .chain(programs)
                .chain(employers)
                .map(SqlValue::from)
                .collect(),
        }
    }

    /// Returns `None` where nothing is known of the place.
    pub(crate) fn condition(&self, alias: &str) -> Option<String> {
        let parts: Vec<String> = self
            .counts
            .iter()
            .filter(|(_, n)| *n > 0)
            .map(|(column, n)| format!("{alias}.{column} IN ({})", vec!["?"; *n].join(", ")))
            .collect();
        (!parts.is_empty()).then(|| parts.join(" OR "))
    }
}
