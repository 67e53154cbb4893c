//! Who may know somebody at a place: people in between, each with its evidence.

use std::collections::HashMap;

use domain::{ExchangeKind, PersonId, PersonName, SiteId};
use jiff::civil::Date;
use rusqlite::{params, params_from_iter};

use crate::error::Result;
use crate::operation::Snapshot;
use crate::people::PersonRow;
use crate::person::name_at;
use crate::sql::{Columns, stored_count};
use crate::standing::{Keys, Place};

/// What makes it likely that two people know each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InCommon {
    /// Both took part in the same interactions.
    Together {
        /// How often.
        times: usize,
        /// The latest day.
        last: Date,
    },
    /// Both work or worked at one employer that is not the place itself.
    Employer {
        /// The employer, as written for the one at the place.
        employer: String,
        /// Whether both are there now.
        both_now: bool,
    },
}

/// A way to a place over one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondStep {
    /// The person in between, who is not at the place.
    pub through: PersonRow,
    /// The person at the place.
    pub to: PersonRow,
    /// What the two have in common.
    pub in_common: InCommon,
}

/// A graduate of the student's school with the place of work that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graduate {
    /// Who it is.
    pub id: PersonId,
    /// The name.
    pub name: PersonName,
    /// The employer's text.
    pub employer: String,
    /// The institution, where it is known.
    pub institution_key: Option<String>,
    /// The site, where it is known.
    pub site: Option<SiteId>,
}

/// Somebody who took part in what happened with another person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Together {
    /// Who it is.
    pub id: PersonId,
    /// The name.
    pub name: PersonName,
    /// How often.
    pub times: usize,
    /// The latest day.
    pub last: Date,
    /// Whether an introduction was logged then.
    pub introduced: bool,
}

/// Pairs of one kind that are looked at, those with most in common first.
const PAIRS_MAX: i64 = 60;

impl Snapshot<'_> {
    /// Returns the ways to a place over people with whom something happened:
    /// together in an interaction before an employer in common. A pair that has
    /// both is there once.
    ///
    /// Where two people only share an employer, nothing says that they know
    /// each other; whoever shows it says so.
    pub fn second_steps(&self, place: &Place<'_>) -> Result<Vec<SecondStep>> {
        let keys = Keys::of(place);
        let (Some(condition), Some(of_y)) = (keys.condition("a"), keys.condition("y")) else {
            return Ok(Vec::new());
        };
        let there = format!(
            "WITH there AS MATERIALIZED (
                SELECT DISTINCT a.person FROM affiliation a JOIN person p ON p.id = a.person
                WHERE ({condition}) AND a.current AND a.certainty <> 'unsure' AND NOT p.archived)"
        );
        let mut pairs: Vec<(i64, i64, InCommon)> = Vec::new();
        let mut statement = self.prepare(&format!(
            "{there} SELECT x.person, y.person, count(*), max(y.day)
             FROM there JOIN participant y ON y.person = there.person
             JOIN participant x ON x.interaction = y.interaction AND x.person <> y.person
             JOIN person p ON p.id = x.person AND NOT p.archived
             WHERE x.person NOT IN (SELECT person FROM there)
             GROUP BY x.person, y.person ORDER BY 3 DESC, 4 DESC, 1, 2 LIMIT {PAIRS_MAX}"
        ))?;
        let mut rows = statement.query(params_from_iter(&keys.values))?;
        while let Some(row) = rows.next()? {
            let together = InCommon::Together {
                times: row.count(2)?,
                last: row.day(3)?,
            };
            pairs.push((row.get(0)?, row.get(1)?, together));
        }
        for joint in [
            "x.institution_key = y.institution_key",
            "x.employer_key = y.employer_key AND y.employer_key <> ''",
        ] {
            let mut statement = self.prepare(&format!(
                "{there} SELECT x.person, y.person, y.employer, max(x.current AND y.current)
                 FROM there JOIN affiliation y ON y.person = there.person
                 JOIN affiliation x ON {joint} AND x.person <> y.person
                 JOIN person p ON p.id = x.person AND NOT p.archived
                 WHERE ({of_y}) IS NOT TRUE AND x.person NOT IN (SELECT person FROM there)
                   AND EXISTS (SELECT 1 FROM participant WHERE person = x.person)
                 GROUP BY x.person, y.person ORDER BY 4 DESC, 1, 2 LIMIT {PAIRS_MAX}"
            ))?;
            let values = keys.values.iter().chain(&keys.values);
            let mut rows = statement.query(params_from_iter(values))?;
            while let Some(row) = rows.next()? {
                let pair: (i64, i64) = (row.get(0)?, row.get(1)?);
                let employer = InCommon::Employer {
                    employer: row.get(2)?,
                    both_now: row.get(3)?,
                };
                if !pairs.iter().any(|(x, y, _)| (*x, *y) == pair) {
                    pairs.push((pair.0, pair.1, employer));
                }
            }
        }
        let mut ids: Vec<i64> = pairs.iter().flat_map(|(x, y, _)| [*x, *y]).collect();
        ids.sort_unstable();
        ids.dedup();
        let found = self.person_rows(ids.iter().copied())?;
        let people: HashMap<i64, PersonRow> = ids.into_iter().zip(found).collect();
        let steps = pairs.into_iter().filter_map(|(x, y, in_common)| {
            Some(SecondStep {
                through: people.get(&x)?.clone(),
                to: people.get(&y)?.clone(),
                in_common,
            })
        });
        Ok(steps.collect())
    }

    /// Returns who took part in the same interactions as a person, those most
    /// often first; people who were put aside are left out.
    pub fn together_with(&self, id: PersonId, limit: usize) -> Result<Vec<Together>> {
        let Some(person) = self.row_of("person", &id.to_string())? else {
            return Ok(Vec::new());
        };
        let mut statement = self.prepare(&format!(
            "SELECT p.uuid, p.title, p.given, p.family, p.suffix, p.credentials, p.greet_as,
                count(*), max(y.day), max(EXISTS (SELECT 1 FROM exchange e
                    WHERE e.interaction = y.interaction AND e.kind = '{intro}'))
             FROM participant y
             JOIN participant x ON x.interaction = y.interaction AND x.person <> y.person
             JOIN person p ON p.id = x.person AND NOT p.archived
             WHERE y.person = ?1
             GROUP BY p.id ORDER BY 8 DESC, 9 DESC, p.id LIMIT ?2",
            intro = ExchangeKind::Intro.word(),
        ))?;
        let rows = statement.query_map(params![person, stored_count(limit)], |row| {
            Ok(Together {
                id: row.id(0)?,
                name: name_at(row, 1)?,
                times: row.count(7)?,
                last: row.day(8)?,
                introduced: row.get(9)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Returns the graduates of the student's school by name, once for each
    /// current place of work that is known; people who were put aside are left out.
    pub fn graduates(&self) -> Result<Vec<Graduate>> {
        let mut statement = self.prepare(
            "SELECT p.uuid, p.title, p.given, p.family, p.suffix, p.credentials, p.greet_as,
                a.employer, a.institution_key, a.site
             FROM person p JOIN affiliation a ON a.person = p.id
             WHERE p.same_school = 1 AND p.archived = 0 AND a.current AND a.certainty <> 'unsure'
               AND (a.institution_key IS NOT NULL OR a.site IS NOT NULL)
             ORDER BY p.name_key, p.id, a.place",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(Graduate {
                id: row.id(0)?,
                name: name_at(row, 1)?,
                employer: row.get(7)?,
                institution_key: row.get(8)?,
                site: row.id_or_null(9)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
