//! Which drafts are people that are already stored.

use domain::{
    ContactKind, ContactPoint, Field, Known, Match, PersonDraft, PersonId, PersonName, reconcile,
};
use uuid::Uuid;

fn contact(kind: ContactKind, value: &str) -> ContactPoint {
    ContactPoint {
        kind,
        value: value.to_owned(),
        label: String::new(),
    }
}

fn draft(name: &str, employer: &str, contacts: Vec<ContactPoint>) -> PersonDraft {
    PersonDraft {
        name: PersonName::parse(name),
        employer: employer.to_owned(),
        contacts,
        ..Default::default()
    }
}

fn known(id: u128, draft: &PersonDraft) -> Known {
    Known {
        id: PersonId(Uuid::from_u128(id)),
        name: draft.name.clone(),
        contacts: draft.contacts.clone(),
        employers: vec![draft.employer.clone()],
        position: draft.position.clone(),
        known_since: draft.known_since,
        edited: Vec::new(),
    }
}

#[test]
fn the_same_drafts_again_change_nothing() {
    let drafts = [
        draft(
            "Asha Rao",
            "Maimonides",
            vec![contact(ContactKind::LinkedIn, "https://l/in/asha")],
        ),
        draft("Ben Okafor", "Example University", vec![]),
        draft("Ben Okafor", "Fabrikam", vec![]),
    ];
    let stored: Vec<Known> = drafts.iter().zip(1..).map(|(d, i)| known(i, d)).collect();
    for (i, found) in reconcile(&drafts, &stored).into_iter().enumerate() {
        match found {
            Match::Same { person, .. } => assert_eq!(person, stored[i].id),
            other => panic!("draft {i}: {other:?}"),
        }
    }
}

#[test]
fn a_name_alone_is_asked() {
    let stored = [known(1, &draft("Asha Rao", "Maimonides", vec![]))];
    let found = reconcile(&[draft("Asha Rao", "Fabrikam", vec![])], &stored);
    assert!(matches!(&found[0], Match::Ask { candidates } if candidates[0].0 == stored[0].id));
}

#[test]
fn two_profiles_are_two_people() {
    let first = draft(
        "Asha Rao",
        "X",
        vec![contact(ContactKind::LinkedIn, "https://l/in/asha-1")],
    );
    let second = draft(
        "Asha Rao",
        "X",
        vec![contact(ContactKind::LinkedIn, "https://l/in/asha-2")],
    );
    assert_eq!(reconcile(&[second], &[known(1, &first)]), [Match::New]);
}

#[test]
fn a_shared_address_under_another_name_is_asked() {
    let stored = [known(
        1,
        &draft(
            "Asha Rao",
            "",
            vec![contact(ContactKind::Email, "ir@x.org")],
        ),
    )];
    let found = reconcile(
        &[draft(
            "Tom Beck",
            "",
            vec![contact(ContactKind::Email, "IR@x.org")],
        )],
        &stored,
    );
    assert!(matches!(found[0], Match::Ask { .. }));
}

#[test]
fn changed_fields_are_shown_one_by_one_and_own_edits_are_kept() {
    let before = draft(
        "Asha Rao",
        "Maimonides",
        vec![contact(ContactKind::Email, "a@x.org")],
    );
    let mut stored = known(1, &before);
    stored.edited = vec![Field::Employer];
    let after = draft(
        "Asha Rao",
        "Fabrikam",
        vec![contact(ContactKind::Email, "a@x.org")],
    );
    let found = reconcile(&[after], &[stored]);
    let Match::Update { updates, .. } = &found[0] else {
        panic!("{found:?}")
    };
    assert_eq!(updates.len(), 1);
    assert_eq!(updates[0].field, Field::Employer);
    assert!(!updates[0].proposed);
}

#[test]
fn a_row_that_stands_twice_is_a_repeat() {
    let row = draft("Asha Rao", "Maimonides", vec![]);
    let found = reconcile(&[row.clone(), row], &[]);
    assert_eq!(found[0], Match::New);
    assert!(matches!(found[1], Match::Repeat { first: 0, .. }));
}
