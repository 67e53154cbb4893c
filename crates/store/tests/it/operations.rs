//! Every write is one operation, logged row by row, or it does not happen.

use domain::OperationId;
use store::{NewOperation, StoreError};

use crate::common::*;

#[test]
fn an_operation_is_kept_with_an_image_of_every_row() {
    let vault = Vault::new();
    vault.write(1, |w| {
        w.add_person(
            &full_person(1, "Dr. Asha Rao"),
            &[("Team".into(), "Blue".into())],
        )?;
        w.describe("Added Dr. Asha Rao");
        Ok(())
    });
    let operation = vault.read(|s| s.last_operation()).expect("an operation");
    assert_eq!(operation.id, operation_id(1));
    assert_eq!(operation.description, "Added Dr. Asha Rao");
    assert_eq!(
        (operation.verb.as_str(), operation.at),
        ("test", instant(1))
    );
    assert_eq!(operation.undoable, Ok(()));
    let changes = vault.read(|s| s.changes(operation_id(1)));
    let tables: Vec<&str> = changes.iter().map(|change| change.table.as_str()).collect();
    assert_eq!(
        tables,
        ["affiliation", "contact", "extra", "person", "tag", "tag"]
    );
    assert_eq!(operation.n_changes, 6);
    assert!(changes.iter().all(|change| change.before.is_none()));
    let image = changes[3].after.as_deref().unwrap_or_default();
    assert!(image.contains(r#""family":"Rao""#), "{image}");
}

#[test]
fn an_error_rolls_everything_back() {
    let vault = Vault::new();
    let before = vault.dump();
    let outcome = vault.pen.write::<(), StoreError>(operation(1), |w| {
        w.add_person(&person(1, "Asha Rao"), &[])?;
        w.add_interaction(&interaction(1, "2026-07-01", domain::Channel::Call, &[9]))
    });
    match outcome {
        Err(StoreError::Missing { what: "person", id }) => assert_eq!(id, person_id(9).to_string()),
        other => panic!("{other:?}"),
    }
    assert_eq!(vault.dump(), before);
    assert_eq!(vault.read(|s| s.last_operation()), None);
    vault.write(2, |w| w.set_setting("zone", "America/Grenada"));
}

#[test]
fn a_panic_rolls_everything_back_and_the_pen_goes_on() {
    let vault = Vault::new();
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        vault.write(1, |w| {
            w.set_setting("zone", "America/Grenada")?;
            panic!("a mistake above the store");
            #[expect(unreachable_code, reason = "it gives the closure its type")]
            Ok(())
        })
    }));
    assert!(panicked.is_err());
    assert_eq!(vault.read(|s| s.setting("zone")), None);
    vault.write(2, |w| w.set_setting("zone", "America/Antigua"));
    assert_eq!(
        vault.read(|s| s.setting("zone")).as_deref(),
        Some("America/Antigua")
    );
}

#[test]
fn an_operation_without_changes_is_not_kept() {
    let vault = Vault::new();
    vault.write(1, |w| w.add_person(&full_person(1, "Asha Rao"), &[]));
    vault.write(2, |_| Ok(()));
    vault.write(3, |w| w.update_person(&full_person(1, "Asha Rao")));
    vault.write(4, |w| {
        w.set_setting("zone", "America/Grenada")?;
        w.add_interaction(&interaction(1, "2026-07-01", domain::Channel::Call, &[1]))?;
        w.delete_interaction(interaction_id(1))
    });
    let kept: Vec<OperationId> = vault
        .read(|s| s.history(10, None))
        .iter()
        .map(|o| o.id)
        .collect();
    assert_eq!(kept, [operation_id(4), operation_id(1)]);
    // What came and went within one operation leaves no trace in it.
    assert_eq!(vault.read(|s| s.changes(operation_id(4))).len(), 1);
}

#[test]
fn a_write_sees_what_it_wrote_and_a_reader_does_not_yet() {
    let vault = Vault::new();
    vault.write(1, |w| {
        w.add_person(&person(1, "Asha Rao"), &[])?;
        assert_eq!(w.counts()?.people, 1);
        assert_eq!(vault.read(|s| s.counts()).people, 0);
        // The search over people follows when the operation ends.
        assert_eq!(w.search("rao", 5)?.people.len(), 0);
        Ok(())
    });
    assert_eq!(vault.read(|s| s.counts()).people, 1);
    assert_eq!(vault.read(|s| s.search("rao", 5)).people.len(), 1);
}

#[test]
fn a_snapshot_stays_the_same_while_others_write() {
    let vault = Vault::new();
    vault.read(|s| {
        assert_eq!(s.counts()?.people, 0);
        vault.write(1, |w| w.add_person(&person(1, "Asha Rao"), &[]));
        assert_eq!(s.counts()?.people, 0);
        Ok(())
    });
}

#[test]
fn more_threads_than_readers_take_turns() {
    let vault = Vault::new();
    vault.write(1, |w| w.add_person(&person(1, "Asha Rao"), &[]));
    std::thread::scope(|scope| {
        let read = || {
            (0..20)
                .map(|_| vault.read(|s| s.counts()).people)
                .sum::<usize>()
        };
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(read)).collect();
        for thread in threads {
            assert_eq!(thread.join().expect("the thread reads"), 20);
        }
    });
}

fn typing(n: u128, subject: &str) -> NewOperation<'_> {
    NewOperation {
        verb: "edit draft",
        subject,
        extend: true,
        ..operation(n)
    }
}

#[test]
fn typing_in_a_draft_is_one_operation_until_another_verb_comes() {
    let vault = Vault::new();
    let type_text = |n: u128, text: &str| {
        let draft = domain::Message {
            text: text.to_owned(),
            ..message(1, None)
        };
        vault
            .pen
            .write::<(), StoreError>(typing(n, "m1"), |w| w.save_message(&draft))
            .expect("it is written");
    };
    type_text(1, "D");
    type_text(2, "De");
    type_text(3, "Dear");
    let history = vault.read(|s| s.history(10, None));
    assert_eq!(history.len(), 1);
    assert_eq!(
        (history[0].id, history[0].at),
        (operation_id(1), instant(3))
    );
    // Nothing new is typed: nothing changes, not even the time.
    type_text(4, "Dear");
    assert_eq!(vault.read(|s| s.history(10, None)), history);

    vault.write(5, |w| w.set_setting("zone", "America/Grenada"));
    type_text(6, "Dear Dr.");
    type_text(7, "Dear Dr. Rao");
    let ids: Vec<OperationId> = vault
        .read(|s| s.history(10, None))
        .iter()
        .map(|o| o.id)
        .collect();
    assert_eq!(ids, [operation_id(6), operation_id(5), operation_id(1)]);

    vault
        .undo(8, 6)
        .expect("the last stretch of typing is undone");
    let text = vault.read(|s| s.message(message_id(1))).map(|m| m.text);
    assert_eq!(text.as_deref(), Some("Dear"));
    // An undo is never extended, nor is what it took back.
    type_text(9, "Dear Prof.");
    assert_eq!(
        vault.read(|s| s.last_operation()).map(|o| o.id),
        Some(operation_id(9))
    );
}

#[test]
fn typing_in_another_draft_is_another_operation() {
    let vault = Vault::new();
    for (n, subject, id) in [(1, "m1", 1), (2, "m2", 2), (3, "m1", 1)] {
        let draft = domain::Message {
            text: format!("text {n}"),
            ..message(id, None)
        };
        vault
            .pen
            .write::<(), StoreError>(typing(n, subject), |w| w.save_message(&draft))
            .expect("it is written");
    }
    assert_eq!(vault.read(|s| s.history(10, None)).len(), 3);
}

#[test]
fn typing_that_comes_back_to_its_beginning_leaves_no_operation() {
    let vault = Vault::new();
    vault.write(1, |w| w.save_message(&message(1, None)));
    for (n, text) in [(2, "other"), (3, "Dear Dr. Rao, thank you")] {
        let draft = domain::Message {
            text: text.to_owned(),
            ..message(1, None)
        };
        vault
            .pen
            .write::<(), StoreError>(typing(n, "m1"), |w| w.save_message(&draft))
            .expect("it is written");
    }
    let ids: Vec<OperationId> = vault
        .read(|s| s.history(10, None))
        .iter()
        .map(|o| o.id)
        .collect();
    assert_eq!(ids, [operation_id(1)]);
    assert_eq!(
        vault.read(|s| s.message(message_id(1))),
        Some(message(1, None))
    );
}

#[test]
fn history_goes_on_where_a_page_ended() {
    let vault = Vault::new();
    for n in 1..=5 {
        vault.write(n, |w| w.set_setting("n", &n.to_string()));
    }
    let first = vault.read(|s| s.history(2, None));
    let second = vault.read(|s| s.history(2, first.last().map(|o| o.seq)));
    let ids: Vec<OperationId> = first.iter().chain(&second).map(|o| o.id).collect();
    assert_eq!(ids, [5, 4, 3, 2].map(operation_id));
    assert_eq!(
        vault
            .read(|s| s.operation(operation_id(3)))
            .map(|o| o.n_changes),
        Some(1)
    );
    assert_eq!(vault.read(|s| s.operation(operation_id(9))), None);
}
