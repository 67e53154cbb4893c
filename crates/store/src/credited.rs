//! Who had a part in what the student does, as far as it is noted.

use domain::{ExchangeKind, MessageState, PersonId, PersonName};
use jiff::civil::Date;

use crate::error::Result;
use crate::operation::Snapshot;
use crate::person::name_at;
use crate::sql::{Columns, stored_count};

/// Why somebody is credited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credit {
    /// They introduced the student, on the latest such day.
    Introduced(Date),
    /// They offered to speak for the student, on the latest such day.
    Vouched(Date),
    /// They answered a request for a letter.
    Letter,
    /// They bear a tag that was asked for.
    Tagged(String),
}

impl Snapshot<'_> {
    /// Returns people who introduced the student or offered to speak for them, who
    /// answered a message of the scenario `letters`, or who bear a tag that is one of
    /// `tags` or begins with `tag_start`, each with every reason, by name. People who
    /// were put aside are left out.
    pub fn credited(
        &self,
        letters: &str,
        tags: &[&str],
        tag_start: &str,
        limit: usize,
    ) -> Result<Vec<(PersonId, PersonName, Credit)>> {
        const NAME: &str =
            "p.uuid, p.title, p.given, p.family, p.suffix, p.credentials, p.greet_as";
        let mut found = Vec::new();
        for (kind, credit) in [
            (
                ExchangeKind::Intro,
                Credit::Introduced as fn(Date) -> Credit,
            ),
            (ExchangeKind::Vouch, Credit::Vouched as fn(Date) -> Credit),
        ] {
            let mut statement = self.prepare(&format!(
                "SELECT {NAME}, max(t.day) FROM exchange e
                 JOIN participant t ON t.interaction = e.interaction
                 JOIN person p ON p.id = t.person
                 WHERE e.kind = ?1 AND NOT p.archived
                 GROUP BY p.id ORDER BY p.name_key, p.id LIMIT ?2"
            ))?;
            let rows = statement.query_map((kind.word(), stored_count(limit)), |row| {
                Ok((row.id(0)?, name_at(row, 1)?, credit(row.day(7)?)))
            })?;
            found.extend(rows.collect::<rusqlite::Result<Vec<_>>>()?);
        }
        let mut statement = self.prepare(&format!(
            "SELECT DISTINCT {NAME} FROM message m JOIN person p ON p.id = m.person
             WHERE m.scenario = ?1 AND m.state = ?2 AND NOT p.archived
             ORDER BY p.name_key, p.id LIMIT ?3"
        ))?;
        let asked = (letters, MessageState::Replied.word(), stored_count(limit));
        let rows = statement.query_map(asked, |row| {
            Ok((row.id(0)?, name_at(row, 1)?, Credit::Letter))
        })?;
        found.extend(rows.collect::<rusqlite::Result<Vec<_>>>()?);
        let mut statement = self.prepare(&format!(
            "SELECT {NAME}, t.tag FROM tag t JOIN person p ON p.id = t.person
             WHERE NOT p.archived ORDER BY p.name_key, p.id, t.tag"
        ))?;
        let rows = statement.query_map((), |row| {
            Ok((row.id(0)?, name_at(row, 1)?, row.get::<_, String>(7)?))
        })?;
        for row in rows {
            let (id, name, tag) = row?;
            let is_asked =
                tags.contains(&tag.as_str()) || tag.to_lowercase().starts_with(tag_start);
            if is_asked && found.len() < limit {
                found.push((id, name, Credit::Tagged(tag)));
            }
        }
        Ok(found)
    }
}
