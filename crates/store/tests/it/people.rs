//! People are stored, changed row by row, listed and counted.

use domain::{
    Affiliation, Certainty, Channel, Direction, Exchange, ExchangeKind, Field, Interaction,
    MessageState, Person, PersonName, ProgramId, RelationshipEvidence, Ring, RoleKind, SiteId,
};
use store::{PeopleFilter, PeopleOrder, Place, StoreError};

use crate::common::*;

fn site() -> SiteId {
    SiteId::new("ccn-330194").unwrap()
}

fn program() -> ProgramId {
    ProgramId::new("4163521001").unwrap()
}

fn at_lakeside(n: u128, name: &str) -> Person {
    Person {
        affiliations: vec![Affiliation {
            institution_key: Some("lakeside".into()),
            site: Some(site()),
            program: Some(program()),
            ..affiliation("Lakeside Medical Center", "Resident Physician")
        }],
        ..person(n, name)
    }
}

#[test]
fn a_person_comes_back_as_it_went_in() {
    let vault = Vault::new();
    let strange = Person {
        name: PersonName {
            title: "Dr.".into(),
            given: "Søren \"Sol\"".into(),
            family: "O’Brien–Ødegård\0".into(),
            suffix: "III".into(),
            credentials: "MD, PhD".into(),
            greet_as: "Sol".into(),
        },
        same_school: Some(false),
        archived: true,
        note: "ends with a surrogate pair \u{1F9E0}\u{0}".into(),
        ..full_person(1, "x")
    };
    let extra = vec![
        ("Team".to_owned(), "Blue".to_owned()),
        ("Team".to_owned(), String::new()),
    ];
    vault.write(1, |w| w.add_person(&strange, &extra));
    assert_eq!(vault.read(|s| s.person(person_id(1))), Some(strange));
    assert_eq!(vault.read(|s| s.extra(person_id(1))), extra);
    assert_eq!(vault.read(|s| s.person(person_id(2))), None);
}

#[test]
fn an_update_touches_only_the_rows_that_differ() {
    let vault = Vault::new();
    let before = Person {
        contacts: vec![
            email("a@example.org"),
            email("b@example.org"),
            email("a@example.org"),
        ],
        ..full_person(1, "Dr. Asha Rao")
    };
    vault.write(1, |w| w.add_person(&before, &[]));
    let after = Person {
        contacts: vec![
            email("b@example.org"),
            email("a@example.org"),
            email("c@example.org"),
        ],
        tags: vec!["ir".into(), "alumni".into(), "mentor".into()],
        ..before.clone()
    };
    vault.write(2, |w| w.update_person(&after));
    assert_eq!(vault.read(|s| s.person(person_id(1))), Some(after));
    let changes = vault.read(|s| s.changes(operation_id(2)));
    let touched: Vec<(&str, bool, bool)> = changes
        .iter()
        .map(|c| (c.table.as_str(), c.before.is_some(), c.after.is_some()))
        .collect();
    let expected = [
        ("contact", true, true),  // changes its place
        ("contact", true, true),  // changes its place
        ("contact", true, false), // the second of two equal addresses goes
        ("contact", false, true), // a new one comes
        ("tag", false, true),
    ];
    assert_eq!(touched, expected);

    let unknown = vault
        .pen
        .write::<(), StoreError>(operation(3), |w| w.update_person(&person(9, "X")));
    assert!(
        matches!(unknown, Err(StoreError::Missing { what: "person", .. })),
        "{unknown:?}"
    );
}

#[test]
fn edited_fields_are_remembered_once() {
    let vault = Vault::new();
    vault.write(1, |w| {
        w.add_person(&person(1, "Asha Rao"), &[])?;
        w.mark_edited(person_id(1), Field::Employer)?;
        w.mark_edited(person_id(1), Field::Name)?;
        w.mark_edited(person_id(1), Field::Employer)
    });
    assert_eq!(
        vault.read(|s| s.edited_fields(person_id(1))),
        [Field::Employer, Field::Name]
    );
}

#[test]
fn reconciliation_sees_everybody() {
    let vault = Vault::new();
    let moved = Person {
        affiliations: vec![
            Affiliation {
                current: false,
                ..affiliation("Old Place", "Intern")
            },
            affiliation("New Place", "Resident"),
        ],
        archived: true,
        ..full_person(2, "Ben Okafor")
    };
    vault.write(1, |w| {
        w.add_person(&person(1, "Asha Rao"), &[])?;
        w.add_person(&moved, &[])?;
        w.add_person(&full_person(3, "Chi Ng"), &[])?;
        w.mark_edited(person_id(3), Field::Email)
    });
    let known = vault.read(|s| s.known());
    let employers: Vec<&[String]> = known.iter().map(|k| k.employers.as_slice()).collect();
    assert_eq!(employers[0], [] as [String; 0]);
    assert_eq!(employers[1], ["New Place", "Old Place"]);
    assert_eq!(known[1].position, "Resident");
    assert_eq!(known[2].contacts, [email("a@example.org")]);
    assert_eq!(known[2].edited, [Field::Email]);
    assert_eq!(known[2].known_since, Some(day("2026-02-08")));
}

/// Four people that differ in everything a filter asks.
fn four_people(vault: &Vault) {
    vault.write(1, |w| {
        w.add_person(
            &Person {
                tags: vec!["ir".into()],
                ..at_lakeside(1, "Asha Rao")
            },
            &[],
        )?;
        w.add_person(
            &Person {
                same_school: Some(true),
                ring: Ring::Inner,
                ..person(2, "Ben Adler")
            },
            &[],
        )?;
        w.add_person(
            &Person {
                same_school: Some(false),
                ..person(3, "Chi Zhou")
            },
            &[],
        )?;
        w.add_person(
            &Person {
                archived: true,
                ..person(4, "Dora Put-Aside")
            },
            &[],
        )?;
        w.add_interaction(&interaction(1, "2026-06-01", Channel::Call, &[3]))?;
        w.add_interaction(&interaction(2, "2026-06-20", Channel::Email, &[2, 3]))?;
        w.add_interaction(&interaction(3, "2026-05-01", Channel::Email, &[1]))
    });
}

fn names(vault: &Vault, filter: PeopleFilter) -> Vec<String> {
    let page = vault.read(|s| s.people(&filter));
    page.rows.into_iter().map(|row| row.name.given).collect()
}

#[test]
fn each_filter_lets_the_right_people_through() {
    let vault = Vault::new();
    four_people(&vault);
    let check = |filter: PeopleFilter, expected: &[&str]| {
        assert_eq!(names(&vault, filter.clone()), expected, "{filter:?}");
    };
    let all = PeopleFilter::default();
    check(all.clone(), &["Ben", "Asha", "Chi"]);
    check(
        PeopleFilter {
            text: Some("lake ra".into()),
            ..all.clone()
        },
        &["Asha"],
    );
    check(
        PeopleFilter {
            text: Some("  ".into()),
            ..all.clone()
        },
        &["Ben", "Asha", "Chi"],
    );
    check(
        PeopleFilter {
            text: Some("?!".into()),
            ..all.clone()
        },
        &[],
    );
    check(
        PeopleFilter {
            role: Some(RoleKind::Resident),
            ..all.clone()
        },
        &["Asha"],
    );
    check(
        PeopleFilter {
            role: Some(RoleKind::Fellow),
            ..all.clone()
        },
        &[],
    );
    check(
        PeopleFilter {
            ring: Some(Ring::Inner),
            ..all.clone()
        },
        &["Ben"],
    );
    check(
        PeopleFilter {
            tags: vec!["ir".into()],
            ..all.clone()
        },
        &["Asha"],
    );
    check(
        PeopleFilter {
            tags: vec!["i".into()],
            ..all.clone()
        },
        &[],
    );
    check(
        PeopleFilter {
            institution_key: Some("lakeside".into()),
            ..all.clone()
        },
        &["Asha"],
    );
    check(
        PeopleFilter {
            site: Some(site()),
            ..all.clone()
        },
        &["Asha"],
    );
    check(
        PeopleFilter {
            program: Some(program()),
            ..all.clone()
        },
        &["Asha"],
    );
    check(
        PeopleFilter {
            archived: true,
            ..all.clone()
        },
        &["Dora"],
    );
    check(
        PeopleFilter {
            same_school: Some(true),
            ..all.clone()
        },
        &["Ben"],
    );
    check(
        PeopleFilter {
            same_school: Some(false),
            ..all.clone()
        },
        &["Chi"],
    );
    check(
        PeopleFilter {
            tags: vec!["ir".into()],
            ring: Some(Ring::Inner),
            ..all.clone()
        },
        &[],
    );
}

#[test]
fn orders_and_pages() {
    let vault = Vault::new();
    four_people(&vault);
    let ordered = |order| PeopleFilter {
        order,
        ..PeopleFilter::default()
    };
    assert_eq!(
        names(&vault, ordered(PeopleOrder::Recent)),
        ["Ben", "Chi", "Asha"]
    );
    assert_eq!(
        names(&vault, ordered(PeopleOrder::LongSilent)),
        ["Asha", "Ben", "Chi"]
    );
    vault.write(2, |w| w.add_person(&person(5, "Ever Silent"), &[]));
    assert_eq!(
        names(&vault, ordered(PeopleOrder::Recent)),
        ["Ben", "Chi", "Asha", "Ever"]
    );
    assert_eq!(
        names(&vault, ordered(PeopleOrder::LongSilent)),
        ["Asha", "Ben", "Chi", "Ever"]
    );

    let part = PeopleFilter {
        limit: Some(2),
        offset: 1,
        ..PeopleFilter::default()
    };
    let page = vault.read(|s| s.people(&part));
    assert_eq!((page.rows.len(), page.total), (2, 4));
    assert_eq!(names(&vault, part), ["Asha", "Ever"]);
}

#[test]
fn a_row_shows_the_first_current_place_and_the_contact() {
    let vault = Vault::new();
    four_people(&vault);
    let two_places = Person {
        affiliations: vec![
            Affiliation {
                current: false,
                ..affiliation("Old Place", "Intern")
            },
            affiliation("New Place", "Fellow"),
        ],
        tags: vec!["z".into(), "a, b".into()],
        ..at_lakeside(1, "Asha Rao")
    };
    vault.write(2, |w| w.update_person(&two_places));
    let page = vault.read(|s| s.people(&PeopleFilter::default()));
    let row = &page.rows[1];
    assert_eq!(
        (row.employer.as_str(), row.position.as_str()),
        ("New Place", "Fellow")
    );
    assert_eq!(row.role, RoleKind::Fellow);
    assert_eq!(row.tags, ["z", "a, b"]);
    assert_eq!((row.last, row.n_interactions), (Some(day("2026-05-01")), 1));
    assert_eq!(page.rows[0].last, Some(day("2026-06-20")));
    assert_eq!(page.rows[0].employer, "");
    assert_eq!(
        vault.read(|s| s.tags()),
        [("a, b".to_owned(), 1), ("z".to_owned(), 1)]
    );
}

#[test]
fn names_come_with_those_put_aside_last() {
    let vault = Vault::new();
    four_people(&vault);
    let names: Vec<String> = vault
        .read(|s| s.person_names())
        .into_iter()
        .map(|(_, n)| n.given)
        .collect();
    assert_eq!(names, ["Ben", "Asha", "Chi", "Dora"]);
}

#[test]
fn evidence_counts_what_is_stored() {
    let vault = Vault::new();
    let exchange = |kind| Exchange {
        kind,
        what: "review".into(),
        minutes: Some(30),
    };
    vault.write(1, |w| {
        w.add_person(&person(1, "Asha Rao"), &[])?;
        w.add_person(&person(2, "Ben Adler"), &[])?;
        for (n, on, channel, direction) in [
            (1, "2026-06-01", Channel::Rotation, Direction::Mutual),
            (2, "2026-06-01", Channel::Rotation, Direction::Mutual),
            (3, "2026-06-02", Channel::Rotation, Direction::Mutual),
            (4, "2026-06-03", Channel::Email, Direction::Incoming),
            (5, "2026-06-04", Channel::Email, Direction::Outgoing),
            (6, "2026-06-05", Channel::Call, Direction::Incoming),
        ] {
            w.add_interaction(&Interaction {
                direction,
                ..interaction(n, on, channel, &[1])
            })?;
        }
        w.add_interaction(&Interaction {
            exchanges: vec![
                exchange(ExchangeKind::Give),
                exchange(ExchangeKind::Give),
                exchange(ExchangeKind::Ask),
                exchange(ExchangeKind::Intro),
                exchange(ExchangeKind::Vouch),
            ],
            ..interaction(7, "2026-06-06", Channel::Other, &[1, 2])
        })?;
        w.save_message(&domain::Message {
            state: MessageState::Replied,
            ..message(1, Some(2))
        })
    });
    let of_rao = RelationshipEvidence {
        answers: 1,
        introductions: 1,
        live_talks: 4,
        days_together: 2,
        delivered_gives: 2,
        vouches: 1,
    };
    let of_adler = RelationshipEvidence {
        live_talks: 0,
        days_together: 0,
        ..of_rao
    };
    assert_eq!(vault.read(|s| s.evidence(person_id(1))), of_rao);
    assert_eq!(vault.read(|s| s.evidence(person_id(2))), of_adler);
    assert_eq!(
        vault.read(|s| s.evidence(person_id(3))),
        RelationshipEvidence::default()
    );
}

#[test]
fn who_is_at_a_place() {
    let vault = Vault::new();
    let past = |n, name| {
        let mut person = at_lakeside(n, name);
        person.affiliations[0].current = false;
        person
    };
    let unsure = |n, name| {
        let mut person = at_lakeside(n, name);
        person.affiliations[0].certainty = Certainty::Unsure;
        person
    };
    vault.write(1, |w| {
        w.add_person(&past(1, "Past Person"), &[])?;
        w.add_person(&unsure(2, "Unsure Person"), &[])?;
        w.add_person(&at_lakeside(3, "Clear Person"), &[])?;
        w.add_person(
            &Person {
                archived: true,
                ..at_lakeside(4, "Aside Person")
            },
            &[],
        )?;
        w.add_person(&person(5, "Other Person"), &[])?;
        w.add_interaction(&interaction(1, "2026-06-01", Channel::Call, &[3]))
    });
    let given = |place: Place<'_>| -> Vec<String> {
        vault
            .read(|s| s.people_at(&place))
            .into_iter()
            .map(|at| at.row.name.given)
            .collect()
    };
    let (sites, programs) = ([site()], [program()]);
    let everywhere = Place {
        institution_keys: &["lakeside"],
        sites: &sites,
        programs: &programs,
        ..Place::default()
    };
    assert_eq!(given(everywhere), ["Clear", "Unsure", "Past"]);
    assert_eq!(
        given(Place {
            sites: &sites,
            ..Place::default()
        }),
        ["Clear", "Unsure", "Past"]
    );
    assert_eq!(
        given(Place {
            institution_keys: &["x"],
            ..Place::default()
        }),
        [""; 0]
    );
    assert_eq!(given(Place::default()), [""; 0]);
    let people = vault.read(|s| s.people_at(&everywhere));
    assert_eq!(people[0].evidence.live_talks, 1);
    assert_eq!(people[1].affiliation.certainty, Certainty::Unsure);

    // Only who is there now, beyond doubt and not put aside counts as known.
    let standing = vault.read(|s| s.standing_by_institution());
    let expected = (
        1,
        RelationshipEvidence {
            live_talks: 1,
            ..Default::default()
        },
    );
    assert_eq!(standing.get("lakeside"), Some(&expected));
    assert_eq!(standing.len(), 1);
}

#[test]
fn counts_for_headers() {
    let vault = Vault::new();
    four_people(&vault);
    let counts = vault.read(|s| s.counts());
    assert_eq!((counts.people, counts.archived), (3, 1));
    assert_eq!((counts.trashed, counts.listed), (0, 0));
}
