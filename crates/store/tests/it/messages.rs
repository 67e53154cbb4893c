//! Messages from draft to answer.

use domain::{Channel, Interaction, Message, MessageId, MessageState};

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
        confirmed: vec![("b".into(), "2".into()), ("a".into(), String::new())],
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
