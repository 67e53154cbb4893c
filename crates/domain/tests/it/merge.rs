//! One person out of two.

use std::collections::BTreeMap;

use domain::{
    Affiliation, Certainty, ContactKind, ContactPoint, MergeChoice, MergeField, Person, PersonId,
    PersonName, Ring, RoleKind, differences, merged,
};
use uuid::Uuid;

fn person(id: u128, name: &str, employer: &str) -> Person {
    let affiliation = Affiliation {
        employer: employer.to_owned(),
        position: String::new(),
        role: RoleKind::Other,
        institution_key: None,
        program: None,
        site: None,
        evidence: String::new(),
        certainty: Certainty::Clear,
        as_of: None,
        current: true,
    };
    Person {
        id: PersonId(Uuid::from_u128(id)),
        name: PersonName::parse(name),
        ring: Ring::Stored,
        cadence_days: None,
        affiliations: if employer.is_empty() {
            Vec::new()
        } else {
            vec![affiliation]
        },
        contacts: Vec::new(),
        tags: Vec::new(),
        how_found: String::new(),
        note: String::new(),
        same_school: None,
        known_since: None,
        source: "typed".to_owned(),
        archived: false,
    }
}

fn phone(value: &str, label: &str) -> ContactPoint {
    ContactPoint {
        kind: ContactKind::Phone,
        value: value.to_owned(),
        label: label.to_owned(),
    }
}

#[test]
fn what_one_lacks_comes_from_the_other_without_a_question() {
    let kept = person(1, "Asha Rao", "");
    let other = Person {
        note: "Likes chess".to_owned(),
        same_school: Some(true),
        known_since: Some("2025-01-01".parse().expect("a day")),
        ..person(2, "Asha Rao", "Maimonides")
    };
    assert!(differences(&kept, &other).is_empty());
    let one = merged(&kept, &other, &BTreeMap::new());
    assert!(one.left_over.is_empty());
    assert_eq!(one.person.id, kept.id);
    assert_eq!(one.person.note, "Likes chess");
    assert_eq!(one.person.affiliations[0].employer, "Maimonides");
    assert_eq!(
        (one.person.same_school, one.person.known_since),
        (Some(true), other.known_since)
    );
}

#[test]
fn what_differs_is_suggested_and_can_be_chosen() {
    let kept = Person {
        note: "one".to_owned(),
        ..person(1, "A. Rao", "Maimonides")
    };
    let other = Person {
        note: "two".to_owned(),
        ring: Ring::Inner,
        ..person(2, "Dr. Asha Rao, MD", "Hillcrest")
    };
    let found: Vec<(MergeField, MergeChoice)> = differences(&kept, &other)
        .into_iter()
        .map(|d| (d.field, d.suggested))
        .collect();
    assert_eq!(
        found,
        [
            (MergeField::Name, MergeChoice::Other),
            (MergeField::Work, MergeChoice::Both),
            (MergeField::Ring, MergeChoice::Other),
            (MergeField::Note, MergeChoice::Both),
        ]
    );
    let one = merged(&kept, &other, &BTreeMap::new());
    assert_eq!(one.person.name.display(), "Dr. Asha Rao");
    assert_eq!(one.person.note, "one\n\ntwo");
    assert_eq!(one.person.ring, Ring::Inner);
    assert!(one.person.affiliations.iter().all(|a| a.current));
    assert_eq!(
        one.left_over,
        [("name before merging".to_owned(), "A. Rao".to_owned())]
    );

    let choices = BTreeMap::from([
        (MergeField::Name, MergeChoice::Kept),
        (MergeField::Work, MergeChoice::Other),
        (MergeField::Ring, MergeChoice::Kept),
        (MergeField::Note, MergeChoice::Other),
    ]);
    let one = merged(&kept, &other, &choices);
    // A title and degrees that the chosen name lacks are no contradiction.
    assert_eq!(one.person.name.display(), "Dr. A. Rao");
    assert_eq!(one.person.note, "two");
    assert_eq!(one.person.ring, Ring::Stored);
    let places: Vec<(&str, bool)> = one
        .person
        .affiliations
        .iter()
        .map(|a| (a.employer.as_str(), a.current))
        .collect();
    assert_eq!(places, [("Hillcrest", true), ("Maimonides", false)]);
    assert!(
        one.left_over
            .contains(&("note before merging".to_owned(), "one".to_owned()))
    );
}

#[test]
fn addresses_and_tags_stand_once() {
    let kept = Person {
        contacts: vec![phone("(717) 555-0100", "")],
        tags: vec!["IR".to_owned()],
        archived: true,
        ..person(1, "Asha Rao", "Maimonides")
    };
    let other = Person {
        contacts: vec![
            phone("+1 717 555 0100", "work"),
            phone("+1 717 555 0199", ""),
        ],
        tags: vec!["ir".to_owned(), "mentor".to_owned()],
        ..person(2, "Asha Rao", "MAIMONIDES")
    };
    let one = merged(&kept, &other, &BTreeMap::new()).person;
    assert_eq!(
        one.contacts,
        [
            phone("(717) 555-0100", "work"),
            phone("+1 717 555 0199", "")
        ]
    );
    assert_eq!(one.tags, ["IR", "mentor"]);
    assert_eq!(one.affiliations.len(), 1);
    assert!(!one.archived);
}
