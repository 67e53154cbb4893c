//! Interactions and commitments.

use domain::{
    Channel, Commitment, CommitmentId, CommitmentState, Direction, Exchange, ExchangeKind,
    Interaction, InteractionId, Owner, Person,
};

use crate::common::*;

fn full_interaction(n: u128) -> Interaction {
    Interaction {
        duration_min: Some(25),
        event: "SIR26".into(),
        program: Some(domain::ProgramId::new("4163521001").unwrap()),
        note: "She offered an introduction".into(),
        exchanges: vec![
            Exchange {
                kind: ExchangeKind::Intro,
                what: "to Dr. Ng".into(),
                minutes: None,
            },
            Exchange {
                kind: ExchangeKind::Give,
                what: "lit-review".into(),
                minutes: Some(90),
            },
        ],
        follow_up: true,
        message: Some(message_id(1)),
        ..interaction(n, "2026-07-01", Channel::Call, &[2, 1])
    }
}

fn vault() -> Vault {
    let vault = Vault::new();
    vault.write(1, |w| {
        w.add_person(&person(1, "Asha Rao"), &[])?;
        w.add_person(&person(2, "Ben Adler"), &[])?;
        w.save_message(&message(1, Some(1)))?;
        w.add_interaction(&full_interaction(1))
    });
    vault
}

#[test]
fn an_interaction_comes_back_as_it_went_in() {
    let vault = vault();
    assert_eq!(
        vault.read(|s| s.interaction(interaction_id(1))),
        Some(full_interaction(1))
    );
    assert_eq!(vault.read(|s| s.interaction(interaction_id(9))), None);
}

#[test]
fn interactions_of_a_channel_come_with_all_their_people() {
    let vault = vault();
    vault.write(2, |w| {
        w.add_interaction(&interaction(2, "2026-07-02", Channel::LinkedIn, &[2, 1]))?;
        w.add_interaction(&interaction(3, "2026-07-02", Channel::LinkedIn, &[1]))
    });
    let found = vault.read(|s| s.interactions_by(Channel::LinkedIn));
    let told: Vec<_> = found.iter().map(|i| (i.id, i.people.clone())).collect();
    assert_eq!(
        told,
        [
            (interaction_id(2), vec![person_id(2), person_id(1)]),
            (interaction_id(3), vec![person_id(1)]),
        ]
    );
    assert_eq!(found[0].day, day("2026-07-02"));
    assert_eq!(vault.read(|s| s.interactions_by(Channel::Email)), []);
}

#[test]
fn an_update_reaches_the_rows_of_its_people() {
    let vault = vault();
    let later = Interaction {
        day: day("2026-07-05"),
        channel: Channel::Email,
        direction: Direction::Incoming,
        exchanges: Vec::new(),
        ..full_interaction(1)
    };
    vault.write(2, |w| w.update_interaction(&later));
    assert_eq!(
        vault.read(|s| s.interaction(interaction_id(1))),
        Some(later.clone())
    );
    assert_eq!(vault.read(|s| s.evidence(person_id(1))).answers, 1);
    let row = vault
        .read(|s| s.people(&store::PeopleFilter::default()))
        .rows
        .remove(0);
    assert_eq!(row.last, Some(day("2026-07-05")));

    let other_people = Interaction {
        people: vec![person_id(2)],
        ..later
    };
    vault.write(3, |w| w.update_interaction(&other_people));
    assert_eq!(vault.read(|s| s.timeline(person_id(1), 9, None)), []);
    assert_eq!(
        vault.read(|s| s.timeline(person_id(2), 9, None)),
        [other_people]
    );
}

#[test]
fn a_timeline_is_latest_first_and_goes_on_where_it_ended() {
    let vault = vault();
    vault.write(2, |w| {
        for (n, on) in [(2, "2026-07-03"), (3, "2026-06-01"), (4, "2026-07-03")] {
            w.add_interaction(&interaction(n, on, Channel::Call, &[1]))?;
        }
        w.add_interaction(&interaction(5, "2026-07-04", Channel::Call, &[2]))
    });
    let ids = |limit, before| -> Vec<InteractionId> {
        let timeline = vault.read(|s| s.timeline(person_id(1), limit, before));
        timeline.into_iter().map(|i| i.id).collect()
    };
    assert_eq!(ids(9, None), [4, 2, 1, 3].map(interaction_id));
    assert_eq!(ids(2, None), [4, 2].map(interaction_id));
    assert_eq!(ids(9, Some(day("2026-07-03"))), [1, 3].map(interaction_id));
    assert_eq!(vault.read(|s| s.timeline(person_id(9), 9, None)), []);
}

fn commitment(n: u128, due: Option<&str>) -> Commitment {
    Commitment {
        id: CommitmentId(uuid::Uuid::from_u128(n)),
        person: person_id(1),
        interaction: Some(interaction_id(1)),
        owner: Owner::Person,
        what: "an introduction".into(),
        due: due.map(day),
        state: CommitmentState::Open,
    }
}

#[test]
fn commitments_are_ordered_by_what_is_open_and_due() {
    let vault = vault();
    let of_adler = Commitment {
        person: person_id(2),
        ..commitment(4, None)
    };
    vault.write(2, |w| {
        w.add_commitment(&commitment(1, None))?;
        w.add_commitment(&commitment(2, Some("2026-08-02")))?;
        w.add_commitment(&commitment(3, Some("2026-08-01")))?;
        w.add_commitment(&of_adler)
    });
    let ids = |person, only_open| -> Vec<u128> {
        let found = vault.read(|s| s.commitments(person, only_open));
        found.into_iter().map(|c| c.id.0.as_u128()).collect()
    };
    assert_eq!(ids(None, true), [3, 2, 1, 4]);
    vault.write(3, |w| {
        w.set_commitment_state(commitment(3, None).id, CommitmentState::Kept)
    });
    assert_eq!(ids(None, true), [2, 1, 4]);
    assert_eq!(ids(Some(person_id(1)), false), [2, 1, 3]);
    assert_eq!(
        vault.read(|s| s.commitments(Some(person_id(2)), true)),
        [of_adler]
    );
}

#[test]
fn deleting_an_interaction_keeps_its_commitments_and_can_be_undone() {
    let vault = vault();
    vault.write(2, |w| w.add_commitment(&commitment(1, None)));
    let before = vault.dump();
    vault.write(3, |w| w.delete_interaction(interaction_id(1)));
    assert_eq!(vault.read(|s| s.interaction(interaction_id(1))), None);
    assert_eq!(
        vault.read(|s| s.commitments(None, true))[0].interaction,
        None
    );
    vault.undo(4, 3).unwrap();
    assert_eq!(vault.dump(), before);
}

#[test]
fn a_day_is_any_day() {
    let vault = vault();
    for (n, on) in [(2, "0001-01-01"), (3, "9999-12-31")] {
        vault.write(n, |w| {
            w.add_interaction(&interaction(n, on, Channel::Call, &[1]))
        });
    }
    let timeline = vault.read(|s| s.timeline(person_id(1), 9, None));
    let days: Vec<String> = timeline.iter().map(|i| i.day.to_string()).collect();
    assert_eq!(days, ["9999-12-31", "2026-07-01", "0001-01-01"]);
    let since = Person {
        known_since: Some(day("1999-12-31")),
        ..person(1, "Asha Rao")
    };
    vault.write(4, |w| w.update_person(&since));
    assert_eq!(vault.read(|s| s.person(person_id(1))), Some(since));
}
