//! Programs, sites and places by text.

use domain::Track;
use facts::{PlaceKind, ProgramQuery, SiteQuery};

fn check(query: ProgramQuery, wanted: &[&str]) {
    let found: Vec<String> = facts::shipped()
        .find_programs(&query)
        .iter()
        .map(|program| program.id.to_string())
        .collect();
    assert_eq!(found, wanted, "{query:?}");
}

fn by_text(text: &str) -> ProgramQuery {
    ProgramQuery {
        text: text.to_owned(),
        ..ProgramQuery::default()
    }
}

#[test]
fn programs_are_found_by_id_name_place_track_and_site() {
    check(by_text("4203521221"), &["4203521221"]);
    check(by_text("maimon"), &["4203521221"]);
    check(by_text("MAIMÓNIDES brooklyn"), &["4203521221"]);
    check(by_text("no such place"), &[]);
    let in_vermont = |track| ProgramQuery {
        state: Some("vt".into()),
        track,
        ..Default::default()
    };
    assert_eq!(facts::shipped().find_programs(&in_vermont(None)).len(), 3);
    check(in_vermont(Some(Track::Prelim)), &[]);
    check(
        ProgramQuery {
            city: Some("burlington".into()),
            track: Some(Track::IrIntegrated),
            ..Default::default()
        },
        &["4165000001"],
    );
    check(
        ProgramQuery {
            site: Some("ccn-330194".parse().unwrap()),
            ..Default::default()
        },
        &["4203521221"],
    );
    check(
        ProgramQuery {
            institution_key: Some("maimonides".into()),
            ..Default::default()
        },
        &["4203521221"],
    );
    assert_eq!(
        facts::shipped()
            .find_programs(&ProgramQuery::default())
            .len(),
        401
    );
}

#[test]
fn a_program_is_found_by_an_older_name_of_its_hospital() {
    let found = facts::shipped().find_programs(&by_text("beaumont royal oak"));
    assert!(!found.is_empty());
    assert!(
        found
            .iter()
            .all(|program| program.institution_key == "corewell-royal-oak")
    );
}

#[test]
fn sites_are_found_by_any_name_and_place() {
    let facts = facts::shipped();
    let ids = |query: &SiteQuery| -> Vec<String> {
        facts
            .find_sites(query)
            .iter()
            .map(|site| site.id.to_string())
            .collect()
    };
    let text = |text: &str| SiteQuery {
        text: text.into(),
        ..Default::default()
    };
    assert_eq!(ids(&text("medical college of virginia")), ["ccn-490032"]);
    assert_eq!(ids(&text("ccn 330194")), ["ccn-330194"]);
    let brooklyn = SiteQuery {
        city: Some("Brooklyn".into()),
        ..Default::default()
    };
    assert!(ids(&brooklyn).contains(&"ccn-330194".to_owned()));
    let delaware = SiteQuery {
        state: Some("DE".into()),
        ..Default::default()
    };
    assert_eq!(ids(&delaware), ["ccn-080001"]);
}

#[test]
fn places_are_ranked_with_the_institution_first() {
    let facts = facts::shipped();
    let hits = facts.search_places("maimonides");
    let kinds: Vec<_> = hits.iter().map(|hit| &hit.kind).collect();
    assert!(matches!(kinds[0], PlaceKind::Institution(key) if key == "maimonides"));
    assert!(matches!(kinds[1], PlaceKind::Site(_)));
    assert!(matches!(kinds[2], PlaceKind::Program(_)));
    assert_eq!(hits[0].place, "Brooklyn, NY");
    // A name that begins with the text stands before one that only holds it.
    let hits = facts.search_places("rush");
    assert_eq!(hits[0].label, "Rush University Medical Center");
    assert_eq!(facts.search_places(" "), []);
    assert_eq!(facts.search_places("zzzz"), []);
}

#[test]
fn a_tally_counts_not_known_apart() {
    let facts = facts::shipped();
    let tally = facts::tally(facts.programs(), |program| {
        program.visa_h1b.value().copied()
    });
    assert_eq!((tally.yes, tally.no, tally.not_known), (4, 6, 391));
}
