//! Random work on a vault, compared with a plain model of its tables.
//!
//! The model knows nothing of triggers or images: it keeps the tables as they
//! were before and after each operation, and undoes by putting rows back.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Affiliation, Certainty, Channel, Commitment, CommitmentId, CommitmentState, Decision,
    DecisionKind, Direction, Field, Interaction, Message, Owner, Person, ProgramId, Ring,
};
use proptest::prelude::*;
use store::{
    DumpTable, EmployerAnswer, Limits, Listing, NewOperation, StoreError, UndoError, Value, Writing,
};

use crate::common::*;

/// A row by table and id, as its values print.
type Rows = BTreeMap<(String, i64), String>;

fn rows(dump: &[DumpTable]) -> Rows {
    let rows = dump.iter().flat_map(|table| {
        table.rows.iter().map(|row| match row[0] {
            Value::Integer(id) => ((table.name.clone(), id), format!("{row:?}")),
            _ => panic!("{} has a row without id", table.name),
        })
    });
    rows.collect()
}

/// What one operation did: each row that differs, before and after.
type Images = BTreeMap<(String, i64), (Option<String>, Option<String>)>;

fn difference(before: &Rows, after: &Rows) -> Images {
    let keys: BTreeSet<_> = before.keys().chain(after.keys()).cloned().collect();
    let images = keys.into_iter().map(|key| {
        let images = (before.get(&key).cloned(), after.get(&key).cloned());
        (key, images)
    });
    images
        .filter(|(_, (before, after))| before != after)
        .collect()
}

/// Puts rows back, or says that one of them is no longer as it was left.
fn put_back(rows: &mut Rows, images: &Images) -> bool {
    if images
        .iter()
        .any(|(key, (_, after))| rows.get(key) != after.as_ref())
    {
        return false;
    }
    for (key, (before, _)) in images {
        match before {
            Some(row) => rows.insert(key.clone(), row.clone()),
            None => rows.remove(key),
        };
    }
    true
}

/// One thing that a student does. Numbers choose among a few people and so on.
#[derive(Clone, Debug)]
pub(crate) enum Deed {
    SavePerson {
        who: u8,
        words: Vec<String>,
        ring: u8,
    },
    MarkEdited {
        who: u8,
        field: u8,
    },
    SaveInteraction {
        which: u8,
        who: Vec<u8>,
        note: String,
        day: u8,
    },
    DeleteInteraction(u8),
    SaveMessage {
        which: u8,
        to: Option<u8>,
        text: String,
        n_confirmed: u8,
    },
    Type {
        which: u8,
        text: String,
    },
    DeleteMessage(u8),
    Promise {
        which: u8,
        who: u8,
        from: Option<u8>,
    },
    SettlePromise {
        which: u8,
        state: bool,
    },
    List {
        which: u8,
        priority: u8,
        n_sites: u8,
    },
    Unlist(u8),
    Answer {
        which: u8,
        key: Option<u8>,
    },
    Set {
        which: u8,
        value: String,
    },
    Decide {
        which: u8,
        day: Option<u8>,
    },
    Delete(Vec<u8>),
    Restore(Vec<u8>),
    Several(Vec<Deed>),
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z]{1,4}",
        1 => any::<String>(),
        1 => Just("nul\0 \"quote\" 'tick' \\ \u{1F600} e\u{301}".to_owned()),
        1 => Just(String::new()),
    ]
}

pub(crate) fn deed() -> impl Strategy<Value = Deed> {
    let few = 0..4u8;
    let single = prop_oneof![
        4 => (few.clone(), prop::collection::vec(text(), 0..4), 0..4u8)
            .prop_map(|(who, words, ring)| Deed::SavePerson { who, words, ring }),
        1 => (few.clone(), 0..8u8).prop_map(|(who, field)| Deed::MarkEdited { who, field }),
        3 => (few.clone(), prop::collection::vec(few.clone(), 0..3), text(), 1..28u8)
            .prop_map(|(which, who, note, day)| Deed::SaveInteraction { which, who, note, day }),
        2 => few.clone().prop_map(Deed::DeleteInteraction),
        3 => (few.clone(), prop::option::of(few.clone()), text(), 0..3u8).prop_map(
            |(which, to, text, n_confirmed)| Deed::SaveMessage { which, to, text, n_confirmed }
        ),
        2 => (few.clone(), text()).prop_map(|(which, text)| Deed::Type { which, text }),
        2 => few.clone().prop_map(Deed::DeleteMessage),
        2 => (few.clone(), few.clone(), prop::option::of(few.clone()))
            .prop_map(|(which, who, from)| Deed::Promise { which, who, from }),
        1 => (few.clone(), any::<bool>()).prop_map(|(which, state)| Deed::SettlePromise { which, state }),
        2 => (few.clone(), 1..4u8, 0..3u8)
            .prop_map(|(which, priority, n_sites)| Deed::List { which, priority, n_sites }),
        1 => few.clone().prop_map(Deed::Unlist),
        2 => prop::collection::vec(few.clone(), 1..3).prop_map(Deed::Delete),
        2 => prop::collection::vec(few.clone(), 1..3).prop_map(Deed::Restore),
        1 => (few.clone(), prop::option::of(few.clone())).prop_map(|(which, key)| Deed::Answer { which, key }),
        1 => (few.clone(), text()).prop_map(|(which, value)| Deed::Set { which, value }),
        1 => (few, prop::option::of(1..28u8)).prop_map(|(which, day)| Deed::Decide { which, day }),
    ]
    .boxed();
    prop_oneof![
        6 => single.clone(),
        1 => prop::collection::vec(single, 2..5).prop_map(Deed::Several),
    ]
}

fn a_day(n: u8) -> jiff::civil::Date {
    jiff::civil::Date::constant(2026, 7, n as i8)
}

fn person_of(who: u8, words: &[String], ring: u8) -> Person {
    Person {
        ring: Ring::ALL[usize::from(ring)],
        note: words.first().cloned().unwrap_or_default(),
        tags: words.to_vec(),
        affiliations: words
            .iter()
            .map(|word| Affiliation {
                certainty: Certainty::Unsure,
                ..affiliation(word, "Resident")
            })
            .collect(),
        contacts: words.iter().skip(1).map(|word| email(word)).collect(),
        ..person(u128::from(who) + 1, "Asha Rao")
    }
}

fn people_of(who: &[u8]) -> Vec<domain::PersonId> {
    who.iter()
        .map(|who| person_id(u128::from(*who) + 1))
        .collect()
}

/// Does a deed; one that names what is not there does nothing.
pub(crate) fn act(writing: &mut Writing<'_>, deed: &Deed) -> Result<(), StoreError> {
    let program = |n: u8| ProgramId::new(&format!("{:010}", n)).expect("ten digits");
    let stored = |w: &Writing<'_>, who: u8| {
        w.person(person_id(u128::from(who) + 1))
            .map(|p| p.is_some())
    };
    match deed {
        Deed::SavePerson { who, words, ring } => {
            let person = person_of(*who, words, *ring);
            if stored(writing, *who)? {
                writing.update_person(&person)
            } else {
                writing.add_person(&person, &[("field".into(), words.concat())])
            }
        }
        Deed::MarkEdited { who, field } if stored(writing, *who)? => writing.mark_edited(
            person_id(u128::from(*who) + 1),
            Field::ALL[usize::from(*field)],
        ),
        Deed::SaveInteraction {
            which,
            who,
            note,
            day,
        } => {
            let mut people = Vec::new();
            for who in who {
                if stored(writing, *who)? {
                    people.push(person_id(u128::from(*who) + 1));
                }
            }
            let message = message_id(u128::from(*which));
            let interaction = Interaction {
                people,
                day: a_day(*day),
                note: note.clone(),
                direction: if day % 2 == 0 {
                    Direction::Incoming
                } else {
                    Direction::Mutual
                },
                exchanges: vec![domain::Exchange {
                    kind: domain::ExchangeKind::Give,
                    what: note.clone(),
                    minutes: Some(u32::from(*day)),
                }],
                message: writing.message(message)?.map(|m| m.id),
                ..interaction(u128::from(*which), "2026-07-01", Channel::Call, &[])
            };
            if writing.interaction(interaction.id)?.is_some() {
                writing.update_interaction(&interaction)
            } else {
                writing.add_interaction(&interaction)
            }
        }
        Deed::DeleteInteraction(which) => {
            let id = interaction_id(u128::from(*which));
            match writing.interaction(id)? {
                Some(_) => writing.delete_interaction(id),
                None => Ok(()),
            }
        }
        Deed::SaveMessage {
            which,
            to,
            text,
            n_confirmed,
        } => {
            let to = match to {
                Some(to) if stored(writing, *to)? => Some(u128::from(*to) + 1),
                _ => None,
            };
            let confirmed = (0..*n_confirmed)
                .map(|n| confirmed((&n.to_string(), text)))
                .collect();
            writing.save_message(&Message {
                text: text.clone(),
                confirmed,
                ..message(u128::from(*which), to)
            })
        }
        Deed::Type { which, text } => {
            let id = message_id(u128::from(*which));
            let draft = writing
                .message(id)?
                .unwrap_or_else(|| message(u128::from(*which), None));
            writing.save_message(&Message {
                text: text.clone(),
                ..draft
            })
        }
        Deed::DeleteMessage(which) => {
            let id = message_id(u128::from(*which));
            match writing.message(id)? {
                Some(_) => writing.delete_message(id),
                None => Ok(()),
            }
        }
        Deed::Promise { which, who, from } if stored(writing, *who)? => {
            let id = CommitmentId(uuid::Uuid::from_u128(u128::from(*which)));
            if writing.commitments(None, false)?.iter().any(|c| c.id == id) {
                return Ok(());
            }
            let from = from.map(|from| interaction_id(u128::from(from)));
            let interaction = match from {
                Some(from) => writing.interaction(from)?.map(|i| i.id),
                None => None,
            };
            writing.add_commitment(&Commitment {
                id,
                person: person_id(u128::from(*who) + 1),
                interaction,
                owner: Owner::Student,
                what: "poster".into(),
                due: None,
                state: CommitmentState::Open,
            })
        }
        Deed::SettlePromise { which, state } => {
            let id = CommitmentId(uuid::Uuid::from_u128(u128::from(*which)));
            let state = if *state {
                CommitmentState::Kept
            } else {
                CommitmentState::Open
            };
            match writing.set_commitment_state(id, state) {
                Err(StoreError::Missing { .. }) => Ok(()),
                other => other,
            }
        }
        Deed::List {
            which,
            priority,
            n_sites,
        } => writing.list_program(&Listing {
            program: program(*which),
            priority: u32::from(*priority),
            note: String::new(),
            listed_on: a_day(1),
            institution_key: which.to_string(),
            sites: (0..*n_sites)
                .map(|n| domain::SiteId::own(uuid::Uuid::from_u128(u128::from(n))))
                .collect(),
        }),
        Deed::Unlist(which) => match writing.unlist_program(&program(*which)) {
            Err(StoreError::Missing { .. }) => Ok(()),
            other => other,
        },
        Deed::Answer { which, key } => {
            let employer = ["a", "b", "", "nul quote tick"][usize::from(*which)];
            let answer = match key {
                Some(key) => EmployerAnswer::Place {
                    institution_key: Some(key.to_string()),
                    program: None,
                    site: None,
                },
                None => EmployerAnswer::Nothing,
            };
            writing
                .set_employer_answer(employer, &answer, "said so")
                .map(|_| ())
        }
        Deed::Set { which, value } => writing.set_setting(&which.to_string(), value),
        Deed::Decide { which, day } => writing.decide(&Decision {
            key: which.to_string(),
            kind: day.map_or(DecisionKind::Skip, |day| DecisionKind::Snooze(a_day(day))),
        }),
        Deed::Delete(who) => writing.delete_people(&people_of(who)).map(drop),
        Deed::Restore(who) => writing.restore_people(&people_of(who)).map(drop),
        Deed::Several(deeds) => deeds.iter().try_for_each(|deed| act(writing, deed)),
        Deed::MarkEdited { .. } | Deed::Promise { .. } => Ok(()),
    }
}

/// Returns whether somebody comes back from the trash while something new has an
/// identity of theirs. Only a model with four identities does that: Vouch makes
/// a random one each time. The whole operation is refused then.
pub(crate) fn is_identity_used_twice(error: &StoreError) -> bool {
    format!("{error:?}").contains("UNIQUE constraint failed")
}

/// A vault with its model beside it.
struct Pair {
    vault: Vault,
    rows: Rows,
    images: BTreeMap<u128, Images>,
    n: u128,
}

impl Pair {
    fn new() -> Self {
        let vault = Vault::with(Limits::default());
        let rows = rows(&vault.dump());
        Self {
            vault,
            rows,
            images: BTreeMap::new(),
            n: 0,
        }
    }

    /// Does a deed, and checks that the log tells the difference that it made.
    fn act(&mut self, deed: &Deed) {
        self.n += 1;
        let subject = match deed {
            Deed::Type { which, .. } => which.to_string(),
            _ => String::new(),
        };
        let operation = NewOperation {
            verb: if subject.is_empty() {
                "test"
            } else {
                "edit draft"
            },
            subject: &subject,
            extend: !subject.is_empty(),
            ..operation(self.n)
        };
        let outcome = self
            .vault
            .pen
            .write::<(), StoreError>(operation, |w| act(w, deed));
        match outcome {
            Ok(()) => self.learn(),
            Err(error) if is_identity_used_twice(&error) => {
                assert_eq!(rows(&self.vault.dump()), self.rows, "nothing is left");
            }
            Err(error) => panic!("{deed:?}: {error:?}"),
        }
    }

    /// Learns from the tables what the last operation did.
    fn learn(&mut self) {
        assert_search_is_true(&self.vault);
        let now = rows(&self.vault.dump());
        let images = difference(&self.rows, &now);
        let last = self.vault.read(|s| s.last_operation());
        let n = last.as_ref().map_or(0, |o| o.id.0.as_u128());
        if n == self.n {
            // An undo is kept even where what it took back cancels out.
            assert_eq!(last.map(|o| o.n_changes), Some(images.len()));
            self.images.insert(n, images);
        } else {
            // The deed changed nothing, or went on with an operation that was
            // open. That one's images run from its first state to this one.
            assert!(images.is_empty() || self.images.contains_key(&n) || n < self.n);
            self.extend(n, images);
        }
        self.rows = now;
    }

    fn extend(&mut self, n: u128, images: Images) {
        if images.is_empty() {
            return;
        }
        // Typing may have ended where it began: then the operation is gone,
        // and the one that it was is the latest that the model still has.
        let typed = self
            .images
            .keys()
            .next_back()
            .copied()
            .filter(|last| n < *last)
            .unwrap_or(n);
        let mut merged = self.images.remove(&typed).unwrap_or_default();
        for (key, (before, after)) in images {
            let slot = merged.entry(key).or_insert_with(|| (before, None));
            slot.1 = after;
        }
        merged.retain(|_, (before, after)| before != after);
        if !merged.is_empty() {
            self.images.insert(typed, merged);
        }
    }

    /// Undoes an operation in both, if the vault allows it; checks that a
    /// refusal changes nothing and names what would have to go first.
    fn undo(&mut self, target: u128, with_later: bool) -> bool {
        self.n += 1;
        let images = self.images[&target].clone();
        let mut expected = self.rows.clone();
        let free = put_back(&mut expected, &images);
        match self.vault.undo(self.n, target) {
            Ok(()) => {
                assert!(free, "a changed row was put back");
                assert_eq!(rows(&self.vault.dump()), expected);
                self.learn();
                true
            }
            Err(UndoError::Refused { later }) => {
                assert!(!later.is_empty(), "a refusal without a reason");
                assert_eq!(
                    rows(&self.vault.dump()),
                    self.rows,
                    "a refusal changed something"
                );
                if with_later {
                    self.undo_with_later(target, later.len());
                }
                false
            }
            Err(error) => panic!("{error:?}"),
        }
    }

    fn undo_with_later(&mut self, target: u128, n_later: usize) {
        let taken = self
            .vault
            .pen
            .undo_with_later(undo_operation(self.n), operation_id(target))
            .expect("what the refusal names is enough");
        assert_eq!(taken.len(), n_later + 1);
        let mut expected = self.rows.clone();
        for id in taken {
            assert!(
                put_back(&mut expected, &self.images[&id.0.as_u128()]),
                "newest first goes back step by step"
            );
        }
        assert_eq!(rows(&self.vault.dump()), expected);
        self.learn();
    }

    /// The operations that have not been undone, oldest first.
    fn undoable(&self) -> Vec<u128> {
        let history = self.vault.read(|s| s.history(usize::MAX, None));
        let ids = history.iter().rev().filter(|o| o.undoable.is_ok());
        ids.map(|o| o.id.0.as_u128()).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Deeds and undos in any order, undone undos included.
    #[test]
    fn the_vault_agrees_with_the_model(
        steps in prop::collection::vec((deed(), prop::option::weighted(0.4, (any::<prop::sample::Index>(), any::<bool>()))), 1..24)
    ) {
        let mut pair = Pair::new();
        for (deed, undo) in steps {
            pair.act(&deed);
            let undoable = pair.undoable();
            if let Some((which, with_later)) = undo && !undoable.is_empty() {
                pair.undo(*which.get(&undoable), with_later);
            }
        }
    }

    /// The last operations, undone in any order that is allowed, leave the
    /// tables as they were before them, byte for byte.
    #[test]
    fn undoing_the_last_operations_in_any_order_brings_back_the_tables(
        first in prop::collection::vec(deed(), 0..8),
        last in prop::collection::vec(deed(), 1..10),
        order in prop::collection::vec(any::<prop::sample::Index>(), 64),
    ) {
        let mut pair = Pair::new();
        first.iter().for_each(|deed| pair.act(deed));
        // Another verb, so that no typing goes on across the line.
        pair.act(&Deed::Set { which: 9, value: "line".into() });
        let before = pair.vault.dump();
        let n_before = pair.undoable().len();
        last.iter().for_each(|deed| pair.act(deed));
        let mut open = pair.undoable().split_off(n_before);
        let mut order = order.into_iter();
        let mut n_refused = 0;
        while !open.is_empty() && n_refused < 2 * open.len() {
            // When the chosen order is used up, the newest that will go goes.
            let chosen = match order.next() {
                Some(index) => index.index(open.len()),
                None => open.len() - 1 - n_refused % open.len(),
            };
            if pair.undo(open[chosen], false) {
                open.remove(chosen);
                n_refused = 0;
            } else {
                n_refused += 1;
            }
        }
        // An undo out of turn can take a key that a later operation needs back;
        // then the rest is refused, which is no order that is allowed.
        prop_assume!(open.is_empty());
        prop_assert_eq!(pair.vault.dump(), before);
    }
}
