//! The loader's checks, and the counts that the notes to the data give.

use std::collections::{BTreeMap, HashSet};

use domain::{Fact, Reliability, Track};
use facts::{Facts, LoadError, Texts};
use jiff::civil::date;

#[test]
fn tracks_and_rows_are_those_of_the_notes() {
    let facts = facts::shipped();
    let mut by_track: BTreeMap<Track, usize> = BTreeMap::new();
    for program in facts.programs() {
        *by_track.entry(program.track).or_default() += 1;
    }
    assert_eq!(facts.programs().len(), 401);
    assert_eq!(
        by_track,
        BTreeMap::from([
            (Track::IrIntegrated, 108),
            (Track::IrIndependent, 90),
            (Track::Dr, 203),
        ])
    );
}

/// The table of coverage: track, codes, positions, J-1 and H-1B stated, notes
/// on international graduates, programs with a hospital's number.
#[test]
fn coverage_is_that_of_the_notes() {
    let facts = facts::shipped();
    let coverage = |track| {
        let of_track: Vec<_> = facts
            .programs()
            .iter()
            .filter(|p| p.track == track)
            .collect();
        let count = |has: &dyn Fn(&domain::Program) -> bool| {
            of_track.iter().filter(|program| has(program)).count()
        };
        [
            count(&|p| p.nrmp_codes.value().is_some()),
            count(&|p| p.positions.value().is_some()),
            count(&|p| p.visa_j1.value().is_some()),
            // A conflict is stated too, although neither value may be used.
            count(&|p| {
                p.visa_h1b.value().is_some()
                    || facts.conflicts(&p.id).iter().any(|c| c.field == "visa_h1b")
            }),
            count(&|p| p.img_note.value().is_some()),
            count(&|p| p.sites.iter().any(|site| site.as_str().starts_with("ccn-"))),
        ]
    };
    assert_eq!(coverage(Track::IrIntegrated), [17, 26, 7, 3, 5, 108]);
    assert_eq!(coverage(Track::IrIndependent), [6, 13, 0, 0, 1, 88]);
    assert_eq!(coverage(Track::Dr), [26, 46, 13, 8, 15, 202]);
}

#[test]
fn esir_is_a_fact_of_a_diagnostic_program() {
    let facts = facts::shipped();
    let mut n_yes = 0;
    for program in facts.programs() {
        if let Fact::Found(esir, provenance) = &program.esir {
            assert!(*esir && program.track == Track::Dr, "{}", program.id);
            assert!(!provenance.source.is_empty());
            n_yes += 1;
        }
    }
    assert_eq!(n_yes, 44);
}

#[test]
fn ids_states_and_relations_hold() {
    let facts = facts::shipped();
    let ids: HashSet<_> = facts.programs().iter().map(|program| &program.id).collect();
    assert_eq!(ids.len(), 401);
    for program in facts.programs() {
        assert!(
            program.id.as_str().bytes().all(|b| b.is_ascii_digit()),
            "{}",
            program.id
        );
        assert_eq!(program.state.len(), 2, "{}", program.id);
        let specialty = match program.track {
            Track::IrIntegrated => "416",
            Track::IrIndependent => "415",
            _ => "420",
        };
        assert!(program.id.as_str().starts_with(specialty), "{}", program.id);
        assert!(!program.sites.is_empty(), "{}", program.id);
        assert!(program.sites.iter().all(|site| facts.site(site).is_some()));
        assert!(facts.site_link(&program.id).is_some());
        if let Some(core) = &program.related_core {
            assert_eq!(program.track, Track::IrIndependent);
            assert!(facts.program(core).is_some(), "{}", program.id);
        }
    }
    let keys: HashSet<_> = facts
        .programs()
        .iter()
        .map(|p| &p.institution_key)
        .collect();
    assert_eq!(keys.len(), 206);
    let of_keys: usize = keys
        .iter()
        .map(|key| facts.institution_programs(key).len())
        .sum();
    assert_eq!(of_keys, 401);
}

#[test]
fn a_hospital_is_one_site_however_many_programs_train_there() {
    let facts = facts::shipped();
    assert_eq!(facts.sites().len(), 219);
    for site in facts.sites() {
        match site.ccn.value() {
            Some(ccn) => {
                assert_eq!(ccn.len(), 6, "{}", site.name);
                assert_eq!(site.id.as_str(), format!("ccn-{ccn}"));
            }
            None => assert!(site.id.as_str().starts_with("site-"), "{}", site.id),
        }
        assert_eq!(facts.site_names(&site.id)[0], site.name);
    }
    // The government's file keeps old names; both find the site.
    let vcu = facts.site(&"ccn-490032".parse().unwrap()).unwrap();
    assert_eq!(
        facts.site_names(&vcu.id),
        [
            "VCU Medical Center",
            "Medical College of Virginia Hospitals"
        ]
    );
}

#[test]
fn a_city_is_claimed_only_where_the_row_supports_it() {
    let facts = facts::shipped();
    let city = |id: &str| facts.site(&id.parse().unwrap()).unwrap().city.clone();
    let Fact::Found(boston, provenance) = city("ccn-220031") else {
        panic!("Boston Medical Center bears the name of its city");
    };
    assert_eq!(
        (boston.as_str(), provenance.reliability),
        ("Boston", Reliability::Inferred)
    );
    // Bellevue is one of two hospitals of a program in New York; its city is not said.
    assert_eq!(city("ccn-330204"), Fact::NotFound);
}

#[test]
fn every_fact_carries_source_date_and_reliability() {
    let facts = facts::shipped();
    let program = |id: &str| facts.program(&id.parse().unwrap()).unwrap();

    let acgme = program("4160100001")
        .in_acgme_june_2026
        .provenance()
        .unwrap()
        .clone();
    assert_eq!(acgme.as_of, Some(date(2026, 6, 16)));
    assert_eq!(acgme.reliability, Reliability::Transcribed);

    // A program's own page against an aggregator's tag.
    let own_page = program("4160500001").visa_j1.provenance().unwrap();
    assert_eq!(own_page.reliability, Reliability::Official);
    assert_eq!(own_page.source, "radiology.ucsd.edu");
    let tag = program("4161000001").visa_j1.provenance().unwrap();
    assert_eq!(tag.reliability, Reliability::SecondHand);

    // Positions are dated by the year that the row gives.
    let miami = facts
        .programs()
        .iter()
        .find(|p| p.institution_key == "miami-jackson" && p.track == Track::Dr)
        .unwrap();
    let positions = miami.positions.provenance().unwrap();
    assert_eq!(positions.as_of, Some(date(2026, 1, 1)));
    assert_eq!(positions.reliability, Reliability::Transcribed);
}

#[test]
fn a_presumed_entry_is_inferred_and_a_blank_is_not_found() {
    let facts = facts::shipped();
    let tally = facts::tally(facts.programs(), |p| p.in_acgme_june_2026.value().copied());
    assert_eq!((tally.yes, tally.no, tally.not_known), (400, 1, 0));
    let n_presumed = facts
        .programs()
        .iter()
        .filter_map(|p| p.in_acgme_june_2026.provenance())
        .filter(|p| p.reliability == Reliability::Inferred)
        .count();
    assert_eq!(n_presumed, 132);
    let eras = facts::tally(facts.programs(), |p| p.in_eras_2026.value().copied());
    assert_eq!((eras.yes, eras.no, eras.not_known), (296, 15, 90));
}

#[test]
fn a_conflict_between_sources_is_kept() {
    let facts = facts::shipped();
    let st_vincents = facts.program(&"4200811040".parse().unwrap()).unwrap();
    assert_eq!(st_vincents.visa_h1b, Fact::NotFound);
    let conflicts = facts.conflicts(&st_vincents.id);
    assert_eq!(conflicts.len(), 1);
    assert_eq!(conflicts[0].field, "visa_h1b");
    assert_eq!(
        conflicts[0].wording,
        "stvincents.org page says J-1 and H-1B, mystvincentshealth.org page says J-1 only"
    );
    assert_eq!(
        conflicts[0].provenance.source,
        "stvincents.org | mystvincentshealth.org"
    );
}

/// Loads the shipped texts with one change to the table of programs.
fn load_changed(from: &str, to: &str) -> Result<Facts, LoadError> {
    let shipped = Texts::shipped();
    assert!(
        shipped.programs_csv.contains(from),
        "nothing to change: {from}"
    );
    let changed = shipped.programs_csv.replacen(from, to, 1);
    Facts::load(&Texts {
        programs_csv: &changed,
        ..shipped
    })
}

#[test]
fn damaged_tables_are_refused_with_their_place() {
    let said = |from, to| {
        load_changed(from, to)
            .expect_err("a damaged table")
            .to_string()
    };
    assert_eq!(
        said("4160100001,ir-integrated", "416010000x,ir-integrated"),
        "programs row 1, acgme_id: \"416010000x\" is not ten digits, or \"own-\" and a UUID"
    );
    assert_eq!(
        said("4160100001,ir-integrated", "4160100001,ir"),
        "programs row 1, track: \"ir\" is not a track"
    );
    assert_eq!(
        said("\n4160400001,", "\n4160100001,"),
        "programs row 2: \"4160100001\" stands on an earlier row too"
    );
    assert_eq!(
        said(",Birmingham,AL,", ",Birmingham,Alabama,"),
        "programs row 1, state: \"Alabama\" is not a two-letter state code"
    );
    assert!(said("010033", "10033").starts_with("programs row 1, ccn: \"10033\" is not"));
    assert!(said("acgme_id,track", "id,track").contains("missing field `acgme_id`"));
    assert!(matches!(
        load_changed("4160100001,4150100001,4200111007", "4160100001,4150100001,"),
        Err(LoadError::Siblings { .. })
    ));
}
