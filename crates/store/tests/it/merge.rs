//! Making two stored people one, telling them apart, and taking both back.

use domain::{
    Channel, Commitment, CommitmentId, CommitmentState, Decision, DecisionKind, Field, Owner,
    Person, PersonId,
};
use proptest::prelude::*;
use store::{Limits, MIGRATIONS, StoreError, UndoError, Writing};
use uuid::Uuid;

use crate::common::*;

fn commitment(n: u128, person: u128) -> Commitment {
    Commitment {
        id: CommitmentId(Uuid::from_u128(n)),
        person: person_id(person),
        interaction: None,
        owner: Owner::Person,
        what: "an introduction".to_owned(),
        due: None,
        state: CommitmentState::Open,
    }
}

fn decide(w: &mut Writing<'_>, key: &str, until: &str) -> Result<(), StoreError> {
    w.decide(&Decision {
        key: key.to_owned(),
        kind: DecisionKind::Snooze(day(until)),
    })
}

/// Everything that can belong to a person, for two of them, and a third.
fn crowd() -> Vault {
    let vault = Vault::new();
    vault.write(1, |w| {
        let extra = [("UID".to_owned(), "card-1".to_owned())];
        w.add_person(&full_person(1, "Dr. Asha Rao"), &extra)?;
        let other = Person {
            affiliations: vec![affiliation("Hillcrest", "Fellow")],
            contacts: vec![email("asha@hillcrest.example")],
            tags: vec!["ir".to_owned(), "mentor".to_owned()],
            note: "Knows the chief".to_owned(),
            ..person(2, "Asha Rao-Menon")
        };
        let extra = [
            ("UID".to_owned(), "card-1".to_owned()),
            ("Nickname".to_owned(), "Ash".to_owned()),
        ];
        w.add_person(&other, &extra)?;
        w.add_person(&full_person(3, "Ben Okafor"), &[])?;
        w.mark_edited(person_id(1), Field::Name)?;
        w.mark_edited(person_id(2), Field::Name)?;
        w.mark_edited(person_id(2), Field::Email)?;
        w.save_message(&message(1, Some(1)))?;
        w.save_message(&message(2, Some(2)))?;
        w.add_interaction(&interaction(1, "2026-03-01", Channel::Call, &[1]))?;
        w.add_interaction(&interaction(2, "2026-03-02", Channel::Call, &[2, 3]))?;
        w.add_interaction(&interaction(3, "2026-03-03", Channel::Call, &[1, 2]))?;
        w.add_commitment(&commitment(1, 2))?;
        w.set_apart(person_id(2), person_id(3))?;
        let key = |n: u128| format!("rhythm:{}:never", person_id(n));
        decide(w, &key(1), "2026-04-01")?;
        decide(w, &key(2), "2026-05-01")?;
        decide(
            w,
            &format!("follow-up:{}:{}", interaction_id(2), person_id(2)),
            "2026-03-09",
        )
    });
    vault
}

fn found(vault: &Vault, words: &str) -> Vec<PersonId> {
    let results = vault.read(|s| s.search(words, 10));
    results.people.into_iter().map(|row| row.id).collect()
}

#[test]
fn everything_goes_to_the_person_who_is_kept() {
    let vault = crowd();
    vault.write(2, |w| w.merge_person(person_id(1), person_id(2)));
    let kept = vault
        .read(|s| s.person(person_id(1)))
        .expect("the kept person is there");
    let employers: Vec<&str> = kept
        .affiliations
        .iter()
        .map(|a| a.employer.as_str())
        .collect();
    assert_eq!(employers, ["Lakeside Medical Center", "Hillcrest"]);
    let addresses: Vec<&str> = kept.contacts.iter().map(|c| c.value.as_str()).collect();
    assert_eq!(addresses, ["a@example.org", "asha@hillcrest.example"]);
    assert_eq!(kept.tags, ["ir", "alumni", "ir", "mentor"]);
    assert_eq!(vault.read(|s| s.person(person_id(2))), None);
    let extra = vault.read(|s| s.extra(person_id(1)));
    let names: Vec<&str> = extra.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["UID", "Nickname"]);
    let edited = vault.read(|s| s.edited_fields(person_id(1)));
    assert_eq!(edited.len(), 2);
    assert_eq!(vault.read(|s| s.counts_of(person_id(1))), [3, 2, 1]);
    let both = vault
        .read(|s| s.interaction(interaction_id(3)))
        .expect("it is there");
    assert_eq!(both.people, [person_id(1)]);
    let dump = vault.dump();
    let decisions = dump
        .iter()
        .find(|t| t.name == "decision")
        .expect("the table");
    let text = format!("{:?}", decisions.rows);
    assert!(!text.contains(&person_id(2).to_string()), "{text}");
    assert!(
        text.contains("2026-05-01") && !text.contains("2026-04-01"),
        "{text}"
    );
    assert!(vault.read(|s| s.is_apart(person_id(3), person_id(1))));
    let identity = vault.read(|s| s.person_of_identity(person_id(2)));
    assert_eq!(identity, Some(person_id(1)));
    assert_eq!(found(&vault, "hillcrest"), [person_id(1)]);
    assert_eq!(found(&vault, "mentor"), [person_id(1)]);
}

#[test]
fn undo_brings_back_every_row_and_what_search_finds() {
    let vault = crowd();
    let before = vault.dump();
    vault.write(2, |w| w.merge_person(person_id(1), person_id(2)));
    assert_ne!(vault.dump(), before);
    vault.undo(3, 2).expect("nothing stands on the merge");
    assert_eq!(vault.dump(), before);
    assert_eq!(found(&vault, "hillcrest"), [person_id(2)]);
    assert_eq!(found(&vault, "mentor"), [person_id(2)]);
    assert_eq!(found(&vault, "lakeside").len(), 2);
    assert_eq!(found(&vault, "asha").len(), 2);
}

#[test]
fn nobody_is_merged_into_themselves_or_into_nobody() {
    let vault = crowd();
    let before = vault.dump();
    for (kept, other) in [(1, 1), (1, 9), (9, 1)] {
        let refused = vault.pen.write(operation(2), |w| {
            w.merge_person(person_id(kept), person_id(other))
        });
        assert!(
            matches!(refused, Err(StoreError::Missing { .. })),
            "{kept}, {other}"
        );
    }
    assert_eq!(vault.dump(), before);
}

#[test]
fn a_chain_is_undone_from_its_end() {
    let vault = crowd();
    let before = vault.dump();
    vault.write(2, |w| w.merge_person(person_id(2), person_id(1)));
    let between = vault.dump();
    vault.write(3, |w| w.merge_person(person_id(3), person_id(2)));
    for n in [1, 2] {
        let identity = vault.read(|s| s.person_of_identity(person_id(n)));
        assert_eq!(identity, Some(person_id(3)));
    }
    match vault.undo(4, 2) {
        Err(UndoError::Refused { later }) => assert_eq!(later.len(), 1),
        other => panic!("{other:?}"),
    }
    vault.undo(5, 3).expect("the end of the chain");
    assert_eq!(vault.dump(), between);
    vault.undo(6, 2).expect("the beginning");
    assert_eq!(vault.dump(), before);
    // And all at once.
    vault.undo(7, 6).expect("the undo is undone");
    vault.undo(8, 5).expect("the undo is undone");
    let taken = vault
        .pen
        .undo_with_later(undo_operation(9), operation_id(2))
        .expect("both are taken back");
    assert!(taken.len() > 1, "{taken:?}");
    assert_eq!(vault.dump(), before);
}

#[test]
fn what_happens_later_stays_with_the_kept_person() {
    let vault = crowd();
    vault.write(2, |w| w.merge_person(person_id(1), person_id(2)));
    vault.write(3, |w| {
        w.add_interaction(&interaction(9, "2026-06-01", Channel::Call, &[1]))
    });
    vault
        .undo(4, 2)
        .expect("a later interaction is not in the way");
    let later = vault
        .read(|s| s.interaction(interaction_id(9)))
        .expect("it is there");
    assert_eq!(later.people, [person_id(1)]);
    assert!(vault.read(|s| s.person(person_id(2))).is_some());
}

#[test]
fn who_was_told_apart_is_known_and_forgotten_by_undo() {
    let vault = crowd();
    vault.write(2, |w| w.set_apart(person_id(1), person_id(2)));
    vault.write(3, |w| w.set_apart(person_id(2), person_id(1)));
    let known = vault.read(|s| s.known());
    assert_eq!(known[0].apart, [person_id(2)]);
    assert_eq!(known[1].apart, [person_id(1), person_id(3)]);
    vault.undo(4, 2).expect("the second time changed nothing");
    assert!(!vault.read(|s| s.is_apart(person_id(1), person_id(2))));
}

#[test]
fn a_vault_from_before_opens_and_its_undo_goes_on() {
    let vault = Vault::with(Limits {
        migrations: &MIGRATIONS[..1],
        ..Limits::default()
    });
    vault.write(1, |w| w.add_person(&full_person(1, "Asha Rao"), &[]));
    vault.write(2, |w| w.add_person(&full_person(2, "Asha Rao"), &[]));
    let (pen, reader) = store::open(&vault.path(), &key()).expect("it is migrated");
    pen.write(operation(3), |w| w.merge_person(person_id(1), person_id(2)))
        .expect("they are merged");
    for (n, target) in [(4, 3), (5, 2)] {
        pen.undo(undo_operation(n), operation_id(target))
            .expect("undo reaches back");
    }
    let left = reader
        .read::<_, StoreError>(|s| s.known())
        .expect("it is read");
    assert_eq!(left.len(), 1);
}

/// One step of a random history.
#[derive(Clone, Debug)]
enum Step {
    Merge(u128, u128),
    Apart(u128, u128),
    Note(u128),
    Talk(u128),
    Undo(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let who = 1..=5u128;
    prop_oneof![
        4 => (who.clone(), who.clone()).prop_map(|(a, b)| Step::Merge(a, b)),
        1 => (who.clone(), who.clone()).prop_map(|(a, b)| Step::Apart(a, b)),
        1 => who.clone().prop_map(Step::Note),
        2 => who.prop_map(Step::Talk),
        4 => (0..12usize).prop_map(Step::Undo),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Whatever was done and undone, in whatever order was allowed: once all is
    /// undone the vault is as it was.
    #[test]
    fn all_undone_is_nothing_done(steps in prop::collection::vec(step(), 1..14)) {
        let vault = Vault::new();
        vault.write(1, |w| {
            for n in 1..=5 {
                w.add_person(&full_person(n, "Asha Rao"), &[("n".to_owned(), n.to_string())])?;
            }
            for n in 1..=5 {
                w.add_interaction(&interaction(n, "2026-03-01", Channel::Call, &[n, n % 5 + 1]))?;
                w.mark_edited(person_id(n), Field::Email)?;
            }
            Ok(())
        });
        let before = vault.dump();
        let mut n = 1;
        let mut done = Vec::new();
        for step in steps {
            n += 1;
            let written = match step {
                Step::Merge(a, b) => vault.pen.write(operation(n), |w| w.merge_person(person_id(a), person_id(b))),
                Step::Apart(a, b) => vault.pen.write(operation(n), |w| w.set_apart(person_id(a), person_id(b))),
                Step::Note(a) => vault.pen.write(operation(n), |w| {
                    let Some(mut person) = w.person(person_id(a))? else { return Ok(()) };
                    person.note = format!("note {n}");
                    w.update_person(&person)
                }),
                Step::Talk(a) => vault.pen.write(operation(n), |w| {
                    w.add_interaction(&interaction(100 + n, "2026-07-01", Channel::Chat, &[a]))
                }),
                Step::Undo(i) => {
                    if let Some(&target) = done.get(i)
                        && vault.undo(n, target).is_ok()
                    {
                        done.retain(|d| *d != target);
                    }
                    continue;
                }
            };
            let was_kept = vault.read(|s| s.operation(operation_id(n))).is_some();
            if written.is_ok() && was_kept {
                done.push(n);
            }
        }
        for target in done.into_iter().rev() {
            n += 1;
            if let Err(error) = vault.undo(n, target) {
                // It was taken back together with another one.
                let row = vault.read(|s| s.operation(operation_id(target)));
                prop_assert!(row.is_some_and(|row| row.undone_by.is_some()), "{error:?}");
            }
        }
        prop_assert_eq!(vault.dump(), before);
        prop_assert_eq!(found(&vault, "lakeside").len(), 5);
    }
}
