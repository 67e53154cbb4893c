//! What telling people apart looks at, of everybody at once.

use domain::{Field, Known, cities_of, uids_of};
use rusqlite::Row;

use crate::error::Result;
use crate::operation::Snapshot;
use crate::person::{contact_at, name_at};
use crate::sql::Columns;

/// The tables that [`Snapshot::known`] reads.
pub const KNOWN_TABLES: [&str; 6] = [
    "person",
    "contact",
    "affiliation",
    "edited",
    "extra",
    "apart",
];

impl Snapshot<'_> {
    /// Returns what reconciliation looks at, of every person, archived ones too.
    pub fn known(&self) -> Result<Vec<Known>> {
        let mut statement = self.prepare(
            "SELECT id, uuid, title, given, family, suffix, credentials, greet_as, known_since
             FROM person ORDER BY id",
        )?;
        let rows = statement.query_map([], |row| {
            let known = Known {
                id: row.id(1)?,
                name: name_at(row, 2)?,
                contacts: Vec::new(),
                uids: Vec::new(),
                cities: Vec::new(),
                employers: Vec::new(),
                position: String::new(),
                known_since: row.day_or_null(8)?,
                edited: Vec::new(),
                apart: Vec::new(),
            };
            Ok((row.get::<_, i64>(0)?, known))
        })?;
        let mut people = rows.collect::<rusqlite::Result<Vec<(i64, Known)>>>()?;
        self.add_children(
            &mut people,
            "SELECT person, kind, value, label FROM contact ORDER BY person, place",
            |known, row| {
                known.contacts.push(contact_at(row, 1)?);
                Ok(())
            },
        )?;
        self.add_children(
            &mut people,
            "SELECT person, employer, position, current FROM affiliation
             ORDER BY person, current DESC, place",
            |known, row| {
                if known.employers.is_empty() && row.get::<_, bool>(3)? {
                    known.position = row.get(2)?;
                }
                known.employers.push(row.get(1)?);
                Ok(())
            },
        )?;
        self.add_children(
            &mut people,
            "SELECT person, field FROM edited ORDER BY person, id",
            |known, row| {
                known.edited.push(row.parsed(1, "field", Field::from_word)?);
                Ok(())
            },
        )?;
        self.add_children(
            &mut people,
            "SELECT person, name, value FROM extra ORDER BY person, place",
            |known, row| {
                let field = [(row.get(1)?, row.get(2)?)];
                known.uids.extend(uids_of(&field));
                known.cities.extend(cities_of(&field));
                Ok(())
            },
        )?;
        self.add_children(
            &mut people,
            "SELECT one, (SELECT uuid FROM person WHERE id = other) FROM (
                SELECT one, other FROM apart UNION ALL SELECT other, one FROM apart)
             ORDER BY one, other",
            |known, row| {
                known.apart.push(row.id(1)?);
                Ok(())
            },
        )?;
        Ok(people.into_iter().map(|(_, known)| known).collect())
    }

    /// Gives the rows of `sql`, which begin with the person and are in the
    /// order of people, to the person each belongs to.
    fn add_children(
        &self,
        people: &mut [(i64, Known)],
        sql: &str,
        mut add: impl FnMut(&mut Known, &Row<'_>) -> rusqlite::Result<()>,
    ) -> Result<()> {
        let mut statement = self.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut people = people.iter_mut().peekable();
        while let Some(row) = rows.next()? {
            let person: i64 = row.get(0)?;
            while people.next_if(|(id, _)| *id < person).is_some() {}
            if let Some((id, known)) = people.peek_mut()
                && *id == person
            {
                add(known, row)?;
            }
        }
        Ok(())
    }
}
