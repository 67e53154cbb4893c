//! Undo takes back whole operations, and never what came after them in silence.

use domain::{Channel, OperationId, Person};
use store::{EmployerAnswer, MIGRATIONS, Migration, NotUndoable, UndoError};

use crate::common::*;

/// Returns the operations that a refusal names, newest first.
fn later(outcome: Result<(), UndoError>) -> Vec<OperationId> {
    match outcome {
        Err(UndoError::Refused { later }) => later.into_iter().map(|o| o.id).collect(),
        other => panic!("not refused: {other:?}"),
    }
}

fn with_note(n: u128, note: &str) -> Person {
    Person {
        note: note.to_owned(),
        ..full_person(n, "Dr. Asha Rao")
    }
}

#[test]
fn undo_and_redo_bring_back_the_same_bytes() {
    let vault = Vault::new();
    let empty = vault.dump();
    vault.write(1, |w| {
        w.add_person(&full_person(1, "Dr. Asha Rao"), &[("a".into(), "b".into())])
    });
    let added = vault.dump();
    vault.write(2, |w| {
        w.update_person(&with_note(1, "\"quoted\"\0 naïve \u{1F600}\n"))
    });
    let changed = vault.dump();

    vault.undo(3, 2).unwrap();
    assert_eq!(vault.dump(), added);
    vault.undo(4, 3).unwrap();
    assert_eq!(vault.dump(), changed);
    vault.undo(5, 4).unwrap();
    assert_eq!(vault.dump(), added);
    vault.undo(6, 1).unwrap();
    assert_eq!(vault.dump(), empty);
}

#[test]
fn undo_is_an_operation_and_says_what_it_undoes() {
    let vault = Vault::new();
    vault.write(1, |w| w.set_setting("zone", "America/Grenada"));
    vault.undo(2, 1).unwrap();
    let history = vault.read(|s| s.history(5, None));
    assert_eq!(history[0].undoes, Some(operation_id(1)));
    assert_eq!(history[0].undoable, Ok(()));
    assert_eq!(history[1].undone_by, Some(operation_id(2)));
    assert_eq!(history[1].undoable, Err(NotUndoable::Undone));
    assert!(matches!(vault.undo(3, 1), Err(UndoError::Undone)));
    assert!(matches!(vault.undo(3, 9), Err(UndoError::Missing(id)) if id == operation_id(9)));

    // Undoing the undo puts the first operation into effect again.
    vault.undo(4, 2).unwrap();
    let first = vault
        .read(|s| s.operation(operation_id(1)))
        .expect("it is stored");
    assert_eq!((first.undone_by, first.undoable), (None, Ok(())));
    vault.undo(5, 1).unwrap();
    assert_eq!(vault.read(|s| s.setting("zone")), None);
}

#[test]
fn operations_on_other_rows_do_not_stand_in_the_way() {
    let vault = Vault::new();
    vault.write(1, |w| w.add_person(&full_person(1, "Dr. Asha Rao"), &[]));
    vault.write(2, |w| w.update_person(&with_note(1, "changed")));
    // A tag is a row of its own, so it does not touch the person's.
    let tagged = Person {
        tags: vec!["ir".into(), "alumni".into(), "new".into()],
        ..with_note(1, "changed")
    };
    vault.write(3, |w| w.update_person(&tagged));
    vault.undo(4, 2).unwrap();
    let stored = vault
        .read(|s| s.person(person_id(1)))
        .expect("the person is stored");
    assert_eq!(
        (stored.note.as_str(), stored.tags.len()),
        ("Likes aortic work", 3)
    );
}

#[test]
fn a_later_change_of_the_same_row_is_named_and_can_be_undone_too() {
    let vault = Vault::new();
    vault.write(1, |w| w.add_person(&with_note(1, "one"), &[]));
    let added = vault.dump();
    vault.write(2, |w| w.update_person(&with_note(1, "two")));
    vault.write(3, |w| w.set_setting("zone", "America/Grenada"));
    vault.write(4, |w| w.update_person(&with_note(1, "three")));
    let before = vault.dump();
    assert_eq!(later(vault.undo(5, 2)), [operation_id(4)]);
    assert_eq!(vault.dump(), before, "a refusal changes nothing");
    assert_eq!(
        vault.read(|s| s.last_operation()).map(|o| o.id),
        Some(operation_id(4))
    );

    let taken = vault
        .pen
        .undo_with_later(undo_operation(6), operation_id(2))
        .unwrap();
    assert_eq!(taken, [operation_id(4), operation_id(2)]);
    assert_eq!(
        vault.read(|s| s.setting("zone")).as_deref(),
        Some("America/Grenada")
    );
    vault.undo(7, 3).unwrap();
    assert_eq!(vault.dump(), added);
    // One redo brings both back.
    vault.undo(8, 6).unwrap();
    assert_eq!(
        vault
            .read(|s| s.person(person_id(1)))
            .map(|p| p.note)
            .as_deref(),
        Some("three")
    );
}

#[test]
fn a_change_and_its_undo_cancel_out() {
    let vault = Vault::new();
    vault.write(1, |w| w.set_setting("zone", "a"));
    vault.write(2, |w| w.set_setting("zone", "b"));
    vault.write(3, |w| w.set_setting("zone", "c"));
    vault.undo(4, 3).unwrap();
    vault.write(5, |w| w.set_setting("zone", "d"));
    // 3 and 4 have cancelled each other: only 5 stands on 2.
    assert_eq!(later(vault.undo(6, 2)), [operation_id(5)]);
    vault
        .pen
        .undo_with_later(undo_operation(7), operation_id(2))
        .unwrap();
    assert_eq!(vault.read(|s| s.setting("zone")).as_deref(), Some("a"));
}

#[test]
fn what_was_built_on_a_row_stands_in_the_way_of_its_undo() {
    let vault = Vault::new();
    let empty = vault.dump();
    vault.write(1, |w| w.add_person(&person(1, "Asha Rao"), &[]));
    vault.write(2, |w| {
        w.add_interaction(&interaction(1, "2026-07-01", Channel::Call, &[1]))
    });
    assert_eq!(later(vault.undo(3, 1)), [operation_id(2)]);
    vault
        .pen
        .undo_with_later(undo_operation(4), operation_id(1))
        .unwrap();
    assert_eq!(vault.dump(), empty);
}

#[test]
fn a_row_whose_ground_is_gone_does_not_come_back_alone() {
    let vault = Vault::new();
    vault.write(1, |w| w.add_person(&person(1, "Asha Rao"), &[]));
    vault.write(2, |w| w.save_message(&message(1, Some(1))));
    let saved = vault.dump();
    vault.write(3, |w| {
        w.save_message(&domain::Message {
            confirmed: Vec::new(),
            ..message(1, Some(1))
        })
    });
    vault.write(4, |w| w.delete_message(message_id(1)));
    // The confirmed warning would name a message that is no longer there.
    assert_eq!(later(vault.undo(5, 3)), [operation_id(4)]);
    vault
        .pen
        .undo_with_later(undo_operation(6), operation_id(3))
        .unwrap();
    assert_eq!(vault.dump(), saved);
}

#[test]
fn a_key_that_is_taken_again_stands_in_the_way() {
    let vault = Vault::new();
    let program = domain::ProgramId::new("4213521001").unwrap();
    let listing = store::Listing {
        program: program.clone(),
        priority: 1,
        note: String::new(),
        listed_on: day("2026-07-01"),
        institution_key: "lakeside".into(),
        sites: Vec::new(),
    };
    vault.write(1, |w| w.list_program(&listing));
    let listed = vault.dump();
    vault.write(2, |w| w.unlist_program(&program));
    vault.write(3, |w| w.list_program(&listing));
    assert_eq!(later(vault.undo(4, 2)), [operation_id(3)]);
    vault
        .pen
        .undo_with_later(undo_operation(5), operation_id(2))
        .unwrap();
    assert_eq!(vault.dump(), listed);
}

#[test]
fn one_answer_for_many_rows_is_undone_as_a_whole() {
    let vault = Vault::new();
    let unsure = |n| Person {
        affiliations: vec![domain::Affiliation {
            certainty: domain::Certainty::Unsure,
            ..affiliation("Lakeside Hosp.", "Resident")
        }],
        ..person(n, "Asha Rao")
    };
    vault.write(1, |w| {
        (1..=200).try_for_each(|n| w.add_person(&unsure(n), &[]))
    });
    let before = vault.dump();
    let answer = EmployerAnswer::Place {
        institution_key: Some("lakeside".into()),
        program: None,
        site: None,
    };
    let linked = vault.write(2, |w| {
        w.set_employer_answer("lakeside hosp", &answer, "you said so")
    });
    assert_eq!(linked, 200);
    vault.undo(3, 2).unwrap();
    assert_eq!(vault.dump(), before);
}

const CHANGES_A_LOGGED_TABLE: Migration = Migration {
    name: "nickname",
    sql: "ALTER TABLE person ADD COLUMN nickname TEXT NOT NULL DEFAULT ''",
    ends_undo: None,
};
const CHANGES_ROWS: Migration = Migration {
    name: "zones",
    sql: "UPDATE setting SET value = lower(value)",
    ends_undo: Some("settings were rewritten"),
};
const ADDS_A_TABLE: Migration = Migration {
    name: "letter",
    sql: "CREATE TABLE letter (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL) STRICT;
          CREATE INDEX person_by_source ON person (source)",
    ends_undo: None,
};

/// Writes two operations, opens the vault with one more migration, and returns
/// what History says of the older one and what its undo gives.
fn after_migration(migration: Migration) -> (Result<(), NotUndoable>, Result<(), UndoError>) {
    let vault = Vault::new();
    vault.write(1, |w| w.set_setting("zone", "America/Grenada"));
    let (pen, reader) = store::open_with(&vault.path(), &key(), later_migrations(&[migration]))
        .expect("the vault is migrated");
    let row = reader
        .read::<_, store::StoreError>(|s| s.operation(operation_id(1)))
        .expect("it is read");
    let undone = pen.undo(undo_operation(2), operation_id(1));
    // What is done from here on can be undone as ever.
    pen.write::<_, store::StoreError>(operation(3), |w| w.set_setting("later", "x"))
        .expect("it is written");
    pen.undo(undo_operation(4), operation_id(3))
        .expect("what came after the line is undone");
    (row.expect("it is stored").undoable, undone)
}

#[test]
fn undo_ends_at_a_migration_that_changes_a_logged_table() {
    let reason = format!(
        "version {} of the vault changed the layout of \"person\"",
        MIGRATIONS.len() + 1
    );
    let (row, undone) = after_migration(CHANGES_A_LOGGED_TABLE);
    assert_eq!(
        row,
        Err(NotUndoable::BeyondLine {
            reason: reason.clone()
        })
    );
    assert!(matches!(undone, Err(UndoError::BeyondLine { reason: r }) if r == reason));

    let (row, undone) = after_migration(CHANGES_ROWS);
    assert_eq!(
        row,
        Err(NotUndoable::BeyondLine {
            reason: "settings were rewritten".into()
        })
    );
    assert!(matches!(undone, Err(UndoError::BeyondLine { .. })));
}

#[test]
fn undo_goes_past_a_migration_that_only_adds() {
    let (row, undone) = after_migration(ADDS_A_TABLE);
    assert_eq!(row, Ok(()));
    assert!(undone.is_ok());
}
