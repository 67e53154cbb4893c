//! Which drafts are people that are already stored.

use domain::{
    ContactKind, ContactPoint, Field, Known, Match, PersonDraft, PersonId, PersonName, Schools,
    reconcile,
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
        uids: domain::uids_of(&draft.extra),
        cities: domain::cities_of(&draft.extra),
        edited: Vec::new(),
        apart: Vec::new(),
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
    for (i, found) in reconcile(&drafts, &stored, &Schools::default())
        .into_iter()
        .enumerate()
    {
        match found {
            Match::Same { person, .. } => assert_eq!(person, stored[i].id),
            other => panic!("draft {i}: {other:?}"),
        }
    }
}

#[test]
fn a_name_alone_is_asked() {
    let stored = [known(1, &draft("Asha Rao", "Maimonides", vec![]))];
    let found = reconcile(
        &[draft("Asha Rao", "Fabrikam", vec![])],
        &stored,
        &Schools::default(),
    );
    assert!(matches!(&found[0], Match::Ask { candidates } if candidates[0].0 == stored[0].id));
}

#[test]
fn a_title_and_a_surname_with_the_employer_in_short_are_asked() {
    let rao = known(
        1,
        &draft("Dr. Asha Rao", "Maimonides Medical Center", vec![]),
    );
    let mut stored = vec![rao];
    let others = ["Fabrikam", "Henry Ford Hospital"];
    stored.extend((2..60).map(|i| {
        let other = draft("Dr. Ravi Rao", others[i as usize % 2], vec![]);
        known(i, &other)
    }));
    // Whoever is named in full comes last, so that the others cannot hide them.
    stored.rotate_left(1);
    let asked = |name: &str, employer: &str| {
        let found = reconcile(
            &[draft(name, employer, vec![])],
            &stored,
            &Schools::default(),
        );
        match found.into_iter().next() {
            Some(Match::Ask { candidates }) => candidates,
            Some(Match::New) => Vec::new(),
            other => panic!("{name}, {employer}: {other:?}"),
        }
    };
    assert_eq!(
        asked("Dr. Rao", "maimonides"),
        [(
            stored[58].id,
            "same title and surname, and an employer that may be the same".to_owned()
        )]
    );
    for (name, employer) in [
        ("Dr. Rao", "Maimonides Cancer Institute"),
        ("Dr. Rao", ""),
        ("Prof. Rao", "Maimonides"),
        ("Dr. Raoul", "Maimonides"),
    ] {
        assert_eq!(asked(name, employer), [], "{name}, {employer}");
    }
}

#[test]
fn a_poorer_employer_or_post_is_never_proposed() {
    let stored = |employer: &str, position: &str| {
        let mut stored = draft(
            "Asha Rao",
            employer,
            vec![contact(ContactKind::Email, "asha@example.org")],
        );
        stored.position = position.to_owned();
        stored
    };
    for (before, found, proposed) in [
        (("M", "IR attending"), ("M", "IR"), false),
        (("M", "IR attending"), ("M", "attending, I.R."), true),
        (("M", "IR attending"), ("M", "Attending (IR)"), false),
        (("M", "IR"), ("M", "IR attending"), true),
        (("M", ""), ("M", "IR"), true),
        (("M", "fellow"), ("M", "attending"), true),
        (("Maimonides Medical Center", ""), ("Maimonides", ""), false),
        (("Maimonides", ""), ("Maimonides Medical Center", ""), true),
        (("Maimonides", ""), ("Henry Ford", ""), true),
    ] {
        let known = known(1, &stored(before.0, before.1));
        let matches = reconcile(&[stored(found.0, found.1)], &[known], &Schools::default());
        let Match::Update { updates, .. } = &matches[0] else {
            panic!("{before:?} and {found:?}: {matches:?}");
        };
        assert_eq!(updates.len(), 1);
        assert_eq!(updates[0].proposed, proposed, "{before:?} and {found:?}");
    }
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
    assert_eq!(
        reconcile(&[second], &[known(1, &first)], &Schools::default()),
        [Match::New]
    );
}

#[test]
fn a_shared_address_under_another_name_is_asked() {
    let mail = |value| vec![contact(ContactKind::Email, value)];
    let stored = [known(1, &draft("Asha Rao", "", mail("asha.rao@x.org")))];
    let found = reconcile(
        &[draft("Tom Beck", "", mail("Asha.Rao@x.org"))],
        &stored,
        &Schools::default(),
    );
    assert!(matches!(found[0], Match::Ask { .. }), "{found:?}");
}

#[test]
fn the_address_of_an_office_names_nobody() {
    let mail = |value| vec![contact(ContactKind::Email, value)];
    let stored = [known(1, &draft("Asha Rao", "", mail("ir@x.org")))];
    let found = reconcile(
        &[draft("Tom Beck", "", mail("IR@x.org"))],
        &stored,
        &Schools::default(),
    );
    assert_eq!(found, [Match::New]);
    // What two people of a file share is no better, whatever it is called.
    let rows = [
        draft("Ana Cruz", "", mail("ward7@x.org")),
        draft("Tom Beck", "", mail("ward7@x.org")),
    ];
    let stored = [known(1, &draft("Asha Rao", "", mail("ward7@x.org")))];
    assert_eq!(
        reconcile(&rows, &stored, &Schools::default()),
        [Match::New, Match::New]
    );
}

/// Returns one word for what becomes of one draft against one stored person.
fn outcome(found: &Match) -> &'static str {
    match found {
        Match::New => "new",
        Match::Repeat { .. } => "repeat",
        Match::Same { .. } | Match::Update { .. } => "settled",
        Match::Ask { .. } => "ask",
    }
}

#[test]
fn strong_identifiers_settle_names_that_go_together() {
    let mail = |value: &str| vec![contact(ContactKind::Email, value)];
    let phone = |value: &str| vec![contact(ContactKind::Phone, value)];
    let linkedin = |value: &str| vec![contact(ContactKind::LinkedIn, value)];
    for (a, b, contacts, other, wanted) in [
        (
            "Bob Smith",
            "Robert Smith, MD",
            mail("b@x.org"),
            mail("B@x.org"),
            "settled",
        ),
        (
            "Asha Rao",
            "Asha Menon",
            mail("asha@x.org"),
            mail("asha@x.org"),
            "settled",
        ),
        (
            "Asha Rao",
            "Asha Menon",
            mail("k7@x.org"),
            mail("k7@x.org"),
            "ask",
        ),
        (
            "Asha Rao",
            "Asha Rao",
            mail("asha.rao@gmail.com"),
            mail("asharao+ir@gmail.com"),
            "settled",
        ),
        (
            "Asha Rao",
            "Asha Rao",
            phone("+1 (717) 555-0100"),
            phone("717 555 0100"),
            "settled",
        ),
        (
            "Asha Rao",
            "Asha Rao",
            phone("717 555 0100 x12"),
            phone("717 555 0100 x13"),
            "ask",
        ),
        (
            "Anna Smith",
            "Tom Smith",
            phone("717 555 0100"),
            phone("7175550100"),
            "new",
        ),
        (
            "J. Smith",
            "Jane Smith",
            phone("717 555 0100"),
            phone("7175550100"),
            "ask",
        ),
        (
            "Asha Rao",
            "A. Menon",
            linkedin("https://l/in/asha"),
            linkedin("http://l/in/Asha/"),
            "ask",
        ),
        (
            "Robert Ito Jr.",
            "Robert Ito Sr.",
            mail("ito@x.org"),
            mail("ito@x.org"),
            "ask",
        ),
    ] {
        let stored = [known(1, &draft(a, "", contacts))];
        let found = reconcile(&[draft(b, "", other)], &stored, &Schools::default());
        assert_eq!(outcome(&found[0]), wanted, "{a} and {b}: {found:?}");
    }
}

#[test]
fn a_name_with_the_employer_settles_unless_something_speaks_against_it() {
    for (a, b, wanted) in [
        ("Lucía Núñez de la O", "Núñez de la O, Lucia", "settled"),
        ("Lucía Núñez de la O", "Nuñez, Lucia", "ask"),
        ("John A. Smith", "John Smith", "settled"),
        ("John A. Smith", "John B. Smith", "new"),
        ("Marcus St. Cyr", "Marcus Saint-Cyr", "settled"),
        ("Fatima Al-Sayed", "Fatima Alsayed", "settled"),
        ("Jürgen Müller", "Juergen Mueller", "ask"),
        ("Bob Smith", "Robert Smith", "ask"),
        ("J. Smith", "John Smith", "ask"),
        ("Robert Ito Jr.", "Robert Ito", "ask"),
        ("Jon Lindqvist", "Jon Lindquist", "ask"),
        ("Mr. Alex Kim", "Ms. Alex Kim", "ask"),
        ("Alex Kim, MD", "Alex Kim, RN", "ask"),
        ("Ana Ruiz", "Ana Castro", "new"),
    ] {
        let stored = [known(1, &draft(a, "Maimonides", vec![]))];
        let found = reconcile(
            &[draft(b, "Maimonides", vec![])],
            &stored,
            &Schools::default(),
        );
        assert_eq!(outcome(&found[0]), wanted, "{a} and {b}: {found:?}");
    }
}

#[test]
fn two_people_who_fit_are_asked_until_they_are_told_apart() {
    let mut first = known(1, &draft("John Smith", "Maimonides", vec![]));
    let mut second = known(2, &draft("John A. Smith", "Maimonides", vec![]));
    let row = [draft("John Smith", "Maimonides", vec![])];
    let found = reconcile(&row, &[first.clone(), second.clone()], &Schools::default());
    assert!(
        matches!(&found[0], Match::Ask { candidates } if candidates.len() == 2),
        "{found:?}"
    );
    first.apart = vec![second.id];
    second.apart = vec![first.id];
    let found = reconcile(&row, &[first.clone(), second], &Schools::default());
    assert!(
        matches!(&found[0], Match::Same { person, .. } if *person == first.id),
        "{found:?}"
    );
}

#[test]
fn a_poorer_name_is_never_proposed() {
    let mail = || vec![contact(ContactKind::Email, "john@x.org")];
    for (stored, found, wanted) in [
        ("John Smith", "J. Smith", Some(false)),
        ("J. Smith", "John Smith", Some(true)),
        ("John Smith", "John A. Smith", Some(true)),
        ("Robert Smith", "Bob Smith", Some(false)),
        ("Núñez, Lucía", "Lucia Nunez", None),
    ] {
        let person = known(1, &draft(stored, "", mail()));
        let matches = reconcile(&[draft(found, "", mail())], &[person], &Schools::default());
        let proposed = match &matches[0] {
            Match::Update { updates, .. } => Some(updates[0].proposed),
            _ => None,
        };
        assert_eq!(proposed, wanted, "{stored} and {found}: {matches:?}");
    }
}

#[test]
fn what_the_student_emptied_is_not_filled_in_silence() {
    let mut person = known(1, &draft("Asha Rao", "Maimonides", vec![]));
    person.edited = vec![Field::Email];
    let row = draft(
        "Asha Rao",
        "Maimonides",
        vec![contact(ContactKind::Email, "a@x.org")],
    );
    let found = reconcile(&[row], &[person], &Schools::default());
    assert!(
        matches!(&found[0], Match::Update { updates, .. } if !updates[0].proposed),
        "{found:?}"
    );
}

#[test]
fn ten_thousand_people_of_one_name_are_one_question() {
    let people: Vec<Known> = (1..=10_000)
        .map(|i| known(i, &draft("Maria Garcia", &format!("Clinic {i}"), vec![])))
        .collect();
    let rows = [
        draft("Maria Garcia", "Clinic 9876", vec![]),
        draft("María García", "Elsewhere", vec![]),
    ];
    let found = reconcile(&rows, &people, &Schools::default());
    assert!(
        matches!(&found[0], Match::Same { person, .. } if *person == people[9875].id),
        "{:?}",
        found[0]
    );
    assert!(matches!(&found[1], Match::Ask { candidates } if candidates.len() == 5));
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
    let found = reconcile(&[after], &[stored], &Schools::default());
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
    let found = reconcile(&[row.clone(), row], &[], &Schools::default());
    assert_eq!(found[0], Match::New);
    assert!(matches!(found[1], Match::Repeat { first: 0, .. }));
}

#[test]
fn a_school_is_no_employer_to_tell_by() {
    let first = draft("Maria Garcia", "St. George's University", vec![]);
    let second = draft("Maria Garcia", "St George's University", vec![]);
    let stored = [known(1, &first)];
    let asked = |schools: &Schools| {
        let found = reconcile(std::slice::from_ref(&second), &stored, schools);
        matches!(found.as_slice(), [Match::Ask { .. }])
    };
    assert!(asked(&Schools::of(["St. Georges University"])));
    assert!(!asked(&Schools::default()));
}

#[test]
fn another_spelling_of_the_employer_changes_nothing() {
    let stored = [known(1, &draft("Ana Diaz", "University of Miami", vec![]))];
    for employer in ["Univ. of Miami", "The University of Miami"] {
        let found = reconcile(
            &[draft("Ana Diaz", employer, vec![])],
            &stored,
            &Schools::default(),
        );
        assert!(
            matches!(found.as_slice(), [Match::Same { .. }]),
            "{found:?}"
        );
    }
}

#[test]
fn comparing_ends_where_it_is_told_to() {
    let rows: Vec<PersonDraft> = (0..2_000)
        .map(|i| draft(&format!("Given{i} Family{i}"), "Westgate", vec![]))
        .collect();
    let mut told = Vec::new();
    let found = domain::reconcile_watched(&rows, &[], &Schools::default(), &mut |done| {
        told.push(done);
        done < 500
    });
    assert!(found.is_none());
    assert_eq!(told.first(), Some(&0));
    assert!(
        told.last().is_some_and(|done| (500..2_000).contains(done)),
        "{told:?}"
    );
}
