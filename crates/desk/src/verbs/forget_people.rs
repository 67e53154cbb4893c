//! Forgets people for good: the one thing that cannot be undone.

use domain::{OperationId, PersonId, fold_key};
use store::{Forgetting, NewOperation};

use crate::verbs::edit_people::counted;
use crate::views::forget::{Counts, forget_person, forget_trash};
use crate::views::trash::everybody_in_trash;
use crate::{Desk, DeskError, Done, Result};

/// What was forgotten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forgotten {
    /// What went and what stayed.
    pub counts: Counts,
    /// Whether the vault's file was written anew. If not, what was erased may
    /// lie in it, encrypted, until the vault is opened the next time.
    pub swept: bool,
    /// Copies of the vault, made by Vouch, that may still hold them because they
    /// could not be opened or written.
    pub copies_left: usize,
}

impl Desk {
    /// Forgets a person who is stored or in the trash.
    ///
    /// `typed` is what the student typed to confirm it: the surname, or the
    /// given name where there is none.
    ///
    /// # Errors
    /// [`DeskError::NotThere`] where nobody has the id, [`DeskError::Bad`] where
    /// something else was typed.
    pub fn forget_person(&self, id: PersonId, typed: &str) -> Result<Done<Forgotten>> {
        let wanted = forget_person(self, id)?.type_this;
        if fold_key(typed) != fold_key(&wanted) {
            return Err(DeskError::bad("confirmation", typed, wanted));
        }
        self.forget(&[id])
    }

    /// Forgets everybody in the trash. `typed` is how many they are.
    ///
    /// # Errors
    /// [`DeskError::NotThere`] where the trash is empty, [`DeskError::Bad`] where
    /// something else was typed.
    pub fn empty_trash(&self, typed: &str) -> Result<Done<Forgotten>> {
        let wanted = forget_trash(self)?.type_this;
        if typed.trim() != wanted {
            return Err(DeskError::bad("confirmation", typed, wanted));
        }
        self.forget(&everybody_in_trash(self.reader())?)
    }

    fn forget(&self, people: &[PersonId]) -> Result<Done<Forgotten>> {
        let id = OperationId(self.new_id());
        let operation = NewOperation {
            id,
            at: self.now(),
            verb: "forget-people",
            subject: "",
            description: "",
            extend: false,
        };
        let forgotten = self.pen.forget(operation, people, described)?;
        if forgotten.what.people == 0 {
            let first = people.first().map(ToString::to_string);
            return Err(DeskError::not_there("person", first.unwrap_or_default()));
        }
        let copies_left = self.home.as_ref().map_or(0, |home| {
            home.vault.forget_in_copies(&home.key, |pen| {
                let forgotten = pen.forget(operation, people, described)?;
                Ok(forgotten.what.people > 0)
            })
        });
        Ok(Done {
            operation: id,
            result: Forgotten {
                counts: Counts::of(&forgotten.what),
                swept: forgotten.swept,
                copies_left,
            },
        })
    }
}

/// Returns the line of the history, which names nobody.
fn described(what: &Forgetting) -> String {
    let counted = |n: usize, one: &str, many: &str| match n {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {many}")),
    };
    let parts: Vec<String> = [
        counted(what.interactions, "interaction", "interactions"),
        counted(what.messages, "message", "messages"),
        counted(what.commitments, "promise", "promises"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let all = what.rows + what.rows_of_history;
    let with = if parts.is_empty() {
        String::new()
    } else {
        format!("with {}, ", parts.join(", "))
    };
    format!(
        "Forget {} {with}{all} rows in all",
        self::counted(what.people)
    )
}
