//! Search finds words and beginnings of words, and takes nothing for a command.

use domain::{Channel, Interaction, Message, MessageState, Person};
use store::NoteHit;

use crate::common::*;

fn vault() -> Vault {
    let vault = Vault::new();
    vault.write(1, |w| {
        w.add_person(&full_person(1, "Dr. Lucía de la Peña"), &[])?;
        w.add_person(
            &Person {
                tags: vec!["mentor".into()],
                ..person(2, "Søren O’Brien-Ødegård")
            },
            &[],
        )?;
        w.add_person(
            &Person {
                note: "Peña's fellow".into(),
                archived: true,
                ..person(3, "Ben Adler")
            },
            &[],
        )?;
        w.add_interaction(&Interaction {
            note: "Talked about aortic stents and <b>balloons</b>".into(),
            event: "SIR26".into(),
            ..interaction(1, "2026-06-01", Channel::Call, &[1, 2])
        })?;
        w.add_interaction(&Interaction {
            note: "More about stents".into(),
            ..interaction(2, "2026-06-09", Channel::Call, &[2])
        })?;
        w.save_message(&Message {
            text: "A draft on stents".into(),
            ..message(1, Some(1))
        })?;
        w.save_message(&Message {
            text: "Stents again".into(),
            state: MessageState::Sent,
            sent_on: Some(day("2026-06-05")),
            ..message(2, None)
        })
    });
    vault
}

fn people(vault: &Vault, text: &str) -> Vec<u128> {
    let hits = vault.read(|s| s.search(text, 10));
    hits.people.iter().map(|row| row.id.0.as_u128()).collect()
}

#[test]
fn people_are_found_by_any_of_their_words() {
    let vault = vault();
    let check =
        |text: &str, expected: &[u128]| assert_eq!(people(&vault, text), expected, "for {text:?}");
    check("luc", &[1]);
    check("LUCÍA", &[1]);
    check("pena", &[1, 3]);
    check("Peña", &[1, 3]);
    check("odegard", &[2]);
    check("Ødegård", &[2]);
    check("o'brien", &[2]);
    check("obrien", &[2]);
    check("lakeside res", &[1]);
    check("a@example.org", &[1]);
    check("alumni", &[1]);
    check("ment", &[2]);
    check("lucia adler", &[]);
    check("", &[]);
    check("   ", &[]);
}

#[test]
fn nothing_typed_is_a_command() {
    let vault = vault();
    for text in [
        "\"",
        "\"\"",
        "*",
        "name:luc",
        "luc AND",
        "NOT luc",
        "NEAR(luc, 2)",
        "luc*",
        "^luc",
        "{name}:x",
        "luc OR xyz",
        "(",
        ")",
        "-luc",
        "+",
        "'; DROP TABLE person; --",
        "a\0b",
        "%",
        "_",
        "\u{FFFF}",
        "٣",
        "😀",
        "a\"b\"c",
        ":",
        "\\",
    ] {
        let hits = vault.read(|s| s.search(text, 10));
        if text.contains("OR") || text.contains("NOT") || text.contains("AND") {
            assert!(
                hits.people.is_empty(),
                "{text:?} is three words, not a command"
            );
        }
    }
    assert_eq!(vault.read(|s| s.counts()).people, 2);
    let many = "stents ".repeat(5000);
    assert_eq!(vault.read(|s| s.search(&many, 10)).notes.len(), 4);
}

#[test]
fn notes_come_newest_first_with_their_people() {
    let vault = vault();
    let notes = vault.read(|s| s.search("stent", 10)).notes;
    let days: Vec<Option<String>> = notes.iter().map(|n| n.day.map(|d| d.to_string())).collect();
    let expected = [
        None,
        Some("2026-06-09"),
        Some("2026-06-05"),
        Some("2026-06-01"),
    ];
    assert_eq!(days, expected.map(|day| day.map(str::to_owned)));
    let marked = format!(
        "Talked about aortic {}stents{} and <b>balloons</b>",
        NoteHit::MARK_START,
        NoteHit::MARK_END
    );
    assert_eq!(notes[3].snippet, marked);
    let people: Vec<u128> = notes[3]
        .people
        .iter()
        .map(|(id, _)| id.0.as_u128())
        .collect();
    assert_eq!(people, [1, 2]);
    assert_eq!(notes[2].people, []);
    assert_eq!(vault.read(|s| s.search("stent", 2)).notes.len(), 2);
    assert_eq!(vault.read(|s| s.search("sir26", 9)).notes.len(), 1);
}

#[test]
fn search_follows_every_change_and_its_undo() {
    let vault = vault();
    let stored = vault.read(|s| s.person(person_id(1))).unwrap();
    let changed = Person {
        affiliations: vec![affiliation("Harbor Clinic", "Fellow")],
        contacts: Vec::new(),
        tags: vec!["new".into()],
        note: String::new(),
        ..stored
    };
    vault.write(2, |w| w.update_person(&changed));
    assert_eq!(people(&vault, "harbor fellow new lucia"), [1]);
    assert_eq!(people(&vault, "lakeside"), []);
    assert_eq!(people(&vault, "example"), []);
    vault.undo(3, 2).unwrap();
    assert_eq!(people(&vault, "harbor"), []);
    assert_eq!(people(&vault, "lakeside alumni aortic example lucia"), [1]);

    vault.write(4, |w| w.delete_interaction(interaction_id(1)));
    assert_eq!(vault.read(|s| s.search("balloons", 9)).notes.len(), 0);
    vault.undo(5, 4).unwrap();
    assert_eq!(vault.read(|s| s.search("balloons", 9)).notes.len(), 1);
    vault.write(6, |w| {
        w.save_message(&Message {
            text: "Embolisation".into(),
            ..message(1, Some(1))
        })
    });
    assert_eq!(vault.read(|s| s.search("embol", 9)).notes.len(), 1);
    assert_eq!(vault.read(|s| s.search("draft", 9)).notes.len(), 0);

    vault
        .pen
        .undo_with_later(undo_operation(7), operation_id(1))
        .unwrap();
    assert_eq!(vault.read(|s| s.search("lucia", 9)), store::Hits::default());
    vault.undo(8, 7).unwrap();
    assert_eq!(people(&vault, "lakeside alumni aortic example lucia"), [1]);
}
