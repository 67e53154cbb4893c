//! People with their places of work, addresses and tags.

use std::sync::LazyLock;

use domain::{
    Affiliation, Certainty, Channel, ContactKind, ContactPoint, Direction, Field, Person, PersonId,
    PersonName, ProgramId, RelationshipEvidence, RelationshipState, Ring, RoleKind, SiteId,
    fold_key, relationship,
};
use jiff::civil::Date;
use rusqlite::types::Value as SqlValue;
use rusqlite::{OptionalExtension, Row, params, params_from_iter};

use crate::error::{Result, StoreError};
use crate::operation::{Snapshot, Writing};
use crate::search::person_expression;
use crate::sql::{Columns, literals, stored_count, text_or_null};
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
}

/// The columns of a [`PersonRow`], for a person `p` with first current
/// affiliation `a`.
const ROW_COLUMNS: &str = "p.id, p.uuid, p.title, p.given, p.family, p.suffix, p.credentials, p.greet_as,
    a.employer, a.position, a.role, p.ring, a.institution_key, a.site, a.program,
    (SELECT group_concat(tag, char(31)) FROM (SELECT tag FROM tag WHERE person = p.id ORDER BY place)),
    (SELECT max(day) FROM participant WHERE person = p.id),
    (SELECT count(*) FROM participant WHERE person = p.id),
    p.same_school, p.archived";

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
    /// Returns a person with everything that belongs to them.
    pub fn person(&self, id: PersonId) -> Result<Option<Person>> {
        let mut statement = self.prepare(
            "SELECT id, title, given, family, suffix, credentials, greet_as, ring, cadence_days,
                how_found, note, same_school, known_since, source, archived
             FROM person WHERE uuid = ?1",
        )?;
        let found = statement.query_row([id.to_string()], |row| {
            let person = Person {
                id,
                name: name_at(row, 1)?,
                ring: row.parsed(7, "ring", Ring::from_word)?,
                cadence_days: row.get(8)?,
                affiliations: Vec::new(),
                contacts: Vec::new(),
                tags: Vec::new(),
                how_found: row.get(9)?,
                note: row.get(10)?,
                same_school: row.get(11)?,
                known_since: row.day_or_null(12)?,
                source: row.get(13)?,
                archived: row.get(14)?,
            };
            Ok((row.get::<_, i64>(0)?, person))
        });
        let Some((row, mut person)) = found.optional()? else {
            return Ok(None);
        };
        person.affiliations = self.affiliations_of(row)?;
        person.contacts = self.contacts_of(row)?;
        person.tags = self.tags_of(row)?;
        Ok(Some(person))
    }

    /// Returns the fields of an imported file that have no place of their own.
    pub fn extra(&self, id: PersonId) -> Result<Vec<(String, String)>> {
        let mut statement = self.prepare(
            "SELECT e.name, e.value FROM extra e JOIN person p ON p.id = e.person
             WHERE p.uuid = ?1 ORDER BY e.place",
        )?;
        let rows = statement.query_map([id.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

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

    /// Returns every person's name, those who were put aside last.
    pub fn person_names(&self) -> Result<Vec<(PersonId, PersonName)>> {
        let mut statement = self.prepare(
            "SELECT uuid, title, given, family, suffix, credentials, greet_as
             FROM person ORDER BY archived, name_key, id",
        )?;
        let rows = statement.query_map([], |row| Ok((row.id(0)?, name_at(row, 1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns the fields that the student changed by hand.
    pub fn edited_fields(&self, id: PersonId) -> Result<Vec<Field>> {
        let mut statement = self.prepare(
            "SELECT e.field FROM edited e JOIN person p ON p.id = e.person
             WHERE p.uuid = ?1 ORDER BY e.id",
        )?;
        let rows = statement.query_map([id.to_string()], |row| {
            row.parsed(0, "field", Field::from_word)
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

    fn affiliations_of(&self, person: i64) -> Result<Vec<Affiliation>> {
        let mut statement = self.prepare(
            "SELECT employer, position, role, institution_key, program, site, evidence, certainty,
                as_of, current
             FROM affiliation WHERE person = ?1 ORDER BY place",
        )?;
        let rows = statement.query_map([person], |row| affiliation_at(row, 0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn contacts_of(&self, person: i64) -> Result<Vec<ContactPoint>> {
        let mut statement = self
            .prepare("SELECT kind, value, label FROM contact WHERE person = ?1 ORDER BY place")?;
        let rows = statement.query_map([person], |row| contact_at(row, 0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn tags_of(&self, person: i64) -> Result<Vec<String>> {
        let mut statement = self.prepare("SELECT tag FROM tag WHERE person = ?1 ORDER BY place")?;
        let rows = statement.query_map([person], |row| row.get(0))?;
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

/// Reads the six parts of a name, from a column on.
pub(crate) fn name_at(row: &Row<'_>, from: usize) -> rusqlite::Result<PersonName> {
    Ok(PersonName {
        title: row.get(from)?,
        given: row.get(from + 1)?,
        family: row.get(from + 2)?,
        suffix: row.get(from + 3)?,
        credentials: row.get(from + 4)?,
        greet_as: row.get(from + 5)?,
    })
}

/// Reads an affiliation, from a column on.
pub(crate) fn affiliation_at(row: &Row<'_>, from: usize) -> rusqlite::Result<Affiliation> {
    Ok(Affiliation {
        employer: row.get(from)?,
        position: row.get(from + 1)?,
        role: row.parsed(from + 2, "role", RoleKind::from_word)?,
        institution_key: row.get(from + 3)?,
        program: row.id_or_null(from + 4)?,
        site: row.id_or_null(from + 5)?,
        evidence: row.get(from + 6)?,
        certainty: row.parsed(from + 7, "certainty", Certainty::from_word)?,
        as_of: row.day_or_null(from + 8)?,
        current: row.get(from + 9)?,
    })
}

/// Reads an address, from a column on.
pub(crate) fn contact_at(row: &Row<'_>, from: usize) -> rusqlite::Result<ContactPoint> {
    Ok(ContactPoint {
        kind: row.parsed(from, "kind of address", ContactKind::from_word)?,
        value: row.get(from + 1)?,
        label: row.get(from + 2)?,
    })
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
    };
    Ok((row.get(0)?, person))
}

/// Surname first, so that a list in the order of keys is a list by surname.
pub(crate) fn name_key(name: &PersonName) -> String {
    let family = fold_key(&name.family);
    let given = fold_key(&name.given);
    format!("{family} {given}").trim().to_owned()
}

impl Writing<'_> {
    /// Adds a person, with fields of an imported file that have no place of
    /// their own.
    pub fn add_person(&mut self, person: &Person, extra: &[(String, String)]) -> Result<()> {
        let name = &person.name;
        self.prepare(
            "INSERT INTO person (uuid, title, given, family, suffix, credentials, greet_as, name_key,
                ring, cadence_days, how_found, note, same_school, known_since, source, archived)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        )?
        .execute(params![
            person.id.to_string(),
            name.title,
            name.given,
            name.family,
            name.suffix,
            name.credentials,
            name.greet_as,
            name_key(name),
            person.ring.word(),
            person.cadence_days,
            person.how_found,
            person.note,
            person.same_school,
            text_or_null(person.known_since.as_ref()),
            person.source,
            person.archived,
        ])?;
        let row = self.connection().last_insert_rowid();
        for (place, affiliation) in person.affiliations.iter().enumerate() {
            self.insert_affiliation(row, place, affiliation)?;
        }
        for (place, contact) in person.contacts.iter().enumerate() {
            self.insert_contact(row, place, contact)?;
        }
        for (place, tag) in person.tags.iter().enumerate() {
            self.insert_tag(row, place, tag)?;
        }
        for (place, (name, value)) in extra.iter().enumerate() {
            self.prepare("INSERT INTO extra (person, place, name, value) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![row, stored_count(place), name, value])?;
        }
        Ok(())
    }

    /// Brings a stored person to what `person` says. Rows that are as they
    /// should be are left alone, so that undo finds its way past this change.
    pub fn update_person(&mut self, person: &Person) -> Result<()> {
        let Some(stored) = self.person(person.id)? else {
            return Err(StoreError::Missing {
                what: "person",
                id: person.id.to_string(),
            });
        };
        let row = self.row_that_must_be("person", &person.id.to_string())?;
        if !same_beside_children(&stored, person) {
            self.update_person_row(row, person)?;
        }
        self.update_children(
            row,
            "affiliation",
            &stored.affiliations,
            &person.affiliations,
            Self::insert_affiliation,
        )?;
        self.update_children(
            row,
            "contact",
            &stored.contacts,
            &person.contacts,
            Self::insert_contact,
        )?;
        self.update_children(
            row,
            "tag",
            &stored.tags,
            &person.tags,
            |writing, row, place, tag| writing.insert_tag(row, place, tag),
        )
    }

    fn update_person_row(&mut self, row: i64, person: &Person) -> Result<()> {
        let name = &person.name;
        self.prepare(
            "UPDATE person SET title = ?2, given = ?3, family = ?4, suffix = ?5, credentials = ?6,
                greet_as = ?7, name_key = ?8, ring = ?9, cadence_days = ?10, how_found = ?11,
                note = ?12, same_school = ?13, known_since = ?14, source = ?15, archived = ?16
             WHERE id = ?1",
        )?
        .execute(params![
            row,
            name.title,
            name.given,
            name.family,
            name.suffix,
            name.credentials,
            name.greet_as,
            name_key(name),
            person.ring.word(),
            person.cadence_days,
            person.how_found,
            person.note,
            person.same_school,
            text_or_null(person.known_since.as_ref()),
            person.source,
            person.archived,
        ])?;
        Ok(())
    }

    /// Brings the rows of one table that belong to a person to a new list:
    /// what both lists hold keeps its row, and moves only if its place changed.
    fn update_children<T: PartialEq>(
        &mut self,
        person: i64,
        table: &str,
        stored: &[T],
        wanted: &[T],
        insert: impl Fn(&mut Self, i64, usize, &T) -> Result<()>,
    ) -> Result<()> {
        if stored == wanted {
            return Ok(());
        }
        let rows: Vec<(i64, i64)> = self
            .prepare(&format!(
                "SELECT id, place FROM {table} WHERE person = ?1 ORDER BY place"
            ))?
            .query_map([person], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let mut taken = vec![false; stored.len()];
        let mut missing = Vec::new();
        for (place, value) in wanted.iter().enumerate() {
            let Some(found) = (0..stored.len()).find(|&i| !taken[i] && stored[i] == *value) else {
                missing.push((place, value));
                continue;
            };
            taken[found] = true;
            let (row, place_now) = rows[found];
            if place_now != stored_count(place) {
                self.prepare(&format!("UPDATE {table} SET place = ?2 WHERE id = ?1"))?
                    .execute(params![row, stored_count(place)])?;
            }
        }
        for ((row, _), taken) in rows.into_iter().zip(taken) {
            if !taken {
                self.prepare(&format!("DELETE FROM {table} WHERE id = ?1"))?
                    .execute([row])?;
            }
        }
        for (place, value) in missing {
            insert(self, person, place, value)?;
        }
        Ok(())
    }

    /// Notes that the student changed a field by hand.
    pub fn mark_edited(&mut self, id: PersonId, field: Field) -> Result<()> {
        let row = self.row_that_must_be("person", &id.to_string())?;
        self.prepare("INSERT INTO edited (person, field) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
            .execute(params![row, field.word()])?;
        Ok(())
    }

    fn insert_affiliation(&mut self, person: i64, place: usize, a: &Affiliation) -> Result<()> {
        self.prepare(
            "INSERT INTO affiliation (person, place, employer, employer_key, position, role,
                institution_key, program, site, evidence, certainty, as_of, current)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
            person,
            stored_count(place),
            a.employer,
            fold_key(&a.employer),
            a.position,
            a.role.word(),
            a.institution_key,
            a.program.as_ref().map(ProgramId::as_str),
            a.site.as_ref().map(SiteId::as_str),
            a.evidence,
            a.certainty.word(),
            text_or_null(a.as_of.as_ref()),
            a.current,
        ])?;
        Ok(())
    }

    fn insert_contact(&mut self, person: i64, place: usize, contact: &ContactPoint) -> Result<()> {
        self.prepare(
            "INSERT INTO contact (person, place, kind, value, label) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            person,
            stored_count(place),
            contact.kind.word(),
            contact.value,
            contact.label,
        ])?;
        Ok(())
    }

    fn insert_tag(&mut self, person: i64, place: usize, tag: &str) -> Result<()> {
        self.prepare("INSERT INTO tag (person, place, tag) VALUES (?1, ?2, ?3)")?
            .execute(params![person, stored_count(place), tag])?;
        Ok(())
    }
}

/// Returns whether two people are equal in all that stands in the person's row.
fn same_beside_children(a: &Person, b: &Person) -> bool {
    let bare = |p: &Person| Person {
        affiliations: Vec::new(),
        contacts: Vec::new(),
        tags: Vec::new(),
        ..p.clone()
    };
    bare(a) == bare(b)
}
