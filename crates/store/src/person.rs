//! One person with their places of work, addresses and tags, read and written.

use domain::{
    Affiliation, Certainty, ContactKind, ContactPoint, Field, Person, PersonId, PersonName,
    ProgramId, Ring, RoleKind, SiteId, fold_key,
};
use rusqlite::{OptionalExtension, Row, ToSql, params};

use crate::error::{Result, StoreError};
use crate::operation::{Snapshot, Writing};
use crate::sql::{Columns, stored_count, text_or_null};

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
}

impl Writing<'_> {
    /// Adds a person, with fields of an imported file that have no place of
    /// their own.
    pub fn add_person(&mut self, person: &Person, extra: &[(String, String)]) -> Result<()> {
        self.execute_for_person(
            "INSERT INTO person (uuid, title, given, family, suffix, credentials, greet_as, name_key,
                ring, cadence_days, how_found, note, same_school, known_since, source, archived)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
            person.id.to_string(),
            person,
        )?;
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
        self.execute_for_person(
            "UPDATE person SET title = ?2, given = ?3, family = ?4, suffix = ?5, credentials = ?6,
                greet_as = ?7, name_key = ?8, ring = ?9, cadence_days = ?10, how_found = ?11,
                note = ?12, same_school = ?13, known_since = ?14, source = ?15, archived = ?16
             WHERE id = ?1",
            row,
            person,
        )
    }

    /// Runs a statement whose first parameter is `key` and whose others are
    /// what stands in the person's row.
    fn execute_for_person(&mut self, sql: &str, key: impl ToSql, person: &Person) -> Result<()> {
        let name = &person.name;
        self.prepare(sql)?.execute(params![
            key,
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

/// Surname first, so that a list in the order of keys is a list by surname.
pub(crate) fn name_key(name: &PersonName) -> String {
    let family = fold_key(&name.family);
    let given = fold_key(&name.given);
    format!("{family} {given}").trim().to_owned()
}
