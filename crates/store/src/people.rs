//! Lists of people: which are wanted, in which order, and what a list shows of each.

use std::sync::LazyLock;

use domain::{
    Channel, Direction, PersonId, PersonName, ProgramId, RelationshipEvidence, RelationshipState,
    Ring, RoleKind, SiteId, relationship,
};
use jiff::civil::Date;
use rusqlite::types::Value as SqlValue;
use rusqlite::{Row, params_from_iter};

use crate::error::Result;
use crate::operation::Snapshot;
use crate::person::name_at;
use crate::search::person_expression;
use crate::sql::{Columns, literals, stored_count};
use crate::standing::{Keys, Place};

/// Which people are wanted; every part that is set must hold.
#[derive(Clone, Debug, Default)]
pub struct PeopleFilter {
    /// Words, or beginnings of words, of name, work, addresses, tags or note.
    pub text: Option<String>,
    /// The role at a current place of work.
    pub role: Option<RoleKind>,
    /// The ring.
    pub ring: Option<Ring>,
    /// Tags, exactly; a person carries all of them.
    pub tags: Vec<String>,
    /// An institution that a place of work names, current or not.
    pub institution_key: Option<String>,
    /// Places with all that is known of each; somebody works now or worked at
    /// every one of them.
    pub places: Vec<AnyOf>,
    /// How well the person knows the student.
    pub relationship: Option<RelationshipState>,
    /// When the person was last in an interaction.
    pub contact: Option<LastContact>,
    /// Who has not answered the other.
    pub reply: Option<ReplyOwed>,
    /// A site that a place of work names, current or not.
    pub site: Option<SiteId>,
    /// A program that a place of work names, current or not.
    pub program: Option<ProgramId>,
    /// People who were put aside, instead of those who were not.
    pub archived: bool,
    /// Whether they went to the student's school; people of whom it is not
    /// known are in neither answer.
    pub same_school: Option<bool>,
    /// The order.
    pub order: PeopleOrder,
    /// How many to return; `None` is all.
    pub limit: Option<usize>,
    /// How many to leave out at the start.
    pub offset: usize,
}

/// A place by its institution, its sites or its programs: one of them is enough.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnyOf {
    /// Keys of institutions.
    pub institution_keys: Vec<String>,
    /// Sites.
    pub sites: Vec<SiteId>,
    /// Programs.
    pub programs: Vec<ProgramId>,
}

/// When a person was last in an interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastContact {
    /// On the day or after it.
    Since(Date),
    /// Before the day.
    Before(Date),
    /// Not once.
    Never,
}

/// Who has not answered the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyOwed {
    /// The student: the last that happened is something that the person wrote.
    ByStudent,
    /// The person: a message or ask waits, as the agenda of the day counts it.
    ByPerson {
        /// The day.
        today: Date,
    },
}

/// The order of a list of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum PeopleOrder {
    /// By surname.
    #[default]
    Name,
    /// Latest contact first; people without any come last.
    Recent,
    /// Longest silence first; people without any contact come last.
    LongSilent,
}

/// A part of a longer list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The part.
    pub rows: Vec<T>,
    /// The length of the whole.
    pub total: usize,
}

/// A person as lists show one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    /// Who it is.
    pub id: PersonId,
    /// The name.
    pub name: PersonName,
    /// The employer at the first current place of work, or empty.
    pub employer: String,
    /// The post there, or empty.
    pub position: String,
    /// The role there.
    pub role: RoleKind,
    /// How close the person is.
    pub ring: Ring,
    /// The institution there, where it is known.
    pub institution_key: Option<String>,
    /// The site there, where it is known.
    pub site: Option<SiteId>,
    /// The program there, where it is known.
    pub program: Option<ProgramId>,
    /// Free tags.
    pub tags: Vec<String>,
    /// The day of the latest interaction.
    pub last: Option<Date>,
    /// How many interactions there were.
    pub n_interactions: usize,
    /// Whether the person went to the student's school; `None` is not known.
    pub same_school: Option<bool>,
    /// Put aside.
    pub archived: bool,
    /// What is stored about the relationship.
    pub evidence: RelationshipEvidence,
    /// How the student came upon the person, or empty.
    pub how_found: String,
    /// The day since when the student knows the person.
    pub known_since: Option<Date>,
}

/// A place of work `a` of now that the student is still asked about.
const OPEN_EMPLOYER: &str = "a.certainty = 'unsure' AND a.current AND a.institution_key IS NULL
    AND a.site IS NULL AND a.program IS NULL AND a.employer <> ''";

/// The columns of a [`PersonRow`], for a person `p` with first current
/// affiliation `a`.
const ROW_COLUMNS: &str = "p.id, p.uuid, p.title, p.given, p.family, p.suffix, p.credentials, p.greet_as,
    a.employer, a.position, a.role, p.ring, a.institution_key, a.site, a.program,
    (SELECT group_concat(tag, char(31)) FROM (SELECT tag FROM tag WHERE person = p.id ORDER BY place)),
    (SELECT max(day) FROM participant WHERE person = p.id),
    (SELECT count(*) FROM participant WHERE person = p.id),
    p.same_school, p.archived, p.how_found, p.known_since";

/// Joins the first current affiliation of a person `p`.
const FIRST_AFFILIATION: &str = "LEFT JOIN affiliation a ON a.id = (
    SELECT id FROM affiliation WHERE person = p.id AND current ORDER BY place LIMIT 1)";

/// The last that happened with a person `p` is something that they wrote.
static UNANSWERED: LazyLock<String> = LazyLock::new(|| {
    let written = Channel::ALL.iter().filter(|c| c.is_written());
    format!(
        "(SELECT direction = '{incoming}' AND channel IN ({written}) FROM participant
            WHERE person = p.id ORDER BY day DESC, interaction DESC LIMIT 1)",
        incoming = Direction::Incoming.word(),
        written = literals(written.map(|c| c.word())),
    )
});

impl Snapshot<'_> {
    /// Returns the people that a filter lets through, with their number.
    pub fn people(&self, filter: &PeopleFilter) -> Result<Page<PersonRow>> {
        let Some(wanted) = self.wanted(filter)? else {
            // Words without a letter or digit name nobody.
            return Ok(Page {
                rows: Vec::new(),
                total: 0,
            });
        };
        let total = self
            .prepare(&format!(
                "SELECT count(*) FROM person p WHERE {}",
                wanted.condition
            ))?
            .query_row(params_from_iter(&wanted.values), |row| row.count(0))?;
        let order = match filter.order {
            PeopleOrder::Name => "p.name_key, p.id",
            PeopleOrder::Recent => {
                "(SELECT max(day) FROM participant WHERE person = p.id) DESC NULLS LAST, p.name_key, p.id"
            }
            PeopleOrder::LongSilent => {
                "(SELECT max(day) FROM participant WHERE person = p.id) ASC NULLS LAST, p.name_key, p.id"
            }
        };
        // The order is found first, so that only the rows of this page are put
        // together.
        let mut statement = self.prepare(&format!(
            "WITH page AS MATERIALIZED (
                SELECT p.id, row_number() OVER () AS position FROM (
                    SELECT p.id FROM person p WHERE {condition} ORDER BY {order} LIMIT {limit} OFFSET {offset}) AS p)
             SELECT {ROW_COLUMNS} FROM page JOIN person p ON p.id = page.id {FIRST_AFFILIATION}
             ORDER BY page.position",
            condition = wanted.condition,
            limit = filter.limit.map_or(-1, stored_count),
            offset = stored_count(filter.offset),
        ))?;
        let rows = statement
            .query_map(params_from_iter(&wanted.values), person_row)?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        Ok(Page {
            rows: self.with_evidence(rows)?,
            total,
        })
    }

    /// Returns everybody whom a filter lets through, in no order: who they are
    /// is found far more quickly than what a list shows of them.
    pub fn people_ids(&self, filter: &PeopleFilter) -> Result<Vec<PersonId>> {
        let Some(wanted) = self.wanted(filter)? else {
            return Ok(Vec::new());
        };
        let mut statement = self.prepare(&format!(
            "SELECT p.uuid FROM person p WHERE {}",
            wanted.condition
        ))?;
        let rows = statement.query_map(params_from_iter(&wanted.values), |row| row.id(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns who of these people owes the other an answer on a day, as the
    /// filter by a reply counts it; somebody may stand there twice.
    pub fn replies_owed(
        &self,
        people: &[PersonId],
        today: Date,
    ) -> Result<Vec<(PersonId, ReplyOwed)>> {
        let mut statement = self.prepare(&format!(
            "SELECT p.uuid FROM person p
             WHERE p.uuid IN (SELECT value FROM json_each(?)) AND {}",
            *UNANSWERED
        ))?;
        let asked = json_list(people.iter().map(|id| format!("\"{id}\"")));
        let mine = statement
            .query_map([asked], |row| Ok((row.id(0)?, ReplyOwed::ByStudent)))?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        let waited_for = self.waited_for(today)?;
        let theirs = people.iter().filter(|id| waited_for.contains(id));
        let theirs = theirs.map(|id| (*id, ReplyOwed::ByPerson { today }));
        Ok(mine.into_iter().chain(theirs).collect())
    }

    /// Returns every person's name, those who were put aside last.
    pub fn person_names(&self) -> Result<Vec<(PersonId, PersonName)>> {
        let mut statement = self.prepare(
            "SELECT uuid, title, given, family, suffix, credentials, greet_as
             FROM person ORDER BY archived, name_key, id",
        )?;
        let rows = statement.query_map([], |row| Ok((row.id(0)?, name_at(row, 1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns the employers' texts of which the student is still asked which
    /// place of work they are, each once: the folded key, and the text.
    pub fn open_employers(&self) -> Result<Vec<(String, String)>> {
        let mut statement = self.prepare(&format!(
            "SELECT DISTINCT a.employer_key, a.employer FROM affiliation a WHERE {OPEN_EMPLOYER}
             ORDER BY a.employer_key, a.employer"
        ))?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns the people who work now where an employer's text says, which the
    /// student is still asked about, by name. People who were put aside are left
    /// out.
    pub fn people_of_open_employer(&self, employer: &str) -> Result<Vec<(PersonId, PersonName)>> {
        let mut statement = self.prepare(&format!(
            "SELECT p.uuid, p.title, p.given, p.family, p.suffix, p.credentials, p.greet_as
             FROM affiliation a JOIN person p ON p.id = a.person
             WHERE a.employer_key = ?1 AND a.employer = ?2 AND {OPEN_EMPLOYER} AND NOT p.archived
             ORDER BY p.name_key, p.id"
        ))?;
        let rows = statement.query_map([domain::fold_key(employer).as_str(), employer], |row| {
            Ok((row.id(0)?, name_at(row, 1)?))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns every tag with the number of people who carry it, in the order
    /// of the alphabet. People who were put aside do not count.
    pub fn tags(&self) -> Result<Vec<(String, usize)>> {
        let mut statement = self.prepare(
            "SELECT t.tag, count(*) FROM tag t JOIN person p ON p.id = t.person
             WHERE NOT p.archived GROUP BY t.tag ORDER BY t.tag",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.count(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns one row of a list for each of these stored rows, in their order.
    pub(crate) fn person_rows(
        &self,
        rows: impl IntoIterator<Item = i64>,
    ) -> Result<Vec<PersonRow>> {
        let mut statement = self.prepare(&format!(
            "SELECT {ROW_COLUMNS} FROM person p {FIRST_AFFILIATION} WHERE p.id = ?1"
        ))?;
        let found = rows
            .into_iter()
            .map(|row| statement.query_row([row], person_row))
            .collect::<rusqlite::Result<Vec<_>>>()?;
        self.with_evidence(found)
    }

    /// Returns the condition of a filter, with the parts that are computed from
    /// what happened; `None` where it can let nobody through.
    fn wanted(&self, filter: &PeopleFilter) -> Result<Option<Wanted>> {
        let Some(mut wanted) = Wanted::of(filter) else {
            return Ok(None);
        };
        if let Some(ReplyOwed::ByPerson { today }) = filter.reply {
            let waited_for = self.waited_for(today)?;
            let uuids: Vec<String> = waited_for.iter().map(|id| format!("\"{id}\"")).collect();
            wanted.and(
                "p.uuid IN (SELECT value FROM json_each(?))",
                json_list(uuids),
            );
        }
        if let Some(state) = filter.relationship {
            // The state is a decision of `domain`, so it is asked there.
            let mut statement = self.prepare(&format!(
                "SELECT p.id FROM person p WHERE {}",
                wanted.condition
            ))?;
            let people: Vec<i64> =
                crate::sql::column(&mut statement, params_from_iter(&wanted.values), 0)?;
            let evidence = self.evidence_of_all()?;
            let kept = people.into_iter().filter(|person| {
                let evidence = evidence.get(person).copied().unwrap_or_default();
                relationship(evidence).0 == state
            });
            wanted.and(
                "p.id IN (SELECT value FROM json_each(?))",
                json_list(kept.map(|id| id.to_string())),
            );
        }
        Ok(Some(wanted))
    }

    fn with_evidence(&self, rows: Vec<(i64, PersonRow)>) -> Result<Vec<PersonRow>> {
        let filled = rows.into_iter().map(|(row, mut person)| {
            person.evidence = self.evidence_of(row)?;
            Ok(person)
        });
        filled.collect()
    }
}

/// The condition and values that a filter comes to, over a person `p`.
struct Wanted {
    condition: String,
    values: Vec<SqlValue>,
}

impl Wanted {
    /// Returns `None` where the text holds nothing to search for.
    fn of(filter: &PeopleFilter) -> Option<Self> {
        let mut wanted = Self {
            condition: "p.archived = ?".to_owned(),
            values: vec![i64::from(filter.archived).into()],
        };
        if let Some(text) = filter
            .text
            .as_deref()
            .filter(|text| !text.trim().is_empty())
        {
            wanted.and(
                "p.id IN (SELECT rowid FROM person_search WHERE person_search MATCH ?)",
                person_expression(text)?,
            );
        }
        if let Some(role) = filter.role {
            wanted.and(
                "EXISTS (SELECT 1 FROM affiliation WHERE person = p.id AND current AND role = ?)",
                role.word().to_owned(),
            );
        }
        if let Some(ring) = filter.ring {
            wanted.and("p.ring = ?", ring.word().to_owned());
        }
        for tag in &filter.tags {
            wanted.and(
                "p.id IN (SELECT person FROM tag WHERE tag = ?)",
                tag.clone(),
            );
        }
        for place in &filter.places {
            let institutions: Vec<&str> =
                place.institution_keys.iter().map(String::as_str).collect();
            let keys = Keys::of(&Place {
                institution_keys: &institutions,
                sites: &place.sites,
                programs: &place.programs,
                ..Place::default()
            });
            let condition = keys.condition("w")?;
            let part = format!("p.id IN (SELECT w.person FROM affiliation w WHERE {condition})");
            wanted.and_all(&part, keys.values);
        }
        match filter.contact {
            None => {}
            Some(LastContact::Never) => wanted.and_all(
                "NOT EXISTS (SELECT 1 FROM participant WHERE person = p.id)",
                [],
            ),
            Some(LastContact::Since(day)) => wanted.and(
                "EXISTS (SELECT 1 FROM participant WHERE person = p.id AND day >= ?)",
                day.to_string(),
            ),
            Some(LastContact::Before(day)) => wanted.and(
                "(SELECT max(day) FROM participant WHERE person = p.id) < ?",
                day.to_string(),
            ),
        }
        if filter.reply == Some(ReplyOwed::ByStudent) {
            wanted.and_all(&UNANSWERED, []);
        }
        if let Some(key) = &filter.institution_key {
            wanted.and(
                "p.id IN (SELECT person FROM affiliation WHERE institution_key = ?)",
                key.clone(),
            );
        }
        if let Some(site) = &filter.site {
            wanted.and(
                "p.id IN (SELECT person FROM affiliation WHERE site = ?)",
                site.to_string(),
            );
        }
        if let Some(program) = &filter.program {
            wanted.and(
                "p.id IN (SELECT person FROM affiliation WHERE program = ?)",
                program.to_string(),
            );
        }
        if let Some(same_school) = filter.same_school {
            wanted.and("p.same_school = ?", i64::from(same_school));
        }
        Some(wanted)
    }

    fn and(&mut self, condition: &str, value: impl Into<SqlValue>) {
        self.and_all(condition, [value.into()]);
    }

    fn and_all(&mut self, condition: &str, values: impl IntoIterator<Item = SqlValue>) {
        self.condition.push_str(" AND ");
        self.condition.push_str(condition);
        self.values.extend(values);
    }
}

/// Returns items that are JSON already as a JSON array.
fn json_list(items: impl IntoIterator<Item = String>) -> String {
    let items: Vec<String> = items.into_iter().collect();
    format!("[{}]", items.join(","))
}

fn person_row(row: &Row<'_>) -> rusqlite::Result<(i64, PersonRow)> {
    let tags: Option<String> = row.get(15)?;
    let tags = tags.map_or_else(Vec::new, |tags| {
        tags.split('\u{1F}').map(str::to_owned).collect()
    });
    let person = PersonRow {
        id: row.id(1)?,
        name: name_at(row, 2)?,
        employer: row.get::<_, Option<String>>(8)?.unwrap_or_default(),
        position: row.get::<_, Option<String>>(9)?.unwrap_or_default(),
        role: row
            .parsed_or_null(10, "role", RoleKind::from_word)?
            .unwrap_or(RoleKind::Other),
        ring: row.parsed(11, "ring", Ring::from_word)?,
        institution_key: row.get(12)?,
        site: row.id_or_null(13)?,
        program: row.id_or_null(14)?,
        tags,
        last: row.day_or_null(16)?,
        n_interactions: row.count(17)?,
        same_school: row.get(18)?,
        archived: row.get(19)?,
        evidence: RelationshipEvidence::default(),
        how_found: row.get(20)?,
        known_since: row.day_or_null(21)?,
    };
    Ok((row.get(0)?, person))
}
