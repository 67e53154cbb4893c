//! Hospitals of a public list that the student imported.

use domain::{Hospital, SiteId, fold_key};
use rusqlite::{OptionalExtension, Row, params};

use crate::error::Result;
use crate::operation::{Snapshot, Writing};
use crate::sql::{Columns, stored_count};

const COLUMNS: &str = "site, name, city, state, kind";

/// The most words of a text that are compared; nobody types more of a name.
const WORDS_MAX: usize = 12;

impl Snapshot<'_> {
    /// Returns how many hospitals are stored.
    pub fn n_hospitals(&self) -> Result<usize> {
        let mut statement = self.prepare("SELECT count(*) FROM hospital")?;
        Ok(statement.query_row([], |row| row.count(0))?)
    }

    /// Returns every hospital, in the order in which they were added.
    pub fn hospitals(&self) -> Result<Vec<Hospital>> {
        self.hospitals_where("1 ORDER BY id", [])
    }

    /// Returns the hospital of a site, if the list has it.
    pub fn hospital(&self, site: &SiteId) -> Result<Option<Hospital>> {
        let sql = format!("SELECT {COLUMNS} FROM hospital WHERE site = ?1");
        let mut statement = self.prepare(&sql)?;
        Ok(statement.query_row([site.as_str()], hospital).optional()?)
    }

    /// Returns the hospitals where the student rotates, as far as they are known.
    pub fn hospitals_of_rotations(&self) -> Result<Vec<Hospital>> {
        self.hospitals_where("site IN (SELECT site FROM rotation) ORDER BY id", [])
    }

    /// Returns the hospitals that a text is: the number of one, or all with this
    /// name, or with this name, city and state; case and accents do not matter.
    pub fn hospitals_called(&self, text: &str) -> Result<Vec<Hospital>> {
        self.hospitals_where(
            "name_key = ?1 OR words_key = ?1 OR site = ?2 ORDER BY name_key, words_key, id",
            params![fold_key(text), SiteId::text_of_number(text)],
        )
    }

    /// Returns up to `n_max` hospitals of which each word of the text begins a
    /// word of name, city or state, the shortest names first. An empty text
    /// finds none.
    pub fn hospitals_like(&self, text: &str, n_max: usize) -> Result<Vec<Hospital>> {
        let key = fold_key(text);
        let words: Vec<String> = key
            .split(' ')
            .filter(|word| !word.is_empty())
            .take(WORDS_MAX)
            .map(|word| format!(" {word}"))
            .collect();
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let fits: Vec<String> = (1..=words.len())
            .map(|n| format!("instr(' ' || words_key, ?{n}) > 0"))
            .collect();
        let n_max = stored_count(n_max);
        self.hospitals_where(
            &format!(
                "{} ORDER BY length(name_key), words_key, id LIMIT {n_max}",
                fits.join(" AND ")
            ),
            rusqlite::params_from_iter(words),
        )
    }

    fn hospitals_where(&self, fits: &str, params: impl rusqlite::Params) -> Result<Vec<Hospital>> {
        let mut statement =
            self.prepare(&format!("SELECT {COLUMNS} FROM hospital WHERE {fits}"))?;
        let rows = statement.query_map(params, hospital)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn hospital(row: &Row<'_>) -> rusqlite::Result<Hospital> {
    Ok(Hospital {
        site: row.id(0)?,
        name: row.get(1)?,
        city: row.get(2)?,
        state: row.get(3)?,
        kind: row.get(4)?,
    })
}

impl Writing<'_> {
    /// Adds a hospital, or brings the stored one of that site to what
    /// `hospital` says.
    pub fn set_hospital(&mut self, hospital: &Hospital) -> Result<()> {
        let Hospital {
            site,
            name,
            city,
            state,
            kind,
        } = hospital;
        self.prepare(
            "INSERT INTO hospital (site, name, city, state, kind, name_key, words_key)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (site) DO UPDATE SET name = excluded.name, city = excluded.city,
                state = excluded.state, kind = excluded.kind, name_key = excluded.name_key,
                words_key = excluded.words_key",
        )?
        .execute(params![
            site.as_str(),
            name,
            city,
            state,
            kind,
            fold_key(name),
            fold_key(&format!("{name} {city} {state}")),
        ])?;
        Ok(())
    }

    /// Takes a hospital away, where it is there.
    pub fn delete_hospital(&mut self, site: &SiteId) -> Result<()> {
        self.prepare("DELETE FROM hospital WHERE site = ?1")?
            .execute([site.as_str()])?;
        Ok(())
    }
}
