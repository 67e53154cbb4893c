//! What the agenda is computed from.

use domain::{
    Affiliation, Certainty, Channel, Commitment, CommitmentId, CommitmentState, Direction,
    Exchange, ExchangeKind, Interaction, Message, MessageState, Owner, Person, Ring, RoleKind,
    SiteId,
};

use crate::common::*;

fn input(vault: &Vault) -> domain::AgendaInput {
    vault.read(|s| s.agenda_input(day("2026-07-15"), &domain::Cadences::default()))
}

fn three_people() -> Vault {
    let vault = Vault::new();
    vault.write(1, |w| {
        w.add_person(&person(1, "Dr. Asha Rao"), &[])?;
        w.add_person(&person(2, "Ben Adler"), &[])?;
        w.add_person(
            &Person {
                archived: true,
                ring: Ring::Inner,
                ..person(3, "Put Aside")
            },
            &[],
        )
    });
    vault
}

#[test]
fn follow_ups_are_live_or_wanted_recent_and_not_written_to() {
    let vault = three_people();
    vault.write(2, |w| {
        w.add_interaction(&interaction(1, "2026-06-30", Channel::Call, &[1]))?; // too long ago
        w.add_interaction(&interaction(2, "2026-07-01", Channel::Call, &[1, 2, 3]))?;
        w.add_interaction(&interaction(3, "2026-07-08", Channel::Email, &[1]))?; // settles 2 of person 1
        w.add_interaction(&Interaction {
            follow_up: true,
            event: "SIR26".into(),
            ..interaction(4, "2026-07-10", Channel::Other, &[2])
        })?;
        w.add_interaction(&Interaction {
            direction: Direction::Incoming,
            ..interaction(5, "2026-07-11", Channel::Email, &[2])
        })?;
        w.add_interaction(&interaction(6, "2026-07-16", Channel::Call, &[1])) // still to come
    });
    let found: Vec<_> = input(&vault)
        .follow_ups
        .into_iter()
        .map(|f| (f.interaction.0.as_u128(), f.person.0.as_u128()))
        .collect();
    assert_eq!(found, [(2, 2), (4, 2)]);
    let last = input(&vault).follow_ups.remove(1);
    assert_eq!(
        (last.name.as_str(), last.event.as_str()),
        ("Ben Adler", "SIR26")
    );
    assert!(last.wanted);
}

fn sent(n: u128, to: u128, on: &str) -> Message {
    Message {
        state: MessageState::Sent,
        sent_on: Some(day(on)),
        ..message(n, Some(to))
    }
}

/// Returns message, first and last day and follow-ups of each wait.
fn waits(vault: &Vault) -> Vec<(u128, String, String, u32)> {
    let waits = input(vault).replies.into_iter();
    waits
        .map(|r| {
            (
                match r.to {
                    domain::Unanswered::Message(id) => id.0.as_u128(),
                    domain::Unanswered::Ask(id) | domain::Unanswered::Talk(id) => id.0.as_u128(),
                },
                r.first_sent.to_string(),
                r.last_sent.to_string(),
                r.follow_ups,
            )
        })
        .collect()
}

#[test]
fn a_wait_begins_with_the_first_unanswered_message() {
    let vault = three_people();
    vault.write(2, |w| {
        w.save_message(&sent(2, 1, "2026-07-08"))?;
        w.save_message(&sent(1, 1, "2026-07-01"))?;
        w.save_message(&Message {
            subject: String::new(),
            text: "Dear\n Dr.  Adler".into(),
            ..sent(3, 2, "2026-07-02")
        })?;
        w.save_message(&sent(4, 3, "2026-07-02"))?;
        w.save_message(&message(5, Some(2)))?;
        w.save_message(&Message {
            state: MessageState::Replied,
            ..sent(6, 2, "2026-07-01")
        })
    });
    let of_rao = (1, "2026-07-01".to_owned(), "2026-07-08".to_owned(), 1);
    let of_adler = (3, "2026-07-02".to_owned(), "2026-07-02".to_owned(), 0);
    assert_eq!(waits(&vault), [of_rao, of_adler]);
    let about: Vec<String> = input(&vault).replies.into_iter().map(|r| r.about).collect();
    assert_eq!(
        about,
        ["A question from a third-year student", "Dear Dr. Adler"]
    );

    // What they wrote between the two messages answers the first one only.
    vault.write(3, |w| {
        w.add_interaction(&Interaction {
            direction: Direction::Incoming,
            ..interaction(1, "2026-07-03", Channel::Email, &[1])
        })
    });
    assert_eq!(
        waits(&vault)[0],
        (2, "2026-07-08".to_owned(), "2026-07-08".to_owned(), 0)
    );
}

#[test]
fn on_the_day_of_sending_only_what_came_after_it_is_an_answer() {
    let vault = three_people();
    let incoming = |n| Interaction {
        direction: Direction::Incoming,
        ..interaction(n, "2026-07-01", Channel::Email, &[1])
    };
    vault.write(2, |w| {
        w.add_interaction(&incoming(1))?;
        w.save_message(&sent(1, 1, "2026-07-01"))?;
        w.add_interaction(&Interaction {
            message: Some(message_id(1)),
            ..interaction(2, "2026-07-01", Channel::Email, &[1])
        })
    });
    assert_eq!(waits(&vault).len(), 1);
    vault.write(3, |w| w.add_interaction(&incoming(3)));
    assert_eq!(waits(&vault).len(), 0);
}

#[test]
fn open_commitments_and_rhythms() {
    let vault = three_people();
    let commitment = |n, person, state| Commitment {
        id: CommitmentId(uuid::Uuid::from_u128(n)),
        person: person_id(person),
        interaction: None,
        owner: Owner::Student,
        what: "send the poster".into(),
        due: Some(day("2026-07-20")),
        state,
    };
    vault.write(2, |w| {
        w.add_commitment(&commitment(1, 1, CommitmentState::Open))?;
        w.add_commitment(&commitment(2, 1, CommitmentState::Kept))?;
        w.add_commitment(&commitment(3, 3, CommitmentState::Open))?;
        w.update_person(&Person {
            ring: Ring::Inner,
            known_since: Some(day("2026-02-08")),
            ..person(1, "Dr. Asha Rao")
        })?;
        w.update_person(&Person {
            cadence_days: Some(10),
            ..person(2, "Ben Adler")
        })?;
        w.add_interaction(&interaction(1, "2026-03-01", Channel::Call, &[2]))
    });
    let found = input(&vault);
    let owed: Vec<(&str, &str)> = found
        .commitments
        .iter()
        .map(|c| (c.name.as_str(), c.what.as_str()))
        .collect();
    assert_eq!(owed, [("Dr. Asha Rao", "send the poster")]);
    let rhythms: Vec<(u128, u16, String)> = found
        .rhythms
        .iter()
        .map(|r| {
            (
                r.person.0.as_u128(),
                r.cadence.ideal_days,
                r.last.map(|d| d.to_string()).unwrap_or_default(),
            )
        })
        .collect();
    assert_eq!(
        rhythms,
        [
            (1, 60, "2026-02-08".to_owned()),
            (2, 10, "2026-03-01".to_owned())
        ]
    );
}

#[test]
fn listed_programs_know_their_people_by_institution_site_and_program() {
    let vault = Vault::new();
    let site = SiteId::new("ccn-330194").unwrap();
    let program = domain::ProgramId::new("4163521001").unwrap();
    let elsewhere = domain::ProgramId::new("4163521002").unwrap();
    let linked = |n, a: Affiliation| Person {
        affiliations: vec![a],
        ..person(n, "Asha Rao")
    };
    let place = || affiliation("Lakeside", "Resident");
    vault.write(1, |w| {
        w.add_person(
            &linked(
                1,
                Affiliation {
                    institution_key: Some("lakeside".into()),
                    ..place()
                },
            ),
            &[],
        )?;
        w.add_person(
            &linked(
                2,
                Affiliation {
                    site: Some(site.clone()),
                    ..place()
                },
            ),
            &[],
        )?;
        w.add_person(
            &linked(
                3,
                Affiliation {
                    program: Some(program.clone()),
                    site: Some(site.clone()),
                    ..place()
                },
            ),
            &[],
        )?;
        w.add_person(&linked(4, place()), &[])?;
        w.add_interaction(&interaction(1, "2026-07-01", Channel::Call, &[3]))?;
        for (program, priority, institution_key, sites) in [
            (&program, 1, "lakeside", vec![site.clone()]),
            (&elsewhere, 2, "", Vec::new()),
        ] {
            w.list_program(&store::Listing {
                program: program.clone(),
                priority,
                note: String::new(),
                listed_on: day("2026-07-01"),
                institution_key: institution_key.into(),
                sites,
            })?;
        }
        Ok(())
    });
    let found: Vec<_> = input(&vault)
        .programs
        .into_iter()
        .map(|p| (p.program, p.knows_anybody))
        .collect();
    assert_eq!(found, [(program, true), (elsewhere, false)]);
}

/// Something the student wrote and logged, which asks for something.
fn asked(n: u128, on: &str, what: &str, person: u128) -> Interaction {
    Interaction {
        direction: Direction::Outgoing,
        exchanges: vec![Exchange {
            kind: ExchangeKind::Ask,
            what: what.into(),
            minutes: None,
        }],
        ..interaction(n, on, Channel::Email, &[person])
    }
}

#[test]
fn a_written_ask_awaits_an_answer_and_a_later_word_is_its_reminder() {
    let vault = three_people();
    let plain = Interaction {
        exchanges: Vec::new(),
        ..asked(4, "2026-07-02", "", 2)
    };
    vault.write(2, |w| {
        w.add_interaction(&asked(1, "2026-07-01", "letter", 1))?;
        w.add_interaction(&asked(2, "2026-07-05", "call", 1))?;
        w.add_interaction(&plain)?;
        // Too long ago to remind of, and somebody who was put aside.
        w.add_interaction(&asked(5, "2026-01-01", "call", 2))?;
        w.add_interaction(&asked(6, "2026-07-01", "call", 3))
    });
    let of_rao = (1, "2026-07-01".to_owned(), "2026-07-05".to_owned(), 1);
    assert_eq!(waits(&vault), [of_rao]);
    assert_eq!(input(&vault).replies[0].about, "letter");

    // A call settles it, whoever asked for what.
    vault.write(3, |w| {
        w.add_interaction(&Interaction {
            direction: Direction::Mutual,
            ..interaction(7, "2026-07-06", Channel::Call, &[1])
        })
    });
    assert_eq!(waits(&vault), []);
}

#[test]
fn a_reminder_that_was_logged_counts_and_a_message_is_awaited_once() {
    let vault = three_people();
    vault.write(2, |w| {
        w.save_message(&sent(1, 1, "2026-07-01"))?;
        w.add_interaction(&Interaction {
            message: Some(message_id(1)),
            ..asked(1, "2026-07-01", "call", 1)
        })?;
        w.add_interaction(&asked(2, "2026-07-09", "call", 1))
    });
    let once = (1, "2026-07-01".to_owned(), "2026-07-09".to_owned(), 1);
    assert_eq!(waits(&vault), [once]);
}

#[test]
fn a_cadence_comes_from_a_tag_or_a_role() {
    let vault = three_people();
    vault.write(2, |w| {
        w.update_person(&Person {
            ring: Ring::Stored,
            tags: vec!["Mentor".into()],
            known_since: Some(day("2026-02-08")),
            ..person(1, "Dr. Asha Rao")
        })?;
        w.update_person(&Person {
            ring: Ring::Wide,
            affiliations: vec![Affiliation {
                role: RoleKind::Resident,
                ..affiliation("Mount Sinai", "")
            }],
            ..person(2, "Ben Adler")
        })
    });
    let settings = [
        ("cadence.tag.mentor", "30-45"),
        ("cadence.role.resident", "90"),
    ];
    let settings = settings.map(|(key, value)| (key.to_owned(), value.to_owned()));
    let cadences = domain::Cadences::from_settings(&settings.into());
    let found = vault.read(|s| s.agenda_input(day("2026-07-15"), &cadences));
    let mut rhythms: Vec<(u128, u16)> = found
        .rhythms
        .iter()
        .map(|r| (r.person.0.as_u128(), r.cadence.ideal_days))
        .collect();
    rhythms.sort_unstable();
    assert_eq!(rhythms, [(1, 30), (2, 90)]);
    let without: Vec<u16> = input(&vault)
        .rhythms
        .iter()
        .map(|r| r.cadence.ideal_days)
        .collect();
    assert_eq!(without, [240], "only the ring is left");
}

#[test]
fn graduates_and_the_people_of_a_site_are_found() {
    let vault = three_people();
    let site: domain::SiteId = "ccn-330194".parse().expect("a site");
    let there = Affiliation {
        site: Some(site.clone()),
        certainty: Certainty::Clear,
        ..affiliation("Maimonides", "")
    };
    vault.write(2, |w| {
        w.update_person(&Person {
            same_school: Some(true),
            ..person(1, "Dr. Asha Rao")
        })?;
        w.update_person(&Person {
            affiliations: vec![there],
            ..person(2, "Ben Adler")
        })
    });
    let found = |sites: &[domain::SiteId]| {
        let mut people: Vec<u128> = vault
            .read(|s| s.graduates_and_people_at(sites))
            .into_iter()
            .map(|id| id.0.as_u128())
            .collect();
        people.sort_unstable();
        people
    };
    assert_eq!(found(&[]), [1]);
    assert_eq!(found(&[site]), [1, 2]);
}
