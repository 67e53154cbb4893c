//! Messages from draft to answer.

use domain::{Answer, Channel, Interaction, Message, MessageId, MessageState};

use jiff::civil::Date;

use crate::common::*;

#[test]
fn a_message_is_added_then_changed() {
    let vault = Vault::new();
    vault.write(1, |w| {
        w.add_person(&person(1, "Asha Rao"), &[])?;
        w.save_message(&message(1, Some(1)))?;
        w.save_message(&message(2, None))
    });
    assert_eq!(
        vault.read(|s| s.message(message_id(1))),
        Some(message(1, Some(1)))
    );
    assert_eq!(
        vault.read(|s| s.message(message_id(2))),
        Some(message(2, None))
    );
    assert_eq!(vault.read(|s| s.message(message_id(3))), None);
    let sent = Message {
        state: MessageState::Sent,
        sent_on: Some(day("2026-07-01")),
        confirmed: [("b", "2"), ("a", "")].map(confirmed).to_vec(),
        switched_off: vec!["flattery".into(), "too-long".into()],
        follows: Some(message_id(2)),
        changed_at: instant(60),
        ..message(1, Some(1))
    };
    vault.write(2, |w| w.save_message(&sent));
    assert_eq!(vault.read(|s| s.message(message_id(1))), Some(sent));
}

#[test]
fn messages_are_listed_latest_change_first() {
    let vault = Vault::new();
    vault.write(1, |w| {
        w.add_person(&person(1, "Asha Rao"), &[])?;
        for (n, to) in [(1, Some(1)), (2, None), (3, Some(1))] {
            w.save_message(&Message {
                changed_at: instant(n as i64 * 60),
                ..message(n, to)
            })?;
        }
        Ok(())
    });
    let ids = |person, limit| -> Vec<MessageId> {
        vault
            .read(|s| s.messages(person, limit))
            .into_iter()
            .map(|m| m.id)
            .collect()
    };
    assert_eq!(ids(None, 9), [3, 2, 1].map(message_id));
    assert_eq!(ids(None, 1), [message_id(3)]);
    assert_eq!(ids(Some(person_id(1)), 9), [3, 1].map(message_id));
    assert_eq!(ids(Some(person_id(9)), 9), []);
}

#[test]
fn deleting_a_message_keeps_the_interaction_that_sent_it() {
    let vault = Vault::new();
    let sending = Interaction {
        message: Some(message_id(1)),
        ..interaction(1, "2026-07-01", Channel::Email, &[1])
    };
    vault.write(1, |w| {
        w.add_person(&person(1, "Asha Rao"), &[])?;
        w.save_message(&message(1, Some(1)))?;
        w.add_interaction(&sending)
    });
    let before = vault.dump();
    vault.write(2, |w| w.delete_message(message_id(1)));
    assert_eq!(vault.read(|s| s.message(message_id(1))), None);
    let alone = Interaction {
        message: None,
        ..sending
    };
    assert_eq!(
        vault.read(|s| s.interaction(interaction_id(1))),
        Some(alone)
    );
    vault.undo(3, 2).unwrap();
    assert_eq!(vault.dump(), before);
}

#[test]
fn a_conversation_is_found_by_any_of_its_message_ids() {
    let vault = Vault::new();
    vault.write(1, |w| {
        w.add_person(&person(1, "Asha Rao"), &[])?;
        w.save_message(&message(1, Some(1)))?;
        w.add_interaction(&interaction(1, "2026-07-01", Channel::Email, &[1]))
    });
    let before = vault.dump();
    let answer = Answer {
        interaction: Some(interaction_id(1)),
        mail_id: "a1@hospital.example".to_owned(),
    };
    vault.write(2, |w| w.add_answer(message_id(1), &answer));
    let of = |id: &str| vault.read(|s| s.message_of_mail(id));
    assert_eq!(of("m1@example.org"), Some(message_id(1)));
    assert_eq!(of("a1@hospital.example"), Some(message_id(1)));
    assert_eq!(of("other@hospital.example"), None);
    assert_eq!(of(""), None);
    assert_eq!(
        vault.read(|s| s.answers(message_id(1))),
        vec![answer.clone()]
    );
    assert!(vault.read(|s| s.is_known_answer("a1@hospital.example")));
    assert!(!vault.read(|s| s.is_known_answer("")));

    vault.write(3, |w| w.delete_interaction(interaction_id(1)));
    let alone = Answer {
        interaction: None,
        ..answer
    };
    assert_eq!(vault.read(|s| s.answers(message_id(1))), vec![alone]);
    vault.write(4, |w| w.delete_message(message_id(1)));
    assert_eq!(vault.read(|s| s.answers(message_id(1))), vec![]);
    for (undo, operation) in [(5, 4), (6, 3), (7, 2)] {
        vault.undo(undo, operation).unwrap();
    }
    assert_eq!(vault.dump(), before);
}

#[test]
fn a_follow_up_outlives_the_message_that_it_follows() {
    let vault = Vault::new();
    let later = Message {
        follows: Some(message_id(1)),
        ..message(2, None)
    };
    vault.write(1, |w| {
        w.save_message(&message(1, None))?;
        w.save_message(&later)
    });
    assert_eq!(vault.read(|s| s.message(message_id(2))), Some(later));
    vault.write(2, |w| w.delete_message(message_id(1)));
    assert_eq!(
        vault.read(|s| s.message(message_id(2))),
        Some(message(2, None))
    );
}

#[test]
fn messages_to_the_people_of_a_place_are_found() {
    let vault = Vault::new();
    let to = |n, state| Message {
        state,
        sent_on: (state == MessageState::Sent).then(|| day("2026-07-01")),
        changed_at: instant(n as i64),
        ..message(n, Some(n))
    };
    vault.write(1, |w| {
        for n in 1..=4 {
            let mut known = person(n, "Asha Rao");
            let key = if n == 3 { "elsewhere" } else { "lakeside" };
            known.affiliations = vec![domain::Affiliation {
                institution_key: Some(key.to_owned()),
                current: true,
                ..affiliation("Lakeside", "Attending")
            }];
            w.add_person(&known, &[])?;
        }
        w.save_message(&to(1, MessageState::Sent))?;
        w.save_message(&to(2, MessageState::HandedOver))?;
        w.save_message(&to(3, MessageState::Sent))?;
        w.save_message(&to(4, MessageState::Draft))
    });
    let keys = ["lakeside"];
    let place = store::Place {
        institution_keys: &keys,
        ..store::Place::default()
    };
    let found = vault.read(|s| s.messages_at(&place, 9));
    let ids: Vec<MessageId> = found.iter().map(|(_, m)| m.id).collect();
    assert_eq!(ids, [2, 1].map(message_id), "{found:?}");
    assert_eq!(found[0].0.display(), "Asha Rao");
    let nowhere = vault.read(|s| s.messages_at(&store::Place::default(), 9));
    assert_eq!(nowhere, vec![]);
}

#[test]
fn a_first_contact_has_nothing_before_it() {
    let vault = Vault::new();
    let sent = |n, to, on: &str| Message {
        state: MessageState::Sent,
        sent_on: Some(day(on)),
        ..message(n, Some(to))
    };
    vault.write(1, |w| {
        for n in 1..=3 {
            w.add_person(&person(n, "Asha Rao"), &[])?;
        }
        w.add_interaction(&interaction(1, "2026-06-01", Channel::Talk, &[2]))?;
        w.save_message(&sent(1, 1, "2026-07-01"))?;
        w.save_message(&sent(2, 1, "2026-07-01"))?;
        w.save_message(&sent(3, 2, "2026-07-01"))?;
        w.save_message(&sent(4, 3, "2026-06-20"))?;
        // The sending itself is logged on the same day.
        w.add_interaction(&interaction(2, "2026-07-01", Channel::Email, &[1]))
    });
    let since = |from: &str| -> Vec<(MessageId, Option<Date>)> {
        let found = vault.read(|s| s.first_contacts_since(day(from)));
        found.iter().map(|f| (f.message, f.sent_on)).collect()
    };
    let first = (message_id(1), Some(day("2026-07-01")));
    assert_eq!(since("2026-06-25"), [first]);
    assert_eq!(since("2026-06-20").len(), 2);
    // One that is only handed over counts as well, once for each person.
    vault.write(3, |w| {
        w.add_person(&person(4, "Ben Okafor"), &[])?;
        for (n, to) in [(5, 4), (6, 4), (7, 1)] {
            w.save_message(&Message {
                state: MessageState::HandedOver,
                ..message(n, Some(to))
            })?;
        }
        Ok(())
    });
    assert_eq!(since("2026-06-25"), [(message_id(5), None), first]);
}
