//! The list, own programs and sites, corrections, answers, settings, imports.

use domain::{
    Certainty, Decision, DecisionKind, Person, ProgramId, Provenance, Reliability, SiteId, Track,
};
use store::{Correction, EmployerAnswer, Listing, OwnProgram, OwnSite, ReadingRow, StoreError};
use uuid::Uuid;

use crate::common::*;

fn program(n: u64) -> ProgramId {
    ProgramId::new(&format!("{:010}", 4_163_521_000 + n)).unwrap()
}

fn site(n: u128) -> SiteId {
    SiteId::own(Uuid::from_u128(n))
}

fn listing(n: u64, priority: u32) -> Listing {
    Listing {
        program: program(n),
        priority,
        note: "near family".into(),
        listed_on: day("2026-07-01"),
        institution_key: format!("institution {n}"),
        sites: vec![site(2), site(1)],
    }
}

#[test]
fn the_list_is_kept_by_priority() {
    let vault = Vault::new();
    vault.write(1, |w| {
        w.list_program(&listing(1, 2))?;
        w.list_program(&listing(2, 1))
    });
    assert_eq!(vault.read(|s| s.listed()), [listing(2, 1), listing(1, 2)]);
    vault.write(2, |w| w.set_priority(&program(2), 3));
    let other = Listing {
        sites: vec![site(1)],
        note: String::new(),
        ..listing(1, 2)
    };
    vault.write(3, |w| w.list_program(&other));
    assert_eq!(vault.read(|s| s.listed()), [other.clone(), listing(2, 3)]);
    vault.write(4, |w| w.unlist_program(&program(2)));
    assert_eq!(vault.read(|s| s.listed()), [other]);
    let again = vault
        .pen
        .write::<(), StoreError>(operation(5), |w| w.unlist_program(&program(2)));
    assert!(
        matches!(
            again,
            Err(StoreError::Missing {
                what: "listing",
                ..
            })
        ),
        "{again:?}"
    );
}

#[test]
fn own_programs_and_sites() {
    let vault = Vault::new();
    let own = OwnProgram {
        id: ProgramId::own(Uuid::from_u128(1)),
        track: Track::Prelim,
        institution: "Lakeside".into(),
        city: "Springfield".into(),
        state: "NY".into(),
        institution_key: "lakeside springfield ny".into(),
        sites: vec![site(1)],
    };
    let hospital = OwnSite {
        id: site(1),
        name: "Lakeside Hospital".into(),
        city: "Springfield".into(),
        state: "NY".into(),
    };
    vault.write(1, |w| {
        w.add_own_site(&hospital)?;
        w.add_own_program(&own)
    });
    assert_eq!(vault.read(|s| s.own_programs()), std::slice::from_ref(&own));
    assert_eq!(vault.read(|s| s.own_sites()), [hospital]);
    let renamed = OwnProgram {
        institution: "Lakeside Health".into(),
        sites: Vec::new(),
        ..own
    };
    vault.write(2, |w| w.add_own_program(&renamed));
    assert_eq!(vault.read(|s| s.own_programs()), [renamed]);
}

#[test]
fn corrections_stand_beside_each_other_latest_first() {
    let vault = Vault::new();
    let correction = |seconds, value: &str, private| Correction {
        subject: program(1).to_string(),
        field: "visa_j1".into(),
        value: value.into(),
        provenance: Provenance {
            source: "talk with the coordinator".into(),
            as_of: Some(day("2026-06-30")),
            reliability: Reliability::OwnWord,
            private,
        },
        entered_at: instant(seconds),
    };
    vault.write(1, |w| w.add_correction(&correction(1, "yes", false)));
    vault.write(2, |w| w.add_correction(&correction(2, "no", true)));
    let stored = vault.read(|s| s.corrections(program(1).as_str()));
    assert_eq!(
        stored,
        [correction(2, "no", true), correction(1, "yes", false)]
    );
    assert_eq!(vault.read(|s| s.corrections(program(2).as_str())), []);
}

#[test]
fn an_answer_links_only_what_was_unsure() {
    let vault = Vault::new();
    let at = |n, employer: &str, certainty| Person {
        affiliations: vec![domain::Affiliation {
            certainty,
            ..affiliation(employer, "Resident")
        }],
        ..person(n, "Asha Rao")
    };
    vault.write(1, |w| {
        w.add_person(&at(1, "Lakeside Hosp.", Certainty::Unsure), &[])?;
        w.add_person(&at(2, "LAKESIDE  hosp", Certainty::Unsure), &[])?;
        w.add_person(&at(3, "Lakeside Hosp.", Certainty::Confirmed), &[])?;
        w.add_person(&at(4, "Elsewhere", Certainty::Unsure), &[])
    });
    let answer = EmployerAnswer::Place {
        institution_key: Some("lakeside".into()),
        program: None,
        site: Some(site(1)),
    };
    let linked = vault.write(2, |w| {
        w.set_employer_answer("lakeside hosp", &answer, "you said so")
    });
    assert_eq!(linked, 2);
    let keys: Vec<Option<String>> = (1..=4)
        .map(|n| {
            vault.read(|s| s.person(person_id(n))).unwrap().affiliations[0]
                .institution_key
                .clone()
        })
        .collect();
    assert_eq!(
        keys,
        [
            Some("lakeside".to_owned()),
            Some("lakeside".to_owned()),
            None,
            None
        ]
    );
    let first = vault
        .read(|s| s.person(person_id(1)))
        .unwrap()
        .affiliations
        .remove(0);
    assert_eq!(
        (first.certainty, first.evidence.as_str()),
        (Certainty::Confirmed, "you said so")
    );
    vault.write(3, |w| {
        w.set_employer_answer("elsewhere", &EmployerAnswer::Nothing, "you said so")
    });
    let answers = vault.read(|s| s.employer_answers());
    assert_eq!(answers.get("lakeside hosp"), Some(&answer));
    assert_eq!(answers.get("elsewhere"), Some(&EmployerAnswer::Nothing));
    assert_eq!(answers.len(), 2);
}

#[test]
fn settings_decisions_and_readings() {
    let vault = Vault::new();
    vault.write(1, |w| {
        w.set_setting("zone", "America/Grenada")?;
        w.set_setting("zone", "America/Antigua")?;
        w.set_setting("school", "")
    });
    let settings = vault.read(|s| s.settings());
    assert_eq!(
        settings.get("zone").map(String::as_str),
        Some("America/Antigua")
    );
    assert_eq!(vault.read(|s| s.setting("school")).as_deref(), Some(""));
    assert_eq!(vault.read(|s| s.setting("none")), None);
    vault.write(9, |w| {
        w.remove_setting("school")?;
        w.remove_setting("none")
    });
    assert_eq!(vault.read(|s| s.setting("school")), None);
    assert_eq!(vault.read(|s| s.settings()).len(), 1);

    let decide = |n, kind| {
        vault.write(n, |w| {
            w.decide(&Decision {
                key: "reply:x".into(),
                kind,
            })
        })
    };
    decide(2, DecisionKind::Skip);
    decide(3, DecisionKind::Snooze(day("2026-07-09")));
    let decisions = vault
        .read(|s| s.agenda_input(day("2026-07-01"), &domain::Cadences::default()))
        .decisions;
    assert_eq!(
        decisions,
        [Decision {
            key: "reply:x".into(),
            kind: DecisionKind::Snooze(day("2026-07-09"))
        }]
    );

    let reading = |n: u32| ReadingRow {
        at: instant(i64::from(n)),
        format: "LinkedIn Connections.csv".into(),
        file: "Connections.csv".into(),
        hash: format!("{n:x}"),
        n_records: 40 + n,
        n_new: 30,
        n_updated: 5,
        n_same: 3,
        n_left: 1,
        n_problems: 2,
    };
    vault.write(4, |w| w.add_reading(&reading(1)));
    vault.write(5, |w| w.add_reading(&reading(2)));
    assert_eq!(vault.read(|s| s.readings()), [reading(2), reading(1)]);
}
