//! Who has a rhythm, and since when nothing happened with them.

use std::collections::HashMap;

use domain::{Cadences, PersonRhythm, Ring, RoleKind, fold};
use rusqlite::params_from_iter;
use rusqlite::types::Value as SqlValue;

use super::Of;
use crate::error::Result;
use crate::operation::Snapshot;
use crate::person::name_at;
use crate::sql::{Columns, column};

/// People who may have a rhythm: their own, or that of their ring. The
/// condition is that of the index, which is named because SQLite would rather
/// go through all who are not put aside.
const WITH_RHYTHM: &str = "INDEXED BY person_with_rhythm
    WHERE p.archived = 0 AND (p.cadence_days IS NOT NULL OR p.ring <> 'stored')";

/// Those among them whose row is given.
const ONE_WITH_RHYTHM: &str = "WHERE p.id = ?1 AND p.archived = 0
    AND (p.cadence_days IS NOT NULL OR p.ring <> 'stored')";

fn rhythms_of(people: &str) -> String {
    format!(
        "SELECT p.uuid, p.title, p.given, p.family, p.suffix, p.credentials, p.greet_as,
            p.ring, p.cadence_days,
            coalesce((SELECT max(day) FROM participant WHERE person = p.id), p.known_since), p.id
         FROM person p {people} ORDER BY p.id"
    )
}

impl Snapshot<'_> {
    pub(super) fn rhythms(&self, cadences: &Cadences, of: Of) -> Result<Vec<PersonRhythm>> {
        let tags = self.tags_with_cadence(cadences, of)?;
        let roles = self.roles_with_cadence(cadences, of)?;
        let mut rhythms = Vec::new();
        let mut statement = self.prepare(&rhythms_of(match of {
            Of::Everybody => WITH_RHYTHM,
            Of::One(_) => ONE_WITH_RHYTHM,
        }))?;
        let mut rows = statement.query(params_from_iter(of.values([])))?;
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
    fn tags_with_cadence(&self, cadences: &Cadences, of: Of) -> Result<HashMap<i64, Vec<String>>> {
        let mut by_person: HashMap<i64, Vec<String>> = HashMap::new();
        if cadences.by_tag.is_empty() {
            return Ok(by_person);
        }
        let mut distinct = self.prepare(match of {
            Of::Everybody => "SELECT DISTINCT tag FROM tag",
            Of::One(_) => "SELECT DISTINCT tag FROM tag WHERE person = ?1",
        })?;
        let all: Vec<String> = column(&mut distinct, params_from_iter(of.values([])), 0)?;
        let wanted = all
            .into_iter()
            .filter(|tag| cadences.by_tag.contains_key(&fold(tag)));
        let mut people = self.prepare("SELECT person FROM tag WHERE tag = ?1")?;
        for tag in wanted {
            if let Of::One(person) = of {
                by_person.entry(person).or_default().push(tag);
                continue;
            }
            for person in column::<i64>(&mut people, [&tag], 0)? {
                by_person.entry(person).or_default().push(tag.clone());
            }
        }
        Ok(by_person)
    }

    /// Returns what people in a ring do now, by person, where a role has a cadence.
    fn roles_with_cadence(&self, cadences: &Cadences, of: Of) -> Result<HashMap<i64, RoleKind>> {
        let mut by_person = HashMap::new();
        if cadences.by_role.is_empty() {
            return Ok(by_person);
        }
        let words: Vec<&str> = cadences.by_role.keys().map(|role| role.word()).collect();
        let people = match of {
            Of::Everybody => WITH_RHYTHM,
            Of::One(_) => ONE_WITH_RHYTHM,
        };
        let mut values = of.values([]);
        let first = values.len() + 1;
        let marks: Vec<String> = (first..first + words.len())
            .map(|n| format!("?{n}"))
            .collect();
        values.extend(
            words
                .into_iter()
                .map(|word| SqlValue::from(word.to_owned())),
        );
        let mut statement = self.prepare(&format!(
            "SELECT p.id, (SELECT role FROM affiliation WHERE person = p.id AND current
                ORDER BY place LIMIT 1) AS role
             FROM person p {people} AND role IN ({})",
            marks.join(", ")
        ))?;
        let mut rows = statement.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            by_person.insert(row.get(0)?, row.parsed(1, "role", RoleKind::from_word)?);
        }
        Ok(by_person)
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
