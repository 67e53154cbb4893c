//! Makes two stored people one.

use std::collections::BTreeMap;

use domain::{Field, MergeChoice, MergeField, PersonId, merged};

use crate::{Desk, DeskError, Done, Result};

impl Desk {
    /// Makes `other` and `kept` one person, who has the identity of `kept` and
    /// everything that belonged to either.
    ///
    /// `choices` says whose value stays in the fields that differ; the others
    /// are as [`domain::differences`] suggests. What is not chosen stays with the
    /// person as a further field. An identity that was merged earlier means the
    /// person it leads to.
    ///
    /// # Errors
    /// [`DeskError::NotThere`] where nobody has an identity, [`DeskError::Bad`]
    /// where both are the same person.
    pub fn merge_people(
        &self,
        kept: PersonId,
        other: PersonId,
        choices: &BTreeMap<MergeField, MergeChoice>,
    ) -> Result<Done<PersonId>> {
        self.write(
            "merge-people",
            &kept.to_string(),
            "Merge two people",
            |writing| {
                let [one, two] = both(writing, kept, other)?;
                let result = merged(&one, &two, choices);
                writing.merge_person(one.id, two.id)?;
                writing.update_person(&result.person)?;
                for (name, value) in &result.left_over {
                    writing.add_extra(one.id, name, value)?;
                }
                if two.source != one.source {
                    writing.add_extra(one.id, "source before merging", &two.source)?;
                }
                if choices.contains_key(&MergeField::Name) && one.name != two.name {
                    // What the student chose here is as good as typed.
                    writing.mark_edited(one.id, Field::Name)?;
                }
                writing.describe(&format!(
                    "Merge {} into {}",
                    two.name.display(),
                    one.name.display()
                ));
                Ok(one.id)
            },
        )
    }
}

/// Returns two people as they are stored, who must be two.
pub(crate) fn both(
    snapshot: &store::Snapshot<'_>,
    a: PersonId,
    b: PersonId,
) -> Result<[domain::Person; 2]> {
    let find = |id: PersonId| -> Result<domain::Person> {
        let found = match snapshot.person_of_identity(id)? {
            Some(id) => snapshot.person(id)?,
            None => None,
        };
        found.ok_or_else(|| DeskError::not_there("person", id))
    };
    let (one, two) = (find(a)?, find(b)?);
    if one.id == two.id {
        let name = one.name.display();
        return Err(DeskError::bad("people", name, "two different people"));
    }
    Ok([one, two])
}
