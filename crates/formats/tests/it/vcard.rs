//! People as vCards, and any lines as cards.

use domain::{ContactKind, ContactPoint, PersonDraft, PersonName};
use formats::vcard::{VCARD, VcardVersion, write_vcards};
use formats::{Collected, read};
use jiff::civil::Date;
use proptest::prelude::*;

fn text() -> impl Strategy<Value = String> {
    "[A-Za-zäé李,;:\\\\\"='. \n-]{1,40}".prop_map(|text| text.trim().to_owned())
}

fn contact() -> impl Strategy<Value = ContactPoint> {
    let label = prop_oneof![
        Just(String::new()),
        Just("work".to_owned()),
        Just("cell".to_owned()),
        "[A-Za-z ;,]{1,10}".prop_map(|label| label.trim().to_owned()),
    ];
    let address = prop_oneof![
        "[a-z+.]{1,9}@[a-z]{1,9}\\.org".prop_map(|value| (ContactKind::Email, value)),
        "\\+1 [0-9]{3} [0-9]{7}".prop_map(|value| (ContactKind::Phone, value)),
        "https://www\\.linkedin\\.com/in/[a-z]{1,12}".prop_map(|v| (ContactKind::LinkedIn, v)),
        "https://www\\.linkedin\\.com/pub/[a-z]{1,12}".prop_map(|v| (ContactKind::LinkedIn, v)),
        "https://example\\.org/[a-z,;?=&]{1,80}x".prop_map(|value| (ContactKind::Url, value)),
    ];
    (address, label).prop_map(|((kind, value), label)| ContactPoint { kind, value, label })
}

fn extra() -> impl Strategy<Value = (String, String)> {
    let name = prop_oneof![
        Just("ADR;TYPE=WORK".to_owned()),
        Just("X-ABDATE;X-LABEL=\"Anni; versary\"".to_owned()),
        Just("NICKNAME".to_owned()),
        Just("BDAY".to_owned()),
        Just("Organization Department".to_owned()),
        Just("PHOTO left out".to_owned()),
        Just("FN".to_owned()),
        text(),
    ];
    let value = prop_oneof![
        text(),
        Just("--03-07".to_owned()),
        Just("1984-03-07".to_owned()),
        Just(";;1 Main St\\nSuite 5;Exampleville".to_owned()),
    ];
    (name, value)
}

prop_compose! {
    fn person()(
        parts in prop::collection::vec(prop_oneof![Just(String::new()), text()], 6),
        given in "[A-Z][a-z]{0,8}",
        employer in text(),
        position in text(),
        contacts in prop::collection::vec(contact(), 0..5),
        known_since in prop::option::of((1950_i16..2100, 1_i8..=12, 1_i8..=28)),
        how_found in text(),
        tags in prop::collection::hash_set("[A-Za-z,;ä-]{1,8}", 0..3),
        note in text(),
        extra in prop::collection::vec(extra(), 0..4),
    ) -> PersonDraft {
        let [title, _, family, suffix, credentials, greet_as] =
            <[String; 6]>::try_from(parts).unwrap();
        let mut kept: Vec<ContactPoint> = Vec::new();
        for contact in contacts {
            if !kept.iter().any(|other| other.kind == contact.kind && other.key() == contact.key()) {
                kept.push(contact);
            }
        }
        PersonDraft {
            former: false,
            line: 0,
            name: PersonName { title, given, family, suffix, credentials, greet_as },
            employer,
            position,
            contacts: kept,
            known_since: known_since.map(|(y, m, d)| Date::constant(y, m, d)),
            how_found,
            tags: tags.into_iter().collect(),
            note,
            extra,
        }
    }
}

#[test]
fn the_first_of_several_addresses_is_written_as_the_preferred_one() {
    let contact = |kind, value: &str, label: &str| ContactPoint {
        kind,
        value: value.to_owned(),
        label: label.to_owned(),
    };
    let mut person = PersonDraft {
        name: PersonName::parse("Asha Rao"),
        contacts: vec![
            contact(ContactKind::Email, "b@example.org", "work"),
            contact(ContactKind::Phone, "+1 415 555 0001", "desk"),
            contact(ContactKind::Email, "a@example.org", ""),
            contact(ContactKind::Phone, "+1 415 555 0002", "cell"),
        ],
        ..PersonDraft::default()
    };
    for (version, mail, phone) in [
        (
            VcardVersion::V3,
            "EMAIL;TYPE=work;TYPE=pref:",
            ".TEL;TYPE=pref:",
        ),
        (VcardVersion::V4, "EMAIL;TYPE=work;PREF=1:", ".TEL;PREF=1:"),
    ] {
        let written = write_vcards(std::slice::from_ref(&person), version);
        assert!(
            written.contains(&format!("{mail}b@example.org")),
            "{written}"
        );
        assert!(
            written.contains(&format!("{phone}+1 415 555 0001")),
            "{written}"
        );
        assert_eq!(
            written.matches("pref").count() + written.matches("PREF").count(),
            2
        );
        let found = read_back(&written).people.remove(0);
        assert_eq!(found.contacts, person.contacts);
        assert!(found.extra.is_empty());
    }
    person.contacts.truncate(2);
    let written = write_vcards(&[person], VcardVersion::V4);
    assert!(
        !written.contains("PREF"),
        "the only one is no preferred one"
    );
}

fn read_back(text: &str) -> Collected {
    let mut found = Collected::default();
    read(&VCARD, &mut text.as_bytes(), &mut found).unwrap();
    found
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back(people in prop::collection::vec(person(), 1..3)) {
        for version in [VcardVersion::V3, VcardVersion::V4] {
            let written = write_vcards(&people, version);
            prop_assert!(written.lines().all(|line| line.len() <= 75));
            let mut found = read_back(&written);
            for person in &mut found.people {
                person.line = 0;
            }
            prop_assert_eq!(&found.people, &people, "{}", written);
            prop_assert!(found.problems.is_empty(), "{:?}", found.problems);
        }
    }

    #[test]
    fn any_lines_are_read(lines in prop::collection::vec(prop_oneof![
        prop::sample::select(vec![
            "BEGIN:VCARD", "END:VCARD", "VERSION:2.1", "VERSION:4.0", "FN:Asha Rao", "N:Rao;Asha",
            "AGENT:", " folded", "=", "NOTE;ENCODING=QUOTED-PRINTABLE:=C3=A4=", "PHOTO;BASE64:",
            "QUJD", "item1.TEL;TYPE=\"a:b", "BDAY:--", "BDAY:99999999999999999", "TEL;:x", ":", ";;;:",
            "EMAIL;CHARSET=none;QUOTED-PRINTABLE:=ZZ=C3", "N;ENCODING=B:////", "ORG:;;;", ".:x",
        ]).prop_map(str::to_owned),
        "[A-Z;=:\"^\\\\,.]{0,20}",
        "\\PC{0,20}",
    ], 0..30), version in prop::sample::select(vec!["2.1", "3.0", "4.0"])) {
        let mut text = format!("BEGIN:VCARD\nVERSION:{version}\nFN:First\nEND:VCARD\n");
        text.push_str(&lines.join("\n"));
        let found = read_back(&text);
        prop_assert_eq!(found.people[0].name.given.as_str(), "First");
    }
}

#[test]
fn nested_and_endless_cards_are_bounded() {
    let mut text = "BEGIN:VCARD\nVERSION:2.1\nFN:First\nEND:VCARD\n".to_owned();
    text.push_str(&"BEGIN:VCARD\nAGENT:\n".repeat(20_000));
    let found = read_back(&text);
    assert_eq!(found.people.len(), 1);
    let mut text = "BEGIN:VCARD\nVERSION:3.0\nFN:First\n".to_owned();
    text.push_str(&"X-A:b\n".repeat(200_000));
    let found = read_back(&text);
    assert!(found.people[0].extra.len() < 3_000);
    assert!(found.problems[0].found.contains("lines in one card"));
}
