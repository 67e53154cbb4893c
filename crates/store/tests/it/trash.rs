//! Deleted people are found by nothing, and come back as they were.

use domain::{Channel, Commitment, CommitmentId, CommitmentState, Interaction, Owner, Person};
use store::{BulkChange, DumpTable, Migration, PeopleFilter, UndoError};

use crate::common::*;

/// Three people: one alone in an interaction and with a message, two together.
fn vault() -> Vault {
    let vault = Vault::new();
    vault.write(1, |w| {
        for (n, name) in [
            (1, "Dr. Asha Rao"),
            (2, "Ben Okafor"),
            (3, "Núñez de la O, Inés"),
        ] {
            w.add_person(&full_person(n, name), &[("Pager".into(), n.to_string())])?;
        }
        w.save_message(&message(1, Some(1)))?;
        w.save_message(&message(2, None))?;
        w.add_interaction(&Interaction {
            note: "about the aorta".to_owned(),
            message: Some(message_id(1)),
            ..interaction(1, "2026-07-01", Channel::Email, &[1])
        })?;
        w.add_interaction(&Interaction {
            note: "lunch together".to_owned(),
            message: Some(message_id(1)),
            ..interaction(2, "2026-07-02", Channel::Talk, &[1, 2])
        })?;
        for (n, person) in [(1, 1), (2, 2)] {
            w.add_commitment(&Commitment {
                id: CommitmentId(uuid::Uuid::from_u128(n)),
                person: person_id(person),
                interaction: Some(interaction_id(1)),
                owner: Owner::Student,
                what: "send the poster".to_owned(),
                due: None,
                state: CommitmentState::Open,
            })?;
        }
        w.mark_edited(person_id(1), domain::Field::Name)
    });
    vault
}

/// Everything but the trash itself.
fn live(vault: &Vault) -> Vec<DumpTable> {
    let mut dump = vault.dump();
    dump.retain(|table| table.name != "trash");
    dump
}

fn names_in_trash(vault: &Vault) -> Vec<String> {
    let page = vault.read(|s| s.trash(None, 0));
    assert_eq!(page.total, page.rows.len());
    assert_eq!(page.total, vault.read(|s| s.counts()).trashed);
    page.rows.into_iter().map(|row| row.name).collect()
}

fn delete(vault: &Vault, n: u128, people: &[u128]) -> usize {
    let people: Vec<_> = people.iter().map(|n| person_id(*n)).collect();
    vault.write(n, |w| w.delete_people(&people))
}

fn restore(vault: &Vault, n: u128, people: &[u128]) -> usize {
    let people: Vec<_> = people.iter().map(|n| person_id(*n)).collect();
    vault.write(n, |w| w.restore_people(&people))
}

#[test]
fn who_is_deleted_is_found_by_nothing() {
    let vault = vault();
    assert_eq!(delete(&vault, 2, &[1, 9]), 1, "one of these is stored");
    assert_eq!(names_in_trash(&vault), ["Dr. Asha Rao"]);
    let row = vault
        .read(|s| s.trashed(person_id(1)))
        .expect("it is in the trash");
    assert_eq!(
        (row.employer.as_str(), row.deleted_at),
        ("Lakeside Medical Center", instant(2))
    );
    assert_eq!(vault.read(|s| s.person(person_id(1))), None);
    assert_eq!(vault.read(|s| s.counts()).people, 2);
    assert_eq!(vault.read(|s| s.people(&PeopleFilter::default())).total, 2);
    assert!(
        vault
            .read(|s| s.known())
            .iter()
            .all(|k| k.id != person_id(1))
    );
    for words in ["asha", "aorta", "rao"] {
        let hits = vault.read(|s| s.search(words, 9));
        assert!(
            hits.people.is_empty() && hits.notes.iter().all(|n| n.people.is_empty()),
            "{words}: {hits:?}"
        );
    }
    // What they shared with somebody who stays, stays.
    let shared = vault
        .read(|s| s.interaction(interaction_id(2)))
        .expect("it is kept");
    assert_eq!((shared.people, shared.message), (vec![person_id(2)], None));
    let promises = vault.read(|s| s.commitments(None, false));
    assert_eq!(
        promises
            .iter()
            .map(|c| (c.person, c.interaction))
            .collect::<Vec<_>>(),
        [(person_id(2), None)]
    );
    assert_eq!(delete(&vault, 3, &[1]), 0, "nobody is deleted twice");
    assert_eq!(
        vault.read(|s| s.last_operation()).map(|o| o.id),
        Some(operation_id(2)),
        "and no operation is kept for it"
    );
}

#[test]
fn who_is_restored_is_as_before_byte_for_byte() {
    let orders: [&[&[u128]]; 4] = [
        &[&[1, 2, 3]],
        &[&[3], &[2], &[1]],
        &[&[1], &[2, 3]],
        &[&[2], &[1, 3]],
    ];
    for together in [true, false] {
        for order in orders {
            let vault = vault();
            let before = live(&vault);
            if together {
                delete(&vault, 2, &[1, 2, 3]);
            } else {
                // The second takes the interaction with it that both were in.
                for (n, person) in [(2, 1), (3, 3), (4, 2)] {
                    delete(&vault, n, &[person]);
                }
            }
            assert_eq!(vault.n_rows("interaction"), 0);
            let mut trash = names_in_trash(&vault);
            trash.sort();
            assert_eq!(trash, ["Ben Okafor", "Dr. Asha Rao", "Inés Núñez de la O"]);
            let deleted = live(&vault);
            for (n, people) in (5..).zip(order) {
                assert_eq!(restore(&vault, n, people), people.len());
            }
            assert_eq!(live(&vault), before, "{order:?} {together}");
            assert!(names_in_trash(&vault).is_empty());
            for n in (5..5 + order.len() as u128).rev() {
                vault.undo(10 + n, n).unwrap();
            }
            assert_eq!(live(&vault), deleted, "undoing a restoration deletes again");
            assert_eq!(names_in_trash(&vault).len(), 3);
        }
    }
}

#[test]
fn deleting_is_undone_and_redone() {
    let vault = vault();
    let before = vault.dump();
    delete(&vault, 2, &[1, 2]);
    let deleted = vault.dump();
    vault.undo(3, 2).unwrap();
    assert_eq!(vault.dump(), before);
    vault.undo(4, 3).unwrap();
    assert_eq!(vault.dump(), deleted);
    restore(&vault, 5, &[1]);
    match vault.undo(6, 2) {
        Err(UndoError::Refused { later }) => {
            assert_eq!(
                later.iter().map(|o| o.id).collect::<Vec<_>>(),
                [operation_id(5)]
            );
        }
        other => panic!("{other:?}"),
    }
    vault
        .pen
        .undo_with_later(undo_operation(7), operation_id(2))
        .unwrap();
    assert_eq!(vault.dump(), before);
}

#[test]
fn a_talk_that_was_deleted_by_hand_stays_away() {
    let vault = vault();
    delete(&vault, 2, &[1]);
    vault.write(3, |w| w.delete_interaction(interaction_id(2)));
    restore(&vault, 4, &[1]);
    assert_eq!(vault.read(|s| s.interaction(interaction_id(2))), None);
    let timeline = vault.read(|s| s.timeline(person_id(1), 9, None));
    assert_eq!(timeline.len(), 1, "{timeline:?}");
}

#[test]
fn somebody_who_came_back_another_way_stays_in_the_trash() {
    let vault = vault();
    delete(&vault, 2, &[1]);
    vault.write(3, |w| w.add_person(&person(1, "Asha Rao"), &[]));
    let before = vault.dump();
    assert_eq!(restore(&vault, 4, &[1]), 0);
    assert_eq!(vault.dump(), before);
}

#[test]
fn restoring_goes_past_a_migration() {
    let vault = vault();
    let before = live(&vault);
    delete(&vault, 2, &[1, 2]);
    let limits = later_migrations(&[Migration {
        name: "nickname",
        sql: "ALTER TABLE person ADD COLUMN nickname TEXT NOT NULL DEFAULT 'none yet';
              ALTER TABLE tag ADD COLUMN since TEXT",
        ends_undo: None,
    }]);
    let (pen, reader) = store::open_with(&vault.path(), &key(), limits).expect("it is migrated");
    let people = [person_id(1), person_id(2)];
    let n = pen
        .write::<_, store::StoreError>(operation(3), |w| w.restore_people(&people))
        .expect("they come back");
    assert_eq!(n, 2);
    let after = reader
        .read::<_, store::StoreError>(|s| s.dump())
        .expect("a dump");
    for (table, then) in after.iter().filter(|t| t.name != "trash").zip(&before) {
        for (row, then) in table.rows.iter().zip(&then.rows) {
            assert_eq!(row[..then.len()], then[..], "{}", table.name);
            if table.name == "person" {
                assert_eq!(row.last(), Some(&store::Value::Text("none yet".into())));
            }
        }
        assert_eq!(table.rows.len(), then.rows.len());
    }
}

#[test]
fn many_are_changed_at_once_and_undone_at_once() {
    let vault = vault();
    let everybody: Vec<_> = vault.read(|s| s.people_ids(&PeopleFilter::default()));
    assert_eq!(everybody.len(), 3);
    let before = vault.dump();
    let changes = [
        (BulkChange::Ring(domain::Ring::Inner), 3),
        (BulkChange::SameSchool(None), 3),
        (BulkChange::SameSchool(Some(true)), 0),
        (BulkChange::Archived(true), 3),
        (BulkChange::Archived(false), 0),
        (BulkChange::AddTag("mentor"), 3),
        (BulkChange::AddTag("ir"), 0),
        (BulkChange::RemoveTag("ir"), 3),
        (BulkChange::RemoveTag("unknown"), 0),
    ];
    for (n, (change, expected)) in (10..).zip(changes) {
        let n_changed = vault.write(n, |w| w.change_people(&everybody, change));
        assert_eq!(n_changed, expected, "{change:?}");
        if expected > 0 {
            let changed: Person = vault
                .read(|s| s.person(person_id(1)))
                .expect("it is stored");
            match change {
                BulkChange::AddTag(tag) => assert_eq!(changed.tags, ["ir", "alumni", tag]),
                BulkChange::RemoveTag(_) => assert_eq!(changed.tags, ["alumni"]),
                BulkChange::Ring(ring) => assert_eq!(changed.ring, ring),
                BulkChange::Archived(archived) => assert_eq!(changed.archived, archived),
                BulkChange::SameSchool(school) => assert_eq!(changed.same_school, school),
            }
            vault.undo(100 + n, n).unwrap();
        }
        assert_eq!(vault.dump(), before, "{change:?}");
    }
}

#[test]
fn who_came_and_went_in_one_operation_was_never_there() {
    let vault = Vault::new();
    vault.write(1, |w| w.add_person(&person(1, "Dr. Asha Rao"), &[]));
    vault.write(2, |w| w.delete_people(&[person_id(1)]));
    // She comes again, and goes: what is kept of her is what was there before.
    vault.write(3, |w| {
        w.add_person(&person(1, "Asha Again"), &[])?;
        w.add_person(&person(2, "Ben Adler"), &[])?;
        w.delete_people(&[person_id(1), person_id(2)])
    });
    let trash = vault.read(|s| s.trash(None, 0));
    let names: Vec<&str> = trash.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["Dr. Asha Rao"]);
    let n_back = vault.write(4, |w| w.restore_people(&[person_id(1), person_id(2)]));
    assert_eq!(n_back, 1);
}
