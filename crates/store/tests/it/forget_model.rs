//! Random work, then somebody is forgotten: nothing names them any more, others
//! are as they were, and what did not touch them is undone as ever.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use store::{NotUndoable, StoreError, UndoError, Value};

use crate::common::*;
use crate::model::{Deed, act, deed, is_identity_used_twice};

/// A row by table and id, with its columns.
type Rows = BTreeMap<(String, i64), BTreeMap<String, Value>>;

fn rows(vault: &Vault) -> Rows {
    let mut rows = Rows::new();
    for table in vault.dump() {
        for row in &table.rows {
            let Value::Integer(id) = row[0] else {
                panic!("{} has a row without id", table.name);
            };
            let columns = table.columns.iter().cloned().zip(row.iter().cloned());
            rows.insert((table.name.clone(), id), columns.collect());
        }
    }
    rows
}

/// Returns the row numbers that a person has had.
fn numbers(states: &[Rows], uuid: &str) -> BTreeSet<i64> {
    let rows = states.iter().flat_map(|rows| rows.iter());
    rows.filter(|((table, _), row)| {
        table == "person" && row["uuid"] == Value::Text(uuid.to_owned())
    })
    .map(|((_, id), _)| *id)
    .collect()
}

/// Leaves out what forgetting may change in a row of somebody else: which
/// message or interaction it names, and texts that held a forgotten address.
fn bare(row: &BTreeMap<String, Value>) -> BTreeMap<String, Value> {
    let keys = ["message", "interaction"];
    let kept = row
        .iter()
        .filter(|(column, _)| !keys.contains(&column.as_str()));
    kept.map(|(column, value)| (column.clone(), value.clone()))
        .collect()
}

fn is_rewritten(row: &BTreeMap<String, Value>) -> bool {
    row.values()
        .any(|value| matches!(value, Value::Text(text) if text.contains("(forgotten)")))
}

/// The rows that differ between two states.
fn touched(before: &Rows, after: &Rows) -> BTreeSet<(String, i64)> {
    let keys = before.keys().chain(after.keys());
    keys.filter(|key| before.get(*key) != after.get(*key))
        .cloned()
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn who_is_forgotten_takes_nobody_along(
        deeds in prop::collection::vec(deed(), 2..20),
        who in 0..4u8,
    ) {
        let vault = Vault::new();
        let mut states = vec![rows(&vault)];
        for (n, deed) in (1..).zip(&deeds) {
            let deed: &Deed = deed;
            let done = vault
                .pen
                .write::<(), StoreError>(operation(n), |w| act(w, deed));
            match done {
                Ok(()) => {}
                Err(error) if is_identity_used_twice(&error) => {}
                Err(error) => panic!("{deed:?}: {error:?}"),
            }
            states.push(rows(&vault));
        }
        let id = person_id(u128::from(who) + 1);
        let uuid = id.to_string();
        let numbers = numbers(&states, &uuid);
        let before = rows(&vault);
        let forgotten = vault.pen.forget(operation(1_000), &[id], |_| "Forget".to_owned());
        prop_assert!(forgotten.expect("forgotten").swept);
        let after = rows(&vault);

        // What went named them, or what went with them.
        for (key, row) in &before {
            let is_theirs = key.0 == "person" && numbers.contains(&key.1)
                || ["person", "one", "other"].iter().any(|column| {
                    matches!(row.get(*column), Some(Value::Integer(n)) if numbers.contains(n))
                });
            match after.get(key) {
                Some(now) => {
                    prop_assert!(!is_theirs, "{key:?} is left");
                    prop_assert!(is_rewritten(now) || bare(now) == bare(row), "{key:?} changed");
                }
                None => {
                    let may_go = ["interaction", "exchange", "confirmed", "confirmed_words", "switched_off", "follows",
                        "answer", "trash", "employer_answer"];
                    prop_assert!(is_theirs || may_go.contains(&key.0.as_str()), "{key:?} went along");
                }
            }
        }
        prop_assert!(after.keys().all(|key| before.contains_key(key)));

        for n in 1..=deeds.len() as u128 {
            let Some(row) = vault.read(|s| s.operation(operation_id(n))) else {
                continue;
            };
            let images = vault.read(|s| s.changes(operation_id(n)));
            // Other things have the same identities here, in tables of their own.
            let names_them = images.iter().any(|change| {
                let image = [&change.before, &change.after].map(|it| it.clone().unwrap_or_default());
                ["person", "trash"].contains(&change.table.as_str())
                    && image.iter().any(|image| image.contains(&uuid))
            });
            prop_assert!(!names_them, "{n} names them");
            let (was, is) = (&states[n as usize - 1], &states[n as usize]);
            let touched = touched(was, is);
            let lost = touched.len() - images.len();
            // A message may have been theirs for a while.
            let moved = touched.iter().any(|key| {
                let of = |rows: &Rows| rows.get(key).and_then(|row| row.get("person")).cloned();
                let (one, other) = (of(was), of(is));
                let theirs = |it: &Option<Value>| {
                    matches!(it, Some(Value::Integer(n)) if numbers.contains(n))
                };
                was.contains_key(key) && is.contains_key(key) && one != other
                    && (theirs(&one) || theirs(&other))
            });
            let ended = matches!(row.undoable, Err(NotUndoable::BeyondLine { .. }));
            prop_assert_eq!(ended, lost > 0 || moved, "operation {}", n);

            let now = rows(&vault);
            match vault.undo(2_000 + n, n) {
                Ok(()) => {
                    prop_assert!(!ended);
                    let undone = rows(&vault);
                    for key in &touched {
                        match (was.get(key), undone.get(key)) {
                            (None, None) => {}
                            (Some(was), Some(undone)) => {
                                prop_assert!(is_rewritten(undone) || bare(was) == bare(undone), "{key:?}");
                            }
                            other => prop_assert!(false, "{key:?}: {other:?}"),
                        }
                    }
                    vault.undo(3_000 + n, 2_000 + n).expect("it is done again");
                    prop_assert_eq!(rows(&vault), now);
                }
                Err(UndoError::BeyondLine { .. }) => {}
                Err(UndoError::Refused { later }) => {
                    prop_assert!(!ended && !later.is_empty(), "a refusal without a reason");
                }
                Err(error) => prop_assert!(false, "{error:?}"),
            }
        }
    }
}
