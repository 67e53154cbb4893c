//! Two stored people who are one, or who look like one and are two.

use domain::PersonId;
use rusqlite::{OptionalExtension, params};

use crate::error::{Result, StoreError};
use crate::operation::{Snapshot, Writing};
use crate::sql::{Columns, column, quoted};
use crate::triggers::logged_tables;

/// Tables whose rows stand in an order of the person's own.
const ORDERED: [&str; 4] = ["affiliation", "contact", "tag", "extra"];

impl Snapshot<'_> {
    /// Returns who is meant by an identity today: the person who has it, or the
    /// one that its person was merged into.
    pub fn person_of_identity(&self, id: PersonId) -> Result<Option<PersonId>> {
        let found = self
            .prepare(
                "SELECT uuid FROM person WHERE uuid = ?1
                 UNION ALL
                 SELECT p.uuid FROM former_identity f JOIN person p ON p.id = f.person WHERE f.uuid = ?1",
            )?
            .query_row([id.to_string()], |row| row.id(0))
            .optional()?;
        Ok(found)
    }

    /// Returns whether the student told two people apart.
    pub fn is_apart(&self, a: PersonId, b: PersonId) -> Result<bool> {
        let found = self
            .prepare(
                "SELECT 1 FROM apart t JOIN person x ON x.id = t.one JOIN person y ON y.id = t.other
                 WHERE (x.uuid = ?1 AND y.uuid = ?2) OR (x.uuid = ?2 AND y.uuid = ?1)",
            )?
            .exists([a.to_string(), b.to_string()])?;
        Ok(found)
    }

    /// Returns how many interactions, messages and commitments a person has.
    pub fn counts_of(&self, id: PersonId) -> Result<[usize; 3]> {
        let counts = self
            .prepare(
                "SELECT (SELECT count(*) FROM participant WHERE person = p.id),
                    (SELECT count(*) FROM message WHERE person = p.id),
                    (SELECT count(*) FROM commitment WHERE person = p.id)
                 FROM person p WHERE p.uuid = ?1",
            )?
            .query_row([id.to_string()], |row| {
                Ok([row.count(0)?, row.count(1)?, row.count(2)?])
            })
            .optional()?;
        Ok(counts.unwrap_or_default())
    }
}

impl Writing<'_> {
    /// Remembers that two people are not the same.
    pub fn set_apart(&mut self, a: PersonId, b: PersonId) -> Result<()> {
        let a = self.row_that_must_be("person", &a.to_string())?;
        let b = self.row_that_must_be("person", &b.to_string())?;
        self.add_apart(a, b)
    }

    fn add_apart(&mut self, a: i64, b: i64) -> Result<()> {
        if a == b {
            return Ok(());
        }
        self.prepare(
            "INSERT INTO apart (one, other) SELECT ?1, ?2
             WHERE NOT EXISTS (SELECT 1 FROM apart WHERE one = ?1 AND other = ?2)",
        )?
        .execute([a.min(b), a.max(b)])?;
        Ok(())
    }

    /// Makes two people one: everything that belongs to `other` goes to `kept`,
    /// after what `kept` has, and the identity of `other` leads there.
    ///
    /// What both have alike stands once afterwards; nothing else is dropped, and
    /// the row of `kept` itself is left as it is.
    ///
    /// # Errors
    /// [`StoreError::Missing`] where one of them is not stored, or both are the
    /// same person.
    pub fn merge_person(&mut self, kept: PersonId, other: PersonId) -> Result<()> {
        let row = self.row_that_must_be("person", &kept.to_string())?;
        let gone = self.row_that_must_be("person", &other.to_string())?;
        if row == gone {
            return Err(StoreError::Missing {
                what: "person",
                id: other.to_string(),
            });
        }
        self.move_ordered(row, gone)?;
        self.prepare(
            "DELETE FROM edited WHERE person = ?2
             AND field IN (SELECT field FROM edited WHERE person = ?1)",
        )?
        .execute([row, gone])?;
        // Who took part twice took part once.
        self.prepare(
            "DELETE FROM participant WHERE person = ?2
             AND interaction IN (SELECT interaction FROM participant WHERE person = ?1)",
        )?
        .execute([row, gone])?;
        self.move_apart(row, gone)?;
        self.move_decisions(kept, other)?;
        // Whatever else names a person, in this version or a later one.
        for table in logged_tables(self.connection())? {
            for key in &table.references {
                if key.parent == "person" {
                    let (table, from) = (quoted(&table.name), quoted(&key.from));
                    self.prepare(&format!("UPDATE {table} SET {from} = ?1 WHERE {from} = ?2"))?
                        .execute([row, gone])?;
                }
            }
        }
        self.prepare("DELETE FROM person WHERE id = ?1")?
            .execute([gone])?;
        self.prepare("INSERT INTO former_identity (uuid, person) VALUES (?1, ?2)")?
            .execute(params![other.to_string(), row])?;
        Ok(())
    }

    /// Puts the rows of ordered tables after those that are there.
    fn move_ordered(&mut self, row: i64, gone: i64) -> Result<()> {
        self.drop_repeated_extra(row, gone)?;
        for table in ORDERED {
            let after: i64 = self
                .prepare(&format!(
                    "SELECT coalesce(max(place), -1) + 1 FROM {table} WHERE person = ?1"
                ))?
                .query_row([row], |row| row.get(0))?;
            self.prepare(&format!(
                "UPDATE {table} SET person = ?1, place = place + ?3 WHERE person = ?2"
            ))?
            .execute([row, gone, after])?;
        }
        Ok(())
    }

    fn drop_repeated_extra(&mut self, row: i64, gone: i64) -> Result<()> {
        self.prepare(
            "DELETE FROM extra WHERE person = ?2 AND EXISTS (
                SELECT 1 FROM extra e WHERE e.person = ?1 AND e.name = extra.name AND e.value = extra.value)",
        )?
        .execute([row, gone])?;
        Ok(())
    }

    fn move_apart(&mut self, row: i64, gone: i64) -> Result<()> {
        let others: Vec<i64> = {
            let mut others = self.prepare(
                "SELECT other FROM apart WHERE one = ?1 UNION SELECT one FROM apart WHERE other = ?1
                 ORDER BY 1",
            )?;
            column(&mut others, [gone], 0)?
        };
        self.prepare("DELETE FROM apart WHERE one = ?1 OR other = ?1")?
            .execute([gone])?;
        for other in others {
            self.add_apart(row, other)?;
        }
        Ok(())
    }

    /// Lets the decisions about agenda items of `other` be about `kept`. Where
    /// both have one about the same, the one that holds longer stays.
    fn move_decisions(&mut self, kept: PersonId, other: PersonId) -> Result<()> {
        let (new, old) = (kept.to_string(), other.to_string());
        self.prepare(
            "UPDATE decision AS d SET kind = o.kind, until = o.until FROM decision o
             WHERE o.item_key <> d.item_key AND instr(o.item_key, ?2) > 0
               AND d.item_key = replace(o.item_key, ?2, ?1) AND o.until > d.until",
        )?
        .execute([&new, &old])?;
        self.prepare(
            "DELETE FROM decision WHERE instr(item_key, ?2) > 0
             AND EXISTS (SELECT 1 FROM decision d WHERE d.item_key = replace(decision.item_key, ?2, ?1))",
        )?
        .execute([&new, &old])?;
        self.prepare(
            "UPDATE decision SET item_key = replace(item_key, ?2, ?1) WHERE instr(item_key, ?2) > 0",
        )?
        .execute([&new, &old])?;
        Ok(())
    }

    /// Adds a field that has no place of its own to a person, unless the person
    /// has the very same.
    pub fn add_extra(&mut self, id: PersonId, name: &str, value: &str) -> Result<()> {
        let row = self.row_that_must_be("person", &id.to_string())?;
        self.prepare(
            "INSERT INTO extra (person, place, name, value)
             SELECT ?1, (SELECT coalesce(max(place), -1) + 1 FROM extra WHERE person = ?1), ?2, ?3
             WHERE NOT EXISTS (SELECT 1 FROM extra WHERE person = ?1 AND name = ?2 AND value = ?3)",
        )?
        .execute(params![row, name, value])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use domain::{OperationId, Person, PersonName, Ring};
    use uuid::Uuid;

    use super::*;
    use crate::{Key, NewOperation, Pen};

    fn operation(n: u128) -> NewOperation<'static> {
        NewOperation {
            id: OperationId(Uuid::from_u128(n)),
            at: jiff::Timestamp::UNIX_EPOCH,
            verb: "test",
            subject: "",
            description: "A test",
            extend: false,
        }
    }

    fn person(n: u128, name: &str) -> Person {
        Person {
            id: PersonId(Uuid::from_u128(n)),
            name: PersonName::parse(name),
            ring: Ring::Stored,
            cadence_days: None,
            affiliations: Vec::new(),
            contacts: Vec::new(),
            tags: Vec::new(),
            how_found: String::new(),
            note: String::new(),
            same_school: None,
            known_since: None,
            source: "typed".to_owned(),
            archived: false,
        }
    }

    fn images_with(pen: &Pen, words: &str) -> i64 {
        let sql = "SELECT count(*) FROM change WHERE instr(coalesce(before, '') || coalesce(after, ''), ?1) > 0";
        let found = pen.lock().query_row(sql, [words], |row| row.get(0));
        found.expect("the log is read")
    }

    /// Somebody who had nothing but a name leaves no row that moved, and is
    /// forgotten all the same with the person they turned out to be.
    #[test]
    fn forgetting_forgets_the_records_that_were_merged() {
        for is_in_trash in [false, true] {
            forget_a_chain(is_in_trash);
        }
    }

    fn forget_a_chain(is_in_trash: bool) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("vault.db");
        let (pen, _) = crate::open(&path, &Key::new([1; 32])).expect("it opens");
        let [kept, bare, bound] = [
            person(1, "Asha Rao"),
            person(2, "Zebedee Rao"),
            person(3, "Quux Rao"),
        ];
        pen.write::<_, StoreError>(operation(1), |w| {
            for person in [&kept, &bare, &bound] {
                w.add_person(person, &[])?;
            }
            Ok(())
        })
        .expect("they are added");
        // A chain: the first is merged into the second, and that into the last.
        for (n, into, from) in [(2, bound.id, bare.id), (3, kept.id, bound.id)] {
            pen.write::<_, StoreError>(operation(n), |w| w.merge_person(into, from))
                .expect("they are merged");
        }
        assert!(images_with(&pen, "Zebedee") > 0 && images_with(&pen, "Quux") > 0);
        pen.forget(operation(4), &[kept.id], |_| "Forgot somebody".to_owned())
            .expect("they are forgotten");
        for name in ["Asha", "Zebedee", "Quux"] {
            assert_eq!(
                images_with(&pen, name),
                0,
                "{name}, in the trash: {is_in_trash}"
            );
        }
    }

    #[test]
    fn forgetting_leaves_alone_who_was_taken_apart_again() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("vault.db");
        let (pen, reader) = crate::open(&path, &Key::new([1; 32])).expect("it opens");
        let (kept, other) = (person(1, "Asha Rao"), person(2, "Zebedee Quux"));
        pen.write::<_, StoreError>(operation(1), |w| {
            w.add_person(&kept, &[])?;
            w.add_person(&other, &[])
        })
        .expect("they are added");
        pen.write::<_, StoreError>(operation(2), |w| w.merge_person(kept.id, other.id))
            .expect("they are merged");
        pen.undo(operation(3), operation(2).id)
            .expect("it is undone");
        pen.forget(operation(4), &[kept.id], |_| "Forgot somebody".to_owned())
            .expect("they are forgotten");
        let left = reader.read::<_, StoreError>(|s| s.person(other.id));
        assert!(left.expect("it is read").is_some());
    }
}
