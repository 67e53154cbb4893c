//! Forgetting takes away what belongs to somebody, says so before, and leaves
//! what belongs to others as undoable as it was.

use domain::{
    Channel, Commitment, CommitmentId, CommitmentState, Decision, DecisionKind, Interaction,
    ItemKey, Owner, Person, PersonId,
};
use store::{
    EmployerAnswer, Forgetting, Forgotten, NewOperation, NotUndoable, StoreError, TextPlace,
    UndoError,
};

use crate::common::*;

/// Asha (1) and Ben (2) with everything, and Inés (3) who stands aside.
fn vault() -> Vault {
    let vault = Vault::new();
    vault.write(1, |w| {
        for (n, name) in [(1, "Dr. Asha Rao"), (2, "Ben Okafor"), (3, "Inés Núñez")] {
            w.add_person(&full_person(n, name), &[("Pager".into(), n.to_string())])?;
        }
        Ok(())
    });
    vault.write(2, |w| {
        w.add_interaction(&Interaction {
            note: "alone".to_owned(),
            ..interaction(11, "2026-07-01", Channel::Call, &[1])
        })
    });
    vault.write(3, |w| {
        w.add_interaction(&Interaction {
            note: "Ben knows Asha Rao; Rao paid".to_owned(),
            ..interaction(2, "2026-07-02", Channel::Talk, &[1, 2])
        })
    });
    vault.write(4, |w| w.save_message(&message(12, Some(1))));
    vault.write(5, |w| {
        w.add_commitment(&Commitment {
            id: CommitmentId(uuid::Uuid::from_u128(50)),
            person: person_id(2),
            interaction: Some(interaction_id(11)),
            owner: Owner::Student,
            what: "send Dr. Rao's poster".to_owned(),
            due: None,
            state: CommitmentState::Open,
        })
    });
    vault.write(6, |w| {
        w.update_person(&Person {
            note: "Likes Rao".to_owned(),
            ..full_person(2, "Ben Okafor")
        })
    });
    vault.write(7, |w| {
        let answer = EmployerAnswer::Nothing;
        w.set_employer_answer("lakeside medical center", &answer, "said so")?;
        w.decide(&Decision {
            key: ItemKey::Rhythm(person_id(1), day("2026-07-01")).to_string(),
            kind: DecisionKind::Skip,
        })
    });
    vault
}

fn forget(vault: &Vault, n: u128, people: &[u128]) -> Forgotten {
    let people: Vec<PersonId> = people.iter().map(|n| person_id(*n)).collect();
    let preview = vault.pen.forget_preview(&people).expect("a preview");
    let operation = NewOperation {
        verb: "forget",
        ..operation(n)
    };
    let mut described = None;
    let forgotten = vault.pen.forget(operation, &people, |what| {
        described = Some(what.clone());
        format!("Forget {} people", what.people)
    });
    let forgotten = forgotten.expect("forgotten");
    assert_eq!(forgotten.what, preview, "it does what it said");
    if preview.people > 0 {
        assert_eq!(described, Some(preview));
    }
    forgotten
}

fn undoable(vault: &Vault, n: u128) -> Result<(), NotUndoable> {
    let row = vault.read(|s| s.operation(operation_id(n)));
    row.expect("it is stored").undoable
}

#[test]
fn the_preview_says_what_goes_and_what_stays() {
    let vault = vault();
    let before = vault.dump();
    let what = vault
        .pen
        .forget_preview(&[person_id(1)])
        .expect("a preview");
    assert_eq!(vault.dump(), before, "a preview changes nothing");
    assert_eq!(
        Forgetting {
            mentions: Vec::new(),
            ..what.clone()
        },
        Forgetting {
            people: 1,
            interactions: 1,
            shared: 1,
            messages: 1,
            commitments: 0,
            // The person, one place, one address, two tags, one extra field, one
            // interaction, two participations, a message with its confirmed
            // warning, its words and its rule that is off, and a decision.
            rows: 14,
            rows_of_history: 0,
            operations: 5,
            texts: 2,
            n_mentions: 2,
            mentions: Vec::new(),
        }
    );
    assert_eq!(what.mentions[0].place, TextPlace::Person(person_id(2)));
    assert_eq!(what.mentions[0].snippet, "Likes Rao");
    // A text that loses the name may keep the surname elsewhere.
    assert_eq!(what.mentions[1].snippet, "Ben knows (forgotten); Rao paid");
    let unknown = vault
        .pen
        .forget_preview(&[person_id(9)])
        .expect("a preview");
    assert_eq!(unknown.people, 0);
}

#[test]
fn the_neighbours_stay_and_texts_lose_the_name() {
    let vault = vault();
    let neighbours = [2, 3].map(|n| vault.read(|s| s.person(person_id(n))));
    let done = forget(&vault, 20, &[1]);
    assert!(done.swept);
    assert_eq!(vault.read(|s| s.person(person_id(1))), None);
    assert_eq!(
        [2, 3].map(|n| vault.read(|s| s.person(person_id(n)))),
        neighbours
    );
    let shared = vault
        .read(|s| s.interaction(interaction_id(2)))
        .expect("it is kept");
    assert_eq!(
        (shared.people, shared.note.as_str()),
        (vec![person_id(2)], "Ben knows (forgotten); Rao paid")
    );
    let promises = vault.read(|s| s.commitments(None, false));
    assert_eq!(promises[0].what, "send (forgotten)'s poster");
    assert_eq!(promises[0].interaction, None);
    // Others work there too, so the answer is not Asha's alone.
    assert_eq!(vault.read(|s| s.employer_answers()).len(), 1);
    assert!(vault.read(|s| s.search("asha", 9)).people.is_empty());
    assert_eq!(vault.read(|s| s.search("knows", 9)).notes.len(), 1);
    assert_eq!(vault.read(|s| s.search("okafor", 9)).people.len(), 1);
}

#[test]
fn what_touched_them_ends_and_the_rest_is_undoable() {
    let vault = vault();
    forget(&vault, 20, &[1]);
    let ended = |n| match undoable(&vault, n) {
        Err(NotUndoable::BeyondLine { reason }) => reason,
        other => panic!("{n}: {other:?}"),
    };
    for n in [1, 2, 3, 4, 7] {
        assert_eq!(ended(n), "it touched somebody who was forgotten");
        assert!(matches!(
            vault.undo(30, n),
            Err(UndoError::BeyondLine { .. })
        ));
    }
    assert_eq!(ended(20), "forgetting is for good");
    assert!(matches!(
        vault.undo(30, 20),
        Err(UndoError::BeyondLine { reason }) if reason == "forgetting is for good"
    ));
    for n in [6, 5] {
        assert_eq!(undoable(&vault, n), Ok(()));
        vault.undo(30 + n, n).unwrap();
    }
    assert!(vault.read(|s| s.commitments(None, false)).is_empty());
    let ben = vault
        .read(|s| s.person(person_id(2)))
        .expect("he is stored");
    assert_eq!(ben.note, "Likes aortic work");
    vault.undo(40, 36).unwrap();
    vault.undo(41, 35).unwrap();
    let promises = vault.read(|s| s.commitments(None, false));
    assert_eq!(promises[0].what, "send (forgotten)'s poster");
}

#[test]
fn an_undo_that_would_need_an_ended_one_says_so() {
    let vault = vault();
    let ben = |note: &str| Person {
        note: note.to_owned(),
        ..full_person(2, "Ben Okafor")
    };
    vault.write(8, |w| w.update_person(&ben("alone")));
    vault.write(9, |w| {
        w.update_person(&ben("both"))?;
        w.update_person(&Person {
            note: "both".to_owned(),
            ..full_person(1, "Dr. Asha Rao")
        })
    });
    forget(&vault, 20, &[1]);
    for with_later in [false, true] {
        let outcome = if with_later {
            vault
                .pen
                .undo_with_later(undo_operation(30), operation_id(8))
                .map(drop)
        } else {
            vault.undo(30, 8)
        };
        assert!(
            matches!(&outcome, Err(UndoError::BeyondLine { reason }) if reason.contains("a later change")),
            "{outcome:?}"
        );
    }
}

#[test]
fn a_draft_is_not_typed_on_after_it_was_forgotten_in_part() {
    let vault = vault();
    let typing = |n| NewOperation {
        verb: "type",
        subject: "a draft of two",
        extend: true,
        ..operation(n)
    };
    let write = |n, text: &str| {
        let outcome = vault.pen.write::<_, StoreError>(typing(n), |w| {
            for (id, to) in [(5, 1), (6, 2)] {
                if w.person(person_id(to))?.is_some() {
                    w.save_message(&domain::Message {
                        text: text.to_owned(),
                        ..message(id, Some(to))
                    })?;
                }
            }
            Ok(())
        });
        outcome.expect("it is written");
    };
    write(10, "one");
    forget(&vault, 20, &[1]);
    write(11, "two");
    vault.undo(12, 11).unwrap();
    let left = vault
        .read(|s| s.message(message_id(6)))
        .expect("it is stored");
    assert_eq!(left.text, "one");
}

#[test]
fn who_is_in_the_trash_or_was_undone_is_forgotten_too() {
    for undone in [false, true] {
        let vault = vault();
        if undone {
            vault
                .pen
                .undo_with_later(undo_operation(10), operation_id(1))
                .unwrap();
        } else {
            let people = [person_id(1)];
            vault.write(10, |w| w.delete_people(&people));
        }
        let what = forget(&vault, 20, &[1]).what;
        assert_eq!((what.people, what.interactions, what.messages), (1, 0, 0));
        // The place in the trash as well; or, where everybody is gone, the answer
        // on the employer that nobody else has now.
        assert_eq!(what.rows + what.rows_of_history, 15);
        assert_eq!(vault.read(|s| s.counts()).trashed, 0);
        let changes = (1..=10).flat_map(|n| vault.read(|s| s.changes(operation_id(n))));
        for change in changes {
            let text = format!("{change:?}");
            assert!(!text.contains("Asha"), "{text}");
            assert!(!text.contains(&person_id(1).to_string()), "{text}");
        }
    }
}

#[test]
fn several_are_forgotten_at_once_and_nobody_twice() {
    let vault = vault();
    let what = forget(&vault, 20, &[1, 2]).what;
    assert_eq!((what.people, what.interactions, what.shared), (2, 2, 0));
    let left = ["person", "interaction", "message"].map(|table| vault.n_rows(table));
    assert_eq!(left, [1, 0, 0]);
    let n_operations = vault.read(|s| s.history(100, None)).len();
    let again = forget(&vault, 21, &[1, 2]).what;
    assert_eq!(again, Forgetting::default());
    assert_eq!(
        vault.read(|s| s.history(100, None)).len(),
        n_operations,
        "nothing is noted where nothing was done"
    );
    // The vault goes on as ever.
    vault.write(22, |w| w.add_person(&person(1, "Asha Rao"), &[]));
    vault.undo(23, 22).unwrap();
    vault.undo(24, 23).unwrap();
    assert_eq!(vault.read(|s| s.counts()).people, 2);
}

#[test]
fn an_employer_that_nobody_else_has_is_forgotten_with_its_answer() {
    let vault = Vault::new();
    vault.write(1, |w| {
        for (n, employer) in [(1, "Rao Vascular PLLC"), (2, "Lakeside")] {
            w.add_person(
                &Person {
                    affiliations: vec![affiliation(employer, "")],
                    ..person(n, "Somebody Else")
                },
                &[],
            )?;
        }
        for employer in ["rao vascular pllc", "lakeside"] {
            w.set_employer_answer(employer, &EmployerAnswer::Nothing, "said so")?;
        }
        Ok(())
    });
    forget(&vault, 2, &[1]);
    let left = vault.read(|s| s.employer_answers());
    assert_eq!(left.keys().collect::<Vec<_>>(), ["lakeside"]);
}

#[test]
fn a_path_that_names_who_is_forgotten_is_forgotten() {
    let vault = vault();
    for name in [
        "asha.vcf",
        "all of Rao.json",
        "everybody.json",
        "asharaoul.vcf",
    ] {
        let file = store::ExportedFile {
            path: format!("/somewhere/{name}"),
            day: day("2026-07-01"),
        };
        vault.pen.note_exported(&file).expect("noted");
        vault.pen.note_exported(&file).expect("noted again");
    }
    let paths = || {
        let files = vault.read(|s| s.exported());
        let names = files.into_iter().map(|file| file.path);
        names.collect::<Vec<_>>()
    };
    assert_eq!(paths().len(), 4);
    let before = vault.dump();
    assert!(
        !format!("{before:?}").contains("everybody.json"),
        "no export has it"
    );
    forget(&vault, 70, &[1]);
    assert_eq!(
        paths(),
        ["/somewhere/asharaoul.vcf", "/somewhere/everybody.json"]
    );
}
